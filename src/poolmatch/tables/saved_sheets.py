"""Files that a spreadsheet program saves of the sheets of a workbook: ``pool-begeleiders.csv`` of ``pool.xlsx``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from poolmatch.messages import saved_sheets as said
from poolmatch.tables.naming import sheet_called, table_called
from poolmatch.tables.reading import Reading
from poolmatch.tables.workbook_guard import refused
from poolmatch.words import AND, in_a_row

BETWEEN = "-"
"""What such a program writes between the workbook and the sheet."""


def by_sheet(folder: Path, found: Sequence[Path], reading: Reading) -> Mapping[str, Path]:
    """Return files by the titles of the sheets that they were: their names, without that of the workbook.

    Parameters
    ----------
    folder
        Where they lie.
    found
        The files.
    reading
        Takes what is to be said.

    Raises
    ------
    ProblemError
        They are of several workbooks.
    """
    books = {_book_of(file.stem) for file in found} - {None}
    if not books or "" in books:  # files with names of their own; what others are, is told of each
        return {file.stem: file for file in found}
    if len(books) > 1:
        raise refused(folder, said.SEVERAL_BOOKS.fill(books=in_a_row(sorted(map(str, books)), AND)))
    (book,) = books
    reading.note(folder.name, said.SAVED_SHEETS.fill(book=book))
    return {file.stem.removeprefix(f"{book}{BETWEEN}"): file for file in found}


def _book_of(name: str) -> str | None:
    """Return the workbook that a file is a sheet of, "" where its name is that of a sheet; None where it is neither."""
    if _is_sheet(name):
        return ""
    places = (place for place, sign in enumerate(name) if sign == BETWEEN)
    return next((name[:place] for place in places if _is_sheet(name[place + 1 :])), None)


def _is_sheet(title: str) -> bool:
    return (table_called(title) or sheet_called(title)) is not None
