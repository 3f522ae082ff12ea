"""What the propagator lets be taken can be completed, as far as propagation tells; what it refuses leaves no trace."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.rings import chunks, seeds_of
from tests.solving.systems import random_system, solutions, system_of

from poolmatch.solving.model.system import UNBOUNDED, System
from poolmatch.solving.start.propagation import Propagator


def state(propagator: Propagator) -> list[Any]:
    inside = (propagator._up, propagator._down, propagator._lower, propagator._upper, propagator._closed)
    return copy.deepcopy(list(inside))


def completable(system: System, count: int, taken: set[int]) -> bool:
    """Tell whether some solution takes just these candidates."""
    return any(set(np.flatnonzero(values[:count]).tolist()) == taken for values in solutions(system))


def limits_only(rng: random.Random) -> tuple[System, int]:
    """Return a system of limits, in which candidates only take: one other column may make room."""
    system, count = random_system(rng, candidates=4, others=1)
    row, column, factor = system.matrix
    factor = np.where(column < count, np.abs(factor), factor)
    low, high = system.row_bounds
    return replace(system, matrix=(row, column, factor), row_bounds=(np.full_like(low, -UNBOUNDED), high)), count


@pytest.mark.parametrize("chunk", chunks(5))
def test_with_limits_and_one_other_column_it_takes_exactly_what_can_be_completed(chunk: int) -> None:
    refused = accepted = narrowed = 0
    for seed in seeds_of(chunk, 100):
        rng = random.Random(seed)
        system, count = limits_only(rng)
        propagator, taken = Propagator(system, count), set[int]()
        for candidate in rng.sample(range(count), count):
            before = state(propagator)
            done = propagator.take(candidate)
            assert done == completable(system, count, taken | {candidate}), seed
            if done:
                taken.add(candidate)
                accepted += 1
                narrowed += state(propagator)[2:4] != before[2:4]
            else:
                assert state(propagator) == before, seed
                refused += 1
    assert min(refused, accepted, narrowed) > 20


@pytest.mark.parametrize("chunk", chunks(5))
def test_what_is_left_is_what_was_given_less_what_was_taken(chunk: int) -> None:
    """With rows and groups of any kind: what is refused leaves no trace, and what is left adds up."""
    refused = 0
    for seed in seeds_of(chunk, 60):
        rng = random.Random(seed)
        system, count = random_system(rng, candidates=6, others=3)
        propagator, taken = Propagator(system, count), set[int]()
        for candidate in rng.sample(range(count), count):
            before = state(propagator)
            if propagator.take(candidate):
                taken.add(candidate)
            else:
                assert state(propagator) == before, seed
                refused += 1
        up, down, lower, upper, closed = state(propagator)
        (low, high), (group, member) = system.row_bounds, system.groups
        room = [[int(side) for side in high], [-int(side) for side in low]]
        for row, column, factor in zip(*(part.tolist() for part in system.matrix), strict=True):
            own = (lower[column], upper[column]) if column >= count else (column in taken,) * 2
            ends = sorted(factor * int(end) for end in own)
            room[0][row] -= ends[0]
            room[1][row] += ends[1]
        assert [up, down] == room, seed
        held = {number for number, column in zip(group.tolist(), member.tolist(), strict=True) if column in taken}
        forced = {
            number
            for number, column in zip(group.tolist(), member.tolist(), strict=True)
            if column >= count and lower[column] == 1
        }
        assert {number for number, shut in enumerate(closed) if shut} == held | forced, seed
    assert refused > 20


def test_rows_of_preferences_forbid_nothing() -> None:
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1), (1, 0, 1)], [-UNBOUNDED] * 2, [1, 0], [])
    propagator = Propagator(replace(system, hard_rows=1), 2)
    assert propagator.take(0)
    assert not propagator.take(1)
    assert not Propagator(replace(system, hard_rows=2), 2).take(0)


def test_who_is_needed_may_come_later() -> None:
    """Seat 0 asks for a lead, seat 1: x0 - x1 <= 0. Refused alone, taken after the lead."""
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, -1)], [-UNBOUNDED], [0], [])
    propagator = Propagator(replace(system, hard_rows=1), 2)
    assert [propagator.take(candidate) for candidate in (0, 1, 0)] == [False, True, True]


def test_a_slot_that_is_chosen_shuts_the_others() -> None:
    """Candidates 0 and 1 sit in slot 3, candidate 2 in slot 4; one slot at most is chosen."""
    entries = [(0, 0, 1), (0, 3, -1), (1, 1, 1), (1, 3, -1), (2, 2, 1), (2, 4, -1)]
    system = system_of([0] * 5, [1] * 5, entries, [-UNBOUNDED] * 3, [0] * 3, [(0, 3), (0, 4)])
    propagator = Propagator(replace(system, hard_rows=3), 3)
    assert [propagator.take(candidate) for candidate in (0, 2, 1)] == [True, False, True]
    other = Propagator(replace(system, hard_rows=3), 3)
    assert [other.take(candidate) for candidate in (2, 0, 1)] == [True, False, False]


def test_a_row_that_nobody_can_help_is_a_conflict() -> None:
    """x + y <= 0 with y from -1 makes y = -1; but y >= 0 is asked for too, and no candidate is in that row."""
    system = system_of([0, -1], [1, 1], [(0, 0, 1), (0, 1, 1), (1, 1, 1)], [-UNBOUNDED, 0], [0, UNBOUNDED], [])
    propagator = Propagator(replace(system, hard_rows=2), 1)
    before = state(propagator)
    assert not propagator.take(0)
    assert state(propagator) == before
