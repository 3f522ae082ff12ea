"""What is on in a made-up city of Pleinen: processes of an intake and Pleinen, management, masterclasses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from benchmarks.cases.pool_places import Towns, points
from benchmarks.cases.pool_rows import SKILLS, THEMES, Cell, Floats, Rows, meeting_id, organisation_id
from benchmarks.cases.team_rows import Row, draw

LARGE_GROUPS = "large-groups"
METHODS = tuple(skill for skill in SKILLS if skill != "intake")
KINDS: Sequence[tuple[float, str]] = ((0.78, "process"), (0.1, "management"), (0.12, "masterclass"))
"""How often what begins is of which kind."""
PLEINEN: Sequence[tuple[float, int]] = ((0.6, 1), (0.3, 2), (0.1, 3))
"""How often a process has how many Pleinen."""
INTAKE_BEFORE = 0.3
"""Part of the processes whose intake was before the period."""
OPTIONAL = {"trainee": 0.8, "scribe": 0.1}
"""How often a seat of a role need not be filled."""
ONLINE = {"intake": 0.25, "management": 0.3}
"""How often a meeting of a kind is online."""
BUSY = {1: 4, 3: 4}
"""How much more is begun on some weekdays, 0 is Monday, than on others."""
AFTER_INTAKE = ("prefer", "rotate", "none")
"""Continuity of the other seats of Pleinen, one for all of a process."""


@dataclass(frozen=True)
class Agenda:
    """Meetings of a city.

    Attributes
    ----------
    meetings
        Rows in the order of their starts, with a column ``kind``, which `seats` takes out.
    hours
        Hours that each takes, preparation included, as of a meeting with one seat.
    first_session
        The first session in the period of each series; 2 where one was before it.
    """

    meetings: list[Row]
    hours: Floats
    first_session: dict[str, int]


def agenda(rng: np.random.Generator, places: Towns, neighbourhoods: int, number: int, days: Sequence[date]) -> Agenda:
    """Return the meetings of a city in its neighbourhoods, as many as asked for."""
    rows: list[Row] = []
    first: dict[str, int] = {}
    management: dict[str, Any] = {}
    weight = np.array([BUSY.get(day.weekday(), 1) for day in days], float)
    while len(rows) < number:
        kind = draw(rng, KINDS)
        day = int(rng.choice(len(days), p=weight / weight.sum()))
        if kind == "process":
            begun = bool(rng.random() < INTAKE_BEFORE)
            series = f"S{len(first) + 1:04d}"
            first[series] = 1 + int(begun)
            held = ([] if begun else ["intake"]) + ["plein"] * draw(rng, PLEINEN)
            place, theme = int(rng.choice(neighbourhoods)), str(rng.choice(THEMES))
            for session, what in enumerate(held, first[series]):
                rows.append(_row(rng, places, what, place, days[day], theme) | {"series": series, "session": session})
                day += int(rng.integers(3, 9))
                if day >= len(days):
                    break  # what comes later is in the next period
        elif kind == "management":
            management = management or _row(rng, places, kind, int(rng.choice(neighbourhoods)), days[0], "pool")
            start, end = (f"{days[day]}{management[column][10:]}" for column in ("start", "end"))
            rows.append(management | {"start": start, "end": end, "series": "management", "session": None})
        else:
            row = _row(rng, places, kind, int(rng.choice(neighbourhoods)), days[day], str(rng.choice(THEMES)))
            rows.append(row | {"series": None, "session": None})
    del rows[number:]
    rows.sort(key=lambda row: (row["start"], row["series"] or ""))
    _number_sessions(rows, first)
    for k, row in enumerate(rows):
        row["meeting"] = meeting_id(k)
    hours = [_hours(row) for row in rows]
    return Agenda(
        rows, np.array(hours), {name: first[name] for name in first if any(r["series"] == name for r in rows)}
    )


def _number_sessions(rows: list[Row], first: dict[str, int]) -> None:
    """Number the sessions of the management by their days; of two on one day the second stands alone."""
    held = [row for row in rows if row["series"] == "management"]
    days: set[str] = set()
    for row in held:
        if row["start"][:10] in days:
            row["series"] = None
        else:
            days.add(row["start"][:10])
            row["session"] = 1 + len(days)
    if days:
        first["management"] = 2  # there was one last month


def _row(rng: np.random.Generator, places: Towns, kind: str, place: int, day: date, theme: str) -> Row:
    """Return a meeting of a kind; the larger a Plein, the longer is what it takes to set it up."""
    participants = int(rng.integers(20, 121)) if kind == "plein" else int(rng.integers(6, 17))
    minute = int(rng.choice((540, 600, 840, 930) if kind != "plein" else (570, 840, 1140, 1170, 1200)))
    length = {"plein": 150, "intake": 90, "management": 120, "masterclass": 180}[kind]
    large = kind == "plein" and participants > 60
    (lat,), (lon,) = points(rng, places, np.array([place]))
    where: dict[str, Cell] = {"region": places.names[place], "lat": lat, "lon": lon, "online": "no"}
    if kind in ONLINE and rng.random() < ONLINE[kind]:
        where = {"region": None, "lat": None, "lon": None, "online": "yes"}
    return {
        "meeting": None,
        "title": f"{kind.capitalize()} {theme} in {places.names[place]}",
        "start": _clock(day, minute),
        "end": _clock(day, minute + length),
        "priority": int(rng.choice([1, 2, 3, 4, 5], p=[0.1, 0.2, 0.4, 0.2, 0.1])),
        "theme": theme,
        "kind": kind,
        "setup_minutes": 60 if large else int(rng.choice([0, 15, 30])),
        "wrapup_minutes": 45 if large else int(rng.choice([0, 15, 30])),
        "preparation_hours": float(rng.choice([0.5, 1.0, 2.0])),
        "participants": participants,
        **where,
    }


def _clock(day: date, minute: int) -> str:
    return f"{day}T{minute // 60:02d}:{minute % 60:02d}"


def _hours(row: Row) -> float:
    begin, end = (int(row[column][11:13]) * 60 + int(row[column][14:]) for column in ("start", "end"))
    minutes = end - begin + row["setup_minutes"] + row["wrapup_minutes"]
    return float(minutes / 60 + row["preparation_hours"])


def stakes(rng: np.random.Generator, meetings: Sequence[Row], organisations: int) -> Rows:
    """Return the parties of each meeting, the same for all of a series: of a Plein many decide together.

    The municipality of the city, the first organisation, mostly takes part.
    """
    most = max(2, organisations // 3)  # else nobody in a small city would be neutral
    parties: dict[str, list[tuple[int, str]]] = {}
    rows: Rows = []
    for row in meetings:
        name = row["series"] or row["meeting"]
        if name not in parties:
            process = row["kind"] in ("plein", "intake")
            wanted = min(int(rng.integers(4, 9)), most) if process else int(rng.integers(1, 4))
            others = (1 + rng.permutation(organisations - 1)).tolist()
            chosen = ([0, *others] if rng.random() < 0.75 or not others else others)[:wanted]
            deciders = int(rng.integers(2, 5)) if process else 0
            grades = ["commissioner"] + ["decider"] * deciders
            grades += rng.choice(["interest", "contributor", "observer"], 8, p=[0.25, 0.35, 0.4]).tolist()
            parties[name] = list(zip(chosen, grades, strict=False))
        rows += [
            {"meeting": row["meeting"], "organisation": organisation_id(party), "grade": grade}
            for party, grade in parties[name]
        ]
    return rows


def seats(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    """Give each meeting its team, and say what its seats and the team as a whole must bring."""
    seats: Rows = []
    requirements: Rows = []
    continuity: dict[str, str] = {}
    for row in cells["meetings"]:
        name, kind = row["meeting"], row.pop("kind")
        others = continuity.setdefault(row["series"], str(rng.choice(AFTER_INTAKE))) if row["series"] else "none"
        leads = {"plein": "same", "intake": "same", "management": "rotate"}.get(kind, "none")
        for seat in team(kind, row["participants"]):
            role = seat.split(" ")[0]
            word = (leads if row["series"] else "none") if role == "lead" else others if role != "trainee" else "none"
            needed = "no" if rng.random() < OPTIONAL.get(role, 0) else "yes"
            seats.append({"meeting": name, "seat": seat, "role": role, "required": needed, "continuity": word})
        requirements += _requirements(rng, row, kind)
    cells |= {"seats": seats, "requirements": requirements}


def team(kind: str, participants: int) -> tuple[str, ...]:
    """Return the seats of a meeting: of a Plein a lead and a scribe, one co above 40 and another above 80."""
    if kind != "plein":
        return ("mentor",) if kind == "masterclass" else ("lead",)
    more = ("co", "co 2")[: (participants > 40) + (participants > 80)]
    return ("lead", *more, "scribe", "trainee")


def _requirements(rng: np.random.Generator, row: Row, kind: str) -> Rows:
    name = row["meeting"]

    def ask(seat: str | None, skill: str, level: int, word: str = "required") -> dict[str, Cell]:
        return {"meeting": name, "seat": seat, "skill": skill, "level": level, "kind": word}

    if kind == "intake":
        return [ask("lead", "intake", 3)]
    if kind == "masterclass":
        return [ask("mentor", str(rng.choice(METHODS)), int(rng.choice([3, 4])))]
    if kind == "management":
        return [ask("lead", "intake", 3, "preferred")]
    level = 2 + (row["participants"] > 60) + (row["participants"] > 100)
    methods = rng.permutation(METHODS).tolist()[: int(rng.integers(1, 3))]
    wished = [ask("lead", methods[0], 3, "preferred")] if rng.random() < 0.4 else []
    asked = [ask(None, method, int(rng.choice([3, 4], p=[0.7, 0.3]))) for method in methods]
    return [ask("lead", LARGE_GROUPS, level), *wished, *asked]
