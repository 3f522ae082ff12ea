"""Rule `one-trip`: what lies near on one day is one trip of one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates
from poolmatch.domain.assignments import Placement
from poolmatch.domain.grouping import grouped
from poolmatch.domain.plan import Plan
from poolmatch.domain.tours import in_order, whole_kilometres
from poolmatch.domain.travel import Travel
from poolmatch.journeys import Stays, from_home, whole
from poolmatch.rule import Finding, Model, PreferenceRule, Words

NEAR = Words(
    "{who} has {before} and {meeting} near one another on {day}, which saves a journey of {km} km.",
    "{who} heeft {before} en {meeting} op {day} vlak bij elkaar, dat scheelt een reis van {km} km.",
)


class OneTripRule(PreferenceRule):
    """Points off for a meeting near another one that the same person has earlier on that day: its journey is saved.

    The points are the kilometres from home, one way, as `short-travel` charges them, and `together` besides. Near is at
    most ``near_km`` kilometres of road away, whatever time lies between. Online meetings and meetings without a point
    are near to none; where the home is unknown the journey counts 0.

    Example: two meetings on one day in one village 14 km from home, by one person: 14 points off.
    """

    id: ClassVar[str] = "one-trip"
    sentence: ClassVar[Words] = Words(
        "What lies near on one day is one trip of one person.",
        "Wat op één dag vlak bij elkaar ligt, is één reis van één persoon.",
    )
    tier: ClassVar[int] = 6
    standard: ClassVar[bool] = False

    travel: Travel = Travel()
    near_km: Annotated[
        float, Field(ge=0, le=100, description="Kilometres of road up to which two places are near.")
    ] = 1.0
    together: Annotated[
        int, Field(ge=0, le=100, description="Points off for each further meeting near by, besides its kilometres.")
    ] = 0

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let a column per person and meeting say that an earlier one near it is taken too, which takes points off."""
        timed, online = candidates.column("timed"), candidates.column("online")
        stays = Stays.of(candidates, np.flatnonzero(timed & ~online & ~np.isnan(candidates.column("lat"))))
        first, second = stays.pairs()
        near = stays.kilometres(self.travel, first, second) <= self.near_km
        gain = whole(from_home(candidates, self.travel))[stays.one] + self.together
        near &= gain[second] > 0
        first, second = first[near], second[near]
        at, row = np.unique(second, return_inverse=True)
        spared = model.columns(np.zeros(len(at), np.int64), np.ones(len(at), np.int64))
        place, column = stays.candidates_of(at)
        pair, earlier = stays.candidates_of(first)
        for where, among in ((place, column), (row[pair], earlier)):  # it is taken, and so is one of those
            entries, rows = np.concatenate([spared, among]), np.concatenate([np.arange(len(at)), where])
            signs = np.repeat([1, -1], [len(at), len(among)])
            model.rows(rows, entries, signs, upper=np.zeros(len(at), np.int64))
        model.cost(spared, -gain[at])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each meeting of a day that lies near an earlier one of the same person."""
        for name, placements in plan.of_facilitator.items():
            for day, items in grouped(placements, lambda item: item.day).items():
                ordered = in_order(items)
                for place, item in enumerate(ordered):
                    before = next((other for other in ordered[:place] if self._near(other, item)), None)
                    km = whole_kilometres(self.travel.home_kilometres(item.facilitator, item.meeting))
                    if before is not None and km + self.together:
                        meetings = before.meeting.meeting, item.meeting.meeting
                        words = NEAR.fill(who=name, before=meetings[0], meeting=meetings[1], day=day, km=km)
                        yield self.found(-(km + self.together), words, facilitators=(name,), meetings=meetings, day=day)

    def _near(self, first: Placement, second: Placement) -> bool:
        km = self.travel.kilometres_between(first.meeting, second.meeting)
        return km is not None and km <= self.near_km
