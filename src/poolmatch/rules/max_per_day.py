"""Rule `max-per-day`: not too many meetings on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.counting import post_limits
from poolmatch.domain.plan import Plan
from poolmatch.edits import LimitRaised
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words
from poolmatch.vocabulary import counts


class MaxPerDayRule(ConstraintRule):
    """At most ``max_per_day`` meetings that start on one local date. History does not count.

    Example: a limit of 2 and three meetings on one day.
    """

    id: ClassVar[str] = "max-per-day"
    sentence: ClassVar[Words] = Words(
        "A facilitator has no more meetings on a day than their limit.",
        "Een begeleider heeft op een dag niet meer bijeenkomsten dan de eigen grens.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """Count each person's candidates per day."""
        one = np.ones(len(candidates), np.int64)
        post_limits(candidates, model, lambda person: person.max_per_day, one, candidates.column("day"))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each day with more meetings than the limit."""
        for name, placements in plan.of_facilitator.items():
            limit = plan.problem.facilitator(name).max_per_day
            for day, count in Counter(item.day for item in placements).items():
                if count > limit:
                    meetings = tuple(item.meeting.meeting for item in placements if item.day == day)
                    words = Words(
                        "{who} has {meetings} on {day}, the limit is {limit}.",
                        "{who} heeft {meetings} op {day}, de grens is {limit}.",
                        who=name,
                        meetings=counts.meetings(count),
                        day=day,
                        limit=limit,
                    )
                    yield Finding(self.id, "violation", words, (name,), meetings, day=day)

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield the limit that the day would take."""
        (name,) = finding.facilitators
        yield (LimitRaised(name, "max_per_day", sum(item.day == finding.day for item in plan.of_facilitator[name])),)
