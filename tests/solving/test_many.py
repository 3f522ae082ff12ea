"""Batches: one row for each problem, lazily and in order, whatever becomes of the problem, its worker, or the batch."""

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
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.solving.executors import Manual, dask, loky, loopback, processes, threads
from tests.solving.pieces import OwnRule, Picky, die_first, double, long, picky, small, wrong

from poolmatch import (
    STANDARD_RULES,
    InternalError,
    MissingExtra,
    ModelMismatch,
    Problem,
    ProblemError,
    Progress,
    RuleSet,
    Solved,
    Status,
    check,
    solve,
    solve_many,
)
from poolmatch.errors import PoolmatchError, TooLarge
from poolmatch.neutrality.policy import INTERNAL
from poolmatch.solving.many import AHEAD, Source
from poolmatch.solving.running.stop_file import StopFile

__all__ = ["loopback"]

ROOT = Path(__file__).parents[2]


def kinds(rows: list[Solved]) -> list[tuple[int, object]]:
    """Return position, and status or kind of error, of each row."""
    return [(row.position, row.result.status.value if row.result else type(row.error)) for row in rows]


# --- rows --------------------------------------------------------------------------------------------------


def three() -> int:
    return 3


def test_a_bad_problem_costs_one_row() -> None:
    sources: list[Any] = [small(2), wrong, partial(small, 1), "folder", picky, three]
    rows = list(solve_many(sources))
    assert kinds(rows) == [
        (0, "OPTIMAL"),
        (1, ProblemError),
        (2, "OPTIMAL"),
        (3, TypeError),
        (4, Picky),
        (5, TypeError),
    ]
    assert all((row.result is None) != (row.error is None) for row in rows)
    assert isinstance(rows[1].error, ProblemError)
    assert {issue.column for issue in rows[1].error.issues} >= {"start", "max_meetings"}
    assert "not str" in str(rows[3].error)
    assert "not int" in str(rows[5].error)


def test_a_row_is_data() -> None:
    sources: list[Any] = [small(1), picky]
    good, bad = solve_many(sources, STANDARD_RULES.weighted())
    row = good.to_dict()
    assert row.pop("seconds") > 0
    tiers = {"value_1", "gap_1", "value_2", "gap_2", "value_0", "gap_0"}  # 0 is the weighted sum
    assert tiers <= row.keys()
    assert {name: row[name] for name in ("position", "status", "required", "filled", "gap", "error")} == {
        "position": 0,
        "status": "OPTIMAL",
        "required": 2,
        "filled": 1,
        "gap": 0.0,
        "error": None,
    }
    assert good.result is not None
    assert row["value_1"] == good.result.tiers[0].points > 0
    assert bad.to_dict() == {
        "position": 1,
        "status": "ERROR",
        "required": None,
        "filled": None,
        "gap": None,
        "seconds": None,
        "error": "Picky: one and two",
    }


def test_rows_are_those_of_solve() -> None:
    rules = STANDARD_RULES.plus(OwnRule())
    (row,) = solve_many([small(2)], rules, seed=3, time_limit=7, workers=1, deterministic=True)
    alone = solve(small(2), rules, seed=3, time_limit=7, workers=1, deterministic=True)
    assert row.result is not None
    assert (row.result.report, row.result.tiers, row.result.seed) == (alone.report, alone.tiers, 3)


def test_progress_is_told_of_every_row_before_it_is_yielded() -> None:
    told: list[tuple[int, int | None, Solved]] = []
    rows = solve_many([small(), wrong], on_progress=lambda *news: told.append(news))
    first = next(rows)
    assert told == [(1, 2, first)]
    second = next(rows)
    assert told[1:] == [(2, 2, second)]
    told.clear()
    list(solve_many(iter([small()]), on_progress=lambda *news: told.append(news)))
    assert [(done, total) for done, total, _ in told] == [(1, None)]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"time_limit": -1}, ValueError),
        ({"seed": -1}, ValueError),
        ({"workers": 0}, ValueError),
        ({"at_once": 2}, ValueError),
        ({"executor": ThreadPoolExecutor(1), "at_once": 0}, ValueError),
        ({"executor": ThreadPoolExecutor(1), "on_improvement": print}, ValueError),
        ({"executor": 2}, TypeError),
        ({"rules": "strict"}, TypeError),
        ({"problems": 3}, TypeError),
        ({"problems": small()}, TypeError),
    ],
    ids=lambda value: str(list(value)) if isinstance(value, dict) else "",
)
def test_what_is_wrong_for_all_is_said_at_once(arguments: dict[str, Any], error: type[Exception]) -> None:
    def untouched() -> Iterator[Problem]:
        pytest.fail("nothing is pulled")
        yield

    with pytest.raises(error):
        solve_many(**({"problems": untouched()} | arguments))


# --- lazily and in order -----------------------------------------------------------------------------------


def counted(pulled: list[int], number: int | None = None) -> Iterator[Problem]:
    """Yield small problems, endlessly by default; note which were pulled."""
    for place in itertools.count() if number is None else range(number):
        pulled.append(place)
        yield small()


def test_nothing_is_pulled_before_its_turn_in_this_thread() -> None:
    pulled: list[int] = []
    rows = solve_many(counted(pulled))
    assert pulled == []
    for place in range(3):
        assert next(rows).position == place
        assert pulled == list(range(place + 1))
    rows.close()


