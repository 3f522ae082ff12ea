"""What is to be minimised next, and what has been proven about it."""

from __future__ import annotations

from dataclasses import dataclass

from poolmatch.checking import Report
from poolmatch.ruleset import RuleSet
from poolmatch.solving.blocks import Blocks, Objective
from poolmatch.solving.result import Tier


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
    """

    objective: Objective
    unavoidable: int
    bound: int

    @classmethod
    def of(cls, blocks: Blocks, objective: Objective, rules: RuleSet) -> Goal:
        """Return the goal of an objective, with the bound that needs no search."""
        floor = blocks.floor(objective)
        if objective.tier:
            return cls(objective, max(0, floor), floor)
        parts = ((rules.weight_of(tier.tier), tier.scale, max(0, blocks.floor(tier))) for tier in blocks.tiers(rules))
        return cls(objective, sum(weight * (objective.scale // scale) * part for weight, scale, part in parts), floor)

    def value(self, report: Report) -> int:
        """Return what a roster is worth, as judged; units of 1/scale points."""
        if self.objective.tier == 0:
            return report.weighted.value
        return next(item.value for item in report.tiers if item.tier == self.objective.tier)

    def tier(self, report: Report) -> Tier:
        """Return value and bound for a result."""
        objective = self.objective
        return Tier(objective.tier, self.value(report), self.bound, objective.scale, self.unavoidable)
