"""Made-up pools of any size on the map of the Netherlands. The same arguments give the same pool.

``python -m benchmarks.cases.pools 60 250 15 --seed 1 --out FOLDER`` writes one as a folder of CSV files.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from poolmatch.domain.problem import Problem
from poolmatch.domain.travel import great_circle

Cell = str | int | float | None
Rows = list[dict[str, Cell]]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

GEMEENTEN = Path(__file__).parents[2] / "data" / "gemeenten.csv"
ORGANISATIONS_PER_TOWN = 3
LOAD = 0.75
"""Required hours as a part of the contract hours of the period, as far as 4 to 24 hours a week allow."""
KINDS = (
    "housing corporation",
    "school group",
    "municipal department",
    "care provider",
    "nature organisation",
    "works company",
    "residents' foundation",
    "water board",
    "training institute",
)
SKILLS = ("deep-democracy", "appreciative-inquiry", "intake", "collective-sensemaking")
THEMES = ("wonen", "landschap", "water", "jeugd", "zorg", "energie", "mobiliteit")
FORMS = ("Keukentafelgesprek", "Plein", "Intake", "Wijkproces")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")


@dataclass(frozen=True)
class Towns:
    """A region: municipalities that lie near one another."""

    names: list[str]
    lat: Floats
    lon: Floats
    weight: Floats
    near: Ints
    """``near[t]`` are all towns from the nearest to ``t``, which is ``t`` itself, to the farthest."""


def tables(
    facilitators: int, meetings: int, organisations: int, seed: int, *, period: str = "2026-03", national: bool = False
) -> dict[str, Rows]:
    """Return the cells of a pool, by table.

    Parameters
    ----------
    facilitators, meetings, organisations
        How many of each; at least 1.
    seed
        Of all that is drawn.
    period
        Month that is planned, as YYYY-MM.
    national
        Many regional pools in one: an organisation in each town instead of three, and all people keep to the towns
        around their home; online meetings have a region too.
    """
    if min(facilitators, meetings, organisations) < 1:
        raise ValueError("a pool needs at least one facilitator, one meeting and one organisation")
    rng = np.random.default_rng(seed)
    start = date.fromisoformat(f"{period}-01")
    end = (start + timedelta(days=31)).replace(day=1)
    towns = _towns(rng, organisations if national else math.ceil(organisations / ORGANISATIONS_PER_TOWN))
    org_town, org_rows, links = _organisations(rng, towns, organisations)
    meeting_rows, stakes, requirements, hours = _meetings(
        rng, towns, org_town, meetings, _working_days(start, end), national
    )
    people = _facilitators(rng, towns, org_town, facilitators, hours, (end - start).days / 7)
    return {
        "period": [
            {"name": period, "start": str(start), "end": str(end - timedelta(days=1)), "timezone": "Europe/Amsterdam"}
        ],
        "organisations": org_rows,
        "links": links,
        "facilitators": people,
        "serves": _serves(rng, towns, [str(row["region"]) for row in people], national),
        "skills": _skills(rng, facilitators, start, end),
        "ties": _ties(rng, organisations, people),
        "availability": _availability(rng, facilitators, start, end),
        "meetings": meeting_rows,
        "stakes": stakes,
        "seats": [{"meeting": row["meeting"], "seat": "lead", "role": "lead"} for row in meeting_rows],
        "requirements": requirements,
        "preferences": _preferences(rng, towns, organisations, facilitators),
        "history": _history(
            rng, org_town, facilitators, meetings // 2, _working_days(start - timedelta(days=59), start)
        ),
    }


def pool(
    facilitators: int, meetings: int, organisations: int, seed: int, *, period: str = "2026-03", national: bool = False
) -> Problem:
    """Return a pool as a problem; see `tables`."""
    return Problem.model_validate(tables(facilitators, meetings, organisations, seed, period=period, national=national))


def write(cells: Mapping[str, Rows], folder: Path) -> None:
    """Write the tables that have rows as CSV files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in cells.items():
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


# --- who there is ----------------------------------------------------------------------------------------


def _towns(rng: np.random.Generator, number: int) -> Towns:
    with GEMEENTEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lat, lon = (np.array([float(row[name]) for row in rows]) for name in ("lat", "lon"))
    centre = rng.integers(len(rows))
    chosen = np.argsort(great_circle(lat[centre], lon[centre], lat, lon), kind="stable")[:number]
    lat, lon = lat[chosen], lon[chosen]
    # Some populations are 0 in the source, see gemeenten.SOURCE.txt.
    people = np.array([max(int(rows[k]["population_geonames"]), 5000) for k in chosen.tolist()], float)
    apart = great_circle(lat[:, None], lon[:, None], lat, lon)
    names = [rows[k]["name"] for k in chosen.tolist()]
    return Towns(names, lat, lon, people / people.sum(), np.argsort(apart, axis=1, kind="stable"))


