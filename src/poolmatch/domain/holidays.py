"""Days on which most people are free: Saturdays, Sundays and public holidays, by local date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

from dateutil.easter import easter

from poolmatch.domain.calendar import Period
from poolmatch.domain.values import days_later

SATURDAY = 5
"""As `date.weekday` counts."""

Holidays = Literal["nl", "none"]
"""Whose public holidays count: those of the Netherlands, or none."""


@cache
def dutch_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of the Netherlands in a year.

    They are those of article 3, first paragraph, of the Algemene termijnenwet: New Year's Day, Easter Monday, the day
    on which the King's birthday is kept (27 April, the day before where that is a Sunday; so since 2014), 5 May,
    Ascension Day, Whit Monday and both days of Christmas; with them the Sundays of Easter and Whitsun. Good Friday is
    not among them: the second paragraph puts it on a par for terms alone.
    """
    sunday = easter(year)
    king = date(year, 4, 27)
    return frozenset(
        (
            date(year, 1, 1),
            *(days_later(sunday, days) for days in (0, 1, 39, 49, 50)),
            days_later(king, -1) if king.isoweekday() == 7 else king,
            date(year, 5, 5),
            date(year, 12, 25),
            date(year, 12, 26),
        )
    )


@dataclass(frozen=True)
class FreeDays:
    """Saturdays, Sundays, public holidays, and days that are named.

    Attributes
    ----------
    holidays
        Whose public holidays count.
    also
        Further days.
    """

    holidays: Holidays = "nl"
    also: tuple[date, ...] = ()

    def __contains__(self, day: date) -> bool:
        if day.weekday() >= SATURDAY or day in self.also:
            return True
        return self.holidays == "nl" and day in dutch_holidays(day.year)

    def __call__(self, period: Period, start: datetime, end: datetime) -> bool:
        """Tell whether a meeting from one instant to another belongs to such a day: to the one on which it starts."""
        del end
        return period.local_day(start) in self
