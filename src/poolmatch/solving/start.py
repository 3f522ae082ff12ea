"""A roster in no time: greedy, legal as far as propagation tells, so that there is always something to return."""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Floats, Ints, bounds
from poolmatch.solving.blocks import System
from poolmatch.solving.keeper import Keeper
from poolmatch.solving.landscape import Landscape

LIKELY = 0.05
"""From this value in the relaxation on a candidate is tried before others."""
ROUNDS = 3
"""How often the seats are gone through: a scribe can sit once someone leads."""


def quick_start(landscape: Landscape, system: System, liked: Floats | None = None) -> Ints:
    """Return a 0/1 value for each candidate, filling the dearest and scarcest seats first with who has worked least.

    A candidate is taken when every row and group can still be kept, other columns at their best.

    Parameters
    ----------
    landscape, system
        The candidates, and what the rules wrote about them.
    liked
        How much a relaxation likes each column, 0 to 1: what it likes is tried first.

    Returns
    -------
    ndarray of int, shape ``(candidates,)``
    """
    count = len(landscape)
    lower, upper = system.bounds
    taken = np.zeros(count, np.int64)
    if not count:
        return taken
    keeper = Keeper(system, count)
    of_seat = np.argsort(landscape.seat, kind="stable")
    edges = bounds(landscape.seat[of_seat], int(landscape.seat.max()) + 1)
    seats = len(edges) - 1
    worth, choice = np.zeros(seats, np.int64), np.diff(edges)
    np.maximum.at(worth, landscape.seat, landscape.worth)
    load = np.zeros(int(landscape.person.max()) + 1, np.int64)
    full = choice == 0

    def take(candidate: int) -> bool:
        done = keeper.take(candidate)
        if done:
            taken[candidate] = 1
            full[landscape.seat[candidate]] = True
            load[landscape.person[candidate]] += landscape.ticks[candidate]
        return done

    for candidate in np.flatnonzero(lower[:count] == 1).tolist():
        take(candidate)
    if liked is not None:
        likely = np.flatnonzero(liked[:count] > LIKELY)
        for candidate in likely[np.argsort(-liked[likely], kind="stable")].tolist():
            if not full[landscape.seat[candidate]] and upper[candidate] == 1:
                take(candidate)
    order = np.lexsort((choice, -worth)).tolist()
    for _ in range(ROUNDS):
        before = full.sum()
        for seat in order:
            if full[seat]:
                continue
            mine = of_seat[edges[seat] : edges[seat + 1]]
            mine = mine[upper[mine] == 1]
            for candidate in mine[np.argsort(load[landscape.person[mine]], kind="stable")].tolist():
                if take(candidate):
                    break
        if full.sum() == before:
            break
    return taken
