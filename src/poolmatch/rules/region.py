"""Rule `region`: the facilitator serves the region of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.edits import RegionServed
from poolmatch.rule import Cure, EligibilityRule, Words


class RegionRule(EligibilityRule):
    """Out when the facilitator serves other regions only.

    A meeting without a region binds no one; an online one with a region does.

    Example: the facilitator serves ``north``, the meeting is in ``south``.
    """

    id: ClassVar[str] = "region"
    sentence: ClassVar[Words] = Words(
        "A facilitator works only in regions they serve.",
        "Een begeleider werkt alleen in regio's die hij of zij bedient.",
    )
    discreet: ClassVar[bool] = True

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell which occasions lie in a region they do not serve."""
        if person.regions is None:
            return np.zeros(len(occasions), np.bool_)
        serves = np.zeros(len(person.world.regions) + 1, np.bool_)  # the last place is that of no region
        serves[person.regions[person.regions >= 0]] = True
        return np.asarray((occasions.region >= 0) & ~serves[occasions.region])

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Name the region of the meeting and those served."""
        name = facilitator.facilitator
        served = ", ".join(row.region for row in problem.about(name, "serves"))
        return Words(
            "{who} does not serve the region {region} (serves: {served}).",
            "{who} bedient de regio {region} niet (bedient: {served}).",
            who=name,
            region=meeting.region,
            served=served,
        )

    def cures(
        self,
        problem: Problem,  # noqa: ARG002
        facilitator: Facilitator,
        meeting: Meeting,
        seat: Seat,  # noqa: ARG002
        start: datetime | None,  # noqa: ARG002
    ) -> Iterator[Cure]:
        """Yield the region that they would have to serve."""
        if meeting.region is not None:
            yield (RegionServed(facilitator.facilitator, meeting.region),)
