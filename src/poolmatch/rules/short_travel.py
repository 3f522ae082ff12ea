"""Rule `short-travel`: people are sent to meetings near their home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, floats
from poolmatch.domain.plan import Plan
from poolmatch.domain.travel import Travel
from poolmatch.rule import Finding, Model, PreferenceRule, Words


class ShortTravelRule(PreferenceRule):
    """Each assignment costs its kilometres from home to meeting one way, rounded half up; unknown and online cost 0.

    Example: 12.5 km of road cost 13 points.
    """

    id: ClassVar[str] = "short-travel"
    sentence: ClassVar[Words] = Words("Journeys are short.", "Reizen zijn kort.")
    tier: ClassVar[int] = 6

    travel: Travel = Travel()

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each candidate its kilometres."""
        people = candidates.world.people
        lat, lon = floats(row.lat for row in people), floats(row.lon for row in people)
        home = lat[candidates.person], lon[candidates.person]
        km = self.travel.kilometres(*home, candidates.column("lat"), candidates.column("lon"))
        known = ~np.isnan(km) & ~candidates.column("online")
        whole = np.floor(np.where(known, km, 0.0) + 0.5).astype(np.int64)
        far = np.flatnonzero(whole)
        model.cost(far, whole[far])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each assignment with its kilometres."""
        for item in plan.placements:
            km = self.travel.home_kilometres(item.facilitator, item.meeting)
            whole = int((km or 0.0) + 0.5)
            if whole:
                name, meeting = item.facilitator.facilitator, item.meeting.meeting
                words = Words(
                    "{who} travels {whole} km to {meeting}.",
                    "{who} reist {whole} km naar {meeting}.",
                    who=name,
                    whole=whole,
                    meeting=meeting,
                )
                yield self.found(whole, words, facilitators=(name,), meetings=(meeting,), seat=item.seat.seat)
