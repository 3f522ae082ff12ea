"""What is asked of a made-up pool: meetings with their stakes and requirements, and what went before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from benchmarks.cases.pool_places import Towns, points
from benchmarks.cases.pool_rows import (
    SKILLS,
    THEMES,
    Cell,
    Floats,
    Ints,
    Rows,
    facilitator_id,
    meeting_id,
    organisation_id,
)

FORMS = ("Keukentafelgesprek", "Plein", "Intake", "Wijkproces")


def working_days(start: date, end: date) -> list[date]:
    days = (start + timedelta(days=k) for k in range((end - start).days))
    return [day for day in days if day.weekday() < 5]


def _times(rng: np.random.Generator, number: int, days: Sequence[date]) -> tuple[list[date], Ints, Ints]:
    """Return day, first minute and length in minutes of meetings; evenings are the most wanted."""
    day = [days[k] for k in sorted(rng.integers(len(days), size=number).tolist())]
    minute = rng.choice(
        [540, 570, 600, 780, 810, 840, 870, 930, 1140, 1170, 1200],
        number,
        p=[0.25 / 3] * 3 + [0.07] * 5 + [0.4 / 3] * 3,
    )
    return day, minute, rng.choice([90, 120, 150], number, p=[0.3, 0.45, 0.25])


def _clock(day: date, minute: int) -> str:
    return f"{day}T{minute // 60:02d}:{minute % 60:02d}"


def meetings(
    rng: np.random.Generator, towns: Towns, org_town: Ints, number: int, days: Sequence[date], national: bool
) -> tuple[Rows, Rows, Rows, Floats]:
    """Return meetings, their stakes, what their seats require, and the hours that each takes."""
    town = rng.choice(len(towns.names), number, p=towns.weight)
    day, minute, length = _times(rng, number, days)
    setup, wrapup = rng.choice([0, 15, 30], (2, number))
    preparation = rng.choice([0.0, 0.5, 1.0, 2.0], number)
    lat, lon = points(rng, towns, town)
    online = (rng.random(number) < 0.05).tolist()
    priority = rng.choice([1, 2, 3, 4, 5], number, p=[0.1, 0.2, 0.4, 0.2, 0.1]).tolist()
    theme = rng.integers(len(THEMES), size=number).tolist()
    form = rng.integers(len(FORMS), size=number).tolist()
    participants = rng.integers(6, 61, number).tolist()
    rows: Rows = []
    for k, where in enumerate(town.tolist()):
        place: dict[str, Cell] = {"region": towns.names[where], "lat": lat[k], "lon": lon[k], "online": "no"}
        if online[k]:
            place = {"region": place["region"] if national else None, "lat": None, "lon": None, "online": "yes"}
        when: dict[str, Cell] = {
            "meeting": meeting_id(k),
            "title": f"{FORMS[form[k]]} {THEMES[theme[k]]} in {towns.names[where]}",
            "start": _clock(day[k], int(minute[k])),
            "end": _clock(day[k], int(minute[k] + length[k])),
        }
        what: dict[str, Cell] = {
            "priority": priority[k],
            "theme": THEMES[theme[k]],
            "setup_minutes": int(setup[k]),
            "wrapup_minutes": int(wrapup[k]),
            "preparation_hours": float(preparation[k]),
            "participants": participants[k],
        }
        rows.append(when | place | what)
    hours = (length + setup + wrapup) / 60 + preparation
    return rows, _stakes(rng, towns, org_town, town), _requirements(rng, number), hours


def _stakes(rng: np.random.Generator, towns: Towns, org_town: Ints, town: Ints) -> Rows:
    """Return two to four parties per meeting from around its town; the local municipality mostly decides."""
    first = len(towns.names)
    rank = np.empty_like(towns.near)
    np.put_along_axis(rank, towns.near, np.arange(first)[None, :], axis=1)
    around = np.argsort(rank[:, org_town], axis=1, kind="stable")
    # The local municipality stands in the list as the first that is nearest: it is drawn by itself.
    around = around[around != np.arange(first)[:, None]].reshape(first, -1)[:, :8]
    number = len(town)
    order = np.argsort(rng.random((number, around.shape[1])), axis=1)
    others = np.take_along_axis(around[town], order, axis=1).tolist()
    local = ((rng.random(number) < 0.8) | (around.shape[1] == 0)).tolist()
    size = rng.integers(2, 5, number).tolist()
    leading = rng.choice(["decider", "commissioner"], number, p=[0.6, 0.4]).tolist()
    grades = rng.choice(
        ["interest", "contributor", "observer", "commissioner"], (number, 4), p=[0.45, 0.25, 0.2, 0.1]
    ).tolist()
    rows: Rows = []
    for k, home in enumerate(town.tolist()):
        parties = ([home, *others[k]] if local[k] else others[k])[: size[k]]
        for n, party in enumerate(parties):
            grade = leading[k] if n == 0 else grades[k][n]
            rows.append({"meeting": meeting_id(k), "organisation": organisation_id(party), "grade": grade})
    return rows


def _requirements(rng: np.random.Generator, number: int) -> Rows:
    skill = rng.integers(len(SKILLS), size=number)
    also = ((skill + rng.integers(1, len(SKILLS), number)) % len(SKILLS)).tolist()
    # Few have level 5: those seats are the hard ones to fill.
    level = rng.choice([2, 3, 4, 5], number, p=[0.35, 0.35, 0.2, 0.1]).tolist()
    must, should = (rng.random((2, number)) < [[0.6], [0.2]]).tolist()
    rows: Rows = []
    for k, asked in enumerate(skill.tolist()):
        seat: dict[str, Cell] = {"meeting": meeting_id(k), "seat": "lead"}
        if must[k]:
            rows.append(seat | {"skill": SKILLS[asked], "level": level[k], "kind": "required"})
        if should[k]:
            rows.append(seat | {"skill": SKILLS[also[k]], "level": 3, "kind": "preferred"})
    return rows


def history(rng: np.random.Generator, org_town: Ints, people: int, number: int, days: Sequence[date]) -> Rows:
    """Return past work, of which some people did clearly more than others."""
    weight = rng.gamma(2.0, size=people)
    person = rng.choice(people, number, p=weight / weight.sum()).tolist()
    day, minute, length = _times(rng, number, days)
    party = rng.integers(len(org_town), size=number).tolist()
    return [
        {
            "meeting": f"P{k + 1:05d}",
            "facilitator": facilitator_id(person[k]),
            "role": "lead",
            "start": _clock(day[k], int(minute[k])),
            "end": _clock(day[k], int(minute[k] + length[k])),
            "seat": "lead",
            "organisations": organisation_id(party[k]),
        }
        for k in range(number)
    ]
