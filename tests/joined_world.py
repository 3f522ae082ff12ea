"""A problem in which everything that is named stands where it must, and what is said once a cell is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.builders import MARCH

from poolmatch import Problem, ProblemError
from poolmatch.errors import Issue

Cells = dict[str, Any]

POINT = {"lat": 53.2, "lon": 6.4}
WORLD: Mapping[str, list[Cells]] = {
    "organisations": [
        {"organisation": "gemeente", "name": "Gemeente Noordenveld", "region": "noordenveld"},
        {"organisation": "waterschap", "name": "Waterschap Hunze"},
        {"organisation": "onderwijs", "name": "Scholengroep De Brink"},
    ],
    "links": [{"source": "gemeente", "target": "onderwijs", "kind": "funds"}],
    "facilitators": [
        {"facilitator": "anneke", "name": "Anneke", "organisation": "gemeente", "region": "noordenveld", **POINT},
        {"facilitator": "berend", "name": "Berend", "organisation": "onderwijs", **POINT},
    ],
    "serves": [
        {"facilitator": "anneke", "region": "noordenveld"},
        {"facilitator": "berend", "region": "noordenveld"},
    ],
    "skills": [{"facilitator": "anneke", "skill": "groepsproces", "level": 3}],
    "ties": [
        {"facilitator": "anneke", "kind": "position", "theme": "energietransitie"},
        {"facilitator": "anneke", "kind": "dossier", "series": "wijkplan"},
        {"facilitator": "berend", "kind": "dossier", "meeting": "intakegesprek"},
        {"facilitator": "berend", "kind": "adviser", "organisation": "waterschap"},
    ],
    "availability": [{"facilitator": "anneke", "start": "2026-03-30", "end": "2026-03-30", "kind": "avoid"}],
    "meetings": [
        {"meeting": "intakegesprek", "start": "2026-03-05 19:30", "end": "2026-03-05 21:30", "region": "noordenveld"}
        | {"theme": "energietransitie", "series": "wijkplan", **POINT},
        {"meeting": "keukentafel", "series": "wijkplan", "region": "noordenveld", **POINT},
    ],
    "slots": [{"meeting": "keukentafel", "start": "2026-03-12 19:30", "end": "2026-03-12 21:30"}],
    "spacing": [{"series": "wijkplan", "min_days": 2}],
    "duties": [{"duty": "leertraject", "kind": "coaching", "hours": 2, "organisation": "onderwijs"}],
    "stakes": [
        {"meeting": "intakegesprek", "organisation": "waterschap", "grade": "decider"},
        {"meeting": "keukentafel", "organisation": "waterschap", "grade": "decider"},
    ],
    "seats": [
        {"meeting": "intakegesprek", "seat": "gespreksleider", "role": "lead", "continuity": "prefer"},
        {"meeting": "keukentafel", "seat": "gespreksleider", "role": "lead", "continuity": "prefer"},
    ],
    "requirements": [
        {"meeting": "intakegesprek", "seat": "gespreksleider", "skill": "groepsproces", "level": 3},
        {"meeting": "leertraject", "seat": "coaching", "skill": "groepsproces", "level": 2},
    ],
    "waivers": [
        {"facilitator": "berend", "organisation": "waterschap", "party": "waterschap", "consented_on": "2026-02-01"}
        | {"series": "wijkplan"},
        {"facilitator": "berend", "organisation": "onderwijs", "party": "waterschap", "consented_on": "2026-02-01"}
        | {"meeting": "keukentafel"},
    ],
    "strikes": [
        {"organisation": "waterschap", "facilitator": "anneke"},
        {"organisation": "waterschap", "facilitator": "berend", "meeting": "keukentafel"},
    ],
    "pairings": [{"first": "anneke", "second": "berend", "kind": "avoid"}],
    "preferences": [
        {"facilitator": "anneke", "theme": "energietransitie", "score": 2},
        {"facilitator": "anneke", "region": "noordenveld", "score": 2},
        {"facilitator": "anneke", "organisation": "waterschap", "score": 2},
        {"facilitator": "anneke", "meeting": "keukentafel", "score": 2},
    ],
    "pins": [
        {"meeting": "keukentafel", "seat": "gespreksleider"},
        {"meeting": "leertraject", "seat": "coaching", "facilitator": "berend"},
    ],
    "history": [
        {"meeting": "voorgesprek", "facilitator": "anneke", "role": "lead", "seat": "gespreksleider"}
        | {
            "start": "2026-02-05 19:30",
            "end": "2026-02-05 21:30",
            "organisations": ["waterschap"],
            "series": "wijkplan",
        }
    ],
    "ledger": [{"organisation": "gemeente", "hours_given": 1, "hours_received": 1}],
    "published": [
        {"meeting": "intakegesprek", "seat": "gespreksleider", "facilitator": "anneke"},
        {"meeting": "leertraject", "seat": "coaching"},
    ],
}
"""A problem in which everything that is named stands where it must."""


def told(tables: Mapping[str, Any]) -> tuple[Issue, ...]:
    """Everything that is said of a problem."""
    try:
        return Problem(period=MARCH, **tables).warnings
    except ProblemError as error:
        return error.issues


def with_cell(table: str, row: int, **cells: Any) -> dict[str, list[Cells]]:
    """The world with other cells in one row; None leaves a cell blank."""
    changed = {name: list(rows) for name, rows in WORLD.items()}
    filled = {name: value for name, value in (WORLD[table][row] | cells).items() if value is not None}
    changed[table] = [filled if n == row else other for n, other in enumerate(WORLD[table])]
    return changed


def of(issues: tuple[Issue, ...], place: str) -> list[tuple[tuple[int, ...], str]]:
    """Rows and value of what is said of a column."""
    return [(item.rows, str(item.value)) for item in issues if f"{item.table}.{item.column}" == place]
