"""Pictures of results: how near the contenders come to the best bound, what they prove, and each tier over time."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from benchmarks.contenders.registry import CONTENDERS
from benchmarks.measuring.results import Goal, Results, Run
from benchmarks.measuring.table import distance_of, gap_of, title

COLOURS = ("#000000", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#0072B2", "#8a8a00")
"""Told apart by colour-blind people too (Okabe and Ito, "Color Universal Design", 2008); poolmatch is black."""
STYLES = ("-", (0, (5, 1.5)), (0, (1, 1)), (0, (3, 1, 1, 1)), (0, (7, 2)), (0, (3, 1, 1, 1, 1, 1)), (0, (8, 1)))
CLOSED = 1e-4
"""Gaps from a hundredth of a percent down lie on the lowest line."""
HIGHEST = 10.0
FIRST = 0.01
"""Pictures do not begin before so many seconds; else with the decade in which the first roster was found."""
MOMENTS = 400
TINY = 1e-9
"""So that a hundredth is a decade of its own, whatever its logarithm is rounded to."""


def pictures(results: Results, folder: Path) -> list[Path]:
    """Draw each case into a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for case in dict.fromkeys(run.case for run in results.runs):
        runs = [run for run in results.runs if run.case == case and run.outcome == "done" and run.goals]
        if runs:
            drawn.append(folder / f"{case.replace(' ', '-').replace(',', '')}.png")
            if len(runs[0].goals) == 1:
                _draw(results, case, runs, drawn[-1])
            else:
                _draw_tiers(case, [run for run in runs if run.seed == runs[0].seed], drawn[-1])
    return drawn


def _draw_tiers(case: str, runs: Sequence[Run], path: Path) -> None:
    """Draw value and bound of each tier over time: of one seed, for bounds hold below values of the same tiers."""
    goals = runs[0].goals
    columns = min(3, len(goals))
    rows = math.ceil(len(goals) / columns)
    figure, grid = plt.subplots(rows, columns, figsize=(13, 3.4 * rows), squeeze=False, layout="constrained")
    points = [point for run in runs for point in run.curve if point.value is not None]
    first, last = min(point.seconds for point in points), max(run.seconds or 0.0 for run in runs)
    names = [name for name in CONTENDERS if any(run.contender == name for run in runs)]
    for goal, axes in zip(goals, grid.flat, strict=False):
        for run in sorted(runs, key=lambda item: names.index(item.contender), reverse=True):
            _tier(axes, run, goal, last)
        time_axes(axes, first, last)
        axes.set_title(f"tier {goal.tier:g}: points", loc="left", fontsize=10)
    for axes in list(grid.flat)[len(goals) :]:
        axes.set_visible(False)
    handles, labels = grid.flat[0].get_legend_handles_labels()
    figure.legend(handles[::-1], labels[::-1], loc="outside lower center", ncols=len(names), frameon=False)
    figure.suptitle(f"{case}, seed {runs[0].seed}: values, and bounds in pale", fontsize=12)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def _tier(axes: Axes, run: Run, goal: Goal, last: float) -> None:
    place = list(CONTENDERS).index(run.contender)
    mine = [point for point in run.curve if point.tier == goal.tier]
    style: dict[str, Any] = {"where": "post", "color": COLOURS[place], "linestyle": STYLES[place]}
    end = next((item for item in run.goals if item.tier == goal.tier), goal)
    for name, final, alpha in (("value", end.value, 1.0), ("bound", end.bound, 0.35)):
        told = [(point.seconds, getattr(point, name)) for point in mine] + [(last, final)]
        known = [(moment, units / goal.scale) for moment, units in told if units is not None]
        label = title(run.contender) if name == "value" else None
        if known:
            axes.step(*zip(*known, strict=True), label=label, alpha=alpha, linewidth=1.6, **style)


def _draw(results: Results, case: str, runs: Sequence[Run], path: Path) -> None:
    first = max(FIRST, min(point.seconds for run in runs for point in run.curve if point.value is not None))
    first = 10.0 ** math.floor(math.log10(first) + TINY)
    last = max(point.seconds for run in runs for point in run.curve)
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), sharex=True, sharey=True, layout="constrained")
    moments = np.geomspace(first, max(last, 10 * first), MOMENTS)
    names = [name for name in CONTENDERS if any(run.contender == name for run in runs)]
    for name in reversed(names):  # poolmatch last, on top
        mine = [run for run in runs if run.contender == name]
        _line(left, name, mine, moments, lambda run, t: distance_of(run, results.best_bound(case, run.seed), t))
        _line(right, name, mine, moments, gap_of)
    left.set_title("How far above the best bound of all", loc="left", fontsize=10)
    right.set_title("What each proves by itself", loc="left", fontsize=10)
    for axes in (left, right):
        _gap_axes(axes, first, moments[-1])
    left.set_ylabel("gap")
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles[::-1], labels[::-1], loc="outside lower center", ncols=len(names), frameon=False)
    seeds = len({run.seed for run in runs})
    figure.suptitle(f"{case}: " + ("one seed" if seeds == 1 else f"median and range of {seeds} seeds"), fontsize=12)
    figure.savefig(path, dpi=130)
    plt.close(figure)


def time_axes(axes: Axes, first: float, last: float) -> None:
    """Show time from one moment to another, in seconds."""
    axes.set_xscale("log")
    axes.set_xlim(first, last)
    axes.set_xlabel("seconds since the start")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda item, _: f"{item:g}"))
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)


def _gap_axes(axes: Axes, first: float, last: float) -> None:
    time_axes(axes, first, last)
    axes.set_yscale("log")
    axes.set_ylim(CLOSED * 0.8, HIGHEST)
    axes.set_yticks([1e-4, 1e-3, 1e-2, 1e-1, 1, 10], ["0.01 % or less", "0.1 %", "1 %", "10 %", "100 %", "1000 %"])


def _line(
    axes: Axes,
    name: str,
    runs: Sequence[Run],
    moments: np.ndarray[tuple[int], np.dtype[np.float64]],
    figure: Callable[[Run, float], float | None],
) -> None:
    """Draw the median of a figure over time, and the range over seeds; nothing while a seed has none."""
    rows = []
    for moment in moments.tolist():
        found = [figure(run, moment) for run in runs]
        known = [math.inf if item is None else max(item, CLOSED) for item in found]
        rows.append((min(known), median(known), max(known)))
    low, middle, high = np.where(np.isinf(rows), np.nan, rows).T
    place = list(CONTENDERS).index(name)
    colour, width = COLOURS[place], 2.2 if name == "poolmatch" else 1.5
    axes.step(moments, middle, where="post", label=title(name), color=colour, linestyle=STYLES[place], linewidth=width)
    axes.fill_between(
        moments,
        low,
        np.where(np.isnan(high), HIGHEST, high),
        where=~np.isnan(middle),
        step="post",
        alpha=0.1,
        color=colour,
        linewidth=0,
    )
