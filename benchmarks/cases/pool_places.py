"""Where a made-up pool is: towns that lie near one another in the Netherlands, and the organisations in them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.cases.pool_rows import Cell, Floats, Ints, Rows, organisation_id
from poolmatch.domain.travel import great_circle

GEMEENTEN = Path(__file__).parents[2] / "data" / "gemeenten.csv"
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


@dataclass(frozen=True)
class Towns:
    """A region: municipalities that lie near one another."""

    names: list[str]
    lat: Floats
    lon: Floats
    weight: Floats
    near: Ints
    """``near[t]`` are all towns from the nearest to ``t``, which is ``t`` itself, to the farthest."""


def towns(rng: np.random.Generator, number: int) -> Towns:
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


def points(rng: np.random.Generator, towns: Towns, town: Ints) -> tuple[list[float], list[float]]:
    """Return points in and around towns, a few kilometres from their centres."""
    lat = towns.lat[town] + rng.normal(0, 0.02, len(town))
    lon = towns.lon[town] + rng.normal(0, 0.03, len(town))
    return lat.round(4).tolist(), lon.round(4).tolist()


def organisations(rng: np.random.Generator, towns: Towns, number: int) -> tuple[Ints, Rows, Rows]:
    """Return the town of each organisation, the organisations, municipalities first, and their links."""
    first = len(towns.names)
    town = np.concatenate([np.arange(first), rng.choice(first, number - first, p=towns.weight)])
    lat, lon = points(rng, towns, town)
    rows: Rows = []
    links: Rows = []
    for k, home in enumerate(town.tolist()):
        kind, name = "municipality", f"Gemeente {towns.names[home]}"
        if k >= first:
            kind = KINDS[(k - first) % len(KINDS)]
            name = f"{kind.capitalize()} {k + 1} in {towns.names[home]}"
        if kind == "municipal department":
            links.append({"source": organisation_id(k), "target": organisation_id(home), "kind": "unit_of"})
        elif kind == "works company":
            links.append({"source": organisation_id(home), "target": organisation_id(k), "kind": "controls"})
        point: dict[str, Cell] = {"region": towns.names[home], "lat": lat[k], "lon": lon[k]}
        rows.append({"organisation": organisation_id(k), "name": name, "kind": kind, **point})
    return town, rows, links
