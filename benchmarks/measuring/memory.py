"""Whether memory stays flat over many solves in one process: ``python -m benchmarks.measuring.memory [solves]``."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from benchmarks.cases.pools import pool
from benchmarks.measuring.processes import memory_of
from poolmatch import STANDARD_RULES, solve

SOLVES = 200
EVERY = 20
SIZE, LARGER = (8, 24, 4), (60, 250, 15)
OFTEN = 10
"""One of so many problems is larger, so that relaxation, schedules and neighbourhoods have their part;"""
SECONDS = 3.0
"""time for it."""
FEW = 10
"""So many problems, over and over: it is solving that is measured, not what problems differ in."""


def held(solves: int = SOLVES, every: int = EVERY) -> dict[str, float]:
    """Return the MiB that this process holds after every so many solves of problems, most of them small."""
    problems = [pool(*SIZE, seed) for seed in range(1, FEW + 1)]
    larger = pool(*LARGER, 1)
    found = {}
    for number in range(1, solves + 1):
        if number % OFTEN == 1:
            solve(larger, STANDARD_RULES.weighted(), time_limit=SECONDS, workers=2, seed=number)
        else:
            solve(problems[number % FEW], time_limit=5, workers=2, seed=number)
        if number % every == 0:
            gc.collect()
            found[f"MiB after {number}"] = round(memory_of(Path("/proc/self/status"))[0], 1)
    return found


if __name__ == "__main__":
    print(json.dumps(held(*map(int, sys.argv[1:2]))))
