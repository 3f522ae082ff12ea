"""On which days a row of a policy counts a tie."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from poolmatch.domain.people import Tie
from poolmatch.neutrality.policy import ENDED, PolicyRow

OPEN, CLOSED = date.min, date.max
"""Days that stand for an open start and an open end."""


class Window(NamedTuple):
    """Days on which a policy row counts a tie, and whether the tie has ended by then."""

    first: date
    last: date
    ended: bool


def years_later(day: date, years: int) -> date:
    """Return the same calendar day a number of years later; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def windows(row: PolicyRow, tie: Tie) -> Iterator[Window]:
    """Yield the days on which a row counts a tie: while it is active, and for the row's look-back after its end.

    A `former_employee` whose last day is still to come is an employee.
    """
    kind = "employee" if tie.kind == "former_employee" else tie.kind
    if kind in row.ties:
        yield Window(tie.start or OPEN, tie.end or CLOSED, False)
    counted = kind in row.ties or ENDED + kind in row.ties or tie.kind in row.ties
    if tie.end is None or not counted or row.look_back == 0:
        return
    last = CLOSED if row.look_back == "unlimited" else years_later(tie.end, row.look_back)
    yield Window(tie.end + timedelta(days=1), last, True)
