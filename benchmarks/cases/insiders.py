"""Meetings on which two employers decide together, so that a lead of one and a co of the other may balance."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.cases.pool_rows import Rows

KEY = ("facilitator", "organisation", "meeting", "series", "party")
"""What tells consents apart."""
BEFORE = "2026-01-15"
"""A day before the period."""
SHARED = 0.6
"""Part of the meetings with a lead and a co on which two employers decide."""


def insiders(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Let two employers decide on meetings with a lead and a co, and everybody else consent to their people there."""
    by_role: dict[str, Rows] = {"lead": [], "co": []}
    for row in cells["facilitators"]:
        for role, rows in by_role.items():
            if row["organisation"] and role in row["roles"].split(";"):
                rows.append(row)
    if not all(by_role.values()):
        return
    seats = {(row["meeting"], row["role"]) for row in cells["seats"]}
    taken = {tuple(row[name] for name in KEY) for row in cells["waivers"]}
    for meeting in (row["meeting"] for row in cells["meetings"]):
        if not {(meeting, "lead"), (meeting, "co")} <= seats or rng.random() >= SHARED:
            continue
        lead, co = (rows[int(rng.integers(len(rows)))]["organisation"] for rows in by_role.values())
        if lead == co:
            continue
        others = [row for row in cells["stakes"] if row["meeting"] == meeting and row["organisation"] not in (lead, co)]
        for row in others:
            row["grade"] = "interest" if row["grade"] in ("decider", "commissioner") else row["grade"]
        deciders = [{"meeting": meeting, "organisation": name, "grade": "decider"} for name in (lead, co)]
        kept = [row for row in cells["stakes"] if row["meeting"] != meeting]
        cells["stakes"] = [*kept, *deciders, *others]
        for person in cells["facilitators"]:
            if person["organisation"] in (lead, co):
                about = {name: person[name] for name in ("facilitator", "organisation")} | {"meeting": meeting}
                for party in (row["organisation"] for row in others):
                    row = {**about, "series": None, "party": party, "consented_on": BEFORE, "expires": None}
                    if tuple(row[name] for name in KEY) not in taken:
                        cells["waivers"].append(row)
