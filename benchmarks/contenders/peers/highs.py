"""A peer: HiGHS as it comes, on the model that poolmatch builds: ``python -m benchmarks.contenders.peers.highs``.

Only the number of threads, the seed, the time limit and the gap at which to stop are set.
"""

from __future__ import annotations

from typing import Any

import highspy  # type: ignore[import-not-found]  # never in the environment of poolmatch: it cannot live beside ortools
import numpy as np
from benchmarks.contenders.peers.exchange import Curve, Model, Task, run
from numpy.typing import NDArray


def built(model: Model) -> Any:
    """Return the model as HiGHS takes it, column by column."""
    (row, column, factor), (low, high) = model.as_rows()
    order = np.lexsort((row, column))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.lower), len(low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost.astype(float), model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.searchsorted(column[order], np.arange(len(model.lower) + 1))
    lp.a_matrix_.index_ = row[order]
    lp.a_matrix_.value_ = factor[order].astype(float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(model.lower)
    return lp


def solve(task: Task, curve: Curve) -> tuple[NDArray[Any] | None, float]:
    """Build and solve."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(built(task.model))
    building = curve.seconds
    highs.setOptionValue("threads", task.workers)
    highs.setOptionValue("random_seed", task.seed)
    highs.setOptionValue("time_limit", max(0.0, task.limit - building))
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.0)

    def note(event: Any) -> None:
        curve.note(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)

    highs.cbMipImprovingSolution += note
    highs.cbMipLogging += note
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        curve.note(None, info.mip_dual_bound)
        return None, building
    optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    curve.note(info.objective_function_value, info.mip_dual_bound, proven=optimal)
    return np.array(highs.getSolution().col_value), building


if __name__ == "__main__":
    run(solve)
