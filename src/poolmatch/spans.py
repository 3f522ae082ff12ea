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
    last = np.searchsorted(begins, begins, "right") - 1  # the latest span that begins at this moment
    groups: list[Ints] = []
    active: list[int] = []
    for place in range(len(order)):
        if place < last[place]:
            active.append(place)
            continue
        active = [other for other in active if ends[other] > begins[place]]
        active.append(place)
        # The set is maximal when one of its members ends before the next span begins.
        following = begins[place + 1] if place + 1 < len(order) else None
        if len(active) > 1 and (following is None or min(ends[other] for other in active) <= following):
            groups.append(order[np.array(active, np.int64)])
    if not groups:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    sizes = np.array([len(group) for group in groups])
    return np.repeat(np.arange(len(groups)), sizes), np.concatenate(groups)


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
    counts = np.maximum(reach - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), counts)
    offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[first], order[first + 1 + offset]
