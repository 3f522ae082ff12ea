"""Steps to roles: as data, in a rule set, in TOML, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from benchmarks.cases.rule_files import toml_of
from pydantic import ValidationError

from poolmatch import STANDARD_RULES, ProblemError, RuleSet
from poolmatch.domain.steps import LADDER, STEPS, Step
from poolmatch.rules.growth import GrowthRule
from poolmatch.rules.growth_step import GrowthStepRule
from poolmatch.rules.practice_window import PracticeWindowRule

DOCS = Path(__file__).parent.parent / "docs" / "rules.md"
ON = "[rules.growth]\n[rules.growth-step]\n"
MINE = """
[[steps]]
role = "co"
needs = "trainee"
times = 3
within_days = 100
[[steps]]
role = "lead"
needs = "co"
times = 1
"""
MY_STEPS = (Step(role="co", needs="trainee", times=3, within_days=100), Step(role="lead", needs="co", times=1))


def test_steps_are_one_setting_of_all_rules_that_ask() -> None:
    rules = RuleSet.from_toml(MINE + ON)
    assert rules.steps == MY_STEPS
    assert rules["growth"] == GrowthRule(steps=MY_STEPS)
    assert rules["growth-step"] == GrowthStepRule(steps=MY_STEPS)
    assert RuleSet.from_toml(ON).steps == LADDER
    both = STANDARD_RULES.plus(GrowthRule(), GrowthStepRule()).with_steps(MY_STEPS)
    assert both.with_steps(LADDER)["growth"] == GrowthRule()
    assert both.steps == MY_STEPS
    with pytest.raises(ValueError, match=r"growth, growth-step.*with_steps"):
        STANDARD_RULES.plus(GrowthRule(steps=MY_STEPS), GrowthStepRule())


def test_data_of_a_rule_set_reads_back() -> None:
    for rules in (RuleSet.from_toml(MINE + ON), STANDARD_RULES.plus(PracticeWindowRule(hours=2.5, roles=("mentor",)))):
        again = RuleSet.from_data({**rules.to_dict(), "without": []})
        assert again.fingerprint == rules.fingerprint


def test_a_rule_set_without_them_is_as_it_was() -> None:
    assert STANDARD_RULES.steps == ()
    assert "steps" not in STANDARD_RULES.to_dict()
    assert STANDARD_RULES.with_steps(MY_STEPS) == STANDARD_RULES


def test_they_are_part_of_the_fingerprint_and_of_a_file() -> None:
    plain, mine = RuleSet.from_toml(ON), RuleSet.from_toml(MINE + ON)
    assert len({rules.fingerprint for rules in (plain, mine, STANDARD_RULES)}) == 3
    for rules in (plain, mine):
        assert RuleSet.from_toml(toml_of(rules)) == rules


def test_a_difference_is_told_in_words() -> None:
    plain, mine = RuleSet.from_toml(ON), RuleSet.from_toml(MINE + ON)
    (said,) = plain.diff(mine)
    old = "role=co needs=observer times=2 within_days=365, role=lead needs=co times=2 within_days=730"
    new = "role=co needs=trainee times=3 within_days=100, role=lead needs=co times=1"
    assert said.en == f"the steps to roles is {new}; before it was {old}."
    assert said.nl == f"de stappen naar rollen is {new}; eerder {old}."


def test_the_steps_shown_are_those_that_hold() -> None:
    shown = re.search(r"### Steps to roles.*?```toml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert shown is not None
    assert RuleSet.from_toml(shown[1] + ON) == RuleSet.from_toml(ON)


STEP: Mapping[str, Any] = {"role": "co", "needs": "observer", "times": 1}


def test_steps_of_data() -> None:
    assert STEPS.validate_python([STEP]) == (Step(role="co", needs="observer", times=1),)
    above = {"role": "mentor", "needs": "co", "times": 1}
    assert len(STEPS.validate_python([STEP, above])) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [{**STEP, "times": 0}],
        [{**STEP, "within_days": 0}],
        [{**STEP, "role": "boss"}],
        [STEP, STEP],
        [{**STEP, "needs": "co"}],
        [{"role": "lead", "needs": "co", "times": 1}, STEP],
        [STEP, {"role": "observer", "needs": "co", "times": 1}],
    ],
)
def test_steps_that_cannot_be_taken_are_refused(wrong: list[Any]) -> None:
    with pytest.raises(ValidationError):
        STEPS.validate_python(wrong)


FIRST = '[[steps]]\nrole = "co"\nneeds = "observer"\ntimes = 1\n'


@pytest.mark.parametrize(
    ("text", "table", "rows", "column", "reason"),
    [
        (FIRST, "rules", (), "steps", "is read by no rule"),
        (FIRST * 2 + ON, "steps", (), "", "the role co has two steps; keep one"),
        (
            FIRST.replace("observer", "co") + ON,
            "steps",
            (),
            "",
            "the step to co needs co, which is earned only later; write the steps from the bottom up",
        ),
        (FIRST + FIRST.replace("times", "tims") + ON, "steps", (2,), "tims", "extra inputs are not permitted"),
        ("[steps]\n" + ON, "rules", (), "steps", "is not a list of tables"),
        ("steps = [3]\n" + ON, "steps", (1,), "", "input should be a valid dictionary or instance of Step"),
        ("[[rules.growth.steps]]\nrole = 3", "rules.growth", (), "steps", "is no setting of one rule"),
    ],
)
def test_what_is_wrong_in_a_file(text: str, table: str, rows: tuple[int, ...], column: str, reason: str) -> None:
    with pytest.raises(ProblemError) as caught:
        RuleSet.from_toml(text)
    found = [(issue.table, issue.rows, issue.column, issue.reason) for issue in caught.value.errors]
    assert (table, rows, column, reason) in found
