"""One row of a batch of problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from poolmatch.results.result import Result


@dataclass(frozen=True)
class Solved:
    """One row of a batch: the result, or what went wrong.

    Attributes
    ----------
    position
        Place among the problems, from 0.
    result
        The result; None when there is an error.
    error
        What was raised; None when there is a result.
    seconds
        How long making and solving the problem took; None when there is an error.
    """

    position: int
    result: Result | None = None
    error: BaseException | None = None
    seconds: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return a row for a DataFrame.

        Returns
        -------
        dict
            ``position``; ``status``, which is that of the result, or ERROR; ``required`` and ``filled`` seats;
            ``gap``, the largest; ``seconds``; ``error``, its type and text; and for each tier that there is
            ``value_1`` in penalty points and ``gap_1``, of tier 1, and so on. Tier 0 is the weighted sum.
        """
        row: dict[str, Any] = {"position": self.position, "status": "ERROR", "required": None, "filled": None}
        row |= {"gap": None, "seconds": self.seconds, "error": None}
        if self.error is not None:
            row["error"] = f"{type(self.error).__name__}: {self.error}"
        if self.result is not None:
            row |= {"status": self.result.status.value, "gap": self.result.gap} | self.result.seats
            for tier in (*self.result.tiers, *filter(None, [self.result.weighted])):
                row |= {f"value_{tier.tier:g}": tier.points, f"gap_{tier.tier:g}": tier.gap}
        return row
