"""Two readers of calendars that share no code, and what both make of a calendar: instants in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import recurring_ical_events
import vobject
from icalendar import Calendar


class Read(NamedTuple):
    """An event as a reader sees it."""

    start: datetime
    end: datetime
    summary: str
    description: str
    location: str
    status: str
    sequence: int
    stamp: datetime


def _read(times: Sequence[datetime], texts: Sequence[str], number: str | int) -> Read:
    (start, end, stamp), (summary, description, location, status) = times, texts
    return Read(start, end, summary, description, location, status, int(number), stamp)


def by_icalendar(content: bytes, year: int = 2026) -> dict[str, Read]:
    """Return the events of a year by id, as icalendar and recurring-ical-events read them."""
    found = dict[str, Read]()
    for event in recurring_ical_events.of(Calendar.from_ical(content)).between((year, 1, 1), (year + 1, 1, 1)):
        texts = [str(event.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS")]
        times = [event[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND", "DTSTAMP")]
        assert str(event["UID"]) not in found
        found[str(event["UID"])] = _read(times, texts, event["SEQUENCE"])
    return found


def by_vobject(content: bytes) -> dict[str, Read]:
    """Return the events by id, as vobject reads them."""
    found = dict[str, Read]()
    for event in vobject.readOne(content.decode()).contents.get("vevent", []):

        def value(name: str, event: Any = event) -> Any:
            return event.contents[name][0].value if name in event.contents else ""

        texts = [value(name) for name in ("summary", "description", "location", "status")]
        times = [value(name).astimezone(UTC) for name in ("dtstart", "dtend", "dtstamp")]
        found[value("uid")] = _read(times, texts, value("sequence"))
    return found


def read_twice(content: bytes) -> dict[str, Read]:
    """Return the events by id, which both readers must see alike."""
    found = by_icalendar(content)
    assert by_vobject(content) == found
    return found
