"""Every rule of the documentation is wherever rules are told, set, tried and measured."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from tests.benchmarks.rules_at_work import AT_WORK
from tests.regenerate_schema import SCHEMAS

from poolmatch import RuleSet, write_template
from poolmatch.rules import ALL_RULES
from poolmatch.vocabulary.form import RULES as RULES_IN_TEMPLATE
from poolmatch.vocabulary.rules import RULES as NAMES
from poolmatch.vocabulary.sheets import SHEETS

ROOT = Path(__file__).parent.parent


def told_in(page: str) -> set[str]:
    """Return the rules that have a row of a page, under the headings of its three kinds of rules."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    kinds = ("Eligibility", "Constraints", "Preferences", "Wie kan", "Grenzen", "Voorkeuren")
    parts = [part for part in text.split("\n## ") if part.startswith(kinds)]
    return {name for part in parts for name in re.findall(r"^\| `([\w-]+)` \|", part, re.MULTILINE)}


def in_the_template(folder: Path) -> set[str]:
    write_template(folder / "template.xlsx")
    sheet = openpyxl.load_workbook(folder / "template.xlsx")[SHEETS["explanation"].en]
    return {str(row[1]) for row in sheet.iter_rows(values_only=True) if row[0] == RULES_IN_TEMPLATE.en}


def in_the_schema(_: Path) -> set[str]:
    return set(SCHEMAS["rules.schema.json"]()["properties"]["rules"]["properties"])


def in_a_rule_set(_: Path) -> set[str]:
    """Return the rules that a rule set may switch on by their name, among those of the documentation."""
    named = sorted(told_in("rules.md"))
    policy = '[policy]\nname = "ours"\nbase = "internal"\nbalanced_teams = true\n'
    rules = RuleSet.from_toml(policy + "".join(f"[rules.{name}]\n" for name in named))
    return {rule.id for rule in rules.rules}


def in_the_contract(_: Path) -> set[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/rules/test_contract.py"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"::test_every_rule_keeps_the_contract_on_all\w+\[([\w-]+)\]", listed))


def at_work(_: Path) -> set[str]:
    """Return the rules that are at work in some small problem of a family that is measured."""
    return set(" ".join(AT_WORK.values()).split())


PLACES: Mapping[str, Callable[[Path], set[str]]] = {
    "the documentation in English": lambda _: told_in("rules.md"),
    "the documentation in Dutch": lambda _: told_in("regels.md"),
    "the names in both languages": lambda _: set(NAMES),
    "the template": in_the_template,
    "the schema": in_the_schema,
    "a rule set": in_a_rule_set,
    "the contract": in_the_contract,
    "the families that are measured": at_work,
}


@pytest.mark.parametrize("place", PLACES)
def test_every_rule_is_there_and_no_other(place: str, tmp_path: Path) -> None:
    assert PLACES[place](tmp_path) == {rule.id for rule in ALL_RULES}
