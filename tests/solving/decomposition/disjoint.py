"""Problems that have nothing to do with one another, as one problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from poolmatch import Problem

IDS = (
    *("facilitator", "first", "second", "meeting", "duty", "organisation", "source", "target", "party"),
    *("series", "region"),
)


def fenced(problem: Problem, mark: str) -> Problem:
    """Return a problem with other ids, whose seats all require a skill that only its own people have."""
    tables: dict[str, Any] = problem.model_dump(exclude={"period", "schema_version"})
    cells = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for row in (row for rows in cells.values() for row in rows):
        row |= {name: mark + row[name] for name in IDS if row.get(name) is not None}
        if "organisations" in row:
            row["organisations"] = [mark + name for name in row["organisations"]]
    skills = [{"facilitator": row["facilitator"], "skill": mark, "level": 1} for row in cells["facilitators"]]
    required = [
        {"meeting": mark + seat.meeting, "seat": seat.seat, "skill": mark, "level": 1} for seat in problem.all_seats
    ]
    cells["skills"] += skills
    cells["requirements"] += required
    return Problem(period=problem.period, **cells)


def together(problems: Sequence[Problem]) -> Problem:
    """Return the problem that has the rows of all, which have different ids and the same period."""
    tables = [problem.model_dump(exclude={"period", "schema_version"}) for problem in problems]
    rows = {name: [row for part in tables for row in part[name]] for name in tables[0]}
    return Problem(period=problems[0].period, **rows)
