"""What people write in the place of the id of a seat: what its role is called, where no other seat has that role.

Nobody who fills in a workbook gave the seat of a meeting that names none its id. In a Dutch workbook it is shown as
"leider", which is what people type; it is read back by the seats of the same workbook or problem. Of past work the
meetings are not there any more: "leider" is that seat, unless the workbook has seats that somebody called so; an id
that would be taken for it has an apostrophe before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.meetings import LEAD
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.row import is_blank
from poolmatch.domain.values import fold, tidy
from poolmatch.tables.reading import Reading
from poolmatch.vocabulary.closed_words import ROLES

Seats = Mapping[str, Mapping[str, object]]
"""Role by seat, by meeting."""
WRITTEN = ("pins", "published", "requirements")
"""Tables that name seats of meetings of the same problem."""
_BY_DEFAULT: Mapping[str, object] = {LEAD: LEAD}


def seat_meant(text: str, seats: Mapping[str, object]) -> str:
    """Return the seat that is meant: the one of that id, else the only one whose role is called so, else the text.

    Parameters
    ----------
    text
        What is written, not blank.
    seats
        Role by seat, of one meeting.
    """
    if text in seats:
        return text
    alike = [seat for seat, role in seats.items() if fold(text) in _called(role)]
    return alike[0] if len(alike) == 1 else text


def _called(role: object) -> frozenset[str]:
    words = ROLES.get(role) if isinstance(role, str) else None
    return frozenset(map(fold, words.templates)) if words else frozenset()


_LEADS = _called(LEAD) - {LEAD}
"""What a lead is called besides by the id of the seat."""


def resolve_seats(reading: Reading) -> None:
    """Put ids in the place of names of seats in the tables of a workbook, in which meetings are called by their ids.

    Parameters
    ----------
    reading
        What was read; rows are changed in place.
    """
    seats: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for row in reading.tables.get("seats", ()):
        meeting, seat = row.get("meeting"), row.get("seat")
        if isinstance(meeting, str) and isinstance(seat, str):
            seats[tidy(meeting)][tidy(seat)] = row.get("role")
    for row in reading.tables.get("meetings", ()):
        if isinstance(meeting := row.get("meeting"), str) and tidy(meeting) not in seats:
            seats[tidy(meeting)] = dict(_BY_DEFAULT)
    for table in WRITTEN:
        _resolve(reading, table, seats)
    if reading.language == "nl":
        named = {seat for row in reading.tables.get("seats", ()) if isinstance(seat := row.get("seat"), str)}
        for row in reading.tables.get("history", ()):
            if isinstance(seat := row.get("seat"), str):
                row["seat"] = past_seat_meant(tidy(seat), named)


def past_seat_shown(seat: str, named: Collection[str]) -> str:
    """Return what the seat of past work is called in a Dutch workbook.

    Parameters
    ----------
    seat
        Its id.
    named
        Ids of the seats that the workbook names.
    """
    if any(fold(name) in _LEADS for name in named):
        return seat
    if seat == LEAD:
        return LEAD if LEAD in named else ROLES[LEAD].nl
    return f"'{seat}" if _is_quoted_lead(seat) else seat


def past_seat_meant(text: str, named: Collection[str]) -> str:
    """Return the id of the seat of past work that a Dutch workbook calls so; the reverse of `past_seat_shown`."""
    if any(fold(name) in _LEADS for name in named):
        return text
    if text.startswith("'") and _is_quoted_lead(text):
        return text[1:]
    return LEAD if fold(text) in _LEADS else text


def _is_quoted_lead(text: str) -> bool:
    """Tell whether a text is what the lead is called, with or without apostrophes before it."""
    return fold(text.lstrip("'")) in _LEADS


def resolve_seats_of_roster(reading: Reading, problem: Problem) -> None:
    """Put ids in the place of names of seats in a roster.

    Parameters
    ----------
    reading
        What was read; rows are changed in place.
    problem
        The problem it is a roster of.
    """
    seats: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for row in problem.all_seats:
        seats[row.meeting][row.seat] = row.role
    _resolve(reading, RosterRow.table, seats)


def _resolve(reading: Reading, table: str, seats: Seats) -> None:
    for row in reading.tables.get(table, ()):
        meeting, seat = row.get("meeting"), row.get("seat")
        if isinstance(meeting, str) and isinstance(seat, str) and not is_blank(seat):
            row["seat"] = seat_meant(tidy(seat), seats.get(tidy(meeting), {}))


assert all("seat" in TABLES[table].model_fields for table in WRITTEN)
