"""How much of the work people from outside the pool do."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.domain.hours import TICKS


def externals_of(report: Report) -> dict[str, float]:
    """Return how many assignments externals have, their hours, and their share of all hours assigned, from 0 to 1."""
    work = report.plan.assignments
    outside = [item for item in work if item.facilitator.external]
    hours, everyone = (sum(item.ticks for item in items) for items in (outside, work))
    return {
        "assignments": len(outside),
        "hours": hours / TICKS / 60,
        "share": hours / everyone if everyone else 0.0,
    }
