"""What went before in a made-up pool with teams: past sessions, a roster that people were told, and what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from benchmarks.cases.pool_rows import Rows
from benchmarks.cases.team_rows import Holders, Row, even
from poolmatch.domain.problem import Problem
from poolmatch.solving.prepared import Prepared

PUBLISHED = 0.8
"""Part of the meetings that people were told of last week; the others have come in since."""


def possible(cells: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    """Return who is eligible for each seat, with the start of the first slot in which they are ("" for a duty)."""
    problem = Problem.model_validate({name: even(rows) for name, rows in cells.items()})
    prepared = Prepared.of(problem)
    world, found = prepared.world, prepared.candidates
    zone = problem.period.zone
    result: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    starts, timed = found.column("start").tolist(), found.column("timed").tolist()
    people, seats = found.person.tolist(), found.seat.tolist()
    for k in np.lexsort((found.column("start"), found.person, found.seat)).tolist():
        seat, who = world.seats[seats[k]], world.people[people[k]].facilitator
        start = f"{datetime.fromtimestamp(starts[k], zone):%Y-%m-%dT%H:%M}" if timed[k] else ""
        result[seat.meeting, seat.seat].setdefault(who, start)
    return {seat: dict(sorted(people.items())) for seat, people in result.items()}


def past_sessions(
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
    team: defaultdict[str, list[Row]] = defaultdict(list)
    for row in cells["seats"]:
        team[row["meeting"]].append(row)
    for series, number in first.items():
        if number == 1:
            continue
        day = opens - timedelta(days=int(rng.integers(7, 50)))
        told: Row = {"meeting": f"P{series}", "start": f"{day}T14:00", "end": f"{day}T16:00"}
        told |= {"series": series, "session": 1, "organisations": None, "hours": None}
        taken: set[str] = set()
        for row in team[begin[series]]:
            free = [name for name in possible.get((begin[series], row["seat"]), ()) if name not in taken]
            if free:
                who = str(rng.choice(free))
                taken.add(who)
                cells["history"].append(told | {"facilitator": who, "role": row["role"], "seat": row["seat"]})
    cells["history"].sort(key=lambda row: (row["start"], row["meeting"]))


def last_week(
    rng: np.random.Generator, cells: Mapping[str, Any], possible: Mapping[tuple[str, str], Mapping[str, str]]
) -> Holders:
    """Return a plausible roster: who is possible, has nothing else that day, and has done least."""
    series_of = {row["meeting"]: row["series"] for row in cells["meetings"]}
    most = {row["facilitator"]: row["max_meetings"] for row in cells["facilitators"]}
    work: Counter[str] = Counter()
    busy: set[tuple[str, str]] = set()
    led = {row["meeting"] for row in cells["seats"] if row["seat"] == "lead"}
    last: dict[tuple[str, str], str] = {}
    holders: Holders = {}
    for row in cells["seats"]:
        meeting, seat = row["meeting"], row["seat"]
        if seat != "lead" and meeting in led and (meeting, "lead") not in holders:
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


def published(rng: np.random.Generator, cells: Mapping[str, Any], told: Holders) -> Iterator[Row]:
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


def illnesses(rng: np.random.Generator, cells: Mapping[str, Any], opens: date) -> set[str]:
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


def pins(cells: Mapping[str, Any], told: Holders, ill: set[str], opens: date) -> Rows:
    """Fix a few seats that break no rule: of people who are alone there, once each, and after the first week."""
    teams: defaultdict[str, list[str]] = defaultdict(list)
    for row in cells["seats"]:
        teams[row["meeting"]].append(row["seat"])
    taken = set(ill)
    pins: Rows = []
    for row in cells["meetings"]:
        seat, *others = teams[row["meeting"]]
        holder = told.get((row["meeting"], seat))
        late = row["start"] is not None and date.fromisoformat(row["start"][:10]) > opens + timedelta(days=7)
        if late and holder and holder not in taken and not others and row["series"] is None:
            taken.add(holder)
            pins.append({"meeting": row["meeting"], "seat": seat, "facilitator": holder, "slot_start": None})
        if len(pins) >= max(1, len(cells["meetings"]) // 100):
            break
    return pins
