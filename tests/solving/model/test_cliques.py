"""Joined groups exclude the same pairs as the groups they were made of."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from tests.builders import Cells, meeting, problem
from tests.rings import chunks, seeds_of

from poolmatch import STANDARD_RULES
from poolmatch.arrays import Arrays, Candidates, Ints
from poolmatch.eligibility import eligibility
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.cliques import joined

NONE = np.zeros(0, np.int64)


def everyone(people: int, meetings: int) -> Candidates:
    """Return a candidate for each person and meeting, one person after the other."""
    rows = [meeting(f"M{n}", f"2026-03-{n + 2:02} 10:00", f"2026-03-{n + 2:02} 12:00") for n in range(meetings)]
    world = Arrays(problem(rows, [f"F{n}" for n in range(people)]))
    return Candidates(world, np.repeat(np.arange(people), meetings), np.tile(np.arange(meetings), people))


def columns_of(groups: list[list[int]]) -> tuple[Ints, Ints]:
    numbers = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return numbers, np.array([member for group in groups for member in group], np.int64)


def groups_of(group: Ints, member: Ints) -> list[list[int]]:
    assert (np.diff(group) >= 0).all()
    assert set(group.tolist()) == set(range(int(group.max(initial=-1)) + 1))
    return [member[group == number].tolist() for number in range(int(group.max(initial=-1)) + 1)]


def excluded(groups: list[list[int]]) -> set[tuple[int, int]]:
    return {(one, other) for group in groups for one, other in combinations(sorted(group), 2)}


def drawn(rng: random.Random, candidates: Candidates, others: int) -> list[list[int]]:
    """Return groups of one person's candidates, of anyone's, of other columns, of all of these."""
    width = len(candidates) + others
    per_person = len(candidates.world.meetings)
    groups = []
    for _ in range(rng.randint(1, 12)):
        first = rng.randrange(len(candidates.world.people)) * per_person
        among = rng.choice([range(first, first + per_person)] * 3 + [range(width), range(len(candidates), width)])
        groups.append(rng.sample(among, min(len(among), rng.choice([2, 2, 2, 3, 4]))))
    return groups


@pytest.mark.parametrize("chunk", chunks(10))
def test_the_same_pairs_are_excluded_by_no_more_entries(chunk: int) -> None:
    fewer = 0
    candidates = everyone(3, 6)
    for seed in seeds_of(chunk, 60):
        before = drawn(random.Random(seed), candidates, others=4)
        after = groups_of(*joined(candidates, *columns_of(before)))
        assert excluded(after) == excluded(before), seed
        assert all(len(set(group)) == len(group) > 1 for group in after)
        assert sum(map(len, after)) <= sum(map(len, before)), seed
        fewer += len(after) < len(before)
    assert fewer > 10


def test_pairs_of_one_person_become_one_clique() -> None:
    """Three meetings that exclude one another, two by two; the fourth excludes one of them only."""
    candidates = everyone(2, 4)
    groups = groups_of(*joined(candidates, *columns_of([[4, 5], [4, 6], [5, 6], [6, 7]])))
    assert sorted(map(sorted, groups)) == [[4, 5, 6], [6, 7]]


def test_groups_across_people_and_of_other_columns_stay() -> None:
    """Column 8 is no candidate: neither pairs with it, nor pairs of two people, make a clique."""
    candidates = everyone(2, 4)
    pairs = [[0, 8], [1, 8], [0, 4], [1, 5]]
    assert groups_of(*joined(candidates, *columns_of(pairs))) == pairs
    mixed = groups_of(*joined(candidates, *columns_of([[0, 8], [0, 1], [1, 2], [0, 2]])))
    assert sorted(map(sorted, mixed)) == [[0, 1, 2], [0, 8]]


def test_what_is_a_good_cover_already_is_not_made_larger() -> None:
    """Cliques that are as large as can be would overlap here: 1 and 4 share a third with each of the others."""
    candidates = everyone(1, 7)
    before = [[1, 2, 4, 6], [0, 1, 6], [1, 4, 5]]
    after = groups_of(*joined(candidates, *columns_of(before)))
    assert excluded(after) == excluded(before)
    assert sum(map(len, after)) <= 10


@pytest.mark.parametrize(("third", "groups"), [(4, 1), (5, 3)])
def test_large_groups_stay(third: int, groups: int) -> None:
    """Two thirds of the meetings at a time exclude one another, which are all pairs: one clique, if that is worth it.

    Of 12 meetings these are groups of 8; of 15 they are groups of 10, which stay.
    """
    first, second, last = (list(range(n * third, (n + 1) * third)) for n in range(3))
    before = [first + second, first + last, second + last]
    after = groups_of(*joined(everyone(1, 3 * third), *columns_of(before)))
    assert excluded(after) == excluded(before)
    assert len(after) == groups


def test_nothing_comes_of_nothing() -> None:
    assert [len(part) for part in joined(everyone(2, 2), NONE, NONE)] == [0, 0]


def test_groups_without_any_candidate() -> None:
    nobody = Candidates(Arrays(problem()), NONE.copy(), NONE.copy())
    assert groups_of(*joined(nobody, *columns_of([[0, 1], [1, 2]]))) == [[0, 1], [1, 2]]


def test_a_day_with_one_meeting_becomes_one_group() -> None:
    """Each meeting lies 62 km east of the last: 0.7° at 52° north is 48 km as the crow flies, times 1.3, so 72 minutes.

    Two hours between them are enough, and nothing is excluded. With half an hour between them, neighbours exclude one
    another; and the two hours from the first to the last are less than the 135 minutes that 125 km take.
    """
    far: list[dict[str, Any]] = [{"lat": 52.0, "lon": 5.0 + 0.7 * n} for n in range(3)]
    wide = [meeting(f"M{n}", f"2026-03-05 {10 + 3 * n}:00", f"2026-03-05 {11 + 3 * n}:00", **far[n]) for n in range(3)]
    assert person_groups(wide) == []
    times = [("10:00", "11:00"), ("11:30", "12:30"), ("13:00", "14:00")]
    close = [meeting(f"M{n}", f"2026-03-05 {times[n][0]}", f"2026-03-05 {times[n][1]}", **far[n]) for n in range(3)]
    assert person_groups(close) == [["M0", "M1", "M2"]]


def person_groups(meetings: list[Cells]) -> list[list[str]]:
    """Return the meetings of each group of F1's candidates, under the standard rules."""
    case = problem(meetings, ["F1", "F2"])
    candidates = eligibility(Arrays(case), STANDARD_RULES).candidates
    assert len(candidates) == 6
    group, member = Blocks.of(candidates, STANDARD_RULES).system.groups
    world = candidates.world
    found = []
    for members in groups_of(group, member):
        people = {world.people[candidates.person[column]].facilitator for column in members}
        if people == {"F1"}:
            found.append(sorted(world.meetings[candidates.meeting[column]].meeting for column in members))
    return found
