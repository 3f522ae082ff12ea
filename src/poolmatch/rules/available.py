"""Rule `available`: the facilitator is in the pool and available all the time that they are occupied."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.rule import EligibilityRule, Words


class AvailableRule(EligibilityRule):
    """Out when the span from setup to wrap-up is not wholly inside availability and membership of the pool.

    Members are there from the day they join to the day they leave. A duty has no time: one day of the period will do.

    Example: available until 17:00, and the wrap-up of a meeting ends at 17:15.
    """

    id: ClassVar[str] = "available"
    sentence: ClassVar[Words] = Words(
        "A facilitator is available from the setup to the wrap-up.",
        "Een begeleider is beschikbaar van het opbouwen tot en met het opruimen.",
    )

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell for which occasions they are not available throughout."""
        if person.free is None:
            return np.zeros(len(occasions), np.bool_)
        period = person.world.problem.period
        absent = not person.row.member(period.start, period.end)
        return np.where(occasions.timed, ~person.free.cover(occasions.opens, occasions.closes), absent)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Say that they are not in the pool then, or not available; not why, which is theirs."""
        name, period = facilitator.facilitator, problem.period
        days = [period.local_day(start) for start, _ in problem.times(meeting)]
        if not (any(map(facilitator.member, days)) if days else facilitator.member(period.start, period.end)):
            return Words("{who} is not in the pool then.", "{who} zit dan niet in de pool.", who=name)
        return Words("{who} is not available throughout.", "{who} is niet de hele tijd beschikbaar.", who=name)
