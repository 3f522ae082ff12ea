"""Rule `lead-first`: nobody sits in a meeting that no one leads, and trainees learn from someone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from poolmatch.arrays import Candidates
from poolmatch.domain.meetings import Requirement
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import at_most_sum


def required_skills(problem: Problem, meeting: str) -> tuple[Requirement, ...]:
    """Return what a meeting requires of a seat or of its team."""
    seats = (None, *(seat.seat for seat in problem.seats_of(meeting)))
    return tuple(row for seat in seats for row in problem.requirements_of(meeting, seat) if row.kind == "required")


class LeadFirstRule(ConstraintRule):
    """In a meeting with lead seats no other seat is filled while no lead seat is.

    And no trainee sits where no lead or co has one of the skills that the meeting requires at ``level`` or higher, if
    it requires any; that holds without lead seats too. Duties are no meetings.

    Example: a scribe without a lead; a trainee beside a lead whose only required skill is at level 2.
    """

    id: ClassVar[str] = "lead-first"
    sentence: ClassVar[Words] = Words(
        "Nobody sits in a meeting that no one leads, and a trainee learns from someone who can.",
        "Niemand zit in een bijeenkomst die niemand leidt, en een leerling leert van iemand die het kan.",
    )
    looks_wide: ClassVar[bool] = False
    curable: ClassVar[bool] = True

    level: Annotated[int, Field(ge=1, le=5, description="Level of a skill that is enough to teach it.")] = 3

    def post(self, candidates: Candidates, model: Model) -> None:
        """Bound each seat by the lead seats, and each trainee seat by who can teach."""
        world = candidates.world
        for meeting, places in zip(world.meetings, world.seats_at, strict=True):
            name, role = meeting.meeting, {place: world.seats[place].role for place in places}
            leads = [place for place in places if role[place] == "lead"]
            if leads:
                for place in places:
                    if place not in leads and len(candidates.of_seat(place)):
                        at_most_sum(model, candidates.of_seat(place), candidates.of_seats(leads))
            trainees = [place for place in places if role[place] == "trainee"]
            skills = required_skills(world.problem, name) if trainees else ()
            if skills and trainees and not world.problem.is_duty(name):
                above = candidates.of_seats([place for place in places if role[place] in ("lead", "co")])
                teachers = candidates.masters(above, [(row.skill, self.level) for row in skills])
                for place in trainees:
                    if len(candidates.of_seat(place)):
                        at_most_sum(model, candidates.of_seat(place), above[teachers])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each seat that is filled too soon, and each trainee without a teacher."""
        problem = plan.problem
        for meeting, placements in plan.of_meeting.items():
            led = any(item.seat.role == "lead" for item in placements)
            learns = any(item.seat.role == "trainee" for item in placements)
            skills = required_skills(problem, meeting) if learns else ()
            taught = not skills or any(
                problem.masters(item.facilitator.facilitator, row.skill, self.level, item.day)
                for item in placements
                if item.seat.role in ("lead", "co")
                for row in skills
            )
            has_leads = any(seat.role == "lead" for seat in problem.seats_of(meeting))
            for item in placements:
                name, seat = item.facilitator.facilitator, item.seat.seat
                if has_leads and not led:
                    words = Words(
                        "{who} sits in {meeting}, seat {seat}, but nobody leads.",
                        "{who} zit in {meeting}, plaats {seat}, maar niemand leidt.",
                        who=name,
                        meeting=meeting,
                        seat=seat,
                    )
                    yield Finding(self.id, "violation", words, (name,), (meeting,), seat, item.day)
                if item.seat.role == "trainee" and not taught:
                    asked = ", ".join(dict.fromkeys(row.skill for row in skills))
                    words = Words(
                        "{who} is a trainee in {meeting}, but no lead or co has level {level} in {asked}.",
                        "{who} is leerling in {meeting}, maar geen lead of co heeft niveau {level} in {asked}.",
                        who=name,
                        meeting=meeting,
                        level=self.level,
                        asked=asked,
                    )
                    yield Finding(self.id, "violation", words, (name,), (meeting,), seat, item.day)
