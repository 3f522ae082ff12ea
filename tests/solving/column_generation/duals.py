"""Duals and prices at random."""

from __future__ import annotations

import random

import numpy as np
from tests.solving.column_generation.drawn_systems import Case

from poolmatch.arrays import Floats, Ints

SIZES = (0.0, 1.0, 10.0, 1e3, 1e9, 1e18, 1e300)
"""How large the duals are that only say what leads nowhere."""


def some_net(rng: random.Random, case: Case, bits: int) -> Ints:
    """Return what candidates cost at some prices."""
    return np.array([rng.randint(-12 << bits, 6 << bits) for _ in range(case.count)], np.int64)


def some_duals(rng: random.Random, case: Case, sizes: tuple[float, ...] = SIZES) -> Floats:
    """Return duals of kept rows, most of the sign of a row that has room for so much."""
    return np.array([rng.choice([-1, -1, 1]) * rng.random() * rng.choice(sizes) for _ in range(sum(case.kept))])
