"""The second roster with fewer people: when there is one, what it finds, and that it keeps every row and group."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from benchmarks.cases.smptsp import WEIGHTED, Instance, problem
from tests.builders import meeting
from tests.builders import problem as built
from tests.rings import seeds
from tests.solving.systems import keeps

from poolmatch import STANDARD_RULES, Problem, Status, check, solve
from poolmatch.arrays import Ints
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import Objective
from poolmatch.solving.model.usage import usage_columns
from poolmatch.solving.params import Params, PortfolioParams
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.fewer_people import FewerPeople, FewerPeopleParams
from poolmatch.solving.search.pieces import PieceParams, Pieces, search_submodel
from poolmatch.solving.search.root import Root, RootParams, at_the_peak, only_people_count
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task

FEW = STANDARD_RULES.plus(FewPeopleRule())
DEFAULT = FewerPeopleParams()
LED = Params(portfolio=PortfolioParams(direct=-1))
"""No problem is so small that the whole model is searched at once."""


class Case:
    """A problem as a search sees it."""

    def __init__(self, case: Problem, rules: RuleSet = WEIGHTED) -> None:
        self.prepared = Prepared.of(case, rules)
        self.candidates, self.system = self.prepared.candidates, self.prepared.system
        self.goal, self.features = self.prepared.objectives[0], self.prepared.features
        self.task = Task(self.features, self.system, self.goal, self.goal, self.prepared.start())
        self.pieces = Pieces(self.task, 0, Stop(None), PieceParams())

    def fewer_people(self, seed: int = 0, params: FewerPeopleParams = DEFAULT) -> FewerPeople:
        found = FewerPeople.of(self.task, seed, params)
        assert found is not None
        return found

    def incumbent(self, taken: Ints) -> Incumbent:
        """Return an incumbent that has a roster of some candidates."""
        incumbent, values = Incumbent(self.goal, self.goal), self.pieces.complete(taken)
        assert values is not None
        assert incumbent.offer(values)
        return incumbent

    def held(self, holders: Sequence[int]) -> Ints:
        """Return the candidates of an instance's roster: the worker of each task, -1 for none."""
        world = self.candidates.world
        people = [int(row.facilitator[1:]) for row in world.people]
        taken = np.zeros(len(self.candidates), np.int64)
        for place, (person, seat) in enumerate(zip(self.candidates.person, self.candidates.seat, strict=True)):
            taken[place] = holders[int(world.seats[seat].meeting[1:])] == people[person]
        return taken

    def people(self, incumbent: Incumbent) -> int:
        """Return how many people the best roster uses."""
        return len(np.unique(self.candidates.person[incumbent.best.values[: len(self.candidates)] == 1]))

    def filled(self, incumbent: Incumbent) -> int:
        """Return how many seats the best roster fills."""
        return int(incumbent.best.values[: len(self.candidates)].sum())


def trials(case: Case, incumbent: Incumbent, count: int, seed: int = 0) -> Iterator[Ints]:
    """Yield the second roster after each trial that changed it; then it is offered."""
    fewer_people = case.fewer_people(seed)
    for _ in range(count):
        part = fewer_people.trial(incumbent.best, case.pieces.complete)
        if part is None:
            continue
        answer = search_submodel(part, 0.5, seed)
        values, ended = (None, False) if answer is None else answer
        changed = fewer_people.learn(part, values, ended)
        if changed is None:
            continue
        yield changed
        incumbent.offer(changed)


def planted(seed: int, workers: int, tasks: int, spare: int = 6, chance: float = 0.3) -> Instance:
    """Return days of some workers without a break, cut into tasks; so many are needed at each moment, and no more."""
    rng = random.Random(seed)
    spans: list[tuple[int, int]] = []
    own: list[range] = []
    for _ in range(workers):
        cuts = [0, *sorted(rng.sample(range(1, 60), tasks - 1)), 60]
        own.append(range(len(spans), len(spans) + tasks))
        spans += [(10 * begin, 10 * end) for begin, end in pairwise(cuts)]
    qualified = [
        [task for task in range(len(spans)) if task in mine or rng.random() < chance]
        for mine in [*own, *[range(0)] * spare]
    ]
    return Instance(spans, qualified)


# --- when there is one ---------------------------------------------------------------------------------------


def people_charged(rules: RuleSet, case: Problem) -> list[int | None]:
    """Return of each goal how many people are charged."""
    prepared = Prepared.of(case, rules)
    found = [usage_columns(prepared.features, prepared.system, goal) for goal in prepared.objectives]
    return [None if one is None else len(one) for one in found]


def test_only_sums_in_which_people_cost_less_than_seats_have_one() -> None:
    case = pool(12, 40, 6, 1)
    people = len(np.unique(Prepared.of(case, FEW).candidates.person))
    assert people_charged(FEW.weighted(), case) == [people]
    assert people_charged(WEIGHTED, problem(Instance([(0, 60), (0, 60)], [[0], [0, 1], []]))) == [2]
    # A tier by itself: coverage knows no people, and where people count seats do not.
    assert people_charged(FEW, case) == [None] * len(FEW.tiers)
    assert people_charged(STANDARD_RULES.weighted(), case) == [None]
    assert people_charged(STANDARD_RULES, case) == [None] * len(STANDARD_RULES.tiers)


