"""How many of a team may have a skill, in a made-up pool with teams."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from benchmarks.cases.pool_rows import SKILLS
from benchmarks.cases.team_rows import Row


def limits_on_skills(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Let one in two teams have at most one, or none, who is far with a skill; or exactly one of what it requires."""
    size = Counter(row["meeting"] for row in cells["seats"])
    asked = (row for row in cells["requirements"] if row["seat"] is None and row["kind"] == "required")
    required = {row["meeting"]: row for row in asked}
    limits: list[Row] = []
    for row in cells["meetings"]:
        name = row["meeting"]
        if size[name] < 2 or rng.random() < 0.5:
            continue
        limit: Row = {"meeting": name, "seat": None, "skill": str(rng.choice(SKILLS)), "level": 3, "kind": "at_most"}
        if name in required and rng.random() < 0.5:
            limit |= {column: required[name][column] for column in ("skill", "level")}
        limits.append(limit | {"number": 1 if name in required else int(rng.integers(2))})
    cells["requirements"] += limits
