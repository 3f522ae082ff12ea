"""Sections as the worksheets of a workbook: to read, to filter and to print; not to be read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from poolmatch.report.page_layout import FULL_PAGE, LETTERS, Pages, height_of, squeezed, to_print
from poolmatch.report.sections.section import Cell, Column, Content, Kind, Section
from poolmatch.tables.workbook_write import new_workbook, write_text
from poolmatch.words import Language, Words

NUMBERS: Mapping[Kind, str] = {
    Kind.WHOLE: "0",
    Kind.HOURS: "0.0",
    Kind.BALANCE: "+0.0;-0.0;0.0",
    Kind.POINTS: "#,##0.0",
    Kind.SHARE: "0.00%",
    Kind.AMOUNT: "#,##0.00",
    Kind.LOAD: "0%",
}
MOMENT = Words("[$-809]ddd dd-mm-yyyy hh:mm", "[$-413]ddd dd-mm-yyyy hh:mm")
"""Day of the week, date and time; the code says in which language the day is named."""
DAY = Words("[$-809]ddd dd-mm-yyyy", "[$-413]ddd dd-mm-yyyy")
NOTHING = "–"
NARROW, WIDE = 8, 60
"""Widths of columns, in signs: least and most."""
MOMENT_WIDTH, DAY_WIDTH = 20, 14
LONGEST = 32_000
"""Signs that a cell holds."""
LONGEST_NAME = 31
BAR: Mapping[str, object] = {
    "type": "data_bar",
    "bar_color": "#9DC3E6",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 2,
}
"""A bar of a load: a fair share is half of the cell."""
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
        head = {"bold": True, "bottom": 1, "bg_color": "#E7E6E6", **top}
        self._plain = book.add_format()
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._heading = book.add_format({"bold": True, "font_size": 12})
        self._column, self._column_of_numbers = book.add_format(head), book.add_format(head | {"align": "right"})
        self._foot = book.add_format({"italic": True, **top})
        self._text = book.add_format(top)
        self._moment, self._day = (
            book.add_format({"num_format": form.say(language), "align": "left", "valign": "top"})
            for form in (MOMENT, DAY)
        )
        self._numbers = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in NUMBERS.items()}
        self._missing = book.add_format({"align": "right", "valign": "top"})

    def add(
        self,
        sections: Sequence[Section],
        above: Iterable[Words] = (),
        name: Words | None = None,
        *,
        apart: bool = False,
    ) -> Any:
        """Add a sheet, laid out to be printed: as wide as one page.

        A section that stands alone has its headings repeated on each page; of several, none is torn apart that fits
        on a page.

        Parameters
        ----------
        sections
            What is on it, below one another; at least one.
        above
            Lines that stand over all, the first of them a title.
        name
            What the sheet is called; by default as its first section, in short.
        apart
            Whether each section begins on a page of its own, so that it can be handed out.

        Returns
        -------
        Worksheet
            That of xlsxwriter, for whoever adds something of their own.
        """
        sheet = self._book.add_worksheet(self._name((name or sections[0].heading).say(self._language), name is None))
        widths = squeezed(list(_widths(sections, self._language)))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        pages = Pages(sheet, widths, apart=apart)
        for number, words in enumerate(above):
            self._line(sheet, pages, words, self._plain if number else self._title)
        if pages.line:
            pages.skip()
        for section in sections:
            self._section(sheet, pages, section, alone=len(sections) == 1)
        to_print(sheet)
        if len(sections) == 1:
            sheet.fit_to_pages(1, 0)
        else:
            pages.finish()
        return sheet

    def _line(self, sheet: Any, pages: Pages, words: Words, look: Any) -> None:
        """Write a line that may go on over the columns beside it."""
        write_text(sheet, pages.line, 0, words.say(self._language)[:LONGEST], look)
        pages.add()

    def _section(self, sheet: Any, pages: Pages, section: Section, *, alone: bool) -> None:
        """Write a section, and leave a line free below it."""
        pages.begin()
        self._line(sheet, pages, section.heading, self._heading)
        headings = [column.heading.say(self._language) for column in section.columns]
        if len(headings) > 1:
            for place, (heading, column) in enumerate(zip(headings, section.columns, strict=True)):
                look = self._column_of_numbers if column.kind.is_number else self._column
                write_text(sheet, pages.line, place, heading, look)
            if alone:
                sheet.freeze_panes(pages.line + 1, 0)
                sheet.repeat_rows(pages.line)
                if section.rows:
                    sheet.autofilter(pages.line, 0, pages.line + len(section.rows), len(headings) - 1)
            pages.add(height_of(zip(headings, pages.widths, strict=False)))
        first = pages.line
        for row in section.rows:
            for place, (cell, column) in enumerate(zip(row, section.columns, strict=True)):
                self._cell(sheet, (pages.line, place), cell, column)
            texts = (_text(cell, self._language) if isinstance(cell, str | Words) else "" for cell in row)
            pages.add(height_of(zip(texts, pages.widths, strict=False)))
        for place, column in enumerate(section.columns):
            if column.kind is Kind.LOAD and section.rows:
                sheet.conditional_format(first, place, pages.line - 1, place, BAR)
        if section.foot is not None:
            self._foot_of(sheet, pages, section.foot.say(self._language)[:LONGEST])
        pages.skip()

    def _foot_of(self, sheet: Any, pages: Pages, text: str) -> None:
        """Write a last line over all columns."""
        if len(pages.widths) > 1:
            sheet.merge_range(pages.line, 0, pages.line, len(pages.widths) - 1, "", self._foot)
        write_text(sheet, pages.line, 0, text, self._foot)
        pages.add(height_of([(text, sum(pages.widths))]))

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
    """Yield how wide each column of a sheet is; the last, where it holds text, takes what is left of a page."""
    most = max(len(section.columns) for section in sections)
    taken = 0
    for place in range(most):
        widest, text = NARROW, False
        for section in sections:
            if place < len(section.columns):
                cells = (row[place] for row in section.rows)
                sizes = (_size(cell, language) for cell in (section.columns[place].heading, *cells))
                widest, text = max(widest, *sizes), text or not section.columns[place].kind.is_number
        width = min(widest + 2, WIDE)
        if place == most - 1 and text:
            width = max(width, FULL_PAGE - taken)
        taken += width
        yield width


def _size(cell: Cell, language: Language) -> int:
    if isinstance(cell, date):
        return MOMENT_WIDTH if isinstance(cell, datetime) else DAY_WIDTH
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
    with new_workbook(path, LETTERS) as book:
        sheets = Sheets(book, language)
        for _, group in groupby(told or [content.details], key=lambda section: section.columns):
            sheets.add(list(group), above)
            above = []
