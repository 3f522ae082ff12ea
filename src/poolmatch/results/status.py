"""How solving ended."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How solving ended. There is always a roster."""

    OPTIMAL = "OPTIMAL"
    """Every tier is proven, within the tolerance by which the rules keep it."""
    FEASIBLE = "FEASIBLE"
    """The roster is legal; some tier is not proven."""
    INFEASIBLE = "INFEASIBLE"
    """No roster keeps the pins; the roster is empty and the result names the pins that clash."""
    CANCELLED = "CANCELLED"
    """Stopped from outside; the best roster so far, which is empty when none was found that keeps the pins."""
    UNKNOWN = "UNKNOWN"
    """Time was up before a roster that keeps the pins was found, or a proof that there is none; the roster is empty."""
