"""Workbooks that a coordinator keeps, and what is written over them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from tests.tables.workbook_parts import rewritten

from poolmatch import Problem, Roster
from poolmatch.figures.closing import following, next_month
from poolmatch.messages.writing import NOT_CARRIED
from poolmatch.tables import write_template

YELLOW = PatternFill("solid", fgColor="FFFFFF00")
"""What a coordinator marks with."""
EXCEL = date(1899, 12, 30).toordinal()
"""The day from which workbooks count."""
Edit = Callable[[openpyxl.Workbook], object]


def same(found: Problem, meant: Problem) -> bool:
    """Tell whether two problems are equal; what the grid says of availability comes last."""
    rows = [Counter(problem.availability) for problem in (found, meant)]
    return found.replace(availability=()) == meant.replace(availability=()) and rows[0] == rows[1]


@cache
def _example() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pool.xlsx"
        write_template(path, language="nl", example=True)
        return path.read_bytes()


def example_in(folder: Path) -> Path:
    """The example as a workbook of its own; it is made once."""
    path = folder / "pool.xlsx"
    path.write_bytes(_example())
    return path


def edited(path: Path, edit: Edit) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def written_anew(caplog: pytest.LogCaptureFixture) -> bool:
    said = [record.args[0] for record in caplog.records if isinstance(record.args, tuple) and record.args]
    return any(getattr(words, "templates", None) == NOT_CARRIED.templates for words in said)


def told(problem: Problem) -> Problem:
    """The problem with everybody told to sit somewhere."""
    people = [row.facilitator for row in problem.facilitators]
    rows = [
        {"meeting": seat.meeting, "seat": seat.seat, "facilitator": people[number % len(people)] if people else None}
        for number, seat in enumerate(problem.all_seats)
        if number % 3
    ]
    return problem.replace(published=rows)


def month_after(problem: Problem) -> Problem:
    own: dict[str, Any] = {"period": following(problem.period, "nl"), "meetings": (), "stakes": ()}
    return next_month(problem, Roster(), own)


def marks(path: Path) -> dict[str, object]:
    grid = openpyxl.load_workbook(path)["wie kan wanneer"]
    return {cell.coordinate: cell.value for line in grid.iter_rows(min_row=7, min_col=2) for cell in line if cell.value}


def with_days(path: Path) -> Path:
    """The workbook with the days of the grid worked out, as a spreadsheet program keeps them; openpyxl does not."""
    book = openpyxl.load_workbook(path)
    first, last = (book["periode"][cell].value.toordinal() - EXCEL for cell in ("B2", "C2"))

    def worked_out(found: re.Match[str]) -> str:
        day = first + (column_index_from_string(found[2]) - 2) // 3
        kind, value = ("", day) if day <= last else (' t="str"', "")
        return f"{found[1]}{kind}><f>{found[3]}</f><v>{value}</v></c>"

    part = f"xl/worksheets/sheet{1 + book.sheetnames.index('wie kan wanneer')}.xml"
    days = r'(<c r="([A-Z]+)5"[^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>'
    return rewritten(path, part, lambda xml: re.sub(days, worked_out, xml))
