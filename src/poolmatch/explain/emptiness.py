"""Empty seats, and how many of the pool fell away at each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from poolmatch.arrays import Arrays
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import eligibility
from poolmatch.ruleset import RuleSet


@dataclass(frozen=True)
class EmptySeat:
    """A seat that nobody holds.

    Attributes
    ----------
    meeting, seat
        Ids.
    fell
        How many of the pool fell away at each rule, in the order of the rules; each person counts at the first rule
        that puts them out. Rules at which nobody fell are left out. A flexible meeting counts by its first slot.
    eligible
        How many could have taken the seat by themselves, but sit elsewhere or have reached a limit.
    """

    meeting: str
    seat: str
    fell: Mapping[str, int]
    eligible: int

    def to_dict(self) -> dict[str, Any]:
        """Return the seat as data for a JSON document."""
        return {"meeting": self.meeting, "seat": self.seat, "fell": dict(self.fell), "eligible": self.eligible}


def empty_seats(problem: Problem, roster: Roster, rules: RuleSet) -> tuple[EmptySeat, ...]:
    """Return the required seats that a roster leaves empty, in the order of the problem.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it.
    rules
        The rules; only the eligibility rules are asked.
    """
    filled = {(row.meeting, row.seat) for row in roster.rows if row.facilitator is not None}
    open_seats = [row for row in problem.seats if row.required and (row.meeting, row.seat) not in filled]
    if not open_seats:
        return ()
    world = Arrays(problem)
    found = eligibility(world, rules)
    first: dict[int, int] = {}
    for row, place in enumerate(world.occasions.seat.tolist()):
        first.setdefault(place, row)
    result = []
    for seat in open_seats:
        counts = found.fell[first[world.seat_positions[seat.meeting, seat.seat]]].tolist()
        fell = {rule: count for rule, count in zip(found.rules, counts, strict=True) if count}
        result.append(EmptySeat(seat.meeting, seat.seat, fell, len(world.people) - sum(counts)))
    return tuple(result)
