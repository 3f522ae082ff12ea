"""Rule `team-skills`: the team as a whole brings what the meeting asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.meetings import Meeting, Requirement
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import BRINGING, asked_of_teams


def charged(problem: Problem) -> Iterator[tuple[Meeting, Requirement]]:
    """Yield each skill that a meeting with a required seat requires of its team."""
    for meeting, row in asked_of_teams(problem, "required"):
        if any(seat.required for seat in problem.seats_of(meeting)):
            yield problem.meeting(meeting), row


class TeamSkillsRule(PreferenceRule):
    """Each required team skill that no lead, co, mentor or scribe brings at its level costs as much as an empty seat.

    It counts in every meeting with a required seat, also while its team is empty or partly filled.

    Example: the team needs deep democracy at level 4, lead and co have level 3; priority 4 makes that 8 points.
    """

    id: ClassVar[str] = "team-skills"
    sentence: ClassVar[Words] = Words(
        "A team together brings the skills that its meeting asks for.",
        "Een team brengt samen de vaardigheden mee die de bijeenkomst vraagt.",
    )
    tier: ClassVar[int] = 1

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let a column per skill be 1 unless somebody brings it."""
        world = candidates.world
        for meeting, row in charged(world.problem):
            places = world.seats_at[world.meeting_positions[meeting.meeting]]
            column = candidates.of_seats([place for place in places if world.seats[place].role in BRINGING])
            column = column[candidates.masters(column, [(row.skill, row.level)])]
            missing = model.columns([0 if len(column) else 1], [1])
            entries = np.append(column, missing)
            model.rows(np.zeros(len(entries), np.int64), entries, 1, lower=[1])
            model.cost(missing, [meeting.weight])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each skill that a team lacks."""
        for meeting, row in charged(plan.problem):
            if not plan.brings(meeting.meeting, row.skill, row.level, BRINGING):
                words = Words(
                    "The team of {meeting} lacks {skill} at level {level}.",
                    "Het team van {meeting} mist {skill} op niveau {level}.",
                    meeting=meeting.meeting,
                    skill=row.skill,
                    level=row.level,
                )
                yield self.found(meeting.weight, words, meetings=(meeting.meeting,))
