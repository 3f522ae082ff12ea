"""The grid of half-days in a workbook that people fill in: a line for each person, three columns for each day.

The days follow the period, by formulas, so that they are there when it is filled in. Who stands before a line is text,
chosen from a list: marks never pass to somebody else when the sheet of facilitators is sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.calendar import Period
from poolmatch.domain.half_days import HALF_DAYS
from poolmatch.tables.form import Form, sheet_title
from poolmatch.tables.form_lists import Lists
from poolmatch.tables.form_tables import dress
from poolmatch.tables.schema import columns_of
from poolmatch.tables.source import letters
from poolmatch.vocabulary import form as said
from poolmatch.vocabulary.half_days import HALF_DAYS as CALLED
from poolmatch.vocabulary.half_days import MARKS, MEANINGS
from poolmatch.words import Words

ROOM = (31, 62, 92)
"""Days that the grid has room for: those of one, two or three months, whichever these are."""
_PEOPLE = 60
"""People that it has room for, at least."""
_PRINTED = 25
_DAY_LINE = 4
"""Line of the days, counted from 0; the half-days are below it, and people below those."""
_FIRST = _DAY_LINE + 2
_DAY_FORMATS = {"en": "ddd d mmm", "nl": "[$-413]ddd d-m"}
_COLOURS = {"unavailable": "#F4B6B0", "available": "#CDE8C9", "prefer": "#7FC97F", "avoid": "#FBD9A0"}


def hours_of(half: str) -> Words:
    """Return which hours a half-day has."""
    names = list(HALF_DAYS)
    after = names[names.index(half) + 1 :]
    end = HALF_DAYS[after[0]].strftime("%H:%M") if after else "24:00"
    return said.GRID_HOURS.fill(half=CALLED[half], start=HALF_DAYS[half].strftime("%H:%M"), end=end)


def write_grid(form: Form, lists: Lists, colour: str) -> None:
    """Write the grid, with the marks that there are.

    Parameters
    ----------
    form
        The workbook.
    lists
        What is chosen from.
    colour
        Of the tab.
    """
    sheet = form.book.add_worksheet(sheet_title("grid", form.language))
    periods = form.content.tables.get("period", ())
    period = periods[0] if periods else None
    days = _days(period if isinstance(period, Period) else None)
    width = len(days) * len(HALF_DAYS)
    sheet.set_column(0, 0, 24)
    mark = form.format(align="center", valign="vcenter", border=1, border_color="#BFBFBF")
    sheet.set_column(1, width, 2.2)
    _say(form, sheet)
    _write_days(form, sheet, days)
    people = _write_people(form, sheet, lists)
    for number in range(people):
        sheet.set_row(_FIRST + number, 19)
        for place in range(1, width + 1):
            sheet.write_blank(_FIRST + number, place, None, mark)
    _write_marks(form, sheet, days, mark)
    last = _FIRST + people - 1
    _colour(form, sheet, (_FIRST, 1, last, width), len(days))
    words = tuple(form.say(words) for words in MARKS.values())
    options = {
        "validate": "list",
        "source": lists.words(words),
        "error_title": form.say(said.NOT_LISTED),
        "error_message": form.say(said.CHOOSE),
    }
    sheet.data_validation(_FIRST, 1, last, width, options)
    sheet.freeze_panes(_FIRST, 1)
    dress(sheet, colour)
    sheet.repeat_rows(0, _FIRST - 1)
    shown = len(form.content.tables.get("facilitators", ()))
    sheet.print_area(0, 0, _FIRST + max(shown, _PRINTED) - 1, width)


def _days(period: Period | None) -> Sequence[date | None]:
    """Return the days that are shown; None for those that no period has yet, or that lie beyond it."""
    if period is None:
        return [None] * ROOM[0]
    there = min((period.end - period.start).days + 1, ROOM[-1])
    room = next(days for days in ROOM if days >= there)
    known: list[date | None] = [period.start + timedelta(number) for number in range(there)]
    return known + [None] * (room - there)


def _say(form: Form, sheet: Any) -> None:
    """Write what is to be done above the grid."""
    sheet.write_string(0, 0, form.say(said.GRID_TITLE), form.format(bold=True, font_size=18))
    meanings = [f"{form.say(mark)} = {form.say(MEANINGS[kind])}" for kind, mark in MARKS.items()]
    only = form.say(said.GRID_ONLY.fill(mark=MARKS["available"]))
    small = form.format(font_size=13)
    sheet.write_string(1, 0, f"{' · '.join(meanings)}; {only}", small)
    sheet.write_string(2, 0, " · ".join(form.say(hours_of(half)) for half in HALF_DAYS), small)
    for line in range(3):
        sheet.set_row(line, 22)


def _write_days(form: Form, sheet: Any, days: Sequence[date | None]) -> None:
    """Write the days, which the period gives, and below each its half-days."""
    columns = [column.name for column in columns_of(TABLES["period"])]
    first, last = (f"{form.sheet('period')}!${letters(columns.index(name))}$2" for name in ("start", "end"))
    look = form.format(
        num_format=_DAY_FORMATS.get(form.language, _DAY_FORMATS["en"]),
        bold=True,
        align="center",
        border=1,
        font_size=8,
        shrink=True,
    )
    half_look = form.format(align="center", border=1, font_size=8, bg_color="#DCE9E4")
    for number, day in enumerate(days):
        left = 1 + number * len(HALF_DAYS)
        sheet.merge_range(_DAY_LINE, left, _DAY_LINE, left + len(HALF_DAYS) - 1, "", look)
        formula = f'=IFERROR(IF(OR({first}="",{first}+{number}>{last}),"",{first}+{number}),"")'
        value = "" if day is None else (day - date(1899, 12, 30)).days
        sheet.write_formula(_DAY_LINE, left, formula, look, value)
        for place, half in enumerate(HALF_DAYS):
            sheet.write_string(_DAY_LINE + 1, left + place, form.say(CALLED[half])[0], half_look)


def _write_people(form: Form, sheet: Any, lists: Lists) -> int:
    """Write the people who are known, and let others be chosen below them; return for how many there is room."""
    labels = [*form.labels["facilitators"].values()]
    room = max(_PEOPLE, len(labels) + _PEOPLE // 3)
    look = form.format(bold=True, border=1, border_color="#BFBFBF", valign="vcenter", num_format="@")
    sheet.write_string(_DAY_LINE + 1, 0, sheet_title("facilitators", form.language), look)
    for number in range(room):
        sheet.write(_FIRST + number, 0, labels[number] if number < len(labels) else None, look)
    options = {
        "validate": "list",
        "source": lists.ids("facilitators"),
        "error_type": "warning",
        "error_title": form.say(said.NOT_LISTED),
        "error_message": form.say(said.CHOOSE_OR_TYPE),
        "input_title": form.say(said.GRID_PERSON),
        "input_message": form.say(said.GRID_CHOOSE),
    }
    sheet.data_validation(_FIRST, 0, _FIRST + room - 1, 0, options)
    return room


def _write_marks(form: Form, sheet: Any, days: Sequence[date | None], look: Any) -> None:
    halves = list(HALF_DAYS)
    for number, who in enumerate(form.labels["facilitators"]):
        for (day, half), kind in form.content.marks.get(who, {}).items():
            place = 1 + days.index(day) * len(halves) + halves.index(half)
            sheet.write_string(_FIRST + number, place, form.say(MARKS[kind]), look)


def _colour(form: Form, sheet: Any, block: tuple[int, int, int, int], days: int) -> None:
    """Colour the marks, and the days of the weekend."""
    top, left, bottom, _ = block
    for kind, mark in MARKS.items():
        look = form.format(bg_color=_COLOURS[kind])
        options = {"type": "cell", "criteria": "==", "value": f'"{form.say(mark)}"', "format": look}
        sheet.conditional_format(*block, options)
    grey = form.format(bg_color="#E7E6E6")
    for number in range(days):
        first = left + number * len(HALF_DAYS)
        day = f"${letters(first)}${_DAY_LINE + 1}"
        rule = {"type": "formula", "criteria": f'=AND({day}<>"",WEEKDAY({day},2)>5)', "format": grey}
        sheet.conditional_format(top - 2, first, bottom, first + len(HALF_DAYS) - 1, rule)
