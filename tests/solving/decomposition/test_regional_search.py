"""Large problems in pieces, made to work on small ones: rosters stay legal and bounds true."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.builders import meeting, problem
from tests.solving.beginning import begun
from tests.solving.candidate_features import land
from tests.solving.executors import Manual, Watched
from tests.solving.optima import OPTIMUM, STRICTER, best_by_enumeration, best_sum
from tests.solving.programmes import tiny
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES, Progress, Status, check, solve
from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.bounds import dual_ascent
from poolmatch.solving.bounds.dual_ascent import DualAscent, DualAscentParams
from poolmatch.solving.decomposition.regional_search import RegionalSearch, _Rounds, improve_piece
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.params import Params, PortfolioParams, RegionalParams
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.search.root import RootParams
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task

WEIGHTED = STANDARD_RULES.weighted((7, 5, 4, 3, 2, 1))


def split(size: int, starts: bool = True) -> Params:
    """Split whatever there is into pieces and regions of about so many candidates, which take a fraction of a second.

    Without ``starts`` it begins from the quick start: what the relaxation likes is near the best on small pools, and
    leaves no work.
    """
    return Params(
        portfolio=PortfolioParams(direct=-1, large=0),
        root=RootParams(starts=starts),
        regional=RegionalParams(piece=size, seconds=0.2, ascent=DualAscentParams(region=size)),
    )


# --- whole problems ----------------------------------------------------------------------------------------


SIZES = pytest.mark.parametrize("size", [1000, 3], ids=["whole", "in pieces"])


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@SIZES
def test_no_roster_is_better_than_the_best_and_no_bound_above_it(size: int, workers: int) -> None:
    """Where a tier is left above its best, the bounds of those below hold for other rosters than the best."""
    params = split(size)
    best = 0
    for seed in range(workers * 100, workers * 100 + 8):
        case, rules = tiny(seed), STRICTER if seed % 3 else STANDARD_RULES
        result = solve(case, rules, seed=seed, workers=workers, time_limit=1, params=params)
        expected = best_by_enumeration(case, rules)
        assert expected is not None
        assert check(case, result.roster, rules).legal, seed
        found = tuple(tier.value for tier in result.tiers)
        assert found >= expected, seed
        for tier, optimum in zip(result.tiers, expected, strict=True):
            assert tier.bound <= optimum, (seed, tier)
            if tier.value != optimum:
                break
        best += found == expected
    assert best > 4


@pytest.mark.slow
@SIZES
def test_nor_is_a_weighted_sum(size: int) -> None:
    params = split(size)
    best = 0
    for seed in range(300, 308):
        case = tiny(seed)
        result = solve(case, WEIGHTED, seed=seed, workers=2, time_limit=1, params=params)
        optimum = best_sum(case, WEIGHTED)
        assert result.weighted is not None
        assert check(case, result.roster, WEIGHTED).legal, seed
        assert result.weighted.bound <= optimum <= result.weighted.value, seed
        best += result.weighted.value == optimum
    assert best > 4


@pytest.mark.slow
@pytest.mark.parametrize("size", [1000, 34])
def test_a_pool_in_pieces_comes_near_its_best(size: int) -> None:
    """Value and bound leave a tenth of what lies between the quick start and what needs no solver; then it stops."""
    case, rules = pool(12, 40, 6, 1), STANDARD_RULES.weighted()
    params = split(size, starts=False)
    start = solve(case, rules, time_limit=0).weighted
    assert start is not None
    floor = start.bound / start.scale
    near, told = threading.Event(), list[Progress]()

    def tell(news: Progress) -> None:
        told.append(news)
        if news.value - OPTIMUM < 0.1 * (start.points - OPTIMUM) and OPTIMUM - news.bound < 0.1 * (OPTIMUM - floor):
            near.set()

    result = solve(case, rules, workers=2, time_limit=60, on_progress=tell, stop=near, params=params)
    assert near.is_set()
    assert check(case, result.roster, rules).legal
    assert result.weighted is not None
    points, bound = result.weighted.points, result.weighted.bound / result.weighted.scale
    assert floor < bound <= OPTIMUM + 1e-6
    assert OPTIMUM - 1e-6 <= points < start.points
    values, bounds = [item.value for item in told], [item.bound for item in told]
    assert len(told) > 1
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert all(item.bound <= item.value for item in told)
    assert points <= values[-1]
    assert bound >= bounds[-1]


def test_its_best_is_known() -> None:
    whole = Params(portfolio=PortfolioParams(direct=-1))
    result = solve(pool(12, 40, 6, 1), STANDARD_RULES.weighted(), workers=2, time_limit=60, params=whole)
    assert result.status is Status.OPTIMAL
    assert result.weighted is not None
    assert result.weighted.points == pytest.approx(OPTIMUM, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("during", [improve_piece, solve_lp], ids=["round", "sweep"])
def test_a_stop_midway_keeps_a_legal_roster(during: Callable[..., Any]) -> None:
    """In the middle of a round, or of the first sweep; nothing more is begun then."""
    stop, given = threading.Event(), list[object]()

    def note(function: Callable[..., Any], _: tuple[Any, ...]) -> None:
        given.append(function)
        if function is during:
            stop.set()

    case, params = pool(20, 60, 8, 1), split(60)
    with Watched(1, note) as executor:
        result = solve(case, workers=1, executor=executor, time_limit=300, stop=stop, params=params)
    assert given.count(during) == 1
    assert given[-1] is during
    assert result.status is Status.CANCELLED
    assert result.roster.filled
    assert check(case, result.roster).legal
    assert all(tier.bound <= tier.value for tier in result.tiers)


@pytest.mark.parametrize("limit", [0, 0.001])
def test_no_time_is_the_quick_start(limit: float) -> None:
    case = pool(12, 40, 6, 1)
    assert solve(case, time_limit=limit, params=split(60_000)).roster.filled


@pytest.mark.slow
def test_a_first_sweep_that_is_cut_short_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that began before its time was up end in the middle of the first round."""

    def slow(program: Program, limit: float, stop: Stop | None = None) -> Solution | None:
        time.sleep(1.5)
        return solve_lp(program, limit, stop)

    monkeypatch.setattr(dual_ascent, "solve_lp", slow)
    case, params = pool(12, 40, 6, 1), split(34)
    result = solve(case, STANDARD_RULES.weighted(), workers=2, time_limit=2, params=params)
    assert check(case, result.roster, STANDARD_RULES.weighted()).legal


