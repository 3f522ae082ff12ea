"""Rosters that were told, and what the rule `keep-published` is called."""

from datetime import date
from typing import Any

from tests.builders import MARCH, Cells, problem

from poolmatch import Problem

RULE = "keep-published"


def told(who: str | None = "F1", where: str = "M1", seat: str = "lead", start: str | None = None) -> Cells:
    return {"meeting": where, "seat": seat, "facilitator": who, "slot_start": start}


def seat(name: str, role: str | None = None, where: str = "M1", **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role or name, **cells}


def published(*rows: Cells, **tables: Any) -> Problem:
    """Return the meeting of Thursday 5 March, 4 days after the period's start, and what was told of it."""
    return problem(**{"facilitators": ["F1", "F2"], "published": rows} | tables)


def as_of(today: date | str) -> Cells:
    """Return the period of the other tests, planned on a day."""
    return {**MARCH, "today": str(today)}
