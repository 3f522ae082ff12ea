"""On how many days someone is there: in the pool, and not on leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from poolmatch.domain.calendar import Availability, Period, Span, merged
from poolmatch.domain.people import Facilitator
from poolmatch.domain.values import days_later, midnight

CARRY_OVER_DAYS = 91
"""History this many days before the period counts towards fair shares."""
LEAVE_DAYS = 7
"""Whole days away on end that make a leave."""

Days = tuple[date, date]
"""A first and a last day, both included."""


def with_carry_over(period: Period) -> Period:
    """Return the period together with the days before it that carry over: what fair shares look at."""
    return period.model_copy(update={"start": days_later(period.start, -CARRY_OVER_DAYS)})


def is_whole_days(row: Availability) -> bool:
    """Tell whether a row is given in days, so that it counts towards a leave."""
    return row.kind == "unavailable" and not any(isinstance(end, datetime) for end in (row.start, row.end))


def leaves(rows: Iterable[Availability], period: Period) -> tuple[Days, ...]:
    """Return the leaves around a period and the days before it that carry over, in order of time.

    A leave is a run of 7 days or more that rows of whole days cover; runs that touch are one. It is returned with all
    its days, wherever it begins or ends.

    Parameters
    ----------
    rows
        Availability of one facilitator, of any kind.
    period
        The period.
    """
    spans = [span for row in rows if is_whole_days(row) for span in row.spans(with_carry_over(period))]
    runs = (_whole_days(span, period) for span in merged(spans))
    return tuple((first, last) for first, last in runs if (last - first).days + 1 >= LEAVE_DAYS)


def _whole_days(span: Span, period: Period) -> Days:
    """Return the local days that lie wholly inside a span; the last before the first where there are none."""
    first, after = (period.local_day(moment) for moment in span)
    if midnight(first, period.zone) < span[0]:
        first = days_later(first, 1)
    return first, days_later(after, -1)


def days_present(person: Facilitator, away: Sequence[Days], first: date, last: date) -> int:
    """Return on how many of some days someone is in the pool and not on leave.

    Parameters
    ----------
    person
        The facilitator.
    away
        Their leaves; no two share a day.
    first, last
        The days that are looked at, both included.
    """
    first, last = max(first, person.joined or first), min(last, person.left or last)
    return _count(first, last) - sum(_count(max(first, start), min(last, end)) for start, end in away)


def _count(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)


def outside_pool(person: Facilitator, period: Period) -> list[Span]:
    """Return the time before someone joins the pool and after they leave it, in order."""
    spans = []
    if person.joined is not None:
        spans.append((datetime.min.replace(tzinfo=UTC), midnight(person.joined, period.zone)))
    if person.left is not None:
        closes = midnight(days_later(person.left, 1), period.zone)
        spans.append((closes, datetime.max.replace(tzinfo=UTC)))
    return spans
