"""From columns to a roster, and what the judge says of it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from poolmatch.arrays import Candidates, Ints, second
from poolmatch.checking import Report, judge
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.ruleset import RuleSet


def roster_of(problem: Problem, candidates: Candidates, taken: Ints) -> Roster:
    """Return the roster of the candidates that are taken.

    Parameters
    ----------
    problem, candidates
        The problem and its candidates.
    taken
        Value of each column; the first are the candidates.
    """
    world = candidates.world
    holders: dict[tuple[str, str], str | None] = {}
    starts = {pin.meeting: pin.slot_start for pin in problem.open_pins if pin.slot_start is not None}
    own: dict[tuple[str, str], datetime] = {}
    for candidate in np.flatnonzero(taken[: len(candidates)]).tolist():
        seat = world.seats[candidates.seat[candidate]]
        holders[seat.meeting, seat.seat] = world.people[candidates.person[candidate]].facilitator
        occasion = candidates.occasion[candidate]
        if world.occasions.timed[occasion]:
            starts[seat.meeting] = datetime.fromtimestamp(int(world.occasions.start[occasion]), UTC)
            own[seat.meeting, seat.seat] = starts[seat.meeting]

    def moved(row: RosterRow) -> dict[str, datetime | None]:
        # Forced pins may put the seats of a meeting in several slots.
        start = own.get((row.meeting, row.seat), row.start)
        return {} if start == row.start else {"start": start, "end": None}

    return Roster.of(problem, holders, starts).with_rows(moved)


def judged(problem: Problem, rules: RuleSet, candidates: Candidates, taken: Ints) -> Report:
    """Return what the judge says of the candidates that are taken. Parameters as of `roster_of`, and the rules."""
    return judge(problem, roster_of(problem, candidates, taken), rules, candidates.world)


def columns_of(candidates: Candidates, roster: Roster) -> Ints:
    """Return which candidates a roster takes, 0 or 1 for each; who is no candidate is left out."""
    world = candidates.world
    taken = np.zeros(len(candidates), np.int64)
    for row in roster.rows:
        if row.facilitator in world.positions:  # empty else, or held by someone who has left since
            mine = candidates.find(world.positions[row.facilitator], world.seat_positions[row.meeting, row.seat])
            if row.start is not None and len(mine) > 1:
                mine = mine[candidates.column("start")[mine] == second(row.start)]
            taken[mine[:1]] = 1
    return taken
