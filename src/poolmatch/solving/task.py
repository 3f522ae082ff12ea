"""What a search is about: one objective of a system, and what can be worked out of it once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.submodel import SubModels
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.model.usage import usage_columns
from poolmatch.solving.start.greedy import chronological_start, quick_start


class Kept(NamedTuple):
    """What an objective above has reached, and that it stays so or better."""

    objective: Objective
    most: int
    """Its value, constant included."""


@dataclass(frozen=True, eq=False)
class Task:
    """One objective of a whole system, or of a part of it that shares no row with the rest.

    Attributes
    ----------
    features, system
        The candidates, and what the rules wrote about them.
    objective, guide
        What is minimised, and what guides the search among equally good rosters.
    hint
        Values of the first columns, or of all, in a roster that keeps every row and group.
    leads
        Whether it is the first of several objectives: nothing has been given up for it yet.
    part_of
        Which component each column belongs to; None where they are not told apart.
    above, rules_rows
        What the objectives above it have reached, in their order, and how many of the rows, the first, are not there to
        keep that; none above, and all rows, where these are not told apart.
    """

    features: CandidateFeatures
    system: System
    objective: Objective
    guide: Objective
    hint: Ints
    leads: bool = False
    part_of: Ints | None = None
    above: tuple[Kept, ...] = ()
    rules_rows: int = UNBOUNDED

    @property
    def apart(self) -> bool:
        """Whether it falls apart into components."""
        return self.part_of is not None and bool(self.part_of.any())

    @cached_property
    def count(self) -> int:
        """Number of candidates: the first columns."""
        return len(self.features)

    @cached_property
    def width(self) -> int:
        """Number of columns."""
        return len(self.system.bounds[0])

    @cached_property
    def usage(self) -> Ints | None:
        """The columns that say who is used, where the objective charges people for that; None where it does not."""
        return usage_columns(self.features, self.system, self.objective)

    @cached_property
    def relaxation(self) -> Relaxation:
        """The linear relaxation."""
        return Relaxation.of(self.features, self.system)

    def greedy(self, liked: Floats | None = None) -> Ints:
        """Return a roster in no time, as a 0/1 value for each candidate; see `quick_start`."""
        return quick_start(self.features, self.system, liked)

    def chronological(self) -> Ints:
        """Return a roster of few people in no time, as a 0/1 value for each candidate; see `chronological_start`."""
        return chronological_start(self.features, self.system)

    @cached_property
    def sub_models(self) -> SubModels:
        """Cuts parts out of the system."""
        return SubModels(self.system, len(self.features))
