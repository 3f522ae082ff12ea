"""What a made-up pool has on evenings and in weekends: limits, and meetings on Saturdays and Sundays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

IN_WEEKENDS = 0.3
"""Part of the meetings, of those of no series and at one time, that are moved to the weekend of their week."""
LIMITED = 0.7
"""Part of the people who have a limit of evenings per week."""


def evening_limits(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Give people a limit of evenings in a week, but for those who are pinned anywhere."""
    pinned = {row["facilitator"] for row in cells["pins"]}
    for row in cells["facilitators"]:
        limit = int(rng.integers(0, 2)) if rng.random() < LIMITED else None
        row["max_evenings_per_week"] = None if row["facilitator"] in pinned else limit


def weekends(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Move some meetings to the Saturday or Sunday of their week, and past work to the two weekends before."""
    pinned = {row["meeting"] for row in cells["pins"]}
    last = date.fromisoformat(cells["period"][0]["end"])
    for row in cells["meetings"]:
        moves, weekday = rng.random() < IN_WEEKENDS, int(rng.integers(5, 7))
        if not moves or row["series"] or row["start"] is None or row["meeting"] in pinned:
            continue
        day = date.fromisoformat(row["start"][:10])
        free = day + timedelta(days=weekday - day.weekday())
        if free <= last:
            row |= {column: f"{free}{row[column][10:]}" for column in ("start", "end")}
    opens = date.fromisoformat(cells["period"][0]["start"])
    saturday = opens - timedelta(days=(opens.weekday() + 2) % 7 or 7)
    for row in cells["history"]:
        if rng.random() < IN_WEEKENDS and row["series"] is None:
            day = saturday - timedelta(days=int(rng.choice([0, 7])))
            row |= {column: f"{day}{row[column][10:]}" for column in ("start", "end")}
