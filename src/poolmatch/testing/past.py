"""Made-up pasts: what was done and told of meetings that are planned, not always by the book."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any


def add_past(rng: random.Random, tables: dict[str, list[dict[str, Any]]], names: list[str]) -> None:
    """Add what was done and told of the meetings that are planned, also by and to people who have left."""
    people = [*names, *names, "left", "long gone"]
    slots: dict[str, list[dict[str, Any]]] = {}
    for slot in tables.get("slots", ()):
        slots.setdefault(slot["meeting"], []).append(slot)
    for meeting in tables["meetings"]:
        name = meeting["meeting"]
        times = slots.get(name) or [meeting]
        seats = [seat for seat in tables["seats"] if seat["meeting"] == name]
        for seat in seats:
            if rng.random() < 0.3:
                when = rng.choice(times)
                late = timedelta(minutes=rng.choice([0, 0, 0, 30]))
                row = {"meeting": name, "facilitator": rng.choice(people), "role": seat["role"]}
                row |= {"start": when["start"] + late, "end": when["end"] + late}
                tables["history"].append(row | {"seat": rng.choice([None, seat["seat"], seat["seat"], "elsewhere"])})
        told = {(row["meeting"], row["seat"]) for row in tables.get("published", ())}
        tables["published"] = tables.get("published", []) + [
            {
                "meeting": name,
                "seat": seat["seat"],
                "facilitator": rng.choice([None, *people]),
                "slot_start": rng.choice([None, rng.choice(times)["start"]]),
            }
            for seat in seats
            if (name, seat["seat"]) not in told and rng.random() < 0.6
        ]
