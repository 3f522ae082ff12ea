"""Rule `team-limit`: no team has more people with a skill than its meeting allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import BRINGING

TOO_MANY = Words(
    "Too many of the team of {meeting} have {skill} at level {level} or higher ({able}), the limit is {limit}.",
    "Te veel van het team van {meeting} hebben {skill} op niveau {level} of hoger ({able}), de grens is {limit}.",
)


class TeamLimitRule(ConstraintRule):
    """At most ``number`` of the lead, co, mentor and scribe of a meeting have a skill at a level or higher on its day.

    So says a row of kind ``at_most`` in the table `requirements`. Beside a row of kind ``required`` for the same skill
    a number of 1 asks for exactly one. Duties have no team.

    Example: a jury has one member of the guidance at most, and lead and co both have the skill ``guidance``.
    """

    id: ClassVar[str] = "team-limit"
    sentence: ClassVar[Words] = Words(
        "A team has no more people with a skill than its meeting allows.",
        "Een team heeft niet meer mensen met een vaardigheid dan de bijeenkomst toestaat.",
    )
    looks_wide: ClassVar[bool] = False

    def post(self, candidates: Candidates, model: Model) -> None:
        """Count those who have the skill in the seats of a team, over all its slots."""
        world = candidates.world
        for meeting, places in zip(world.meetings, world.seats_at, strict=True):
            for row in world.problem.limits_of(meeting.meeting):
                column = candidates.of_seats([place for place in places if world.seats[place].role in BRINGING])
                able = column[candidates.masters(column, [(row.skill, row.level)])]
                most = row.number or 0
                if len(np.unique(candidates.seat[able])) > most:
                    model.rows(np.zeros(len(able), np.int64), able, 1, upper=[most])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each skill that too many of a team have."""
        for meeting, placements in plan.of_meeting.items():
            for row in plan.problem.limits_of(meeting):
                able = dict.fromkeys(
                    item.facilitator.facilitator
                    for item in placements
                    if item.seat.role in BRINGING
                    and plan.problem.masters(item.facilitator.facilitator, row.skill, row.level, item.day)
                )
                if len(able) > (row.number or 0):
                    words = TOO_MANY.fill(
                        meeting=meeting, skill=row.skill, level=row.level, able=", ".join(able), limit=row.number
                    )
                    yield Finding(self.id, "violation", words, tuple(able), (meeting,), day=placements[0].day)