@pytest.mark.parametrize(("weight", "expected"), [(1, [2]), (10**6, [None])])
def test_where_a_person_costs_more_than_a_seat_it_is_left_empty(weight: int, expected: list[int | None]) -> None:
    weights = [4000] * (len(FEW.tiers) - 1) + [weight]
    assert people_charged(FEW.weighted(tuple(weights)), built([meeting()], ["F1", "F2"])) == expected


# --- what it finds -------------------------------------------------------------------------------------------


def test_one_who_is_not_needed_is_left_out() -> None:
    """At one moment two tasks, done by w0 and w1; a third after it by w2, though w1 can do it."""
    case = Case(problem(Instance([(0, 60), (0, 60), (60, 90)], [[0], [1, 2], [2]])))
    incumbent = case.incumbent(case.held([0, 1, 2]))
    assert case.people(incumbent) == 3
    assert [*trials(case, incumbent, 200)]
    assert case.people(incumbent) == 2
    assert case.filled(incumbent) == 3


@pytest.mark.parametrize("length", [2, 3, 6])
def test_a_chain_of_people_moves_up(length: int) -> None:
    """On the first day worker k does task k and could do task k + 1; w0 has all other days too, and all are needed.

    Nobody can be spared but the last: and only when each of the others moves up, for the last has the last task.
    """
    first = [(0, 60)] * length
    later = [(100 * day, 100 * day + 60) for day in range(1, length + 1)]
    tasks = [*first, *later]
    # w[length] can do task 0 and the work of all later days; so the chain is 0 → 1 → … and the last one is free.
    able = [[k, k + 1] if k + 1 < length else [k] for k in range(length)]
    case = Case(problem(Instance(tasks, [*able, [0, *range(length, 2 * length)]])))
    incumbent = case.incumbent(case.held([*range(length), *[length] * length]))
    assert case.people(incumbent) == length + 1
    for _ in trials(case, incumbent, 60):
        pass
    assert case.people(incumbent) == length
    assert case.filled(incumbent) == 2 * length


@pytest.mark.parametrize("seed", seeds(3))
def test_it_comes_down_to_the_planted_number(seed: int) -> None:
    case = Case(problem(planted(seed, 10, 4, chance=0.5)))
    incumbent = case.incumbent(case.task.hint)
    assert case.people(incumbent) > 10
    for _ in trials(case, incumbent, 300, seed):
        if case.filled(incumbent) == 40 and case.people(incumbent) == 10:
            break
    assert (case.filled(incumbent), case.people(incumbent)) == (40, 10)


@pytest.mark.parametrize("seed", seeds(2))
def test_whatever_it_holds_keeps_rows_and_groups_and_costs_no_more_people(seed: int) -> None:
    """With all other rules beside it: teams, travel, pairs, fair shares, and seats that nobody can fill."""
    case = Case(pool(12, 40, 6, seed), FEW.weighted())
    incumbent = case.incumbent(case.task.hint)
    value, seen = incumbent.value, 0
    for values in trials(case, incumbent, 40, seed):
        assert keeps(case.system, values)
        assert incumbent.value <= value
        value, seen = incumbent.value, seen + 1
    assert seen > 10


@pytest.mark.parametrize("patience", [2, 9])
def test_it_begins_anew_after_trials_in_vain(patience: int) -> None:
    """Two are needed, whoever is left out: the second roster has an empty seat for ever."""
    case = Case(problem(Instance([(0, 60), (0, 60), (70, 90)], [[0, 2], [1]])))
    incumbent = case.incumbent(case.held([0, 1, 0]))
    fewer_people, begun = case.fewer_people(params=FewerPeopleParams(patience=patience)), 0

    def complete(taken: Ints) -> Ints | None:
        nonlocal begun
        begun += 1
        return case.pieces.complete(taken)

    for count in range(1, 3 * (patience + 2)):
        part = fewer_people.trial(incumbent.best, complete)
        assert part is not None
        assert fewer_people.under_way
        answer = search_submodel(part, 10.0, 0)
        assert answer is not None
        fewer_people.learn(part, *answer)
        assert not fewer_people.under_way
        assert begun == 1 + (count - 1) // (patience + 1)
    assert case.people(incumbent) == 2


def test_who_is_pinned_stays() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]
    rows = [meeting(f"M{n}", f"2026-03-0{n + 3} 10:00", f"2026-03-0{n + 3} 12:00") for n in (1, 2)]
    case = Case(built(rows, ["F1", "F2"], pins=pins), FEW.weighted())
    assert case.system.bounds[0].sum() == 1
    assert all(keeps(case.system, values) for values in trials(case, case.incumbent(case.task.hint), 20))


