"""Rule `neutral`: nobody facilitates where a tie costs their neutrality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field

from poolmatch.arrays import Arrays, Bools, Occasions, Person
from poolmatch.domain.degree import Degree
from poolmatch.domain.grouping import grouped
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.edits import Consent
from poolmatch.errors import InternalError
from poolmatch.issues import Issue, Message
from poolmatch.neutrality.assessment import assess_once, assessed
from poolmatch.neutrality.needed import consents_needed
from poolmatch.neutrality.policy import STRICT, Policy, as_policy
from poolmatch.neutrality.second_look import second_look
from poolmatch.neutrality.table import degrees
from poolmatch.neutrality.unmatched import unmatched
from poolmatch.neutrality.words import path_words
from poolmatch.rule import Cure, EligibilityRule, Words
from poolmatch.words import joined

NO_PARTIES = Message(
    "meeting-without-parties",
    Words("has no parties", "heeft geen partijen"),
    Words(
        "add its parties to {table_stakes}, or set allow_no_parties of the rule neutral",
        "voeg de partijen toe aan {table_stakes}, of zet allow_no_parties van de regel neutral aan",
    ),
)


class NeutralRule(EligibilityRule):
    """Out when the assessment is `blocked`, or `waivable` without a complete waiver.

    Example: an employee of the municipality, at a meeting where that municipality decides.
    """

    id: ClassVar[str] = "neutral"
    sentence: ClassVar[Words] = Words(
        "Nobody facilitates where a tie costs their neutrality.",
        "Niemand begeleidt waar een band de neutraliteit kost.",
    )
    discreet: ClassVar[bool] = True
    waivable: ClassVar[bool] = True

    policy: Annotated[Policy, BeforeValidator(as_policy)] = STRICT
    allow_no_parties: Annotated[bool, Field(description="Accept meetings without parties.")] = False

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell for which occasions a tie stands in the way."""
        return np.asarray(degrees(person, occasions, self.policy).degree >= Degree.WAIVABLE)

    def look_again(self, world: Arrays, seed: int) -> None:
        """Judge a sample of pairs again by `assess`, above all pairs that were rejected."""
        second_look(world, self.policy, seed)

    def judge_again(self, plan: Plan, objects: Sequence[bool]) -> None:
        """Hold what the table says of each assignment against `assess`, its second door."""
        assessments = assessed(plan, self.policy)
        for item, out in zip(plan.assignments, objects, strict=True):
            name, meeting = item.facilitator.facilitator, item.meeting.meeting
            again = assessments[name, meeting, item.start]
            if (again.degree >= Degree.WAIVABLE) != out:
                raise InternalError(f"{name} at {meeting} is {again.degree.word}, but the table differs")

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:
        """Cite the paths that stand in the way, in the worst of the slots."""
        return self.words_at(problem, facilitator, meeting, seat, None)

    def words_at(
        self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat, start: datetime | None
    ) -> Words:
        """Cite the paths that stand in the way in the slot that starts then; in the worst of all without one."""
        del seat
        name = facilitator.facilitator
        found = assess_once(problem, name, meeting.meeting, start, self.policy)
        paths = joined("; ", map(path_words, found.worst))
        return Words("{who} is not neutral: {paths}.", "{who} is niet neutraal: {paths}.", who=name, paths=paths)

    def cures(
        self,
        problem: Problem,
        facilitator: Facilitator,
        meeting: Meeting,
        seat: Seat,  # noqa: ARG002 - neutral at a meeting, whatever the seat
        start: datetime | None,
    ) -> Iterator[Cure]:
        """Yield all the consents that are missing, where consents can help."""
        if start is None:
            return
        name = facilitator.facilitator
        rows = consents_needed(problem, name, meeting.meeting, start, self.policy)
        tied = grouped(rows, lambda row: row.organisation)
        if tied:
            yield tuple(
                Consent(name, organisation, meeting.meeting, tuple(row.party for row in asked), asked[0].consented_on)
                for organisation, asked in tied.items()
            )

    def issues(self, problem: Problem) -> Iterable[Issue]:
        """Return meetings without parties, and ties that no row of a policy can match."""
        bare = tuple(number for number, row in enumerate(problem.meetings, 1) if not problem.stakes_of(row.meeting))
        if bare and not self.allow_no_parties:
            yield NO_PARTIES.at("meetings", bare)
        yield from unmatched(problem, self.policy)
