"""Rule `travel-gap`: time to travel between two meetings of one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, distinct
from poolmatch.domain.roster import Plan
from poolmatch.domain.travel import Travel
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.spans import close_pairs

DAY = 24 * 3600


class TravelGapRule(ConstraintRule):
    """Between two occupied spans that start on one local day there are at least the travel minutes between the places.

    Silent where a point is unknown; 0 minutes when a meeting is online or the points are the same. Spans that overlap
    leave no time to travel either, unless there is none to travel: that is the business of `no-double-booking`.

    Example: 25 km apart takes 35 minutes; a gap of 34 minutes is too short.
    """

    id: ClassVar[str] = "travel-gap"
    sentence: ClassVar[Words] = Words(
        "Between two meetings of one day there is time to travel.",
        "Tussen twee bijeenkomsten op één dag is er tijd om te reizen.",
    )

    travel: Travel = Travel()

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one of each pair of a person's candidates that lie too close."""
        opens, closes, day = (candidates.column(name) for name in ("opens", "closes", "day"))
        lat, lon, online = (candidates.column(name) for name in ("lat", "lon", "online"))
        here = np.flatnonzero(candidates.column("timed") & ~online & ~np.isnan(lat))
        *_, on_day = distinct(candidates.person[here], day[here])
        first, second = close_pairs(on_day, opens[here], closes[here], gap=DAY)
        first, second = here[first], here[second]
        needed = self.travel.seconds(lat[first], lon[first], lat[second], lon[second])
        close = opens[second] - closes[first] < needed
        close &= needed > 0
        pairs = np.stack([first[close], second[close]], axis=1)
        model.at_most_one(np.repeat(np.arange(len(pairs)), 2), pairs.ravel())

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each pair of placements on one day without the time to travel."""
        for name, placements in plan.of_facilitator.items():
            for pair in combinations(placements, 2):
                if pair[0].day != pair[1].day:
                    continue
                first, second = sorted(pair, key=lambda item: item.occupied)
                needed = self.travel.seconds_between(first.meeting, second.meeting)
                gap = second.occupied[0] - first.occupied[1]
                if needed and gap < timedelta(seconds=needed):
                    meetings = before, after = (first.meeting.meeting, second.meeting.meeting)
                    has, takes = gap.total_seconds() / 60, needed / 60
                    words = Words(
                        f"{name} has {has:.0f} minutes from {before} to {after}, the journey takes {takes:.0f}.",
                        f"{name} heeft {has:.0f} minuten van {before} naar {after}, de reis duurt {takes:.0f}.",
                    )
                    yield Finding(self.id, "violation", words, (name,), meetings, day=first.day)
