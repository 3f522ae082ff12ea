"""Rule `available`: the occupied span lies inside the facilitator's availability."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.rule import EligibilityRule, Words


class AvailableRule(EligibilityRule):
    """Out when the span from setup to wrap-up is not wholly inside the facilitator's availability.

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
        return ~person.free.cover(occasions.opens, occasions.closes) & occasions.timed

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Say that they are not available; not why, which is theirs."""
        name = facilitator.facilitator
        return Words(f"{name} is not available throughout.", f"{name} is niet de hele tijd beschikbaar.")
