"""Rule `available`: the facilitator is in the pool and available all the time that they are occupied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.presence import leaves, outside_pool
from poolmatch.domain.problem import Problem
from poolmatch.edits import TimeGiven
from poolmatch.rule import Cure, EligibilityRule, Words


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
    discreet: ClassVar[bool] = True

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

    def cures(
        self,
        problem: Problem,
        facilitator: Facilitator,
        meeting: Meeting,
        seat: Seat,  # noqa: ARG002 - a meeting has one time for all its seats
        start: datetime | None,
    ) -> Iterator[Cure]:
        """Yield the time from setup to wrap-up, given by whoever is in the pool all that time and not on leave."""
        end = dict(problem.times(meeting)).get(start) if start is not None else None
        if start is None or end is None:
            return
        opens, closes = (
            start - timedelta(minutes=meeting.setup_minutes),
            end + timedelta(minutes=meeting.wrapup_minutes),
        )
        away = outside_pool(facilitator, problem.period)
        day, rows = problem.period.local_day(start), problem.about(facilitator.facilitator, "availability")
        on_leave = any(first <= day <= last for first, last in leaves(rows, problem.period))
        if not on_leave and not any(first < closes and opens < last for first, last in away):
            local = problem.period.local_time
            yield (TimeGiven(facilitator.facilitator, local(opens), local(closes)),)
