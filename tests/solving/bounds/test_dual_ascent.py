"""Duals that are improved region by region: what they prove is never above the optimum, and never falls."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.rings import chunks, seeds, seeds_of
from tests.solving.bounds.goals import RULES, SIZES, alternatives, goals, parts, wrong
from tests.solving.candidate_features import anywhere, land
from tests.solving.executors import Manual, soon
from tests.solving.pieces import double
from tests.solving.programmes import programme
from tests.solving.systems import random_objective, random_system, solutions, system_of

from poolmatch import STANDARD_RULES, Problem
from poolmatch.arrays import Arrays
from poolmatch.eligibility import eligibility
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.bounds import dual_ascent
from poolmatch.solving.bounds.dual_ascent import DualAscent, DualAscentParams, spread_out
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.running.work import Work
from poolmatch.testing import random_problem

NEVER = Stop(None)


@pytest.fixture
def work() -> Iterator[Work]:
    with ThreadPoolExecutor(2) as threads, Work(threads, 2) as pieces:
        yield pieces


@pytest.fixture
def one_by_one() -> Iterator[Work]:
    """One region at a time: the same on every run."""
    with ThreadPoolExecutor(1) as threads, Work(threads, 1) as pieces:
        yield pieces


def regions(features: CandidateFeatures, count: int) -> DualAscentParams:
    """Return what makes so many regions of candidates."""
    return DualAscentParams(region=max(1, -(-len(features) // count)))


# --- the bound ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chunk", chunks(6))
def test_no_bound_is_above_the_optimum_and_none_falls(chunk: int, work: Work) -> None:
    risen = 0
    for seed in seeds_of(chunk, 4):
        for system, groups, objective, optimum in goals(seed, RULES[seed % 3]):
            features = anywhere(groups[groups >= 0], 6, seed)
            ascent = DualAscent(Relaxation(system, groups), features, objective, seed, regions(features, 2 + seed % 5))
            told = [ascent.best.bound]
            for _ in range(3):
                best = ascent.sweep(work, soon(), NEVER, told.append)
                assert best is ascent.best
                assert best.bound == told[-1]
                assert not work.pending
            assert told == sorted(told), seed
            assert told[-1] <= optimum, (seed, objective.name)
            risen += told[-1] > told[0]
    assert risen > 2


@pytest.mark.parametrize("chunk", chunks(4))
def test_what_a_better_roster_takes_is_open(chunk: int, work: Work) -> None:
    """By enumeration of small systems: bound, and the columns that rosters up to each value take."""
    shut = 0
    for seed in seeds_of(chunk, 20):
        rng = random.Random(seed)
        system, count = random_system(rng, 6, 3)
        objective = random_objective(rng, len(system.bounds[0]))
        groups = np.full(len(system.bounds[0]), -1)
        groups[:count] = np.arange(count)  # each candidate for a seat of its own
        features = anywhere(groups[:count], max(1, count // 2), seed)
        ascent = DualAscent(Relaxation(system, groups), features, objective, seed, regions(features, 3))
        for _ in range(3):
            said = ascent.sweep(work, soon(), NEVER)
            for values in solutions(system):
                value = objective.value(values)
                assert said.bound <= value, seed
                assert said.open(value)[:count][values[:count] == 1].all(), seed
                shut += int((~said.open(value)).sum())
    assert shut > 100


@pytest.mark.parametrize("chunk", chunks(4))
def test_one_region_is_the_relaxation_itself(chunk: int, work: Work) -> None:
    for seed in seeds_of(chunk, 5):
        for system, groups, objective, _ in goals(seed, RULES[seed % 3]):
            program = Relaxation(system, groups)
            whole = program.solve(objective, 20.0)
            assert whole is not None
            ascent = DualAscent(program, anywhere(groups[groups >= 0], 6, seed), objective, seed).sweep(
                work, soon(), NEVER
            )
            assert ascent.bound == whole.bound, (seed, objective.name)


def test_regions_that_share_nothing_need_one_sweep(work: Work) -> None:
    """Two systems far apart, of which each is a region: what they prove adds up."""
    for seed in seeds(20):
        rng = random.Random(seed)
        systems = [random_system(rng, 9, 0) for _ in range(2)]
        (west, ours), (east, theirs) = sorted(systems, key=lambda item: item[1])
        system = side_by_side(west, east)
        objective = random_objective(rng, ours + theirs)
        person = [*range(ours), *[ours] * theirs]  # in the east one person has all
        features = land(person, [(52, 4 + number / 100 if number < ours else 7) for number in person])
        program = Relaxation(system, np.arange(ours + theirs))
        whole = program.solve(objective, 20.0)
        assert whole is not None
        ascent = DualAscent(program, features, objective, seed, regions(features, 2))
        assert ascent.sweep(work, soon(), NEVER).bound == whole.bound, seed


def side_by_side(first: System, second: System) -> System:
    """Return a system of two that have nothing in common."""
    width, height = len(first.bounds[0]), len(first.row_bounds[0])
    group_count = int(first.groups[0].max(initial=-1)) + 1
    lower, upper, low, high = (
        [*one.tolist(), *other.tolist()]
        for one, other in zip((*first.bounds, *first.row_bounds), (*second.bounds, *second.row_bounds), strict=True)
    )
    entries = zip(*first.matrix, strict=True), zip(*second.matrix, strict=True)
    members = zip(*first.groups, strict=True), zip(*second.groups, strict=True)
    return system_of(
        lower,
        upper,
        [*entries[0], *((row + height, column + width, factor) for row, column, factor in entries[1])],
        low,
        high,
        [*members[0], *((group + group_count, column + width) for group, column in members[1])],
    )


@pytest.mark.parametrize("count", [2, 3, 6])
def test_sweeps_come_near_the_relaxation(count: int, one_by_one: Work) -> None:
    """Of what the relaxation adds to the first bound; the rest is at borders that have not moved away yet."""
    rules = STANDARD_RULES.weighted()
    features, program, objective = parts(pool(12, 40, 6, 1), rules)
    whole = program.solve(objective, 20.0)
    assert whole is not None
    ascent = DualAscent(program, features, objective, 1, regions(features, count))
    first = ascent.best.bound
    for _ in range(8):
        ascent.sweep(one_by_one, soon(), NEVER)
    assert first < ascent.best.bound <= whole.bound
    assert whole.bound - ascent.best.bound < 0.1 * (whole.bound - first)


def test_what_is_liked_is_known_of_every_region(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values come home from all regions, whether or not their duals prove more."""
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES.weighted())
    monkeypatch.setattr(
        dual_ascent, "solve_lp", lambda one, *_: Solution(np.full(len(one.cost), 0.5), np.zeros(len(one.row_low)), True)
    )
    ascent = DualAscent(program, features, objective, 1, regions(features, 3))
    before = ascent.best.bound
    best = ascent.sweep(work, soon(), NEVER)
    assert best.bound == before
    stands = np.diff(program.matrix.indptr[: len(features) + 1]) > 0
    assert (best.values[: len(features)][stands] == 0.5).mean() > 0.7


