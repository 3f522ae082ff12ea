"""Who is in a made-up pool: facilitators, with what they can, whom they are tied to and when they are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from benchmarks.cases.pool_places import Towns, points
from benchmarks.cases.pool_rows import SKILLS, THEMES, Cell, Floats, Ints, Rows, facilitator_id, organisation_id

LOAD = 0.75
"""Required hours as a part of the contract hours of the period, as far as 4 to 24 hours a week allow."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")


def facilitators(
    rng: np.random.Generator, towns: Towns, org_town: Ints, number: int, hours: Floats, weeks: float
) -> Rows:
    """Return people who together can carry the hours of all meetings, and not much more."""
    weight = np.sqrt(towns.weight[org_town]) * np.where(np.arange(len(org_town)) < len(towns.names), 2, 1)
    employer = rng.choice(len(org_town), number, p=weight / weight.sum())
    home = towns.near[org_town[employer], rng.integers(min(3, len(towns.names)), size=number)]
    lat, lon = points(rng, towns, home)
    part = rng.uniform(0.5, 1.8, number)
    contract = (part / part.sum() * hours.sum() / weeks / LOAD).round().clip(4, 24)
    most = np.maximum(1, (contract * weeks / hours.mean()).round())
    per_week = np.ceil(1.4 * most / weeks)
    per_day = rng.choice([1, 2], number, p=[0.3, 0.7])
    travel = rng.choice(np.arange(30, 81, 5), number)
    return [
        {
            "facilitator": facilitator_id(k),
            "name": f"Facilitator {k + 1:02d}",
            "organisation": organisation_id(org),
            "region": towns.names[where],
            "lat": lat[k],
            "lon": lon[k],
            "max_meetings": int(most[k]),
            "max_per_day": int(per_day[k]),
            "max_per_week": int(per_week[k]),
            "contract_hours": int(contract[k]),
            "max_travel_km": int(travel[k]),
        }
        for k, (org, where) in enumerate(zip(employer.tolist(), home.tolist(), strict=True))
    ]


def serves(rng: np.random.Generator, towns: Towns, homes: Sequence[str], national: bool) -> Rows:
    """Return the regions of those who keep to the towns around their home: one in four, of a nation everyone."""
    index = {name: k for k, name in enumerate(towns.names)}
    local = rng.random(len(homes)) < (1 if national else 0.25)
    number = np.where(local, rng.integers(*((5, 16) if national else (2, 7)), len(homes)), 0).tolist()
    return [
        {"facilitator": facilitator_id(k), "region": towns.names[town]}
        for k, home in enumerate(homes)
        for town in towns.near[index[home], : number[k]].tolist()
    ]


def skills(rng: np.random.Generator, number: int, start: date, end: date, names: Sequence[str] = SKILLS) -> Rows:
    has = np.argwhere(rng.random((number, len(names))) < 0.6).tolist()
    level = rng.choice([1, 2, 3, 4, 5], len(has), p=[0.05, 0.2, 0.35, 0.25, 0.15]).tolist()
    change = rng.choice(["none", "from", "until"], len(has), p=[0.9, 0.05, 0.05]).tolist()
    day = rng.integers((end - start).days, size=len(has)).tolist()
    return [
        {
            "facilitator": facilitator_id(person),
            "skill": names[skill],
            "level": level[k],
            "valid_from": str(start + timedelta(days=day[k])) if change[k] == "from" else None,
            "valid_until": str(start + timedelta(days=day[k])) if change[k] == "until" else None,
        }
        for k, (person, skill) in enumerate(has)
    ]


def ties(rng: np.random.Generator, organisations: int, people: Rows) -> Rows:
    """Return the ties of those, one in twenty, who have one besides their employment."""
    tied = np.flatnonzero(rng.random(len(people)) < 0.05).tolist()
    organisation = rng.integers(organisations, size=len(tied)).tolist()
    kind = rng.choice(["director", "financial_interest"], len(tied)).tolist()
    return [
        {"facilitator": facilitator_id(k), "kind": kind[n], "organisation": organisation_id(organisation[n])}
        for n, k in enumerate(tied)
    ]


def availability(rng: np.random.Generator, number: int, start: date, end: date) -> Rows:
    days_off = rng.integers(len(WEEKDAYS), size=number).tolist()
    away = rng.integers((end - start).days, size=number).tolist()
    away_days = rng.integers(3, 10, number).tolist()
    part = rng.choice(["08:00 18:00", "12:00 23:00"], number).tolist()
    wish = rng.choice(["prefer", "avoid"], number).tolist()
    off, gone, windows, wishes = (rng.random((4, number)) < [[0.5], [0.25], [0.15], [0.1]]).tolist()
    # A rule counts from its start, which should itself be one of its days.
    first = [start + timedelta(days=(k - start.weekday()) % 7) for k in range(7)]
    rows: Rows = []

    def add(k: int, opens: str, closes: str, kind: str, days: str | None = None) -> None:
        rule = None if days is None else f"FREQ=WEEKLY;BYDAY={days}"
        rows.append({"facilitator": facilitator_id(k), "start": opens, "end": closes, "kind": kind, "rrule": rule})

    for k in range(number):
        if off[k]:
            day = first[days_off[k]]
            add(k, str(day), str(day), "unavailable", WEEKDAYS[days_off[k]])
        if gone[k]:
            day = start + timedelta(days=away[k])
            add(k, str(day), str(day + timedelta(days=away_days[k] - 1)), "unavailable")
        if windows[k]:
            opens, closes = part[k].split()
            day = min(first[:5])
            add(k, f"{day}T{opens}", f"{day}T{closes}", "available", ",".join(WEEKDAYS))
        if wishes[k]:
            day = first[(days_off[k] + 1) % 5]
            add(k, f"{day}T18:00", f"{day}T23:00", wish[k], WEEKDAYS[day.weekday()])
    return rows


def preferences(rng: np.random.Generator, towns: Towns, organisations: int, number: int) -> Rows:
    half = np.flatnonzero(rng.random(number) < 0.5).tolist()
    about = rng.choice(["theme", "region", "organisation"], len(half)).tolist()
    score = (rng.integers(-10, 17, len(half)) / 2).tolist()
    drawn = rng.random(len(half)).tolist()
    rows: Rows = []
    for n, k in enumerate(half):
        target: dict[str, Cell] = {"theme": None, "region": None, "organisation": None}
        if about[n] == "theme":
            target["theme"] = THEMES[int(drawn[n] * len(THEMES))]
        elif about[n] == "region":
            target["region"] = towns.names[int(drawn[n] * len(towns.names))]
        else:
            target["organisation"] = organisation_id(int(drawn[n] * organisations))
        rows.append({"facilitator": facilitator_id(k)} | target | {"score": score[n]})
    return rows
