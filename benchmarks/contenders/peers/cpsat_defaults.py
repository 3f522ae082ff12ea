"""A peer: CP-SAT as it comes, on the model that poolmatch builds.

``python -m benchmarks.contenders.peers.cpsat_defaults``. Only the number of workers, the seed and the time limit are
set.
"""

from __future__ import annotations

import threading

import numpy as np
from benchmarks.contenders.peers.exchange import UNBOUNDED, Curve, Model, Task, run
from numpy.typing import NDArray
from ortools.sat.python import cp_model


class Watcher(cp_model.CpSolverSolutionCallback):
    """Notes each better solution and each better bound; the solver calls from threads of its own."""

    def __init__(self, curve: Curve) -> None:
        super().__init__()
        self._curve = curve
        self._lock = threading.Lock()

    def on_solution_callback(self) -> None:
        with self._lock:
            self._curve.note(self.objective_value, self.best_objective_bound)

    def on_bound(self, bound: float) -> None:
        with self._lock:
            self._curve.note(None, bound)


def built(model: Model) -> cp_model.CpModel:
    """Return the model as CP-SAT takes it."""
    result = cp_model.CpModel()
    proto = result.proto
    for low, high in zip(model.lower.tolist(), model.upper.tolist(), strict=True):
        proto.variables.add().domain.extend((low, high))
    edges = np.searchsorted(model.row, np.arange(len(model.row_lower) + 1)).tolist()
    columns, factors = model.column.tolist(), model.factor.tolist()
    for row, (low, high) in enumerate(zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True)):
        linear = proto.constraints.add().linear
        linear.vars.extend(columns[edges[row] : edges[row + 1]])
        linear.coeffs.extend(factors[edges[row] : edges[row + 1]])
        linear.domain.extend((-(2**63) if low <= -UNBOUNDED else low, 2**63 - 1 if high >= UNBOUNDED else high))
    edges = np.searchsorted(model.group, np.arange(model.groups + 1)).tolist()
    members = model.member.tolist()
    for group in range(model.groups):
        proto.constraints.add().at_most_one.literals.extend(members[edges[group] : edges[group + 1]])
    proto.objective.vars.extend(model.objective_column.tolist())
    proto.objective.coeffs.extend(model.objective_weight.tolist())
    return result


def solve(task: Task, curve: Curve) -> tuple[NDArray[np.int64] | None, float]:
    """Build and solve."""
    model = built(task.model)
    building = curve.seconds
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = task.workers
    solver.parameters.random_seed = task.seed
    solver.parameters.max_time_in_seconds = max(0.0, task.limit - building)
    watcher = Watcher(curve)
    solver.best_bound_callback = watcher.on_bound
    status = solver.solve(model, watcher)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, building
    curve.note(solver.objective_value, solver.best_objective_bound)
    return np.array(solver.response_proto.solution, np.int64), building


if __name__ == "__main__":
    run(solve, wrong_by=0.0)
