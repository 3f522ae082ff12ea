"""Small problems repeat without being asked: the same input, rules and seed give the same roster, run after run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from benchmarks.cases.programmes import programme
from tests.rings import WHOLE, seeds
from tests.solving.decomposition.disjoint import fenced, together
from tests.solving.systems import random_system

from poolmatch import STANDARD_RULES, Problem, Result, RuleSet, Status, frontier, read, solve
from poolmatch.rules.pinned import PinnedRule
from poolmatch.solving.backends import cpsat
from poolmatch.solving.backends.cpsat import Answer, Search, Settings
from poolmatch.solving.model.system import Objective
from poolmatch.solving.params import Params, PortfolioParams
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.whole import WholeParams
from poolmatch.testing import random_problem

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "train-de-trainer-2026-09"


def several() -> Problem:
    """Return a problem with many best rosters: which of them came out was a race between workers."""
    return programme(10, 24, 4, 1)


def told(result: Result) -> list[tuple[object, ...]]:
    return [(row.meeting, row.seat, row.facilitator, row.start) for row in result.roster.rows]


@contextmanager
def busy(threads: int = 3) -> Iterator[None]:
    """Keep the processors busy with something else meanwhile."""
    ended = threading.Event()

    def spin() -> None:
        matrix = np.ones((200, 200))
        while not ended.is_set():
            matrix @ matrix

    spinning = [threading.Thread(target=spin) for _ in range(threads)]
    for thread in spinning:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in spinning:
            thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("sample", [False, True])
def test_runs_in_one_process_give_one_roster(sample: bool) -> None:
    case = read(SAMPLE) if sample else several()
    results = [solve(case, seed=3, workers=2) for _ in range(3)]
    with busy():
        results += [solve(case, seed=3, workers=2) for _ in range(2)]
    results += [solve(case, seed=3, workers=workers) for workers in (1, None, 5)]
    assert {result.status for result in results} == {Status.OPTIMAL}
    assert all(told(result) == told(results[0]) for result in results)


def test_another_seed_gives_another_of_the_best() -> None:
    results = [solve(several(), seed=seed) for seed in range(4)]
    assert len({tuple(tier.value for tier in result.tiers) for result in results}) == 1
    assert len({str(told(result)) for result in results}) > 1


SCRIPT = """
import sys
from pathlib import Path
from poolmatch import Problem, solve
result = solve(Problem.from_json(Path(sys.argv[1]).read_text("utf-8")), seed=3)
Path(sys.argv[2]).write_text(result.roster.model_dump_json() + result.status + str(result.tiers), "utf-8")
"""


@pytest.mark.slow
def test_processes_give_one_roster(tmp_path: Path) -> None:
    """Whatever the seed of their hashes, and also when several run at once."""
    path = tmp_path / "problem.json"
    path.write_text(several().to_json(), "utf-8")

    def solve_root(hashes: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONHASHSEED": hashes}
        return subprocess.Popen([sys.executable, "-c", SCRIPT, str(path), str(tmp_path / hashes)], env=environment)

    assert solve_root("0").wait() == 0
    together = [solve_root(hashes) for hashes in ("1", "4711", "random")]
    assert [one.wait() for one in together] == [0, 0, 0]
    first, *others = [(tmp_path / hashes).read_bytes() for hashes in ("0", "1", "4711", "random")]
    assert b"OPTIMAL" in first
    assert others == [first] * 3


# --- whoever helps only proves -------------------------------------------------------------------------------


AT_ONCE = Params(whole=WholeParams(help_after=0.0))


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Return how each search is done, while others help from the first moment on; see `AT_ONCE`."""
    used: list[Settings] = []
    configure = Search._configure

    def noted(parameters: Any, limit: float, presolve: bool, settings: Settings) -> None:
        used.append(settings)
        configure(parameters, limit, presolve, settings)

    monkeypatch.setattr(Search, "_configure", staticmethod(noted))
    return used


CASES: list[Problem] = [
    pool(20, 70, 7, 2),
    several(),
    *(random_problem(random.Random(seed), 6, 9, 2, pins=False, teams=True, programme=True) for seed in range(3)),
]


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(CASES)))
def test_help_changes_no_roster(place: int, helped: list[Settings]) -> None:
    case = CASES[place]
    alone = solve(case, seed=place, workers=1, params=AT_ONCE)
    assert not any(settings.proving for settings in helped)
    assert alone.status is Status.OPTIMAL
    for workers in (2, 3):
        helped.clear()
        result = solve(case, seed=place, workers=workers, params=AT_ONCE)
        assert told(result) == told(alone)
        assert result.tiers == alone.tiers
        assert {settings.workers for settings in helped} <= {1, workers - 1}
        if place == 0:
            assert any(settings.proving for settings in helped)


