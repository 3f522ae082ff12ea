"""A part of a system: some columns are free, the others stay as they are in a roster."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.system import UNBOUNDED, Objective, System


@dataclass(frozen=True)
class SubModel:
    """A small system of its own.

    Attributes
    ----------
    columns
        The free columns, as positions in the whole system.
    system
        What is left of rows and groups for them.
    objective
        What is left of the objective, as weights on the free columns; the constant is that of all others.
    hint
        Their values in the roster.
    """

    columns: Ints
    system: System
    objective: Objective
    hint: Ints


class SubModels:
    """Cuts slices out of a system.

    Parameters
    ----------
    system
        The whole.
    count
        Number of candidates: the first columns. Other columns are free whenever a candidate they depend on is.
    """

    def __init__(self, system: System, count: int) -> None:
        self._system, self._count = system, count
        row, column, factor = system.matrix
        width, height = len(system.bounds[0]), len(system.row_bounds[0])
        self._matrix = csc_matrix((factor, (row, column)), shape=(height, width))
        self._by_row = csr_matrix(self._matrix)
        group, member = system.groups
        group_count = int(group.max()) + 1 if len(group) else 0
        self._groups = csc_matrix((np.ones(len(group), np.int64), (group, member)), shape=(group_count, width))
        self._by_group = csr_matrix(self._groups)

    def complete(self, taken: Ints, objective: Objective) -> SubModel:
        """Return the slice of all columns that are no candidates, for given candidates."""
        values = np.zeros(len(self._system.bounds[0]), np.int64)
        values[: self._count] = taken[: self._count]
        return self.cut(np.arange(self._count, len(values)), values, objective)

    def others(self, part: SubModel, values: Ints, objective: Objective) -> SubModel:
        """Return the slice of the columns of a part that are no candidates, while all candidates are as given."""
        return self.cut(part.columns[part.columns >= self._count], values, objective)

    def feasible(self, values: Ints) -> bool:
        """Tell whether values keep every bound, row and group."""
        low, high = self._system.bounds
        row_low, row_high = self._system.row_bounds
        activity, held = np.asarray(self._matrix @ values), np.asarray(self._groups @ values)
        inside = ((values >= low) & (values <= high)).all() and ((activity >= row_low) & (activity <= row_high)).all()
        return bool(inside and (held <= 1).all())

    def around(self, free: Bools, values: Ints, objective: Objective) -> SubModel:
        """Return the slice in which some candidates are free, and with them the other columns that depend on them.

        Parameters
        ----------
        free
            Which candidates are free; shape ``(candidates,)``.
        values
            Values of all columns in a roster.
        objective
            What is minimised.
        """
        columns = np.flatnonzero(free)
        own = np.zeros(len(values), np.bool_)
        for _ in range(2):  # a column may depend on candidates through another, such as the slot that is chosen
            both = np.union1d(columns, np.flatnonzero(own))
            rows, groups = (np.unique(matrix[:, both].indices) for matrix in (self._matrix, self._groups))
            touched = np.concatenate([self._by_row[rows].indices, self._by_group[groups].indices])
            own[touched[touched >= self._count]] = True
        return self.cut(np.concatenate([columns, np.flatnonzero(own)]), values, objective)

    def among(self, free: Bools, values: Ints, objective: Objective) -> SubModel:
        """Return the slice of some candidates and all other columns: whatever holds here holds while the rest is fixed.

        Parameters as of `around`.
        """
        others = np.arange(self._count, len(values))
        return self.cut(np.concatenate([np.flatnonzero(free), others]), values, objective)

    def cut(self, columns: Ints, values: Ints, objective: Objective) -> SubModel:
        """Return the slice of some columns.

        Parameters
        ----------
        columns
            Positions, candidates first.
        values, objective
            As of `around`.
        """
        system = self._system
        low, high = (side[columns] for side in system.bounds)
        part = self._matrix[:, columns].tocsr()
        rows = np.flatnonzero(np.diff(part.indptr))
        part = part[rows]
        hint = values[columns]
        others = self._by_row[rows] @ values - part @ hint
        row_low, row_high = (side[rows] for side in system.row_bounds)
        row_low = np.where(row_low <= -UNBOUNDED, row_low, row_low - others)
        row_high = np.where(row_high >= UNBOUNDED, row_high, row_high - others)
        positive, negative = part.maximum(0), part.minimum(0)
        least = np.asarray(positive @ low + negative @ high)
        most = np.asarray(positive @ high + negative @ low)
        binds = np.flatnonzero((least < row_low) | (most > row_high))
        kept = part[binds].tocoo()
        member = self._groups[:, columns].tocsr()
        groups = np.flatnonzero(np.diff(member.indptr))
        member = member[groups]
        taken = np.asarray(self._groups[groups] @ values - member @ hint).ravel() > 0
        shut = member[np.flatnonzero(taken)].indices
        high = high.copy()
        high[shut] = np.minimum(high[shut], 0)
        left = member[np.flatnonzero(~taken & (np.diff(member.indptr) > 1))].tocoo()
        order, among = np.argsort(kept.row, kind="stable"), np.argsort(left.row, kind="stable")
        return SubModel(
            columns,
            System(
                (low, high),
                (kept.row[order].astype(np.int64), kept.col[order].astype(np.int64), kept.data[order]),
                (row_low[binds], row_high[binds]),
                (left.row[among].astype(np.int64), left.col[among].astype(np.int64)),
                int((rows[binds] < system.hard_rows).sum()),
            ),
            restricted(objective, columns, values),
            hint,
        )


def restricted(objective: Objective, columns: Ints, values: Ints) -> Objective:
    """Return what is left of an objective for some columns; the constant is that of all others as they are.

    Parameters
    ----------
    objective
        The objective.
    columns
        Positions of the columns that are free.
    values
        Values of all columns.
    """
    weight = np.zeros(len(values), np.int64)
    weight[objective.column] = objective.weight
    mine = weight[columns]
    used = np.flatnonzero(mine)
    rest = int((weight * values).sum()) - int((mine * values[columns]).sum())
    return replace(objective, column=used, weight=mine[used], constant=objective.constant + objective.unit * rest)
