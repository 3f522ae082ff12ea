"""The whole model at once, by CP-SAT: best where it is small, or where only coverage counts."""

from __future__ import annotations

from dataclasses import dataclass

from poolmatch.errors import InternalError
from poolmatch.solving.backends.cpsat import Listener, Search, Settings
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task


@dataclass(frozen=True)
class WholeParams:
    """How the whole model is searched.

    Attributes
    ----------
    steady
        Up to so many candidates one worker finds what is returned, so that every run ends the same that time does not
        cut short;
    help_after
        after so many seconds the others help to prove it.
    """

    steady: int = 1500
    help_after: float = 0.5


class WholeModel:
    """Searches all columns of a task.

    Parameters
    ----------
    resources
        What it works with; an executor is of no use to it.
    params
        Up to which size it is searched so that every run ends the same.
    """

    def __init__(self, resources: Resources, params: WholeParams) -> None:
        self._resources, self._params = resources, params

    def settings(self, candidates: int) -> Settings:
        """Return how a model of so many candidates is searched."""
        res = self._resources
        steady, help_after = candidates <= self._params.steady, self._params.help_after
        return Settings(res.workers, res.seed, res.deterministic, steady=steady, help_after=help_after)

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Search; see `poolmatch.solving.strategy.Strategy`.

        Raises
        ------
        InternalError
            The solver claims that there is no roster, though there always is one.
        """
        search = Search(task.system, self.settings(task.count))
        search.hint(incumbent.best.values if incumbent.found else task.hint)
        listener = Listener(incumbent.raise_bound, incumbent.offer)
        answer = search.minimise(task.objective, budget.left, budget.stop, listener)
        budget.spend(answer.spent)
        if answer.infeasible:
            raise self._refuted(search, task.objective, budget)
        if answer.values is not None:
            incumbent.offer(answer.values)
        if answer.bound is not None:
            incumbent.raise_bound(answer.bound)
        return Outcome.EXHAUSTED if incumbent.proven else Outcome.TIME_UP

    def _refuted(self, search: Search, objective: Objective, budget: Budget) -> InternalError:
        """Return the error: there is a roster, the one that the task begins with.

        The solver is asked again without presolve, which has been at fault before (google/or-tools#5274).
        """
        again = search.minimise(objective, max(1.0, budget.left), budget.stop, presolve=False)
        verdict = "confirms" if again.infeasible else "refutes"
        return InternalError(
            f"the solver claims that {objective.name} has no roster, though there always is one; "
            f"a search without presolve {verdict} it\n{search.proto}"
        )
