"""Who is used at all: the columns of an objective that say so, where people cost something for being used."""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import Objective, System


def usage_columns(features: CandidateFeatures, system: System, objective: Objective) -> Ints | None:
    """Return the columns that say who is used, where an objective charges people for that; None when it does not.

    It does when everybody who could be taken has a 0/1 column that costs something and that each of their candidates
    makes 1, and when any seat is worth more than that. Then fewer people are better, but for empty seats.
    """
    count, width = len(features), len(system.bounds[0])
    weight = np.zeros(width, np.int64)
    weight[objective.column] = objective.weight
    low, high = system.bounds
    dear = (np.arange(width) >= count) & (weight > 0) & (low == 0) & (high == 1)
    row, column, factor = system.matrix
    others = np.bincount(row[column >= count], minlength=len(system.row_bounds[0]))
    own = dear[column] & (factor == -1)
    own &= (others[row] == 1) & (system.row_bounds[1][row] == 0)
    if not own.any():
        return None
    column_of = np.full(len(others), -1)
    column_of[row[own]] = column[own]
    raises = (column < count) & (factor > 0) & (column_of[row] >= 0)
    by, usage = column[raises], column_of[row[raises]]
    person = features.person[by]
    first, last = np.full(width, len(features)), np.full(width, -1)
    np.minimum.at(first, usage, person)
    np.maximum.at(last, usage, person)
    personal = first[usage] == last[usage]
    covered = high[:count] == 0
    covered[by[personal]] = True
    columns = np.unique(usage[personal])
    if not covered.all() or not len(columns):
        return None
    worth = np.zeros(int(features.seat.max()) + 1, np.int64)
    np.maximum.at(worth, features.seat, -weight[:count])
    return columns if worth[features.seat].min() > weight[columns].max() else None
