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
from poolmatch.domain.plan import Plan
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

    def _charge(self, ticks: int, target: int) -> int:
        """Return what a load costs whoever has a target in minutes."""
        charge = 0
        for start, length, rate in self._segments(target):
            part = max(0, 100 * ticks - start)
            charge += rate * (part if length is None else min(part, length))
        return charge

    def least(self, candidates: Candidates, work: int) -> int:
        """Return what the work costs at least when everybody takes a whole number of parts of it.

        The parts are as large as all assignments of the pool have in common: with few sizes of hours that is hardly
        less than an assignment. Costs are convex, so the cheapest parts of all people together are the cheapest way.
        """
        goals = targets(candidates.world.problem)
        ticks, loads = candidates.column("ticks"), list[tuple[int, int]]()
        unit = 0
        for name, target in goals.items():
            mine = ticks[candidates.of_person(candidates.world.positions[name])]
            unit = math.gcd(unit, *mine.tolist())
            loads.append((target, int(mine.sum())))
        if not unit:
            return 0
        left, charge = -(-work // unit), 0
        for price, number in sorted(part for target, most in loads for part in self._parts(target, unit, most // unit)):
            taken = min(left, number)
            charge += price * taken
            left -= taken
        return charge

    def _parts(self, target: int, unit: int, most: int) -> Iterator[tuple[int, int]]:
        """Yield what parts of a load cost someone, and how many of them cost that, dearer and dearer."""
        edges = [start // (100 * unit) for start, _, _ in self._segments(target)]
        cuts = sorted({0, most, *(min(most, cut) for edge in edges for cut in (edge, edge + 1))})
        for first, last in pairwise(cuts):
            price = self._charge((first + 1) * unit, target) - self._charge(first * unit, target)
            yield price, last - first

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
            above = self._charge(ticks, goals[name])
            if above:
                load, goal = ticks / TICKS / 60, goals[name] / 60
                words = Words(
                    "{who} works {load:.2f} hours, the fair share is {goal:.2f}.",
                    "{who} werkt {load:.2f} uur, het eerlijke deel is {goal:.2f}.",
                    who=name,
                    load=load,
                    goal=goal,
                )
                yield self.found(above, words, facilitators=(name,))
