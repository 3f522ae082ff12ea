"""What a search is about: columns between bounds, linear rows, groups, and an objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.words import Words

UNBOUNDED = 2**62


TIER = Words("tier {tier:g}", "niveau {tier:g}")
WEIGHTED_SUM = Words("the weighted sum", "de gewogen som")


def name_of(tier: float) -> Words:
    """Return what the objective of a tier is called; 0 is the weighted sum of all."""
    return TIER.fill(tier=tier) if tier else WEIGHTED_SUM


@dataclass(frozen=True)
class Objective:
    """The value of one tier: a constant plus ``unit`` times weights on columns, in units of 1/scale points.

    Columns are distinct, no weight is 0, and the weights have no divisor in common: that is what ``unit`` is.
    """

    tier: float
    scale: int
    column: Ints
    weight: Ints
    constant: int
    unit: int = 1
    ahead: int = 1
    """Of a guide: what a point of the objective that it guides counts in it; see `Blocks.guide`."""

    @property
    def name(self) -> str:
        """What the objective is called."""
        return name_of(self.tier).en

    def value(self, columns: Ints) -> int:
        """Return the value for values of all columns."""
        return self.value_of(int((self.weight * columns[self.column]).sum()))

    def value_of(self, weight: int) -> int:
        """Return the value of a sum of weights, constant included."""
        return self.constant + self.unit * weight

    def weight_within(self, value: int) -> int:
        """Return the largest sum of weights whose value, constant included, is no more than this."""
        return (value - self.constant) // self.unit


def summed(objectives: Sequence[Objective]) -> Objective:
    """Return the sum of objectives, each counted in its own units: what is least in it is least in each that is alone.

    Parameters
    ----------
    objectives
        One at least.
    """
    column, place = np.unique(np.concatenate([item.column for item in objectives]), return_inverse=True)
    weight = np.zeros(len(column), np.int64)
    np.add.at(weight, place, np.concatenate([item.unit * item.weight for item in objectives]))
    used = np.flatnonzero(weight)
    return Objective(objectives[0].tier, 1, column[used], weight[used], sum(item.constant for item in objectives))


@dataclass(frozen=True)
class Assumption:
    """Something that a roster may do or not: it takes one of some candidates, and none of others.

    Attributes
    ----------
    some
        Columns of which one at least is 1; None asks for nothing.
    none
        Columns that are all 0.
    """

    some: Ints | None
    none: Ints


@dataclass(frozen=True)
class System:
    """What a search is about: columns between bounds, linear rows, groups of columns of which at most one is 1.

    Attributes
    ----------
    bounds
        Lower and upper bound of each column.
    matrix
        Entries of the rows as row, column and coefficient, sorted by row.
    row_bounds
        Lower and upper bound of each row.
    groups
        Entries of the groups as group and column, sorted by group.
    hard_rows
        How many of the rows, the first, are those of constraints: all of them if there are no more.
    """

    bounds: tuple[Ints, Ints]
    matrix: tuple[Ints, Ints, Ints]
    row_bounds: tuple[Ints, Ints]
    groups: tuple[Ints, Ints]
    hard_rows: int = UNBOUNDED

    def keeping(self, objective: Objective, value: int) -> System:
        """Return the system with a further row: an objective stays at a value, constant included, or better."""
        most = np.array([objective.weight_within(value)])
        return self.limited(np.zeros_like(objective.column), objective.column, objective.weight, most)

    def limited(self, row: Ints, column: Ints, factor: Ints, most: Ints) -> System:
        """Return the system with further rows that have upper bounds; entries are sorted by row, numbered from 0."""
        return self.with_rows((row, column, factor), np.full(len(most), -UNBOUNDED), most)

    def fixing(self, columns: Ints, value: int) -> System:
        """Return the system in which columns have a value; one that they cannot have leaves them without any."""
        low, high = (side.copy() for side in self.bounds)
        low[columns], high[columns] = np.maximum(low[columns], value), np.minimum(high[columns], value)
        return replace(self, bounds=(low, high))

    def requiring(self, columns: Ints) -> System:
        """Return the system in which at least one of some 0/1 columns is 1."""
        ones = np.ones(len(columns), np.int64)
        return self.with_rows((ones - 1, columns, ones), np.ones(1, np.int64), np.full(1, UNBOUNDED))

    def assuming(self, assumptions: Sequence[Assumption]) -> tuple[System, Ints]:
        """Return the system with a further 0/1 column for each assumption, which can be 1 only where it holds.

        Returns
        -------
        tuple
            The system, and these columns.
        """
        first, count = len(self.bounds[0]), len(assumptions)
        columns = np.arange(first, first + count)
        low, high = self.bounds
        widened = replace(self, bounds=(np.append(low, np.zeros_like(columns)), np.append(high, np.ones_like(columns))))
        asks = [(item.some, column) for item, column in zip(assumptions, columns, strict=True) if item.some is not None]
        some = [np.append(members, column) for members, column in asks]
        rows = [np.full(len(members), place) for place, members in enumerate(some)]
        factors = [np.append(np.ones(len(members) - 1, np.int64), -1) for members in some]
        entries = _joined(rows), _joined(some), _joined(factors)
        widened = widened.with_rows(entries, np.zeros(len(some), np.int64), np.full(len(some), UNBOUNDED))
        against = _joined([item.none for item in assumptions])
        mine = np.repeat(columns, [len(item.none) for item in assumptions])
        group, member = self.groups
        fresh = np.repeat(np.arange(len(against)), 2) + int(group.max(initial=-1)) + 1
        pairs = np.stack([against, mine], axis=1).ravel()
        return replace(widened, groups=(np.append(group, fresh), np.append(member, pairs))), columns

    @property
    def contradictory(self) -> bool:
        """Whether some column can have no value at all."""
        return bool((self.bounds[0] > self.bounds[1]).any())

    def with_rows(self, entries: tuple[Ints, Ints, Ints], low: Ints, high: Ints) -> System:
        """Return the system with further rows after the others; entries are sorted by row, numbered from 0."""
        row, column, factor = entries
        fresh = row + len(self.row_bounds[0]), column, factor
        matrix = [np.append(old, new) for old, new in zip(self.matrix, fresh, strict=True)]
        sides = [np.append(old, new) for old, new in zip(self.row_bounds, (low, high), strict=True)]
        return replace(self, matrix=(matrix[0], matrix[1], matrix[2]), row_bounds=(sides[0], sides[1]))


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, np.int64), *parts])


def floor(objective: Objective, bounds: tuple[Ints, Ints], seat: Ints) -> int:
    """Return a lower bound of an objective that needs no solver.

    Each seat takes its best candidate or none, or who must be taken; every other column takes its best value.

    Parameters
    ----------
    objective
        The objective.
    bounds
        Lower and upper bound of each column.
    seat
        Seat of each candidate; these are the first columns.
    """
    lower, upper = bounds
    weights = np.zeros(len(lower), np.int64)
    weights[objective.column] = objective.weight
    mine = len(seat)
    best = np.minimum(weights * lower, weights * upper)
    sure = lower[:mine] > 0
    per_seat = np.zeros(int(seat.max(initial=-1)) + 1, np.int64)
    np.minimum.at(per_seat, seat, np.where((upper[:mine] > 0) & ~sure, np.minimum(weights[:mine], 0), 0))
    chosen = int(per_seat.sum()) + int(weights[:mine][sure].sum())
    return objective.value_of(chosen + int(best[mine:].sum()))