def _points(rng: np.random.Generator, towns: Towns, town: Ints) -> tuple[list[float], list[float]]:
    """Return points in and around towns, a few kilometres from their centres."""
    lat = towns.lat[town] + rng.normal(0, 0.02, len(town))
    lon = towns.lon[town] + rng.normal(0, 0.03, len(town))
    return lat.round(4).tolist(), lon.round(4).tolist()


def _organisations(rng: np.random.Generator, towns: Towns, number: int) -> tuple[Ints, Rows, Rows]:
    """Return the town of each organisation, the organisations, municipalities first, and their links."""
    first = len(towns.names)
    town = np.concatenate([np.arange(first), rng.choice(first, number - first, p=towns.weight)])
    lat, lon = _points(rng, towns, town)
    rows: Rows = []
    links: Rows = []
    for k, home in enumerate(town.tolist()):
        kind, name = "municipality", f"Gemeente {towns.names[home]}"
        if k >= first:
            kind = KINDS[(k - first) % len(KINDS)]
            name = f"{kind.capitalize()} {k + 1} in {towns.names[home]}"
        if kind == "municipal department":
            links.append({"source": _org(k), "target": _org(home), "kind": "unit_of"})
        elif kind == "works company":
            links.append({"source": _org(home), "target": _org(k), "kind": "controls"})
        point: dict[str, Cell] = {"region": towns.names[home], "lat": lat[k], "lon": lon[k]}
        rows.append({"organisation": _org(k), "name": name, "kind": kind, **point})
    return town, rows, links


