"""What the relaxation of an objective says: a bound, and what each column adds to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.model.fixed_point import IMPOSSIBLE, rounded_up
from poolmatch.solving.model.system import Objective


@dataclass(frozen=True)
class Relaxed:
    """What the relaxation says.

    Attributes
    ----------
    values
        Value of each column, possibly fractional.
    objective
        What was minimised.
    least, reduced_cost
        Proven lower bound on the weights, and what taking each column adds to it; in fixed point.
    bits
        Binary places of these.
    solved
        Whether the linear program was solved to its end.
    duals
        Of all rows and then groups.
    """

    values: Floats
    objective: Objective
    least: int
    reduced_cost: Ints
    bits: int
    solved: bool
    duals: Floats

    @property
    def bound(self) -> int:
        """Proven lower bound of the objective, constant included."""
        return self.objective.value_of(rounded_up(self.least, self.bits))

    def open(self, value: int) -> Bools:
        """Tell which columns may be taken in a roster of at most this value, constant included."""
        room = (self.objective.weight_within(value) << self.bits) - self.least
        return np.asarray(self.reduced_cost <= min(room, IMPOSSIBLE))
