"""Rule `same-team`: one person in all sessions of a series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Plan
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import held_by


def bound_to(problem: Problem, series: str, seat: str) -> str | None:
    """Return the latest holder of a seat in the history of its series who is still in the pool."""
    pool = {row.facilitator for row in problem.facilitators}
    return next((row.facilitator for row in problem.past_sessions(series, seat) if row.facilitator in pool), None)


class SameTeamRule(ConstraintRule):
    """Seats of one name with continuity `same` are held by one person throughout a series.

    If the history names who held the seat, that is who it must be; of several the latest who is still in the pool.

    Example: the mentor of a team leads day one, and someone else day two.
    """

    id: ClassVar[str] = "same-team"
    sentence: ClassVar[Words] = Words(
        "A seat that asks for it is held by the same person throughout a series.",
        "Een plaats die daarom vraagt, houdt een hele reeks dezelfde persoon.",
    )

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one person holds any of the seats; nobody else where history names one."""
        world = candidates.world
        for (series, name), seats in world.problem.continued.items():
            if seats[0].continuity != "same":
                continue
            column = candidates.of_seats([world.seat_positions[seat.meeting, seat.seat] for seat in seats])
            bound = bound_to(world.problem, series, name)
            if bound is not None:
                model.fix(column[candidates.person[column] != world.positions[bound]], 0)
            elif len(seats) > 1 and len(column):
                people, held = held_by(candidates, model, column)
                model.at_most_one(np.zeros(len(people), np.int64), held)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each seat that changes hands within a series."""
        problem = plan.problem
        for (series, name), seats in problem.continued.items():
            if seats[0].continuity != "same":
                continue
            held = [item for seat in seats for item in plan.of_seat.get((seat.meeting, seat.seat), ())]
            people = tuple(dict.fromkeys(item.facilitator.facilitator for item in held))
            bound = bound_to(problem, series, name)
            if len(people) > 1 or (bound is not None and people not in ((), (bound,))):
                names = ", ".join(people)
                words = Words(
                    f"seat {name} of series {series} is held by {names}; one person must hold it throughout"
                    + (f", {bound} as before." if bound else "."),
                    f"plaats {name} van reeks {series} is bezet door {names}; één persoon moet haar steeds bezetten"
                    + (f", {bound} zoals eerder." if bound else "."),
                )
                meetings = tuple(item.meeting.meeting for item in held)
                yield Finding(self.id, "violation", words, people, meetings, name)
