"""Numbers in fixed point are as near as they can be, and add up exactly."""

from __future__ import annotations

import random

import numpy as np
import pytest

from poolmatch.solving.model.fixed_point import (
    BITS,
    DEAREST,
    LARGEST,
    fixed_point,
    fixed_prices,
    floating,
    places,
    rounded_up,
    total,
)


def test_sums_beyond_a_machine_word() -> None:
    large = [2**62, 2**62, 2**62, -5, -(2**62), 7, 2**32, -(2**32) - 1]
    assert total(np.array(large, np.int64)) == sum(large)
    assert total(np.array([-(2**63)] * 3, np.int64)) == -3 * 2**63
    assert total(np.zeros(0, np.int64)) == 0


def test_nearest() -> None:
    rng = random.Random(1)
    numbers = np.array([rng.uniform(-9, 9) for _ in range(200)])
    for bits in (0, 1, 7, BITS):
        fixed = fixed_point(numbers, bits)
        assert np.abs(fixed / 2**bits - numbers).max() <= 0.5 / 2**bits
        assert [floating(one, bits) for one in fixed.tolist()] == (fixed / 2**bits).tolist()


@pytest.mark.parametrize(
    ("number", "bits", "whole"), [(8, 3, 1), (9, 3, 2), (-8, 3, -1), (-9, 3, -1), (0, 5, 0), (7, 0, 7)]
)
def test_rounded_up(number: int, bits: int, whole: int) -> None:
    assert rounded_up(number, bits) == whole


def test_as_many_places_as_there_is_room_for() -> None:
    """So many more would be too large, but where there are enough of them."""
    assert places(1.0) == BITS
    for largest in (2.0**23, 2.0**24, 2.0**24 + 1, 2.0**40, 2.0**59 + 1, LARGEST):
        bits = places(largest)
        assert largest * 2**bits <= LARGEST
        assert bits == BITS or largest * 2 ** (bits + 1) > LARGEST


def test_prices_are_never_too_dear() -> None:
    prices = np.array([0.0, 1.25, 1e300, np.inf, np.nan])
    assert fixed_prices(prices, 2).tolist() == [0, 5, int(DEAREST), int(DEAREST), 0]
