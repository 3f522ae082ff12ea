"""Components: parts of a system that share no row and no group, so that each is a problem of its own.

What is best for one of them is best whatever the others do, so that values and bounds of the parts add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.submodel import SubModels, restricted
from poolmatch.solving.model.system import Objective, System, floor
from poolmatch.solving.model.task import Task

PACK = 50
"""Components with few candidates are put together up to so many: each search takes some time to set up."""


def components(system: System, count: int) -> Ints:
    """Return which part each column belongs to, from 0 on, the parts with the fewest candidates first.

    Columns belong together when rows and groups join them; a column that is fixed joins nothing. Small components are
    packed, see `PACK`. Columns that no row or group joins to a free candidate are with the first part.

    Parameters
    ----------
    system
        Columns, rows and groups.
    count
        Number of candidates: the first columns.

    Returns
    -------
    ndarray of int, shape ``(columns,)``
    """
    label, sizes = _labels(system, count)
    used = np.flatnonzero(sizes)
    used = used[np.argsort(sizes[used], kind="stable")]
    # Of components in this order those that end in the same stretch of PACK candidates never hold more than that.
    stretch = (np.cumsum(sizes[used]) - 1) // PACK
    part = np.zeros(len(sizes), np.int64)
    part[used] = np.unique(stretch, return_inverse=True)[1]
    return part[label]


def decided(system: System, count: int) -> Bools:
    """Return which columns no choice can change: no row or group joins them to a candidate that is free.

    Parameters as of `components`.

    Returns
    -------
    ndarray of bool, shape ``(columns,)``
    """
    label, sizes = _labels(system, count)
    low, high = system.bounds
    return np.asarray((sizes[label] == 0) | (low == high))


def _labels(system: System, count: int) -> tuple[Ints, Ints]:
    """Return the component of each column, and how many free candidates each component has."""
    row, column, _ = system.matrix
    group, member = system.groups
    low, high = system.bounds
    free, width, height = low < high, len(low), len(system.row_bounds[0])
    ends = np.concatenate([column, member]), np.concatenate([row, group + height]) + width
    joins = free[ends[0]]
    size = width + height + int(group.max(initial=-1)) + 1
    graph = coo_matrix((joins[joins], (ends[0][joins], ends[1][joins])), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    return label[:width].astype(np.int64), np.bincount(label[:count][free[:count]], minlength=size)


@dataclass(frozen=True)
class Parts:
    """A task in parts, each a task of its own.

    The objectives of a part are worth what the whole is worth while all other parts are as they began.

    Attributes
    ----------
    whole
        The whole, as it began.
    columns
        Which columns of the whole each part has.
    tasks
        The parts; the hint of each is the best that was found.
    """

    whole: Task
    columns: list[Ints]
    tasks: list[Task]

    @classmethod
    def of(cls, whole: Task, sub_models: SubModels, part_of: Ints) -> Self:
        """Return the parts of a task.

        Parameters
        ----------
        whole
            The task, with a hint for all columns, that keeps every row and group.
        sub_models
            Cuts parts out of its system.
        part_of
            Which part each column belongs to; see `components`.
        """
        order = np.argsort(part_of, kind="stable")
        columns = np.split(order, np.flatnonzero(np.diff(part_of[order])) + 1)
        return cls(whole, columns, [_part(whole, sub_models, mine) for mine in columns])

    @property
    def values(self) -> Ints:
        """Values of all columns of the whole."""
        values = self.whole.hint.copy()
        for columns, task in zip(self.columns, self.tasks, strict=True):
            values[columns] = task.hint
        return values

    def of_others(self, place: int) -> tuple[int, int]:
        """Return what value and bound of one part lack to be those of the whole."""
        began = self.whole.value
        others = [task for other, task in enumerate(self.tasks) if other != place]
        return sum(task.value - began for task in others), sum(task.goal.bound - began for task in others)

    @property
    def bound(self) -> int:
        """Proven lower bound of the whole."""
        return self.tasks[0].goal.bound + self.of_others(0)[1]


def _part(whole: Task, sub_models: SubModels, columns: Ints) -> Task:
    """Return the task that some columns are by themselves."""
    cut = sub_models.cut(columns, whole.hint, whole.goal.objective)
    features = whole.features.take(columns[columns < len(whole.features)])
    goal = Goal(cut.objective, 0, floor(cut.objective, cut.system.bounds, features.seat))
    same = whole.guide is whole.goal.objective
    guide = cut.objective if same else restricted(whole.guide, columns, whole.hint)
    return Task(features, cut.system, goal, guide, cut.hint)


def keeping_apart(system: System, objective: Objective, values: Ints, part_of: Ints) -> System:
    """Return the system with a row for each part: there an objective stays as good as it is, or gets better.

    When nothing is better than these values, this allows the same rosters as one row for the whole, and joins nothing.

    Parameters
    ----------
    system
        The whole.
    objective
        What is kept.
    values
        Values of all columns in a roster.
    part_of
        Which part each column belongs to; see `components`.
    """
    parts, row = np.unique(part_of[objective.column], return_inverse=True)
    order = np.argsort(row, kind="stable")
    row, column, weight = row[order], objective.column[order], objective.weight[order]
    most = np.zeros(len(parts), np.int64)
    np.add.at(most, row, weight * values[column])
    return system.limited(row, column, weight, most)
