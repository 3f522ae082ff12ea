"""Rule `same-team`: one person in all sessions of a series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.assignments import Assignment
from poolmatch.domain.meetings import Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.edits import ContinuityLoosened
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words
from poolmatch.teams import held_by


@kept
def bound_to(problem: Problem, series: str, seat: str) -> str | None:
    """Return the latest holder of a seat of a series who is still in the pool: of the past, before that of history.

    Still in the pool is also who leaves in the course of the period.
    """

    def stays(name: str | None) -> bool:
        if name is None or name not in problem.facilitator_ids:
            return False
        left = problem.facilitator(name).left
        return left is None or left >= problem.period.start

    held = [
        (was.start, row.meeting, was.holders[seat])
        for row in problem.holding(series, seat)
        if (was := problem.frozen.get(row.meeting))
    ]
    done = [holder for *_, holder in sorted(held, key=lambda item: item[:2], reverse=True)]
    before = (row.facilitator for row in problem.past_sessions(series, seat))
    return next((name for name in (*done, *before) if stays(name)), None)


class Same(NamedTuple):
    """Seats that one person must hold throughout a series."""

    series: str
    name: str
    seats: tuple[Seat, ...]
    """In the order of the sessions."""
    bound: str | None
    """Who that must be, if the past or the history says."""


@kept
def _same(problem: Problem) -> tuple[Same, ...]:
    """Return what asks for one person, by series and name."""
    asked = ((key, seats) for key, seats in problem.continued.items() if seats[0].continuity == "same")
    return tuple(Same(*key, seats, bound_to(problem, *key)) for key, seats in asked)


@kept
def _numbers(problem: Problem) -> Mapping[str | None, tuple[int, ...]]:
    """Return by series which of `_same` belong to it; under None those for somebody who leaves, whoever sits there."""
    found: defaultdict[str | None, tuple[int, ...]] = defaultdict(tuple)
    for number, item in enumerate(_same(problem)):
        found[item.series] += (number,)
        if item.bound is not None and problem.facilitator(item.bound).left is not None:
            found[None] += (number,)
    return dict(found)


CHANGED = Words(
    "seat {seat} of series {series} is held by {names}; one person must hold it throughout.",
    "plaats {seat} van reeks {series} is bezet door {names}; één persoon moet haar steeds bezetten.",
)
CHANGED_BOUND = Words(
    "seat {seat} of series {series} is held by {names}; one person must hold it throughout, {bound} as before.",
    "plaats {seat} van reeks {series} is bezet door {names}; één persoon moet haar steeds bezetten, {bound} zoals "
    "eerder.",
)


class SameTeamRule(ConstraintRule):
    """Seats of one name with continuity `same` are held by one person throughout a series.

    If the past or the history names who held the seat, that is who it must be; of several the latest who is still in
    the pool. Where they have left before a meeting, its seat stays empty.

    Example: the mentor of a team leads day one, and someone else day two.
    """

    id: ClassVar[str] = "same-team"
    sentence: ClassVar[Words] = Words(
        "A seat that asks for it is held by the same person throughout a series.",
        "Een plaats die daarom vraagt, houdt een hele reeks dezelfde persoon.",
    )
    looks_wide: ClassVar[bool] = False

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one person holds any of the seats; nobody else where the past or history names one."""
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
        """Yield each seat that changes hands within a series, and each that waits for someone who has left."""
        problem = plan.problem
        same, numbers = _same(problem), _numbers(problem)
        here = {None, *(item.meeting.series for item in plan.placements)}
        for number in sorted({number for series in here for number in numbers.get(series, ())}):
            series, name, seats, bound = same[number]
            held = [item for seat in seats for item in plan.of_seat.get((seat.meeting, seat.seat), ())]
            past, ahead = (
                [item for item in held if (item.meeting.meeting in problem.frozen) == done] for done in (True, False)
            )
            items = held if broken(ahead, bound) else past
            if broken(items, bound):
                yield self._changed(series, name, items, bound)
            if bound is not None:
                yield from self._waiting(plan, series, name, seats, problem.facilitator(bound))

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield that one person is no longer asked for, but preferred."""
        series = plan.problem.meeting(finding.meetings[0]).series
        if series is not None and finding.seat is not None:
            yield (ContinuityLoosened(series, finding.seat),)

    def _changed(self, series: str, name: str, held: Sequence[Assignment], bound: str | None) -> Finding:
        people = tuple(dict.fromkeys(item.facilitator.facilitator for item in held))
        words = (CHANGED if bound is None else CHANGED_BOUND).fill(
            seat=name, series=series, names=", ".join(people), bound=bound
        )
        return Finding(self.id, "violation", words, people, tuple(item.meeting.meeting for item in held), name)

    def _waiting(
        self, plan: Plan, series: str, name: str, seats: Sequence[Seat], person: Facilitator
    ) -> Iterator[Finding]:
        """Yield a note for each seat that stays empty because who is bound to it has left by then."""
        for seat in seats:
            day = plan.problem.day(seat.meeting)
            empty = seat.meeting not in plan.problem.frozen and (seat.meeting, seat.seat) not in plan.filled
            if empty and person.left is not None and person.left < day:
                who = person.facilitator
                words = Words(
                    "seat {seat} of series {series} stays empty in {meeting}: it is for {who}, who has left.",
                    "plaats {seat} van reeks {series} blijft leeg in {meeting}: zij is voor {who}, die weg is.",
                    seat=name,
                    series=series,
                    meeting=seat.meeting,
                    who=who,
                )
                yield Finding(self.id, "note", words, (who,), (seat.meeting,), name, day)


def broken(held: Sequence[Assignment], bound: str | None) -> bool:
    """Tell whether several people hold seats that one person should, or another than who is bound to them."""
    people = {item.facilitator.facilitator for item in held}
    return len(people) > 1 or (bound is not None and not people <= {bound})
