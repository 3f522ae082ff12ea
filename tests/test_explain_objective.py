"""Which rule costs how much, and for whom: what `explain_objective` says adds up to the tiers."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import EMPLOYER, PARTY, Cells, Holders, facilitator, meeting, problem, roster
from tests.rings import scaled

from poolmatch import STANDARD_RULES, Problem, check, explain_objective, solve
from poolmatch.checking import judge
from poolmatch.explain.objective import RuleCost
from poolmatch.rules.worst_served import WorstServedRule
from poolmatch.ruleset import RuleSet
from poolmatch.testing import every_roster, tiny_problems

ONE = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00", theme="water")
TWO = meeting("M2", "2026-03-12 19:00", "2026-03-12 21:00")
THREE = meeting("M3", "2026-03-19 19:00", "2026-03-19 21:00", priority=5)
SEATS = [
    {"meeting": "M1", "seat": "lead", "role": "lead"},
    {"meeting": "M1", "seat": "co", "role": "co"},
    {"meeting": "M2", "seat": "lead", "role": "lead"},
    {"meeting": "M3", "seat": "lead", "role": "lead"},
]


def month(**tables: Any) -> Problem:
    """Return three meetings of two hours, the first with two seats; F1's employer watches the first."""
    watched = {"M1": {PARTY: "commissioner", EMPLOYER: "observer"}}
    people = [facilitator("F1"), facilitator("F2", organisation="Third")]
    wishes: dict[str, list[Cells]] = {
        "pairings": [{"first": "F1", "second": "F2", "kind": "avoid"}],
        "preferences": [{"facilitator": "F1", "theme": "water", "score": 7.5}],
    }
    organisations = [{"organisation": name, "name": name} for name in (PARTY, EMPLOYER, "Third")]
    case = problem([ONE, TWO, THREE], people, watched, SEATS, **(wishes | tables))
    return case.replace(organisations=organisations)


HELD: Holders = {"M1": "F1", ("M1", "co"): "F2", "M2": "F1"}


def costs(case: Problem = month(), rules: RuleSet = STANDARD_RULES) -> dict[str, RuleCost]:  # noqa: B008 - frozen
    return {row.rule: row for row in explain_objective(check(case, roster(HELD), rules))}


# --- by hand -----------------------------------------------------------------------------------------------


def test_an_empty_seat_counts_for_its_meeting() -> None:
    row = costs()["fill-seats"]  # priority 5: 16 points
    assert (row.tier, row.points, row.findings, row.meetings) == (1, 16, 1, {"M3": 16})
    assert row.facilitators == row.organisations == {}


def test_what_people_cost_counts_for_them_and_not_for_their_meetings_too() -> None:
    row = costs()["neutral-choice"]  # F1's employer observes: to be disclosed, 4 points
    assert (row.tier, row.points, row.facilitators, row.meetings) == (2, 4, {"F1": 4}, {})


def test_load_counts_for_who_has_too_much() -> None:
    # Eight hours are asked, so the target is four. F1 does four, F2 two: nobody too much. When F2 has three times the
    # contract of F1 the targets are two and six: 2.2 hours are free, 0.3 cost 1 each, 0.5 cost 2 and 1 costs 4.
    assert costs()["fair-load"].points == 0
    people = [facilitator("F1", contract_hours=4), facilitator("F2", contract_hours=12, organisation="Third")]
    row = costs(month().replace(facilitators=people))["fair-load"]
    assert row.facilitators == {"F1": pytest.approx(0.3 + 1 + 4)}
    assert row.points == pytest.approx(5.3)


def test_balances_count_for_organisations() -> None:
    # Given: four hours by F1, two by F2. All six are received by the town.
    row = costs()["reciprocity"]
    assert (row.tier, row.points, row.findings) == (5, 12, 3)
    assert row.organisations == {PARTY: 6, EMPLOYER: 4, "Third": 2}


def test_a_wish_that_is_met_is_worth_something_and_a_pair_shares_what_it_costs() -> None:
    row = costs()["wishes"]  # − 7.5 for the theme, + 3 for the pair, in two halves
    assert (row.tier, row.points, row.findings) == (6, -4.5, 2)
    assert row.facilitators == {"F1": -6, "F2": 1.5}


def test_every_preference_has_a_row_the_highest_tier_first() -> None:
    rows = explain_objective(check(problem(), roster({"M1": "F1"})))
    assert {row.rule for row in rows} == {rule.id for rule in STANDARD_RULES.preferences}
    assert [row.tier for row in rows] == sorted(row.tier for row in rows)
    silent = next(row for row in rows if row.rule == "fill-seats")
    assert silent == RuleCost("fill-seats", 1, 0, 0, {}, {}, {})


def test_violations_cost_no_points() -> None:
    # Both seats of M1 for one person is illegal; the rules that say so are no preferences.
    report = check(month(), roster({"M1": "F1", ("M1", "co"): "F1"}))
    assert not report.legal
    rows = {row.rule: row for row in explain_objective(report)}
    assert "one-per-seat" not in rows
    assert rows["fill-seats"].meetings == {"M2": 4, "M3": 16}


def test_a_rule_counts_in_the_tier_in_which_it_stands_here() -> None:
    rules = RuleSet.from_toml("[tiers]\nreciprocity = 2\n")
    rows = costs(rules=rules)
    assert rows["reciprocity"].tier == 2
    assert rows["reciprocity"].points == 12
    assert [name for name, row in rows.items() if row.tier == 2] == ["neutral-choice", "external-last", "reciprocity"]


def test_rows_are_data_for_a_document() -> None:
    document = json.loads(json.dumps(costs()["wishes"].to_dict()))
    assert document == {
        "rule": "wishes",
        "tier": 6,
        "points": -4.5,
        "findings": 2,
        "facilitators": {"F1": -6, "F2": 1.5},
        "organisations": {},
        "meetings": {},
    }


# --- it adds up --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", [STANDARD_RULES, STANDARD_RULES.weighted()], ids=["tiers", "weighted"])
def test_a_result_is_explained_like_its_report(rules: RuleSet) -> None:
    result = solve(month(), rules, time_limit=5, workers=1)
    rows = explain_objective(result)
    assert rows == explain_objective(result.report) == explain_objective(check(month(), result.roster, rules))
    for tier in result.tiers:
        assert sum(row.points for row in rows if row.tier == tier.tier) == pytest.approx(tier.points)


WITH_ALL = STANDARD_RULES.plus(WorstServedRule())


@settings(max_examples=scaled(60), deadline=None)
@given(tiny_problems(meetings=2, seats=2, pins=False, teams=True, programme=True), st.randoms(use_true_random=False))
def test_points_add_up_to_the_tiers_and_to_those_they_are_about(case: Problem, rng: random.Random) -> None:
    report = judge(case, rng.choice(list(every_roster(case))), WITH_ALL)
    rows = explain_objective(report)
    for tier in report.tiers:
        found = [row.points for row in rows if row.tier == tier.tier]
        assert found
        assert sum(found) == pytest.approx(tier.points, abs=1e-9)
    for row in rows:
        about = [*row.facilitators.values(), *row.organisations.values(), *row.meetings.values()]
        assert sum(about) == pytest.approx(row.points, abs=1e-9), row.rule
        assert row.findings == len(report.by_rule[row.rule])
