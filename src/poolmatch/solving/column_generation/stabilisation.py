"""Duals stay in a box around the best so far, without which they swing from one end to the other.

The box grows while the linear program promises what comes true, and shrinks when it does not (Marsten, Hogan and
Blankenship, "The boxstep method for large-scale optimization", Operations Research 23, 1975).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix, eye, hstack

from poolmatch.arrays import Floats
from poolmatch.solving.backends.linear_program import Program


@dataclass(frozen=True)
class StabilisationParams:
    """What tunes the box.

    Attributes
    ----------
    grows
        The box is so many times as wide after more than half of what was promised has come true; 1 or more.
    shrinks
        And so many times after the bound got worse by more than
    much
        so many times what was promised: a little worse than promised is how schedules become known. From 0 to 1, and 0
        or more.
    least
        The box is at its end when it is this part of what it was at first; from 0 to 1.
    """

    grows: float = 1.5
    shrinks: float = 0.5
    much: float = 3.0
    least: float = 1e-4

    def __post_init__(self) -> None:
        if self.grows < 1 or not 0 < self.shrinks < 1 or self.much < 0 or not 0 <= self.least < 1:
            raise ValueError(f"out of range: {self}")


class Stabilisation:
    """The box in which duals stay.

    Parameters
    ----------
    params
        What tunes it.
    """

    def __init__(self, params: StabilisationParams) -> None:
        self._params = params
        self.width = self._first = 0.0
        """How far duals may be from the best ones, in units; 0 before the first step."""

    def begin(self, gap: float, rows: int) -> None:
        """Be about as wide as duals have to move on average, if this is the first step.

        Parameters
        ----------
        gap
            How far the bound is from a value, in units.
        rows
            How many duals there are.
        """
        if not self.width:
            self.width = self._first = max(gap, 1.0) / rows / 2

    def restart(self) -> None:
        """Be as wide as at first."""
        self.width = self._first

    @property
    def ended(self) -> bool:
        """Whether there is hardly anywhere to go."""
        return 0 < self.width < self._params.least * self._first

    def learn(self, gained: float, promised: float) -> None:
        """Grow or shrink after a step that gained something of what was promised, in units."""
        if gained > promised / 2:
            self.width *= self._params.grows
        elif gained <= -self._params.much * promised:
            self.width *= self._params.shrinks

    def retreat(self) -> None:
        """Shrink twice: so far from where duals were, nothing is known."""
        self.width *= self._params.shrinks**2

    def boxed(self, program: Program, centre: Floats) -> Program:
        """Return a program whose first rows may be broken at a price, so that their duals stay near a centre.

        Parameters
        ----------
        program
            The program.
        centre
            Duals of the first rows.
        """
        count, height = len(centre), program.matrix.shape[0]
        low, high = program.row_low[:count], program.row_high[:count]
        # A dual beyond the box would cost less than breaking the row.
        dearest = np.where(np.isinf(low), np.minimum(centre + self.width, 0.0), centre + self.width)
        cheapest = np.where(np.isinf(high), np.maximum(centre - self.width, 0.0), centre - self.width)
        unit = eye(height, count)
        return replace(
            program,
            cost=np.concatenate([program.cost, dearest, -cheapest]),
            low=np.append(program.low, np.zeros(2 * count)),
            high=np.append(program.high, np.full(2 * count, np.inf)),
            matrix=csr_matrix(hstack([program.matrix, unit, -unit])),
        )
