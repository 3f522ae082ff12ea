"""One problem, one legal roster, and one fault for each hard rule."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.builders import Cells, facilitator, meeting, problem

from poolmatch import Problem, Roster
from poolmatch.domain.roster import RosterRow

Held = dict[tuple[str, str], str | None]


@cache
def month() -> Problem:
    """Return a problem in which every hard rule can be broken by changing one seat of the legal roster."""

    def at(name: str, day: int, start: str = "10:00", end: str = "12:00", **cells: Any) -> Cells:
        return meeting(name, f"2026-03-{day:02d} {start}", f"2026-03-{day:02d} {end}", **cells)

    here: dict[str, Any] = {"lat": 53.0, "lon": 6.0}
    far: dict[str, Any] = {"lat": 53.5, "lon": 6.0}  # 72.3 km of road: 82.3 minutes
    return problem(
        [
            at("plain", 3),
            at("beside", 3, "11:00", "13:00"),
            at("town hall", 5),
            at("struck", 6),
            at("notes", 9),
            at("skilled", 10),
            at("away", 11),
            at("south", 12, region="south"),
            at("far", 13, **far),
            at("near", 16, **here),
            at("after", 16, "13:00", "14:00", **far),
            at("late", 18, "20:00", "22:00"),
            at("early", 19, "08:00", "09:00"),
            at("team", 20),
            at("pinned", 21),
            at("day 1", 23),
            at("day 2", 23, "14:00", "16:00"),
            at("week 1", 24),
            at("week 2", 26),
            at("few 1", 24, "14:00", "16:00"),
            at("few 2", 27),
            at("short 1", 30),
            at("short 2", 31),
        ],
        [
            facilitator("F1", max_travel_km=50, roles="lead;co;scribe", **here),
            facilitator("F2", organisation="Mill"),
            facilitator("F3"),
            facilitator("F4", roles="scribe"),
            facilitator("Day", max_per_day=1),
            facilitator("Week", max_per_week=1),
            facilitator("Few", max_meetings=1),
            facilitator("Short", max_hours=3),
        ],
        {"town hall": {"Mill": "decider"}},
        seats=[
            {"meeting": "notes", "seat": "lead", "role": "scribe"},
            *({"meeting": "team", "seat": name, "role": "scribe"} for name in ("lead", "second")),
        ],
        strikes=[{"organisation": "Town", "facilitator": "F2", "meeting": "struck"}],
        requirements=[{"meeting": "skilled", "seat": "lead", "skill": "intake", "level": 3}],
        skills=[{"facilitator": name, "skill": "intake", "level": level} for name, level in [("F1", 3), ("F2", 2)]],
        availability=[{"facilitator": "F2", "start": "2026-03-11", "end": "2026-03-11", "kind": "unavailable"}],
        serves=[{"facilitator": "F2", "region": "north"}],
        pins=[{"meeting": "pinned", "seat": "lead", "facilitator": "F1"}],
    )


LEGAL: Held = {
    ("plain", "lead"): "F1",
    ("beside", "lead"): "F3",
    ("town hall", "lead"): "F1",
    ("struck", "lead"): "F3",
    ("notes", "lead"): "F4",
    ("skilled", "lead"): "F1",
    ("away", "lead"): "F3",
    ("south", "lead"): "F3",
    ("far", "lead"): "F3",
    ("near", "lead"): "F1",
    ("after", "lead"): "F3",
    ("late", "lead"): "F3",
    ("early", "lead"): "F1",
    ("team", "lead"): "F1",
    ("team", "second"): "F4",
    ("pinned", "lead"): "F1",
    ("day 1", "lead"): "Day",
    ("day 2", "lead"): "F3",
    ("week 1", "lead"): "Week",
    ("week 2", "lead"): "F3",
    ("few 1", "lead"): "Few",
    ("few 2", "lead"): "F3",
    ("short 1", "lead"): "Short",
    ("short 2", "lead"): "F3",
}
FAULTS: Mapping[str, tuple[str, str, str]] = {
    "neutral": ("town hall", "lead", "F2"),
    "struck": ("struck", "lead", "F2"),
    "role": ("notes", "lead", "F3"),
    "skilled": ("skilled", "lead", "F2"),
    "available": ("away", "lead", "F2"),
    "region": ("south", "lead", "F2"),
    "travel-limit": ("far", "lead", "F1"),
    "one-per-seat": ("plain", "lead", "F2"),
    "no-double-booking": ("beside", "lead", "F1"),
    "travel-gap": ("near", "lead", "F3"),
    "max-per-day": ("day 2", "lead", "Day"),
    "max-per-week": ("week 2", "lead", "Week"),
    "max-meetings": ("few 2", "lead", "Few"),
    "max-hours": ("short 2", "lead", "Short"),
    "rest": ("early", "lead", "F3"),
    "pinned": ("pinned", "lead", "F3"),
}


def planted(*rules: str) -> Roster:
    """Return the legal roster with the faults of these rules; that of `one-per-seat` is a second person in a seat."""
    rows = [(place, seat, name) for (place, seat), name in LEGAL.items()]
    for rule in rules:
        place, seat, _ = FAULTS[rule]
        rows = [row for row in rows if row[:2] != (place, seat) or rule == "one-per-seat"] + [FAULTS[rule]]
    return Roster(rows=tuple(RosterRow(meeting=place, seat=seat, facilitator=name) for place, seat, name in rows))
