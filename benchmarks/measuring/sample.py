"""The sample month from files to files, and what importing costs: what everyone waits for every day."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.measuring.processes import ROOT

SAMPLE = ROOT / "data" / "samples" / "westerkwartier-2026-03"
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
