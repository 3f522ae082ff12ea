"""Rules of somebody's own that say what is on record of others, and nothing about who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from poolmatch import STANDARD_RULES
from poolmatch.arrays import Bools, Candidates, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.edits import Edit
from poolmatch.rule import ConstraintRule, Cure, EligibilityRule, Finding, Model, Words


def gossip(problem: Problem) -> Words:
    """Return a sentence with what is on record of everybody."""
    everything = repr([(row.facilitator, problem.ties_of(row.facilitator)) for row in problem.facilitators])
    return Words("gossip: {everything}", "gossip: {everything}", everything=everything)


@dataclass(frozen=True)
class Whisper(Edit):
    """An edit of somebody's own, whose words say what they like."""

    kind: ClassVar[str] = "whisper"
    tables: ClassVar[tuple[str, ...]] = ()

    facilitator: str
    said: Words

    @property
    def words(self) -> Words:
        """The gossip."""
        return self.said

    def changes(self, problem: Problem) -> dict[str, tuple[()]]:
        """Change nothing."""
        del problem
        return {}


class GossipOnPeople(EligibilityRule):
    """The first of the pool is out at the first meeting, and that is told with what is on record of everybody."""

    id: ClassVar[str] = "on-people"
    sentence: ClassVar[Words] = Words("Nobody knows.", "Niemand weet het.")
    standard: ClassVar[bool] = False

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell that the first is out."""
        problem = person.world.problem
        first = person.world.meeting_positions[problem.meetings[0].meeting]
        out: Bools = (occasions.meeting == first) & (person.row.facilitator == problem.facilitators[0].facilitator)
        return out

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        """Tell everything."""
        return gossip(problem)


class GossipOnWork(ConstraintRule):
    """The second of the pool is not in the first meeting, and that is told as if it were about nobody else."""

    id: ClassVar[str] = "on-work"
    sentence: ClassVar[Words] = Words("Nobody knows.", "Niemand weet het.")
    standard: ClassVar[bool] = False

    def post(self, candidates: Candidates, model: Model) -> None:
        """Fix what they could hold to none."""
        people = candidates.world.problem.facilitators
        if len(people) > 1:
            world = candidates.world
            there = candidates.meeting == world.meeting_positions[world.problem.meetings[0].meeting]
            model.fix(np.flatnonzero(there & (candidates.person == world.positions[people[1].facilitator])), 0)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield that they are there, about them alone, and about nobody."""
        people, first = plan.problem.facilitators, plan.problem.meetings[0].meeting
        for item in plan.of_meeting.get(first, ()):
            if item.facilitator in people[1:2]:
                for about in ((item.facilitator.facilitator,), ()):
                    yield Finding(self.id, "violation", gossip(plan.problem), about, (first,))

    def cures(self, plan: Plan, finding: Finding) -> Iterable[Cure]:
        """Propose a whisper."""
        del plan
        return [(Whisper(name, finding.words),) for name in finding.facilitators]


GOSSIPING = STANDARD_RULES.plus(GossipOnPeople(), GossipOnWork())
