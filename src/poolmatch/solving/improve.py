"""One goal, improved until it is proven or time is up: neighbourhoods find rosters, a full search proves.

Beside one another run a search over the whole model, which proves a bound and now and then finds a roster, and searches
over parts of the best roster so far, each solved by CP-SAT within a fraction of a second (large neighbourhood search;
Shaw, "Using constraint programming and local search methods to solve vehicle routing problems", CP 1998).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Bools, Candidates, Ints
from poolmatch.solving.blocks import Objective, System
from poolmatch.solving.cpsat import Search, Settings
from poolmatch.solving.neighbourhoods import Neighbourhoods
from poolmatch.solving.relaxation import Relaxed
from poolmatch.solving.slices import Slice, Slicer
from poolmatch.solving.stopping import POLL_SECONDS, Stop

logger = logging.getLogger("poolmatch")
PROVABLE = 25_000
"""Up to so many candidates that could be in a better roster the whole model is searched for a proof."""
SHRUNK, LEAST_SECONDS = 0.5, 3.0
"""A proof begins anew when so much less is left to search, after so many seconds."""
PATIENCE = 12
"""With one worker, a proof begins after so many neighbourhoods in a row without gain."""
PART_SECONDS = 0.4
"""Time for one neighbourhood."""


@dataclass
class Found:
    """What improving has come to.

    Attributes
    ----------
    values
        Values of all columns of the best roster.
    value, guided
        Its objective, and what guides the search among equally good rosters; constants included.
    bound
        Proven lower bound, constant included.
    """

    values: Ints
    value: int
    guided: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing is better."""
        return self.bound >= self.value


class Improver:
    """Improves the rosters of one system.

    Parameters
    ----------
    candidates, system
        The candidates, and what the rules wrote about them, limits on other objectives included.
    settings
        How to search.
    stop
        Asked every few hundredths of a second.
    """

    def __init__(self, candidates: Candidates, system: System, settings: Settings, stop: Stop) -> None:
        self._candidates, self._system, self._settings, self._stop = candidates, system, settings, stop
        self._count = len(candidates)
        self._asked = stop
        self._slicer = Slicer(system, self._count)
        self._around = Neighbourhoods(candidates, settings.seed)

    def complete(self, taken: Ints, objective: Objective) -> Ints | None:
        """Return the best values of all columns for given candidates; None when there are none."""
        part = self._slicer.complete(taken, objective)
        values = np.zeros(len(self._system.bounds[0]), np.int64)
        values[: self._count] = taken[: self._count]
        if len(part.columns):
            answer = self._solve(part, 5.0)
            if answer is None:
                return None
            values[part.columns] = answer[0]
        return values if self._slicer.feasible(values) else None

    def improve(
        self,
        objective: Objective,
        guide: Objective,
        found: Found,
        limit: float,
        relaxed: Relaxed | None,
        tell: Callable[[int, int], None] | None,
    ) -> Found:
        """Improve a roster and its bound in place, and return both.

        Parameters
        ----------
        objective
            What is minimised.
        guide
            What is minimised in neighbourhoods: the objective itself, or with an eye to what comes after it.
        found
            Where to start from.
        limit
            Seconds.
        relaxed
            What the relaxation of the objective says, or None.
        tell
            Called with value and bound whenever either has improved.
        """
        until = time.monotonic() + limit
        ended = threading.Event()
        self._asked = Stop.either(self._stop, ended)
        proof: _Proof | None = None
        with ThreadPoolExecutor(self._settings.workers + 1) as pool, ExitStack() as ending:
            ending.callback(ended.set)  # also when something fails: what still runs is not waited for
            parts: set[Future[Looked]] = set()
            while time.monotonic() < until and not found.proven and not self._stop.asked():
                open_ = np.ones(self._count, np.bool_) if relaxed is None else relaxed.open(found.value)[: self._count]
                alone = self._settings.workers == 1  # then neighbourhoods and proof take turns
                turn = open_.sum() <= PROVABLE and (not alone or self._around.idle >= PATIENCE)
                if proof is None and turn and not (alone and parts):
                    taken = found.values[: self._count] == 1
                    part = self._slicer.among(open_ | taken, found.values, objective)
                    proof = _Proof(part, objective, found, int(open_.sum()), self._asked)
                    proof.start(pool, until, self._settings.seed)
                for _ in range(0 if alone and turn else self._settings.workers - (proof is not None) - len(parts)):
                    parts.add(pool.submit(self._look, guide, found, open_, until))
                if not parts:
                    time.sleep(POLL_SECONDS)
                done, parts = wait(parts, timeout=2 * POLL_SECONDS, return_when=FIRST_COMPLETED)
                before = found.value, found.bound
                for item in done:
                    self._take(objective, guide, found, item.result())
                if proof is not None and proof.update(guide, found, int(open_.sum())):
                    proof = None
                if tell is not None and (found.value, found.bound) != before:
                    tell(found.value, found.bound)
            ended.set()
            for item in parts:
                self._take(objective, guide, found, item.result())
            if proof is not None:
                proof.finish(guide, found)
        logger.info("%s: %s", objective.name, self._around.tally)
        return found

    def _look(self, guide: Objective, found: Found, open_: Bools, until: float) -> Looked:
        """Solve a neighbourhood of the best roster."""
        values = found.values
        taken = values[: self._count]
        kind, free = self._around.draw(taken)
        part = self._slicer.around(free & (open_ | (taken == 1)), values, guide)
        answer = self._solve(part, min(PART_SECONDS, max(0.05, until - time.monotonic())))
        if answer is None:
            return Looked(kind, part, values, None, False)
        return Looked(kind, part, values, *answer)

    def _solve(self, part: Slice, limit: float) -> tuple[Ints, bool] | None:
        """Return the best values of a slice, and whether nothing is better; None when none were found in time."""
        search = Search(part.system, Settings(1, self._settings.seed, False))
        search.hint(part.hint)
        answer = search.minimise(part.objective, limit, self._asked)
        if answer.values is None:
            return None
        return answer.values, answer.bound is not None and answer.bound >= part.objective.value(answer.values)

    def _take(self, objective: Objective, guide: Objective, found: Found, seen: Looked) -> None:
        """Take over what a neighbourhood found, if it is better than the best there is by now."""
        part, answer = seen.part, seen.answer
        gain = 0 if answer is None else part.objective.value(part.hint) - part.objective.value(answer)
        if answer is not None and gain > 0:
            values = found.values.copy()
            changed = answer != part.hint
            values[part.columns[changed]] = answer[changed]
            worth = objective.value(values), guide.value(values)
            better = worth < (found.value, found.guided)
            if better and (seen.base is found.values or self._slicer.feasible(values)):
                found.values, found.value, found.guided = values, *worth
            else:
                gain = 0
        self._around.learn(seen.kind, gain, seen.solved)


