"""A slice says exactly what the whole says once the other columns stay as they are."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.rings import chunks, seeds, seeds_of
from tests.solving.systems import keeps, points, random_objective, random_system, solutions, system_of

from poolmatch.arrays import Ints
from poolmatch.solving.model.submodel import SubModel, SubModels
from poolmatch.solving.model.system import UNBOUNDED, Objective, System


def agree(system: System, part: SubModel, values: Ints, goal: Objective) -> int:
    """Hold a slice against the whole, on every value of its columns; return how many values keep both."""
    np.testing.assert_array_equal(part.hint, values[part.columns])
    kept = 0
    for mine in points(part.system):
        whole = values.copy()
        whole[part.columns] = mine
        assert keeps(part.system, mine) == keeps(system, whole)
        if keeps(system, whole):
            kept += 1
            assert part.objective.value(mine) == goal.value(whole)
    # What the bounds of the slice shut out is shut out of the whole too.
    fixed = np.ones(len(values), np.bool_)
    fixed[part.columns] = False
    assert kept == sum((other[fixed] == values[fixed]).all() for other in solutions(system))
    return kept


@pytest.mark.parametrize("chunk", chunks(10))
def test_a_slice_allows_what_the_whole_allows(chunk: int) -> None:
    several = 0
    for seed in seeds_of(chunk, 30):
        rng = random.Random(seed)
        system, count = random_system(rng)
        width = len(system.bounds[0])
        goal, sub_models = random_objective(rng, width), SubModels(system, count)
        values = rng.choice(solutions(system))
        free = np.array([rng.random() < 0.5 for _ in range(count)])
        around, among = sub_models.around(free, values, goal), sub_models.among(free, values, goal)
        complete = sub_models.complete(values, goal)
        assert {*np.flatnonzero(free)} == {*around.columns[around.columns < count]}
        assert {*among.columns} == {*np.flatnonzero(free), *range(count, width)}
        assert {*complete.columns} == {*range(count, width)}
        several += agree(system, around, values, goal) > 1
        agree(system, among, values, goal)
        fixed = values.copy()
        fixed[count:] = complete.hint  # zeros, which need not keep the whole
        agree(system, complete, fixed, goal)
    assert several > 5


@pytest.mark.parametrize("seed", seeds(60))
def test_feasible_is_what_every_bound_row_and_group_says(seed: int) -> None:
    system, count = random_system(random.Random(seed))
    sub_models, (lower, upper) = SubModels(system, count), system.bounds
    wider = System((lower - 1, upper + 1), *(system.matrix, system.row_bounds, system.groups))
    said = [sub_models.feasible(values) for values in points(wider)]
    assert said == [keeps(system, values) for values in points(wider)]
    assert True in said
    assert False in said


def test_other_columns_follow_their_candidates_through_rows_and_groups() -> None:
    """Two meetings with a column each for their slot, one slot at most: seats 0 and 1, slots 2 and 3."""
    entries = [(0, 0, 1), (0, 2, -1), (1, 1, 1), (1, 3, -1)]
    system = system_of([0] * 4, [1] * 4, entries, [-UNBOUNDED] * 2, [0, 0], [(0, 2), (0, 3)])
    goal = Objective(1, 1, np.array([0, 1]), np.array([-5, 7]), 0)
    values = np.array([0, 0, 0, 1])  # a slot is chosen where nobody sits
    part = SubModels(system, 2).around(np.array([True, False]), values, goal)
    assert part.columns.tolist() == [0, 2, 3]
    best = min(part.objective.value(mine) for mine in solutions(part.system))
    assert best == -5


def test_no_columns_at_all() -> None:
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    goal = Objective(1, 1, np.array([0, 1]), np.array([2, 3]), 10, 2)
    part = SubModels(system, 2).around(np.zeros(2, np.bool_), np.array([0, 1]), goal)
    assert len(part.columns) == 0
    assert part.objective.value(part.hint) == 10 + 2 * 3
