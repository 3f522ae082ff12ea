"""Large problems in pieces, made to work on small ones: rosters stay legal, bounds true, and pieces fit together."""

from __future__ import annotations

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.builders import meeting, problem
from tests.solving.candidate_features import land, two_meetings
from tests.solving.executors import Manual
from tests.solving.optima import OPTIMUM, STRICTER, best_by_enumeration, best_sum
from tests.solving.programmes import tiny
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES, Progress, Status, check, solve
from poolmatch.arrays import Ints
from poolmatch.solving import lexicographic as run
from poolmatch.solving.backends.cpsat import Settings
from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.bounds import dual_ascent
from poolmatch.solving.bounds.dual_ascent import DualAscent, DualAscentParams
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.decomposition import regional_search as spread
from poolmatch.solving.decomposition.regional_search import RegionalSearch
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.submodel import SubModel
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.neighbourhood_search import Improver

WEIGHTED = STANDARD_RULES.weighted((7, 5, 4, 3, 2, 1))


@pytest.fixture(autouse=True)
def _spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """RegionalSearch whatever there is, in pieces that take a fraction of a second."""
    monkeypatch.setattr(run, "DIRECT", -1)
    monkeypatch.setattr(run, "LARGE", 0)
    monkeypatch.setattr(spread, "SECONDS", 0.2)


