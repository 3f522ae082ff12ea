"""Rule `max-per-week`: not too many meetings in one ISO week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.counting import post_limits
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.edits import LimitRaised
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words
from poolmatch.vocabulary import counts


@kept
def past_meetings(problem: Problem) -> Counter[tuple[str, int]]:
    """Return the number of past meetings by facilitator and week, numbered from Monday 1 January of year 1."""
    seen = {
        (row.facilitator, row.meeting, (problem.period.local_day(row.start).toordinal() - 1) // 7)
        for row in problem.past
        if row.start is not None
    }
    return Counter((name, week) for name, _, week in seen)


class MaxPerWeekRule(ConstraintRule):
    """At most ``max_per_week`` meetings that start in one ISO week (local dates). History counts.

    Example: a limit of 3, two meetings late in February, and two more in the same week of March.
    """

    id: ClassVar[str] = "max-per-week"
    sentence: ClassVar[Words] = Words(
        "A facilitator has no more meetings in a week than their limit.",
        "Een begeleider heeft in een week niet meer bijeenkomsten dan de eigen grens.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """Count each person's candidates per week, less what the past took."""
        past = past_meetings(candidates.world.problem)

        def used(person: Facilitator, week: int) -> int:
            return past[person.facilitator, week]

        one = np.ones(len(candidates), np.int64)
        post_limits(candidates, model, lambda person: person.max_per_week, one, candidates.column("week"), used)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each week with more meetings than the limit."""
        past = past_meetings(plan.problem)
        for name, placements in plan.of_facilitator.items():
            limit = plan.problem.facilitator(name).max_per_week
            if limit is None:
                continue
            for week, planned in Counter(item.week for item in placements).items():
                mine = [item for item in placements if item.week == week]
                before = past[name, (mine[0].day.toordinal() - 1) // 7]
                if planned + before > limit:
                    words = Words(
                        "{who} has {meetings} in week {week} ({before} of them past), the limit is {limit}.",
                        "{who} heeft {meetings} in week {week} (waarvan {before} geweest), de grens is {limit}.",
                        who=name,
                        meetings=counts.meetings(planned + before),
                        week=week[1],
                        before=before,
                        limit=limit,
                    )
                    meetings = tuple(item.meeting.meeting for item in mine)
                    yield Finding(self.id, "violation", words, (name,), meetings, day=mine[0].day)

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield the limit that the week would take, with what is past of it."""
        (name,) = finding.facilitators
        assert finding.day is not None  # of the first meeting in the week
        planned = sum(item.week == finding.day.isocalendar()[:2] for item in plan.of_facilitator[name])
        before = past_meetings(plan.problem)[name, (finding.day.toordinal() - 1) // 7]
        yield (LimitRaised(name, "max_per_week", planned + before),)
