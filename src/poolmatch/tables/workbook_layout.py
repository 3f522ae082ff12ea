"""What a worksheet does with its cells besides holding them: it merges, hides and filters."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import cast

from openpyxl.utils.cell import range_boundaries

from poolmatch.messages import files
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.reading import Reading
from poolmatch.tables.source import letters, quoted, some


@dataclass
class Layout:
    """What a worksheet does with its cells besides holding them; known once its rows have been read.

    Attributes
    ----------
    merged
        First and last row, first and last column of each block of merged cells, counted from 1.
    hidden_rows
        Rows with cells that are not shown.
    hidden_columns
        Columns that are not shown, counted from 1.
    filtered
        Whether a filter is set that may hide rows.
    limits
        How much of it is told.
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: array[int] = field(default_factory=lambda: array("L"))
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    limits: Limits = LIMITS

    def merge(self, reference: str) -> None:
        """Note a block of merged cells, such as E4:E6; of very many the first."""
        left, top, right, bottom = cast(tuple[int, int, int, int], range_boundaries(reference))
        if (left, top) != (right, bottom) and len(self.merged) < self.limits.merged:
            self.merged.append((top, bottom, left, right))

    def hide_columns(self, first: int, last: int) -> None:
        """Note columns that are not shown, among those that a table may have."""
        self.hidden_columns.update(range(first, min(last, self.limits.columns) + 1))

    def tell(self, reading: Reading, table: str) -> None:
        """Note what may have been lost or overlooked in a table that was read.

        Merged cells below the header are an error: only the first of them holds what all of them show.

        Parameters
        ----------
        reading
            Takes the issues.
        table
            Name of the table.
        """
        source = reading.sources[table]
        sheet = quoted(source.sheet)
        blocks = sorted(block for block in self.merged if block[1] > source.header)
        for top, bottom, left, right in blocks:
            rows = bisect_left(source.lines, top) + 1, bisect_right(source.lines, bottom)
            columns = [name for name, place in source.columns.items() if left <= place + 1 <= right]
            reading.emptied(table, *rows, columns)
        if blocks:
            names = [f"{sheet}!{letters(left - 1)}{a}:{letters(right - 1)}{b}" for a, b, left, right in blocks]
            reading.note(table, files.MERGED, where=some(names))
        shown = set(self.hidden_rows).intersection(source.lines)
        if shown:
            where = source.named(sorted(shown))
            reading.note(table, files.HIDDEN_ROWS, where=where)
        elif self.filtered:
            reading.note(table, files.FILTER)
        columns = [letters(place) for place in sorted(source.columns.values()) if place + 1 in self.hidden_columns]
        if columns:
            where = some([f"{sheet}!{letter}:{letter}" for letter in columns])
            reading.note(table, files.HIDDEN_COLUMNS, where=where)
