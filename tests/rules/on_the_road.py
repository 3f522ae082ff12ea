"""Homes and meetings along a meridian, of which the kilometres are known by heart.

A degree along a meridian is 6371 × π/180 = 111.194927 km, × 1.3 = 144.553405 km of road: a tenth of a degree is
14.46 km, two tenths are 28.91, three tenths 43.37. In whole kilometres 14, 29 and 43.
"""

from __future__ import annotations

import random
from typing import Any

from tests.builders import Cells, facilitator, meeting

from poolmatch import Problem

HOME: Cells = {"lat": 53.0, "lon": 6.0}
CLOCKS = {"morning": ("09:00", "10:00"), "noon": ("12:00", "13:00"), "afternoon": ("15:00", "16:00")}


def at(tenths: float, name: str, when: str = "05 morning", **cells: Any) -> dict[str, Any]:
    """Return a meeting of an hour so many tenths of a degree north of 53°, on a day of March."""
    day, part = when.split()
    start, end = (f"2026-03-{day} {clock}" for clock in CLOCKS[part])
    return dict(meeting(name, start, end, **{"lat": 53.0 + tenths / 10, "lon": 6.0} | cells))


def living(tenths: float = 0, name: str = "F1", **cells: Any) -> dict[str, Any]:
    """Return a facilitator who lives so many tenths of a degree north of 53°."""
    return dict(facilitator(name, **{"lat": 53.0 + tenths / 10, "lon": 6.0} | cells))


def with_limits_of_km(case: Problem, seed: int) -> Problem:
    """Return a made-up problem in which people have limits: there a journey there and back is mostly 26 or 84 km."""
    rng = random.Random(seed)
    people = [row.model_copy(update={"max_km": rng.choice([None, 0, 30, 90])}) for row in case.facilitators]
    return case.replace(facilitators=people)
