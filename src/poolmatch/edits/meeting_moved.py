"""Edit `moved`: a meeting is held at another time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row
from poolmatch.edits.edit import Cells, Changes, Edit, altered, instant, must_be_to_come, with_altered
from poolmatch.words import Words


@dataclass(frozen=True)
class MeetingMoved(Edit):
    """A meeting is held at one time and no other; one with slots has none any more.

    Attributes
    ----------
    meeting
        Which.
    start, end
        The time; without an offset by the clock of the period.
    """

    kind: ClassVar[str] = "moved"
    tables: ClassVar[tuple[str, ...]] = ("meetings", "slots", "pins")

    meeting: str
    start: datetime
    end: datetime

    @property
    def words(self) -> Words:
        """When it would be."""
        return Words(
            "Move {meeting} to {start}.",
            "Verplaats {meeting} naar {start}.",
            meeting=self.meeting,
            start=self.start,
        )

    @property
    def price(self) -> float:
        """3."""
        return 3.0

    def changes(self, problem: Problem) -> Changes:
        """Set the time; slots, and the slots of pins, are gone."""
        must_be_to_come(problem, self.meeting)
        row = problem.meeting(self.meeting)
        start, end = instant(problem, self.start), instant(problem, self.end)
        if (row.start, row.end) == (start, end):
            return {}
        changes: dict[str, Sequence[Row | Cells]] = {
            "meetings": with_altered(problem.meetings, row, start=start, end=end)
        }
        if row.start is None:
            changes["slots"] = [slot for slot in problem.slots if slot.meeting != self.meeting]
            changes["pins"] = [
                altered(pin, slot_start=None) if pin.meeting == self.meeting else pin for pin in problem.pins
            ]
        return changes
