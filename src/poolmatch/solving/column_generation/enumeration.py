"""All schedules that may be in a roster of at most some value, made fewer until they can be searched to the end.

Once they are written down, prices are better without a dynamic program: each step looks at all of them, takes into the
linear program those that would help, and drops those that cost so much at these prices that no roster with them is good
enough. Prices are free to go from corner to corner here. Many corners are nearly as good as the best, and each shows
others to be too dear. And cuts may be of any kind, since each schedule is there to be counted.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, vstack

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.backends.linear_program import solve_lp
from poolmatch.solving.column_generation import mod_k_cuts
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.column_generation.mod_k_cuts import ModKParams
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.fixed_point import IMPOSSIBLE, fixed_prices, floating, rounded_up, total
from poolmatch.solving.running.stopping import Stop

MOST_CHARGED = 2**59
"""What a schedule pays for all cuts is less than this, so that sums are exact."""
NO_ROSTER = 1 << 200
"""What is proven where somebody who has to do something can do nothing that is of interest."""


@dataclass(frozen=True)
class EnumerationParams:
    """What tunes how schedules that are written down are made fewer.

    Attributes
    ----------
    entering
        So many schedules of each person come into the program at once; 0 or more.
    on_the_way
        Parts of the way from the best prices to those of the program at which schedules are looked at, from 0 to 1.
    few_left
        Prices are good enough when the program promises no more than this part of the gap; from 0 to 1.
    largest
        No cut may add up to more; 1 or more.
    mod_k_cuts
        Of the cuts.
    """

    entering: int = 3
    on_the_way: tuple[float, ...] = (1.0, 0.5)
    few_left: float = 0.02
    largest: int = 2**10
    mod_k_cuts: ModKParams = field(default_factory=ModKParams)

    def __post_init__(self) -> None:
        parts = *self.on_the_way, self.few_left
        if self.entering < 0 or self.largest < 1 or not all(0 <= part <= 1 for part in parts):
            raise ValueError(f"out of range: {self}")


class Enumeration:
    """All schedules that may be in a roster of at most some value.

    Parameters
    ----------
    master
        Prices and cuts to begin with.
    schedules
        The schedules.
    value
        The value, constant included.
    stop
        Asked every few hundredths of a second; None is never.
    params
        What tunes it; None is as usual.
    """

    def __init__(
        self,
        master: MasterProblem,
        schedules: Schedules,
        value: int,
        stop: Stop | None = None,
        params: EnumerationParams | None = None,
    ) -> None:
        self._master, self._stop, self._params = master, stop, params or EnumerationParams()
        self._count = len(master.personal.person)
        self.value = value
        """Which rosters are of interest: those of at most this value, constant included."""
        self.schedules = schedules.take(np.argsort(schedules.person, kind="stable"))
        """The schedules, by person."""
        self._taken = self.schedules.taken(self._count)
        self._costs = master.personal.costs(self.schedules)
        # What their loads cost, since prices change only what candidates cost.
        self._loads = self._costs - np.asarray(master.weight[: self._count] @ self._taken).ravel()
        self._shared = csc_matrix(master.matrix[:, : self._count] @ self._taken)
        self.cuts = csc_matrix(master.cuts.coefficients(self._taken))
        """What each schedule counts in each cut; shape ``(cuts, schedules)``."""
        self.most = np.ones(len(master.cuts), np.int64)
        """What that adds up to at most in a roster; shape ``(cuts,)``."""
        known = set(master.schedules)
        self._inside = np.array([item in known for item in self.schedules], np.bool_)
        self._duals, self._cut_duals = master.duals, master.cut_duals
        self._values: Floats | None = None
        self._best = self._evaluate(self._duals, self._cut_duals)
        self._enter(self._best.dearer)
        self._random = np.random.default_rng(len(schedules))

    def __len__(self) -> int:
        return len(self.schedules)

    @property
    def bound(self) -> int:
        """Proven lower bound of the objective in rosters of at most the value, constant included; or one beyond it."""
        objective = self._master.objective
        if self._best.least >= NO_ROSTER:
            return self._beyond
        return min(self._beyond, objective.value_of(rounded_up(self._best.least, self._best.bits)))

    @property
    def _beyond(self) -> int:
        """The least value of rosters that are of no interest."""
        objective = self._master.objective
        return objective.value_of(objective.weight_within(self.value) + 1)

    def aim(self, value: int) -> None:
        """Take no more interest in rosters beyond this value."""
        self.value = min(self.value, value)
        self._keep(self._best.dearer <= self._room(self._best))

    def near(self, value: int) -> Bools:
        """Return which schedules may be in a roster of at most this value, no more than that of interest."""
        return np.asarray(self._best.dearer <= self._room(self._best, value))

    def price(self, limit: float) -> bool:
        """Find the best prices; tell whether there was time to."""
        until = time.monotonic() + limit
        while self.bound <= self.value:
            master, inside, count = self._master, np.flatnonzero(self._inside), len(self)
            some, cuts = self.schedules.take(inside), self.cuts[:, inside]
            program = master.program(some, self._costs[inside], self._shared[:, inside], cuts, self.most)
            found = solve_lp(program, until - time.monotonic(), self._stop)
            if found is None and len(inside) < count and time.monotonic() < until and not self._stopped:
                self._inside[:] = True  # those in the program keep no row that asks for enough
                continue
            if found is None or not found.ended:
                return False
            best, other = (self._duals, self._cut_duals), master.split(found.duals)
            self._values = np.zeros(len(self))
            self._values[inside] = found.values[: len(inside)]
            for part in self._params.on_the_way:
                duals, cut_duals = (here + part * (there - here) for here, there in zip(best, other, strict=True))
                proven = self._evaluate(duals, cut_duals)
                if proven.units > self._best.units:
                    self._best, self._duals, self._cut_duals = proven, duals, cut_duals
                self._enter(proven.dearer)
                self._keep(proven.dearer <= self._room(proven))
            promised = float(program.cost @ found.values) - self._best.units
            same = len(self) == count and self._inside.sum() == len(inside)  # and so the program would be
            if same or promised <= self._params.few_left * self._room(self._best) / 2.0**self._best.bits:
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
        sums = mod_k_cuts.separate(*limits, self._values, self._random, limit, self._params.mod_k_cuts)
        cuts, most = sums.rounded(*limits)
        small = np.flatnonzero(most <= self._params.largest)
        if not len(small):
            return False
        cuts, most = cuts[small], most[small]
        used = self._cut_duals < 0  # what costs nothing says nothing
        self.cuts = csc_matrix(vstack([self.cuts.tocsr()[np.flatnonzero(used)], cuts]))
        self.most = np.append(self.most[used], most)
        self._cut_duals = np.append(self._cut_duals[used], np.zeros(len(most)))
        return True

    def _limits(self) -> tuple[csr_matrix, Ints]:
        """Return what each schedule counts in groups, people and cuts, and what that adds up to at most."""
        groups = self._shared[self._master.relaxation.is_group[self._master.shared]]
        entries = np.ones(len(self), np.int64), (self.schedules.person, np.arange(len(self)))
        everyone = csr_matrix(entries, shape=(self._master.personal.people, len(self)))
        limits = csr_matrix(vstack([groups, everyone, self.cuts])).astype(np.int64)
        return limits, np.append(np.ones(limits.shape[0] - len(self.most), np.int64), self.most)

    def _room(self, proven: _Proven, value: int | None = None) -> int:
        """Return by how much a schedule may be dearer than the best of its person, in fixed point."""
        weight = self._master.objective.weight_within(self.value if value is None else value)
        return min(IMPOSSIBLE, (weight << proven.bits) - proven.least)

    def _evaluate(self, duals: Floats, cut_duals: Floats) -> _Proven:
        """Return what duals of shared rows and cuts prove."""
        master = self._master
        left, base, bits = master.relaxation.reduced(master.objective, duals, master.headroom)
        counted = max(1, int(self.cuts.sum(axis=0).max()), int(self.most.max(initial=0))) if len(self) else 1
        each = np.minimum(fixed_prices(-cut_duals, bits), MOST_CHARGED // counted)
        cost = np.asarray(left[: self._count] @ self._taken).ravel() + (self._loads << bits)
        cost += np.asarray(each @ self.cuts).ravel()
        best = np.where(master.personal.busy, IMPOSSIBLE, 0)
        np.minimum.at(best, self.schedules.person, cost)
        if best.max(initial=0) == IMPOSSIBLE:  # who has to do something can do nothing that is of interest
            return _Proven(NO_ROSTER, bits, np.full(len(self), IMPOSSIBLE))
        least = base + total(master.outside_least(left)) + total(best) - total(each * self.most)
        return _Proven(least, bits, cost - best[self.schedules.person])

    def _enter(self, dearer: Ints) -> None:
        """Take the cheapest schedules of each person into the program."""
        order = np.lexsort((dearer, self.schedules.person))
        person = self.schedules.person[order]
        rank = np.arange(len(order)) - np.searchsorted(person, person)
        self._inside[order[rank < self._params.entering]] = True

    def _keep(self, kept: Bools) -> None:
        """Drop the others."""
        if kept.all():
            return
        places = np.flatnonzero(kept)
        self.schedules = self.schedules.take(places)
        self._taken, self._shared, self.cuts = self._taken[:, places], self._shared[:, places], self.cuts[:, places]
        self._costs, self._loads, self._inside = self._costs[places], self._loads[places], self._inside[places]
        self._best = replace(self._best, dearer=self._best.dearer[places])
        if self._values is not None:
            self._values = self._values[places]


@dataclass(frozen=True)
class _Proven:
    """What prices prove.

    Attributes
    ----------
    least, bits
        Lower bound on the weights, in fixed point, and its binary places.
    dearer
        How much dearer each schedule is than the best of its person, which may be to do nothing.
    """

    least: int
    bits: int
    dearer: Ints

    @property
    def units(self) -> float:
        """The lower bound as a fraction."""
        return floating(self.least, self.bits)
