"""Tasks led by their relaxation, small enough to know the answer: root, pieces, schedules and proof together."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.rings import chunks, seeds, seeds_of
from tests.solving.candidate_features import land, two_meetings
from tests.solving.optima import STRICTER, best_by_enumeration, best_sum
from tests.solving.programmes import eased, tiny
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES, Progress, Status, check, solve
from poolmatch.arrays import Ints
from poolmatch.checking import judge
from poolmatch.solving.backends.cpsat import Answer, Listener, Search
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.search import ColumnGeneration
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.params import Params, PortfolioParams
from poolmatch.solving.relaxation_led import RelaxationLed
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.neighbourhoods import Neighbourhoods
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.search.proof import Proof, ProofParams
from poolmatch.solving.search.root import RootParams
from poolmatch.solving.search.whole import WholeModel, WholeParams
from poolmatch.solving.side_by_side import SideBySide
from poolmatch.solving.strategy import Outcome, Resources, Strategy
from poolmatch.solving.task import Task
from poolmatch.testing import every_roster, random_problem

LED = Params(portfolio=PortfolioParams(direct=-1))
"""No problem is so small that the whole model is searched at once."""


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("chunk", chunks(2))
def test_enumeration_finds_nothing_better(chunk: int, workers: int) -> None:
    for seed in seeds_of(chunk, 10, first=(workers - 1) * 1000):
        case, rules = tiny(seed), STRICTER if seed % 3 else STANDARD_RULES
        result = solve(case, rules, seed=seed, workers=workers, time_limit=20, params=LED)
        assert tuple(tier.value for tier in result.tiers) == best_by_enumeration(case, rules), seed
        assert result.status is Status.OPTIMAL, seed
        assert all(tier.proven for tier in result.tiers), seed


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("chunk", chunks(2))
def test_enumeration_finds_no_better_sum(chunk: int, workers: int) -> None:
    rules = STANDARD_RULES.weighted((7, 5, 4, 3, 2, 1))
    for seed in seeds_of(chunk, 10, first=2000):
        case = tiny(seed)
        result = solve(case, rules, seed=seed, workers=workers, time_limit=20, params=LED)
        assert result.weighted is not None
        assert result.weighted.value == best_sum(case, rules), seed
        assert result.weighted.proven, seed


@pytest.mark.parametrize("direct", [-1, 1500])
def test_without_one_per_seat_a_seat_still_has_one_row(direct: int) -> None:
    """Rules charge a seat for one person in it; nobody is in two at once, for that is double-booking."""
    rules, params = STANDARD_RULES.without("one-per-seat"), Params(portfolio=PortfolioParams(direct=direct))
    for seed in seeds(10):
        rng = random.Random(seed)
        case = eased(random_problem(rng, people=3, meetings=2, seats=1 + seed % 2, pins=False, teams=True), rng)
        if len(case.seats) > 3:
            continue
        result = solve(case, rules, seed=seed, workers=1, time_limit=20, params=params)
        reports = [
            judge(case, roster, rules)
            for roster in every_roster(case, crowded=True)
            if len({(row.meeting, row.seat) for row in roster.rows}) == len(roster.rows)
        ]
        best = min(tuple(tier.value for tier in report.tiers) for report in reports if report.legal)
        assert tuple(tier.value for tier in result.tiers) == best, seed
        assert result.status is Status.OPTIMAL, seed


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_progress_never_goes_back_and_ends_at_what_is_returned(workers: int) -> None:
    told: defaultdict[float, list[Progress]] = defaultdict(list)
    case = pool(12, 40, 6, 3)
    result = solve(
        case, workers=workers, time_limit=6, params=LED, on_progress=lambda news: told[news.tier].append(news)
    )
    assert sum(map(len, told.values())) > 3
    ends = {tier.tier: tier for tier in result.tiers}
    for tier, news in told.items():
        values, bounds = [item.value for item in news], [item.bound for item in news]
        assert values == sorted(values, reverse=True)
        assert bounds == sorted(bounds)
        assert all(item.bound <= item.value for item in news)
        assert ends[tier].points <= values[-1]
        assert ends[tier].bound / ends[tier].scale >= bounds[-1]
    assert result.report.legal
    assert [tier.value for tier in check(result.problem, result.roster).tiers] == [t.value for t in result.tiers]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_midway_keeps_a_legal_roster(workers: int) -> None:
    stop, asked = threading.Event(), list[float]()

    def ask() -> None:
        asked.append(time.monotonic())
        stop.set()

    case = pool(60, 250, 15, 1)
    timer = threading.Timer(4, ask)
    timer.start()
    result = solve(case, workers=workers, time_limit=300, stop=stop, params=LED)
    assert time.monotonic() - asked[0] < 30
    assert result.status is Status.CANCELLED
    assert result.roster.filled
    assert check(result.problem, result.roster).legal
    assert all(tier.bound <= tier.value for tier in result.tiers)


class Broken(Exception):
    """Raised on purpose."""


def broken(*_: Any, **__: Any) -> Any:
    raise Broken


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("where", ["neighbourhood", "schedules", "proof"])
def test_what_fails_in_a_thread_comes_out_at_once(workers: int, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a minute to go: what else is running is stopped too."""
    # With one worker nothing else is looked at before the search by schedules is over.
    schedules = broken if where == "schedules" else lambda *_: Outcome.EXHAUSTED
    monkeypatch.setattr(ColumnGeneration, "run", schedules)
    if where == "neighbourhood":
        monkeypatch.setattr(Neighbourhoods, "draw", broken)
    elif where == "proof":
        monkeypatch.setattr(Proof if workers == 1 else WholeModel, "run", broken)
    began = time.monotonic()
    with pytest.raises(Broken):
        solve(pool(30, 120, 8, 1), STANDARD_RULES.weighted(), workers=workers, time_limit=60, params=LED)
    assert time.monotonic() - began < 45
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith(("cp-sat", "glop"))]


