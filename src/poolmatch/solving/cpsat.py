"""From blocks to CP-SAT, and one search."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import SatParameters

from poolmatch.arrays import Ints
from poolmatch.errors import InternalError
from poolmatch.solving.blocks import UNBOUNDED, Objective, System
from poolmatch.solving.stopping import POLL_SECONDS, Stop


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
    """

    workers: int
    seed: int
    deterministic: bool
    brief: bool = False


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
        on_improvement: Callable[[int, int], None] | None = None,
        presolve: bool = True,
        *,
        at_most: int | None = None,
        on_bound: Callable[[int], None] | None = None,
    ) -> Answer:
        """Search for the least value of a tier.

        Parameters
        ----------
        objective
            What to minimise; None is any solution.
        limit
            Seconds, or deterministic units.
        stop
            Asked every few hundredths of a second.
        on_improvement
            Called with value and bound, constant included, whenever either has improved.
        presolve
            Whether the model is simplified first.
        at_most
            Only look for values up to this one, constant included.
        on_bound
            Called on a thread of the solver with each better bound, constant included.

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
        solver = cp_model.CpSolver()
        self._configure(solver.parameters, limit, presolve, self._settings)
        watch = _Watch(None if on_bound is None else lambda bound: on_bound(constant + unit * bound))
        solver.best_bound_callback = watch.bound_found
        status: list[object] = []
        failure: list[BaseException] = []

        def run() -> None:
            try:
                status.append(solver.solve(self._model, watch))
            except BaseException as error:
                failure.append(error)

        thread = threading.Thread(target=run, name="cp-sat")
        thread.start()
        told: tuple[int, int] | None = None
        try:
            while thread.is_alive():
                thread.join(POLL_SECONDS)
                if stop.asked():
                    solver.stop_search()
                news = watch.news()
                if on_improvement and objective is not None and news is not None and news != told:
                    told = news
                    on_improvement(news[0] * unit + constant, news[1] * unit + constant)
        finally:  # also when something fails here, nothing goes on searching
            while thread.is_alive():
                solver.stop_search()  # again and again: before the search has begun it is lost
                thread.join(POLL_SECONDS)
        if failure:
            raise InternalError("the solver failed") from failure[0]
        return self._answer(solver, status[0], constant, unit)

    def _answer(self, solver: cp_model.CpSolver, status: object, constant: int, unit: int) -> Answer:
        response = solver.response_proto
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


class _Watch(cp_model.CpSolverSolutionCallback):
    """Remembers the latest value and bound; called on the solver's threads, read on the waiting one."""

    def __init__(self, on_bound: Callable[[int], None] | None) -> None:
        super().__init__()
        self._on_bound = on_bound
        self._lock = threading.Lock()
        self._value: int | None = None
        self._bound: int | None = None

    def on_solution_callback(self) -> None:
        value, bound = round(self.objective_value), int(np.ceil(self.best_objective_bound - 1e-6))
        with self._lock:
            self._value = value
            self._bound = bound if self._bound is None else max(self._bound, bound)

    def bound_found(self, bound: float) -> None:
        with self._lock:
            better = int(np.ceil(bound - 1e-6))
            self._bound = better if self._bound is None else max(self._bound, better)
        if self._on_bound is not None and abs(bound) < 2**53:
            self._on_bound(better)

    def news(self) -> tuple[int, int] | None:
        """Return the latest value and bound, or nothing when there is no value yet."""
        with self._lock:
            return None if self._value is None or self._bound is None else (self._value, self._bound)
