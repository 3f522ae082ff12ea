"""Schedules at prices, and all schedules to hold them against."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
from tests.solving.column_generation.drawn_systems import Case, as_pairs

from poolmatch.arrays import Ints
from poolmatch.solving.column_generation.pricer import Priced
from poolmatch.solving.column_generation.prices import Prices


def some_known(rng: random.Random, case: Case, net: Ints, bits: int) -> Ints | None:
    """Return what some schedule of each person costs; that of the empty one where there is none."""
    if rng.random() < 0.3:
        return None
    return np.array([rng.choice(list(menu.values()) or [0]) for menu in case.menus(net, bits)], np.int64)


def compared(case: Case, priced: Priced, net: Ints, bits: int, slack: Ints | None, seed: object) -> Counter[str]:
    """Hold what was found against all schedules; return how often something worth a test was among them.

    Somebody who cannot do what has to be done may be told to do anything.
    """
    seen: Counter[str] = Counter()
    menus, least, reduced_cost = case.menus(net, bits), priced.least.tolist(), priced.reduced_cost.tolist()
    best = as_pairs(priced.best())
    assert len(best) == len(dict(best)), seed
    room = [0] * case.people if slack is None else slack.tolist()
    found = priced.within(np.array(room))
    assert found is not None
    got = as_pairs(found)
    assert len(got) == len(set(got)), seed
    for person, menu in enumerate(menus):
        if not menu:
            seen["impossible"] += 1
            continue
        assert least[person] == min(menu.values()), seed
        assert menu[dict(best).get(person, ())] == least[person], seed
        near = {items for items, cost in menu.items() if items and cost <= least[person] + room[person]}
        mine = {items for who, items in got if who == person}
        # What costs nothing is nothing to look for where nobody asks for what is as good.
        assert mine <= near if slack is None else mine == near, seed
        seen["empty"] += not mine
        seen["several"] += len(mine) > 1
    if all(menus):
        assert case.personal_rows.costs(found, net, bits).tolist() == [menus[who][items] for who, items in got], seed
        assert priced.within(np.array(room), len(got)) is not None, seed
        assert not got or priced.within(np.array(room), len(got) - 1) is None, seed
    for candidate, person in enumerate(case.features.person.tolist()):
        costs = [cost for items, cost in menus[person].items() if candidate in items]
        if costs:
            assert 0 <= reduced_cost[candidate] <= min(costs) - least[person], seed
            seen["adding"] += reduced_cost[candidate] > 0
        if costs and slack is not None and min(costs) <= least[person] + room[person]:
            assert reduced_cost[candidate] == min(costs) - least[person], seed
            seen["true costs"] += 1
    return seen


def priced(case: Case, net: list[int], slack: list[int] | None = None) -> Priced:
    duals = np.zeros(sum(case.kept))
    return case.pricer(duals).price(Prices.of(np.array(net), 0), slack=None if slack is None else np.array(slack))
