"""The JSON Schema of a problem, for programs that write problem documents."""

from __future__ import annotations

from typing import Any

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem

_BOUNDS = {"ge": "minimum", "le": "maximum"}


def problem_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the documents that ``Problem.from_json`` takes.

    It tells the shape of a document: tables, columns, kinds of value, bounds and closed words. What must agree
    between cells is found by reading.
    """
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_with_bounds(Problem.model_json_schema())}
    schema["required"] = [name for name, kind in TABLES.items() if kind.required_table]
    return schema


def _with_bounds(part: Any) -> Any:
    """Return a schema in which bounds have their JSON Schema names, which pydantic does not give behind a validator."""
    if isinstance(part, dict):
        return {_BOUNDS.get(name, name): _with_bounds(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_with_bounds(value) for value in part]
    return part
