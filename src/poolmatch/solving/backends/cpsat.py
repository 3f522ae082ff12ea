"""From blocks to CP-SAT, and one search."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import SatParameters

from poolmatch.arrays import Ints
from poolmatch.errors import InternalError
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop


@dataclass(frozen=True)
class Settings:
    """How to search.

    Attributes
    ----------
    workers
        Threads.
    seed
        Seed of the search.
    deterministic
        Same answer on every run: one worker, and limits in deterministic units instead of seconds.
    brief
        For parts of a model, that are searched in a fraction of a second: presolve goes over them once, without
        probing or looking for symmetries, which took two thirds of the time.
    steady
        For whole models of small problems: one worker finds what is returned, the same on every run that is not cut
        short by time; the others only prove that it is the best.
    proving
        Whether the search is there for its bound, beside one that finds rosters.
    help_after
        Seconds that a steady search goes on by itself before others help to prove what it finds.
    """

    workers: int
    seed: int
    deterministic: bool
    brief: bool = False
    steady: bool = False
    proving: bool = False
    help_after: float = 0.5


@dataclass(frozen=True)
class Answer:
    """What one search found.

    Attributes
    ----------
    values
        Value of every column, None when nothing was found.
    bound
        Proven lower bound of the objective, constant included; None when nothing was found either.
    infeasible
        Whether the search claims that there is no solution.
    spent
        Deterministic units that the search took.
    """

    values: Ints | None
    bound: int | None
    infeasible: bool
    spent: float = 0.0


@dataclass(frozen=True)
class Listener:
    """Who hears of a search while it goes on, on a thread of the solver.

    Attributes
    ----------
    on_bound
        Called with each better bound, constant included.
    on_roster
        Called with the values of all columns of each better roster.
    """

    on_bound: Callable[[int], object] | None = None
    on_roster: Callable[[Ints], object] | None = None


NOBODY = Listener()


class Search:
    """A CP-SAT model of a system of blocks, searched once per objective.

    Parameters
    ----------
    system
        What the rules wrote.
    settings
        How to search.
    """

    def __init__(self, system: System, settings: Settings) -> None:
        self._settings = settings
        self._model = cp_model.CpModel()
        self.proto = self._model.proto
        lower, upper = system.bounds
        for low, high in zip(lower.tolist(), upper.tolist(), strict=True):
            self.proto.variables.add().domain.extend((low, high))
        row, column, factor = system.matrix
        low_bounds, high_bounds = system.row_bounds
        edges = np.searchsorted(row, np.arange(len(high_bounds) + 1)).tolist()
        columns, factors = column.tolist(), factor.tolist()
        for place, (low, high) in enumerate(zip(low_bounds.tolist(), high_bounds.tolist(), strict=True)):
            part = slice(edges[place], edges[place + 1])
            self._add_row(columns[part], factors[part], low, high)
        group, member = system.groups
        count = int(group[-1]) + 1 if len(group) else 0
        edges, members = np.searchsorted(group, np.arange(count + 1)).tolist(), member.tolist()
        for first, last in pairwise(edges):
            if last > first:
                self.proto.constraints.add().at_most_one.literals.extend(members[first:last])

    def _add_row(self, columns: list[int], factors: list[int], low: int, high: int) -> None:
        linear = self.proto.constraints.add().linear
        linear.vars.extend(columns)
        linear.coeffs.extend(factors)
        linear.domain.extend((-(2**63) if low <= -UNBOUNDED else low, 2**63 - 1 if high >= UNBOUNDED else high))

    def keep(self, objective: Objective, value: int | None) -> Ceiling:
        """Keep an objective at a value, constant included, or better, while others improve; None is no limit yet."""
        self._add_row(objective.column.tolist(), objective.weight.tolist(), -UNBOUNDED, UNBOUNDED)
        ceiling = Ceiling(self, len(self.proto.constraints) - 1, objective)
        ceiling.set(value)
        return ceiling

    def bound(self, columns: Ints, most: Ints) -> None:
        """Let columns be no larger than so much from now on."""
        for column, high in zip(columns.tolist(), most.tolist(), strict=True):
            self.proto.variables[column].domain[1] = high

    def hint(self, values: Ints) -> None:
        """Suggest values, for the first columns or for all."""
        self.proto.clear_solution_hint()
        self.proto.solution_hint.vars.extend(range(len(values)))
        self.proto.solution_hint.values.extend(values.tolist())

    def minimise(
        self,
        objective: Objective | None,
        limit: float,
        stop: Stop,
        listener: Listener = NOBODY,
        *,
        presolve: bool = True,
        at_most: int | None = None,
    ) -> Answer:
        """Search for the least value of a tier.

        Parameters
        ----------
        objective
            What to minimise; None is any solution.
        limit
            Seconds, or deterministic units; less than 0 is none, as is left when building the model took too long.
        stop
            Asked every few hundredths of a second.
        listener
            Hears of bounds, and of rosters of the search that counts, while it goes on.
        presolve
            Whether the model is simplified first.
        at_most
            Only look for values up to this one, constant included.

        Raises
        ------
        InternalError
            The solver refuses the model.
        """
        self.proto.clear_objective()
        constant, unit = 0, 1
        if objective is not None:
            constant, unit = objective.constant, objective.unit
            self.proto.objective.vars.extend(objective.column.tolist())
            self.proto.objective.coeffs.extend(objective.weight.tolist())
            if at_most is not None:
                self.proto.objective.domain.extend((-(2**62), (at_most - constant) // unit))

        def tell(bound: int) -> None:
            if listener.on_bound is not None:
                listener.on_bound(constant + unit * bound)

        def run(settings: Settings, seconds: float, on_roster: Callable[[Ints], object] | None) -> _Running:
            solver = cp_model.CpSolver()
            self._configure(solver.parameters, seconds, presolve, settings)
            return _Running(self._model, solver, _Watch(tell, on_roster))

        one, others = self._roles()
        until = time.monotonic() + limit
        help_from = time.monotonic() + self._settings.help_after
        first = run(one, limit, listener.on_roster)
        helper: _Running | None = None
        over = False
        try:
            while not over:
                alone = helper is None and others is not None
                over = first.over(min(POLL_SECONDS, max(0.0, help_from - time.monotonic())) if alone else POLL_SECONDS)
                if not over and others is not None and helper is None and help_from <= time.monotonic() < until:
                    helper = run(others, until - time.monotonic(), None)  # its rosters differ from run to run
                settled = objective is not None and helper is not None and helper.settles(first)
                if stop.asked() or settled:
                    first.solver.stop_search()
        finally:  # also when something fails here, nothing goes on searching
            first.end()
            if helper is not None:
                helper.end()
        answer = self._answer(first, constant, unit)
        if helper is None:
            return answer
        bounds = [constant + unit * bound for bound in helper.watch.bounds]
        return _both(answer, self._answer(helper, constant, unit), bounds, objective)

    def _roles(self) -> tuple[Settings, Settings | None]:
        """Return how the search is done whose roster counts, and how the others help it, if there are any."""
        settings = self._settings
        if not settings.steady or settings.deterministic or settings.workers == 1:
            return settings, None
        return replace(settings, workers=1), replace(settings, workers=settings.workers - 1, proving=True)

    def _answer(self, running: _Running, constant: int, unit: int) -> Answer:
        status, response = running.status, running.solver.response_proto
        if status == cp_model.MODEL_INVALID:
            raise InternalError(f"the solver refuses the model: {self._model.validate()[:500]}")
        if status == cp_model.INFEASIBLE:
            return Answer(None, None, True, response.deterministic_time)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        if not found:  # its response says 0 for a bound that nobody looked for
            return Answer(None, None, False, response.deterministic_time)
        bound = constant + unit * int(response.inner_objective_lower_bound)
        return Answer(np.array(response.solution, np.int64), bound, False, response.deterministic_time)

    @staticmethod
    def _configure(parameters: SatParameters, limit: float, presolve: bool, settings: Settings) -> None:
        parameters.catch_sigint_signal = False
        parameters.cp_model_presolve = presolve
        parameters.presolve_inclusion_work_limit = 0  # google/or-tools#5293: a certified wrong optimum otherwise
        parameters.random_seed = settings.seed % 2**31
        parameters.linearization_level = 2
        parameters.num_workers = 1 if settings.deterministic else settings.workers
        if settings.brief:
            parameters.max_presolve_iterations = 1
            parameters.cp_model_probing_level = 0
            parameters.symmetry_level = 0
        if parameters.num_workers == 2:
            parameters.subsolvers.extend(["max_lp", "reduced_costs"])
        if settings.proving and settings.workers == 1:
            parameters.optimize_with_lb_tree_search = True
        limit = max(0.0, limit)  # the solver takes less for an error
        if settings.deterministic:
            parameters.max_deterministic_time = limit
        else:
            parameters.max_time_in_seconds = limit


class Ceiling:
    """A limit on an objective that can be moved between searches."""

    def __init__(self, search: Search, row: int, objective: Objective) -> None:
        self._search, self._row, self._objective = search, row, objective

    def set(self, value: int | None) -> None:
        """Allow this value, constant included, and no more; None is no limit."""
        most = 2**63 - 1 if value is None else (value - self._objective.constant) // self._objective.unit
        self._search.proto.constraints[self._row].linear.domain[1] = most


def _both(answer: Answer, other: Answer, bounds: list[int], objective: Objective | None) -> Answer:
    """Return what a search and its helper have come to: the roster of the search, but where time was up before it.

    Parameters
    ----------
    answer, other
        Of the search, and of its helper.
    bounds
        Those that the helper has proven on its way.
    objective
        What was minimised.
    """
    if answer.infeasible or other.infeasible:
        return replace(answer, values=None, bound=None, infeasible=True)
    worths = [
        None if item.values is None else 0 if objective is None else objective.value(item.values)
        for item in (answer, other)
    ]
    late = worths[1] is not None and (worths[0] is None or worths[1] < worths[0])
    best = other if late else answer
    known = [bound for bound in (answer.bound, other.bound, *bounds) if bound is not None]
    return answer if best.values is None else replace(best, bound=max(known))


class _Running:
    """A search on a thread of its own."""

    def __init__(self, model: cp_model.CpModel, solver: cp_model.CpSolver, watch: _Watch) -> None:
        self.solver, self.watch = solver, watch
        solver.best_bound_callback = self.watch.bound_found
        self._status: list[cp_model.CpSolverStatus] = []
        self._failure: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=[model], name="cp-sat")
        self._thread.start()

    def _run(self, model: cp_model.CpModel) -> None:
        try:
            self._status.append(self.solver.solve(model, self.watch))
        except BaseException as error:
            self._failure.append(error)

    def over(self, seconds: float) -> bool:
        """Wait for the end, so long at most; tell whether it is over."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def end(self) -> None:
        """Stop it."""
        while self._thread.is_alive():
            self.solver.stop_search()  # again and again: before the search has begun it is lost
            self._thread.join(POLL_SECONDS)

    @property
    def status(self) -> cp_model.CpSolverStatus:
        """How it ended.

        Raises
        ------
        InternalError
            The solver failed.
        """
        if self._failure:
            raise InternalError("the solver failed") from self._failure[0]
        return self._status[0]

    def settles(self, other: _Running) -> bool:
        """Tell whether this search has shown that the other is at its end: nothing is better, or there is nothing."""
        if cp_model.INFEASIBLE in self._status:
            return True
        news = other.watch.news()
        return news is not None and any(news[0] <= bound for bound in self.watch.bounds)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Remembers the latest value and bound; called on the solver's threads, read on the waiting one."""

    def __init__(self, on_bound: Callable[[int], None], on_roster: Callable[[Ints], object] | None) -> None:
        super().__init__()
        self._on_bound, self._on_roster = on_bound, on_roster
        self._lock = threading.Lock()
        self._value: int | None = None
        self._bound: int | None = None

    def on_solution_callback(self) -> None:
        value, bound = round(self.objective_value), int(np.ceil(self.best_objective_bound - 1e-6))
        with self._lock:
            self._value = value
            self._bound = bound if self._bound is None else max(self._bound, bound)
        if self._on_roster is not None:
            self._on_roster(np.array(self.response_proto.solution, np.int64))

    def bound_found(self, bound: float) -> None:
        if abs(bound) >= 2**53:
            return  # not looked for yet
        better = int(np.ceil(bound - 1e-6))
        with self._lock:
            self._bound = better if self._bound is None else max(self._bound, better)
        self._on_bound(better)

    @property
    def bounds(self) -> list[int]:
        """The best bound so far, or nothing when there is none yet."""
        with self._lock:
            return [] if self._bound is None else [self._bound]

    def news(self) -> tuple[int, int] | None:
        """Return the latest value and bound, or nothing when there is no value yet."""
        with self._lock:
            return None if self._value is None or self._bound is None else (self._value, self._bound)