# --- where it begins ---------------------------------------------------------------------------------------


def floors(problem: Problem, rules: RuleSet) -> Iterator[tuple[int, int]]:
    """Yield what the first duals prove, and the bound that needs no solver, of each objective."""
    blocks = Blocks.of(eligibility(Arrays(problem), rules).candidates, rules)
    program = Relaxation(blocks.system, alternatives(blocks))
    for objective in blocks.objectives(rules):
        cost = program.cost(objective)
        yield program.proven(objective, program.first_duals(cost), cost * 0).bound, blocks.floor(objective)


@pytest.mark.slow
@pytest.mark.parametrize("rules", RULES)
def test_the_first_duals_prove_what_needs_no_solver(rules: RuleSet) -> None:
    cases = [random_problem(random.Random(seed), people=6, meetings=8, pins=False) for seed in range(12)]
    known = [pair for case in (*cases, pool(20, 60, 8, 1)) for pair in floors(case, rules)]
    assert [proven for proven, _ in known] == [floor for _, floor in known]
    assert sum(floor != 0 for _, floor in known) > 5


def test_a_seat_in_two_groups_pays_once() -> None:
    """Two slots of one person, and another person: all are alternatives, the slots exclude each other besides."""
    system = system_of([0] * 3, [1] * 3, [], [], [], [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)])
    program = Relaxation(system, np.zeros(3, np.int64))
    objective = Objective(1, 1, np.arange(3), np.array([-4, -5, -5]), 0)
    cost = program.cost(objective)
    assert program.proven(objective, program.first_duals(cost), cost).bound == -5


