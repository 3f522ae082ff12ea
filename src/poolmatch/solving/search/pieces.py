"""Parts of a roster: how one is searched, completed, and put back into a roster that has changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.submodel import SubModel
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.task import Task

WHOLE = 1e-6
"""A number so close to a whole one is meant to be it."""


@dataclass(frozen=True)
class PieceParams:
    """How long parts of a roster may take.

    Attributes
    ----------
    completing
        Seconds for the columns that are no candidates, given these.
    mending
        Seconds for the other columns of a part, when the roster around it has changed meanwhile.
    """

    completing: float = 5.0
    mending: float = 2.0


def search_submodel(part: SubModel, limit: float, seed: int, stop: Stop | None = None) -> tuple[Ints, bool] | None:
    """Return the best values of a part, and whether nothing is better; None when none were found in time.

    Parameters
    ----------
    part
        The part.
    limit
        Seconds.
    seed
        Of the search.
    stop
        Asked every few hundredths of a second; None is never.
    """
    search = Search(part.system, Settings(1, seed, False, brief=True))
    search.hint(part.hint)
    answer = search.minimise(part.objective, limit, stop or Stop(None))
    if answer.values is None:
        return None
    return answer.values, answer.bound is not None and answer.bound >= part.objective.value(answer.values)


def with_part(values: Ints, part: SubModel, answer: Ints) -> Ints:
    """Return values of all columns with those of a part replaced."""
    changed = values.copy()
    changed[part.columns] = answer
    return changed


class Pieces:
    """Completes rosters of a task, and puts parts back into its incumbent.

    Parameters
    ----------
    task
        The task.
    seed
        Of searches.
    stop
        Asked every few hundredths of a second.
    params
        How long parts may take.
    """

    def __init__(self, task: Task, seed: int, stop: Stop, params: PieceParams) -> None:
        self._task, self._seed, self._stop, self._params = task, seed, stop, params

    def complete(self, taken: Ints, objective: Objective | None = None) -> Ints | None:
        """Return the best values of all columns for given candidates; None when there are none.

        Parameters
        ----------
        taken
            Value of each candidate; of further columns nothing is asked.
        objective
            What is minimised; None is the guide of the task.
        """
        task = self._task
        part = task.sub_models.complete(taken, objective or task.guide)
        values = np.zeros(task.width, np.int64)
        values[: task.count] = taken[: task.count]
        return self._settled(part, values, self._params.completing)

    def offer(self, taken: Ints, incumbent: Incumbent) -> None:
        """Offer the roster of some candidates, if it can be completed."""
        values = self.complete(taken)
        if values is not None:
            incumbent.offer(values)

    def offer_hint(self, incumbent: Incumbent) -> None:
        """Offer the roster that the task begins with, if there is none yet."""
        if not incumbent.found:
            self.offer(self._task.hint, incumbent)

    def offer_liked(self, liked: Floats, incumbent: Incumbent) -> None:
        """Offer a roster that a relaxation likes; where people cost something for being used, also one that uses few.

        Parameters
        ----------
        liked
            Value of each column in the relaxation.
        incumbent
            The best roster.
        """
        self.offer(self._task.greedy(liked), incumbent)
        if self._task.usage is not None:
            self.offer(self._task.chronological(), incumbent)

    def put_back(self, part: SubModel, base: Ints, answer: Ints | None, incumbent: Incumbent) -> int:
        """Put better values of a part into the incumbent, if it is better by that; return what the part gains.

        Parameters
        ----------
        part
            The part, of the guide.
        base
            Values of all columns of the roster that it was cut out of: perhaps not the best one any more.
        answer
            Values of the free columns, None when none were found.
        incumbent
            The best roster.
        """
        gain = 0 if answer is None else part.objective.value(part.hint) - part.objective.value(answer)
        if answer is None or gain <= 0:
            return 0
        sub_models, best = self._task.sub_models, incumbent.best.values
        changed = answer != part.hint
        values = best.copy()
        values[part.columns[changed]] = answer[changed]
        if base is not best and not sub_models.feasible(values):
            others = sub_models.others(part, values, self._task.guide)
            mended = self._settled(others, values, self._params.mending)
            if mended is None:
                return 0
            values = mended
        return gain if incumbent.offer(values) else 0

    def _settled(self, part: SubModel, values: Ints, limit: float) -> Ints | None:
        """Return values with the best for a part, of which all candidates are decided; None when none were found.

        Mostly these columns are loads in bands, each dearer than the one before, whose linear program is whole already.
        """
        feasible = self._task.sub_models.feasible
        if not len(part.columns):
            return values if feasible(values) else None
        relaxed = Relaxation(part.system, np.full(len(part.columns), -1)).solve(part.objective, limit, stop=self._stop)
        if relaxed is not None and relaxed.solved:
            whole = np.rint(relaxed.values)
            settled = with_part(values, part, whole.astype(np.int64))
            if np.abs(whole - relaxed.values).max() < WHOLE and feasible(settled):
                return settled
        answer = search_submodel(part, limit, self._seed, self._stop)
        settled = values if answer is None else with_part(values, part, answer[0])
        return settled if feasible(settled) else None
