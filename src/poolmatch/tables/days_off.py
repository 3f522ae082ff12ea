"""Days on which nobody works, or those with children do not: public and school holidays of the Netherlands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from importlib.metadata import version

from poolmatch.domain.calendar import Availability, Period
from poolmatch.domain.holidays import dutch_holidays
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.values import days_later
from poolmatch.messages import calendars
from poolmatch.tables.extras import need

REGIONS = ("noord", "midden", "zuid")
"""Regions over which school holidays are spread."""
BREAKS = frozenset({"Kerstvakantie", "Voorjaarsvakantie", "Meivakantie", "Zomervakantie", "Herfstvakantie"})
"""The school holidays that each year has."""


def public_holiday_rows(problem: Problem, facilitators: Iterable[str] | None = None) -> tuple[Availability, ...]:
    """Return rows of the table `availability` by which people do not work on public holidays of the Netherlands.

    Parameters
    ----------
    problem
        Its period is looked at.
    facilitators
        Who; None for all.

    Raises
    ------
    UnknownId
        The problem has no such person; a KeyError.
    """
    must_be_problem(problem)
    return _rows(problem, facilitators, {day for year in _years(problem.period) for day in dutch_holidays(year)})


def school_holiday_rows(
    problem: Problem, region: str, facilitators: Iterable[str] | None = None
) -> tuple[Availability, ...]:
    """Return rows of the table `availability` by which people do not work in school holidays of the Netherlands.

    A holiday that lies partly in the period is given whole, so that it counts as the leave that it is.

    Parameters
    ----------
    problem
        Its period is looked at.
    region
        Region of the schools: ``noord``, ``midden`` or ``zuid``.
    facilitators
        Who; None for all.

    Raises
    ------
    MissingExtra
        The extra ``calendar`` is not installed.
    UnknownId
        The problem has no such person; a KeyError.
    ValueError
        There is no such region, or not all school holidays of a year are known.
    """
    must_be_problem(problem)
    if not isinstance(region, str) or region.casefold() not in REGIONS:
        raise ValueError(calendars.NO_REGION.fill(given=region))
    need("calendar", "holidays")
    days = set[date]()
    for year in _years(problem.period):
        found = _school_holidays(year, region.capitalize())
        if not set(found.values()) >= BREAKS and problem.period.start.year <= year <= problem.period.end.year:
            raise ValueError(calendars.NO_SCHOOL_YEAR.fill(year=year, version=version("holidays")))
        days |= set(found)
    return _rows(problem, facilitators, days)


def _school_holidays(year: int, region: str) -> dict[date, str]:
    from holidays import country_holidays

    return dict(country_holidays("NL", subdiv=region, years=year, categories=("school",), language="nl", expand=False))


def _years(period: Period) -> range:
    """Return the years of a period, and those beside it: Christmas lies in two."""
    return range(period.start.year - 1, period.end.year + 2)


def _rows(problem: Problem, facilitators: Iterable[str] | None, days: set[date]) -> tuple[Availability, ...]:
    who = [row.facilitator for row in problem.facilitators] if facilitators is None else list(facilitators)
    for name in who:
        problem.facilitator(name)
    period = problem.period
    runs = [(first, last) for first, last in _runs(days) if first <= period.end and period.start <= last]
    return tuple(
        Availability(facilitator=name, start=first, end=last, kind="unavailable")
        for name in who
        for first, last in runs
    )


def _runs(days: set[date]) -> Iterator[tuple[date, date]]:
    """Yield the first and last of days that follow one another."""
    for first in sorted(day for day in days if day - timedelta(1) not in days):
        last = first
        while (after := days_later(last, 1)) in days:
            last = after
        yield first, last