def test_who_is_shut_out_gains_nothing() -> None:
    system = system_of([0] * 2, [0, 1], [], [], [], [(0, 0), (0, 1)])
    program = Relaxation(system, np.zeros(2, np.int64))
    objective = Objective(1, 1, np.arange(2), np.array([-7, -5]), 0)
    cost = program.cost(objective)
    assert program.proven(objective, program.first_duals(cost), cost).bound == -5


def test_the_first_duals_prove_it_of_flexible_meetings_too() -> None:
    known = [pair for seed in range(20) for pair in floors(programme(seed, 5, 6, 3), RULES[seed % 3])]
    assert [proven for proven, _ in known] == [floor for _, floor in known]


# --- duals that are wrong ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_wrong_duals_prove_never_too_much(size: float, one_by_one: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of later regions build upon them, and what the right ones prove in the end is right."""
    for seed in range(4):
        rng = np.random.default_rng(seed)
        for system, groups, objective, optimum in goals(seed, RULES[seed % 3]):
            features = anywhere(groups[groups >= 0], 6, seed)
            ascent = DualAscent(Relaxation(system, groups), features, objective, seed, regions(features, 3))
            answer = wrong(rng, size)
            told = [ascent.best.bound]
            monkeypatch.setattr(dual_ascent, "solve_lp", lambda *call, answer=answer: finite(answer(*call)))
            told += [ascent.sweep(one_by_one, soon(), NEVER).bound for _ in range(2)]
            monkeypatch.setattr(dual_ascent, "solve_lp", solve_lp)
            told.append(ascent.sweep(one_by_one, soon(), NEVER).bound)
            assert told == sorted(told), seed
            assert told[-1] <= optimum, (seed, objective.name)


def finite(answer: Solution) -> Solution:
    """Return a solution without duals that are no numbers."""
    return Solution(answer.values, np.nan_to_num(answer.duals, posinf=1e9, neginf=-1e9), answer.ended)


def test_duals_that_are_no_numbers_spoil_nothing(one_by_one: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """They prove as much as 0 does, so they may be taken over; the program of the next region is built upon them."""
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES.weighted())
    answered: list[bool] = []

    def spoilt(one: Program, limit: float, stop: Stop | None = None) -> Solution | None:
        answer = solve_lp(one, limit, stop)
        answered.append(answer is not None)
        if answer is not None:
            answer.duals[answer.duals == 0] = np.nan
        return answer

    monkeypatch.setattr(dual_ascent, "solve_lp", spoilt)
    DualAscent(program, features, objective, 1, regions(features, 2)).sweep(one_by_one, soon(), NEVER)
    assert answered == [True, True]


# --- when it ends ------------------------------------------------------------------------------------------


Asked = Callable[[Program, float, Stop | None], Solution | None]


def asking(calls: list[int], then: Callable[[], Any] = lambda: None) -> Asked:
    """Return a way to solve programs that notes how large they are, and does something besides."""

    def noted(program: Program, limit: float, stop: Stop | None = None) -> Solution | None:
        calls.append(len(program.cost))
        then()
        return solve_lp(program, limit, stop)

    return noted


