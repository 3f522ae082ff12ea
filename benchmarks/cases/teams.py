"""Made-up pools with teams: several seats a meeting, series, slots, duties, and a roster that people were told.

``python -m benchmarks.cases.teams 60 250 15 --seed 1 --out FOLDER`` writes one as a folder of CSV files. People, places
and meetings are those of `benchmarks.cases.pools`; here comes on top what a pool of teams has besides. The same
arguments give the same pool.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.cases import pools
from benchmarks.cases.pools import SKILLS, THEMES, Rows
from poolmatch.arrays import Arrays
from poolmatch.domain.problem import Problem
from poolmatch.eligibility import eligibility
from poolmatch.ruleset import STANDARD_RULES

Row = dict[str, Any]
Holders = dict[tuple[str, str], str]
"""Facilitator by meeting and seat."""

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
OPTIONAL = {"trainee": 0.5, "observer": 1.0, "scribe": 0.2}
"""How often a seat of a role need not be filled."""
DEMANDS = {"lead": 1.9, "co": 1.6, "mentor": 0.5, "scribe": 0.3}
"""How many skills a seat of a role requires, on average and two at most."""
CONTINUITY: Sequence[tuple[float, str]] = ((0.25, "none"), (0.4, "prefer"), (0.15, "same"), (0.2, "rotate"))
CONTENTION: Sequence[tuple[float, str]] = ((0.2, "low"), (0.65, "normal"), (0.15, "high"))
PAIRS = ("forbid", "avoid", "prefer", "require")
DUTIES = ("coaching", "evaluation", "course visit")
ROOM = 1.25
"""How much more people can do here, since not everybody takes each role."""
FLEXIBLE = 0.1
"""Part of the meetings that are held at one of several times."""
IN_SERIES = 0.4
PUBLISHED = 0.8
"""Part of the meetings that people were told of last week; the others have come in since."""


def tables(
    facilitators: int, meetings: int, organisations: int, seed: int, *, period: str = "2026-03", national: bool = False
) -> dict[str, Rows]:
    """Return the cells of a pool with teams, by table.

    Parameters
    ----------
    facilitators, meetings, organisations, seed, period, national
        As of `benchmarks.cases.pools.tables`.
    """
    cells: dict[str, Any] = pools.tables(facilitators, meetings, organisations, seed, period=period, national=national)
    rng = np.random.default_rng([seed, 1])
    opens = date.fromisoformat(f"{period}-01")
    first_session = _series(rng, cells)
    _seats(rng, cells)
    _people(rng, cells)
    _meetings(rng, cells, opens)
    _ties(rng, cells, opens)
    _among_people(rng, cells)
    _duties(rng, cells)
    cells["ledger"] = [
        {"organisation": row["organisation"], **_drawn_hours(rng)}
        for row in cells["organisations"]
        if rng.random() < 0.6
    ]
    possible = _possible(cells)
    _past_sessions(rng, cells, first_session, possible, opens)
    told = _last_week(rng, cells, possible)
    cells["published"] = list(_published(rng, cells, told))
    ill = _illnesses(rng, cells, opens)
    cells["pins"] = _pins(cells, told, ill, opens)
    return {name: _even(rows) for name, rows in cells.items()}


def pool(
    facilitators: int, meetings: int, organisations: int, seed: int, *, period: str = "2026-03", national: bool = False
) -> Problem:
    """Return a pool with teams as a problem; see `tables`."""
    return Problem.model_validate(tables(facilitators, meetings, organisations, seed, period=period, national=national))


def _even(rows: Rows) -> Rows:
    """Return rows that all have the same columns."""
    columns = dict.fromkeys(name for row in rows for name in row)
    return [dict.fromkeys(columns) | row for row in rows]


def _draw(rng: np.random.Generator, choices: Sequence[tuple[float, Any]]) -> Any:
    return choices[rng.choice(len(choices), p=[part for part, _ in choices])][1]


def _drawn_hours(rng: np.random.Generator) -> Row:
    given, received = (rng.integers(0, 81, 2) / 2).tolist()
    return {"hours_given": given, "hours_received": received}


# --- meetings --------------------------------------------------------------------------------------------


def _series(rng: np.random.Generator, cells: Mapping[str, Any]) -> dict[str, int]:
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


def _seats(rng: np.random.Generator, cells: dict[str, Any]) -> None:
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
        team = team_of.setdefault(series or name, _draw(rng, TEAMS))
        for role in team:
            word = continuity.setdefault((series, role), _draw(rng, CONTINUITY)) if series else "none"
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


def _meetings(rng: np.random.Generator, cells: dict[str, Any], opens: date) -> None:
    """Say how contested meetings are, and let some be held at one of several times."""
    slots: Rows = []
    loose: set[str] = set()
    days: defaultdict[str, list[date]] = defaultdict(list)
    for row in cells["meetings"]:
        row["contention"] = _draw(rng, CONTENTION)
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
        if series in loose and rng.random() < 0.6:
            apart = [(later - earlier).days for earlier, later in pairwise(held)]
            spacing.append({"series": series, "min_days": min(apart), "max_days": max(apart) + 7})
    cells |= {"slots": slots, "spacing": spacing}


def _duties(rng: np.random.Generator, cells: dict[str, Any]) -> None:
    names = [row["organisation"] for row in cells["organisations"]]
    series = sorted({row["series"] for row in cells["meetings"] if row["series"]})
    duties: Rows = []
    for k in range(max(1, len(cells["meetings"]) // 25)):
        duties.append(
            {
                "duty": f"D{k + 1:04d}",
                "kind": DUTIES[k % len(DUTIES)],
                "hours": float(rng.integers(2, 9)),
                "role": _draw(rng, ((0.4, "lead"), (0.3, "co"), (0.3, None))),
                "organisation": str(rng.choice(names)) if rng.random() < 0.5 else None,
                "series": str(rng.choice(series)) if series and rng.random() < 0.3 else None,
                "priority": int(rng.integers(1, 6)),
            }
        )
        if rng.random() < 0.4:
            ask: Row = {"meeting": f"D{k + 1:04d}", "seat": None, "skill": str(rng.choice(SKILLS)), "level": 2}
            cells["requirements"].append(ask | {"kind": "required"})
    cells["duties"] = duties


# --- people ----------------------------------------------------------------------------------------------


def _people(rng: np.random.Generator, cells: Mapping[str, Any]) -> None:
    """Give people roles and limits that teams need, make some external, and ask some to stay in practice."""
    more = ROOM * len(cells["seats"]) / len(cells["meetings"])
    for row in cells["facilitators"]:
        row["roles"] = _draw(rng, ROLES)
        row["max_meetings"] = int(np.ceil(row["max_meetings"] * more))
        row["max_per_week"] = int(np.ceil(row["max_per_week"] * more))
        row["contract_hours"] = min(32, int(np.ceil(row["contract_hours"] * more)))
        row["max_travel_km"] = int(rng.integers(2, 6)) * 5
        row["max_hours"] = row["contract_hours"] * 6 if rng.random() < 0.2 else None
        row["min_meetings"] = 2 if rng.random() < 0.2 else None
        row["external"], row["hourly_cost"] = "no", None
        if rng.random() < 0.06:
            alone = rng.random() < 0.7
            row |= {"external": "yes", "hourly_cost": int(rng.integers(80, 151)), "roles": "lead;co;scribe;mentor"}
            row |= {"contract_hours": None, "min_meetings": None} | ({"organisation": None} if alone else {})


def _ties(rng: np.random.Generator, cells: Mapping[str, Any], opens: date) -> None:
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


def _among_people(rng: np.random.Generator, cells: dict[str, Any]) -> None:
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


# --- what went before ------------------------------------------------------------------------------------


def _possible(cells: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    """Return who is eligible for each seat, with the start of the first slot in which they are ("" for a duty)."""
    problem = Problem.model_validate({name: _even(rows) for name, rows in cells.items()})
    world = Arrays(problem)
    found = eligibility(world, STANDARD_RULES).candidates
    zone = problem.period.zone
    result: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    starts, timed = found.column("start").tolist(), found.column("timed").tolist()
    people, seats = found.person.tolist(), found.seat.tolist()
    for k in np.lexsort((found.column("start"), found.person, found.seat)).tolist():
        seat, who = world.seats[seats[k]], world.people[people[k]].facilitator
        start = f"{datetime.fromtimestamp(starts[k], zone):%Y-%m-%dT%H:%M}" if timed[k] else ""
        result[seat.meeting, seat.seat].setdefault(who, start)
    return {seat: dict(sorted(people.items())) for seat, people in result.items()}


def _past_sessions(
    rng: np.random.Generator,
    cells: Mapping[str, Any],
    first: Mapping[str, int],
    possible: Mapping[tuple[str, str], Mapping[str, str]],
    opens: date,
) -> None:
    """Add the session before the period of series that had one, held by people who could go on."""
    for row in cells["history"]:
        row |= {"series": None, "session": None, "hours": None}
    begin = {row["series"]: row["meeting"] for row in reversed(cells["meetings"]) if row["series"]}
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for row in cells["seats"]:
        roles[row["meeting"]].append(row["seat"])
    for series, number in first.items():
        if number == 1:
            continue
        day = opens - timedelta(days=int(rng.integers(7, 50)))
        told: Row = {"meeting": f"P{series}", "start": f"{day}T14:00", "end": f"{day}T16:00"}
        told |= {"series": series, "session": 1, "organisations": None, "hours": None}
        taken: set[str] = set()
        for seat in roles[begin[series]]:
            free = [name for name in possible.get((begin[series], seat), ()) if name not in taken]
            if free:
                who = str(rng.choice(free))
                taken.add(who)
                cells["history"].append(told | {"facilitator": who, "role": seat, "seat": seat})
    cells["history"].sort(key=lambda row: (row["start"], row["meeting"]))


def _last_week(
    rng: np.random.Generator, cells: Mapping[str, Any], possible: Mapping[tuple[str, str], Mapping[str, str]]
) -> Holders:
    """Return a plausible roster: who is possible, has nothing else that day, and has done least."""
    series_of = {row["meeting"]: row["series"] for row in cells["meetings"]}
    most = {row["facilitator"]: row["max_meetings"] for row in cells["facilitators"]}
    work: Counter[str] = Counter()
    busy: set[tuple[str, str]] = set()
    last: dict[tuple[str, str], str] = {}
    holders: Holders = {}
    for row in cells["seats"]:
        meeting, seat = row["meeting"], row["seat"]
        if seat != "lead" and (meeting, "lead") not in holders:
            continue
        people = possible.get((meeting, seat), {})
        free = [name for name, start in people.items() if (name, start[:10]) not in busy and work[name] < most[name]]
        if not free:
            continue
        series = series_of[meeting]
        before = last.get((series, seat)) if series and row["continuity"] in ("same", "prefer") else None
        least = [name for name in free if work[name] == min(work[name] for name in free)]
        chosen = before if before in free else str(rng.choice(least))
        work[chosen] += 1
        busy.add((chosen, people[chosen][:10]))
        last[series, seat] = chosen
        holders[meeting, seat] = chosen
    return holders


def _published(rng: np.random.Generator, cells: Mapping[str, Any], told: Holders) -> Iterator[Row]:
    """Yield what people were told of that roster, with a few things that have changed since."""
    start_of = {row["meeting"]: row["start"] for row in cells["meetings"]}
    chosen = {row["meeting"]: row["start"] for row in reversed(cells["slots"])}
    known = {meeting: rng.random() < PUBLISHED for meeting in start_of}
    for row in cells["seats"]:
        meeting, seat = row["meeting"], row["seat"]
        if not known[meeting]:
            continue
        start, holder = start_of[meeting] or chosen[meeting], told.get((meeting, seat))
        change = rng.random()
        if change < 0.02:
            start = f"{start[:10]}T08:00"  # it has been moved since
        elif change < 0.03:
            holder = "F0000"  # has left the pool since
        yield {"meeting": meeting, "seat": seat, "facilitator": holder, "slot_start": start}
    yield {"meeting": "M00000", "seat": "lead", "facilitator": "F0001", "slot_start": None}  # has been called off


def _illnesses(rng: np.random.Generator, cells: Mapping[str, Any], opens: date) -> set[str]:
    """Let a few people be ill for some days since, and return them."""
    names = [row["facilitator"] for row in cells["facilitators"]]
    ill = {str(name) for name in rng.choice(names, max(1, len(names) // 40), replace=False)}
    for name in sorted(ill):
        day = opens + timedelta(days=int(rng.integers(0, 20)))
        until = day + timedelta(days=int(rng.integers(1, 6)))
        cells["availability"].append(
            {"facilitator": name, "start": str(day), "end": str(until), "kind": "unavailable", "rrule": None}
        )
    return ill


def _pins(cells: Mapping[str, Any], told: Holders, ill: set[str], opens: date) -> Rows:
    """Fix a few seats that break no rule: of people who are alone there, once each, and after the first week."""
    teams = Counter(row["meeting"] for row in cells["seats"])
    taken = set(ill)
    pins: Rows = []
    for row in cells["meetings"]:
        holder = told.get((row["meeting"], "lead"))
        late = row["start"] is not None and date.fromisoformat(row["start"][:10]) > opens + timedelta(days=7)
        if late and holder and holder not in taken and teams[row["meeting"]] == 1 and row["series"] is None:
            taken.add(holder)
            pins.append({"meeting": row["meeting"], "seat": "lead", "facilitator": holder, "slot_start": None})
        if len(pins) >= max(1, len(cells["meetings"]) // 100):
            break
    return pins


if __name__ == "__main__":
    pools.main(make=tables, module="teams")
