"""Edit `limit`: somebody takes more than their limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, with_altered
from poolmatch.vocabulary import column_name
from poolmatch.words import Words

Limit = Literal["max_meetings", "max_hours", "max_per_day", "max_per_week", "max_evenings_per_week", "max_km"]


@dataclass(frozen=True)
class LimitRaised(Edit):
    """A limit of a facilitator is this high at least.

    Attributes
    ----------
    facilitator
        Whose.
    limit
        The column: ``max_meetings``, ``max_hours``, ``max_per_day``, ``max_per_week``, ``max_evenings_per_week`` or
        ``max_km``.
    most
        The limit: meetings, hours or kilometres.
    """

    kind: ClassVar[str] = "limit"
    tables: ClassVar[tuple[str, ...]] = ("facilitators",)
    discreet: ClassVar[bool] = True

    facilitator: str
    limit: Limit
    most: int

    @property
    def words(self) -> Words:
        """Whose limit would be how high."""
        return Words(
            "Raise a limit of {who} to {most}: {limit}.",
            "Verhoog een grens van {who} naar {most}: {limit}.",
            who=self.facilitator,
            most=self.most,
            limit=column_name("facilitators", self.limit),
        )

    @property
    def price(self) -> float:
        """3."""
        return 3.0

    def changes(self, problem: Problem) -> Changes:
        """Set the limit, unless it is as high or there is none."""
        row = problem.facilitator(self.facilitator)
        now = getattr(row, self.limit)
        if now is None or now >= self.most:
            return {}
        return {"facilitators": with_altered(problem.facilitators, row, **{self.limit: self.most})}
