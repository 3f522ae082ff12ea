"""Rule `wishes`: minus the scores that match; times to avoid 5, preferred times −5; a preferred skill missing 2.

Counted in units of a ten-thousandth of a point.
"""

from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, penalty, problem, roster

from poolmatch import Problem, check, solve
from poolmatch.rules.wishes import WishesRule
from poolmatch.ruleset import STANDARD_RULES

RULE = "wishes"
POINT = 10_000
ALL: dict[str | tuple[str, str], str | None] = {"M1": "F1"}
PARTIES = {"M1": {"Town": "decider", "School": "observer"}}


def scored(*rows: Cells, **of_meeting: Any) -> Problem:
    """Return a meeting of the town and a school, on housing, in the north; and scores of its only facilitator."""
    cells = {"theme": "housing", "region": "north"} | of_meeting
    other = meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30", theme="traffic", region="south")
    return problem(
        [meeting(**cells), other], ["F1", "F2"], PARTIES, preferences=[{"facilitator": "F1", **row} for row in rows]
    )


# --- scores ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"meeting": "M1"}, -3),
        ({"meeting": "M2"}, 0),
        ({"theme": "housing"}, -3),
        ({"theme": "traffic"}, 0),
        ({"theme": "elsewhere"}, 0),
        ({"region": "north"}, -3),
        ({"region": "south"}, 0),
        ({"region": "elsewhere"}, 0),
        ({"organisation": "Town"}, -3),
        ({"organisation": "School"}, -3),  # any party, of whatever grade
        ({"organisation": "Elsewhere"}, 0),
    ],
)
def test_each_kind_of_target(target: Cells, expected: int) -> None:
    assert penalty(RULE, scored({**target, "score": 3}), ALL) == expected * POINT


def test_a_meeting_without_theme_or_region_matches_neither() -> None:
    rows = [{"theme": "housing", "score": 3}, {"region": "north", "score": 3}, {"theme": "elsewhere", "score": 3}]
    assert penalty(RULE, scored(*rows, theme=None, region=None), ALL) == 0


@pytest.mark.parametrize(
    ("score", "units"),
    [
        (10, -100_000),
        (-10, 100_000),
        (2.5, -25_000),
        (0.0001, -1),
        (-0.0001, 1),
        (0.1234, -1_234),
        (1.0001, -10_001),
        (9.9996, -99_996),  # × 10000 is 99995.99999999999 as a float
        (0.0003, -3),  # 2.9999999999999996
        (0, 0),
    ],
)
def test_scores_are_exact_to_four_decimals(score: float, units: int) -> None:
    assert penalty(RULE, scored({"meeting": "M1", "score": score}), ALL) == units


def test_rows_that_match_add_up() -> None:
    # 3 for the meeting, 2.5 for the theme, −1 for the region, 0.25 and 0.5 for the two parties: 5.25.
    rows = [
        {"meeting": "M1", "score": 3},
        {"theme": "housing", "score": 2.5},
        {"region": "north", "score": -1},
        {"organisation": "Town", "score": 0.25},
        {"organisation": "School", "score": 0.5},
        {"theme": "traffic", "score": 9},
    ]
    assert penalty(RULE, scored(*rows), ALL) == -52_500
    # At M2 the theme and the town: 9.25.
    assert penalty(RULE, scored(*rows), {"M2": "F1"}) == -92_500


def test_two_rows_about_one_thing_add_up() -> None:
    assert penalty(RULE, scored({"meeting": "M1", "score": 3}, {"meeting": "M1", "score": 3}), ALL) == -60_000


def test_a_score_holds_for_any_party_once() -> None:
    # The row about the school matches one party; that the town is there too does not count it twice.
    assert penalty(RULE, scored({"organisation": "School", "score": 4}), ALL) == -40_000


def test_a_score_is_one_s_own_and_needs_an_assignment() -> None:
    case = scored({"meeting": "M1", "score": 3})
    assert penalty(RULE, case, {"M1": "F2"}) == 0
    assert penalty(RULE, case, {}) == 0
    assert penalty(RULE, case, {"M1": None, "M2": "F1"}) == 0


def test_each_assignment_counts_by_itself() -> None:
    assert penalty(RULE, scored({"organisation": "Town", "score": 1.5}), {"M1": "F1", "M2": "F1"}) == -30_000


# --- times -------------------------------------------------------------------------------------------------


