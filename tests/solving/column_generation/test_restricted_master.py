"""Rosters put together from schedules are the best there are of these, and with all of them the best there is."""

from __future__ import annotations

import random

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.rings import chunks, seeds, seeds_of
from tests.solving.bounds.goals import parts
from tests.solving.column_generation.drawn_systems import Case, Draft, as_pairs, random_case

from poolmatch import STANDARD_RULES, solve
from poolmatch.solving.backends.cpsat import Answer, Search
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.column_generation.personal_rows import PersonalRows
from poolmatch.solving.column_generation.restricted_master import RestrictedMaster
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.system import UNBOUNDED
from poolmatch.solving.running.stopping import Stop

WEIGHTED = STANDARD_RULES.weighted()
ANYTHING = 10**9
"""No roster of these tests is worth so little."""


def tiny(seed: int, forced: float = 0.0) -> Case:
    return random_case(random.Random(seed), people=3, each=4, others=3, forced=forced)


def written(menus: list[list[tuple[int, ...]]]) -> Schedules:
    """Return the schedules of each person as a table."""
    every = [(person, items) for person, menu in enumerate(menus) for items in menu]
    pairs = [(place, one) for place, (_, items) in enumerate(every) for one in items]
    schedule, member = np.array(pairs, np.int64).reshape(-1, 2).T
    return Schedules.of(np.array([person for person, _ in every], np.int64), schedule, member)


def searched(restricted: RestrictedMaster, seed: int = 1, at_most: int = ANYTHING) -> Answer:
    return restricted.search(20.0, seed, Stop(None), at_most)


@pytest.mark.parametrize("chunk", chunks(6))
def test_enumeration_finds_nothing_better_of_the_same_schedules(chunk: int) -> None:
    """Of some schedules in any order, one of each person or none if that may be, with any columns outside."""
    none, different = 0, 0
    for seed in seeds_of(chunk, 20):
        case, rng = tiny(seed, forced=0.1 * (seed % 2)), random.Random(seed)
        values, worth = case.rosters()
        menus = case.menus(case.weight[: case.count])
        if not all(menus):
            continue
        whole = [[one for one in menu.items() if one[0]] for menu in menus]
        some = [rng.sample(menu, min(len(menu), rng.randint(0, 5))) for menu in whole]
        master = case.master(values[0] if len(values) else np.zeros(len(case.inside), np.int64))
        schedules = written([[items for items, _ in menu] for menu in some])
        schedules = schedules.take(np.array(rng.sample(range(len(schedules)), len(schedules)), np.int64))
        restricted = RestrictedMaster.of(master, schedules, np.zeros(len(case.inside), np.int64))
        answer = searched(restricted, seed)
        nothing = [{(): 0} if () in menu else {} for menu in menus]
        fewer, points = case.rosters([dict(menu) | idle for menu, idle in zip(some, nothing, strict=True)])
        if not len(fewer):
            assert answer.infeasible, seed
            none += 1
            continue
        assert answer.values is not None, seed
        assert restricted.objective.value(answer.values) == answer.bound == points.min(), seed
        taken = restricted.taken(answer.values)
        outside = answer.values[len(schedules) :]
        best = fewer[points == points.min()]
        same = (best[:, : case.count] == taken).all(axis=1) & (best[:, restricted.outside] == outside).all(axis=1)
        assert same.any(), seed
        different += points.min() > worth.min()
    assert different > 5
    assert none < 0.75 * len(seeds_of(chunk, 20))


