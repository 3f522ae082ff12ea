"""How CP-SAT searches best, by size of the model: ``python -m benchmarks.measuring.settings [--limit SECONDS]``.

Whole models of made-up pools, and parts of one as neighbourhoods have them, under several settings. Prints the tables
of ``docs/engine.md``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.cases.pools import pool
from benchmarks.cases.registry import WEIGHTED
from benchmarks.measuring.table import percent, rows_of, seconds
from poolmatch.arrays import Ints
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.neighbourhoods import Neighbourhoods
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.start.greedy import quick_start
from poolmatch.solving.task import Task

Set = Callable[[cp_model.CpSolver], None]


def having(workers: int, subsolvers: Sequence[str] = (), **values: int | bool) -> Set:
    """Return what gives a solver some settings."""

    def apply(solver: cp_model.CpSolver) -> None:
        solver.parameters.num_workers = workers
        solver.parameters.subsolvers.extend(subsolvers)
        for name, value in values.items():
            setattr(solver.parameters, name, value)

    return apply


LED = ("max_lp", "reduced_costs")
WHOLE: Mapping[str, Set] = {
    "defaults, 2 workers": having(2),
    "defaults, 8 workers": having(8),
    "1 worker, level 2": having(1, linearization_level=2),
    "2 workers, level 2": having(2, linearization_level=2),
    "max_lp and reduced_costs, level 2": having(2, LED, linearization_level=2),
    "the same, without symmetries": having(2, LED, linearization_level=2, symmetry_level=0),
}
PARTS: Mapping[str, Set] = {
    "level 1": having(1, linearization_level=1),
    "level 2": having(1, linearization_level=2),
    "level 2, no probing": having(1, linearization_level=2, cp_model_probing_level=0),
    "level 2, no symmetries": having(1, linearization_level=2, symmetry_level=0),
    "level 2, no presolve": having(1, linearization_level=2, cp_model_presolve=False),
    "level 2, one round, no probing, no symmetries": having(
        1, linearization_level=2, max_presolve_iterations=1, cp_model_probing_level=0, symmetry_level=0
    ),
}
SIZES = ((12, 40, 6), (30, 100, 8), (60, 250, 15))


def searched(system: System, objective: Objective, hint: Ints, limit: float, apply: Set) -> tuple[float, int, int]:
    """Return seconds, value and bound of one search."""
    search = Search(system, Settings(1, 1, False))
    search.hint(hint)
    model = cp_model.CpModel()
    model.proto.copy_from(search.proto)
    model.proto.objective.vars.extend(objective.column.tolist())
    model.proto.objective.coeffs.extend(objective.weight.tolist())
    solver = cp_model.CpSolver()
    solver.parameters.presolve_inclusion_work_limit = 0  # google/or-tools#5293
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.random_seed = 1
    apply(solver)
    began = time.perf_counter()
    solver.solve(model)
    took = time.perf_counter() - began
    response = solver.response_proto
    bound = objective.constant + objective.unit * int(response.inner_objective_lower_bound)
    return took, objective.value(np.array(response.solution, np.int64)), bound


def whole(size: tuple[int, int, int], limit: float) -> list[str]:
    """Return the column of a size: seconds to the proof, or the gap at the limit, of each setting."""
    prepared = Prepared.of(pool(*size, 1), WEIGHTED, 1)
    goal, start = Goal.of(prepared.blocks, prepared.objectives[0], WEIGHTED), prepared.start()
    cells = []
    for apply in WHOLE.values():
        took, value, bound = searched(prepared.system, goal.objective, start, limit, apply)
        scale = goal.objective.scale
        gap = (value - bound) / scale / max(1.0, abs(value - goal.unavoidable) / scale)
        cells.append(f"proven, {seconds(took)}" if value == bound else percent(gap))
    return cells


def parts(size: tuple[int, int, int], number: int, limit: float) -> list[list[str]]:
    """Return for each setting how many of some neighbourhoods are solved to the end, in how many seconds in all."""
    prepared = Prepared.of(pool(*size, 1), WEIGHTED, 1)
    objective, features = prepared.objectives[0], prepared.features
    task = Task(features, prepared.system, objective, objective, prepared.start())
    relaxed = Relaxation.of(features, prepared.system).solve(objective, 100.0)
    assert relaxed is not None
    liked = quick_start(features, prepared.system, relaxed.values)
    values = Pieces(task, 1, Stop(None), PieceParams()).complete(liked)
    assert values is not None
    around = Neighbourhoods(features, 1)
    drawn = [around.draw(values[: len(features)])[1] for _ in range(number)]
    slices = [task.sub_models.around(free, values, objective) for free in drawn]
    rows = []
    for name, apply in PARTS.items():
        found = [searched(part.system, part.objective, part.hint, limit, apply) for part in slices]
        ended = sum(value == bound for _, value, bound in found)
        rows.append([name, f"{ended} of {number}", seconds(sum(took for took, _, _ in found))])
    return rows


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for a whole model")
    given = parser.parse_args()
    columns = [whole(size, given.limit) for size in SIZES]
    heads = ["whole model", *(" × ".join(map(str, size)) for size in SIZES)]
    print(rows_of(heads, [[name, *cells] for name, *cells in zip(WHOLE, *columns, strict=True)]), "\n")
    print(rows_of(["part of 300 × 1500 × 60", "solved to the end", "in"], parts((300, 1500, 60), 20, 2.0)))


if __name__ == "__main__":
    main()
