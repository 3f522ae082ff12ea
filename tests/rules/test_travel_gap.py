"""Rule `travel-gap`: between two meetings of one local day there is time to travel."""

from collections.abc import Mapping
from typing import Any

import pytest
from tests.builders import breaks, meeting, problem, roster

from poolmatch import check, solve
from poolmatch.domain.travel import Point, Travel
from poolmatch.ruleset import STANDARD_RULES

RULE = "travel-gap"
HERE: dict[str, Any] = {"lat": 53.0, "lon": 6.0}
THERE: dict[str, Any] = {"lat": 53.1, "lon": 6.0}
# 0.1 degree along a meridian: 6371 × π/180 × 0.1 = 11.119493 km, × 1.3 = 14.455340 km, which at 60 km/h is as many
# minutes: 14.455340, + 10 = 24.455340 minutes = 1467.32 seconds. So 24 min 28 s is enough, 24 min 27 s is not.


def short(start: str, first: Mapping[str, Any] = HERE, second: Mapping[str, Any] = THERE) -> bool:
    """Tell whether there is too little time from 16:00 to a start, whichever meeting comes first in the table."""
    case = problem(
        [
            meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **first),
            meeting("M2", f"2026-03-05 {start}", "2026-03-05 20:00", **second),
        ]
    )
    mirrored = problem(
        [
            meeting("M1", f"2026-03-05 {start}", "2026-03-05 20:00", **first),
            meeting("M2", "2026-03-05 14:00", "2026-03-05 16:00", **second),
        ]
    )
    answers = {breaks(RULE, item, {"M1": "F1", "M2": "F1"}) for item in (case, mirrored)}
    (answer,) = answers
    return answer


@pytest.mark.parametrize(
    ("start", "expected"), [("16:25", False), ("16:24:28", False), ("16:24:27", True), ("16:24", True), ("16:00", True)]
)
def test_seconds_of_the_formula(start: str, expected: bool) -> None:
    assert short(start) is expected


def test_a_whole_number_of_minutes_to_the_second() -> None:
    # The example of the rule: 25 km take 35 minutes. 25 / 1.3 / (6371 × π/180) = 0.1729465 degree, or a hair less.
    there = {"lat": 53.0 + 0.172946, "lon": 6.0}
    assert not short("16:35", second=there)
    assert short("16:34:59", second=there)
    # A hair farther, 25.00008 km: the second that has begun counts.
    assert short("16:35", second={"lat": 53.0 + 0.172947, "lon": 6.0})


def test_the_same_place_takes_no_time() -> None:
    assert not short("16:00", HERE, HERE)


def test_a_stone_s_throw_takes_the_fixed_ten_minutes() -> None:
    # 0.00001 degree is 1.4 m of road: 0.09 s, so 600.09 s, so 601 s.
    near = {"lat": 53.00001, "lon": 6.0}
    assert not short("16:10:01", HERE, near)
    assert short("16:10", HERE, near)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (HERE | {"online": True}, THERE),
        (HERE, THERE | {"online": True}),
        (HERE | {"online": True}, THERE | {"online": True}),
        (HERE, {}),
        ({}, THERE),
        ({}, {}),
        ({"region": "north"}, {"region": "south"}),
    ],
)
def test_online_and_unknown_places_take_no_time(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert not short("16:00", first, second)


def test_setup_and_wrap_up_come_off_the_gap() -> None:
    # 16:00 to 16:45, less 10 minutes of wrap-up and 10 of setup: 25 minutes are left, enough; one minute less is not.
    for wrapup, expected in [(10, False), (11, True)]:
        case = problem(
            [
                meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", wrapup_minutes=wrapup, **HERE),
                meeting("M2", "2026-03-05 16:45", "2026-03-05 18:00", setup_minutes=10, **THERE),
            ]
        )
        assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}) is expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        # 20 minutes between them, but the second starts on the next local day (both 5 March in UTC).
        (("2026-03-05 23:00", "2026-03-05 23:50", "2026-03-06 00:10", "2026-03-06 01:00"), False),
        # 20 minutes between them on one local day (4 and 5 March in UTC).
        (("2026-03-05 00:10", "2026-03-05 00:40", "2026-03-05 01:00", "2026-03-05 02:00"), True),
        # The first starts on 5 March and ends on the 6th, the second starts on the 6th: two days.
        (("2026-03-05 23:00", "2026-03-06 00:30", "2026-03-06 00:45", "2026-03-06 01:00"), False),
        # Morning and evening.
        (("2026-03-05 00:00", "2026-03-05 01:00", "2026-03-05 23:00", "2026-03-05 23:30"), False),
    ],
)
def test_only_meetings_of_one_local_day(times: tuple[str, str, str, str], expected: bool) -> None:
    case = problem([meeting("M1", *times[:2], **HERE), meeting("M2", *times[2:], **THERE)])
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}) is expected


