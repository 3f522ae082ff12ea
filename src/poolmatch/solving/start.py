"""A roster in no time: greedy, legal as far as propagation tells, so that there is always something to return."""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Candidates, Floats, Ints
from poolmatch.solving.blocks import Objective, System
from poolmatch.solving.keeper import Keeper

LIKELY = 0.05
"""From this value in the relaxation on a candidate is tried before others."""
ROUNDS = 3
"""How often the seats are gone through: a scribe can sit once someone leads."""


def quick_start(
    candidates: Candidates, system: System, hard_rows: int, first: Objective, liked: Floats | None = None
) -> Ints:
    """Return a 0/1 value for each candidate, filling the dearest and scarcest seats first with who has worked least.

    A candidate is taken when every row and group can still be kept, other columns at their best.

    Parameters
    ----------
    candidates, system
        The candidates, and what the rules wrote about them.
    hard_rows
        How many of the rows, the first, are those of constraints.
    first
        Objective of the highest tier: its weights say how dear an empty seat is.
    liked
        How much a relaxation likes each column, 0 to 1: what it likes is tried first.

    Returns
    -------
    ndarray of int, shape ``(candidates,)``
    """
    count = len(candidates)
    lower, upper = system.bounds
    taken = np.zeros(count, np.int64)
    if not count:
        return taken
    keeper = Keeper(system, count, hard_rows)
    gain = np.zeros(len(lower), np.int64)
    gain[first.column] = -first.weight
    seats = len(candidates.world.seats)
    worth, choice = np.zeros(seats, np.int64), np.bincount(candidates.seat, minlength=seats)
    np.maximum.at(worth, candidates.seat, gain[:count])
    ticks = candidates.column("ticks")
    load = np.zeros(len(candidates.world.people), np.int64)
    full = np.zeros(seats, np.bool_)

    def take(candidate: int) -> bool:
        done = keeper.take(candidate)
        if done:
            taken[candidate] = 1
            full[candidates.seat[candidate]] = True
            load[candidates.person[candidate]] += ticks[candidate]
        return done

    for candidate in np.flatnonzero(lower[:count] == 1).tolist():
        take(candidate)
    if liked is not None:
        likely = np.flatnonzero(liked[:count] > LIKELY)
        for candidate in likely[np.argsort(-liked[likely], kind="stable")].tolist():
            if not full[candidates.seat[candidate]] and upper[candidate] == 1:
                take(candidate)
    order = np.lexsort((choice, -worth)).tolist()
    for _ in range(ROUNDS):
        before = full.sum()
        for seat in order:
            if full[seat]:
                continue
            mine = candidates.of_seat(seat)
            mine = mine[upper[mine] == 1]
            for candidate in mine[np.argsort(load[candidates.person[mine]], kind="stable")].tolist():
                if take(candidate):
                    break
        if full.sum() == before:
            break
    return taken
