"""What people are told: a roster as the published one of its problem."""

from __future__ import annotations

from poolmatch.domain.past import Published
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, must_be_roster


def as_published(problem: Problem, roster: Roster) -> Problem:
    """Return a problem with a roster as the one that people were told, in the place of any earlier one.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it. Of a seat with several rows the last one counts.
    """
    must_be_problem(problem)
    must_be_roster(roster)
    rows = {(row.meeting, row.seat): row for row in roster.rows}
    return problem.replace(
        published=[
            Published(meeting=row.meeting, seat=row.seat, facilitator=row.facilitator, slot_start=row.start)
            for row in rows.values()
        ]
    )
