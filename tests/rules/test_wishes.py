"""Rule `wishes`: minus the scores that match; a preferred skill missing 2; and all of it together.

Counted in units of a ten-thousandth of a point.
"""

from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, penalty, problem, roster
from tests.rules.wished import ALL, POINT, RULE, day, paired, timed

from poolmatch import Problem, check, solve
from poolmatch.rules.wishes import WishesRule
from poolmatch.ruleset import STANDARD_RULES

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


def test_a_skill_that_the_team_should_bring_is_missing_once_where_someone_is_assigned() -> None:
    wanted = [{"meeting": "M1", "seat": None, "skill": "intake", "level": 3, "kind": "preferred"}]
    skills = [{"facilitator": "F2", "skill": "intake", "level": 3}]
    case = paired(requirements=wanted, skills=skills)
    for held, points in ((None, 0), ("F1", 2), ("F2", 0)):
        assert penalty(RULE, case, {"M1": held}) == points * POINT
    assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "F3"}) == 2 * POINT
    assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}) == 0


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
    assert finding.words.nl == "F1 bij M1: score 2,5 voor north, op een tijd om te mijden."
    (tier,) = [tier for tier in report.tiers if tier.tier == 6]
    assert tier.value * POINT == 25_000 * tier.scale


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
    assert found.tiers[-1].value * POINT == -20_002 * found.tiers[-1].scale
