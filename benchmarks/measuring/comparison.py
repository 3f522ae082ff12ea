"""poolmatch beside others, tier by tier, at a moment: is it lexicographically no worse, in value and in bound?

Values are compared in the highest tier in which they differ. A bound of a tier holds for rosters that are as good in
the tiers above; so bounds are compared in the highest tier in which they differ, down to the one in which values do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.cases.registry import CASES, Case
from benchmarks.contenders.registry import CONTENDERS
from benchmarks.measuring.results import Results, Run
from benchmarks.measuring.table import MOMENTS, NONE, rows_of, title


@dataclass(frozen=True)
class Comparison:
    """What a run is beside another at a moment: 1 better, 0 the same, −1 worse.

    Attributes
    ----------
    value, bound
        Of values, and of bounds.
    tiers
        The tiers in which values and bounds differ; None where they do not.
    """

    value: int
    bound: int
    tiers: tuple[float | None, float | None]

    @property
    def words(self) -> str:
        """The same in words: in what it is worse, or that it is better or the same."""
        found = ((self.value, "value", self.tiers[0]), (self.bound, "bound", self.tiers[1]))
        worse = [f"{what} of tier {tier:g}" for sign, what, tier in found if sign < 0]
        if worse:
            return f"**worse**: {', '.join(worse)}"
        return "better" if self.value > 0 or self.bound > 0 else "the same"

    @property
    def worse(self) -> bool:
        """Whether value or bound is worse."""
        return min(self.value, self.bound) < 0


def compared(ours: Run, theirs: Run, moment: float) -> Comparison:
    """Return what a run of poolmatch is beside that of another on the same problem at a moment."""
    bound, of_bound = 0, None
    for goal in ours.goals:
        mine, other = ours.standing(goal.tier, moment), theirs.standing(goal.tier, moment)
        if not bound:
            bound = sign(mine[1], other[1], -math.inf)
            of_bound = goal.tier if bound else None
        value = -sign(mine[0], other[0], math.inf)
        if value:
            return Comparison(value, bound, (goal.tier, of_bound))
    return Comparison(0, bound, (None, of_bound))


def sign(one: int | None, other: int | None, absent: float) -> int:
    """Return 1, 0 or −1 as one figure is above, at or below another; what is not there counts as ``absent``."""
    first, second = (absent if item is None else item for item in (one, other))
    return (first > second) - (first < second)


def pairs(results: Results, case: str, contender: str) -> list[tuple[Run, Run]]:
    """Return the runs of poolmatch on a case, each with that of another on the same seed, as far as both say anything.

    What did not come back in time has said what its curve says; any other error says nothing.
    """
    theirs = {run.seed: run for run in results.of(case, contender) if told(run)}
    return [(run, theirs[run.seed]) for run in results.of(case, "poolmatch") if run.goals and run.seed in theirs]


def told(run: Run) -> bool:
    """Return whether a run says what its contender can do."""
    return run.outcome in ("done", "nothing") or run.reason.startswith("did not end in time")


def moments_of(found: Sequence[tuple[Run, Run]]) -> list[float]:
    """Return the moments at which runs can be compared: those up to which both ran, or had no more to do."""
    return [moment for moment in MOMENTS if all(_there(run, moment) for pair in found for run in pair)]


def _there(run: Run, moment: float) -> bool:
    return moment <= run.limit or run.proven_after() is not None


def typical(found: Sequence[tuple[Run, Run]], moment: float) -> Comparison:
    """Return the comparison in the middle of those of all seeds, the worst first."""
    known = sorted(
        (compared(*pair, moment) for pair in found), key=lambda item: (not item.worse, item.value, item.bound)
    )
    return known[(len(known) - 1) // 2]


def comparisons(results: Results, case: str) -> Iterator[tuple[str, float, Comparison]]:
    """Yield contender, moment and comparison of a case, as the middle one of its seeds."""
    for name in CONTENDERS:
        found = [] if name == "poolmatch" else pairs(results, case, name)
        for moment in moments_of(found) if found else []:
            yield name, moment, typical(found, moment)


def beside(results: Results, cases: dict[str, Case] = CASES) -> str:
    """Return the table of all comparisons in Markdown; empty when there are none."""
    rows = []
    for case in cases:
        found = {(name, moment): item for name, moment, item in comparisons(results, case)}
        for name in dict.fromkeys(name for name, _ in found):
            cells = [found[name, moment].words if (name, moment) in found else NONE for moment in MOMENTS]
            rows.append([case, title(name), *cells])
    if not rows:
        return ""
    head = ["case", "beside", *(f"poolmatch at {moment:g} s" for moment in MOMENTS)]
    return f"### Tier by tier, value and bound\n\n{rows_of(head, rows)}\n"
