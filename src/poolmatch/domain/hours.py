"""Hours as whole numbers: what an assignment takes, and what past work took.

It is counted in *ticks* of 0.04 second, which hold whole seconds and hours of up to four decimals exactly.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from poolmatch.domain.meetings import Meeting
from poolmatch.domain.past import Past

TICKS = 1500
"""Ticks in a minute."""


def exact(number: float) -> Fraction:
    """Return the number as it was written: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(repr(number))


def half_up(number: Fraction) -> int:
    """Round to the nearest whole number; halves go up."""
    return (number + Fraction(1, 2)).__floor__()


@lru_cache(maxsize=1024)  # problems hold few different numbers of hours, and ask for each again and again
def ticks_of_hours(hours: float) -> int:
    """Return hours in ticks; beyond four decimals rounded half up."""
    return half_up(exact(hours) * 60 * TICKS)


def ticks_limit(hours: float) -> int:
    """Return the most ticks that do not exceed a limit in hours."""
    return (exact(hours) * 60 * TICKS).__floor__()


def ticks_of_meeting(meeting: Meeting, start: datetime | None, end: datetime | None) -> int:
    """Return what a meeting takes one facilitator, in ticks: length, setup, wrap-up and preparation.

    A duty, which has no time, is all preparation.
    """
    seconds = 0 if start is None or end is None else int((end - start).total_seconds())
    fixed = meeting.setup_minutes + meeting.wrapup_minutes
    return seconds * TICKS // 60 + fixed * TICKS + ticks_of_hours(meeting.preparation_hours)


def ticks_of_past(row: Past) -> int:
    """Return what past work took, in ticks."""
    if row.hours is not None:
        return ticks_of_hours(row.hours)
    assert row.start is not None  # a row without hours has times: the row checks it
    assert row.end is not None
    return int((row.end - row.start).total_seconds()) * TICKS // 60


def whole_minutes(ticks: Fraction | int) -> int:
    """Return ticks as whole minutes, rounded half up."""
    return half_up(Fraction(ticks) / TICKS)
