"""What changed for poolmatch since earlier results, as a Markdown table: better, worse or the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from benchmarks.cases.registry import CASES
from benchmarks.measuring.results import Results, Run
from benchmarks.measuring.table import LEAST_GAP, LEAST_SECONDS, NONE, gap_of, mib, middle, percent, rows_of, seconds

NOTICED = 1.1
"""A change by less than this factor is noise."""
LEAST_MIB = 1.0
Figure = Callable[[Run], float | None]
FIGURES: tuple[tuple[str, Figure, Callable[[float | None], str], float], ...] = (
    ("gap", gap_of, percent, LEAST_GAP),
    ("time to proof", Run.proven_after, seconds, LEAST_SECONDS),
    ("MiB", lambda run: run.mib, mib, LEAST_MIB),
)
"""What is compared: its name, how it is found and shown, and the least that counts."""


def changes(now: Results, before: Results) -> str:
    """Return how the figures of poolmatch changed, by medians over what both ran with the same seed and limit.

    Cases whose runs are the very same are left out; the text is empty when all are.
    """
    rows = [row for case in CASES for row in _changed(now, before, case)]
    if not rows:
        return ""
    same = now.origin.get("machine") == before.origin.get("machine")
    caution = "" if same else "The machines differ: figures do not compare, only ratios within one run do.\n\n"
    head = ["case", "what", "before", "now", "ratio", ""]
    return f"### poolmatch since the last committed results\n\n{caution}{rows_of(head, rows)}\n"


def _changed(now: Results, before: Results, case: str) -> Iterator[Sequence[str]]:
    """Yield a row for each figure of a case."""
    new, old = (
        {(run.seed, run.limit): run for run in results.of(case, "poolmatch") if run.outcome == "done"}
        for results in (now, before)
    )
    both = sorted(new.keys() & old.keys())
    if all(new[key] == old[key] for key in both):
        return
    for name, figure, shown, least in FIGURES:
        was, is_now = (middle([runs[key] for key in both], figure) for runs in (old, new))
        if not (math.isinf(was) and math.isinf(is_now)):
            yield [case, name, shown(was), shown(is_now), *verdict(was, is_now, least)]


def verdict(old: float, new: float, least: float) -> tuple[str, str]:
    """Return the ratio of a figure to what it was, and in a word whether that is better, worse or the same.

    Parameters
    ----------
    old, new
        The figures, of which less is better; infinite is none.
    least
        Differences below this do not count.
    """
    if math.isinf(old) or math.isinf(new):
        return NONE, "worse" if math.isinf(new) else "better"
    ratio = max(new, least) / max(old, least)
    return f"{ratio:.2f}", "worse" if ratio > NOTICED else "better" if ratio < 1 / NOTICED else "same"
