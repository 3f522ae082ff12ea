"""docs/rules.md says what the rules are: every rule, its sentence, tier, parameters and defaults."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.regenerate_rules_in_dutch import PAGE, page

from poolmatch.domain.travel import Travel
from poolmatch.neutrality.policy import INTERNAL, STRICT, Policy
from poolmatch.rule import ConstraintRule, EligibilityRule, PreferenceRule, Rule
from poolmatch.rules import ALL_RULES
from poolmatch.ruleset import MODES, SHARED, STANDARD_RULES, RuleSet

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TEXT = (DOCS / "rules.md").read_text("utf-8")
SECTIONS: Mapping[str, type[Rule]] = {
    "Eligibility": EligibilityRule,
    "Constraints": ConstraintRule,
    "Preferences": PreferenceRule,
}


def section(title: str) -> str:
    """Return what stands under a heading of the second level."""
    return next(part for part in TEXT.split("\n## ") if part.startswith(title + "\n"))


def table(text: str, first: str) -> dict[str, dict[str, str]]:
    """Return the rows of the table whose first column is called so: its cells by heading, by the word in backticks."""
    lines = text[text.index(f"| {first} |") :].split("\n\n")[0].strip().splitlines()
    headings, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    cells = [dict(zip(headings, row, strict=True)) for row in rows]
    names = [row[first].strip("`") for row in cells]
    assert len(set(names)) == len(names)
    return dict(zip(names, cells, strict=True))


ROWS = {title: table(section(title), "id") for title in SECTIONS}


def row_of(rule: type[Rule]) -> dict[str, str]:
    title = next(title for title, kind in SECTIONS.items() if issubclass(rule, kind))
    assert rule.id in ROWS[title], f"docs/rules.md has no row for {rule.id} under {title}"
    return ROWS[title][rule.id]


def parameters_in(cell: str) -> dict[str, Any]:
    """Return the defaults that a cell names, as TOML; a bare name is a parameter that is unset by default."""
    found: dict[str, Any] = {}
    for code in re.findall(r"`([^`]+)`", cell):
        found |= tomllib.loads(code) if "=" in code else {code: None}
    return found


def parameters_of(rule: type[Rule]) -> dict[str, Any]:
    """Return the parameters that have a place of their own in the table: what rules share is described once for all."""
    return {name: value for name, value in rule().parameters().items() if name not in SHARED}


def test_the_documentation_has_no_other_rules() -> None:
    assert sorted(name for rows in ROWS.values() for name in rows) == sorted(rule.id for rule in ALL_RULES)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_row_that_agrees_with_the_code(rule: type[Rule]) -> None:
    row = row_of(rule)
    assert row["sentence"] == rule.sentence.en
    assert row["example"]
    assert parameters_in(row["parameters"]) == parameters_of(rule)
    if issubclass(rule, PreferenceRule):
        assert row["tier"] == str(rule.tier)


NEUTRALITY = (DOCS / "neutrality.md").read_text("utf-8")


def test_the_policy_shown_is_the_one_in_use() -> None:
    rows = table(NEUTRALITY, "rule")
    assert list(rows) == [row.rule for row in STRICT.rows]
    for row in STRICT.rows:
        shown = rows[row.rule]
        full, _, ended = shown["decides, commissions, interest"].partition("; ")
        assert {full} == {row.degree(grade).word for grade in ("decider", "commissioner", "interest")}
        assert ended == (f"{row.once_ended.word} once ended" if row.once_ended is not None else "")
        assert shown["contributes"] == row.degree("contributor").word
        assert shown["observes"] == row.degree("observer").word
        years = {0: "–", 1: "1 year", "unlimited": "for ever"}
        assert shown["after it ended"] == years.get(row.look_back, f"{row.look_back} years")


def test_the_policy_of_ones_own_that_is_shown_works() -> None:
    shown = re.search(r"```toml\n(.*?)```", NEUTRALITY, re.DOTALL)
    assert shown is not None
    policy = Policy.from_toml(shown[1])
    assert policy.name == "our cooperative"
    assert {row.rule for row in STRICT.rows} - {row.rule for row in policy.rows} == {"resident"}
    assert policy.matches("volunteer", "organisation")
    assert STANDARD_RULES.with_policy(policy).policy is policy


def test_travel_settings_are_those_of_the_code() -> None:
    rows = table(section("Travel"), "setting")
    shown = {name: tomllib.loads(f"default = {row['default']}")["default"] for name, row in rows.items()}
    assert shown == Travel().description()


def test_the_example_file_is_the_one_shown_and_does_what_it_says() -> None:
    text = (DOCS / "rules.toml").read_text("utf-8")
    assert f"```toml\n{text}```" in TEXT
    rules = RuleSet.from_file(DOCS / "rules.toml")
    standard, changed = STANDARD_RULES.to_dict(), rules.to_dict()
    assert (changed["name"], changed["version"]) == ("our-cooperative", 1)
    assert changed["travel"] == standard["travel"] | {"speed_kmh": 50}
    assert standard["rules"].keys() - changed["rules"].keys() == {"short-travel"}
    different = {name: values for name, values in changed["rules"].items() if values != standard["rules"][name]}
    assert different == {
        "rest": {"hours": 12},
        "fair-load": {"tolerance": 5},
        "exposure-cap": {"cap": 3, "window_days": 90},
        "pinned": {"force": True},
    }
    assert rules.policy == INTERNAL
    assert changed["tiers"] == {name: tier for name, tier in standard["tiers"].items() if name != "short-travel"} | {
        "cost": 5.5
    }
    assert (changed["mode"], changed["weights"]) == ("tiers", standard["weights"])
    assert rules.fingerprint != STANDARD_RULES.fingerprint


def test_the_modes_weights_and_ranges_shown_are_those_of_the_code() -> None:
    rows = table(section("Other rules than the standard"), "key")
    shown = {name: tomllib.loads(f"{name} = {row['default'].strip('`')}")[name] for name, row in list(rows.items())[:2]}
    assert shown == {"mode": STANDARD_RULES.mode, "weights": list(STANDARD_RULES.weights)}
    assert set(re.findall(r'`"(\w+)"`: ', rows["mode"]["meaning"])) == set(MODES)


def test_rules_that_are_off_say_so() -> None:
    said = "off unless a rule set names it"
    off = {name for rows in ROWS.values() for name, row in rows.items() if any(said in cell for cell in row.values())}
    assert off == {rule.id for rule in ALL_RULES if not rule.standard}


def layers(container: str) -> list[str]:
    """Return the layers of a package, as they are enforced, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (found,) = [contract["layers"] for contract in contracts if contract.get("containers") == [container]]
    return list(found)


