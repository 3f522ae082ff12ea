"""Made-up pools of any size on the map of the Netherlands. The same arguments give the same pool.

``python -m benchmarks.cases.pools 60 250 15 --seed 1 --out FOLDER`` writes one as a folder of CSV files.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from inspect import signature
from pathlib import Path

import numpy as np

from benchmarks.cases import pool_meetings, pool_people, pool_places
from benchmarks.cases.pool_rows import Rows
from poolmatch.domain.problem import Problem

ORGANISATIONS_PER_TOWN = 3


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
    towns = pool_places.towns(rng, organisations if national else math.ceil(organisations / ORGANISATIONS_PER_TOWN))
    org_town, org_rows, links = pool_places.organisations(rng, towns, organisations)
    meeting_rows, stakes, requirements, hours = pool_meetings.meetings(
        rng, towns, org_town, meetings, pool_meetings.working_days(start, end), national
    )
    people = pool_people.facilitators(rng, towns, org_town, facilitators, hours, (end - start).days / 7)
    return {
        "period": period_row(period, start, end),
        "organisations": org_rows,
        "links": links,
        "facilitators": people,
        "serves": pool_people.serves(rng, towns, [str(row["region"]) for row in people], national),
        "skills": pool_people.skills(rng, facilitators, start, end),
        "ties": pool_people.ties(rng, organisations, people),
        "availability": pool_people.availability(rng, facilitators, start, end),
        "meetings": meeting_rows,
        "stakes": stakes,
        "seats": [{"meeting": row["meeting"], "seat": "lead", "role": "lead"} for row in meeting_rows],
        "requirements": requirements,
        "preferences": pool_people.preferences(rng, towns, organisations, facilitators),
        "history": pool_meetings.history(
            rng, org_town, facilitators, meetings // 2, pool_meetings.working_days(start - timedelta(days=59), start)
        ),
    }


def period_row(name: str, start: date, end: date) -> Rows:
    """Return the row of a period from a day until before another."""
    return [{"name": name, "start": str(start), "end": str(end - timedelta(days=1)), "timezone": "Europe/Amsterdam"}]


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


def main(
    arguments: Sequence[str] | None = None,
    make: Callable[..., dict[str, Rows]] = tables,
    module: str = "pools",
    period: str = "2026-03",
) -> None:
    """Write a made-up pool as a folder of CSV files."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.cases.{module}", description=main.__doc__)
    for name in ("facilitators", "meetings", "organisations"):
        parser.add_argument(name, type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--period", default=period, help="month, as YYYY-MM")
    known = signature(make).parameters
    if "national" in known:
        parser.add_argument("--national", action="store_true", help="many regional pools in one")
    if "today" in known:
        parser.add_argument("--today", help="day in the month on which it is planned anew, as YYYY-MM-DD")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = vars(parser.parse_args(arguments))
    out = given.pop("out")
    write(make(**given), out)


if __name__ == "__main__":
    main()
