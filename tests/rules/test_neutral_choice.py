"""Preference `neutral-choice`: 8 for a waived assignment, 4 for one to disclose, 2 for one to avoid."""

from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import PARTY, facilitator, meeting, penalty, problem, roster

from poolmatch import STANDARD_RULES, Problem, RuleSet, check, solve
from poolmatch.neutrality import INTERNAL, Policy
from poolmatch.rules.neutral_choice import NeutralChoiceRule

RULE = "neutral-choice"
CONSENT = {"facilitator": "F1", "organisation": PARTY, "meeting": "M1", "party": PARTY, "consented_on": "2026-03-01"}


def tied(kind: str, grade: str = "decider", waivers: Any = (), **cells: Any) -> Problem:
    ties = [{"facilitator": "F1", "kind": kind, "organisation": PARTY}]
    rows = [meeting("M1", **cells), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30")]
    stakes = {"M1": {PARTY: grade}, "M2": {"Elsewhere": "decider"}}
    people = [facilitator("F1", organisation="Mill"), facilitator("F2", organisation="Mill")]
    return problem(rows, people, stakes, ties=ties, waivers=list(waivers))


@pytest.mark.parametrize(
    ("case", "points"),
    [
        (tied("family", waivers=[CONSENT]), 8),
        (tied("resident"), 4),
        (tied("resident", "contributor"), 2),
        (tied("resident", "observer"), 0),
        (tied("resident", contention="low"), 4),
        # High contention raises each of them by a step.
        (tied("resident", contention="high", waivers=[CONSENT]), 8),
        (tied("resident", "contributor", contention="high"), 4),
        (tied("resident", "observer", contention="high"), 0),
        # A consent that is not needed costs nothing.
        (tied("resident", waivers=[CONSENT]), 4),
    ],
)
def test_points_by_degree(case: Problem, points: int) -> None:
    assert penalty(RULE, case, {"M1": "F1"}) == points
    assert penalty(RULE, case, {"M1": "F2"}) == 0
    assert penalty(RULE, case, {"M2": "F1"}) == 0
    assert penalty(RULE, case, {}) == 0


def test_every_assignment_costs_its_own() -> None:
    people = [facilitator("F1", organisation="Mill"), facilitator("F2", organisation="Mill")]
    ties = [
        {"facilitator": "F1", "kind": "resident", "organisation": PARTY},
        {"facilitator": "F2", "kind": "resident", "organisation": "School"},
    ]
    seats = [{"meeting": "M1", "seat": name, "role": "scribe"} for name in ("a", "b")]
    case = problem(
        facilitators=people, ties=ties, seats=seats, stakes={"M1": {PARTY: "decider", "School": "contributor"}}
    )
    assert penalty(RULE, case, {("M1", "a"): "F1", ("M1", "b"): "F2"}) == 6
    assert penalty(RULE, case, {("M1", "b"): "F1"}) == 4


def test_the_most_neutral_go() -> None:
    ties = [
        {"facilitator": name, "kind": "resident", "organisation": organisation}
        for name, organisation in [("Disclose", PARTY), ("Avoid", "School")]
    ]
    for names, chosen in ((["Disclose", "Avoid", "Free"], "Free"), (["Disclose", "Avoid"], "Avoid")):
        people = [facilitator(name, organisation="Mill") for name in names]
        mine = [row for row in ties if row["facilitator"] in names]
        case = problem(facilitators=people, ties=mine, stakes={"M1": {PARTY: "decider", "School": "contributor"}})
        for seed in range(5):
            assert solve(case, seed=seed, workers=1).roster.holder("M1", "lead") == chosen


def test_a_seat_that_stays_empty_is_worse() -> None:
    result = solve(tied("resident").replace(facilitators=[facilitator("F1", organisation="Mill")]), workers=1)
    assert result.roster.holder("M1", "lead") == "F1"
    assert [tier.value for tier in result.tiers if tier.tier == 2] == [4]


def test_points_are_parameters() -> None:
    rules = STANDARD_RULES.plus(NeutralChoiceRule(waived=80, disclose=40, avoid=20))
    for case, points in (
        (tied("family", waivers=[CONSENT]), 80),
        (tied("resident"), 40),
        (tied("resident", "contributor"), 20),
    ):
        assert penalty(RULE, case, {"M1": "F1"}, rules) == points
    free = STANDARD_RULES.plus(NeutralChoiceRule(waived=0, disclose=0, avoid=0))
    assert penalty(RULE, tied("resident"), {"M1": "F1"}, free) == 0
    assert not check(tied("resident"), roster({"M1": "F1"}), free).by_rule[RULE]
    read = RuleSet.from_toml("[rules.neutral-choice]\nwaived = 80\ndisclose = 40\navoid = 20")
    assert read[RULE] == NeutralChoiceRule(waived=80, disclose=40, avoid=20)
    for cells in ({"waived": -1}, {"disclose": 1001}, {"avoid": 0.5}):
        with pytest.raises(ValidationError):
            NeutralChoiceRule(**cells)


def test_the_policy_of_the_rule_set_counts() -> None:
    consents = [CONSENT]
    case = tied("employee", waivers=consents)
    assert penalty(RULE, case, {"M1": "F1"}) == 0  # blocked: no business of this rule
    assert penalty(RULE, case, {"M1": "F1"}, STANDARD_RULES.with_policy(INTERNAL)) == 8
    mild = Policy.from_data({"name": "mild", "base": "strict", "drop": ["resident"]})
    assert penalty(RULE, tied("resident"), {"M1": "F1"}, STANDARD_RULES.with_policy(mild)) == 0


def test_findings_say_who_where_and_whether_it_is_waived() -> None:
    (finding,) = check(tied("family", waivers=[CONSENT]), roster({"M1": "F1"})).by_rule[RULE]
    assert (finding.words.en, finding.words.nl) == (
        "F1 at M1: disclose (waived).",
        "F1 bij M1: melden (met toestemming).",
    )
    assert (finding.severity, finding.penalty, finding.facilitators, finding.meetings, finding.seat) == (
        "penalty",
        8,
        ("F1",),
        ("M1",),
        "lead",
    )
    (finding,) = check(tied("resident", "contributor"), roster({"M1": "F1"})).by_rule[RULE]
    assert (finding.words.en, finding.words.nl) == ("F1 at M1: avoid.", "F1 bij M1: liever niet.")