def test_fewer_people_than_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person for three meetings at a time. That one at most can be held is not proven, so pieces are looked at."""
    monkeypatch.setattr(dual_ascent, "solve_lp", lambda *_: None)
    case, params = problem([meeting(f"M{n}") for n in range(3)], ["F1"]), split(1)
    assert solve(case, time_limit=1, workers=2, params=params).roster.filled == 1


# --- rounds and sweeps -------------------------------------------------------------------------------------


def one_of_three() -> Task:
    """Return three seats, any two of which exclude each other: half of each would be worth more than the dearest."""
    system = system_of(
        [0] * 3,
        [1] * 3,
        [(0, 0, 1), (0, 1, 1), (1, 1, 1), (1, 2, 1), (2, 0, 1), (2, 2, 1)],
        [-UNBOUNDED] * 3,
        [1] * 3,
        [],
    )
    goal = Objective(1, 1, np.arange(3), np.array([-2, -2, -3]), 0)
    features = land(range(3), [(52, 4 + place / 10) for place in range(3)])
    return Task(features, system, goal, goal, np.zeros(3, np.int64))


def rounds_of(task: Task, params: Params, ascent: DualAscent, kind: type[_Rounds] = _Rounds) -> _Rounds:
    return kind(task, Resources(2), params, Pieces(task, 0, Stop(None), PieceParams()), ascent)


def ascent_of(task: Task, kind: type[DualAscent] = DualAscent) -> DualAscent:
    return kind(task.relaxation, task.features, task.objective, 0)


def test_a_round_finds_the_best_of_a_single_piece() -> None:
    """The dearest seat, −3. Half of each is −3.5, so that nothing in whole numbers is below −3."""
    task = one_of_three()
    incumbent, params = begun(task), split(60_000, starts=False)
    assert RegionalSearch(Resources(2), params).run(task, incumbent, Budget(20.0)) is Outcome.EXHAUSTED
    assert (incumbent.value, incumbent.best.values.tolist()) == (-3, [0, 0, 1])
    assert incumbent.bound == -3


def test_without_a_roster_there_are_no_rounds() -> None:
    """Two seats must be held, which exclude each other."""
    task = one_of_three()
    both = replace(task, system=task.system.requiring(np.array([0])).requiring(np.array([1])))
    incumbent, params = Incumbent(task.objective, task.guide), split(60_000)
    assert RegionalSearch(Resources(2), params).run(both, incumbent, Budget(20.0)) is Outcome.TIME_UP
    assert not incumbent.found


def test_a_sweep_that_gained_nothing_has_another_turn() -> None:
    """Borders are other ones the next time. Rounds gain nothing here."""
    swept, rounds = list[int](), list[int]()

    class Fruitless(DualAscent):
        def first_order(self, *_: Any) -> None:
            time.sleep(0.01)

        def sweep(self, *given: Any) -> Relaxed:
            swept.append(len(rounds))
            if len(swept) == 2:
                given[-1](0)  # a bound
            return self.best

    class Idle(_Rounds):
        def _round(self, *_: Any) -> None:
            rounds.append(len(swept))
            time.sleep(0.01)

    task = one_of_three()
    incumbent = begun(task)
    with ThreadPoolExecutor(2) as pool_, Work(pool_, 2) as work:
        rounds_of(task, Params(), ascent_of(task, Fruitless), Idle).improve(work, incumbent, Budget(20.0))
    assert len(swept) == 2
    assert incumbent.proven


@pytest.mark.slow
def test_pieces_of_a_round_are_disjoint_parts_of_one_roster() -> None:
    asked, stop = list[Task](), threading.Event()

    def note(function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        if function is improve_piece:
            asked.append(args[0])
        if len(asked) == 4:
            stop.set()

    case, params = pool(20, 60, 8, 1), split(85)
    with Watched(1, note) as executor:
        solve(case, STANDARD_RULES.weighted(), workers=1, executor=executor, time_limit=60, stop=stop, params=params)
    assert len(asked) == 4
    people = [{*piece.features.person.tolist()} for piece in asked]
    lands = [piece.features for piece in asked]
    candidates = [item for part in lands for item in zip(part.person, part.seat, part.day, strict=True)]
    assert len({*candidates}) == len(candidates) > 80
    assert sum(map(len, people)) == len(set.union(*people)) > 12


def test_pieces_elsewhere_end_in_time_to_come_back() -> None:
    """Nobody answers here: one piece is begun while it could come back, and none after that."""
    task, executor = one_of_three(), Manual()
    params = Params(regional=RegionalParams(seconds=12.0, returning=0.5))
    with Work(executor, 1) as work:
        rounds_of(task, params, ascent_of(task)).improve(work, begun(task), Budget(1.5))
    assert [function for function, _ in executor.pieces] == [improve_piece]
    _, (_, _, _, limit) = executor.pieces[0]
    assert limit == pytest.approx(1.0, abs=0.4)


def piece_of(task: Task, free: list[int], *values: int) -> Task:
    """Return the piece in which some candidates are free."""
    members = np.array(free, np.int64)
    part = task.sub_models.around(np.isin(np.arange(3), members), np.array(values), task.objective)
    return Task(task.features.take(members), part.system, part.objective, part.objective, part.hint)


def test_a_piece_in_which_nobody_is_free() -> None:
    assert len(improve_piece(piece_of(one_of_three(), [], 0, 0, 1), Resources(1), Params(), 1.0)) == 0


@pytest.mark.parametrize(("limit", "best"), [(0.0, [1, 0, 0]), (5.0, [0, 0, 1])])
def test_a_piece_without_time_stays_as_it_is(limit: float, best: list[int]) -> None:
    piece, later = piece_of(one_of_three(), [0, 1, 2], 1, 0, 0), Params(root=RootParams(starts=False))
    assert improve_piece(piece, Resources(1), later, limit).tolist() == best


def test_a_piece_ends_when_it_is_asked_to() -> None:
    stop = threading.Event()
    stop.set()
    piece = piece_of(one_of_three(), [0, 1, 2], 1, 0, 0)
    began = time.monotonic()
    assert improve_piece(piece, Resources(1), Params(), 60.0, Stop(stop)).tolist() == [1, 0, 0]
    assert time.monotonic() < began + 20
