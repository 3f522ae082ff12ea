"""Rule `no-double-booking`: nobody is in two places at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar

from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.spans import overlap_cliques


class NoDoubleBookingRule(ConstraintRule):
    """Two occupied spans of a facilitator never overlap; spans that touch do not overlap.

    Example: one meeting wraps up until 16:15, the setup of the next begins at 16:00.
    """

    id: ClassVar[str] = "no-double-booking"
    sentence: ClassVar[Words] = Words(
        "A facilitator is occupied by one meeting at a time, setup and wrap-up included.",
        "Een begeleider is met één bijeenkomst tegelijk bezig, opbouwen en opruimen meegerekend.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    one_place: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one of each maximal set of a person's candidates that overlap at one moment."""
        timed = candidates.timed
        opens, closes = (candidates.column(name)[timed] for name in ("opens", "closes"))
        group, place = overlap_cliques(candidates.person[timed], opens, closes)
        model.at_most_one(group, timed[place])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each pair of placements that overlap."""
        for name, placements in plan.of_facilitator.items():
            for first, second in combinations(placements, 2):
                (opens, closes), (begins, ends) = first.occupied, second.occupied
                if opens < ends and begins < closes:
                    meetings = (first.meeting.meeting, second.meeting.meeting)
                    words = Words(
                        "{who} is double-booked: {first} and {second} overlap.",
                        "{who} is dubbel geboekt: {first} en {second} overlappen.",
                        who=name,
                        first=meetings[0],
                        second=meetings[1],
                    )
                    yield Finding(self.id, "violation", words, (name,), meetings, day=first.day)
