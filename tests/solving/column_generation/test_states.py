"""What is left of rows has room in machine words, however many there are and however large."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.rings import seeds
from tests.solving.column_generation.drawn_systems import Case, Draft, as_pairs
from tests.solving.column_generation.duals import some_duals, some_net
from tests.solving.column_generation.pricing import compared, priced

from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.column_generation.states import StateLayout


def layout_of(case: Case) -> StateLayout:
    """Return how states are written when everything is gone through."""
    rows = case.personal_rows
    return StateLayout(rows, rows.order)


@pytest.mark.parametrize("seed", seeds(12))
def test_rows_that_need_several_words(seed: int) -> None:
    """Many at a time, with so much room that each takes many bits: never more than what is left of a word."""
    rng = random.Random(seed)
    draft = Draft([0] * 9 + [1] * 3)
    for size in rng.choices([2, 10, 20, 40, 55], k=14):
        takes = {one: rng.randint(1, 2**size) for one in range(9) if rng.random() < 0.8 or one in (0, 8)}
        draft.own(takes, max(max(takes.values()), int(sum(takes.values()) * rng.uniform(0.4, 0.9))))
    draft.own({9: 1, 10: 1, 11: 1}, 2)
    case = draft.case()
    assert layout_of(case).words >= 3
    net = some_net(rng, case, 0)
    slack = np.full(2, 40)
    duals = some_duals(rng, case)
    compared(case, case.pricer(duals).price(Prices.of(net, 0), slack=slack), net, 0, slack, seed)
    compared(case, case.pricer(duals).price(Prices.of(net, 0)), net, 0, None, seed)


@pytest.mark.parametrize("seed", seeds(12))
def test_rows_that_begin_where_others_have_ended(seed: int) -> None:
    """Two or three at a time of 11 bits, of which one word holds five; all together would take three words."""
    rng = random.Random(seed)
    draft = Draft([0] * 12)
    for first in range(11):
        takes = {one: rng.randint(300, 900) for one in range(first, min(12, first + rng.choice([2, 3])))}
        draft.own(takes, rng.randint(900, 1023), [] if rng.random() < 0.5 else [(1, 2), (rng.randint(1, 400), 1)])
    case = draft.case()
    assert layout_of(case).words == 1
    net = some_net(rng, case, 0)
    slack = np.array([25])
    duals = some_duals(rng, case)
    compared(case, case.pricer(duals).price(Prices.of(net, 0), slack=slack), net, 0, slack, seed)
    compared(case, case.pricer(duals).price(Prices.of(net, 0)), net, 0, None, seed)


@pytest.mark.parametrize("room", [1, 3, 4, 7, 8, 2**31, 2**59, 2**60 - 1])
def test_rows_are_filled_to_the_last_unit(room: int) -> None:
    """Half and the other half fit, half and one more than that do not; nor does anything beside it in its word."""
    half = room // 2
    draft = Draft([0] * 5)
    draft.own({0: half, 1: room - half, 2: room - half + 1} if half else {1: room, 2: room + 1}, room)
    draft.own({0: 1, 3: 1, 4: 1}, 2)
    everything = priced(draft.case(), [-1] * 5, [9]).within(np.array([9]))
    assert everything is not None
    found = {items for _, items in as_pairs(everything)}
    assert (0, 1) in found
    assert (0, 2) not in found
    assert (1, 2) not in found
    assert (0, 3) in found
    assert (0, 3, 4) not in found
