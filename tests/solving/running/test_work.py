"""Pieces of work: what a dying worker takes with it is done again; only what kills its worker ends with an error."""

from __future__ import annotations

import threading
from concurrent.futures import BrokenExecutor, CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.solving.executors import Manual, processes, threads
from tests.solving.pieces import die_always, double, picky

from poolmatch.solving.running.work import TRIES, Work


class KilledWorker(Exception):
    """As that of distributed is called."""


def outcomes(work: Work) -> dict[Any, Any]:
    """Wait for all pieces; return their outcomes by tag."""
    found: dict[Any, Any] = {}
    while work.pending:
        news = work.wait(60)
        assert news, f"nothing finished for a minute; so far {found}"
        assert not found.keys() & dict(news).keys(), "a piece has one outcome"
        found |= dict(news)
    return found


# --- what is given to the executor, and when ---------------------------------------------------------------


def test_no_more_pieces_than_asked_for_are_given_at_once() -> None:
    executor = Manual()
    work = Work(executor, 2)
    for number in range(5):
        work.submit(double, number, tag=number)
    assert (len(executor.calls), work.pending) == (2, 5)
    executor.run(1)
    assert work.wait(0) == [(1, 2)]
    assert (len(executor.calls), work.pending) == (2, 4)
    assert work.wait(0) == []


def test_waiting_for_nothing_ends_at_once() -> None:
    assert Work(Manual()).wait() == []


def test_an_exception_is_an_outcome() -> None:
    with threads() as executor, Work(executor) as work:
        work.submit(divmod, 1, 0, tag="wrong")
        work.submit(divmod, 7, 2, tag="right")
        found = outcomes(work)
    assert isinstance(found["wrong"], ZeroDivisionError)
    assert found["right"] == (3, 1)


def test_an_executor_that_refuses_a_piece_costs_that_piece() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    work = Work(pool)
    work.submit(double, 1, tag="late")
    ((tag, error),) = work.wait()
    assert (tag, type(error), work.pending) == ("late", RuntimeError, 0)


@pytest.mark.parametrize("wrong", [0, -1, True])
def test_at_once_is_at_least_one(wrong: int) -> None:
    with pytest.raises(ValueError, match="at_once"):
        Work(Manual(), wrong)


# --- what is done again ------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [BrokenExecutor(), KilledWorker(), CancelledError()], ids=lambda error: type(error))
def test_what_is_lost_is_done_again(error: Exception) -> None:
    executor = Manual()
    work = Work(executor, 1)
    work.submit(double, 1, tag="first")
    work.submit(double, 2, tag="second")
    executor.fail(error)
    assert work.wait(0) == []
    executor.run()
    assert work.wait(0) == [("first", 2)]


def test_what_its_executor_cancelled_is_done_again() -> None:
    executor = Manual()
    work = Work(executor)
    work.submit(double, 1, tag="it")
    future, _ = executor.calls.pop()
    future.cancel()
    future.set_running_or_notify_cancel()
    assert work.wait(0) == []
    executor.run()
    assert work.wait(0) == [("it", 2)]


def test_the_last_try_is_made_alone() -> None:
    executor = Manual()
    work = Work(executor, 3)
    for number in range(4):
        work.submit(double, number, tag=number)
    lost = BrokenExecutor("the worker died")
    for _ in range(TRIES - 1):
        assert len(executor.calls) == 3
        for _ in range(3):
            executor.fail(lost)
        assert work.wait(0) == []
    assert len(executor.calls) == 1  # number 0, by itself
    executor.run()
    assert work.wait(0) == [(0, 0)]
    assert len(executor.calls) == 1
    executor.fail(lost)
    assert work.wait(0) == [(1, lost)]  # nothing was beside it: it is to blame
    executor.run()
    assert work.wait(0) == [(2, 4)]
    executor.run()
    assert outcomes(work) == {3: 6}


