"""Rule `keep-published`: a meeting that is moved in time breaks half of the promise."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, meeting, penalty
from tests.rules.published import RULE, as_of, published, seat, told

from poolmatch import Problem, Roster, check, solve

# --- moved in time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "here", "gone"),
    [
        (None, 0, 8),
        ("2026-03-05 19:30", 0, 8),
        ("2026-03-05T18:30Z", 0, 8),  # the same moment, written otherwise
        ("2026-03-05T19:30+01:00", 0, 8),
        ("2026-03-05 19:30:01", 4, 8),
        ("2026-03-05 19:29", 4, 8),
        ("2026-03-08 19:30", 4, 8),  # it counts by the day that was told
        ("2026-03-09 19:30", 2, 4),
        ("2026-03-30 19:30", 1, 2),
        ("2026-02-28 19:30", 1, 2),  # before the period; nothing is past while no today is given
        ("2026-04-01 19:30", 1, 2),  # after the period
    ],
)
def test_a_fixed_meeting_that_was_moved_breaks_half_of_the_promise_whoever_comes(
    start: str | None, here: int, gone: int
) -> None:
    case = published(told(start=start))
    assert penalty(RULE, case, {"M1": "F1"}) == here
    assert penalty(RULE, case, {"M1": "F2"}) == gone
    assert penalty(RULE, case, {}) == gone


def test_the_day_that_was_told_counts_not_the_new_one() -> None:
    # Told of the 5th, now on the 31st, 30 days ahead; and the other way about.
    late = [meeting("M1", "2026-03-31 19:30", "2026-03-31 21:30")]
    assert penalty(RULE, published(told(start="2026-03-05 19:30"), meetings=late), {"M1": "F1"}) == 4
    assert penalty(RULE, published(told(start="2026-03-31 19:30")), {"M1": "F1"}) == 1


@pytest.mark.parametrize(
    ("today", "points"),
    [
        ("2026-03-05", 8),  # that evening is still to come
        ("2026-03-06", 4),  # 25 days before the 31st
        ("2026-03-23", 4),  # 8
        ("2026-03-24", 8),  # 7
    ],
)
def test_where_the_day_that_was_told_is_past_the_day_of_the_meeting_counts(today: str, points: int) -> None:
    late = [meeting("M1", "2026-03-31 19:30", "2026-03-31 21:30")]
    case = published(told(start="2026-03-05 19:30"), meetings=late, period=as_of(today))
    assert penalty(RULE, case, {}) == points
    assert penalty(RULE, case, {"M1": "F1"}) == points // 2


def flexible(*rows: Cells, days: Sequence[int] = (5, 12, 31), **tables: Any) -> Problem:
    slots = [
        {"meeting": "M1", "start": f"2026-03-{day:02} 10:00", "end": f"2026-03-{day:02} 12:00", "cost": 100 * n}
        for n, day in enumerate(days)
    ]
    return published(*rows, meetings=[{"meeting": "M1"}], slots=slots, **tables)


def in_slot(case: Problem, holder: str | None, slot: int) -> int:
    """Return the penalty when someone leads in the slot; the model must agree on every roster and slot."""
    penalty(RULE, case, {})
    held = Roster.of(case, {("M1", "lead"): holder}, {"M1": case.slots[slot].start})
    return sum(item.penalty for item in check(case, held).by_rule[RULE])


@pytest.mark.parametrize(
    ("start", "points"),
    [
        ("2026-03-05 10:00", [0, 4, 4]),
        ("2026-03-12 10:00", [2, 0, 2]),
        ("2026-03-31 10:00", [1, 1, 0]),
        (None, [0, 0, 0]),  # no time was told: any will do
        ("2026-03-12 11:00", [2, 2, 2]),  # a time that is no slot any more
    ],
)
def test_another_slot_breaks_half_of_the_promise(start: str | None, points: list[int]) -> None:
    case = flexible(told(start=start))
    assert [in_slot(case, "F1", slot) for slot in range(3)] == points
    # Dropped: by the day that was told, else by the first slot.
    expected = 2 * max(points) or 8
    assert [in_slot(case, "F2", slot) for slot in range(3)] == [expected] * 3
    assert in_slot(case, None, 0) == expected


def test_without_a_time_the_first_slot_counts_in_whatever_order() -> None:
    assert penalty(RULE, flexible(told(), days=(12, 31)), {}) == 4
    assert penalty(RULE, flexible(told(), days=(31, 12)), {}) == 4
    assert penalty(RULE, flexible(told(), days=(31, 30)), {}) == 2


def test_of_the_slots_those_before_today_are_not_the_first() -> None:
    # On the 6th the slots are those of the 12th and the 31st.
    case = flexible(told(), period=as_of("2026-03-06"))
    assert penalty(RULE, case, {}) == 8
    assert penalty(RULE, flexible(told(), days=(5, 31), period=as_of("2026-03-06")), {}) == 4


def test_each_one_who_was_told_is_told_anew() -> None:
    seats = [seat("lead"), seat("co")]
    rows = [told(start="2026-03-05 10:00"), told("F2", seat="co", start="2026-03-05 10:00")]
    case = flexible(*rows, seats=seats, days=(5, 12))
    penalty(RULE, case, {})
    for slot, points in ((0, 0), (1, 8)):
        held = Roster.of(case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}, {"M1": case.slots[slot].start})
        assert sum(item.penalty for item in check(case, held).by_rule[RULE]) == points


# --- solving -----------------------------------------------------------------------------------------------


def test_solve_keeps_the_time_that_was_told_though_another_costs_nothing() -> None:
    # The slot of the 12th costs 100 in the lowest tier.
    result = solve(flexible(told(start="2026-03-12 10:00")), workers=1)
    assert result.roster.rows[0].facilitator == "F1"
    assert result.roster.rows[0].start == result.problem.slots[1].start
    assert result.tiers[-1].points == 100
    assert solve(flexible(), workers=1).roster.rows[0].start == result.problem.slots[0].start