def two_seats() -> Task:
    """Two seats worth 5 each, and a column that pays 1 for each of them, which has to be worked out for a roster."""
    system = system_of([0] * 3, [1, 1, 2], [(0, 0, 1), (0, 1, 1), (0, 2, -1)], [-UNBOUNDED], [0], [])
    goal = Objective(5, 1, np.arange(3), np.array([-5, -5, 1]), 0)
    return Task(land(range(2), [(52, 4), (52, 5)]), system, goal, goal, np.zeros(3, np.int64))


def test_a_roster_that_comes_at_the_very_end_is_taken_over() -> None:
    """What runs beside the others ends once it is asked to, with a roster."""
    task, began = two_seats(), list[float]()

    class Late:
        def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
            began.append(budget.left)
            until = time.monotonic() + 30
            while not budget.over and time.monotonic() < until:
                time.sleep(0.01)
            Pieces(task, 0, Stop(None), PieceParams()).offer(np.ones(2, np.int64), incumbent)
            return Outcome.TIME_UP

    incumbent = Incumbent(task.objective, task.guide, -100)
    SideBySide({}, {"late": Late()}, Resources(2), PieceParams()).run(task, incumbent, Budget(0.5))
    assert len(began) == 1
    assert began[0] > 0
    assert (incumbent.value, incumbent.best.values.tolist()) == (-8, [1, 1, 2])


