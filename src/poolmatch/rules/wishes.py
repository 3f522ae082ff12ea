"""Rule `wishes`: what people like and would rather not, and skills that would be welcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates
from poolmatch.domain.calendar import Span
from poolmatch.domain.hours import exact
from poolmatch.domain.people import Preference
from poolmatch.domain.roster import Placement, Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words


class WishesRule(PreferenceRule):
    """Minus the preference scores that match an assignment; times to avoid or preferred; preferred skills missing.

    An organisation preference holds for any party of the meeting. `avoid` counts when any part of the occupied span
    lies in it, `prefer` when the whole span does, each once per assignment. A preferred skill counts only where
    someone sits.

    Example: a score of 2.5 for the region and a meeting in an hour to avoid cost 5 − 2.5 = 2.5 points.
    """

    id: ClassVar[str] = "wishes"
    sentence: ClassVar[Words] = Words("Wishes are met.", "Aan wensen is voldaan.")
    tier: ClassVar[int] = 6
    scale: ClassVar[int] = 10_000

    avoid: Annotated[int, Field(ge=0, le=100, description="Points for an assignment in a time to avoid.")] = 5
    prefer: Annotated[
        int, Field(ge=0, le=100, description="Points taken off for an assignment in a preferred time.")
    ] = 5
    missing_skill: Annotated[
        int, Field(ge=0, le=100, description="Points for each preferred skill that is missing.")
    ] = 2

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Give each candidate the sum of its wishes as weight."""
        world = candidates.world
        weight = np.zeros(len(candidates), np.int64)
        for position in range(len(world.people)):
            mine = candidates.of_person(position)
            if mine.start == mine.stop:
                continue
            person = world.person(position)
            there = world.occasions.take(candidates.occasion[mine])
            wish = np.zeros(len(there), np.int64)
            for row in world.problem.about(person.row.facilitator, "preferences"):
                matches = (
                    there.meeting == world.meeting_positions.get(row.meeting, -2)
                    if row.meeting is not None
                    else there.theme == world.themes.get(row.theme)
                    if row.theme is not None
                    else there.region == world.regions.get(row.region)
                    if row.region is not None
                    else there.stakes.any(there.stakes.organisation == world.organisations.get(row.organisation))
                )
                wish -= self._units(row) * matches
            wish += self.scale * self.avoid * person.dislikes.touch(there.opens, there.closes)
            wish -= self.scale * self.prefer * person.likes.cover(there.opens, there.closes)
            missing = (there.demands.required == 0) & ~person.skills.meet(there.demands, there.day)
            wish += self.scale * self.missing_skill * there.demands.sum(missing.astype(np.int64))
            weight[mine] = wish
        used = np.flatnonzero(weight)
        model.cost(used, weight[used])

    def _units(self, row: Preference) -> int:
        return int(exact(row.score) * self.scale)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each assignment whose wishes do not cancel out."""
        for item in plan.placements:
            parts = list(self._parts(plan, item))
            total = sum(units for units, _, _ in parts)
            if total:
                name, meeting = item.facilitator.facilitator, item.meeting.meeting
                words = Words(
                    f"{name} at {meeting}: {', '.join(en for _, en, _ in parts)}.",
                    f"{name} bij {meeting}: {', '.join(nl for _, _, nl in parts)}.",
                )
                yield self.found(total, words, facilitators=(name,), meetings=(meeting,), seat=item.seat.seat)

    def _parts(self, plan: Plan, item: Placement) -> Iterator[tuple[int, str, str]]:
        """Yield each wish that bears on a placement: its units, and words for it."""
        problem, meeting, name = plan.problem, item.meeting, item.facilitator.facilitator
        parties = {stake.organisation for stake in problem.stakes_of(meeting.meeting)}
        for row in problem.about(name, "preferences"):
            about = {"meeting": meeting.meeting, "theme": meeting.theme, "region": meeting.region}
            column = next(column for column in (*about, "organisation") if getattr(row, column) is not None)
            value = getattr(row, column)
            if value in parties if column == "organisation" else value == about[column]:
                yield -self._units(row), f"score {row.score:g} for {value}", f"score {row.score:g} voor {value}"
        opens, closes = item.occupied
        rows = problem.about(name, "availability")
        times = {
            kind: [span for row in rows if row.kind == kind for span in row.spans(problem.period)]
            for kind in ("avoid", "prefer")
        }
        if any(start < closes and end > opens for start, end in times["avoid"]):
            yield self.avoid * self.scale, "at a time to avoid", "op een tijd om te mijden"
        if _covered(opens, closes, times["prefer"]):
            yield -self.prefer * self.scale, "at a preferred time", "op een voorkeurstijd"
        for need in problem.requirements_of(meeting.meeting, item.seat.seat):
            if need.kind == "preferred" and not problem.masters(name, need.skill, need.level, item.day):
                units = self.missing_skill * self.scale
                yield units, f"{need.skill} {need.level} is missing", f"{need.skill} {need.level} ontbreekt"


def _covered(start: datetime, end: datetime, spans: list[Span]) -> bool:
    """Tell whether spans that may overlap or touch cover a span wholly."""
    for opens, closes in sorted(spans):
        if opens <= start < closes:
            start = closes
    return start >= end
