"""How long each phase of poolmatch takes.

``python -m benchmarks.measuring.phases FOLDER --case NAME --out FILE``. In one process, one after the other;
solving itself is measured as a contender (`benchmarks.contenders.ours`).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from benchmarks.cases.registry import Case, case_of
from benchmarks.contenders.registry import WORKERS
from poolmatch import check, read, solve
from poolmatch.solving.bounds.dual_ascent import DualAscent
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.decoding import roster_of
from poolmatch.solving.params import PortfolioParams
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.stopping import Stop

PHASES = ("read", "arrays", "assess", "eligibility", "build", "start", "relax", "check", "first", "solve")


def measured(path: Path, case: Case, seed: int) -> dict[str, float]:
    """Return the seconds of each phase but solving.

    ``assess`` judges the neutrality of all pairs alone; ``eligibility`` asks all its rules, that one too. ``build`` is
    all that rules write, and cliques. ``start`` is the first roster. ``relax`` is the linear program of the first goal;
    of a problem that is split by region, its first approach.
    ``check`` judges the first roster. ``first`` is a call of `solve` that stops at the first roster.

    Raises
    ------
    RuntimeError
        The first roster is not legal.
    """
    seconds: dict[str, float] = {}

    @contextmanager
    def phase(name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        seconds[name] = round(time.perf_counter() - began, 4)

    with phase("read"):
        problem = read(path)
    with phase("arrays"):
        prepared = Prepared.of(problem, case.rules, seed)
        world, occasions = prepared.world, prepared.world.occasions
    judges = [rule for rule in case.rules.eligibility if rule.id == "neutral"]  # published instances have none
    with phase("assess"):
        for position, judge in product(range(len(world.people)), judges):
            judge.out(world.person(position), occasions)
    with phase("eligibility"):
        candidates = prepared.candidates
    with phase("build"):
        goal, system = prepared.objectives[0], prepared.system
    with phase("start"):
        taken = prepared.start()
    with phase("relax"):
        features = prepared.features
        program = Relaxation.of(features, system)
        if len(features) > PortfolioParams().large:
            DualAscent(program, features, goal, seed).first_order(WORKERS, time.monotonic() + case.limit, Stop(None))
        else:
            program.solve(goal, case.limit)
    roster = roster_of(problem, candidates, taken)
    with phase("check"):
        report = check(problem, roster, case.rules)
    with phase("first"):
        first = solve(problem, case.rules, time_limit=0, seed=seed)
    if not (report.legal and first.report.legal):
        raise RuntimeError("the first roster is not legal")
    return seconds


def main() -> None:
    """Measure the phases of a case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("problem", type=Path)
    parser.add_argument("--case", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="JSON document to write")
    given = parser.parse_args()
    given.out.write_text(json.dumps(measured(given.problem, case_of(given.case), given.seed)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
