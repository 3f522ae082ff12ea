"""Exchanges that fill a seat: somebody leaves another for it, and somebody else takes that; without a solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from poolmatch.checking import Report
from poolmatch.domain.assignments import Assignment
from poolmatch.domain.meetings import Seat
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.eligibility import standings
from poolmatch.explain.trials import Trials
from poolmatch.rule import Finding
from poolmatch.solving.running.budget import Budget


class Exchanges:
    """Exchanges that fill an empty seat of a roster.

    Parameters
    ----------
    report
        What the rules say of the roster.
    seat
        The seat.
    """

    def __init__(self, report: Report, seat: Seat) -> None:
        self._report, self._seat = report, seat
        self._trials = Trials(report.plan, report.rules.limits)

    def rosters(self, budget: Budget) -> Iterator[Roster]:
        """Yield rosters in which the seat is filled and, of those asked so far, no constraint is broken anew.

        Parameters
        ----------
        budget
            How long is looked.
        """
        for start in self._trials.starts(self._seat.meeting):
            if start is not None and self._report.problem.period.is_past(start):
                continue
            for name in self._eligible(self._seat, start):
                for left in self._in_the_way(name, start):
                    for other in self._others(name, start, left):
                        if budget.over:
                            return
                        if other != name and not any(self._broken(name, start, left, other)):
                            yield Roster(rows=(*self._kept(left), *self._moved(name, start, left, other)))

    def _eligible(self, seat: Seat, start: datetime | None) -> Sequence[str]:
        """Return who is possible in a seat at a time, in drawn order."""
        key = seat.meeting, seat.seat, start
        possible = set(standings(self._report.world, self._report.rules, [key])[key].eligible)
        return [row.facilitator for row in self._report.world.people if row.facilitator in possible]

    def _in_the_way(self, name: str, start: datetime | None) -> Iterator[Assignment]:
        """Yield what somebody does that constraints name when they take the seat, the shortest first."""
        found = [item for item in self._trials.broken(name, self._seat, start) if item.severity == "violation"]
        if any(set(item.meetings) <= {self._seat.meeting} for item in found):
            return  # whatever they leave, that stays
        named = {meeting for item in found for meeting in item.meetings} - {self._seat.meeting}
        work = (item for item in self._report.plan.work_of.get(name, ()) if item.meeting.meeting in named)
        for item in sorted(work, key=lambda item: item.ticks):
            if item.meeting.meeting not in self._report.problem.frozen:
                yield item

    def _others(self, name: str, start: datetime | None, left: Assignment) -> Iterator[str | None]:
        """Yield who could take the seat that somebody leaves: nobody where it is optional, then everybody possible."""
        broken = list(self._broken(name, start, left, None))
        if not broken and not left.seat.required:
            yield None
        if all(left.meeting.meeting in item.meetings for item in broken):
            yield from self._eligible(left.seat, left.start)

    def _broken(self, name: str, start: datetime | None, left: Assignment, other: str | None) -> Iterator[Finding]:
        """Yield which constraints an exchange breaks, as far as the meetings that are laid out tell."""
        plan, problem = self._report.plan, self._report.problem
        near = set(self._trials.near(name, self._seat))
        near |= set(self._trials.near(other or name, left.seat))
        before = plan.part(sorted(near))
        held = [row for row in before.roster.rows if row.facilitator in problem.facilitator_ids]
        after = plan.part((), *self._without(left, held), *self._moved(name, start, left, other))
        for rule in self._report.rules.constraints:
            found = [item for item in rule.judge(after) if item.severity == "violation"]
            if found:
                known = list(rule.judge(before))
                yield from (item for item in found if item not in known)

    def _moved(self, name: str, start: datetime | None, left: Assignment, other: str | None) -> list[RosterRow]:
        rows = [(self._seat, name, start)] + ([] if other is None else [(left.seat, other, left.start)])
        return [
            RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=who, start=when) for seat, who, when in rows
        ]

    def _kept(self, left: Assignment) -> list[RosterRow]:
        """Return the rows of all other seats."""
        seat = self._seat.meeting, self._seat.seat
        return [row for row in self._without(left, self._report.roster.rows) if (row.meeting, row.seat) != seat]

    def _without(self, left: Assignment, rows: Iterable[RosterRow]) -> list[RosterRow]:
        key = left.seat.meeting, left.seat.seat
        return [row for row in rows if (row.meeting, row.seat) != key]
