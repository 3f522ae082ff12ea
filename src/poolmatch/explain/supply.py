"""The pool against the seats it has to fill: who could take which, and how many of them at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from poolmatch.arrays import Bools, Ints, bools, ints
from poolmatch.domain.hours import TICKS
from poolmatch.domain.problem import Problem
from poolmatch.explain.demand import Asks, Kind
from poolmatch.explain.explanation import Explanation
from poolmatch.ruleset import RuleSet
from poolmatch.solving.coverage import Coverage, Filled, limits_alone
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.spans import busiest
from poolmatch.vocabulary import counts
from poolmatch.words import Words

SHORT = Words(
    "{kind}: {seats}, {hours:.4g} hours, for {people}; {fillable} of them can be filled at once.",
    "{kind}: {seats}, {hours:.4g} uur, voor {people}; daarvan zijn er {fillable} tegelijk te bezetten.",
)


@dataclass(frozen=True)
class Demand(Explanation):
    """Seats of one kind, and who there is for them.

    Attributes
    ----------
    kind
        What they have in common.
    seats
        Meeting and seat of each, in order of id: required, and still to be filled.
    hours
        What they take together, travel aside.
    people
        Ids of those of the pool who could take one of them at least, in the order of the problem.
    fillable
        How many the pool can fill at once, if it need fill no others.
    settled
        Whether it is proven that it can fill no more.
    """

    kind: Kind
    seats: tuple[tuple[str, str], ...]
    hours: float
    people: tuple[str, ...]
    fillable: int
    settled: bool

    @property
    def short(self) -> int:
        """How many of them cannot be filled, whatever stays empty elsewhere."""
        return len(self.seats) - self.fillable

    @property
    def words(self) -> Words:
        """The demand and the supply as a sentence."""
        about = {"seats": counts.seats(len(self.seats)), "people": counts.facilitators(len(self.people))}
        return SHORT.fill(kind=self.kind.words, hours=self.hours, fillable=self.fillable, **about)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        seats = [list(item) for item in self.seats]
        return {**super().to_dict(), "kind": self.kind.to_dict(), "seats": seats, "short": self.short}


class Supply:
    """The pool and the required seats that are still to be filled, made ready once.

    Externals do not count to the pool, and pins hold nobody here.

    Parameters
    ----------
    problem, rules
        The problem, and its rules; wishes do not count.
    workers
        Threads.
    """

    def __init__(self, problem: Problem, rules: RuleSet, workers: int = 1) -> None:
        self.problem, self.rules, self.workers = problem, limits_alone(rules), workers
        self.prepared = Prepared.of(problem, self.rules)
        candidates = self.prepared.candidates
        self.seats = demanded(self.prepared)
        self.outside = from_outside(self.prepared)
        self.coverage = Coverage(self.prepared, self.outside, workers=workers)
        inside = np.flatnonzero(~self.outside)
        self.able = {
            place: np.unique(candidates.person[inside[candidates.seat[inside] == place]])
            for place in self.seats.tolist()
        }
        """Positions of those of the pool who could take each seat."""

    @cached_property
    def asks(self) -> dict[int, Asks]:
        """What each seat asks for, by position."""
        seats = self.prepared.world.seats
        return {place: Asks.of(self.problem, seats[place]) for place in self.seats.tolist()}

    def hours(self, places: Collection[int]) -> float:
        """Return what some seats take together; of a meeting that can be held at several times the first counts."""
        world = self.prepared.world
        return sum(float(world.occasions.ticks[world.rows_of(place)[0]]) for place in places) / TICKS / 60

    def demand(self, kind: Kind, places: Collection[int], fillable: int, *, settled: bool) -> Demand:
        """Return some seats, at positions, and who there is for them."""
        world = self.prepared.world
        seats = sorted((world.seats[place].meeting, world.seats[place].seat) for place in places)
        able = {world.people[person].facilitator for place in places for person in self.able[place].tolist()}
        people = tuple(row.facilitator for row in self.problem.facilitators if row.facilitator in able)
        return Demand(kind, tuple(seats), self.hours(places), people, fillable, settled)

    def most(self, budget: Budget) -> Filled | None:
        """Return how many of all seats can be filled."""
        return self.coverage.most(self.seats, budget)

    @cached_property
    def at_once(self) -> int:
        """How many of the seats go on at the busiest moment; meetings that can be held at several times aside."""
        world = self.prepared.world
        rows = [world.rows_of(place) for place in self.seats.tolist()]
        single = ints(int(part[0]) for part in rows if len(part) == 1 and world.occasions.timed[part[0]])
        opens, closes = world.occasions.opens[single], world.occasions.closes[single]
        moments = busiest(opens, closes, 1)
        return int(((opens <= moments[0]) & (closes > moments[0])).sum()) if len(moments) else 0


def demanded(prepared: Prepared) -> Ints:
    """Return the positions of the required seats that are still to be filled."""
    world = prepared.world
    frozen = world.problem.frozen
    wanted = bools(seat.required and seat.meeting not in frozen for seat in world.seats)
    return np.flatnonzero(wanted)


def from_outside(prepared: Prepared) -> Bools:
    """Tell which candidates are externals."""
    external = bools(row.external for row in prepared.world.people)
    return np.asarray(external[prepared.candidates.person])
