"""Edit `unpin`: a seat is no longer pinned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit
from poolmatch.words import Words


@dataclass(frozen=True)
class PinReleased(Edit):
    """A seat is no longer pinned to somebody, to nobody, or to a slot.

    Attributes
    ----------
    meeting, seat
        Which; of a duty the duty and its kind.
    """

    kind: ClassVar[str] = "unpin"
    tables: ClassVar[tuple[str, ...]] = ("pins",)

    meeting: str
    seat: str

    @property
    def words(self) -> Words:
        """What would be open."""
        return Words(
            "Release the pin on seat {seat} of {meeting}.",
            "Maak plaats {seat} van {meeting} los.",
            seat=self.seat,
            meeting=self.meeting,
        )

    @property
    def price(self) -> float:
        """2."""
        return 2.0

    def changes(self, problem: Problem) -> Changes:
        """Take the pin away, if there is one."""
        problem.seat(self.meeting, self.seat)
        left = [row for row in problem.pins if row.key_of() != (self.meeting, self.seat)]
        return {"pins": left} if len(left) < len(problem.pins) else {}
