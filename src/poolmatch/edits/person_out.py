"""Edit `out`: somebody falls out for some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from poolmatch.domain.meetings import Pin
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row
from poolmatch.edits.edit import Cells, Changes, Edit
from poolmatch.errors import EditRefused
from poolmatch.words import Words

OVER = Words(
    "the first day out, {first}, is after the last, {last}; correct the days",
    "de eerste dag, {first}, ligt na de laatste, {last}; verbeter de dagen",
)


@dataclass(frozen=True)
class PersonOut(Edit):
    """A facilitator is away for some whole days, such as in an illness. Pins that say otherwise are released.

    Seven days or more on end are a leave, and lower their fair share.

    Attributes
    ----------
    facilitator
        Who.
    first, last
        The days, both included; None is today, else the first of the period, and the last of the period.
    """

    kind: ClassVar[str] = "out"
    tables: ClassVar[tuple[str, ...]] = ("availability", "pins")

    facilitator: str
    first: date | None = None
    last: date | None = None

    @property
    def words(self) -> Words:
        """Who is out, and when."""
        if self.first is None and self.last is None:
            return Words("{who} is out.", "{who} valt uit.", who=self.facilitator)
        return Words(
            "{who} is out from {first} to {last}.",
            "{who} valt uit van {first} tot en met {last}.",
            who=self.facilitator,
            first=self.first or "–",
            last=self.last or "–",
        )

    def changes(self, problem: Problem) -> Changes:
        """Add the days, and release the pins on meetings that can be held on no other day."""
        problem.facilitator(self.facilitator)
        period = problem.period
        first, last = self.first or period.today or period.start, self.last or period.end
        if last < first:
            raise EditRefused(OVER.fill(first=first, last=last))
        about: Cells = {"facilitator": self.facilitator, "start": first, "end": last, "kind": "unavailable"}
        known = any(
            row.rrule is None and all(getattr(row, name) == value for name, value in about.items())
            for row in problem.about(self.facilitator, "availability")
        )
        left = [pin for pin in problem.pins if not self._against(problem, pin, first, last)]
        changes: dict[str, Sequence[Row | Cells]] = {} if known else {"availability": [*problem.availability, about]}
        if len(left) < len(problem.pins):
            changes["pins"] = left
        return changes

    def _against(self, problem: Problem, pin: Pin, first: date, last: date) -> bool:
        """Tell whether a pin puts them where they cannot be."""
        if pin.facilitator != self.facilitator or pin.meeting in problem.frozen or problem.is_duty(pin.meeting):
            return False
        starts = [start for start, _ in problem.open_times(problem.meeting(pin.meeting))]
        days = [problem.period.local_day(start) for start in starts if pin.slot_start in (None, start)]
        return all(first <= day <= last for day in days)
