"""The search in neighbourhoods by itself: what comes back late, when it ends, and what it makes of candidates."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.solving.candidate_features import land, two_meetings
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES, Result, solve
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.params import Params, PortfolioParams
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.neighbourhood_search import NeighbourhoodParams, NeighbourhoodSearch
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.strategy import Outcome, Resources, Workers
from poolmatch.solving.task import Task

LED = Params(portfolio=PortfolioParams(direct=-1))
"""No problem is so small that the whole model is searched at once."""


def two_seats() -> Task:
    """Two seats worth 5 each; nobody has them yet."""
    system, goal = system_of([0] * 2, [1] * 2, [], [], [], []), Objective(1, 1, np.arange(2), np.array([-5, -5]), 0)
    return Task(land(range(2), [(52, 4), (52, 5)]), system, goal, goal, np.zeros(2, np.int64))


class Slow(Executor):
    """Answers each call once so many seconds have gone by; what has been asked for cannot be dropped any more."""

    def __init__(self, seconds: float) -> None:
        self.asked, self._seconds = 0, seconds

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked += 1
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        threading.Timer(self._seconds, lambda: future.set_result(fn(*args, **kwargs))).start()
        return future


@pytest.mark.parametrize(("wait", "value"), [(20.0, -10), (0.0, 0)])
def test_a_piece_that_comes_back_at_the_very_end_is_taken_over(wait: float, value: int) -> None:
    """Time is up after 0.2 seconds, and the answer there after 0.7, if that is waited for: as long as pieces take."""
    task, executor = two_seats(), Slow(0.7)
    incumbent, params = begun(task), NeighbourhoodParams(seconds=wait)
    resources = Resources(1, executor=executor)
    outcome = NeighbourhoodSearch(resources, Workers(1), params).run(task, incumbent, Budget(0.2))
    assert outcome is Outcome.TIME_UP
    assert executor.asked == 1
    assert incumbent.value == value


def begun(task: Task) -> Incumbent:
    incumbent = Incumbent(task.objective, task.guide)
    incumbent.offer(task.hint)
    return incumbent


@pytest.mark.parametrize("patience", [1, 5])
def test_with_one_worker_it_is_at_its_end_after_pieces_without_gain(
    patience: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is better than both seats; with two workers it would go on until it is told that."""
    caplog.set_level("INFO", "poolmatch")
    task = replace(two_seats(), hint=np.ones(2, np.int64))
    search = NeighbourhoodSearch(Resources(1), Workers(1), NeighbourhoodParams(patience=patience))
    for times in (1, 2):  # it is as patient the next time, and goes on counting
        assert search.run(task, begun(task), Budget(60.0)) is Outcome.EXHAUSTED
        tried = re.findall(r"\((\d+), 0\)", caplog.messages[-1])
        assert sum(map(int, tried)) == times * patience
    together = NeighbourhoodSearch(Resources(2), Workers(2), NeighbourhoodParams(patience=patience))
    assert together.run(task, begun(task), Budget(1.0)) is Outcome.TIME_UP


@pytest.mark.parametrize("workers", [1, 2])
def test_it_ends_when_others_prove_its_roster(workers: int) -> None:
    task = replace(two_seats(), hint=np.ones(2, np.int64))
    incumbent = begun(task)
    threading.Timer(0.3, incumbent.raise_bound, [-10]).start()
    params, budget = NeighbourhoodParams(patience=10**9), Budget(60.0)
    search = NeighbourhoodSearch(Resources(workers), Workers(workers), params)
    assert search.run(task, incumbent, budget) is Outcome.EXHAUSTED
    assert budget.left > 30


@pytest.mark.slow
def test_pieces_that_never_begin_are_not_waited_for() -> None:
    """The caller's only thread is the one that solves."""

    def within(executor: ThreadPoolExecutor) -> Result:
        return solve(pool(60, 250, 15, 1), STANDARD_RULES.weighted(), time_limit=2, executor=executor, params=LED)

    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(within, executor).result(60).report.legal


def test_completing_gives_the_best_of_the_other_columns() -> None:
    """y >= 2 x0 + x1 costs 3 each: 6, 3, 9; both seats together are too many, for y is 2 at most."""
    entries = [(0, 0, -2), (0, 1, -1), (0, 2, 1)]
    system = system_of([0, 0, 0], [1, 1, 2], entries, [0], [UNBOUNDED], [])
    goal = Objective(1, 1, np.array([2]), np.array([3]), 0)
    pieces = Pieces(Task(two_meetings(), system, goal, goal, np.zeros(2, np.int64)), 0, Stop(None), PieceParams())

    def completed(*taken: int) -> list[int] | None:
        values = pieces.complete(np.array(taken))
        return None if values is None else values.tolist()

    assert completed(0, 0) == [0, 0, 0]
    assert completed(0, 1) == [0, 1, 1]
    assert completed(1, 0) == [1, 0, 2]
    assert completed(1, 1) is None
