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

    Parameters
    ----------
    owner
        Whose each span is, from 0; shape ``(spans,)``.
    opens, closes
        Whole seconds; a span closes after it opens. Shape ``(spans,)``.

    Returns
    -------
    group, span
        Which set each entry belongs to, from 0, and the position of its span; both of shape ``(entries,)``.
    """
    if not len(owner):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    opens, closes = separated(owner, opens, closes, margin=0)
    # What is open when a span begins is maximal if one of them ends before the next span begins.
    begins, ends = np.unique(opens), np.unique(closes)
    following = np.append(begins[1:], ends[-1])
    moments = begins[ends[np.searchsorted(ends, begins, "right")] <= following]
    order = np.argsort(opens, kind="stable")
    first = np.searchsorted(moments, opens[order], "left")
    counts = np.searchsorted(moments, closes[order], "left") - first
    span = np.repeat(order, counts)
    group = np.arange(len(span)) - np.repeat(np.cumsum(counts) - counts - first, counts)
    sorted_ = np.argsort(group, kind="stable")
    group, span = group[sorted_], span[sorted_]
    sizes = np.bincount(group, minlength=len(moments))
    kept = sizes[group] > 1
    return (np.cumsum(sizes > 1) - 1)[group[kept]], span[kept]


def stabbing(opens: Ints, closes: Ints) -> Ints:
    """Return few moments such that each half-open span is open at one of them at least, in order of time.

    The fewest there are: the span that closes first needs one, and the latest opening before it closes serves as many
    others as any (Gavril, "Algorithms for minimum coloring, maximum clique, minimum covering by cliques, and maximum
    independent set of a chordal graph", SIAM Journal on Computing 1, 1972).
    """
    begins = np.unique(opens)
    spans = np.unique(np.stack([closes, opens], 1), axis=0)
    latest = begins[np.searchsorted(begins, spans[:, 0], "left") - 1]
    moments: list[int] = []
    for begin, moment in zip(spans[:, 1].tolist(), latest.tolist(), strict=True):
        if not moments or begin > moments[-1]:
            moments.append(moment)
    return np.array(moments, np.int64)


def busiest(opens: Ints, closes: Ints, count: int) -> Ints:
    """Return the moments at which most half-open spans are open, the busiest first; at most so many."""
    moments = np.unique(opens)
    load = np.searchsorted(np.sort(opens), moments, "right") - np.searchsorted(np.sort(closes), moments, "right")
    return moments[np.argsort(-load, kind="stable")[:count]]


def covered(opens: Ints, closes: Ints, moments: Ints) -> Ints:
    """Return how much of the time before each moment lies in any of some half-open spans.

    Parameters
    ----------
    opens, closes
        Whole seconds; shape ``(spans,)``.
    moments
        Whole seconds; any shape, which is that of the answer.
    """
    if not len(opens):
        return np.zeros_like(moments)
    order = np.argsort(opens, kind="stable")
    ends = np.maximum.accumulate(closes[order])
    begins = np.maximum(opens[order], np.append(opens[order[0]], ends[:-1]))  # of what no earlier span covers
    before = np.cumsum(ends - begins) - (ends - begins)
    place = np.maximum(np.searchsorted(begins, moments, "right") - 1, 0)
    return np.asarray(before[place] + np.maximum(np.minimum(moments, ends[place]) - begins[place], 0))


def close_pairs(owner: Ints, opens: Ints, closes: Ints, gap: int | Ints) -> tuple[Ints, Ints]:
    """Return pairs of one owner's spans between which less than ``gap`` seconds lie; spans that overlap too.

    Parameters
    ----------
    owner
        Whose each span is, from 0; shape ``(spans,)``.
    opens, closes
        Whole seconds; shape ``(spans,)``.
    gap
        Seconds, of all or of each span, where that is the first; shape ``(spans,)``.

    Returns
    -------
    first, second
        Positions of the spans of each pair; the first opens no later than the second, and of two that open together
        is the one that stands first.
    """
    gap = np.broadcast_to(gap, owner.shape)
    opens, closes = separated(owner, opens, closes, margin=int(gap.max(initial=0)))
    order = np.argsort(opens, kind="stable")
    reach = np.searchsorted(opens[order], (closes + gap)[order], "left")
    counts = np.maximum(reach - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), counts)
    offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[first], order[first + 1 + offset]
