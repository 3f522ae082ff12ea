"""All schedules that may be in a roster of at most some value, made fewer until they can be searched to the end.

Once they are written down, prices are better without a dynamic program: each step looks at all of them, takes into the
linear program those that would help, and drops those that cost so much at these prices that no roster with them is good
enough. Prices are free to go from corner to corner here. Many corners are nearly as good as the best, and each shows
others to be too dear. And cuts may be of any kind, since each schedule is there to be counted.
"""

from __future__ import annotations

import time

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, vstack

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.backends.linear_program import solve_lp
from poolmatch.solving.bounds.relaxation import total
from poolmatch.solving.column_generation.labelling import NONE
from poolmatch.solving.column_generation.master import Generation, charged
from poolmatch.solving.column_generation.mod_k_cuts import exceeded
from poolmatch.solving.column_generation.pricer import Sets
from poolmatch.solving.running.stopping import Stop

EACH = 3
"""So many schedules of each person come into the program at once;"""
ON_THE_WAY = 1.0, 0.5
"""Parts of the way from the best prices to those of the program at which schedules are looked at;"""
FEW_LEFT = 0.02
"""prices are good enough when it promises no more than this part of the gap."""
CUTS, OF_LIMIT = 100, 10
"""So many cuts come in at once at most, and of one limit;"""
LARGEST = 2**10
"""none of which may add up to more."""
MOST_CHARGED = 2**59
"""What a schedule pays for all cuts is less than this, so that sums are exact."""
NEVER = 1 << 200
"""What is proven where somebody who has to do something can do nothing that is of interest."""