@pytest.mark.parametrize("chunk", chunks(4))
def test_all_schedules_within_a_value_prove_the_optimum(chunk: int) -> None:
    """From any roster: the bound that is told on the way is never above it, and ends at it."""
    for seed in seeds_of(chunk, 20, first=500):
        case = tiny(seed, forced=0.1 * (seed % 2))
        values, worth = case.rosters()
        if not len(values):
            continue
        start = seed % len(values)
        value = int(worth[start])
        master = case.master(values[start])
        for _ in range(seed % 3 if len(master.shared) else 0):
            assert master.step(value, 10.0)
        schedules = master.within(value, 10**6)
        assert schedules is not None
        restricted = RestrictedMaster.of(master, schedules, values[start])
        told = list[int]()
        answer = restricted.search(20.0, seed, Stop(None), value, told.append)
        assert answer.values is not None, seed
        assert restricted.objective.value(answer.values) == answer.bound == worth.min(), seed
        assert max(told, default=answer.bound) <= answer.bound, seed
        taken = restricted.taken(answer.values)
        assert (values[worth == worth.min()][:, : case.count] == taken).all(axis=1).any(), seed


@pytest.mark.parametrize("chunk", chunks(2))
def test_the_hint_is_the_roster(chunk: int) -> None:
    """Of which schedules that are not there are left out."""
    partly = 0
    for seed in seeds_of(chunk, 30):
        case, rng = tiny(seed), random.Random(seed)
        values, worth = case.rosters()
        if not len(values):
            continue
        menus = [[one for one in menu if one] for menu in case.menus(case.weight[: case.count])]
        master, schedules = case.master(values[0]), written(menus)
        for place in rng.sample(range(len(values)), min(5, len(values))):
            restricted = RestrictedMaster.of(master, schedules, values[place])
            assert restricted.objective.value(restricted.hint) == worth[place], seed
            assert restricted.taken(restricted.hint).tolist() == values[place, : case.count].tolist(), seed
            assert restricted.hint[len(schedules) :].tolist() == values[place, restricted.outside].tolist(), seed
            mine = as_pairs(master.of_roster(values[place]))
            if mine:
                fewer = schedules.take(
                    np.array([spot for spot, one in enumerate(as_pairs(schedules)) if one != mine[0]], np.int64)
                )
                restricted = RestrictedMaster.of(master, fewer, values[place])
                lost = np.zeros(case.count, np.int64)
                lost[list(mine[0][1])] = 1
                assert restricted.taken(restricted.hint).tolist() == (values[place, : case.count] - lost).tolist(), seed
                partly += 1
    assert partly > 30


# --- by hand -----------------------------------------------------------------------------------------------


def test_two_of_one_group_in_one_schedule() -> None:
    """Both candidates of the first person are for a seat that the second could have too: they never go together."""
    draft = Draft([0, 0, 1], None, [0, 0, 0])
    draft.weight[:] = [-5, -4, -7]
    draft.group([0, 1, 2])
    case = draft.case(constant=100, unit=3)
    master = case.master(np.zeros(3, np.int64))
    both = RestrictedMaster.of(master, written([[(0, 1)]]), np.zeros(3, np.int64))
    answer = searched(both)
    assert answer.values is not None
    assert both.objective.value(answer.values) == answer.bound == 100
    assert both.taken(answer.values).tolist() == [0, 0, 0]
    more = RestrictedMaster.of(master, written([[(0, 1), (0,), (1,)], [(2,)]]), np.zeros(3, np.int64))
    answer = searched(more)
    assert answer.values is not None
    assert answer.bound == 100 - 3 * 7
    assert more.taken(answer.values).tolist() == [0, 0, 1]


def test_a_shared_row_counts_all_of_a_schedule() -> None:
    """Room for 3 of two people: the first would take 4 by both meetings; 2 of the first and 1 of the second gain 7."""
    draft = Draft([0, 0, 1])
    draft.weight[:] = [-5, -4, -2]
    draft.row({0: 2, 1: 2, 2: 1}, -UNBOUNDED, 3)
    master = draft.case().master(np.zeros(3, np.int64))
    restricted = RestrictedMaster.of(master, written([[(0, 1), (0,), (1,)], [(2,)]]), np.zeros(3, np.int64))
    answer = searched(restricted)
    assert answer.values is not None
    assert answer.bound == -7
    assert restricted.taken(answer.values).tolist() == [1, 0, 1]


