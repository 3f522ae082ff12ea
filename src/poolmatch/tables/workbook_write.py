"""Tables as the worksheets of a workbook: text stays text, dates are real dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from poolmatch.domain.row import Row
from poolmatch.errors import ProblemError
from poolmatch.messages.files import LONG_LIST
from poolmatch.tables.cells import clock_time, text_of
from poolmatch.tables.schema import Column, Kind, columns_of

DAY_FORMAT = "yyyy-mm-dd"
INSTANT_FORMAT = "yyyy-mm-dd hh:mm"
_NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)
"""When a workbook says it was made: equal tables give equal files, so that writing again loses nothing."""
_FIRST_SAFE_DAY = date(1910, 1, 1)
"""Earlier dates are what mere numbers become in a cell for dates, and are refused; before March 1900 they are a day off
in one program or another, since workbooks count 29 February 1900, a day that never was."""
_NARROW, _WIDE = 8, 40
_MISWRITTEN = re.compile(r"<r>.*</r>|.*_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_", re.DOTALL)
"""Text that xlsxwriter takes for mark-up of its own, and codes that overlap, of which it masks only every other."""
_WITHIN_CODE = re.compile("(?<=_)(?=x)")


@dataclass(frozen=True)
class Looks:
    """The formats of a workbook in which days, instants, instants with seconds, and plain text are shown."""

    day: Any
    instant: Any
    seconds: Any
    plain: Any

    @classmethod
    def of(cls, book: Any, day: str, instant: str) -> Looks:
        """Return those of a workbook.

        Parameters
        ----------
        book
            The workbook.
        day, instant
            Number formats; that of an instant ends in minutes.
        """
        days, instants, seconds = (book.add_format({"num_format": text}) for text in (day, instant, f"{instant}:ss"))
        return cls(days, instants, seconds, book.add_format())


@contextmanager
def new_workbook(path: Path, letters: Mapping[str, object] | None = None) -> Iterator[Any]:
    """Give an empty workbook in which text never becomes a formula, link or number; it is saved when the block ends.

    Parameters
    ----------
    path
        The file.
    letters
        Properties of the letters in which everything is set; None is what spreadsheet programs take by themselves.
    """
    options: dict[str, object] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    if letters:
        options["default_format_properties"] = dict(letters)
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            book.set_properties({"created": _NO_TIME})
            yield book
    except FileCreateError as error:  # xlsxwriter wraps what the system says
        raise error.args[0] from None


def write_sheets(path: Path, tables: Mapping[type[Row], Sequence[Row]], zone: ZoneInfo) -> None:
    """Write tables as a workbook, one worksheet each.

    Parameters
    ----------
    path
        The file.
    tables
        Rows by kind of row.
    zone
        Time zone in which instants are written.

    Raises
    ------
    ProblemError
        A list is too long for a cell of a workbook.
    """
    with new_workbook(path) as book:
        looks = Looks.of(book, DAY_FORMAT, INSTANT_FORMAT)
        for kind, rows in tables.items():
            columns = columns_of(kind)
            sheet = book.add_worksheet(kind.table)
            widths = [len(column.name) for column in columns]
            for number, row in enumerate(rows, 1):
                for place, column in enumerate(columns):
                    value = cell_of(getattr(row, column.name), column, zone)
                    if put(sheet, (number, place), value, looks):
                        raise too_long(kind.table, number, column)
                    widths[place] = max(widths[place], len(str(value)) if value is not None else 0)
            start_sheet(book, sheet, columns, widths)
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def write_text(sheet: Any, number: int, place: int, text: str, plain: Any) -> int:
    """Write text as it is; return 0 when it fits."""
    if not _MISWRITTEN.match(text):
        return sheet.write_string(number, place, text, plain)  # type: ignore[no-any-return]
    return write_runs(sheet, (number, place), [(plain, text[:1]), (plain, text[1:])], plain)


def write_runs(sheet: Any, at: tuple[int, int], runs: Sequence[tuple[Any, str]], whole: Any) -> int:
    """Write text of which parts look differently; return 0 when it fits.

    Parameters
    ----------
    sheet, at
        The worksheet, and the line and column of the cell.
    runs
        Formats, each with its part of the text; two parts at least.
    whole
        Format of the cell.
    """
    parts = [(look, part) for look, run in runs for part in _WITHIN_CODE.split(run) if part]  # nothing is mark-up
    return sheet.write_rich_string(*at, *(item for pair in parts for item in pair), whole)  # type: ignore[no-any-return]


def put(sheet: Any, at: tuple[int, int], value: str | float | date | datetime | None, looks: Looks) -> int:
    """Write a value into a cell; return 0 when it fits.

    Parameters
    ----------
    sheet
        The worksheet.
    at
        Row and column, counted from 0.
    value
        What `cell_of` returns.
    looks
        How days and instants are shown.
    """
    if isinstance(value, datetime):
        return sheet.write_datetime(*at, value, looks.seconds if value.second else looks.instant)  # type: ignore[no-any-return]
    if isinstance(value, date):
        return sheet.write_datetime(*at, value, looks.day)  # type: ignore[no-any-return]
    if isinstance(value, str):
        return write_text(sheet, *at, value, looks.plain)
    return 0 if value is None else sheet.write_number(*at, value)


def start_sheet(book: Any, sheet: Any, columns: Sequence[Column], widths: Sequence[int]) -> None:
    """Write the header, frozen and bold, with required columns underlined; set the widths."""
    plain = book.add_format({"bold": True})
    required = book.add_format({"bold": True, "bottom": 2})
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.write_string(0, place, column.name, required if column.required else plain)
        sheet.set_column(place, place, min(max(width + 2, _NARROW), _WIDE))
    sheet.freeze_panes(1, 0)


def cell_of(value: Any, column: Column, zone: ZoneInfo) -> str | int | float | date | datetime | None:
    """Return a value as a workbook cell holds it; what a cell cannot hold exactly is text.

    Text are therefore instants in a clock hour that occurs twice, dates before 1910, and numbers of more
    than 16 digits.
    """
    if value is None:
        return None
    if column.kind in (Kind.WHOLE, Kind.NUMBER) and float(f"{value:.16G}") == value:  # what xlsxwriter writes
        return value  # type: ignore[no-any-return]
    if isinstance(value, datetime):
        clock = clock_time(value, zone)
        return clock if clock is not None and clock.date() >= _FIRST_SAFE_DAY else text_of(value, column, zone)
    if isinstance(value, date) and value >= _FIRST_SAFE_DAY:
        return value
    return text_of(value, column, zone) or None


def too_long(table: str, number: int, column: Column) -> ProblemError:
    """Return the error that a list does not fit a cell."""
    return ProblemError([LONG_LIST.at(table, (number,), column.name)])
