"""How a goal is begun: a roster to start from, a bound, and what the relaxation says of each candidate."""

from __future__ import annotations

import logging

import numpy as np

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.blocks import Objective, System
from poolmatch.solving.found import Found
from poolmatch.solving.improve import Improver
from poolmatch.solving.landscape import Landscape
from poolmatch.solving.relaxation import Relaxation, Relaxed
from poolmatch.solving.start import quick_start
from poolmatch.solving.stopping import Stop

logger = logging.getLogger("poolmatch")
NOTHING = -(2**62)


def relaxation(landscape: Landscape, system: System) -> Relaxation:
    """Return the relaxation of a system, in which the candidates of a seat are alternatives."""
    alternatives = np.full(len(system.bounds[0]), -1)
    alternatives[: len(landscape)] = landscape.seat
    return Relaxation(system, alternatives)


def better_start(
    improver: Improver, landscape: Landscape, system: System, guide: Objective, start: Ints | None, liked: Floats
) -> Ints | None:
    """Return values of all columns of the better of two rosters: a given one, and one that a relaxation likes.

    Parameters
    ----------
    improver, landscape, system
        The system, its candidates, and who completes rosters of it.
    guide
        What is minimised.
    start
        Values of all columns, or None.
    liked
        Value of each column in the relaxation.
    """
    better = improver.complete(quick_start(landscape, system, liked), guide)
    if better is not None and (start is None or guide.value(better) < guide.value(start)):
        return better
    return start


def begun(
    improver: Improver,
    landscape: Landscape,
    system: System,
    objective: Objective,
    guide: Objective,
    hint: Ints,
    limit: float,
    stop: Stop,
) -> tuple[Found, Relaxed | None] | None:
    """Return a roster to start from with its bound, and what the relaxation says; None when no roster was found.

    Parameters
    ----------
    improver, landscape, system
        The system, its candidates, and who completes rosters of it.
    objective, guide
        What is minimised, and what guides the search among equally good rosters.
    hint
        Which candidates a roster takes.
    limit
        Seconds for the relaxation.
    stop
        Asked every few hundredths of a second.
    """
    start = improver.complete(hint, guide)
    relaxed = relaxation(landscape, system).solve(objective, limit, start, stop)
    if relaxed is not None:
        start = better_start(improver, landscape, system, guide, start, relaxed.values)
    if start is None:
        return None
    bound = NOTHING if relaxed is None else relaxed.bound
    return Found(start, objective.value(start), guide.value(start), bound), relaxed
