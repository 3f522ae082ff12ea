"""What a part of a page is, and who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from poolmatch.checking import Report
from poolmatch.report.page.bars import Bar
from poolmatch.report.page.cells import Table, table_of
from poolmatch.report.page.explored import Explored
from poolmatch.report.sections.months import Month
from poolmatch.report.sections.openings import Opening
from poolmatch.report.sections.section import Section
from poolmatch.results import Result
from poolmatch.views import View
from poolmatch.words import Language, Words


@dataclass(frozen=True)
class Fold:
    """Tables that are folded away behind a line: what it says, and how many rows there are."""

    heading: str
    count: int
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Vacancy:
    """A seat that is empty, and whether it could be filled at all; None where nobody searched."""

    opening: Opening
    verdict: Words | None


@dataclass(frozen=True)
class Part:
    """A part of a page.

    Attributes
    ----------
    id
        By which the page links to it.
    heading, lead
        What it is called, and what one should know to read it.
    months
        A calendar, if it has one.
    crowded
        Whether the calendar says how much is held on a day, and not what.
    vacancies
        Empty seats.
    tables
        What stands in it besides.
    folds
        What is folded away below.
    none
        What is said where nothing of all that is there; None leaves the part out then.
    """

    id: str
    heading: Words
    lead: Words
    months: tuple[Month, ...] = ()
    crowded: bool = False
    vacancies: tuple[Vacancy, ...] = ()
    tables: tuple[Table, ...] = ()
    folds: tuple[Fold, ...] = ()
    none: Words | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.months or self.vacancies or self.tables or self.folds)


@dataclass(frozen=True)
class Reader:
    """Who reads a report, and in which language.

    Attributes
    ----------
    report
        What the rules say of the roster.
    result
        What ``solve`` returned, with what is proven; None where a roster was only checked.
    view
        What they may see.
    language
        Their language.
    explored
        What was found out about empty seats.
    """

    report: Report
    result: Result | None
    view: View
    language: Language
    explored: Explored

    @property
    def own(self) -> bool:
        """Whether a facilitator reads about themselves."""
        return self.view.audience.kind == "facilitator"

    def table(self, section: Section, lead: Words | None = None, bars: Sequence[Bar | None] = ()) -> Table:
        """Return a section as a table, as `table_of`."""
        return table_of(section, self.language, lead, bars)

    def tables(self, *sections: Section) -> tuple[Table, ...]:
        """Return as tables the sections that have rows."""
        return tuple(self.table(section) for section in sections if section.rows)

    def fold(self, heading: Words, sections: Sequence[Section]) -> tuple[Fold, ...]:
        """Return sections folded away together; nothing where none has rows."""
        tables = self.tables(*sections)
        return (Fold(heading.say(self.language), sum(len(item.rows) for item in tables), tables),) if tables else ()
