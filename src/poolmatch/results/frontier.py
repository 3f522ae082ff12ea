"""The Pareto front of two objectives, by proven points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from poolmatch.domain.roster import Roster

Axis = int | float | str
"""A tier by its number, or a preference by its id."""


@dataclass(frozen=True)
class Point:
    """A roster that no other beats in both objectives.

    Attributes
    ----------
    first, second
        Penalty points in the two objectives, as judged.
    proven
        Whether it is proven that nothing is better in one of them without being worse in the other.
    roster
        The roster.
    """

    first: float
    second: float
    proven: bool
    roster: Roster


@dataclass(frozen=True)
class Frontier:
    """Points of the Pareto front of two objectives, from the best in the first to the best in the second.

    Attributes
    ----------
    first, second
        The two objectives, as they were asked for.
    points
        The points; fewer than asked for when there are no more, when time was up, or when it was stopped.
    complete
        Whether both ends were reached and proven.
    """

    first: Axis
    second: Axis
    points: tuple[Point, ...]
    complete: bool

    def table(self) -> list[dict[str, Any]]:
        """Return the points as rows, without their rosters."""
        return [{"first": item.first, "second": item.second, "proven": item.proven} for item in self.points]
