"""The sheet of a table in a workbook that people fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from poolmatch.domain.assembly import TABLES
from poolmatch.tables.form import Form, sheet_title
from poolmatch.tables.form_lists import Lists
from poolmatch.tables.naming import heading_of
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.tables.source import letters
from poolmatch.tables.workbook_write import put, too_long
from poolmatch.vocabulary.explanations import EXPLANATIONS
from poolmatch.vocabulary.form import REQUIRED_NOTE, USUAL

_ROWS_PRINTED = 25
"""Rows that are printed at least, so that an empty sheet can be filled in by hand."""
_WIDE, _COLUMNS_PRINTED = 9, 6
"""Of a table with more columns than the first, so many are printed, and those up to the last one that is filled in."""
_WIDTHS = {Kind.DAY: 11, Kind.INSTANT: 20, Kind.MOMENT: 18, Kind.WHOLE: 11, Kind.NUMBER: 11, Kind.YES_NO: 11}
_TEXT_WIDTH, _NAME_WIDTH, _WIDEST = 15, 30, 45
_USUAL, _OPTIONAL, _MISSING = "BFE0D2", "E7E7E7", "F8CBAD"
_KNOWN = {("nl", "period", "timezone"): "Europe/Amsterdam"}
"""What may be taken for granted in a language, by table and column."""
_NAMES = {"name", "title", "rrule"}


def write_table(form: Form, name: str, lists: Lists, colour: str) -> None:
    """Write a table: headings with notes, formats and lists for what will be typed, and the rows that there are.

    Parameters
    ----------
    form
        The workbook.
    name
        The table.
    lists
        What is chosen from.
    colour
        Of the tab and the headings.

    Raises
    ------
    ProblemError
        A list is too long for a cell of a workbook.
    """
    columns = columns_of(TABLES[name])
    rows = form.content.tables.get(name, ())
    sheet = form.book.add_worksheet(sheet_title(name, form.language))
    widths = [_width(column) for column in columns]
    printed = len(columns) if len(columns) <= _WIDE else _COLUMNS_PRINTED
    used = {place for place, column in enumerate(columns) if column.required or place < printed}
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            value = form.cell(name, row, column)
            if put(sheet, (number, place), value, form.looks):
                raise too_long(name, number, column)
            if value is not None:
                used.add(place)
            if isinstance(value, str):
                widths[place] = min(max(widths[place], len(value)), _WIDEST)
    for place, column in enumerate(columns):
        known = _KNOWN.get((form.language, name, column.name))
        if known and not rows:
            sheet.write_string(1, place, known)
        text = heading_of(name, column.name, form.language)
        fill = colour if column.required else _USUAL if (name, column.name) in USUAL else _OPTIONAL
        _head(form, sheet, (place, text), column, fill)
        width = max(widths[place], *(len(word) + 2 for word in text.split()))
        sheet.set_column(place, place, width + 1, _look(form, column))
        lists.offer(sheet, place, name, column)
    if name in form.content.to_do:
        _show_blank_times(form, sheet, columns, len(rows))
    sheet.set_row(0, 45)
    sheet.freeze_panes(1, 1)
    dress(sheet, colour)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    sheet.print_area(0, 0, max(len(rows), _ROWS_PRINTED), max(used))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def dress(sheet: Any, colour: str) -> None:
    """Give a sheet its colour, and let it print on pages across, one wide, with its name and number at the foot."""
    sheet.set_tab_color(f"#{colour}")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&C&A&R&P / &N")


def _head(form: Form, sheet: Any, at: tuple[int, str], column: Column, fill: str) -> None:
    place, text = at
    marks: dict[str, object] = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
    marks["bg_color"] = f"#{fill}"
    if column.required:
        marks |= {"bottom": 5, "font_color": "#FFFFFF"}
    sheet.write_string(0, place, text, form.format(**marks))
    note = EXPLANATIONS[column.explanation]
    said = form.say(REQUIRED_NOTE.fill(explanation=note) if column.required else note)
    lines = 1 + len(said) // 30
    sheet.write_comment(0, place, said, {"x_scale": 1.6, "y_scale": max(0.5, 0.24 * lines), "font_size": 9})


def _show_blank_times(form: Form, sheet: Any, columns: Sequence[Column], rows: int) -> None:
    """Colour the times that are still to be filled in, until they are."""
    look = form.format(bg_color=f"#{_MISSING}")
    for place, column in enumerate(columns):
        if column.kind is Kind.INSTANT and rows:
            rule = {"type": "formula", "criteria": f'=AND($A2<>"",{letters(place)}2="")', "format": look}
            sheet.conditional_format(1, place, rows, place, rule)


def _width(column: Column) -> int:
    if column.tables or column.name in _NAMES:
        return _NAME_WIDTH
    return _WIDTHS.get(column.kind, _TEXT_WIDTH)


def _look(form: Form, column: Column) -> Any:
    """Return the format of a column: ids are text, so that they keep their zeros."""
    match column.kind:
        case Kind.DAY:
            return form.looks.day
        case Kind.INSTANT:
            return form.looks.instant
        case Kind.MOMENT | Kind.WHOLE | Kind.NUMBER:
            # a date and an instant must stay different: the cell takes the format of what is typed
            return form.looks.plain
        case _:
            return form.format(num_format="@")
