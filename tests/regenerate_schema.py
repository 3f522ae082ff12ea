"""Writes ``docs/problem.schema.json`` anew: ``python -m tests.regenerate_schema``, from the top of the repository."""

import json
from pathlib import Path

from poolmatch.tables.json_schema import problem_schema

SCHEMA = Path(__file__).parent.parent / "docs" / "problem.schema.json"


def schema_text() -> str:
    """The JSON Schema of a problem, as it is committed."""
    return json.dumps(problem_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
