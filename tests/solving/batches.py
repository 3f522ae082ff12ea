"""Batches of small problems, and what became of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from tests.solving.pieces import small

from poolmatch import Problem, Solved


def kinds(rows: list[Solved]) -> list[tuple[int, object]]:
    """Return position, and status or kind of error, of each row."""
    return [(row.position, row.result.status.value if row.result else type(row.error)) for row in rows]


def counted(pulled: list[int], number: int | None = None) -> Iterator[Problem]:
    """Yield small problems, endlessly by default; note which were pulled."""
    for place in itertools.count() if number is None else range(number):
        pulled.append(place)
        yield small()