# --- in the engine -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_solve_comes_down_to_what_is_needed_at_once(workers: int) -> None:
    case = problem(planted(1, 8, 4))
    told: list[float] = []
    result = solve(
        case, WEIGHTED, workers=workers, time_limit=60, params=LED, on_progress=lambda news: told.append(news.value)
    )
    assert len({row.facilitator for row in result.roster.rows}) == 8
    assert result.status is Status.OPTIMAL
    assert check(case, result.roster, WEIGHTED).legal
    assert told == sorted(told, reverse=True)


@pytest.mark.slow
def test_a_pool_without_the_rule_is_searched_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second roster is made, no start is chronological, and nothing is told of the busiest moment."""

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(FewerPeople, "trial", never)
    monkeypatch.setattr(Task, "chronological", never)
    monkeypatch.setattr(Relaxation, "solve_part", never)
    assert solve(pool(60, 100, 15, 1), workers=2, time_limit=3).report.legal


def test_a_stop_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as it begins; what is running ends too."""
    stop, tried = threading.Event(), threading.Event()
    real = FewerPeople.trial

    def trial(self: FewerPeople, *arguments: Any) -> Any:
        tried.set()
        stop.set()
        return real(self, *arguments)

    monkeypatch.setattr(FewerPeople, "trial", trial)
    case, provers = problem(planted(3, 20, 6, spare=3, chance=0.1)), frozenset({"whole", "highs"})
    unproven = replace(LED, portfolio=replace(LED.portfolio, without=provers))
    began = time.monotonic()
    result = solve(case, WEIGHTED, workers=2, time_limit=600, stop=stop, params=unproven)
    assert tried.is_set()
    assert time.monotonic() - began < 120
    assert result.status in (Status.CANCELLED, Status.OPTIMAL)
    assert result.report.legal


# --- how many are needed at once -----------------------------------------------------------------------------


def peak_bound(case: Case) -> tuple[int, int]:
    """Return the bound of the busiest moment, and how many columns its program has."""
    part = at_the_peak(case.features, len(case.system.bounds[0]))
    found = Relaxation.of(case.features, case.system).solve_part(case.goal, part, 10.0)
    assert found is not None
    return found.bound, int(part.sum())


def test_the_bound_of_the_busiest_moment_by_hand() -> None:
    """Three at once at 100, one before and two after; w3 can do any task, w4 none of the three.

    Columns: eight candidates for the three tasks and one for each of five people.
    """
    tasks = [(0, 90), (90, 150), (95, 130), (100, 140), (150, 200), (160, 190)]
    qualified = [[0, 1, 2], [2, 3], [1, 3], [0, 1, 2, 3, 4, 5], [0, 4, 5]]
    case = Case(problem(Instance(tasks, qualified)))
    assert peak_bound(case) == (3, 9 + 5)


def test_a_task_that_is_not_done_for_want_of_people_counts() -> None:
    """Three at once, and two people: one task is not done, and costs what it costs."""
    case = Case(problem(Instance([(0, 60)] * 3 + [(70, 80)], [[0, 1, 2, 3], [0, 1, 2]])))
    bound, _ = peak_bound(case)
    assert bound == 2 + case.goal.value(np.zeros(len(case.system.bounds[0]), np.int64)) // 4


def test_whether_only_people_count() -> None:
    pure = Case(problem(planted(0, 3, 2)))
    columns = usage_columns(pure.features, pure.system, pure.goal)
    assert columns is not None
    assert only_people_count(pure.features, pure.goal, columns)
    assert not only_people_count(pure.features, pure.goal, columns[1:])
    dear = pure.goal.weight.copy()
    dear[0] -= 1  # one candidate is better than others for the same task
    first = pure.goal
    assert first.column[0] < len(pure.features)
    wish = Objective(first.tier, first.scale, first.column, dear, first.constant, first.unit)
    assert not only_people_count(pure.features, wish, columns)


def test_the_root_has_few_people_and_the_bound() -> None:
    case = Case(problem(planted(2, 12, 4)))
    begun, incumbent = case.incumbent(case.task.hint), Incumbent(case.goal, case.goal)
    root = Root(Resources(1), RootParams(), PieceParams())
    assert root.run(case.task, incumbent, Budget(20.0)) is Outcome.EXHAUSTED
    assert incumbent.relaxed is not None
    assert incumbent.bound == 12
    assert incumbent.value < begun.value
    assert keeps(case.system, incumbent.best.values)


def test_without_starts_the_root_has_the_roster_it_is_given() -> None:
    case = Case(problem(planted(2, 12, 4)))
    begun, incumbent = case.incumbent(case.task.hint), Incumbent(case.goal, case.goal)
    Root(Resources(1), RootParams(starts=False), PieceParams()).run(case.task, incumbent, Budget(20.0))
    assert (incumbent.value, incumbent.bound) == (begun.value, 12)
