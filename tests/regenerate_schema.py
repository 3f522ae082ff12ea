"""Writes the schemas of ``docs`` anew: ``python -m tests.regenerate_schema``, from the top of the repository."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from poolmatch.tables.json_schema import problem_schema, rule_set_schema

DOCS = Path(__file__).parent.parent / "docs"
SCHEMAS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "problem.schema.json": problem_schema,
    "rules.schema.json": rule_set_schema,
}
"""What each file holds."""


def schema_text(name: str) -> str:
    """A JSON Schema as it is committed."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    for file in SCHEMAS:
        (DOCS / file).write_text(schema_text(file), encoding="utf-8")
