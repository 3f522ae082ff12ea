"""The columnar blocks that rules write, collected: columns, rows, groups and costs as numpy arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import ArrayLike

from poolmatch.arrays import Bools, Candidates, Ints
from poolmatch.errors import TooLarge
from poolmatch.rule import ConstraintRule, PreferenceRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.model.cliques import joined
from poolmatch.solving.model.system import UNBOUNDED, Objective, System, floor, name_of
from poolmatch.words import Words

AHEAD = 200
"""In a guide a point of the tier that is improved counts so many times the dearest point below it."""
MOST = 2**53
"""Largest sum of weights: beyond it the solver's arithmetic on objectives is no longer exact."""


def column(values: ArrayLike) -> Ints:
    """Return whole numbers as a one-dimensional column."""
    array = np.array(values, ndmin=1)
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(f"blocks hold whole numbers, not {array.dtype}")
    return array.astype(np.int64, copy=False)


WEIGHTS_TOO_LARGE = Words(
    "the weights of {objective} add up to {size:.2g}, more than {most:.2g}",
    "de gewichten van {objective} zijn samen {size:.2g}, meer dan {most:.2g}",
)
PENALTIES_TOO_LARGE = Words(
    "the penalties of {objective} add up to {size:.2g} units, more than {most:.2g}",
    "de strafpunten van {objective} zijn samen {size:.2g} eenheden, meer dan {most:.2g}",
)


@dataclass(frozen=True)
class Cost:
    """The penalty of one rule: a constant plus weights on columns, in units of 1/scale points."""

    rule: PreferenceRule
    column: Ints
    weight: Ints
    constant: int


