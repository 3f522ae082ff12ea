"""What the keys of a rule set in TOML hold, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any

from pydantic import ValidationError

from poolmatch.hints import nearest
from poolmatch.issues import Issue
from poolmatch.messages import rule_sets as said
from poolmatch.messages.faults import fault_of
from poolmatch.rule import PreferenceRule, Words
from poolmatch.rules import ALL_RULES
from poolmatch.tolerances import Tolerance

KINDS = {rule.id: rule for rule in ALL_RULES}
"""Every rule there is, by id."""
TIER = re.compile(r"[1-9](\.\d{1,6})?", re.ASCII)
"""A tier as a key of TOML, which is text."""
KEYS: Mapping[str, tuple[type | UnionType, Words]] = {
    "name": (str, said.TEXT),
    "version": (int, said.WHOLE_NUMBER),
    "without": (list, said.RULE_IDS),
    "travel": (dict, said.TABLE),
    "policy": (str | dict, said.NAME_OR_TABLE),
    "steps": (list, said.STEPS),
    "mode": (str, said.WORD),
    "weights": (list, said.WHOLE_NUMBERS),
    "tiers": (dict, said.TIERS),
    "keep": (dict, said.TOLERANCES),
    "rules": (dict, said.TABLES),
}
"""Keys of a rule set in TOML, and what each holds."""


def wrong_keys(data: Mapping[str, Any]) -> Iterator[Issue]:
    """Yield each key that there is not or that holds something else than it should."""
    for key, value in data.items():
        if key not in KEYS:
            yield said.NO_KEY.at("rules", column=key, hint=nearest(key, KEYS), keys=", ".join(KEYS))
            continue
        kind, what = KEYS[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            yield said.WRONG_KIND.at("rules", column=key, what=what)
        elif key == "weights" and isinstance(value, list):
            if any(not isinstance(item, int) or isinstance(item, bool) for item in value):
                yield said.WRONG_KIND.at("rules", column=key, what=what)
        elif key == "without" and isinstance(value, list):
            if any(not isinstance(item, str) for item in value):
                yield said.WRONG_KIND.at("rules", column=key, what=what)
        elif key == "tiers" and isinstance(value, dict):
            yield from _wrong_tiers(value)
        elif key == "keep" and isinstance(value, dict):
            yield from _wrong_tolerances(value)
        elif key == "rules" and isinstance(value, dict):
            for name, parameters in value.items():
                if not isinstance(parameters, dict):
                    yield said.NO_TABLE.at("rules", column=name, rule=name)


def _wrong_tiers(tiers: Mapping[str, Any]) -> Iterator[Issue]:
    preferences = [rule.id for rule in ALL_RULES if issubclass(rule, PreferenceRule)]
    for name, tier in tiers.items():
        if name not in preferences:
            yield said.NO_PREFERENCE.at("rules", column=f"tiers.{name}", hint=nearest(name, preferences))
        elif not isinstance(tier, int | float) or isinstance(tier, bool) or not 1 <= tier <= 9:
            yield said.NO_TIER.at("rules", column=f"tiers.{name}")


def _wrong_tolerances(tolerances: Mapping[str, Any]) -> Iterator[Issue]:
    for tier, written in tolerances.items():
        if not TIER.fullmatch(tier) or float(tier) > 9:
            yield said.NO_TIER.at("rules", column=f"keep.{tier}")
            continue
        try:
            Tolerance.of(written)
        except ValueError:
            yield said.NO_TOLERANCE.at("rules", column=f"keep.{tier}")


def unknown_rules(data: Mapping[str, Any]) -> Iterator[Issue]:
    """Yield each name of a rule that there is not."""
    named = [*data.get("without", []), *data.get("rules", {})]
    for name in named:
        if name not in KINDS:
            yield said.NO_RULE.at("rules", column=str(name), hint=nearest(str(name), KINDS))


def wrong_parameters(table: str, error: ValidationError, known: Mapping[str, object]) -> Iterator[Issue]:
    """Yield what pydantic has found in a table whose keys are known."""
    for detail in error.errors(include_url=False, include_input=False):
        column = ".".join(part for part in detail["loc"] if isinstance(part, str))
        rows = [part + 1 for part in detail["loc"] if isinstance(part, int)]  # of a list of tables, which one
        hint = nearest(column, known) if detail["type"] == "extra_forbidden" else None
        every = ", ".join(known) or said.NO_PARAMETERS
        yield said.WRONG_PARAMETER.at(table, rows, column, fault=fault_of(detail), hint=hint, known=every)
