"""Where a roster does not fit its problem."""

from __future__ import annotations

from collections.abc import Iterable

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.errors import Issue, nearest


def roster_issues(problem: Problem, roster: Roster) -> Iterable[Issue]:
    """Yield an issue for each row that names what the problem does not have, or contradicts it."""
    occasions, people = problem.occasion_ids, problem.facilitator_ids
    for number, row in enumerate(roster.rows, 1):
        if row.meeting not in occasions:
            hint = nearest(row.meeting, occasions)
            yield Issue(
                "roster", (number,), "meeting", "is not in the problem", hint + "correct the id", value=row.meeting
            )
        elif (row.meeting, row.seat) not in problem.seat_keys:
            hint = nearest(row.seat, [seat.seat for seat in problem.seats_of(row.meeting)])
            yield Issue(
                "roster", (number,), "seat", "is not a seat of that meeting", hint + "correct the id", value=row.seat
            )
        else:
            yield from _contradictions(problem, row, number)
        if row.facilitator is not None and row.facilitator not in people and not _as_it_was(problem, row):
            hint = nearest(row.facilitator, people)
            yield Issue(
                "roster", (number,), "facilitator", "is not in the pool", hint + "correct the id", value=row.facilitator
            )


def _as_it_was(problem: Problem, row: RosterRow) -> bool:
    """Tell whether a row names who held a seat of a past meeting."""
    was = problem.frozen.get(row.meeting)
    return was is not None and was.holders.get(row.seat) == row.facilitator


def _contradictions(problem: Problem, row: RosterRow, number: int) -> Iterable[Issue]:
    seat = problem.seat(row.meeting, row.seat)
    if row.role is not None and row.role != seat.role:
        remedy = f"write {seat.role}, or leave it blank" if seat.role else "leave it blank"
        yield Issue("roster", (number,), "role", "is not the role of that seat", remedy)
    if row.meeting in problem.frozen:
        return  # another time than it was is the business of the rule `past`
    times = problem.times(problem.meeting(row.meeting))
    if not times:
        if row.start is not None or row.end is not None:
            yield Issue(
                "roster", (number,), "start", "is given for a duty, which has no time", "leave start and end blank"
            )
    elif row.start is None and row.facilitator is not None and len(times) > 1:
        remedy = "copy the start of one of its slots"
        yield Issue("roster", (number,), "start", "is blank though the meeting can be held at several times", remedy)
    elif row.start is not None and row.start not in [start for start, _ in times]:
        yield Issue(
            "roster",
            (number,),
            "start",
            "is not when the meeting is held",
            "copy it from the problem, or leave it blank",
        )
    elif row.end is not None and (row.start or times[0][0], row.end) not in times:
        yield Issue(
            "roster", (number,), "end", "is not when the meeting ends", "copy it from the problem, or leave it blank"
        )
