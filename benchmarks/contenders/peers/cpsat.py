"""A peer: CP-SAT as it comes, on the model that poolmatch builds: ``python -m benchmarks.contenders.peers.cpsat``.

Only the seed, the time limit and the last solution as a hint are set, and eight workers, whatever processors there are:
that is how many different searches it takes to be itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from benchmarks.contenders.peers.exchange import UNBOUNDED, Ints, Maker, Model, Note, Objective, Task, run
from ortools.sat.python import cp_model

AS_IT_COMES = 8


class Watcher(cp_model.CpSolverSolutionCallback):
    """Notes each better solution and each better bound; the solver calls from threads of its own."""

    def __init__(self, note: Note) -> None:
        super().__init__()
        self._note = note
        self._lock = threading.Lock()

    def on_solution_callback(self) -> None:
        with self._lock:
            self._note(self.objective_value, self.best_objective_bound)

    def on_bound(self, bound: float) -> None:
        with self._lock:
            self._note(None, bound)


def built(model: Model) -> cp_model.CpModel:
    """Return the model as CP-SAT takes it, without an objective."""
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
    return result


def as_it_comes(parameters: Any, workers: int) -> None:  # noqa: ARG001
    """Set nothing but the eight workers that it is made for."""
    parameters.num_workers = AS_IT_COMES


class CpSat:
    """CP-SAT with a model in it.

    Parameters
    ----------
    task
        What is to be done.
    settings
        Sets what else is set of a solver, given the workers there are.
    """

    def __init__(self, task: Task, settings: Callable[..., None] = as_it_comes) -> None:
        self._task, self._settings = task, settings
        self._model = built(task.model)

    def minimise(self, objective: Objective, start: Ints | None, note: Note) -> Ints | None:
        """Minimise an objective; see `exchange.Peer`."""
        proto = self._model.proto
        proto.clear_objective()
        proto.clear_solution_hint()
        proto.objective.vars.extend(objective.column.tolist())
        proto.objective.coeffs.extend(objective.weight.tolist())
        if start is not None:
            proto.solution_hint.vars.extend(range(len(start)))
            proto.solution_hint.values.extend(start.tolist())
        solver = cp_model.CpSolver()
        self._settings(solver.parameters, self._task.workers)
        solver.parameters.random_seed = self._task.seed
        solver.parameters.max_time_in_seconds = self._task.seconds
        watcher = Watcher(note)
        solver.best_bound_callback = watcher.on_bound
        status = solver.solve(self._model, watcher)
        print(f"tier {objective.tier:g}: {solver.status_name(status)} after {solver.wall_time:.1f} s")
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        note(solver.objective_value, solver.best_objective_bound)
        return np.array(solver.response_proto.solution, np.int64)

    def keep(self, objective: Objective, most: int) -> None:
        """Add a row; see `exchange.Peer`."""
        linear = self._model.proto.constraints.add().linear
        linear.vars.extend(objective.column.tolist())
        linear.coeffs.extend(objective.weight.tolist())
        linear.domain.extend((-(2**63), most))


PEER = Maker(CpSat, wrong_by=0.0)

if __name__ == "__main__":
    run(PEER)
