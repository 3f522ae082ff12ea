"""Rule `travel-limit`: the meeting is not farther from home than the facilitator's limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import ceil
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.domain.travel import Travel, number_or_nan
from poolmatch.edits import FartherTravel
from poolmatch.rule import Cure, EligibilityRule, Words


class TravelLimitRule(EligibilityRule):
    """Out when home to meeting is more kilometres than ``max_travel_km``, unless it is online or a point is unknown.

    Example: a limit of 20 km and a meeting 20.1 km away.
    """

    id: ClassVar[str] = "travel-limit"
    sentence: ClassVar[Words] = Words(
        "A facilitator travels no farther than their limit.",
        "Een begeleider reist niet verder dan zijn of haar grens.",
    )
    discreet: ClassVar[bool] = True

    travel: Travel = Travel()

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell which occasions are too far from home."""
        row = person.row
        if row.max_travel_km is None or row.lat is None:
            return np.zeros(len(occasions), np.bool_)
        home = number_or_nan(row.lat), number_or_nan(row.lon)
        km = self.travel.kilometres(*home, occasions.lat, occasions.lon)
        return np.asarray((km > row.max_travel_km) & ~occasions.online)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Name the distance and the limit."""
        km = self.travel.home_kilometres(facilitator, meeting)
        limit = facilitator.max_travel_km
        name = facilitator.facilitator
        return Words(
            "{who} would travel {km:.1f} km, the limit is {limit:g} km.",
            "{who} zou {km:.1f} km reizen, de grens is {limit:g} km.",
            who=name,
            km=km,
            limit=limit,
        )

    def cures(
        self,
        problem: Problem,  # noqa: ARG002
        facilitator: Facilitator,
        meeting: Meeting,
        seat: Seat,  # noqa: ARG002
        start: datetime | None,  # noqa: ARG002
    ) -> Iterator[Cure]:
        """Yield the whole kilometres that they would have to travel."""
        km = self.travel.home_kilometres(facilitator, meeting)
        if km is not None:
            yield (FartherTravel(facilitator.facilitator, ceil(km)),)
