"""Two meetings in the Westerkwartier, with people, consents and kin that have something to tell."""

from __future__ import annotations

from typing import Any

from tests.builders import MARCH, meeting

from poolmatch import Problem, Roster

NAMES = {
    "wzn": "Woonzorg Noord",
    "wk": "Gemeente Westerkwartier",
    "bp": "Brede Plein",
    "rn": "Regio Noord",
    "school": "Basisschool De Wierde",
    "dorp": "Dorpsbelangen Aduard",
    "away": "Elders",
}


def westerkwartier(**tables: Any) -> Problem:
    """Return two meetings in the Westerkwartier, at one of which F3's employer is a unit of the party that decides."""
    people = [
        {"facilitator": "F3", "name": "Facilitator 03", "organisation": "wzn"},
        {"facilitator": "F4", "name": "Facilitator 04", "organisation": "away"},
        {"facilitator": "F5", "name": "Facilitator 05", "independent": True},
    ]
    rows: dict[str, Any] = {
        "period": MARCH,
        "organisations": [{"organisation": key, "name": name} for key, name in NAMES.items()],
        "facilitators": people,
        "meetings": [
            meeting("M1", title="Dorpsvisie"),
            meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30", theme="wonen", series="reeks"),
        ],
        "links": [{"source": "wzn", "target": "wk", "kind": "unit_of"}],
        "stakes": [
            {"meeting": "M1", "organisation": "wk", "grade": "decider"},
            {"meeting": "M1", "organisation": "dorp", "grade": "contributor"},
            {"meeting": "M2", "organisation": "school", "grade": "commissioner"},
            {"meeting": "M2", "organisation": "wk", "grade": "observer"},
        ],
        "seats": [{"meeting": name, "seat": "lead", "role": "lead"} for name in ("M1", "M2")],
    }
    return Problem(**(rows | tables))


def held(case: Problem, **holders: str) -> Roster:
    return Roster.of(case, {(name, "lead"): who for name, who in holders.items()})


CONSENTS = [
    {"facilitator": "F5", "organisation": "wk", "meeting": "M1", "party": "wk", "consented_on": "2026-03-01"},
    {
        "facilitator": "F5",
        "organisation": "wk",
        "meeting": "M1",
        "party": "dorp",
        "consented_on": "2026-03-02",
        "expires": "2026-03-31",
    },
]
KIN = [{"facilitator": "F5", "kind": "family", "organisation": "wk"}]


def several() -> tuple[Problem, Roster]:
    """Return a roster with something to tell about F4 at both meetings, and about F5 at the first."""
    ties = [
        *KIN,
        {"facilitator": "F4", "kind": "resident", "organisation": "school"},
        {"facilitator": "F4", "kind": "resident", "organisation": "dorp"},
        {"facilitator": "F4", "kind": "family", "organisation": "bp"},
    ]
    seats = [{"meeting": name, "seat": seat, "role": "scribe"} for name in ("M1", "M2") for seat in ("s1", "s2")]
    case = westerkwartier(ties=ties, waivers=CONSENTS, seats=seats)
    return case, Roster.of(case, {("M1", "s1"): "F5", ("M1", "s2"): "F4", ("M2", "s1"): "F4", ("M2", "s2"): "F3"})
