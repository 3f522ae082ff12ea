"""What a listing drops is in no roster that is good enough, and its bound is never above the best of these."""

from __future__ import annotations

import random
import threading

import numpy as np
import pytest
from tests.rings import seeds
from tests.solving.column_generation.menus import Case, Draft, circle, random_case

from poolmatch.arrays import Ints
from poolmatch.solving.column_generation import enumeration as listing_module
from poolmatch.solving.column_generation.enumeration import Listing
from poolmatch.solving.column_generation.master import Generation
from poolmatch.solving.running.stopping import Stop


def solve_root(case: Case, values: Ints) -> Generation:
    return Generation(case.relaxation, case.features, case.objective, np.zeros(len(case.kept)), values)


def listed(prices: Generation, value: int) -> Listing:
    sets = prices.within(value, 10**6)
    assert sets is not None
    return Listing(prices, sets, value)


def test_half_of_everything_is_shut_out_by_a_cut() -> None:
    """Gains of 40 for two seats and 30 for the other meeting: 105 by halves, but 100 in a roster."""
    case = circle(random.Random(1), 0)
    values, worth = case.rosters()
    prices = solve_root(case, values[0])
    for _ in range(60):
        assert prices.step(-100, 10.0)
    listing = listed(prices, -100)
    assert listing.price(10.0)
    assert listing.bound == -105
    assert listing.cut(10.0)
    assert listing.price(10.0)
    assert listing.bound == -100
    best = {item for roster in values[worth == -100] for item in prices.of_roster(roster)}
    assert set(listing.sets) == best
    listing.aim(-101)
    assert listing.bound == -100  # no roster is so good
    assert not len(listing)
    assert not listing.cut(10.0)


@pytest.mark.parametrize("chunk", seeds(3))
def test_enumeration_finds_no_better_roster_and_none_of_what_was_dropped(chunk: int) -> None:
    """From prices that are not good yet, with and without cuts, up to any value, and then up to less."""
    dropped = cut = risen = ruled_out = 0
    for seed in range(chunk * 40, (chunk + 1) * 40):
        rng = random.Random(seed)
        case = circle(rng) if seed % 2 else random_case(rng, people=3, each=4, others=3, forced=0.05)
        values, worth = case.rosters()
        if not len(values):
            continue
        prices = solve_root(case, values[rng.randrange(len(values))])
        if not len(prices.rows):
            continue
        optimum = int(worth.min())
        for _ in range(rng.randint(0, 30)):
            assert prices.step(int(worth.max()), 10.0)
        if rng.random() < 0.3:
            prices.cut(optimum, 10.0)
        value = rng.choice([optimum - 1, optimum, optimum, int(np.median(worth))])
        listing = listed(prices, value)
        before, first = len(listing), listing.bound
        for _ in range(rng.randint(1, 6)):
            assert listing.price(10.0)
            _right(listing, prices, values, worth, seed)
            cut += listing.cut(10.0)
            if rng.random() < 0.2:
                listing.aim(rng.randint(optimum - 1, max(optimum, listing.value)))
                _right(listing, prices, values, worth, seed)
        dropped += before > len(listing)
        risen += listing.bound > first
        ruled_out += listing.bound > listing.value
    assert dropped > 10
    assert cut > 3
    assert risen > 10
    assert ruled_out > 3


def _right(listing: Listing, prices: Generation, values: Ints, worth: Ints, seed: int) -> None:
    """Assert that rosters up to the value are there, and better ones nowhere."""
    of_interest = worth <= listing.value
    assert listing.bound <= min(worth[of_interest].min(initial=2**60), listing.value + prices.objective.unit), seed
    items = list(listing.sets)
    table = listing.cuts.toarray()
    for value in np.unique(worth[of_interest]).tolist():
        near = listing.near(value)
        for roster in values[worth == value]:
            mine = [items.index(item) for item in prices.of_roster(roster)]
            assert near[mine].all(), seed
            assert (table[:, mine].sum(axis=1) <= listing.most).all(), seed


def test_nothing_is_too_much_to_add_up() -> None:
    """What columns outside of schedules cost may be far more than a machine word, in parts."""
    draft = Draft([0, 1], seat=[0, 0])
    draft.group([0, 1])
    draft.weight[0], draft.weight[1] = 7, 9
    for _ in range(5000):
        draft.row({draft.column(1, 1, 32767): 1}, 1, 1)
    case = draft.case()
    values, prices = np.zeros(len(case.inside), np.int64), None
    values[2:] = 1
    prices = solve_root(case, values)
    optimum = 5000 * 32767
    assert prices.bound == optimum
    listing = listed(prices, optimum + 7)
    assert listing.price(10.0)
    assert listing.bound <= optimum


def test_rows_that_ask_for_enough_are_kept_by_what_is_not_in_the_program_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two people one has to do it, for 5 or 7; the roster that is known has the dearer one."""
    monkeypatch.setattr(listing_module, "EACH", 0)
    draft = Draft([0, 1])
    draft.row({0: 1, 1: 1}, 1, 2)
    draft.weight[0], draft.weight[1] = 5, 7
    case = draft.case()
    listing = listed(solve_root(case, np.array([0, 1])), 6)
    assert listing.price(10.0)
    assert listing.bound == 5
    assert [person for person, _ in listing.sets] == [0]


def test_without_time_nothing_is_said() -> None:
    case = circle(random.Random(1), 0)
    prices = solve_root(case, case.rosters()[0][0])
    listing = listed(prices, -100)
    before = listing.bound
    assert not listing.price(0.0)
    assert not listing.cut(10.0)
    assert listing.bound == before
    sets = prices.within(-100, 10**6)
    assert sets is not None
    asked = threading.Event()
    asked.set()
    assert not Listing(prices, sets, -100, Stop(asked)).price(10.0)
