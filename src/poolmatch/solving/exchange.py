"""Somebody else in a seat while all others stay: whether that is legal, and what the roster is worth then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.submodel import SubModels, restricted
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.nearby import NO_GOAL, NearbyRosters
from poolmatch.solving.running.budget import Budget

MOST = 2**60
"""Weights that add up to more are not added up: the solver's whole numbers end there."""


class Exchanges:
    """Puts one candidate after another in the place of others, and nothing else changes.

    What they have to do with is cut out of the whole once, and of that what one of them has to do with.

    Parameters
    ----------
    nearby
        The rosters near the given one.
    leaving
        Candidates that are taken and will not be.
    coming
        Candidates, of whom one at a time is taken instead.
    goals
        What the roster is worth by.
    """

    def __init__(self, nearby: NearbyRosters, leaving: Ints, coming: Ints, goals: Sequence[Objective]) -> None:
        values, count = nearby.values, len(nearby.taken)
        assert values is not None
        free = np.zeros(count, np.bool_)
        free[leaving] = free[coming] = True
        self._part = nearby.sub_models.around(free, values, NO_GOAL)
        self._goals = [restricted(goal, self._part.columns, values) for goal in goals]
        self._count = int((self._part.columns < count).sum())
        self._leaving = np.searchsorted(self._part.columns[: self._count], leaving)
        self._models = SubModels(self._part.system, self._count)

    def worth(self, candidate: int, budget: Budget) -> tuple[int, ...] | None:
        """Return what the roster is worth by each goal with a candidate in that place; None where it is not legal.

        Parameters
        ----------
        candidate
            One of those that may come.
        budget
            How long; where it is over, None is returned as well.
        """
        mine = int(np.searchsorted(self._part.columns[: self._count], candidate))
        free = np.zeros(self._count, np.bool_)
        free[self._leaving] = free[mine] = True
        small = self._models.around(free, self._part.hint, NO_GOAL)
        place = np.searchsorted(small.columns[: free.sum()], np.append(self._leaving, mine))
        system = small.system.fixing(place[:-1], 0).fixing(place[-1:], 1)
        goals = [restricted(goal, small.columns, self._part.hint) for goal in self._goals]
        return _least(system, goals, budget)


def priced(nearby: NearbyRosters, taken: Ints, goals: Sequence[Objective], budget: Budget) -> tuple[int, ...] | None:
    """Return what another roster is worth by each goal; None where it is not legal, or time is up.

    Parameters
    ----------
    nearby
        The rosters near the given one.
    taken
        Value of each candidate in the other.
    goals, budget
        As of `Exchanges`.
    """
    values = nearby.values
    assert values is not None
    part = nearby.sub_models.around(taken != nearby.taken, values, NO_GOAL)
    mine = taken[part.columns[part.columns < len(taken)]]
    system = part.system.fixing(np.flatnonzero(mine > 0), 1).fixing(np.flatnonzero(mine == 0), 0)
    return _least(system, [restricted(goal, part.columns, values) for goal in goals], budget)


def _least(system: System, goals: Sequence[Objective], budget: Budget) -> tuple[int, ...] | None:
    """Return the least that goals come to where all candidates are decided; None where there are no such values."""
    if system.contradictory:
        return None
    search, values = Search(system, Settings(1, 0, deterministic=False, brief=True)), None
    for goal in _summed(goals, system):
        answer = search.minimise(goal, budget.left, budget.stop)
        if answer.values is None or answer.bound != goal.value(answer.values):
            return None
        values = answer.values
        search.keep(goal, goal.value(values))
    return None if values is None else tuple(goal.value(values) for goal in goals)


def _summed(goals: Sequence[Objective], system: System) -> Sequence[Objective]:
    """Return the sum of goals, all of which it is the least of; goals one by one where the sum would be too large.

    All candidates are decided, and the columns that a rule adds are nobody's but its own: what is least for one goal is
    least whatever the others are.

    Parameters
    ----------
    goals, system
        What is minimised, and what it is about.
    """
    total = np.zeros(len(system.bounds[0]), np.int64)
    size = 0.0
    for goal in goals:
        total[goal.column] += goal.weight
        size += float(np.abs(goal.weight).astype(float) @ np.abs(system.bounds[1][goal.column]).astype(float))
    used = np.flatnonzero(total)
    return [Objective(0, 1, used, total[used], 0)] if size < MOST else goals
