"""Workbooks that a spreadsheet program has changed, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import write
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.readers import reading_of

Spoil = Callable[[openpyxl.Workbook], object]


def spoilt(problem: Problem, path: Path, spoil: Spoil) -> Path:
    """The good problem as a workbook, changed the way a spreadsheet program would."""
    write(problem, path)
    book = openpyxl.load_workbook(path)
    spoil(book)
    book.save(path)
    return path


def said(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(ProblemError) as caught:
        reading_of(path, limits=limits).problem()
    head, *lines = str(caught.value).split("\n")
    assert head.startswith(f"{len(lines)} problem")
    return "\n".join(line.strip() for line in lines)


def put(sheet: str, cell: str, value: Any, number_format: str = "General") -> Spoil:
    def spoil(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value
        book[sheet][cell].number_format = number_format

    return spoil
