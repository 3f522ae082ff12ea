"""Rule `keep-published`: what people were told stays as it is, above all what is near."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, ClassVar, NamedTuple

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, second
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import at_most_sum

STEPS: tuple[tuple[int, int], ...] = ((7, 4), (28, 2))
"""Within so many days after today a change costs this many points."""
BEYOND = 1
"""Points of a change that is farther away, lies before today, or has no date."""


class Told(NamedTuple):
    """What one person was told of one meeting."""

    meeting: str
    facilitator: str
    start: datetime | None
    """When it would be; None when it was not told, or for a duty."""


def told(problem: Problem) -> tuple[Told, ...]:
    """Return what the published roster told those who are still in the pool, of meetings that are still planned."""
    people = {row.facilitator for row in problem.facilitators}
    found: dict[tuple[str, str], Told] = {}
    for row in problem.published:
        name = row.facilitator
        if name in people and row.meeting in problem.occasion_ids:
            other = found.get((row.meeting, name))
            starts = [item for item in (row.slot_start, other.start if other else None) if item is not None]
            found[row.meeting, name] = Told(row.meeting, name, min(starts, default=None))
    return tuple(found.values())


class KeepPublishedRule(PreferenceRule):
    """Each (meeting, facilitator) of the published roster that is dropped or moved in time costs points.

    4 if the meeting is within 7 days after ``today``, 2 within 28 days, else 1. The meeting's date is the one people
    were told, else its first possible one. Another seat of the same meeting, and filling a seat that was empty, are no
    changes. People who left and meetings that vanished cost nothing.

    Example: today is 1 March, someone was told of a meeting on 5 March and is no longer in it: 4 points.
    """

    id: ClassVar[str] = "keep-published"
    sentence: ClassVar[Words] = Words("What people were told stays.", "Wat mensen is verteld, blijft.")
    tier: ClassVar[int] = 3

    today: Annotated[date | None, Field(description="Today; none = the first day of the period.", strict=False)] = None

    def _points(self, problem: Problem, item: Told) -> int:
        if problem.is_duty(item.meeting):
            return BEYOND
        days = (problem.day(item.meeting, item.start) - (self.today or problem.period.start)).days
        return next((points for most, points in STEPS if 0 <= days <= most), BEYOND)

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each promise, less the candidates that keep it."""
        world = candidates.world
        for item in told(world.problem):
            mine = candidates.of_person(world.positions[item.facilitator])
            keeps = candidates.meeting[mine] == world.meeting_positions[item.meeting]
            if item.start is not None and not world.problem.is_duty(item.meeting):
                keeps &= candidates.column("start")[mine] == second(item.start)
            column = np.flatnonzero(keeps) + mine.start
            points = self._points(world.problem, item)
            if len(np.unique(candidates.seat[column])) > 1:  # in whatever seat, they keep it once
                kept = model.columns([0], [1])
                at_most_sum(model, kept, column)
                column = kept
            model.cost(column, np.full(len(column), -points), constant=points)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each promise that is broken."""
        for item in told(plan.problem):
            mine = [row for row in plan.work_of.get(item.facilitator, ()) if row.meeting.meeting == item.meeting]
            name, meeting = item.facilitator, item.meeting
            if not mine:
                words = Words(
                    f"{name} was told to be at {meeting} and no longer is.",
                    f"{name} was verteld naar {meeting} te gaan, en gaat niet meer.",
                )
            elif item.start is not None and mine[0].start not in (None, item.start):
                words = Words(
                    f"{name} was told another time for {meeting}.",
                    f"{name} was een andere tijd verteld voor {meeting}.",
                )
            else:
                continue
            yield self.found(self._points(plan.problem, item), words, facilitators=(name,), meetings=(meeting,))
