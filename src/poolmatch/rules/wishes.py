"""Rule `wishes`: what people like and would rather not, skills that would be welcome, and dearer slots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, Ints, second
from poolmatch.domain.assignments import Assignment, Placement
from poolmatch.domain.calendar import Span
from poolmatch.domain.hours import exact, half_up
from poolmatch.domain.meetings import Slot
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.scores import SCORE_UNITS, matching, units_of
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import BRINGING, asked_of_teams, at_most_sum, let_follow, shared_meetings
from poolmatch.words import joined

APART = Words(
    "{first} and {second} would rather not be together in {meeting}.",
    "{first} en {second} zitten liever niet samen in {meeting}.",
)
TOGETHER = Words(
    "{first} and {second} like to be together in {meeting}.",
    "{first} en {second} zitten graag samen in {meeting}.",
)


class WishesRule(PreferenceRule):
    """Minus the preference scores that match an assignment; times to avoid or preferred; preferred skills missing.

    And per meeting: a pair that would rather not be together, minus one that likes to; the cost of the chosen slot.
    An organisation preference holds for any party of the meeting. `avoid` counts when any part of the occupied span
    lies in it, `prefer` when the whole span does, each once per assignment. A preferred skill counts only where
    someone sits.

    Example: a score of 2.5 for the region and a meeting in an hour to avoid cost 5 − 2.5 = 2.5 points.
    """

    id: ClassVar[str] = "wishes"
    sentence: ClassVar[Words] = Words("Wishes are met.", "Aan wensen is voldaan.")
    tier: ClassVar[int] = 6
    scale: ClassVar[int] = SCORE_UNITS

    avoid: Annotated[int, Field(ge=0, le=100, description="Points for an assignment in a time to avoid.")] = 5
    prefer: Annotated[
        int, Field(ge=0, le=100, description="Points taken off for an assignment in a preferred time.")
    ] = 5
    missing_skill: Annotated[
        int, Field(ge=0, le=100, description="Points for each preferred skill that is missing.")
    ] = 2
    together: Annotated[
        int, Field(ge=0, le=100, description="Points per meeting for a pair that avoids, or off for one that prefers.")
    ] = 3

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Give each candidate the sum of its wishes as weight."""
        world = candidates.world
        stakes, demands, timed = world.occasions.stakes, world.occasions.demands, candidates.column("timed")
        theme, region, day, opens, closes = (
            candidates.column(name) for name in ("theme", "region", "day", "opens", "closes")
        )
        weight = np.zeros(len(candidates), np.int64)
        for position in range(len(world.people)):
            mine = candidates.of_person(position)
            if mine.start == mine.stop:
                continue
            person, where, wish = world.person(position), candidates.occasion[mine], weight[mine]
            for row in world.problem.about(person.row.facilitator, "preferences"):
                matches = (
                    candidates.meeting[mine] == world.meeting_positions.get(row.meeting, -2)
                    if row.meeting is not None
                    else theme[mine] == world.themes.get(row.theme)
                    if row.theme is not None
                    else region[mine] == world.regions.get(row.region)
                    if row.region is not None
                    else stakes.any(stakes.organisation == world.organisations.get(row.organisation))[where]
                )
                wish -= units_of(row) * matches
            wish += self.scale * self.avoid * (timed[mine] & person.dislikes.touch(opens[mine], closes[mine]))
            wish -= self.scale * self.prefer * (timed[mine] & person.likes.cover(opens[mine], closes[mine]))
            asked = demands.take(where)
            missing = (asked.required == 0) & ~person.skills.meet(asked, day[mine])
            wish += self.scale * self.missing_skill * asked.sum(missing.astype(np.int64))
        used = np.flatnonzero(weight)
        model.cost(used, weight[used])
        self._charge_teams(candidates, model)
        self._charge_pairs(candidates, model)
        self._charge_slots(candidates, model)

    def _charge_teams(self, candidates: Candidates, model: Model) -> None:
        """Let a column say that a team lacks a preferred skill."""
        world = candidates.world
        for meeting, row in asked_of_teams(world.problem, "preferred"):
            places = world.seats_at[world.meeting_positions[meeting]]
            bring = candidates.of_seats([place for place in places if world.seats[place].role in BRINGING])
            bring = bring[candidates.masters(bring, [(row.skill, row.level)])]
            lacking = model.columns([0], [1])
            for place in places:
                if len(candidates.of_seat(place)):
                    at_most_sum(model, candidates.of_seat(place), np.concatenate([bring, lacking]))
            model.cost(lacking, [self.missing_skill * self.scale])

    def _charge_pairs(self, candidates: Candidates, model: Model) -> None:
        """Let a column per meeting say that a pair is together."""
        for pair in candidates.world.problem.pairings:
            if pair.kind not in ("prefer", "avoid"):
                continue
            for one, other in shared_meetings(candidates, pair.first, pair.second):
                if not len(one) or not len(other):
                    continue
                both = model.columns([0], [1])
                if pair.kind == "prefer":
                    at_most_sum(model, both, one)
                    at_most_sum(model, both, other)
                    model.cost(both, [-self.together * self.scale])
                else:
                    for mine in _by_seat(candidates, one):
                        for theirs in _by_seat(candidates, other):
                            entries = np.concatenate([mine, theirs, both])
                            signs = np.append(np.ones(len(entries) - 1, np.int64), -1)
                            model.rows(np.zeros(len(entries), np.int64), entries, signs, upper=[1])
                    model.cost(both, [self.together * self.scale])

    def _charge_slots(self, candidates: Candidates, model: Model) -> None:
        """Let a column say that a slot with a cost is chosen."""
        world = candidates.world
        for meeting, places in zip(world.meetings, world.seats_at, strict=True):
            for row in world.problem.slots_of(meeting.meeting):
                column = candidates.of_seats(places) if self._slot_units(row) else np.zeros(0, np.int64)
                column = column[candidates.column("start")[column] == second(row.start)]
                if len(column):
                    chosen = model.columns([0], [1])
                    let_follow(candidates, model, column, np.repeat(chosen, len(column)))
                    model.cost(chosen, [self._slot_units(row)])

    def _slot_units(self, row: Slot) -> int:
        return half_up(exact(row.cost) * self.scale)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each assignment whose wishes do not cancel out, each pair that matters, and each slot that costs."""
        yield from self._judge_assignments(plan)
        yield from self._judge_teams(plan)
        yield from self._judge_pairs(plan)
        yield from self._judge_slots(plan)

    def _judge_teams(self, plan: Plan) -> Iterator[Finding]:
        for meeting, row in asked_of_teams(plan.problem, "preferred"):
            if meeting in plan.of_meeting and not plan.brings(meeting, row.skill, row.level, BRINGING):
                words = Words(
                    "The team of {meeting} would do better with {skill} at level {level}.",
                    "Het team van {meeting} zou gebaat zijn bij {skill} op niveau {level}.",
                    meeting=meeting,
                    skill=row.skill,
                    level=row.level,
                )
                yield self.found(self.missing_skill * self.scale, words, meetings=(meeting,))

    def _judge_pairs(self, plan: Plan) -> Iterator[Finding]:
        for pair, meeting, there in plan.pairs("prefer", "avoid"):
            if len(there) == 2:
                avoids = pair.kind == "avoid"
                who, units = (pair.first, pair.second), self.together * self.scale
                words = (APART if avoids else TOGETHER).fill(first=pair.first, second=pair.second, meeting=meeting)
                yield self.found(units if avoids else -units, words, facilitators=who, meetings=(meeting,))

    def _judge_slots(self, plan: Plan) -> Iterator[Finding]:
        for meeting, placements in plan.of_meeting.items():
            chosen = {item.start for item in placements}
            for row in plan.problem.slots_of(meeting):
                units = self._slot_units(row)
                if units and row.start in chosen:
                    day = plan.problem.period.local_day(row.start)
                    words = Words(
                        "The slot of {meeting} costs {cost:g}.",
                        "Het tijdstip van {meeting} kost {cost:g}.",
                        meeting=meeting,
                        cost=row.cost,
                    )
                    yield self.found(units, words, meetings=(meeting,), day=day)

    def _judge_assignments(self, plan: Plan) -> Iterator[Finding]:
        for item in plan.assignments:
            parts = list(self._parts(plan, item))
            total = sum(units for units, _ in parts)
            if total:
                name, meeting = item.facilitator.facilitator, item.meeting.meeting
                words = Words(
                    "{who} at {meeting}: {wishes}.",
                    "{who} bij {meeting}: {wishes}.",
                    who=name,
                    meeting=meeting,
                    wishes=joined(", ", [wish for _, wish in parts]),
                )
                yield self.found(total, words, facilitators=(name,), meetings=(meeting,), seat=item.seat.seat)

    def _parts(self, plan: Plan, item: Assignment) -> Iterator[tuple[int, Words]]:
        """Yield each wish that bears on an assignment: its units, and words for it."""
        problem, meeting, name = plan.problem, item.meeting, item.facilitator.facilitator
        for row in matching(problem, name, meeting.meeting):
            value = row.meeting or row.theme or row.region or row.organisation
            score = Words("score {score:g} for {what}", "score {score:g} voor {what}", score=row.score, what=value)
            yield -units_of(row), score
        if isinstance(item, Placement):
            yield from self._about_time(problem, item)
        for need in problem.requirements_of(meeting.meeting, item.seat.seat):
            if need.kind == "preferred" and not problem.masters(name, need.skill, need.level, item.day):
                lacks = Words(
                    "{skill} {level} is missing", "{skill} {level} ontbreekt", skill=need.skill, level=need.level
                )
                yield self.missing_skill * self.scale, lacks

    def _about_time(self, problem: Problem, item: Placement) -> Iterator[tuple[int, Words]]:
        opens, closes = item.occupied
        rows = problem.about(item.facilitator.facilitator, "availability")
        times = {
            kind: [span for row in rows if row.kind == kind for span in row.spans(problem.period)]
            for kind in ("avoid", "prefer")
        }
        if any(start < closes and end > opens for start, end in times["avoid"]):
            yield self.avoid * self.scale, Words("at a time to avoid", "op een tijd om te mijden")
        if _covered(opens, closes, times["prefer"]):
            yield -self.prefer * self.scale, Words("at a preferred time", "op een voorkeurstijd")


def _by_seat(candidates: Candidates, columns: Ints) -> list[Ints]:
    """Return the columns seat by seat."""
    return [columns[candidates.seat[columns] == seat] for seat in np.unique(candidates.seat[columns])]


def _covered(start: datetime, end: datetime, spans: list[Span]) -> bool:
    """Tell whether spans that may overlap or touch cover a span wholly."""
    for opens, closes in sorted(spans):
        if opens <= start < closes:
            start = closes
    return start >= end
