"""Pins that a coordinator sets in a roster: to make a new one from it that keeps some of its seats."""

from __future__ import annotations

from poolmatch.domain.meetings import Pin
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, must_be_roster


def pinned(problem: Problem, roster: Roster) -> Problem:
    """Return a problem with the pins that a roster was given in its file, in the column ``pin``.

    A seat that is marked yes stays as it is in the roster: with who holds it, at the time at which the meeting is, or
    empty. One that is marked no is not pinned. Of all others the pins of the problem hold.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it, read from a file; any other has no marks, and changes nothing.

    Raises
    ------
    ProblemError
        Who is pinned is not in the pool.
    """
    must_be_problem(problem)
    must_be_roster(roster)
    marks = {key: pin for key, pin in roster.marks.items() if key in problem.seat_keys}
    fresh = [
        Pin(
            meeting=row.meeting,
            seat=row.seat,
            facilitator=row.facilitator,
            slot_start=row.start if problem.slots_of(row.meeting) else None,
        )
        for row in roster.rows
        if marks.get((row.meeting, row.seat))
    ]
    if not marks:
        return problem
    kept = [pin for pin in problem.pins if (pin.meeting, pin.seat) not in marks]
    return problem.replace(pins=(*kept, *fresh))
