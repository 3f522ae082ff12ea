"""What is asked of a made-up pool with teams: series, seats, times to choose from, and duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.cases.pool_rows import SKILLS, Rows
from benchmarks.cases.team_rows import Row, draw

TEAMS: Sequence[tuple[float, tuple[str, ...]]] = (
    (0.62, ("lead",)),
    (0.17, ("lead", "co")),
    (0.06, ("lead", "trainee")),
    (0.05, ("lead", "scribe")),
    (0.04, ("lead", "co", "trainee")),
    (0.02, ("lead", "co", "observer")),
    (0.01, ("lead", "co", "mentor")),
    (0.015, ("lead", "co", "scribe", "trainee")),
    (0.015, ("lead", "co", "mentor", "trainee")),
)
"""How often a meeting has which seats; a seat is called as its role."""
OPTIONAL = {"trainee": 0.5, "observer": 1.0, "scribe": 0.2}
"""How often a seat of a role need not be filled."""
DEMANDS = {"lead": 1.9, "co": 1.6, "mentor": 0.5, "scribe": 0.3}
"""How many skills a seat of a role requires, on average and two at most."""
CONTINUITY: Sequence[tuple[float, str]] = ((0.25, "none"), (0.4, "prefer"), (0.15, "same"), (0.2, "rotate"))
CONTENTION: Sequence[tuple[float, str]] = ((0.2, "low"), (0.65, "normal"), (0.15, "high"))
DUTIES = ("coaching", "evaluation", "course visit")
FLEXIBLE = 0.1
"""Part of the meetings that are held at one of several times."""
IN_SERIES = 0.4


def series(rng: np.random.Generator, cells: Mapping[str, Any]) -> dict[str, int]:
    """Join meetings in one town on different days to series that share their parties; return the first session of each.

    A series whose first session here is 2 had one before the period.
    """
    first: dict[str, int] = {}
    of_town: defaultdict[str, list[Row]] = defaultdict(list)
    for row in cells["meetings"]:
        row |= {"series": None, "session": None}
        if row["online"] == "no" and rng.random() < IN_SERIES:
            of_town[row["region"]].append(row)
    parties: defaultdict[str, list[Row]] = defaultdict(list)
    for row in cells["stakes"]:
        parties[row["meeting"]].append(row)
    for waiting in of_town.values():
        while len(waiting) > 1:
            days: dict[str, Row] = {}
            for row in waiting[:: max(1, len(waiting) // 5)]:
                days.setdefault(row["start"][:10], row)
            sessions = list(days.values())[: int(rng.integers(2, 6))]
            waiting[:] = [row for row in waiting if row not in sessions]
            if len(sessions) < 2:
                continue
            name = f"S{len(first) + 1:04d}"
            first[name] = 1 + int(rng.random() < 0.4)
            for number, row in enumerate(sessions, first[name]):
                row |= {"series": name, "session": number, "theme": sessions[0]["theme"]}
                shared = [stake | {"meeting": row["meeting"]} for stake in parties[sessions[0]["meeting"]]]
                parties[row["meeting"]] = shared
    cells["stakes"][:] = [stake for row in cells["meetings"] for stake in parties[row["meeting"]]]
    return first


def seats(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Give each meeting a team, one for all of a series, and say what the seats and the team must bring."""
    lead_asks: defaultdict[str, Rows] = defaultdict(list)
    for row in cells["requirements"]:
        lead_asks[row["meeting"]].append(row)
    team_of: dict[str, tuple[str, ...]] = {}
    continuity: dict[tuple[str, str], str] = {}
    seats: Rows = []
    requirements: Rows = []
    for row in cells["meetings"]:
        name, series = row["meeting"], row["series"]
        team = team_of.setdefault(series or name, draw(rng, TEAMS))
        for role in team:
            word = continuity.setdefault((series, role), draw(rng, CONTINUITY)) if series else "none"
            needed = "no" if rng.random() < OPTIONAL.get(role, 0) else "yes"
            seats.append({"meeting": name, "seat": role, "role": role, "required": needed, "continuity": word})
            asked = [ask for ask in lead_asks[name] if ask["kind"] == "preferred"] if role == "lead" else []
            open_skills = [skill for skill in SKILLS if skill not in {ask["skill"] for ask in asked}]
            number = min(int(rng.poisson(DEMANDS.get(role, 0))), 2)
            for skill in rng.permutation(open_skills).tolist()[:number]:
                level = int(rng.choice([1, 2, 3, 4], p=[0.2, 0.3, 0.35, 0.15]))
                asked.append({"meeting": name, "seat": role, "skill": skill, "level": level, "kind": "required"})
            requirements += asked
        if len(team) > 1 and rng.random() < 0.5:
            kind = str(rng.choice(["required", "preferred"], p=[0.7, 0.3]))
            skill, level = str(rng.choice(SKILLS)), int(rng.choice([3, 4, 5]))
            requirements.append({"meeting": name, "seat": None, "skill": skill, "level": level, "kind": kind})
    cells |= {"seats": seats, "requirements": requirements}


def meetings(rng: np.random.Generator, cells: dict[str, Any], opens: date) -> None:
    """Say how contested meetings are, and let some be held at one of several times."""
    slots: Rows = []
    loose: set[str] = set()
    days: defaultdict[str, list[date]] = defaultdict(list)
    for row in cells["meetings"]:
        row["contention"] = draw(rng, CONTENTION)
        day = date.fromisoformat(row["start"][:10])
        if row["series"]:
            days[row["series"]].append(day)
        if rng.random() >= FLEXIBLE:
            continue
        loose.add(row["series"])
        others = [day + timedelta(days=shift) for shift in rng.permutation([-3, -2, -1, 1, 2, 3, 4]).tolist()]
        others = [other for other in others if other.month == opens.month and other.weekday() < 5]
        for other in [day, *others[: int(rng.integers(1, 4))]]:
            start, end = (f"{other}{row[column][10:]}" for column in ("start", "end"))
            cost = 0 if other == day else int(rng.integers(0, 4))
            slots.append({"meeting": row["meeting"], "start": start, "end": end, "cost": cost})
        row |= {"start": None, "end": None}
    spacing: Rows = []
    for series, held in days.items():
        if series in loose and len(held) > 1 and rng.random() < 0.6:
            apart = [(later - earlier).days for earlier, later in pairwise(held)]
            spacing.append({"series": series, "min_days": min(apart), "max_days": max(apart) + 7})
    cells |= {"slots": slots, "spacing": spacing}


def duties(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    names = [row["organisation"] for row in cells["organisations"]]
    series = sorted({row["series"] for row in cells["meetings"] if row["series"]})
    duties: Rows = []
    for k in range(max(1, len(cells["meetings"]) // 25)):
        duties.append(
            {
                "duty": f"D{k + 1:04d}",
                "kind": DUTIES[k // 2 % len(DUTIES)],  # two of a kind, so that someone could do both
                "hours": float(rng.integers(2, 9)),
                "role": draw(rng, ((0.4, "lead"), (0.3, "co"), (0.3, None))),
                "organisation": str(rng.choice(names)) if rng.random() < 0.5 else None,
                "series": str(rng.choice(series)) if series and rng.random() < 0.3 else None,
                "priority": int(rng.integers(1, 6)),
            }
        )
        if rng.random() < 0.4:
            ask: Row = {"meeting": f"D{k + 1:04d}", "seat": None, "skill": str(rng.choice(SKILLS)), "level": 2}
            cells["requirements"].append(ask | {"kind": "required"})
    cells["duties"] = duties