@pytest.mark.parametrize("why", ["no time", "a stop"])
def test_what_may_not_begin_proves_what_was_proven(why: str, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES)
    calls, event = list[int](), threading.Event()
    monkeypatch.setattr(dual_ascent, "solve_lp", asking(calls))
    ascent = DualAscent(program, features, objective, 1, regions(features, 4))
    first = ascent.best
    if why == "a stop":
        event.set()
    assert ascent.sweep(work, time.monotonic() if why == "no time" else soon(), Stop(event)) is first
    assert not calls
    assert not work.pending


def test_a_stop_midway_asks_for_nothing_more(one_by_one: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES)
    calls, event = list[int](), threading.Event()
    monkeypatch.setattr(dual_ascent, "solve_lp", asking(calls, event.set))
    DualAscent(program, features, objective, 1, regions(features, 6)).sweep(one_by_one, soon(), Stop(event))
    assert len(calls) == 1


def test_a_program_without_an_answer_costs_its_region(one_by_one: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are solved all the same."""
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES.weighted())
    calls, right = list[int](), asking(list[int]())

    def patchy(one: Program, limit: float, stop: Stop | None = None) -> Solution | None:
        calls.append(1)
        return None if len(calls) == 1 else right(one, limit, stop)

    monkeypatch.setattr(dual_ascent, "solve_lp", patchy)
    ascent = DualAscent(program, features, objective, 1, regions(features, 3))
    first = ascent.best.bound
    assert ascent.sweep(one_by_one, soon(), NEVER).bound > first
    assert len(calls) == 3


def test_what_fails_comes_out(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES)
    monkeypatch.setattr(dual_ascent, "solve_lp", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        DualAscent(program, features, objective, 1).sweep(work, soon(), NEVER)


def test_no_row_at_all(work: Work) -> None:
    """Three seats, one candidate each, weights −3, −2 and 4: −5, whatever the regions."""
    system = system_of([0] * 3, [1] * 3, [], [], [], [])
    objective = Objective(1, 1, np.arange(3), np.array([-3, -2, 4]), 10, 2)
    features = anywhere(np.arange(3), 3, 1)
    assert DualAscent(Relaxation(system, np.arange(3)), features, objective, 1).sweep(work, soon(), NEVER).bound == 0


def test_a_row_across_the_border_by_hand(work: Work) -> None:
    """Two people far apart for two seats, weights −3 and −2, of which a row allows one: −3, where −5 was the first."""
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    objective = Objective(1, 1, np.array([0, 1]), np.array([-3, -2]), 0)
    features = land([0, 1], [(52, 4), (52, 7)])
    ascent = DualAscent(Relaxation(system, np.arange(2)), features, objective, 1)
    assert ascent.best.bound == -5
    assert ascent.sweep(work, soon(), NEVER).bound == -3


def test_what_is_lost_after_a_sweep_that_was_cut_short_is_done_again() -> None:
    """The time of a sweep is up long before that of the search; later pieces are another matter."""
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES)
    executor = Manual()
    later = Work(executor, 1)
    DualAscent(program, features, objective, 1).sweep(later, time.monotonic() + 0.1, NEVER)
    later.submit(double, 7, tag="later")
    executor.fail(BrokenExecutor(), -1)
    assert later.wait(0) == []
    executor.run(-1)
    assert later.wait(0) == [("later", 14)]


# --- the order of regions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "order"),
    [(1, [0]), (2, [0, 1]), (3, [0, 2, 1]), (6, [0, 4, 2, 1, 5, 3]), (8, [0, 4, 2, 6, 1, 5, 3, 7])],
)
def test_spread_out_by_hand(count: int, order: list[int]) -> None:
    assert spread_out(count) == order


def test_spread_out_is_everyone_once_and_begins_far_apart() -> None:
    for count in range(1, 70):
        order = spread_out(count)
        assert sorted(order) == list(range(count))
        if count >= 4:
            assert abs(order[1] - order[0]) >= count / 2
