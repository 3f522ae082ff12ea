"""A month of three meetings, small enough to know by heart what a workbook of it must hold.

- M1, *Intake*, Thursday 5 March, 19:30 to 21:30, in the region south: Anna leads, Bram is co. Bram works for the
  school, which listens in, so that the parties must be told. People were told that Carla would lead it.
- M2, without a title, online, Friday 6 March, 10:00 to 12:00: everybody is away, so that nobody leads it.
- M3, *Plein*, Monday 30 March, 19:00 to 22:00: Carla leads it, and is pinned; nobody observes, which is optional.
"""

from __future__ import annotations

from tests.builders import Holders, facilitator, meeting, problem, roster
from tests.results import result

from poolmatch import Problem
from poolmatch.results import Result

PEOPLE = (
    {**facilitator("F1"), "name": "Anna"},
    {**facilitator("F2", organisation="School"), "name": "Bram"},
    {**facilitator("F3"), "name": "Carla"},
)


def example(**tables: object) -> Problem:
    """Return the problem; tables that are given stand in the place of its own."""
    given: dict[str, object] = {
        "meetings": [
            meeting("M1", title="Intake", region="zuid"),
            meeting("M2", "2026-03-06 10:00", "2026-03-06 12:00", online=True),
            meeting("M3", "2026-03-30 19:00", "2026-03-30 22:00", title="Plein"),
        ],
        "facilitators": PEOPLE,
        "stakes": {"M1": {"Town": "decider", "School": "observer"}},
        "seats": [
            {"meeting": "M1", "seat": "lead", "role": "lead"},
            {"meeting": "M1", "seat": "co", "role": "co"},
            {"meeting": "M3", "seat": "lead", "role": "lead"},
            {"meeting": "M3", "seat": "extra", "role": "observer", "required": False},
        ],
        "availability": [
            {"facilitator": row["facilitator"], "start": "2026-03-06", "end": "2026-03-06", "kind": "unavailable"}
            for row in PEOPLE
        ],
        "pins": [{"meeting": "M3", "seat": "lead", "facilitator": "F3"}],
        "published": [{"meeting": "M1", "seat": "lead", "facilitator": "F3"}],
    }
    return problem(**given | tables)  # type: ignore[arg-type]


HOLDERS: Holders = {("M1", "lead"): "F1", ("M1", "co"): "F2", "M2": None, ("M3", "lead"): "F3", ("M3", "extra"): None}


def made(case: Problem | None = None) -> Result:
    """Return the roster of the example as a result."""
    return result(case or example(), roster(HOLDERS))
