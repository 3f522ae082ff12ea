"""Calendar files (RFC 5545): opening them, and what ties events to the meetings of a problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from poolmatch.domain.problem import Problem
from poolmatch.messages import calendars, files
from poolmatch.tables.extras import need
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.workbook_guard import refused
from poolmatch.words import grouped

if TYPE_CHECKING:
    from icalendar import Calendar

_POOLMATCH = UUID("0f3c8f4e-6a3b-5f6e-9c0d-2b1d9a7e4c55")
"""What all ids in calendars are derived from; any will do, and it must never change."""


def event_uid(problem: Problem, meeting: str, pool: str = "") -> str:
    """Return the id of a meeting in calendars: the same in every calendar, and whatever becomes of the meeting.

    Parameters
    ----------
    problem
        Its period is part of it: another month may call another meeting by the same id.
    meeting
        Id of the meeting.
    pool
        Name of the pool; another pool may do so too.
    """
    return _uid(problem, pool, "meeting", meeting)


def calendar_uid(problem: Problem, kind: str, reader: str, pool: str = "") -> str:
    """Return the id of a calendar.

    Parameters
    ----------
    problem, pool
        As for `event_uid`.
    kind, reader
        Kind and id of the audience.
    """
    return _uid(problem, pool, kind, reader)


def _uid(problem: Problem, *parts: str) -> str:
    return str(uuid5(_POOLMATCH, json.dumps([problem.period.start.isoformat(), *parts])))


def read_calendars(path: Path, limits: Limits = LIMITS) -> list[Calendar]:
    """Return the calendars of a file.

    Parameters
    ----------
    path
        The file.
    limits
        How large it may be.

    Raises
    ------
    MissingExtra
        The package icalendar is not installed.
    ProblemError
        The file is not there, is no calendar, or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limits.calendar_bytes + 1)
    except OSError as error:
        raise refused(path, files.MISSING if isinstance(error, FileNotFoundError) else files.CLOSED) from None
    if len(content) > limits.calendar_bytes:
        raise refused(path, calendars.TOO_LARGE.fill(most=grouped(limits.calendar_bytes)))
    if content.count(b"BEGIN:V") > limits.appointments:
        raise refused(path, calendars.TOO_MANY.fill(most=grouped(limits.appointments)))
    found = parsed(content)
    if not found:
        raise refused(path, calendars.UNREADABLE)
    return found


def parsed(content: bytes) -> list[Calendar]:
    """Return the calendars that a text holds; none where it is no calendar.

    Raises
    ------
    MissingExtra
        The package icalendar is not installed.
    """
    need("calendar", "icalendar")
    from icalendar import Calendar

    text = content.decode("utf-8-sig", errors="replace")  # what is not UTF-8 is in titles, which nobody reads here
    try:
        found = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return []
    return [item for item in found if isinstance(item, Calendar)]
