"""Rule `travel-gap`: between two meetings there is time to travel."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations
from typing import Any

import pytest
from tests.builders import breaks, meeting, problem, roster
from tests.rings import enough, seeds
from tests.rules.places import HERE, RULE, THERE

from poolmatch import check
from poolmatch.domain.plan import Plan
from poolmatch.domain.travel import Point, Travel
from poolmatch.rules.travel_gap import TravelGapRule
from poolmatch.ruleset import STANDARD_RULES
from poolmatch.testing import check_rule


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
        # 20 minutes between them, across midnight (both on 5 March in UTC).
        (("2026-03-05 23:00", "2026-03-05 23:50", "2026-03-06 00:10", "2026-03-06 01:00"), True),
        # 20 minutes between them on one local day (4 and 5 March in UTC).
        (("2026-03-05 00:10", "2026-03-05 00:40", "2026-03-05 01:00", "2026-03-05 02:00"), True),
        # The first goes on after midnight, and 15 minutes later the second begins.
        (("2026-03-05 23:00", "2026-03-06 00:30", "2026-03-06 00:45", "2026-03-06 01:00"), True),
        # Morning and evening.
        (("2026-03-05 00:00", "2026-03-05 01:00", "2026-03-05 23:00", "2026-03-05 23:30"), False),
    ],
)
def test_a_night_in_between_gives_no_more_time(times: tuple[str, str, str, str], expected: bool) -> None:
    case = problem([meeting("M1", *times[:2], **HERE), meeting("M2", *times[2:], **THERE)])
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}) is expected


def test_the_setup_after_midnight_comes_off_the_night() -> None:
    # The setup of M2 begins at 23:50, 20 minutes after M1.
    rows = [
        meeting("M1", "2026-03-05 22:00", "2026-03-05 23:30", **HERE),
        meeting("M2", "2026-03-06 00:20", "2026-03-06 02:00", setup_minutes=30, **THERE),
    ]
    assert breaks(RULE, problem(rows), {"M1": "F1", "M2": "F1"})
    assert not breaks(RULE, problem([rows[0], {**rows[1], "setup_minutes": 25}]), {"M1": "F1", "M2": "F1"})


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-03-06 15:59:59", True),
        ("2026-03-06 16:00", False),
        # The clock goes forward on the 29th: from 16:00 to 17:00 by the clock are 24 hours.
        ("2026-03-29 16:59:59", True),
        ("2026-03-29 17:00", False),
    ],
)
def test_whoever_has_24_hours_has_time_for_any_journey(start: str, expected: bool) -> None:
    day = int(start[8:10])
    case = problem(
        [
            meeting("M1", f"2026-03-{day - 1:02} 14:00", f"2026-03-{day - 1:02} 16:00", **HERE),
            meeting("M2", start, f"2026-03-{day:02} 20:00", **THERE),
        ]
    )
    rules = STANDARD_RULES.with_travel(Travel(minutes=lambda _start, _end: 60 * 60.0))
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}, rules) is expected


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


def test_the_words_say_how_long_there_is_and_how_long_it_takes() -> None:
    case = problem(
        [
            meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
            meeting("M2", "2026-03-05 16:24:27", "2026-03-05 18:00", **THERE),
        ]
    )
    (finding,) = check(case, roster({"M1": "F1", "M2": "F1"})).by_rule[RULE]
    assert finding.words.en == "F1 has 24 minutes from M1 to M2, the journey takes 25."


# --- against counting seconds ------------------------------------------------------------------------------

STEP = 5
PLACES: dict[str, dict[str, Any]] = {name: {"lat": 53.0 + n, "lon": 6.0} for n, name in enumerate("ABC")}


def too_little(rows: Sequence[Mapping[str, Any]], minutes: Mapping[tuple[Point, Point], float]) -> bool:
    """Tell whether someone who does all of it, nothing at once, lacks the time for a journey: by looking at each step.

    Every time is a multiple of five minutes.
    """
    for first in rows:
        for second in rows:
            if first["online"] or second["online"] or first["lat"] is None or second["lat"] is None:
                continue
            if not timedelta(0) <= second["start"] - first["end"] < timedelta(hours=24):
                continue
            points = tuple((row["lat"], row["lon"]) for row in (first, second))
            needed = 0.0 if points[0] == points[1] else minutes[points[0], points[1]]
            free, moment = 0, first["end"]
            while moment < second["start"]:
                free += not any(row["online"] and row["start"] <= moment < row["end"] for row in rows)
                moment += timedelta(minutes=STEP)
            if free * STEP < needed:
                return True
    return False


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def test_against_counting_every_five_minutes() -> None:
    seen = Counter[tuple[bool, bool]]()
    for seed in seeds(80):
        rng = random.Random(seed)
        moment, rows = datetime(2026, 3, 5, rng.choice([8, 21]), tzinfo=UTC), []
        for number in range(5):
            end = moment + timedelta(minutes=STEP * rng.randint(2, 14))
            online = number in (1, 2, 3) and rng.random() < 0.6
            place = rng.choice([*PLACES.values(), *PLACES.values(), {"lat": None, "lon": None}])
            rows.append({"meeting": f"M{number}", "start": moment, "end": end, "online": online, **place})
            moment = max(rows[0]["start"], end + timedelta(minutes=STEP * rng.randint(-2, 14)))
        points = [(row["lat"], row["lon"]) for row in PLACES.values()]
        minutes = {(a, b): STEP * rng.randint(10, 30) for a, b in permutations(points, 2)}
        rng.shuffle(rows)
        case = problem(rows)
        rule = TravelGapRule(travel=Travel(minutes=minutes))
        check_rule(rule, case)
        for size in range(2, 6):
            for held in combinations(rows, size):
                if any(overlap(one, other) for one, other in combinations(held, 2)):
                    continue
                expected = too_little(held, minutes)
                found = list(rule.judge(Plan(case, roster({row["meeting"]: "F1" for row in held}))))
                assert bool(found) is expected, (seed, [row["meeting"] for row in held])
                seen[expected, any(len(finding.meetings) > 2 for finding in found)] += 1
    assert min(seen[True, True], seen[True, False], seen[False, False]) >= enough(20), seen
