"""Writes a workbook that people fill in, sheet by sheet, in the order in which they are needed."""

from __future__ import annotations

from pathlib import Path

from poolmatch.tables.form import COLOURS, Content, Form
from poolmatch.tables.form_explanation import write_explanation
from poolmatch.tables.form_grid import write_grid
from poolmatch.tables.form_lists import Lists
from poolmatch.tables.form_start import write_start
from poolmatch.tables.form_tables import write_table
from poolmatch.tables.workbook_write import new_workbook
from poolmatch.vocabulary.form import FIRST, GROUPS
from poolmatch.words import Language


def write_form(path: Path, language: Language, content: Content) -> None:
    """Write a workbook that people fill in.

    Parameters
    ----------
    path
        The file.
    language
        Its language.
    content
        What stands in it already.

    Raises
    ------
    ProblemError
        A list is too long for a cell of a workbook.
    """
    with new_workbook(path) as book:
        form = Form(book, language, content)
        write_start(form)
        lists = Lists(form)
        for name in FIRST:
            write_table(form, name, lists, COLOURS[0])
        write_grid(form, lists, COLOURS[0])
        for colour, names in zip(COLOURS[1:], GROUPS.values(), strict=True):
            for name in names:
                write_table(form, name, lists, colour)
        write_explanation(form)
        lists.write()
        book.set_size(2400, 1400)
