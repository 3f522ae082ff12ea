"""A roster that people were told, made to fit a problem that has changed: with as few of them disturbed as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from poolmatch.arrays import Bools, Ints, bools
from poolmatch.checking import Report
from poolmatch.solving.model.system import Objective
from poolmatch.solving.nearby import BROKEN, CHANGES, NO_GOAL, PEOPLE, Asked, NearbyRosters, Told
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget

LARGEST = 40_000
"""Up to so many candidates all rosters are looked at; beyond, building the model takes longer than anybody waits."""
SMALL = 1500
"""Up to so many candidates all goals are sought among all rosters, not only the first ones."""
WIDER = 20_000
"""So many candidates at most are freed about seats that stay empty."""
FIRST = 3
"""How many goals come before all others: the highest tier, assignments that are dropped, people who are disturbed."""
PART = 0.5
"""Part of the time that is left which one search may take, from 0 to 1."""
MENDING = 5.0
"""So many seconds at least may pass until there is a legal roster: without there is nothing to return."""


@dataclass(frozen=True)
class Replanned:
    """What replanning came to.

    Attributes
    ----------
    report
        What the judge says of the roster.
    filled
        Whether it is proven that no legal roster is better in the highest tier.
    fewest
        Whether it is proven that of those exactly as good in it none drops fewer assignments, and of these none
        disturbs fewer people.
    """

    report: Report
    filled: bool
    fewest: bool


@dataclass(frozen=True)
class _Best:
    """The best roster so far: its columns, and what it is worth by the first goals."""

    values: Ints
    worth: tuple[int, ...]


class Replanning:
    """Looks for the roster that keeps best to what people were told.

    First comes the highest tier, such as coverage; then as few people as can be are taken from a seat that they could
    keep; then as few as can be are disturbed; then come the other tiers; and at last as few changes as can be.

    Where nobody has to be taken from a seat, only seats without a holder are open. The best of these rosters is the
    best of all that take nobody from a seat; so it is the best of all, once it is known that no other fills more.

    Parameters
    ----------
    prepared
        The problem as it is now.
    told
        What people were told, as far as each can keep it.
    vacated
        Seats that people were told and cannot keep.
    workers
        Threads of a search among all rosters.
    largest, small
        Up to so many candidates all rosters are looked at, and all goals sought among them.
    """

    def __init__(
        self,
        prepared: Prepared,
        told: Told,
        vacated: Ints,
        *,
        workers: int = 1,
        largest: int = LARGEST,
        small: int = SMALL,
    ) -> None:
        self._prepared, self._taken, self._vacated = prepared, told.taken, vacated
        self._told = NearbyRosters(prepared, told.taken, told=told, workers=workers)
        self._whole_too, self._small = len(told.taken) <= largest, len(told.taken) <= small
        self._first = prepared.tiers[0] if prepared.tiers else NO_GOAL
        rest = prepared.objectives if prepared.rules.mode == "weighted" else prepared.objectives[1:]
        self._goals: Sequence[Objective | float] = (self._first, BROKEN, PEOPLE, *rest, CHANGES)

    @property
    def legal(self) -> bool:
        """Whether all that people were told and can keep is legal together."""
        return self._told.values is not None

    def best(self, budget: Budget) -> Replanned | None:
        """Return the best roster that is found in time; None where none is found that keeps the pins.

        Parameters
        ----------
        budget
            How long.

        Raises
        ------
        ModelMismatch
            The judge finds the roster illegal: a bug in poolmatch or in the solver.
        """
        nearby = self._told if self.legal else self._told.mended(Budget(max(MENDING, budget.left), budget.stop))
        if nearby is None or nearby.values is None:
            return None
        start = self._best(nearby.values)
        best, settled = self._search(nearby, start, self._goals, self._open(nearby), self._part(budget))
        # Nothing that takes nobody from a seat is better. Whether something else is, depends on what it fills.
        kept = settled >= FIRST and best.worth[1] == 0
        filled = best.worth[0] == self._prepared.blocks.floor(self._first)
        for free in (self._about_empty(nearby, best), self._every):
            if filled or budget.over or (free.all() and not self._whole_too):
                break
            fuller, settled = self._search(nearby, best, self._goals[:1], free, self._part(budget))
            if fuller.worth[0] < best.worth[0]:
                mended = self._mended(nearby, fuller, best, budget)
                best, kept = mended, kept and mended is best
            filled = bool(free.all()) and settled > 0 and best.worth[0] <= fuller.worth[0]
        if filled and not kept and self._whole_too and not budget.over:
            best, kept = self._fewest(nearby, best, budget)
        return Replanned(nearby.judged(best.values), filled, kept)

    @cached_property
    def _every(self) -> Bools:
        return np.ones(len(self._taken), np.bool_)

    def _part(self, budget: Budget) -> Budget:
        return budget.at_most(PART * budget.left)

    def _best(self, values: Ints) -> _Best:
        return _Best(values, (self._first.value(values), *self._told.counted(values)[: FIRST - 1]))

    # --- where to look -----------------------------------------------------------------------------------

    def _open(self, nearby: NearbyRosters) -> Bools:
        """Tell which candidates are for seats that nobody holds, or that clash with what people were told."""
        candidates = self._prepared.candidates
        held = np.unique(candidates.seat[nearby.taken > 0])
        dropped = np.flatnonzero((self._taken > 0) & (nearby.taken == 0))
        clash = np.isin(candidates.meeting, candidates.meeting[dropped])
        clash |= self._told.at_seats_of(np.unique(candidates.person[dropped]))
        return ~np.isin(candidates.seat, held) | clash

    def _changed(self, best: _Best) -> Bools:
        """Tell which candidates are for seats in which something changes."""
        seat = self._prepared.candidates.seat
        return np.isin(seat, np.unique(seat[best.values[: len(seat)] != self._taken]))

    def _about_empty(self, nearby: NearbyRosters, best: _Best) -> Bools:
        """Tell which candidates are for required seats that are empty, or for what else those do who could sit there.

        Where these are too many only seats count that somebody was told and cannot keep.
        """
        candidates = self._prepared.candidates
        held = np.unique(candidates.seat[best.values[: len(candidates)] > 0])
        required = bools(seat.required for seat in self._prepared.world.seats)
        empty = required[candidates.seat] & candidates.open & ~np.isin(candidates.seat, held)
        now = nearby.beside(best.values)
        for about in (empty, empty & np.isin(candidates.seat, self._vacated)):
            near = about | now.stepping_in(about)
            if near.sum() <= WIDER:
                return near
        return np.zeros(len(candidates), np.bool_)

    # --- looking -----------------------------------------------------------------------------------------

    def _search(
        self, nearby: NearbyRosters, best: _Best, goals: Sequence[Objective | float], free: Bools, budget: Budget
    ) -> tuple[_Best, int]:
        """Return the best roster that differs from the best one in freed candidates, and how many goals are proven."""
        if not free.any():
            return best, len(goals)
        if budget.over:
            return best, 0
        found = nearby.beside(best.values).searched(Asked(), goals, free, budget)
        if found is None:
            return best, 0
        better, known = self._best(found.values), min(FIRST, len(goals))
        return (better if better.worth[:known] <= best.worth[:known] else best), found.settled

    def _mended(self, nearby: NearbyRosters, found: _Best, best: _Best, budget: Budget) -> _Best:
        """Return a roster that is better by the first goals with all that comes after them improved where it changes.

        Parameters
        ----------
        nearby, budget
            The rosters near what is kept, and how long.
        found
            The roster: it may be better by one goal alone, and change whatever it likes.
        best
            The best one before; it stays where time is up before it is known that the other takes few from a seat.
        """
        about = self._open(nearby) | self._changed(found)
        mended, settled = self._search(nearby, found, self._goals, about, budget)
        return best if settled < FIRST - 1 or mended.worth >= best.worth else mended

    def _fewest(self, nearby: NearbyRosters, best: _Best, budget: Budget) -> tuple[_Best, bool]:
        """Return the best of all rosters by the first goals, and whether that is proven; of few candidates by all."""
        goals = self._goals if self._small else self._goals[:FIRST]
        found, settled = self._search(nearby, best, goals, self._every, self._part(budget))
        if self._small:
            return found, settled >= FIRST
        if found.worth >= best.worth:
            return best, settled >= FIRST
        mended = self._mended(nearby, found, best, budget)
        return mended, settled >= FIRST and mended.worth == found.worth
