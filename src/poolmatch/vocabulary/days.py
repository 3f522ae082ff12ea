"""What days of the week and months are called."""

from __future__ import annotations

from datetime import date

from poolmatch.words import Words, pattern

DAYS: tuple[Words, ...] = (
    Words("Mon", "ma"),
    Words("Tue", "di"),
    Words("Wed", "wo"),
    Words("Thu", "do"),
    Words("Fri", "vr"),
    Words("Sat", "za"),
    Words("Sun", "zo"),
)
"""From Monday on, as `datetime.weekday` counts."""

FULL_DAYS: tuple[Words, ...] = (
    Words("Monday", "maandag"),
    Words("Tuesday", "dinsdag"),
    Words("Wednesday", "woensdag"),
    Words("Thursday", "donderdag"),
    Words("Friday", "vrijdag"),
    Words("Saturday", "zaterdag"),
    Words("Sunday", "zondag"),
)
"""In full, from Monday on."""

MONTHS: tuple[Words, ...] = (
    Words("January", "januari"),
    Words("February", "februari"),
    Words("March", "maart"),
    Words("April", "april"),
    Words("May", "mei"),
    Words("June", "juni"),
    Words("July", "juli"),
    Words("August", "augustus"),
    Words("September", "september"),
    Words("October", "oktober"),
    Words("November", "november"),
    Words("December", "december"),
)
"""From January on."""


def month_name(first: date) -> Words:
    """Return what a month is called, with its year."""
    return pattern("{month} {year}", month=MONTHS[first.month - 1], year=first.year)


def day_name(day: date) -> Words:
    """Return a day in full: weekday, day, month and year."""
    values = {"weekday": FULL_DAYS[day.weekday()], "day": day.day, "month": MONTHS[day.month - 1], "year": day.year}
    return pattern("{weekday} {day} {month} {year}", **values)
