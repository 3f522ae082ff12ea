"""Rule `no-double-booking`: two occupied spans of a facilitator never overlap; spans that touch do not."""

from typing import Any

import pytest
from tests.builders import breaks, meeting, problem

RULE = "no-double-booking"
Span = tuple[str, str]


def clash(first: Span, second: Span, **cells: Any) -> bool:
    """Tell whether one person cannot be at both; asked with meetings and roster in both orders."""
    rows = [
        meeting("M1", *(f"2026-03-05 {clock}" for clock in first), **cells),
        meeting("M2", *(f"2026-03-05 {clock}" for clock in second)),
    ]
    answers = {
        breaks(RULE, problem(order), dict.fromkeys(names, "F1"))
        for order in (rows, rows[::-1])
        for names in (("M1", "M2"), ("M2", "M1"))
    }
    (answer,) = answers
    return answer


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("14:00", "16:00"), ("16:00", "18:00"), False),  # touching
        (("14:00", "16:00"), ("15:59", "18:00"), True),
        (("14:00", "16:00"), ("15:59:59", "18:00"), True),
        (("14:00", "16:00"), ("16:01", "18:00"), False),
        (("14:00", "16:00"), ("12:00", "14:00"), False),  # touching, the other way round
        (("14:00", "16:00"), ("12:00", "14:01"), True),
        (("14:00", "16:00"), ("12:00", "14:00:01"), True),
        (("14:00", "16:00"), ("14:30", "15:00"), True),  # contained
        (("14:30", "15:00"), ("14:00", "16:00"), True),
        (("14:00", "16:00"), ("14:00", "16:00"), True),  # identical
        (("14:00", "16:00"), ("14:00", "15:00"), True),  # they begin together
        (("14:00", "16:00"), ("15:00", "16:00"), True),  # they end together
    ],
)
def test_spans(first: Span, second: Span, expected: bool) -> None:
    assert clash(first, second) is expected


@pytest.mark.parametrize(
    ("second", "cells", "expected"),
    [
        (("16:00", "18:00"), {"wrapup_minutes": 1}, True),
        (("16:15", "18:00"), {"wrapup_minutes": 15}, False),
        (("16:14", "18:00"), {"wrapup_minutes": 15}, True),
        (("12:00", "14:00"), {"setup_minutes": 1}, True),
        (("12:00", "13:30"), {"setup_minutes": 30}, False),
        (("12:00", "13:31"), {"setup_minutes": 30}, True),
        (("16:00", "18:00"), {"setup_minutes": 30}, False),
        (("12:00", "14:00"), {"wrapup_minutes": 30}, False),
        (("16:00", "18:00"), {"preparation_hours": 5}, False),  # done at home, at any time
    ],
)
def test_setup_and_wrap_up_occupy(second: Span, cells: dict[str, Any], expected: bool) -> None:
    assert clash(("14:00", "16:00"), second, **cells) is expected


def test_wrap_up_of_one_may_meet_the_setup_of_the_other() -> None:
    for wrapup, setup, expected in [(30, 30, False), (31, 30, True), (30, 31, True)]:
        case = problem(
            [
                meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", wrapup_minutes=wrapup),
                meeting("M2", "2026-03-05 17:00", "2026-03-05 18:00", setup_minutes=setup),
            ]
        )
        assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}) is expected


def test_across_midnight_and_across_the_clock_change() -> None:
    # 29 March: 01:30 to 03:30 by the clock is one hour; 02:30 UTC+1 does not exist.
    nights = [("2026-03-05 23:00", "2026-03-06 01:00", "2026-03-06 00:30", "2026-03-06 02:00", True)]
    nights += [("2026-03-05 23:00", "2026-03-06 01:00", "2026-03-06 01:00", "2026-03-06 02:00", False)]
    nights += [("2026-03-29 01:00", "2026-03-29 03:00", "2026-03-29 03:00", "2026-03-29 04:00", False)]
    nights += [("2026-03-29 01:00", "2026-03-29 03:30", "2026-03-29 03:00", "2026-03-29 04:00", True)]
    for start, end, begin, finish, expected in nights:
        case = problem([meeting("M1", start, end), meeting("M2", begin, finish)])
        assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}) is expected


def test_two_people_may_be_in_two_places() -> None:
    case = problem([meeting("M1"), meeting("M2")], ["F1", "F2"])
    assert not breaks(RULE, case, {"M1": "F1", "M2": "F2"})
    assert breaks(RULE, case, {"M1": "F2", "M2": "F2"})


def test_two_online_meetings_overlap_as_well() -> None:
    assert breaks(RULE, problem([meeting("M1", online=True), meeting("M2", online=True)]), {"M1": "F1", "M2": "F1"})


def test_of_three_in_a_row_those_that_touch_may_stay() -> None:
    case = problem(
        [
            meeting("M1", "2026-03-05 09:00", "2026-03-05 11:00"),
            meeting("M2", "2026-03-05 10:00", "2026-03-05 12:00"),
            meeting("M3", "2026-03-05 11:00", "2026-03-05 13:00"),
        ]
    )
    assert not breaks(RULE, case, {"M1": "F1", "M3": "F1"})
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1"})
    assert breaks(RULE, case, {"M2": "F1", "M3": "F1"})


def test_a_long_meeting_clashes_with_one_that_begins_much_later() -> None:
    # The long one overlaps both others, which do not overlap one another.
    case = problem(
        [
            meeting("M1", "2026-03-05 09:00", "2026-03-05 18:00"),
            meeting("M2", "2026-03-05 10:00", "2026-03-05 11:00"),
            meeting("M3", "2026-03-05 17:00", "2026-03-05 19:00"),
        ]
    )
    assert breaks(RULE, case, {"M1": "F1", "M3": "F1"})
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1"})
    assert not breaks(RULE, case, {"M2": "F1", "M3": "F1"})
