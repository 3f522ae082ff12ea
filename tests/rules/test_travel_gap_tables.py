"""Rule `travel-gap`: settings of the formula, and functions and tables that replace it."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from tests.builders import meeting, problem, roster
from tests.rules.places import HERE, RULE, THERE

from poolmatch import check, solve
from poolmatch.domain.plan import Plan
from poolmatch.domain.travel import Point, Travel
from poolmatch.rules.travel_gap import TravelGapRule
from poolmatch.ruleset import STANDARD_RULES


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


def test_a_table_is_asked_for_each_journey_once() -> None:
    asked: list[tuple[Point, Point]] = []

    def minutes(start: Point, end: Point) -> float:
        asked.append((start, end))
        return 20.0

    here, there = (53.0, 6.0), (53.1, 6.0)
    lat, lon = np.array([53.0, 53.1, 53.0, 53.0]), np.full(4, 6.0)
    seconds = Travel(minutes=minutes).seconds(lat, lon, lat[::-1], lon)
    assert seconds.tolist() == [0, 1200, 1200, 0]
    assert asked == [(here, there), (there, here)]


def test_a_journey_that_a_table_leaves_out_is_named() -> None:
    table = {((53.0, 6.0), (53.1, 6.0)): 5.0}
    with pytest.raises(KeyError, match=r"nothing from \(53.1, 6.0\) to \(53.0, 6.0\): add it, or give a function"):
        short_by(Travel(minutes=table), "16:30", THERE, HERE)


def test_the_longest_journey_is_never_taken_too_short() -> None:
    rng = np.random.default_rng(1)
    owner, lat, lon = rng.integers(0, 3, 60), rng.uniform(50, 54, 60), rng.uniform(3, 8, 60)
    travel = Travel()
    longest = travel.longest(owner, lat, lon)
    for one, other in combinations(range(60), 2):
        if owner[one] == owner[other]:
            taken = int(travel.seconds(lat[one], lon[one], lat[other], lon[other]))
            assert taken <= longest[one] == longest[other]


def test_only_journeys_between_meetings_less_than_a_day_apart_are_asked_for() -> None:
    # Evenings that end at 23:30, days apart; but the 8th begins at noon, and the 12th a day after the 11th ends.
    starts = {day: "12:00" if day == 8 else "19:30" for day in (2, 4, 7, 8, 11)} | {12: "21:30"}
    rows = [
        meeting(f"M{day}", f"2026-03-{day:02d} {start}", f"2026-03-{day:02d} 23:30", lat=53 + day / 100, lon=6.0)
        for day, start in starts.items()
    ]
    rows[4] = {**rows[4], "end": "2026-03-11 21:30"}
    asked: list[tuple[Point, Point]] = []

    def minutes(start: Point, end: Point) -> float:
        asked.append((start, end))
        return 10.0

    plan = Plan(problem(rows), roster({f"M{day}": "F1" for day in starts}))
    assert list(TravelGapRule(travel=Travel(minutes=minutes)).judge(plan)) == []
    assert asked == [((53.07, 6.0), (53.08, 6.0))]
