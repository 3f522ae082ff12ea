"""Mod-k cuts shut out no whole numbers, and those that are violated most are found."""

from __future__ import annotations

import itertools
import random

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from tests.rings import WHOLE, enough, seeds

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.column_generation.mod_k_cuts import ModKParams, Sums, separate


def found(limits: Ints, most: Ints, values: Floats, count: int = 1000, each: int = 1000, seed: int = 1) -> Sums:
    params = ModKParams(at_once=count, of_limit=each)
    return separate(csr_matrix(limits), most, values, np.random.default_rng(seed), 60.0, params)


def corner(rng: random.Random) -> tuple[Ints, Ints, Floats]:
    """Return limits of which each column counts in some, and a corner of what lies within them."""
    height, width = rng.randint(4, 10), rng.randint(3, 7)
    limits = np.zeros((height, width), np.int64)
    for row in limits:
        some = rng.sample(range(width), rng.randint(2, 3))
        row[some] = [rng.choice([1, 1, 1, 1, 2]) for _ in some]
    for column in np.flatnonzero(limits.sum(axis=0) == 0):
        limits[rng.randrange(height), column] = 1
    limits = np.vstack([limits, np.ones((1, width), np.int64)])
    most = np.array([rng.choice([1, 1, 2, 3]) for _ in range(height)] + [width])
    gain = [-rng.randint(5, 9) for _ in range(width)]
    return limits, most, np.asarray(linprog(gain, A_ub=limits, b_ub=most, method="highs-ds").x)


def whole_points(limits: Ints, most: Ints) -> Ints:
    """Return all whole numbers from 0 within the limits; shape ``(points, columns)``."""
    every = np.array(list(itertools.product(range(int(most[:-1].max()) + 1), repeat=limits.shape[1])))
    kept: Ints = every[(every @ limits.T <= most).all(axis=1)]
    return kept


def test_five_in_a_circle() -> None:
    """Of five columns neighbours exclude one another: half of each is 2½, but whole ones are 2 at most."""
    limits = np.array([[int(column in (row, (row + 1) % 5)) for column in range(5)] for row in range(5)])
    most = np.ones(5, np.int64)
    sums = found(limits, most, np.full(5, 0.5))
    assert sums.times.toarray()[0].tolist() == [1, 1, 1, 1, 1]
    assert sums.divisor[0] == 2
    cuts, limit = sums.rounded(csr_matrix(limits), most)
    assert cuts.toarray()[0].tolist() == [1, 1, 1, 1, 1]
    assert limit[0] == 2
    assert not len(found(limits, most, np.array([1.0, 0.0, 1.0, 0.0, 0.0])))


def test_thirds_need_the_prime_3() -> None:
    """A third of each of four columns, which count in three of four limits, is 1⅓; but any two have a limit in common.

    The fifth column counts in all four limits, and so it comes into the cut.
    """
    limits = np.array([[1, 1, 1, 0, 1], [1, 1, 0, 1, 1], [1, 0, 1, 1, 1], [0, 1, 1, 1, 1]])
    most = np.ones(4, np.int64)
    values = np.full(5, 1 / 3) * [1, 1, 1, 1, 0]
    sums = found(limits, most, values)
    assert 3 in sums.divisor.tolist()
    cuts, limit = sums.rounded(csr_matrix(limits), most)
    thirds = sums.divisor == 3
    assert ([1, 1, 1, 1, 1], 1) in zip(cuts.toarray()[thirds].tolist(), limit[thirds].tolist(), strict=True)


def test_no_whole_numbers_are_shut_out_and_the_fractions_are() -> None:
    shut_out, primes = 0, set[int]()
    for seed in seeds(200):
        limits, most, values = corner(random.Random(seed))
        sums = found(limits, most, values, seed=seed)
        cuts, limit = sums.rounded(csr_matrix(limits), most)
        assert (cuts @ values > limit + ModKParams().violation - 1e-6).all(), seed
        points = whole_points(limits, most)
        assert (cuts @ points.T <= limit[:, None]).all(), seed
        assert (sums.times.toarray() >= 0).all()
        shut_out += len(sums) > 0
        primes |= set(sums.divisor.tolist())
        few = found(limits, most, values, 2, 1, seed)
        assert len(few) == min(len(few), 2)
        assert ((few.times.toarray() > 0).sum(axis=0) <= 1).all(), seed
    assert shut_out >= enough(26)
    assert primes == {2, 3, 5} or not WHOLE


def test_what_can_be_exceeded_by_half_is_found() -> None:
    """All sums of limits that are used up, by enumeration, halved: where nothing but the limit is rounded."""
    there = 0
    for seed in seeds(150):
        rng = random.Random(seed)
        limits, _, _ = corner(rng)
        limits = np.minimum(limits[:-1], 1)
        most = np.ones(len(limits), np.int64)
        gain = [-rng.randint(5, 9) for _ in range(limits.shape[1])]
        limits, most = (
            np.vstack([limits, np.eye(limits.shape[1], dtype=np.int64)]),
            np.ones(sum(limits.shape), np.int64),
        )
        values = np.asarray(linprog(gain, A_ub=limits, b_ub=most, method="highs-ds").x)
        full = np.flatnonzero(np.abs(limits @ values - 1) < 1e-6)
        used = limits[full][:, values > 1e-6]
        by_half = any(
            sum(times) % 2 == 1 and not (np.array(times) @ used % 2).any()
            for times in itertools.product((0, 1), repeat=min(len(full), 12))
            if len(full) <= 12
        )
        sums = found(limits, most, values, seed=seed)
        cuts, limit = sums.rounded(csr_matrix(limits), most)
        assert not by_half or (cuts @ values - limit).max(initial=0) > 0.5 - 1e-6, seed
        there += by_half
    assert there >= enough(11)


def test_without_time_there_are_none() -> None:
    limits = np.array([[int(column in (row, (row + 1) % 5)) for column in range(5)] for row in range(5)])
    random = np.random.default_rng(1)
    sums = separate(csr_matrix(limits), np.ones(5, np.int64), np.full(5, 0.5), random, 0.0)
    assert not len(sums)
    cuts, most = sums.rounded(csr_matrix(limits), np.ones(5, np.int64))
    assert cuts.shape == (0, 5)
    assert not len(most)
