"""Rule `fair-load`: everyone works about their share."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates
from poolmatch.domain.hours import TICKS
from poolmatch.domain.roster import Plan
from poolmatch.domain.shares import targets
from poolmatch.rule import Finding, Model, PreferenceRule, Words

STEPS: tuple[tuple[int, int], ...] = ((125, 1), (150, 2), (200, 4))
"""Up to this percentage of the target an hour costs this many points."""
BEYOND = 8
"""Points per hour above the last step."""


class FairLoadRule(PreferenceRule):
    """Hours above someone's target cost points, externals aside.

    They are free to 110 % of the target, then cost 1 point per hour to 125 %, 2 to 150 %, 4 to 200 % and 8 beyond.
    The target is the share, by contract hours and days present, in the hours of all required seats, less the surplus
    carried from history (`poolmatch.domain.shares.targets`). The target is in whole minutes, the load exact.

    Example: a target of 10 hours and a load of 13: 1.5 hours at 1 point and 0.5 hour at 2, so 2.5 points.
    """

    id: ClassVar[str] = "fair-load"
    sentence: ClassVar[Words] = Words("Everyone works about their share.", "Ieder werkt ongeveer het eigen deel.")
    tier: ClassVar[int] = 5
    scale: ClassVar[int] = 100 * 60 * TICKS
    """A hundredth of a tick at 1 point per hour."""

    tolerance: Annotated[int, Field(ge=0, le=1000, description="Free margin above the target, percent of it.")] = 10

    def _segments(self, target: int) -> list[tuple[int, int | None, int]]:
        """Return for a target in minutes: start and length of each step in hundredths of a tick, and its rate."""
        target *= TICKS
        free = 100 + self.tolerance
        edges = [free, *(edge for edge, _ in STEPS if edge > free)]
        rates = [*(rate for edge, rate in STEPS if edge > free), BEYOND]
        lengths = [(b - a) * target for a, b in pairwise(edges)]
        return list(zip((edge * target for edge in edges), [*lengths, None], rates, strict=True))

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let a column per step take up the load above the free margin; steps grow dearer, so they fill in order."""
        world = candidates.world
        ticks = candidates.column("ticks")
        for name, target in targets(world.problem).items():
            mine = candidates.of_person(world.positions[name])
            column = np.arange(mine.start, mine.stop)
            most = 100 * int(ticks[mine].sum())
            segments = self._segments(target)
            free = segments[0][0]
            if most <= free:
                continue
            lengths = [most if length is None else min(length, most) for _, length, _ in segments]
            # Everything is counted in the largest unit that divides it: quarters of hours, not hundredths of ticks.
            unit = math.gcd(free, *lengths, *(100 * ticks[mine]).tolist())
            taken = model.columns(np.zeros(len(lengths), np.int64), [length // unit for length in lengths])
            entries = np.concatenate([column, taken])
            factors = np.concatenate([100 * ticks[mine] // unit, np.full(len(taken), -1)])
            model.rows(np.zeros(len(entries), np.int64), entries, factors, upper=[free // unit])
            model.cost(taken, [rate * unit for _, _, rate in segments])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator whose load is above the free margin."""
        goals = targets(plan.problem)
        for name, work in plan.work_of.items():
            if name not in goals:
                continue
            ticks = sum(item.ticks for item in work)
            above = 0
            for start, length, rate in self._segments(goals[name]):
                part = max(0, 100 * ticks - start)
                above += rate * (part if length is None else min(part, length))
            if above:
                load, goal = ticks / TICKS / 60, goals[name] / 60
                words = Words(
                    f"{name} works {load:.2f} hours, the fair share is {goal:.2f}.",
                    f"{name} werkt {load:.2f} uur, het eerlijke deel is {goal:.2f}.",
                )
                yield self.found(above, words, facilitators=(name,))
