"""A goal led by its relaxation, by one worker: schedules, neighbourhoods and a proof by candidates, in turn."""

from __future__ import annotations

from dataclasses import replace

from poolmatch.solving.column_generation.search import ColumnGeneration
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.params import Params
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.neighbourhood_search import NeighbourhoodSearch
from poolmatch.solving.search.proof import Proof
from poolmatch.solving.search.root import Root
from poolmatch.solving.strategy import Outcome, Resources, Workers
from poolmatch.solving.task import Task


class Schedules:
    """The root of a task, and whole schedules priced from there.

    Parameters
    ----------
    resources
        What it works with; one worker is enough.
    params
        Of each strategy.
    """

    def __init__(self, resources: Resources, params: Params) -> None:
        self._root = Root(resources, params.root, params.neighbourhoods.pieces)
        self._columns = ColumnGeneration(resources, params.column_generation)

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Solve the root, and go on from there; see `poolmatch.solving.strategy.Strategy`."""
        outcome = self._root.run(task, incumbent, budget)
        if incumbent.proven or budget.over or not ColumnGeneration.suits(task, incumbent):
            return outcome
        return self._columns.run(task, incumbent, budget)


class RelaxationLed:
    """The root of a task, and then what proves and improves it, in turn.

    Parameters
    ----------
    resources
        What it works with; it takes one worker.
    params
        Of each strategy, and how much time schedules get.
    """

    def __init__(self, resources: Resources, params: Params) -> None:
        self._resources, self._params = replace(resources, workers=1, executor=None), params
        self._schedules = Schedules(self._resources, params)

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Prove, search, and prove again, one after the other; see `poolmatch.solving.strategy.Strategy`."""
        self._schedules.run(task, incumbent, budget.at_most(budget.left * self._params.portfolio.alone))
        if not incumbent.found:
            return Outcome.TIME_UP
        search = NeighbourhoodSearch(self._resources, Workers(1), self._params.neighbourhoods)
        proof = Proof(self._resources, self._params.proof)
        while not (budget.over or incumbent.proven):
            search.run(task, incumbent, budget)
            proof.run(task, incumbent, budget)
        return Outcome.EXHAUSTED if incumbent.proven else Outcome.TIME_UP
