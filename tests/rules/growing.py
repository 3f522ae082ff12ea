"""Seats, meetings and past work for rules on how roles are earned."""

from __future__ import annotations

from typing import Any

from tests.builders import Cells, meeting

from poolmatch.domain.steps import Step

OBSERVED_ONCE = (Step(role="co", needs="observer", times=1),)
TWO_STEPS = (Step(role="co", needs="observer", times=1), Step(role="lead", needs="co", times=1))


def on(name: str, day: int, hour: int = 19) -> Cells:
    """Return a meeting of an hour on a day of March."""
    return meeting(name, f"2026-03-{day:02} {hour:02}:30", f"2026-03-{day:02} {hour + 1:02}:30")


def seats(*roles: str, of: str = "M1", **cells: Any) -> list[Cells]:
    """Return seats that are called after their roles."""
    return [{"meeting": of, "seat": role, "role": role, **cells} for role in roles]


def was(who: str, role: str, day: str, what: str = "", **cells: Any) -> Cells:
    """Return a row of history: an evening of two hours, by default a meeting that is called after its day."""
    times = {"start": f"{day} 19:30", "end": f"{day} 21:30"}
    return {"meeting": what or f"P{day}", "facilitator": who, "role": role, **times, **cells}
