"""Rule `struck`: no party of the meeting objects to the facilitator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.issues import Issue, Message
from poolmatch.neutrality.labels import party_is
from poolmatch.rule import EligibilityRule, Words
from poolmatch.vocabulary import counts

TOO_MANY = Message(
    "strikes-too-many",
    Words("objects {times}, {most} at most are allowed", "maakt {times} bezwaar, hoogstens {most} mag"),
    Words("remove some of these rows", "haal er enkele van deze rijen weg"),
)


class StruckRule(EligibilityRule):
    """Out when a party of the meeting, of whatever grade, struck the facilitator for this meeting or for all.

    A party objects under any of its ids: those that a link of kind `same_as` joins to it on the day of the meeting.

    Example: a residents' group objects to a facilitator; it is a party of the meeting.
    """

    id: ClassVar[str] = "struck"
    sentence: ClassVar[Words] = Words(
        "No party of the meeting objects to the facilitator.",
        "Geen partij van de bijeenkomst heeft bezwaar tegen de begeleider.",
    )
    discreet: ClassVar[bool] = True

    most: Annotated[int | None, Field(ge=0, description="Most objections of one organisation; none = any number.")] = (
        None
    )

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield each organisation with more objections than it may have, with their rows.

        Ids that stand for one organisation on the period's first day have one number of objections together.
        """
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for number, strike in enumerate(problem.strikes, 1):
            rows[problem.webs.same_of(strike.organisation, problem.period.start)].append(number)
        for found in rows.values():
            if self.most is not None and len(found) > self.most:
                yield TOO_MANY.at("strikes", found, "organisation", times=counts.times(len(found)), most=self.most)

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell at which occasions a party objects to them."""
        out = np.zeros(len(occasions), np.bool_)
        for organisation, meeting in person.struck:
            there = occasions.stakes.any(party_is(person.world, occasions, organisation))
            out |= there if meeting < 0 else there & (occasions.meeting == meeting)
        return out

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Name the parties that object."""
        name = facilitator.facilitator
        days = [problem.day(meeting.meeting, start) for start, _ in problem.times(meeting) or ((None, None),)]
        parties = ", ".join(
            row.organisation
            for row in problem.about(name, "strikes")
            if row.meeting in (None, meeting.meeting)
            and any(
                problem.webs.one(row.organisation, stake.organisation, day)
                for stake in problem.stakes_of(meeting.meeting)
                for day in days
            )
        )
        return Words("{parties} objects to {who}.", "{parties} heeft bezwaar tegen {who}.", parties=parties, who=name)
