"""The policy of a rule set, and ties that no policy knows."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import PARTY, problem, roster
from tests.neutrality.asking import DAY, on, tie
from tests.neutrality.policies import own, row

from poolmatch import STANDARD_RULES, ProblemError, RuleSet, check
from poolmatch.neutrality import INTERNAL, STRICT, Policy
from poolmatch.rules.neutral import NeutralRule
from poolmatch.rules.neutral_choice import NeutralChoiceRule
from poolmatch.rules.team_mix import TeamMixRule

# --- rule sets ---------------------------------------------------------------------------------------------


def test_a_rule_set_names_a_policy_or_holds_one() -> None:
    assert RuleSet.from_toml("").policy == STRICT == STANDARD_RULES.policy
    assert RuleSet.from_toml('policy = "internal"').policy == INTERNAL
    assert RuleSet.from_toml('policy = "Intern"').policy == INTERNAL  # as Dutch pages call it
    with pytest.raises(ProblemError, match='did you mean "internal"'):
        RuleSet.from_toml('policy = "interal"')
    dutch = RuleSet.from_toml('[policy]\nname = "own"\nbase = "streng"\n').policy
    assert dutch.rows == STRICT.rows
    text = '[policy]\nname = "own"\nversion = 2\nbase = "strict"\ndrop = ["resident"]\n'
    rules = RuleSet.from_toml(text)
    assert (rules.policy.name, rules.policy.version, len(rules.policy.rows)) == ("own", 2, 12)
    case = on(DAY, [tie("resident")])
    assert check(case, roster({"M1": "F1"}), rules).roster.rows[0].degree == "neutral"
    assert check(case, roster({"M1": "F1"})).roster.rows[0].degree == "disclose"


def test_every_rule_of_a_set_has_its_policy_and_the_fingerprint_tells_which() -> None:
    rules = STANDARD_RULES.with_policy(INTERNAL)
    for name in ("neutral", "team-mix", "neutral-choice"):
        assert rules[name].policy == INTERNAL  # type: ignore[attr-defined]
    assert rules.fingerprint != STANDARD_RULES.fingerprint
    assert rules.with_policy(STRICT).fingerprint == STANDARD_RULES.fingerprint
    assert rules.to_dict()["policy"]["name"] == "internal"
    with pytest.raises(ValueError, match="rules with different policy settings"):
        STANDARD_RULES.plus(NeutralRule(policy=INTERNAL))
    two = NeutralRule(policy=INTERNAL), NeutralChoiceRule(policy=INTERNAL)
    with pytest.raises(ValueError, match="neutral, team-mix, neutral-choice"):
        STANDARD_RULES.plus(*two)
    assert STANDARD_RULES.plus(*two, TeamMixRule(policy=INTERNAL)).policy == INTERNAL


@pytest.mark.parametrize(
    ("text", "table", "column"),
    [
        ('policy = "mild"', "policy", "policy"),
        ('[policy]\nname = "own"\nbase = "strict"\ndrop = ["nobody"]', "policy", "nobody"),
        ('[rules.neutral]\npolicy = "internal"', "rules.neutral", "policy"),
        ("policy = 5", "rules", "policy"),
    ],
)
def test_a_rule_set_with_a_wrong_policy_is_refused(text: str, table: str, column: str) -> None:
    with pytest.raises(ProblemError) as caught:
        RuleSet.from_toml(text)
    assert (table, column) in [(issue.table, issue.column) for issue in caught.value.issues]


def test_rules_take_a_policy_by_name_or_data() -> None:
    assert NeutralRule.model_validate({"policy": "internal"}).policy == INTERNAL
    assert NeutralRule.model_validate({"policy": {"name": "own", "rows": [row()]}}).policy == own(row())


# --- ties that no policy knows -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("dossier", "organisation"),
        ("position", "organisation"),
        ("employee", "theme"),
        ("family", "meeting"),
        ("resident", "series"),
        ("position", "meeting"),
        ("dossier", "theme"),
    ],
)
def test_a_kind_and_a_target_that_no_row_has_are_an_error(kind: str, column: str) -> None:
    cells = {"organisation": PARTY, "theme": "housing", "meeting": "M1", "series": "course"}
    bond = {"facilitator": "F1", "kind": kind, column: cells[column]}
    case = on(DAY, [tie("family"), bond], about={"theme": "housing", "series": "course"})
    with pytest.raises(ProblemError) as caught:
        check(case, roster({}))
    (found,) = caught.value.errors
    assert (found.table, found.rows, found.column) == ("ties", (2,), column)
    assert f"a tie of kind {kind}" in found.reason


@pytest.mark.parametrize(
    "bond",
    [
        *(tie(kind) for kind in ("employee", "director", "financial_interest", "family", "adviser", "resident")),
        tie("former_employee", end="2026-01-01"),
        tie("dossier", meeting="M1"),
        tie("dossier", series="course"),
        tie("position", theme="housing"),
    ],
)
def test_every_kind_to_what_it_can_be_to_is_accepted(bond: dict[str, Any]) -> None:
    about = {"theme": "housing", "series": "course"}
    policy = Policy.from_data({"name": "little", "rows": [row()]})
    for rules in (STANDARD_RULES, STANDARD_RULES.with_policy(policy)):
        assert check(on(DAY, [bond], about=about), roster({}), rules).legal


def test_a_former_employee_without_an_end_is_an_error() -> None:
    with pytest.raises(ProblemError, match="ties, row 1, column end: is blank for a former employee"):
        problem(ties=[tie("former_employee")])


def test_an_organisation_nobody_knows_and_two_stakes_of_one_are_errors() -> None:
    case = problem()
    with pytest.raises(ProblemError, match="ties, row 1, column organisation: is not in organisations"):
        case.replace(ties=[tie("family", "Nowhere")])
    with pytest.raises(ProblemError, match="stakes, rows 1, 2: repeats meeting, organisation"):
        case.replace(stakes=[*case.stakes, {"meeting": "M1", "organisation": PARTY, "grade": "observer"}])
