"""How long a search may go on, by a clock that the tests turn: seconds, units, parts of both, and who asks to stop."""

from __future__ import annotations

import threading

import pytest

from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop


class Clock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_seconds_go_by_from_the_beginning(clock: Clock) -> None:
    budget = Budget(10, clock=clock)
    assert (budget.gone, budget.left, budget.over) == (0, 10, False)
    clock.now += 9.5
    assert (budget.gone, budget.left, budget.over) == (9.5, 0.5, False)
    clock.now += 0.5
    assert (budget.left, budget.over) == (0, True)
    clock.now += 3
    assert (budget.gone, budget.left, budget.over) == (13, -3, True)


def test_without_seconds_it_is_over_at_once(clock: Clock) -> None:
    assert Budget(0, clock=clock).over


def test_spending_takes_no_seconds(clock: Clock) -> None:
    budget = Budget(10, clock=clock)
    budget.spend(7)
    assert budget.left == 10


def test_units_are_spent_and_do_not_go_by(clock: Clock) -> None:
    budget = Budget(10, deterministic=True, clock=clock)
    clock.now += 60
    assert (budget.gone, budget.left) == (60, 10)
    budget.spend(4)
    budget.spend(5.5)
    assert (budget.left, budget.over) == (0.5, False)
    budget.spend(2)
    assert (budget.left, budget.over) == (-1.5, True)


def test_a_part_begins_when_it_is_made_and_ends_no_later_than_the_whole(clock: Clock) -> None:
    whole = Budget(10, clock=clock)
    clock.now += 4
    short, long = whole.at_most(2), whole.at_most(60)
    assert (short.gone, short.left, long.left) == (0, 2, 6)
    clock.now += 2
    assert (short.left, short.over, long.left, long.over) == (0, True, 4, False)
    assert (whole.left, whole.over) == (4, False)
    inner = long.at_most(3)
    clock.now += 1
    assert inner.left == 2
    clock.now += 3
    assert [budget.over for budget in (inner, long, whole)] == [True, True, True]


def test_units_of_a_part_are_units_of_the_whole(clock: Clock) -> None:
    whole = Budget(10, deterministic=True, clock=clock)
    whole.spend(1)
    part = whole.at_most(5)
    inner = part.at_most(4)
    assert inner.deterministic
    inner.spend(3)
    assert (inner.left, part.left, whole.left) == (1, 2, 6)
    whole.spend(5.5)
    assert (inner.left, part.left) == (0.5, 0.5)
    clock.now += 60
    assert not inner.over


def test_a_condition_ends_its_own_part_alone(clock: Clock) -> None:
    whole, ended = Budget(10, clock=clock), threading.Event()
    clock.now += 1
    part = whole.unless(ended.is_set)
    inner = part.at_most(2)
    assert (part.left, part.over, inner.over) == (9, False, False)
    ended.set()
    assert [budget.over for budget in (part, inner, whole)] == [True, True, False]
    assert [budget.stop.asked() for budget in (part, inner, whole)] == [True, True, False]
    assert part.left == 9  # nobody needed it


def test_conditions_add_up(clock: Clock) -> None:
    first, second = threading.Event(), threading.Event()
    both = Budget(10, clock=clock).unless(first.is_set).unless(second.is_set)
    assert not both.over
    first.set()
    assert both.over
    first.clear()
    second.set()
    assert both.over


def test_whoever_asks_to_stop_stops_all_parts(clock: Clock) -> None:
    asked = threading.Event()
    whole = Budget(10, Stop(asked), clock=clock)
    parts = [whole.at_most(5), whole.unless(lambda: False), whole.at_most(5).unless(lambda: False)]
    assert not any(budget.over for budget in (whole, *parts))
    asked.set()
    assert all(budget.over for budget in (whole, *parts))


def test_a_part_that_is_over_stops_nobody_else(clock: Clock) -> None:
    whole = Budget(10, clock=clock)
    gone = whole.at_most(0)
    assert (gone.over, gone.stop.asked()) == (True, False)
    assert (whole.left, whole.over) == (10, False)


def test_the_time_is_that_of_the_clock_on_the_wall_unless_it_is_given() -> None:
    budget = Budget(60)
    assert 0 <= budget.gone < 30
    assert 30 < budget.left <= 60
