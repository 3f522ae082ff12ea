"""The whole model as a mixed-integer program, by HiGHS in a process of its own: it proves what is nearly an assignment.

A row that keeps what an objective above has reached joins everything, and nothing is nearly an assignment any more: 300
× 1500 with teams takes 17 s for the first tier and has no roster of the second after 70 s. So such a row has a price
instead, as a Lagrangian term: what it costs more than what was reached is charged many times over. What is proven of
that sum, less what was reached at its price, is proven of the objective, whatever the price (Geoffrion, "Lagrangean
relaxation for integer programming", Mathematical Programming Study 2, 1974). That way the second tier takes 17 s too.

HiGHS calculates with floating-point numbers. Its rosters are held against every row in whole numbers; what it proves is
rounded to the safe side, and counts as proven but not as exact: see `Incumbent.raise_bound`.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Floats
from poolmatch.solving.backends.highs import HighsProcess
from poolmatch.solving.backends.linear_program import Program
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import POLL_SECONDS
from poolmatch.solving.strategy import Outcome
from poolmatch.solving.task import Task

logger = logging.getLogger("poolmatch")
FEASIBLE = 1e-6
"""By how much HiGHS lets a number be off that should be whole, or a row be broken."""
ROUNDING = 1e-12
"""What its sums are off by, relatively."""


@dataclass(frozen=True)
class MixedIntegerParams:
    """When HiGHS is asked, and how.

    Attributes
    ----------
    after
        So many seconds after the others: it takes half a second to start a process, in which most goals are proven.
    price
        What a unit of an objective costs in units of the next one below it; more than 1.
    dearer
        A price that was too low is made so many times higher; more than 1.
    dearest
        Prices that would be higher than this are none: rows keep what was reached then.
    """

    after: float = 1.0
    price: int = 30
    dearer: int = 10
    dearest: int = 1_000_000


@dataclass(frozen=True)
class Priced:
    """What is minimised: the objective, and what is kept at its price.

    Attributes
    ----------
    cost
        Of each column.
    reached
        What is kept costs so much at most.
    by_rows
        Whether rows keep it instead.
    """

    cost: Floats
    reached: int
    by_rows: bool

    @classmethod
    def of(cls, task: Task, price: int, dearest: int) -> Priced:
        """Return the costs of a task where each objective has this price."""
        cost, reached = task.relaxation.cost(task.objective), 0
        if not task.above or price ** len(task.above) > dearest:
            return cls(cost, 0, True)
        for power, kept in enumerate(reversed(task.above), 1):
            cost[kept.objective.column] += price**power * kept.objective.weight
            reached += price**power * kept.objective.weight_within(kept.most)
        return cls(cost, reached, False)

    def bound(self, task: Task, proven: float) -> int | None:
        """Return what is proven of the objective where this is proven of the costs; None where nothing is."""
        if not math.isfinite(proven):
            return None
        off = FEASIBLE * float(np.abs(self.cost).max(initial=0.0)) + ROUNDING * abs(proven)
        return task.objective.value_of(math.ceil(proven - self.reached - off))


class MixedInteger:
    """Searches all columns of a task by HiGHS.

    Parameters
    ----------
    params
        When it begins, and how.
    """

    def __init__(self, params: MixedIntegerParams) -> None:
        self._params = params

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Search; see `poolmatch.solving.strategy.Strategy`. Exhausted where no process can be started."""
        if not budget.wait(self._params.after, lambda: incumbent.proven):
            return Outcome.TIME_UP
        price = self._params.price
        while not (budget.over or incumbent.proven):
            if not self._gives_up(task, Priced.of(task, price, self._params.dearest), incumbent, budget):
                break
            price *= self._params.dearer
        return Outcome.TIME_UP if budget.over else Outcome.EXHAUSTED

    def _gives_up(self, task: Task, priced: Priced, incumbent: Incumbent, budget: Budget) -> bool:
        """Search once; tell whether it ended with what gives up what was reached for what comes after it."""
        program = self._program(task, priced)
        try:
            process = HighsProcess(program, budget.left)
        except OSError as reason:
            logger.info("HiGHS cannot be started: %s", reason)
            return False

        def tell(proven: float) -> None:
            bound = priced.bound(task, proven)
            if bound is not None:
                incumbent.raise_bound(bound, exact=False)

        try:
            while not process.over(POLL_SECONDS):
                tell(process.bound)
                if budget.over or incumbent.proven:
                    return False
            answer = process.answer()
        finally:
            process.end()
        if answer is None:
            return False
        values, proven = answer
        legal = values is not None and task.sub_models.feasible(values)
        if values is not None and legal:
            incumbent.offer(values)
        tell(proven)
        return values is not None and not legal and not priced.by_rows

    @staticmethod
    def _program(task: Task, priced: Priced) -> Program:
        relaxation = task.relaxation
        rows = None
        if not priced.by_rows:
            rows = np.concatenate([np.arange(task.rules_rows), np.flatnonzero(relaxation.is_group)])
        return relaxation.program(priced.cost, np.arange(task.width), rows)[0]
