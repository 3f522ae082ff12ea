"""Tables from the worksheets of a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.workbook import Workbook

from poolmatch.domain.row import Row
from poolmatch.issues import Message
from poolmatch.messages import files
from poolmatch.tables.availability_grid import take_availability_grid
from poolmatch.tables.grid import Line, Padded, Percentage, take_grid
from poolmatch.tables.limits import SHEET_ROWS
from poolmatch.tables.naming import language_of, sheet_called
from poolmatch.tables.notation import Notation
from poolmatch.tables.reading import Reading
from poolmatch.tables.source import Source, letters
from poolmatch.tables.titles import tables_by_title
from poolmatch.tables.workbook_layout import Layout
from poolmatch.tables.workbook_open import opened, rows_of

_DECORATION = re.compile(r'\[[^\]]*\]|"[^"]*"')
_AFTER_NUMBERS = 1910
"""From here on a date is none that a year, or a smaller number, becomes: not even where days count from 1904."""
_FIRST_YEAR, _LAST_YEAR = "1905-03-14", "1905-10-01"
"""The dates that the numbers 1900 and 2100 stand for."""
_Cells = tuple[Any, ...]
Taker = Callable[[Reading, Iterator[Line], Notation, str], None]
TAKERS: Mapping[str, Taker] = {"grid": take_availability_grid}
"""What reads a sheet that is no table but adds rows to some, by what `SHEETS` knows it as; it is given the title."""
_SUMS = re.compile(r"\b(SUM|COUNT|COUNTA|AVERAGE|AGGREGATE)\(")
_SPANS = re.compile(r"(?<![!$A-Z])\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)")
"""Corners of ranges of cells on the same worksheet."""


def read_sheets(path: Path, kinds: Mapping[str, type[Row]], reading: Reading, *, notation: Notation) -> None:
    """Read the worksheets that are called like tables.

    Parameters
    ----------
    path
        The workbook.
    kinds
        Kind of row by table.
    reading
        Takes the cells and the issues; sheets that are no table are given an empty one.
    notation
        The declared way of writing numbers, dates and truth as text.

    Raises
    ------
    ProblemError
        The workbook as a whole is refused.
    """
    with ExitStack() as stack:
        book = stack.enter_context(opened(path, reading.limits, results=False))
        results: list[Workbook] = []

        def results_of(sheet: str) -> Iterator[tuple[Any, ...]]:
            if not results:  # few workbooks hold formulas: the stored results are opened when the first is met
                results.append(stack.enter_context(opened(path, reading.limits, results=True)))
            return rows_of(results[0][sheet], path, Layout())

        def lines_of(sheet: Any, layout: Layout) -> Iterator[Line]:
            return _lines(rows_of(sheet, path, layout), partial(results_of, sheet.title))

        titles = [sheet.title for sheet in book.worksheets]
        reading.language = language_of(titles)
        notation = replace(notation, spoken=True)
        if reading.language == "nl":
            notation = notation.of_dutch_file()

        def texts_of(title: str) -> Iterator[list[object]]:
            return ([cell.value for cell in cells] for cells in rows_of(book[title], path, Layout()))

        tables = tables_by_title(titles, kinds, reading, texts_of)
        for sheet in book.worksheets:
            name = tables.get(sheet.title)
            if name is not None:
                layout = Layout(limits=reading.limits)
                take_grid(reading, kinds[name], lines_of(sheet, layout), notation, Source(sheet.title))
                layout.tell(reading, name)
                if sheet.sheet_state != "visible":
                    reading.note(name, files.HIDDEN_SHEET)
        for sheet in book.worksheets:  # after the tables, to which these add rows
            taker = TAKERS.get(sheet_called(sheet.title) or "")
            if taker is not None and set(kinds) >= {"availability"}:
                taker(reading, lines_of(sheet, Layout(limits=reading.limits)), notation, sheet.title)


def _lines(rows: Iterator[_Cells], results_of: Callable[[], Iterator[_Cells]]) -> Iterator[Line]:
    """Yield the rows of a worksheet as plain values."""
    results: Iterator[_Cells] | None = None
    width = 0
    for number, cells in enumerate(rows):
        if number >= SHEET_ROWS:
            yield Line(0, faults=[(None, files.BELOW_THE_SHEET)], last=True)
            return
        if results is None and any(cell.data_type == "f" for cell in cells):
            results = islice(results_of(), number, None)
        stored = cells if results is None else next(results)
        values: list[object] = []
        faults: list[tuple[int | None, Message]] = []
        for place, (cell, kept) in enumerate(zip(cells, stored, strict=True)):
            fault = _fault(cell, kept)
            if fault:
                faults.append((place, fault))
            if cell.data_type == "f" and _is_total(cell.value, letters(place)):
                faults.append((None, files.TOTAL))
            values.append(None if fault or kept.data_type == "e" else _value(kept))
        width = max(width, len(values))  # titles above the header are narrower than it
        yield Line(number + 1, values + [None] * (width - len(values)), faults)


def _fault(cell: Any, stored: Any) -> Message | None:
    """Return what is wrong with a cell, or None; ``stored`` is the same cell with the result of its formula."""
    if stored.data_type == "e":
        return files.ERROR_CELL.fill(error=files.ERRORS.get(stored.value, stored.value))
    if cell.data_type == "f" and stored.value is None and stored.data_type != "str":  # "str" is the empty text
        return files.NO_RESULT
    if isinstance(stored.value, date) and _FIRST_YEAR <= f"{stored.value:%Y-%m-%d}" <= _LAST_YEAR:
        return files.YEAR_AS_DATE
    if isinstance(stored.value, date) and stored.value.year < _AFTER_NUMBERS:
        return files.NUMBER_AS_DATE
    return None


def _value(stored: Any) -> object:
    value: object = stored.value
    if isinstance(value, datetime) and value.time() == time() and is_day(stored.number_format):
        return value.date()
    if type(value) is int and re.fullmatch("00+", stored.number_format):
        return Padded(f"{value:0{len(stored.number_format)}}")
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and "%" in _DECORATION.sub("", stored.number_format)
    ):
        return Percentage(value)
    return value


def _is_total(formula: object, column: str) -> bool:
    """Tell whether a formula sums or counts other cells of its column, as the total below a table does."""
    text = str(getattr(formula, "text", formula)).upper()
    if "SUBTOTAL(" in text:
        return True
    spans = _SPANS.findall(text) if _SUMS.search(text) else ()
    return any(left <= column <= right and first != last for left, first, right, last in spans)


def is_day(number_format: str) -> bool:
    """Tell whether a number format shows a date without a time."""
    shown = _DECORATION.sub("", number_format).casefold()
    return any(letter in shown for letter in "dy") and not any(letter in shown for letter in "hs")
