"""Rule `max-hours`: not too many hours in the period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from poolmatch.arrays import Candidates
from poolmatch.counting import post_limits
from poolmatch.domain.hours import TICKS, ticks_limit
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.edits import LimitRaised
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words


class MaxHoursRule(ConstraintRule):
    """At most ``max_hours`` hours in the period: length, setup, wrap-up, preparation and duties; travel aside.

    Example: a limit of 10 and two meetings of 4 hours with 1.5 hours of preparation each.
    """

    id: ClassVar[str] = "max-hours"
    sentence: ClassVar[Words] = Words(
        "A facilitator works no more hours in the period than their limit.",
        "Een begeleider werkt in de periode niet meer uren dan de eigen grens.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """Add up what each person's candidates take."""

        def limit(person: Facilitator) -> int | None:
            return None if person.max_hours is None else ticks_limit(person.max_hours)

        post_limits(candidates, model, limit, candidates.column("ticks"))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator with more hours than the limit."""
        for name, work in plan.work_of.items():
            limit = plan.problem.facilitator(name).max_hours
            ticks = sum(item.ticks for item in work)
            if limit is not None and ticks > ticks_limit(limit):
                hours = ticks / TICKS / 60
                words = Words(
                    "{who} works {hours:.4g} hours in the period, the limit is {limit:g}.",
                    "{who} werkt {hours:.4g} uur in de periode, de grens is {limit:g}.",
                    who=name,
                    hours=hours,
                    limit=limit,
                )
                meetings = tuple(item.meeting.meeting for item in work if item.ticks)
                yield Finding(self.id, "violation", words, (name,), meetings)

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield the whole hours that the work would take."""
        (name,) = finding.facilitators
        ticks = sum(item.ticks for item in plan.work_of[name])
        yield (LimitRaised(name, "max_hours", -(-ticks // (60 * TICKS))),)
