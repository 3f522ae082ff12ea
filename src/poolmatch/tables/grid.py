"""A grid is a header with lines of cells below it, as CSV files and worksheets hold: here it becomes a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from poolmatch.domain.assembly import MAX_ROWS
from poolmatch.domain.row import NAMES, Row, is_blank
from poolmatch.domain.values import tidy
from poolmatch.issues import Message
from poolmatch.messages import files
from poolmatch.tables.cells import day_of, whole_of
from poolmatch.tables.limits import Limits
from poolmatch.tables.notation import Notation
from poolmatch.tables.reading import Cells, Reading
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.tables.source import Source
from poolmatch.words import grouped

_SETTLED = (Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.DAY, Kind.DAYS, Kind.INSTANT, Kind.MOMENT)
_TOTAL = re.compile(r"((sub|eind|grand )?(totals?|totaal|totalen)|sum|som)\s*:?")


@dataclass(frozen=True)
class Line:
    """A line of a grid.

    Attributes
    ----------
    number
        Its place in the file, counted from 1; 0 where no line is to be named.
    cells
        What stands in it.
    faults
        What the reader of the file says of a cell, by its place, or with None of the whole line.
    last
        Whether the rest of the file cannot be read, because of those faults.
    """

    number: int
    cells: Sequence[object] = ()
    faults: Sequence[tuple[int | None, Message]] = ()
    last: bool = False


def take_grid(reading: Reading, kind: type[Row], grid: Iterator[Line], notation: Notation, source: Source) -> None:
    """Read the lines of a grid into a table.

    Parameters
    ----------
    reading
        Takes the cells and the issues.
    kind
        The kind of row the table has.
    grid
        The header and the lines below it. They may differ in length.
    notation
        The declared way of writing numbers, dates and truth as text.
    source
        Is filled with the place of each row.
    """
    table = kind.table
    head = next(grid, Line(1))
    header = [_heading(cell) for cell in head.cells]
    while header and not header[-1]:
        header.pop()
    place = {name: n for n, name in reversed(list(enumerate(header))) if name}  # the first of two equal headings
    source.header, source.columns = head.number, place
    reading.sources[table] = source
    if head.last:
        _cut_off(reading, table, head, None)
        return
    if not _is_header(header, reading, table):
        return
    for spot, message in head.faults:
        reading.note(table, message, column=_name(header, spot))
    full = all(header)
    settled = [column for column in columns_of(kind) if column.kind in _SETTLED and column.name in place]
    first = next(iter(kind.model_fields))
    identifier = place.get(first) if first not in NAMES else None
    rows: list[Cells] = []
    reading.tables[table] = rows
    blank: list[int] = []
    skipped: list[int] = []
    for line in grid:
        number = len(rows) + 1
        cells = line.cells
        if line.last:
            _cut_off(reading, table, line, number)
            return
        if not line.faults and all(is_blank(cell) for cell in cells):
            blank.append(line.number)  # blank lines at the end are nothing
            if len(blank) > reading.limits.blank_rows:
                _expect_nothing(reading, table, grid)
                break
            continue
        excess = excess_of(number + len(skipped) + len(blank), len(header), reading.limits)
        if excess:
            rows.clear()
            reading.cut_off(table, excess)
            return
        skipped += blank
        blank.clear()
        source.lines.append(line.number)
        if len(cells) != len(header) or not full:
            _check_shape(header, line, reading, table, number)
            if len(cells) > len(head.cells) and not source.sheet:
                reading.overlong.setdefault(table, set()).add(number)
        faults = list(line.faults)
        if identifier is not None and identifier < len(cells) and is_total(cells[identifier]):
            faults.append((None, files.TOTAL))
        if (None, files.TOTAL) in faults:
            faults = [(None, files.TOTAL)]  # whatever else is wrong with its cells
        for spot, message in dict.fromkeys(faults):
            reading.note(table, message, row=number, column=_name(header, spot))
        row: Cells = {name: cells[n] if n < len(cells) and cells[n] != "" else None for name, n in place.items()}
        for column in settled:
            row[column.name] = _settled(row[column.name], column, notation, reading, table, number)
        rows.append(row)
    if skipped:
        reading.note(table, files.BLANK_ROWS, where=source.named(skipped))


def is_total(cell: object) -> bool:
    """Tell whether a cell says that its row is a total of others."""
    return isinstance(cell, str) and _TOTAL.fullmatch(tidy(cell).casefold()) is not None


def _expect_nothing(reading: Reading, table: str, grid: Iterator[Line]) -> None:
    """Note where something stands below so many blank lines that it got there by mistake."""
    for line in grid:
        if line.last:
            _cut_off(reading, table, line, None)
            return
        if line.faults or not all(is_blank(cell) for cell in line.cells):
            where = reading.sources[table].named([line.number])
            reading.cut_off(table, files.FAR_BELOW.fill(most=grouped(reading.limits.blank_rows)), where=where)
            return


def _cut_off(reading: Reading, table: str, line: Line, row: int | None) -> None:
    where = reading.sources[table].named([line.number] if line.number else [])
    for _, message in line.faults:
        reading.cut_off(table, message, row=row, where=where)


def _name(header: Sequence[str], spot: int | None) -> str:
    return header[spot] if spot is not None and spot < len(header) else ""


def excess_of(rows: int, columns: int, limits: Limits) -> Message | None:
    """Return in which way a table is too large, or None."""
    if columns > limits.columns:
        return files.TOO_MANY_COLUMNS.fill(most=limits.columns)
    if rows > MAX_ROWS:
        return files.TOO_MANY_ROWS.fill(most=grouped(MAX_ROWS))
    if rows * columns > limits.cells:
        return files.TOO_MANY_CELLS.fill(most=grouped(limits.cells))
    return None


def _heading(cell: object) -> str:
    return "" if cell is None else tidy(str(cell))


def _is_header(header: Sequence[str], reading: Reading, table: str) -> bool:
    if not any(header):
        reading.cut_off(table, files.NO_HEADER)
        return False
    if len(header) > reading.limits.columns:
        reading.cut_off(table, files.TOO_MANY_HEADINGS.fill(most=reading.limits.columns))
        return False
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            reading.note(table, files.HEADING_TWICE, column=name)
    return True


def _check_shape(header: Sequence[str], line: Line, reading: Reading, table: str, number: int) -> None:
    cells = line.cells
    if len(cells) < len(header):
        reading.note(table, files.TOO_FEW_CELLS, row=number)
    bare = [n for n, cell in enumerate(cells) if (n >= len(header) or not header[n]) and not is_blank(cell)]
    if bare:
        source = reading.sources[table]
        where = source.cell(line.number, bare[0])
        reading.note(table, files.NO_HEADING.fill(separator=source.separator), row=number, where=where)


def _settled(value: object, column: Column, notation: Notation, reading: Reading, table: str, number: int) -> object:
    """Return a cell as the domain takes it; what is written in another way than declared is an error, told once."""
    if value is None:
        return None
    if not isinstance(value, str):
        return whole_of(day_of(value, column.kind), column.kind)
    meant, message = notation.settled(value, column)
    if message:
        reading.note(table, message, row=number, column=column.name, value=value)
    return meant