def modules(package: Path) -> set[str]:
    """Return the names of the modules and packages in a folder."""
    return {path.stem for path in package.iterdir() if not path.name.startswith("_") and path.suffix != ".typed"}


@pytest.mark.parametrize(("container", "block"), [("poolmatch", "layers"), ("poolmatch.solving", "solving")])
def test_the_layers_shown_are_the_layers_enforced(container: str, block: str) -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    shown = re.search(rf"^```{block}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert shown is not None
    enforced = layers(container)
    assert [line.split("  ")[0] for line in shown[1].splitlines()] == enforced
    names = [name for layer in enforced for name in layer.split(" | ")]
    assert modules(ROOT / "src" / Path(*container.split("."))) == set(names)


def test_what_may_not_be_imported_is_forbidden_everywhere_else() -> None:
    """A room that is new is in the list, too: each contract names every room but the one that it is about."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    forbidden = {
        item["forbidden_modules"][0]: set(item["source_modules"]) for item in contracts if item["type"] == "forbidden"
    }
    top = {f"poolmatch.{name}" for name in layers("poolmatch")}
    solving = {f"poolmatch.solving.{name}" for layer in layers("poolmatch.solving") for name in layer.split(" | ")}
    assert forbidden["ortools"] == top - {"poolmatch.solving"} | solving - {"poolmatch.solving.backends"}
    assert forbidden["pandas"] == top - {"poolmatch.tables"}
    assert forbidden["scipy"] == top - {"poolmatch.solving"}


@pytest.mark.slow
@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_without_outputs_and_paired_with_their_text(notebook: Path) -> None:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    command = [sys.executable, "-m", "jupytext", "--to", "py:percent", "--output", "-", str(notebook)]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    first = "\n# %%"  # what stands above it says which jupytext wrote the file
    assert shown.partition(first)[2] == notebook.with_suffix(".py").read_text("utf-8").partition(first)[2]


def test_the_rules_in_dutch_are_those_of_the_code() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make schema"
