"""Rule `travel-budget`: not too many kilometres in the period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, bools, ints
from poolmatch.domain.assignments import Placement
from poolmatch.domain.plan import Plan
from poolmatch.domain.tours import kilometres_of_day, stops
from poolmatch.domain.travel import Travel
from poolmatch.edits import LimitRaised
from poolmatch.journeys import Journeys
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words


class TravelBudgetRule(ConstraintRule):
    """At most ``max_km`` kilometres of travel in the period: home and back for each meeting.

    With the setting `between` of travel people go from one meeting of a day to the next instead. Each leg is
    rounded half up to whole kilometres. Meetings of the period before today count, history does not; online meetings,
    duties and meetings of which a point is unknown have no kilometres.

    Example: a limit of 80 km and two meetings, 14 and 29 km from home: 86 km.
    """

    id: ClassVar[str] = "travel-budget"
    sentence: ClassVar[Words] = Words(
        "A facilitator travels no more kilometres in the period than their limit.",
        "Een begeleider reist in de periode niet meer kilometers dan de eigen grens.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True
    leans_on: ClassVar[tuple[str, ...]] = ("one-per-seat", "one-slot")

    travel: Travel = Travel()

    def post(self, candidates: Candidates, model: Model) -> None:
        """Add up the kilometres of each person who could exceed their limit."""
        people = candidates.world.people
        limited = bools(person.max_km is not None for person in people)
        if not limited.any():
            return
        journeys = Journeys(candidates, self.travel)
        room = np.maximum(0, ints(int(person.max_km or 0) for person in people) - journeys.past)
        person, column, km = journeys.entries(model, limited & (journeys.most > room))
        at, row = np.unique(person, return_inverse=True)
        model.rows(row, column, km, upper=room[at])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator who travels more than the limit, with the meetings of all days with a journey."""
        for name, placements in plan.of_facilitator.items():
            limit = plan.problem.facilitator(name).max_km
            if limit is None:
                continue
            days = stops(placements)
            km = self._kilometres(days)
            total = sum(km.values())
            if total > limit:
                words = Words(
                    "{who} travels {total} km in the period, the limit is {limit:g} km.",
                    "{who} reist in de periode {total} km, de grens is {limit:g} km.",
                    who=name,
                    total=total,
                    limit=limit,
                )
                meetings = tuple(item.meeting.meeting for day, items in days.items() if km[day] for item in items)
                yield Finding(self.id, "violation", words, (name,), meetings)

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield the kilometres that the journeys would take."""
        (name,) = finding.facilitators
        total = sum(self._kilometres(stops(plan.of_facilitator[name])).values())
        yield (LimitRaised(name, "max_km", total),)

    def _kilometres(self, days: Mapping[date, Sequence[Placement]]) -> Mapping[date, int]:
        return {day: kilometres_of_day(self.travel, items) for day, items in days.items()}
