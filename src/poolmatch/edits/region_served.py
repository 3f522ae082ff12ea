"""Edit `region`: somebody serves one region more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from poolmatch.domain.meetings import Meeting
from poolmatch.domain.people import Facilitator, Serves
from poolmatch.domain.problem import Problem
from poolmatch.domain.values import fold
from poolmatch.edits.edit import Changes, Edit, spelt
from poolmatch.words import Words


@dataclass(frozen=True)
class RegionServed(Edit):
    """A facilitator serves a region.

    Attributes
    ----------
    facilitator, region
        Who, and where.
    """

    kind: ClassVar[str] = "region"
    tables: ClassVar[tuple[str, ...]] = ("serves",)
    discreet: ClassVar[bool] = True

    facilitator: str
    region: str

    @property
    def words(self) -> Words:
        """Who would serve which region."""
        return Words(
            "Ask {who} to serve the region {region}.",
            "Vraag {who} de regio {region} te bedienen.",
            who=self.facilitator,
            region=self.region,
        )

    @property
    def price(self) -> float:
        """3."""
        return 3.0

    def changes(self, problem: Problem) -> Changes:
        """Add the region, unless it is served; who has no row serves every region."""
        problem.facilitator(self.facilitator)
        served = [fold(row.region) for row in problem.about(self.facilitator, "serves")]
        if not served or fold(self.region) in served:
            return {}
        tables: tuple[Sequence[Serves | Meeting | Facilitator], ...] = (
            problem.serves,
            problem.meetings,
            problem.facilitators,
        )
        word = spelt(self.region, (row.region for rows in tables for row in rows))
        return {"serves": [*problem.serves, {"facilitator": self.facilitator, "region": word}]}
