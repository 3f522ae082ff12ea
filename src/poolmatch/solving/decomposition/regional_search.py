"""A large problem, split into pieces, solved on somebody's executor, and stitched together again.

The people of a region, with what they hold and what is empty around them, are a problem of their own while all others
stay as they are. The pieces of a round touch different candidates, so that they are solved at the same time; the
borders are other ones in the next round. In between, sweeps over the relaxation raise the bound.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.backends.cpsat import Settings
from poolmatch.solving.bounds.dual_ascent import DualAscent
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.regions import pieces, regions
from poolmatch.solving.model.submodel import SubModel
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.neighbourhood_search import Improver
from poolmatch.solving.search.root import solve_root

logger = logging.getLogger("poolmatch")
PIECE = 30_000
"""About so many candidates make a piece, likely or not."""
SECONDS = 12.0
"""Time for one piece, less when little is left."""
RELAXING = 0.4
"""Part of a piece's time that its relaxation may take."""
RETURNING_SECONDS = 2.0
"""So long before the end pieces end that are elsewhere: it takes time until they are back."""
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Piece:
    """What a worker needs to improve a part of a roster: the part, and where its candidates lie."""

    part: SubModel
    features: CandidateFeatures


def improved(piece: Piece, limit: float, seed: int, stop: Stop | None = None) -> Ints:
    """Return better values of a piece's columns, or those it has.

    Parameters
    ----------
    piece
        The piece.
    limit
        Seconds.
    seed
        Of the search.
    stop
        Asked every few hundredths of a second; None is never.
    """
    until = time.monotonic() + limit
    part, goal = piece.part, piece.part.objective
    stop = stop or Stop(None)
    improver = Improver(piece.features, part.system, Settings(1, seed, False), stop)
    start = solve_root(improver, piece.features, part.system, goal, goal, part.hint, limit * RELAXING, stop)
    if start is None:
        return part.hint
    found, relaxed = start
    left = until - time.monotonic()
    if left > 0 and not found.proven:
        found = improver.improve(goal, goal, found, left, relaxed, None)
    return found.values


class RegionalSearch:
    """Rounds of pieces, and sweeps between them.

    Parameters
    ----------
    features
        Where the candidates lie.
    improver
        Cuts parts out of the system and stitches them in again.
    sweeps
        The relaxation.
    work
        Where pieces and programs are solved.
    seed, stop
        Of the searches; asked every few hundredths of a second.
    """

    def __init__(
        self, features: CandidateFeatures, improver: Improver, sweeps: DualAscent, work: Work, seed: int, stop: Stop
    ) -> None:
        self._features, self._improver, self._sweeps, self._work = features, improver, sweeps, work
        self._random, self._seed, self._stop = np.random.default_rng(seed), seed, stop

    def improve(self, objective: Objective, guide: Objective, found: Found, until: float, tell: Tell | None) -> Found:
        """Improve a roster and its bound in place, and return both: by what gained more per second the last time.

        Parameters
        ----------
        objective, guide
            What is minimised, and what guides the search among equally good rosters.
        found
            Where to start from.
        until
            Moment, by the monotonic clock.
        tell
            Called with value and bound whenever either has improved.
        """

        def on_bound(bound: int) -> None:
            if bound > found.bound:
                found.bound = bound
                if tell is not None:
                    tell(found.value, found.bound)

        steps: dict[str, Callable[[], object]] = {
            "round": lambda: self._round(objective, guide, found, until, tell),
            "first_order": lambda: self._sweeps.first_order(self._work.at_once, until, self._stop, on_bound),
            "sweep": lambda: self._sweeps.sweep(self._work, until, self._stop, on_bound),
        }
        gains = dict.fromkeys(steps, math.inf)
        while time.monotonic() < until and not found.proven and not self._stop.asked():
            began, before = time.monotonic(), found.value - found.bound
            step = max(gains, key=lambda name: gains[name])
            steps[step]()
            gains[step] = (before - (found.value - found.bound)) / (time.monotonic() - began)
            if gains[step] > 0 or not any(gains.values()):  # what gained nothing may gain again once another has
                gains = {name: gain or math.inf for name, gain in gains.items()}
            logger.info("%s: value %d, bound %d after a %s", objective.name, found.value, found.bound, step)
        return found

    def _round(self, objective: Objective, guide: Objective, found: Found, until: float, tell: Tell | None) -> None:
        """Improve all regions of one division of the country."""
        base = found.values
        likely = self._sweeps.likely(base)
        number = max(1, math.ceil(len(likely) / PIECE))
        division = regions(self._features, number, self._random.uniform(0, math.pi))
        free = [part & likely for part in pieces(self._features, division, base)]
        left = until - time.monotonic()
        seconds = min(SECONDS, max(1.0, left * self._work.at_once / number))
        ends = until if self._work.here else until - RETURNING_SECONDS
        parts = dict[int, SubModel]()
        waiting = [place for place, some in enumerate(free) if some.any()]
        while waiting or self._work.pending:
            over = self._stop.asked() or time.monotonic() > until + POLL_SECONDS
            if over and not self._work.here:
                self._work.drop()
                return
            if over:
                self._work.cancel()
            if over or time.monotonic() >= ends:
                waiting.clear()
            while waiting and self._work.pending < self._work.at_once:
                place = waiting.pop(0)
                parts[place] = self._improver.sub_models.around(free[place], base, guide)
                mine = parts[place].columns[parts[place].columns < len(self._features)]
                piece = Piece(parts[place], self._features.take(mine))
                limit = max(0.5, min(seconds, ends - time.monotonic()))
                stop = [self._stop] if self._work.here else []
                self._work.submit(improved, piece, limit, self._seed + place, *stop, tag=place)
            for place, answer in self._work.values(POLL_SECONDS):
                gain = self._improver.stitch(parts[place], base, answer, objective, guide, found)
                if gain and tell is not None:
                    tell(found.value, found.bound)
