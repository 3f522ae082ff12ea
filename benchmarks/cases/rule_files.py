"""A rule set as the TOML file that the command line takes: what it has otherwise than the standard rules."""

from __future__ import annotations

import json
from typing import Any

from poolmatch.domain.steps import LADDER
from poolmatch.rules import ALL_RULES
from poolmatch.ruleset import SHARED, STANDARD_IDS, RuleSet


def toml_of(rules: RuleSet) -> str:
    """Return the text of which `RuleSet.from_toml` makes these rules.

    Raises
    ------
    ValueError
        They hold what is not written here: rules that are not poolmatch's own, a policy, or settings of travel.
    """
    named = {rule.id for rule in rules.rules}
    lines = [f"name = {json.dumps(rules.name)}", f"version = {rules.version}", f"mode = {json.dumps(rules.mode)}"]
    lines += [f"weights = {list(rules.weights)}", f"without = {json.dumps(sorted(STANDARD_IDS - named))}"]
    if rules.steps not in ((), LADDER):
        for step in rules.steps:
            given = step.model_dump(exclude_none=True).items()
            lines += ["[[steps]]", *(f"{name} = {json.dumps(value)}" for name, value in given)]
    lines += ["[tiers]", *(f"{name} = {tier}" for name, tier in rules.tiers_of)]
    usual: dict[str, dict[str, Any]] = {kind.id: kind().parameters() for kind in ALL_RULES}
    for rule in rules.rules:
        known = usual.get(rule.id, {})
        other = {
            name: value
            for name, value in rule.parameters().items()
            if name not in SHARED and value != known.get(name) and value is not None
        }
        if other or rule.id not in STANDARD_IDS:
            lines += [f"[rules.{rule.id}]", *(f"{name} = {json.dumps(value)}" for name, value in other.items())]
    text = "\n".join(lines) + "\n"
    if RuleSet.from_toml(text).fingerprint != rules.fingerprint:
        raise ValueError(f"a file cannot say what the rule set {rules.name} says")
    return text
