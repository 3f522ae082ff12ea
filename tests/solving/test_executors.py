"""Any executor finds what threads find, and a worker that is killed takes nothing with it."""

from __future__ import annotations

import math
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.cases.pools import pool
from tests.solving.executors import dask, loky, loopback, processes, threads
from tests.solving.optima import OPTIMUM
from tests.solving.pieces import die_first

from poolmatch import STANDARD_RULES, Progress, Result, Status, check, solve
from poolmatch.solving.bounds.dual_ascent import DualAscentParams
from poolmatch.solving.column_generation.search import ColumnGeneration
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.params import Params, PortfolioParams, RegionalParams
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.root import RootParams
from poolmatch.solving.search.whole import WholeModel
from poolmatch.solving.strategy import Outcome
from poolmatch.solving.task import Task

__all__ = ["loopback"]
CASE, RULES = pool(12, 40, 6, 1), STANDARD_RULES.weighted()
Pool = Callable[[int], AbstractContextManager[Executor]]
LED = Params(portfolio=PortfolioParams(direct=-1), root=RootParams(starts=False))
"""Search in parts, from the quick start: what the relaxation likes is nearly the best here, and leaves no work."""
WITHOUT_HIGHS = replace(LED, portfolio=PortfolioParams(direct=-1, without=frozenset({"highs"})))
"""The same, in which the whole model is all that proves once there are no schedules."""
SPLIT = Params(
    portfolio=PortfolioParams(direct=-1, large=0),
    root=LED.root,
    regional=RegionalParams(piece=17, seconds=0.5, ascent=DualAscentParams(region=17)),
)
"""And in pieces."""


@pytest.fixture(autouse=True)
def _near(loopback: None) -> None:
    """Let processes of this machine speak with each other."""


class Watched:
    """Counts what is given to an executor; may kill the worker that begins a certain piece, the first time it does.

    Parameters
    ----------
    monkeypatch
        Of the test.
    begun
        A file that tells how often such a piece was begun; None kills nobody.
    victims
        The functions that are hit, each by its third piece.
    enough
        Called once all of them were done again, and with it some pieces after them.
    """

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        begun: Path | None = None,
        victims: tuple[str, ...] = (),
        enough: Callable[[], None] = lambda: None,
    ) -> None:
        self.given = Counter[str]()
        self.begun, self.victims = begun, victims
        submit, after = Work.submit, [3]

        def submitted(work: Work, function: Callable[..., Any], *args: Any, tag: Any = None) -> None:
            name = function.__name__
            self.given[name] += 1
            if begun is not None and name in victims and self.given[name] == 3:
                submit(work, die_first, begun / name, function, *args, tag=tag)
                return
            submit(work, function, *args, tag=tag)
            if begun is not None and all(self.deaths(victim) > 1 for victim in victims):
                after[0] -= 1
                if not after[0]:
                    enough()

        monkeypatch.setattr(Work, "submit", submitted)

    def deaths(self, victim: str) -> int:
        """Return how often a piece was begun that kills its worker the first time."""
        assert self.begun is not None
        file = self.begun / victim
        return file.stat().st_size if file.exists() else 0


def right(result: Result) -> None:
    """The roster is legal, and what is said of it is true."""
    assert result.weighted is not None
    assert check(CASE, result.roster, RULES).legal
    assert result.weighted.bound / result.weighted.scale <= OPTIMUM + 1e-6
    assert result.weighted.points >= OPTIMUM - 1e-6


def best(result: Result) -> None:
    right(result)
    assert result.weighted is not None
    assert result.status is Status.OPTIMAL
    assert result.weighted.points == pytest.approx(OPTIMUM, abs=1e-6)


def finds_the_best(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        watched = Watched(patch)
        best(solve(CASE, RULES, executor=executor, workers=2, time_limit=120, params=LED))
    assert watched.given["search_submodel"] > 0
    assert executor.submit(abs, -1).result(60) == 1, "it is the caller's, and stays open"


def proof_after(patch: pytest.MonkeyPatch, condition: Callable[[], bool]) -> None:
    """Have the whole model, which ends the search with a proof, begin only once a condition holds."""
    real = WholeModel.run

    def run(self: WholeModel, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        budget.wait(math.inf, condition)
        return real(self, task, incumbent, budget)

    patch.setattr(WholeModel, "run", run)


def survives_in_a_neighbourhood(executor: Executor, begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof begins only when what was lost has been done again, so that the search cannot end before.

    Nor are there schedules: they prove this pool in no time.
    """
    enough = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(ColumnGeneration, "suits", lambda *_: False)
        proof_after(patch, enough.is_set)
        watched = Watched(patch, begun, ("search_submodel",), enough.set)
        best(solve(CASE, RULES, executor=executor, workers=2, time_limit=120, params=WITHOUT_HIGHS))
    assert watched.deaths("search_submodel") == 2
    assert watched.given["search_submodel"] > 5


def survives_in_pieces(executor: Executor, begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once in the first sweep, once in a round; then it is stopped."""
    stop, start = threading.Event(), solve(CASE, RULES, time_limit=0).weighted
    with monkeypatch.context() as patch:
        watched = Watched(patch, begun, ("solve_lp", "improve_piece"), stop.set)
        result = solve(CASE, RULES, executor=executor, workers=2, time_limit=120, stop=stop, params=SPLIT)
    right(result)
    assert result.status is Status.CANCELLED
    assert result.weighted is not None
    assert start is not None
    assert result.weighted.points < start.points
    assert result.weighted.bound > start.bound
    assert (watched.deaths("solve_lp"), watched.deaths("improve_piece")) == (2, 2)


def test_without_an_executor() -> None:
    best(solve(CASE, RULES, workers=2, time_limit=120, params=LED))


@pytest.mark.slow
@pytest.mark.parametrize("open_", [threads, processes, loky])
def test_any_executor_finds_the_best(open_: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_(1) as executor:
        finds_the_best(executor, monkeypatch)


@pytest.mark.slow
def test_a_worker_of_loky_may_die(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with loky(1) as executor:
        survives_in_a_neighbourhood(executor, tmp_path, monkeypatch)


@pytest.mark.slow
def test_a_worker_process_may_die(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool is broken by that, and serves the next call all the same."""
    with processes(1) as executor:
        survives_in_a_neighbourhood(executor, tmp_path, monkeypatch)
        with pytest.raises(BrokenExecutor):
            executor.submit(abs, -1)
        survives_in_pieces(executor, tmp_path, monkeypatch)


@pytest.mark.slow
def test_a_cluster_of_dask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it on one cluster, which takes seconds to open and replaces its workers by itself."""
    with dask() as executor:
        finds_the_best(executor, monkeypatch)
        survives_in_a_neighbourhood(executor, tmp_path, monkeypatch)
        survives_in_pieces(executor, tmp_path, monkeypatch)


def test_a_worker_that_is_killed_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as a neighbourhood has helped; the proof that ends the search begins after that."""
    told, killed = list[Progress](), list[int]()
    monkeypatch.setattr(ColumnGeneration, "suits", lambda *_: False)
    proof_after(monkeypatch, lambda: bool(killed))
    with processes(1) as executor:
        assert isinstance(executor, ProcessPoolExecutor)

        def kill(news: Progress) -> None:
            told.append(news)
            if news.value < told[0].value and not killed:
                killed.extend(executor._processes)
                os.kill(killed[0], signal.SIGKILL)

        best(solve(CASE, RULES, executor=executor, workers=2, time_limit=120, on_progress=kill, params=WITHOUT_HIGHS))
    assert killed
