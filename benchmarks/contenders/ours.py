"""poolmatch as one of the contenders: ``python -m benchmarks.contenders.ours PROBLEM.json --case NAME --out FOLDER``.

It writes what peers write (see `benchmarks.contenders.peers.exchange`), with ``roster.json`` for the answer and a
``tier`` in the points of the curve; ``times.json`` also holds the status and the goals.
"""

from __future__ import annotations

import argparse
import json
import time
from math import lcm
from pathlib import Path

from benchmarks.cases.registry import case_of
from benchmarks.contenders.instances import rows_of
from poolmatch import Problem, Progress, solve
from poolmatch.checking import tier_scale
from poolmatch.ruleset import RuleSet


def scale_of(rules: RuleSet, tier: float) -> int:
    """Return the units per point of a tier; of the weighted sum, which is tier 0."""
    return tier_scale(rules, tier) if tier else lcm(*(rule.scale for rule in rules.preferences))


def main() -> None:
    """Solve a problem as a contender."""
    parser = argparse.ArgumentParser()
    parser.add_argument("problem", type=Path)
    parser.add_argument("--case", required=True, help="whose rules hold")
    parser.add_argument("--limit", type=float, required=True, help="seconds of solving")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    rules = case_of(given.case).rules
    given.out.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    problem = Problem.from_json(given.problem.read_bytes())
    read = time.perf_counter()
    with (given.out / "curve.jsonl").open("w", encoding="utf-8", buffering=1) as curve:

        def note(news: Progress) -> None:
            scale = scale_of(rules, news.tier)
            point = {
                "seconds": round(time.perf_counter() - read, 3),
                "tier": news.tier,
                "value": round(news.value * scale),
                "bound": round(news.bound * scale),
            }
            curve.write(json.dumps(point) + "\n")

        result = solve(problem, rules, time_limit=given.limit, workers=given.workers, seed=given.seed, on_progress=note)
    times = {
        "read": round(read - began, 3),
        "solve": round(result.runtime, 3),
        "status": result.status.value,
        "goals": [goal.to_dict() for goal in result.goals],
    }
    (given.out / "roster.json").write_text(json.dumps(rows_of(result.roster)) + "\n", "utf-8")
    (given.out / "times.json").write_text(json.dumps(times) + "\n", "utf-8")


if __name__ == "__main__":
    main()
