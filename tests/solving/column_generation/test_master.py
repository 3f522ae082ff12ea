"""What prices of shared rows prove is never above the optimum, never falls, and misses no schedule."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.rings import chunks, seeds, seeds_of
from tests.solving.bounds.goals import SIZES, parts
from tests.solving.column_generation.drawn_systems import Case, Draft, as_pairs, random_case, two_people
from tests.solving.systems import solutions

from poolmatch import STANDARD_RULES, solve
from poolmatch.arrays import Floats, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.column_generation.personal_rows import PersonalRows
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.system import UNBOUNDED

WEIGHTED = STANDARD_RULES.weighted()


def tiny(seed: int, forced: float = 0.0) -> Case:
    return random_case(random.Random(seed), people=3, each=4, others=2, forced=forced)


def noisy(relaxation: Relaxation, rng: np.random.Generator, size: float) -> Floats:
    """Return duals of the right signs that mean nothing."""
    duals = rng.normal(size=len(relaxation.sides[0])) * size
    duals = np.where(relaxation.sides[0] <= -UNBOUNDED, np.minimum(duals, 0), duals)
    return np.where(relaxation.sides[1] >= UNBOUNDED, np.maximum(duals, 0), duals)


def master_of(case: Case, values: Ints, duals: Floats | None = None) -> MasterProblem:
    """Return the master problem that begins with some duals; None are those of the relaxation."""
    if duals is None:
        found = case.relaxation.solve(case.objective, 10.0)
        assert found is not None
        duals = found.duals
    return case.master(values, duals)


def proves_no_more_than(master: MasterProblem, case: Case, values: Ints, worth: Ints, seed: object) -> int:
    """Hold bound and open columns against all rosters; return how many columns were shut."""
    said, shut = master.relaxed(), 0
    assert said.bound == master.bound, seed
    assert said.bound <= worth.min(), seed
    low, high = case.system.bounds
    free = (low == 0) & (high == 1)
    for value in np.unique(worth).tolist():
        taken = (values[worth <= value] == 1).any(axis=0) & free
        open_ = said.open(value)
        assert open_[taken].all(), (seed, value)
        shut += int((~open_ & free).sum())
    return shut


# --- what is proven ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", seeds(60))
def test_rosters_of_schedules_are_all_rosters(seed: int) -> None:
    """Of what these tests compare with: of the solutions of the system, column by column, none is better or missing."""
    rng, size = random.Random(seed), 10**9
    while size > 2000:
        case = random_case(rng, people=3, each=3, others=2, forced=0.1, long=2)
        size = math.prod((case.system.bounds[1] - case.system.bounds[0] + 1).tolist())
    values, worth = case.rosters()
    step = np.array(case.inside)
    step[: case.count] = False
    best: dict[tuple[int, ...], int] = {}
    for one in solutions(case.system):
        key = tuple(one[~step].tolist())
        best[key] = min(best.get(key, 2**62), case.objective.value(one))
    assert best == dict(zip(map(tuple, values[:, ~step].tolist()), worth.tolist(), strict=True))


@pytest.mark.parametrize("chunk", chunks(6))
def test_enumeration_finds_nothing_below_what_is_proven(chunk: int) -> None:
    """At the start and after each step; where steps end, whole schedules often prove all there is to prove."""
    shut, risen, tight, above = 0, 0, 0, 0
    for seed in seeds_of(chunk, 20):
        case, rng = tiny(seed, forced=0.03 * (seed % 2)), np.random.default_rng(seed)
        values, worth = case.rosters()
        if not len(values):
            continue
        relaxation, start = case.relaxation, int(rng.integers(len(values)))
        linear = relaxation.solve(case.objective, 10.0)
        assert linear is not None
        duals = linear.duals if seed % 3 else noisy(relaxation, rng, 3.0)
        master = case.master(values[start], duals)
        told = [master.bound]
        shut += proves_no_more_than(master, case, values, worth, seed)
        assert seed % 3 == 0 or told[0] >= linear.bound, seed
        value = int(worth.min() if seed % 4 else worth[start])
        while len(master.shared) and len(told) < 12 and not master.ended(value):
            assert master.step(value, 10.0), seed
            told.append(master.bound)
            shut += proves_no_more_than(master, case, values, worth, seed)
        assert told == sorted(told), seed
        risen += told[-1] > told[0]
        tight += told[-1] == worth.min()
        above += told[-1] > linear.bound
    assert shut > 50
    assert risen > 2
    assert tight > 8
    assert above > 0


@pytest.mark.parametrize("chunk", chunks(4))
def test_nothing_that_a_good_roster_does_is_missing(chunk: int) -> None:
    """All schedules in rosters of at most a value are within it; of one person alone too."""
    left_out = 0
    for seed in seeds_of(chunk, 20, first=1000):
        case, rng = tiny(seed, forced=0.03 * (seed % 2)), np.random.default_rng(seed)
        values, worth = case.rosters()
        if not len(values):
            continue
        master = master_of(case, values[0])
        for _ in range(seed % 4 if len(master.shared) else 0):
            assert master.step(int(worth.min()), 10.0), seed
        schedules = [as_pairs(master.of_roster(one)) for one in values]
        all_of = {one for menu in schedules for one in menu}
        for value in np.unique(worth)[:6].tolist():
            found = master.within(value, 10**6)
            assert found is not None
            got = as_pairs(found)
            assert len(got) == len(set(got)), seed
            best = {
                one for menu, points in zip(schedules, worth.tolist(), strict=True) if points <= value for one in menu
            }
            assert best <= set(got), (seed, value)
            left_out += len(all_of - set(got))
            if not got:
                continue
            person = int(rng.choice([who for who, _ in got]))
            mine = master.within(value, 10**6, np.arange(case.people) == person)
            assert mine is not None
            assert sorted(as_pairs(mine)) == sorted(one for one in got if one[0] == person), (seed, value)
    assert left_out > 50


@pytest.mark.parametrize("size", [*SIZES[:-1], np.nan])
def test_wrong_duals_prove_never_too_much(size: float) -> None:
    """Nor do those of wrong signs; from right signs prices get better all the same."""
    for seed in seeds(12):
        case, rng = tiny(seed), np.random.default_rng(seed)
        values, worth = case.rosters()
        relaxation = case.relaxation
        duals = rng.normal(size=len(relaxation.sides[0])) * size
        master = master_of(case, values[0], duals)
        proves_no_more_than(master, case, values, worth, (seed, size))
        found = master.within(int(worth.min()), 10**6)
        assert found is not None
        assert set(as_pairs(master.of_roster(values[worth.argmin()]))) <= set(as_pairs(found)), (seed, size)
        if size > 1e6 or not np.isfinite(size) or not len(master.shared):
            continue
        master = master_of(case, values[0], noisy(relaxation, rng, size))
        before = master.bound
        for _ in range(4):
            assert master.step(int(worth.min()), 10.0), (seed, size)
            assert master.bound >= before, (seed, size)
            before = master.bound
        proves_no_more_than(master, case, values, worth, (seed, size))


# --- by hand -----------------------------------------------------------------------------------------------


def test_half_a_meeting_is_none() -> None:
    """Room for 3, two meetings of 2 that gain 6 and 4: a linear program takes one and a half, and gains 8."""
    draft = Draft([0, 0])
    draft.weight[:] = [-6, -4]
    draft.own({0: 2, 1: 2}, 3)
    case = draft.case(constant=10)
    linear = case.relaxation.solve(case.objective, 10.0)
    assert linear is not None
    assert linear.bound == 10 - 8
    master = master_of(case, np.zeros(2, np.int64))
    assert len(master.shared) == 0
    assert master.bound == 10 - 6
    assert master.relaxed().open(4).tolist() == [True, False]
    assert master.relaxed().open(5).tolist() == [True, False]
    assert master.relaxed().open(6).tolist() == [True, True]


@pytest.mark.parametrize("informed", [True, False])
def test_prices_of_seats_that_two_people_want(informed: bool) -> None:
    """The first two seats come to cost 2 and 1 more than the third, so that each person gains 4 at best: 3 + 8 = 11."""
    case = two_people()
    linear = case.relaxation.solve(case.objective, 10.0)
    assert linear is not None
    assert linear.bound == -2 * 15
    master = master_of(case, np.zeros(6, np.int64), None if informed else np.zeros(5))
    assert master.shared.tolist() == [2, 3, 4]
    assert len(master.outside) == 0
    for _ in range(30):
        assert master.step(-2 * 11, 10.0)
    assert master.bound == -2 * 11
    assert master.ended(-2 * 11)
    assert informed or master.relaxed().values.sum() == pytest.approx(2)
    assert master.relaxed().open(-2 * 11)[[0, 1, 3, 4]].all()
    assert not master.relaxed().open(-2 * 12).any()


def test_a_column_outside_counts_at_its_best() -> None:
    """There is room for one of two people, who gain 5 and 2, and at a cost of 3 for both."""
    draft = Draft([0, 1])
    draft.weight[:] = [-5, -2]
    other = draft.column(0, 1, 3)
    draft.row({0: 1, 1: 1, other: -1}, -UNBOUNDED, 1)
    case = draft.case()
    master = master_of(case, np.zeros(3, np.int64))
    assert master.outside.tolist() == [other]
    assert master.bound <= -5
    for _ in range(20):
        assert master.step(-5, 10.0)
    assert master.bound == -5
    assert master.relaxed().open(-5)[0]
    assert not master.relaxed().open(-5).all()  # any price from 2 to 3 proves it, and says no to one of the others
    assert master.relaxed().open(-4).all()
    assert not master.relaxed().open(-6).any()


def test_a_price_is_paid_by_who_has_no_choice() -> None:
    """One person has to take the only place, and another would gain 5 by it: a price of 5 proves that nobody does."""
    draft = Draft([0, 1])
    draft.low[0], draft.weight[1] = 1, -5
    draft.row({0: 1, 1: 1}, -UNBOUNDED, 1)
    master = master_of(draft.case(), np.array([1, 0]), np.zeros(1))
    assert master.bound == -5
    for _ in range(20):
        assert master.step(0, 10.0)
    assert master.bound == 0
    assert master.relaxed().open(0)[0]


def test_what_gains_outside_of_schedules_adds_nothing() -> None:
    """A person gains 5, and a column of nobody 2: below −7 nothing is open, for all is counted already."""
    draft = Draft([0])
    draft.weight[0] = -5
    other = draft.column(0, 1, -2)
    draft.row({other: 1}, -UNBOUNDED, 1)
    master = master_of(draft.case(), np.zeros(2, np.int64), np.zeros(1))
    assert master.bound == -7
    assert master.relaxed().open(-7).tolist() == [True, True]
    assert master.relaxed().open(-8).tolist() == [False, False]


# --- schedules that are known ------------------------------------------------------------------------------


def test_what_is_known_from_the_start() -> None:
    """The schedules of the roster, and those that are the best at the first prices."""
    case = two_people(alike=False)
    master = master_of(case, np.array([0, 0, 1, 0, 1, 0]), np.zeros(5))
    assert master.bound == -2 * 12
    assert as_pairs(master.schedules) == [(0, (2,)), (1, (4,)), (0, (0,)), (1, (3,))]
    assert master.costs.tolist() == [-4, -5, -6, -6]


def test_a_seat_costs_what_its_best_gains_at_first() -> None:
    """So that nothing gains anything, and there is nothing to know."""
    master = two_people().master(np.zeros(6, np.int64))
    assert master.bound == -2 * 15
    assert as_pairs(master.schedules) == []


def test_only_what_is_new_is_added() -> None:
    master = two_people().master(np.zeros(6, np.int64))
    assert master.add(Schedules.of(np.array([0, 1]), np.array([0, 1]), np.array([0, 3]))) == 2
    more = Schedules.of(np.array([0, 1, 1]), np.array([0, 1, 2]), np.array([1, 3, 4]))
    assert master.add(more) == 2
    assert as_pairs(master.schedules) == [(0, (0,)), (1, (3,)), (0, (1,)), (1, (4,))]
    assert master.costs.tolist() == [-6, -6, -5, -5]
    assert master.add(more) == 0
    assert len(master.schedules) == 4


def test_the_schedules_of_a_roster_are_in_the_order_of_time() -> None:
    case = Draft([1, 0, 1, 1], [2.0, 5.0, 0.5, 1.0]).case()
    master = master_of(case, np.zeros(4, np.int64))
    assert as_pairs(master.of_roster(np.array([1, 1, 1, 1]))) == [(0, (1,)), (1, (2, 3, 0))]
    assert as_pairs(master.of_roster(np.array([1, 0, 0, 1]))) == [(1, (3, 0))]
    assert as_pairs(master.of_roster(np.zeros(4, np.int64))) == []


def test_schedules_of_some_people() -> None:
    case = two_people()
    master = master_of(case, np.zeros(6, np.int64), np.zeros(5))
    found = master.within(0, 99, np.array([False, True]))
    assert found is not None
    assert sorted(as_pairs(found)) == [(1, (3,)), (1, (4,)), (1, (5,))]


# --- problems ----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 9))  # others are proven by their relaxation alone
def test_a_pool_is_proven_better_than_by_its_relaxation(seed: int) -> None:
    problem = pool(12, 40, 6, seed)
    result = solve(problem, WEIGHTED, workers=1, seed=seed, time_limit=60)
    assert result.weighted is not None
    assert result.weighted.proven
    optimum = result.weighted.value
    features, relaxation, objective = parts(problem, WEIGHTED)
    linear = relaxation.solve(objective, 20.0)
    assert linear is not None
    nothing = np.zeros(len(relaxation.bounds[0]), np.int64)
    master = MasterProblem(PersonalRows(relaxation, features, objective), linear.duals, nothing)
    told = [master.bound]
    while not master.ended(optimum):
        assert master.step(optimum, 20.0)
        told.append(master.bound)
        assert len(told) < 300
    assert told == sorted(told)
    assert linear.bound <= told[0]
    assert linear.bound < told[-1] <= optimum
    assert optimum - told[-1] < 0.6 * (optimum - linear.bound)


# --- what once went wrong ----------------------------------------------------------------------------------


def test_somebody_alone_who_has_nothing_to_do() -> None:
    """Only the second person gains anything, by one of two; what is asked for is what the first may do."""
    draft = Draft([0, 1, 1])
    draft.weight[:] = [5, -5, -4]
    draft.own({1: 1, 2: 1}, 1)
    master = master_of(draft.case(), np.zeros(3, np.int64), np.zeros(1))
    assert master.bound == -5
    found = master.within(-5, 99, np.array([True, False]))
    assert found is not None
    assert as_pairs(found) == []


def test_what_has_to_be_taken_is_open() -> None:
    draft = Draft([0])
    draft.low[0], draft.weight[0] = 1, 5
    master = master_of(draft.case(), np.ones(1, np.int64))
    assert master.bound == 5
    assert master.relaxed().open(5).tolist() == [True]


def test_prices_of_a_wrong_sign_can_be_left() -> None:
    master = master_of(two_people(alike=False), np.zeros(6, np.int64), np.array([0.0, 0.0, 9.0, 9.0, 9.0]))
    assert master.step(-22, 10.0)
