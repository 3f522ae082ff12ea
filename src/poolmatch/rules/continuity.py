"""Rule `continuity`: few faces in a series that asks for one, and new faces where it asks for change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, Ints
from poolmatch.domain.frozen import Departed
from poolmatch.domain.meetings import Seat
from poolmatch.domain.past import Past
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import held_by


@kept
def last_before(problem: Problem, series: str, seat: str) -> Past | None:
    """Return the last past session of a series in which someone held a seat, if they are still in the pool."""
    latest = next(iter(problem.past_sessions(series, seat)), None)
    return latest if latest is not None and latest.facilitator in problem.facilitator_ids else None


def _gone(seats: Iterable[Seat], departed: Iterable[Departed]) -> dict[str, str]:
    """Return who held some seats of one name in the past and has left since, by meeting."""
    places = {(seat.meeting, seat.seat) for seat in seats}
    return {
        item.meeting.meeting: item.facilitator for item in departed if (item.meeting.meeting, item.seat.seat) in places
    }


class ContinuityRule(PreferenceRule):
    """Each person beyond the first in the `prefer` seats of a series costs 1 point.

    So does one person in two consecutive sessions of a `rotate` seat: neighbouring meetings that have the seat, the
    last one in history included. Who held a seat in the past is one of the people, also when they have left since.

    Example: three people in the co seat of a series that prefers one: 2 points.
    """

    id: ClassVar[str] = "continuity"
    sentence: ClassVar[Words] = Words(
        "A series has few faces where it prefers that, and other faces where it rotates.",
        "Een reeks heeft weinig gezichten waar dat de voorkeur heeft, en andere gezichten waar zij rouleert.",
    )
    tier: ClassVar[int] = 4

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Count the people of each preferring seat, and let a column per two sessions say that one person has both."""
        world = candidates.world
        for (series, name), seats in world.problem.continued.items():
            places = [world.seat_positions[seat.meeting, seat.seat] for seat in seats]
            if seats[0].continuity == "prefer":
                gone = set(_gone(seats, world.problem.departed).values())
                self._few(candidates, model, candidates.of_seats(places), len(gone))
            elif seats[0].continuity == "rotate":
                before = last_before(world.problem, series, name)
                if before is not None:
                    first = candidates.of_seat(places[0])
                    again = first[candidates.person[first] == world.positions[before.facilitator]]
                    model.cost(again, np.ones(len(again), np.int64))
                for one, other in pairwise(places):
                    self._change(candidates, model, candidates.of_seat(one), candidates.of_seat(other))

    def _few(self, candidates: Candidates, model: Model, column: Ints, gone: int) -> None:
        """Charge the people beyond the first; so many have left since, and are there in any case."""
        _, held = held_by(candidates, model, column)
        if gone:
            model.cost(held, np.ones(len(held), np.int64), constant=gone - 1)
        elif len(held) > 1:
            beyond = model.columns([0], [len(held) - 1])
            entries, signs = np.append(held, beyond), np.append(np.ones(len(held), np.int64), -1)
            model.rows(np.zeros(len(entries), np.int64), entries, signs, upper=[1])
            model.cost(beyond, [1])

    def _change(self, candidates: Candidates, model: Model, one: Ints, other: Ints) -> None:
        person = candidates.person
        both = np.intersect1d(person[one], person[other])
        if not len(both):
            return
        column = np.concatenate([one, other])
        column = column[np.isin(person[column], both)]
        again = model.columns([0], [1])
        entries = np.concatenate([column, np.full(len(both), again[0])])
        row = np.concatenate([np.searchsorted(both, person[column]), np.arange(len(both))])
        signs = np.concatenate([np.ones(len(column), np.int64), np.full(len(both), -1)])
        model.rows(row, entries, signs, upper=np.ones(len(both), np.int64))
        model.cost(again, [1])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each preferring seat with several people, and each two sessions that should have different ones."""
        for (series, name), seats in plan.problem.continued.items():
            if seats[0].continuity == "prefer":
                yield from self._several(plan, series, name, seats)
            elif seats[0].continuity == "rotate":
                yield from self._repeated(plan, series, name, seats)

    def _several(self, plan: Plan, series: str, name: str, seats: tuple[Seat, ...]) -> Iterator[Finding]:
        gone = _gone(seats, plan.departed)
        held = [
            (who, seat.meeting)
            for seat in seats
            for who in (
                *(item.facilitator.facilitator for item in plan.of_seat.get((seat.meeting, seat.seat), ())),
                *((gone[seat.meeting],) if seat.meeting in gone else ()),
            )
        ]
        people = tuple(dict.fromkeys(who for who, _ in held))
        if len(people) > 1:
            words = Words(
                "Series {series} has {count} people in seat {seat}, one is preferred: {names}.",
                "Reeks {series} heeft {count} mensen op plaats {seat}, liefst één: {names}.",
                series=series,
                count=len(people),
                seat=name,
                names=", ".join(people),
            )
            meetings = tuple(meeting for _, meeting in held)
            yield self.found(len(people) - 1, words, facilitators=people, meetings=meetings, seat=name)

    def _repeated(self, plan: Plan, series: str, name: str, seats: tuple[Seat, ...]) -> Iterator[Finding]:
        past = last_before(plan.problem, series, name)
        before, last = (None, "") if past is None else (past.facilitator, past.meeting)
        for seat in seats:
            held = plan.of_seat.get((seat.meeting, seat.seat), ())
            here = held[0].facilitator.facilitator if held else None
            if here is not None and here == before:
                words = Words(
                    "{who} holds seat {seat} of series {series} in {last} and {meeting}, one after the other.",
                    "{who} bezet plaats {seat} van reeks {series} in {last} en {meeting}, direct na elkaar.",
                    who=here,
                    seat=name,
                    series=series,
                    last=last,
                    meeting=seat.meeting,
                )
                yield self.found(1, words, facilitators=(here,), meetings=(seat.meeting,), seat=name)
            before, last = here, seat.meeting
