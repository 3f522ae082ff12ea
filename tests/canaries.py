"""Problems in which every id, name and free word is a canary: a word that is found nowhere else."""

from __future__ import annotations

import re
from typing import Any

from poolmatch import Problem
from poolmatch.domain.assembly import TABLES
from poolmatch.tables.schema import Kind, columns_of

KEPT = {("period", "name"), ("period", "timezone"), ("availability", "rrule"), ("ties", "kind"), ("duties", "kind")}
"""Columns whose text is no canary, besides the ids of seats, which kinds of duties are."""
CANARY = re.compile(r"canary\d+x")


def in_canaries(problem: Problem) -> Problem:
    """Return a problem in which every id, name and free word is a canary, wherever it stands."""
    known: dict[str, str] = {}

    def canary(text: str) -> str:
        return known.setdefault(text, f"canary{len(known)}x")

    tables: dict[str, list[dict[str, Any]]] = {}
    for name, kind in TABLES.items():
        rows = (problem.period,) if name == "period" else getattr(problem, name)
        texts = [
            column.name
            for column in columns_of(kind)
            if column.kind in (Kind.TEXT, Kind.ITEMS) and not column.words
            if (name, column.name) not in KEPT and column.name != "seat"
        ]
        tables[name] = [row.model_dump() for row in rows]
        for row in tables[name]:
            for text in texts:
                value = row[text]
                if isinstance(value, str):
                    row[text] = canary(value)
                elif value is not None:
                    row[text] = tuple(map(canary, value))
    return Problem.model_validate(tables)


def canaries(*values: object) -> set[str]:
    """Return the canaries in what is written of some values."""
    return set(CANARY.findall(repr(values)))
