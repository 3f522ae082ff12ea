"""The committed JSON Schemas are those of the code, and they fit what the code writes and reads."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from tests.regenerate_schema import DOCS, SCHEMAS, schema_text
from tests.rings import scaled
from tests.strategies import problems

from poolmatch.domain.problem import Problem
from poolmatch.ruleset import SHARED, STANDARD_RULES


def committed(name: str = "problem.schema.json") -> Any:
    return json.loads((DOCS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_is_up_to_date(name: str) -> None:
    written = json.loads(schema_text(name))  # as data: releases of pydantic write 100 and 100.0
    assert committed(name) == written, "run: python -m tests.regenerate_schema"


def test_that_of_rule_sets_fits_the_example_and_what_is_standard() -> None:
    validator = jsonschema.Draft202012Validator(committed("rules.schema.json"))
    assert list(validator.iter_errors(tomllib.loads((DOCS / "rules.toml").read_text("utf-8")))) == []
    rules = {
        rule.id: {k: v for k, v in rule.parameters().items() if k not in SHARED and v is not None}
        for rule in STANDARD_RULES.rules
    }
    assert list(validator.iter_errors({"rules": rules})) == []


@pytest.mark.parametrize(
    "text",
    [
        "[rules.rest]\nhours = 49",
        "[rules.rest]\nminutes = 1",
        "[rules.few-poeple]",
        'mode = "both"',
        "weights = [0]",
        'without = ["few-people"]',
        "[tiers]\nrest = 2",
        "[tiers]\ncost = 10",
        '[keep]\n5 = "much"',
        "[travel]\nspeed_kmh = -1",
        "[[steps]]\nrole = 'boss'\nneeds = 'co'\ntimes = 1",
        "[[steps]]\nrole = 'co'\nneeds = 'observer'",
        "[rules.practice-window]\nroles = []",
    ],
)
def test_that_of_rule_sets_refuses_what_reading_would_refuse(text: str) -> None:
    assert not jsonschema.Draft202012Validator(committed("rules.schema.json")).is_valid(tomllib.loads(text))


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
