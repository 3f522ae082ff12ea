"""One linear program: solved by GLOP, here or in another process, or approximated by PDLP; both can be interrupted."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as linear
from scipy.sparse import csr_matrix

from poolmatch.arrays import Floats
from poolmatch.solving.stopping import POLL_SECONDS, Stop

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


@dataclass(frozen=True)
class Solution:
    """What a program came to: values of its columns, duals of its rows, and whether it was solved to the end."""

    values: Floats
    duals: Floats
    ended: bool


def solved(program: Program, limit: float, stop: Stop | None = None) -> Solution | None:
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
    return _run(program, "glop", "use_dual_simplex: true", limit, stop)


def approximated(
    program: Program, precision: float, threads: int, limit: float, stop: Stop | None = None
) -> Solution | None:
    """Approximate a program by the first-order method PDLP; None when it is not as precise as asked for in time.

    It takes programs that are far too large for a simplex. The duals are what it is for: values come close to keeping
    the rows, and may break them by a little.

    Parameters
    ----------
    program
        The program.
    precision
        How far duals may be from being feasible, relative to the largest cost.
    threads
        Number of threads.
    limit, stop
        As of `solved`.
    """
    criteria = " ".join(
        f"eps_optimal_{name}_{kind}: {size}"
        for name, size in (("primal_residual", RESIDUAL), ("dual_residual", precision), ("objective_gap", RESIDUAL))
        for kind in ("absolute", "relative")
    )
    settings = f"num_threads: {threads} termination_criteria {{ detailed_optimality_criteria {{ {criteria} }} }}"
    return _run(program, "pdlp", settings, limit, stop)


def _run(program: Program, name: str, settings: str, limit: float, stop: Stop | None) -> Solution | None:
    """Run a linear solver in a thread, so that it can be interrupted."""
    if limit <= 0 or (stop is not None and stop.asked()):
        return None
    helper = linear.ModelBuilderHelper()
    scale = max(1.0, float(np.abs(program.cost).max(initial=0.0)))
    fill: Any = helper.fill_model_from_sparse_data  # its stubs know no dtype
    rows = program.row_low, program.row_high, program.matrix
    fill(program.low, program.high, program.cost / scale, *rows)
    solver = linear.ModelSolverHelper(name)
    solver.set_time_limit_in_seconds(limit)
    solver.set_solver_specific_parameters(settings)
    thread = threading.Thread(target=solver.solve, args=(helper,), name=name)
    thread.start()
    until = time.monotonic() + limit
    while thread.is_alive():
        thread.join(POLL_SECONDS)
        if (stop is not None and stop.asked()) or time.monotonic() > until:
            solver.interrupt_solve()
    if not solver.has_solution():
        return None
    ended = solver.status() == linear.SolveStatus.OPTIMAL
    return Solution(np.array(solver.variable_values()), np.array(solver.dual_values()) * scale, ended)
