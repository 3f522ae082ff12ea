"""Rule `weekend`: everyone works about their share of weekends and public holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Bools, Candidates, bools
from poolmatch.domain.assignments import Placement
from poolmatch.domain.holidays import FreeDays, Holidays
from poolmatch.domain.hours import TICKS
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.shares import targets
from poolmatch.domain.values import Days
from poolmatch.issues import Issue, Message
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.sharing import SCALE, Tolerance, charged_in_part, post_shares

NOTHING_TO_SHARE = Message(
    "no-meeting-in-a-weekend",
    Words(
        "none starts on a Saturday, Sunday or holiday, so that the rule weekend has nothing to share out",
        "geen enkele begint op een zaterdag, zondag of feestdag, zodat de regel weekend niets te verdelen heeft",
    ),
    Words(
        "correct the dates, or leave the rule out",
        "verbeter de datums, of laat de regel weg",
    ),
    "warning",
)


class WeekendRule(PreferenceRule):
    """Hours on weekends and public holidays cost points above someone's target, externals aside.

    They are those of meetings that start on a Saturday, a Sunday, a public holiday or a day in ``also``, as they count
    in the load. The target is the share of `poolmatch.domain.shares` in what required seats ask for on these days, less
    the surplus of such hours in history; steps are those of `poolmatch.sharing`. Duties have no day and do not count.

    Example: twelve hours on weekends among four people who are equal: three hours each, and free to 3.3.
    """

    id: ClassVar[str] = "weekend"
    standard: ClassVar[bool] = False
    sentence: ClassVar[Words] = Words(
        "Everyone works about their share of weekends and public holidays.",
        "Ieder werkt ongeveer het eigen deel van weekenden en feestdagen.",
    )
    tier: ClassVar[int] = 5
    scale: ClassVar[int] = SCALE

    tolerance: Tolerance = 10
    holidays: Annotated[Holidays, Field(description="Whose public holidays count.")] = "nl"
    also: Annotated[Days, Field(description="Further days that count.")] = ()

    @property
    def _free_days(self) -> FreeDays:
        return FreeDays(self.holidays, self.also)

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield a warning where no meeting can be on such a day."""
        days = (problem.period.local_day(start) for row in problem.meetings for start, _ in problem.times(row))
        if not any(day in self._free_days for day in days):
            yield NOTHING_TO_SHARE.at("meetings")

    def _there(self, candidates: Candidates) -> Bools:
        """Tell which candidates are for meetings on such a day."""
        days, place = np.unique(candidates.column("day"), return_inverse=True)
        free = bools(date.fromordinal(day) in self._free_days for day in days.tolist())
        return np.asarray(candidates.column("timed") & free[place])

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each person's hours on such days above the free margin."""
        ticks = np.where(self._there(candidates), candidates.column("ticks"), 0)
        goals = targets(candidates.world.problem, self._free_days)
        post_shares(candidates, model, goals, ticks, self.tolerance)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator whose hours on such days are above the free margin, with their meetings on them."""
        free = self._free_days

        def on_free_day(item: Placement) -> bool:
            return item.day in free

        goals = targets(plan.problem, free)
        for name, ticks, goal, above, meetings in charged_in_part(plan, on_free_day, goals, self.tolerance):
            words = Words(
                "{who} works {load:.2f} hours on weekends and holidays, the fair share is {goal:.2f}.",
                "{who} werkt {load:.2f} uur in weekenden en op feestdagen, het eerlijke deel is {goal:.2f}.",
                who=name,
                load=ticks / TICKS / 60,
                goal=goal / 60,
            )
            yield self.found(above, words, facilitators=(name,), meetings=meetings)