def test_the_last_try_waits_until_nothing_is_beside_it() -> None:
    executor = Manual()
    work = Work(executor, 2)
    work.submit(double, 1, tag="beside")
    work.submit(double, 2, tag="lost")
    work.submit(double, 3, tag="behind")
    for _ in range(TRIES - 1):
        executor.fail(KilledWorker(), 1)
        assert work.wait(0) == []
    assert len(executor.calls) == 1
    executor.run()
    assert work.wait(0) == [("beside", 2)]
    assert len(executor.calls) == 1
    executor.run()
    assert work.wait(0) == [("lost", 4)]
    executor.run()
    assert outcomes(work) == {"behind": 6}


def test_what_is_merely_wrong_is_not_done_again() -> None:
    executor = Manual()
    work = Work(executor)
    work.submit(double, 1)
    wrong = ValueError("wrong")
    executor.fail(wrong)
    assert work.wait(0) == [(None, wrong)]


# --- values ------------------------------------------------------------------------------------------------


def test_a_piece_that_no_worker_survives_has_no_value_once_another_came_back() -> None:
    executor = Manual()
    work = Work(executor, 1)
    work.submit(double, 1, tag="right")
    executor.run(0)
    assert work.values(0) == [("right", 2)]
    work.submit(double, 2, tag="always")
    for _ in range(TRIES - 1):
        executor.fail(KilledWorker())
        assert work.values(0) == []
    executor.fail(KilledWorker())
    assert work.values(0) == [("always", None)]


def test_an_executor_on_which_all_is_lost_is_an_error() -> None:
    executor = Manual()
    work = Work(executor, 1)
    work.submit(double, 1)
    for _ in range(TRIES - 1):
        executor.fail(BrokenExecutor())
        assert work.values(0) == []
    executor.fail(BrokenExecutor("no worker begins"))
    with pytest.raises(BrokenExecutor, match="no worker begins"):
        work.values(0)


def test_what_is_lost_once_all_is_cancelled_is_no_error() -> None:
    executor = Manual()
    work = Work(executor, 1)
    work.submit(double, 1, tag="late")
    executor.calls[0][0].set_running_or_notify_cancel()
    work.cancel()
    executor.fail(BrokenExecutor())
    assert work.values(0) == [("late", None)]


def test_what_a_piece_raises_is_raised() -> None:
    with threads() as executor, Work(executor) as work:
        work.submit(double, 1)
        assert work.values(60) == [(None, 2)]
        work.submit(divmod, 1, 0)
        with pytest.raises(ZeroDivisionError):
            work.values(60)


# --- stopping ----------------------------------------------------------------------------------------------


def test_cancelling_drops_what_has_not_begun_and_repeats_nothing() -> None:
    executor = Manual()
    work = Work(executor, 2)
    for number in range(4):
        work.submit(double, number, tag=number)
    executor.calls[0][0].set_running_or_notify_cancel()
    work.cancel()
    assert work.pending == 1
    lost = BrokenExecutor()
    executor.fail(lost)
    assert work.wait(0) == [(0, lost)]
    assert work.pending == 0
    assert executor.calls[0][0].cancelled()


def test_closing_leaves_the_callers_executor_open_and_waits_for_nothing() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        assert go_on.wait(60)

    with threads(1) as executor:
        with Work(executor) as work:
            work.submit(hold)
            work.submit(double, 1)
            assert begun.wait(60)
        assert work.pending == 0
        go_on.set()
        assert executor.submit(double, 2).result(60) == 4


# --- a real one; the others are in `test_many.py` -----------------------------------------------------------


@pytest.mark.slow
def test_a_piece_that_kills_every_worker_ends_with_an_error_and_the_others_with_their_values(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with processes(1) as executor:
        with Work(executor, 2) as work:
            work.submit(die_always, begun, tag="always")
            work.submit(double, 1, tag="right")
            work.submit(np.sum, np.arange(1_000_000), tag="sum")
            work.submit(double, lambda: 1, tag="no pickle")
            work.submit(picky, tag="picky")
            found = outcomes(work)
        with pytest.raises(BrokenExecutor):
            executor.submit(double, 1)  # the caller's pool was replaced, not mended
    assert isinstance(found["always"], BrokenExecutor)
    assert begun.stat().st_size == TRIES
    assert (found["right"], found["sum"]) == (2, 499_999_500_000)
    assert "pickle" in str(found["no pickle"])
    assert str(found["picky"]) == "Picky: one and two"
