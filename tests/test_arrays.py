"""Helpers of columns: distinct pairs, and numbers spread out row by row."""

import numpy as np

from poolmatch.arrays import distinct, expand_ranges


def column(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def test_distinct_pairs_are_sorted_by_the_first_then_the_second() -> None:
    first, second, pair = distinct(column(2, 0, 2, 2, 0), column(-1, 7, 7, -1, 7))
    assert first.tolist() == [0, 2, 2]
    assert second.tolist() == [7, -1, 7]
    assert pair.tolist() == [1, 0, 2, 1, 0]


def test_pairs_of_negative_numbers_stay_apart() -> None:
    first, second, pair = distinct(column(-2, -1, -1), column(3, -4, 3))
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(-2, 3), (-1, -4), (-1, 3)]
    assert pair.tolist() == [0, 1, 2]


def test_no_pairs() -> None:
    assert [part.tolist() for part in distinct(column(), column())] == [[], [], []]


def test_numbers_are_spread_row_by_row() -> None:
    row, number = expand_ranges(column(5, 2, 0, 9), column(7, 2, 1, 8))  # two, none, one, and none below the first
    assert row.tolist() == [0, 0, 2]
    assert number.tolist() == [5, 6, 0]


def test_nothing_to_spread() -> None:
    assert [part.tolist() for part in expand_ranges(column(), column())] == [[], []]
