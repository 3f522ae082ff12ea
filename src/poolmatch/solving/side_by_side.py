"""A goal by several strategies beside one another: which of them is the best is known only afterwards.

The whole model in CP-SAT and in HiGHS, and what the relaxation leads, schedules and neighbourhoods, share the best
roster and the bound. Whatever proves the roster ends all of them. As many as there are workers for begin, the rest come
in later: so an easy goal costs what its best strategy takes alone, and a hard one twice as much at most. Goals of one
problem are alike, so that whoever has proven the last one begins, and has the workers to itself for several times as
long as that took. Next come those that take the model whole where all that costs is taken or not, and those that the
relaxation leads where hours cost. Once all have begun, who takes it whole and has nothing to tell for long, no roster
that is better and no bound that is better than its own last one, is set aside.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass

from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.strategy import Outcome, Resources, Strategy
from poolmatch.solving.task import Task

logger = logging.getLogger("poolmatch")


@dataclass(frozen=True)
class SideBySideParams:
    """How strategies share the time of a goal.

    Attributes
    ----------
    first
        Those that do not begin wait for this part of the time, from 0 to 1;
    ahead
        where somebody has proven the last goal, for so many times as long as that took,
    most_ahead
        and for this part of the time at most, from 0 to 1.
    silence
        Who takes the model whole and has told nothing for this part of the time, from 0 to 1, leaves the rest of it to
        the others.
    """

    first: float = 0.125
    ahead: float = 4.0
    most_ahead: float = 0.5
    silence: float = 1 / 3


class SideBySide:
    """Runs strategies on one incumbent, each on a thread of its own.

    Parameters
    ----------
    whole, led
        Those that take the model whole, and those that the relaxation leads, by name.
    resources, pieces
        What the roster that they begin with is completed with.
    params
        How they share the time; None is as usual.
    first
        What runs in the place of a strategy that is the first, and takes two workers.
    """

    def __init__(
        self,
        whole: Mapping[str, Strategy],
        led: Mapping[str, Strategy],
        resources: Resources,
        pieces: PieceParams,
        params: SideBySideParams | None = None,
        first: Mapping[str, Strategy] | None = None,
    ) -> None:
        self._whole, self._led = dict(whole), dict(led)
        self._first = dict(first or {})
        self._pieces, self._params = pieces, params or SideBySideParams()
        self._workers, self._seed = resources.workers, resources.seed
        self._leader, self._took = "", 0.0
        """Who has proven the last goal, and how long that took."""

    @property
    def names(self) -> tuple[str, ...]:
        """The strategies."""
        return (*self._whole, *self._led)

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Run all until one has proven the incumbent; see `poolmatch.solving.strategy.Strategy`."""
        Pieces(task, self._seed, budget.stop, self._pieces).offer_hint(incumbent)
        ended, ready = threading.Event(), threading.Event()
        ahead = self._params.first * budget.left
        if self._leader:
            ahead = min(self._params.most_ahead * budget.left, self._params.ahead * self._took)
        silence = self._params.silence * budget.left
        mine = budget.unless(lambda: ended.is_set() or incumbent.proven)

        def run(name: str) -> Outcome:
            if name not in begin and not mine.wait(ahead, ready.is_set) and mine.over:
                return Outcome.TIME_UP
            own = incumbent.shared(name)
            try:
                if name in self._led:
                    return self._led[name].run(task, own, mine)
                whole = self._first.get(name) if name == order[0] else None
                heard = mine.unless(lambda: own.silent > silence and mine.gone > ahead)
                return (whole or self._whole[name]).run(task, own, heard)
            finally:
                ready.set()  # a worker is free

        order = self._order(task)
        begin = self._beginning(order)
        with ThreadPoolExecutor(len(order)) as pool:
            runs = [pool.submit(run, name) for name in order]
            wait(runs, return_when=FIRST_EXCEPTION)
            ended.set()  # when one has failed, the others do not go on
        outcomes = [run.result() for run in runs]
        self._leader = incumbent.closed_by
        self._took = mine.gone if self._leader else 0.0
        logger.info("%s: %s after %.1f s", task.objective.name, self._leader or "open", mine.gone)
        return Outcome.EXHAUSTED if incumbent.proven or Outcome.TIME_UP not in outcomes else Outcome.TIME_UP

    def _order(self, task: Task) -> list[str]:
        """Return the strategies in the order in which they begin."""
        low, high = (side[task.objective.column] for side in task.system.bounds)
        parts = (self._whole, self._led) if ((low >= 0) & (high <= 1)).all() else (self._led, self._whole)
        return sorted((name for part in parts for name in part), key=lambda name: name != self._leader)

    def _beginning(self, order: Sequence[str]) -> Sequence[str]:
        """Return those that begin: as many as there are workers for, one at least."""
        return order[: max(1, self._workers - (order[0] in self._first))]
