"""`solve_many`: a batch of problems, lazily and in order, in which a bad problem costs one row."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sized
from concurrent.futures import Executor
from contextlib import closing
from typing import Any

from poolmatch.domain.arguments import what_is, yes_or_no
from poolmatch.domain.problem import Problem
from poolmatch.results import OnProgress, Result, Status
from poolmatch.results.solved import Solved
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules
from poolmatch.solving.arguments import limits, must_be_executor
from poolmatch.solving.running.stop_file import StopFile
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
from poolmatch.solving.running.work import Work, was_lost
from poolmatch.solving.solve import solve

logger = logging.getLogger("poolmatch")
AHEAD = 4
"""Problems, for each that is solved at once, that may be pulled and not yet yielded: a slow one holds up the next."""
PATIENCE = 10.0
"""Seconds that running problems get to end after a stop, before they are left to themselves."""

Source = Problem | Callable[[], Problem]
"""A problem, or a function without arguments that makes it where it is solved."""
Outcome = tuple[Result, float] | BaseException
"""Of one problem: the result and the seconds it took, or what was raised."""


def solve_many(
    problems: Iterable[Source],
    rules: RuleSet = STANDARD_RULES,
    *,
    executor: Executor | None = None,
    at_once: int | None = None,
    time_limit: float = 60.0,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    on_progress: Callable[[int, int | None, Solved], None] | None = None,
    on_improvement: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Generator[Solved, None, None]:
    """Solve problems, and yield one row for each, in their order, as soon as it is ready.

    What goes wrong with one problem is the ``error`` of its row, and the others go on. When the iterable itself raises,
    what it gave before is solved and yielded first; then the exception passes.

    Ctrl-C, SIGTERM or ``stop`` end the batch: no more is pulled or begun, what runs in threads and in processes of this
    machine ends with its best roster so far, and what is ready is yielded, in order, before the iterator ends.
    Positions may be missing then. What has not ended after 10 seconds, or runs on a Dask cluster, is abandoned: on this
    machine it stops when it next looks, on another at its time limit. Leaving the loop, or closing the iterator, does
    the same, without the rows. While the caller has a row, signals are the caller's.

    Parameters
    ----------
    problems
        Any iterable, also an endless one. An item is a problem, or a function without arguments that returns one; it is
        called where the problem is solved, so that ``functools.partial(poolmatch.read, folder)`` takes no room here.
    rules
        The rules.
    executor
        Where to solve: threads, processes (start them by ``spawn`` or ``forkserver``), loky, or
        ``Client.get_executor()`` of Dask. A pool that a dying process breaks is replaced; what was lost with it is
        solved again, three times in all. Problems and rules must pickle, and modules of rules of one's own must be
        importable there. None solves one after the other in this thread.
    at_once
        How many problems are being solved at a time with an executor; None is one per processor of this machine.
        At most four times as many are pulled from the iterable before their rows are taken.
    time_limit, seed, deterministic
        As of `solve`, for each problem.
    workers
        Threads for each problem. None is one with an executor, and one per processor without.
    on_progress
        Called in this thread before a row is yielded, with how many that makes, how many there will be (None when the
        iterable has no length), and the row.
    on_improvement
        The ``on_progress`` of `solve`, for each problem; without an executor only.
    stop
        Set it from another thread to stop.

    Yields
    ------
    Solved
        Position, and result or error.

    Raises
    ------
    ValueError
        An argument is out of range. Raised by the call, before anything is pulled.
    TypeError
        An argument is of the wrong kind. Raised by the call, before anything is pulled.
    """
    time_limit, workers, seed = limits(time_limit, workers, seed)
    deterministic = yes_or_no(deterministic, "deterministic")
    if executor is None and at_once is not None:
        raise ValueError("at_once is for an executor: leave it out, or give one")
    if executor is not None and on_improvement is not None:
        raise ValueError("on_improvement is called in this thread: leave it out, or the executor")
    if executor is not None:
        must_be_executor(executor)
    must_be_rules(rules)
    # A problem would be gone through by its tables, a path by its letters, and a mapping by its keys.
    if isinstance(problems, Problem | str | os.PathLike | Mapping) or not isinstance(problems, Iterable):
        remedy = "a single one is for solve" if isinstance(problems, Problem) else "write [partial(read, path), ...]"
        raise TypeError(f"problems must be an iterable of problems; it is {what_is(problems)}: {remedy}")
    total = len(problems) if isinstance(problems, Sized) else None
    settings = {"time_limit": time_limit, "seed": seed, "deterministic": deterministic}
    sources, asked = iter(problems), Stop(stop)
    if executor is None:
        rows = _one_by_one(sources, rules, settings | {"workers": workers, "on_progress": on_improvement}, asked, stop)
    else:
        work = Work(executor, at_once)
        rows = _spread(sources, rules, settings | {"workers": workers or 1}, asked, work)
    return _told(rows, asked, total, on_progress)


def _told(
    rows: Generator[Solved, None, None],
    asked: Stop,
    total: int | None,
    on_progress: Callable[[int, int | None, Solved], None] | None,
) -> Generator[Solved, None, None]:
    """Pass rows on, listening to signals while they are made and not while the caller has them."""
    done = 0
    with closing(rows):
        while True:
            with asked.listening():
                row = next(rows, None)
            if row is None:
                return
            done += 1
            if on_progress is not None:
                on_progress(done, total, row)
            yield row


def _one_by_one(
    sources: Iterator[Source], rules: RuleSet, settings: Mapping[str, Any], asked: Stop, stop: threading.Event | None
) -> Generator[Solved, None, None]:
    """Solve in this thread."""
    if asked.asked():
        return
    for position, source in enumerate(sources):
        began = time.monotonic()
        try:
            problem = made(source)
            if asked.asked():
                return
            result = solve(problem, rules, stop=stop, **settings)
        except Exception as error:
            row = Solved(position, error=error)
        else:
            row = Solved(position, result, seconds=time.monotonic() - began)
        yield row
        # A signal that comes while solving goes to `solve`, which tells of it by its status alone.
        if asked.asked() or (row.result is not None and row.result.status is Status.CANCELLED):
            return


def _spread(
    sources: Iterator[Source], rules: RuleSet, settings: Mapping[str, Any], asked: Stop, work: Work
) -> Generator[Solved, None, None]:
    """Solve by an executor."""
    ready: dict[int, Outcome] = {}
    pulled = taken = 0
    failure: Exception | None = None
    more, waited = True, False
    with StopFile.made() as stop, work:
        try:
            while not asked.asked():
                while more and work.pending < work.at_once and pulled - taken < AHEAD * work.at_once:
                    try:
                        source = next(sources)
                    except StopIteration:
                        more = False
                    except Exception as error:
                        more, failure = False, error
                    else:
                        work.submit(solved, source, rules, stop, settings, tag=pulled)
                        pulled += 1
                if taken in ready:
                    yield _row(taken, ready.pop(taken))
                    taken += 1
                elif work.pending:
                    ready |= work.wait(POLL_SECONDS)
                else:
                    break
            else:
                stop.set()
                ready |= _ended(work)
                waited = True
                # What the stop itself brought down was not solved, and is no error of the problem.
                kept = sorted(position for position, outcome in ready.items() if not _interrupted(outcome))
                logger.info("stopped after %d of %d problems", taken + len(kept), pulled)
                for position in kept:
                    yield _row(position, ready.pop(position))
        finally:
            stop.set()
            for _ in () if waited else _ended(work):
                pass
    if failure is not None:
        raise failure


def made(source: object) -> Problem:
    """Return the problem that an item of a batch is or makes.

    Raises
    ------
    TypeError
        There is no problem.
    """
    problem = source() if callable(source) else source
    if not isinstance(problem, Problem):
        hint = "; of a path write partial(read, path)" if isinstance(problem, str | os.PathLike) else ""
        kind = type(problem).__name__
        raise TypeError(f"a Problem, or a function that returns one, was expected, not {kind}{hint}")
    return problem


def solved(source: Source, rules: RuleSet, stop: StopFile, settings: Mapping[str, Any]) -> tuple[Result, float]:
    """Make and solve a problem in a worker; return the result, and the seconds that both took together.

    Parameters
    ----------
    source
        The problem, or what makes it.
    rules
        The rules.
    stop
        Whether to stop.
    settings
        Other arguments of `solve`.
    """
    began = time.monotonic()
    return solve(made(source), rules, stop=stop, **settings), time.monotonic() - began


def _row(position: int, outcome: Outcome) -> Solved:
    if isinstance(outcome, BaseException):
        return Solved(position, error=outcome)
    result, seconds = outcome
    return Solved(position, result, seconds=seconds)


def _ended(work: Work) -> Iterator[tuple[Any, Any]]:
    """Drop what has not begun, and yield what ends in time of what has."""
    work.cancel()
    until = time.monotonic() + PATIENCE
    while work.pending and time.monotonic() < until:
        yield from work.wait(max(0.0, until - time.monotonic()))


def _interrupted(outcome: Outcome) -> bool:
    """Tell whether a worker was interrupted: Ctrl-C in a terminal goes to all processes."""
    return isinstance(outcome, BaseException) and (was_lost(outcome) or isinstance(outcome, KeyboardInterrupt))
