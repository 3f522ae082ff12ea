"""Who is in a made-up pool with teams: roles and limits, ties and consents, strikes and pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarks.cases.pool_rows import THEMES
from benchmarks.cases.team_rows import Row, draw

ROLES: Sequence[tuple[float, str]] = (
    (0.25, "lead;co"),
    (0.1, "lead;scribe"),
    (0.1, "lead;mentor"),
    (0.05, "lead"),
    (0.15, "co;observer"),
    (0.1, "co;scribe"),
    (0.1, "co;trainee"),
    (0.15, "trainee;observer"),
)
"""How often people have which roles."""
PAIRS = ("forbid", "avoid", "prefer", "require")
MOST_WEEKS = 2
"""Weeks of contract hours that the period may take of those who have a limit of hours."""
ROOM = 1.25
"""How much more people can do here, since not everybody takes each role."""


def people(rng: np.random.Generator, cells: Mapping[str, Any]) -> None:
    """Give people roles and limits that teams need, make some external, and ask some to stay in practice."""
    more = ROOM * len(cells["seats"]) / len(cells["meetings"])
    for row in cells["facilitators"]:
        row["roles"] = draw(rng, ROLES)
        row["max_meetings"] = int(np.ceil(row["max_meetings"] * more))
        row["max_per_week"] = int(np.ceil(row["max_per_week"] * more))
        row["contract_hours"] = min(32, int(np.ceil(row["contract_hours"] * more)))
        row["max_travel_km"] = int(rng.integers(2, 6)) * 5
        row["max_hours"] = row["contract_hours"] * MOST_WEEKS if rng.random() < 0.2 else None
        row["min_meetings"] = 2 if rng.random() < 0.2 else None
        row["external"], row["hourly_cost"] = "no", None
        if rng.random() < 0.06:
            alone = rng.random() < 0.7
            row |= {"external": "yes", "hourly_cost": int(rng.integers(80, 151)), "roles": "lead;co;scribe;mentor"}
            row |= {"contract_hours": None, "min_meetings": None} | ({"organisation": None} if alone else {})


def ties(rng: np.random.Generator, cells: Mapping[str, Any], opens: date) -> None:
    """Tie one in six to what is at stake, and let the parties consent to some of the ties."""
    stakes, waivers = cells["stakes"], []
    series_of = {row["meeting"]: row["series"] for row in cells["meetings"]}
    parties: defaultdict[str, list[str]] = defaultdict(list)
    for row in stakes:
        if row["grade"] != "observer":
            parties[row["meeting"]].append(row["organisation"])
    for person in cells["facilitators"]:
        if rng.random() >= 1 / 6:
            continue
        stake = stakes[int(rng.integers(len(stakes)))]
        meeting, party, who = stake["meeting"], stake["organisation"], person["facilitator"]
        kind = str(rng.choice(["family", "adviser", "former_employee", "resident", "dossier", "position"]))
        tie: Row = {"facilitator": who, "kind": kind}
        if kind == "dossier":
            tie |= {"series": series_of[meeting]} if series_of[meeting] else {"meeting": meeting}
        elif kind == "position":
            tie["theme"] = str(rng.choice(THEMES))
        else:
            tie["organisation"] = party
        if kind == "former_employee" or (kind == "adviser" and rng.random() < 0.5):
            tie["end"] = str(opens - timedelta(days=int(rng.integers(30, 1000))))
        cells["ties"].append(tie)
        if "organisation" in tie and kind != "resident" and rng.random() < 0.6:
            where: Row = {"meeting": meeting, "series": None}
            if series_of[meeting] and rng.random() < 0.5:
                where = {"meeting": None, "series": series_of[meeting]}
            given = {"consented_on": str(opens - timedelta(days=int(rng.integers(5, 60)))), "expires": None}
            about: Row = {"facilitator": who, "organisation": party}
            waivers += [about | where | {"party": consents} | given for consents in parties[meeting]]
    cells["waivers"] = waivers  # type: ignore[index]


def among_people(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Draw strikes of parties, and pairs of two people of whom nobody is in two pairs."""
    names = [row["facilitator"] for row in cells["facilitators"]]
    strikes: dict[tuple[Any, ...], Row] = {}
    for _ in range(max(1, len(names) // 12)):
        stake, who = cells["stakes"][int(rng.integers(len(cells["stakes"])))], str(rng.choice(names))
        meeting = stake["meeting"] if rng.random() < 0.5 else None
        row = {"organisation": stake["organisation"], "facilitator": who, "meeting": meeting}
        strikes[tuple(row.values())] = row
    order = [names[place] for place in rng.permutation(len(names)).tolist()]
    number = min(len(names) // 2, max(len(PAIRS), len(names) // 10))
    pairs = [{"first": order[2 * k], "second": order[2 * k + 1], "kind": PAIRS[k % len(PAIRS)]} for k in range(number)]
    cells |= {"strikes": list(strikes.values()), "pairings": pairs}
