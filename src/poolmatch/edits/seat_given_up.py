"""Edit `given-up`: an optional seat stays empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, must_be_to_come, with_altered
from poolmatch.errors import EditRefused
from poolmatch.words import Words

REQUIRED = Words(
    "seat {seat} of {meeting} is required; make it optional first",
    "plaats {seat} van {meeting} is verplicht; maak die eerst optioneel",
)


@dataclass(frozen=True)
class SeatGivenUp(Edit):
    """An optional seat is pinned to nobody, so that whoever could sit there is free for another.

    Attributes
    ----------
    meeting, seat
        Which.
    """

    kind: ClassVar[str] = "given-up"
    tables: ClassVar[tuple[str, ...]] = ("pins",)

    meeting: str
    seat: str

    @property
    def words(self) -> Words:
        """What would stay empty."""
        return Words(
            "Leave the optional seat {seat} of {meeting} empty.",
            "Laat de optionele plaats {seat} van {meeting} leeg.",
            seat=self.seat,
            meeting=self.meeting,
        )

    @property
    def price(self) -> float:
        """1."""
        return 1.0

    def changes(self, problem: Problem) -> Changes:
        """Pin the seat to nobody; a slot that is pinned with it stays."""
        place = problem.seat(self.meeting, self.seat)
        must_be_to_come(problem, self.meeting)
        if place.required:
            raise EditRefused(REQUIRED.fill(meeting=self.meeting, seat=self.seat))
        pin = next((row for row in problem.pins if row.key_of() == (self.meeting, self.seat)), None)
        if pin is None:
            return {"pins": [*problem.pins, {"meeting": self.meeting, "seat": self.seat}]}
        if pin.facilitator is None:
            return {}
        return {"pins": with_altered(problem.pins, pin, facilitator=None)}
