"""What DataFrames and Parquet files have in common: columns of typed values, with a name each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from poolmatch.domain.row import Row
from poolmatch.messages import files
from poolmatch.tables.cells import day_of, plain, storable, whole_of
from poolmatch.tables.reading import Reading
from poolmatch.tables.schema import Column, Kind, columns_of


def take_columns(reading: Reading, kind: type[Row], columns: Iterable[tuple[str, Sequence[object], bool]]) -> None:
    """Read columns of typed values into a table.

    Parameters
    ----------
    reading
        Takes the cells and the issues.
    kind
        The kind of row the table has.
    columns
        Name, values (None for blank) and whether they are binary fractions, which may stand for whole numbers.
    """
    known = {column.name: column.kind for column in columns_of(kind)}
    cells: dict[str, list[object]] = {}
    for name, values, fractions in columns:
        if name in cells:
            reading.note(kind.table, files.HEADING_TWICE, column=name)
            continue
        content = known.get(name, Kind.TEXT)
        settled = [None if value is None else day_of(plain(value), content) for value in values]
        cells[name] = [whole_of(value, content) for value in settled] if fractions else settled
    reading.tables[kind.table] = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def values_of(rows: Sequence[Row], column: Column, zone: ZoneInfo) -> list[Any]:
    """Return what rows have in a column, as a typed column holds it: instants in a time zone, lists as text."""
    return [storable(getattr(row, column.name), column, zone) for row in rows]
