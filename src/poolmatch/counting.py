"""Limits on how much of something a facilitator takes: what the rules on limits have in common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from poolmatch.arrays import Candidates, Ints, ints
from poolmatch.domain.people import Facilitator
from poolmatch.rule import Model


def post_limits(
    candidates: Candidates,
    model: Model,
    limit_of: Callable[[Facilitator], int | None],
    weight: Ints,
    span: Ints | None = None,
    used: Callable[[Facilitator, int], int] | None = None,
) -> None:
    """Write one row per facilitator and span of time: the sum of weights stays within the limit.

    Parameters
    ----------
    candidates, model
        The candidates, and where the rows go.
    limit_of
        Limit of a facilitator, None for no limit.
    weight
        What each candidate takes of the limit; shape ``(candidates,)``.
    span
        Day or week of each candidate: then duties, which have none, do not count. None for the whole period.
    used
        What a facilitator has taken of a span already, in the past.
    """
    people = candidates.world.people
    limits = [limit_of(person) for person in people]
    limited = ints(place for place, limit in enumerate(limits) if limit is not None)
    column = np.arange(len(candidates)) if span is None else candidates.timed
    column = column[np.isin(candidates.person[column], limited) & (weight[column] != 0)]
    if not len(column):
        return
    when = np.zeros(len(column), np.int64) if span is None else span[column]
    keys, row = np.unique(np.stack([candidates.person[column], when]), axis=1, return_inverse=True)
    upper = []
    for person, moment in keys.T.tolist():
        limit = limits[person] or 0
        upper.append(max(0, limit - (used(people[person], moment) if used else 0)))
    bound = np.array(upper, np.int64)
    binds = np.bincount(row, weights=weight[column], minlength=len(bound)) > bound
    kept = binds[row]
    renumbered = np.cumsum(binds) - 1
    model.rows(renumbered[row[kept]], column[kept], weight[column][kept], upper=bound[binds])
