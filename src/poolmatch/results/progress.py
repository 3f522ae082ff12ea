"""How far solving is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far solving is.

    Attributes
    ----------
    seconds
        Since the start.
    tier
        Tier that is being improved.
    value, bound
        Best value and proven bound of the tier so far, in penalty points.
    """

    seconds: float
    tier: float
    value: float
    bound: float


OnProgress = Callable[[Progress], None]
