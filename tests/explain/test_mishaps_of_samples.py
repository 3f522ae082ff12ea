"""What the pool of the sample extern hangs on, and what becomes of its roster: the municipality decides nearly all."""

from pathlib import Path

import pytest

from poolmatch import Problem, bottlenecks, read, resilience, solve
from poolmatch.explain import Bottlenecks, Resilience

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "extern-2026-06"
OTHERS = ("F07", "F08", "F09", "F10")
"""Those of the pool who do not work for the municipality."""


@pytest.fixture(scope="module")
def sample() -> Problem:
    return read(SAMPLE)


@pytest.fixture(scope="module")
def hangs_on(sample: Problem) -> Bottlenecks:
    return bottlenecks(sample)


@pytest.fixture(scope="module")
def becomes(sample: Problem) -> Resilience:
    return resilience(sample, solve(sample).roster, pairs=5, time_limit=10)


def test_what_is_wanting_is_people_from_elsewhere(hangs_on: Bottlenecks) -> None:
    (short,) = hangs_on.shortages
    assert (short.kind.party, short.people, short.fillable, short.settled) == ("GEM", OTHERS, 5, True)
    assert hangs_on.fillable == hangs_on.seats - short.short


def test_one_more_of_the_municipality_adds_less_than_anybody_else(hangs_on: Bottlenecks) -> None:
    gains = {item.organisation: item.gain for item in hangs_on.members}
    assert gains[None] == max(gains.values())
    assert gains.get("GEM", 0) < gains[None]


def test_who_learns_is_not_of_the_municipality(hangs_on: Bottlenecks) -> None:
    assert {item.facilitator for item in hangs_on.trainings} <= set(OTHERS)
    assert hangs_on.trainings[0].gain > 0


def test_some_are_missed_and_all_of_it_is_sure(becomes: Resilience) -> None:
    assert all(item.settled for item in becomes.mishaps)
    assert becomes.single_points
    assert len(becomes.facilitators) == 13
    assert len(becomes.pairs) == 5
    assert becomes.pairs_left_out > 0


def test_a_pair_loses_no_less_than_either_of_them(becomes: Resilience) -> None:
    alone = {item.facilitators: item.lost for item in becomes.facilitators}
    for pair in becomes.pairs:
        assert pair.lost >= max(alone[name,] for name in pair.facilitators)
