"""Edit `travel`: somebody travels farther."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, with_altered
from poolmatch.words import Words


@dataclass(frozen=True)
class FartherTravel(Edit):
    """A facilitator travels so far at least.

    Attributes
    ----------
    facilitator
        Who.
    km
        Kilometres one way.
    """

    kind: ClassVar[str] = "travel"
    tables: ClassVar[tuple[str, ...]] = ("facilitators",)
    discreet: ClassVar[bool] = True

    facilitator: str
    km: float

    @property
    def words(self) -> Words:
        """Who would travel how far."""
        return Words(
            "Ask {who} to travel up to {km:g} km.",
            "Vraag {who} tot {km:g} km te reizen.",
            who=self.facilitator,
            km=self.km,
        )

    @property
    def price(self) -> float:
        """3."""
        return 3.0

    def changes(self, problem: Problem) -> Changes:
        """Set the limit, unless it is as high or there is none."""
        row = problem.facilitator(self.facilitator)
        if row.max_travel_km is None or row.max_travel_km >= self.km:
            return {}
        return {"facilitators": with_altered(problem.facilitators, row, max_travel_km=self.km)}
