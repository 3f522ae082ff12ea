"""Neighbourhoods of the incumbent, each solved by CP-SAT within a fraction of a second.

That is large neighbourhood search (Shaw, "Using constraint programming and local search methods to solve vehicle
routing problems", CP 1998).
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.submodel import SubModel
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.fewer_people import FewerPeople, FewerPeopleParams
from poolmatch.solving.search.neighbourhoods import Neighbourhoods
from poolmatch.solving.search.pieces import PieceParams, Pieces, search_submodel
from poolmatch.solving.strategy import Outcome, Resources, Workers
from poolmatch.solving.task import Task

logger = logging.getLogger("poolmatch")


@dataclass(frozen=True)
class NeighbourhoodParams:
    """Which neighbourhoods are searched, and for how long.

    Attributes
    ----------
    seconds
        Time for one neighbourhood.
    likely
        Most neighbourhoods have about so many candidates for each seat,
    wide
        and one of so many has all that are open.
    patience
        With one worker the search is at its end after so many neighbourhoods in a row without gain.
    pieces, fewer_people
        How long parts may take; how the second roster is searched.
    """

    seconds: float = 0.4
    likely: int = 6
    wide: int = 5
    patience: int = 12
    pieces: PieceParams = field(default_factory=PieceParams)
    fewer_people: FewerPeopleParams = field(default_factory=FewerPeopleParams)


@dataclass(frozen=True)
class Trial:
    """A part of a roster that is being searched.

    Attributes
    ----------
    kind, part
        The neighbourhood.
    base
        Values of all columns of the roster it was cut out of.
    around
        Who drew it, to learn from it; None for a part of the second roster.
    """

    kind: str
    part: SubModel
    base: Ints
    around: Neighbourhoods | None


class NeighbourhoodSearch:
    """Searches neighbourhoods of the incumbent, as many at once as workers are free.

    Parameters
    ----------
    resources
        What it works with.
    workers
        Those that it shares with other strategies.
    params
        How it searches.
    """

    def __init__(self, resources: Resources, workers: Workers, params: NeighbourhoodParams) -> None:
        self._resources, self._workers, self._params = resources, workers, params
        self._search: _Search | None = None

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Search; see `poolmatch.solving.strategy.Strategy`. What neighbourhoods were worth is kept for the next run.

        With one worker it is exhausted when nothing has been gained for a while, so that a proof can have its turn.
        """
        if self._search is None or self._search.task is not task:
            self._search = _Search(task, self._resources, self._params)
        search = self._search
        ended = threading.Event()
        pieces = Pieces(task, self._resources.seed, budget.stop, self._params.pieces)
        with ExitStack() as ending:
            executor = self._resources.executor
            pool = executor or ending.enter_context(ThreadPoolExecutor(self._resources.workers))
            work = ending.enter_context(Work(pool, self._resources.workers))
            ending.callback(ended.set)  # also when something fails: what still runs is not waited for
            asked = budget.stop.also(ended.is_set)
            search.idle = 0
            while not budget.over and not incumbent.proven and not self._tired(search):
                for _ in range((self._workers.free if executor is None else work.at_once) - work.pending):
                    search.submit(work, pieces, incumbent, min(self._params.seconds, max(0.05, budget.left)), asked)
                if not work.pending:
                    time.sleep(POLL_SECONDS)
                elif search.idle > self._params.patience and incumbent.raised > search.gained:
                    budget.wait(self._params.seconds * search.idle / self._params.patience, lambda: incumbent.proven)
                search.collect(work, pieces, incumbent)
            ended.set()
            work.cancel()  # what comes back now is still taken over
            soon = time.monotonic() + self._params.seconds
            while work.pending and (work.here or time.monotonic() < soon):
                search.collect(work, pieces, incumbent)
        logger.info("%s: %s", task.objective.name, search.tally)
        return Outcome.TIME_UP if budget.over else Outcome.EXHAUSTED

    def _tired(self, search: _Search) -> bool:
        return self._resources.alone and search.idle >= self._params.patience


