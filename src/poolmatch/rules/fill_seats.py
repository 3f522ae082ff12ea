"""Rule `fill-seats`: required seats are filled, the important ones first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, bools
from poolmatch.domain.plan import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words

EMPTY = Words("{meeting}, seat {seat} is empty.", "{meeting}, plaats {seat} is leeg.")
NOBODY_LEADS = Words(
    "{meeting}, seat {seat} counts as empty: nobody leads.",
    "{meeting}, plaats {seat} telt als leeg: niemand leidt.",
)


class FillSeatsRule(PreferenceRule):
    """An empty required seat costs 1, 2, 4, 8 or 16 points by priority 1 to 5 of its meeting.

    If a meeting has lead seats and none of them is filled, all its required seats count as empty.

    Example: an empty seat of a meeting with priority 5 costs 16 points.
    """

    id: ClassVar[str] = "fill-seats"
    sentence: ClassVar[Words] = Words("Required seats are filled.", "Verplichte plaatsen zijn bezet.")
    tier: ClassVar[int] = 1
    told_elsewhere: ClassVar[bool] = True

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Charge each required seat, less its candidates; beside empty lead seats a variable takes the charge over."""
        world = candidates.world
        points = np.zeros(len(world.seats), np.int64)
        for meeting, seats in zip(world.meetings, world.seats_at, strict=True):
            lead_seats = [place for place in seats if world.seats[place].role == "lead"]
            if world.left_behind[lead_seats].any():  # somebody led, who has left the pool since
                lead_seats = []
            for place in seats:
                if not world.seats[place].required:
                    continue
                if lead_seats and place not in lead_seats:
                    self._charge(candidates, model, meeting.weight, place, lead_seats)
                elif not world.left_behind[place]:  # who takes a lead seat leads
                    points[place] = meeting.weight
        gain = points[candidates.seat]
        used = np.flatnonzero(gain)
        model.cost(used, -gain[used], constant=int(points.sum()))

    def _charge(self, candidates: Candidates, model: Model, points: int, seat: int, lead_seats: list[int]) -> None:
        """Charge a seat that is not empty only when it is filled itself and somebody leads."""
        needed = [candidates.of_seats(lead_seats)]
        if not candidates.world.left_behind[seat]:
            needed.append(candidates.of_seat(seat))
        empty = model.columns([0 if all(map(len, needed)) else 1], [1])
        for filled in needed:
            column = np.append(filled, empty)
            model.rows(np.zeros(len(column), np.int64), column, 1, lower=[1])
        model.cost(empty, [points])

    def least_work(self, candidates: Candidates, value: int) -> int:
        """Return what the seats take that must be filled, as far as only the pool can fill them.

        What may stay empty is chosen as if parts of seats could: those that take most for what they cost.
        """
        world = candidates.world
        outside = bools(row.external for row in world.people)[candidates.person]
        ticks = np.where(outside, 0, candidates.column("ticks"))
        taken = np.full(len(world.seats), np.iinfo(np.int64).max)
        np.minimum.at(taken, candidates.seat, ticks)
        possible = np.bincount(candidates.seat, minlength=len(world.seats)) > 0
        spare, seats = value, list[tuple[int, int]]()
        for meeting, places in zip(world.meetings, world.seats_at, strict=True):
            if meeting.meeting in world.problem.frozen:
                continue  # it is as it was: nothing is chosen there
            leads = [place for place in places if world.seats[place].role == "lead"]
            led = not leads or possible[leads].any()
            for place in places:
                if world.seats[place].required and led and possible[place]:
                    seats.append((int(taken[place]), meeting.weight))
                elif world.seats[place].required:
                    spare -= meeting.weight
        work = sum(each for each, _ in seats)
        for each, weight in sorted(seats, key=lambda item: item[0] / item[1], reverse=True):
            part = min(weight, max(0, spare))
            work -= -(-each * part // weight)
            spare -= part
        return work

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each required seat that is empty, or counts as empty because nobody leads."""
        problem = plan.problem
        for meeting in problem.all_meetings:
            seats = problem.seats_of(meeting.meeting)
            filled = {seat.seat for seat in seats if (meeting.meeting, seat.seat) in plan.filled}
            lead_seats = {seat.seat for seat in seats if seat.role == "lead"}
            nobody_leads = bool(lead_seats) and not lead_seats & filled
            for seat in seats:
                if not seat.required or (seat.seat in filled and not nobody_leads):
                    continue
                words = (NOBODY_LEADS if seat.seat in filled else EMPTY).fill(meeting=meeting.meeting, seat=seat.seat)
                yield self.found(meeting.weight, words, meetings=(meeting.meeting,), seat=seat.seat)
