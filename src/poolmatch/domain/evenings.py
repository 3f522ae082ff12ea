"""What an evening is: a meeting that lasts beyond six o'clock in the evening of the day on which it starts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from poolmatch.domain.calendar import Period

EVENING = time(18)
"""Local time at which evenings begin."""


def evening_begins(period: Period, day: date) -> datetime:
    """Return the instant at which the evening of a local day begins."""
    return datetime.combine(day, EVENING, period.zone).astimezone(UTC)


def is_evening(period: Period, start: datetime, end: datetime) -> bool:
    """Tell whether a meeting from one instant to another, wrap-up aside, lasts into the evening of its day."""
    return end > evening_begins(period, period.local_day(start))
