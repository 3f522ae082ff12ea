"""How a goal is begun: a roster to start from, a bound, and what the relaxation says of each candidate."""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.fewer_people import usage_columns
from poolmatch.solving.search.neighbourhood_search import Improver
from poolmatch.solving.start.greedy import chronological_start, quick_start
from poolmatch.spans import busiest

NOTHING = -(2**62)


def better_start(
    improver: Improver, features: CandidateFeatures, system: System, guide: Objective, start: Ints | None, liked: Floats
) -> Ints | None:
    """Return values of all columns of the best of some rosters: a given one, and one that a relaxation likes.

    Where people are charged for being used, also one that uses few.

    Parameters
    ----------
    improver, features, system
        The system, its candidates, and who completes rosters of it.
    guide
        What is minimised.
    start
        Values of all columns, or None.
    liked
        Value of each column in the relaxation.
    """
    start = _better(improver, guide, start, quick_start(features, system, liked))
    if usage_columns(features, system, guide) is not None:
        start = _better(improver, guide, start, chronological_start(features, system))
    return start


def _better(improver: Improver, guide: Objective, start: Ints | None, taken: Ints) -> Ints | None:
    """Return the better of the values of all columns of a roster, and those for some candidates."""
    values = improver.complete(taken, guide)
    if values is None or (start is not None and guide.value(start) <= guide.value(values)):
        return start
    return values


def only_people_count(features: CandidateFeatures, objective: Objective, usage: Ints) -> bool:
    """Tell whether an objective counts people and empty seats and nothing else: who sits where is all the same."""
    mine = objective.column < len(features)
    if len(np.setdiff1d(objective.column[~mine], usage)):
        return False
    weight = np.zeros(len(features), np.int64)
    weight[objective.column[mine]] = objective.weight[mine]
    return len(np.unique(np.stack([features.seat, weight], 1), axis=0)) == len(np.unique(features.seat))


def at_the_peak(features: CandidateFeatures, width: int) -> Bools:
    """Return which columns say how many people are needed at once: candidates of the busiest moment, and all others."""
    begins, ends = features.times()
    seats = np.unique(np.stack([features.seat, begins, ends], 1), axis=0)
    columns = np.ones(width, np.bool_)
    for moment in busiest(seats[:, 1], seats[:, 2], 1):
        columns[: len(features)] = (begins <= moment) & (ends > moment)
    return columns


def solve_root(
    improver: Improver,
    features: CandidateFeatures,
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
    improver, features, system
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
    usage = usage_columns(features, system, objective)
    if usage is not None and only_people_count(features, objective, usage):
        # How many are needed at once says nearly all that fractions can, and a far smaller program knows it.
        start = _better(improver, guide, start, chronological_start(features, system))
        peak = at_the_peak(features, len(system.bounds[0]))
        relaxed = Relaxation.of(features, system).solve_part(objective, peak, limit, stop)
    else:
        relaxed = Relaxation.of(features, system).solve(objective, limit, start, stop, guide)
        if relaxed is not None:
            start = better_start(improver, features, system, guide, start, relaxed.values)
    if start is None:
        return None
    bound = NOTHING if relaxed is None else relaxed.bound
    return Found(start, objective.value(start), guide.value(start), bound), relaxed
