"""Measures poolmatch on this machine: ``python -m benchmarks``.

Prints a table and writes ``benchmarks/results/latest.json``. Figures of different machines do not compare; ratios
within one run do.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.pools import pool
from benchmarks.programmes import programme

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "samples" / "westerkwartier-2026-03"
RESULTS = ROOT / "benchmarks" / "results"
REPEATS = 5


def seconds(code: str) -> float:
    """Return the seconds that a statement takes in a fresh process, the start of Python aside."""
    timed = f"import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True, cwd=ROOT)
    return float(done.stdout)


def importing() -> dict[str, Any]:
    """Importing poolmatch against importing the solver's Python interface; at most 0.6 of it is promised."""
    ours, theirs = [], []
    for _ in range(REPEATS):
        ours.append(seconds("import poolmatch; poolmatch.Problem"))
        theirs.append(seconds("from ortools.sat.python import cp_model"))
    ratio = statistics.median(ours) / statistics.median(theirs)
    return {"seconds": statistics.median(ours), "cp_model seconds": statistics.median(theirs), "ratio": ratio}


def sample() -> dict[str, Any]:
    """The sample from files to a checked roster, after imports; proven optimal within 2 s is promised."""
    from poolmatch import check, read, solve, write_result

    solve(read(SAMPLE))  # whatever is imported late
    began = time.perf_counter()
    problem = read(SAMPLE)
    result = solve(problem)
    report = check(problem, result.roster)
    with tempfile.TemporaryDirectory() as folder:
        write_result(result, folder)
    took = time.perf_counter() - began
    return {"seconds": took, "status": result.status.value, "legal": report.legal, "gap": result.gap}


def month(facilitators: int, meetings: int, organisations: int, limit: float) -> Callable[[], dict[str, Any]]:
    """A made-up pool of a size: legal within 10 s is promised, the gaps are reported."""

    def run() -> dict[str, Any]:
        from poolmatch import check, solve

        problem = pool(facilitators, meetings, organisations, 1)
        began = time.perf_counter()
        first = solve(problem, time_limit=0)
        start = time.perf_counter() - began
        result = solve(problem, time_limit=limit, workers=2)
        return {
            "first legal roster, seconds": start,
            "first is legal": check(problem, first.roster).legal,
            "seconds": result.runtime,
            "status": result.status.value,
            "filled": result.seats,
            "gaps": {f"tier {tier.tier}": round(tier.gap, 4) for tier in result.tiers},
            "values": {f"tier {tier.tier}": round(tier.points, 2) for tier in result.tiers},
        }

    return run


def series(facilitators: int, meetings: int, organisations: int, limit: float) -> Callable[[], dict[str, Any]]:
    """Series of flexible meetings with teams: tier 1 proven within 30 s is promised, the other gaps are reported."""

    def run() -> dict[str, Any]:
        from poolmatch import solve

        problem = programme(facilitators, meetings, organisations, 1)
        moments: dict[float, float] = {}
        began = time.perf_counter()

        def note(progress: Any) -> None:
            if progress.tier > 1:
                moments.setdefault(1, time.perf_counter() - began)

        result = solve(problem, time_limit=limit, workers=2, on_progress=note)
        return {
            "tier 1 proven": result.tiers[0].proven,
            "seconds until tier 1 was done": moments.get(1, result.runtime),
            "filled": result.seats,
            "gaps": {f"tier {tier.tier}": round(tier.gap, 4) for tier in result.tiers},
        }

    return run


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "import": importing,
    "sample, files to checked roster and files": sample,
    "pool 12x40x6": month(12, 40, 6, 10),
    "pool 60x250x15": month(60, 250, 15, 10),
    "programme 40x120x15": series(40, 120, 15, 60),
}


def main() -> None:
    from poolmatch.versions import versions

    found = {name: case() for name, case in CASES.items()}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "latest.json").write_text(json.dumps({"versions": versions(), "cases": found}, indent=2) + "\n")
    for name, figures in found.items():
        print(name)
        for key, value in figures.items():
            print(f"  {key}: {value:.3f}" if isinstance(value, float) else f"  {key}: {value}")


if __name__ == "__main__":
    main()
