"""What a recording notes of an executor, and that nothing else is changed by it."""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, ThreadPoolExecutor, wait

import pytest
from benchmarks.simulation.recording import Call, Recording
from tests.solving.pieces import double

from poolmatch.solving.running.work import Work


@pytest.fixture
def one() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def times(call: Call) -> list[float]:
    """Return the moments of a call, in the order in which they must have been."""
    assert call.begun is not None
    assert call.ended is not None
    assert call.returned is not None
    return [call.submitted, call.begun, call.ended, call.returned]


def kinds(recording: Recording) -> list[tuple[str, int]]:
    return [(mark.kind, mark.call) for mark in recording.marks]


def test_values_are_those_of_the_calls(one: Executor) -> None:
    recording = Recording(one)
    futures = [recording.submit(double, number) for number in (1, 2)]
    assert [future.result(10) for future in futures] == [2, 4]
    assert [call.function for call in recording.calls] == ["double", "double"]
    assert kinds(recording) == [("began", -1), ("submitted", 0), ("submitted", 1), ("taken", 0), ("taken", 1)]


def test_a_call_begins_when_a_worker_has_time_and_not_when_it_is_submitted(one: Executor) -> None:
    recording, free = Recording(one), threading.Event()
    futures = [recording.submit(free.wait, 10), recording.submit(double, 1)]
    between = recording.now()
    free.set()
    wait(futures)
    first, second = map(times, recording.calls)
    assert first == sorted(first)
    assert second == sorted(second)
    assert second[0] <= between <= first[2] <= second[1]


@pytest.mark.slow
def test_processes_have_the_same_clock() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        recording = Recording(pool)
        assert recording.submit(double, 4).result(60) == 8
    moments = times(recording.calls[0])
    assert moments == sorted(moments)


def test_an_error_is_that_of_the_call(one: Executor) -> None:
    future = Recording(one).submit(int, "no number")
    with pytest.raises(ValueError, match="no number"):
        future.result(10)


def test_a_call_that_waits_is_cancelled_and_one_that_runs_is_not(one: Executor) -> None:
    recording, begun, free = Recording(one), threading.Event(), threading.Event()

    def hold() -> str:
        begun.set()
        free.wait(10)
        return "held"

    running, waiting = recording.submit(hold), recording.submit(double, 1)
    assert begun.wait(10)
    assert waiting.cancel()
    assert not running.cancel()
    assert wait([running, waiting], 10, FIRST_COMPLETED).done == {waiting}
    assert waiting.cancelled()
    free.set()
    assert running.result(10) == "held"
    assert recording.calls[1].begun is None
    assert kinds(recording)[3:] == [("dropped", 1), ("dropped", 0), ("taken", 0)]


def test_work_takes_it_for_any_executor(one: Executor) -> None:
    """And pieces are called by the name of what they do."""
    recording = Recording(one)
    with Work(recording, 2) as work:
        for number in range(3):
            work.submit(double, number, tag=number)
        found = dict[int, int]()
        while work.pending:
            found |= dict(work.wait(10))
    assert found == {0: 0, 1: 2, 2: 4}
    assert [call.function for call in recording.calls] == ["double"] * 3
    assert sorted(call for kind, call in kinds(recording) if kind == "taken") == [0, 1, 2]


def test_asking_and_logging_are_noted_in_the_thread_that_submits(one: Executor) -> None:
    recording, logger = Recording(one), logging.getLogger("poolmatch")
    before = logger.level
    with recording.listening():
        assert not recording.stop.is_set()
        logger.info("a step is over")
        one.submit(logger.info, "elsewhere").result(10)
        one.submit(recording.stop.is_set).result(10)
    logger.info("not listened to")
    assert [kind for kind, _ in kinds(recording)] == ["began", "asked", "logged"]
    assert logger.level == before
    recording.stop.set()
    assert recording.stop.is_set()


def test_the_thread_that_submits_is_followed_and_of_others_only_what_they_tell(one: Executor) -> None:
    """Its work counts on from what had been done; when it has ended, no more is added."""
    recording = Recording(one)
    work(0.05)
    recording.stop.is_set()

    def search() -> None:
        recording.submit(double, 1).result(10)
        work(0.1)
        recording.stop.is_set()

    recording.mark("told")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(search).result(10)
        recording.stop.is_set()
        recording.mark("told")
    recording.mark("told")
    work(0.05)
    recording.mark("told")
    marks = recording.marks
    assert [mark.kind for mark in marks] == ["began", "asked", "told", "submitted", "taken", "asked", *["told"] * 3]
    owns = [mark.own for mark in marks]
    assert owns == sorted(owns)
    assert owns[1] >= 0.05
    assert owns[5] - owns[4] >= 0.1
    assert owns[8] == owns[7] < owns[5] + 0.05


def work(seconds: float) -> None:
    """Compute in this thread for so long."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_waiting_is_no_work(one: Executor) -> None:
    """This thread computes while a worker sleeps, and then waits for it. Half of the wait may be a busy machine's."""
    recording = Recording(one)
    future = recording.submit(time.sleep, 0.4)
    work(0.05)
    recording.mark("asked")
    future.result(10)
    _, submitted, worked, taken = recording.marks
    assert worked.own - submitted.own >= 0.05
    assert taken.seconds - submitted.seconds >= 0.4
    assert taken.own - worked.own < 0.2
