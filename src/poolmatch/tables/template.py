"""An empty workbook to fill in: a sheet per table, and a first sheet that explains every column and names the rules."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from poolmatch.domain.assembly import TABLES
from poolmatch.messages.writing import NOT_XLSX
from poolmatch.tables.atomic import replacing
from poolmatch.tables.extras import need
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.toml_keys import KINDS

EXPLANATION = "explanation"
"""Name of the first sheet, which is no table."""
RULES = "rules"
"""What stands there in place of a table where the rules are told."""
MAX_DROP_DOWN = 255
"""Characters that spreadsheet programs allow the words of a drop-down list to have together."""
_ROWS_WITH_DROP_DOWN = 10_000
_HEADINGS = ("table", "column", "required", "kind of value", "words", "explanation")
_WIDTHS = (16, 20, 10, 24, 44, 90)


def write_template(path: str | os.PathLike[str], *, force: bool = False) -> None:
    """Write an empty workbook that ``read`` takes once it is filled in.

    Required columns are underlined and have a note; closed words and yes/no have drop-down lists; ids are text, so
    that they keep their zeros.

    Parameters
    ----------
    path
        The file, which ends in ``.xlsx``.
    force
        Whether to replace what stands there. It is kept beside it, with ``.bak`` behind its name.

    Raises
    ------
    MissingExtra
        The package xlsxwriter is not installed.
    ValueError
        The name has another ending, is a symbolic link, or a name that Windows keeps for devices.
    WouldOverwrite
        Something else than an empty template stands there.
    NotWritten
        It cannot be written; what stood there before is still there.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(NOT_XLSX.fill(file=path.name))
    need("excel", "xlsxwriter")
    from poolmatch.tables.workbook_write import DAY_FORMAT, INSTANT_FORMAT, new_workbook, start_sheet

    with replacing(path, force=force) as temporary, new_workbook(temporary) as book:
        _explain(book)
        formats = {
            Kind.DAY: book.add_format({"num_format": DAY_FORMAT}),
            Kind.INSTANT: book.add_format({"num_format": INSTANT_FORMAT}),
            # a date and an instant must stay different: the cell takes the format of what is typed
            Kind.MOMENT: book.add_format({"num_format": "General"}),
            Kind.WHOLE: book.add_format({"num_format": "General"}),
            Kind.NUMBER: book.add_format({"num_format": "General"}),
        }
        text = book.add_format({"num_format": "@"})
        for name, kind in TABLES.items():
            sheet = book.add_worksheet(name)
            columns = columns_of(kind)
            widths = [max(len(column.name), 16) for column in columns]
            start_sheet(book, sheet, columns, widths)
            for place, column in enumerate(columns):
                sheet.set_column(place, place, widths[place] + 2, formats.get(column.kind, text))
                _help(sheet, place, column)


def _explain(book: Any) -> None:
    sheet = book.add_worksheet(EXPLANATION)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.write_string(0, place, heading, bold)
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    rows = list(_explanations())
    for number, cells in enumerate(rows, 1):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text, wrapped)
    sheet.autofilter(0, 0, len(rows), len(_HEADINGS) - 1)


def _explanations() -> Iterator[tuple[str, ...]]:
    for name, kind in TABLES.items():
        for column in columns_of(kind):
            required = "yes" if column.required else "no"
            reference = f"id in {' or '.join(column.tables)}" if column.tables else column.kind.value
            yield name, column.name, required, reference, ", ".join(column.words), column.explanation
    for rule in KINDS.values():
        told = "a standard rule" if rule.standard else "off unless a rule set names it"
        yield RULES, rule.id, "", told, "", rule.sentence.en


def _help(sheet: Any, place: int, column: Column) -> None:
    note = f"Required. {column.explanation}" if column.required else column.explanation
    sheet.write_comment(0, place, note)
    words = ("yes", "no") if column.kind is Kind.YES_NO else column.words
    if column.kind in (Kind.YES_NO, Kind.WORD) and len(",".join(words)) <= MAX_DROP_DOWN:
        sheet.data_validation(1, place, _ROWS_WITH_DROP_DOWN, place, {"validate": "list", "source": list(words)})
