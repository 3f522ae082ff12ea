"""A large problem, split into pieces, solved on somebody's executor, and stitched together again.

The people of a region, with what they hold and what is empty around them, are a problem of their own while all others
stay as they are. The pieces of a round touch different candidates, so that they are solved at the same time; the
borders are other ones in the next round. In between, sweeps over the relaxation raise the bound.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.bounds.dual_ascent import DualAscent
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.regions import pieces, regions
from poolmatch.solving.model.submodel import SubModel
from poolmatch.solving.params import Params
from poolmatch.solving.relaxation_led import RelaxationLed
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.pieces import Pieces
from poolmatch.solving.search.root import RootParams
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task

logger = logging.getLogger("poolmatch")


def improve_piece(task: Task, resources: Resources, params: Params, limit: float, stop: Stop | None = None) -> Ints:
    """Return better values of a piece's columns, or those it has.

    Parameters
    ----------
    task
        The piece, with what it holds for a hint.
    resources, params
        What a worker works with, and how.
    limit
        Seconds.
    stop
        Asked every few hundredths of a second; None is never.
    """
    incumbent = Incumbent(task.objective, task.guide)
    RelaxationLed(resources, params).run(task, incumbent, Budget(limit, stop))
    return incumbent.best.values if incumbent.found else task.hint


class RegionalSearch:
    """Rounds of pieces, and dual ascent between them: what gained more per second the last time comes next.

    Parameters
    ----------
    resources, params
        What it works with, and how.
    """

    def __init__(self, resources: Resources, params: Params) -> None:
        self._resources, self._params = resources, params

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Search; see `poolmatch.solving.strategy.Strategy`."""
        together = Pieces(task, self._resources.seed, budget.stop, self._params.neighbourhoods.pieces)
        together.offer_hint(incumbent)
        ascent = DualAscent(
            task.relaxation, task.features, task.objective, self._resources.seed, self._params.regional.ascent
        )
        with ExitStack() as ending:
            workers = self._resources.workers
            executor = self._resources.executor or ending.enter_context(ThreadPoolExecutor(workers))
            work = ending.enter_context(Work(executor, workers))
            until = time.monotonic() + budget.left * self._params.regional.first
            for _ in range(self._params.regional.approaches):
                ascent.first_order(workers, until, budget.stop, incumbent.raise_bound)
            incumbent.raise_bound(ascent.best.bound)
            if self._params.root.starts:
                together.offer_liked(ascent.best.values, incumbent)
            if incumbent.found:
                _Rounds(task, self._resources, self._params, together, ascent).improve(work, incumbent, budget)
        return Outcome.EXHAUSTED if incumbent.proven else Outcome.TIME_UP


class _Rounds:
    """Rounds of pieces, and dual ascent between them, on one task."""

    def __init__(self, task: Task, resources: Resources, params: Params, together: Pieces, ascent: DualAscent) -> None:
        self._task, self._resources, self._params = task, resources, params
        self._together, self._ascent = together, ascent
        self._random = np.random.default_rng(resources.seed)

    def improve(self, work: Work, incumbent: Incumbent, budget: Budget) -> None:
        """Improve the incumbent and its bound, by what gained more per second the last time."""
        ascent, stop = self._ascent, budget.stop
        until = time.monotonic() + budget.left
        steps: dict[str, Callable[[], object]] = {
            "round": lambda: self._round(work, incumbent, budget),
            "first-order": lambda: ascent.first_order(work.at_once, until, stop, incumbent.raise_bound),
            "sweep": lambda: ascent.sweep(work, until, stop, incumbent.raise_bound),
        }
        gains = dict.fromkeys(steps, math.inf)
        while not (budget.over or incumbent.proven):
            began, before = time.monotonic(), incumbent.value - incumbent.bound
            step = max(gains, key=lambda name: gains[name])
            steps[step]()
            gains[step] = (before - (incumbent.value - incumbent.bound)) / (time.monotonic() - began)
            if gains[step] > 0 or not any(gains.values()):  # what gained nothing may gain again once another has
                gains = {name: gain or math.inf for name, gain in gains.items()}
            name = self._task.objective.name
            logger.info("%s: value %d, bound %d after a %s", name, incumbent.value, incumbent.bound, step)

    def _round(self, work: Work, incumbent: Incumbent, budget: Budget) -> None:
        """Improve all regions of one division of the country."""
        task, params, base = self._task, self._params.regional, incumbent.best.values
        likely = self._ascent.likely(base)
        number = max(1, math.ceil(len(likely) / params.piece))
        division = regions(task.features, number, self._random.uniform(0, math.pi))
        free = [part & likely for part in pieces(task.features, division, base)]
        seconds = min(params.seconds, max(1.0, budget.left * work.at_once / number))
        spare = 0.0 if work.here else params.returning
        parts = dict[int, SubModel]()
        waiting = [place for place, some in enumerate(free) if some.any()]
        while waiting or work.pending:
            over = budget.stop.asked() or budget.left < -POLL_SECONDS
            if over and not work.here:
                work.drop()
                return
            if over:
                work.cancel()
            if over or budget.left <= spare:
                waiting.clear()
            while waiting and work.pending < work.at_once:
                place = waiting.pop(0)
                parts[place] = task.sub_models.around(free[place], base, task.guide)
                self._submit(work, place, parts[place], max(0.5, min(seconds, budget.left - spare)), budget.stop)
            for place, answer in work.values(POLL_SECONDS):
                self._together.put_back(parts[place], base, answer, incumbent)

    def _submit(self, work: Work, place: int, part: SubModel, limit: float, stop: Stop) -> None:
        """Have a piece improved by somebody: as one component, by schedules, and with no eye to what comes first."""
        mine = part.columns[part.columns < self._task.count]
        piece = Task(self._task.features.take(mine), part.system, part.objective, part.objective, part.hint)
        relaxing = RootParams(self._params.regional.relaxing, self._params.root.starts)
        params = replace(self._params, root=relaxing)
        more = [stop] if work.here else []
        work.submit(improve_piece, piece, Resources(1, self._resources.seed + place), params, limit, *more, tag=place)
