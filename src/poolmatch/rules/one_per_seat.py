"""Rule `one-per-seat`: one facilitator per seat, one seat per facilitator in a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.rule import ConstraintRule, Finding, Model, Words


class OnePerSeatRule(ConstraintRule):
    """Never more than one facilitator in a seat, or one facilitator in two seats of a meeting.

    Example: one person as ``lead`` and as ``scribe`` of the same meeting.
    """

    id: ClassVar[str] = "one-per-seat"
    sentence: ClassVar[Words] = Words(
        "A seat holds at most one facilitator, and a facilitator holds at most one seat of a meeting.",
        "Een plaats heeft hoogstens één begeleider, en een begeleider hoogstens één plaats in een bijeenkomst.",
    )
    looks_wide: ClassVar[bool] = False

    one_each: ClassVar[bool] = True
    one_place: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one candidate of each seat, and of each person in each meeting."""
        columns = np.arange(len(candidates))
        model.at_most_one(candidates.seat, columns)
        model.at_most_one(candidates.person * len(candidates.world.meetings) + candidates.meeting, columns)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each seat held by several and each facilitator with several seats of a meeting."""
        for (meeting, seat), placements in plan.of_seat.items():
            if len(placements) > 1:
                people = tuple(dict.fromkeys(item.facilitator.facilitator for item in placements))
                names = ", ".join(people)
                words = Words(
                    "{meeting}, seat {seat} is filled {count} times: {names}.",
                    "{meeting}, plaats {seat} is {count} keer bezet: {names}.",
                    meeting=meeting,
                    seat=seat,
                    count=len(placements),
                    names=names,
                )
                yield Finding(self.id, "violation", words, people, (meeting,), seat)
        for meeting, placements in plan.of_meeting.items():
            if len(placements) == 1:
                continue
            for name, mine in groupby(sorted(item.facilitator.facilitator for item in placements)):
                count = len(list(mine))
                seats = sorted({item.seat.seat for item in placements if item.facilitator.facilitator == name})
                if count > 1 and len(seats) > 1:
                    listed = ", ".join(seats)
                    words = Words(
                        "{who} holds {count} seats of {meeting}: {listed}.",
                        "{who} bezet {count} plaatsen van {meeting}: {listed}.",
                        who=name,
                        count=len(seats),
                        meeting=meeting,
                        listed=listed,
                    )
                    yield Finding(self.id, "violation", words, (name,), (meeting,))
