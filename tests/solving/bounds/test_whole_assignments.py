"""The bound of fair shares that knows that assignments are whole: by hand, and never above any legal roster."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import seeds

from poolmatch import STANDARD_RULES, Problem, Status, solve
from poolmatch.arrays import Arrays
from poolmatch.checking import judge
from poolmatch.eligibility import eligibility
from poolmatch.solving.bounds.whole_assignments import least_value
from poolmatch.solving.model.blocks import Blocks
from poolmatch.testing import every_roster, random_problem

FAIR = 5
ALONE = STANDARD_RULES.without("reciprocity")


def blocks_of(case: Problem) -> Blocks:
    return Blocks.of(eligibility(Arrays(case), ALONE).candidates, ALONE)


def bound(case: Problem, first: int) -> float:
    """Return the bound of tier 5 in points, where tier 1 is worth at most so much."""
    blocks = blocks_of(case)
    objective = next(item for item in blocks.tiers(ALONE) if item.tier == FAIR)
    return least_value(blocks, ALONE, objective, {1: first}) / objective.scale


def evenings(count: int, minutes: int = 90, **cells: Any) -> list[dict[str, Any]]:
    """Return meetings of equal length, on as many days, priority 1: an empty seat costs a point."""
    rows = []
    for day in range(2, 2 + count):
        start, end = f"2026-03-{day:02d} 10:00", f"2026-03-{day:02d} {10 + minutes // 60}:{minutes % 60:02d}"
        rows.append(dict(meeting(f"M{day:02d}", start, end, priority=1, **cells)))
    return rows


@pytest.mark.parametrize(
    ("people", "meetings", "empty", "points"),
    [
        # 4 × 90 minutes for 3 people: 120 each, free to 132. One has 180: to 150 at 1, to 180 at 2 points an hour.
        (3, 4, 0, (18 + 2 * 30) / 60),
        # One seat may stay empty: three meetings for three people are free.
        (3, 4, 1, 0),
        # 2 people, 5 meetings: 225 each, free to 247.5; one has 270, 22.5 minutes above.
        (2, 5, 0, 22.5 / 60),
        # As many as people: nobody is above their share.
        (4, 4, 0, 0),
    ],
)
def test_the_bound_by_hand(people: int, meetings: int, empty: int, points: float) -> None:
    case = problem(evenings(meetings), [facilitator(f"F{n}") for n in range(people)])
    assert bound(case, empty) == pytest.approx(points)


def test_the_priority_says_what_may_stay_empty() -> None:
    # Priority 3 costs 4: with 3 points to spare, three quarters of a seat, 67.5 of its 90 minutes, may be left out.
    # What is left are 292.5 of 360 minutes, which are four whole meetings again.
    rows = [row | {"priority": 3} for row in evenings(4)]
    case = problem(rows, [facilitator(f"F{n}") for n in range(3)])
    assert bound(case, 3) == pytest.approx(1.3)
    assert bound(case, 4) == 0


def test_what_an_external_could_take_need_not_be_the_pools() -> None:
    people = [facilitator(f"F{n}") for n in range(3)]
    assert bound(problem(evenings(4), [*people, facilitator("X", external=True)]), 0) == 0


def test_a_seat_without_candidates_is_nobodys_work() -> None:
    rows = [*evenings(4), dict(meeting("M20", "2026-03-20 10:00", "2026-03-20 11:30", priority=1))]
    asked = [{"meeting": "M20", "seat": "lead", "skill": "judo", "level": 5}]
    case = problem(rows, [facilitator(f"F{n}") for n in range(5)], requirements=asked)
    # Five meetings share out to 90 minutes for each of five people, and four are held.
    assert bound(case, 1) == 0
    few = problem(rows, [facilitator(f"F{n}") for n in range(3)], requirements=asked)
    # To 150 for each of three. Its point in tier 1 is no seat to spare: one has 180, 15 minutes above 165.
    assert bound(few, 1) == pytest.approx(15 / 60)


def test_the_best_roster_of_equal_people_is_proven() -> None:
    # 8 people, 33 meetings: one has five. 371.25 minutes each, rounded to 371, free to 408.1; 450 is 41.9 above.
    rows = [
        dict(meeting(f"M{n}", f"2026-03-{2 + n % 11:02d} {9 + 2 * (n // 11):02d}:00",
                     f"2026-03-{2 + n % 11:02d} {10 + 2 * (n // 11):02d}:30"))
        for n in range(33)
    ]  # fmt: skip
    case = problem(rows, [facilitator(f"F{n}", max_per_day=5) for n in range(8)])
    result = solve(case, ALONE, time_limit=20)
    assert result.status is Status.OPTIMAL
    assert next(tier.points for tier in result.tiers if tier.tier == FAIR) == pytest.approx(41.9 / 60)


@pytest.mark.parametrize("seed", seeds(6))
def test_no_legal_roster_is_below_the_bound(seed: int) -> None:
    rng = random.Random(f"whole {seed}")
    looked_at = positive = 0
    for _ in range(20):
        case = random_problem(rng, pins=False, programme=rng.random() < 0.3, past=rng.random() < 0.3)
        world = Arrays(case)
        blocks = Blocks.of(eligibility(world, STANDARD_RULES).candidates, STANDARD_RULES)
        if not len(blocks.candidates):
            continue
        objective = next(item for item in blocks.tiers(STANDARD_RULES) if item.tier == FAIR)
        reports = [judge(case, roster, STANDARD_RULES, world) for roster in every_roster(case)]
        tiers = [{tier.tier: tier.value for tier in report.tiers} for report in reports if report.legal]
        for first in {values[1] for values in tiers}:
            least = least_value(blocks, STANDARD_RULES, objective, {1: first})
            assert all(values[FAIR] >= least for values in tiers if values[1] <= first)
            positive += least > blocks.floor(objective)
            looked_at += 1
    assert looked_at >= 20
    assert positive >= 1
