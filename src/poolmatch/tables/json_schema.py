"""JSON Schemas of a problem, for programs that write problem documents, and of a rule set, for editors of its TOML."""

from __future__ import annotations

from typing import Any

from pydantic import create_model

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.steps import Step
from poolmatch.domain.travel import Travel
from poolmatch.neutrality.policy import BUILT_IN
from poolmatch.rule import PreferenceRule, Rule
from poolmatch.ruleset import MODES, SHARED, WEIGHTS
from poolmatch.toml_keys import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BOUNDS = {"ge": "minimum", "le": "maximum"}


def problem_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the documents that ``Problem.from_json`` takes.

    It tells the shape of a document: tables, columns, kinds of value, bounds and closed words. What must agree
    between cells is found by reading.
    """
    schema = {"$schema": _DIALECT, **_with_bounds(Problem.model_json_schema())}
    schema["required"] = [name for name, kind in TABLES.items() if kind.required_table]
    return schema


def rule_set_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the TOML files that ``RuleSet.from_toml`` takes, with every rule there is.

    Editors that know JSON Schema complete and check such files by it. What must agree between keys, and what a table
    of a policy holds, is found by reading.
    """
    preferences = [rule.id for rule in KINDS.values() if issubclass(rule, PreferenceRule)]
    tolerance = {"oneOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^[0-9.]+ ?%$"}]}
    properties = {
        "name": {"type": "string"},
        "version": {"type": "integer"},
        "without": {"type": "array", "items": {"enum": [rule.id for rule in KINDS.values() if rule.standard]}},
        "policy": {"oneOf": [{"enum": list(BUILT_IN)}, {"type": "object"}]},
        "travel": _with_bounds(Travel.model_json_schema()),
        "steps": {"type": "array", "minItems": 1, "items": _with_bounds(Step.model_json_schema())},
        "mode": {"enum": list(MODES)},
        "weights": {"type": "array", "items": {"type": "integer", "minimum": 1}, "default": list(WEIGHTS)},
        "tiers": _table({name: {"type": "number", "minimum": 1, "maximum": 9} for name in preferences}),
        "keep": {"type": "object", "additionalProperties": tolerance},
        "rules": _table({rule.id: _parameters(rule) for rule in KINDS.values()}),
    }
    return {"$schema": _DIALECT, "title": "RuleSet", **_table(properties)}


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a table with these keys and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _parameters(rule: type[Rule]) -> dict[str, Any]:
    """Return the schema of a rule's table: its own parameters, without those that a rule set holds for all."""
    own = {name: (field.annotation, field) for name, field in rule.model_fields.items() if name not in SHARED}
    schema: dict[str, Any] = create_model(rule.__name__, **own).model_json_schema()  # type: ignore[call-overload]
    told = {"title": rule.id, "description": f"{rule.sentence.en} – {rule.sentence.nl}"}
    return {**_with_bounds(schema), **told, "additionalProperties": False}


def _with_bounds(part: Any) -> Any:
    """Return a schema in which bounds have their JSON Schema names, which pydantic does not give behind a validator."""
    if isinstance(part, dict):
        return {_BOUNDS.get(name, name): _with_bounds(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_with_bounds(value) for value in part]
    return part
