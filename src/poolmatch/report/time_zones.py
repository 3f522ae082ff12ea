"""A time zone as calendars carry it along: when its clock changes, for programs that do not know its name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def time_zone(zone: ZoneInfo, first: int, last: int) -> Timezone:
    """Return a time zone for some years, as a component of a calendar.

    Parameters
    ----------
    zone
        The time zone.
    first, last
        First and last year.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    found = Timezone()
    found.add("TZID", zone.key)
    start = datetime(first, 1, 1, tzinfo=UTC)
    for moment in (start, *_changes(zone, start, datetime(last + 1, 1, 1, tzinfo=UTC))):
        before, after = (moment - SECOND).astimezone(zone), moment.astimezone(zone)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        part.add("DTSTART", (moment + _offset(before)).replace(tzinfo=None))  # by the clock as it was till then
        part.add("TZOFFSETFROM", _offset(before))
        part.add("TZOFFSETTO", _offset(after))
        part.add("TZNAME", after.tzname())
        found.add_component(part)
    return found


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None  # an aware datetime has one
    return offset


@cache
def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Return the instants in UTC at which the clock changes, at most one a day."""
    found = []
    while start < end:
        low, high = start, start + DAY
        old = low.astimezone(zone).utcoffset()
        if high.astimezone(zone).utcoffset() != old:
            while high - low > SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == old else (low, middle)
            found.append(high)
        start += DAY
    return tuple(found)
