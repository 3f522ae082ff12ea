"""Duals of a system too large for a simplex: a first-order method for the whole, and sweeps region by region.

Any duals prove a bound. A first-order method comes near the best ones for all regions at once, on the candidates that
are likely (sifting); where it is a little off, a column costs its share of the bound. That is mended in turn: the duals
of one region's rows are the best there are while all others stay as they are (block coordinate ascent on the Lagrangian
dual). No turn makes the bound worse. The borders of the regions are other ones in each sweep, because it is there that
duals stay bad.
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.backends.linear_program import Program, Solution, approximate_lp, solve_lp
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.regions import regions
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
from poolmatch.solving.running.work import Work

logger = logging.getLogger("poolmatch")


@dataclass(frozen=True)
class DualAscentParams:
    """What tunes dual ascent.

    Attributes
    ----------
    region
        About so many candidates make a region; 1 or more.
    seconds
        Time for the program of one region.
    rough, precision, finer
        To how much, relative to the dearest column, the first program of the first-order method is solved, which is
        there to find out who is wanted, and to how much the second; each of the others is finer than the one before by
        this factor, above 0 and below 1.
    at_random
        Candidates of each seat that the first program has besides as many of the cheapest: whoever is cheap is wanted
        by many; 0 or more.
    likely, liked
        So many candidates of each seat, 1 or more, are worth looking at, in further programs and when a roster is
        improved, and from which value on all are, from 0 to 1.
    """

    region: int = 60_000
    seconds: float = 60.0
    rough: float = 1e-4
    precision: float = 1e-6
    finer: float = 10**-0.5
    at_random: int = 6
    likely: int = 4
    liked: float = 0.02

    def __post_init__(self) -> None:
        if min(self.region, self.likely) < 1 or min(self.seconds, self.at_random) < 0:
            raise ValueError(f"out of range: {self}")
        if min(self.rough, self.precision) <= 0 or not 0 < self.finer < 1 or not 0 <= self.liked <= 1:
            raise ValueError(f"out of range: {self}")


class DualAscent:
    """Duals of a large system that get better with each sweep.

    Parameters
    ----------
    relaxation
        The system.
    features
        Where its candidates, the first columns, lie.
    objective
        What is minimised.
    seed
        Of the borders.
    params
        What tunes it; None is as usual.
    """

    def __init__(
        self,
        relaxation: Relaxation,
        features: CandidateFeatures,
        objective: Objective,
        seed: int,
        params: DualAscentParams | None = None,
    ) -> None:
        self._params = params or DualAscentParams()
        self._relaxation, self._features, self._objective = relaxation, features, objective
        self._random = np.random.default_rng(seed)
        self._cost = relaxation.cost(objective)
        self._duals = relaxation.first_duals(self._cost)
        self._values = np.zeros(len(self._cost))
        self._active: Bools | None = None
        self._precision = self._params.rough
        self.best = relaxation.proven(objective, self._duals, self._values)
        """What the best duals so far prove."""

    def likely(self, taken: Ints) -> Bools:
        """Return which candidates are worth looking at: the best of each seat by the best duals, and what values like.

        Parameters
        ----------
        taken
            Values of the columns in a roster: of what is taken, and of seats that are empty, all candidates are.
        """
        seat = self._features.seat
        kept = taken[: len(seat)] > 0
        filled = np.zeros(int(seat.max(initial=0)) + 1, np.bool_)
        filled[seat[kept]] = True
        best = self._relaxation.likely(self.best.reduced_cost, self._params.likely)
        best |= self.best.values > self._params.liked
        return kept | ~filled[seat] | best[: len(seat)]

    def first_order(
        self, workers: int, until: float, stop: Stop, on_bound: Callable[[int], None] | None = None
    ) -> Relaxed | None:
        """Solve one program of the likely candidates of all regions roughly, by a first-order method, finer each time.

        What duals are off by they cost once for each seat, so that precision is what counts; with few candidates it is
        reached. The first program has many, and tells which few the others begin with.

        Parameters
        ----------
        workers
            Threads of the solver, in this process; no more than it has processors.
        until, stop, on_bound
            As of `sweep`.

        Returns
        -------
        Relaxed or None
            What is proven then, with the values of this program; None when there was no time for it.
        """
        relaxation, cost, params = self._relaxation, self._cost, self._params
        active = self._active
        if active is None:
            active = relaxation.likely(self.best.reduced_cost, params.at_random)
            active |= relaxation.likely(self._random.random(len(cost)), params.at_random)
        columns = np.flatnonzero(active)
        program, rows = relaxation.program(cost, columns)
        threads = min(workers, os.cpu_count() or 1)
        answer = approximate_lp(program, self._precision, threads, until - time.monotonic(), stop)
        if answer is None:
            return None
        duals, self._values = np.zeros(relaxation.matrix.shape[0]), np.zeros(len(cost))
        duals[rows], self._values[columns] = answer.duals, answer.values
        proven = relaxation.proven(self._objective, duals, self._values)
        if self._active is None:
            self._active = relaxation.likely(cost - relaxation.matrix.T @ duals, params.likely)
            self._active |= self._values > params.liked
        else:
            self._active |= relaxation.entering(cost, duals, active)
        logger.info("first-order: %d candidates to %.1g, bound %d", len(columns), self._precision, proven.bound)
        if answer.ended:
            self._precision = min(params.precision, self._precision * params.finer)
        if proven.bound > self.best.bound:
            self._duals, self.best = duals, proven
            if on_bound is not None:
                on_bound(proven.bound)
        else:
            self.best = replace(self.best, values=self._values)
        return self.best

    def sweep(self, work: Work, until: float, stop: Stop, on_bound: Callable[[int], None] | None = None) -> Relaxed:
        """Go through all regions once, as far as time allows, and return what is proven then.

        Parameters
        ----------
        work
            Where programs are solved; nothing else may be pending on it.
        until
            Moment, by the monotonic clock.
        stop
            Asked now and then.
        on_bound
            Called with each better bound, constant included.
        """
        count = max(1, math.ceil(len(self._features) / self._params.region))
        region = regions(self._features, count, self._random.uniform(0, math.pi))
        rows_of = self._rows(region, count)
        waiting, asked = spread_out(count), dict[int, tuple[Ints, Ints]]()
        while waiting or work.pending:
            if stop.asked() or time.monotonic() >= until:
                work.drop()
                break
            while waiting and work.pending < work.at_once:
                number = waiting.pop(0)
                program, rows, columns = self._program(rows_of[number])
                asked[number] = rows, columns
                limit = min(self._params.seconds, until - time.monotonic())
                work.submit(solve_lp, program, limit, *([stop] if work.here else []), tag=number)
            for number, answer in work.values(POLL_SECONDS):
                if answer is not None:
                    mine = np.ones(len(self._cost), np.bool_)
                    mine[: len(region)] = region == number
                    self._take(answer, rows_of[number], *asked[number], mine)
                    if on_bound is not None:
                        on_bound(self.best.bound)
        logger.info("swept %d regions: bound %d", count, self.best.bound)
        return self.best

    def _rows(self, region: Ints, count: int) -> list[Ints]:
        """Return the rows of each region: those that have most of their candidates there."""
        matrix, width = self._relaxation.by_row, len(self._features)
        pattern = csr_matrix((np.ones(len(matrix.data), np.float32), matrix.indices, matrix.indptr), matrix.shape)
        member = np.zeros((matrix.shape[1], count), np.float32)
        member[np.arange(width), region] = 1.0
        votes = pattern @ member
        # Rows of other columns alone go with the rows that these columns stand in besides.
        member[width:] = (pattern.T @ votes)[width:]
        alone = votes.sum(axis=1) == 0
        votes[alone] = pattern[np.flatnonzero(alone)] @ member
        owner = votes.argmax(axis=1)
        order = np.argsort(owner, kind="stable")
        edges = np.searchsorted(owner[order], np.arange(count + 1))
        return [order[edges[number] : edges[number + 1]] for number in range(count)]

    def _program(self, rows: Ints) -> tuple[Program, Ints, Ints]:
        """Return the program of some rows while all other duals stay, its rows, and its columns."""
        outside = self._duals.copy()
        outside[rows] = 0.0
        columns = np.unique(self._relaxation.by_row[rows].indices).astype(np.int64)
        cost = self._cost - self._relaxation.matrix.T @ outside
        program, used = self._relaxation.program(cost, columns, rows)
        return program, used, columns

    def _take(self, answer: Solution, theirs: Ints, rows: Ints, columns: Ints, mine: Bools) -> None:
        """Take over the duals of a region, if they prove more; its values tell what is likely in any case.

        Programs that were solved at the same time did not know of one another: where they meet, both may be wrong.
        """
        values = np.zeros(len(self._cost))
        values[columns] = answer.values
        self._values = np.where(mine & np.isin(np.arange(len(values)), columns), values, self._values)
        duals = self._duals.copy()
        duals[theirs] = 0.0
        duals[rows] = np.where(np.isfinite(answer.duals), answer.duals, 0.0)
        proven = self._relaxation.proven(self._objective, duals, self._values, answer.ended)
        if proven.bound > self.best.bound:
            self._duals, self.best = duals, proven
        else:
            self.best = replace(self.best, values=self._values)


def spread_out(count: int) -> list[int]:
    """Return the numbers below a count in an order in which neighbours are far apart: 0, 4, 2, 6, 1, 5, 3, 7."""
    bits = max(1, (count - 1).bit_length())
    order = sorted(range(2**bits), key=lambda number: f"{number:0{bits}b}"[::-1])
    return [number for number in order if number < count]
