"""Where and when made-up problems take place: a few days around the clock change of 29 March 2026."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

PLACES: tuple[Mapping[str, Any], ...] = (
    {"region": "north", "lat": 53.25, "lon": 6.40},
    {"region": "north", "lat": 53.16, "lon": 6.38},
    {"region": "south", "lat": 53.05, "lon": 6.76},
    {"region": "south"},
    {},
)
STAKEHOLDERS = ("A", "B", "C", "D")
LINKS = ("controls", "unit_of", "funds", "affiliate", "joint_venture", "member_of")
FIRST = date(2026, 3, 27)
FIRST_MOMENT = datetime(2026, 3, 27, 9, tzinfo=UTC)
