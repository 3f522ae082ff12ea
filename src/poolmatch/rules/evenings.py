"""Rule `evenings`: everyone works about their share of evenings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.assignments import Placement
from poolmatch.domain.evenings import is_evening
from poolmatch.domain.hours import TICKS
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.shares import targets
from poolmatch.issues import Issue, Message
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.sharing import SCALE, Tolerance, charged_in_part, post_shares

NOTHING_TO_SHARE = Message(
    "no-meeting-in-the-evening",
    Words(
        "none lasts beyond 18:00, so that the rule evenings has nothing to share out",
        "geen enkele duurt tot na 18:00, zodat de regel evenings niets te verdelen heeft",
    ),
    Words(
        "correct the times, or leave the rule out",
        "verbeter de tijden, of laat de regel weg",
    ),
    "warning",
)


class EveningsRule(PreferenceRule):
    """Hours of evening meetings cost points above someone's target, externals aside.

    A meeting is in the evening when it ends, wrap-up aside, after 18:00 local time on the day on which it starts; then
    it counts whole, as in the load. The target is the share of `poolmatch.domain.shares` in what required seats ask for
    in evenings, less the surplus of such hours in history; steps are those of `poolmatch.sharing`. Duties do not count.

    Example: four evenings of three hours among four people who are equal: one each, and free to 3.3 hours.
    """

    id: ClassVar[str] = "evenings"
    standard: ClassVar[bool] = False
    sentence: ClassVar[Words] = Words(
        "Everyone works about their share of evenings.", "Ieder werkt ongeveer het eigen deel van de avonden."
    )
    tier: ClassVar[int] = 5
    scale: ClassVar[int] = SCALE

    tolerance: Tolerance = 10

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield a warning where no meeting can be in the evening."""
        times = (span for row in problem.meetings for span in problem.times(row))
        if not any(is_evening(problem.period, start, end) for start, end in times):
            yield NOTHING_TO_SHARE.at("meetings")

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each person's hours in evenings above the free margin."""
        world = candidates.world
        ticks = np.where(world.evening[candidates.occasion], candidates.column("ticks"), 0)
        post_shares(candidates, model, targets(world.problem, is_evening), ticks, self.tolerance)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator whose hours in evenings are above the free margin, with their evening meetings."""
        period = plan.problem.period

        def in_evening(item: Placement) -> bool:
            return is_evening(period, item.start, item.end)

        goals = targets(plan.problem, is_evening)
        for name, ticks, goal, above, meetings in charged_in_part(plan, in_evening, goals, self.tolerance):
            words = Words(
                "{who} works {load:.2f} hours in evenings, the fair share is {goal:.2f}.",
                "{who} werkt {load:.2f} uur in de avond, het eerlijke deel is {goal:.2f}.",
                who=name,
                load=ticks / TICKS / 60,
                goal=goal / 60,
            )
            yield self.found(above, words, facilitators=(name,), meetings=meetings)
