"""Seats that ask for continuity, which goes by their name: whether the sessions of their series call them alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from poolmatch.domain.meetings import LEAD
from poolmatch.hints import nearest
from poolmatch.issues import Issue
from poolmatch.messages import series as said

Numbered = Sequence[tuple[int, Any]]


@dataclass(frozen=True)
class _Place:
    """A seat of a session, with the row that it is told at: of the meeting where it has none of its own."""

    meeting: str
    seat: str
    role: str
    asks: bool
    table: str
    number: int


def continuity_issues(get: Mapping[str, Numbered]) -> Iterator[Issue]:
    """Warn of seats that continuity cannot reach: no other session of the series calls them so.

    Parameters
    ----------
    get
        The rows of each table with their numbers.
    """
    before = {(row.series, row.seat) for _, row in get["history"]}
    for series, places in _of_series(get).items():
        sessions: defaultdict[str, set[str]] = defaultdict(set)
        for place in places:
            sessions[place.seat].add(place.meeting)
        if len(set[str]().union(*sessions.values())) < 2:
            continue  # the others lie in other periods
        asking = {place.seat: place.role for place in places if place.asks}
        joined = {seat for seat in asking if len(sessions[seat]) > 1 or (series, seat) in before}
        for place in places:
            if place.asks and place.seat not in joined:
                others = sorted(sessions.keys() - {place.seat})
                yield said.SEAT_OF_ONE_SESSION.at(
                    place.table, (place.number,), "seat", value=place.seat, hint=nearest(place.seat, others)
                )
            elif not place.asks:
                yield from _otherwise(place, {seat: sessions[seat] for seat in joined if asking[seat] == place.role})


def _otherwise(place: _Place, alike: Mapping[str, set[str]]) -> Iterator[Issue]:
    """Warn of a seat in a session that lacks those of its role that keep their people: it may be one of them.

    Parameters
    ----------
    place
        The seat.
    alike
        The sessions of each seat of its role that keeps its people.
    """
    if alike and all(place.meeting not in sessions for sessions in alike.values()):
        column = "seat" if place.table == "seats" else "series"
        message = said.SEAT_CALLED_OTHERWISE if column == "seat" else said.SEAT_NOT_NAMED
        hint = nearest(place.seat, alike) if column == "seat" else None
        yield message.at(place.table, (place.number,), column, value=place.seat, seat=min(alike), hint=hint)


def _of_series(get: Mapping[str, Numbered]) -> Mapping[str, Sequence[_Place]]:
    """Return the seats of each series, in the order of the rows; those of meetings that name none come last."""
    series = {row.meeting: row.series for _, row in get["meetings"] if row.series is not None}
    found: defaultdict[str, list[_Place]] = defaultdict(list)
    for number, row in get["seats"]:
        if row.meeting in series:
            asks = row.continuity != "none"
            found[series[row.meeting]].append(_Place(row.meeting, row.seat, row.role, asks, "seats", number))
    seated = {row.meeting for _, row in get["seats"]}
    for number, row in get["meetings"]:
        if row.meeting in series and row.meeting not in seated:
            asks = any(place.asks for place in found[series[row.meeting]] if place.seat == LEAD)
            found[series[row.meeting]].append(_Place(row.meeting, LEAD, LEAD, asks, "meetings", number))
    return found
