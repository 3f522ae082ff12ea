"""What enumeration drops is in no roster that is good enough, and its bound is never above the best of these."""

from __future__ import annotations

import random
import threading

import numpy as np
import pytest
from tests.rings import chunks, seeds_of
from tests.solving.column_generation.drawn_systems import Draft, circle, random_case

from poolmatch.arrays import Ints
from poolmatch.solving.column_generation.enumeration import Enumeration, EnumerationParams
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.running.stopping import Stop


def enumerated(master: MasterProblem, value: int, params: EnumerationParams | None = None) -> Enumeration:
    schedules = master.within(value, 10**6)
    assert schedules is not None
    return Enumeration(master, schedules, value, params=params)


def test_half_of_everything_is_shut_out_by_a_cut() -> None:
    """Gains of 40 for two seats and 30 for the other meeting: 105 by halves, but 100 in a roster."""
    case = circle(random.Random(1), 0)
    values, worth = case.rosters()
    master = case.master(values[0])
    for _ in range(60):
        assert master.step(-100, 10.0)
    enumeration = enumerated(master, -100)
    assert enumeration.price(10.0)
    assert enumeration.bound == -105
    assert enumeration.cut(10.0)
    assert enumeration.price(10.0)
    assert enumeration.bound == -100
    best = {item for roster in values[worth == -100] for item in master.of_roster(roster)}
    assert set(enumeration.schedules) == best
    enumeration.aim(-101)
    assert enumeration.bound == -100  # no roster is so good
    assert not len(enumeration)
    assert not enumeration.cut(10.0)


@pytest.mark.parametrize("chunk", chunks(2))
def test_enumeration_finds_no_better_roster_and_none_of_what_was_dropped(chunk: int) -> None:
    """From prices that are not good yet, with and without cuts, up to any value, and then up to less."""
    dropped = cut = risen = ruled_out = 0
    for seed in seeds_of(chunk, 40):
        rng = random.Random(seed)
        case = circle(rng) if seed % 2 else random_case(rng, people=3, each=4, others=3, forced=0.05)
        values, worth = case.rosters()
        if not len(values):
            continue
        master = case.master(values[rng.randrange(len(values))])
        if not len(master.shared):
            continue
        optimum = int(worth.min())
        for _ in range(rng.randint(0, 30)):
            assert master.step(int(worth.max()), 10.0)
        if rng.random() < 0.3:
            master.cut(optimum, 10.0)
        value = rng.choice([optimum - 1, optimum, optimum, int(np.median(worth))])
        enumeration = enumerated(master, value)
        before, first = len(enumeration), enumeration.bound
        for _ in range(rng.randint(1, 6)):
            assert enumeration.price(10.0)
            _right(enumeration, master, values, worth, seed)
            cut += enumeration.cut(10.0)
            if rng.random() < 0.2:
                enumeration.aim(rng.randint(optimum - 1, max(optimum, enumeration.value)))
                _right(enumeration, master, values, worth, seed)
        dropped += before > len(enumeration)
        risen += enumeration.bound > first
        ruled_out += enumeration.bound > enumeration.value
    assert dropped > 10
    assert cut > 3
    assert risen > 10
    assert ruled_out > 3


def _right(enumeration: Enumeration, master: MasterProblem, values: Ints, worth: Ints, seed: int) -> None:
    """Assert that rosters up to the value are there, and better ones nowhere."""
    of_interest = worth <= enumeration.value
    beyond = enumeration.value + master.objective.unit
    assert enumeration.bound <= min(worth[of_interest].min(initial=2**60), beyond), seed
    items = list(enumeration.schedules)
    table = enumeration.cuts.toarray()
    for value in np.unique(worth[of_interest]).tolist():
        near = enumeration.near(value)
        for roster in values[worth == value]:
            mine = [items.index(item) for item in master.of_roster(roster)]
            assert near[mine].all(), seed
            assert (table[:, mine].sum(axis=1) <= enumeration.most).all(), seed


def test_nothing_is_too_much_to_add_up() -> None:
    """What columns outside of schedules cost may be far more than a machine word, in fixed point."""
    draft = Draft([0, 1], seat=[0, 0])
    draft.group([0, 1])
    draft.weight[0], draft.weight[1] = 7, 9
    for _ in range(5000):
        draft.row({draft.column(1, 1, 32767): 1}, 1, 1)
    case = draft.case()
    values = np.zeros(len(case.inside), np.int64)
    values[2:] = 1
    master = case.master(values)
    optimum = 5000 * 32767
    assert master.bound == optimum
    enumeration = enumerated(master, optimum + 7)
    assert enumeration.price(10.0)
    assert enumeration.bound <= optimum


def test_rows_that_ask_for_enough_are_kept_by_what_is_not_in_the_program_yet() -> None:
    """Of two people one has to do it, for 5 or 7; the roster that is known has the dearer one."""
    draft = Draft([0, 1])
    draft.row({0: 1, 1: 1}, 1, 2)
    draft.weight[0], draft.weight[1] = 5, 7
    case = draft.case()
    enumeration = enumerated(case.master(np.array([0, 1])), 6, EnumerationParams(entering=0))
    assert enumeration.price(10.0)
    assert enumeration.bound == 5
    assert [person for person, _ in enumeration.schedules] == [0]


def test_without_time_nothing_is_said() -> None:
    case = circle(random.Random(1), 0)
    master = case.master(case.rosters()[0][0])
    enumeration = enumerated(master, -100)
    before = enumeration.bound
    assert not enumeration.price(0.0)
    assert not enumeration.cut(10.0)
    assert enumeration.bound == before
    schedules = master.within(-100, 10**6)
    assert schedules is not None
    asked = threading.Event()
    asked.set()
    assert not Enumeration(master, schedules, -100, Stop(asked)).price(10.0)
