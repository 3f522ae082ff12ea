"""A peer: SCIP as it comes, on the model that poolmatch builds: ``python -m benchmarks.contenders.peers.scip``.

Only the seed and the time limit are set. SCIP searches with one thread.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyscipopt as scip  # type: ignore[import-not-found]  # in an environment of its own
from benchmarks.contenders.peers.exchange import Curve, Model, Task, run
from numpy.typing import NDArray


class Watcher(scip.Eventhdlr):  # type: ignore[misc]
    """Notes each better solution and each better bound."""

    EVENTS = scip.SCIP_EVENTTYPE.BESTSOLFOUND | scip.SCIP_EVENTTYPE.DUALBOUNDIMPROVED

    def __init__(self, curve: Curve) -> None:
        self._curve = curve

    def eventinit(self) -> None:
        self.model.catchEvent(self.EVENTS, self)

    def eventexit(self) -> None:
        self.model.dropEvent(self.EVENTS, self)

    def eventexec(self, event: Any) -> None:
        del event  # what it was does not matter
        self._curve.note(self.model.getPrimalbound(), self.model.getDualbound())


def built(model: Model) -> tuple[Any, list[Any]]:
    """Return the model as SCIP takes it, and its variables."""
    result = scip.Model()
    result.hideOutput()
    variables = [
        result.addVar(vtype="I", lb=low, ub=high, obj=weight)
        for low, high, weight in zip(model.lower.tolist(), model.upper.tolist(), model.cost.tolist(), strict=True)
    ]
    (row, column, factor), (low, high) = model.as_rows()
    edges = np.searchsorted(row, np.arange(len(low) + 1)).tolist()
    columns, factors = column.tolist(), factor.tolist()
    for place, (least, most) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        part = range(edges[place], edges[place + 1])
        total = scip.quicksum(factors[entry] * variables[columns[entry]] for entry in part)
        result.addCons(scip.ExprCons(total, least if least > -np.inf else None, most if most < np.inf else None))
    return result, variables


def solve(task: Task, curve: Curve) -> tuple[NDArray[Any] | None, float]:
    """Build and solve."""
    model, variables = built(task.model)
    building = curve.seconds
    model.setParam("randomization/randomseedshift", task.seed)
    model.setParam("limits/time", max(0.0, task.limit - building))
    model.includeEventhdlr(Watcher(curve), "watcher", "writes the curve")
    model.optimize()
    found = model.getNSols() > 0
    optimal = found and model.getStatus() == "optimal"
    curve.note(model.getPrimalbound() if found else None, model.getDualbound(), proven=optimal)
    return np.array([model.getVal(item) for item in variables]) if found else None, building


if __name__ == "__main__":
    run(solve)
