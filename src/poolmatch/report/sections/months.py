"""The calendar, month by month: weeks of seven days with what is held on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from poolmatch.checking import Report
from poolmatch.domain.grouping import grouped
from poolmatch.domain.holidays import dutch_holidays
from poolmatch.report.sections.occasions import Occasion, occasions_of
from poolmatch.views import View
from poolmatch.vocabulary.days import month_name
from poolmatch.words import Words


@dataclass(frozen=True)
class CalendarDay:
    """A day of a calendar.

    Attributes
    ----------
    day
        The date.
    inside
        Whether it belongs to the month; other days only fill up the week.
    planned
        Whether it lies in the period.
    holiday
        Whether it is a public holiday of the Netherlands.
    occasions
        What is held, in order of time; nothing on days that fill up the week.
    """

    day: date
    inside: bool
    planned: bool
    holiday: bool
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True)
class Week:
    """A week of a calendar: its ISO number, and its days from Monday on."""

    number: int
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True)
class Month:
    """A month of a calendar: its first day, and its weeks."""

    first: date
    weeks: tuple[Week, ...]

    @property
    def heading(self) -> Words:
        """Name of the month, and the year."""
        return month_name(self.first)


def months_of(report: Report, view: View) -> tuple[Month, ...]:
    """Return the months of the period, and any other in which a meeting is held, in order."""
    period = report.problem.period
    held = grouped((item for item in occasions_of(report, view) if item.day), lambda item: item.day)
    firsts = {day.replace(day=1) for day in (*held, period.start, period.end) if day is not None}
    first, last = min(firsts), max(firsts)
    while (first := _next(first)) < last:
        firsts.add(first)

    def days(month: date, monday: date) -> Iterator[CalendarDay]:
        for day in (monday + timedelta(number) for number in range(7)):
            inside = (day.year, day.month) == (month.year, month.month)
            planned, free = period.start <= day <= period.end, day in dutch_holidays(day.year)
            yield CalendarDay(day, inside, planned, free, held.get(day, ()) if inside else ())

    def weeks(month: date) -> Iterator[Week]:
        monday = month - timedelta(month.weekday())
        while monday < _next(month):
            yield Week(monday.isocalendar().week, tuple(days(month, monday)))
            monday += timedelta(7)

    return tuple(Month(month, tuple(weeks(month))) for month in sorted(firsts))


def undated_of(report: Report, view: View) -> tuple[Occasion, ...]:
    """Return what a view shows that has no date: duties, and meetings whose date is still open."""
    return tuple(item for item in occasions_of(report, view) if item.day is None)


def _next(first: date) -> date:
    """Return the first day of the month after."""
    return (first + timedelta(31)).replace(day=1)