def timed(*rows: tuple[str, str, str], **of_meeting: Any) -> Problem:
    """Return a meeting on 5 March from 14:00 to 16:00, and rows of kind, start and end of its facilitator."""
    cells = {"start": "2026-03-05 14:00", "end": "2026-03-05 16:00"} | of_meeting
    availability = [{"facilitator": "F1", "kind": kind, "start": a, "end": b} for kind, a, b in rows]
    return problem([meeting(**cells)], ["F1", "F2"], availability=availability)


def day(clock: str) -> str:
    return f"2026-03-05 {clock}"


@pytest.mark.parametrize(
    ("opens", "closes", "points"),
    [
        ("12:00", "14:00", 0),  # touching
        ("12:00", "14:00:01", 5),
        ("16:00", "18:00", 0),
        ("15:59:59", "18:00", 5),
        ("14:30", "15:00", 5),
        ("10:00", "20:00", 5),
        ("14:00", "16:00", 5),
    ],
)
def test_any_part_in_a_time_to_avoid(opens: str, closes: str, points: int) -> None:
    assert penalty(RULE, timed(("avoid", day(opens), day(closes))), ALL) == points * POINT


@pytest.mark.parametrize(
    ("opens", "closes", "points"),
    [
        ("14:00", "16:00", -5),
        ("10:00", "20:00", -5),
        ("14:00:01", "16:00", 0),
        ("14:00", "15:59:59", 0),
        ("14:30", "15:00", 0),
        ("08:00", "12:00", 0),
    ],
)
def test_the_whole_in_a_preferred_time(opens: str, closes: str, points: int) -> None:
    assert penalty(RULE, timed(("prefer", day(opens), day(closes))), ALL) == points * POINT


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ([("prefer", "13:00", "15:00"), ("prefer", "15:00", "17:00")], -5),  # together they cover it
        ([("prefer", "15:00", "17:00"), ("prefer", "13:00", "15:00")], -5),
        ([("prefer", "13:00", "15:00"), ("prefer", "15:01", "17:00")], 0),
        ([("prefer", "13:00", "17:00"), ("prefer", "12:00", "18:00")], -5),  # once
        ([("prefer", "13:00", "14:10"), ("prefer", "13:30", "14:05"), ("prefer", "14:10", "16:00")], -5),
        ([("avoid", "13:00", "14:30"), ("avoid", "15:30", "17:00")], 5),  # once
        ([("avoid", "14:30", "14:40"), ("prefer", "12:00", "18:00")], 0),  # 5 − 5
        ([("avoid", "08:00", "09:00"), ("avoid", "20:00", "21:00")], 0),
    ],
)
def test_several_rows(rows: list[tuple[str, str, str]], points: int) -> None:
    case = timed(*((kind, day(a), day(b)) for kind, a, b in rows))
    assert penalty(RULE, case, ALL) == points * POINT


@pytest.mark.parametrize(
    ("row", "points"),
    [
        (("avoid", "12:00", "13:31"), 5),
        (("avoid", "12:00", "13:30"), 0),
        (("avoid", "16:14", "18:00"), 5),
        (("avoid", "16:15", "18:00"), 0),
        (("prefer", "13:30", "16:15"), -5),
        (("prefer", "13:31", "16:15"), 0),
        (("prefer", "13:30", "16:14"), 0),
    ],
)
def test_setup_and_wrap_up_belong_to_it(row: tuple[str, str, str], points: int) -> None:
    # Occupied from 13:30 to 16:15.
    case = timed((row[0], day(row[1]), day(row[2])), setup_minutes=30, wrapup_minutes=15)
    assert penalty(RULE, case, ALL) == points * POINT


def test_recurring_times() -> None:
    # Thursdays from 5 March; the meeting is on Thursday 12 March.
    row = {"facilitator": "F1", "kind": "avoid", "start": "2026-03-05", "end": "2026-03-05", "rrule": "FREQ=WEEKLY"}
    case = problem([meeting("M1", "2026-03-12 14:00", "2026-03-12 16:00")], availability=[row])
    assert penalty(RULE, case, ALL) == 5 * POINT
    case = problem([meeting("M1", "2026-03-13 14:00", "2026-03-13 16:00")], availability=[row])
    assert penalty(RULE, case, ALL) == 0


