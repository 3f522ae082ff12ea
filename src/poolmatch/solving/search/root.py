"""The root of a goal: its relaxation, a bound, and a roster that the relaxation likes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task
from poolmatch.spans import busiest


@dataclass(frozen=True)
class RootParams:
    """How much of a goal's time goes to its root.

    Attributes
    ----------
    relaxing
        Part of the time that the relaxation may take, from 0 to 1.
    starts
        Whether rosters are made that the relaxation likes; without, the search starts from the roster it is given.
    """

    relaxing: float = 0.5
    starts: bool = True


class Root:
    """Solves the relaxation of a task, and offers the rosters that it likes.

    Parameters
    ----------
    resources
        What it works with; one worker is enough.
    params, pieces
        How much time it takes.
    """

    def __init__(self, resources: Resources, params: RootParams, pieces: PieceParams) -> None:
        self._seed, self._params, self._pieces = resources.seed, params, pieces

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Solve the relaxation; see `poolmatch.solving.strategy.Strategy`."""
        pieces = Pieces(task, self._seed, budget.stop, self._pieces)
        pieces.offer_hint(incumbent)
        relaxed = self._relaxed(task, incumbent, budget, pieces)
        if relaxed is None:
            return Outcome.TIME_UP
        incumbent.raise_bound(relaxed.bound, relaxed)
        return Outcome.EXHAUSTED

    def _relaxed(self, task: Task, incumbent: Incumbent, budget: Budget, pieces: Pieces) -> Relaxed | None:
        limit = budget.left * self._params.relaxing
        used = task.usage
        if used is not None and only_people_count(task.features, task.objective, used):
            # How many are needed at once says nearly all that fractions can, and a far smaller program knows it.
            if self._params.starts:
                pieces.offer(task.chronological(), incumbent)
            return task.relaxation.solve_part(
                task.objective, at_the_peak(task.features, task.width), limit, budget.stop
            )
        known = incumbent.best.values if incumbent.found else None
        # Coverage alone is an easy program, all tiers are not.
        guide = task.objective if task.leads else task.guide
        relaxed = task.relaxation.solve(task.objective, limit, known, budget.stop, guide)
        if relaxed is not None and self._params.starts:
            pieces.offer_liked(relaxed.values, incumbent)
        return relaxed


def only_people_count(features: CandidateFeatures, objective: Objective, used: Ints) -> bool:
    """Tell whether an objective counts people and empty seats and nothing else: who sits where is all the same.

    Parameters
    ----------
    features
        The candidates.
    objective
        What is minimised.
    used
        Its columns that say whether somebody is used.
    """
    mine = objective.column < len(features)
    if len(np.setdiff1d(objective.column[~mine], used)):
        return False
    weight = np.zeros(len(features), np.int64)
    weight[objective.column[mine]] = objective.weight[mine]
    return len(np.unique(np.stack([features.seat, weight], 1), axis=0)) == len(np.unique(features.seat))


def at_the_peak(features: CandidateFeatures, width: int) -> Bools:
    """Return which columns say how many people are needed at once: candidates of the busiest moment, and all others."""
    begins, ends = features.times()
    seats = np.unique(np.stack([features.seat, begins, ends], 1), axis=0)
    columns = np.ones(width, np.bool_)
    for moment in busiest(seats[:, 1], seats[:, 2], 1):
        columns[: len(features)] = (begins <= moment) & (ends > moment)
    return columns
