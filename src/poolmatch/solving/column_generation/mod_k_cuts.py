"""Cuts that follow from whole numbers: limits added up, divided by a prime, and rounded down.

Where limits of whole numbers are added up so many times each, and all factors and the limit are divided by a number and
rounded down, no roster is lost. Fractions are, when nothing of them is lost by rounding but something of the limit is.
Which limits to add up is linear algebra: all factors are to vanish modulo a prime. Limits are eliminated by one
another, column by column, those of large fractions first; whatever is violated on the way is a cut (Caprara,
Fischetti and Letchford, "On the separation of maximally violated mod-k cuts", Mathematical Programming 87, 2000;
Andreello, Caprara and Fischetti, "Embedding {0, 1/2}-cuts in a branch-and-cut framework", INFORMS Journal on Computing
19, 2007).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from poolmatch.arrays import Floats, Ints

Small = NDArray[np.int8]
"""Numbers below a small prime, of which products are small too."""

TINY = 1e-6
"""What is so close to a whole number is one."""


@dataclass(frozen=True)
class ModKParams:
    """What tunes the separation of mod-k cuts.

    Attributes
    ----------
    primes, orders
        What limits are divided by, up to 11 so that products are small numbers, and in how many different orders they
        are eliminated for each; 1 or more.
    slack
        Limits that leave more than this are not added up; 0 or more.
    longest
        Nor more limits than these, since what is long says little; 1 or more.
    violation
        By how much fractions go beyond a cut that is of use; 0 or more, less than 1.
    noise
        How much chance there is in an order, in columns of a limit; 0 or more.
    at_once
        Cuts that come in at once at most; 1 or more.
    of_limit
        How many of these are made with one limit at most; 1 or more.
    """

    primes: tuple[int, ...] = (2, 3, 5)
    orders: tuple[int, ...] = (4, 2, 2)
    slack: float = 0.2
    longest: int = 60
    violation: float = 0.02
    noise: float = 4.0
    at_once: int = 100
    of_limit: int = 10

    def __post_init__(self) -> None:
        if not set(self.primes) <= {2, 3, 5, 7, 11} or len(self.primes) != len(self.orders):
            raise ValueError(f"not a number of orders for each of some small primes: {self}")
        if min(*self.orders, self.longest, self.at_once, self.of_limit) < 1:
            raise ValueError(f"less than 1 of something: {self}")
        if min(self.slack, self.noise) < 0 or not 0 <= self.violation < 1:
            raise ValueError(f"out of range: {self}")


@dataclass(frozen=True)
class Sums:
    """Limits that are added up, divided and rounded down.

    Attributes
    ----------
    times
        How often each limit is added; shape ``(sums, limits)``.
    divisor
        What each sum is divided by; shape ``(sums,)``.
    """

    times: csr_matrix
    divisor: Ints

    @classmethod
    def none(cls, limits: int) -> Self:
        """Return no sums of so many limits."""
        return cls(csr_matrix(np.zeros((0, limits), np.int64)), np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self.divisor)

    def rounded(self, limits: csr_matrix, most: Ints) -> tuple[csr_matrix, Ints]:
        """Return the cuts: of each, the factors of columns and the limit, given those of the limits that are added."""
        cuts = csr_matrix(self.times @ limits)
        cuts.data //= np.repeat(self.divisor, np.diff(cuts.indptr))
        cuts.eliminate_zeros()
        return cuts, (self.times @ most) // self.divisor


def separate(
    limits: csr_matrix,
    most: Ints,
    values: Floats,
    random: np.random.Generator,
    seconds: float,
    params: ModKParams | None = None,
) -> Sums:
    """Return sums of limits whose cuts some fractions violate, those first that are far violated and short.

    Parameters
    ----------
    limits, most
        Whole factors of columns that are at least 0, and what they add up to at most.
    values
        Of the columns, at least 0, within the limits.
    random
        Of the orders in which limits are looked at.
    seconds
        Time for that.
    params
        What tunes it; None is as usual.
    """
    params, until = params or ModKParams(), time.monotonic() + seconds
    used = np.flatnonzero(values > TINY)
    part = limits[:, used]
    fractional = np.abs(values[used] - np.rint(values[used])) > TINY
    slack = np.maximum(0.0, most - limits @ values)
    rows = np.flatnonzero((slack < params.slack) & (part[:, np.flatnonzero(fractional)].getnnz(axis=1) > 0))
    table, found = part[rows].toarray(), dict[bytes, tuple[float, int, Small]]()
    for prime, orders in zip(params.primes, params.orders, strict=True):
        for number in range(orders):
            noise = random.random(len(rows)) * params.noise * bool(number)
            order = np.argsort((table != 0).sum(axis=1) + noise, kind="stable")
            tight = _Limits(table[order], most[rows[order]], slack[rows[order]])
            sums, beyond = _eliminate(tight, values[used], prime, until, params)
            for times, far in zip(sums, beyond.tolist(), strict=True):
                place = np.zeros(len(rows), np.int8)
                place[order] = times
                found[place.tobytes() + bytes([prime])] = far / np.sqrt(np.count_nonzero(times)), prime, place
    chosen, uses = list[tuple[int, Small]](), np.zeros(len(rows), np.int64)
    for _, prime, times in sorted(found.values(), key=lambda item: -item[0]):
        if len(chosen) < params.at_once and uses[times > 0].max() < params.of_limit:
            uses += times > 0
            chosen.append((prime, times))
    if not chosen:
        return Sums.none(len(most))
    times = np.zeros((len(chosen), len(most)), np.int64)
    times[:, rows] = [item for _, item in chosen]
    return Sums(csr_matrix(times), np.array([prime for prime, _ in chosen], np.int64))


@dataclass(frozen=True)
class _Limits:
    """Limits that fractions nearly use up.

    Attributes
    ----------
    table, most, slack
        Factors of columns, shape ``(limits, columns)``, what they add up to at most, and what fractions leave of that.
    """

    table: Ints
    most: Ints
    slack: Floats


def _eliminate(limits: _Limits, values: Floats, prime: int, until: float, params: ModKParams) -> tuple[Small, Floats]:
    """Eliminate limits by one another modulo a prime, and return what is violated on the way, and how far.

    Parameters
    ----------
    limits
        The limits, in the order in which they are used.
    values
        Of each column.
    prime
        The prime.
    until
        When to be done, on the clock.
    params
        What tunes it.
    """
    small, left_over = (limits.table % prime).astype(np.int8), (limits.most % prime).astype(np.int8)
    times = np.eye(len(small), dtype=np.int8)
    left = np.ones(len(small), np.bool_)
    sums, beyond = [np.zeros((0, len(small)), np.int8)], [np.zeros(0)]
    for column in np.argsort(-values, kind="stable").tolist():
        rows = np.flatnonzero(left & (small[:, column] > 0))
        if not len(rows):
            continue
        if time.monotonic() > until:
            break
        pivot = rows[np.argmin(np.count_nonzero(times[rows], axis=1))]
        left[pivot] = False
        rows = rows[rows != pivot]
        inverse = pow(int(small[pivot, column]), -1, prime)
        factor = (small[rows, column] * np.int8(inverse) % prime).astype(np.int8)
        for part in (small, times):
            part[rows] = (part[rows] - factor[:, None] * part[pivot]) % prime
        left_over[rows] = (left_over[rows] - factor * left_over[pivot]) % prime
        rows = rows[np.count_nonzero(times[rows], axis=1) <= params.longest]
        for multiple in range(1, prime):
            often = times[rows] * np.int8(multiple) % prime
            lost = (small[rows] * np.int8(multiple) % prime) @ values + often @ limits.slack
            far = ((left_over[rows] * np.int8(multiple) % prime) - lost) / prime
            use = far > params.violation
            sums.append(often[use])
            beyond.append(far[use])
    return np.concatenate(sums), np.concatenate(beyond)
