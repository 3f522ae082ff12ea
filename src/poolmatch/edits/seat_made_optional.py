"""Edit `optional`: a required seat may stay empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, altered, must_be_to_come, with_altered
from poolmatch.words import Words


@dataclass(frozen=True)
class SeatMadeOptional(Edit):
    """A required seat becomes an optional one. It fills nothing: the meeting can do without.

    Attributes
    ----------
    meeting, seat
        Which.
    """

    kind: ClassVar[str] = "optional"
    tables: ClassVar[tuple[str, ...]] = ("seats",)

    meeting: str
    seat: str

    @property
    def words(self) -> Words:
        """What would be optional."""
        return Words(
            "Make seat {seat} of {meeting} optional.",
            "Maak plaats {seat} van {meeting} optioneel.",
            seat=self.seat,
            meeting=self.meeting,
        )

    @property
    def price(self) -> float:
        """6."""
        return 6.0

    def changes(self, problem: Problem) -> Changes:
        """Change the row of the seat; a meeting without rows gets the one that it has without being told."""
        place = problem.seat(self.meeting, self.seat)
        must_be_to_come(problem, self.meeting)
        if not place.required:
            return {}
        if any(row is place for row in problem.seats):
            return {"seats": with_altered(problem.seats, place, required=False)}
        return {"seats": [*problem.seats, altered(place, required=False)]}
