"""What a made-up pool has besides for rules on kilometres: limits, and meetings of a day that share a house."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.cases.team_rows import Row

LIMITED = 0.5
"""How many people have a limit of kilometres."""


def limits_of_kilometres(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Let some travel no more in the period than a few journeys there and back take; nobody who is pinned somewhere."""
    pinned = {row["facilitator"] for row in cells["pins"]}
    for row in cells["facilitators"]:
        limit = int(rng.integers(1, 7)) * 10 if rng.random() < LIMITED else None
        row["max_km"] = None if row["facilitator"] in pinned else limit


def shared_houses(_: np.random.Generator, cells: dict[str, Any]) -> None:
    """Hold the meetings of a day in one town in one house."""
    houses: dict[tuple[str, str], Row] = {}
    for row in cells["meetings"]:
        if row["start"] is None or row["lat"] is None:
            continue
        house = houses.setdefault((row["start"][:10], row["region"]), row)
        row |= {"lat": house["lat"], "lon": house["lon"]}
