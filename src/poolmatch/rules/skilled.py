"""Rule `skilled`: the facilitator brings each skill that the seat requires."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator, Skill
from poolmatch.domain.problem import Problem
from poolmatch.edits import SkillRaised
from poolmatch.rule import Cure, EligibilityRule, Words
from poolmatch.words import joined, pattern


def _held(row: Skill) -> str | Words:
    """Return a skill with its level and, where it has them, the days it holds."""
    held = f"{row.skill} {row.level}"
    if row.valid_from or row.valid_until:
        first, last = row.valid_from or "", row.valid_until or ""
        return pattern("{held} {first} – {last}", held=held, first=first, last=last)
    return held


class SkilledRule(EligibilityRule):
    """Out when a required seat skill is missing, too low, or does not hold on the local day of the meeting's start.

    Example: the seat requires ``intake`` at level 3 and the facilitator's level is 2.
    """

    id: ClassVar[str] = "skilled"
    sentence: ClassVar[Words] = Words(
        "A facilitator brings each skill the seat requires, at its level, on the day.",
        "Een begeleider heeft elke vaardigheid die de plaats eist, op het niveau, op die dag.",
    )
    discreet: ClassVar[bool] = True

    def out(self, person: Person, occasions: Occasions) -> Bools:
        """Tell for which occasions a required skill is not met."""
        demands = occasions.demands
        missing = (demands.required == 1) & ~person.skills.meet(demands, occasions.day)
        return demands.any(missing)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:
        """Name the skills that the seat requires and the levels of the facilitator."""
        wanted = [row for row in problem.requirements_of(meeting.meeting, seat.seat) if row.kind == "required"]
        name = facilitator.facilitator
        asked = ", ".join(f"{row.skill} {row.level}" for row in wanted)
        rows = problem.about(name, "skills")
        asked_for = {row.skill for row in wanted}
        own = joined(", ", [_held(row) for row in rows if row.skill in asked_for] or ["–"])
        return Words(
            "{who} does not meet what the seat requires on that day ({asked}; has: {own}).",
            "{who} voldoet die dag niet aan wat de plaats eist ({asked}; heeft: {own}).",
            who=name,
            asked=asked,
            own=own,
        )

    def cures(
        self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat, start: datetime | None
    ) -> Iterator[Cure]:
        """Yield all that they would have to learn for the seat."""
        name, day = facilitator.facilitator, problem.day(meeting.meeting, start)
        wanted = [row for row in problem.requirements_of(meeting.meeting, seat.seat) if row.kind == "required"]

        def level(skill: str) -> int:
            held = (row for row in problem.about(name, "skills") if row.skill == skill)
            return max((row.level for row in held if row.days[0] <= day.toordinal() <= row.days[1]), default=0)

        lacking = [row for row in wanted if level(row.skill) < row.level]
        if lacking:
            yield tuple(SkillRaised(name, row.skill, row.level, level(row.skill)) for row in lacking)
