"""Batches that are stopped, by an event, a signal or a caller who leaves: what was found is kept, nothing runs on."""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest
from tests.solving.batches import counted, kinds
from tests.solving.executors import threads
from tests.solving.pieces import double, long, small

from poolmatch import Problem, Progress, Solved, Status, solve_many
from poolmatch.solving.many import Source
from poolmatch.solving.running.stop_file import StopFile

ROOT = Path(__file__).parents[2]


def test_a_stop_in_this_thread_keeps_the_best_roster_and_ends_the_batch() -> None:
    stop = threading.Event()
    pulled: list[int] = []

    def improved(news: Progress) -> None:
        assert news.value >= news.bound
        stop.set()

    sources: Iterator[Source] = itertools.chain([long], counted(pulled, 3))
    (row,) = solve_many(sources, time_limit=300, stop=stop, on_improvement=improved)
    assert row.result is not None
    assert row.result.status is Status.CANCELLED
    assert row.result.roster.filled
    assert pulled == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["made", "solved"])
def test_a_signal_ends_the_batch_in_this_thread(number: signal.Signals, when: str) -> None:
    def making() -> Problem:
        if when == "made":
            signal.raise_signal(number)
        return long()

    def improved(_: Progress) -> None:
        signal.raise_signal(number)

    pulled: list[int] = []
    sources: Iterator[Source] = itertools.chain([making], counted(pulled, 3))
    rows = list(solve_many(sources, time_limit=300, on_improvement=improved if when == "solved" else None))
    assert kinds(rows) == ([(0, "CANCELLED")] if when == "solved" else [])
    assert pulled == []


def test_a_stop_before_the_start_pulls_nothing() -> None:
    stop = threading.Event()
    stop.set()
    pulled: list[int] = []
    assert list(solve_many(counted(pulled), stop=stop)) == []
    with threads() as executor:
        assert list(solve_many(counted(pulled), stop=stop, executor=executor)) == []
    assert pulled == []


def test_a_stop_ends_what_runs_in_threads_and_drops_what_has_not_begun() -> None:
    stop, made = threading.Event(), threading.Event()

    def running() -> Problem:
        made.set()
        return long()

    def stopping(done: int, _total: int | None, _row: Solved) -> None:
        if done == 1:
            assert made.wait(60)
            stop.set()

    with threads(1) as executor:
        sources: list[Source] = [small(), running, small(), small()]
        rows = list(solve_many(sources, executor=executor, at_once=3, time_limit=300, stop=stop, on_progress=stopping))
        assert kinds(rows) == [(0, "OPTIMAL"), (1, "CANCELLED")]
        assert executor.submit(double, 1).result(60) == 2


@pytest.mark.parametrize("leave", ["close", "callback"])
def test_leaving_the_loop_leaves_nothing_running(leave: str) -> None:
    made = threading.Event()

    def running() -> Problem:
        made.set()
        return long()

    def failing(*_: object) -> None:
        assert made.wait(60)
        raise LookupError("the caller's own")

    with threads(1) as executor:
        rows = solve_many(
            [small(), running, small()],
            executor=executor,
            at_once=3,
            time_limit=300,
            on_progress=failing if leave == "callback" else None,
        )
        if leave == "callback":
            with pytest.raises(LookupError):
                next(rows)
        else:
            assert next(rows).position == 0
            assert made.wait(60)
            rows.close()
        assert executor.submit(double, 1).result(60) == 2
        assert list(rows) == []


def test_a_worker_that_was_interrupted_is_no_error_of_the_problem() -> None:
    stop = threading.Event()

    def interrupted() -> Problem:
        stop.set()
        raise KeyboardInterrupt

    def lost() -> Problem:
        stop.set()
        raise BrokenExecutor

    for source in (interrupted, lost):
        stop.clear()
        with threads(1) as executor:
            assert list(solve_many(itertools.repeat(source), executor=executor, at_once=1, stop=stop)) == []


SCRIPT = """
import multiprocessing, os, signal, threading, time
from concurrent.futures import ProcessPoolExecutor
from tests.solving.pieces import long, small
from poolmatch import solve_many

def say(line):
    os.write(1, (line + "\\n").encode())  # whole lines, since two processes write

def made():
    say("begun")
    return long()

def tell():
    while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        time.sleep(0.01)
    say("listening")

if __name__ == "__main__":
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        sources = [small, made, small, small, small, small]
        for row in solve_many(sources, executor=pool, at_once=6, time_limit=300):
            say(f"{row.position} {row.result.status}")
            if row.position == 0:
                threading.Thread(target=tell).start()
    say("over")
"""


@pytest.mark.slow
@pytest.mark.parametrize("group", [False, True], ids=["SIGTERM", "Ctrl-C"])
def test_signals_end_what_runs_in_processes(group: bool, tmp_path: Path) -> None:
    """SIGTERM goes to the batch alone, Ctrl-C in a terminal to its workers too."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert {process.stdout.readline() for _ in range(3)} == {"0 OPTIMAL\n", "begun\n", "listening\n"}
            os.killpg(process.pid, signal.SIGINT) if group else process.send_signal(signal.SIGTERM)
            lines = process.communicate(timeout=100)[0].splitlines()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0
    assert lines[-1] == "over"
    if not group:  # with Ctrl-C it may have been brought down before it was solved
        assert lines[0] == "1 CANCELLED"
    assert len(lines) < 6  # what the process was handed already ends as soon as it begins


def test_handlers_are_the_callers_while_he_has_the_row() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]
    with threads() as executor:
        for _ in solve_many([small(), small()], executor=executor):
            assert [signal.getsignal(number) for number in numbers] == before


def test_a_stop_file_is_seen_by_its_copies_and_stops_when_its_folder_is_gone(tmp_path: Path) -> None:
    with StopFile.made() as stop:
        copy = pickle.loads(pickle.dumps(stop))
        assert not stop.is_set()
        assert not copy.is_set()
        stop.set()
        assert copy.is_set()
    with StopFile.made() as stop:
        copy = pickle.loads(pickle.dumps(stop))
    assert copy.is_set()
    stop.set()  # too late, and no error
    elsewhere = pickle.loads(pickle.dumps(stop))  # as on a machine that never had the folder
    assert not elsewhere.is_set()
    assert not StopFile(tmp_path / "nowhere" / "stop").is_set()


def test_no_folder_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with threads() as executor:
        rows = solve_many(counted([]), executor=executor)
        next(rows)
        assert len(list(tmp_path.iterdir())) == 1
        rows.close()
    assert list(tmp_path.iterdir()) == []
