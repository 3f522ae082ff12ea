"""One linear program: solved by GLOP, here or in another process, or approximated by PDLP; both can be interrupted."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as linear
from scipy.sparse import csr_matrix

from poolmatch.arrays import Floats
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop

if TYPE_CHECKING:
    from ortools.math_opt.model_pb2 import ModelProto

RESIDUAL = 1e-3
"""How far, relatively, values may be from keeping the rows, and values from duals, where duals are all that counts."""


@dataclass(frozen=True)
class Program:
    """Minimise ``cost · x`` for ``low ≤ x ≤ high`` and ``row_low ≤ matrix · x ≤ row_high``; infinite sides are none."""

    cost: Floats
    low: Floats
    high: Floats
    matrix: csr_matrix
    row_low: Floats
    row_high: Floats

    @property
    def scale(self) -> float:
        """What costs are divided by for a solver: the largest of them, at least 1."""
        return max(1.0, float(np.abs(self.cost).max(initial=0.0)))


@dataclass(frozen=True)
class Solution:
    """What a program came to: values of its columns, duals of its rows, and whether it was solved to the end."""

    values: Floats
    duals: Floats
    ended: bool


def solve_lp(program: Program, limit: float, stop: Stop | None = None) -> Solution | None:
    """Solve a program by the dual simplex of GLOP; None when nothing was found in time.

    Parameters
    ----------
    program
        The program.
    limit
        Seconds.
    stop
        Asked every few hundredths of a second; None is never.
    """
    if limit <= 0 or (stop is not None and stop.asked()):
        return None
    helper = linear.ModelBuilderHelper()
    scale = program.scale
    fill: Any = helper.fill_model_from_sparse_data  # its stubs know no dtype
    rows = program.row_low, program.row_high, program.matrix
    fill(program.low, program.high, program.cost / scale, *rows)
    solver = linear.ModelSolverHelper("glop")
    solver.set_time_limit_in_seconds(limit)
    solver.set_solver_specific_parameters("use_dual_simplex: true")
    until = time.monotonic() + limit
    with ThreadPoolExecutor(1, "glop") as thread:
        running = thread.submit(solver.solve, helper)
        try:
            while not running.done():
                wait([running], POLL_SECONDS)
                if (stop is not None and stop.asked()) or time.monotonic() > until:
                    solver.interrupt_solve()
        finally:
            while not running.done():
                solver.interrupt_solve()
                wait([running], POLL_SECONDS)
    running.result()
    if not solver.has_solution():
        return None
    ended = solver.status() == linear.SolveStatus.OPTIMAL
    return Solution(np.array(solver.variable_values()), np.array(solver.dual_values()) * scale, ended)


def approximate_lp(
    program: Program, precision: float, threads: int, limit: float, stop: Stop | None = None
) -> Solution | None:
    """Approximate a program by the first-order method PDLP, as far as time allows; None when there is none.

    It takes programs that are far too large for a simplex. The duals are what it is for: values come close to keeping
    the rows, and may break them by a little.

    Parameters
    ----------
    program
        The program.
    precision
        It ends when duals are that close to being feasible, relative to the largest cost.
    threads
        Number of threads.
    limit, stop
        As of `solve_lp`.
    """
    from ortools.math_opt.python import mathopt
    from ortools.util.python.solve_interrupter import SolveInterrupter

    if limit <= 0 or (stop is not None and stop.asked()):
        return None
    scale = program.scale
    settings = mathopt.SolveParameters(time_limit=timedelta(seconds=limit))
    settings.pdlp.num_threads = threads
    criteria = settings.pdlp.termination_criteria.detailed_optimality_criteria
    for name, size in (("primal_residual", RESIDUAL), ("dual_residual", precision), ("objective_gap", RESIDUAL)):
        setattr(criteria, f"eps_optimal_{name}_absolute", size)
        setattr(criteria, f"eps_optimal_{name}_relative", size)
    model, interrupter = mathopt.Model.from_model_proto(_proto(program, scale)), SolveInterrupter()
    with ThreadPoolExecutor(1, "pdlp") as thread:
        running = thread.submit(mathopt.solve, model, mathopt.SolverType.PDLP, params=settings, interrupter=interrupter)
        try:
            while not running.done():
                wait([running], POLL_SECONDS)
                if stop is not None and stop.asked():
                    interrupter.interrupt()
        finally:
            interrupter.interrupt()
    result = running.result()
    found = result.solutions[0] if result.solutions else None
    if found is None or found.primal_solution is None or found.dual_solution is None:
        return None
    values = np.fromiter(found.primal_solution.variable_values.values(), float, len(program.cost))
    duals = np.fromiter(found.dual_solution.dual_values.values(), float, len(program.row_low))
    return Solution(values, duals * scale, result.termination.reason is mathopt.TerminationReason.OPTIMAL)


def _proto(program: Program, scale: float) -> ModelProto:
    """Return a program as MathOpt reads it, its columns and rows numbered as they are, its costs divided by a scale."""
    from ortools.math_opt.model_pb2 import ModelProto

    proto, cost = ModelProto(), np.flatnonzero(program.cost)
    width, height = len(program.cost), len(program.row_low)
    proto.variables.ids.extend(range(width))
    proto.variables.lower_bounds.extend(program.low)
    proto.variables.upper_bounds.extend(program.high)
    proto.variables.integers.extend([False] * width)
    proto.objective.linear_coefficients.ids.extend(cost)
    proto.objective.linear_coefficients.values.extend(program.cost[cost] / scale)
    proto.linear_constraints.ids.extend(range(height))
    proto.linear_constraints.lower_bounds.extend(program.row_low)
    proto.linear_constraints.upper_bounds.extend(program.row_high)
    entries = program.matrix.sorted_indices().tocoo()
    proto.linear_constraint_matrix.row_ids.extend(entries.row)
    proto.linear_constraint_matrix.column_ids.extend(entries.col)
    proto.linear_constraint_matrix.coefficients.extend(entries.data)
    return proto
