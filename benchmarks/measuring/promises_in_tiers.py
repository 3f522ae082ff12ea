"""What poolmatch may be asked to show in the default mode, tier by tier and from files to files; see `promises`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median

from benchmarks.cases.registry import Case
from benchmarks.measuring.comparison import comparisons, told
from benchmarks.measuring.promises import Promise, Shown, clocks, failed, ours
from benchmarks.measuring.results import Results, Run, late
from benchmarks.measuring.table import gap_in, middle, percent, seconds, title


def tiers_at(case: str, moment: float, *most: float, only: Sequence[float] | None = None) -> Callable[[Results], Shown]:
    """Return whether the gap of each tier is small enough at a moment.

    Parameters
    ----------
    case, moment
        The case, and seconds since the start of the process.
    most
        Largest gap of each tier, the highest first; the last holds for the tiers below too. 0 asks for a proof.
    only
        The tiers that are looked at; None is all.
    """

    def shown(results: Results) -> Shown:
        runs = ours(results, case)
        if not any(run.goals for run in runs):
            return "", False if failed(runs) else None
        at = min(moment, runs[0].limit)
        tiers = only or next([goal.tier for goal in run.goals] for run in runs if run.goals)
        gaps = [middle(runs, partial(gap_in_tier, tier=tier, moment=at)) for tier in tiers]
        which = "" if only is None else f"tier {', '.join(f'{tier:g}' for tier in only)}: "
        words = f"{which}{' · '.join(percent(item) if item else '=' for item in gaps)} at {at:g} s"
        asked = [*most, *[most[-1]] * (len(gaps) - len(most))]
        enough = all(found <= wanted for found, wanted in zip(gaps, asked, strict=False))
        return words, not failed(runs) and (enough or (None if at < moment else False))

    return shown


def gap_in_tier(run: Run, tier: float, moment: float) -> float | None:
    """Return the gap of a run in a tier at a moment; None when it has none."""
    return next((gap_in(run, goal, moment) for goal in run.goals if goal.tier == tier), None)


def proven_within(case: str, most: float) -> Callable[[Results], Shown]:
    """Return whether every tier of a case is proven so soon after the start of the process, by the median of seeds."""

    def shown(results: Results) -> Shown:
        runs = ours(results, case)
        after = middle(runs, Run.proven_after)
        if not runs or runs[0].clock != "files":
            return "", None
        if math.isinf(after):
            count = len(runs[0].goals)
            done = median(sum(goal.proven for goal in run.goals) for run in runs)
            return f"{done:g} of {count} proven after {runs[0].limit:g} s", False
        return f"proven after {seconds(after)}", not failed(runs) and after <= most

    return shown


def near_the_fastest(case: str, names: Sequence[str], times: float) -> Callable[[Results], Shown]:
    """Return whether a proof takes at most so many times what it takes the fastest of others."""

    def shown(results: Results) -> Shown:
        runs = {name: [run for run in results.of(case, name) if told(run)] for name in names}
        after = {name: middle(found, Run.proven_after) for name, found in runs.items() if found}
        if not after or not ours(results, case) or any(clocks(results, case, name) != 1 for name in after):
            return "", None
        fastest = min(after, key=lambda name: after[name])
        words = f"fastest other: {title(fastest)}, {seconds(after[fastest])}"
        if math.isinf(after[fastest]):
            return "no other proves it", True
        return words, middle(ours(results, case), Run.proven_after) <= times * after[fastest]

    return shown


def beside(case: str, names: Sequence[str]) -> Callable[[Results], Shown]:
    """Return what others prove of a case, which decides nothing here."""

    def shown(results: Results) -> Shown:
        words = []
        for name in names:
            runs = [run for run in results.of(case, name) if run.goals]
            if runs:
                after, count = middle(runs, Run.proven_after), len(runs[0].goals)
                proven = median(sum(goal.proven for goal in run.goals) for run in runs)
                ends = seconds(after) if not math.isinf(after) else f"{proven:g} of {count} tiers"
                words.append(f"{title(name)} {ends}")
        return ", ".join(words), True

    return shown


def no_worse(cases: Mapping[str, Case]) -> Callable[[Results], Shown]:
    """Return whether poolmatch is no worse than anybody on some cases, at any moment, tier by tier."""

    def shown(results: Results) -> Shown:
        asked = {case for case, what in cases.items() if what.peers}
        found = {case: list(comparisons(results, case)) for case in asked}
        every = [item for items in found.values() for _, _, item in items]
        if not every:
            return "", None
        worse = sum(item.worse for item in every)
        words = f"no worse in {len(every) - worse} of {len(every)} comparisons on {sum(map(bool, found.values()))} of "
        words += f"{len(asked)} cases"
        return words, False if worse else True if all(found.values()) else None

    return shown


def files_within(case: str, most: float) -> Callable[[Results], Shown]:
    """Return whether the files are written so soon after the roster is there."""

    def shown(results: Results) -> Shown:
        def writing(run: Run) -> float | None:
            parts = run.seconds, run.reading, run.solving
            return None if None in parts else parts[0] - parts[1] - parts[2]  # type: ignore[operator]

        found = middle(ours(results, case), writing)
        return ("", None) if math.isinf(found) else (f"files {seconds(found)} later", found <= most)

    return shown


def limits_kept(results: Results) -> Shown:
    """Return whether no run of poolmatch took longer than its limit, but for a second or a twentieth."""
    runs = [run for run in results.runs if run.contender == "poolmatch" and run.solving is not None]
    if not runs:
        return "", None
    over = max(runs, key=lambda run: ((run.solving or 0.0) - run.limit) / late(run.limit))
    words = f"at most {max(0.0, (over.solving or 0.0) - over.limit):.1f} s over {over.limit:g} s, of {len(runs)} runs"
    return words, all(run.in_time for run in runs)


def every_one(of: Sequence[Promise]) -> Callable[[Results], Shown]:
    """Return how many of some promises are kept."""

    def shown(results: Results) -> Shown:
        held = [item.shown(results)[1] for item in of]
        words = f"{sum(item is True for item in held)} of {len(held)} kept" if any(held) else ""
        return words, False if False in held else None if None in held else True

    return shown
