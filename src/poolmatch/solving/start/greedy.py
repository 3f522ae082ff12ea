"""A roster in no time: greedy, legal as far as propagation tells, so that there is always something to return."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from poolmatch.arrays import Floats, Ints, bounds
from poolmatch.domain.hours import TICKS
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import System
from poolmatch.solving.start.propagation import Propagator

LIKELY = 0.05
"""From this value in the relaxation on a candidate is tried before others."""
MOMENT = 1e-6
"""Times that are less than this apart are the same, in days: they are fractions."""
ROUNDS = 3
"""How often the seats are gone through: a scribe can sit once someone leads."""


def quick_start(features: CandidateFeatures, system: System, liked: Floats | None = None) -> Ints:
    """Return a 0/1 value for each candidate, filling the dearest and scarcest seats first with who has worked least.

    A candidate is taken when every row and group can still be kept, other columns at their best.

    Parameters
    ----------
    features, system
        The candidates, and what the rules wrote about them.
    liked
        How much a relaxation likes each column, 0 to 1: what it likes is tried first.

    Returns
    -------
    ndarray of int, shape ``(candidates,)``
    """
    count, upper = len(features), system.bounds[1]
    if not count:
        return np.zeros(0, np.int64)
    of_seat = np.argsort(features.seat, kind="stable")
    edges = bounds(features.seat[of_seat], int(features.seat.max()) + 1)
    seats = len(edges) - 1
    worth, choice = np.zeros(seats, np.int64), np.diff(edges)
    np.maximum.at(worth, features.seat, features.worth)
    load = np.zeros(int(features.person.max()) + 1, np.int64)

    def used(candidate: int) -> None:
        load[features.person[candidate]] += features.ticks[candidate]

    filling = _Filling(features, system, used)
    full, take = filling.full, filling.take
    full |= choice == 0
    if liked is not None:
        likely = np.flatnonzero(liked[:count] > LIKELY)
        for candidate in likely[np.argsort(-liked[likely], kind="stable")].tolist():
            if not full[features.seat[candidate]] and upper[candidate] == 1:
                take(candidate)
    order = np.lexsort((choice, -worth)).tolist()
    for _ in range(ROUNDS):
        before = full.sum()
        for seat in order:
            if full[seat]:
                continue
            mine = of_seat[edges[seat] : edges[seat + 1]]
            mine = mine[upper[mine] == 1]
            for candidate in mine[np.argsort(load[features.person[mine]], kind="stable")].tolist():
                if take(candidate):
                    break
        if full.sum() == before:
            break
    return filling.taken


def chronological_start(features: CandidateFeatures, system: System) -> Ints:
    """Return a 0/1 value for each candidate, filling seats in order of time with as few people as seem to be needed.

    Whoever is used already comes first, and among them who was free last; among the others who could take most.

    Parameters
    ----------
    features, system
        The candidates, and what the rules wrote about them.

    Returns
    -------
    ndarray of int, shape ``(candidates,)``
    """
    count, upper = len(features), system.bounds[1]
    if not count:
        return np.zeros(0, np.int64)
    ends = features.day + features.ticks / (24 * 60 * TICKS)
    choice = np.bincount(features.person)
    free_from = np.full(len(choice), -np.inf)  # of who is not used yet

    def used(candidate: int) -> None:
        person = features.person[candidate]
        free_from[person] = max(free_from[person], ends[candidate])

    filling = _Filling(features, system, used)
    # Seats in order of time, the longest first; of each seat the slots in order of time.
    order = np.lexsort((features.seat, -ends, features.day))
    seats, edges = features.seat[order], np.flatnonzero(np.diff(features.seat[order], prepend=-1))
    for first, last in zip(edges.tolist(), [*edges[1:].tolist(), count], strict=True):
        if filling.full[seats[first]]:
            continue
        mine = order[first:last]
        mine = mine[upper[mine] == 1]
        person = features.person[mine]
        free = free_from[person] <= features.day[mine] + MOMENT
        mine, person = mine[free], person[free]
        for candidate in mine[np.lexsort((-choice[person], -free_from[person]))].tolist():
            if filling.take(candidate):
                break
    return filling.taken


class _Filling:
    """Candidates that are taken one by one as long as every row and group can still be kept; the fixed ones at once.

    Parameters
    ----------
    features, system
        The candidates, and what the rules wrote about them.
    used
        Called with each candidate that is taken.
    """

    def __init__(self, features: CandidateFeatures, system: System, used: Callable[[int], None]) -> None:
        self._seat, self._used = features.seat, used
        self._propagator = Propagator(system, len(features))
        self.taken = np.zeros(len(features), np.int64)
        """A 0/1 value for each candidate."""
        self.full = np.zeros(int(features.seat.max()) + 1, np.bool_)
        """Which seats are."""
        for candidate in np.flatnonzero(system.bounds[0][: len(features)] == 1).tolist():
            self.take(candidate)

    def take(self, candidate: int) -> bool:
        """Take a candidate if that is possible, and tell whether it was."""
        done = self._propagator.take(candidate)
        if done:
            self.taken[candidate] = 1
            self.full[self._seat[candidate]] = True
            self._used(candidate)
        return done
