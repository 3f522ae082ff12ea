"""A goal by several strategies beside one another: which of them is the best is known only afterwards.

The whole model in CP-SAT, the same in HiGHS, schedules and neighbourhoods share the best roster and the bound. Whatever
proves the roster ends all of them. Goals of one problem are alike: whoever has proven the last one begins the next, and
as many more as there are workers for; the rest come in when it has taken longer than that. So an easy goal costs what
its best strategy takes alone, and a hard one little more than if all had begun at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.strategy import Outcome, Resources, Strategy
from poolmatch.solving.task import Task

logger = logging.getLogger("poolmatch")
AHEAD = 2.0
"""The others wait for so many times as long as the last goal took to be proven."""
MOST_AHEAD = 0.125
"""And for this part of the time at most, from 0 to 1."""


class SideBySide:
    """Runs strategies on one incumbent, each on a thread of its own.

    Parameters
    ----------
    strategies
        Those that run, by name.
    resources, pieces
        What the roster that they begin with is completed with.
    """

    def __init__(self, strategies: Mapping[str, Strategy], resources: Resources, pieces: PieceParams) -> None:
        self._strategies, self._pieces = strategies, pieces
        self._workers, self._seed = resources.workers, resources.seed
        self._order, self._took = list(strategies), 0.0
        """Who begins, and how long the last goal took."""

    @property
    def names(self) -> tuple[str, ...]:
        """The strategies, in the order in which they begin."""
        return tuple(self._order)

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Run all until one has proven the incumbent; see `poolmatch.solving.strategy.Strategy`."""
        Pieces(task, self._seed, budget.stop, self._pieces).offer_hint(incumbent)
        ended, ready = threading.Event(), threading.Event()
        ahead = min(AHEAD * self._took, MOST_AHEAD * budget.left)
        mine = budget.unless(lambda: ended.is_set() or incumbent.proven)

        def run(name: str) -> Outcome:
            first = name in self._order[: self._workers]
            if not first and not mine.wait(ahead, ready.is_set) and mine.over:
                return Outcome.TIME_UP
            try:
                return self._strategies[name].run(task, incumbent.shared(name), mine)
            finally:
                ready.set()  # a worker is free

        with ThreadPoolExecutor(len(self._strategies)) as pool:
            runs = [pool.submit(run, name) for name in self._strategies]
            wait(runs, return_when=FIRST_EXCEPTION)
            ended.set()  # when one has failed, the others do not go on
        outcomes = [run.result() for run in runs]
        leader = incumbent.closed_by
        self._order.sort(key=lambda name: name != leader)
        self._took = mine.gone if leader else 0.0
        logger.info("%s: %s after %.1f s", task.objective.name, leader or "open", mine.gone)
        return Outcome.EXHAUSTED if incumbent.proven or Outcome.TIME_UP not in outcomes else Outcome.TIME_UP
