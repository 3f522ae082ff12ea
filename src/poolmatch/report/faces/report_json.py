"""Everything the rules have to say, as JSON, for programs and for looking things up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from poolmatch.explain import empty_seats_of, outsiders_of
from poolmatch.report.faces.face import Told
from poolmatch.results import Result
from poolmatch.tables.json_text import json_text


def write(told: Told, path: Path) -> None:
    """Write the report of a result."""
    path.write_text(json_text(document(told.result)), encoding="utf-8")


def document(result: Result) -> dict[str, Any]:
    """Return the report with why seats are empty, externals, ledger, fairness and warnings, as data."""
    return result.report.to_dict() | {
        "empty_seats": [seat.to_dict() for seat in empty_seats_of(result)],
        "outsiders": [item.to_dict() for item in outsiders_of(result)],
        "ledger": [row.to_dict() for row in result.ledger.settlement()],
        "fairness": result.fairness.to_dict(),
        "warnings": [str(issue) for issue in (*result.problem.warnings, *result.report.warnings)],
    }
