"""A workbook that people fill in: what to do first, sheets in their language, lists to choose from, explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.meetings import LEAD, Seat
from poolmatch.domain.past import Past
from poolmatch.domain.row import Row
from poolmatch.tables.cells import items_text
from poolmatch.tables.dutch_recurrence import RECURRENCE, told
from poolmatch.tables.naming import title_of
from poolmatch.tables.references import NAMED, SEPARATOR
from poolmatch.tables.schema import Column, Kind
from poolmatch.tables.seat_names import WRITTEN, past_seat_shown
from poolmatch.tables.workbook_write import Looks, cell_of
from poolmatch.vocabulary.closed_words import ROLES, TRUTH
from poolmatch.vocabulary.closed_words import words_of_column as words_of
from poolmatch.vocabulary.form import FIRST, GROUPS
from poolmatch.vocabulary.sheets import SHEETS
from poolmatch.words import Language, Words

Marks = Mapping[str, Mapping[tuple[date, str], str]]
"""Kind of availability by facilitator and half-day: a day and a key of `HALF_DAYS`."""
LABELLED: Mapping[str, tuple[str, str]] = {
    table: (known, name) for table, (known, name) in NAMED.items() if name is not None
}
"""Tables whose rows are chosen from lists, with the columns of the id and of what people call it."""

DAY_FORMATS: Mapping[Language, str] = {"en": "yyyy-mm-dd", "nl": "d-m-yyyy"}
INSTANT_FORMATS: Mapping[Language, str] = {"en": "yyyy-mm-dd hh:mm", "nl": "[$-413]ddd d-m-yyyy hh:mm"}
"""How days and instants are shown: in Dutch with the day of the week, as in "ma 2-3-2026 19:30"."""
_MEETING = attrgetter("meeting")
COLOURS = ("1F5C4D", "6B4E8E", "2F6690", "9A5B13", "5C5C5C")
"""Of the tables that everyone needs, and of each group of the others."""


@dataclass(frozen=True)
class Content:
    """What stands in a workbook that people fill in.

    Attributes
    ----------
    tables
        Rows by table; an empty one may be left out.
    zone
        Time zone in which instants are written.
    marks
        What stands in the grid of half-days.
    made_up
        Whether it is an example.
    to_do
        What is still to be filled in before it can be used, by the sheet on which that is done.
    """

    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Amsterdam"))
    marks: Marks = field(default_factory=dict)
    made_up: bool = False
    to_do: Mapping[str, Words] = field(default_factory=dict)


class Form:
    """A workbook that people fill in, while it is written: its language, what is in it, and how it looks."""

    def __init__(self, book: Any, language: Language, content: Content) -> None:
        self.book = book
        self.language = language
        self.content = content
        self.looks = Looks.of(
            book,
            DAY_FORMATS.get(language, DAY_FORMATS["en"]),
            INSTANT_FORMATS.get(language, INSTANT_FORMATS["en"]),
        )
        self.labels = {
            table: {
                getattr(row, key): label(getattr(row, key), getattr(row, name)) for row in content.tables.get(table, ())
            }
            for table, (key, name) in LABELLED.items()
        }
        all_meetings, with_seats = (
            set(map(_MEETING, content.tables.get(table, ()))) for table in ("meetings", "seats")
        )
        self._led_alone = all_meetings - with_seats
        self._named = {row.seat for row in content.tables.get("seats", ()) if isinstance(row, Seat)}
        self._formats: dict[object, Any] = {}

    def say(self, words: Words) -> str:
        """Return words in the language of the workbook."""
        return words.say(self.language)

    def sheet(self, name: str) -> str:
        """Return the name of a sheet as formulas have it, from that of a table or a key of `SHEETS`."""
        return "'" + sheet_title(name, self.language).replace("'", "''") + "'"

    def word(self, name: str, words: Words) -> str:
        """Return a word that may stand in a cell: of a workbook that is not Dutch the one of the contract."""
        return words.nl if self.language == "nl" else name

    def truth(self, value: bool) -> str:
        """Return yes or no."""
        return TRUTH[value].nl if self.language == "nl" else TRUTH[value].en

    def format(self, **properties: object) -> Any:
        """Return a format with these properties, as xlsxwriter calls them; of equal ones the same."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def cell(self, table: str, row: Row, column: Column) -> str | int | float | date | datetime | None:
        """Return what stands in a cell: nothing where that means the same, else words of the language, and labels."""
        value = getattr(row, column.name)
        if value is None or (value == column.default and not column.required):
            return None
        words = words_of(table, column.name)
        if column.kind is Kind.YES_NO:
            return self.truth(value)
        if table in WRITTEN and column.name == "seat" and value == LEAD and _MEETING(row) in self._led_alone:
            return self.word(LEAD, ROLES[LEAD])
        if self.language == "nl" and table == Past.table and column.name == "seat":
            return past_seat_shown(value, self._named)
        if words and isinstance(value, tuple):
            return items_text([self.word(item, words[item]) for item in value], column)
        if value in words:
            return self.word(value, words[value])
        for target in column.tables:
            if value in self.labels.get(target, {}):
                return self.labels[target][value]
        if self.language == "nl" and column.kind is Kind.DAYS:
            return items_text([f"{day.day}-{day.month}-{day.year:04}" for day in value], column)
        if self.language == "nl" and column.name == RECURRENCE:
            return told(value)
        cell = cell_of(value, column, self.content.zone)
        if self.language == "nl" and column.kind is Kind.NUMBER and isinstance(cell, str):
            return cell.replace(".", ",")
        return cell


def sheet_title(name: str, language: Language) -> str:
    """Return what a sheet is called.

    Parameters
    ----------
    name
        A table, or a key of `SHEETS`.
    language
        Of the workbook.
    """
    return SHEETS[name].say(language) if name in SHEETS else title_of(name, language)


def label(key: str, name: str | None) -> str:
    """Return how an id is shown in lists: with its name, where the id can be told from it again."""
    return key if name is None or SEPARATOR.strip() in key else f"{key}{SEPARATOR}{name}"


def in_order() -> tuple[str, ...]:
    """Return the tables in the order of their sheets."""
    return (*FIRST, *(name for names in GROUPS.values() for name in names))


assert set(in_order()) == set(TABLES)
