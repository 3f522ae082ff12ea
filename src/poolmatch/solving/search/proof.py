"""Proof by CP-SAT: a search among all rosters that could still be better, for the sake of its bound.

A candidate whose reduced cost is more than the gap is in no better roster (reduced cost fixing; Dantzig, Fulkerson and
Johnson, "Solution of a large-scale traveling-salesman problem", Operations Research 2, 1954); so the search leaves it
out, and what it proves holds for all rosters that are better than the one it began with.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.backends.cpsat import Listener, Search, Settings
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task


@dataclass(frozen=True)
class ProofParams:
    """When a proof is worth beginning, and beginning anew.

    Attributes
    ----------
    most
        Up to so many candidates that could be in a better roster are searched.
    shrunk
        It ends when no more than this part of them is left by now, from 0 to 1,
    seconds
        and so many have gone by: a smaller one is quicker.
    """

    most: int = 25_000
    shrunk: float = 0.5
    seconds: float = 3.0


class Proof:
    """Searches the candidates that could be in a better roster than the incumbent.

    Parameters
    ----------
    resources
        What it works with; one worker is enough.
    params
        When it is worth it.
    """

    def __init__(self, resources: Resources, params: ProofParams) -> None:
        self._seed, self._params = resources.seed, params

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Search; see `poolmatch.solving.strategy.Strategy`. Exhausted at once where too many candidates are open."""
        best, open_ = incumbent.best, self._open(task, incumbent)
        size = int(open_.sum())
        if size > self._params.most:
            return Outcome.EXHAUSTED
        free = open_ | (best.values[: task.count] == 1)
        part = task.sub_models.among(free, best.values, task.objective)

        def proven(bound: int) -> None:
            incumbent.raise_bound(min(best.value, bound))

        def offered(values: Ints) -> None:
            whole = best.values.copy()
            whole[part.columns] = values
            incumbent.offer(whole)

        clock = budget.at_most(budget.left)

        def smaller() -> bool:
            late = clock.gone > self._params.seconds
            return incumbent.proven or (late and self._open(task, incumbent).sum() < self._params.shrunk * size)

        search = Search(part.system, Settings(1, self._seed, False))
        search.hint(part.hint)
        stop = budget.stop.also(smaller)
        limit = max(0.1, budget.left)
        answer = search.minimise(part.objective, limit, stop, Listener(proven, offered), at_most=best.value)
        if answer.bound is not None:
            proven(answer.bound)
        if answer.values is not None:
            offered(answer.values)
        return Outcome.EXHAUSTED if incumbent.proven else Outcome.TIME_UP

    @staticmethod
    def _open(task: Task, incumbent: Incumbent) -> Bools:
        open_ = incumbent.open(task.count)
        return np.ones(task.count, np.bool_) if open_ is None else open_
