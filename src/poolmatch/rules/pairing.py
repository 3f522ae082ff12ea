"""Rule `pairing`: two people who must be in one team, or must not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, bools
from poolmatch.domain.plan import Plan
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import at_most_sum, shared_meetings


class PairingRule(ConstraintRule):
    """A `forbid` pair is never together in a meeting.

    Of a `require` pair nobody sits without the other in a meeting with two seats or more, unless the other has not
    joined the pool yet, or has left it, on the day on which the meeting starts.

    Example: F1 and F2 lead together; a roster has F1 as lead, and F3 as co.
    """

    id: ClassVar[str] = "pairing"
    sentence: ClassVar[Words] = Words(
        "Pairs that must be together are, and pairs that must not are not.",
        "Paren die samen moeten zijn dat, en paren die niet samen mogen niet.",
    )
    looks_wide: ClassVar[bool] = False
    curable: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """Bound the seats of one by those of the other, meeting by meeting."""
        world = candidates.world
        day = candidates.column("day")
        for pair in world.problem.pairings:
            if pair.kind not in ("require", "forbid"):
                continue
            for one, other in shared_meetings(candidates, pair.first, pair.second):
                both = np.concatenate([one, other])
                if pair.kind == "forbid":
                    model.at_most_one(np.zeros(len(both), np.int64), both)
                elif len(world.seats_at[candidates.meeting[both[0]]]) > 1:
                    for mine, theirs, name in ((one, other, pair.second), (other, one, pair.first)):
                        partner = world.problem.facilitator(name)
                        bound = mine[bools(partner.member(date.fromordinal(item)) for item in day[mine].tolist())]
                        if len(bound):
                            at_most_sum(model, bound, theirs)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each meeting in which a pair is together or apart against the rule."""
        problem = plan.problem
        for pair, meeting, there in plan.pairs("require", "forbid"):
            if pair.kind == "forbid" and len(there) == 2:
                words = Words(
                    "{first} and {second} are together in {meeting}, which is ruled out.",
                    "{first} en {second} zitten samen in {meeting}, wat is uitgesloten.",
                    first=pair.first,
                    second=pair.second,
                    meeting=meeting,
                )
            elif pair.kind == "require" and len(there) == 1 and len(problem.seats_of(meeting)) > 1:
                (alone,) = there
                missing = pair.second if alone == pair.first else pair.first
                days = {item.facilitator.facilitator: item.day for item in plan.of_meeting[meeting]}
                if not problem.facilitator(missing).member(days[alone]):
                    continue
                words = Words(
                    "{alone} is in {meeting} without {missing}, who must be there too.",
                    "{alone} zit in {meeting} zonder {missing}, die er ook bij moet zijn.",
                    alone=alone,
                    meeting=meeting,
                    missing=missing,
                )
            else:
                continue
            yield Finding(self.id, "violation", words, (pair.first, pair.second), (meeting,))
