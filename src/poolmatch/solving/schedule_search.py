"""Rosters and their proof from whole schedules, beside the search in neighbourhoods.

On a thread of its own prices are made better (`poolmatch.solving.generation`), and each time they prove more. Of the
schedules that people answered rosters are put together, and of further ones that cost little more. Once all schedules
that could be in a better roster are few enough to be written down, they are searched to the end: nothing else can be
better.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from poolmatch.arrays import Ints
from poolmatch.solving.assembling import Assembly
from poolmatch.solving.blocks import Objective, System
from poolmatch.solving.found import Found
from poolmatch.solving.generation import Generation
from poolmatch.solving.landscape import Landscape
from poolmatch.solving.relaxation import Relaxation, Relaxed
from poolmatch.solving.schedules import Sets
from poolmatch.solving.start import quick_start
from poolmatch.solving.stopping import Stop
from poolmatch.solving.walks import TooManyStates

logger = logging.getLogger("poolmatch")
FEW, MANY = 4_000, 50_000
"""Rosters are put together from so many schedules at first and at most."""
ASSEMBLING_SECONDS = 20.0
"""Time for putting a roster together, as long as there may be better schedules."""


class ScheduleSearch:
    """A search by schedules in the background.

    Parameters
    ----------
    landscape, system, objective
        The candidates, rows and groups, and what is minimised.
    relaxed
        What the relaxation says of the objective.
    found
        The best roster.
    """

    def __init__(
        self, landscape: Landscape, system: System, objective: Objective, relaxed: Relaxed, found: Found
    ) -> None:
        self._landscape, self._system, self._objective = landscape, system, objective
        self._lock = threading.Lock()
        self._value, self._values = found.value, found.values
        self._taken: list[Ints] = []
        self._running: Future[None] | None = None
        self.relaxed = relaxed
        """What the best prices say by now."""
        self.bound = found.bound
        """Proven by now, for rosters that are at least as good as the best."""

    def start(self, pool: ThreadPoolExecutor, until: float, seed: int, stop: Stop) -> None:
        """Start in the background."""
        self._running = pool.submit(self._run, until, seed, stop)

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return self._running is not None and self._running.done()

    def finish(self) -> None:
        """Wait for the end."""
        assert self._running is not None
        self._running.exception()

    def know(self, found: Found) -> None:
        """Take over the best roster."""
        with self._lock:
            self._value, self._values = found.value, found.values

    def news(self) -> list[Ints]:
        """Return which candidates new rosters take; raise what went wrong."""
        if self.over:
            assert self._running is not None
            self._running.result()
        with self._lock:
            taken, self._taken = self._taken, []
        return taken

    @property
    def _best(self) -> tuple[int, Ints]:
        with self._lock:
            return self._value, self._values

    def _run(self, until: float, seed: int, stop: Stop) -> None:
        try:
            self._search(until, seed, stop)
        except TooManyStates:
            if not stop.asked():
                logger.info("there are too many schedules to look at")

    def _search(self, until: float, seed: int, stop: Stop) -> None:
        relaxation = Relaxation.of(self._landscape, self._system)
        duals, values = self.relaxed.duals, self._best[1]
        generation = Generation(relaxation, self._landscape, self._objective, duals, values, stop)
        if not len(generation.rows):
            return
        self._prove(generation)
        budget, before = 0, self._best[0]
        while not stop.asked() and time.monotonic() < until:
            value, values = self._best
            generation.add(generation.of_roster(values))
            while not generation.ended(value) and not stop.asked():
                if not generation.step(value, until - time.monotonic()):
                    break
                self._prove(generation)
            if not budget:  # begin with what these prices like
                self._offer(quick_start(self._landscape, self._system, generation.relaxed().values))
            everything = generation.within(value, MANY)
            if everything is not None:
                self._assemble(generation, everything, until - time.monotonic(), seed, stop, proves=True)
                return
            limit = min(ASSEMBLING_SECONDS, until - time.monotonic())
            self._assemble(generation, self._likely(generation, value, budget), limit, seed, stop)
            if self._best[0] == before:
                if budget >= MANY:
                    return
                budget = min(MANY, max(FEW, 2 * budget))
            before = self._best[0]

    def _prove(self, generation: Generation) -> None:
        """Take over what prices prove."""
        if generation.bound > self.relaxed.bound:
            self.relaxed = generation.relaxed()
            self.bound = max(self.bound, generation.bound)

    def _likely(self, generation: Generation, value: int, budget: int) -> Sets:
        """Return the known schedules, and of all others about so many that cost least."""
        if not budget:
            return generation.sets
        unit = generation.objective.unit
        least, most = 0, (value - generation.bound) // unit
        while most - least > max(1, most // 20):
            middle = (least + most) // 2
            if generation.within(generation.bound + middle * unit, budget) is None:
                most = middle
            else:
                least = middle
        near = generation.within(generation.bound + least * unit, budget)
        both = generation.sets if near is None else generation.sets.joined(near)
        return both.distinct()

    def _assemble(
        self, generation: Generation, sets: Sets, limit: float, seed: int, stop: Stop, proves: bool = False
    ) -> None:
        """Put a roster together; with all schedules that could be in a better one, also prove."""
        if limit <= 0 or stop.asked():
            return
        value, values = self._best
        assembly = Assembly.of(generation, sets, values)

        def learn(bound: int) -> None:
            self.bound = max(self.bound, min(value, bound))

        answer = assembly.search(limit, seed, stop, value, learn if proves else None)
        found = None if answer.values is None else assembly.objective.value(answer.values)
        logger.info("%d schedules: %s of %d", len(sets), found, value)
        if proves and answer.bound is not None:
            learn(answer.bound)
        if answer.values is not None and found is not None and found < value:
            self._offer(assembly.taken(answer.values))

    def _offer(self, taken: Ints) -> None:
        """Tell of a roster."""
        with self._lock:
            self._taken.append(taken)
