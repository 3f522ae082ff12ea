"""Calendars (RFC 5545) to hand out: of the pool, of each person, of each party.

A calendar that is written where an earlier one stands goes on from there. What is as it was keeps its number; what is
otherwise gets the next one, so that programs move it; what is no more is cancelled.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from poolmatch.checking import Report
from poolmatch.domain.arguments import must_be
from poolmatch.domain.calendar import Period
from poolmatch.messages import calendars as said
from poolmatch.report.sections.names import organisation_name, person_name
from poolmatch.report.sections.occasions import Occasion, occasions_of
from poolmatch.report.time_zones import time_zone
from poolmatch.tables.atomic import digest, replacing_all, telling
from poolmatch.tables.calendar_file import calendar_uid, event_uid, parsed
from poolmatch.tables.extras import need
from poolmatch.views import COORDINATOR, Audience, View
from poolmatch.vocabulary.closed_words import AUDIENCES
from poolmatch.words import LANGUAGES, Language, Words, joined, pattern

if TYPE_CHECKING:
    from icalendar import Calendar, Event
    from icalendar.cal import Component

PRODUCT = "-//poolmatch//calendars//EN"
CANCELLED = "CANCELLED"
TOLD_AGAIN = ("UID", "DTSTART", "DTEND", "SUMMARY", "LOCATION")
"""What is said of an event that is cancelled: by which one knows it."""
POOL = Words("Pool, {period}", "Pool, {period}")
OF_READER = Words("{who}, {period}", "{who}, {period}")
NAMED = Words("{pool}: {name}", "{pool}: {name}")
OWN_ROLE = Words("{title} – {roles}", "{title} – {roles}")
PRESENT = Words("On the spot from {start} to {end}", "Aanwezig van {start} tot {end}")
TO_TELL = Words("To be told to the parties of {who}: {what}", "Te melden aan de partijen over {who}: {what}")


def calendar_of(
    report: Report,
    audience: Audience = COORDINATOR,
    language: Language = "en",
    *,
    earlier: bytes | None = None,
    pool: str = "",
) -> bytes:
    """Return the calendar of a reader: what has a time, and nothing that they may not see.

    The same roster gives the same bytes. Duties, and meetings whose date is open, are left out.

    Parameters
    ----------
    report
        What the rules say of the roster: ``result.report``, or what ``check`` returns.
    audience
        Who reads: the coordinator gets the calendar of the pool, a facilitator that of their work, a party that of the
        meetings in which it has a stake.
    language
        Language of what they read.
    earlier
        The calendar that they were given before: what is otherwise now gets a higher number, and what is no more is
        cancelled. None where this is the first.
    pool
        Name of the pool, told in the name of the calendar. It parts meetings of two pools that have one id: give it
        always, or never.

    Raises
    ------
    MissingExtra
        The extra ``calendar`` is not installed.
    UnknownId
        The problem has no such party or facilitator; a KeyError.
    ValueError
        The public reads, or the earlier calendar is another's.
    """
    view = _view(report, audience)
    was = None if earlier is None else _earlier(earlier, view, pool)
    if earlier is not None and was is None:
        raise ValueError(said.OTHER_CALENDAR)
    return _written(report, view, language, was, pool)


def write_calendar(
    report: Report,
    path: str | os.PathLike[str],
    audience: Audience = COORDINATOR,
    language: Language = "en",
    *,
    pool: str = "",
    force: bool = False,
) -> None:
    """Write the calendar of a reader; where their earlier one stands in its place, it goes on from there.

    Parameters
    ----------
    report, audience, language, pool
        As for `calendar_of`.
    path
        The file; its name ends in ``.ics``.
    force
        Whether to replace a file that is not the earlier calendar of the same reader, period and pool. It is kept
        beside it, with ``.bak`` behind its name.

    Raises
    ------
    MissingExtra, UnknownId
        As for `calendar_of`.
    ValueError
        The public reads, or the file has another ending, is a symbolic link, or has a name that Windows keeps.
    WouldOverwrite
        Something else stands there; nothing was written.
    NotWritten
        It cannot be written; what stood there before is still there.
    """
    path = Path(path)
    if path.suffix.lower() != ".ics":
        raise ValueError(said.NOT_ICS.fill(file=path.name))
    _write(report, {path: audience}, language, pool, force)


def write_calendars(
    report: Report, folder: str | os.PathLike[str], language: Language = "en", *, pool: str = "", force: bool = False
) -> tuple[Path, ...]:
    """Write the calendars of the pool, of everybody with work, and of every party; each goes on from its earlier one.

    Who has lost all their work gets a calendar in which it is cancelled, where they had one.

    Parameters
    ----------
    report, language, pool
        As for `calendar_of`.
    folder
        Where they go; made if need be.
    force
        As for `write_calendar`.

    Returns
    -------
    tuple of Path
        The files.

    Raises
    ------
    MissingExtra, ValueError, WouldOverwrite, NotWritten
        As for `write_calendar`.
    """
    must_be(report, Report, "report", "give result.report, or what poolmatch.check returns")
    folder, problem = Path(folder), report.problem
    found = {folder / "pool.ics": COORDINATOR}
    readers = [
        *(Audience.facilitator(row.facilitator) for row in problem.facilitators),
        *(Audience.party(row.organisation) for row in problem.organisations),
    ]
    for reader in readers:
        path = _place(folder, reader, language)
        if path.exists() or _timed(report, View(report.plan, reader)):
            found[path] = reader
    with telling(lambda: folder):
        folder.mkdir(parents=True, exist_ok=True)
    _write(report, found, language, pool, force)
    return tuple(found)


def _place(folder: Path, reader: Audience, language: Language) -> Path:
    """Return where the calendar of one of many readers goes: where their earlier one stands, in whatever language.

    From another file it could not go on, and programs heed no change whose number is not higher.
    """
    kind = AUDIENCES[reader.kind]
    places = [folder / f"{kind.say(code)}-{quote(reader.id, safe=' ')}.ics" for code in (language, *LANGUAGES)]
    return next((place for place in places if place.exists()), places[0])


def _write(report: Report, readers: Mapping[Path, Audience], language: Language, pool: str, force: bool) -> None:
    contents, written = dict[Path, bytes](), dict[str, str]()
    for path, reader in readers.items():
        view, was = _view(report, reader), None
        if path.is_file():
            with telling(lambda path=path: path):  # type: ignore[misc]
                was = _earlier(path.read_bytes(), view, pool)
                written |= {} if was is None else {path.name: digest(path)}
        contents[path] = _written(report, view, language, was, pool)
    with replacing_all(force=force, written=written) as fresh:
        for path, content in contents.items():
            fresh(path).write_bytes(content)


def _view(report: Report, audience: Audience) -> View:
    """Return what a reader may see, where a calendar can be made for them."""
    must_be(report, Report, "report", "give result.report, or what poolmatch.check returns")
    need("calendar", "icalendar")
    if audience.kind == "public":
        raise ValueError(said.NOTHING_FOR_PUBLIC)
    return View(report.plan, audience)


def _earlier(content: bytes, view: View, pool: str) -> Calendar | None:
    """Return the calendar that a reader was given before; None where a text is something else."""
    audience = view.audience
    uid = calendar_uid(view.plan.problem, audience.kind, audience.id, pool)
    found = [item for item in parsed(content) if str(item.get("PRODID")) == PRODUCT and str(item.get("UID")) == uid]
    return found[0] if len(found) == 1 else None


def _timed(report: Report, view: View) -> list[Occasion]:
    return [item for item in occasions_of(report, view) if item.start is not None]


# --- what is written ---------------------------------------------------------------------------------------


def _written(report: Report, view: View, language: Language, was: Calendar | None, pool: str) -> bytes:
    from icalendar import Calendar, vText

    problem, audience = report.problem, view.audience
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("UID", calendar_uid(problem, audience.kind, audience.id, pool))
    calendar.add("NAME", vText(_name(report, audience, pool).say(language)))  # of itself it would be written raw
    span = problem.period.start.year - 1, problem.period.end.year + 1
    calendar.add_component(time_zone(problem.period.zone, *span))
    events = [_event(view, item, language, pool) for item in _timed(report, view)]
    stamp = datetime.combine(problem.period.start, datetime.min.time(), UTC)
    for event in _numbered(events, [] if was is None else was.walk("VEVENT")):
        event.add("DTSTAMP", stamp + timedelta(minutes=_number(event)))  # later with each change, yet no clock
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _name(report: Report, audience: Audience, pool: str) -> Words:
    problem = report.problem
    if audience == COORDINATOR:
        name = POOL.fill(period=problem.period.name)
    else:
        find = person_name if audience.kind == "facilitator" else organisation_name
        name = OF_READER.fill(who=find(problem, audience.id), period=problem.period.name)
    return NAMED.fill(pool=pool, name=name) if pool else name


def _event(view: View, occasion: Occasion, language: Language, pool: str) -> Event:
    from icalendar import Event

    problem, audience = view.plan.problem, view.audience
    event = Event()
    event.add("UID", event_uid(problem, occasion.id, pool))
    times = [moment.astimezone(problem.period.zone) for moment in (occasion.start, occasion.end) if moment is not None]
    if any(moment.fold for moment in times):  # the second of two hours that the clock shows alike
        times = [moment.astimezone(UTC) for moment in times]
    event.add("DTSTART", times[0])
    event.add("DTEND", times[1])
    event.add("SUMMARY", _summary(occasion, audience).say(language))
    place = occasion.place.say(language) if isinstance(occasion.place, Words) else occasion.place
    if place:
        event.add("LOCATION", place)
    event.add("DESCRIPTION", joined("\n", list(_lines(occasion, problem.period))).say(language))
    event.add("STATUS", "CONFIRMED" if occasion.held else "TENTATIVE")
    return event


def _summary(occasion: Occasion, audience: Audience) -> Words:
    own = [post.role_name for post in occasion.held if audience == Audience.facilitator(post.facilitator or "")]
    if own:
        return OWN_ROLE.fill(title=occasion.title, roles=joined(", ", own))
    return pattern("{title}", title=occasion.label if audience == COORDINATOR else occasion.title)


def _lines(occasion: Occasion, period: Period) -> Iterator[Words]:
    """Yield what is said of an event: who sits in it, when one must be there, what must be told."""
    for post in occasion.posts:
        yield pattern("{role}: {who}", role=post.role_name, who=post.holder)
    meeting = occasion.meeting
    if occasion.start and occasion.end and (meeting.setup_minutes or meeting.wrapup_minutes):
        start = period.local_time(occasion.start - timedelta(minutes=meeting.setup_minutes))
        end = period.local_time(occasion.end + timedelta(minutes=meeting.wrapup_minutes))
        yield PRESENT.fill(start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    for post in occasion.held:
        if post.disclosures:
            yield TO_TELL.fill(who=post.who, what=joined("; ", post.disclosures))


# --- what it was before ------------------------------------------------------------------------------------


def _numbered(events: Iterable[Component], earlier: Iterable[Component]) -> Iterator[Component]:
    """Yield events with their numbers, and after them those that were and are no more."""
    was = {str(event.get("UID")): event for event in earlier}
    for event in events:
        before = was.pop(str(event["UID"]), None)
        number = 0 if before is None else _number(before) + (_content(before) != _content(event))
        event.add("SEQUENCE", number)
        yield event
    for _, before in sorted(was.items()):
        yield _cancelled(before)


def _cancelled(before: Component) -> Event:
    """Return an event as one that is no more; of who sits in it nothing is said."""
    from icalendar import Event

    event = Event()
    for name in TOLD_AGAIN:
        if name in before:
            event[name] = before[name]
    event.add("STATUS", CANCELLED)
    event.add("TRANSP", "TRANSPARENT")
    event.add("SEQUENCE", _number(before) + (str(before.get("STATUS")) != CANCELLED))
    return event


def _number(event: Component) -> int:
    try:
        return max(0, int(str(event.get("SEQUENCE", 0))))
    except ValueError:
        return 0


def _content(event: Component) -> set[tuple[str, bytes, str]]:
    """Return what an event says, but for what tells how often it changed."""
    return {
        (name, value.to_ical(), str(getattr(value, "params", {}).get("TZID", "")))
        for name, value in event.items()
        if name not in ("SEQUENCE", "DTSTAMP")
    }
