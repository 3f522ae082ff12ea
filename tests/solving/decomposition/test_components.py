"""What shares no row is told apart, and adds up: by hand, and by enumeration."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict

import pytest
from tests.rings import chunks, seeds_of
from tests.solving.candidate_features import features_of
from tests.solving.systems import random_objective, random_system, solutions, system_of

from poolmatch import STANDARD_RULES
from poolmatch.solving.decomposition.components import Parts, components, keeping_apart
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import UNBOUNDED, System
from poolmatch.solving.params import ComponentParams, Params, PortfolioParams
from poolmatch.solving.task import Task

UNSHARED = STANDARD_RULES.without("fair-load")
"""Without the one rule that looks at everybody: who has which part of the contract hours."""


def unpacked(direct: int = 1500) -> Params:
    """Leave each component by itself, however small."""
    return Params(portfolio=PortfolioParams(direct=direct), components=ComponentParams(pack=1))


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "poolmatch")


def divided(caplog: pytest.LogCaptureFixture) -> Counter[int]:
    """Count the goals that were solved in parts, by how many parts there were."""
    said = (re.search(r": (\d+) components$", record.getMessage()) for record in caplog.records)
    return Counter(int(found[1]) for found in said if found)


# --- systems by hand -----------------------------------------------------------------------------------------


def test_rows_and_groups_join_and_what_is_fixed_does_not() -> None:
    """Candidates 0 to 4, of which 4 is fixed, and columns 5, in a row with 0, and 6, in a row of its own.

    A row joins 0 and 5, a group 1 and 2, a row 2 and 3; that 4 is in rows with 0 and 1 joins nothing.
    """
    entries = [(0, 0, 1), (0, 5, -1), (1, 2, 1), (1, 3, 1), (2, 0, 1), (2, 4, 1), (3, 1, 1), (3, 4, 1), (4, 6, 1)]
    system = system_of([0] * 4 + [1, 0, 0], [1] * 7, entries, [-UNBOUNDED] * 5, [0, 1, 2, 2, 1], [(0, 1), (0, 2)])
    assert components(system, 5, 1).tolist() == [0, 1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("pack", "expected"),
    [(1, [0, 1, 2, 3, 4]), (2, [0, 0, 1, 2, 3]), (3, [0, 0, 0, 1, 2]), (6, [0, 0, 0, 0, 1]), (99, [0, 0, 0, 0, 0])],
)
def test_small_ones_are_packed(pack: int, expected: list[int]) -> None:
    """Components of 1, 1, 1, 3 and 10 candidates: they never add up to more than a pack, unless one does alone."""
    sizes = [1, 1, 1, 3, 10]
    owner = [which for which, size in enumerate(sizes) for _ in range(size)]
    entries = [(which, column, 1) for column, which in enumerate(owner)]
    system = system_of([0] * 16, [1] * 16, entries, [-UNBOUNDED] * 5, [1] * 5, [])
    assert components(system, 16, pack).tolist() == [expected[which] for which in owner]


def test_nothing_at_all_and_nothing_free() -> None:
    assert components(system_of([], [], [], [], [], []), 0, 1).tolist() == []
    assert components(system_of([1, 0, 0], [1, 0, 1], [], [], [], []), 2, 1).tolist() == [0, 0, 0]


# --- systems by enumeration ----------------------------------------------------------------------------------


def beside(systems: list[tuple[System, int]]) -> tuple[System, int]:
    """Return systems side by side as one: all candidates first, then all other columns."""
    count = sum(mine for _, mine in systems)
    lower, upper = ([0] * sum(len(system.bounds[0]) for system, _ in systems) for _ in range(2))
    entries: list[tuple[int, int, int]] = []
    groups: list[tuple[int, int]] = []
    low: list[int] = []
    high: list[int] = []
    candidates, others, group_count = 0, count, 0
    for system, mine in systems:
        width = len(system.bounds[0])
        place = [*range(candidates, candidates + mine), *range(others, others + width - mine)]
        for column, (least, most) in enumerate(zip(*(side.tolist() for side in system.bounds), strict=True)):
            lower[place[column]], upper[place[column]] = least, most
        rows, columns, factors = (part.tolist() for part in system.matrix)
        entries += [(row + len(low), place[c], f) for row, c, f in zip(rows, columns, factors, strict=True)]
        groups += [(g + group_count, place[c]) for g, c in zip(*(part.tolist() for part in system.groups), strict=True)]
        low += system.row_bounds[0].tolist()
        high += system.row_bounds[1].tolist()
        candidates, others, group_count = candidates + mine, others + width - mine, group_count + 2
    return system_of(lower, upper, entries, low, high, groups), count


def merged_by_hand(system: System) -> list[set[int]]:
    """Return the free columns that rows and groups join, by merging sets until nothing changes."""
    lower, upper = system.bounds
    free = [column for column in range(len(lower)) if lower[column] < upper[column]]
    sets = [{column} for column in free]
    lines: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for row, column in zip(*(part.tolist() for part in system.matrix[:2]), strict=True):
        lines["row", row].add(column)
    for group, column in zip(*(part.tolist() for part in system.groups), strict=True):
        lines["group", group].add(column)
    for line in lines.values():
        touched = [item for item in sets if item & line]
        sets = [item for item in sets if not item & line] + ([set().union(*touched)] if touched else [])
    return sets


@pytest.mark.parametrize("chunk", chunks(4))
def test_the_best_of_the_parts_adds_up_to_the_best_of_the_whole(chunk: int) -> None:
    several = tighter = 0
    for seed in seeds_of(chunk, 20):
        rng = random.Random(seed)
        system, count = beside([random_system(rng, 3, 1) for _ in range(rng.randint(2, 3))])
        goal, guide = (random_objective(rng, len(system.bounds[0])) for _ in range(2))
        allowed = solutions(system)
        part_of = components(system, count, 1)

        sets = merged_by_hand(system)
        with_candidates = [item for item in sets if min(item) < count]
        assert len(with_candidates) == part_of.max(initial=0) + 1 or not with_candidates
        assert all(len({part_of[column] for column in item}) == 1 for item in sets)
        several += part_of.max(initial=0) > 0

        hint = rng.choice(allowed)
        whole = Incumbent(goal, guide)
        whole.offer(hint)
        parts = Parts(Task(features_of(count), system, goal, guide, hint, part_of=part_of), whole)
        assert whole.best.values.tolist() == hint.tolist()
        began, optimum = goal.value(hint), min(map(goal.value, allowed))
        for task, own in zip(parts.tasks, parts.incumbents, strict=True):
            best = min(solutions(task.system), key=task.objective.value)
            assert own.bound <= task.objective.value(best)
            own.offer(best)
            assert (
                whole.value == goal.value(whole.best.values) == began + sum(it.value - began for it in parts.incumbents)
            )
            assert whole.bound <= optimum
            own.raise_bound(own.value)
            assert whole.bound == began + sum(it.bound - began for it in parts.incumbents)
        assert whole.bound == whole.value == optimum

        values = whole.best.values
        kept = solutions(keeping_apart(system, goal, values, part_of))
        assert {*map(bytes, kept)} == {bytes(item) for item in solutions(system.keeping(goal, optimum))}
        assert components(keeping_apart(system, goal, values, part_of), count, 1).tolist() == part_of.tolist()
        # From a roster that is not the best, keeping each part allows less than keeping their sum.
        tighter += len(solutions(keeping_apart(system, goal, hint, part_of))) < len(
            solutions(system.keeping(goal, began))
        )
    assert several > 10
    assert tighter > 2
