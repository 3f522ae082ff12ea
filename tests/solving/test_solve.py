"""What `solve` promises besides the optimum: a roster in any case, progress, repeatability, clear refusals."""

from __future__ import annotations

import json
import logging
import math
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from tests.rings import seeds

import poolmatch
from poolmatch import STANDARD_RULES, ModelMismatch, Problem, Progress, Roster, Status, check, solve
from poolmatch.arrays import Candidates, Ints
from poolmatch.checking import Report
from poolmatch.domain.plan import Plan
from poolmatch.rule import ConstraintRule, Finding, Model, PreferenceRule, Words
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.params import Params
from poolmatch.solving.portfolio import Portfolio
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.progress import ProgressReporter
from poolmatch.solving.solver import Solver
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task
from poolmatch.testing import random_problem


def small(seed: int = 17, people: int = 6, meetings: int = 10) -> Problem:
    return random_problem(random.Random(seed), people=people, meetings=meetings, pins=False)


def empty(**tables: Any) -> Problem:
    period = {"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"}
    blank: dict[str, Any] = dict.fromkeys(("organisations", "facilitators", "meetings", "stakes", "seats"), ())
    return Problem(**{"period": period} | blank | tables)


def test_result_says_how_it_came_about() -> None:
    problem = small()
    result = solve(problem, seed=7)
    assert result.status is Status.OPTIMAL
    assert result.seed == 7
    assert result.runtime > 0
    assert set(result.versions) == {"python", "poolmatch", "ortools", "numpy", "scipy", "pandas", "pydantic"}
    data = json.loads(result.to_json())
    assert data["status"] == "OPTIMAL"
    assert data["fingerprints"] == {
        "problem": problem.fingerprint,
        "rules": STANDARD_RULES.fingerprint,
        "policy": STANDARD_RULES.policy.fingerprint,
        "roster": result.roster.fingerprint,
        "certificate": result.certificate.fingerprint,
    }
    assert data["seats"]["required"] == len(problem.seats)
    assert data["seats"]["filled"] == result.roster.filled
    for tier in data["tiers"]:
        assert isinstance(tier["value"], int)
        assert isinstance(tier["bound"], int)
        assert isinstance(tier["scale"], int)
    assert [tier["tier"] for tier in data["tiers"]] == [1, 2, 3, 4, 5, 6]
    assert len(result.objective) == len(result.bound) == 6
    assert result.gap == 0
    assert "OPTIMAL" in repr(result)
    assert "<table>" in result._repr_html_()


def test_roster_lists_every_seat_once() -> None:
    problem = small()
    roster = solve(problem).roster
    assert [(row.meeting, row.seat) for row in roster.rows] == [(seat.meeting, seat.seat) for seat in problem.seats]
    assert all(row.start and row.end and row.role for row in roster.rows)
    assert all((row.degree is None) == (row.facilitator is None) for row in roster.rows)


def test_the_judge_has_the_last_word() -> None:
    result = solve(small())
    report = check(result.problem, result.roster)
    assert report.legal
    assert [tier.value for tier in report.tiers] == [tier.value for tier in result.tiers]


@pytest.mark.parametrize("seed", seeds(20))
def test_no_time_still_gives_a_legal_roster(seed: int) -> None:
    problem = small(seed)
    result = solve(problem, time_limit=0)
    assert check(problem, result.roster).legal
    best = solve(problem)
    assert best.tiers[0].value <= result.tiers[0].value
    assert all(tier.bound <= tier.value for tier in result.tiers)
    assert result.tiers[0].bound <= best.tiers[0].value
    filled, possible = result.roster.filled, best.roster.filled
    assert filled >= possible / 2  # a quick start that leaves half of the seats is no start


