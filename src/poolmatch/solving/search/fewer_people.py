"""Fewer people: one is left out, and the others take over the work, trial by trial.

Neighbourhoods of the best roster do not get there when its value falls only once somebody has nothing left to do, for
all rosters on the way are as dear. So there is a second roster beside the best, with one person fewer and some seats
empty. Its parts are searched for fewer empty seats, and rosters that are equally good are accepted (ejection chains in
kind; Glover, "Ejection chains, reference structures and alternating path methods for traveling salesman problems",
Discrete Applied Mathematics 65, 1996). Once it is better than the best roster, it is the best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.incumbent import Best
from poolmatch.solving.model.submodel import SubModel
from poolmatch.solving.model.system import Objective
from poolmatch.solving.task import Task

SCALE = 1_000_000
"""Weight of the dearest seat in a trial."""


@dataclass(frozen=True)
class FewerPeopleParams:
    """How the second roster is searched.

    Attributes
    ----------
    patience
        After so many trials without fewer empty seats the second roster is made anew.
    seats
        So many empty seats are looked at together.
    least, first, most
        So many people are looked at together: at least, at first and at most.
    noise
        Weights of candidates differ by chance by less than this, in millionths of the dearest seat's, so that trials
        lead to different rosters.
    dearer
        A seat that stays empty grows dearer by this part of its worth with each trial.
    """

    patience: int = 60
    seats: int = 4
    least: int = 4
    first: int = 12
    most: int = 60
    noise: int = 3
    dearer: float = 0.25


class FewerPeople:
    """A second roster with fewer people, and the trials with it: one at a time.

    Parameters
    ----------
    task
        The task.
    columns
        Its columns that say who is used; see `poolmatch.solving.model.usage`.
    seed
        Of all that is drawn.
    params
        How it is searched.
    """

    def __init__(self, task: Task, columns: Ints, seed: int, params: FewerPeopleParams) -> None:
        features, system, guide = task.features, task.system, task.guide
        self._sub_models, self._count, self._params = task.sub_models, len(features), params
        self._random = np.random.default_rng(seed)
        self._seats, self._seat = np.unique(features.seat, return_inverse=True)
        self._people, self._person = np.unique(features.person, return_inverse=True)
        self._ticks = features.ticks
        begins, ends = features.times()
        times = np.unique(np.concatenate([begins, ends]))
        self._first, self._last = np.searchsorted(times, begins), np.searchsorted(times, ends)
        self._width = np.diff(times).astype(float)
        self._pinned = np.zeros(len(self._people), np.bool_)
        self._pinned[self._person[system.bounds[0][: self._count] > 0]] = True
        weight = np.zeros(len(system.bounds[0]), np.int64)
        weight[guide.column] = guide.weight
        self._charge = int(weight[columns].min())
        mine = weight[: self._count]
        self._weight = np.rint(mine * (SCALE / np.abs(mine).max())).astype(np.int64)
        self._worth = np.zeros(len(self._seats), np.int64)
        np.maximum.at(self._worth, self._seat, -self._weight)
        weight[: self._count] = 0
        self._others = weight
        self._size = float(params.first)
        self._idle, self._target, self._ceiling, self._left_out = 0, 0, 0, -1
        self._longing = np.zeros(len(self._seats))
        self._sought = np.zeros(0, np.int64)
        self.under_way = False
        """Whether a trial is being searched."""
        self.values: Ints | None = None
        """Values of all columns of the second roster, None when there is none yet."""

    @classmethod
    def of(cls, task: Task, seed: int, params: FewerPeopleParams) -> Self | None:
        """Return the search for a task whose objective charges people for being used; None for another."""
        return None if task.usage is None else cls(task, task.usage, seed, params)

    def trial(self, best: Best, complete: Callable[[Ints], Ints | None]) -> SubModel | None:
        """Return a part of the second roster to be searched; None when somebody could not be left out.

        Parameters
        ----------
        best
            The best roster.
        complete
            Returns values of all columns for given candidates, None when there are none.
        """
        tired = self._idle > self._params.patience or best.guided <= self._target
        if self.values is None or tired or not len(self._empty()):
            self._begin(best, complete)
        if self.values is None or not len(self._empty()):
            return None
        self.under_way = True
        return self._part(self.values)

    def learn(self, part: SubModel, answer: Ints | None, ended: bool) -> Ints | None:
        """Take over what the search of a trial found, and return all values of the second roster if they changed.

        Parameters
        ----------
        part
            The trial.
        answer
            Values of its columns, None when none were found.
        ended
            Whether there are no better ones.
        """
        self.under_way = False
        self._idle += 1
        self._size = min(self._params.most, self._size * 1.03) if ended else max(self._params.least, self._size * 0.93)
        assert self.values is not None
        if answer is None or part.objective.value(answer) > part.objective.value(part.hint):
            return None
        before = len(self._empty())
        self.values = self.values.copy()
        self.values[part.columns] = answer
        empty = self._empty()
        if len(empty) < before:
            self._idle = 0
        else:
            self._longing[np.intersect1d(self._sought, empty)] += 1
        return self.values

    def _begin(self, best: Best, complete: Callable[[Ints], Ints | None]) -> None:
        """Make the second roster: the best one without somebody who has little to do, or with one person to come.

        When the best roster has empty seats, they are as much of a reason: every other time nobody is left out, and
        there may be one person more.
        """
        taken = best.values[: self._count] == 1
        self._longing[:] = 0
        self._idle, self._target, self._left_out = 0, best.guided - self._charge, -1
        load = np.bincount(self._person[taken], self._ticks[taken], len(self._people))
        used = np.flatnonzero((np.bincount(self._person[taken], minlength=len(load)) > 0) & ~self._pinned)
        full = len(np.unique(self._seat[taken])) == len(self._seats)
        if len(used) and (full or self._random.random() < 0.5):
            place = min(len(used) - 1, int(self._random.exponential(1.5)))
            self._left_out = int(used[np.argsort(load[used], kind="stable")[place]])
        self.values = complete((taken & (self._person != self._left_out)).astype(np.int64))
        if self.values is not None:
            self._ceiling = int(self._others @ self.values) + (self._charge if self._left_out < 0 else 0)

    def _taken(self) -> Bools:
        assert self.values is not None
        return np.asarray(self.values[: self._count] == 1)

    def _empty(self) -> Ints:
        """Return the seats of the second roster that are empty, as positions among those that have candidates."""
        return np.setdiff1d(np.arange(len(self._seats)), self._seat[self._taken()])

    def _part(self, values: Ints) -> SubModel:
        """Return some empty seats, people who are idle then, what these hold, and a few who are not used at all."""
        taken = self._taken()
        self._sought = self._random.permutation(self._empty())[: self._params.seats]
        sought = np.zeros(len(self._seats), np.bool_)
        sought[self._sought] = True
        among = np.zeros(len(self._people), np.bool_)
        used = np.unique(self._person[taken])
        among[self._idle_people(taken, sought, used)] = True
        seats = sought.copy()
        seats[self._seat[taken & among[self._person]]] = True
        unused = np.setdiff1d(np.arange(len(self._people)), np.append(used, self._left_out))
        among[self._random.permutation(unused)[: int(self._size) // 4]] = True
        free = among[self._person] & seats[self._seat]
        longing = (self._params.dearer * self._longing * self._worth).astype(np.int64)
        weight = np.zeros(len(values), np.int64)
        weight[: self._count] = (
            self._weight - longing[self._seat] + self._random.integers(0, self._params.noise, self._count)
        )
        column = np.flatnonzero(weight)
        part = self._sub_models.around(free, values, Objective(0, 1, column, weight[column], 0))
        # What the rules charge for all else may not rise: else an empty seat would be filled by one person more.
        mine = self._others[part.columns]
        dear = np.flatnonzero(mine)
        room = self._ceiling - int(self._others @ values) + int(mine @ part.hint)
        return replace(part, system=part.system.keeping(Objective(0, 1, dear, mine[dear], 0), room))

    def _idle_people(self, taken: Bools, sought: Bools, used: Ints) -> Ints:
        """Choose people in use who are idle while the sought seats go on, and who together are idle at many times."""
        steps = np.zeros((len(self._people), len(self._width) + 1), np.int64)
        np.add.at(steps, (self._person[taken], self._first[taken]), 1)
        np.add.at(steps, (self._person[taken], self._last[taken]), -1)
        idle = (np.cumsum(steps, 1)[used, :-1] == 0).astype(float)
        _, one_each = np.unique(np.where(sought[self._seat], self._seat, -1), return_index=True)
        wanted = np.zeros(len(self._width))
        for candidate in one_each[sought[self._seat[one_each]]].tolist():
            wanted[self._first[candidate] : self._last[candidate]] += 1
        can = np.zeros(len(self._people))
        can[self._person[sought[self._seat]]] = 1
        cover, left = np.zeros(len(self._width)), np.ones(len(used), np.bool_)
        chosen: list[int] = []
        for _ in range(min(int(self._size), len(used))):
            gain = idle @ (self._width * (0.3 + wanted) / (0.3 + cover) ** 2)
            gain *= (1 + 0.5 * can[used]) * np.exp(self._random.normal(0, 0.3, len(used)))
            place = int(np.argmax(np.where(left, gain, -1)))
            left[place] = False
            cover += idle[place]
            chosen.append(int(used[place]))
        return np.array(chosen, np.int64)
