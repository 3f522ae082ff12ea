"""Rule `worst-served`: minus the least sum of preference scores over the team of any meeting.

Counted in units of 1/10000 point, so that scores of four decimals are whole.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster

from poolmatch import STANDARD_RULES, Finding, Problem, Roster, RuleSet, Status, check, solve
from poolmatch.rules.worst_served import WorstServedRule

RULE = "worst-served"
RULES = STANDARD_RULES.plus(WorstServedRule())
POINT = 10_000

Scores = Mapping[tuple[str, str], float]


def liking(scores: Scores, people: Sequence[str | Cells] = ("F1", "F2"), meetings: int = 2, **tables: Any) -> Problem:
    """Return meetings of two hours on different days; scores by facilitator and meeting."""
    rows = [meeting(f"M{n}", f"2026-03-{n + 4:02} 19:30", f"2026-03-{n + 4:02} 21:30") for n in range(1, meetings + 1)]
    wishes = [{"facilitator": who, "meeting": where, "score": score} for (who, where), score in scores.items()]
    return problem(rows, people, preferences=wishes, **tables)


def units(case: Problem, holders: Holders) -> int:
    return penalty(RULE, case, holders, RULES)


def finding(case: Problem, holders: Holders) -> Finding:
    (found,) = check(case, roster(holders), RULES).by_rule[RULE]
    return found


# --- the least sum -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "points"),
    [
        (3, -1, 1),
        (-1, 3, 1),
        (3, 2, -2),  # the worse of two that are liked is a gain
        (2, 3, -2),
        (0, 5, 0),
        (-5, 0, 5),
        (-10, -10, 10),
        (10, 10, -10),
    ],
)
def test_the_meeting_with_the_least_score_counts_alone(first: float, second: float, points: int) -> None:
    case = liking({("F1", "M1"): first, ("F1", "M2"): second})
    assert units(case, {"M1": "F1", "M2": "F1"}) == points * POINT


def test_four_decimals_are_exact() -> None:
    case = liking({("F1", "M1"): -0.0001, ("F2", "M1"): 0.0001, ("F1", "M2"): 2.5, ("F2", "M2"): 7})
    assert units(case, {"M1": "F1", "M2": "F1"}) == 1
    assert units(case, {"M1": "F2", "M2": "F1"}) == -1
    assert units(case, {"M2": "F1"}) == -25_000


def test_a_meeting_without_a_team_does_not_count() -> None:
    case = liking({("F1", "M1"): 3, ("F1", "M2"): -1, ("F2", "M2"): -8})
    assert units(case, {"M1": "F1"}) == -3 * POINT
    assert units(case, {"M2": "F1"}) == POINT
    assert units(case, {"M1": "F2"}) == 0  # no wish is a score of 0
    assert units(case, {"M1": "F1", "M2": "F2"}) == 8 * POINT


def test_the_empty_roster_and_a_problem_without_meetings_say_nothing() -> None:
    assert units(liking({("F1", "M1"): 3}), {}) == 0
    assert not check(liking({("F1", "M1"): 3}), roster({}), RULES).by_rule[RULE]
    assert units(problem((), ["F1"]), {}) == 0


def test_the_scores_of_a_team_add_up() -> None:
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")]
    case = liking({("F1", "M1"): 3, ("F2", "M1"): -4, ("F1", "M2"): 1}, seats=seats)
    assert units(case, {"M1": "F1", ("M1", "co"): "F2"}) == POINT  # 3 − 4
    assert units(case, {"M1": "F2", ("M1", "co"): "F1"}) == POINT
    assert units(case, {"M1": "F1"}) == -3 * POINT  # half a team counts by who is in it
    assert units(case, {("M1", "co"): "F2"}) == 4 * POINT
    # −1 for M1 and 1 for M2; then 3 and 1.
    assert units(case, {"M1": "F1", ("M1", "co"): "F2", "M2": "F1"}) == POINT
    assert units(case, {"M1": "F1", "M2": "F1"}) == -POINT


def test_every_preference_that_matches_adds_to_the_score() -> None:
    rows = [meeting("M1", theme="housing", region="north"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    wishes = [
        {"facilitator": "F1", "score": score, **target}
        for score, target in (
            (1, {"meeting": "M1"}),
            (2, {"theme": "housing"}),
            (-4, {"region": "north"}),
            (0.5, {"organisation": "Mill"}),  # an observer is a party too
            (9, {"theme": "water"}),
            (9, {"organisation": "School"}),
        )
    ]
    case = problem(rows, ["F1"], {"M1": {"Town": "decider", "Mill": "observer"}}, preferences=wishes)
    assert units(case, {"M1": "F1"}) == 5_000  # 1 + 2 − 4 + 0.5 = −0.5
    assert units(case, {"M1": "F1", "M2": "F1"}) == 5_000
    assert units(case, {"M2": "F1"}) == 0


def test_duties_are_no_meetings() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2, "organisation": "Mill"}]
    wishes = [{"facilitator": "F1", "organisation": "Mill", "score": -6}]
    case = problem(facilitators=["F1"], duties=duties, preferences=wishes)
    assert units(case, {("D1", "coaching"): "F1"}) == 0
    assert units(case, {("D1", "coaching"): "F1", "M1": "F1"}) == 0


def test_a_flexible_meeting_counts_once_in_whichever_slot() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-05 {h}:00", "end": f"2026-03-05 {h}:30"} for h in (10, 14)]
    wishes = [{"facilitator": "F1", "meeting": "M1", "score": 4}]
    case = problem([{"meeting": "M1"}], ["F1"], slots=slots, preferences=wishes)
    penalty(RULE, case, {}, RULES)  # the model agrees in both
    for slot in case.slots:
        held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": slot.start})
        assert [item.penalty for item in check(case, held, RULES).by_rule[RULE]] == [-4 * POINT]


def test_the_words_name_the_meeting() -> None:
    case = liking({("F1", "M1"): 3, ("F1", "M2"): -1.5})
    found = finding(case, {"M1": "F1", "M2": "F1"})
    assert (found.points, found.penalty, found.scale, found.severity) == (1.5, 15_000, POINT, "penalty")
    assert (found.meetings, found.facilitators) == (("M2",), ())
    assert found.words.en == "The scores of the team of M2 add up to -1.5, the least of all."
    assert found.words.nl == "De scores van het team van M2 zijn samen -1,5, het minst van alle."


def test_of_two_alike_the_first_by_id_is_named_whatever_the_order_of_the_rows() -> None:
    case = liking({("F1", "M1"): -1, ("F1", "M2"): -1})
    for rows in (case.meetings, case.meetings[::-1]):
        assert finding(case.replace(meetings=rows), {"M1": "F1", "M2": "F1"}).meetings == ("M1",)


# --- a tier of its own -------------------------------------------------------------------------------------


def test_it_is_off_unless_it_is_asked_for_and_stands_between_5_and_6() -> None:
    assert STANDARD_RULES.tiers == (1, 2, 3, 4, 5, 6)
    assert RULE not in {rule.id for rule in STANDARD_RULES.rules}
    assert RULES.tiers == (1, 2, 3, 4, 5, 5.5, 6)
    assert [rule.id for rule in RULES.in_tier(5.5)] == [RULE]
    report = check(liking({("F1", "M1"): 3, ("F1", "M2"): -1}), roster({"M1": "F1", "M2": "F1"}), RULES)
    assert [(item.tier, item.value, item.scale) for item in report.tiers][5] == (5.5, POINT, POINT)


# Each has one meeting, as is fair. F1 at M1 and F2 at M2: 10 − 3 = 7 together, −3 for the worst. The other way round:
# 1 + 1 = 2 together, 1 for the worst.
TORN = {("F1", "M1"): 10, ("F1", "M2"): 1, ("F2", "M1"): 1, ("F2", "M2"): -3}


def points(rules: RuleSet, scores: Scores) -> tuple[Holders, dict[float, float]]:
    """Return who has which meeting, and the points of tiers 5 and beyond, all of them proven."""
    found = solve(liking(scores), rules, workers=1)
    assert found.status == Status.OPTIMAL
    held: Holders = {row.meeting: row.facilitator for row in found.roster.rows}
    return held, {tier.tier: tier.points for tier in found.tiers if tier.tier >= 5}


def test_the_worst_served_comes_before_the_sum_of_wishes() -> None:
    alike = STANDARD_RULES.without("reciprocity")
    assert points(alike, TORN) == ({"M1": "F1", "M2": "F2"}, {5: 0, 6: -7})
    assert points(alike.plus(WorstServedRule()), TORN) == ({"M1": "F2", "M2": "F1"}, {5: 0, 5.5: -1, 6: -2})


def test_a_fair_load_comes_before_the_worst_served() -> None:
    # F1 loves both meetings and F2 dreads both. One each is fair, and one is served at −5. Were F1 to have both,
    # the load would be 4 hours of a target of 2: 0.3 × 1 + 0.5 × 2 + 1 × 4 = 5.3 points.
    scores = {("F1", "M1"): 10, ("F1", "M2"): 10, ("F2", "M1"): -5, ("F2", "M2"): -5}
    rules = RULES.without("reciprocity")
    held, values = points(rules, scores)
    assert sorted(str(name) for name in held.values()) == ["F1", "F2"]
    assert values == {5: 0, 5.5: 5, 6: -5}
    higher = RuleSet(rules.name, rules.version, rules.rules, tiers_of=((RULE, 4.5),))
    held, values = points(higher, scores)
    assert held == {"M1": "F1", "M2": "F1"}
    assert values == {5: 5.3, 6: -20}


def test_a_seat_is_filled_however_its_team_feels() -> None:
    case = liking({("F1", "M1"): -10}, [facilitator("F1")], meetings=1)
    found = solve(case, RULES, workers=1)
    assert found.roster.holder("M1", "lead") == "F1"
    (tier,) = [item for item in found.tiers if item.tier == 5.5]
    assert (tier.value, tier.bound, tier.scale) == (10 * POINT, 10 * POINT, POINT)
