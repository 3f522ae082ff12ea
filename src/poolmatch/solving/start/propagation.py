"""Knows which candidates can still be taken: what is left of each row and group, with bounds propagated."""

from __future__ import annotations

from typing import Any

import numpy as np

from poolmatch.arrays import Ints, bounds
from poolmatch.solving.model.system import System

Undo = list[tuple[list[Any], int, Any]]
"""What stood where, to be put back in reverse order."""


class Conflict(Exception):
    """Taking a candidate leaves some column without a value."""


class Propagator:
    """What is left of each row and group once some candidates are taken.

    Columns that are no candidates stand at their best in every row; where a constraint leaves them less, their bounds
    are narrowed, and with them the room of the other rows they stand in.

    Parameters
    ----------
    system
        What the rules wrote.
        Rows of preferences never forbid anything.
    count
        Number of candidates: the first columns.
    """

    def __init__(self, system: System, count: int) -> None:
        hard_rows = min(system.hard_rows, len(system.row_bounds[0]))
        lower, upper = system.bounds
        row, column, factor = system.matrix
        hard = row < hard_rows
        row, column, factor = row[hard], column[hard], factor[hard]
        low, high = (side[:hard_rows] for side in system.row_bounds)
        least, most = np.zeros(hard_rows, np.int64), np.zeros(hard_rows, np.int64)
        others = column >= count
        ends = np.stack([factor * lower[column], factor * upper[column]])
        np.add.at(least, row[others], ends.min(axis=0)[others])
        np.add.at(most, row[others], ends.max(axis=0)[others])
        self._count = count
        self._up, self._down = (high - least).tolist(), (most - low).tolist()
        self._helped_up, self._helped_down = ([False] * hard_rows for _ in range(2))
        for place, size in zip(row[~others].tolist(), factor[~others].tolist(), strict=True):
            helped = self._helped_up if size < 0 else self._helped_down
            helped[place] = True
        self._lower, self._upper = lower.tolist(), upper.tolist()
        self._rows_of = _Entries(column, row, factor, len(lower))
        self._own_of = _Entries(row[others], column[others], factor[others], hard_rows)
        group, member = system.groups
        groups = int(group.max()) + 1 if len(group) else 0
        self._groups_of = _Entries(member, group, np.ones(len(group), np.int64), len(lower))
        own = member >= count
        self._own_members = _Entries(group[own], member[own], np.ones(int(own.sum()), np.int64), groups)
        self._closed = [False] * groups

    def take(self, candidate: int) -> bool:
        """Take a candidate if every row and group can be kept, and tell whether it was."""
        for row, factor in self._rows_of(candidate):
            if (factor > 0 and factor > self._up[row]) or (factor < 0 and -factor > self._down[row]):
                return False
        if any(self._closed[group] for group, _ in self._groups_of(candidate)):
            return False
        undo: Undo = []
        try:
            for row, factor in self._rows_of(candidate):
                self._set(undo, self._up, row, self._up[row] - factor)
                self._set(undo, self._down, row, self._down[row] + factor)
            for group, _ in self._groups_of(candidate):
                self._close(undo, group, candidate)
            for row, _ in self._rows_of(candidate):
                self._propagate(undo, row)
        except Conflict:
            for values, place, before in reversed(undo):
                values[place] = before
            return False
        return True

    @staticmethod
    def _set(undo: Undo, values: list[Any], place: int, value: Any) -> None:
        undo.append((values, place, values[place]))
        values[place] = value

    def _close(self, undo: Undo, group: int, by: int) -> None:
        """Let nothing else of a group be 1."""
        if self._closed[group]:
            raise Conflict
        self._set(undo, self._closed, group, True)
        for column, _ in self._own_members(group):
            if column != by:
                self._narrow(undo, column, self._lower[column], 0)

    def _narrow(self, undo: Undo, column: int, low: int, high: int) -> None:
        """Narrow the bounds of a column, and what follows in its rows and groups."""
        before_low, before_high = self._lower[column], self._upper[column]
        low, high = max(low, before_low), min(high, before_high)
        if low > high:
            raise Conflict
        if (low, high) == (before_low, before_high):
            return
        self._set(undo, self._lower, column, low)
        self._set(undo, self._upper, column, high)
        for row, factor in self._rows_of(column):
            best, worst = low - before_low, high - before_high
            if factor < 0:
                best, worst = worst, best
            self._set(undo, self._up, row, self._up[row] - factor * best)
            self._set(undo, self._down, row, self._down[row] + factor * worst)
        if before_low < low == 1 == high:
            for group, _ in self._groups_of(column):
                self._close(undo, group, column)
        for row, _ in self._rows_of(column):
            self._propagate(undo, row)

    def _propagate(self, undo: Undo, row: int) -> None:
        """Narrow the columns of a row, candidates aside, to what its room allows."""
        for column, factor in self._own_of(row):
            low, high, size = self._lower[column], self._upper[column], abs(factor)
            up, down = self._up[row], self._down[row]
            if (up < 0 and not self._helped_up[row]) or (down < 0 and not self._helped_down[row]):
                raise Conflict
            if up < 0 or down < 0:
                continue  # it asks for candidates that are still to come
            if factor > 0:
                self._narrow(undo, column, high - down // size, low + up // size)
            else:
                self._narrow(undo, column, high - up // size, low + down // size)


class _Entries:
    """Entries of a sparse table by their key, as plain numbers."""

    def __init__(self, key: Ints, value: Ints, factor: Ints, count: int) -> None:
        order = np.argsort(key, kind="stable")
        self._edges = bounds(key[order], count).tolist()
        self._value, self._factor = value[order].tolist(), factor[order].tolist()

    def __call__(self, key: int) -> list[tuple[int, int]]:
        first, last = self._edges[key], self._edges[key + 1]
        return list(zip(self._value[first:last], self._factor[first:last], strict=True))
