"""What a search is about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from poolmatch.arrays import Ints
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.system import Objective, System


@dataclass(frozen=True)
class Task:
    """One goal of a whole system, or of a part of it that shares no row with the rest.

    Attributes
    ----------
    features, system
        The candidates, and what the rules wrote about them.
    goal, guide
        What is minimised, with its bound, and what guides the search among equally good rosters.
    hint
        Values of the first columns, or of all, in a roster.
    """

    features: CandidateFeatures
    system: System
    goal: Goal
    guide: Objective
    hint: Ints

    @property
    def value(self) -> int:
        """What the hint is worth, if it has all columns."""
        return self.goal.objective.value(self.hint)

    def improved(self, values: Ints) -> Task:
        """Return the task with values of all columns for its hint, if they are better than that."""
        worths = [(self.goal.objective.value(item), self.guide.value(item)) for item in (self.hint, values)]
        return replace(self, hint=values) if worths[1] < worths[0] else self
