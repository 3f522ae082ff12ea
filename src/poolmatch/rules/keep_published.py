"""Rule `keep-published`: what people were told stays as it is, above all what is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, Ints, bools, ints, second
from poolmatch.domain.assignments import Assignment
from poolmatch.domain.past import Published
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import at_most_sum

STEPS: tuple[tuple[int, int], ...] = ((7, 8), (28, 4))
"""Within so many days after today it costs this many points to drop someone."""
BEYOND = 2
"""Points of what is farther away, was to be before the period began, or has no date."""


@dataclass(frozen=True)
class Told:
    """What one person was told of one meeting that is still to come, or of a duty.

    Attributes
    ----------
    meeting, facilitator
        Ids.
    starts
        When it would be; none when that was not told, or for a duty. Several only after a roster that broke the rules.
    roles
        In which roles; none where the seats are gone.
    points
        What it costs when they are dropped: an even number.
    """

    meeting: str
    facilitator: str
    starts: tuple[datetime, ...]
    roles: tuple[str, ...]
    points: int


def told(problem: Problem) -> Iterator[Told]:
    """Yield what the published roster told those who are in the pool, of what is planned and not past."""
    rows: defaultdict[tuple[str, str], list[Published]] = defaultdict(list)
    for row in problem.published:
        ahead = row.meeting in problem.occasion_ids and row.meeting not in problem.frozen
        if row.facilitator in problem.facilitator_ids and row.facilitator is not None and ahead:
            rows[row.meeting, row.facilitator].append(row)
    for (meeting, name), mine in rows.items():
        duty, period = problem.is_duty(meeting), problem.period
        starts = () if duty else tuple(sorted({row.slot_start for row in mine if row.slot_start is not None}))
        seats = [problem.seat(meeting, row.seat) for row in mine if (meeting, row.seat) in problem.seat_keys]
        day = problem.day(meeting, starts[0] if starts and not period.is_past(starts[0]) else None)
        left, points = problem.facilitator(name).left, BEYOND
        if not duty:
            ahead_by = (day - (period.today or period.start)).days
            points = next((points for most, points in STEPS if 0 <= ahead_by <= most), BEYOND)
        if left is None or left >= day:
            yield Told(meeting, name, starts, tuple(seat.role for seat in seats), points)


class KeepPublishedRule(PreferenceRule):
    """Each (meeting, facilitator) of the published roster that is dropped, moved or given another role costs points.

    To drop someone costs 8 if the meeting is within 7 days after today, 4 within 28 days, else 2. Another time than
    people were told costs half of that, and so does another role than that of the seat they were told. Today is that of
    the period, by default its first day. The day that weighs is the one people were told; where that is past, or was
    not told, the first on which the meeting can be held. Filling an empty seat is no change, nor is anything in the
    past. People who have left by that day, and meetings that vanished, cost nothing.

    Example: today is 1 March, someone was told to lead a meeting on 5 March, and is now co in it: 4 points.
    """

    id: ClassVar[str] = "keep-published"
    sentence: ClassVar[Words] = Words("What people were told stays.", "Wat mensen is verteld, blijft.")
    tier: ClassVar[int] = 3

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each promise in two halves, for time and for role, less the candidates that keep each."""
        world = candidates.world
        roles = [seat.role for seat in world.seats]
        for item in told(world.problem):
            mine = candidates.of_person(world.positions[item.facilitator])
            there = np.arange(mine.start, mine.stop)
            there = there[candidates.meeting[there] == world.meeting_positions[item.meeting]]
            in_time = np.isin(candidates.column("start")[there], ints(map(second, item.starts)))
            in_role = bools(roles[seat] in item.roles for seat in candidates.seat[there].tolist())
            self._charge(candidates, model, there[in_time | (not item.starts)], item.points // 2)
            self._charge(candidates, model, there[in_role | (not item.roles)], item.points // 2)

    def _charge(self, candidates: Candidates, model: Model, keeping: Ints, points: int) -> None:
        """Charge points unless one of the candidates is taken: in whatever seat, it counts once."""
        if len(np.unique(candidates.seat[keeping])) > 1:
            kept = model.columns([0], [1])
            at_most_sum(model, kept, keeping)
            keeping = kept
        model.cost(keeping, np.full(len(keeping), -points), constant=points)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each promise that is broken, wholly or in part."""
        for item in told(plan.problem):
            mine = [row for row in plan.work_of.get(item.facilitator, ()) if row.meeting.meeting == item.meeting]
            broken = _broken(item, mine)
            if broken is not None:
                points, words = broken
                about = {"facilitators": (item.facilitator,), "meetings": (item.meeting,)}
                yield self.found(points, words, **about)


BROKEN = {
    (True, False): Words(
        "{who} was told another time for {meeting}.", "{who} was een andere tijd verteld voor {meeting}."
    ),
    (False, True): Words(
        "{who} was told another role for {meeting}.", "{who} was een andere rol verteld voor {meeting}."
    ),
    (True, True): Words(
        "{who} was told another time and another role for {meeting}.",
        "{who} was een andere tijd en een andere rol verteld voor {meeting}.",
    ),
}
"""What is broken of a promise, by whether the time and the role are others."""


def _broken(item: Told, held: list[Assignment]) -> tuple[int, Words] | None:
    """Return what is broken of a promise: points, and words for it."""
    name, meeting = item.facilitator, item.meeting
    if not held:
        words = Words(
            "{who} was told to be at {meeting} and no longer is.",
            "{who} was verteld naar {meeting} te gaan, en gaat niet meer.",
            who=name,
            meeting=meeting,
        )
        return item.points, words
    moved = bool(item.starts) and all(row.start not in item.starts for row in held)
    recast = bool(item.roles) and all(row.seat.role not in item.roles for row in held)
    if not moved and not recast:
        return None
    words = BROKEN[moved, recast].fill(who=name, meeting=meeting)
    return item.points // 2 * (moved + recast), words