def test_parts_repeat_too(helped: list[Settings]) -> None:
    """Villages that share nothing are searched one by one."""
    case = together([fenced(programme(6, 12, 3, seed), "abc"[seed]) for seed in range(3)])
    results = [solve(case, workers=workers, params=AT_ONCE) for workers in (1, 2, 4)]
    assert {result.status for result in results} == {Status.OPTIMAL}
    assert all(told(result) == told(results[0]) for result in results)
    assert any(settings.proving for settings in helped)


def test_a_larger_problem_has_all_workers_from_the_start(helped: list[Settings]) -> None:
    solve(
        pool(12, 40, 6, 3),
        workers=2,
        time_limit=1,
        params=Params(portfolio=PortfolioParams(direct=10), whole=WholeParams(steady=10)),
    )
    assert helped
    assert not any(settings.steady for settings in helped)


def test_what_forced_pins_break_and_what_clashes_repeat(helped: list[Settings]) -> None:
    forced: RuleSet = STANDARD_RULES.plus(PinnedRule(force=True))
    broken = 0
    for seed in seeds(8):
        case = random_problem(random.Random(seed), 4, 5, pins=True)
        results = [solve(case, forced, workers=workers, params=AT_ONCE) for workers in (1, 2, 3)]
        assert all(told(result) == told(results[0]) for result in results)
        broken += not results[0].report.legal
    assert broken or not WHOLE
    assert any(settings.proving for settings in helped) or not WHOLE


def test_a_front_repeats(helped: list[Settings]) -> None:
    case = pool(8, 20, 4, 1)
    fronts = [frontier(case, points=4, workers=workers, params=AT_ONCE) for workers in (1, 2, 3)]
    rosters = [[point.roster for point in front.points] for front in fronts]
    assert len(rosters[0]) > 1
    assert rosters == [rosters[0]] * 3
    assert any(settings.proving for settings in helped)


# --- what the two have come to -------------------------------------------------------------------------------

GOAL = Objective(1, 1, np.array([0]), np.array([1]), constant=10)


def answer(value: int | None, bound: int | None, infeasible: bool = False) -> Answer:
    return Answer(None if value is None else np.array([value - 10]), bound, infeasible, 1.0)


def both(
    first: Answer, other: Answer, *bounds: int, goal: Objective | None = GOAL
) -> tuple[int | None, int | None, bool]:
    found = cpsat._both(first, other, list(bounds), goal)
    return None if found.values is None else 10 + int(found.values[0]), found.bound, found.infeasible


def test_the_roster_of_the_search_counts_unless_time_was_up() -> None:
    assert both(answer(14, 11), answer(14, 14)) == (14, 14, False)
    assert both(answer(15, 11), answer(14, 12)) == (14, 12, False)
    assert both(answer(13, 11), answer(14, 12)) == (13, 12, False)
    assert both(answer(None, None), answer(14, 12)) == (14, 12, False)
    assert both(answer(14, 11), answer(None, None)) == (14, 11, False)


def test_bounds_count_whoever_proved_them() -> None:
    assert both(answer(14, 11), answer(None, None), 13) == (14, 13, False)
    assert both(answer(14, 12), answer(15, 11), 10) == (14, 12, False)
    assert both(answer(None, None), answer(None, None), 13) == (None, None, False)


def test_that_there_is_nothing_counts_whoever_proved_it() -> None:
    assert both(answer(None, None, infeasible=True), answer(None, None)) == (None, None, True)
    assert both(answer(None, None), answer(None, None, infeasible=True)) == (None, None, True)


def test_where_nothing_is_minimised_the_first_roster_is_that_of_the_search() -> None:
    assert both(answer(14, 0), answer(11, 0), goal=None)[0] == 14
    assert both(answer(None, None), answer(11, 0), goal=None)[0] == 11


@pytest.mark.usefixtures("helped")
@pytest.mark.parametrize("seed", seeds(15))
def test_a_helped_search_finds_the_best_of_any_system(seed: int) -> None:
    rng = random.Random(seed)
    system, count = random_system(rng)
    weights = np.array([rng.choice([-5, -3, -1, 2]) for _ in range(count)])
    goal = Objective(1, 1, np.arange(count), weights, rng.randint(-3, 3))
    answers = [
        Search(system, Settings(workers, seed, False, steady=True)).minimise(goal, 20.0, Stop(None))
        for workers in (1, 2, 3)
    ]
    first = answers[0]
    assert first.values is not None
    assert first.bound == goal.value(first.values)
    for item in answers:
        assert item.values is not None
        assert item.values.tolist() == first.values.tolist()
        assert item.bound == first.bound
