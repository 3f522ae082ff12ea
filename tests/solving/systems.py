"""Small systems for the tests of the engine: drawn at random, and asked in full."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.model.system import UNBOUNDED, Objective, System


def random_system(rng: random.Random, candidates: int = 5, others: int = 2) -> tuple[System, int]:
    """Return a system that all zeros keep, and how many of its columns, the first, are candidates."""
    count, own = rng.randint(1, candidates), rng.randint(0, others)
    width = count + own
    lower = [0] * count + [rng.choice([0, 0, -1]) for _ in range(own)]
    upper = [1] * count + [rng.choice([1, 1, 2]) for _ in range(own)]
    entries, low, high = [], [], []
    for row in range(rng.randint(0, 4)):
        for column in sorted(rng.sample(range(width), rng.randint(1, width))):
            entries.append((row, column, rng.choice([-2, -1, 1, 1, 2, 3])))
        low.append(rng.choice([-UNBOUNDED, -UNBOUNDED, -2, -1, 0]))
        high.append(rng.choice([UNBOUNDED, 0, 1, 2, 3]))
    ones = [column for column in range(width) if (lower[column], upper[column]) == (0, 1)]
    groups = [
        (group, column)
        for group in range(rng.randint(0, 2))
        for column in sorted(rng.sample(ones, rng.randint(2, len(ones))) if len(ones) > 1 else [])
    ]
    return system_of(lower, upper, entries, low, high, groups), count


def system_of(
    lower: list[int],
    upper: list[int],
    entries: list[tuple[int, int, int]],
    low: list[int],
    high: list[int],
    groups: list[tuple[int, int]],
) -> System:
    matrix = np.array(entries, np.int64).reshape(-1, 3).T
    members = np.array(groups, np.int64).reshape(-1, 2).T
    return System(
        (np.array(lower, np.int64), np.array(upper, np.int64)),
        (matrix[0], matrix[1], matrix[2]),
        (np.array(low, np.int64), np.array(high, np.int64)),
        (members[0], members[1]),
    )


def random_objective(rng: random.Random, width: int) -> Objective:
    column = np.array(sorted(rng.sample(range(width), rng.randint(1, width))), np.int64)
    weight = np.array([rng.choice([-7, -3, -1, 1, 2, 5]) for _ in column], np.int64)
    return Objective(1, 1, column, weight, rng.randint(-9, 9), rng.choice([1, 1, 4]))


def keeps(system: System, values: Ints) -> bool:
    """Tell whether values keep a system, entry by entry."""
    lower, upper = system.bounds
    activity, held = [0] * len(system.row_bounds[0]), [0] * (1 + int(system.groups[0].max(initial=0)))
    for row, column, factor in zip(*(part.tolist() for part in system.matrix), strict=True):
        activity[row] += factor * int(values[column])
    for group, column in zip(*(part.tolist() for part in system.groups), strict=True):
        held[group] += int(values[column])
    rows = zip(activity, *(side.tolist() for side in system.row_bounds), strict=True)
    inside = all(low <= value <= high for low, value, high in zip(lower, values, upper, strict=True))
    return inside and all(low <= value <= high for value, low, high in rows) and max(held) <= 1


def points(system: System) -> Iterator[Ints]:
    """Yield all values of the columns that keep the bounds."""
    ranges = [range(low, high + 1) for low, high in zip(*(side.tolist() for side in system.bounds), strict=True)]
    for values in itertools.product(*ranges):
        yield np.array(values, np.int64)


def solutions(system: System) -> list[Ints]:
    return [values for values in points(system) if keeps(system, values)]
