"""Components: parts of a system that share no row and no group, so that each is a problem of its own.

What is best for one of them is best whatever the others do, so that values and bounds of the parts add up.
"""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.submodel import restricted
from poolmatch.solving.model.system import Objective, System, floor
from poolmatch.solving.params import Params
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.pieces import Pieces
from poolmatch.solving.strategy import Outcome, Resources, Strategy
from poolmatch.solving.task import Task

logger = logging.getLogger("poolmatch")


def components(system: System, count: int, pack: int = 50) -> Ints:
    """Return which part each column belongs to, from 0 on, the parts with the fewest candidates first.

    Columns belong together when rows and groups join them; a column that is fixed joins nothing. Small components are
    packed. Columns that no row or group joins to a free candidate are with the first part.

    Parameters
    ----------
    system
        Columns, rows and groups.
    count
        Number of candidates: the first columns.
    pack
        Components with few candidates are put together up to so many.

    Returns
    -------
    ndarray of int, shape ``(columns,)``
    """
    label, sizes = _labels(system, count)
    used = np.flatnonzero(sizes)
    used = used[np.argsort(sizes[used], kind="stable")]
    # Of components in this order those that end in the same stretch of so many candidates never hold more than that.
    stretch = (np.cumsum(sizes[used]) - 1) // pack
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


class Decomposed:
    """Works at each component of a task by itself; what is best for one is best whatever the others do.

    Each gets as much of the time as it has of the candidates that are left; what it does not need passes on, in the end
    to those that are not proven yet.

    Parameters
    ----------
    inner
        What works at a component.
    resources, params
        What it works with, and how.
    """

    def __init__(self, inner: Strategy, resources: Resources, params: Params) -> None:
        self._inner, self._seed, self._params = inner, resources.seed, params

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Work at all components; see `poolmatch.solving.strategy.Strategy`."""
        Pieces(task, self._seed, budget.stop, self._params.neighbourhoods.pieces).offer_hint(incumbent)
        if not incumbent.found:
            return self._inner.run(replace(task, part_of=None), incumbent, budget)
        parts = Parts(task, incumbent)
        logger.info("%s: %d components", task.objective.name, len(parts.tasks))
        for _ in range(self._params.components.turns):
            waiting = [place for place, part in enumerate(parts.incumbents) if not part.proven]
            left = sum(parts.tasks[place].count for place in waiting)
            for place in waiting:
                part = parts.tasks[place]
                seconds = budget.left * part.count / left if left else budget.left
                left -= part.count
                if budget.over:
                    break
                self._inner.run(part, parts.incumbents[place], budget.at_most(seconds))
        return Outcome.EXHAUSTED if incumbent.proven else Outcome.TIME_UP


class Parts:
    """The components of a task, each a task of its own with an incumbent of its own.

    The objectives of a component are worth what the whole is worth while all others are as they began. Whatever is
    found and proven of a component, the whole hears of.

    Parameters
    ----------
    whole
        The task; it tells its components apart.
    incumbent
        Its best roster, to begin with.

    Attributes
    ----------
    tasks, incumbents
        Of each component.
    """

    def __init__(self, whole: Task, incumbent: Incumbent) -> None:
        assert whole.part_of is not None
        self._whole, self._began = incumbent, incumbent.best
        order = np.argsort(whole.part_of, kind="stable")
        self._columns = np.split(order, np.flatnonzero(np.diff(whole.part_of[order])) + 1)
        self.tasks = [_part(whole, mine, self._began.values) for mine in self._columns]
        self.incumbents = [Incumbent(part.objective, part.guide, floor_of(part)) for part in self.tasks]
        for part, own in zip(self.tasks, self.incumbents, strict=True):
            own.offer(part.hint)
        for own in self.incumbents:
            own.listen(self._tell)
        self._tell()

    def _tell(self) -> None:
        """Tell the whole of its components."""
        values, began = self._began.values.copy(), self._began.value
        for columns, own in zip(self._columns, self.incumbents, strict=True):
            values[columns] = own.best.values
        self._whole.offer(values)
        self._whole.raise_bound(began + sum(own.exact_bound - began for own in self.incumbents))
        self._whole.raise_bound(began + sum(own.bound - began for own in self.incumbents), exact=False)


def _part(whole: Task, columns: Ints, values: Ints) -> Task:
    """Return the task that some columns are by themselves, with what they have in a roster."""
    cut = whole.sub_models.cut(columns, values, whole.objective)
    features = whole.features.take(columns[columns < whole.count])
    same = whole.guide is whole.objective
    guide = cut.objective if same else restricted(whole.guide, columns, values)
    return Task(features, cut.system, cut.objective, guide, cut.hint, leads=whole.leads)


def floor_of(task: Task) -> int:
    """Return the bound of a task that needs no search."""
    return floor(task.objective, task.system.bounds, task.features.seat)


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
