"""Where the rows and columns of a table stand in the file they were read from."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from poolmatch.messages import files
from poolmatch.words import Words, first_few, joined

LISTED = 3
"""So many lines or cells are named one by one; more are joined to ranges where they follow one another."""
RANGES = 10
"""Ranges that are named at most."""
PLACES = 10_000
"""Cells of one issue that are kept at most."""


@dataclass
class Source:
    """Lines and columns of a table in its file.

    Attributes
    ----------
    sheet
        Name of the worksheet; "" for a CSV file.
    header
        Line of the header, counted from 1.
    columns
        Place of each column, counted from 0.
    headings
        What stands above a column, where that is not its name in the contract.
    lines
        Line of each data row.
    elsewhere
        Where each row stands that comes from another sheet; they follow those of this one.
    separator
        What separates the cells of a CSV file, in words.
    """

    sheet: str = ""
    header: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    lines: array[int] = field(default_factory=lambda: array("L"))
    elsewhere: list[str] = field(default_factory=list)
    separator: Words = files.THE_SEPARATOR

    def where(self, rows: Iterable[int], column: str) -> str | Words:
        """Return the cells or lines of data rows, or the cell of a heading; "" where nothing is to be named.

        Parameters
        ----------
        rows
            Data rows, counted from 1; none for the heading.
        column
            Column, or "" for whole rows.
        """
        rows = list(rows)
        lines = [self.lines[row - 1] for row in rows if row <= len(self.lines)]
        others = [row - 1 - len(self.lines) for row in rows if row > len(self.lines)]
        there = [self.elsewhere[other] for other in others if other < len(self.elsewhere)]
        if there and not lines:
            return some(there)
        place = self.columns.get(column)
        here = (
            self.named(lines) if place is None or not self.sheet else cells(self.sheet, lines or [self.header], place)
        )
        return joined(", ", [here, some(there)]) if there else here

    def places(self, rows: Iterable[int], column: str) -> tuple[str, ...]:
        """Return each cell in a worksheet that data rows are about, of very many the first; or that of a heading.

        Parameters
        ----------
        rows, column
            As of `where`; of whole rows it is their cells in the table, of a heading that there is not the first one.
        """
        if not self.sheet:
            return ()
        place = self.columns.get(column)
        left = letters(place or 0)
        right = letters(max(self.columns.values(), default=0))
        found = []
        for row in islice(rows, PLACES):
            other = row - 1 - len(self.lines)
            if other < 0:
                line = self.lines[row - 1]
                cells = f"{left}{line}" if place is not None else f"A{line}:{right}{line}"
                found.append(f"{quoted(self.sheet)}!{cells}")
            elif other < len(self.elsewhere):
                found.append(self.elsewhere[other])
        return tuple(found) or (f"{quoted(self.sheet)}!{left}{self.header or 1}",)

    def cell(self, line: int, place: int) -> str | Words:
        """Return one cell, or its line."""
        return cells(self.sheet, [line], place) if self.sheet else lines_text([line])

    def named(self, lines: Sequence[int]) -> str | Words:
        """Return whole lines, in words or as rows of the worksheet."""
        return cells(self.sheet, lines, None) if self.sheet else lines_text(lines)


def lines_text(lines: Sequence[int]) -> str | Words:
    """Return lines of a text file in words."""
    if not lines:
        return ""
    shown = [files.LINE_RANGE.fill(first=a, last=b) if b > a else a for a, b in _ranges(lines)]
    return (files.LINES if len(lines) > 1 else files.LINE).fill(lines=some(shown))


def cells(sheet: str, lines: Sequence[int], place: int | None) -> str | Words:
    """Return the cells of a column, or whole rows, as spreadsheet programs write them.

    Parameters
    ----------
    sheet
        Name of the worksheet.
    lines
        Lines, in order.
    place
        Column, counted from 0; None for whole rows.
    """
    sheet = quoted(sheet)
    if place is None:
        return some([f"{sheet}!{first}:{last}" for first, last in _ranges(lines)])
    column = letters(place)
    return some(
        [
            f"{sheet}!{column}{first}:{column}{last}" if last > first else f"{sheet}!{column}{first}"
            for first, last in _ranges(lines)
        ]
    )


def quoted(sheet: str) -> str:
    """Return the name of a worksheet as it stands before a cell: in quotes where it is not one word."""
    return sheet if re.fullmatch(r"\w+", sheet) else "'{}'".format(sheet.replace("'", "''"))


def letters(place: int) -> str:
    """Return the letters of a column, counted from 0."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def some(shown: Sequence[object]) -> str | Words:
    """Return places in a row, and how many more there are."""
    return first_few(shown, RANGES)


def _ranges(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of lines that follow one another; few lines one by one."""
    if len(lines) <= LISTED:  # few are listed, so that each can be searched for
        yield from ((line, line) for line in lines)
        return
    first = last = lines[0]
    for line in lines[1:]:
        if line > last + 1:
            yield first, last
            first = line
        last = line
    yield first, last
