"""Rule `fair-load`: everyone works about their share."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from poolmatch.arrays import Candidates
from poolmatch.domain.hours import TICKS
from poolmatch.domain.plan import Plan
from poolmatch.domain.shares import targets
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.sharing import SCALE, Tolerance, charge, charged, post_shares, segments


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
    scale: ClassVar[int] = SCALE

    tolerance: Tolerance = 10

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
        left, total = -(-work // unit), 0
        for price, number in sorted(part for target, most in loads for part in self._parts(target, unit, most // unit)):
            taken = min(left, number)
            total += price * taken
            left -= taken
        return total

    def _parts(self, target: int, unit: int, most: int) -> Iterator[tuple[int, int]]:
        """Yield what parts of a load cost someone, and how many of them cost that, dearer and dearer."""
        edges = [start // (100 * unit) for start, _, _ in segments(target, self.tolerance)]
        cuts = sorted({0, most, *(min(most, cut) for edge in edges for cut in (edge, edge + 1))})
        for first, last in pairwise(cuts):
            before, after = (charge(count * unit, target, self.tolerance) for count in (first, first + 1))
            yield after - before, last - first

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each person's load above the free margin."""
        goals = targets(candidates.world.problem)
        post_shares(candidates, model, goals, candidates.column("ticks"), self.tolerance)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator whose load is above the free margin."""
        loads = {name: sum(item.ticks for item in work) for name, work in plan.work_of.items()}
        for name, ticks, goal, above in charged(loads, targets(plan.problem), self.tolerance):
            words = Words(
                "{who} works {load:.2f} hours, the fair share is {goal:.2f}.",
                "{who} werkt {load:.2f} uur, het eerlijke deel is {goal:.2f}.",
                who=name,
                load=ticks / TICKS / 60,
                goal=goal / 60,
            )
            yield self.found(above, words, facilitators=(name,))
