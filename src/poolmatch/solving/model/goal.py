"""What is to be minimised next, and what has been proven about it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from poolmatch.arrays import Bools
from poolmatch.checking import Report
from poolmatch.errors import ModelMismatch
from poolmatch.results import Tier
from poolmatch.ruleset import RuleSet
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.system import Objective
from poolmatch.tolerances import NONE, Tolerance

logger = logging.getLogger("poolmatch")


@dataclass
class Goal:
    """An objective with its bounds.

    Attributes
    ----------
    objective
        What is minimised.
    unavoidable
        What no legal roster could avoid, such as seats without any candidate; of the weighted sum the weighted sum of
        what its tiers could not.
    bound
        Best proven lower bound so far.
    constant
        Whether no choice changes it: then its bound is what any roster is worth that keeps the pins.
    tolerance
        How much of it goals after it may use.
    """

    objective: Objective
    unavoidable: int
    bound: int
    constant: bool = False
    tolerance: Tolerance = NONE

    def __post_init__(self) -> None:
        self._exact = self.bound

    @classmethod
    def of(cls, blocks: Blocks, objective: Objective, rules: RuleSet, decided: Bools | None = None) -> Goal:
        """Return the goal of an objective, with the bound that needs no search.

        Parameters
        ----------
        blocks, objective, rules
            The objective, and what it is about.
        decided
            Which columns no choice changes; None is none.
        """
        floor = blocks.floor(objective)
        constant = bool(decided is not None and decided[objective.column].all())
        if objective.tier:
            return cls(objective, max(0, floor), floor, constant, rules.tolerance_of(objective.tier))
        parts = ((rules.weight_of(tier.tier), tier.scale, max(0, blocks.floor(tier))) for tier in blocks.tiers(rules))
        unavoidable = sum(weight * (objective.scale // scale) * part for weight, scale, part in parts)
        return cls(objective, unavoidable, floor, constant)

    def raise_bound(self, bound: int, *, exact: bool = True) -> None:
        """Take a bound if it is better; whether it is exact, see `Incumbent.raise_bound`."""
        self.bound = max(self.bound, bound)
        if exact:
            self._exact = max(self._exact, bound)

    def hold_against(self, value: int) -> None:
        """Hold a roster's value against the bound: one that floating-point numbers proved gives way.

        Raises
        ------
        ModelMismatch
            It is below what was proven in whole numbers.
        """
        if value < self._exact:
            raise ModelMismatch(f"{self.objective.name}: value {value} is below the bound {self._exact}")
        if value < self.bound:
            logger.warning("%s: value %d is below what HiGHS took for proven", self.objective.name, value)
            self.bound = self._exact

    def value(self, report: Report) -> int:
        """Return what a roster is worth, as judged; units of 1/scale points."""
        if self.objective.tier == 0:
            return report.weighted.value
        return next(item.value for item in report.tiers if item.tier == self.objective.tier)

    def slack(self, value: int) -> int:
        """Return how much more rosters may be worth that keep it, where that value was reached; both in units."""
        return self.tolerance.units(value - self.unavoidable, self.objective.scale)

    def tier(self, report: Report) -> Tier:
        """Return value and bound for a result, of a roster that keeps the pins."""
        objective, value = self.objective, self.value(report)
        bound = value if self.constant else self.bound
        return Tier(objective.tier, value, bound, objective.scale, self.unavoidable, self.slack(bound))
