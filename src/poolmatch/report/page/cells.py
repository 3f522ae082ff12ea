"""How a cell is told on a page: numbers and days as people of a language write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from poolmatch.report.page.bars import Bar
from poolmatch.report.sections.section import Cell, Kind, Section
from poolmatch.vocabulary.days import DAYS, MONTHS
from poolmatch.words import Language, Words

FORMATS: Mapping[Kind, str] = {
    Kind.WHOLE: ",.0f",
    Kind.HOURS: ",.1f",
    Kind.BALANCE: "+,.1f",
    Kind.POINTS: ",.12g",
    Kind.AMOUNT: ",.2f",
    Kind.SHARE: ".2%",
    Kind.LOAD: ".0%",
}
SHORT = 16
"""Signs of what stands on one line."""
SIGNS: Mapping[Language, Mapping[int, str]] = {
    "en": str.maketrans({"-": "−"}),
    "nl": str.maketrans({",": ".", ".": ",", "-": "−"}),
}
"""What people write in the place of the signs of a computer; other languages do as English does."""


@dataclass(frozen=True)
class Shown:
    """A cell of a table.

    Attributes
    ----------
    text
        What stands in it; "" where there is nothing to tell.
    kind
        What it holds.
    """

    text: str
    kind: Kind

    @property
    def short(self) -> bool:
        """Whether it is better not broken over lines, such as a name or a time."""
        return len(self.text) <= SHORT


@dataclass(frozen=True)
class Table:
    """A section in one language.

    Attributes
    ----------
    heading, lead, foot
        What stands above and below it.
    heads
        What its columns are called, and what they hold.
    rows
        Its cells.
    bars
        A picture for each row, after its first cell; none at all where it has no pictures.
    """

    heading: str
    lead: str
    foot: str
    heads: tuple[Shown, ...]
    rows: tuple[tuple[Shown, ...], ...]
    bars: tuple[Bar | None, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether each row is a sentence by itself."""
        return len(self.heads) == 1


def number(value: float, kind: Kind, language: Language) -> str:
    """Return a number as people write it, such as 1.234,5 in Dutch; nought has no sign."""
    text = f"{round(value, 2) if kind is Kind.POINTS else value:{FORMATS[kind]}}"
    signed = any(sign in text for sign in "123456789")
    return (text if signed else text.lstrip("+-")).translate(SIGNS.get(language, SIGNS["en"]))


def day_text(day: date, language: Language) -> str:
    """Return a day as people write it; without the year, because a page is about one period."""
    return f"{DAYS[day.weekday()].say(language)} {day.day} {MONTHS[day.month - 1].say(language)}"


def cell_text(cell: Cell, kind: Kind, language: Language) -> str:
    """Return what a cell tells; "" where there is nothing to tell."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, Words):
        return cell.say(language)
    if isinstance(cell, datetime):
        return f"{day_text(cell, language)} {cell:%H:%M}"
    return day_text(cell, language) if isinstance(cell, date) else number(cell, kind, language)


def table_of(section: Section, language: Language, lead: Words | None = None, bars: Sequence[Bar | None] = ()) -> Table:
    """Return a section in a language.

    Parameters
    ----------
    section
        The section.
    language
        The language.
    lead
        What stands above it besides.
    bars
        A picture for each row, or none at all.
    """
    columns = section.columns
    rows = (
        tuple(
            Shown(cell_text(cell, column.kind, language), column.kind)
            for cell, column in zip(row, columns, strict=True)
        )
        for row in section.rows
    )
    said = [words.say(language) if words else "" for words in (section.heading, lead, section.foot)]
    heads = tuple(Shown(column.heading.say(language), column.kind) for column in columns)
    return Table(said[0], said[1], said[2], heads, tuple(rows), tuple(bars))