def test_nobody_has_two_schedules() -> None:
    """Though they would fit together, and are far apart in the table."""
    draft = Draft([0, 1, 0])
    draft.weight[:] = [-5, -4, -2]
    master = draft.case().master(np.zeros(3, np.int64))
    schedules = Schedules.of(np.array([0, 1, 0]), np.arange(3), np.arange(3))
    restricted = RestrictedMaster.of(master, schedules, np.zeros(3, np.int64))
    answer = searched(restricted)
    assert answer.values is not None
    assert answer.bound == -9
    assert restricted.taken(answer.values).tolist() == [1, 1, 0]


def test_what_loads_cost_is_in_the_price_of_a_schedule() -> None:
    """Room for 1, what exceeds costs 3: both of −5 are worth 7 together."""
    draft = Draft([0, 0])
    draft.weight[:] = [-5, -5]
    draft.own({0: 1, 1: 1}, 1, [(9, 3)])
    master = draft.case().master(np.zeros(3, np.int64))
    restricted = RestrictedMaster.of(master, written([[(0,), (0, 1)]]), np.zeros(3, np.int64))
    assert len(restricted.outside) == 0
    answer = searched(restricted)
    assert answer.values is not None
    assert answer.bound == -7
    assert restricted.taken(answer.values).tolist() == [1, 1]


def test_only_what_is_good_enough_is_looked_for() -> None:
    draft = Draft([0])
    draft.weight[0] = -5
    nothing = np.zeros(1, np.int64)
    restricted = RestrictedMaster.of(draft.case().master(nothing), written([[(0,)]]), nothing)
    assert searched(restricted, at_most=-5).bound == -5
    assert searched(restricted, at_most=-6).infeasible


def test_the_search_begins_with_the_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft([0, 1])
    draft.weight[:] = [-5, -1]
    master = draft.case().master(np.zeros(2, np.int64))
    restricted = RestrictedMaster.of(master, written([[(0,)], [(1,)]]), np.array([0, 1]))
    hints = list[list[int]]()
    monkeypatch.setattr(Search, "hint", lambda _, values: hints.append(values.tolist()))
    assert searched(restricted).bound == -6
    assert hints == [[0, 1]]


def test_of_no_schedules_there_is_the_empty_roster() -> None:
    draft = Draft([0])
    draft.weight[0] = -5
    restricted = RestrictedMaster.of(draft.case(8).master(np.zeros(1, np.int64)), written([[]]), np.ones(1, np.int64))
    answer = searched(restricted)
    assert answer.values is not None
    assert restricted.objective.value(answer.values) == 8
    assert restricted.taken(answer.values).tolist() == [0]


# --- problems ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", seeds(6, first=1))
def test_a_pool_is_solved_to_the_end(seed: int) -> None:
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
    while not master.ended(optimum):
        assert master.step(optimum, 20.0)
    schedules = master.within(optimum, 20_000)
    assert schedules is not None
    restricted = RestrictedMaster.of(master, schedules, nothing)
    told = list[int]()
    answer = restricted.search(20.0, seed, Stop(None), optimum, told.append)
    assert answer.values is not None
    assert restricted.objective.value(answer.values) == answer.bound == optimum
    assert told
    assert max(told) <= optimum


# --- what once went wrong ----------------------------------------------------------------------------------


def test_who_has_to_do_something_does_it() -> None:
    draft = Draft([0, 1])
    draft.low[0], draft.weight[:] = 1, [5, -1]
    master = draft.case().master(np.array([1, 0]))
    schedules = master.within(5, 99)
    assert schedules is not None
    assert sorted(as_pairs(schedules)) == [(0, (0,)), (1, (1,))]
    restricted = RestrictedMaster.of(master, schedules, np.array([1, 0]))
    answer = searched(restricted, at_most=5)
    assert answer.values is not None
    assert answer.bound == 4
    assert restricted.taken(answer.values).tolist() == [1, 1]
