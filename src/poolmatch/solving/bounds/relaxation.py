"""The linear relaxation: a bound that is exact, and what fractions say about the best roster.

Columns of candidates are sifted: the program is solved on few of them, its duals price the others, and those that
would help come in, until none does. Whatever the duals, rounded they prove a bound in whole numbers: every column lies
between bounds, so that the least of the Lagrangian function is a sum (Geoffrion, "Lagrangean relaxation for integer
programming", Mathematical Programming Study 2, 1974). So an inexact or unfinished linear program costs quality, never
truth.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.backends.linear_program import Program, solve_lp
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.fixed_point import LARGEST, fixed_point, places, total
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.running.stopping import Stop

TOLERANCE = 1e-7
"""A reduced cost, relative to the largest cost, that is no nearer to 0 is below it."""


@dataclass(frozen=True)
class RelaxationParams:
    """What tunes sifting.

    Attributes
    ----------
    few
        Up to so many columns are not sifted; 0 or more.
    per_seat
        Columns of each seat that sifting begins with; half as many, 3 at least, come in at once. 1 or more.
    close
        Sifting ends when the bound is this close, relatively, to the value of the program; 0 or more.
    """

    few: int = 20_000
    per_seat: int = 12
    close: float = 2e-4

    def __post_init__(self) -> None:
        if self.few < 0 or self.per_seat < 1 or self.close < 0:
            raise ValueError(f"out of range: {self}")


class Relaxation:
    """The linear relaxation of a system.

    Parameters
    ----------
    system
        Columns, rows and groups.
    group_of
        Which columns are alternatives of which one at most is 1, such as the candidates of a seat; -1 for the others,
        which are always in the program.
    params
        What tunes it; None is as usual.
    """

    def __init__(self, system: System, group_of: Ints, params: RelaxationParams | None = None) -> None:
        self._params = params or RelaxationParams()
        row, column, factor = system.matrix
        group, member = system.groups
        self._low, self._high = (side.astype(float) for side in system.bounds)
        self.bounds = system.bounds
        height = len(system.row_bounds[0])
        groups = int(group.max()) + 1 if len(group) else 0
        low, high = system.row_bounds
        self._row_low = np.concatenate([np.where(low <= -UNBOUNDED, -np.inf, low), np.full(groups, -np.inf)])
        self._row_high = np.concatenate([np.where(high >= UNBOUNDED, np.inf, high), np.ones(groups)])
        entries = (np.concatenate([factor, np.ones(len(group), np.int64)]),)
        places = np.concatenate([row, group + height]), np.concatenate([column, member])
        self.whole = csc_matrix((entries[0], places), shape=(height + groups, len(self._low)))
        self.matrix = self.whole.astype(float)
        """Rows and then groups, by column."""
        self.sides = (
            np.concatenate([low, np.full(groups, -UNBOUNDED)]),
            np.concatenate([high, np.ones(groups, np.int64)]),
        )
        self._group_of = group_of
        self.is_group = np.arange(height + groups) >= height

    @classmethod
    def of(cls, features: CandidateFeatures, system: System, params: RelaxationParams | None = None) -> Self:
        """Return the relaxation of a system in which the candidates of a seat are alternatives."""
        alternatives = np.full(len(system.bounds[0]), -1)
        alternatives[: len(features)] = features.seat
        return cls(system, alternatives, params)

    def solve(
        self,
        objective: Objective,
        limit: float,
        incumbent: Ints | None = None,
        stop: Stop | None = None,
        guide: Objective | None = None,
    ) -> Relaxed | None:
        """Solve the relaxation of an objective; None when not even a first program was solved in time.

        Parameters
        ----------
        objective
            What is minimised.
        limit
            Seconds.
        incumbent
            Values of the columns of a roster: its columns are in the program from the start.
        stop
            Asked every few hundredths of a second; None is never.
        guide
            What the program minimises instead: the objective with an eye to what comes after it, which says more of
            good rosters and proves a little less. None is the objective itself.
        """
        best = self._sifted(guide or objective, limit, incumbent, stop)
        if best is None or guide is None or guide is objective:
            return best
        points = guide.scale / guide.unit, objective.scale / objective.unit
        return self.proven(objective, best.duals / guide.ahead * points[1] / points[0], best.values, best.solved)

    def _sifted(self, objective: Objective, limit: float, incumbent: Ints | None, stop: Stop | None) -> Relaxed | None:
        """Return what the best duals prove that were found in time."""
        until = time.monotonic() + limit
        cost = self.cost(objective)
        active = self._first(cost, incumbent)
        best: Relaxed | None = None
        while True:
            columns = np.flatnonzero(active)
            program, rows = self.program(cost, columns)
            found = solve_lp(program, until - time.monotonic(), stop)
            if found is None:
                return best
            values, duals = np.zeros(len(cost)), np.zeros(len(self._row_low))
            values[columns], duals[rows] = found.values, found.duals
            proven = self.proven(objective, duals, values, found.ended)
            if best is None or proven.bound > best.bound:
                best = proven
            reached = objective.constant + objective.unit * float(cost @ values)
            entering = self.entering(cost, duals, active)
            near = reached - best.bound <= self._params.close * max(abs(reached), objective.scale)
            stopped = time.monotonic() >= until or (stop is not None and stop.asked())
            if not found.ended or near or stopped or not entering.any():
                return best
            active |= entering

    def solve_part(self, objective: Objective, part: Bools, limit: float, stop: Stop | None = None) -> Relaxed | None:
        """Solve one program of some columns only, groups left out but for those of alternatives.

        What is proven holds for all columns. None when nothing was found in time.

        Parameters
        ----------
        objective
            What is minimised.
        part
            Which columns; shape ``(columns,)``.
        limit
            Seconds.
        stop
            Asked every few hundredths of a second; None is never.
        """
        until = time.monotonic() + limit
        cost, columns = self.cost(objective), np.flatnonzero(part)
        program, rows = self.program(cost, columns, np.flatnonzero(~self.is_group | self._of_alternatives))
        found = solve_lp(program, until - time.monotonic(), stop)
        if found is None:
            return None
        values, duals = np.zeros(len(cost)), np.zeros(len(self._row_low))
        values[columns], duals[rows] = found.values, found.duals
        return self.proven(objective, duals, values, found.ended)

    def _first(self, cost: Floats, incumbent: Ints | None) -> Bools:
        """Return which columns the first program has."""
        if len(cost) <= self._params.few:
            return np.ones(len(cost), np.bool_)
        active = self.likely(cost, self._params.per_seat)
        if incumbent is not None:
            active |= incumbent > 0
        return active

    def likely(self, price: Floats | Ints, count: int) -> Bools:
        """Return the columns that are likely to be taken: so many of the cheapest alternatives, and all else.

        Parameters
        ----------
        price
            Of each column.
        count
            How many alternatives of each kind.
        """
        chosen = (self._group_of < 0) | (self._low > 0)
        return chosen | self._cheapest(np.flatnonzero(~chosen), price, count)

    def _cheapest(self, columns: Ints, cost: Floats | Ints, count: int) -> Bools:
        """Return the cheapest columns of each group."""
        order = columns[np.lexsort((cost[columns], self._group_of[columns]))]
        groups = self._group_of[order]
        starts = np.searchsorted(groups, groups, "left")
        chosen = np.zeros(len(cost), np.bool_)
        chosen[order[np.arange(len(order)) - starts < count]] = True
        return chosen

    def entering(self, cost: Floats, duals: Floats, active: Bools) -> Bools:
        """Return which columns come into a program of some: of those that would help the best of each kind."""
        reduced = cost - self.matrix.T @ duals
        helps = ~active & (reduced < -TOLERANCE * max(1.0, float(np.abs(cost).max(initial=0.0))))
        return self._cheapest(np.flatnonzero(helps), reduced, max(3, self._params.per_seat // 2))

    def program(self, cost: Floats, columns: Ints, rows: Ints | None = None) -> tuple[Program, Ints]:
        """Return the program of some columns and rows, and which rows are in it: those that limit anything.

        Parameters
        ----------
        cost
            Of all columns.
        columns, rows
            Positions; None is all rows.
        """
        part = self.matrix[:, columns].tocsr() if rows is None else self.by_row[rows][:, columns]
        rows = np.arange(part.shape[0]) if rows is None else rows
        entries = np.diff(part.indptr)
        used = np.flatnonzero((entries > 1) | ((entries == 1) & ~self.is_group[rows]))
        rows = rows[used]
        sides = self._row_low[rows], self._row_high[rows]
        return Program(cost[columns], self._low[columns], self._high[columns], part[used], *sides), rows

    def proven(self, objective: Objective, duals: Floats, values: Floats, ended: bool = True) -> Relaxed:
        """Return what duals of all rows prove, with values of all columns that go with them."""
        return Relaxed(values, objective, *self._exact(objective, duals), ended, duals)

    def first_duals(self, cost: Floats) -> Floats:
        """Return duals at which no alternative gains anything: each group of alternatives costs what its best gains."""
        duals = np.zeros(len(self._row_low))
        groups = np.flatnonzero(self._of_alternatives)
        if len(groups):
            part = self.by_row[groups]
            first = part.indptr[:-1]
            best = np.minimum.reduceat(np.where(self._high[part.indices] > 0, cost[part.indices], 0.0), first)
            # Alternatives may share several groups; the largest pays.
            kind = self._group_of[part.indices[first]]
            order = np.lexsort((-np.diff(part.indptr), kind))
            payer = order[np.unique(kind[order], return_index=True)[1]]
            duals[groups[payer]] = np.minimum(best[payer], 0.0)
        return duals

    def cost(self, objective: Objective) -> Floats:
        """Return the weight of every column."""
        cost = np.zeros(len(self._low))
        cost[objective.column] = objective.weight
        return cost

    @cached_property
    def by_row(self) -> csr_matrix:
        """The matrix of rows and then groups, by row."""
        return self.matrix.tocsr()

    @cached_property
    def _of_alternatives(self) -> Bools:
        """Which of rows and groups are groups of alternatives to one another."""
        entries = np.diff(self.by_row.indptr)
        rows = np.flatnonzero(self.is_group & (entries > 0))
        alike = np.zeros(len(entries), np.bool_)
        if len(rows):
            kind = self._group_of[self.by_row.indices]
            # Rows that are empty have no entries: what begins at the first of a row ends at the first of the next.
            first = self.by_row.indptr[rows]
            low, high = np.minimum.reduceat(kind, first), np.maximum.reduceat(kind, first)
            alike[rows[(low == high) & (low >= 0)]] = True
        return alike

    def reduced(self, objective: Objective, duals: Floats, headroom: int = 1) -> tuple[Ints, int, int]:
        """Return what is left of the weight of each column at rounded duals, and what these prove by themselves.

        Parameters
        ----------
        objective
            What is minimised.
        duals
            Of all rows and groups; shape ``(rows,)``.
        headroom
            So many numbers of the size of those that are returned can be added up exactly.

        Returns
        -------
        tuple
            Both in fixed point, and how many binary places these have.
        """
        price, bits = self._rounded(objective, duals, headroom)
        used = np.flatnonzero(price)
        side = np.where(price[used] > 0, self.sides[0][used], self.sides[1][used])
        left = np.zeros(len(self._low), np.int64)
        left[objective.column] = objective.weight << bits
        left -= self.whole.T @ price
        return left, total(price[used] * side), bits

    def _rounded(self, objective: Objective, duals: Floats, headroom: int) -> tuple[Ints, int]:
        """Return duals in fixed point, all 0 where they are too large to be exact, and the binary places of these."""
        weight = np.zeros(len(self._low))
        weight[objective.column] = np.abs(objective.weight)
        reach = np.maximum(1.0, np.maximum(np.abs(self._low), np.abs(self._high)))
        low, high = self._row_low, self._row_high
        known = np.clip(np.where(np.isfinite(duals), duals, 0.0), -LARGEST, LARGEST)
        known[((known > 0) & np.isinf(low)) | ((known < 0) & np.isinf(high))] = 0.0
        side = np.abs(np.where(known > 0, low, np.where(known < 0, high, 0.0)))
        size = (weight + abs(self.matrix).T @ np.abs(known)) * reach
        largest = max(1.0, size.max(initial=0.0), (np.abs(known) * np.maximum(side, 1.0)).max(initial=0.0))
        if largest * headroom > LARGEST:
            return np.zeros(len(duals), np.int64), 0
        bits = places(largest * headroom)
        return fixed_point(known, bits), bits

    def _exact(self, objective: Objective, duals: Floats) -> tuple[int, Ints, int]:
        """Return the bound that duals prove, what taking each column adds to it, and the binary places of both."""
        left, base, bits = self.reduced(objective, duals)
        low, high = self.bounds
        best = np.minimum(left * low, left * high)
        # Of alternatives one at most is taken, so that they count by the best of them.
        member = (self._group_of >= 0) & (low == 0)
        per_group = np.zeros(int(self._group_of.max(initial=-1)) + 2, np.int64)  # the last is that of no group
        np.minimum.at(per_group, self._group_of[member], best[member])
        least = base + total(best[~member]) + total(per_group)
        return least, left - np.where(member, per_group[self._group_of], best), bits
