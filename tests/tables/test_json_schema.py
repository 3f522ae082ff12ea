"""The committed JSON Schema is the one of the code, and it fits what the code writes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from tests.regenerate_schema import SCHEMA, schema_text
from tests.rings import scaled
from tests.strategies import problems

from poolmatch.domain.problem import Problem


def committed() -> Any:
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def test_it_is_up_to_date() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run: python -m tests.regenerate_schema"


@settings(max_examples=scaled(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=problems())
def test_what_is_written_fits_it(problem: Problem) -> None:
    validator = jsonschema.Draft202012Validator(committed())
    assert list(validator.iter_errors(json.loads(problem.to_json()))) == []


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("organisations", {"organisation": "", "name": "x"}),
        ("organisations", {"organisation": "X"}),
        ("organisations", {"organisation": "X", "name": "x", "lat": 91}),
        ("organisations", {"organisation": "X", "name": "x", "naam": "x"}),
        ("stakes", {"meeting": "M", "organisation": "X", "grade": "boss"}),
        ("skills", {"facilitator": "F", "skill": "s", "level": 2.5}),
    ],
)
def test_it_refuses_what_reading_would_refuse(table: str, row: dict[str, object]) -> None:
    period = {"name": "x", "start": "2026-03-01", "end": "2026-03-31", "timezone": "UTC"}
    empty: dict[str, object] = {
        name: [] for name in ("organisations", "facilitators", "meetings", "stakes", "seats", "skills")
    }
    validator = jsonschema.Draft202012Validator(committed())
    assert validator.is_valid({"schema_version": 1, "period": period} | empty)
    assert not validator.is_valid({"schema_version": 1, "period": period} | empty | {table: [row]})
    assert not validator.is_valid({"period": period})
