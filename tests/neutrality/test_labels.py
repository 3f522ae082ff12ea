"""What links join, found for all at once, is what walking along them finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from poolmatch.arrays import ints
from poolmatch.neutrality.labels import _lowest_joined

LINKS = st.integers(1, 30).flatmap(
    lambda count: st.tuples(
        st.just(count), st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=40)
    )
)


def walked(count: int, links: list[tuple[int, int]]) -> list[int]:
    """The lowest that can be reached from each, one link after another."""
    lowest = list(range(count))
    for _ in range(count):
        for here, there in links:
            lowest[here] = lowest[there] = min(lowest[here], lowest[there])
    return lowest


@given(LINKS)
def test_each_is_named_after_the_lowest_that_links_join_to_it(case: tuple[int, list[tuple[int, int]]]) -> None:
    count, links = case
    found = _lowest_joined(count, ints(here for here, _ in links), ints(there for _, there in links))
    assert found.tolist() == walked(count, links)


def test_a_long_chain_in_any_order_takes_few_rounds() -> None:
    order = np.random.default_rng(1).permutation(200_000)
    assert not _lowest_joined(len(order), order[:-1], order[1:]).any()
    assert not _lowest_joined(len(order), np.arange(len(order) - 1), np.arange(1, len(order))).any()
