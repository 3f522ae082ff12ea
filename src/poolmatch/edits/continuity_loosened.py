"""Edit `continuity`: a seat of a series may change hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, altered
from poolmatch.errors import EditRefused
from poolmatch.words import Words

NO_SERIES = Words(
    "series {series} has no seat {seat}; correct the series or the seat",
    "reeks {series} heeft geen plaats {seat}; verbeter de reeks of de plaats",
)


@dataclass(frozen=True)
class ContinuityLoosened(Edit):
    """Seats of one name in a series need not be held by one person, which is preferred still.

    Attributes
    ----------
    series, seat
        Of which series, and the name of the seats.
    """

    kind: ClassVar[str] = "continuity"
    tables: ClassVar[tuple[str, ...]] = ("seats",)

    series: str
    seat: str

    @property
    def words(self) -> Words:
        """What may change hands."""
        return Words(
            "Let seat {seat} of series {series} be held by another, if need be.",
            "Laat plaats {seat} van reeks {series} zo nodig door een ander bezetten.",
            seat=self.seat,
            series=self.series,
        )

    @property
    def price(self) -> float:
        """3."""
        return 3.0

    def changes(self, problem: Problem) -> Changes:
        """Prefer one person in the seats where one was asked for."""
        meetings = {row.meeting for row in problem.holding(self.series, self.seat)}
        if not meetings:
            raise EditRefused(NO_SERIES.fill(series=self.series, seat=self.seat))
        asked = [row for row in problem.seats if row.meeting in meetings and row.seat == self.seat]
        if not any(row.continuity == "same" for row in asked):
            return {}
        return {"seats": [altered(row, continuity="prefer") if row in asked else row for row in problem.seats]}
