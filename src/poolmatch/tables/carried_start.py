"""The first sheet of a workbook that a person keeps: what is still to be filled in stands there above all else."""

from __future__ import annotations

import re

from poolmatch.tables.carried_sheet import Fresh, Sheets
from poolmatch.tables.form import sheet_title
from poolmatch.tables.sheet_lines import attribute
from poolmatch.vocabulary import form as said
from poolmatch.words import Language

_LINK = re.compile(r"<hyperlink [^>]*/>")


def change_start(sheets: Sheets, title: str, fresh: Fresh, language: Language, count: int) -> None:
    """Say on the first sheet what is still to be filled in, in the place of what was to be before.

    Parameters
    ----------
    sheets, title
        The workbook, and its first sheet.
    fresh
        The workbook in which it stands.
    language
        Of both.
    count
        Lines that it takes.
    """
    start = sheet_title("start", language)
    heading, steps = (words.say(language) for words in (said.TO_DO, said.STEPS))
    top = _line_of(fresh.sheets, start, heading)
    there, below = _line_of(sheets, title, heading), _line_of(sheets, title, steps)
    assert top is not None
    lines = sheets.lines(title)
    if there is None:
        if below is None:  # a sheet of their own
            return
        there = below
        lines.insert(there, count + 2)
        _link(sheets, title, fresh, start, range(top, top + count + 1), there - top)
    for number in range(count + 1):
        cells = fresh.cells(start, top + number, sheets, title)
        lines.put(there + number, lines.cells(there + number) | cells, fresh.sheets.lines(start).looks(top + number))


def _line_of(sheets: Sheets, title: str, text: str) -> int | None:
    """Return the line in which a text stands."""
    lines = sheets.lines(title)
    return next(
        (number for number in lines.numbers() if text in map(sheets.text_of, lines.cells(number).values())), None
    )


def _link(sheets: Sheets, title: str, fresh: Fresh, start: str, numbers: range, lower: int) -> None:
    """Take over the links of some lines, each so many lines lower."""
    lines = sheets.lines(title)
    links = []
    for found in _LINK.findall(fresh.sheets.lines(start).tail):
        at = re.fullmatch(r"([A-Z]+)(\d+)", attribute(found, "ref") or "")
        if at is not None and int(at[2]) in numbers:
            link = found.replace(f'ref="{at[0]}"', f'ref="{at[1]}{int(at[2]) + lower}"')
            links.append(link.replace("<", f"<{lines.prefix}", 1))
    opening = f"<{lines.prefix}hyperlinks>"
    lines.tail = lines.tail.replace(opening, opening + "".join(links), 1)
