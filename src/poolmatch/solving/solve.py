"""`solve`: from a problem to a roster whose worth is proven, re-judged by code that never saw the solver."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Executor
from dataclasses import replace
from typing import NamedTuple

from poolmatch.checking import input_issues
from poolmatch.domain.arguments import must_be, seconds, whole_number, yes_or_no
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, must_be_roster
from poolmatch.errors import ProblemError
from poolmatch.results import OnProgress, Result
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules
from poolmatch.solving.backends.cpsat import Settings
from poolmatch.solving.lexicographic import Run
from poolmatch.solving.running.progress import ProgressReporter, shown
from poolmatch.solving.running.stopping import Stop


def solve(
    problem: Problem,
    rules: RuleSet = STANDARD_RULES,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    display: bool = False,
    initial_roster: Roster | None = None,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
    executor: Executor | None = None,
) -> Result:
    """Make a roster, and prove how good it is.

    Tiers are solved in order; what a tier has reached is kept while lower tiers improve.

    Parameters
    ----------
    problem
        The problem.
    rules
        The rules.
    time_limit
        Seconds; in deterministic mode deterministic units of CP-SAT, roughly seconds. 0 is the quick start only.
    seed
        Seed of the lottery between equally good rosters.
    workers
        Threads; None is one per processor.
    deterministic
        Return the same roster for the same problem, rules and settings.
    display
        Show a progress bar (extra ``progress``).
    initial_roster
        A roster to start from; used when it is legal.
    on_progress
        Called in this thread whenever value or bound of a tier improve.
    stop
        Set it from another thread to stop; the best roster is returned. Ctrl-C and SIGTERM do the same.
    executor
        Where parts of a larger problem are searched: any `concurrent.futures.Executor`, such as processes, loky, or
        ``Client.get_executor()`` of Dask; ``workers`` is then how many parts are out at once. What a dying worker
        takes with it is done again. It is not shut down. None is threads of this process.

    Returns
    -------
    Result
        Always with a roster.

    Raises
    ------
    ProblemError
        The problem breaks what a rule asks of the input.
    ValueError
        An argument is out of range.
    TypeError
        An argument is of the wrong kind: the message says what to write instead.
    ModelMismatch
        The solver's answer contradicts the judge: a bug in poolmatch or in the solver.
    """
    must_be_problem(problem)
    must_be_rules(rules)
    time_limit, workers, seed = limits(time_limit, workers, seed)
    deterministic, display = yes_or_no(deterministic, "deterministic"), yes_or_no(display, "display")
    if initial_roster is not None:
        must_be_roster(initial_roster, "initial_roster")
    if executor is not None:
        must_be_executor(executor)
    if executor is not None and deterministic:
        raise ValueError("what is spread over an executor does not repeat exactly; leave out executor or deterministic")
    began = time.monotonic()
    settings = Settings(workers or os.cpu_count() or 1, seed, deterministic)
    with Stop(stop).listening() as asked, shown(display) as bar:
        issues = input_issues(problem, rules)
        if any(issue.severity == "error" for issue in issues):
            raise ProblemError(issues)
        run = Run(problem, rules, settings, time_limit, asked, ProgressReporter(on_progress, bar), began, executor)
        result = run.result(initial_roster)
        return replace(result, report=replace(result.report, warnings=tuple(issues)))


class Limits(NamedTuple):
    """Time limit, workers and seed, as numbers of Python."""

    time_limit: float
    workers: int | None
    seed: int


def limits(time_limit: object, workers: object, seed: object) -> Limits:
    """Return three arguments of `solve` as numbers of Python, also where they were numbers of numpy.

    Raises
    ------
    TypeError, ValueError
        One is no number, or out of range.
    """
    most = None if workers is None else whole_number(workers, "workers", 1)
    return Limits(seconds(time_limit, "time_limit"), most, whole_number(seed, "seed", 0))


def must_be_executor(value: object) -> None:
    """Raise TypeError where ``executor`` is no executor."""
    remedy = "take one of concurrent.futures, or of a Dask client client.get_executor()"
    must_be(value, Executor, "executor", remedy)
