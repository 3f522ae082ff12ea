"""The past within a period: meetings that began before today, who held them and when. Nothing changes them any more.

`history` tells who held a meeting, and where it has no row of it, what people were told in `published`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from poolmatch.domain.calendar import Span
from poolmatch.domain.hours import ticks_of_meeting
from poolmatch.domain.lookup import Lookup
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.past import Past, Published
from poolmatch.issues import Issue
from poolmatch.messages import between_rows as between


@dataclass(frozen=True)
class Frozen:
    """A meeting that began before today, as it was.

    Attributes
    ----------
    start, end
        When it was held.
    holders
        Who held each of its seats, by id of the seat; None for nobody. They may have left the pool since.
    """

    start: datetime
    end: datetime
    holders: Mapping[str, str | None]


@dataclass(frozen=True)
class Departed:
    """A seat of the past that was held by someone who is no longer in the pool: filled, and nobody's work.

    Attributes
    ----------
    meeting, seat
        The meeting and the seat.
    facilitator
        Id of who held it; the problem has no row of them.
    start, end
        When.
    """

    meeting: Meeting
    seat: Seat
    facilitator: str
    start: datetime
    end: datetime

    @property
    def ticks(self) -> int:
        """What it took, in ticks of `poolmatch.domain.hours`: the parties received it."""
        return ticks_of_meeting(self.meeting, self.start, self.end)


def frozen_meetings(problem: Lookup) -> dict[str, Frozen]:
    """Return the meetings that began before today, by id, in the order of the problem; none without ``today``."""
    if problem.period.today is None:
        return {}
    history, published = defaultdict[str, list[Past]](list), defaultdict[str, list[Published]](list)
    for row in problem.history:
        history[row.meeting].append(row)
    for told in problem.published:
        published[told.meeting].append(told)
    found = {}
    for meeting in problem.meetings:
        done, told_rows = history[meeting.meeting], published[meeting.meeting]
        span = _held_at(problem, meeting, done, told_rows)
        if span is not None:
            seats = problem.seats_of(meeting.meeting)
            holders = _by_history(seats, done) if done else _by_published(seats, told_rows)
            found[meeting.meeting] = Frozen(*span, holders)
    return found


def _held_at(problem: Lookup, meeting: Meeting, history: Iterable[Past], published: Iterable[Published]) -> Span | None:
    """Return when a meeting was held; None when it is still to come.

    Of a fixed meeting its own time counts; of a flexible one that of history, else the slot that was told. A flexible
    meeting of which neither is known is past when all its slots are, and counts as held in the first.
    """
    period = problem.period
    if meeting.start is not None and meeting.end is not None:
        return (meeting.start, meeting.end) if period.is_past(meeting.start) else None
    ends = {slot.start: slot.end for slot in problem.slots_of(meeting.meeting)}
    done = [(row.start, row.end) for row in history if row.start and row.end and period.is_past(row.start)]
    if done:
        start, end = min(done)
        return start, ends.get(start, end)
    told = [row.slot_start for row in published if row.slot_start in ends and row.slot_start is not None]
    start = min(told, default=max(ends))
    if not period.is_past(start):
        return None
    start = start if told else min(ends)
    return start, ends[start]


def _by_published(seats: Iterable[Seat], rows: Iterable[Published]) -> dict[str, str | None]:
    told = {row.seat: row.facilitator for row in rows}
    return {seat.seat: told.get(seat.seat) for seat in seats}


def _by_history(seats: Sequence[Seat], rows: Iterable[Past]) -> dict[str, str | None]:
    """Return who held each seat: of two for one seat the last by id; who names no seat had the first free of the role.

    The order of the rows does not matter.
    """
    holders: dict[str, str | None] = dict.fromkeys(seat.seat for seat in seats)
    ordered = sorted(rows, key=lambda row: row.facilitator)
    for row in ordered:
        if row.seat in holders:
            holders[row.seat] = row.facilitator
    by_id = sorted(seats, key=lambda seat: seat.seat)
    for row in ordered:
        if row.seat is None and row.facilitator not in holders.values():
            free = (seat.seat for seat in by_id if seat.role == row.role and holders[seat.seat] is None)
            place = next(free, None)
            if place is not None:
                holders[place] = row.facilitator
    return holders


def departed_holders(problem: Lookup, frozen: Mapping[str, Frozen]) -> Iterator[Departed]:
    """Yield the seats of past meetings that were held by people who are no longer in the pool."""
    for name, was in frozen.items():
        for seat, holder in was.holders.items():
            if holder is not None and holder not in problem.facilitator_ids:
                yield Departed(problem.meeting(name), problem.seat(name, seat), holder, was.start, was.end)


# --- what is doubtful about it ---------------------------------------------------------------------------


def past_issues(problem: Lookup, frozen: Mapping[str, Frozen]) -> Iterator[Issue]:
    """Yield a warning for each past meeting of which nothing is known, and for rows of history that do not count."""
    known = {row.meeting for row in problem.history} | {row.meeting for row in problem.published}
    unknown = [
        number for number, row in enumerate(problem.meetings, 1) if row.meeting in frozen and row.meeting not in known
    ]
    if unknown:
        yield between.PAST_UNKNOWN.at("meetings", unknown)
    yield from _history_issues(problem, frozen)


def _history_issues(problem: Lookup, frozen: Mapping[str, Frozen]) -> Iterator[Issue]:
    """Yield a warning for each row of history about a meeting planned here that counts for nothing, or not in full."""
    ignored: list[int] = []
    of_past: defaultdict[str, list[tuple[int, Past]]] = defaultdict(list)
    for number, row in enumerate(problem.history, 1):
        if row.meeting in frozen:
            of_past[row.meeting].append((number, row))
        elif row.meeting in problem.occasion_ids:
            ignored.append(number)
    if ignored:
        yield between.HISTORY_PLANNED.at("history", ignored, "meeting")
    for name, rows in of_past.items():
        was = frozen[name]
        moved = [number for number, row in rows if row.start is not None and row.start != was.start]
        if moved:
            yield between.HISTORY_MOVED.at("history", moved, "start")
        unseated = [number for number, row in rows if not _seated(row, was.holders)]
        if unseated:
            yield between.HISTORY_WITHOUT_SEAT.at("history", unseated, "seat")


def _seated(row: Past, holders: Mapping[str, str | None]) -> bool:
    return row.facilitator in holders.values() if row.seat is None else holders.get(row.seat) == row.facilitator
