"""What there is to say, as data: typed cells in rows, words that every language has, and nothing about layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from poolmatch.words import Words

Cell = str | Words | float | date | datetime | None
"""Text as it is, words, a number, a day, a moment as local time; None where there is nothing to tell."""


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    """Text or words, told in full."""
    TITLE = "title"
    """Text that may be cut short."""
    MOMENT = "moment"
    """Local time; words where there is none."""
    DAY = "day"
    """A date; words where there is none."""
    WHOLE = "whole number"
    HOURS = "hours"
    BALANCE = "hours too many or too few"
    """Hours with their sign."""
    POINTS = "points"
    SHARE = "share"
    """From 0 to 1, and beyond."""
    AMOUNT = "amount of money"
    LOAD = "part of a fair share"
    """As a share; 1 is as much as is fair. Good to draw as a bar."""

    @property
    def is_number(self) -> bool:
        """Whether cells hold numbers."""
        return self not in (Kind.TEXT, Kind.TITLE, Kind.MOMENT, Kind.DAY)


@dataclass(frozen=True)
class Column:
    """A column of a section.

    Attributes
    ----------
    heading
        What it is called; blank where that goes without saying.
    kind
        What its cells hold.
    """

    heading: Words
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Section:
    """One subject.

    Attributes
    ----------
    id
        By which a face can know it.
    heading
        What it is about.
    columns, rows
        The cells of each row, one for each column.
    file
        Which file of a result has all rows; "" for none.
    foot
        A last line that always stands.
    """

    id: str
    heading: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    file: str = ""
    foot: Words | None = None


@dataclass(frozen=True)
class Content:
    """All there is to say, in the order in which it matters.

    Attributes
    ----------
    title
        What it is about; None where whoever asked knows.
    verdict
        The main thing.
    details
        What the verdict rests on.
    sections
        Everything else.
    """

    title: Words | None
    verdict: Words
    details: Section
    sections: tuple[Section, ...]
