"""Rule `travel-gap`: between two meetings there is time to travel, besides what is held online in between."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from tests.builders import Holders, breaks, facilitator, meeting, problem, roster
from tests.rings import enough, seeds

from poolmatch import Problem, Roster, check, solve
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.travel import Point, Travel
from poolmatch.rules.travel_gap import TravelGapRule
from poolmatch.ruleset import STANDARD_RULES
from poolmatch.testing import check_rule

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


# --- online meetings in between ----------------------------------------------------------------------------


def calls(*times: tuple[str, str], start: str, **cells: Any) -> Problem:
    """Return M1 from 14:00 to 16:00, M2 elsewhere from a start on, and online meetings C1, C2 …"""
    rows = [
        meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
        meeting("M2", f"2026-03-05 {start}", "2026-03-05 23:00", **THERE),
        *(
            meeting(f"C{number}", f"2026-03-05 {opens}", f"2026-03-05 {closes}", online=True, **cells)
            for number, (opens, closes) in enumerate(times, 1)
        ),
    ]
    return problem(rows)


def all_of(case: Problem) -> Holders:
    """Return a roster in which F1 does everything."""
    return {row.meeting: "F1" for row in case.meetings}


@pytest.mark.parametrize(
    ("held", "start", "expected"),
    [
        # 24 min 28 s are needed besides what is online, wherever in the gap that lies.
        ((("16:00", "17:00"),), "17:24:28", False),
        ((("16:00", "17:00"),), "17:24:27", True),
        ((("16:10", "17:10"),), "17:24:28", False),
        ((("16:10", "17:10"),), "17:24:27", True),
        ((("16:24:27", "17:24:27"),), "17:24:27", True),
        ((("16:05", "16:15"), ("16:20", "16:50")), "17:04:28", False),
        ((("16:05", "16:15"), ("16:20", "16:50")), "17:04:27", True),
        # Before the first or after the second it is not in between.
        ((("13:00", "14:00"),), "16:24:28", False),
        ((("23:00", "23:30"),), "16:24:28", False),
        # Too short for the journey itself, whatever is online.
        ((("16:05", "16:15"),), "16:20", True),
    ],
)
def test_nobody_travels_while_online(held: tuple[tuple[str, str], ...], start: str, expected: bool) -> None:
    case = calls(*held, start=start)
    assert breaks(RULE, case, all_of(case)) is expected


def test_setup_and_wrap_up_of_what_is_online_are_no_time_to_travel_either() -> None:
    # From 16:00 to 17:30, of which 16:20 to 17:00 and ten minutes on either side: 30 are left. With 13, 24 are.
    for minutes, expected in [(10, False), (13, True)]:
        case = calls(("16:20", "17:00"), start="17:30", setup_minutes=minutes, wrapup_minutes=minutes)
        assert breaks(RULE, case, all_of(case)) is expected


def test_only_who_holds_all_of_it_lacks_the_time() -> None:
    case = calls(("16:00", "17:00"), start="17:20")
    assert breaks(RULE, case, {"M1": "F1", "C1": "F1", "M2": "F1"})
    for two in (("M1", "C1"), ("M1", "M2"), ("C1", "M2")):
        assert not breaks(RULE, case, dict.fromkeys(two, "F1"))


def test_a_point_does_not_make_an_online_meeting_a_place() -> None:
    case = calls(("16:00", "17:00"), start="17:20", **THERE)
    assert breaks(RULE, case, all_of(case))
    assert not breaks(RULE, case, {"M1": "F1", "C1": "F1"})


def test_online_meetings_count_together_though_each_alone_would_do() -> None:
    # 90 minutes, 24.5 for the journey: 65.5 are to spare. 40 and 30 are too many together.
    case = calls(("16:00", "16:40"), ("16:50", "17:20"), start="17:30")
    assert breaks(RULE, case, all_of(case))
    assert not breaks(RULE, case, {"M1": "F1", "C1": "F1", "M2": "F1"})
    assert not breaks(RULE, case, {"M1": "F1", "C2": "F1", "M2": "F1"})


def test_online_meetings_that_overlap_take_no_more_than_the_time_they_cover() -> None:
    # 16:00 to 17:00 by both: an hour in all, and half an hour is left. That F1 cannot do both is another rule's say.
    case = calls(("16:00", "16:40"), ("16:20", "17:00"), start="17:30")
    assert not breaks(RULE, case, all_of(case))
    assert breaks(RULE, calls(("16:00", "16:40"), ("16:20", "17:10"), start="17:30"), all_of(case))


def test_only_online_meetings_take_from_the_time() -> None:
    # At M1's place, or who knows where, an hour in between. From M3, which is here, there is time enough.
    for place in (HERE, {}):
        case = problem(
            [
                meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
                meeting("M2", "2026-03-05 17:25", "2026-03-05 19:00", **THERE),
                meeting("M3", "2026-03-05 16:00", "2026-03-05 17:00", **place),
            ]
        )
        assert not breaks(RULE, case, all_of(case))


def test_the_night_is_long_enough_unless_it_is_spent_online() -> None:
    rows = [
        meeting("M1", "2026-03-05 20:00", "2026-03-05 22:00", **HERE),
        meeting("C1", "2026-03-05 22:00", "2026-03-06 05:40", online=True),
        meeting("M2", "2026-03-06 06:00", "2026-03-06 08:00", **THERE),
    ]
    assert breaks(RULE, problem(rows), {"M1": "F1", "C1": "F1", "M2": "F1"})
    assert not breaks(RULE, problem(rows), {"M1": "F1", "M2": "F1"})


def test_whichever_seats_and_slots_they_are_held_in() -> None:
    # Two seats in M1 and online, which begins at 16:00 or at 20:00; M2 is at 17:20.
    case = problem(
        [
            meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", **HERE),
            {"meeting": "C1", "online": True},
            meeting("M2", "2026-03-05 17:20", "2026-03-05 19:00", **THERE),
        ],
        seats=[{"meeting": name, "seat": seat, "role": "lead"} for name in ("M1", "C1") for seat in ("lead", "other")],
        slots=[
            {"meeting": "C1", "start": f"2026-03-05 {hour}:00", "end": f"2026-03-05 {hour + 1}:00"} for hour in (16, 20)
        ],
    )
    assert check_rule(STANDARD_RULES[RULE], case) == 3 * 5 * 2  # M1: nobody or one seat; C1: so too, in either slot; M2
    for seat in ("lead", "other"):
        rows = [("M1", seat, None), ("C1", seat, 16), ("M2", "lead", None)]
        for hour, expected in [(16, True), (20, False)]:
            held = Roster(
                rows=tuple(
                    RosterRow(
                        meeting=name,
                        seat=place,
                        facilitator="F1",
                        start=datetime(2026, 3, 5, hour - 1, tzinfo=UTC) if slot else None,
                    )
                    for name, place, slot in rows
                )
            )
            assert bool(check(case, held).by_rule[RULE]) is expected


def test_the_finding_names_what_takes_the_time() -> None:
    case = calls(("16:00", "17:00"), ("19:00", "19:30"), ("16:05", "16:10"), start="17:20")
    (finding,) = check(case, roster({"M1": "F1", "C1": "F1", "C2": "F1", "M2": "F1"})).by_rule[RULE]
    assert finding.meetings == ("M1", "C1", "M2")
    assert finding.words.en == "F1 has 20 minutes from M1 to M2 outside online meetings, the journey takes 25."
    assert finding.words.nl == "F1 heeft 20 minuten van M1 naar M2 buiten online bijeenkomsten, de reis duurt 25."
    # Where even the whole gap is too short, no online meeting is to blame.
    case = calls(("16:05", "16:15"), start="16:20")
    (finding,) = check(case, roster(all_of(case))).by_rule[RULE]
    assert finding.meetings == ("M1", "M2")


def test_solve_gives_a_call_on_the_road_to_someone_else() -> None:
    case = calls(("16:00", "17:00"), start="17:20")
    one = case.replace(facilitators=[facilitator("F1", max_per_day=5)])
    two = case.replace(facilitators=[facilitator(name, max_per_day=5) for name in ("F1", "F2")])
    assert solve(one, workers=1).roster.filled == 2
    result = solve(two, workers=1)
    assert result.roster.filled == 3
    assert result.report.legal


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
