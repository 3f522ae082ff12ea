"""Years of work in a made-up pool with teams: most have earned their roles, others are on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarks.cases.team_rows import Row

EARNED = 0.7
"""How often somebody held a role of theirs before."""
OBSERVED = 0.2
"""Part of the meetings with a seat for somebody who learns by looking on."""


def roles_held_before(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Add years of work: most held their roles before, others are on the way; and seats from which to observe.

    The work lies before the 91 days that count towards fair shares.
    """
    opens = date.fromisoformat(str(cells["period"][0]["start"]))

    def worked(who: str, role: str, number: int) -> Row:
        day = opens - timedelta(days=int(rng.integers(100, 360)))
        times = {"start": f"{day}T14:00", "end": f"{day}T16:00"}
        return {"meeting": f"Y{who}-{role}-{number}", "facilitator": who, "role": role, **times}

    for row in cells["facilitators"]:
        who, roles = row["facilitator"], str(row["roles"]).split(";")
        held = [role for role in roles if role in ("lead", "co") and rng.random() < EARNED]
        for role in held:
            cells["history"] += [worked(who, role, number) for number in range(int(rng.integers(1, 5)))]
        if "co" in roles and not held:
            row["roles"] = ";".join(sorted({*roles, "observer"}))
            cells["history"] += [worked(who, "observer", number) for number in range(int(rng.integers(0, 3)))]
    for name in dict.fromkeys(row["meeting"] for row in cells["seats"]):
        if rng.random() < OBSERVED:
            seat = {"meeting": name, "seat": "observer 2", "role": "observer", "required": "no", "continuity": "none"}
            cells["seats"].append(seat)
