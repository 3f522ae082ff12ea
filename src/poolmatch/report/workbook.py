"""Sections as the worksheets of a workbook: to read, to filter and to print; not to be read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from poolmatch.report.sections.section import Cell, Column, Content, Kind, Section
from poolmatch.tables.workbook_write import new_workbook, write_text
from poolmatch.words import Language, Words

NUMBERS: Mapping[Kind, str] = {
    Kind.WHOLE: "0",
    Kind.HOURS: "0.0",
    Kind.BALANCE: "+0.0;-0.0;0.0",
    Kind.POINTS: "General",
    Kind.SHARE: "0.00%",
    Kind.AMOUNT: "#,##0.00",
    Kind.LOAD: "0%",
}
MOMENT = Words("[$-809]ddd dd-mm-yyyy hh:mm", "[$-413]ddd dd-mm-yyyy hh:mm")
"""Day of the week, date and time; the code says in which language the day is named."""
DAY = Words("[$-809]ddd dd-mm-yyyy", "[$-413]ddd dd-mm-yyyy")
NOTHING = "–"
A4 = 9
NARROW, WIDE, WHOLE_PAGE = 8, 60, 110
"""Widths of columns, in signs: least, most, and of the only column of a sheet."""
MOMENT_WIDTH = 21
LONGEST = 32_000
"""Signs that a cell holds."""
LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_ASIDE = re.compile(r"[,(:].*", re.DOTALL)


class Sheets:
    """A workbook that is filled sheet by sheet.

    Parameters
    ----------
    book
        What `new_workbook` gives.
    language
        Language of all that is written.
    """

    def __init__(self, book: Any, language: Language) -> None:
        self._book, self._language = book, language
        self._names: set[str] = set()
        top = {"text_wrap": True, "valign": "top"}
        self._plain = book.add_format()
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._heading = book.add_format({"bold": True, "font_size": 12})
        self._column = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7E6E6", **top})
        self._foot = book.add_format({"italic": True, **top})
        self._text = book.add_format(top)
        self._moment, self._day = (
            book.add_format({"num_format": form.say(language), "align": "left", "valign": "top"})
            for form in (MOMENT, DAY)
        )
        self._numbers = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in NUMBERS.items()}
        self._missing = book.add_format({"align": "right", "valign": "top"})

    def add(self, sections: Sequence[Section], above: Iterable[Words] = (), name: Words | None = None) -> Any:
        """Add a sheet, laid out to be printed: as wide as one page, headings repeated on each.

        Parameters
        ----------
        sections
            What is on it, below one another; at least one.
        above
            Lines that stand over all, the first of them a title.
        name
            What the sheet is called; by default as its first section, in short.

        Returns
        -------
        Worksheet
            That of xlsxwriter, for whoever adds something of their own.
        """
        sheet = self._book.add_worksheet(self._name((name or sections[0].heading).say(self._language), name is None))
        line = 0
        for number, words in enumerate(above):
            write_text(sheet, line, 0, words.say(self._language)[:LONGEST], self._plain if number else self._title)
            line += 1
        line += line > 0
        for section in sections:
            line = self._section(sheet, line, section, alone=len(sections) == 1) + 1
        for place, width in enumerate(_widths(sections, self._language)):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _section(self, sheet: Any, line: int, section: Section, *, alone: bool) -> int:
        """Write a section from a line on, and return the line after it."""
        write_text(sheet, line, 0, section.heading.say(self._language)[:LONGEST], self._heading)
        line += 1
        headings = [column.heading.say(self._language) for column in section.columns]
        if len(headings) > 1:
            for place, heading in enumerate(headings):
                write_text(sheet, line, place, heading, self._column)
            if alone:
                sheet.freeze_panes(line + 1, 0)
                sheet.repeat_rows(line)
                if section.rows:
                    sheet.autofilter(line, 0, line + len(section.rows), len(headings) - 1)
            line += 1
        for row in section.rows:
            for place, (cell, column) in enumerate(zip(row, section.columns, strict=True)):
                self._cell(sheet, (line, place), cell, column)
            line += 1
        if section.foot is not None:
            write_text(sheet, line, 0, section.foot.say(self._language)[:LONGEST], self._foot)
            line += 1
        return line

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Cell, column: Column) -> None:
        if isinstance(cell, datetime):
            sheet.write_datetime(*at, cell.replace(tzinfo=None), self._moment)
        elif isinstance(cell, date):
            sheet.write_datetime(*at, cell, self._day)
        elif isinstance(cell, int | float):
            sheet.write_number(*at, cell, self._numbers.get(column.kind, self._text))
        elif cell is None:
            sheet.write_string(*at, NOTHING, self._missing if column.kind.is_number else self._text)
        else:
            write_text(sheet, *at, _text(cell, self._language)[:LONGEST], self._text)

    def _name(self, asked: str, shorten: bool) -> str:
        """Return a name for a sheet that no other has, as spreadsheet programs allow."""
        short = _NOT_IN_NAMES.sub(" ", _ASIDE.sub("", asked) if shorten else asked).strip()[:LONGEST_NAME].strip()
        name, number = short, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{short[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        self._names.add(name.casefold())
        return name


def _text(cell: str | Words, language: Language) -> str:
    return cell.say(language) if isinstance(cell, Words) else cell


def _widths(sections: Sequence[Section], language: Language) -> Iterator[int]:
    """Yield how wide each column of a sheet is."""
    most = max(len(section.columns) for section in sections)
    if most == 1:
        yield WHOLE_PAGE
        return
    for place in range(most):
        widest = NARROW
        for section in sections:
            if place < len(section.columns) > 1:
                cells = (row[place] for row in section.rows)
                sizes = (_size(cell, language) for cell in (section.columns[place].heading, *cells))
                widest = max(widest, *sizes)
        yield min(widest + 2, WIDE)


def _size(cell: Cell, language: Language) -> int:
    if isinstance(cell, date):  # a moment too
        return MOMENT_WIDTH
    return len(_text(cell, language)) if isinstance(cell, str | Words) else NARROW


def write_workbook(path: Path, content: Content, language: Language) -> None:
    """Write all there is to say as a workbook.

    What is said in the same columns stands on one sheet; title and verdict over the first.

    Parameters
    ----------
    path
        The file; what stands there is replaced.
    content
        What there is to say.
    language
        In which language.
    """
    told = [section for section in (content.details, *content.sections) if section.rows or section.foot]
    above = [words for words in (content.title, content.verdict) if words is not None]
    with new_workbook(path) as book:
        sheets = Sheets(book, language)
        for _, group in groupby(told or [content.details], key=lambda section: section.columns):
            sheets.add(list(group), above)
            above = []
