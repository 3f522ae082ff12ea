"""How much of what a tier has reached the tiers below it may use."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from poolmatch.domain.hours import exact

SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) ?%", re.ASCII)
MOST = 10**6
"""Most points."""


@dataclass(frozen=True)
class Tolerance:
    """What a tier may lose again, in points or as a share of its value.

    Attributes
    ----------
    amount
        Points, or a share from 0 to 1. A larger share of a value below 0 could be more than what is gained by it.
    relative
        Whether it is a share.
    """

    amount: Fraction
    relative: bool

    @classmethod
    def of(cls, written: object) -> Tolerance:
        """Return the tolerance that is written as a number of points, or as text such as "1 %".

        Raises
        ------
        ValueError
            It is neither, or out of range.
        """
        if isinstance(written, str) and (share := SHARE.fullmatch(written.strip())):
            amount, relative, most = Fraction(share[1]) / 100, True, 1
        elif type(written) in (int, float) and math.isfinite(written):  # type: ignore[arg-type]
            amount, relative, most = exact(written), False, MOST  # type: ignore[arg-type]
        else:
            raise ValueError(written)
        if not 0 <= amount <= most:
            raise ValueError(written)
        return cls(amount, relative)

    @property
    def written(self) -> float | str:
        """The tolerance as a rule set has it, the same for all ways to write it."""
        number = self.amount * 100 if self.relative else self.amount
        shown = int(number) if number.denominator == 1 else float(number)
        return f"{shown} %" if self.relative else shown

    def units(self, value: int, scale: int) -> int:
        """Return the tolerance of a value, rounded down to units.

        Parameters
        ----------
        value
            What was reached, less what no roster could avoid; units of 1/scale points.
        scale
            Units per point.
        """
        return math.floor(self.amount * (abs(value) if self.relative else scale))


NONE = Tolerance(Fraction(0), relative=False)