def test_windows_are_no_wishes() -> None:
    case = timed(("available", day("10:00"), day("20:00")), ("unavailable", day("20:00"), day("21:00")))
    assert penalty(RULE, case, ALL) == 0


def test_times_of_one_say_nothing_of_another() -> None:
    case = timed(("avoid", day("10:00"), day("20:00")))
    assert penalty(RULE, case, {"M1": "F2"}) == 0
    assert solve(case, workers=1).roster.holder("M1", "lead") == "F2"


# --- skills that would be welcome --------------------------------------------------------------------------


def welcome(level: int | None, kind: str = "preferred", **dates: str) -> Problem:
    skills = [] if level is None else [{"facilitator": "F1", "skill": "intake", "level": level, **dates}]
    wanted = [{"meeting": "M1", "seat": "lead", "skill": "intake", "level": 3, "kind": kind}]
    return problem(requirements=wanted, skills=skills)


@pytest.mark.parametrize(("level", "points"), [(None, 2), (2, 2), (3, 0), (4, 0)])
def test_a_preferred_skill_that_is_missing_or_too_low(level: int | None, points: int) -> None:
    assert penalty(RULE, welcome(level), ALL) == points * POINT
    assert penalty(RULE, welcome(level), {}) == 0  # only where someone is assigned


@pytest.mark.parametrize(
    ("dates", "points"),
    [
        ({"valid_until": "2026-03-04"}, 2),
        ({"valid_until": "2026-03-05"}, 0),
        ({"valid_from": "2026-03-05"}, 0),
        ({"valid_from": "2026-03-06"}, 2),
    ],
)
def test_a_preferred_skill_must_hold_on_the_day(dates: dict[str, str], points: int) -> None:
    assert penalty(RULE, welcome(5, **dates), ALL) == points * POINT


def test_each_preferred_skill_counts_and_required_ones_do_not() -> None:
    kinds = {"intake": "preferred", "listening": "preferred", "drawing": "preferred", "law": "required"}
    wanted = [
        {"meeting": "M1", "seat": "lead", "skill": skill, "level": 2, "kind": kind} for skill, kind in kinds.items()
    ]
    skills = [{"facilitator": "F1", "skill": skill, "level": 2} for skill in ("listening", "law")]
    assert penalty(RULE, problem(requirements=wanted, skills=skills), ALL) == 4 * POINT
    # A required skill that is missing is the business of `skilled`.
    assert penalty(RULE, welcome(None, "required"), ALL) == 0


# --- together ----------------------------------------------------------------------------------------------


def test_the_example_of_the_rule() -> None:
    # A score of 2.5 for the region and a meeting in an hour to avoid: 5 − 2.5 = 2.5 points.
    case = problem(
        [meeting(region="north")],
        preferences=[{"facilitator": "F1", "region": "north", "score": 2.5}],
        availability=[{"facilitator": "F1", "kind": "avoid", "start": "2026-03-05", "end": "2026-03-05"}],
    )
    assert penalty(RULE, case, ALL) == 25_000
    report = check(case, roster(ALL))
    (finding,) = report.by_rule[RULE]
    assert (finding.points, finding.scale) == (2.5, POINT)
    assert finding.words.en == "F1 at M1: score 2.5 for north, at a time to avoid."
    assert finding.words.nl == "F1 bij M1: score 2.5 voor north, op een tijd om te mijden."
    (tier,) = [tier for tier in report.tiers if tier.tier == 6]
    assert (tier.value, tier.scale) == (25_000, POINT)


def test_the_points_are_parameters() -> None:
    rules = STANDARD_RULES.plus(WishesRule(avoid=7, prefer=1, missing_skill=11))
    rows = [("avoid", day("14:00"), day("15:00")), ("prefer", day("10:00"), day("20:00"))]
    assert penalty(RULE, timed(*rows), ALL, rules) == 6 * POINT
    assert penalty(RULE, welcome(None), ALL, rules) == 11 * POINT


def test_who_likes_it_best_gets_it() -> None:
    rows = [{"facilitator": name, "meeting": "M1", "score": score} for name, score in [("F1", 2.0001), ("F2", 2.0002)]]
    case = problem(facilitators=[facilitator("F1"), facilitator("F2")], preferences=rows)
    found = solve(case, workers=1)
    assert found.roster.holder("M1", "lead") == "F2"
    assert found.tiers[-1].value == -20_002
