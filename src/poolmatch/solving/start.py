"""A roster in no time: greedy, legal as far as rows and groups tell, so that there is always something to return."""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Ints, bounds
from poolmatch.solving.blocks import Blocks, Objective


def quick_start(blocks: Blocks, first: Objective) -> Ints:
    """Return a 0/1 value for each candidate, filling the dearest and scarcest seats first with who has worked least.

    A candidate is taken when every row and group it stands in can still be kept, other columns at their best.

    Parameters
    ----------
    blocks
        What the rules wrote.
    first
        Objective of the highest tier: its weights say how dear an empty seat is.

    Returns
    -------
    ndarray of int, shape ``(candidates,)``
    """
    candidates = blocks.candidates
    count = len(candidates)
    lower, upper = blocks.bounds
    taken = np.zeros(count, np.int64)
    if not count:
        return taken
    keeper = _Keeper(blocks)
    gain = np.zeros(len(lower), np.int64)
    gain[first.column] = -first.weight
    seats = len(candidates.world.seats)
    by_seat = np.argsort(candidates.seat, kind="stable")
    edges = bounds(candidates.seat[by_seat], seats)
    worth = np.zeros(seats, np.int64)
    np.maximum.at(worth, candidates.seat, gain[:count])
    ticks = candidates.column("ticks")
    load = np.zeros(len(candidates.world.people), np.int64)
    pinned = np.flatnonzero(lower[:count] == 1)
    for candidate in pinned:
        keeper.take(int(candidate))
        taken[candidate] = 1
        load[candidates.person[candidate]] += ticks[candidate]
    full = np.zeros(seats, np.bool_)
    full[candidates.seat[pinned]] = True
    for seat in np.lexsort((np.diff(edges), -worth)):
        if full[seat]:
            continue
        mine = by_seat[edges[seat] : edges[seat + 1]]
        mine = mine[upper[mine] == 1]
        for candidate in mine[np.argsort(load[candidates.person[mine]], kind="stable")].tolist():
            if keeper.allows(candidate):
                keeper.take(candidate)
                taken[candidate] = 1
                load[candidates.person[candidate]] += ticks[candidate]
                break
    return taken


class _Keeper:
    """Knows how much room each row and group has left."""

    def __init__(self, blocks: Blocks) -> None:
        count = len(blocks.candidates)
        lower, upper = blocks.bounds
        row, column, factor = blocks.matrix
        low, high = blocks.row_bounds
        others = column >= count
        least, most = np.zeros(len(high), np.int64), np.zeros(len(high), np.int64)
        ends = np.stack([factor * lower[column], factor * upper[column]])
        np.add.at(least, row[others], ends.min(axis=0)[others])
        np.add.at(most, row[others], ends.max(axis=0)[others])
        self._room_up, self._room_down = high - least, most - low
        order = np.argsort(column[~others], kind="stable")
        self._row, self._factor = row[~others][order], factor[~others][order]
        self._row_edges = bounds(column[~others][order], count)
        group, member = blocks.groups
        mine = member < count
        order = np.argsort(member[mine], kind="stable")
        self._group = group[mine][order]
        self._group_edges = bounds(member[mine][order], count)
        self._closed = np.zeros(int(group.max()) + 1 if len(group) else 0, np.bool_)

    def _parts(self, candidate: int) -> tuple[slice, slice]:
        rows = slice(self._row_edges[candidate], self._row_edges[candidate + 1])
        return rows, slice(self._group_edges[candidate], self._group_edges[candidate + 1])

    def allows(self, candidate: int) -> bool:
        """Tell whether a candidate can be taken."""
        rows, groups = self._parts(candidate)
        row, factor = self._row[rows], self._factor[rows]
        fits = (factor <= self._room_up[row]) | (factor <= 0)
        fits &= (-factor <= self._room_down[row]) | (factor >= 0)
        return bool(fits.all()) and not self._closed[self._group[groups]].any()

    def take(self, candidate: int) -> None:
        """Take a candidate."""
        rows, groups = self._parts(candidate)
        row, factor = self._row[rows], self._factor[rows]
        np.subtract.at(self._room_up, row, factor)
        np.add.at(self._room_down, row, factor)
        self._closed[self._group[groups]] = True
