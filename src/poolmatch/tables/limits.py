"""How large the input may be. What is larger is refused before memory is taken.

The number of rows is the domain's own limit, ``poolmatch.domain.problem.MAX_ROWS``.
"""

from __future__ import annotations

from dataclasses import dataclass

SHEET_ROWS = 1_048_576
"""Rows of a worksheet, as the workbook format has it."""


@dataclass(frozen=True)
class Limits:
    """How large what is read may be, and how much of it is told.

    Attributes
    ----------
    file_bytes
        Bytes of one file.
    unpacked_bytes
        Bytes of all parts of a workbook, or of all columns of a Parquet file, unpacked.
    parts
        Parts of a workbook.
    columns
        Columns of a table.
    cells
        Cells of a table: rows times columns.
    blank_rows
        Blank rows in one stretch within a table. A cell that stands farther down got there by mistake.
    merged
        Blocks of merged cells of a worksheet that are told.
    calendar_bytes
        Bytes of a calendar.
    appointments
        Appointments of a calendar, and its other parts.
    """

    file_bytes: int = 200 * 2**20
    unpacked_bytes: int = 256 * 2**20
    parts: int = 10_000
    columns: int = 100
    cells: int = 20_000_000
    blank_rows: int = 1_000
    merged: int = 1_000
    calendar_bytes: int = 10 * 2**20
    appointments: int = 20_000


LIMITS = Limits()
