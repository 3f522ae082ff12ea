"""The grid of half-days in a workbook that a person keeps: marks stay marks while its days are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast

from openpyxl.utils.cell import range_boundaries

from poolmatch.domain.half_days import HALF_DAYS
from poolmatch.domain.row import Row
from poolmatch.tables.carried_sheet import Fresh, Sheets
from poolmatch.tables.sheet_lines import SheetLines, Stored, UnusualWorkbook

_IN_A_DAY = len(HALF_DAYS)


def change_grid(
    sheets: Sheets,
    title: str,
    marks: Sequence[tuple[Row, str]],
    rows: Sequence[Row],
    fresh: tuple[Fresh, str] | None,
) -> list[int]:
    """Change the grid; return which rows of availability are to stand in the table, by their numbers.

    Parameters
    ----------
    sheets, title
        The workbook, and its grid.
    marks
        The rows that the marks in it come to, and the cells of each.
    rows
        All rows of availability that there are to be.
    fresh
        Where the grid of another period stands; None where the period stays.
    """
    lines = sheets.lines(title)
    head, days = _days(lines, sheets)
    follows = bool(days) and all(cell.is_formula for cell in days.values())
    cleared: set[tuple[int, int]] | None = None  # all of them
    wanted, kept = Counter(rows), set()
    for number, (row, _) in enumerate(marks):
        if wanted[row] > 0:
            wanted[row] -= 1
            kept.add(number)
    if fresh is None or not follows:
        there, gone = (
            {cell for number, (_, where) in enumerate(marks) if (number in kept) is stays for cell in _cells(where)}
            for stays in (True, False)
        )
        cleared = None if there & gone else gone
    _clear(lines, head, cleared)
    if fresh is not None and follows:
        _follow(lines, head, min(days), *fresh)
    standing = Counter(marks[number][0] for number in kept) if cleared is not None else Counter()
    numbers = []
    for number, row in reversed(list(enumerate(rows))):
        if standing[row] > 0:
            standing[row] -= 1
        else:
            numbers.append(number)
    return numbers[::-1]


def _days(lines: SheetLines, sheets: Sheets) -> tuple[int, dict[int, Stored]]:
    """Return the line of the days, and the cells that hold one by their place; nothing where no line has any."""
    for number in lines.numbers():
        days = {
            place: cell
            for place, cell in lines.cells(number).items()
            if place > 0 and cell.number is not None and sheets.styles.kind(cell.style) in ("day", "instant")
        }
        if days:
            return number, days
    return 0, {}


def _cells(where: str) -> set[tuple[int, int]]:
    """Return the cells of a range on a sheet, as lines and places."""
    left, top, right, bottom = cast(tuple[int, int, int, int], range_boundaries(where.rpartition("!")[2]))
    return {(line, place - 1) for line in range(top, bottom + 1) for place in range(left, right + 1)}


def _clear(lines: SheetLines, head: int, cleared: set[tuple[int, int]] | None) -> None:
    """Take marks out of the grid: those in some cells; None for all."""
    for number in lines.numbers() if cleared is None or cleared else ():
        if head and number > head + 1:
            lines.replace(
                number,
                lambda place, cell, number=number: (  # type: ignore[misc]
                    Stored(cell.style) if place > 0 and (cleared is None or (number, place) in cleared) else cell
                ),
            )


def _follow(lines: SheetLines, head: int, left: int, fresh: Fresh, title: str) -> None:
    """Let the days be those of another period: whatever works out the formulas comes to the same."""
    there = fresh.sheets.lines(title)
    _, days = _days(there, fresh.sheets)
    first = min(days)
    columns = {place for place, cell in lines.cells(head).items() if (place - left) % _IN_A_DAY == 0}
    if not {left + place - first for place in days} <= columns:  # the new period has more days than the grid has room
        raise UnusualWorkbook
    lines.replace(
        head,
        lambda place, cell: (
            cell.with_result(days[place - left + first].number if place - left + first in days else None)
            if cell.is_formula
            else cell
        ),
    )
