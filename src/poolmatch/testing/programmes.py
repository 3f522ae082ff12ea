"""Made-up programmes: flexible meetings, numbered series, duties, pairs, trainees, externals."""

from __future__ import annotations

import itertools
import math
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from poolmatch.testing.setting import FIRST, FIRST_MOMENT, STAKEHOLDERS


def add_programme(rng: random.Random, tables: dict[str, list[dict[str, Any]]], names: list[str], most: int) -> None:
    """Add what programmes have to a problem's tables: flexible meetings, numbered series, duties, pairs, externals."""
    for person in tables["facilitators"]:
        roles = {*person["roles"].split(";"), *rng.choices(["trainee", "co", "observer"], k=2)}
        external = rng.random() < 0.3
        person |= {"roles": ";".join(sorted(roles)), "min_meetings": rng.choice([None, None, 0, 1, 2])}
        person |= {"external": external, "hourly_cost": rng.choice([None, 80, 92.5]) if external else None}
        if rng.random() < 0.7:
            person["organisation"] = STAKEHOLDERS[0]
    slots: list[dict[str, Any]] = []
    for meeting in tables["meetings"]:
        end = meeting["end"]
        if rng.random() < 0.6:
            meeting["series"] = "course"
        if rng.random() < 0.4:
            later = timedelta(hours=rng.choice([-5, 3, 24, 48]))
            for shift in (timedelta(0), later):
                cost = rng.choice([None, 0, 1.5])
                start, finish = meeting["start"] + shift, end + shift
                slots.append({"meeting": meeting["meeting"], "start": start, "end": finish, "cost": cost})
    flexible = {row["meeting"] for row in slots}
    first = {row["meeting"]: row["start"] for row in tables["meetings"]}
    for slot in slots:
        slot["start"] = max(slot["start"], datetime(FIRST.year, FIRST.month, FIRST.day, 1, tzinfo=UTC))
        first[slot["meeting"]] = min(first[slot["meeting"]], slot["start"])
    slots = [row for row in slots if row["start"] < min(row["end"], datetime(2026, 3, 31, 21, tzinfo=UTC))]
    slots = list({(row["meeting"], row["start"]): row for row in slots}.values())
    flexible &= {row["meeting"] for row in slots}
    members = sorted((row for row in tables["meetings"] if row["series"]), key=lambda row: first[row["meeting"]])
    numbered = rng.random() < 0.6
    for number, row in enumerate(members, 1):
        row["session"] = number if numbered else None
    for row in tables["meetings"]:
        if row["meeting"] in flexible:
            row |= {"start": None, "end": None}
    tables["slots"] = slots
    if len(members) > 1 and rng.random() < 0.6:
        tables["spacing"] = [
            {"series": "course", "min_days": rng.choice([0, 1, 2]), "max_days": rng.choice([None, None, 2, 3])}
        ]
    words = {f"s{place}": rng.choice(["none", "prefer", "same", "same", "rotate"]) for place in range(9)}
    in_series = {row["meeting"] for row in members}
    for seat in tables["seats"]:
        if rng.random() < 0.5:
            seat["role"] = rng.choice(["trainee", "trainee", "observer", "co", "lead", "mentor"])
        seat["required"] = rng.random() < 0.75
        seat["continuity"] = words[seat["seat"]] if seat["meeting"] in in_series else "none"
        if rng.random() < 0.3:
            skill = {"skill": rng.choice(["intake", "listening"]), "level": rng.randint(1, 4)}
            tables["requirements"].append({"meeting": seat["meeting"], "seat": None, **skill})
    tables["requirements"] = list(
        {(row["meeting"], row["seat"], row["skill"]): row for row in tables["requirements"]}.values()
    )
    if len(names) > 1:
        pairs = rng.sample(list(itertools.combinations(names, 2)), min(len(names) - 1, rng.randint(0, 2)))
        kinds = ("require", "prefer", "avoid", "forbid")
        tables["pairings"] = [{"first": a, "second": b, "kind": rng.choice(kinds)} for a, b in pairs]
    for row in tables["history"]:
        if rng.random() < 0.7:
            row |= {"series": "course", "seat": "s0"}
    tables["published"] = [
        {
            "meeting": seat["meeting"],
            "seat": seat["seat"],
            "facilitator": rng.choice([None, *names, "left"]),
            "slot_start": rng.choice([None, first[seat["meeting"]], FIRST_MOMENT]),
        }
        for seat in tables["seats"]
        if rng.random() < 0.4
    ]
    starts = {row["meeting"]: row["start"] for row in slots}
    for pin in tables["pins"]:
        if rng.random() < 0.5:
            pin["slot_start"] = starts.get(pin["meeting"])
    per_seat = [1 + len(names) * sum(row["meeting"] == seat["meeting"] for row in slots) for seat in tables["seats"]]
    rosters = math.prod(max(count, 1 + len(names)) for count in per_seat)
    duties = [
        {
            "duty": f"D{number}",
            "kind": rng.choice(["coaching", "coaching", "report"]),
            "hours": rng.choice([0.5, 2, 6]),
            "role": rng.choice([None, "lead", "co"]),
            "organisation": rng.choice([None, *STAKEHOLDERS]),
            "series": rng.choice([None, "course"]),
            "priority": rng.randint(1, 5),
        }
        for number in range(rng.randint(0, 2))
    ]
    while duties and rosters * (1 + len(names)) ** len(duties) > most:
        duties.pop()
    tables["duties"] = duties
    for duty in duties:
        if rng.random() < 0.4:
            skill = {"skill": "listening", "level": rng.randint(1, 3)}
            tables["requirements"].append({"meeting": duty["duty"], "seat": rng.choice([None, duty["kind"]]), **skill})
