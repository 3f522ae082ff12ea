"""Cuts never shut out a roster, and what schedules pay for them is what enumeration says."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from scipy.sparse import csc_matrix, csr_matrix
from tests.rings import chunks, enough, seeds, seeds_of
from tests.solving.column_generation.drawn_systems import as_pairs, circle, random_case
from tests.solving.column_generation.duals import some_duals, some_net

from poolmatch.arrays import Ints
from poolmatch.solving.column_generation.master import MasterParams
from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.column_generation.restricted_master import RestrictedMaster
from poolmatch.solving.column_generation.subset_row_cuts import CutPrices, SubsetRowCuts, SubsetRowParams, separate
from poolmatch.solving.running.stopping import Stop


def some_cuts(rng: random.Random, count: int) -> SubsetRowCuts:
    """Return cuts that are about any candidates: up to five of each."""
    member = np.zeros((rng.randint(0, 6), count), np.int64)
    for row in member:
        row[rng.sample(range(count), min(count, rng.randint(1, 5)))] = 1
    return SubsetRowCuts(csr_matrix(member))


def fee(cuts: SubsetRowCuts, each: Ints, items: tuple[int, ...]) -> int:
    """Return what a schedule pays, by the word of the definition."""
    table = cuts.member.toarray()
    return sum(int(price) * (int(row[list(items)].sum()) // 2) for row, price in zip(table, each, strict=True))


@pytest.mark.parametrize("chunk", chunks(2))
def test_enumeration_finds_the_same_schedules_when_cuts_are_paid(chunk: int) -> None:
    paid = several = 0
    for seed in seeds_of(chunk, 40):
        rng = random.Random(seed)
        case = random_case(rng, forced=0)
        bits = rng.choice([0, 3])
        net, cuts = some_net(rng, case, bits), some_cuts(rng, case.count)
        each = np.array([rng.choice([0, 1, 3, 9]) << bits for _ in range(len(cuts))], np.int64)
        menus = [
            {items: cost + fee(cuts, each, items) for items, cost in menu.items()} for menu in case.menus(net, bits)
        ]
        slack = None
        if rng.random() < 0.6:
            slack = np.array([rng.choice([0, 1, 4, 20, 1000]) << bits for _ in range(case.people)], np.int64)
        known = None
        if rng.random() < 0.6:
            known = np.array([rng.choice(list(menu.values())) for menu in menus], np.int64)
        cut_prices = CutPrices(cuts, each)
        priced = case.pricer(some_duals(rng, case)).price(Prices(net, bits, cut_prices), known, slack)
        room = [0] * case.people if slack is None else slack.tolist()
        found, best = priced.within(np.array(room)), dict(as_pairs(priced.best()))
        assert found is not None
        got, reduced_cost = as_pairs(found), priced.reduced_cost.tolist()
        for person, menu in enumerate(menus):
            least = min(menu.values())
            assert priced.least[person] == least, seed
            assert menu[best.get(person, ())] == least, seed
            near = {items for items, cost in menu.items() if items and cost <= least + room[person]}
            mine = {items for who, items in got if who == person}
            assert mine <= near if slack is None else mine == near, seed
            several += len(mine) > 1
            paid += any(fee(cuts, each, items) for items in mine)
            for candidate in case.mine(person).tolist():
                costs = [cost for items, cost in menu.items() if candidate in items]
                assert not costs or 0 <= reduced_cost[candidate] <= min(costs) - least, seed
        own = case.personal_rows.costs(found, net, bits) + cut_prices.cost(found.taken(case.count))
        assert own.tolist() == [menus[who][items] for who, items in got], seed
    assert paid > 5
    assert several > 5


def fractions(rng: random.Random) -> tuple[csr_matrix, csc_matrix, np.ndarray]:
    """Return groups, schedules of one candidate or more, and parts of them so that each group has 1 at most."""
    groups = rng.randint(3, 7)
    schedules = rng.randint(3, 12)
    has = np.array([[int(rng.random() < 0.45) for _ in range(schedules)] for _ in range(groups)])
    parts = np.array([rng.choice([0.0, 0.25, 0.5, 0.5, 0.5, 1.0]) for _ in range(has.shape[1])])
    while (has @ parts > 1 + 1e-9).any():
        row = int(np.argmax(has @ parts))
        parts[rng.choice(np.flatnonzero(has[row] * parts).tolist())] = 0.0
    everything = list(zip(*np.nonzero(has), strict=True))  # a candidate of its own for each group of each schedule
    group = csr_matrix(
        (np.ones(len(everything), np.int64), ([row for row, _ in everything], range(len(everything)))),
        shape=(groups, len(everything)),
    )
    taken = csc_matrix(
        (np.ones(len(everything), np.int64), (range(len(everything)), [one for _, one in everything])),
        shape=(len(everything), has.shape[1]),
    )
    return group, taken, parts


def test_all_triples_that_are_exceeded_are_found() -> None:
    exceeded = 0
    for seed in seeds(400):
        groups, taken, parts = fractions(random.Random(seed))
        has = (groups @ taken).toarray()
        whole = {
            tuple(groups[list(three)].toarray().sum(axis=0).tolist())
            for three in itertools.combinations(range(len(has)), 3)
            if (has[list(three)].sum(axis=0) // 2) @ parts > 1.02 + 1e-9
        }
        found = separate(groups, taken, parts, SubsetRowParams(at_once=1000, of_group=1000))
        assert {tuple(row) for row in found.member.toarray().tolist()} == whole, seed
        assert (found.coefficients(taken) @ parts > 1).all(), seed
        exceeded += len(whole)
        few = separate(groups, taken, parts, SubsetRowParams(at_once=2, of_group=1))
        assert len(few) <= 2
        assert (few.member.sum(axis=0) <= 1).all()
    assert exceeded >= enough(21)


def test_half_of_everything_is_no_roster() -> None:
    """Gains of 40 for two seats and 30 for the other meeting: 105 by halves, but 100 in a roster."""
    case = circle(random.Random(1), 0)
    values, worth = case.rosters()
    assert worth.min() == -100
    master = case.master(values[0])
    for _ in range(60):
        assert master.step(-100, 10.0)
    assert master.bound == -105
    assert master.cut(-100, 10.0)
    assert len(master.cuts) == 1
    for _ in range(60):
        assert master.step(-100, 10.0)
    assert master.bound == -100
    assert not master.cut(-100, 10.0)


@pytest.mark.parametrize("chunk", chunks(2))
def test_cuts_prove_no_more_than_is_true_and_often_more_than_before(chunk: int) -> None:
    """Where three people want two of three seats each, also with rosters put together under cuts."""
    eager = MasterParams(worth=1e-6, lately=3)
    added = risen = 0
    for seed in seeds_of(chunk, 40):
        rng = random.Random(seed)
        case = circle(rng)
        values, worth = case.rosters()
        start = rng.randrange(len(values))
        master = case.master(values[start], params=eager)
        optimum, told = int(worth.min()), list[int]()
        for _ in range(4):
            for _ in range(40):
                if master.ended(optimum) or not master.step(optimum, 10.0):
                    break
                assert master.bound <= optimum, seed
            said = master.relaxed()
            for value in np.unique(worth).tolist()[:4]:
                taken = (values[worth <= value] == 1).any(axis=0)[: case.count]
                assert said.open(value)[: case.count][taken].all(), seed
            told.append(master.bound)
            if not master.cut(optimum, 10.0):
                break
            added += 1
        assert told == sorted(told), seed
        risen += len(told) > 1 and told[-1] > told[0]
        for value in (optimum - 1, optimum, int(worth[start])):
            schedules = master.within(value, 10**6)
            assert schedules is not None
            answer = RestrictedMaster.of(master, schedules, values[start]).search(20.0, seed, Stop(None), value)
            if value < optimum:
                assert answer.infeasible, seed
            else:
                assert answer.bound == optimum, seed
    assert added > 3
    assert risen > 1
