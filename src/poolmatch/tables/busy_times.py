"""When people cannot, from their own calendars: the times alone; what they do is nobody's business."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from poolmatch.domain.calendar import (
    AROUND_DAYS,
    MAX_OCCURRENCES,
    MAX_STEPS,
    Availability,
    Period,
    Span,
    merged,
    recurring,
)
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.values import days_later, midnight
from poolmatch.issues import Message
from poolmatch.messages import calendars, rows
from poolmatch.tables.calendar_file import event_uid, read_calendars
from poolmatch.tables.extras import need
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.workbook_guard import refused
from poolmatch.words import grouped

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar.cal import Component

TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
"""What tells when an appointment is."""
DAY = timedelta(days=1)


def read_busy(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    facilitator: str,
    problem: Problem,
    *,
    pool: str = "",
    limits: Limits = LIMITS,
) -> tuple[Availability, ...]:
    """Return when somebody cannot, from their calendars, as rows of the table `availability`.

    Recurrences, exceptions and moved occurrences are followed, and times of other zones converted; a time without a
    zone is one of the period. What is marked as free, what is cancelled, and the meetings of this problem are no
    hindrance. All-day appointments become rows of whole days, which from seven days on count as leave. Titles, places
    and guests are not read.

    Parameters
    ----------
    paths
        Calendars in the form .ics, of one person.
    facilitator
        Whose.
    problem
        Rows are made for its period and two weeks around it.
    pool
        Name of the pool under which its calendars were handed out, if any.
    limits
        How large a calendar may be.

    Raises
    ------
    MissingExtra
        The extra ``calendar`` is not installed.
    UnknownId
        The problem has no such person; a KeyError.
    ProblemError
        A file is not there, is no calendar, is too large, or holds an appointment whose times cannot be read.
    """
    must_be_problem(problem)
    problem.facilitator(facilitator)
    need("calendar", "icalendar", "recurring_ical_events")
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    own = {event_uid(problem, item.meeting, pool) for item in problem.meetings}
    days, hours = list[Span](), list[Span]()
    for path in map(Path, given):
        for calendar in read_calendars(path, limits):
            for whole, start, end in _busy(calendar, path, problem.period, own):
                (days if whole else hours).append((start, end))
    return tuple(_rows(facilitator, merged(days), merged(hours), problem.period))


def _rows(facilitator: str, days: Sequence[Span], hours: Sequence[Span], period: Period) -> Iterator[Availability]:
    for start, end in days:
        first, last = period.local_day(start), days_later(period.local_day(end), -1)
        yield _row(facilitator, first, last)
    for start, end in hours:
        if not any(opens <= start and end <= closes for opens, closes in days):
            yield _row(facilitator, start, end)


def _row(facilitator: str, start: date, end: date) -> Availability:
    return Availability(facilitator=facilitator, start=start, end=end, kind="unavailable")


def _busy(calendar: Calendar, path: Path, period: Period, own: set[str]) -> Iterator[tuple[bool, datetime, datetime]]:
    """Yield what takes somebody's time around the period: whether it takes whole days, from when until when."""
    opens, closes = (moment + n * AROUND_DAYS * DAY for moment, n in zip(period.span, (-1, 1), strict=True))
    _check(calendar, path, period)
    import recurring_ical_events

    try:
        found = [(event, event.start, event.end) for event in recurring_ical_events.of(calendar).between(opens, closes)]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise refused(path, calendars.UNREADABLE) from None
    for event, start, end in found:
        if str(event.get("UID", "")) in own or not _takes_time(event):
            continue
        whole = not isinstance(start, datetime)
        span = _instant(start, period), _instant(end, period)
        if span[0] < span[1] and span[0] < closes and opens < span[1]:
            yield whole, *span
    for start, end in _free_busy(calendar, path):
        if start < end and start < closes and opens < end:
            yield False, start, end


def _takes_time(event: Component) -> bool:
    return str(event.get("TRANSP", "")).upper() != "TRANSPARENT" and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _instant(moment: date, period: Period) -> datetime:
    """Return the instant of a moment of a calendar; a day begins at midnight, and one without a zone is local."""
    if not isinstance(moment, datetime):
        return midnight(moment, period.zone)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=period.zone)
    return moment.astimezone(UTC).replace(microsecond=0)


def _free_busy(calendar: Calendar, path: Path) -> Iterator[Span]:
    """Yield the times that a calendar gives as taken without saying by what."""
    for number, component in enumerate(calendar.walk("VFREEBUSY"), 1):
        found = component.get("FREEBUSY", [])
        try:
            for item in found if isinstance(found, list) else [found]:
                if str(item.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                    start, end = item.dt
                    start = start.astimezone(UTC)
                    yield start, start + end if isinstance(end, timedelta) else end.astimezone(UTC)
        except (ValueError, TypeError, AttributeError):
            raise refused(path, calendars.APPOINTMENT.fill(number=number)) from None


# --- what cannot be read, before it is expanded ------------------------------------------------------------


def _check(calendar: Calendar, path: Path, period: Period) -> None:
    """Refuse a calendar with an appointment whose times cannot be read, or with more of them than can be looked at."""
    occurrences = 0
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        start = _moment(event.get("DTSTART"))
        if start is None or any(name in TIMES for name, _ in event.errors):
            raise refused(path, calendars.APPOINTMENT.fill(number=number))
        if any(_zone_is_lost(item) for name in TIMES for item in _listed(event.get(name))):
            raise refused(path, calendars.NO_ZONE.fill(number=number))
        try:
            occurrences += sum(_count(rule, start, period) for rule in _listed(event.get("RRULE")))
        except PydanticCustomError as error:
            message: Message = (error.context or {})["message"]
            often = message.code == rows.TOO_MANY_TIMES.code
            raise refused(path, _too_often() if often else calendars.APPOINTMENT.fill(number=number)) from None
        if occurrences > MAX_OCCURRENCES:
            raise refused(path, _too_often())


def _moment(value: Any) -> date | None:
    try:
        return value.dt if isinstance(value.dt, date) else None
    except (AttributeError, ValueError):  # it is not there, or cannot be read
        return None


def _too_often() -> Message:
    return calendars.TOO_OFTEN.fill(most=grouped(MAX_OCCURRENCES), steps=grouped(MAX_STEPS))


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _zone_is_lost(item: Any) -> bool:
    """Tell whether a time names a zone that nobody knows: it would be taken for one of the period."""
    if "TZID" not in getattr(item, "params", ()):
        return False
    moments = [part.dt for part in item.dts] if hasattr(item, "dts") else [getattr(item, "dt", None)]
    return any(isinstance(moment, datetime) and moment.tzinfo is None for moment in moments)


def _count(rule: Any, start: date, period: Period) -> int:
    """Return how often a rule recurs around the period, near enough: hours ahead or behind do not matter here."""
    clock = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    opens, closes = (moment.astimezone(period.zone).replace(tzinfo=None) for moment in period.span)
    return len(recurring(rule.to_ical().decode(), clock, DAY, opens, closes, period.zone))
