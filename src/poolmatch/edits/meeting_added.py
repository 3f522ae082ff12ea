"""Edit `added`: there is one meeting more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.meetings import Meeting, Requirement, Seat, Slot, Stake
from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit
from poolmatch.errors import EditRefused
from poolmatch.words import Words

KNOWN = Words(
    'the id "{meeting}" is that of another meeting or duty; give this one another',
    'het kenmerk "{meeting}" is van een andere bijeenkomst of taak; geef deze een ander',
)


@dataclass(frozen=True)
class MeetingAdded(Edit):
    """A meeting comes in, with its parties and seats.

    Attributes
    ----------
    row
        The meeting.
    stakes, seats, requirements, slots
        Its rows in these tables; without seats it has one lead seat.
    """

    kind: ClassVar[str] = "added"
    tables: ClassVar[tuple[str, ...]] = ("meetings", "stakes", "seats", "requirements", "slots")

    row: Meeting
    stakes: tuple[Stake, ...] = ()
    seats: tuple[Seat, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    slots: tuple[Slot, ...] = ()

    @property
    def words(self) -> Words:
        """What comes in."""
        return Words("{meeting} is added.", "{meeting} komt erbij.", meeting=self.row.meeting)

    def changes(self, problem: Problem) -> Changes:
        """Add the rows, unless a meeting of that id with these times, parties and seats is there."""
        new = {"meetings": (self.row,)} | {name: getattr(self, name) for name in self.tables[1:]}
        if self.row.meeting not in problem.occasion_ids:
            return {name: [*getattr(problem, name), *rows] for name, rows in new.items() if rows}
        known = problem.meeting(self.row.meeting)
        same = not problem.is_duty(known.meeting) and (known.start, known.end) == (self.row.start, self.row.end)
        keys = {name: {row.key_of() for row in getattr(problem, name)} for name in new if name != "requirements"}
        if same and all(row.key_of() in keys[name] for name in keys for row in new[name]):
            return {}
        raise EditRefused(KNOWN.fill(meeting=self.row.meeting))
