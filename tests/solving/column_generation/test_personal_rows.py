"""Schedules keep the rows that only say how much is too much for one person; what they cost."""

from __future__ import annotations

import numpy as np
from tests.solving.candidate_features import land
from tests.solving.column_generation.drawn_systems import Draft
from tests.solving.systems import system_of

from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.personal_rows import WORD, PersonalRows
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.system import UNBOUNDED, Objective


def test_which_rows_are_kept_and_which_columns_are_inside() -> None:
    """Candidates 0 to 2 of one person, 3 and 4 of another; then columns of all kinds."""
    no, steps = -UNBOUNDED, list[int]()
    low, high, weight = [0] * 5, [1] * 5, [-1] * 5
    entries: list[tuple[int, int, int]] = []
    sides: list[tuple[int, int]] = []
    kept: list[bool] = []
    inside = [True] * 5

    def column(bottom: int, top: int, cost: int, is_inside: bool) -> int:
        low.append(bottom)
        high.append(top)
        weight.append(cost)
        inside.append(is_inside)
        return len(low) - 1

    def row(factors: dict[int, int], bottom: int, top: int, is_kept: bool) -> None:
        entries.extend((len(sides), one, factor) for one, factor in factors.items())
        sides.append((bottom, top))
        kept.append(is_kept)

    row({0: 1, 1: 2}, no, 2, True)
    row({3: 1}, no, 0, True)
    row({0: 1, 3: 1}, no, 1, False)  # of two people
    row({0: 1, 1: 1}, 0, 2, False)  # at least so much
    row({0: 1, 1: 1}, no, UNBOUNDED, False)  # no limit
    row({0: 1, 1: 1}, no, -1, False)  # never kept by who does nothing
    row({0: 1, 1: -1}, no, 1, False)  # one gives room for another
    steps += [column(0, 2, 3, True), column(0, 9, 0, True)]
    row({0: 1, 2: 1, steps[0]: -1, steps[1]: -1}, no, 1, True)  # two steps, one that costs nothing
    row({0: 1, column(0, 2, -3, False): -1}, no, 1, False)  # gains
    row({0: 1, column(1, 2, 3, False): -1}, no, 1, False)  # costs at any rate
    row({0: 1, column(0, 2, 3, False): -2}, no, 1, False)  # takes up two at once
    row({0: 1, column(0, 2, 3, False): 1}, no, 1, False)  # takes room
    both = column(0, 2, 3, False)
    row({0: 1, both: -1}, no, 1, False)  # of two rows
    row({1: 1, both: -1}, no, 1, False)
    row({column(0, 2, 3, False): -1}, no, 1, False)  # nobody's
    row({0: 1, 3: 1, column(0, 2, 3, False): -1}, no, 1, False)  # a step of two people
    row({0: 1, 1: 1}, no, 2 ** (WORD - 2) - 1, True)
    row({0: 1, 1: 1}, no, 2 ** (WORD - 2), False)  # more than a word holds
    groups = [(0, 0), (0, 1), (1, 0), (1, 3), (2, 1), (2, column(0, 1, 0, False))]
    kept += [True, False, False]
    used = np.flatnonzero(weight)
    objective = Objective(1, 1, used, np.array(weight)[used], 0)
    bottoms, tops = ([side[place] for side in sides] for place in (0, 1))
    system = system_of(low, high, entries, bottoms, tops, groups)
    features = land([0, 0, 0, 1, 1], [(52, 5)] * 5)
    rows = PersonalRows(Relaxation.of(features, system), features, objective)
    assert rows.kept.tolist() == kept
    assert rows.inside.tolist() == inside
    assert rows.owner.tolist() == [0, 1, 0, 0, 0]
    assert rows.most.tolist() == [2, 0, 12, 2 ** (WORD - 2) - 1, 1]


def test_what_schedules_cost_in_the_objective_and_at_prices() -> None:
    """Room for 1; beyond it one at 2 and then at 3 each. Weights are −4 and −6, prices −10 and −20 in half units."""
    draft = Draft([0, 0, 1])
    draft.weight[:] = [-4, -6, 1]
    draft.own({0: 2, 1: 3}, 1, [(1, 2), (9, 3)])
    rows = draft.case().personal_rows
    schedules = Schedules.of(np.array([0, 1, 0]), np.array([0, 0, 1, 2]), np.array([0, 1, 2, 1]))
    assert rows.costs(schedules).tolist() == [-10 + 2 + 3 * 3, 1, -6 + 2 + 3]
    assert rows.costs(schedules, np.array([-10, -20, 3]), 1).tolist() == [-30 + 22, 3, -20 + 10]
    assert rows.costs(schedules.take(np.zeros(0, np.int64))).tolist() == []