def test_nothing_to_do() -> None:
    for problem in (
        empty(),
        empty(facilitators=[{"facilitator": "F", "name": "F"}]),
        empty(
            organisations=[{"organisation": "O", "name": "O"}],
            meetings=[{"meeting": "M", "start": "2026-03-02 10:00", "end": "2026-03-02 12:00"}],
            stakes=[{"meeting": "M", "organisation": "O", "grade": "decider"}],
            seats=[{"meeting": "M", "seat": "s", "role": "lead"}],
        ),
    ):
        result = solve(problem)
        assert result.status is Status.OPTIMAL
        assert result.roster.filled == 0
        assert problem.warnings


def test_gap_leaves_out_what_nobody_could_avoid() -> None:
    """One seat nobody can take: its 4 points are proven, and no part of any gap."""
    problem = empty(
        organisations=[{"organisation": "O", "name": "O"}],
        facilitators=[{"facilitator": "F", "name": "F", "organisation": "O"}],
        meetings=[{"meeting": "M", "start": "2026-03-02 10:00", "end": "2026-03-02 12:00"}],
        stakes=[{"meeting": "M", "organisation": "O", "grade": "decider"}],
        seats=[{"meeting": "M", "seat": "s", "role": "lead"}],
    )
    first = solve(problem, time_limit=0).tiers[0]
    assert (first.value, first.bound, first.unavoidable, first.gap) == (4, 4, 4, 0)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ({"time_limit": -1}, "time_limit"),
        ({"time_limit": math.nan}, "time_limit"),
        ({"time_limit": math.inf}, "time_limit"),
        ({"time_limit": True}, "time_limit"),
        ({"workers": 0}, "workers"),
        ({"workers": True}, "workers"),
        ({"seed": -1}, "seed"),
    ],
)
def test_48_arguments_out_of_range(arguments: dict[str, Any], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        solve(small(), **arguments)


def test_an_executor_in_deterministic_mode_is_refused_rather_than_ignored() -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(ValueError, match="leave out executor or deterministic"):
        solve(small(), executor=executor, deterministic=True)


def test_49_rows_are_frozen_and_inputs_are_left_alone() -> None:
    cells = {"facilitator": "F", "name": "F"}
    rows = [cells]
    problem = empty(facilitators=rows)
    cells["facilitator"] = "changed"
    rows.clear()
    assert problem.facilitators[0].facilitator == "F"
    with pytest.raises(ValueError, match="frozen"):
        problem.facilitators[0].name = "G"  # type: ignore[misc]
    before = problem.to_json()
    solve(problem)
    assert problem.to_json() == before


def test_50_names_stay_out_of_logs_and_errors(caplog: pytest.LogCaptureFixture) -> None:
    problem = small().model_dump(exclude={"schema_version"})
    for row in problem["facilitators"]:
        row["name"] = "Secret Name"
    named = Problem(**problem)
    with caplog.at_level(logging.DEBUG):
        result = solve(named)
    assert caplog.text
    assert "Secret Name" not in caplog.text
    assert "Secret Name" not in result.report.to_json()
    assert "Secret Name" not in repr(result)


def test_deterministic_mode_repeats_itself() -> None:
    problem = small(11, people=8, meetings=20)
    results = [solve(problem, seed=3, deterministic=True, time_limit=2) for _ in range(3)]
    assert len({result.roster.model_dump_json() for result in results}) == 1
    assert len({tuple(tier.bound for tier in result.tiers) for result in results}) == 1


def test_progress_is_told_in_the_calling_thread() -> None:
    told: list[Progress] = []
    threads = set()

    def listen(news: Progress) -> None:
        told.append(news)
        threads.add(threading.current_thread())

    problem = small(5, people=12, meetings=40)
    solve(problem, on_progress=listen, time_limit=5)
    assert told
    assert threads == {threading.current_thread()}
    assert all(news.bound <= news.value for news in told)
    assert {news.tier for news in told} <= {1, 2, 5, 6}  # nothing is published, and there are no series to speak of


def test_a_progress_bar_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    solve(small(5, people=12, meetings=40), display=True, time_limit=3)
    assert "tier" in capsys.readouterr().err


@pytest.mark.parametrize(("judging", "left"), [(0.5, 9.0), (4.0, 5.4)])
def test_time_is_left_for_judging_what_was_found(monkeypatch: pytest.MonkeyPatch, judging: float, left: float) -> None:
    """Judging takes so many of 10 seconds before the search, and as many after it; a tenth is kept for it at most."""
    now, limits, run = 100.0, list[float](), Portfolio.run

    class Slow(Prepared):
        def judged(self, values: Ints) -> Report:
            nonlocal now
            now += judging
            return super().judged(values)

    def noted(self: Portfolio, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        limits.append(budget.left)
        return run(self, task, incumbent, budget)

    monkeypatch.setattr(Portfolio, "run", noted)
    prepared, budget = Slow.of(small(), STANDARD_RULES.weighted()), Budget(10, clock=lambda: now)
    Solver(prepared, Resources(1), budget, ProgressReporter(None, None), Params()).result(None)
    assert limits == pytest.approx([left])


def test_nothing_is_printed_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    solve(small())
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == ""


def test_a_given_roster_is_where_it_starts() -> None:
    problem = small(2, people=10, meetings=30)
    best = solve(problem, time_limit=10)
    again = solve(problem, time_limit=0, initial_roster=best.roster)
    assert [tier.value for tier in again.tiers] == [tier.value for tier in best.tiers]


def test_an_illegal_roster_is_no_start() -> None:
    problem = small()
    person = problem.facilitators[0].facilitator
    everywhere = Roster.of(problem, {(seat.meeting, seat.seat): person for seat in problem.seats})
    assert not check(problem, everywhere).legal
    assert check(problem, solve(problem, time_limit=0, initial_roster=everywhere).roster).legal


class Forgetful(ConstraintRule):
    """Judges what it never tells the solver."""

    id = "forgetful"
    sentence = Words("Nobody works.", "Niemand werkt.")

    def post(self, candidates: Candidates, model: Model) -> None:
        """Write nothing."""

    def judge(self, plan: Plan) -> Any:
        for item in plan.placements:
            yield Finding(self.id, "violation", Words("works", "werkt"), (item.facilitator.facilitator,))


class Cheap(PreferenceRule):
    """Charges the solver less than it judges."""

    id = "cheap"
    sentence = Words("Work costs.", "Werk kost.")
    tier = 2

    def penalty(self, candidates: Candidates, model: Model) -> None:
        model.cost(np.arange(len(candidates)), np.full(len(candidates), 1))

    def judge(self, plan: Plan) -> Any:
        for item in plan.placements:
            yield self.found(2, Words("2", "2"), facilitators=(item.facilitator.facilitator,))


class Dear(Cheap):
    """Charges the solver more than it judges."""

    id = "dear"

    def penalty(self, candidates: Candidates, model: Model) -> None:
        model.cost(np.arange(len(candidates)), np.full(len(candidates), 3))


@pytest.mark.parametrize("rule", [Forgetful(), Cheap(), Dear()])
def test_solver_and_judge_must_agree(rule: Forgetful | Cheap | Dear) -> None:
    problem = small()
    assert solve(problem).roster.filled
    with pytest.raises(ModelMismatch):
        solve(problem, STANDARD_RULES.plus(rule))


class Huge(Cheap):
    """Weighs more than can be added up exactly."""

    id = "huge"

    def penalty(self, candidates: Candidates, model: Model) -> None:
        model.cost(np.arange(len(candidates)), np.full(len(candidates), 2**52))


def test_weights_that_cannot_be_added_up_exactly_are_refused() -> None:
    with pytest.raises(poolmatch.PoolmatchError, match="tier 2"):
        solve(small(), STANDARD_RULES.plus(Huge()))


def test_solving_off_the_main_thread() -> None:
    with ThreadPoolExecutor(1) as executor:
        result = executor.submit(solve, small()).result()
    assert result.status is Status.OPTIMAL