def split(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let pieces and regions have about so many candidates."""
    monkeypatch.setattr(spread, "PIECE", size)
    monkeypatch.setattr(run, "DualAscent", partial(DualAscent, params=DualAscentParams(region=size)))


def quick_start_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin from the quick start: what the relaxation likes is near the best on small pools, and leaves no work."""
    monkeypatch.setattr(run, "better_start", lambda _1, _2, _3, _4, start, _5: start)


# --- whole problems ----------------------------------------------------------------------------------------


SIZES = pytest.mark.parametrize("size", [1000, 3], ids=["whole", "in pieces"])


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@SIZES
def test_no_roster_is_better_than_the_best_and_no_bound_above_it(
    size: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a tier is left above its best, the bounds of those below hold for other rosters than the best."""
    split(monkeypatch, size)
    best = 0
    for seed in range(workers * 100, workers * 100 + 8):
        case, rules = tiny(seed), STRICTER if seed % 3 else STANDARD_RULES
        result = solve(case, rules, seed=seed, workers=workers, time_limit=1)
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
def test_nor_is_a_weighted_sum(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    split(monkeypatch, size)
    best = 0
    for seed in range(300, 308):
        case = tiny(seed)
        result = solve(case, WEIGHTED, seed=seed, workers=2, time_limit=1)
        optimum = best_sum(case, WEIGHTED)
        assert result.weighted is not None
        assert check(case, result.roster, WEIGHTED).legal, seed
        assert result.weighted.bound <= optimum <= result.weighted.value, seed
        best += result.weighted.value == optimum
    assert best > 4


@pytest.mark.slow
@pytest.mark.parametrize("size", [1000, 34])
def test_a_pool_in_pieces_comes_near_its_best(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Value and bound leave a tenth of what lies between the quick start and what needs no solver; then it stops."""
    case, rules = pool(12, 40, 6, 1), STANDARD_RULES.weighted()
    split(monkeypatch, size)
    quick_start_only(monkeypatch)
    start = solve(case, rules, time_limit=0).weighted
    assert start is not None
    floor = start.bound / start.scale
    near, told = threading.Event(), list[Progress]()

    def tell(news: Progress) -> None:
        told.append(news)
        if news.value - OPTIMUM < 0.1 * (start.points - OPTIMUM) and OPTIMUM - news.bound < 0.1 * (OPTIMUM - floor):
            near.set()

    result = solve(case, rules, workers=2, time_limit=60, on_progress=tell, stop=near)
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


def test_its_best_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LARGE", 10**6)
    result = solve(pool(12, 40, 6, 1), STANDARD_RULES.weighted(), workers=2, time_limit=60)
    assert result.status is Status.OPTIMAL
    assert result.weighted is not None
    assert result.weighted.points == pytest.approx(OPTIMUM, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("during", ["improved", "solve_lp"])
def test_a_stop_midway_keeps_a_legal_roster(during: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a round, or of the first sweep; nothing more is begun then."""
    stop, submit, given = threading.Event(), Work.submit, list[str]()

    def submitted(self: Work, function: Any, *args: Any, tag: Any = None) -> None:
        submit(self, function, *args, tag=tag)
        given.append(function.__name__)
        if function.__name__ == during:
            stop.set()

    monkeypatch.setattr(Work, "submit", submitted)
    split(monkeypatch, 60)
    case = pool(20, 60, 8, 1)
    result = solve(case, workers=1, time_limit=300, stop=stop)
    assert given.count(during) == 1
    assert result.status is Status.CANCELLED
    assert result.roster.filled
    assert check(case, result.roster).legal
    assert all(tier.bound <= tier.value for tier in result.tiers)


@pytest.mark.parametrize("limit", [0, 0.001])
def test_no_time_is_the_quick_start(limit: float) -> None:
    case = pool(12, 40, 6, 1)
    assert solve(case, time_limit=limit).roster.filled


@pytest.mark.slow
def test_a_first_sweep_that_is_cut_short_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that began before its time was up end in the middle of the first round."""

    def slow(program: Program, limit: float, stop: Stop | None = None) -> Solution | None:
        time.sleep(1.5)
        return solve_lp(program, limit, stop)

    monkeypatch.setattr(dual_ascent, "solve_lp", slow)
    split(monkeypatch, 34)
    case = pool(12, 40, 6, 1)
    result = solve(case, STANDARD_RULES.weighted(), workers=2, time_limit=2)
    assert check(case, result.roster, STANDARD_RULES.weighted()).legal


def test_fewer_people_than_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person for three meetings at a time. That one at most can be held is not proven, so pieces are looked at."""
    monkeypatch.setattr(dual_ascent, "solve_lp", lambda *_: None)
    split(monkeypatch, 1)
    case = problem([meeting(f"M{n}") for n in range(3)], ["F1"])
    assert solve(case, time_limit=1, workers=2).roster.filled == 1


# --- rounds and sweeps -------------------------------------------------------------------------------------


class Parts:
    """A system, and what improves it: nothing yet."""

    def __init__(self, system: System, count: int, goal: Objective, start: Ints) -> None:
        self.goal = goal
        self.features = land(range(count), [(52, 4 + place / 10) for place in range(count)])
        self.stop = Stop(None)
        self.improver = Improver(self.features, system, Settings(1, 0, False), self.stop)
        self.sweeps = DualAscent(Relaxation.of(self.features, system), self.features, goal, 0)
        self.found = Found(start, goal.value(start), goal.value(start), self.sweeps.best.bound)

    def improve(self, seconds: float) -> Found:
        with ThreadPoolExecutor(2) as pool, Work(pool, 2) as work:
            spread_ = RegionalSearch(self.features, self.improver, self.sweeps, work, 0, self.stop)
            return spread_.improve(self.goal, self.goal, self.found, time.monotonic() + seconds, None)


def one_of_three() -> Parts:
    """Three seats, any two of which exclude each other: half of each would be worth more than the dearest."""
    system = system_of(
        [0] * 3,
        [1] * 3,
        [(0, 0, 1), (0, 1, 1), (1, 1, 1), (1, 2, 1), (2, 0, 1), (2, 2, 1)],
        [-UNBOUNDED] * 3,
        [1] * 3,
        [],
    )
    return Parts(system, 3, Objective(1, 1, np.arange(3), np.array([-2, -2, -3]), 0), np.zeros(3, np.int64))


def test_a_round_finds_the_best_of_a_single_piece() -> None:
    """The dearest seat, −3. Half of each is −3.5, so that nothing in whole numbers is below −3."""
    found = one_of_three().improve(1.0)
    assert (found.value, found.values.tolist()) == (-3, [0, 0, 1])
    assert found.bound == -3


def test_a_sweep_that_gained_nothing_has_another_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Borders are other ones the next time. Rounds gain nothing here."""
    parts, swept, rounds = one_of_three(), list[int](), list[int]()

    def sweep(*_: Any) -> None:
        swept.append(len(rounds))
        if len(swept) == 2:
            parts.found.bound = parts.found.value

    def round_(*_: Any) -> None:
        rounds.append(len(swept))
        time.sleep(0.01)

    monkeypatch.setattr(DualAscent, "sweep", sweep)
    monkeypatch.setattr(DualAscent, "first_order", lambda *_: time.sleep(0.01))
    monkeypatch.setattr(RegionalSearch, "_round", round_)
    parts.improve(2.0)
    assert len(swept) == 2


@pytest.mark.slow
def test_pieces_of_a_round_are_disjoint_parts_of_one_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, submit = list[spread.Piece](), Work.submit

    def submitted(self: Work, function: Any, *args: Any, tag: Any = None) -> None:
        if function is spread.improved:
            asked.append(args[0])
            if tag == 3:
                stop.set()
        submit(self, function, *args, tag=tag)

    stop = threading.Event()
    monkeypatch.setattr(Work, "submit", submitted)
    split(monkeypatch, 85)
    solve(pool(20, 60, 8, 1), STANDARD_RULES.weighted(), workers=1, time_limit=60, stop=stop)
    assert len(asked) == 4
    people = [{*piece.features.person.tolist()} for piece in asked]
    places = np.concatenate([piece.part.columns[: len(piece.features)] for piece in asked])
    assert len({*places.tolist()}) == len(places) > 80
    assert sum(map(len, people)) == len(set.union(*people)) > 12


@pytest.mark.slow
def test_pieces_elsewhere_end_in_time_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers here: one piece is begun while it could come back, and none after that."""
    limits, submit = list[float](), Work.submit

    def submitted(self: Work, function: Any, piece: Any, limit: float, *args: Any, **more: Any) -> None:
        limits.append(limit)
        submit(self, function, piece, limit, *args, **more)

    monkeypatch.setattr(Work, "submit", submitted)
    monkeypatch.setattr(spread, "SECONDS", 12.0)
    monkeypatch.setattr(spread, "RETURNING_SECONDS", 0.5)
    parts = one_of_three()
    with Work(Manual(), 1) as work:
        spread_ = RegionalSearch(parts.features, parts.improver, parts.sweeps, work, 0, parts.stop)
        spread_.improve(parts.goal, parts.goal, parts.found, time.monotonic() + 1.5, None)
    assert len(limits) == 1
    assert limits[0] == pytest.approx(1.0, abs=0.4)


def test_a_piece_in_which_nobody_is_free() -> None:
    parts = one_of_three()
    part = parts.improver.sub_models.around(np.zeros(3, np.bool_), np.array([0, 0, 1]), parts.goal)
    piece = spread.Piece(part, parts.features.take(np.zeros(0, np.int64)))
    assert len(spread.improved(piece, 1.0, 0)) == 0


def test_a_piece_without_time_stays_as_it_is() -> None:
    parts = one_of_three()
    part = parts.improver.sub_models.around(np.ones(3, np.bool_), np.array([1, 0, 0]), parts.goal)
    for limit, best in ((0.0, [1, 0, 0]), (5.0, [0, 0, 1])):
        assert spread.improved(spread.Piece(part, parts.features), limit, 0).tolist() == best


# --- stitching ---------------------------------------------------------------------------------------------


class Seam:
    """Two seats, worth 5 each, and a column that pays 1 for each unit it must be raised by who sits.

    Both pieces were cut out of the empty roster: one frees the first seat, the other the second, and each the column.

    Parameters
    ----------
    entries
        Entries of the rows.
    most
        Upper bound of the column that both pieces share.
    high
        Upper bounds of the rows.
    """

    def __init__(self, entries: list[tuple[int, int, int]], most: int, high: list[int]) -> None:
        system = system_of([0, 0, 0], [1, 1, most], entries, [-UNBOUNDED] * len(high), high, [])
        self.goal = Objective(1, 1, np.arange(3), np.array([-5, -5, 1]), 0)
        self.improver = Improver(two_meetings(), system, Settings(1, 0, False), Stop(None))
        self.base = np.zeros(3, np.int64)
        self.found = Found(self.base, 0, 0, -10)

    def piece(self, seat: int) -> SubModel:
        return self.improver.sub_models.around(np.arange(2) == seat, self.base, self.goal)

    def stitch(self, seat: int, *answer: int) -> int:
        """Put in what a piece found for its seat and the column; return the gain."""
        values = np.array(answer) if answer else None
        return self.improver.stitch(self.piece(seat), self.base, values, self.goal, self.goal, self.found)

    @property
    def now(self) -> tuple[int, list[int]]:
        assert self.found.value == self.found.guided == self.goal.value(self.found.values)
        return self.found.value, self.found.values.tolist()


def shared(most: int = 2) -> Seam:
    """Make the column at least the number of seats that are held."""
    return Seam([(0, 0, 1), (0, 1, 1), (0, 2, -1)], most, [0])


def test_a_column_that_both_pieces_raised_is_mended() -> None:
    seam = shared()
    assert seam.piece(0).columns.tolist() == [0, 2]
    assert seam.piece(1).columns.tolist() == [1, 2]
    assert seam.stitch(0, 1, 1) == 4
    assert seam.now == (-4, [1, 0, 1])
    assert seam.stitch(1, 1, 1) == 4
    assert seam.now == (-8, [1, 1, 2])
    assert seam.base.tolist() == [0, 0, 0]


def test_what_cannot_be_mended_is_refused() -> None:
    seam = shared(most=1)
    assert seam.stitch(1, 1, 1) == 4
    assert seam.stitch(0, 1, 1) == 0
    assert seam.now == (-4, [0, 1, 1])


def test_two_candidates_whom_a_row_keeps_apart_are_not_put_together() -> None:
    """Each piece knew the other seat as empty; no column can make up for both."""
    seam = Seam([(0, 0, 1), (0, 1, 1)], 2, [1])
    assert seam.piece(0).columns.tolist() == [0]
    assert seam.stitch(0, 1) == 5
    assert seam.stitch(1, 1) == 0
    assert seam.now == (-5, [1, 0, 0])


def test_what_costs_more_once_it_is_mended_is_refused() -> None:
    """The column is 7 for both seats, and 0 for one of them: −5 becomes −10 + 7."""
    seam = Seam([(0, 0, 7), (0, 1, 7), (0, 2, -1)], 20, [7])
    assert seam.stitch(0, 1, 0) == 5
    assert seam.stitch(1, 1, 0) == 0
    assert seam.now == (-5, [1, 0, 0])


def test_what_is_no_better_changes_nothing() -> None:
    seam = shared()
    assert seam.stitch(0) == seam.stitch(0, 0, 0) == seam.stitch(0, 0, 1) == 0
    assert seam.found.values is seam.base


def test_any_pieces_of_a_base_that_changed_keep_the_whole_legal() -> None:
    """On all pairs of answers of both pieces: what is put together keeps the system and never gets worse."""
    for most, high in itertools.product((0, 1, 2), (0, 1)):
        for one, other in itertools.product(itertools.product((0, 1), range(most + 1)), repeat=2):
            seam = Seam([(0, 0, 1), (0, 1, 1), (0, 2, -1)], most, [high])
            for seat, answer in ((0, one), (1, other)):
                before = seam.found.value
                if answer[0] - answer[1] <= high:  # as every answer does, it keeps the piece
                    seam.stitch(seat, *answer)
                assert seam.improver.sub_models.feasible(seam.found.values)
                assert seam.now[0] <= before
