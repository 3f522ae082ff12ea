"""A problem as a Dutch workbook, the way a coordinator fills it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

from poolmatch.domain.assembly import TABLES as KINDS
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row
from poolmatch.tables.cells import storable
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.vocabulary.closed_words import TRUTH, words_of_column
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.tables import TABLES

Spoil = Callable[[openpyxl.Workbook], object]


def said(value: Any, table: str, column: Column, zone: ZoneInfo) -> Any:
    """A value as it stands in a cell."""
    words = words_of_column(table, column.name)
    if value is None:
        return None
    if column.kind is Kind.YES_NO:
        return TRUTH[value].nl
    if column.kind is Kind.ITEMS and words:
        return ";".join(words[item].nl for item in value) or None
    if value in words:
        return words[value].nl
    if column.kind is Kind.INSTANT:
        return value.astimezone(zone).replace(tzinfo=None)
    if column.kind is Kind.MOMENT and not isinstance(value, datetime):
        return value
    return storable(value, column, zone)


def dutch_book(problem: Problem) -> openpyxl.Workbook:
    """The workbook; tables without rows that may be absent are left out."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "begin hier"
    for name, kind in KINDS.items():
        rows: tuple[Row, ...] = (problem.period,) if name == "period" else getattr(problem, name)
        if not rows and not kind.required_table:
            continue
        sheet = book.create_sheet(TABLES[name].nl)
        columns = columns_of(kind)
        sheet.append([column_name(name, column.name).nl for column in columns])
        for row in rows:
            sheet.append([said(getattr(row, column.name), name, column, problem.period.zone) for column in columns])
        for cell in (cell for line in sheet.iter_rows(min_row=2) for cell in line):
            if isinstance(cell.value, datetime):
                cell.number_format = "d-m-yyyy h:mm"
            elif isinstance(cell.value, date):
                cell.number_format = "d-m-yyyy"
    return book


def dutch_workbook(problem: Problem, path: Path, spoil: Spoil | None = None) -> Path:
    """The workbook in a file, changed as a person would."""
    book = dutch_book(problem)
    if spoil:
        spoil(book)
    book.save(path)
    return path
