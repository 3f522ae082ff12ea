"""Batches: one row for each problem, lazily and in order, whatever becomes of the problem or its worker."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.solving.batches import counted, kinds
from tests.solving.executors import Manual, dask, loky, loopback, processes, threads
from tests.solving.pieces import OwnRule, Picky, die_first, picky, small, wrong

from poolmatch import STANDARD_RULES, Problem, ProblemError, Solved, Status, check, solve, solve_many
from poolmatch.neutrality.policy import INTERNAL
from poolmatch.solving.many import AHEAD, Source

__all__ = ["loopback"]


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