@dataclass(frozen=True)
class Looked:
    """What a look at a neighbourhood gave.

    Attributes
    ----------
    kind, part
        The neighbourhood.
    base
        Values of all columns of the roster it was cut out of.
    answer
        Better values of the free columns, None when none were found.
    solved
        Whether nothing in the neighbourhood is better.
    """

    kind: str
    part: Slice
    base: Ints
    answer: Ints | None
    solved: bool


class _Proof:
    """A search among all rosters that could still be better, for the sake of its bound.

    A candidate whose reduced cost is more than the gap is in no better roster; so the search leaves it out, and what it
    proves holds for all rosters that are better than the one it began with.
    """

    def __init__(self, part: Slice, objective: Objective, found: Found, size: int, stop: Stop) -> None:
        self._part, self._objective, self._size = part, objective, size
        self._began, self._value, self._base = time.monotonic(), found.value, found.values
        self._bounds: list[int] = []
        self._ended = threading.Event()
        self._stop = Stop.either(stop, self._ended)
        self._running: Future[Ints | None] | None = None

    def start(self, pool: ThreadPoolExecutor, until: float, seed: int) -> None:
        """Start in the background."""
        self._running = pool.submit(self._run, until, seed)

    def _run(self, until: float, seed: int) -> Ints | None:
        search = Search(self._part.system, Settings(1, seed, False))
        search.hint(self._part.hint)
        left = max(0.1, until - time.monotonic())
        goal = self._part.objective
        answer = search.minimise(goal, left, self._stop, on_bound=self._bounds.append, at_most=self._value)
        if answer.bound is not None:
            self._bounds.append(answer.bound)
        return answer.values

    def update(self, guide: Objective, found: Found, size: int) -> bool:
        """Take over a better bound; stop when far fewer candidates are open by now. Tell whether it is over."""
        if self._bounds:
            found.bound = max(found.bound, min(self._value, max(self._bounds)))
        assert self._running is not None
        if size < SHRUNK * self._size and time.monotonic() - self._began > LEAST_SECONDS:
            self._ended.set()
        if not self._running.done():
            return False
        self.finish(guide, found)
        return True

    def finish(self, guide: Objective, found: Found) -> None:
        """Wait for the end and take over what was found."""
        assert self._running is not None
        answer = self._running.result()
        if self._bounds:
            found.bound = max(found.bound, min(self._value, max(self._bounds)))
        if answer is not None:
            values = self._base.copy()
            values[self._part.columns] = answer
            worth = self._objective.value(values), guide.value(values)
            if worth < (found.value, found.guided):
                found.values, found.value, found.guided = values, *worth
