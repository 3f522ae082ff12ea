"""Rule `cost`: what externals cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, ints
from poolmatch.domain.hours import TICKS, exact, half_up
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.errors import TooLarge
from poolmatch.rule import Finding, Model, PreferenceRule, Words

MOST = 2.0**60
PARTS = 10_000
"""Hourly costs are taken to four decimals, rounded half up."""


def _rate(person: Facilitator) -> int:
    """Return what an hour of someone costs, in ten-thousandths; pool members cost nothing."""
    return half_up(exact(person.hourly_cost) * PARTS) if person.external and person.hourly_cost else 0


TOO_COSTLY = Words(
    "an external would cost {cost:.3g}, which is too much to compute exactly",
    "een externe zou {cost:.3g} kosten, en dat is te veel om precies uit te rekenen",
)


class CostRule(PreferenceRule):
    """An hour of an external costs as many points as their hourly cost.

    Example: four hours at 95 an hour: 380 points.
    """

    id: ClassVar[str] = "cost"
    sentence: ClassVar[Words] = Words("Externals cost little.", "Externen kosten weinig.")
    tier: ClassVar[int] = 6
    scale: ClassVar[int] = 60 * TICKS * PARTS

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each candidate the hours times the rate."""
        rate = ints(_rate(row) for row in candidates.world.people)[candidates.person]
        column = np.flatnonzero(rate)
        ticks = candidates.column("ticks")[column]
        largest = float((rate[column].astype(float) * ticks).max(initial=0.0))
        if largest > MOST:
            raise TooLarge(TOO_COSTLY.fill(cost=largest / self.scale))
        model.cost(column, rate[column] * ticks)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield what each assignment of an external costs."""
        for item in plan.assignments:
            units = _rate(item.facilitator) * item.ticks
            if units:
                name, meeting = item.facilitator.facilitator, item.meeting.meeting
                amount = units / self.scale
                words = Words(
                    "{who} costs {amount:.2f} at {meeting}.",
                    "{who} kost {amount:.2f} bij {meeting}.",
                    who=name,
                    amount=amount,
                    meeting=meeting,
                )
                yield self.found(units, words, facilitators=(name,), meetings=(meeting,), seat=item.seat.seat)
