"""Rule `max-meetings`: not too many meetings in the period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.counting import post_limits
from poolmatch.domain.plan import Plan
from poolmatch.edits import LimitRaised
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words
from poolmatch.vocabulary import counts


class MaxMeetingsRule(ConstraintRule):
    """At most ``max_meetings`` meetings in the period. History and duties do not count.

    Example: a limit of 4 and five meetings in March.
    """

    id: ClassVar[str] = "max-meetings"
    sentence: ClassVar[Words] = Words(
        "A facilitator has no more meetings in the period than their limit.",
        "Een begeleider heeft in de periode niet meer bijeenkomsten dan de eigen grens.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """Count each person's candidates, duties aside."""
        meeting = candidates.column("timed").astype(np.int64)
        post_limits(candidates, model, lambda person: person.max_meetings, meeting)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator with more meetings than the limit."""
        for name, placements in plan.of_facilitator.items():
            limit = plan.problem.facilitator(name).max_meetings
            if limit is not None and len(placements) > limit:
                words = Words(
                    "{who} has {meetings} in the period, the limit is {limit}.",
                    "{who} heeft {meetings} in de periode, de grens is {limit}.",
                    who=name,
                    meetings=counts.meetings(len(placements)),
                    limit=limit,
                )
                meetings = tuple(item.meeting.meeting for item in placements)
                yield Finding(self.id, "violation", words, (name,), meetings)

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield the limit that the meetings would take."""
        (name,) = finding.facilitators
        yield (LimitRaised(name, "max_meetings", len(plan.of_facilitator[name])),)
