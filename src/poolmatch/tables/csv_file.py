"""One table as a CSV file: UTF-8, every cell text, nothing guessed.

Spreadsheet programs take text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return for a formula.
Such text is written with one more leading ``'``, which reading takes off again.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from poolmatch.domain.row import Row
from poolmatch.domain.values import tidy
from poolmatch.messages import files
from poolmatch.tables.availability_grid import TABLE, take_availability_grid
from poolmatch.tables.cells import text_of
from poolmatch.tables.dutch_time import settled
from poolmatch.tables.grid import Line, take_grid
from poolmatch.tables.naming import column_called
from poolmatch.tables.notation import Notation
from poolmatch.tables.reading import Reading
from poolmatch.tables.schema import Kind, columns_of
from poolmatch.tables.source import Source, lines_text
from poolmatch.words import grouped

SEPARATORS = {",": files.COMMA, ";": files.SEMICOLON, "\t": files.TAB}
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the next
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES_SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.IGNORECASE)


def read_csv(path: Path, kind: type[Row], reading: Reading, *, notation: Notation, encoding: str) -> None:
    """Read a CSV file into a table.

    Parameters
    ----------
    path
        The file.
    kind
        The kind of row the table has.
    reading
        Takes the cells and the issues.
    notation
        The declared way of writing numbers, dates and truth.
    encoding
        Encoding of its text. A byte order mark is unmistakable and counts before it.
    """

    def fit(separator: str, line: str) -> tuple[int, int]:
        return _fit(separator, line, kind, spoken=reading.language is not None)

    opened = _opened(path, kind.table, reading, encoding, fit)
    if opened is None:
        return
    lines, separator, named = opened
    if not named and separator != "," and not notation.dutch:
        reading.note(kind.table, files.OTHER_SEPARATOR.fill(sign=SEPARATORS[separator]))
    source = Source(separator=files.NAMED_SEPARATOR.fill(sign=separator) if named else files.THE_SEPARATOR)
    take_grid(reading, kind, lines, notation.between(separator), source)


def read_grid(path: Path, title: str, reading: Reading, *, notation: Notation, encoding: str) -> None:
    """Read the grid of half-days, which a program for spreadsheets has saved as a CSV file, into availability.

    Parameters
    ----------
    path
        The file.
    title
        The sheet that it was.
    reading, notation, encoding
        As of `read_csv`.
    """
    opened = _opened(path, TABLE, reading, encoding, lambda separator, line: (line.count(separator), 0))
    if opened is not None:
        take_availability_grid(reading, map(_with_days, opened[0]), notation, title)


def _with_days(line: Line) -> Line:
    """Return a line with days in the place of their text."""
    found = [settled(tidy(str(cell)), Kind.DAY) for cell in line.cells]
    cells = [cell if fault else date.fromisoformat(day) for cell, (day, fault) in zip(line.cells, found, strict=True)]
    return Line(line.number, cells, line.faults, line.last)


def _opened(
    path: Path, table: str, reading: Reading, encoding: str, fit: Callable[[str, str], tuple[int, int]]
) -> tuple[Iterator[Line], str, bool] | None:
    """Return the lines of a file, what separates its cells, and whether it names that itself; None without any text.

    Parameters
    ----------
    path, table, reading, encoding
        The file, and the table that it holds, as of `read_csv`.
    fit
        Tells how well a separator fits the first line; the best is taken.
    """
    if path.stat().st_size > reading.limits.file_bytes:
        reading.cut_off(table, files.TOO_LARGE.fill(most=grouped(reading.limits.file_bytes)))
        return None
    text = _decoded(path.read_bytes(), table, reading, encoding)
    if text is None:
        return None
    file = io.StringIO(text, newline="")
    line = file.readline()
    named = _NAMES_SEPARATOR.fullmatch(line)
    if named:
        separator = named[1]
        reading.note(table, files.NAMES_SEPARATOR.fill(sign=separator), where=lines_text([1]))
    else:
        file.seek(0)
        separator = max(SEPARATORS, key=lambda sign: fit(sign, line))
    records = csv.reader(file, delimiter=separator, strict=True)
    return _lines(records, 1 if named else 0), separator, named is not None


def _decoded(data: bytes, table: str, reading: Reading, encoding: str) -> str | None:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = marked or ("utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding == "utf-8-sig" else encoding
        line = data.count(b"\n", 0, error.start) + 1
        reading.note(table, files.NOT_ENCODED.fill(encoding=name, line=line))
        return data.decode("latin-1")  # every byte is a character: the rest can be judged all the same
    if "\0" in text[:1000]:
        reading.cut_off(table, files.HOLDS_NUL.fill(encoding=encoding.removesuffix("-sig").upper()))
        return None
    return text


def _fit(separator: str, line: str, kind: type[Row], *, spoken: bool) -> tuple[int, int]:
    """Return how many columns of the table, and how many cells, a header names under a separator.

    Parameters
    ----------
    separator, line
        The separator, and the header.
    kind
        The kind of row the table has.
    spoken
        Whether columns may be called as people call them.
    """
    cells = {tidy(cell).strip('"') for cell in line.split(separator)}
    names = {column_called(kind, cell) for cell in cells} - {None} if spoken else cells & kind.model_fields.keys()
    return len(names), len(cells)


def _lines(records: Any, before: int) -> Iterator[Line]:
    """Yield the records of a CSV reader with the line at which each begins.

    Parameters
    ----------
    records
        The reader.
    before
        Lines of the file before its first record.
    """
    while True:
        number = before + records.line_num + 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):  # the csv module has one class for all errors
                fault = files.LONG_CELL.fill(most=grouped(csv.field_size_limit()))
            else:
                fault = files.OPEN_QUOTE
            yield Line(number, faults=[(None, fault)], last=True)
            return
        yield Line(number, [cell[1:] if _GUARDED.match(cell) else cell for cell in record])


def write_csv(path: Path, kind: type[Row], rows: Sequence[Row], zone: ZoneInfo) -> None:
    """Write a table as a CSV file.

    Parameters
    ----------
    path
        The file.
    kind
        The kind of row the table has.
    rows
        The rows.
    zone
        Time zone in which instants are written.
    """
    columns = columns_of(kind)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in columns)
        for row in rows:
            writer.writerow(
                guarded(text) if column.kind in (Kind.TEXT, Kind.ITEMS) else text
                for column in columns
                for text in (text_of(getattr(row, column.name), column, zone),)
            )


def guarded(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text
