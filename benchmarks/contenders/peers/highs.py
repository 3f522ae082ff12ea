"""A peer: HiGHS as it comes, on the model that poolmatch builds: ``python -m benchmarks.contenders.peers.highs``.

Only the number of threads, the seed, the time limit, the gap at which to stop and the last solution to start from are
set.
"""

from __future__ import annotations

from typing import Any

import highspy  # type: ignore[import-not-found]  # never in the environment of poolmatch: it cannot live beside ortools
import numpy as np
from benchmarks.contenders.peers.exchange import Ints, Maker, Model, Note, Objective, Task, run
from numpy.typing import NDArray


def built(model: Model) -> Any:
    """Return the model as HiGHS takes it, column by column, without an objective."""
    (row, column, factor), (low, high) = model.as_rows()
    order = np.lexsort((row, column))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.lower), len(low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(len(model.lower)), model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.searchsorted(column[order], np.arange(len(model.lower) + 1))
    lp.a_matrix_.index_ = row[order]
    lp.a_matrix_.value_ = factor[order].astype(float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(model.lower)
    return lp


class Highs:
    """HiGHS with a model in it."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        if self._highs.passModel(built(task.model)) != highspy.HighsStatus.kOk:
            raise RuntimeError("HiGHS does not take the model as it is")
        self._highs.setOptionValue("threads", task.workers)
        self._highs.setOptionValue("random_seed", task.seed)
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        self._highs.setOptionValue("mip_abs_gap", 0.0)
        self._note: Note = lambda *_: None
        self._highs.cbMipImprovingSolution += self._heard
        self._highs.cbMipLogging += self._heard

    def _heard(self, event: Any) -> None:
        self._note(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)

    def minimise(self, objective: Objective, start: Ints | None, note: Note) -> NDArray[Any] | None:
        """Minimise an objective; see `exchange.Peer`."""
        highs, width = self._highs, len(self._task.model.lower)
        highs.changeColsCost(width, np.arange(width, dtype=np.int32), self._task.model.cost(objective).astype(float))
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.astype(float).tolist()
            highs.setSolution(solution)
        highs.setOptionValue("time_limit", self._task.seconds)  # of this run alone
        self._note = note
        highs.run()
        info = highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            note(None, info.mip_dual_bound)
            return None
        optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        note(info.objective_function_value, info.mip_dual_bound, proven=optimal)
        return np.array(highs.getSolution().col_value)

    def keep(self, objective: Objective, most: int) -> None:
        """Add a row; see `exchange.Peer`."""
        index, weight = objective.column.astype(np.int32), objective.weight.astype(float)
        self._highs.addRow(-highspy.kHighsInf, float(most), len(index), index, weight)


PEER = Maker(Highs)

if __name__ == "__main__":
    run(PEER)
