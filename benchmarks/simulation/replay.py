"""A recorded search, played again with another number of workers: the same tasks with the same answers, only earlier.

Tasks of a batch – a round of pieces, a sweep of programs – do not build on one another; between batches everything
waits. So each batch is list scheduled: tasks go out in their order, as many at once as there are workers, and one main
process cuts each task out before and stitches its answer in afterwards (Graham, "Bounds on multiprocessing timing
anomalies", SIAM Journal on Applied Mathematics 17, 1969, is the schedule without that process).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import accumulate, pairwise

from benchmarks.measuring.results import Point
from benchmarks.simulation.recording import Call, Kind, Mark


@dataclass(frozen=True)
class News:
    """What became better: value and bound changed by so much, in units, so many seconds after what it followed."""

    after: float
    value: int
    bound: int


@dataclass(frozen=True)
class Task:
    """A task of a batch, in seconds.

    Attributes
    ----------
    cut
        Of the main process before it is out.
    span
        From its beginning in a worker until it is back.
    stitch
        Of the main process once it is back.
    news
        What it led to, counted from when it is taken.
    """

    cut: float
    span: float
    stitch: float
    news: tuple[News, ...] = ()


@dataclass(frozen=True)
class Batch:
    """What the main process does alone, and the tasks after that; there are none after the last.

    Attributes
    ----------
    alone
        Seconds since the batch before was over, or since the beginning.
    tasks
        In the order of submission; the first has no ``cut``: it is done alone.
    news
        What was told meanwhile, counted from when the batch before was over.
    function
        Name of what its tasks call.
    """

    alone: float
    tasks: tuple[Task, ...] = ()
    news: tuple[News, ...] = ()
    function: str = ""


@dataclass(frozen=True)
class Replay:
    """How a search went, or would have gone.

    Attributes
    ----------
    seconds
        When it ended.
    curve
        Value and bound over time, in units.
    """

    seconds: float
    curve: tuple[Point, ...]


@dataclass
class _Draft:
    """A task while it is read from marks."""

    cut: float = 0.0
    span: float = 0.0
    stitch: float = 0.0
    news: list[News] = field(default_factory=list)


def batches(calls: Sequence[Call], marks: Sequence[Mark]) -> tuple[Batch, ...]:
    """Return the batches of a recording; the last is what the main process did after them.

    A batch is over where a line is logged while nothing is out: where only nothing is out, the next task may follow
    from the same round. Of time that the main process works by itself, what ends with a submission is cutting, as is
    the sending right after it; the rest is stitching of what was taken last. A task that was dropped takes as long as
    it was waited for, and leads to nothing. Of answers that are taken at once, the last is said to have led to all.
    Progress is told at any moment, and changes nothing of what is done then.

    Parameters
    ----------
    calls, marks
        Of a `benchmarks.simulation.recording.Recording` that has ended.
    """
    found, news, over = list[Batch](), list[News](), 0.0
    drafts, out = dict[int, _Draft](), set[int]()
    alone, latest, last = 0.0, -1, -1
    value = bound = 0
    place: Kind = "began"
    for before, mark in pairwise(marks):
        place = place if before.kind == "told" else before.kind
        own = min(mark.own - before.own, mark.seconds - before.seconds)
        if mark.kind == "submitted":
            if not drafts:
                alone, last, own = mark.seconds - over, -1, 0.0
            drafts[mark.call] = _Draft(own)
            out.add(mark.call)
            latest = mark.call
        elif mark.kind == "taken":
            call, last = calls[mark.call], mark.call
            assert call.begun is not None
            assert call.returned is not None
            drafts[last].span = call.returned - call.begun
            drafts[last].stitch += own
            out.remove(last)
        elif drafts:
            if place == "submitted" or last < 0:
                drafts[latest].cut += own
            else:
                drafts[last].stitch += own
        if mark.kind == "dropped" and mark.call in out:
            drafts[mark.call].span = mark.seconds - calls[mark.call].submitted
            out.remove(mark.call)
        elif mark.kind == "told":
            holder = drafts[max(last, min(drafts))] if drafts else None
            after = mark.seconds - over if holder is None else holder.stitch
            (news if holder is None else holder.news).append(News(after, mark.value - value, mark.bound - bound))
            value, bound = mark.value, mark.bound
        elif mark.kind == "logged" and drafts and not out:
            found.append(Batch(alone, _tasks(drafts), tuple(news), calls[latest].function))
            drafts, news, over = {}, [], mark.seconds
    return *found, Batch(marks[-1].seconds - over, news=tuple(news))


def _tasks(drafts: dict[int, _Draft]) -> tuple[Task, ...]:
    return tuple(Task(item.cut, item.span, item.stitch, tuple(item.news)) for item in drafts.values())


def replayed(record: Sequence[Batch], workers: int) -> Replay:
    """Return how a search would have gone with so many workers.

    What news changed is added up in the order in which it comes now: pieces of a round touch different candidates.

    Parameters
    ----------
    record
        What it did.
    workers
        1 or more: so many tasks are out at once.

    Raises
    ------
    ValueError
        ``workers`` is out of range.
    """
    if workers < 1:
        raise ValueError("workers must be 1 or more")
    now, told = 0.0, list[tuple[float, News]]()
    for batch in record:
        told += ((now + item.after, item) for item in batch.news)
        now += batch.alone
        waiting, out = deque(enumerate(batch.tasks)), list[tuple[float, int]]()
        while waiting or out:
            while waiting and len(out) < workers:
                number, task = waiting.popleft()
                now += task.cut
                heappush(out, (now + task.span, number))
            now = max(now, out[0][0])
            back = []  # all that is back by now is stitched in before more is cut out
            while out and out[0][0] <= now:
                back.append(batch.tasks[heappop(out)[1]])
            for task in back:
                told += ((now + item.after, item) for item in task.news)
                now += task.stitch
    values = accumulate(item.value for _, item in told)
    bounds = accumulate(item.bound for _, item in told)
    points = zip((moment for moment, _ in told), values, bounds, strict=True)
    return Replay(now, tuple(Point(round(moment, 3), 0, value, bound) for moment, value, bound in points))


def by_itself(record: Sequence[Batch]) -> tuple[float, float]:
    """Return the seconds that the main process works while nothing is out, and for tasks; no worker shortens either."""
    alone = sum(batch.alone for batch in record)
    return alone, sum(task.cut + task.stitch for batch in record for task in batch.tasks)


def in_workers(record: Sequence[Batch]) -> float:
    """Return the seconds that all tasks take together."""
    return sum(task.span for batch in record for task in batch.tasks)