class Listing:
    """All schedules that may be in a roster of at most some value.

    Parameters
    ----------
    generation
        Prices and cuts to begin with.
    sets
        The schedules.
    value
        The value, constant included.
    stop
        Asked every few hundredths of a second; None is never.
    """

    def __init__(self, generation: Generation, sets: Sets, value: int, stop: Stop | None = None) -> None:
        self._generation, self._stop = generation, stop
        self._count = len(generation.schedules.person)
        self.value = value
        """Which rosters are of interest: those of at most this value, constant included."""
        self.sets = sets.take(np.argsort(sets.person, kind="stable"))
        """The schedules, by person."""
        self._taken = self.sets.taken(self._count)
        self._costs = generation.schedules.costs(self.sets)
        # What their loads cost, since prices change only what candidates cost.
        self._loads = self._costs - np.asarray(generation.weight[: self._count] @ self._taken).ravel()
        self._shared = csc_matrix(generation.matrix[:, : self._count] @ self._taken)
        self.cuts = csc_matrix(generation.cuts.factors(self._taken))
        """What each schedule counts in each cut; shape ``(cuts, schedules)``."""
        self.most = np.ones(len(generation.cuts), np.int64)
        """What that adds up to at most in a roster; shape ``(cuts,)``."""
        known = set(generation.sets)
        self._inside = np.array([item in known for item in self.sets], np.bool_)
        self._duals, self._tolls = generation.duals, generation.tolls
        self._values: Floats | None = None
        self._least, self._bits, self._dearer = self._priced(self._duals, self._tolls)
        self._enter(self._dearer)
        self._random = np.random.default_rng(len(sets))

    def __len__(self) -> int:
        return len(self.sets)

    @property
    def bound(self) -> int:
        """Proven lower bound of the objective in rosters of at most the value, constant included; or one beyond it."""
        objective = self._generation.objective
        if self._least >= NEVER:
            return self._beyond
        return min(self._beyond, objective.constant + objective.unit * -(-self._least >> self._bits))

    @property
    def _beyond(self) -> int:
        """The least value of rosters that are of no interest."""
        objective = self._generation.objective
        return objective.constant + objective.unit * ((self.value - objective.constant) // objective.unit + 1)

    def aim(self, value: int) -> None:
        """Take no more interest in rosters beyond this value."""
        self.value = min(self.value, value)
        self._keep(self._dearer <= self._room(self._least, self._bits))

    def near(self, value: int) -> Bools:
        """Return which schedules may be in a roster of at most this value, no more than that of interest."""
        return np.asarray(self._dearer <= self._room(self._least, self._bits, value))

    def price(self, limit: float) -> bool:
        """Find the best prices; tell whether there was time to."""
        until = time.monotonic() + limit
        while self.bound <= self.value:
            generation, inside, count = self._generation, np.flatnonzero(self._inside), len(self)
            some, cuts = self.sets.take(inside), self.cuts[:, inside]
            program = generation.program(some, self._costs[inside], self._shared[:, inside], cuts, self.most)
            found = solve_lp(program, until - time.monotonic(), self._stop)
            if found is None and len(inside) < count and time.monotonic() < until and not self._stopped:
                self._inside[:] = True  # those in the program keep no row that asks for enough
                continue
            if found is None or not found.ended:
                return False
            best, other = (self._duals, self._tolls), generation.prices_of(found.duals)
            self._values = np.zeros(len(self))
            self._values[inside] = found.values[: len(inside)]
            for part in ON_THE_WAY:
                prices = tuple(here + part * (there - here) for here, there in zip(best, other, strict=True))
                least, bits, dearer = self._priced(*prices)
                if least / 2.0**bits > self._least / 2.0**self._bits:
                    self._least, self._bits, self._dearer = least, bits, dearer
                    self._duals, self._tolls = prices
                self._enter(dearer)
                self._keep(dearer <= self._room(least, bits))
            promised = float(program.cost @ found.values) - self._least / 2.0**self._bits
            same = len(self) == count and self._inside.sum() == len(inside)  # and so the program would be
            if same or promised <= FEW_LEFT * self._room(self._least, self._bits) / 2.0**self._bits:
                return True
        return True

    @property
    def _stopped(self) -> bool:
        return self._stop is not None and self._stop.asked()

    def cut(self, limit: float) -> bool:
        """Look for cuts for so many seconds; tell whether there are any."""
        if self._values is None or self.bound > self.value:
            return False
        limits = self._limits()
        sums = exceeded(*limits, self._values, CUTS, OF_LIMIT, self._random, limit)
        cuts, most = sums.rounded(*limits)
        small = np.flatnonzero(most <= LARGEST)
        if not len(small):
            return False
        cuts, most = cuts[small], most[small]
        used = self._tolls < 0  # what costs nothing says nothing
        self.cuts = csc_matrix(vstack([self.cuts.tocsr()[np.flatnonzero(used)], cuts]))
        self.most = np.append(self.most[used], most)
        self._tolls = np.append(self._tolls[used], np.zeros(len(most)))
        return True

    def _limits(self) -> tuple[csr_matrix, Ints]:
        """Return what each schedule counts in groups, people and cuts, and what that adds up to at most."""
        groups = self._shared[self._generation.relaxation.is_group[self._generation.rows]]
        people = self._generation.schedules.people, len(self)
        everyone = csr_matrix((np.ones(len(self), np.int64), (self.sets.person, np.arange(len(self)))), shape=people)
        limits = csr_matrix(vstack([groups, everyone, self.cuts])).astype(np.int64)
        return limits, np.append(np.ones(limits.shape[0] - len(self.most), np.int64), self.most)

    def _room(self, least: int, bits: int, value: int | None = None) -> int:
        """Return by how much a schedule may be dearer than the best of its person, in parts."""
        objective = self._generation.objective
        value = self.value if value is None else value
        return min(NONE, (((value - objective.constant) // objective.unit) << bits) - least)

    def _priced(self, duals: Floats, tolls: Floats) -> tuple[int, int, Ints]:
        """Return what prices prove of the weights, in parts; bits; and how much dearer each schedule is than the best.

        The best of its person, which may be to do nothing.
        """
        generation = self._generation
        left, base, bits = generation.relaxation.reduced(generation.objective, duals, generation.headroom)
        counted = max(1, int(self.cuts.sum(axis=0).max()), int(self.most.max(initial=0))) if len(self) else 1
        each = np.minimum(charged(tolls, bits), MOST_CHARGED // counted)
        cost = np.asarray(left[: self._count] @ self._taken).ravel() + (self._loads << bits)
        cost += np.asarray(each @ self.cuts).ravel()
        best = np.where(generation.schedules.busy, NONE, 0)
        np.minimum.at(best, self.sets.person, cost)
        if best.max(initial=0) == NONE:  # who has to do something can do nothing that is of interest
            return NEVER, bits, np.full(len(self), NONE)
        least = base + total(generation.outside_least(left)) + total(best) - total(each * self.most)
        return least, bits, cost - best[self.sets.person]

    def _enter(self, dearer: Ints) -> None:
        """Take the cheapest schedules of each person into the program."""
        order = np.lexsort((dearer, self.sets.person))
        person = self.sets.person[order]
        rank = np.arange(len(order)) - np.searchsorted(person, person)
        self._inside[order[rank < EACH]] = True

    def _keep(self, kept: Bools) -> None:
        """Drop the others."""
        if kept.all():
            return
        places = np.flatnonzero(kept)
        self.sets = self.sets.take(places)
        self._taken, self._shared, self.cuts = self._taken[:, places], self._shared[:, places], self.cuts[:, places]
        self._costs, self._loads, self._inside = self._costs[places], self._loads[places], self._inside[places]
        self._dearer = self._dearer[places]
        if self._values is not None:
            self._values = self._values[places]
