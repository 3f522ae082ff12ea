"""The sheet with which a workbook begins: what to fill in, in which order, and what else there is."""

from __future__ import annotations

from typing import Any

from poolmatch.tables.form import COLOURS, Form, sheet_title
from poolmatch.tables.form_tables import dress
from poolmatch.vocabulary import form as said
from poolmatch.words import Words

_WIDTHS = (4, 26, 100, 10)
_SPARE = 15
"""Letters that fit into a line besides: a width is that of digits, and most letters are narrower."""
_LINE = 15.5
"""Height of a line of text, in points."""
TO_DO_COLOUR = "B4451F"


def write_start(form: Form) -> None:
    """Write the first sheet, with a link to every other one and how many rows are filled in there."""
    sheet = form.book.add_worksheet(sheet_title("start", form.language))
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 1, form.say(said.TITLE), form.format(bold=True, font_size=20, font_color=f"#{COLOURS[0]}"))
    if form.content.made_up:
        sheet.write_string(1, 1, form.say(said.EXAMPLE_TITLE), form.format(italic=True))
    line = 3
    if form.content.to_do:
        line = _part(form, sheet, line, said.TO_DO, TO_DO_COLOUR, counted=False)
        for name, words in form.content.to_do.items():
            line = _entry(form, sheet, line, name, words, counted=False)
        line += 1
    line = _part(form, sheet, line, said.STEPS, COLOURS[0])
    for number, name in enumerate(said.FIRST, 1):
        sheet.write_number(line, 0, number, form.format(bold=True, valign="top", align="center"))
        line = _entry(form, sheet, line, name, said.PURPOSES[name])
    line = _entry(form, sheet, line, "grid", said.GRID_PURPOSE)
    line = _part(form, sheet, line + 1, said.HOW, COLOURS[0], counted=False)
    for hint in said.HINTS:
        text = form.say(hint)
        sheet.merge_range(line, 1, line, 3, text, form.format(text_wrap=True, valign="top"))
        sheet.set_row(line, _LINE * -(-len(text) // (sum(_WIDTHS[1:]) + _SPARE)))
        line += 1
    sheet.write_string(line + 1, 1, form.say(said.MORE), form.format(bold=True, font_size=14))
    line += 2
    for colour, (group, names) in zip(COLOURS[1:], said.GROUPS.items(), strict=True):
        line = _part(form, sheet, line, group, colour)
        for name in names:
            line = _entry(form, sheet, line, name, said.PURPOSES[name])
        line += 1
    _entry(form, sheet, line, "explanation", said.EXPLANATION_PURPOSE)
    dress(sheet, COLOURS[0])
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    sheet.activate()


def _part(form: Form, sheet: Any, line: int, words: Words, colour: str, *, counted: bool = True) -> int:
    """Write the heading of a part of the sheet; return the line below it."""
    look = form.format(bold=True, font_color="#FFFFFF", bg_color=f"#{colour}")
    sheet.merge_range(line, 1, line, 2, form.say(words), look)
    sheet.write_string(line, 3, form.say(said.FILLED) if counted else "", look)
    return line + 1


def _entry(form: Form, sheet: Any, line: int, name: str, purpose: Words, *, counted: bool = True) -> int:
    """Write what a sheet is for, or what is to be done there, with a link to it; return the line below."""
    called, link = sheet_title(name, form.language), form.sheet(name)
    look = form.format(font_color="#0B5394", underline=1, valign="top")
    sheet.write_url(line, 1, f"internal:{link}!A1", look, called)
    sheet.write_string(line, 2, form.say(purpose), form.format(text_wrap=True, valign="top"))
    sheet.set_row(line, _LINE * -(-len(form.say(purpose)) // (_WIDTHS[2] + _SPARE)))
    if counted and name in said.PURPOSES:
        count = len(form.content.tables.get(name, ()))
        look = form.format(valign="top", align="center")
        sheet.write_formula(line, 3, f"=COUNTA({link}!$A$2:$A$20000)", look, count)
    return line + 1
