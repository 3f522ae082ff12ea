"""Columns: read-only numpy arrays of equal length, tables of them, and what is often done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from poolmatch.domain.travel import number_or_nan

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def ints(values: Iterable[int]) -> Ints:
    """Return whole numbers as a column."""
    return np.fromiter(values, np.int64)


def floats(values: Iterable[float | None]) -> Floats:
    """Return numbers as a column, NaN for blanks."""
    return np.fromiter((number_or_nan(value) for value in values), np.float64)


def bools(values: Iterable[bool]) -> Bools:
    """Return truth values as a column."""
    return np.fromiter(values, np.bool_)


def second(moment: datetime) -> int:
    """Return the whole second of an instant since 1970 (UTC)."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


def bounds(positions: Ints, groups: int) -> Ints:
    """Return where each group starts in positions that are sorted: shape ``(groups + 1,)``."""
    return np.searchsorted(positions, np.arange(groups + 1))


def distinct(first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the distinct pairs of two columns in order, and which of them stands in each row.

    Parameters
    ----------
    first, second
        Positions or days: small enough for the product of their ranges to be a number; both of shape ``(rows,)``.

    Returns
    -------
    first, second, pair
        The pairs, both of shape ``(pairs,)``, and the position of a pair for each row, of shape ``(rows,)``.
    """
    if not len(first):
        return first, second, first
    low, width = second.min(), int(second.max() - second.min()) + 1
    keys, pair = np.unique(first * width + (second - low), return_inverse=True)
    return keys // width, keys % width + low, pair


def expand_ranges(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of a row and each number from its first up to its end, row by row.

    Parameters
    ----------
    first, end
        The numbers of each row, the end not among them; both of shape ``(rows,)``.
    """
    counts = np.maximum(end - first, 0)
    row = np.repeat(np.arange(len(counts)), counts)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts) + first[row]


class Codes:
    """Small numbers for words: the same word has the same number, a blank is -1."""

    def __init__(self, words: Iterable[str | None] = ()) -> None:
        self.of: dict[str, int] = {}
        for word in words:
            self.add(word)

    def __len__(self) -> int:
        return len(self.of)

    def add(self, word: str | None) -> int:
        """Return the number of a word, given now if it is new."""
        return -1 if word is None else self.of.setdefault(word, len(self.of))

    def get(self, word: str | None) -> int:
        """Return the number of a word, -2 if it has none: equal to no other."""
        return -1 if word is None else self.of.get(word, -2)


class Columns:
    """Base of a table of equally long columns that can be cut down to some of its rows."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    def take(self, rows: Ints) -> Self:
        """Return the table of these rows only, in this order."""
        parts: dict[str, Any] = {}
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            parts[field.name] = (
                value[rows]
                if isinstance(value, np.ndarray)
                else value.take(rows)
                if isinstance(value, Ragged)
                else value
            )
        return type(self)(**parts)


@dataclass(frozen=True)
class Ragged:
    """Several entries for each row of a table: entry ``k`` of row ``i`` stands at ``offsets[i] + k``.

    Attributes
    ----------
    offsets
        Where each row's entries begin; shape ``(rows + 1,)``.
    """

    offsets: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[tuple[int, ...]]], width: int) -> Self:
        """Return the entries of each row, one column per place of the tuples."""
        counts = ints(len(row) for row in rows)
        flat = np.array([entry for row in rows for entry in row], np.int64).reshape(-1, width)
        return cls(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), *flat.T)

    @cached_property
    def owner(self) -> Ints:
        """Row of each entry."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def any(self, true: Bools) -> Bools:
        """Tell for each row whether any of its entries is true."""
        total = np.concatenate([[0], np.cumsum(true)])
        return np.asarray(total[self.offsets[1:]] > total[self.offsets[:-1]])

    def max(self, values: Ints) -> Ints:
        """Return for each row the greatest of its entries, 0 where it has none."""
        result = np.zeros(len(self.offsets) - 1, np.int64)
        filled = self.offsets[1:] > self.offsets[:-1]
        if filled.any():
            result[filled] = np.maximum.reduceat(values, self.offsets[:-1][filled])
        return result

    def sum(self, values: Ints) -> Ints:
        """Return for each row the sum of its entries."""
        total = np.concatenate([[0], np.cumsum(values)])
        return np.asarray(total[self.offsets[1:]] - total[self.offsets[:-1]], np.int64)

    def take(self, rows: Ints) -> Self:
        """Return the entries of these rows only."""
        counts = self.offsets[rows + 1] - self.offsets[rows]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        index = np.repeat(self.offsets[rows] - offsets[:-1], counts) + np.arange(offsets[-1])
        parts = {field.name: getattr(self, field.name)[index] for field in fields(self) if field.name != "offsets"}
        return type(self)(offsets, **parts)
