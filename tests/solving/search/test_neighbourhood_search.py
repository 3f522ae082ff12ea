"""The led engine, made to work on problems small enough to know the answer: relaxation, neighbourhoods, proof."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from benchmarks.cases import programmes
from benchmarks.cases.pools import pool
from tests.builders import facilitator, meeting, problem
from tests.rings import seeds
from tests.solving.candidate_features import land, two_meetings
from tests.solving.optima import STRICTER, best_by_enumeration, best_sum
from tests.solving.programmes import eased, tiny
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES, Problem, Progress, Result, Status, check, solve
from poolmatch.checking import judge
from poolmatch.solving import lexicographic as run
from poolmatch.solving.backends.cpsat import Answer, Search, Settings
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.search import ScheduleSearch
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search import neighbourhood_search as improve
from poolmatch.solving.search.neighbourhood_search import Improver
from poolmatch.solving.search.neighbourhoods import Neighbourhoods
from poolmatch.testing import every_roster, random_problem


@pytest.fixture(autouse=True)
def _led(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "DIRECT", -1)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("chunk", seeds(3))
def test_enumeration_finds_nothing_better(chunk: int, workers: int) -> None:
    first = chunk * 10 + (workers - 1) * 1000
    for seed in range(first, first + 10):
        case, rules = tiny(seed), STRICTER if seed % 3 else STANDARD_RULES
        result = solve(case, rules, seed=seed, workers=workers, time_limit=20)
        assert tuple(tier.value for tier in result.tiers) == best_by_enumeration(case, rules), seed
        assert result.status is Status.OPTIMAL, seed
        assert all(tier.proven for tier in result.tiers), seed


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("chunk", seeds(2))
def test_enumeration_finds_no_better_sum(chunk: int, workers: int) -> None:
    rules = STANDARD_RULES.weighted((7, 5, 4, 3, 2, 1))
    for seed in range(2000 + chunk * 10, 2000 + (chunk + 1) * 10):
        case = tiny(seed)
        result = solve(case, rules, seed=seed, workers=workers, time_limit=20)
        assert result.weighted is not None
        assert result.weighted.value == best_sum(case, rules), seed
        assert result.weighted.proven, seed


@pytest.mark.parametrize("direct", [-1, 1500])
def test_without_one_per_seat_a_seat_still_has_one_row(direct: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules charge a seat for one person in it; nobody is in two at once, for that is double-booking."""
    monkeypatch.setattr(run, "DIRECT", direct)
    rules = STANDARD_RULES.without("one-per-seat")
    for seed in seeds(20):
        rng = random.Random(seed)
        case = eased(random_problem(rng, people=3, meetings=2, seats=1 + seed % 2, pins=False, teams=True), rng)
        if len(case.seats) > 3:
            continue
        result = solve(case, rules, seed=seed, workers=1, time_limit=20)
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
    result = solve(
        pool(12, 40, 6, 3), workers=workers, time_limit=6, on_progress=lambda news: told[news.tier].append(news)
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
    result = solve(case, workers=workers, time_limit=300, stop=stop)
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
    monkeypatch.setattr(ScheduleSearch, "_search", broken if where == "schedules" else lambda *_: None)
    if where == "neighbourhood":
        monkeypatch.setattr(Neighbourhoods, "draw", broken)
    elif where == "proof":
        monkeypatch.setattr("poolmatch.solving.search.neighbourhood_search._Proof._run", broken)
    began = time.monotonic()
    with pytest.raises(Broken):
        solve(pool(30, 120, 8, 1), STANDARD_RULES.weighted(), workers=workers, time_limit=60)
    assert time.monotonic() - began < 45


def test_a_roster_that_comes_at_the_very_end_is_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seats worth 5 each, and a column that pays 1 for each of them, which has to be worked out for the roster."""
    system = system_of([0] * 3, [1, 1, 2], [(0, 0, 1), (0, 1, 1), (0, 2, -1)], [-UNBOUNDED], [0], [])
    goal = Objective(1, 1, np.arange(3), np.array([-5, -5, 1]), 0)
    features = land(range(2), [(52, 4), (52, 5)])
    relaxed = Relaxation.of(features, system).solve(goal, 5.0)
    assert relaxed is not None

    def late(self: ScheduleSearch, until: float) -> None:
        while not self._stop.asked() and time.monotonic() < until + 30:
            time.sleep(0.01)
        self._offer(np.zeros(2, np.int64), np.ones(2, np.int64))

    monkeypatch.setattr(ScheduleSearch, "_search", late)
    monkeypatch.setattr("poolmatch.solving.search.neighbourhood_search.searched", lambda *_: None)
    found = Found(np.zeros(3, np.int64), 0, 0, -100)
    improver = Improver(features, system, Settings(2, 0, False), Stop(None))
    found = improver.improve(goal, goal, found, 0.5, relaxed, None)
    assert (found.value, found.values.tolist()) == (-8, [1, 1, 2])


def tiers_of_searches(monkeypatch: pytest.MonkeyPatch, workers: int) -> tuple[set[float], set[float]]:
    """Return for which tiers of a small programme schedules are searched, and for which the whole model."""
    by_schedules, whole = set[float](), set[float]()
    begin, start = ScheduleSearch.__init__, improve._Proof.start

    def begun(self: ScheduleSearch, features: Any, system: Any, objective: Objective, *more: Any) -> None:
        by_schedules.add(objective.tier)
        begin(self, features, system, objective, *more)

    def started(self: improve._Proof, *more: Any) -> None:
        whole.add(self._objective.tier)
        start(self, *more)

    monkeypatch.setattr(ScheduleSearch, "__init__", begun)
    monkeypatch.setattr(improve._Proof, "start", started)
    # One meeting follows another in series, so that the relaxation proves nothing of continuity by itself.
    solve(programmes.programme(10, 24, 4, 1), workers=workers, time_limit=6)
    return by_schedules, whole


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_above_fair_shares_the_whole_model_is_searched_from_the_start(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_schedules, whole = tiers_of_searches(monkeypatch, workers)
    assert by_schedules
    assert min(by_schedules) >= 5
    assert 4 in whole


@pytest.mark.slow
def test_what_is_too_large_to_be_searched_whole_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WHOLE", 10)
    by_schedules, _ = tiers_of_searches(monkeypatch, 2)
    assert 4 in by_schedules


def test_what_a_search_of_the_whole_finds_is_taken_over_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seats worth 5 each. The search of the whole tells of the first, then of both, and goes on."""
    system = system_of([0, 0], [1, 1], [], [], [], [])
    goal = Objective(1, 1, np.arange(2), np.array([-5, -5]), 0)
    features = land(range(2), [(52, 4), (52, 5)])
    found = Found(np.zeros(2, np.int64), 0, 0, -100)
    improver = Improver(features, system, Settings(2, 0, False), Stop(None))
    seen: list[int] = []

    def goes_on(_: Search, __: Any, limit: float, stop: Stop, *, on_roster: Any, **_more: Any) -> Answer:
        for roster in ([1, 0], [1, 1]):
            on_roster(np.array(roster))
            until = time.monotonic() + min(limit, 5)
            while found.value > goal.value(np.array(roster)) and time.monotonic() < until:
                time.sleep(0.01)
            seen.append(found.value)
        while not stop.asked():
            time.sleep(0.01)
        return Answer(None, None, False)

    monkeypatch.setattr(Search, "minimise", goes_on)
    monkeypatch.setattr(improve, "searched", lambda *_: None)
    improver.improve(goal, goal, found, 1.0, None, None, by_schedules=False)
    assert seen == [-5, -10]
    assert found.values.tolist() == [1, 1]


@pytest.mark.slow
def test_pieces_that_never_begin_are_not_waited_for() -> None:
    """The caller's only thread is the one that solves."""

    def within(executor: ThreadPoolExecutor) -> Result:
        return solve(pool(60, 250, 15, 1), STANDARD_RULES.weighted(), time_limit=2, executor=executor)

    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(within, executor).result(60).report.legal


# --- bounds ----------------------------------------------------------------------------------------------


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
    improver = Improver(two_meetings(), system, Settings(workers, 0, False), Stop(None))
    found = improver.improve(goal, goal, Found(np.array([0, 0, 0, 1]), 0, 0, -7), 20.0, relaxed, None)
    assert (found.value, found.bound) == (-5, -5)
    assert found.values.tolist() == [1, 0, 1, 0]


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
    improver = Improver(two_meetings(), system, Settings(workers, 0, False), Stop(None))
    found = improver.improve(goal, goal, Found(np.array([0, 1]), -3, -3, -4), 20.0, relaxed, None)
    assert (found.value, found.bound) == (-4, -4)
    assert found.values.tolist() == [1, 0]


def test_completing_gives_the_best_of_the_other_columns() -> None:
    """y >= 2 x0 + x1 costs 3 each: 6, 3, 9; both seats together are too many, for y is 2 at most."""
    entries = [(0, 0, -2), (0, 1, -1), (0, 2, 1)]
    system = system_of([0, 0, 0], [1, 1, 2], entries, [0], [UNBOUNDED], [])
    goal = Objective(1, 1, np.array([2]), np.array([3]), 0)
    improver = Improver(two_meetings(), system, Settings(1, 0, False), Stop(None))

    def completed(*taken: int) -> list[int] | None:
        values = improver.complete(np.array(taken), goal)
        return None if values is None else values.tolist()

    assert completed(0, 0) == [0, 0, 0]
    assert completed(0, 1) == [0, 1, 1]
    assert completed(1, 0) == [1, 0, 2]
    assert completed(1, 1) is None


# --- pins that the quick start does not keep ----------------------------------------------------------------


def hard_to_start() -> Problem:
    """F1 alone can lead, once. The dear M1 comes first; but the scribe pinned to M2 needs someone who leads.

    The scribe has no contract hours, so that each hour is too much in tier 5, where the empty roster costs nothing; and
    likes M2, so that tier 6 is worth a search.
    """
    seats = [
        {"meeting": "M1", "seat": "lead", "role": "lead"},
        {"meeting": "M2", "seat": "lead", "role": "lead"},
        {"meeting": "M2", "seat": "scribe", "role": "scribe"},
    ]
    rows = [
        meeting("M1", "2026-03-03 10:00", "2026-03-03 12:00", priority=5),
        meeting("M2", "2026-03-05 10:00", "2026-03-05 12:00", priority=1),
    ]
    people = [
        facilitator("F1", roles="lead", max_meetings=1, contract_hours=8),
        facilitator("F2", roles="scribe", contract_hours=0),
    ]
    pins = [{"meeting": "M2", "seat": "scribe", "facilitator": "F2"}]
    likes = [{"facilitator": "F2", "meeting": "M2", "score": 10}]
    return problem(rows, people, seats=seats, pins=pins, preferences=likes)


def kept(result: Result) -> bool:
    return result.report.legal and result.roster.holder("M2", "lead") == "F1"


def test_no_time_still_keeps_the_pins() -> None:
    result = solve(hard_to_start(), time_limit=0)
    assert kept(result)
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE)


@pytest.mark.parametrize("failures", [1, 2, 3, 4])
def test_searches_that_find_nothing_prove_nothing(failures: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the illegal start is worth is no limit for the rosters that keep the pins."""
    left = [failures]
    real = Search.minimise

    def minimise(self: Search, objective: Objective | None, *arguments: Any, **named: Any) -> Answer:
        if objective is not None and left[0]:
            left[0] -= 1
            return Answer(None, None, False)
        return real(self, objective, *arguments, **named)

    monkeypatch.setattr(Search, "minimise", minimise)
    result = solve(hard_to_start(), workers=1, time_limit=20)
    assert kept(result)
    assert all(tier.bound <= tier.value for tier in result.tiers)
