"""Duals that a first-order method approximates for all regions at once: never above the optimum, and near the best."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from scipy.sparse import csr_matrix
from tests.rings import chunks, seeds_of
from tests.solving.bounds.goals import RULES, goals, parts
from tests.solving.candidate_features import anywhere, land
from tests.solving.executors import soon
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES
from poolmatch.solving.backends.linear_program import Program, Solution, approximate_lp
from poolmatch.solving.bounds import dual_ascent
from poolmatch.solving.bounds.dual_ascent import DualAscent, DualAscentParams
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.running.stopping import Stop

NEVER = Stop(None)


@pytest.mark.parametrize("chunk", chunks(2))
def test_no_bound_is_above_the_optimum_and_none_falls(chunk: int) -> None:
    risen = 0
    for seed in seeds_of(chunk, 4):
        for system, groups, objective, optimum in goals(seed, RULES[seed % 3]):
            ascent = DualAscent(Relaxation(system, groups), anywhere(groups[groups >= 0], 6, seed), objective, seed)
            told = [ascent.best.bound]
            for _ in range(3):
                ascent.first_order(1, soon(), NEVER, told.append)
                assert ascent.best.bound == told[-1]
            assert told == sorted(told), seed
            assert told[-1] <= optimum, (seed, objective.name)
            risen += told[-1] > told[0]
    assert risen > 2


@pytest.mark.slow
def test_it_comes_near_the_relaxation_with_some_of_the_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each seat two are likely at first; whoever would help comes in."""
    sizes = list[int]()

    def noted(program: Program, *settings: Any) -> Solution | None:
        sizes.append(len(program.cost))
        return approximate_lp(program, *settings)

    monkeypatch.setattr(dual_ascent, "approximate_lp", noted)
    features, program, objective = parts(pool(60, 250, 15, 1), STANDARD_RULES.weighted())
    whole = program.solve(objective, 20.0)
    assert whole is not None
    ascent = DualAscent(program, features, objective, 1, DualAscentParams(at_random=1))
    first = ascent.best.bound
    for _ in range(6):
        ascent.first_order(1, soon(), NEVER)
    assert sizes[0] < sizes[1] < sizes[-1] < 0.7 * program.matrix.shape[1]
    assert whole.bound - ascent.best.bound < 0.01 * (whole.bound - first)


def test_later_programs_have_few_candidates_and_those_that_help(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = list[int]()

    def noted(program: Program, *settings: Any) -> Solution | None:
        sizes.append(len(program.cost))
        return approximate_lp(program, *settings)

    monkeypatch.setattr(dual_ascent, "approximate_lp", noted)
    features, program, objective = parts(pool(60, 250, 15, 1), STANDARD_RULES.weighted())
    ascent = DualAscent(program, features, objective, 1, DualAscentParams(at_random=3, likely=1))
    for _ in range(4):
        ascent.first_order(1, soon(), NEVER)
    assert sizes[1] < 0.8 * sizes[0]
    assert sizes[1] < sizes[2] <= sizes[3]


def test_values_are_those_of_the_last_program() -> None:
    """Two seats, one person, who cannot do both: the dearer one, and its dual is what that costs."""
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    features = land([0, 0], [(52, 4), (52, 4)])
    ascent = DualAscent(
        Relaxation(system, np.array([0, 1])), features, Objective(1, 1, np.arange(2), np.array([-3, -5]), 0), 1
    )
    assert ascent.best.bound == -8  # each seat by itself
    for _ in range(4):
        ascent.first_order(1, soon(), NEVER)
    assert ascent.best.bound == -5
    assert np.abs(ascent.best.values - [0, 1]).max() < 0.01


@pytest.mark.parametrize("why", ["no time", "a stop"])
def test_what_may_not_begin_changes_nothing(why: str) -> None:
    features, program, objective = parts(pool(12, 40, 6, 1), STANDARD_RULES)
    ascent, event = DualAscent(program, features, objective, 1), threading.Event()
    first = ascent.best
    if why == "a stop":
        event.set()
    assert ascent.first_order(1, time.monotonic() if why == "no time" else soon(), Stop(event)) is None
    assert ascent.best is first


def test_likely_are_the_best_of_each_seat_what_is_taken_and_all_for_an_empty_one() -> None:
    """Seat 0 with costs −1, −2, −3 holds the first; seat 1 with −1, −2 is empty."""
    system = system_of([0] * 5, [1] * 5, [], [], [], [(0, 0), (0, 1), (0, 2), (1, 3), (1, 4)])
    features = land(range(5), [(52, 4)] * 5, [0, 0, 0, 1, 1])
    objective = Objective(1, 1, np.arange(5), np.array([-1, -2, -3, -1, -2]), 0)
    ascent = DualAscent(Relaxation(system, features.seat), features, objective, 1, DualAscentParams(likely=1))
    assert ascent.likely(np.array([1, 0, 0, 0, 0])).tolist() == [True, False, True, True, True]


def program() -> Program:
    """Minimise −x − 2y for x + y ≤ 1."""
    return Program(
        np.array([-1.0, -2.0]),
        np.zeros(2),
        np.ones(2),
        csr_matrix(np.ones((1, 2))),
        np.array([-np.inf]),
        np.array([1.0]),
    )


def test_a_program_by_hand() -> None:
    found = approximate_lp(program(), 1e-6, 1, 10.0)
    assert found is not None
    assert found.ended
    assert np.abs(found.values - [0, 1]).max() < 0.01
    assert -2.01 < found.duals[0] < -0.99  # y stops at its own bound as well, so that the row may cost less


def test_a_stop_ends_it_with_what_it_has() -> None:
    """As precise as no floating point number is, it would go on for minutes."""
    features, relaxation, objective = parts(pool(60, 250, 15, 1), STANDARD_RULES.weighted())
    cost = relaxation.cost(objective)
    whole, rows = relaxation.program(cost, np.arange(len(cost)))
    event = threading.Event()
    threading.Timer(0.5, event.set).start()
    found = approximate_lp(whole, 1e-30, 1, 600.0, Stop(event))
    assert found is not None
    assert not found.ended
    duals = np.zeros(relaxation.matrix.shape[0])
    duals[rows] = found.duals
    exact = relaxation.solve(objective, 20.0)
    assert exact is not None
    assert relaxation.proven(objective, duals, found.values).bound <= exact.bound + objective.unit
    assert len(found.values) == len(cost) > len(features)


def test_without_time_there_is_no_answer() -> None:
    assert approximate_lp(program(), 1e-6, 1, 0.0) is None
