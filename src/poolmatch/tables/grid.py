"""A grid is a header with rows of cells below it, as CSV files and worksheets hold: here it becomes a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poolmatch.domain.assembly import MAX_ROWS
from poolmatch.domain.row import Row, is_blank
from poolmatch.domain.values import tidy
from poolmatch.tables import limits
from poolmatch.tables.cells import day_of, whole_of
from poolmatch.tables.reading import Cells, Reading
from poolmatch.tables.schema import Column, Kind, columns_of

DECIMAL_SIGNS = (".", ",")
_SETTLED = (Kind.NUMBER, Kind.WHOLE, Kind.DAY)
_WITH_COMMA = re.compile(r"\s*[+-]?\d+,\d+\s*")


def take_grid(reading: Reading, kind: type[Row], grid: Iterator[Sequence[object]], *, decimal: str) -> None:
    """Read the rows of a grid into a table.

    Parameters
    ----------
    reading
        Takes the cells and the issues.
    kind
        The kind of row the table has.
    grid
        The header and the rows below it. Rows may differ in length.
    decimal
        The declared decimal sign of numbers that are written as text.
    """
    header = [_heading(cell) for cell in next(grid, ())]
    while header and not header[-1]:
        header.pop()
    if not _is_header(header, reading, kind.table):
        return
    place = {name: n for n, name in reversed(list(enumerate(header))) if name}  # the first of two equal headings
    full = all(header)
    settled = {column.name: column for column in columns_of(kind) if column.kind in _SETTLED and column.name in place}
    rows: list[Cells] = []
    reading.tables[kind.table] = rows
    blanks = 0
    for number, cells in enumerate(grid, 1):
        if all(is_blank(cell) for cell in cells):
            blanks += 1  # blank rows at the end are no rows
            continue
        if blanks > limits.MAX_BLANK_ROWS:
            reason = f"stands below more than {limits.MAX_BLANK_ROWS:,} blank rows"
            reading.cut_off(kind.table, reason, "remove what stands there, or the blank rows", row=number)
            return
        excess = excess_of(number, len(header))
        if excess:
            rows.clear()
            reading.cut_off(kind.table, excess, "split the problem")
            return
        for blank in range(number - blanks, number):
            reading.error(kind.table, "is blank", "remove the row", row=blank)
            rows.append({})
        blanks = 0
        if len(cells) != len(header) or not full:
            _check_shape(header, cells, reading, kind.table, number)
        row: Cells = {name: cells[n] if n < len(cells) and cells[n] != "" else None for name, n in place.items()}
        for name, column in settled.items():
            row[name] = _settled(row[name], column, decimal, reading, kind.table, number)
        rows.append(row)


def excess_of(rows: int, columns: int) -> str:
    """Return in which way a table is too large, or nothing."""
    if columns > limits.MAX_COLUMNS:
        return f"has more than {limits.MAX_COLUMNS} columns"
    if rows > MAX_ROWS:
        return f"has more than {MAX_ROWS:,} rows"
    if rows * columns > limits.MAX_CELLS:
        return f"has more than {limits.MAX_CELLS:,} cells"
    return ""


def _heading(cell: object) -> str:
    return "" if cell is None else tidy(str(cell))


def _is_header(header: Sequence[str], reading: Reading, table: str) -> bool:
    if not any(header):
        reading.cut_off(table, "has no header", "write the names of the columns in the first line")
        return False
    excess = excess_of(0, len(header))
    if excess:
        reading.cut_off(table, excess, "remove what does not belong to the table")
        return False
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            reading.error(table, "stands twice in the header", "keep one of the columns", column=name)
    return True


def _check_shape(header: Sequence[str], cells: Sequence[object], reading: Reading, table: str, number: int) -> None:
    if len(cells) < len(header):
        remedy = "add the missing cells; blank ones count too"
        reading.error(table, "has fewer cells than the header", remedy, row=number)
    if any(not is_blank(cell) for n, cell in enumerate(cells) if n >= len(header) or not header[n]):
        remedy = "give the column a heading; in CSV, put text that holds the separator in double quotes"
        reading.error(table, "has a cell without a heading", remedy, row=number)


def _settled(value: object, column: Column, decimal: str, reading: Reading, table: str, number: int) -> object:
    """Return a cell as the domain takes it; a number with the wrong decimal sign is an error, told once."""
    if column.kind is not Kind.NUMBER or not isinstance(value, str):
        return whole_of(day_of(value, column.kind), column.kind)
    if decimal == "," and "." in value:
        remedy = 'write a decimal comma, or read it without decimal=","'
        reading.error(table, "has a point although the decimal sign is a comma", remedy, row=number, column=column.name)
    if not _WITH_COMMA.fullmatch(value):
        return value
    if decimal != ",":
        remedy = 'write a decimal point, or read it with decimal=","'
        reading.error(table, "has a comma although the decimal sign is a point", remedy, row=number, column=column.name)
    return value.replace(",", ".")
