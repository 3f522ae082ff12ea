"""One level of the objective: what a roster is worth in it, and what is proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Tier:
    """One level of the objective.

    Attributes
    ----------
    tier
        Level, 1 the highest; 0 is the weighted sum of all.
    value
        Sum of penalties of the roster, as judged without the solver; units of 1/scale points.
    bound
        No legal roster that keeps the values of the tiers above, within their tolerances, has less; same units.
    scale
        Units per penalty point.
    unavoidable
        Part of the value that no legal roster could avoid, such as seats without any candidate; same units.
    tolerance
        How much more than the bound the rules leave to the tiers below (`RuleSet.keep`); same units.
    """

    tier: float
    value: int
    bound: int
    scale: int
    unavoidable: int = 0
    tolerance: int = 0

    @property
    def points(self) -> float:
        """Value in penalty points."""
        return self.value / self.scale

    @property
    def absolute_gap(self) -> float:
        """Value minus bound, in penalty points."""
        return (self.value - self.bound) / self.scale

    @property
    def gap(self) -> float:
        """(value − bound) / max(1, |value|) in points, after taking from both what could not be avoided."""
        return self.absolute_gap / max(1.0, abs(self.value - self.unavoidable) / self.scale)

    @property
    def proven(self) -> bool:
        """Whether the value equals the bound, or exceeds it by no more than the tolerance."""
        return self.value <= self.bound + self.tolerance

    def to_dict(self) -> dict[str, Any]:
        """Return the tier as data: whole numbers in units, gaps as numbers."""
        return {
            "tier": self.tier,
            "value": self.value,
            "bound": self.bound,
            "scale": self.scale,
            "unavoidable": self.unavoidable,
            "tolerance": self.tolerance,
            "gap": self.gap,
            "absolute_gap": self.absolute_gap,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Tier:
        """Return the tier that `to_dict` made data of."""
        return cls(**{field.name: data[field.name] for field in fields(cls)})
