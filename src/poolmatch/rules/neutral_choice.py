"""Rule `neutral-choice`: among those who may sit somewhere, the most neutral do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field

from poolmatch.arrays import Candidates
from poolmatch.domain.degree import Degree
from poolmatch.domain.plan import Plan
from poolmatch.neutrality.assessment import UNKNOWN, assessed
from poolmatch.neutrality.policy import STRICT, Policy, as_policy
from poolmatch.neutrality.table import NO_SIDE, degrees
from poolmatch.neutrality.words import TIES
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.vocabulary.closed_words import DEGREES
from poolmatch.words import joined, pattern

WAIVED = Words("waived", "met toestemming")
BALANCED = Words("only in balance", "alleen in evenwicht")


class NeutralChoiceRule(PreferenceRule):
    """Each assignment costs points by its degree: 8 with a waiver or in balance, 4 to disclose, 2 to avoid.

    Example: someone whose employer is a member of a party that decides (`disclose`) costs 4 points.
    """

    id: ClassVar[str] = "neutral-choice"
    sentence: ClassVar[Words] = Words("The most neutral go.", "De neutraalsten gaan.")
    tier: ClassVar[int] = 2
    told_elsewhere: ClassVar[bool] = True

    policy: Annotated[Policy, BeforeValidator(as_policy)] = STRICT
    waived: Annotated[int, Field(ge=0, le=1000, description="Points for one that needs a waiver, or balance.")] = 8
    disclose: Annotated[int, Field(ge=0, le=1000, description="Points for an assignment to disclose.")] = 4
    avoid: Annotated[int, Field(ge=0, le=1000, description="Points for an assignment to avoid.")] = 2

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each candidate its degree. Who may not sit there at all is the business of `neutral`."""
        world = candidates.world
        weight = np.zeros(len(candidates), np.int64)
        points = np.zeros(len(Degree), np.int64)
        points[Degree.AVOID], points[Degree.DISCLOSE] = self.avoid, self.disclose
        for position in range(len(world.people)):
            mine = candidates.of_person(position)
            if mine.start == mine.stop:
                continue
            found = degrees(world.person(position), world.occasions, self.policy)
            where = candidates.occasion[mine]
            by_consent = found.waived if found.sides is None else found.waived | (found.sides != NO_SIDE)
            weight[mine] = np.where(by_consent[where], self.waived, points[found.degree[where]])
        used = np.flatnonzero(weight)
        model.cost(used, weight[used])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each assignment that is not neutral."""
        assessments = assessed(plan, self.policy)
        for item in plan.assignments:
            name, meeting = item.facilitator.facilitator, item.meeting.meeting
            found = assessments[name, meeting, item.start]
            by_consent = found.waived or bool(found.balanced)
            points = {Degree.AVOID: self.avoid, Degree.DISCLOSE: self.waived if by_consent else self.disclose}
            cost = points.get(found.degree, 0)
            if cost:
                unknown = any(path.tie.kind == UNKNOWN for path in found.worst)
                notes = [WAIVED] * found.waived + [BALANCED] * bool(found.balanced) + [TIES[UNKNOWN]] * unknown
                degree = joined(" ", [DEGREES[found.degree.word], *(pattern("({note})", note=note) for note in notes)])
                words = Words(
                    "{who} at {meeting}: {degree}.",
                    "{who} bij {meeting}: {degree}.",
                    who=name,
                    meeting=meeting,
                    degree=degree,
                )
                yield self.found(cost, words, facilitators=(name,), meetings=(meeting,), seat=item.seat.seat)
