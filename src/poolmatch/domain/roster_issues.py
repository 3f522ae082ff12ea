"""Where a roster does not fit its problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.hints import meant, nearest, nearest_word
from poolmatch.issues import Issue
from poolmatch.messages import rosters as said
from poolmatch.vocabulary.terms import word_term
from poolmatch.words import Words


def roster_issues(problem: Problem, roster: Roster) -> Iterable[Issue]:
    """Yield an issue for each row that names what the problem does not have, or contradicts it."""
    for number, row in enumerate(roster.rows, 1):
        yield from issues_of_row(problem, row, number)


def issues_of_row(problem: Problem, row: RosterRow, number: int) -> Iterable[Issue]:
    """Yield what does not fit in one row, which is so far from the first, counted from 1."""
    occasions, people = problem.occasion_ids, problem.facilitator_ids
    if row.meeting not in occasions:
        hint = _nearest(row.meeting, {item.meeting: item.title for item in problem.all_meetings})
        yield said.NO_MEETING.at("roster", (number,), "meeting", value=row.meeting, hint=hint)
    elif (row.meeting, row.seat) not in problem.seat_keys:
        hint = nearest(row.seat, [seat.seat for seat in problem.seats_of(row.meeting)])
        yield said.NO_SEAT.at("roster", (number,), "seat", value=row.seat, hint=hint)
    else:
        yield from _contradictions(problem, row, number)
    if row.facilitator is not None and row.facilitator not in people and not _as_it_was(problem, row):
        hint = _nearest(row.facilitator, {item.facilitator: item.name for item in problem.facilitators})
        yield said.NO_PERSON.at("roster", (number,), "facilitator", value=row.facilitator, hint=hint)


def _nearest(text: str, called: Mapping[str, str | None]) -> Words | None:
    """Return which id was probably meant: the nearest, else that of the only one whose name is nearest."""
    found = nearest(text, called)
    names = Counter(called.values())
    ids = {name: key for key, name in called.items() if name and names[name] == 1}
    near = None if found else nearest_word(text, ids)
    return found if near is None else meant(ids[near])


def _as_it_was(problem: Problem, row: RosterRow) -> bool:
    """Tell whether a row names who held a seat of a past meeting."""
    was = problem.frozen.get(row.meeting)
    return was is not None and was.holders.get(row.seat) == row.facilitator


def _contradictions(problem: Problem, row: RosterRow, number: int) -> Iterable[Issue]:
    seat = problem.seat(row.meeting, row.seat)
    if row.role is not None and row.role != seat.role:
        message = said.OTHER_ROLE if seat.role else said.NO_ROLE
        yield message.at("roster", (number,), "role", role=word_term("roster", "role", seat.role))
    if row.meeting in problem.frozen:
        return  # another time than it was is the business of the rule `past`
    times = problem.times(problem.meeting(row.meeting))
    if not times:
        if row.start is not None or row.end is not None:
            yield said.TIMED_DUTY.at("roster", (number,), "start")
    elif row.start is None and row.facilitator is not None and len(times) > 1:
        yield said.NO_SLOT.at("roster", (number,), "start")
    elif row.start is not None and row.start not in [start for start, _ in times]:
        yield said.OTHER_START.at("roster", (number,), "start")
    elif row.end is not None and (row.start or times[0][0], row.end) not in times:
        yield said.OTHER_END.at("roster", (number,), "end")
