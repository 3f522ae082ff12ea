"""A features says of each candidate what the problem says of its person, seat and meeting."""

from __future__ import annotations

import pickle
import random
from dataclasses import fields

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.builders import facilitator, meeting, problem
from tests.rings import seeds
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES
from poolmatch.arrays import Arrays
from poolmatch.domain.hours import ticks_of_meeting
from poolmatch.eligibility import eligibility
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import Objective
from poolmatch.testing import random_problem


@pytest.mark.parametrize("seed", seeds(20))
def test_every_column_agrees_with_the_problem(seed: int) -> None:
    if seed % 2:
        case = programme(seed, people=5, meetings=6, seats=3)
    else:
        case = random_problem(random.Random(seed), people=6, meetings=8, pins=False)
    world = Arrays(case, seed)
    candidates = eligibility(world, STANDARD_RULES).candidates
    land = CandidateFeatures.of(candidates)
    assert len(land) == len(candidates)
    series = dict[int, str]()
    for row in range(len(land)):
        person, seat = world.people[land.person[row]], world.seats[land.seat[row]]
        item = world.meetings[land.meeting[row]]
        assert seat.meeting == item.meeting
        assert row in candidates.find(
            world.positions[person.facilitator], world.seat_positions[item.meeting, seat.seat]
        )
        employer = None if land.employer[row] < 0 else case.organisations[land.employer[row]].organisation
        assert employer == person.organisation
        assert (land.series[row] >= 0) == (item.series is not None)
        if item.series is not None:
            assert series.setdefault(int(land.series[row]), item.series) == item.series
        for known, said in ((item.lat, land.lat[row]), (item.lon, land.lon[row])):
            assert (known is None and np.isnan(said)) or known == said
        times = case.times(item) or ((None, None),)
        starts = [start.timestamp() / 86_400 for start, _ in times if start]
        assert not starts or land.day[row] in starts
        assert land.ticks[row] in {ticks_of_meeting(item, start, end) for start, end in times}
        assert land.worth[row] == 0


def test_without_an_employer_there_is_none() -> None:
    people = [facilitator("F1", organisation=None), facilitator("F2")]
    land = CandidateFeatures.of(
        eligibility(Arrays(problem([meeting()], people)), STANDARD_RULES.without("neutral")).candidates
    )
    assert sorted(np.sign(land.employer).tolist()) == [-1, 1]
    assert land.employer.min() == -1


def test_worth_is_what_taking_a_candidate_gains_in_the_highest_tier() -> None:
    """Columns of the objective that are no candidates are left aside, and so is what costs nothing."""
    rows = [meeting(f"M{n}", f"2026-03-0{n} 10:00", f"2026-03-0{n} 12:00") for n in (2, 4, 6)]
    candidates = eligibility(Arrays(problem(rows, ["F1"])), STANDARD_RULES).candidates
    first = Objective(1, 1, np.array([0, 2, 3, 7]), np.array([-5, 2, 9, -9]), 30, 4)
    assert CandidateFeatures.of(candidates, first).worth.tolist() == [5, 0, -2]


def test_the_dearest_meeting_is_worth_most() -> None:
    rows = [meeting(f"M{n}", f"2026-03-0{n} 10:00", f"2026-03-0{n} 12:00", priority=n) for n in (2, 4)]
    candidates = eligibility(Arrays(problem(rows, ["F1"])), STANDARD_RULES).candidates
    blocks = Blocks.of(candidates, STANDARD_RULES)
    land = CandidateFeatures.of(candidates, blocks.tiers(STANDARD_RULES)[0])
    worth = {
        candidates.world.meetings[place].meeting: value for place, value in zip(land.meeting, land.worth, strict=True)
    }
    assert worth["M4"] > worth["M2"] > 0


def test_some_rows_in_an_order_of_their_own() -> None:
    candidates = eligibility(Arrays(pool(12, 40, 6, 1)), STANDARD_RULES).candidates
    land = CandidateFeatures.of(candidates)
    rows = np.random.default_rng(1).permutation(len(land))[: len(land) // 2]
    part = land.take(rows)
    assert len(part) == len(rows) > 20
    for field in fields(CandidateFeatures):
        np.testing.assert_array_equal(getattr(part, field.name), getattr(land, field.name)[rows])
    assert len(land.take(np.zeros(0, np.int64))) == 0


def test_it_travels_and_stays_read_only() -> None:
    candidates = eligibility(Arrays(pool(12, 40, 6, 1)), STANDARD_RULES).candidates
    land = CandidateFeatures.of(candidates)
    other: CandidateFeatures = pickle.loads(pickle.dumps(land))
    for field in fields(CandidateFeatures):
        np.testing.assert_array_equal(getattr(other, field.name), getattr(land, field.name))
        assert not getattr(land, field.name).flags.writeable


def test_nobody_is_a_candidate() -> None:
    case = problem([meeting()], [facilitator("F1", organisation="Town")])
    land = CandidateFeatures.of(eligibility(Arrays(case), STANDARD_RULES).candidates)
    assert [len(getattr(land, field.name)) for field in fields(CandidateFeatures)] == [0] * 10
