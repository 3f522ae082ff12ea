"""Months as sheets: a week below another, a column for each day, a cell for each meeting with who sits in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from poolmatch.report.page_layout import LINE, height_of, to_print
from poolmatch.report.sections.months import CalendarDay, Month
from poolmatch.report.sections.occasions import Occasion
from poolmatch.tables.workbook_write import write_runs, write_text
from poolmatch.vocabulary.days import FULL_DAYS
from poolmatch.words import Language, Words

WEEK = Words("week", "week")
WEEK_WIDTH, DAY_WIDTH = 5, 25
GAP = 3.0
"""Points that are left free below a meeting."""
MOST_ON_A_PAGE = 1_000.0
"""A month that is so high in points or less is made as small as one page takes; more could not be read."""
HEAD, FREE, OUTSIDE, RED = "#DDEBF7", "#F2F2F2", "#D9D9D9", "#C00000"
"""Headings, weekends and holidays, days that are not planned, empty seats."""
MISSING = Words("{role}: nobody yet", "{role}: nog niemand")
Run = tuple[str, str]
"""A look, and a part of a text that has it."""


def add_month_sheets(book: Any, months: Sequence[Month], language: Language) -> None:
    """Add a sheet for each month to a workbook.

    Parameters
    ----------
    book
        What `new_workbook` gives.
    months
        The months, with what is held on each day.
    language
        In which they are written.
    """
    looks = _looks(book)
    for month in months:
        _add_month(book, looks, month, language)


def _add_month(book: Any, looks: dict[str, Any], month: Month, language: Language) -> None:
    name = month.heading.say(language)
    sheet = book.add_worksheet(name)
    write_text(sheet, 0, 0, name.capitalize(), looks["title"])
    for place, heading in enumerate((WEEK, *FULL_DAYS)):
        write_text(sheet, 1, place, heading.say(language), looks["head"])
    line, total = 2, 2 * LINE
    for week in month.weeks:
        sheet.write_number(line, 0, week.number, looks["week"])
        for place, day in enumerate(week.days, 1):
            if day.inside:
                sheet.write_number(line, place, day.day.day, looks[f"{_tint(day)} day"])
            else:
                sheet.write_blank(line, place, None, looks[f"{_tint(day)} day"])
        deepest = max(1, *(len(day.occasions) for day in week.days))
        for number in range(deepest):
            texts = []
            sheet.write_blank(line + 1 + number, 0, None, looks["side"])
            for place, day in enumerate(week.days, 1):
                look = looks[_tint(day)]
                if number < len(day.occasions):
                    runs = list(_runs(day.occasions[number], language))
                    write_runs(sheet, (line + 1 + number, place), [(looks[kind], text) for kind, text in runs], look)
                    texts.append("".join(text for _, text in runs))
                else:
                    sheet.write_blank(line + 1 + number, place, None, look)
            height = height_of((text, DAY_WIDTH) for text in texts)
            sheet.set_row(line + 1 + number, height + GAP)
            total += height + GAP
        line, total = line + 1 + deepest, total + LINE
    for place in range(len(FULL_DAYS) + 1):
        sheet.write_blank(line, place, None, looks["end"])
    sheet.set_column(0, 0, WEEK_WIDTH)
    sheet.set_column(1, len(FULL_DAYS), DAY_WIDTH)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)
    to_print(sheet)
    sheet.fit_to_pages(1, 1 if total < MOST_ON_A_PAGE else 0)


def _tint(day: CalendarDay) -> str:
    """Return how a day looks: outside the month or the period, free, or as any other."""
    if not (day.inside and day.planned):
        return "outside"
    return "free" if day.holiday or day.day.isoweekday() > 5 else "plain"


def _runs(occasion: Occasion, language: Language) -> Iterator[Run]:
    """Yield what stands in the cell of a meeting: when, what and where, who, and the seats that are empty."""

    def said(words: str | Words) -> str:
        return words.say(language) if isinstance(words, Words) else words

    yield "strong", f"{said(occasion.hours)} "
    place = said(occasion.place)
    yield "normal", occasion.label + (f", {place}" if place else "")
    team = [said(post.who) for post in occasion.held if post.who is not None]
    if team:
        yield "names", "\n" + ", ".join(team)
    for post in occasion.posts:
        if post.required and post.facilitator is None:
            yield "red", "\n" + MISSING.fill(role=post.role_name).say(language)


def _looks(book: Any) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "left": 1, "right": 1, "font_size": 9}
    day = {"bold": True, "align": "right", "top": 1, "left": 1, "right": 1}
    tints: dict[str, dict[str, object]] = {
        "plain": {},
        "free": {"bg_color": FREE},
        "outside": {"bg_color": OUTSIDE},
    }
    looks = {name: book.add_format(cell | tint) for name, tint in tints.items()}
    looks |= {f"{name} day": book.add_format(day | tint) for name, tint in tints.items()}
    others: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 16},
        "head": {"bold": True, "align": "center", "bg_color": HEAD, "border": 1},
        "week": {"align": "center", "valign": "top", "top": 1, "left": 1, "italic": True},
        "side": {"left": 1},
        "end": {"top": 1},
        "strong": {"bold": True, "font_size": 9},
        "normal": {"font_size": 9},
        "names": {"italic": True, "font_size": 9},
        "red": {"bold": True, "font_size": 9, "font_color": RED},
    }
    return looks | {name: book.add_format(properties) for name, properties in others.items()}
