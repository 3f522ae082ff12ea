"""What a made-up pool has besides for the rule on known faces: who led for the organisations of its series before."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.cases.team_rows import Row, even

KNOWN = 0.3
"""How many people the organisations of a series know."""


def known_faces(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Let some have led a meeting of the parties of each series, about a month before the period."""
    series = {row["meeting"]: row["series"] for row in cells["meetings"] if row["series"]}
    parties: dict[str, list[str]] = {}
    for row in cells["stakes"]:
        if row["meeting"] in series and row["grade"] in ("commissioner", "decider"):
            parties.setdefault(series[row["meeting"]], []).append(row["organisation"])
    day: Row = {"role": "lead", "start": "2026-02-03T14:00", "end": "2026-02-03T16:00"}
    rows = [
        {"meeting": f"H{name}", "facilitator": person["facilitator"], "organisations": ";".join(dict.fromkeys(found))}
        | day
        for name, found in parties.items()
        for person in cells["facilitators"]
        if rng.random() < KNOWN
    ]
    cells["history"] = even([*cells["history"], *rows])