class Blocks:
    """Collects what rules write; implements `poolmatch.rule.Model`.

    Parameters
    ----------
    candidates
        The first columns: one 0/1 column per candidate.
    """

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self._lower = [np.zeros(len(candidates), np.int64)]
        self._upper = [np.ones(len(candidates), np.int64)]
        self._width = len(candidates)
        self._rows: list[tuple[Ints, Ints, Ints]] = []
        self._row_bounds: list[tuple[Ints, Ints]] = []
        self._height = 0
        self.hard_rows = 0
        """The rows of constraints, and of preferences that are limits, come first; the others of preferences follow."""
        self.written: list[tuple[ConstraintRule, range, range]] = []
        """Which rows and which groups each constraint wrote."""
        self._groups: list[tuple[Ints, Ints]] = []
        self._group_count = 0
        self._fixed: list[tuple[Ints, int]] = []
        self._costs: list[Cost] = []
        self._charging: PreferenceRule | None = None
        self._charged: tuple[PreferenceRule, ...] = ()

    @classmethod
    def of(cls, candidates: Candidates, rules: RuleSet) -> Blocks:
        """Return what all constraints and preferences of a rule set write."""
        blocks = cls(candidates)
        for constraint in rules.constraints:
            row, group = blocks._height, blocks._group_count
            constraint.post(candidates, blocks)
            blocks.written.append((constraint, range(row, blocks._height), range(group, blocks._group_count)))
        for preference in rules.preferences:  # a few can be limits
            preference.post(candidates, blocks)
        if not any(rule.one_each for rule in rules.constraints):  # a roster has one row for each seat in any case
            blocks.at_most_one(candidates.seat, np.arange(len(candidates)))
        blocks.hard_rows = blocks._height
        blocks._charged = rules.preferences
        for preference in rules.preferences:
            blocks._charging = preference
            preference.penalty(candidates, blocks)
        blocks._charging = None
        return blocks

    # --- the protocol that rules write to ----------------------------------------------------------------

    def columns(self, lower: ArrayLike, upper: ArrayLike) -> Ints:
        """Add whole-number variables; see `poolmatch.rule.Model`."""
        low, high = column(lower), column(upper)
        first, self._width = self._width, self._width + len(low)
        self._lower.append(low)
        self._upper.append(high)
        return np.arange(first, self._width)

    def rows(
        self,
        row: ArrayLike,
        column_: ArrayLike,
        coefficient: ArrayLike,
        *,
        lower: ArrayLike | None = None,
        upper: ArrayLike | None = None,
    ) -> None:
        """Add linear rows; see `poolmatch.rule.Model`."""
        where = column(column_)
        factors = np.broadcast_to(column(coefficient), where.shape)
        self._rows.append((column(row) + self._height, where, factors))
        low, high = (None if bound is None else column(bound) for bound in (lower, upper))
        count = len(high if high is not None else low)  # type: ignore[arg-type]
        low = np.full(count, -UNBOUNDED) if low is None else low
        self._row_bounds.append((low, np.full(count, UNBOUNDED) if high is None else high))
        self._height += count

    def at_most_one(self, group: ArrayLike, column_: ArrayLike) -> None:
        """Add groups of which at most one column is 1; see `poolmatch.rule.Model`."""
        where = column(column_)
        _, numbers = np.unique(column(group), return_inverse=True)
        sizes = np.bincount(numbers)
        kept = sizes[numbers] > 1
        numbers = (np.cumsum(sizes > 1) - 1)[numbers]
        self._groups.append((numbers[kept] + self._group_count, where[kept]))
        self._group_count += int((sizes > 1).sum())

    def fix(self, column_: ArrayLike, value: int) -> None:
        """Fix columns to a value; see `poolmatch.rule.Model`."""
        self._fixed.append((column(column_), value))

    def cost(self, column_: ArrayLike, weight: ArrayLike, constant: int = 0) -> None:
        """Add to the penalty of the rule that is being asked; see `poolmatch.rule.Model`."""
        if self._charging is None:
            raise TypeError("only a preference has a cost")
        where = column(column_)
        self._costs.append(Cost(self._charging, where, np.broadcast_to(column(weight), where.shape), constant))

    # --- the blocks as arrays ----------------------------------------------------------------------------
    # The past is taken as it was, whatever rules say of it; what rules limit has room for what the past alone breaks.

    @cached_property
    def bounds(self) -> tuple[Ints, Ints]:
        """Lower and upper bound of each column; the lower is above the upper where rules contradict one another."""
        lower, upper = np.concatenate(self._lower), np.concatenate(self._upper)
        for where, value in self._fixed:
            lower[where] = np.maximum(lower[where], value)
            upper[where] = np.minimum(upper[where], value)
        decided = np.flatnonzero(~self.candidates.open)
        lower[decided] = upper[decided] = 0
        lower[self.candidates.past] = upper[self.candidates.past] = 1
        return lower, upper

    @cached_property
    def matrix(self) -> tuple[Ints, Ints, Ints]:
        """Entries of the linear rows as row, column and coefficient, sorted by row."""
        if not self._rows:
            return (np.zeros(0, np.int64),) * 3
        row, where, factor = (np.concatenate(parts) for parts in zip(*self._rows, strict=True))
        order = np.argsort(row, kind="stable")
        return row[order], where[order], factor[order]

    @cached_property
    def row_bounds(self) -> tuple[Ints, Ints]:
        """Lower and upper bound of each linear row."""
        if not self._row_bounds:
            return (np.zeros(0, np.int64),) * 2
        lower, upper = (np.concatenate(parts) for parts in zip(*self._row_bounds, strict=True))
        if len(self.candidates.past):
            row, where, factor = self.matrix
            was = np.isin(where, self.candidates.past)
            past = np.zeros(len(upper), np.int64)
            np.add.at(past, row[was], factor[was])
            # Rows of constraints, with columns of their own aside: of these only their rule knows what they mean.
            own = row[where >= len(self.candidates)]
            roomy = np.setdiff1d(np.unique(row[was]), own)
            roomy = roomy[roomy < self.hard_rows]
            lower[roomy] = np.minimum(lower[roomy], past[roomy])
            upper[roomy] = np.maximum(upper[roomy], past[roomy])
        return lower, upper

    @cached_property
    def groups(self) -> tuple[Ints, Ints]:
        """Entries of the at-most-one groups as group and column; of the past one stands for all in a group."""
        if not self._groups:
            return (np.zeros(0, np.int64),) * 2
        group, where = (np.concatenate(parts) for parts in zip(*self._groups, strict=True))
        order = np.argsort(group, kind="stable")
        group, where = group[order], where[order]
        if len(self.candidates.past):
            was = np.flatnonzero(np.isin(where, self.candidates.past))
            _, first = np.unique(group[was], return_index=True)
            kept = np.ones(len(group), np.bool_)
            kept[np.delete(was, first)] = False
            group, where = group[kept], where[kept]
        return group, where

    @cached_property
    def system(self) -> System:
        """The blocks as a search reads them, with cliques instead of pairs."""
        cliques = joined(self.candidates, *self.groups)
        return System(self.bounds, self.matrix, self.row_bounds, cliques, self.hard_rows)

    def objectives(self, rules: RuleSet) -> list[Objective]:
        """Return the objective of each tier, the highest tier first; in mode ``weighted`` their one sum, as tier 0.

        Raises
        ------
        TooLarge
            The penalties of an objective add up to more than can be computed exactly.
        """
        if rules.mode == "weighted":
            weights = {rule.id: rules.weight_of(rules.tier_of(rule)) for rule in rules.preferences}
            return [self.objective(weights)]
        return self.tiers(rules)

    def tiers(self, rules: RuleSet) -> list[Objective]:
        """Return the objective of each tier, the highest first."""
        ids = [(tier, [rule.id for rule in rules.in_tier(tier)]) for tier in rules.tiers]
        return [self.objective(dict.fromkeys(names, 1), tier) for tier, names in ids]

    def guide(self, rules: RuleSet, objective: Objective) -> Objective:
        """Return an objective with an eye to what comes after it: lower tiers count a little.

        A search for the best of one tier finds many rosters that are equally good in it; guided so, it comes upon those
        that are good in lower tiers too. What is proven is proven of the objective itself. The last tier, the weighted
        sum, and an objective that would grow too large to be exact guide themselves.
        """
        below = [tier for tier in rules.tiers if tier > objective.tier]
        if objective.tier == 0 or not below:
            return objective
        weights = {rule.id: rules.weight_of(tier) for tier in below for rule in rules.in_tier(tier)}
        most = max(weights.values())
        weights |= dict.fromkeys((rule.id for rule in rules.in_tier(objective.tier)), AHEAD * most)
        try:
            return replace(self.objective(weights), ahead=AHEAD * most)
        except TooLarge:
            return objective

    def objective(self, weights: Mapping[str, int], tier: float = 0) -> Objective:
        """Return the weighted sum of some preferences.

        Parameters
        ----------
        weights
            Whole weight by rule id; rules that are not named do not count.
        tier
            What the objective is called.
        """
        costs = [cost for cost in self._costs if cost.rule.id in weights]
        scale = lcm(*{rule.scale for rule in self._charged if rule.id in weights})
        total = np.zeros(self._width, np.int64)
        constant = 0
        size = 0.0
        for cost in costs:
            factor = weights[cost.rule.id] * (scale // cost.rule.scale)
            constant += cost.constant * factor
            size += float(np.abs(cost.weight).astype(float).sum()) * factor
            if size > UNBOUNDED or factor > UNBOUNDED:
                raise TooLarge(WEIGHTS_TOO_LARGE.fill(objective=name_of(tier), size=size, most=UNBOUNDED))
            np.add.at(total, cost.column, cost.weight * factor)
        used = np.flatnonzero(total)
        unit = int(np.gcd.reduce(total[used])) if len(used) else 1
        lower, upper = self.bounds
        reach = np.maximum(np.abs(lower[used]), np.abs(upper[used])).astype(float)
        sizes = np.abs(total[used]) / unit * reach
        mine = used < len(self.candidates)  # of a seat's candidates one at most is taken
        per_seat = np.zeros(len(self.candidates.world.seats))
        np.maximum.at(per_seat, self.candidates.seat[used[mine]], sizes[mine])
        size = float(per_seat.sum() + sizes[~mine].sum())
        if size > MOST:
            raise TooLarge(PENALTIES_TOO_LARGE.fill(objective=name_of(tier), size=size, most=MOST))
        return Objective(tier, scale, used, total[used] // unit, constant, unit)

    def floor(self, objective: Objective) -> int:
        """Return a lower bound of a tier that needs no solver."""
        return floor(objective, self.bounds, self.candidates.seat)

    @property
    def contradictory(self) -> Bools:
        """Which columns can have no value at all."""
        lower, upper = self.bounds
        return np.asarray(lower > upper)