class _Search:
    """What is known of the neighbourhoods of one task."""

    def __init__(self, task: Task, resources: Resources, params: NeighbourhoodParams) -> None:
        self.task, self._resources, self._params = task, resources, params
        self._around = Neighbourhoods(task.features, resources.seed)
        self._near = Neighbourhoods(task.features, resources.seed + 1)  # with fewer candidates, these grow larger
        self._fewer_people = FewerPeople.of(task, resources.seed, params.fewer_people)
        self._known: tuple[Relaxed, Bools] | None = None
        self._numbers, self._drawn = count(), 0
        self._trials = dict[int, Trial]()
        self.idle, self.gained = 0, time.monotonic()
        """Neighbourhoods in a row without gain, and when there was some."""

    @property
    def tally(self) -> str:
        """How many neighbourhoods of each kind were searched, and how many of them helped."""
        return f"{self._around.tally}, of likely candidates {self._near.tally}"

    def submit(self, work: Work, pieces: Pieces, incumbent: Incumbent, limit: float, stop: Stop) -> None:
        """Choose a part and have it searched."""
        number = next(self._numbers)
        second = None if self._resources.alone and number % 2 else self._of_second_roster(pieces, incumbent)
        self._trials[number] = trial = second or self._of_incumbent(incumbent)
        more = [stop] if work.here else []
        work.submit(search_submodel, trial.part, limit, self._resources.seed, *more, tag=number)

    def collect(self, work: Work, pieces: Pieces, incumbent: Incumbent) -> None:
        """Take over what has been searched by now."""
        for number, answer in work.values(2 * POLL_SECONDS):
            trial = self._trials.pop(number)
            values, ended = (None, False) if answer is None else answer
            if trial.around is None and self._fewer_people is not None:
                second = self._fewer_people.learn(trial.part, values, ended)
                if second is not None and self.task.sub_models.feasible(second):
                    incumbent.offer(second)
                continue
            gain = pieces.put_back(trial.part, trial.base, values, incumbent)
            self.idle = 0 if gain > 0 else self.idle + 1
            self.gained = time.monotonic() if gain > 0 else self.gained
            if trial.around is not None:
                trial.around.learn(trial.kind, gain, ended)

    def _of_incumbent(self, incumbent: Incumbent) -> Trial:
        """Choose a neighbourhood of the best roster."""
        best, relaxed, mine = incumbent.best, incumbent.relaxed, self.task.count
        taken = best.values[:mine]
        wide = relaxed is None or self._drawn % self._params.wide == 0
        self._drawn += 1
        around = self._around if wide else self._near
        kind, free = around.draw(taken)
        open_ = np.ones(mine, np.bool_) if relaxed is None else relaxed.open(best.value)[:mine]
        if not wide and relaxed is not None:
            open_ = open_ & self._likely(relaxed)
        part = self.task.sub_models.around(free & (open_ | (taken == 1)), best.values, self.task.guide)
        return Trial(kind, part, best.values, around)

    def _likely(self, relaxed: Relaxed) -> Bools:
        """Return the candidates that are most likely to be taken: those that add least to the bound."""
        if self._known is None or self._known[0] is not relaxed:
            adds = relaxed.reduced_cost[: self.task.count]
            size = min(self.task.count, self._params.likely * len(np.unique(self.task.features.seat)))
            most = np.partition(adds, size - 1)[size - 1]
            self._known = relaxed, np.asarray(adds <= most)
        return self._known[1]

    def _of_second_roster(self, pieces: Pieces, incumbent: Incumbent) -> Trial | None:
        """Choose a part of the second roster, if there is one and none is being searched."""
        second = self._fewer_people
        if second is None or second.under_way:
            return None
        part = second.trial(incumbent.best, pieces.complete)
        return None if part is None or second.values is None else Trial("fewer people", part, second.values, None)
