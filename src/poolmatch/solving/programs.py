"""One linear program, solved by GLOP: in this thread's process or in another, and interruptible where it can be."""

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
    if limit <= 0 or (stop is not None and stop.asked()):
        return None
    helper = linear.ModelBuilderHelper()
    scale = max(1.0, float(np.abs(program.cost).max(initial=0.0)))
    fill: Any = helper.fill_model_from_sparse_data  # its stubs know no dtype
    rows = program.row_low, program.row_high, program.matrix
    fill(program.low, program.high, program.cost / scale, *rows)
    solver = linear.ModelSolverHelper("glop")
    solver.set_time_limit_in_seconds(limit)
    solver.set_solver_specific_parameters("use_dual_simplex: true")
    thread = threading.Thread(target=solver.solve, args=(helper,), name="glop")
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
