"""Which rows schedules keep by themselves, and which people share: what the problem decomposes into.

A schedule is what one person does in all: candidates of that person that together keep the person's own rows, those
that only say how much is too much. Most rules are of that kind: meetings that overlap or lie too close, limits for a
day, a week, the period, hours that cost more beyond a share. The other rows and groups, such as seats, are shared, and
have prices (Dantzig and Wolfe, "Decomposition principle for linear programs", Operations Research 8, 1960).
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_matrix

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.load_costs import LoadCosts
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.fixed_point import DEAREST, IMPOSSIBLE
from poolmatch.solving.model.system import UNBOUNDED, Objective

WORD = 62
"""Bits of a machine word that hold what is left of rows."""


class PersonalRows:
    """The candidates of each person, with the rows that schedules keep by themselves.

    Parameters
    ----------
    relaxation
        Rows, groups and bounds.
    features
        The candidates.
    objective
        What is minimised: a row may have steps, columns of its own that take up what is too much, if these cost.

    Attributes
    ----------
    kept
        Which rows, and then groups, schedules keep; the others have prices.
    inside
        Which columns schedules decide: candidates and steps.
    people
        Number of people.
    person
        Of each candidate.
    matrix
        What each candidate takes of each kept row; shape ``(kept rows, candidates)``.
    owner, room, most
        Of each kept row, whose it is, what of it costs nothing, and what there is of it in all.
    load_costs
        What exceeds the room costs.
    open, forced
        Which candidates may be taken, and which have to be, as far as they can be.
    busy
        Who cannot do nothing; shape ``(people,)``.
    order
        The candidates, by person and then in the order of time.
    """

    def __init__(self, relaxation: Relaxation, features: CandidateFeatures, objective: Objective) -> None:
        self.relaxation, self.objective = relaxation, objective
        count = len(features)
        low, high = relaxation.bounds
        weight = np.zeros(len(low), np.int64)
        weight[objective.column] = objective.weight
        rows = relaxation.whole.tocsr()
        row, column, factor = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)), rows.indices, rows.data
        mine = column < count
        step = ~mine & (np.bincount(column, minlength=len(low))[column] == 1)
        step &= (factor == -1) & (low[column] == 0) & (high[column] >= 0) & (weight[column] >= 0)
        person = np.where(mine, features.person[np.minimum(column, count - 1)], 0)
        owner = _owner(row, mine, person, rows.shape[0])
        fits = np.where(mine, factor > 0, step)
        below, above = relaxation.sides
        kept = (owner >= 0) & (below <= -UNBOUNDED) & (above >= 0) & (above < 2 ** (WORD - 2))
        kept[row[~fits]] = False
        self.kept: Bools = kept
        self.inside: Bools = np.arange(len(low)) < count
        self.inside[column[step & kept[row]]] = True
        self.people = int(features.person.max(initial=-1)) + 1
        self.person = features.person
        place = np.cumsum(kept) - 1
        entry = kept[row] & mine
        shape = int(kept.sum()), count
        self.matrix = csc_matrix((factor[entry], (place[row[entry]], column[entry])), shape=shape)
        self.owner = owner[kept]
        self.room = above[kept]
        stepped = column[step & kept[row]]
        self.load_costs = LoadCosts.gathered(place[row[step & kept[row]]], high[stepped], weight[stepped], self.room)
        # What exceeds even the last step is too much.
        self.most = self.room.copy()
        self.most[self.load_costs.row] += self.load_costs.length.sum(axis=1)
        fit = np.ones(count, np.bool_)
        entries = self.matrix.tocoo()
        fit[entries.col[entries.data > self.most[entries.row]]] = False
        self.open = fit & (high[:count] > 0)
        self.forced = fit & (low[:count] > 0)
        self.busy = np.zeros(self.people, np.bool_)
        self.busy[self.person[self.forced]] = True
        self._weight = weight[:count]
        self.order = np.lexsort((np.arange(count), features.day, features.person))

    def costs(self, schedules: Schedules, weight: Ints | None = None, bits: int = 0) -> Ints:
        """Return what schedules cost, what their loads cost included; shape ``(schedules,)``.

        Parameters
        ----------
        schedules
            The schedules.
        weight
            What each candidate costs, in fixed point; None is in the objective, in units.
        bits
            Binary places.
        """
        weight = self._weight if weight is None else weight
        taken = schedules.taken(len(self.person))
        load = (self.matrix[self.load_costs.row] @ taken).tocoo()
        cost: Ints = np.asarray(weight @ taken).ravel()
        np.add.at(cost, load.col, self.load_costs.cost(load.row.astype(np.int64), load.data, bits))
        return cost

    def multipliers(self, duals: Floats, bits: int) -> tuple[Ints, Ints]:
        """Return what each unit of a kept row may be taken to cost, and what that is too much by at most.

        Parameters
        ----------
        duals
            Of the kept rows, in units; any numbers are right, so that none needs to be so large that sums were not
            exact.
        bits
            Binary places.

        Returns
        -------
        tuple of ndarray of int, shape ``(kept rows,)``
            Both in fixed point.
        """
        largest = DEAREST / np.maximum(self.most, 1)
        finite = np.clip(np.nan_to_num(-duals), 0, DEAREST)
        multiplier = np.minimum(np.rint(finite * 2.0**bits), largest).astype(np.int64)
        excess = multiplier * self.most
        rows = self.load_costs.row
        multiplier[rows], excess[rows] = self.load_costs.underestimator(multiplier[rows], bits)
        return multiplier, excess


def _owner(row: Ints, mine: Bools, person: Ints, count: int) -> Ints:
    """Return for so many rows whose candidates all of theirs are; -1 for those of several people or of none."""
    least, most = np.full(count, IMPOSSIBLE), np.full(count, -1)
    np.minimum.at(least, row[mine], person[mine])
    np.maximum.at(most, row[mine], person[mine])
    return np.where(least == most, least, -1)
