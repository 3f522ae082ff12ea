"""Regions keep people whole and are about equally large; pieces are disjoint and leave nothing out that is held."""

from __future__ import annotations

import math

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.rings import seeds
from tests.solving.candidate_features import land

from poolmatch import STANDARD_RULES
from poolmatch.arrays import Arrays, Ints
from poolmatch.eligibility import eligibility
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.regions import pieces, regions

UNKNOWN = math.nan
ANGLES = (0.0, 0.3, 1.2, 2.0, 3.0)


def scattered(seed: int, people: int, candidates: int) -> CandidateFeatures:
    """Return candidates of people who live anywhere, with one in ten places unknown."""
    rng = np.random.default_rng(seed)
    person = np.sort(np.concatenate([np.arange(people), rng.integers(people, size=candidates - people)]))
    home = np.stack([rng.uniform(51, 53, people), rng.uniform(4, 7, people)], axis=1)
    place = home[person] + rng.normal(size=(candidates, 2)) / 50
    place[rng.random(candidates) < 0.1] = UNKNOWN
    return land(person.tolist(), place.tolist(), rng.integers(candidates // 2, size=candidates).tolist())


def whole(features: CandidateFeatures, region: Ints) -> dict[int, int]:
    """Return the region of each person; nobody is in two."""
    found: dict[int, int] = {}
    for person, number in zip(features.person.tolist(), region.tolist(), strict=True):
        assert found.setdefault(person, number) == number
    return found


@pytest.mark.parametrize("seed", seeds(30))
def test_people_are_whole_and_regions_about_equal(seed: int) -> None:
    """A cut is off by at most the person it falls on, and cuts lie as deep as regions are halved."""
    features, count = scattered(seed, 80, 1200), 1 + seed % 9
    region = regions(features, count, ANGLES[seed % 5])
    assert len(region) == len(features)
    whole(features, region)
    sizes = np.bincount(region, minlength=count)
    heaviest = np.bincount(features.person).max()
    assert len(sizes) == count
    assert np.abs(sizes - len(features) / count).max() <= heaviest * math.ceil(math.log2(max(2, count)))


def test_weights_count_and_not_people() -> None:
    """One person has as many candidates as the ten others: half of 20 is after 9 or 10 of those."""
    person, place = [*range(10), *[10] * 10], [(52, 4 + n / 100) for n in range(10)] + [(52.0, 6.0)] * 10
    region = regions(land(person, place), 2, 0.0)
    assert region[:9].tolist() == [region[0]] * 9
    assert region[10] != region[0]


WEST, EAST = ([(lat + n / 100, lon - n / 90) for n in range(4)] for lat, lon in ((52.0, 4.0), (52.5, 6.5)))


@pytest.mark.parametrize("angle", ANGLES)
def test_two_equal_clusters_are_split_exactly(angle: float) -> None:
    region = regions(land(range(8), WEST + EAST), 2, angle).tolist()
    assert region in ([0] * 4 + [1] * 4, [1] * 4 + [0] * 4)


def test_two_clusters_are_split_exactly_where_the_middle_falls_on_their_border() -> None:
    """Four people with two candidates each, then two with five: half of 18 lies between 8 and 13, nearer to 8."""
    person = [n for n in range(4) for _ in range(2)] + [n for n in range(4, 6) for _ in range(5)]
    region = regions(land(person, [(WEST + EAST)[n] for n in person]), 2, 0.0)
    assert region.tolist() == [0] * 8 + [1] * 10


@pytest.mark.parametrize("count", [2, 3, 4, 8])
def test_as_many_people_as_regions_have_one_each(count: int) -> None:
    region = regions(land(range(count), [(52, 4 + n) for n in range(count)]), count, 0.0)
    assert sorted(region.tolist()) == list(range(count))


def test_neighbours_share_a_region_more_often_than_strangers() -> None:
    features = scattered(3, 80, 1200)
    region = np.array(list(whole(features, regions(features, 4, 0.7)).values()))
    known = ~np.isnan(features.lat)
    home = np.array(
        [
            [side[known & (features.person == person)].mean() for side in (features.lat, features.lon)]
            for person in range(80)
        ]
    )
    apart = np.hypot(*(home[:, None] - home).T * [[[1.0]], [[math.cos(math.radians(52))]]])
    same = (region[:, None] == region) & ~np.eye(80, dtype=np.bool_)
    assert apart[same].mean() < 0.6 * apart[region[:, None] != region].mean()


def test_the_longer_side_is_cut() -> None:
    """From south to north 3 degrees are some 330 km, from west to east 4 are some 270."""
    corners = [(51.0, 4.0), (51.0, 8.0), (54.0, 4.1), (54.0, 8.1)]
    region = regions(land([0, 1, 2, 3, 3], [*corners, corners[3]]), 2, 0.0)
    assert region[0] == region[1]
    assert region[2] == region[3]
    assert region[0] != region[2]


def test_an_angle_moves_the_borders() -> None:
    features = scattered(5, 80, 1200)
    borders = {tuple(regions(features, 2, angle).tolist()) for angle in ANGLES}
    assert len(borders) == len(ANGLES)
    assert {tuple(regions(features, 2, 0.3).tolist()) for _ in range(2)} < borders


def test_one_region_is_everyone() -> None:
    assert not regions(scattered(1, 9, 90), 1, 0.4).any()


def test_fewer_people_than_regions() -> None:
    features = land([0, 0, 1, 1, 1], [(52, 4)] * 2 + [(52, 6)] * 3)
    region = regions(features, 7, 0.0)
    assert whole(features, region)[0] != whole(features, region)[1]
    assert ((region >= 0) & (region < 7)).all()


def test_who_has_no_known_place_is_in_the_middle() -> None:
    """In the west five, in the east five, and someone of whom nothing is known: never at an end."""
    place = [(52, 4 + n / 10) for n in range(3)] + [(UNKNOWN, UNKNOWN)] + [(52, 6 - n / 10) for n in range(3)]
    region = regions(land(range(7), place), 7, 0.0)
    order = np.argsort(region, kind="stable").tolist()
    assert 0 < order.index(3) < 6
    assert order.index(0) < order.index(3) < order.index(6)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_no_place_is_known_at_all(count: int) -> None:
    features = land([0, 1, 1, 2, 3, 3], [(UNKNOWN, UNKNOWN)] * 6)
    region = regions(features, count, 1.0)
    assert ((region >= 0) & (region < count)).all()
    whole(features, region)


def test_no_candidates() -> None:
    nobody = land([], [])
    region = regions(nobody, 3, 0.5)
    assert len(region) == 0
    assert not any(free.any() for free in pieces(nobody, region, np.zeros(0, np.int64)))


# --- pieces ------------------------------------------------------------------------------------------------


def drawn(features: CandidateFeatures, seed: int) -> Ints:
    """Return a roster: some seats, each held by one of its candidates; further columns follow, as those of a system."""
    rng, taken = np.random.default_rng(seed), np.zeros(len(features) + 3, np.int64)
    for seat in np.unique(features.seat):
        if rng.random() < 0.6:
            taken[rng.choice(np.flatnonzero(features.seat == seat))] = 1
    taken[len(features) :] = 1
    return taken


@pytest.mark.parametrize("seed", seeds(20))
def test_pieces_are_disjoint_and_leave_out_nothing_that_is_held(seed: int) -> None:
    features = scattered(seed, 20, 200)
    region = regions(features, 1 + seed % 5, ANGLES[seed % 5])
    taken = drawn(features, seed)
    parts = pieces(features, region, taken)
    assert np.sum(parts, axis=0).max() == 1
    for number, free in enumerate(parts):
        assert {*region[free].tolist()} <= {number}, "only people of the region"
    for seat in np.unique(features.seat):
        mine = features.seat == seat
        holder = np.flatnonzero(mine & (taken[: len(features)] == 1))
        owners = {number for number, free in enumerate(parts) if free[mine].any()}
        assert len(owners) == 1, "a seat belongs to one region"
        (owner,) = owners
        if len(holder):
            assert owner == region[holder[0]]
        else:
            assert (region[mine] == owner).sum() == np.bincount(region[mine]).max(), "where it has most candidates"
        np.testing.assert_array_equal(parts[owner][mine], region[mine] == owner)


def test_pieces_by_hand() -> None:
    """Regions 0 and 1; seat 0 is held from 1, seat 1 is empty and wanted most in 0, seat 2 is empty and wanted in 1."""
    features = land([0, 2, 0, 1, 2, 3], [(52, 4)] * 6, [0, 0, 1, 1, 1, 2])
    region, taken = np.array([0, 1, 0, 0, 1, 1]), np.array([0, 1, 0, 0, 0, 0])
    first, second = pieces(features, region, taken)
    assert first.tolist() == [False, False, True, True, False, False]
    assert second.tolist() == [False, True, False, False, False, True]


def test_one_region_is_one_piece_of_everything() -> None:
    features = scattered(2, 9, 90)
    (free,) = pieces(features, regions(features, 1, 0.0), drawn(features, 2))
    assert free.all()


def test_a_pool_in_pieces() -> None:
    """Of an empty roster in two pieces neither is small, and together they free most candidates."""
    candidates = eligibility(Arrays(pool(60, 250, 15, 1)), STANDARD_RULES).candidates
    features = CandidateFeatures.of(candidates)
    region = regions(features, 2, 0.4)
    parts = pieces(features, region, np.zeros(len(features), np.int64))
    assert len(parts) == 2
    assert min(free.sum() for free in parts) > len(features) / 10
    assert np.sum(parts, axis=0).sum() > len(features) / 2
