"""Where a made-up city of Pleinen is: its neighbourhoods, the municipalities around it, and their organisations."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.cases import pool_places
from benchmarks.cases.pool_places import Towns, points
from benchmarks.cases.pool_rows import Cell, Ints, Rows, organisation_id
from poolmatch.domain.travel import great_circle

ORGANISATIONS_PER_NEIGHBOURHOOD = 4
AROUND = 4
"""Municipalities around the city, from which people come too."""
SPREAD = (0.02, 0.03)
"""How far neighbourhoods lie from the centre, in degrees of latitude and longitude: standard deviations."""
IN_CITY = 0.8
"""Part of the weight of all places that the neighbourhoods have."""
KINDS = (
    "housing corporation",
    "municipal department",
    "school group",
    "care provider",
    "works company",
    "residents' foundation",
    "cooperative",
    "nature organisation",
    "training institute",
)


def places(rng: np.random.Generator, organisations: int) -> tuple[Towns, int, list[str]]:
    """Return the neighbourhoods and after them the municipalities around, how many neighbourhoods, and the names.

    The names are those of the municipalities: of the city, the largest of its surroundings, and of those around it.
    """
    towns = pool_places.towns(rng, 1 + AROUND)
    order = np.argsort(-towns.weight, kind="stable")
    lat, lon = towns.lat[order], towns.lon[order]
    number = max(2, math.ceil(organisations / ORGANISATIONS_PER_NEIGHBOURHOOD))
    shift = rng.normal(0, SPREAD, (number, 2))
    lat = np.concatenate([(lat[0] + shift[:, 0]).round(4), lat[1:]])
    lon = np.concatenate([(lon[0] + shift[:, 1]).round(4), lon[1:]])
    weight = rng.uniform(0.5, 1.5, len(lat))
    weight[:number] *= IN_CITY / weight[:number].sum()
    weight[number:] *= (1 - IN_CITY) / weight[number:].sum()
    names = [towns.names[place] for place in order.tolist()]
    regions = [f"wijk {k + 1:02d}" for k in range(number)] + names[1:]
    near = np.argsort(great_circle(lat[:, None], lon[:, None], lat, lon), axis=1, kind="stable")
    return Towns(regions, lat, lon, weight, near), number, names


def organisations(
    rng: np.random.Generator, places: Towns, neighbourhoods: int, names: list[str], number: int
) -> tuple[Ints, Rows, Rows]:
    """Return the place of each organisation, the organisations, and their links.

    First comes the municipality of the city, then those around it, as far as there are so many organisations, and then
    what works in the neighbourhoods: departments and works companies of the city, care that it funds, cooperatives of
    which it is a member with others.
    """
    around = min(len(names) - 1, max(0, number - 2) // 3)
    place = np.concatenate(
        [[0], neighbourhoods + np.arange(around), rng.integers(neighbourhoods, size=number - 1 - around)]
    ).astype(np.int64)
    lat, lon = points(rng, places, place)
    rows: Rows = []
    links: Rows = []
    for k, where in enumerate(place.tolist()):
        kind, name = "municipality", f"Gemeente {names[k] if k <= around else ''}"
        if k > around:
            kind = KINDS[(k - 1 - around) % len(KINDS)]
            name = f"{kind.capitalize()} {k + 1} in {places.names[where]}"
        mine, city = organisation_id(k), organisation_id(0)
        if kind == "municipal department":
            links.append({"source": mine, "target": city, "kind": "unit_of"})
        elif kind == "works company":
            links.append({"source": city, "target": mine, "kind": "controls"})
        elif kind == "care provider":
            links.append({"source": city, "target": mine, "kind": "funds"})
        elif kind == "cooperative":
            others = rng.choice(k, min(k, 3), replace=False).tolist()
            members = sorted({0, *others})
            links += [{"source": organisation_id(one), "target": mine, "kind": "member_of"} for one in members]
        point: dict[str, Cell] = {"region": places.names[where], "lat": lat[k], "lon": lon[k]}
        rows.append({"organisation": mine, "name": name, "kind": kind, **point})
    return place, rows, links
