"""What poolmatch may be asked to show, and whether results do; what is asked of it stands in `promised`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.cases import smptsp
from benchmarks.measuring.results import Results, Run
from benchmarks.measuring.table import NONE, first_roster, gap_of, middle, percent, rows_of, seconds
from poolmatch.rules.few_people import FewPeopleRule

Shown = tuple[str, bool | None]
"""What was measured, and whether that keeps the promise; None when not all of it was measured."""
MORE_WORKERS, SIMULATED = "more workers", (8, 32)
MEMORY = "memory of 200 solves in one process"
GROWTH = 0.02
"""Memory is flat when it grows by no more than this part from half way on; allocators take what they need before."""
OTHERWISE = 0.03
"""How far above the best known a roster may be where it does not reach it."""
FILES, MOST_MISSED, SECONDS_EACH = 13, 3, 60


@dataclass(frozen=True)
class Promise:
    """What poolmatch is to show.

    Attributes
    ----------
    case, demand
        In words.
    shown
        What the results say of it.
    """

    case: str
    demand: str
    shown: Callable[[Results], Shown]


def promises(results: Results, of: Sequence[Promise]) -> str:
    """Return the table of some promises as Markdown: what was asked, what was measured, and whether that is enough."""
    words = {True: "yes", False: "**no**", None: "not measured"}
    found = [(item, item.shown(results)) for item in of]
    rows = ([item.case, item.demand, figures or NONE, words[held]] for item, (figures, held) in found)
    return rows_of(["case", "to show", "measured", "shown"], rows)


def ours(results: Results, case: str) -> list[Run]:
    """Return the runs of poolmatch on a case."""
    return results.of(case, "poolmatch")


def failed(runs: Sequence[Run]) -> bool:
    """Return whether a run ended in an error other than that its time was up: then nothing is known of it."""
    return any(run.outcome == "error" and not run.reason.startswith("did not end in time") for run in runs)


def clocks(results: Results, case: str, contender: str) -> int:
    """Return from how many different moments the seconds of poolmatch and of another count; 1 if they compare."""
    return len({run.clock for run in (*ours(results, case), *results.of(case, contender))})


def ended_at(results: Results, case: str, contender: str, moment: float) -> float:
    """Return the median gap that a contender has proven at a moment; infinite when it has none."""
    return middle(results.of(case, contender), lambda run: gap_of(run, moment))


def together(*parts: Shown) -> Shown:
    """Return several figures as one: kept when all are, not measured when one is not."""
    held = [part[1] for part in parts]
    return "; ".join(part[0] for part in parts if part[0]), None if None in held else all(held)


def gap_by(case: str, moment: float, most: float) -> Callable[[Results], Shown]:
    """Return whether the gap is small enough at a moment."""

    def shown(results: Results) -> Shown:
        runs = ours(results, case)
        if not runs:
            return "", None
        at = min(moment, runs[0].limit)
        found = middle(runs, lambda run: gap_of(run, at))
        words = f"{percent(found)} at {at:g} s"
        return words, not failed(runs) and (found <= most or (None if at < moment else False))

    return shown


def proven(case: str) -> Callable[[Results], Shown]:
    """Return whether all of a case is proven, with every seed."""

    def shown(results: Results) -> Shown:
        runs = ours(results, case)
        after = middle(runs, Run.proven_after)
        if math.isinf(after):
            return f"gap {percent(middle(runs, gap_of))}" if runs else "", False if runs else None
        every = not failed(runs) and all(run.proven_after() is not None for run in runs)
        return f"proven after {seconds(after)}", every

    return shown


def no_slower_than(case: str, contender: str, times: float) -> Callable[[Results], Shown]:
    """Return whether a proof takes no more than so many times what another takes."""

    def shown(results: Results) -> Shown:
        theirs, mine = results.of(case, contender), middle(ours(results, case), Run.proven_after)
        after = middle(theirs, Run.proven_after)
        if not theirs or theirs[0].outcome == "absent" or failed(theirs) or clocks(results, case, contender) != 1:
            return "", None
        # What did not prove it in its time would have taken longer.
        least = theirs[0].limit if math.isinf(after) else after
        return f"{contender} {'not proven' if math.isinf(after) else seconds(after)}", mine <= times * least

    return shown


def not_proven_by(case: str, contender: str) -> Callable[[Results], Shown]:
    """Return whether another did not prove it."""

    def shown(results: Results) -> Shown:
        theirs = results.of(case, contender)
        after = middle(theirs, Run.proven_after)
        words = "not proven" if math.isinf(after) else f"proven after {seconds(after)}"
        if not theirs or theirs[0].outcome == "absent" or failed(theirs):
            return "", None
        return f"{contender} {words}", math.isinf(after)

    return shown


def others_at(case: str, moment: float, times: float, names: Sequence[str]) -> Callable[[Results], Shown]:
    """Return whether the gap of each of the others is so many times ours at a moment."""

    def shown(results: Results) -> Shown:
        mine = ended_at(results, case, "poolmatch", moment)
        runs = {name: results.of(case, name) for name in names}
        measured = {name: found for name, found in runs.items() if found and found[0].outcome != "absent"}
        # Who cannot take part was asked.
        asked = all(runs.values()) and not any(failed(found) for found in runs.values())
        if not measured or not ours(results, case):
            return "", None
        gaps = {name: middle(found, gap_of) for name, found in measured.items()}
        words = ", ".join(f"{name} {'no proof' if math.isinf(item) else percent(item)}" for name, item in gaps.items())
        held = all(item >= times * mine and item > mine for item in gaps.values())
        return words, held if asked else None

    return shown


def from_files(case: str, most: float) -> Callable[[Results], Shown]:
    """Return whether the first legal roster is there in time, reading included."""

    def shown(results: Results) -> Shown:
        runs, reading = ours(results, case), results.phases.get(case, {}).get("read")
        if runs and runs[0].clock == "files":
            reading = 0.0  # its seconds count from there
        if not runs or reading is None:
            return "", None
        found = reading + middle(runs, first_roster)
        return f"first roster {seconds(found)} from files", found <= most

    return shown


def to_report(case: str, most: float) -> Callable[[Results], Shown]:
    """Return whether reading, solving and judging take so long at most."""

    def shown(results: Results) -> Shown:
        phases = results.phases.get(case)
        if phases is None or not ours(results, case):
            return "", None
        found = phases["read"] + phases["check"] + middle(ours(results, case), lambda run: run.spent)
        return f"files to report {seconds(found)}", found < most

    return shown


def memory_below(case: str, most: float) -> Callable[[Results], Shown]:
    """Return whether a case needs so many MiB at most."""

    def shown(results: Results) -> Shown:
        found = middle(ours(results, case), lambda run: run.mib)
        return ("", None) if math.isinf(found) else (f"{found / 1024:.1f} GiB", found <= most)

    return shown


def as_good(case: str) -> Callable[[Results], Shown]:
    """Return whether a Dask cluster of two processes ends as well as two threads, and tell of more workers."""

    def shown(results: Results) -> Shown:
        theirs, mine = results.others.get(MORE_WORKERS, {}), middle(ours(results, case), gap_of)
        if theirs.get("executor") != "dask" or theirs["case"] != case or math.isinf(mine):
            return "", None
        more = [f"{name}: {seconds(float(item))}" for name, item in theirs.items() if name.startswith("same gap")]
        words = "; ".join([f"gap {percent(theirs['gap'])} against {percent(mine)}", *more])
        alike = theirs["limit"] <= ours(results, case)[0].limit
        asked = all(any(name.startswith(f"same gap with {number} ") for name in theirs) for number in SIMULATED)
        return words, theirs["gap"] <= mine if alike and asked else None

    return shown


def published(results: Results) -> Shown:
    """Return how many published instances of shift minimisation end at the best known or better."""
    found = {case: runs for case in {run.case for run in results.runs} if (runs := ours(results, case))}
    known, reached, near = 0, 0, 0
    for case, runs in found.items():
        timely = all(run.limit <= SECONDS_EACH and run.in_time for run in runs)
        if not case.startswith("SMPTSP ") or runs[0].outcome != "done" or not timely:
            continue
        goal, person = runs[0].goals[0], smptsp.WEIGHTED.weight_of(smptsp.WEIGHTED.tier_of(FewPeopleRule()))
        people, bound = (-(-(item or 0) // (goal.scale * person)) for item in (goal.value, goal.bound))
        best = smptsp.BEST_KNOWN.get(f"data_{case.removeprefix('SMPTSP ')}", bound)  # where none is known, the bound
        known += 1
        reached += people <= best
        near += people <= (1 + OTHERWISE) * best
    if known < FILES:
        return (f"{reached} of {known}" if known else ""), None
    return f"{reached} of {known} at the best known or better", reached >= FILES - MOST_MISSED and near == known


def flat(results: Results) -> Shown:
    """Return whether memory stays the same over many solves."""
    figures = [item for item in results.others.get(MEMORY, {}).values() if isinstance(item, int | float)]
    if len(figures) < 2:
        return "", None
    half_way = figures[(len(figures) - 1) // 2]
    words = f"{figures[0]:.0f} MiB at first, {half_way:.0f} half way, {figures[-1]:.0f} at last"
    return words, figures[-1] <= (1 + GROWTH) * half_way


def overhead(case: str, most: float) -> Callable[[Results], Shown]:
    """Return whether building and judging take so small a part of the time."""

    def shown(results: Results) -> Shown:
        phases, runs = results.phases.get(case), ours(results, case)
        if phases is None or not runs:
            return "", None
        part = (phases["build"] + phases["check"]) / (middle(runs, lambda run: run.spent) + phases["check"])
        return percent(part), part <= most

    return shown


def all_of(*parts: Callable[[Results], Shown]) -> Callable[[Results], Shown]:
    """Return what several demands come to together."""
    return lambda results: together(*(part(results) for part in parts))
