"""Spans of time: which overlap, held against looking at every moment."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from tests.rings import chunks, seeds, seeds_of

from poolmatch.spans import busiest, close_pairs, covered, overlap_cliques, stabbing

Span = tuple[int, int, int]
"""Owner, opening and closing."""


def drawn(rng: random.Random, most: int = 12) -> list[Span]:
    """Return spans of some owners on a short stretch of time, so that they touch, coincide and contain one another."""
    spans = []
    for _ in range(rng.randint(0, most)):
        opens = rng.randint(-3, 12)
        spans.append((rng.randint(0, 2), opens, opens + rng.randint(1, 6)))
    return spans


def columns(spans: list[Span]) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return list(np.array(spans, np.int64).reshape(-1, 3).T)


def cliques_by_moment(spans: list[Span]) -> list[list[int]]:
    """Return the largest sets that are open at one moment, by owner and moment; members in order of opening."""
    found = []
    for owner in range(3):
        sets = {
            frozenset(place for place, (who, opens, closes) in enumerate(spans) if who == owner and opens <= t < closes)
            for t in range(-4, 20)
        }
        largest = [one for one in sets if len(one) > 1 and not any(one < other for other in sets)]
        largest.sort(key=lambda one: max(spans[place][1] for place in one))
        found += [sorted(one, key=lambda place: (spans[place][1], place)) for one in largest]
    return found


@pytest.mark.parametrize("chunk", chunks(4))
def test_cliques_are_the_largest_sets_that_are_open_at_one_moment(chunk: int) -> None:
    seen = 0
    for seed in seeds_of(chunk, 150):
        spans = drawn(random.Random(seed))
        group, span = overlap_cliques(*columns(spans))
        found = [span[group == number].tolist() for number in range(int(group.max(initial=-1)) + 1)]
        assert found == cliques_by_moment(spans), seed
        assert (np.diff(group) >= 0).all()
        seen += len(found)
    assert seen > 150


def test_spans_that_touch_are_no_clique() -> None:
    group, span = overlap_cliques(*columns([(0, 0, 5), (0, 5, 9), (0, 4, 6), (1, 4, 6)]))
    assert [span[group == number].tolist() for number in (0, 1)] == [[0, 2], [2, 1]]
    assert len(group) == 4


@pytest.mark.parametrize("chunk", chunks(2))
def test_so_few_moments_stab_every_span(chunk: int) -> None:
    for seed in seeds_of(chunk, 100):
        spans = drawn(random.Random(seed), 8)
        _, opens, closes = columns(spans)
        moments = stabbing(opens, closes).tolist()

        def stabbed(times: tuple[int, ...], of: list[Span] = spans) -> bool:
            return all(any(begin <= t < end for t in times) for _, begin, end in of)

        assert moments == sorted(set(moments))
        assert stabbed(tuple(moments)), seed
        if moments:
            assert not any(stabbed(times) for times in combinations(range(-4, 19), len(moments) - 1)), seed


def test_the_busiest_moments_come_first() -> None:
    _, opens, closes = columns([(0, 0, 4), (0, 2, 6), (0, 2, 3), (0, 3, 9), (0, 6, 8)])
    # Open at 0: 1; at 2: 3; at 3: 3, for one has just closed; at 6: 2.
    assert busiest(opens, closes, 9).tolist() == [2, 3, 6, 0]
    assert busiest(opens, closes, 1).tolist() == [2]
    assert busiest(opens[:0], closes[:0], 3).tolist() == []


def test_how_much_of_the_time_before_a_moment_is_covered() -> None:
    for seed in seeds(200):
        _, opens, closes = columns(drawn(random.Random(seed)))
        moments = np.arange(-5, 22)
        spans = list(zip(opens.tolist(), closes.tolist(), strict=True))
        expected = [sum(any(a <= t < b for a, b in spans) for t in range(-5, moment)) for moment in moments]
        assert covered(opens, closes, moments).tolist() == expected, seed


def test_pairs_that_lie_closer_than_the_gap_of_the_first() -> None:
    for seed in seeds(200):
        rng = random.Random(seed)
        spans = drawn(rng)
        owner, opens, closes = columns(spans)
        gap = np.array([rng.randint(0, 5) for _ in spans], np.int64)
        first, second = close_pairs(owner, opens, closes, gap)
        found = {frozenset(pair) for pair in zip(first.tolist(), second.tolist(), strict=True)}
        order = np.argsort(opens, kind="stable").tolist()
        expected = {
            frozenset(pair)
            for pair in combinations(order, 2)
            if owner[pair[0]] == owner[pair[1]] and opens[pair[1]] < closes[pair[0]] + gap[pair[0]]
        }
        assert found == expected, seed
