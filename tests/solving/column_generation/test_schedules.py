"""Schedules as a table: made of pairs, chosen, joined, and each once."""

from __future__ import annotations

import numpy as np
from tests.solving.column_generation.drawn_systems import as_pairs

from poolmatch.solving.column_generation.schedules import Schedules


def table() -> Schedules:
    """Return schedules of people 0, 1 and 0: pairs come in any order of schedules."""
    return Schedules.of(np.array([0, 1, 0]), np.array([2, 0, 1, 0, 2]), np.array([7, 3, 5, 2, 6]))


def test_schedules_of_pairs() -> None:
    """Those of a schedule keep their order."""
    assert as_pairs(table()) == [(0, (3, 2)), (1, (5,)), (0, (7, 6))]
    assert len(table()) == 3


def test_some_schedules() -> None:
    assert as_pairs(table().take(np.array([2, 0]))) == [(0, (7, 6)), (0, (3, 2))]
    assert as_pairs(table().take(np.zeros(0, np.int64))) == []


def test_joined_and_each_once() -> None:
    """What another person does is another schedule, and so is another order."""
    others = Schedules.of(np.array([1, 0, 0, 0]), np.array([0, 1, 2, 2, 3, 3]), np.array([5, 5, 3, 2, 2, 3]))
    both = table().joined(others)
    assert as_pairs(both) == [*as_pairs(table()), (1, (5,)), (0, (5,)), (0, (3, 2)), (0, (2, 3))]
    assert as_pairs(both.distinct()) == [*as_pairs(table()), (0, (5,)), (0, (2, 3))]
    none = Schedules.of(*(np.zeros(0, np.int64),) * 3)
    assert as_pairs(none.joined(table())) == as_pairs(table().joined(none)) == as_pairs(table())
    assert as_pairs(none.distinct()) == []
