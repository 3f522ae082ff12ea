"""What more workers would add.

``python -m benchmarks.simulation.more_workers [CASE] [--limit SECONDS] [--workers 8 32]``

A case that is split by region is solved once, with a Dask cluster of two worker processes or a pool of them, and what
every task took is noted (`benchmarks.simulation.recording`). Then the same is played again as if there were more
workers (`benchmarks.simulation.replay`). With two it is played too, to see how far that can be trusted. Printed as a
table, and written to ``benchmarks/results/more-workers.json`` and ``.png``; the gap at the end is put with the other
results, for `benchmarks.measuring.promises`.

What is assumed: the same tasks with the same answers, only earlier. Of the pieces of a round that holds, as all are
cut out of the same roster. Programs of a sweep that are solved at the same time know less of one another (Jacobi
instead of Gauss and Seidel) and prove less; that is not seen here. Nor is anything done with time that is left over:
further rounds and sweeps are not made up, no finer division is tried, and what a task would have found that was not
over, or not begun, when time was up is not known. Workers are as fast as the two were that shared the machine with
the main process. Sending counts by the time that it takes the main process, and by the way back.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from benchmarks.cases.registry import CASES, Case
from benchmarks.contenders.ours import scale_of
from benchmarks.contenders.registry import WORKERS
from benchmarks.measuring import results
from benchmarks.measuring.pictures import COLOURS, FIRST, STYLES, TINY, time_axes
from benchmarks.measuring.promised import NATION
from benchmarks.measuring.promises import MORE_WORKERS
from benchmarks.measuring.results import Goal, Point, gap, thinned
from benchmarks.measuring.table import percent, rows_of, seconds
from benchmarks.simulation.recording import Recording
from benchmarks.simulation.replay import Batch, Replay, batches, by_itself, in_workers, replayed
from poolmatch import Problem, Progress, solve
from poolmatch.ruleset import RuleSet
from poolmatch.solving.params import Params

MORE = (8, 32)
MOMENTS = (0.25, 0.5, 0.75)
"""Parts of the measured time at which gaps are shown."""
OF_REGIONS = {"improve_piece": "round", "solve_lp": "sweep"}
"""What a batch is called by the function that its tasks call; tasks of other kinds build on one another."""


@dataclass(frozen=True)
class Recorded:
    """A search that was recorded.

    Attributes
    ----------
    batches
        What it did.
    goal
        How it ended.
    measured
        How it went.
    """

    batches: tuple[Batch, ...]
    goal: Goal
    measured: Replay

    @property
    def gap(self) -> float:
        """The proven gap at the end, as a part of 1."""
        return self.goal.gap or 0.0

    def gap_at(self, curve: Sequence[Point], moment: float = math.inf) -> float | None:
        """Return the gap of a curve at a moment; None before there was anything."""
        point = next((item for item in reversed(curve) if item.seconds <= moment), None)
        return None if point is None else gap(point.value, point.bound, self.goal)

    def reached(self, curve: Sequence[Point]) -> float:
        """Return when a curve came to the gap at the end; infinite if it did not."""
        gaps = ((item.seconds, gap(item.value, item.bound, self.goal)) for item in curve)
        return next((after for after, now in gaps if now is not None and now <= self.gap), math.inf)


def recorded(
    problem: Problem, rules: RuleSet, executor: Executor, limit: float, seed: int, params: Params | None = None
) -> Recorded:
    """Solve a problem that is split by region, and record what was done.

    Parameters
    ----------
    problem, rules
        What to solve; in mode ``weighted``.
    executor
        `WORKERS` workers on this machine.
    limit
        Seconds.
    seed
        Of the search.
    params
        What tunes the search; None is as always.

    Raises
    ------
    ValueError
        The search does not split it by region, so that its tasks build on one another or there are none; or the rules
        are no weighted sum.
    """
    if rules.mode != "weighted":
        raise ValueError("a curve has one value and one bound: the rules must be in mode weighted")
    scale = scale_of(rules, 0)
    recording = Recording(executor)

    def note(news: Progress) -> None:
        recording.mark("told", value=round(news.value * scale), bound=round(news.bound * scale))

    with recording.listening():
        result = solve(
            problem,
            rules,
            time_limit=limit,
            workers=WORKERS,
            seed=seed,
            executor=recording,
            on_progress=note,
            stop=recording.stop,
            params=params,
        )
    end = result.weighted
    assert end is not None
    recording.mark("told", value=end.value, bound=end.bound)
    if not recording.calls or any(call.function not in OF_REGIONS for call in recording.calls):
        raise ValueError("the problem is too small: it is not split by region, and its tasks build on one another")
    curve = [
        Point(round(mark.seconds, 3), 0, mark.value, mark.bound) for mark in recording.marks if mark.kind == "told"
    ]
    return Recorded(
        batches(recording.calls, recording.marks),
        Goal(end.tier, end.value, end.bound, end.scale, end.unavoidable),
        Replay(recording.marks[-1].seconds, tuple(curve)),
    )


@contextmanager
def worker_processes(number: int) -> Iterator[Executor]:
    """Open worker processes that have begun and imported all they need, which is not to be measured."""
    context, needed = multiprocessing.get_context("spawn"), ("poolmatch.solving.decomposition.regional_search",)
    with ProcessPoolExecutor(number, context, initializer=import_module, initargs=needed) as pool:
        wait([pool.submit(time.sleep, 1) for _ in range(number)])
        yield pool


@contextmanager
def dask_cluster(number: int) -> Iterator[Executor]:
    """Open a Dask cluster of so many processes."""
    from distributed import Client, LocalCluster

    settings = {"n_workers": number, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with LocalCluster(**settings) as cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]
        yield client.get_executor()


EXECUTORS: dict[str, Callable[[int], AbstractContextManager[Executor]]] = {
    "dask": dask_cluster,
    "processes": worker_processes,
}
"""What opens workers on this machine, by name."""


def simulated(found: Recorded, workers: Sequence[int]) -> dict[int, Replay]:
    """Return the replays for as many workers as were measured, and for other numbers of them."""
    return {number: replayed(found.batches, number) for number in sorted({WORKERS, *workers})}


def as_table(found: Recorded, replays: dict[int, Replay]) -> str:
    """Return what was reached as text: the check, what the main process does, and a row for each number of workers."""
    alone, own = by_itself(found.batches)
    checked, measured = replays[WORKERS], found.measured
    off = checked.seconds / measured.seconds - 1
    lines = [
        f"{WORKERS} workers: measured {seconds(measured.seconds)}, replayed {seconds(checked.seconds)} ({off:+.1%});"
        f" gap {percent(found.gap)}, measured after {seconds(found.reached(measured.curve))}",
        f"main process: {seconds(alone)} alone, {seconds(own)} for tasks; tasks: {seconds(in_workers(found.batches))}",
    ]
    for function, name in OF_REGIONS.items():
        sizes = [len(batch.tasks) for batch in found.batches if batch.function == function]
        if sizes:
            lines.append(f"{name}s: {len(sizes)}, of {max(sizes)} tasks at most")
    most = max(len(batch.tasks) for batch in found.batches)
    shown = {str(number): (number, item) for number, item in replays.items()}
    shown["one for each task"] = most, replayed(found.batches, most)
    moments = [part * measured.seconds for part in MOMENTS]
    head = ["workers", "end", "same gap after", "speed-up", "main process at work", "workers at work"]
    head += [f"gap at {seconds(moment)}" for moment in moments] + ["gap at the end"]
    rows = []
    for title, (number, item) in shown.items():
        rows.append(
            [
                title,
                seconds(item.seconds),
                seconds(found.reached(item.curve)),
                f"{speed_up(found, checked, item):.2f} ×",
                percent((alone + own) / item.seconds),
                percent(in_workers(found.batches) / item.seconds / number),
                *(percent(found.gap_at(item.curve, moment)) for moment in moments),
                percent(found.gap_at(item.curve)),
            ]
        )
    return "\n".join(lines) + "\n\n" + rows_of(head, rows)


def speed_up(found: Recorded, before: Replay, after: Replay) -> float:
    """Return how many times as soon one replay comes to the gap at the end as another."""
    return found.reached(before.curve) / found.reached(after.curve)


def document(name: str, seed: int, limit: float, found: Recorded, replays: dict[int, Replay]) -> dict[str, Any]:
    """Return all that was measured and simulated, as data; the batches suffice for any other number of workers."""
    alone, own = by_itself(found.batches)

    def figures(item: Replay) -> dict[str, Any]:
        return {
            "seconds": round(item.seconds, 3),
            "gap": found.gap_at(item.curve),
            "same gap after": found.reached(item.curve),
            "curve": [[point.seconds, point.value, point.bound] for point in thinned(item.curve)],
        }

    return {
        "origin": results.origin(),
        "case": name,
        "seed": seed,
        "limit": limit,
        "goal": asdict(found.goal),
        "seconds alone": round(alone, 3),
        "seconds for tasks": round(own, 3),
        "seconds in workers": round(in_workers(found.batches), 3),
        "measured": {"workers": WORKERS} | figures(found.measured),
        "simulated": {
            str(number): figures(item) | {"speed-up": round(speed_up(found, replays[WORKERS], item), 3)}
            for number, item in replays.items()
        },
        "batches": [
            {
                "function": batch.function,
                "alone": round(batch.alone, 3),
                "tasks": [[round(each, 3) for each in (task.cut, task.span, task.stitch)] for task in batch.tasks],
            }
            for batch in found.batches
        ],
    }


def picture(name: str, found: Recorded, replays: dict[int, Replay], path: Path) -> None:
    """Draw the gap, and value and bound, over the time of each number of workers and over the measured time."""
    lines = {f"{WORKERS}, measured": found.measured} | {
        f"{number}, simulated": item for number, item in replays.items()
    }
    first = max(FIRST, min(item.curve[0].seconds for item in lines.values()))
    first = 10.0 ** math.floor(math.log10(first) + TINY)
    last = max(item.seconds for item in lines.values())
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), sharex=True, layout="constrained")
    for place, (title, item) in enumerate(lines.items()):
        points = [*item.curve, Point(item.seconds, 0, item.curve[-1].value, item.curve[-1].bound)]
        gaps = [gap(point.value, point.bound, found.goal) or 0.0 for point in points]
        _steps(left, place, points, gaps, title)
        for side in ("value", "bound"):
            _steps(right, place, points, [getattr(point, side) / found.goal.scale for point in points])
    for axes in (left, right):
        time_axes(axes, first, last)
    left.set_ylim(bottom=0)
    left.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    left.set_title("What is proven", loc="left", fontsize=10)
    left.set_ylabel("gap")
    right.set_title("Value, from above, and bound", loc="left", fontsize=10)
    right.set_ylabel("penalty points")
    figure.legend(title="workers", loc="outside lower center", ncols=len(lines), frameon=False)
    figure.suptitle(f"{name}: the same tasks on more workers", fontsize=12)
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _steps(axes: Axes, place: int, points: Sequence[Point], figures: Sequence[float], title: str | None = None) -> None:
    moments = [point.seconds for point in points]
    width = 2.2 if place == 0 else 1.5
    axes.step(
        moments, figures, where="post", label=title, color=COLOURS[place], linestyle=STYLES[place], linewidth=width
    )


def main(
    arguments: Sequence[str] | None = None,
    cases: Mapping[str, Case] = CASES,
    path: Path = results.LATEST,
    params: Params | None = None,
) -> None:
    """Measure, simulate, show, and write beside the results in a file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation.more_workers", description=__doc__)
    parser.add_argument("case", nargs="?", default=NATION, choices=list(cases), metavar="CASE")
    parser.add_argument("--limit", type=float, help="seconds; else what the case says")
    parser.add_argument("--workers", nargs="+", type=int, default=list(MORE), help="numbers of workers to simulate")
    parser.add_argument("--executor", choices=list(EXECUTORS), default="dask", help="who works")
    given = parser.parse_args(arguments)
    if min(given.workers) < 1 or len({WORKERS, *given.workers}) >= len(STYLES):
        parser.error(f"numbers of workers are 1 or more, and at most {len(STYLES) - 2} of them")
    case = cases[given.case]
    limit, seed = given.limit or case.limit, case.seeds[0]
    problem = case.make(seed)
    with EXECUTORS[given.executor](WORKERS) as executor:
        found = recorded(problem, case.rules, executor, limit, seed, params)
    replays = simulated(found, given.workers)
    folder = path.parent
    folder.mkdir(exist_ok=True)
    written = json.dumps(document(given.case, seed, limit, found, replays), indent=1)
    (folder / "more-workers.json").write_text(written + "\n", "utf-8")
    picture(given.case, found, replays, folder / "more-workers.png")
    latest = results.read(path)
    latest.others[MORE_WORKERS] = {
        "case": given.case,
        "executor": given.executor,
        "limit": limit,
        "gap": found.gap,
        **{f"same gap with {number} workers, seconds": found.reached(item.curve) for number, item in replays.items()},
    }
    path.write_text(latest.to_json(), "utf-8")
    print(as_table(found, replays))


if __name__ == "__main__":
    main()
