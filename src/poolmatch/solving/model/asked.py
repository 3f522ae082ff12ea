"""What is asked of a roster: whom it seats and whom not, and what it may be worth at most."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.model.system import Objective

NOTHING = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Asked:
    """What is asked of a roster.

    Attributes
    ----------
    taken, barred
        Candidates that it takes, and does not take.
    some
        Candidates of each set of which it takes one at least.
    most
        Objectives of the system, and what each may be worth at most.
    """

    taken: Ints = field(default_factory=lambda: NOTHING)
    barred: Ints = field(default_factory=lambda: NOTHING)
    some: tuple[Ints, ...] = ()
    most: tuple[tuple[Objective, int], ...] = ()

    @property
    def named(self) -> Ints:
        """All candidates that are named."""
        return np.unique(np.concatenate([self.taken, self.barred, *self.some]))

    def done_by(self, values: Ints) -> bool:
        """Tell whether a roster does what is asked, by the value of each column."""
        taken = bool(values[self.taken].all()) and all(values[part].any() for part in self.some)
        return taken and not values[self.barred].any() and all(goal.value(values) <= most for goal, most in self.most)
