"""Fractions as whole numbers with binary places after the point, so that what is added up is exact.

Duals are fractions, and a bound is only as true as the sums it is made of. Whatever the duals are, they prove a bound;
so they are rounded to multiples of 1 over 2 to the power of some *bits*, and everything that follows from them is a
whole number of these: it is *in fixed point*.
"""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Floats, Ints

BITS = 36
"""Binary places at most; fewer where numbers are large."""
LARGEST = 2.0**60
"""No number may grow larger, as far as fractions tell, so that machine words hold it exactly."""
DEAREST = 2.0**48
"""What one multiplier or price may come to as a whole, so that sums of many are exact."""
IMPOSSIBLE = 2**62
"""What cannot be costs so much."""


def places(largest: float) -> int:
    """Return how many binary places numbers up to this size can have, `LARGEST` at most."""
    return min(BITS, int(np.log2(LARGEST / largest)))


def fixed_point(numbers: Floats, bits: int) -> Ints:
    """Return the nearest numbers in fixed point."""
    return np.rint(numbers * 2.0**bits).astype(np.int64)


def fixed_prices(prices: Floats, bits: int) -> Ints:
    """Return prices in fixed point, none above `DEAREST`: any prices are right, but not sums that are not exact."""
    finite = np.minimum(np.nan_to_num(prices), DEAREST)
    return np.rint(np.minimum(finite * 2.0**bits, DEAREST)).astype(np.int64)


def floating(number: int, bits: int) -> float:
    """Return a number in fixed point as a fraction."""
    return number / 2.0**bits


def rounded_up(number: int, bits: int) -> int:
    """Return the least whole number that is not below a number in fixed point."""
    return -(-number >> bits)


def total(numbers: Ints) -> int:
    """Return a sum that may be larger than a machine word."""
    high, low = numbers >> 32, numbers & (2**32 - 1)
    return (int(high.sum()) << 32) + int(low.sum())
