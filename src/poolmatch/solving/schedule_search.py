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

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.assembling import Assembly
from poolmatch.solving.blocks import Objective, System
from poolmatch.solving.found import Found
from poolmatch.solving.generation import Generation
from poolmatch.solving.landscape import Landscape
from poolmatch.solving.relaxation import Relaxation, Relaxed
from poolmatch.solving.schedules import Sets
from poolmatch.solving.start import quick_start
from poolmatch.solving.stopping import POLL_SECONDS, Stop
from poolmatch.solving.walks import TooManyStates

logger = logging.getLogger("poolmatch")
FEW, MANY = 4_000, 50_000
"""Rosters are put together from so many schedules at first and at most."""
ASSEMBLING_SECONDS = 6.0
"""Time for putting a roster together, as long as there may be better schedules."""
PEOPLE = 100
"""The schedules of so many people are looked at together at first;"""
GROWS, SHRINKS, SMALLEST = 1.3, 0.5, 0.05
"""of more when the best was found in time, of fewer when not, and of this part of all at least."""
AROUND = 3
"""After parts that make so many times all people together, without gain, there have to be more schedules."""
NEAREST = 9
"""Schedules that cost more by the gap over 2 to this power are looked for first."""
PATIENCE = 20
"""So many looks at whether a roster was taken over."""


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
        self._news: list[tuple[Ints, Ints]] = []
        self._random = np.random.default_rng(len(found.values))
        self._running: Future[None] | None = None
        self._seed, self._stop = 0, Stop(None)
        self.relaxed = relaxed
        """What the best prices say by now."""
        self.bound = found.bound
        """Proven by now, for rosters that are at least as good as the best."""

    def start(self, pool: ThreadPoolExecutor, until: float, seed: int, stop: Stop) -> None:
        """Start in the background."""
        self._seed, self._stop = seed, stop
        self._running = pool.submit(self._run, until)

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

    def news(self) -> list[tuple[Ints, Ints]]:
        """Return of new rosters what those took that they came from, and what they take; raise what went wrong."""
        if self.over:
            assert self._running is not None
            self._running.result()
        with self._lock:
            news, self._news = self._news, []
        return news

    @property
    def _best(self) -> tuple[int, Ints]:
        with self._lock:
            return self._value, self._values

    def _run(self, until: float) -> None:
        try:
            self._search(until)
        except TooManyStates:
            if not self._stop.asked():
                logger.info("there are too many schedules to look at")

    def _search(self, until: float) -> None:
        relaxation = Relaxation.of(self._landscape, self._system)
        duals, values = self.relaxed.duals, self._best[1]
        generation = Generation(relaxation, self._landscape, self._objective, duals, values, self._stop)
        if not len(generation.rows):
            return
        self._prove(generation)
        budget, share, idle, first = 0, min(1.0, PEOPLE / len(np.unique(self._landscape.person))), 0.0, True
        while not self._stop.asked() and time.monotonic() < until:
            value, values = self._best
            generation.add(generation.of_roster(values))
            while not generation.ended(value) and not self._stop.asked():
                if not generation.step(value, until - time.monotonic()):
                    break
                self._prove(generation)
            if first:  # begin with what these prices like
                self._offer(values, quick_start(self._landscape, self._system, generation.relaxed().values))
                first = False
            everything = generation.within(value, MANY)
            if everything is not None:
                self._assemble(generation, everything, (value, values), until - time.monotonic(), proves=True)
                return
            limit = min(ASSEMBLING_SECONDS, until - time.monotonic())
            some = self._some(generation, share)
            best = self._best
            sets = self._likely(generation, best, budget if share == 1 else max(FEW, budget), some)
            better, ended = self._assemble(generation, sets, best, limit)
            idle = 0.0 if better else idle + share
            share = min(1.0, share * GROWS) if ended else max(SMALLEST, share * SHRINKS)
            if idle >= (1 if share == 1 else AROUND):
                if budget >= MANY:
                    return
                budget, idle = min(MANY, max(FEW, 2 * budget)), 0.0

    def _prove(self, generation: Generation) -> None:
        """Take over what prices prove."""
        if generation.bound > self.relaxed.bound:
            self.relaxed = generation.relaxed()
            self.bound = max(self.bound, generation.bound)

    def _likely(self, generation: Generation, best: tuple[int, Ints], budget: int, people: Bools) -> Sets:
        """Return the known schedules of some people, of all others of theirs about so many that cost least.

        And what everybody else does now.
        """
        known, now = generation.sets, generation.of_roster(best[1])
        sets = known.take(np.flatnonzero(people[known.person])).joined(now)
        if budget:
            found = sets
            gap = best[0] - generation.bound
            for part in range(NEAREST, 0, -1):  # the nearest are found in no time
                near = generation.within(generation.bound + gap // 2**part, budget, people)
                if near is None:
                    break
                found = near
            sets = sets.joined(found)
        return sets.distinct()

    def _some(self, generation: Generation, share: float) -> Bools:
        """Return a part of all people who work near one another."""
        land = self._landscape
        people, place = np.unique(land.person, return_inverse=True)
        where = np.stack([np.nan_to_num(land.lat), np.nan_to_num(land.lon)])
        home = np.stack([np.bincount(place, side) for side in where]) / np.bincount(place)
        apart = np.hypot(*(home - home[:, self._random.integers(len(people)), None]))
        some = np.zeros(generation.schedules.people, np.bool_)
        some[people[np.argsort(apart, kind="stable")[: max(2, round(share * len(people)))]]] = True
        return some

    def _assemble(
        self, generation: Generation, sets: Sets, best: tuple[int, Ints], limit: float, proves: bool = False
    ) -> tuple[bool, bool]:
        """Put a roster together, and tell whether it is better and whether it is the best of these schedules.

        With all schedules that could be in a better one, this also proves.
        """
        if limit <= 0 or self._stop.asked():
            return False, False
        value, values = best
        assembly = Assembly.of(generation, sets, values)

        def learn(bound: int) -> None:
            self.bound = max(self.bound, min(value, bound))

        answer = assembly.search(limit, self._seed, self._stop, value, learn if proves else None)
        found = None if answer.values is None else assembly.objective.value(answer.values)
        logger.info("%d schedules: %s of %d", len(sets), found, value)
        if proves and answer.bound is not None:
            learn(answer.bound)
        better = answer.values is not None and found is not None and found < value
        if answer.values is not None and better:
            self._offer(values, assembly.taken(answer.values))
            for _ in range(PATIENCE):  # until it is the best roster
                if self._best[0] < value or self._stop.asked():
                    break
                time.sleep(POLL_SECONDS)
        return better, found is not None and answer.bound is not None and answer.bound >= found

    def _offer(self, base: Ints, taken: Ints) -> None:
        """Tell of a roster, and of that which it came from."""
        with self._lock:
            self._news.append((base[: len(taken)], taken))
