"""One table as a CSV file: UTF-8, every cell text, nothing guessed.

Spreadsheet programs take text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return for a formula.
Such text is written with one more leading ``'``, which reading takes off again.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from poolmatch.domain.row import Row
from poolmatch.domain.values import tidy
from poolmatch.tables import limits
from poolmatch.tables.cells import text_of
from poolmatch.tables.grid import take_grid
from poolmatch.tables.reading import Reading
from poolmatch.tables.schema import Kind, columns_of

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def read_csv(path: Path, kind: type[Row], reading: Reading, *, decimal: str, encoding: str) -> None:
    """Read a CSV file into a table.

    Parameters
    ----------
    path
        The file.
    kind
        The kind of row the table has.
    reading
        Takes the cells and the issues.
    decimal
        Decimal sign of its numbers.
    encoding
        Encoding of its text. A byte order mark of UTF-8 is unmistakable and counts before it.
    """
    if path.stat().st_size > limits.MAX_FILE_BYTES:
        reading.cut_off(kind.table, f"is a file of more than {limits.MAX_FILE_BYTES:,} bytes", "split the problem")
        return
    text = _decoded(path.read_bytes(), kind.table, reading, encoding)
    separator = _separator(io.StringIO(text, newline="").readline(), kind)
    if separator != ",":
        remedy = 'nothing to do, unless its decimal sign is a comma: then read it with decimal=","'
        reading.warning(kind.table, f"is separated by {SEPARATORS[separator]}", remedy)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    take_grid(reading, kind, _unguarded(records, kind.table, reading), decimal=decimal)


def _decoded(data: bytes, table: str, reading: Reading, encoding: str) -> str:
    if data.startswith(codecs.BOM_UTF8) or codecs.lookup(encoding).name == "utf-8":
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding == "utf-8-sig" else encoding
        line = data.count(b"\n", 0, error.start) + 1
        remedy = 'save it as UTF-8, or name its encoding, such as encoding="cp1252"'
        reading.error(table, f"is not {name} text in line {line} of the file", remedy)
        return data.decode("latin-1")  # every byte is a character: the rest can be judged all the same


def _separator(line: str, kind: type[Row]) -> str:
    """Return the separator under which the header names most columns of the table; at a draw the most cells."""
    names = kind.model_fields.keys()

    def fit(separator: str) -> tuple[int, int]:
        cells = [tidy(cell).strip('"') for cell in line.split(separator)]
        return len(names & set(cells)), len(cells)

    return max(SEPARATORS, key=fit)


def _unguarded(records: Iterator[list[str]], table: str, reading: Reading) -> Iterator[Sequence[str]]:
    number = -1
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):  # the csv module has one class for all errors
                reason, remedy = f"has a cell of more than {csv.field_size_limit():,} characters", "shorten it"
            else:
                reason, remedy = "has a double quote that is not closed or not doubled", "correct the quotes"
            reading.cut_off(table, reason, remedy, row=number or None)
            return
        yield [cell[1:] if _GUARDED.match(cell) else cell for cell in record]


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
