"""Results as Markdown: one table of all cases, one of each case, the phases, and what else was measured.

Figures are medians over the seeds. How far a roster is from the best bound, and what was proven, are both measured as
`poolmatch.solving.result.Tier.gap` is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from statistics import median

from benchmarks.cases.registry import CASES, SMOKE
from benchmarks.contenders.registry import CONTENDERS
from benchmarks.measuring.phases import PHASES
from benchmarks.measuring.results import Goal, Results, Run, gap

MOMENTS = (10.0, 30.0, 60.0)
"""Seconds at which gaps are shown."""
LEAST_GAP = 1e-4
"""Gaps are compared from a hundredth of a percent on: below it they are as good as closed."""
LEAST_SECONDS = 0.1
NONE = "–"
CLOCKS = """Seconds count from the start of the process: imports, reading the files, and the making of the model are in
them. × is how many times as far or as long as poolmatch at that time."""
OLDER = """Of this case some seconds count from a problem in memory: they were measured before files were."""


def title(contender: str) -> str:
    """Return what a contender is called."""
    return CONTENDERS[contender].title if contender in CONTENDERS else contender


def percent(part: float | None) -> str:
    """Return a part of 1 as a percentage with two digits that count; what is far off only as that."""
    if part is None or math.isinf(part):
        return NONE
    points = 100 * part
    if points > 1000:
        return "> 1000 %"
    return f"{points:.0f} %" if abs(points) >= 10 else f"{points:.2g} %"


def seconds(figure: float | None) -> str:
    """Return seconds with one digit, or two below 10."""
    if figure is None or math.isinf(figure):
        return NONE
    return f"{figure:.0f} s" if figure >= 100 else f"{figure:.1f} s" if figure >= 10 else f"{figure:.2f} s"


def mib(figure: float | None) -> str:
    """Return MiB without a fraction."""
    return NONE if figure is None or math.isinf(figure) else f"{figure:.0f}"


def middle(runs: Sequence[Run], figure: Callable[[Run], float | None]) -> float:
    """Return the median of a figure over runs; a run that has none counts as infinite."""
    figures = [figure(run) for run in runs]
    return median(math.inf if item is None else item for item in figures) if figures else math.inf


def gap_of(run: Run, moment: float = math.inf) -> float | None:
    """Return the proven gap of a run at a moment: the largest of any tier; None when a tier has none."""
    gaps = [gap_in(run, goal, moment) for goal in run.goals]
    return None if not gaps or None in gaps else max(item for item in gaps if item is not None)


def gap_in(run: Run, goal: Goal, moment: float = math.inf) -> float | None:
    """Return the proven gap of a run in one of its goals at a moment."""
    return gap(*run.standing(goal.tier, moment), goal)


def distance_of(run: Run, best_bound: int | None, moment: float = math.inf) -> float | None:
    """Return how far above the best bound of all contenders a weighted sum is at a moment, measured as a gap is."""
    if [goal.tier for goal in run.goals] != [0]:
        return None
    return gap(run.standing(0, moment)[0], best_bound, run.goals[0])


def tables(results: Results) -> str:
    """Return all tables as one Markdown text."""
    cases = [case for case in CASES | SMOKE if any(run.case == case for run in results.runs)]
    parts = [rows_of(["case", "poolmatch", "against"], (_summed(results, case) for case in cases)), CLOCKS]
    parts += [f"### {case}\n\n{_details(results, case)}" for case in cases]
    parts += [_phases(results), _others(results)]
    return "\n\n".join(part for part in parts if part) + "\n"


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _summed(results: Results, case: str) -> Sequence[str]:
    """Return the row of a case: what poolmatch reached, and the others beside it."""
    runs = results.of(case, "poolmatch")
    ours = [run for run in runs if run.outcome == "done"]
    words = [f"**error**: {run.reason}" for run in runs if run.outcome == "error"]
    if ours:
        after = middle(ours, Run.proven_after)
        if math.isinf(after):
            words.append(f"gap {percent(middle(ours, gap_of))} after {seconds(middle(ours, lambda run: run.seconds))}")
        else:
            words.append(f"proven after {seconds(after)}")
        words += [f"{percent(now)} at {moment:g} s" for moment in MOMENTS if (now := _early(ours, moment)) is not None]
        words.append(f"{mib(middle(ours, lambda run: run.mib))} MiB")
    others = [name for name in CONTENDERS if name != "poolmatch" and results.of(case, name)]
    against = [f"{title(name)}: {_against(ours, results.of(case, name), results)}" for name in others]
    return [case, "; ".join(words) or NONE, "<br>".join(against) or NONE]


def _early(runs: Sequence[Run], moment: float) -> float | None:
    """Return the median gap at a moment before the end, None where it says nothing."""
    if moment >= max(run.seconds or 0.0 for run in runs):
        return None
    found = middle(runs, lambda run: gap_of(run, moment))
    return None if math.isinf(found) else found


def _against(ours: Sequence[Run], theirs: Sequence[Run], results: Results) -> str:
    """Return in words what another contender reached, and how many times what poolmatch has at that moment that is."""
    for run in theirs:
        if run.outcome == "error":
            return f"**error**, {run.reason}"
    done = [run for run in theirs if run.outcome == "done"]
    if not done:
        return f"{theirs[0].outcome}, {theirs[0].reason}"
    part = "" if len(done) == len(theirs) else f", {len(done)} of {len(theirs)} seeds"
    after = middle(done, Run.proven_after)
    if not math.isinf(after):
        return f"proven after {seconds(after)}{_ratio(after, middle(ours, Run.proven_after), LEAST_SECONDS)}{part}"
    if len(done[0].goals) > 1:
        proven = median(sum(goal.proven for goal in run.goals) for run in done)
        return f"{proven:g} of {len(done[0].goals)} tiers proven{part}"
    apart = middle(done, partial(_apart, results))
    mine = middle(ours, partial(_apart, results, moment=done[0].limit))
    proof = middle(done, gap_of)
    proves = "proves nothing" if math.isinf(proof) else f"gap {percent(proof)}"
    return f"{percent(apart)} above the best bound{_ratio(apart, mine, LEAST_GAP)}, {proves}{part}"


def _apart(results: Results, run: Run, moment: float = math.inf) -> float | None:
    """Return how far above the best bound that is known a run is."""
    return distance_of(run, results.best_bound(run.case, run.seed), moment)


def _until(results: Results, run: Run, moment: float) -> float | None:
    """Return the same at a moment; None when the run had ended for want of time."""
    over = moment > run.limit and run.proven_after() is None
    return None if over else _apart(results, run, moment)


def _ratio(theirs: float, ours: float, least: float) -> str:
    """Return how many times as much as poolmatch something is, in brackets."""
    if math.isinf(theirs) or math.isinf(ours):
        return ""
    times = max(theirs, least) / max(ours, least)
    return f" ({times:.0f} ×)" if times >= 10 else f" ({times:.2g} ×)"


def _details(results: Results, case: str) -> str:
    """Return the table of one case: a row for each contender."""
    names = [name for name in CONTENDERS if any(run.goals for run in results.of(case, name))]
    runs = [run for name in names for run in results.of(case, name)]
    if any(len(run.goals) > 1 for run in runs):
        tiers = next([goal.tier for goal in run.goals] for run in runs if run.goals)
        head = ["contender", "seeds", *(f"tier {tier:g}" for tier in tiers), "proven after", "seconds", "MiB"]
        rows = rows_of(head, (_tiers(results.of(case, name), name) for name in names))
    else:
        head = ["contender", "seeds", *(f"above best bound, {moment:g} s" for moment in MOMENTS), "at the end"]
        head += ["proven gap", "proven after", "first roster", "seconds", "MiB"]
        rows = rows_of(head, (_detail(results, case, name) for name in names))
    older = f"\n\n{OLDER}" if any(run.clock == "problem" for run in runs) else ""
    return rows + _commits(results, case, names) + older


def _commits(results: Results, case: str, names: Sequence[str]) -> str:
    """Return at which commits a case was measured, which need not be the same for all; empty where none is noted."""
    of = {name: {run.commit for run in results.of(case, name)} for name in names}
    if not any(set[str]().union(*of.values())):
        return ""
    words = (f"{title(name)} {', '.join(sorted(item or 'an earlier one' for item in of[name]))}" for name in names)
    return f"\n\nMeasured at commit: {'; '.join(words)}."


def _detail(results: Results, case: str, name: str) -> Sequence[str]:
    """Return the row of a contender."""
    runs = [run for run in results.of(case, name) if run.outcome in ("done", "nothing")]
    apart = [middle(runs, partial(_until, results, moment=moment)) for moment in MOMENTS]
    apart.append(middle(runs, partial(_apart, results)))
    return [
        title(name),
        str(len(runs)),
        *map(percent, apart),
        percent(middle(runs, gap_of)),
        seconds(middle(runs, Run.proven_after)),
        seconds(middle(runs, first_roster)),
        seconds(middle(runs, lambda run: run.seconds)),
        mib(middle(runs, lambda run: run.mib)),
    ]


def first_roster(run: Run) -> float | None:
    """Return the seconds until a run first told of a roster."""
    return next((point.seconds for point in run.curve if point.value is not None), None)


def _tiers(all_runs: Sequence[Run], name: str) -> Sequence[str]:
    """Return the row of a contender on a case that is solved tier by tier: how each tier ended, in points."""
    runs = [run for run in all_runs if run.goals]

    def ended(place: int) -> str:
        goals = [run.goals[place] for run in runs]
        points = f"{median(goal.value / goal.scale for goal in goals):g}"
        if all(goal.proven for goal in goals):
            return f"{points} ="
        bounds = [goal.bound / goal.scale for goal in goals if goal.bound is not None]
        least = f" ≥ {median(bounds):g}" if len(bounds) == len(goals) else ""
        return f"{points}{least}, {percent(median(math.inf if goal.gap is None else goal.gap for goal in goals))}"

    return [
        title(name),
        f"{len(runs)} of {len(all_runs)}",
        *map(ended, range(len(runs[0].goals))),
        seconds(middle(runs, Run.proven_after)),
        seconds(middle(runs, lambda run: run.seconds)),
        mib(middle(runs, lambda run: run.mib)),
    ]


def _phases(results: Results) -> str:
    """Return the table of phases; empty when none were measured."""
    if not results.phases:
        return ""
    names = [*PHASES, "MiB"]
    rows = (
        [case, *(f"{found[name]:.3g}" if name in found else NONE for name in names)]
        for case, found in results.phases.items()
    )
    return "### Phases of poolmatch, seconds\n\n" + rows_of(["case", *names], rows)


def _others(results: Results) -> str:
    """Return the table of what else was measured; empty when nothing was."""
    rows = ([name, _words(figures)] for name, figures in results.others.items())
    return "### Beside solving\n\n" + rows_of(["what", "figures"], rows) if results.others else ""


def _words(figures: dict[str, object]) -> str:
    return ", ".join(
        f"{name} {item:.3g}" if isinstance(item, float) else f"{name} {item}" for name, item in figures.items()
    )
