"""Which strategy works on a goal: the one place where that is decided."""

from __future__ import annotations

from dataclasses import replace

from poolmatch.solving.decomposition.components import Decomposed
from poolmatch.solving.decomposition.regional_search import RegionalSearch
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.params import Params
from poolmatch.solving.relaxation_led import RelaxationLed, Schedules
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.mixed_integer import MixedInteger
from poolmatch.solving.search.neighbourhood_search import NeighbourhoodSearch
from poolmatch.solving.search.whole import WholeModel
from poolmatch.solving.side_by_side import SideBySide
from poolmatch.solving.strategy import Outcome, Resources, Strategy, Workers
from poolmatch.solving.task import Task

OF_WHOLE = 2
"""Workers of the whole model where it is the first: of all searches of CP-SAT two follow the relaxation."""
PROVERS = 3
"""Strategies that prove, each with a worker of its own where there are so many; the others search neighbourhoods."""


class Portfolio:
    """Chooses the strategy for a task; a strategy itself. Which others it has beside it is each strategy's own.

    Parameters
    ----------
    resources
        What strategies work with.
    params
        Of each strategy, and of the choice.
    """

    def __init__(self, resources: Resources, params: Params) -> None:
        self._resources, self._params = resources, params
        self.whole = WholeModel(resources, params.whole)
        one, searching = replace(resources, workers=1), max(1, resources.workers - PROVERS)
        two = replace(resources, workers=min(OF_WHOLE, resources.workers))
        whole: dict[str, Strategy] = {
            "whole": WholeModel(one, params.whole),
            "highs": MixedInteger(params.mixed_integer),
        }
        led: dict[str, Strategy] = {
            "schedules": Schedules(one, params),
            "neighbourhoods": NeighbourhoodSearch(resources, Workers(searching), params.neighbourhoods),
        }
        for name in params.portfolio.without:
            (whole if name in whole else led).pop(name)
        how = resources, params.neighbourhoods.pieces, params.side_by_side
        self._beside = SideBySide(whole, led, *how, first={"whole": WholeModel(two, params.whole)})

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Choose by what the task is; see `poolmatch.solving.strategy.Strategy`."""
        return self.choice(task).run(task, incumbent, budget)

    def choice(self, task: Task) -> Strategy:
        """Return the strategy for a task."""
        choice = self._params.portfolio
        if self._resources.deterministic:
            return self.whole  # no run of the others is like the next
        if task.apart:
            return Decomposed(self, self._resources, self._params)
        if task.count <= choice.direct:
            return self.whole
        # Who should do without somebody has to look everywhere: no region is a problem of its own then.
        if task.count > choice.large and task.usage is None:
            return RegionalSearch(self._resources, self._params)
        if self._resources.alone:
            return RelaxationLed(self._resources, self._params)
        return self._beside