def test_the_setup_may_begin_the_day_before() -> None:
    # Both start on 6 March. The setup of M2, at 23:50 on the 5th, comes 20 minutes after M1 … which starts on the 5th.
    rows = [
        meeting("M1", "2026-03-05 22:00", "2026-03-05 23:30", **HERE),
        meeting("M2", "2026-03-06 00:20", "2026-03-06 02:00", setup_minutes=30, **THERE),
        meeting("M3", "2026-03-06 02:10", "2026-03-06 03:00", **HERE),
    ]
    assert not breaks(RULE, problem(rows[:2]), {"M1": "F1", "M2": "F1"})
    assert breaks(RULE, problem(rows[1:]), {"M2": "F1", "M3": "F1"})


def test_spans_that_overlap_leave_no_time_to_travel_either() -> None:
    assert short("15:00")
    assert not short("15:00", HERE, HERE)  # nothing to travel: no-double-booking says what is wrong


def test_two_people_need_no_time_between_them() -> None:
    case = problem(
        [
            meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
            meeting("M2", "2026-03-05 16:00", "2026-03-05 18:00", **THERE),
        ],
        ["F1", "F2"],
    )
    assert not breaks(RULE, case, {"M1": "F1", "M2": "F2"})


def test_every_pair_of_the_day_is_looked_at() -> None:
    # An online meeting between two places: 20 minutes from the first to the last, 24.5 needed.
    case = problem(
        [
            meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
            meeting("M2", "2026-03-05 16:05", "2026-03-05 16:15", online=True),
            meeting("M3", "2026-03-05 16:20", "2026-03-05 18:00", **THERE),
        ]
    )
    (finding,) = check(case, roster({"M1": "F1", "M2": "F1", "M3": "F1"})).by_rule[RULE]
    assert finding.meetings == ("M1", "M3")
    assert not breaks(RULE, case, {"M1": "F1", "M2": "F1"})
    assert breaks(RULE, case, {"M1": "F1", "M3": "F1"})


# --- settings and tables of travel times -------------------------------------------------------------------


def short_by(travel: Travel, start: str, first: Mapping[str, Any] = HERE, second: Mapping[str, Any] = THERE) -> bool:
    """Tell whether there is too little time from 16:00 to a start; `solve` gives one person both, or one of them."""
    case = problem(
        [
            meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **first),
            meeting("M2", f"2026-03-05 {start}", "2026-03-05 20:00", **second),
        ]
    )
    rules = STANDARD_RULES.with_travel(travel)
    found = bool(check(case, roster({"M1": "F1", "M2": "F1"}), rules).by_rule[RULE])
    assert solve(case, rules, workers=1).roster.filled == (1 if found else 2)
    return found


def test_settings_of_the_rule_set() -> None:
    # As the crow flies at 11.119492664 km/h, nothing besides: an hour.
    travel = Travel(detour=1, speed_kmh=11.119492664, fixed_minutes=0)
    assert not short_by(travel, "17:00")
    assert short_by(travel, "16:59:59")


def test_a_function_replaces_the_formula() -> None:
    def minutes(start: Point, end: Point) -> float:
        assert (start, end) == ((53.0, 6.0), (53.1, 6.0))
        return 90.5

    assert not short_by(Travel(minutes=minutes), "17:30:30")
    assert short_by(Travel(minutes=minutes), "17:30:29")


@pytest.mark.parametrize(
    ("first", "second", "start", "expected"),
    [
        (HERE, THERE, "16:05", False),
        (HERE, THERE, "16:04:59", True),
        (THERE, HERE, "16:40", False),
        (THERE, HERE, "16:39:59", True),
    ],
)
def test_a_table_replaces_the_formula_and_knows_the_direction(
    first: Mapping[str, Any], second: Mapping[str, Any], start: str, expected: bool
) -> None:
    table = {((53.0, 6.0), (53.1, 6.0)): 5.0, ((53.1, 6.0), (53.0, 6.0)): 40.0}
    assert short_by(Travel(minutes=table), start, first, second) is expected


def test_a_table_is_not_asked_about_the_same_place_online_or_the_unknown() -> None:
    travel = Travel(minutes=lambda _start, _end: 600.0)
    assert not short_by(travel, "16:00", HERE, HERE)
    assert not short_by(travel, "16:00", HERE, THERE | {"online": True})
    assert not short_by(travel, "16:00", HERE, {})
    assert short_by(travel, "19:00", HERE, THERE)
