"""What is to be minimised next, and what has been proven about it."""

from __future__ import annotations

from dataclasses import dataclass

from poolmatch.checking import Report
from poolmatch.solving.blocks import Blocks, Objective
from poolmatch.solving.result import Tier


@dataclass
class Goal:
    """An objective with its bounds.

    Attributes
    ----------
    objective
        What is minimised.
    floor
        Lower bound that needed no search.
    bound
        Best proven lower bound so far.
    """

    objective: Objective
    floor: int
    bound: int

    @classmethod
    def of(cls, blocks: Blocks, objective: Objective) -> Goal:
        """Return the goal of an objective, with the bound that needs no search."""
        floor = blocks.floor(objective)
        return cls(objective, floor, floor)

    def value(self, report: Report) -> int:
        """Return what a roster is worth, as judged; units of 1/scale points."""
        if self.objective.tier == 0:
            return report.weighted.value
        return next(item.value for item in report.tiers if item.tier == self.objective.tier)

    def tier(self, report: Report) -> Tier:
        """Return value and bound for a result."""
        objective = self.objective
        return Tier(objective.tier, self.value(report), self.bound, objective.scale, max(0, self.floor))