@pytest.mark.parametrize(
    "strategy", [Proof(Resources(1), ProofParams()), WholeModel(Resources(2), WholeParams(steady=0))]
)
def test_what_a_search_of_the_whole_finds_is_taken_over_before_it_ends(
    strategy: Strategy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search tells of one seat, then of both, with better bounds, and goes on until it is asked to stop."""
    task = two_seats()
    incumbent = Incumbent(task.objective, task.guide, -100)
    incumbent.offer(task.hint)
    seen: list[tuple[int, int]] = []

    def goes_on(_: Search, __: Any, limit: float, stop: Stop, listener: Listener, **_more: Any) -> Answer:
        assert listener.on_roster is not None
        assert listener.on_bound is not None
        for roster, bound in (([1, 0, 1], -10), ([1, 1, 2], -9)):
            listener.on_roster(np.array(roster))
            listener.on_bound(bound)
            seen.append((incumbent.value, incumbent.bound))
        until = time.monotonic() + min(limit, 5)
        while not stop.asked() and time.monotonic() < until:
            time.sleep(0.01)
        assert stop.asked()
        return Answer(None, None, False)

    monkeypatch.setattr(Search, "minimise", goes_on)
    budget = Budget(60.0).unless(lambda: len(seen) == 2)
    assert strategy.run(task, incumbent, budget) is Outcome.TIME_UP
    assert seen == [(-4, -10), (-8, -9)]
    assert incumbent.best.values.tolist() == [1, 1, 2]


# --- bounds ----------------------------------------------------------------------------------------------


def begun(
    features: CandidateFeatures, system: System, goal: Objective, start: Ints, workers: int, bound: int, known: Relaxed
) -> Incumbent:
    """Go on from a roster, a bound and what a relaxation says, until nothing is better; no other one is solved."""
    incumbent = Incumbent(goal, goal, bound)
    incumbent.offer(start)
    incumbent.raise_bound(bound, known)
    params = Params(portfolio=PortfolioParams(direct=-1), root=RootParams(relaxing=0.0))
    RelaxationLed(Resources(workers), params).run(Task(features, system, goal, goal, start), incumbent, Budget(20.0))
    return incumbent


@pytest.mark.parametrize("workers", [1, 2])
def test_a_slot_where_nobody_sits_proves_nothing(workers: int) -> None:
    """Two seats (columns 0 and 1), each with a slot of its own (2 and 3), of which one at most is chosen.

    The first seat is worth 5, the second costs 7 and is never taken. To begin with its slot is chosen all the same:
    what is proven must not depend on that, nor the seat be lost.
    """
    entries = [(0, 0, 1), (0, 2, -1), (1, 1, 1), (1, 3, -1)]
    system = system_of([0] * 4, [1] * 4, entries, [-UNBOUNDED] * 2, [0, 0], [(0, 2), (0, 3)])
    goal = Objective(1, 1, np.array([0, 1]), np.array([-5, 7]), 0)
    relaxed = Relaxed(np.zeros(4), goal, -5, np.array([0, 7, 0, 0]), 0, True, np.zeros(3))
    assert relaxed.open(0)[:2].tolist() == [True, False]
    incumbent = begun(two_meetings(), system, goal, np.array([0, 0, 0, 1]), workers, -7, relaxed)
    assert (incumbent.value, incumbent.bound) == (-5, -5)
    assert incumbent.best.values.tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_better_bound_from_elsewhere_shuts_nobody_out(workers: int) -> None:
    """Weights −4 and −3 for one of two seats. Duals of nothing prove −7, and that each adds its best: nothing.

    A bound of −4 comes from elsewhere; from −3 the gap is 1. What a column adds counts from −7, not from −4.
    """
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    goal = Objective(1, 1, np.array([0, 1]), np.array([-4, -3]), 0)
    program = Relaxation(system, np.array([-1, -1]))
    least, reduced_cost, bits = program._exact(goal, np.array([-6.0]))
    assert least >> bits == -6  # −6 for the row, and 2 and 3 for what is left of the columns
    assert (reduced_cost >> bits).tolist() == [2, 3]
    relaxed = Relaxed(np.zeros(2), goal, least, reduced_cost, bits, True, np.array([-6.0]))
    incumbent = begun(two_meetings(), system, goal, np.array([0, 1]), workers, -4, relaxed)
    assert (incumbent.value, incumbent.bound) == (-4, -4)
    assert incumbent.best.values.tolist() == [1, 0]
