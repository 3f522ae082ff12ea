"""The best is found without all that are as good; what is too much is told, and a stop ends it."""

from __future__ import annotations

import threading
import tracemalloc

import numpy as np
import pytest
from tests.solving.column_generation.drawn_systems import Case, Draft, as_pairs
from tests.solving.column_generation.pricing import priced

from poolmatch.solving.column_generation.labelling import LabellingParams, TooManyStates
from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.running.stopping import Stop


def tied(count: int) -> Case:
    """Return a person who may take half of so many."""
    draft = Draft([0] * count)
    draft.own(dict.fromkeys(range(count), 1), count // 2)
    return draft.case()


def test_the_best_is_found_without_all_that_are_as_good() -> None:
    """Of 20 meetings 10: there are 184,756 ways, and they take many times the memory."""
    tracemalloc.start()
    try:
        found = as_pairs(priced(tied(20), [-1] * 20).best())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [len(items) for _, items in found] == [10]
    assert peak < 2_000_000


def test_schedules_that_are_too_many_are_not_written_down() -> None:
    """Of 40 meetings 20: they could not be. None comes at once."""
    slack = np.array([0])
    found = tied(40).pricer(np.zeros(1)).price(Prices.of(np.full(40, -1), 0), slack=slack)
    assert found.least.tolist() == [-20]
    assert found.within(slack, 1000) is None


def test_too_many_states_are_told() -> None:
    prices = Prices.of(np.full(12, -1), 0)
    with pytest.raises(TooManyStates):
        tied(12).pricer(np.zeros(1), params=LabellingParams(numbers=300)).price(prices)
    assert tied(12).pricer(np.zeros(1)).price(prices).least.tolist() == [-6]


def test_loads_that_cost_may_be_too_many_states_too() -> None:
    """Nothing binds, so that there is one state at a time at first; minding loads, there are thousands."""
    draft = Draft([0] * 12)
    draft.own({one: 2**one for one in range(12)}, 0, [(4096, 1)])
    case, slack = draft.case(), np.array([10**6])
    prices = Prices.of(np.full(12, -2), 0)
    with pytest.raises(TooManyStates):
        case.pricer(np.zeros(1), params=LabellingParams(numbers=2000)).price(prices, slack=slack)
    assert case.pricer(np.zeros(1)).price(prices, slack=slack).least.tolist() == [-1]


def test_a_stop_ends_it() -> None:
    event = threading.Event()
    event.set()
    with pytest.raises(TooManyStates):
        tied(12).pricer(np.zeros(1), Stop(event)).price(Prices.of(np.full(12, -1), 0))
