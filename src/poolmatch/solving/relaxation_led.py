"""A goal led by its relaxation: proofs beside a search in neighbourhoods, or in turn where there is one worker.

Whole schedules prove first (`column_generation`). Where they are at their end, CP-SAT searches all candidates that
could be in a better roster (`proof`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from poolmatch.solving.column_generation.search import ColumnGeneration
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.params import Params
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import POLL_SECONDS
from poolmatch.solving.search.neighbourhood_search import NeighbourhoodSearch
from poolmatch.solving.search.proof import Proof
from poolmatch.solving.search.root import Root
from poolmatch.solving.search.whole import WholeModel
from poolmatch.solving.strategy import Outcome, Resources, Strategy, Workers
from poolmatch.solving.task import Task


class RelaxationLed:
    """The root of a task, and then what proves and improves it.

    Parameters
    ----------
    resources
        What it works with.
    params
        Of each strategy, and of the choice between them.
    """

    def __init__(self, resources: Resources, params: Params) -> None:
        self._resources, self._params = resources, params
        self._root = Root(resources, params.root, params.neighbourhoods.pieces)

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Solve the root, and go on from there; see `poolmatch.solving.strategy.Strategy`."""
        outcome = self._root.run(task, incumbent, budget)
        if incumbent.proven or budget.over or not incumbent.found:
            return outcome
        if task.leads and task.count <= self._params.proof.most:  # where only coverage counts, that is faster
            return WholeModel(self._resources, self._params.whole).run(task, incumbent, budget)
        workers = Workers(self._resources.workers)
        search = NeighbourhoodSearch(self._resources, workers, self._params.neighbourhoods)
        if self._resources.alone:
            return self._in_turn(search, task, incumbent, budget)
        ended = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            proving = pool.submit(self._prove, workers, task, incumbent, budget.unless(ended.is_set))
            try:
                outcome = search.run(task, incumbent, budget.unless(lambda: proving.done() and not incumbent.proven))
            finally:
                ended.set()
            proving.result()
        return outcome

    def _columns(self, task: Task, incumbent: Incumbent) -> Sequence[Strategy]:
        """Return the search by whole schedules, where it suits the task."""
        choice = self._params.portfolio
        by_candidates = 0 < task.objective.tier < choice.fair and task.count <= choice.whole
        if by_candidates or not ColumnGeneration.suits(task, incumbent):
            return ()
        return (ColumnGeneration(self._resources, self._params.column_generation),)

    def _prove(self, workers: Workers, task: Task, incumbent: Incumbent, budget: Budget) -> None:
        """Prove on a thread of its own, as long as there is something to do."""
        for strategy in self._columns(task, incumbent):
            with workers.one():
                strategy.run(task, incumbent, budget)
        proof = Proof(self._resources, self._params.proof)
        while not (budget.over or incumbent.proven):
            if proof.suits(task, incumbent):
                with workers.one():
                    proof.run(task, incumbent, budget)
            else:
                time.sleep(POLL_SECONDS)

    def _in_turn(self, search: NeighbourhoodSearch, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Prove, search, and prove again, one after the other."""
        for strategy in self._columns(task, incumbent):
            strategy.run(task, incumbent, budget.at_most(budget.left * self._params.portfolio.alone))
        proof = Proof(self._resources, self._params.proof)
        while not (budget.over or incumbent.proven):
            search.run(task, incumbent, budget)
            proof.run(task, incumbent, budget)
        return Outcome.EXHAUSTED if incumbent.proven else Outcome.TIME_UP
