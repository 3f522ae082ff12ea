"""Others as contenders: ``python -m benchmarks.contenders.theirs FOLDER --module PEER --out FOLDER [--rules FILE]``.

What no other solver does, poolmatch does for them: it reads the folder, says who is eligible, and builds the model, or
the numbers that Timefold plans with. All of that is in their seconds. Who can live beside ortools solves in this
process; the others read a model file in an environment of their own (``--python``). What they answer is written as
``roster.csv``, as poolmatch writes it.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.contenders.clock import ROSTER, Clock, arguments
from benchmarks.contenders.peers.exchange import Maker, Model, Objective, Task
from poolmatch import STANDARD_RULES, Problem, Roster, read, write_roster
from poolmatch.ruleset import RuleSet
from poolmatch.solving.model.decoding import roster_of
from poolmatch.solving.prepared import Prepared


def model_of(prepared: Prepared) -> Model:
    """Return what poolmatch solves, for others to solve: its columns, rows and groups, and the tiers or their sum."""
    objectives = tuple(
        Objective(item.tier, item.column, item.weight, item.constant, item.unit, item.scale)
        for item in prepared.objectives
    )
    system = prepared.system
    return Model(*system.bounds, *system.matrix, *system.row_bounds, *system.groups, objectives)


def by_model(prepared: Prepared, given: Any, ends: float) -> Roster | None:
    """Return the roster of a peer that minimises the model."""
    model = model_of(prepared)
    if given.python is None:
        maker: Maker = importlib.import_module(given.module).PEER
        values = maker.solve(Task(model, ends, given.seed, given.workers), given.out, given.began)
    else:
        model.write(given.out / "model.npz")
        moments = ["--began", str(given.began), "--ends", str(ends)]
        _run(given, given.out / "model.npz", *moments)
        columns = given.out / "columns.npz"
        values = None
        if columns.exists():
            with np.load(columns) as file:
                values = file["values"]
    return None if values is None else roster_of(prepared.problem, prepared.candidates, values)


def by_numbers(problem: Problem, rules: RuleSet, given: Any, ends: float) -> Roster | None:
    """Return the roster of Timefold, which plans with plain numbers."""
    from benchmarks.contenders.peers.timefold.export import export

    numbers = given.out / "numbers.json"
    numbers.write_text(json.dumps(export(problem, rules)), "utf-8")
    left = max(0.0, ends - time.time())
    _run(given, numbers, "--began", str(given.began), "--limit", str(left))
    answer = given.out / "roster.json"
    return roster_of_rows(problem, json.loads(answer.read_text("utf-8"))) if answer.exists() else None


def roster_of_rows(problem: Problem, rows: list[dict[str, Any]]) -> Roster:
    """Return the roster of rows with meeting, seat and facilitator; seats that are not named are empty."""
    return Roster.of(problem, {(row["meeting"], row["seat"]): row["facilitator"] for row in rows})


def _run(given: Any, file: Path, *settings: str) -> None:
    """Run the peer in its own environment; what it says goes where this process says things.

    Raises
    ------
    SystemExit
        It failed.
    """
    command = [given.python, "-m", given.module, str(file), *settings, "--seed", str(given.seed)]
    done = subprocess.run([*command, "--workers", str(given.workers), "--out", str(given.out)], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """Let a peer solve a problem."""
    parser = arguments()
    parser.add_argument("--module", required=True, help="the peer")
    parser.add_argument("--python", help="Python of its environment; without it the peer runs in this process")
    parser.add_argument("--numbers", action="store_true", help="it plans with numbers and does not read the model")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    clock = Clock(given.began)
    problem = read(given.problem)
    clock.read = time.time()
    rules = STANDARD_RULES if given.rules is None else RuleSet.from_file(given.rules)
    ends = clock.read + given.limit
    if given.numbers:
        roster = by_numbers(problem, rules, given, ends)
    else:
        roster = by_model(Prepared.of(problem, rules, given.seed), given, ends)
    clock.write(given.out)
    if roster is not None:
        write_roster(roster, given.out / ROSTER, problem, force=True)


if __name__ == "__main__":
    main()
