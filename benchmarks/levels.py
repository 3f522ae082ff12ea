"""What it costs to keep tiers apart: ``python -m benchmarks.levels``.

The weighted sum of a pool is solved until its gap is 1 %; then its tiers are solved in three times that. "The same
proof" is the same proven distance: the sum over the tiers of weight times absolute gap, against the weighted sum's own.
"""

from __future__ import annotations

import statistics
import threading
import time
from typing import Any

from benchmarks.pools import pool

SEEDS = (1, 2, 3)
GAP = 0.01
MOST_SECONDS = 60.0


def level(seed: int) -> dict[str, Any]:
    """Compare the two on one made-up pool of 60 facilitators, 250 meetings and 15 organisations."""
    from poolmatch import STANDARD_RULES, solve

    problem = pool(60, 250, 15, seed)
    rules = STANDARD_RULES.weighted()
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
    weights = {tier.tier: STANDARD_RULES.weight_of(tier.tier) for tier in tiers.tiers}
    apart = sum(weights[tier.tier] * tier.absolute_gap for tier in tiers.tiers)
    assert weighted.weighted is not None
    return {
        "seconds to 1 %": seconds,
        "weighted gap, points": weighted.weighted.absolute_gap,
        "tiers' gap after 3 times that, weighted points": apart,
        "ratio of gaps": apart / max(1e-9, weighted.weighted.absolute_gap),
    }


def main() -> None:
    """Print the comparison."""
    found = [level(seed) for seed in SEEDS]
    for name in found[0]:
        figures = [row[name] for row in found]
        print(f"{name}: median {statistics.median(figures):.3g} of {', '.join(f'{item:.3g}' for item in figures)}")


if __name__ == "__main__":
    main()
