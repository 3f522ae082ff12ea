"""Strategies beside one another: who proves ends all, and whoever has proven a goal begins the next."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from tests.solving.candidate_features import two_meetings
from tests.solving.systems import system_of

from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import Objective
from poolmatch.solving.params import Params, PortfolioParams
from poolmatch.solving.portfolio import Portfolio
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.pieces import PieceParams
from poolmatch.solving.side_by_side import SideBySide, SideBySideParams
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task


def task() -> Task:
    system = system_of([0, 0], [1, 1], [], [], [], [])
    goal = Objective(5, 1, np.arange(2), np.array([-5, -4]), 0)
    return Task(two_meetings(), system, goal, goal, np.zeros(2, np.int64))


class Stub:
    """Notes when it begins and ends, and does something first."""

    def __init__(self, act: Callable[[Incumbent], None], seconds: float = 0.0) -> None:
        self._act, self._seconds = act, seconds
        self.began = 0
        self.ended = Outcome.EXHAUSTED

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:  # noqa: ARG002 - a strategy's
        self.began += 1
        if not budget.wait(self._seconds, lambda: False):
            return Outcome.TIME_UP
        self._act(incumbent)
        return Outcome.EXHAUSTED


def prove(incumbent: Incumbent) -> None:
    incumbent.offer(np.ones(2, np.int64))
    incumbent.raise_bound(-9)


def nothing(_: Incumbent) -> None:
    pass


def test_who_proves_ends_all_and_begins_the_next_goal() -> None:
    quick, slow = Stub(prove, 0.2), Stub(nothing, 60.0)
    both = SideBySide({"slow": slow, "quick": quick}, {}, Resources(1), PieceParams())
    for goal in (1, 2):
        incumbent, began = Incumbent(task().objective, task().guide), time.monotonic()
        assert both.run(task(), incumbent, Budget(50.0)) is Outcome.EXHAUSTED
        assert time.monotonic() - began < 30
        assert incumbent.closed_by == "quick"
        assert (quick.began, slow.began) == (goal, 1)  # the second goal took no longer than the first


def test_the_others_come_in_where_who_began_is_at_its_end() -> None:
    first = Stub(prove)
    second = Stub(prove, 0.1)
    both = SideBySide({"first": first}, {"second": second}, Resources(1), PieceParams())
    incumbent = Incumbent(task().objective, task().guide)
    both.run(task(), incumbent, Budget(50.0))
    first._act = nothing
    again = Incumbent(task().objective, task().guide)
    assert both.run(task(), again, Budget(50.0)) is Outcome.EXHAUSTED
    assert again.closed_by == "second"


def test_who_has_nothing_to_tell_is_set_aside() -> None:
    """One says something every now and then, if only what others know already; the other says nothing."""

    class Talks(Stub):
        def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:  # noqa: ARG002 - a strategy's
            while budget.wait(0.1, lambda: False):
                incumbent.raise_bound(-1000 + self.began)
                self.began += 1
            return Outcome.TIME_UP

    silent, talks = Stub(nothing, 60.0), Talks(nothing)
    both = SideBySide({"silent": silent, "talks": talks}, {}, Resources(2), PieceParams())
    began = time.monotonic()
    incumbent, ends = Incumbent(task().objective, task().guide, -9), list[float]()
    run = silent.run

    def ended(task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        outcome = run(task, incumbent, budget)
        ends.append(time.monotonic() - began)
        return outcome

    silent.run = ended  # type: ignore[method-assign]
    assert both.run(task(), incumbent, Budget(3.0)) is Outcome.TIME_UP
    assert ends[0] < 2
    assert time.monotonic() - began > 2.9
    assert talks.began > 5


def test_who_has_proven_the_last_goal_may_be_silent_while_it_is_alone() -> None:
    """It proves in 0.4 s, and the next goal in a second, though nobody else may be silent for so long."""
    leader, other = Stub(prove, 0.4), Stub(nothing)
    params = SideBySideParams(silence=0.05)
    both = SideBySide({"leader": leader, "other": other}, {}, Resources(1), PieceParams(), params)
    for seconds in (0.4, 1.0):
        leader._seconds = seconds
        incumbent = Incumbent(task().objective, task().guide)
        assert both.run(task(), incumbent, Budget(12.0)) is Outcome.EXHAUSTED
        assert incumbent.closed_by == "leader"
    assert not other.began


def test_who_takes_all_workers_begins_alone_and_is_another_where_it_is_not_the_first() -> None:
    whole, late, led = Stub(nothing, 0.5), Stub(nothing), Stub(prove)
    both = SideBySide({"whole": late}, {"led": led}, Resources(2), PieceParams(), first={"whole": whole})
    began = time.monotonic()
    both.run(task(), Incumbent(task().objective, task().guide), Budget(50.0))
    assert time.monotonic() - began >= 0.5  # the other came in when the first was at its end
    assert (whole.began, late.began, led.began) == (1, 0, 1)
    led._seconds = 0.5
    both.run(task(), Incumbent(task().objective, task().guide), Budget(50.0))  # now who has proven the last is first
    assert (whole.began, late.began, led.began) == (1, 1, 2)


def test_a_strategy_that_fails_ends_the_others() -> None:
    class Broken(Exception):
        pass

    def fail(_: Incumbent) -> None:
        raise Broken

    both = SideBySide({"slow": Stub(nothing, 60.0)}, {"fails": Stub(fail)}, Resources(2), PieceParams())
    began = time.monotonic()
    with pytest.raises(Broken):
        both.run(task(), Incumbent(task().objective, task().guide), Budget(50.0))
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("name", ["whole", "highs", "schedules", "neighbourhoods"])
def test_each_strategy_can_be_set_aside(name: str) -> None:
    params = Params(portfolio=PortfolioParams(direct=-1, without=frozenset({name})))
    choice = Portfolio(Resources(2), params).choice(task())
    assert isinstance(choice, SideBySide)
    assert name not in choice.names
    assert len(choice.names) == 3
