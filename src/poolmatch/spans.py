"""Which spans of time meet: cliques of those that overlap, pairs of those that lie close."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def separated(owner: Ints, *times: Ints, margin: int) -> tuple[Ints, ...]:
    """Shift times so that spans of different owners lie farther apart than the margin: one sweep then serves all.

    Parameters
    ----------
    owner
        Whose each span is, from 0; shape ``(spans,)``.
    times
        Whole seconds; each of shape ``(spans,)``.
    margin
        Seconds that two owners' spans must lie apart at least.
    """
    if not len(owner):
        return times
    earliest = min(int(column.min()) for column in times)
    width = max(int(column.max()) for column in times) - earliest + margin + 1
    return tuple(column - earliest + owner * width for column in times)


def overlap_cliques(owner: Ints, opens: Ints, closes: Ints) -> tuple[Ints, Ints]:
    """Return the maximal sets of one owner's half-open spans that overlap all at one moment, two spans or more.

    Returns
    -------
    group, span
        Which set each entry belongs to, from 0, and the position of its span; both of shape ``(entries,)``.
    """
    opens, closes = separated(owner, opens, closes, margin=0)
    order = np.argsort(opens, kind="stable")
    begins, ends = opens[order], closes[order]
    # The last span, in this order, that begins before each ends. A set of spans that overlap when a span begins is
    # maximal when one of them ends before the next begins: when that span is the last of one of them.
    last = np.searchsorted(begins, ends, "left") - 1
    moments = np.unique(last)
    first, end = np.searchsorted(moments, np.arange(len(order))), np.searchsorted(moments, last, "right")
    span, group = spread(first, end)
    several = np.bincount(group, minlength=len(moments)) > 1
    kept = several[group]
    numbers = np.cumsum(several) - 1
    by_group = np.argsort(group[kept], kind="stable")
    return numbers[group[kept]][by_group], order[span[kept]][by_group]


def spread(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of a place and each number from its first up to its end, place by place."""
    counts = np.maximum(end - first, 0)
    place = np.repeat(np.arange(len(counts)), counts)
    return place, np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts) + first[place]


def close_pairs(owner: Ints, opens: Ints, closes: Ints, gap: int) -> tuple[Ints, Ints]:
    """Return pairs of one owner's spans between which less than ``gap`` seconds lie; spans that overlap too.

    Returns
    -------
    first, second
        Positions of the spans of each pair; the first opens no later than the second.
    """
    opens, closes = separated(owner, opens, closes, margin=gap)
    order = np.argsort(opens, kind="stable")
    reach = np.searchsorted(opens[order], closes[order] + gap, "left")
    first, second = spread(np.arange(1, len(order) + 1), reach)
    return order[first], order[second]
