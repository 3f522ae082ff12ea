"""Rule `external-last`: outsiders are asked last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, Ints, bools
from poolmatch.domain.plan import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words


class ExternalLastRule(PreferenceRule):
    """An external in a seat that some pool member could take costs 3 points.

    That is less than someone of the pool who must disclose a tie: then the outsider goes. Of a flexible meeting a pool
    member counts who could take the seat in the slot that is chosen.

    Example: an external leads while two of the pool were eligible for the seat.
    """

    id: ClassVar[str] = "external-last"
    sentence: ClassVar[Words] = Words(
        "Externals come only where nobody of the pool can.", "Externen komen alleen waar niemand uit de pool kan."
    )
    looks_wide: ClassVar[bool] = False
    tier: ClassVar[int] = 2
    told_elsewhere: ClassVar[bool] = True

    points: Annotated[int, Field(ge=0, le=1000, description="Points for an external whom the pool could replace.")] = 3
    hard: Annotated[bool, Field(description="Forbid such externals instead of charging them.")] = False

    @property
    def limits(self) -> bool:
        """Whether such externals are forbidden."""
        return self.hard

    def _replaceable(self, candidates: Candidates) -> Ints:
        """Return the candidates who are external while someone of the pool is eligible for the seat."""
        world = candidates.world
        external = bools(row.external for row in world.people)[candidates.person]
        pool = np.zeros(len(world.occasions), np.bool_)
        pool[candidates.occasion[~external & candidates.eligible]] = True
        return np.flatnonzero(external & pool[candidates.occasion])

    def post(self, candidates: Candidates, model: Model) -> None:
        """Rule out each external whom someone of the pool could replace, if that is forbidden."""
        if self.hard:
            model.fix(self._replaceable(candidates), 0)

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each external whom someone of the pool could replace, unless that is forbidden."""
        if not self.hard:
            column = self._replaceable(candidates)
            model.cost(column, np.full(len(column), self.points))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each external in a seat that someone of the pool could take."""
        outside = {row.facilitator for row in plan.problem.facilitators if row.external}
        items = [item for item in plan.assignments if item.facilitator.external]
        possible = plan.eligible({item.seat_at for item in items})
        for item in items:
            name, meeting, seat = item.facilitator.facilitator, item.meeting.meeting, item.seat.seat
            count = sum(member not in outside for member in possible[item.seat_at])
            if count:
                words = Words(
                    "{who} is external in seat {seat} of {meeting}; possible of the pool: {count}.",
                    "{who} is extern op plaats {seat} van {meeting}; mogelijk uit de pool: {count}.",
                    who=name,
                    seat=seat,
                    meeting=meeting,
                    count=count,
                )
                about = {"facilitators": (name,), "meetings": (meeting,), "seat": seat}
                if self.hard:
                    yield Finding(self.id, "violation", words, **about)  # type: ignore[arg-type]
                else:
                    yield self.found(self.points, words, **about)
