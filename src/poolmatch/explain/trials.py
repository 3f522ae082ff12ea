"""Putting people into seats of a roster, and asking the rules that limit about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from poolmatch.domain.meetings import Seat
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.rule import Finding, Limit


class Trials:
    """Puts people into seats of a roster and asks the rules that limit about it.

    Only what can matter is laid out: the meetings the person sits in, and the series of the seat. A rule that looks
    wide (`Rule.looks_wide`) is asked about the whole roster.

    Parameters
    ----------
    plan
        The roster on its problem.
    limits
        What is asked, in this order.
    """

    def __init__(self, plan: Plan, limits: Sequence[Limit]) -> None:
        self._plan = plan
        self._limits = limits

    def first_broken(self, name: str, seat: Seat) -> str | None:
        """Return the first limit that someone would break in the seat, None when there is a slot without any."""
        first: str | None = None
        for start in self.starts(seat.meeting):
            broken = next(self.broken(name, seat, start), None)
            if broken is None:
                return None
            first = first or broken.rule
        return first

    def starts(self, meeting: str) -> Sequence[datetime | None]:
        """Return the slot that is chosen for a meeting, else every slot that can be."""
        held, problem = self._plan.of_meeting.get(meeting), self._plan.problem
        if held:
            return [held[0].start]
        return [start for start, _ in problem.open_times(problem.meeting(meeting))] or [None]

    def broken(self, name: str, seat: Seat, start: datetime | None, *, in_place: bool = False) -> Iterator[Finding]:
        """Yield what the limits have to say more once somebody sits in a seat.

        Parameters
        ----------
        name, seat
            Who, and where.
        start
            Start of the slot.
        in_place
            Whether who holds the seat leaves it.
        """
        known: dict[bool, tuple[Plan, Plan]] = {}
        for rule in self._limits:
            wide = rule.looks_wide
            if wide not in known:
                before = self._plan if wide else self._plan.part(self.near(name, seat))
                known[wide] = before, self.after(name, seat, start, in_place=in_place, wide=wide)
            before, after = known[wide]
            found = list(rule.judge(after))
            if found and found != (already := list(rule.judge(before))):
                yield from (item for item in found if item not in already)

    def after(
        self, name: str, seat: Seat, start: datetime | None, *, in_place: bool = False, wide: bool = False
    ) -> Plan:
        """Return the part of the roster that is laid out, once somebody sits in a seat; parameters as of `broken`."""
        plan = self._plan
        nearby = sorted({row.meeting for row in plan.roster.rows}) if wide else self.near(name, seat)
        row = RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=name, start=start)
        if not in_place:
            return plan.part(nearby, row)
        people = plan.problem.facilitator_ids  # of the past, those who have left are not laid out
        before = plan.part(nearby)
        held = [item for item in before.roster.rows if item.facilitator in people]
        kept = (item for item in held if (item.meeting, item.seat) != (seat.meeting, seat.seat))
        after = plan.part((), *kept, row)
        after.pins = before.pins
        return after

    def near(self, name: str, seat: Seat) -> list[str]:
        """Return the meetings that are laid out: those in which somebody sits, and those of the series of a seat."""
        problem = self._plan.problem
        series = problem.series.get(problem.meeting(seat.meeting).series or "", ())
        work = (item.meeting.meeting for item in self._plan.work_of.get(name, ()))
        return sorted({seat.meeting, *(row.meeting for row in series), *work})
