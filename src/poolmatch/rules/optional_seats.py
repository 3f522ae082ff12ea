"""Rule `optional-seats`: optional seats are filled too, where that costs nothing dearer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words


class OptionalSeatsRule(PreferenceRule):
    """An empty optional seat costs 1 point.

    Example: a seat for an observer, with `required` no, that nobody holds.
    """

    id: ClassVar[str] = "optional-seats"
    sentence: ClassVar[Words] = Words("Optional seats are filled.", "Optionele plaatsen zijn bezet.")
    tier: ClassVar[int] = 4

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each optional seat, less its candidates."""
        world = candidates.world
        optional = [place for place, seat in enumerate(world.seats) if not seat.required]
        column = candidates.of_seats(optional)
        empty = len(optional) - int(world.left_behind[optional].sum())
        model.cost(column, np.full(len(column), -1), constant=empty)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each optional seat that is empty."""
        for seat in plan.problem.seats:
            if not seat.required and (seat.meeting, seat.seat) not in plan.filled:
                words = Words(
                    "{meeting}, optional seat {seat} is empty.",
                    "{meeting}, optionele plaats {seat} is leeg.",
                    meeting=seat.meeting,
                    seat=seat.seat,
                )
                yield self.found(1, words, meetings=(seat.meeting,), seat=seat.seat)
