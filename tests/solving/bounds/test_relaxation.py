"""The bound of the relaxation is never above the optimum, whatever the linear program says."""

from __future__ import annotations

import random
import threading

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.rings import chunks, seeds, seeds_of
from tests.solving.bounds.goals import RULES, SIZES, alternatives, goals, wrong
from tests.solving.systems import random_objective, random_system, solutions, system_of

from poolmatch import STANDARD_RULES
from poolmatch.arrays import Arrays
from poolmatch.eligibility import eligibility
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.bounds import relaxation
from poolmatch.solving.bounds.relaxation import Relaxation, RelaxationParams
from poolmatch.solving.model.blocks import MOST, Blocks
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.running.stopping import Stop


@pytest.mark.parametrize("chunk", chunks(3))
def test_no_bound_is_above_the_optimum(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one that random duals of any size prove, or duals that are no numbers."""
    tight = 0
    for seed in seeds_of(chunk, 12):
        rng = np.random.default_rng(seed)
        for system, groups, objective, optimum in goals(seed, RULES[seed % 3]):
            found = Relaxation(system, groups).solve(objective, 20.0)
            assert found is not None
            assert found.bound <= optimum, (seed, objective.name)
            tight += found.bound == optimum
            for size in SIZES:
                monkeypatch.setattr(relaxation, "solve_lp", wrong(rng, size))
                loose = Relaxation(system, groups).solve(objective, 20.0)
                monkeypatch.undo()
                assert loose is not None
                assert loose.bound <= optimum, (seed, objective.name, size)
    assert tight > 12


@pytest.mark.parametrize("chunk", chunks(4))
def test_what_a_better_roster_takes_is_open(chunk: int) -> None:
    """By enumeration of small systems: bound, and the columns that rosters up to each value take."""
    shut = 0
    for seed in seeds_of(chunk, 60):
        rng, noise = random.Random(seed), np.random.default_rng(seed)
        system, _ = random_system(rng)
        objective = random_objective(rng, len(system.bounds[0]))
        low, high = system.bounds
        groups = np.full(len(low), -1)  # alternatives: the members of a group, where there is one
        if len(system.groups[0]):
            groups[system.groups[1][system.groups[0] == 0]] = 0
        program = Relaxation(system, groups)
        found = program.solve(objective, 10.0)
        assert found is not None
        duals = noise.normal(size=len(program._row_low)) * 3
        for said in (
            found,
            Relaxed(found.values, objective, *program._exact(objective, duals), True, duals),
        ):
            for values in solutions(system):
                value = objective.value(values)
                assert said.bound <= value, seed
                taken = (values == 1) & (low == 0) & (high == 1)
                assert said.open(value)[taken].all(), seed
                shut += int((~said.open(value)).sum())
    assert shut > 100


def test_a_bound_by_hand() -> None:
    """Two seats, weights −3 and −2 for one person who takes one of them: −3. Half of each would be −2.5.

    The seats' groups alone would allow −5, so the bound needs the row. Open below −3 + 0: what costs nothing more.
    """
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    objective = Objective(1, 1, np.array([0, 1]), np.array([-3, -2]), 10, 2)
    found = Relaxation(system, np.array([0, 1])).solve(objective, 10.0)
    assert found is not None
    assert found.bound == 10 - 2 * 3
    assert found.open(4).tolist() == [True, False]  # taking the second adds 1, which is 2 points
    assert found.open(5).tolist() == [True, False]
    assert found.open(6).tolist() == [True, True]


def test_without_time_it_says_nothing() -> None:
    system = system_of([0], [1], [], [], [], [])
    objective = Objective(1, 1, np.array([0]), np.array([-1]), 0)
    assert Relaxation(system, np.array([0])).solve(objective, 0.0) is None


@pytest.mark.parametrize("weight", [2**45, 2**52, int(MOST) - 1])
def test_weights_near_the_largest_are_exact(weight: int) -> None:
    """With many binary places they would not fit a machine word; an odd weight shows every unit that is lost."""
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    objective = Objective(1, 1, np.array([0, 1]), np.array([-weight, 1 - weight]), 0)
    found = Relaxation(system, np.array([-1, -1])).solve(objective, 10.0)
    assert found is not None
    assert -2 * weight < found.bound <= -weight
    zero, _, bits = Relaxation(system, np.array([-1, -1]))._exact(objective, np.zeros(1))
    assert zero == (1 - 2 * weight) << bits


@pytest.mark.parametrize("seed", seeds(20))
def test_sifted_or_not_the_bound_is_nearly_the_same(seed: int) -> None:
    sifting = RelaxationParams(few=0, per_seat=1)
    for system, groups, objective, optimum in goals(seed, RULES[seed % 3]):
        whole = Relaxation(system, groups).solve(objective, 20.0)
        roster = Search(system, Settings(1, seed, True)).minimise(None, 20.0, Stop(None)).values
        sifted = Relaxation(system, groups, sifting).solve(objective, 20.0, roster)
        assert whole is not None
        assert sifted is not None
        assert sifted.bound <= optimum
        reach = max(abs(whole.bound), abs(sifted.bound), objective.scale)
        assert abs(whole.bound - sifted.bound) <= 2 * sifting.close * reach + objective.unit, objective.name


def test_sifting_asks_for_few_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of a pool's candidates never come in; the bound is as good."""
    problem = pool(20, 60, 8, 1)
    blocks = Blocks.of(eligibility(Arrays(problem), STANDARD_RULES).candidates, STANDARD_RULES)
    last = blocks.objectives(STANDARD_RULES)[-1]
    sizes: list[int] = []

    def counted(program: Program, limit: float, stop: Stop | None) -> Solution | None:
        sizes.append(len(program.cost))
        return solve_lp(program, limit, stop)

    monkeypatch.setattr(relaxation, "solve_lp", counted)
    whole = Relaxation(blocks.system, alternatives(blocks)).solve(last, 20.0)
    few = RelaxationParams(few=0, per_seat=2)
    sifted = Relaxation(blocks.system, alternatives(blocks), few).solve(last, 20.0)
    assert whole is not None
    assert sifted is not None
    others = len(blocks.system.bounds[0]) - len(blocks.candidates)
    assert sizes[0] == len(blocks.candidates) + others
    assert sizes[1] <= 2 * len(problem.seats) + others < sizes[0]
    assert sizes[1:] == sorted(sizes[1:])
    assert whole.bound - sifted.bound <= 2 * few.close * max(abs(whole.bound), last.scale)


def test_a_stop_ends_it() -> None:
    problem = pool(60, 250, 15, 1)
    blocks = Blocks.of(eligibility(Arrays(problem), STANDARD_RULES).candidates, STANDARD_RULES)
    event = threading.Event()
    event.set()
    last = blocks.objectives(STANDARD_RULES)[-1]
    assert Relaxation(blocks.system, alternatives(blocks)).solve(last, 20.0, None, Stop(event)) is None
