"""Lines lie nowhere above what loads cost."""

from __future__ import annotations

import random

import numpy as np
from tests.rings import scaled, seeds
from tests.solving.column_generation.drawn_systems import random_steps

from poolmatch.solving.column_generation.load_costs import LoadCosts


def test_lines_lie_below_what_loads_cost() -> None:
    """By enumeration of loads, for slopes of any kind; they touch where the slope is that of a step."""
    touched = 0
    for seed in seeds(60):
        rng = random.Random(seed)
        rows = [random_steps(rng) for _ in range(3)]
        room = np.array([rng.randint(0, 9) for _ in range(4)])
        row = np.array([place for place, steps in enumerate(rows) for _ in steps])
        length, rate = np.array([step for steps in rows for step in steps]).T
        costs = LoadCosts.gathered(row, length, rate, room)
        assert costs.of.tolist() == [0, 1, 2, -1]
        slope, excess = costs.underestimator(np.array([rng.choice([0, 1, 5, 40, 10**6]) for _ in rows]), 2)
        for place in range(3):
            load = np.arange(room[place] + costs.length[place].sum() + 1)
            units = sorted(rate for length, rate in rows[place] for _ in range(length))
            cost = np.append(np.zeros(room[place] + 1), np.cumsum(units)).astype(np.int64) << 2
            assert costs.cost(np.full(len(load), place), load, 2).tolist() == cost.tolist(), seed
            above = cost - (slope[place] * load - excess[place])
            assert above.min() >= 0, seed
            touched += int(above.min() == 0)
    assert touched == 3 * scaled(60)