def _facilitators(
    rng: np.random.Generator, towns: Towns, org_town: Ints, number: int, hours: Floats, weeks: float
) -> Rows:
    """Return people who together can carry the hours of all meetings, and not much more."""
    weight = np.sqrt(towns.weight[org_town]) * np.where(np.arange(len(org_town)) < len(towns.names), 2, 1)
    employer = rng.choice(len(org_town), number, p=weight / weight.sum())
    home = towns.near[org_town[employer], rng.integers(min(3, len(towns.names)), size=number)]
    lat, lon = _points(rng, towns, home)
    part = rng.uniform(0.5, 1.8, number)
    contract = (part / part.sum() * hours.sum() / weeks / LOAD).round().clip(4, 24)
    most = np.maximum(1, (contract * weeks / hours.mean()).round())
    per_week = np.ceil(1.4 * most / weeks)
    per_day = rng.choice([1, 2], number, p=[0.3, 0.7])
    travel = rng.choice(np.arange(30, 81, 5), number)
    return [
        {
            "facilitator": _person(k),
            "name": f"Facilitator {k + 1:02d}",
            "organisation": _org(org),
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


def _serves(rng: np.random.Generator, towns: Towns, homes: Sequence[str], national: bool) -> Rows:
    """Return the regions of those who keep to the towns around their home: one in four, of a nation everyone."""
    index = {name: k for k, name in enumerate(towns.names)}
    local = rng.random(len(homes)) < (1 if national else 0.25)
    number = np.where(local, rng.integers(*((5, 16) if national else (2, 7)), len(homes)), 0).tolist()
    return [
        {"facilitator": _person(k), "region": towns.names[town]}
        for k, home in enumerate(homes)
        for town in towns.near[index[home], : number[k]].tolist()
    ]


def _skills(rng: np.random.Generator, number: int, start: date, end: date) -> Rows:
    has = np.argwhere(rng.random((number, len(SKILLS))) < 0.6).tolist()
    level = rng.choice([1, 2, 3, 4, 5], len(has), p=[0.05, 0.2, 0.35, 0.25, 0.15]).tolist()
    change = rng.choice(["none", "from", "until"], len(has), p=[0.9, 0.05, 0.05]).tolist()
    day = rng.integers((end - start).days, size=len(has)).tolist()
    return [
        {
            "facilitator": _person(person),
            "skill": SKILLS[skill],
            "level": level[k],
            "valid_from": str(start + timedelta(days=day[k])) if change[k] == "from" else None,
            "valid_until": str(start + timedelta(days=day[k])) if change[k] == "until" else None,
        }
        for k, (person, skill) in enumerate(has)
    ]


def _ties(rng: np.random.Generator, organisations: int, people: Rows) -> Rows:
    """Return the ties of those, one in twenty, who have one besides their employment."""
    tied = np.flatnonzero(rng.random(len(people)) < 0.05).tolist()
    organisation = rng.integers(organisations, size=len(tied)).tolist()
    kind = rng.choice(["director", "financial_interest"], len(tied)).tolist()
    return [
        {"facilitator": _person(k), "kind": kind[n], "organisation": _org(organisation[n])} for n, k in enumerate(tied)
    ]


def _availability(rng: np.random.Generator, number: int, start: date, end: date) -> Rows:
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
        rows.append({"facilitator": _person(k), "start": opens, "end": closes, "kind": kind, "rrule": rule})

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


def _preferences(rng: np.random.Generator, towns: Towns, organisations: int, number: int) -> Rows:
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
            target["organisation"] = _org(int(drawn[n] * organisations))
        rows.append({"facilitator": _person(k)} | target | {"score": score[n]})
    return rows


# --- what is asked ---------------------------------------------------------------------------------------


def _working_days(start: date, end: date) -> list[date]:
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


def _meetings(
    rng: np.random.Generator, towns: Towns, org_town: Ints, number: int, days: Sequence[date], national: bool
) -> tuple[Rows, Rows, Rows, Floats]:
    """Return meetings, their stakes, what their seats require, and the hours that each takes."""
    town = rng.choice(len(towns.names), number, p=towns.weight)
    day, minute, length = _times(rng, number, days)
    setup, wrapup = rng.choice([0, 15, 30], (2, number))
    preparation = rng.choice([0.0, 0.5, 1.0, 2.0], number)
    lat, lon = _points(rng, towns, town)
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
            "meeting": _meeting(k),
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
            rows.append({"meeting": _meeting(k), "organisation": _org(party), "grade": grade})
    return rows


def _requirements(rng: np.random.Generator, number: int) -> Rows:
    skill = rng.integers(len(SKILLS), size=number)
    also = ((skill + rng.integers(1, len(SKILLS), number)) % len(SKILLS)).tolist()
    # Few have level 5: those seats are the hard ones to fill.
    level = rng.choice([2, 3, 4, 5], number, p=[0.35, 0.35, 0.2, 0.1]).tolist()
    must, should = (rng.random((2, number)) < [[0.6], [0.2]]).tolist()
    rows: Rows = []
    for k, asked in enumerate(skill.tolist()):
        seat: dict[str, Cell] = {"meeting": _meeting(k), "seat": "lead"}
        if must[k]:
            rows.append(seat | {"skill": SKILLS[asked], "level": level[k], "kind": "required"})
        if should[k]:
            rows.append(seat | {"skill": SKILLS[also[k]], "level": 3, "kind": "preferred"})
    return rows


def _history(rng: np.random.Generator, org_town: Ints, people: int, number: int, days: Sequence[date]) -> Rows:
    """Return past work, of which some people did clearly more than others."""
    weight = rng.gamma(2.0, size=people)
    person = rng.choice(people, number, p=weight / weight.sum()).tolist()
    day, minute, length = _times(rng, number, days)
    party = rng.integers(len(org_town), size=number).tolist()
    return [
        {
            "meeting": f"P{k + 1:05d}",
            "facilitator": _person(person[k]),
            "role": "lead",
            "start": _clock(day[k], int(minute[k])),
            "end": _clock(day[k], int(minute[k] + length[k])),
            "seat": "lead",
            "organisations": _org(party[k]),
        }
        for k in range(number)
    ]


# --- ids -------------------------------------------------------------------------------------------------


def _org(k: int) -> str:
    return f"O{k + 1:03d}"


def _person(k: int) -> str:
    return f"F{k + 1:04d}"


def _meeting(k: int) -> str:
    return f"M{k + 1:05d}"


def main(
    arguments: Sequence[str] | None = None, make: Callable[..., dict[str, Rows]] = tables, module: str = "pools"
) -> None:
    """Write a made-up pool as a folder of CSV files."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.cases.{module}", description=main.__doc__)
    for name in ("facilitators", "meetings", "organisations"):
        parser.add_argument(name, type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--period", default="2026-03", help="month, as YYYY-MM")
    parser.add_argument("--national", action="store_true", help="many regional pools in one")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args(arguments)
    size = given.facilitators, given.meetings, given.organisations
    write(make(*size, given.seed, period=given.period, national=given.national), given.out)


if __name__ == "__main__":
    main()
