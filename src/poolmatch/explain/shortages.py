"""Where demand exceeds supply: the kinds of seats of which the pool cannot fill all, in as few words as will do."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

import numpy as np

from poolmatch.explain.demand import Kind
from poolmatch.explain.supply import Demand, Supply
from poolmatch.solving.coverage import Filled
from poolmatch.solving.running.budget import Budget

LAST = 1e-6
"""What it counts that all seats together are too many: where nothing else explains it."""
EVERYTHING = 9
"""More than a kind can speak of: what all seats have in common says least of where the shortage is."""
Seats = frozenset[int]
"""Positions of seats."""


def _rank(kind: Kind) -> int:
    """Return by how much a kind says: as little as will do, but something."""
    return kind.asked or EVERYTHING


def _explains(kind: Kind, group: Seats, short: int, fresh: int) -> float:
    """Return how much it explains that some seats are too many: more, the fewer they are of whom that is said.

    Parameters
    ----------
    kind, group
        What the seats have in common, and which they are.
    short
        How many of them cannot be filled.
    fresh
        How many of these are not explained yet.
    """
    much = max(0, fresh) * (short / len(group)) ** 2
    return much if kind.asked else much * LAST


class Shortages:
    """Kinds of seats held against what the pool can fill.

    Parameters
    ----------
    supply
        The pool and the seats.
    full
        A roster that fills as many of all seats as was found.
    budget
        How long in all.
    """

    def __init__(self, supply: Supply, full: Filled, budget: Budget) -> None:
        self._supply, self._full, self._budget = supply, full, budget
        held = np.unique(supply.prepared.candidates.seat[np.flatnonzero(full.taken)])
        self._places: Seats = frozenset(supply.seats.tolist())
        self._empty = self._places - frozenset(held.tolist())
        self._bare = frozenset(place for place in self._places if not len(supply.able[place]))
        self._known: dict[Seats, tuple[int, bool]] = {}
        """How many of some seats cannot be filled, and whether that is proven."""

    def _of(self, kind: Kind) -> Seats:
        asks = self._supply.asks
        return frozenset(place for place in self._places if asks[place].is_a(kind))

    def _groups(self, kinds: Iterable[Kind]) -> dict[Seats, Kind]:
        """Return the seats of each kind; of kinds that have the same seats the one that says least."""
        found: dict[Seats, Kind] = {}
        for kind in dict.fromkeys(kinds):
            group = self._of(kind)
            if group not in found or _rank(kind) < _rank(found[group]):
                found[group] = kind
        return found

    def _most(self, group: Seats) -> int:
        """Return how many of some seats cannot be filled, at most: those that one roster leaves empty."""
        return len(group & self._empty)

    def _short(self, group: Seats) -> tuple[int, bool]:
        """Return how many of some seats cannot be filled, and whether that is proven; less if time is up."""
        if group not in self._known:
            parts = (short for part, (short, proven) in self._known.items() if proven and part <= group)
            least, most = max(len(group & self._bare), *parts, 0), self._most(group)
            if group == self._places:
                least = max(least, len(group) - self._full.most)
            if least == most:
                self._known[group] = least, True
            else:
                found = None if self._budget.over else self._supply.coverage.most(np.array(sorted(group)), self._budget)
                # Not more than what is proven is told to be too few.
                self._known[group] = (
                    (least, False) if found is None else (len(group) - found.most, found.count == found.most)
                )
        return self._known[group]

    def _demand(self, kind: Kind, group: Seats) -> Demand:
        short, proven = self._short(group)
        return self._supply.demand(kind, group, len(group) - short, settled=proven)

    def found(self) -> tuple[Demand, ...]:
        """Return kinds of which the pool cannot fill all, those first that explain most.

        Each explains what those before it do not, by how many seats there are too many, and in how few. Together they
        explain all that cannot be filled, as far as time allows.
        """
        groups = self._groups(kind for place in sorted(self._empty) for kind in self._supply.asks[place].kinds())
        kinds = list(groups.items())
        order = [
            (-_explains(kind, group, self._most(group), self._most(group)), _rank(kind), -len(group), n)
            for n, (group, kind) in enumerate(kinds)
        ]
        heapify(order)
        told: list[tuple[Kind, Seats, int]] = []
        while order:
            hoped, asked, size, number = heappop(order)
            group, kind = kinds[number]
            short, _ = self._short(group)
            fresh = short - sum(min(known, len(group & other)) for _, other, known in told)
            explains = _explains(kind, group, short, fresh)
            if -explains > hoped:
                if explains:  # others may come before it now
                    heappush(order, (-explains, asked, size, number))
            elif explains:
                told.append((kind, group, short))
        return tuple(self._demand(kind, group) for kind, group, _ in told)

    def single(self) -> tuple[Demand, ...]:
        """Return every kind that speaks of one thing; those first of which most hours fall to each who can."""
        asks = self._supply.asks
        kinds = dict.fromkeys(kind for place in sorted(self._places) for kind in asks[place].single())
        found = [self._demand(kind, self._of(kind)) for kind in kinds]
        return tuple(sorted(found, key=lambda item: -item.hours / max(0.5, len(item.people))))
