"""What is ruled out near the bound is in no roster, and what is found there is one."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.rings import chunks, enough, seeds_of
from tests.solving.column_generation.drawn_systems import Case, circle, random_case
from tests.solving.systems import keeps

from poolmatch.arrays import Ints
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.column_generation.params import ColumnGenerationParams
from poolmatch.solving.column_generation.search import ColumnGeneration, _Search
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task


class Begun:
    """A random case with a roster and prices that are not good yet; what is offered is held against all rosters."""

    def __init__(self, seed: int) -> None:
        rng = self.rng = random.Random(seed)
        self.case: Case = circle(rng) if seed % 2 else random_case(rng, people=3, each=4, others=2, forced=0.05)
        self.values, self.worth = self.case.rosters()
        self.improved = 0
        """How many better rosters were offered."""

    @property
    def optimum(self) -> int:
        return int(self.worth.min())

    def best_of(self, taken: Ints) -> int:
        """Return what the best roster with these candidates is worth; there is one."""
        same = (self.values[:, : self.case.count] == taken[: self.case.count]).all(axis=1)
        assert same.any()
        return int(self.worth[same].min())

    def begin(self) -> tuple[Task, Incumbent, MasterProblem]:
        """Return a task, an incumbent that has some roster, and prices."""
        case, some = self.case, [self.rng.randrange(len(self.values)) for _ in range(3)]
        start = self.values[max(some, key=self.worth.__getitem__)]  # the worst of some, so that there is work left
        task = Task(case.features, case.system, case.objective, case.objective, start)
        values = Pieces(task, 0, Stop(None), PieceParams()).complete(start)
        assert values is not None
        incumbent = Incumbent(case.objective, case.objective)
        incumbent.offer(values)
        assert incumbent.value == self.best_of(start)
        prices = case.master(values)
        for _ in range(self.rng.randint(0, 4) if len(prices.shared) else 0):
            assert prices.step(incumbent.value, 10.0)
        incumbent.raise_bound(prices.bound, prices.relaxed())
        last = [incumbent.value, incumbent.bound]

        def changed() -> None:
            best, bound = incumbent.best, incumbent.bound
            assert last[1] <= bound <= self.optimum
            if best.value != last[0]:
                assert best.value < last[0]
                assert best.value == self.best_of(best.values)
                assert keeps(case.system, best.values)
                self.improved += 1
            last[:] = [best.value, bound]

        incumbent.listen(changed)
        return task, incumbent, prices


@pytest.mark.parametrize("chunk", chunks(1))
def test_the_bound_of_what_is_ruled_out_is_never_above_the_optimum(chunk: int) -> None:
    """From any roster and from prices that are not good yet; ended by the optimum where all is looked at.

    Also where only a part can be written down.
    """
    ruled_out = found_better = all_seen = partly = 0
    for seed in seeds_of(chunk, 30):
        begun = Begun(seed)
        if not len(begun.values):
            continue
        task, incumbent, prices = begun.begin()
        params = ColumnGenerationParams(enough=0)
        search = _Search(task, incumbent, Budget(60.0), params, 0)
        first = incumbent.bound
        for few in (1, 2, 4, 8, 16):
            before = incumbent.value
            search._params = replace(params, many=few, listed=begun.rng.choice([few, few, few, 10**6]))
            search._few = few
            everything = search._rule_out(prices)
            partly += search._enumeration is not None and search._enumeration.value < before - task.objective.unit
            if everything:
                all_seen += 1
                assert incumbent.bound == incumbent.value == begun.optimum, seed
                break
        assert incumbent.bound <= begun.optimum <= incumbent.value, seed
        ruled_out += incumbent.bound > first
        found_better += begun.improved
    assert ruled_out > 3
    assert found_better > 3
    assert all_seen > 3
    assert partly > 3


@pytest.mark.parametrize("chunk", chunks(1))
def test_a_search_to_its_end_proves_the_optimum(chunk: int) -> None:
    proven = improved = 0
    for seed in seeds_of(chunk, 30):
        begun = Begun(seed)
        if not len(begun.values):
            continue
        task, incumbent, prices = begun.begin()
        assert ColumnGeneration.suits(task, incumbent)
        outcome = ColumnGeneration(Resources(1), ColumnGenerationParams()).run(task, incumbent, Budget(30.0))
        assert outcome is Outcome.EXHAUSTED, seed
        assert incumbent.bound <= begun.optimum <= incumbent.value, seed
        if len(prices.shared):
            assert incumbent.proven, seed
        proven += incumbent.proven
        improved += begun.improved
    assert proven >= enough(10)
    assert improved >= enough(5)


@pytest.mark.parametrize("stopped", [False, True])
def test_without_time_it_ends_at_once_and_keeps_what_there_is(stopped: bool) -> None:
    begun = Begun(1)
    task, incumbent, _ = begun.begin()
    before = incumbent.value
    budget = Budget(60.0).unless(lambda: True) if stopped else Budget(0.0)
    outcome = ColumnGeneration(Resources(1), ColumnGenerationParams()).run(task, incumbent, budget)
    assert outcome is Outcome.TIME_UP
    assert incumbent.bound <= begun.optimum <= incumbent.value <= before


def test_it_has_nothing_to_begin_with_where_no_relaxation_is_known() -> None:
    task, incumbent, _ = Begun(1).begin()
    assert ColumnGeneration.suits(task, incumbent)
    assert not ColumnGeneration.suits(task, Incumbent(task.objective, task.guide))
