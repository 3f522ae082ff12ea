"""The best roster and the bound: what is offered counts if it is better, whichever thread offers it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.rings import seeds

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.model.incumbent import NOTHING, Incumbent
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import Objective

GOAL = Objective(1, 1, np.array([0]), np.array([-2]), 5)
"""5 without the first column, 3 with it."""
GUIDE = Objective(0, 1, np.array([0, 1]), np.array([-2, -1]), 0)
"""The second column is what comes after that."""


def taking(*values: int) -> Ints:
    return np.array(values, np.int64)


def relaxed(least: int, *adds: int) -> Relaxed:
    """Return what a relaxation says of some columns in two parts for each unit."""
    nothing: Floats = np.zeros(len(adds))
    return Relaxed(nothing, GOAL, least, np.array(adds, np.int64), 1, True, nothing)


def test_without_a_roster_it_is_worth_nothing_and_nothing_is_proven() -> None:
    incumbent = Incumbent(GOAL, GUIDE)
    assert not incumbent.found
    assert (incumbent.value, incumbent.bound) == (NOTHING, -NOTHING)
    assert not incumbent.proven
    assert incumbent.relaxed is None
    assert incumbent.open(2) is None
    with pytest.raises(LookupError, match="no roster has been found yet"):
        incumbent.best  # noqa: B018 - asking is the test


def test_what_is_better_is_taken_and_among_equals_what_the_guide_likes() -> None:
    def after(*offers: tuple[int, int]) -> tuple[int, ...]:
        incumbent = Incumbent(GOAL, GUIDE)
        for offer in offers:
            incumbent.offer(taking(*offer))
        return tuple(incumbent.best.values.tolist())

    assert after((0, 0), (1, 0)) == (1, 0)
    assert after((0, 0), (0, 1)) == (0, 1)
    assert after((0, 1), (0, 0)) == (0, 1)
    assert after((1, 1), (1, 0)) == (1, 1)
    assert after((1, 0), (0, 1)) == (1, 0)


def test_it_tells_whether_an_offer_is_better() -> None:
    incumbent, first = Incumbent(GOAL, GUIDE), taking(0, 0)
    assert incumbent.offer(first)
    assert not incumbent.offer(taking(0, 0))
    assert incumbent.best.values is first
    assert (incumbent.best.value, incumbent.best.guided) == (5, 0)
    assert incumbent.offer(taking(1, 1))
    assert (incumbent.value, incumbent.best.guided) == (3, -3)


def test_a_bound_only_rises_and_proves_what_it_reaches() -> None:
    incumbent = Incumbent(GOAL, GUIDE, 1)
    incumbent.offer(taking(1, 0))
    for bound, expected in ((0, 1), (2, 2), (1, 2), (3, 3)):
        assert not incumbent.proven
        incumbent.raise_bound(bound)
        assert incumbent.bound == expected
    assert incumbent.proven


def test_the_relaxation_that_proves_most_is_kept() -> None:
    """Bounds of 1, 2 and 2: two parts make a unit. Of those that prove as much, it is the last."""
    incumbent, weak, good, other = Incumbent(GOAL, GUIDE), relaxed(-8, 0, 0), relaxed(-6, 0, 2), relaxed(-7, 4, 0)
    assert [item.bound for item in (weak, good, other)] == [1, 2, 2]
    for item, expected in ((weak, weak), (good, good), (weak, good), (other, other), (None, other)):
        incumbent.raise_bound(2 if item is None else item.bound, item)
        assert incumbent.relaxed is expected
    assert incumbent.bound == 2


def test_what_adds_more_than_the_gap_is_in_no_better_roster() -> None:
    """The roster is worth 5, so that 0 is left for weights; the relaxation needs −3 of them, 6 parts less."""
    incumbent = Incumbent(GOAL, GUIDE)
    incumbent.raise_bound(2, relaxed(-6, 6, 7))
    incumbent.offer(taking(0, 0))
    assert [np.array(incumbent.open(columns)).tolist() for columns in (2, 1)] == [[True, False], [True]]
    incumbent.offer(taking(1, 0))  # 3, and 2 parts are left
    assert np.array(incumbent.open(2)).tolist() == [False, False]


def test_who_listens_hears_of_what_is_better_and_of_nothing_else() -> None:
    heard, incumbent = list[tuple[int, int]](), Incumbent(GOAL, GUIDE, 0)
    incumbent.listen(lambda: heard.append((incumbent.value, incumbent.bound)))
    incumbent.offer(taking(0, 0))
    incumbent.offer(taking(0, 0))
    incumbent.raise_bound(0)
    incumbent.raise_bound(2)
    incumbent.raise_bound(2, relaxed(-6, 0, 0))
    incumbent.offer(taking(0, 1))
    assert heard == [(5, 0), (5, 2), (5, 2)]


class Slow(int):
    """A number that lets other threads go on while it is compared."""

    def __eq__(self, other: object) -> bool:
        time.sleep(1e-4)
        return int(self) == other

    def __gt__(self, other: int) -> bool:
        time.sleep(1e-4)
        return int(self) > other

    __hash__ = int.__hash__


class Slowly(Objective):
    """An objective whose values are compared slowly."""

    def value(self, columns: Ints) -> int:
        return Slow(super().value(columns))


def at_once(number: int, function: Callable[[int], None]) -> None:
    """Call a function on as many threads at once, with the number of each."""
    together = threading.Barrier(number)

    def begin(place: int) -> None:
        together.wait(10)
        function(place)

    with ThreadPoolExecutor(number) as pool:
        for future in [pool.submit(begin, place) for place in range(number)]:
            future.result(30)


@pytest.mark.parametrize("seed", seeds(5))
def test_threads_that_offer_at_once_leave_the_best_of_all_offers(seed: int) -> None:
    """Whoever reads meanwhile sees values that belong together, and nothing that gets worse."""
    width, threads, each = 12, 8, 50
    rng = random.Random(seed)
    weights = np.array([rng.choice([-3, -1, 1, 2]) for _ in range(width)])
    goal = Slowly(1, 1, np.arange(6), weights[:6], 0)
    guide = Objective(0, 1, np.arange(width), np.append(100 * weights[:6], weights[6:]), 0)
    offers = np.random.default_rng(seed).integers(0, 2, (threads, each, width))
    incumbent, taken, wrong = Incumbent(goal, guide), list[tuple[int, int]](), list[object]()

    def worth(values: Ints) -> tuple[int, int]:
        return int(goal.value(values)), guide.value(values)

    def offer(place: int) -> None:
        last = NOTHING, NOTHING
        for values in offers[place]:
            if incumbent.offer(values):
                taken.append(worth(values))
            best = incumbent.best
            now = int(best.value), best.guided
            if worth(best.values) != now or now > last:
                wrong.append(best)
            last = now

    at_once(threads, offer)
    assert not wrong
    worths = [worth(values) for values in offers.reshape(-1, width)]
    assert (incumbent.value, incumbent.best.guided) == min(worths) == min(taken)
    assert len(taken) == len({*taken})  # of equals one was better than what was there


def test_threads_that_raise_the_bound_at_once_leave_the_highest() -> None:
    """And with it the relaxation that proved it."""
    incumbent, proofs = Incumbent(GOAL, GUIDE), [relaxed(-2 * place, 0) for place in range(40)]
    random.Random(0).shuffle(proofs)
    fallen = list[int]()

    def prove(place: int) -> None:
        last = -NOTHING
        for proof in proofs[place::8]:
            incumbent.raise_bound(Slow(proof.bound), proof)
            now = int(incumbent.bound)
            if now < max(last, proof.bound):
                fallen.append(now)
            last = now

    at_once(8, prove)
    assert not fallen
    assert incumbent.bound == 5
    assert incumbent.relaxed is max(proofs, key=lambda proof: proof.bound)
