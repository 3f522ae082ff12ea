"""Rule `max-evenings`: not too many evenings in one ISO week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.counting import post_limits
from poolmatch.domain.assignments import Placement
from poolmatch.domain.evenings import is_evening
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.edits import LimitRaised
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words
from poolmatch.vocabulary import counts


@kept
def past_evenings(problem: Problem) -> Counter[tuple[str, int]]:
    """Return the number of past evening meetings by facilitator and week, numbered from Monday 1 January of year 1."""
    period = problem.period
    seen = {
        (row.facilitator, row.meeting, (period.local_day(row.start).toordinal() - 1) // 7)
        for row in problem.past
        if row.start is not None and row.end is not None and is_evening(period, row.start, row.end)
    }
    return Counter((name, week) for name, _, week in seen)


class MaxEveningsRule(ConstraintRule):
    """At most ``max_evenings_per_week`` evening meetings that start in one ISO week (local dates). History counts.

    A meeting is in the evening when it ends, wrap-up aside, after 18:00 local time on the day on which it starts.

    Example: a limit of 2, meetings on Monday and Tuesday from 19:30, and one on Thursday that ends at 18:15.
    """

    id: ClassVar[str] = "max-evenings"
    sentence: ClassVar[Words] = Words(
        "A facilitator has no more evening meetings in a week than their limit.",
        "Een begeleider heeft in een week niet meer avondbijeenkomsten dan de eigen grens.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """Count each person's candidates in evenings per week, less what the past took."""
        world = candidates.world
        if all(person.max_evenings_per_week is None for person in world.people):
            return  # in most pools; what an evening is need not be worked out
        past = past_evenings(world.problem)

        def used(person: Facilitator, week: int) -> int:
            return past[person.facilitator, week]

        evening = world.evening[candidates.occasion].astype(np.int64)
        week = candidates.column("week")
        post_limits(candidates, model, lambda person: person.max_evenings_per_week, evening, week, used)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each week with more evening meetings than the limit."""
        period = plan.problem.period
        for name, placements in plan.of_facilitator.items():
            limit = plan.problem.facilitator(name).max_evenings_per_week
            if limit is None:
                continue
            weeks: defaultdict[tuple[int, int], list[Placement]] = defaultdict(list)
            for item in placements:
                if is_evening(period, item.start, item.end):
                    weeks[item.week].append(item)
            for week, mine in weeks.items():
                before = past_evenings(plan.problem)[name, (mine[0].day.toordinal() - 1) // 7]
                if len(mine) + before > limit:
                    words = Words(
                        "{who} has {meetings} in week {week} ({before} of them past), the limit is {limit}.",
                        "{who} heeft {meetings} in week {week} (waarvan {before} geweest), de grens is {limit}.",
                        who=name,
                        meetings=counts.evening_meetings(len(mine) + before),
                        week=week[1],
                        before=before,
                        limit=limit,
                    )
                    meetings = tuple(item.meeting.meeting for item in mine)
                    yield Finding(self.id, "violation", words, (name,), meetings, day=mine[0].day)

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield the limit that the week would take, with what is past of it."""
        (name,) = finding.facilitators
        assert finding.day is not None  # of the first evening meeting in the week
        before = past_evenings(plan.problem)[name, (finding.day.toordinal() - 1) // 7]
        yield (LimitRaised(name, "max_evenings_per_week", len(finding.meetings) + before),)