def test_a_slow_problem_is_waited_for_but_only_so_much_is_pulled_meanwhile() -> None:
    pulled: list[int] = []
    enough = threading.Event()

    def slow() -> Problem:
        assert enough.wait(60)
        return small()

    def sources() -> Iterator[Source]:
        pulled.append(0)
        yield slow
        for place in itertools.count(1):
            pulled.append(place)
            if place == AHEAD * 2 - 1:
                enough.set()
            yield small()

    with threads(2) as executor:
        rows = solve_many(sources(), executor=executor, at_once=2)
        assert next(rows).position == 0
        assert len(pulled) == AHEAD * 2
        assert [next(rows).position for _ in range(5)] == [1, 2, 3, 4, 5]
        rows.close()


def test_at_first_as_many_are_pulled_as_are_solved_at_once() -> None:
    pulled: list[int] = []
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    assert list(solve_many(counted(pulled), executor=Manual(), at_once=2, stop=stop)) == []  # it solves nothing
    assert pulled == [0, 1]


@pytest.mark.parametrize("pool", [None, threads], ids=["here", "threads"])
def test_an_iterable_that_fails_does_so_after_what_it_gave(
    pool: Callable[[], AbstractContextManager[Executor]] | None,
) -> None:
    def sources() -> Iterator[Problem]:
        yield small()
        yield small()
        raise LookupError("no more folders")

    def rows_of(executor: Executor | None) -> None:
        rows = solve_many(sources(), executor=executor)
        assert [next(rows).position, next(rows).position] == [0, 1]
        with pytest.raises(LookupError, match="no more folders"):
            next(rows)

    if pool is None:
        rows_of(None)
    else:
        with pool() as executor:
            rows_of(executor)


# --- elsewhere ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "pool",
    [processes, partial(processes, method="forkserver"), loky, dask],
    ids=["spawn", "forkserver", "loky", "dask"],
)
@pytest.mark.usefixtures("loopback")
def test_a_dying_worker_costs_nothing_but_time(
    pool: Callable[[int], AbstractContextManager[Executor]], tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    rules = STANDARD_RULES.plus(OwnRule()).with_policy(INTERNAL)
    sources: list[Any] = [small(1), partial(die_first, begun, small, 2), wrong, picky]
    with pool(1) as executor:
        rows = list(solve_many(sources, rules, executor=executor, at_once=2, time_limit=20, seed=4))
    assert [row.position for row in rows] == [0, 1, 2, 3]
    for row, people in zip(rows[:2], (1, 2), strict=True):
        alone = solve(small(people), rules, time_limit=20, seed=4, workers=1)
        assert row.result is not None, row.error
        assert row.result.status is Status.OPTIMAL
        assert row.result.objective == alone.objective
        assert row.result.rules.fingerprint == rules.fingerprint
        assert check(row.result.problem, row.result.roster, rules).legal
    assert begun.stat().st_size >= 2
    with pytest.raises(ProblemError) as caught:
        wrong()
    assert isinstance(rows[2].error, ProblemError)
    assert rows[2].error.issues == caught.value.issues
    assert str(rows[3].error) == "Picky: one and two"


def test_threads_share_the_batch() -> None:
    with threads() as executor:
        rows = list(solve_many([small(2), wrong, small(1)], executor=executor))
    assert kinds(rows) == [(0, "OPTIMAL"), (1, ProblemError), (2, "OPTIMAL")]


# --- interrupted -------------------------------------------------------------------------------------------


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


# --- what travels ------------------------------------------------------------------------------------------


def copied(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))


def test_problems_and_results_pickle() -> None:
    problem = long()
    assert copied(problem) == problem
    assert copied(problem).fingerprint == problem.fingerprint
    result = solve(small(2), STANDARD_RULES.plus(OwnRule(limit=2.5)))
    again = copied(result)
    assert (again.report, again.tiers, again.to_dict()) == (result.report, result.tiers, result.to_dict())
    assert again.ledger == result.ledger
    row = Solved(2, result, seconds=1.0)
    assert copied(row).to_dict() == row.to_dict()


@pytest.mark.parametrize(
    "rules",
    [
        STANDARD_RULES,
        STANDARD_RULES.weighted(),
        STANDARD_RULES.with_policy(INTERNAL),
        STANDARD_RULES.plus(OwnRule(limit=2.5)),
        RuleSet.from_file(ROOT / "docs" / "rules.toml"),
    ],
    ids=["standard", "weighted", "policy", "own", "file"],
)
def test_rules_pickle(rules: RuleSet) -> None:
    again = copied(rules)
    assert again == rules
    assert again.fingerprint == rules.fingerprint
    assert again.policy == rules.policy


@pytest.mark.parametrize(
    "error", [MissingExtra("tqdm", "progress"), TooLarge("big"), InternalError("a"), ModelMismatch("b")], ids=type
)
def test_errors_pickle(error: PoolmatchError) -> None:
    again = copied(error)
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_problem_error_keeps_all_its_issues() -> None:
    with pytest.raises(ProblemError) as caught:
        wrong()
    again = copied(caught.value)
    assert len(again.issues) == len(caught.value.issues) >= 2
    assert [(issue, issue.value) for issue in again.issues] == [(issue, issue.value) for issue in caught.value.issues]
