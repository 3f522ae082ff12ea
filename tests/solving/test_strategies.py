"""What every strategy promises: it makes no roster worse, and no bound is above the optimum, found by enumeration."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from tests.rings import enough, seeds
from tests.solving.known_tasks import Known, known
from tests.solving.systems import keeps, system_of

from poolmatch.errors import InternalError
from poolmatch.solving.column_generation.params import ColumnGenerationParams
from poolmatch.solving.column_generation.search import ColumnGeneration
from poolmatch.solving.decomposition.components import Decomposed
from poolmatch.solving.decomposition.regional_search import RegionalSearch
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.params import ComponentParams, Params, PortfolioParams, RegionalParams
from poolmatch.solving.portfolio import Portfolio
from poolmatch.solving.relaxation_led import RelaxationLed
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.mixed_integer import MixedInteger, MixedIntegerParams
from poolmatch.solving.search.neighbourhood_search import NeighbourhoodParams, NeighbourhoodSearch
from poolmatch.solving.search.pieces import PieceParams
from poolmatch.solving.search.proof import Proof, ProofParams
from poolmatch.solving.search.root import Root, RootParams
from poolmatch.solving.search.whole import WholeModel, WholeParams
from poolmatch.solving.side_by_side import SideBySide
from poolmatch.solving.strategy import Outcome, Resources, Strategy, Workers
from poolmatch.solving.task import Task

PARAMS = Params(
    portfolio=PortfolioParams(direct=5),
    neighbourhoods=NeighbourhoodParams(seconds=0.1, patience=6),
    components=ComponentParams(pack=1),
    regional=RegionalParams(piece=5, seconds=0.2),
)
"""Most problems are too large to be searched whole, and none of their parts is too small."""
LARGE = replace(PARAMS, portfolio=PortfolioParams(direct=-1), mixed_integer=MixedIntegerParams(after=0.0))
"""All of them are, and HiGHS begins at once."""


@dataclass(frozen=True)
class Kind:
    """A strategy to be tried.

    Attributes
    ----------
    made
        Makes it.
    goes_on
        Whether it begins with a roster that is there already.
    proves
        Whether it proves small problems.
    seconds
        How long it may take.
    """

    made: Callable[[Resources], Strategy]
    goes_on: bool = False
    proves: bool = True
    seconds: float = 30.0


def root(resources: Resources) -> Root:
    return Root(resources, PARAMS.root, PieceParams())


def neighbourhoods(resources: Resources) -> NeighbourhoodSearch:
    return NeighbourhoodSearch(resources, Workers(resources.workers), PARAMS.neighbourhoods)


KINDS = {
    "whole": Kind(lambda resources: WholeModel(resources, WholeParams())),
    "whole, unsteady": Kind(lambda resources: WholeModel(resources, WholeParams(steady=-1))),
    "root": Kind(root, proves=False),
    "proof": Kind(lambda resources: Proof(resources, ProofParams()), goes_on=True),
    "neighbourhoods": Kind(neighbourhoods, goes_on=True, proves=False, seconds=0.5),
    "schedules": Kind(lambda res: ColumnGeneration(res, ColumnGenerationParams()), goes_on=True, proves=False),
    "led": Kind(lambda resources: RelaxationLed(resources, PARAMS)),
    "HiGHS": Kind(lambda _: MixedInteger(MixedIntegerParams(after=0.0)), goes_on=True, proves=False),
    "side by side": Kind(lambda resources: Portfolio(resources, LARGE)),
    "decomposed": Kind(lambda resources: Decomposed(Portfolio(resources, PARAMS), resources, PARAMS)),
    "regional": Kind(lambda resources: RegionalSearch(resources, PARAMS), proves=False, seconds=0.7),
    "portfolio": Kind(lambda resources: Portfolio(resources, PARAMS)),
}


class Watch:
    """Hears of each change of an incumbent, and keeps what is wrong with it: on other threads an error may get lost."""

    def __init__(self, known: Known, incumbent: Incumbent) -> None:
        self._known, self._incumbent, self._lock = known, incumbent, threading.Lock()
        self._value, self._bound = incumbent.value, incumbent.bound
        self.wrong: list[str] = []
        self.rosters = 0
        """How many better rosters there were."""
        incumbent.listen(self._changed)

    def _changed(self) -> None:
        with self._lock:
            bound, value, optimum = self._incumbent.bound, self._incumbent.value, self._known.optimum
            if not self._bound <= bound <= optimum <= value <= self._value:
                self.wrong.append(f"{self._bound} <= {bound} <= {optimum} <= {value} <= {self._value}")
            if value < self._value:
                self.rosters += 1
                if not keeps(self._known.task.system, self._incumbent.best.values):
                    self.wrong.append(f"a roster worth {value} breaks a row or a group")
            self._value, self._bound = value, bound

    def check(self) -> None:
        """Hold the best roster against the judge as well."""
        known, incumbent = self._known, self._incumbent
        assert self.wrong == []
        if not incumbent.found:
            return
        report = known.prepared.judged(incumbent.best.values)
        assert report.legal
        assert known.optimum <= known.worth(report) <= incumbent.value
        assert incumbent.value <= known.start


def begin(kind: Kind, known: Known, resources: Resources) -> Incumbent:
    """Return the incumbent that a strategy begins with, in half of the cases with what the root has come to."""
    incumbent = known.begun() if kind.goes_on else Incumbent(known.task.objective, known.task.guide)
    if kind is KINDS["schedules"] or (kind.goes_on and resources.seed % 4 < 2):
        Root(resources, RootParams(starts=False), PieceParams()).run(known.task, incumbent, Budget(30.0))
    return incumbent


# --- the contract --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", KINDS)
def test_a_strategy_makes_no_roster_worse_and_no_bound_too_high(name: str, workers: int) -> None:
    kind, better = KINDS[name], 0
    for seed in seeds(12):
        known_, resources = known(seed), Resources(workers, seed)
        incumbent = begin(kind, known_, resources)
        if name == "schedules" and not ColumnGeneration.suits(known_.task, incumbent):
            continue
        watch, budget = Watch(known_, incumbent), Budget(kind.seconds)
        outcome = kind.made(resources).run(known_.task, incumbent, budget)
        watch.check()
        assert incumbent.found, seed
        assert outcome is Outcome.EXHAUSTED or budget.over, seed
        if kind.proves:
            assert outcome is Outcome.EXHAUSTED, seed
            assert incumbent.value == incumbent.bound == known_.optimum, seed
        better += incumbent.value < known_.start
    assert better >= enough(5)


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize("name", KINDS)
def test_without_time_a_strategy_ends_at_once_and_claims_nothing(name: str, stopped: bool) -> None:
    for seed in seeds(3):
        known_, resources = known(seed), Resources(2, seed)
        incumbent = begin(KINDS[name], known_, resources)
        if name == "schedules" and not ColumnGeneration.suits(known_.task, incumbent):
            continue
        watch = Watch(known_, incumbent)
        budget = Budget(600.0).unless(lambda: True) if stopped else Budget(0.0)
        outcome = KINDS[name].made(resources).run(known_.task, incumbent, budget)
        watch.check()
        assert outcome is Outcome.TIME_UP or incumbent.proven, (name, seed)
        assert budget.gone < 20


def test_strategies_may_work_beside_one_another() -> None:
    """All at once on one incumbent, and each of them twice."""
    for seed in seeds(3):
        known_, resources = known(seed), Resources(2, seed)
        incumbent = begin(KINDS["proof"], known_, resources)
        watch = Watch(known_, incumbent)

        def run(name: str, known_: Known = known_, incumbent: Incumbent = incumbent) -> None:
            strategy = KINDS[name].made(Resources(1))
            for _ in range(2):
                strategy.run(known_.task, incumbent, Budget(2.0))

        names = [name for name in KINDS if name != "schedules" or ColumnGeneration.suits(known_.task, incumbent)]
        with ThreadPoolExecutor(len(names)) as pool:
            list(pool.map(run, names))
        watch.check()
        assert incumbent.value == incumbent.bound == known_.optimum, seed


def test_a_strategy_that_is_run_again_goes_on_from_what_there_is() -> None:
    """What has been found and proven stays, whoever goes on."""
    for seed in seeds(3):
        known_ = known(seed)
        incumbent = known_.begun()
        watch = Watch(known_, incumbent)
        for name in ("root", "neighbourhoods", "proof", "neighbourhoods", "root", "whole"):
            before = incumbent.value, incumbent.bound
            KINDS[name].made(Resources(1, seed)).run(known_.task, incumbent, Budget(2.0))
            assert incumbent.value <= before[0]
            assert incumbent.bound >= before[1]
        watch.check()
        assert incumbent.proven


# --- each by itself ------------------------------------------------------------------------------------------


def test_a_solver_that_denies_every_roster_is_wrong() -> None:
    """There always is a roster: here there is none, for the test."""
    system = system_of([0], [1], [(0, 0, 2)], [1], [1], [])
    known_ = known(0)
    goal = Objective(1, 1, np.array([0]), np.array([1]), 0)
    task = Task(known_.task.features.take(np.zeros(1, np.int64)), system, goal, goal, np.zeros(1, np.int64))
    with pytest.raises(InternalError, match="a search without presolve confirms it"):
        WholeModel(Resources(1), WholeParams()).run(task, Incumbent(goal, goal), Budget(10.0))


def test_too_many_candidates_are_not_proven() -> None:
    known_ = known(1)
    incumbent = known_.begun()
    few = Proof(Resources(1), ProofParams(most=known_.task.count - 1))
    assert few.run(known_.task, incumbent, Budget(30.0)) is Outcome.EXHAUSTED
    assert incumbent.value == known_.start
    enough_ = Proof(Resources(1), ProofParams(most=known_.task.count))
    enough_.run(known_.task, incumbent, Budget(30.0))
    assert incumbent.proven


def test_units_are_spent_and_runs_repeat_where_they_should() -> None:
    for seed in seeds(3):
        known_, ends = known(seed), list[tuple[list[int], float]]()
        for _ in range(2):
            incumbent, budget = Incumbent(known_.task.objective, known_.task.guide), Budget(20.0, deterministic=True)
            Portfolio(Resources(2, seed, deterministic=True), PARAMS).run(known_.task, incumbent, budget)
            ends.append((incumbent.best.values.tolist(), budget.left))
            assert incumbent.proven
            assert budget.left < 20.0
        assert ends[0] == ends[1], seed


@pytest.mark.parametrize("part", [0.5, 0.2])
def test_with_one_worker_schedules_leave_time_to_others(part: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock that stands still."""
    system = system_of([0] * 2, [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    goal = Objective(5, 1, np.arange(2), np.array([-4, -3]), 0)
    features = known(0).task.features.take(np.arange(2))
    left: list[float] = []

    def run(_: ColumnGeneration, __: Task, ___: Incumbent, budget: Budget) -> Outcome:
        left.append(budget.left)
        return Outcome.EXHAUSTED

    monkeypatch.setattr(ColumnGeneration, "run", run)
    params = replace(PARAMS, portfolio=PortfolioParams(alone=part), root=RootParams(starts=False))
    incumbent = Incumbent(goal, goal)
    task = Task(features, system, goal, goal, np.array([0, 1]))
    RelaxationLed(Resources(1), params).run(task, incumbent, Budget(100.0, clock=lambda: 7.0))
    assert incumbent.value == incumbent.bound == -4
    assert left == [part * 100.0]


def test_the_portfolio_chooses_by_what_the_task_is() -> None:
    known_ = known(1)
    whole = replace(known_.task, part_of=None)
    halves = replace(known_.task, part_of=np.arange(known_.task.width) % 2)
    count = whole.count

    def choice(task: Task, deterministic: bool = False, workers: int = 2, **limits: Any) -> type[Strategy]:
        resources = Resources(workers, deterministic=deterministic)
        return type(Portfolio(resources, Params(portfolio=PortfolioParams(**limits))).choice(task))

    assert choice(whole) is WholeModel
    assert choice(whole, direct=count) is WholeModel
    assert choice(whole, direct=count - 1) is SideBySide
    assert choice(whole, direct=-1, large=count) is SideBySide
    assert choice(whole, workers=1, direct=-1) is RelaxationLed
    assert choice(whole, direct=-1, large=count - 1) is RegionalSearch
    assert choice(halves) is Decomposed
    assert choice(replace(halves, part_of=np.zeros(whole.width, np.int64))) is WholeModel
    assert choice(halves, deterministic=True) is WholeModel
    assert choice(whole, deterministic=True, direct=-1, large=-1) is WholeModel


def test_where_people_are_charged_no_region_is_a_problem_of_its_own() -> None:
    charged = next(known(seed).task for seed in range(300) if known(seed).task.usage is not None)
    portfolio = Portfolio(Resources(2), Params(portfolio=PortfolioParams(direct=-1, large=-1)))
    assert isinstance(portfolio.choice(replace(charged, part_of=None)), SideBySide)


# --- what strategies work with -------------------------------------------------------------------------------


def test_workers_are_free_unless_they_are_kept_busy() -> None:
    workers = Workers(2)
    assert workers.free == 2
    with workers.one():
        assert workers.free == 1
        with pytest.raises(ZeroDivisionError), workers.one():
            raise ZeroDivisionError(workers.free)
        assert workers.free == 1
    assert workers.free == 2


def test_who_is_alone_has_one_worker_and_no_executor() -> None:
    assert Resources(1).alone
    assert not Resources(2).alone
    with ThreadPoolExecutor(1) as executor:
        assert not Resources(1, executor=executor).alone
