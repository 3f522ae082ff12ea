"""A peer: SCIP as it comes, on the model that poolmatch builds: ``python -m benchmarks.contenders.peers.scip``.

Only the seed, the time limit and the last solution to start from are set. SCIP searches with one thread.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyscipopt as scip  # type: ignore[import-not-found]  # in an environment of its own
from benchmarks.contenders.peers.exchange import Ints, Maker, Model, Note, Objective, Task, run
from numpy.typing import NDArray


class Watcher(scip.Eventhdlr):  # type: ignore[misc]
    """Notes each better solution and each better bound."""

    EVENTS = scip.SCIP_EVENTTYPE.BESTSOLFOUND | scip.SCIP_EVENTTYPE.DUALBOUNDIMPROVED

    def __init__(self) -> None:
        self.note: Note = lambda *_: None

    def eventinit(self) -> None:
        self.model.catchEvent(self.EVENTS, self)

    def eventexit(self) -> None:
        self.model.dropEvent(self.EVENTS, self)

    def eventexec(self, event: Any) -> None:
        del event  # what it was does not matter
        self.note(self.model.getPrimalbound(), self.model.getDualbound())


def built(model: Model) -> tuple[Any, list[Any]]:
    """Return the model as SCIP takes it, without an objective, and its variables."""
    result = scip.Model()
    result.hideOutput()
    variables = [
        result.addVar(vtype="I", lb=low, ub=high)
        for low, high in zip(model.lower.tolist(), model.upper.tolist(), strict=True)
    ]
    (row, column, factor), (low, high) = model.as_rows()
    edges = np.searchsorted(row, np.arange(len(low) + 1)).tolist()
    columns, factors = column.tolist(), factor.tolist()
    for place, (least, most) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        part = range(edges[place], edges[place + 1])
        total = scip.quicksum(factors[entry] * variables[columns[entry]] for entry in part)
        result.addCons(scip.ExprCons(total, least if least > -np.inf else None, most if most < np.inf else None))
    return result, variables


class Scip:
    """SCIP with a model in it."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._model, self._variables = built(task.model)
        self._model.setParam("randomization/randomseedshift", task.seed)
        self._watcher = Watcher()
        self._model.includeEventhdlr(self._watcher, "watcher", "writes the curve")

    def _sum(self, objective: Objective) -> Any:
        pairs = zip(objective.weight.tolist(), objective.column.tolist(), strict=True)
        return scip.quicksum(weight * self._variables[column] for weight, column in pairs)

    def minimise(self, objective: Objective, start: Ints | None, note: Note) -> NDArray[Any] | None:
        """Minimise an objective; see `exchange.Peer`."""
        model = self._model
        model.freeTransform()
        model.setObjective(self._sum(objective), "minimize")
        if start is not None:
            known = model.createSol()
            for variable, value in zip(self._variables, start.tolist(), strict=True):
                model.setSolVal(known, variable, value)
            model.addSol(known)
        model.setParam("limits/time", self._task.seconds)
        self._watcher.note = note
        model.optimize()
        found = model.getNSols() > 0
        note(
            model.getPrimalbound() if found else None,
            model.getDualbound(),
            proven=found and model.getStatus() == "optimal",
        )
        return np.array([model.getVal(item) for item in self._variables]) if found else None

    def keep(self, objective: Objective, most: int) -> None:
        """Add a row; see `exchange.Peer`."""
        self._model.freeTransform()
        self._model.addCons(self._sum(objective) <= most)


PEER = Maker(Scip)

if __name__ == "__main__":
    run(PEER)
