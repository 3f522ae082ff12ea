"""Tables from the worksheets of a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.workbook import Workbook

from poolmatch.domain.row import Row
from poolmatch.tables import limits
from poolmatch.tables.grid import take_grid
from poolmatch.tables.reading import Reading
from poolmatch.tables.template import EXPLANATION
from poolmatch.tables.workbook_open import opened, rows_of

_DECORATION = re.compile(r'\[[^\]]*\]|"[^"]*"')
_Cells = tuple[Any, ...]
_REMEDY = "open the workbook, let it calculate and save it, or write the value itself"


def read_sheets(path: Path, kinds: Mapping[str, type[Row]], reading: Reading, *, decimal: str) -> None:
    """Read the worksheets that are called like tables.

    Parameters
    ----------
    path
        The workbook.
    kinds
        Kind of row by table.
    reading
        Takes the cells and the issues; sheets that are no table are given an empty one.
    decimal
        Decimal sign of numbers that are written as text.

    Raises
    ------
    ProblemError
        The workbook as a whole is refused.
    """
    with ExitStack() as stack:
        book = stack.enter_context(opened(path, results=False))
        results: list[Workbook] = []

        def results_of(sheet: str) -> Iterator[tuple[Any, ...]]:
            if not results:  # few workbooks hold formulas: the stored results are opened when the first is met
                results.append(stack.enter_context(opened(path, results=True)))
            return rows_of(results[0][sheet], path)

        for sheet in book.worksheets:
            name = sheet.title
            if name in kinds:
                grid = _Grid(rows_of(sheet, path), name, reading, partial(results_of, name))
                take_grid(reading, kinds[name], iter(grid), decimal=decimal)
            elif name != EXPLANATION:
                reading.tables[name] = []  # the domain warns of it and suggests a name


class _Grid:
    """The rows of a worksheet as plain values."""

    def __init__(
        self, rows: Iterator[_Cells], table: str, reading: Reading, results_of: Callable[[], Iterator[_Cells]]
    ) -> None:
        self.rows = rows
        self.table = table
        self.reading = reading
        self.results_of = results_of
        self.header: list[object] = []

    def __iter__(self) -> Iterator[Sequence[object]]:
        results: Iterator[_Cells] | None = None
        for number, cells in enumerate(self.rows):
            if number >= limits.SHEET_ROWS:
                reason = "has a cell below the last row of a worksheet"
                self.reading.cut_off(self.table, reason, "remove what stands there")
                return
            if results is None and any(cell.data_type == "f" for cell in cells):
                results = islice(self.results_of(), number, None)
            stored = cells if results is None else next(results)
            if not cells:
                yield ()
                continue
            pairs = zip(cells, stored, strict=True)
            values = [self._value(cell, kept, n, number) for n, (cell, kept) in enumerate(pairs)]
            self.header = self.header or values
            yield values + [None] * (len(self.header) - len(values))

    def _value(self, cell: Any, stored: Any, place: int, number: int) -> object:
        """Return the value of a cell; ``stored`` is the same cell with the result of its formula."""
        value: object = stored.value
        if stored.data_type == "e":
            self._tell(f"holds the error {value}", place, number)
            return None
        if cell.data_type == "f" and value is None and stored.data_type != "str":  # "str" is the empty text
            self._tell("holds a formula whose result is not stored", place, number)
        if isinstance(value, datetime) and value.time() == time() and _is_day(stored.number_format):
            return value.date()
        return value

    def _tell(self, reason: str, place: int, number: int) -> None:
        column = str(self.header[place] or "") if place < len(self.header) else ""
        self.reading.error(self.table, reason, _REMEDY, row=number or None, column=column)


def _is_day(number_format: str) -> bool:
    """Tell whether a number format shows a date without a time."""
    shown = _DECORATION.sub("", number_format).casefold()
    return any(letter in shown for letter in "dy") and not any(letter in shown for letter in "hs")
