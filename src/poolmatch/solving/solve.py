"""`solve`: from a problem to a roster whose worth is proven, re-judged by code that never saw the solver."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Executor
from dataclasses import replace

from poolmatch.checking import input_issues
from poolmatch.domain.arguments import yes_or_no
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, must_be_roster
from poolmatch.errors import ProblemError
from poolmatch.results import OnProgress, Result
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules
from poolmatch.solving.arguments import limits, must_be_executor
from poolmatch.solving.params import Params
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.progress import ProgressReporter, shown
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.solver import Solver
from poolmatch.solving.strategy import Resources


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
    params: Params | None = None,
) -> Result:
    """Make a roster, and prove how good it is.

    Tiers are solved in order; what a tier has reached is kept while lower tiers improve, within its tolerance if the
    rules give it one.

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
    params
        What tunes the search, for experiments; None is what has been measured to be good.

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
    budget = Budget(time_limit, Stop(stop), deterministic=deterministic)
    resources = Resources(workers or os.cpu_count() or 1, seed, deterministic, executor)
    with budget.stop.listening(), shown(display) as bar:
        issues = input_issues(problem, rules)
        if any(issue.severity == "error" for issue in issues):
            raise ProblemError(issues)
        prepared = Prepared.of(problem, rules, seed)
        for rule in rules.eligibility:
            rule.look_again(prepared.world, seed)
        solver = Solver(prepared, resources, budget, ProgressReporter(on_progress, bar), params or Params())
        result = solver.result(initial_roster)
        settings = {
            "time_limit": time_limit,
            "workers": resources.workers,
            "deterministic": deterministic,
            "started": initial_roster is not None,
        }
        return replace(result, report=result.report.with_warnings(issues), settings=settings)
