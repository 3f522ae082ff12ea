"""What poolmatch is to show, and whether the last results do: the first table that ``python -m benchmarks`` prints.

A further promise is one line in ``PROMISES``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.cases import smptsp
from benchmarks.cases.registry import OF_POOLS
from benchmarks.measuring.results import Results, Run
from benchmarks.measuring.table import first_roster, gap_of, middle, percent, rows_of, seconds
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
LATE = 1.03
"""What ran over its limit by no more than this is taken to have had that limit."""
NATION = "nation 3000x25000x342"


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


def promises(results: Results) -> str:
    """Return the table of all promises as Markdown: what was asked, what was measured, and whether that is enough."""
    words = {True: "yes", False: "**no**", None: "not measured"}
    found = [(item, item.shown(results)) for item in PROMISES]
    rows = ([item.case, item.demand, figures, words[held]] for item, (figures, held) in found)
    return rows_of(["case", "to show", "measured", "shown"], rows)


def ours(results: Results, case: str) -> list[Run]:
    """Return the runs of poolmatch on a case."""
    return results.of(case, "poolmatch")


def failed(runs: Sequence[Run]) -> bool:
    """Return whether a run ended in an error other than that its time was up: then nothing is known of it."""
    return any(run.outcome == "error" and not run.reason.startswith("did not end in time") for run in runs)


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
        found = middle(runs, lambda run: gap_of(run, max(at, run.seconds or 0) if in_time(run, at) else at))
        words = f"{percent(found)} at {at:g} s"
        return words, not failed(runs) and (found <= most or (None if at < moment else False))

    return shown


def in_time(run: Run, limit: float) -> bool:
    """Return whether a run had this limit and kept to it, but for a little."""
    return run.limit == limit and (run.seconds or 0) <= LATE * limit


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
        if not theirs or theirs[0].outcome == "absent" or failed(theirs):
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
        found = phases["read"] + phases["check"] + middle(ours(results, case), lambda run: run.seconds)
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
        timely = all(run.limit <= SECONDS_EACH and in_time(run, run.limit) for run in runs)
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
        part = (phases["build"] + phases["check"]) / (middle(runs, lambda run: run.seconds) + phases["check"])
        return percent(part), part <= most

    return shown


def all_of(*parts: Callable[[Results], Shown]) -> Callable[[Results], Shown]:
    """Return what several demands come to together."""
    return lambda results: together(*(part(results) for part in parts))


SMALL, MIDDLE, BIG, PLAIN = "pool 12x40", "pool 60x250", "pool 300x1500", "plain 300x1500"
PROMISES = (
    Promise(
        SMALL,
        "proven, files to report < 1 s; no slower than a model by hand",
        all_of(proven(SMALL), to_report(SMALL, 1.0), no_slower_than(SMALL, "hand-written", 1.0)),
    ),
    Promise(
        MIDDLE,
        "gap ≤ 0.5 % at 10 s, ≤ 0.25 % at 60 s; HiGHS and CP-SAT worse at 30 s",
        all_of(
            gap_by(MIDDLE, 10, 0.005),
            gap_by(MIDDLE, 60, 0.0025),
            others_at(MIDDLE, 30, 1, ("highs", "cpsat", "hand-written")),
        ),
    ),
    Promise(
        BIG,
        "gap ≤ 1 % at 60 s; every peer ≥ 5 × that",
        all_of(gap_by(BIG, 60, 0.01), others_at(BIG, 60, 5, OF_POOLS)),
    ),
    Promise(
        PLAIN,
        "proven, in ≤ 1.5 × the time of HiGHS; CP-SAT not in 60 s",
        all_of(proven(PLAIN), no_slower_than(PLAIN, "highs", 1.5), not_proven_by(PLAIN, "cpsat")),
    ),
    Promise(
        NATION,
        "first roster ≤ 90 s from files, gap ≤ 3 % in 15 min, ≤ 8 GiB; every peer ≥ 5 × that gap",
        all_of(
            from_files(NATION, 90),
            gap_by(NATION, 900, 0.03),
            memory_below(NATION, 8192),
            others_at(NATION, 900, 5, OF_POOLS),
        ),
    ),
    Promise(f"{NATION}, Dask", "at least as good; what 8 and 32 workers would add", as_good(NATION)),
    Promise(
        "SMPTSP, 13 files",
        "legal; best known or better on ≥ 10 within 60 s, within 3 % on the rest",
        published,
    ),
    Promise("memory", "flat over 200 solves", flat),
    Promise(BIG, "building and judging ≤ 20 % of the time", overhead(BIG, 0.2)),
)
