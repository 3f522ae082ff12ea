"""What it costs to keep tiers apart: ``python -m benchmarks.measuring.levels``.

A weighted sum is solved until its gap is half a percent; then the tiers are solved in three times that. The gap of the
tiers, to compare, is the sum of weight times absolute gap over that of weight times value.

With the standard weights (2 to 1 for the last two tiers) the sum is another problem: its best roster trades one tier
for the next, which is what tiers forbid. With weights a hundred times further apart both have the same best roster, so
that their proofs say the same. Both are printed.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.cases.pools import pool

SEEDS = (1, 2, 3)
GAP = 0.005
MOST_SECONDS = 60.0
APART = 100
"""How much further apart weights are that leave nothing to trade."""


def level(seed: int, weights: Sequence[int]) -> dict[str, float]:
    """Compare the two on one made-up pool of 60 facilitators, 250 meetings and 15 organisations."""
    from poolmatch import STANDARD_RULES, solve

    problem = pool(60, 250, 15, seed)
    rules = STANDARD_RULES.weighted(weights)
    stop = threading.Event()
    unavoidable = solve(problem, rules, time_limit=0, workers=2).weighted
    assert unavoidable is not None
    least = unavoidable.unavoidable / unavoidable.scale
    began = time.perf_counter()

    def watch(progress: Any) -> None:
        if progress.value - progress.bound <= GAP * max(1.0, progress.value - least):
            stop.set()

    weighted = solve(problem, rules, time_limit=MOST_SECONDS, workers=2, on_progress=watch, stop=stop)
    seconds = time.perf_counter() - began
    tiers = solve(problem, time_limit=3 * seconds, workers=2)
    assert weighted.weighted is not None
    weight = [rules.weight_of(tier.tier) for tier in tiers.tiers]
    apart = sum(factor * tier.absolute_gap for factor, tier in zip(weight, tiers.tiers, strict=True))
    value = sum(factor * tier.value / tier.scale for factor, tier in zip(weight, tiers.tiers, strict=True))
    return {
        "seconds of the sum": seconds,
        "its gap, %": 100 * weighted.weighted.gap,
        "gap of the tiers after three times that, %": 100 * apart / max(1.0, value - least),
    }


def main() -> None:
    """Print both comparisons."""
    from poolmatch.ruleset import WEIGHTS

    apart = *(APART * weight for weight in WEIGHTS[:-1]), WEIGHTS[-1]
    for title, weights in (("nothing to trade", apart), ("standard weights", WEIGHTS)):
        print(f"{title}: {', '.join(map(str, weights))}")
        found = [level(seed, weights) for seed in SEEDS]
        for name in found[0]:
            figures = [row[name] for row in found]
            print(
                f"  {name}: median {statistics.median(figures):.3g} of {', '.join(f'{item:.3g}' for item in figures)}"
            )


if __name__ == "__main__":
    main()
