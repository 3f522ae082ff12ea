"""Putting people into seats of a roster, and asking the constraints about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from poolmatch.domain.meetings import Seat
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.rule import ConstraintRule, Finding


class Trials:
    """Puts people into seats of a roster and asks the constraints about it.

    Only what can matter is laid out: the meetings the person sits in, and the series of the seat.

    Parameters
    ----------
    plan
        The roster on its problem.
    constraints
        What is asked, in this order.
    """

    def __init__(self, plan: Plan, constraints: Sequence[ConstraintRule]) -> None:
        self._plan = plan
        self._constraints = constraints

    def first_broken(self, name: str, seat: Seat) -> str | None:
        """Return the first constraint that someone would break in the seat, None when there is a slot without any."""
        first: str | None = None
        for start in self.starts(seat.meeting):
            broken = next(self.broken(name, seat, start), None)
            if broken is None:
                return None
            first = first or broken.rule
        return first

    def starts(self, meeting: str) -> Sequence[datetime | None]:
        """Return the slot that is chosen for a meeting, else every slot."""
        held = self._plan.of_meeting.get(meeting)
        if held:
            return [held[0].start]
        return [start for start, _ in self._plan.problem.times(self._plan.problem.meeting(meeting))] or [None]

    def broken(self, name: str, seat: Seat, start: datetime | None, *, in_place: bool = False) -> Iterator[Finding]:
        """Yield what the constraints have to say more once somebody sits in a seat.

        Parameters
        ----------
        name, seat
            Who, and where.
        start
            Start of the slot.
        in_place
            Whether who holds the seat leaves it.
        """
        after = self.after(name, seat, start, in_place=in_place)
        before = self._plan.part(self.near(name, seat))
        for rule in self._constraints:
            found = list(rule.judge(after))
            if found and found != (known := list(rule.judge(before))):
                yield from (item for item in found if item not in known)

    def after(self, name: str, seat: Seat, start: datetime | None, *, in_place: bool = False) -> Plan:
        """Return the part of the roster that is laid out, once somebody sits in a seat; parameters as of `broken`."""
        plan, nearby = self._plan, self.near(name, seat)
        row = RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=name, start=start)
        if not in_place:
            return plan.part(nearby, row)
        people = plan.problem.facilitator_ids  # of the past, those who have left are not laid out
        held = [item for item in plan.part(nearby).roster.rows if item.facilitator in people]
        return plan.part((), *(item for item in held if (item.meeting, item.seat) != (seat.meeting, seat.seat)), row)

    def near(self, name: str, seat: Seat) -> list[str]:
        """Return the meetings that are laid out: those in which somebody sits, and those of the series of a seat."""
        problem = self._plan.problem
        series = problem.series.get(problem.meeting(seat.meeting).series or "", ())
        work = (item.meeting.meeting for item in self._plan.work_of.get(name, ()))
        return sorted({seat.meeting, *(row.meeting for row in series), *work})
