"""Made-up pools with teams: several seats a meeting, series, slots, duties, and a roster that people were told.

``python -m benchmarks.cases.teams 60 250 15 --seed 1 --out FOLDER`` writes one as a folder of CSV files. People, places
and meetings are those of `benchmarks.cases.pools`; here comes on top what a pool of teams has besides. The same
arguments give the same pool.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from benchmarks.cases import pools, team_meetings, team_past, team_people
from benchmarks.cases.pool_rows import Rows
from benchmarks.cases.team_rows import Row, even
from poolmatch.domain.problem import Problem


def tables(
    facilitators: int,
    meetings: int,
    organisations: int,
    seed: int,
    *,
    period: str = "2026-03",
    national: bool = False,
    today: str | None = None,
) -> dict[str, Rows]:
    """Return the cells of a pool with teams, by table.

    Parameters
    ----------
    facilitators, meetings, organisations, seed, period, national
        As of `benchmarks.cases.pools.tables`.
    today
        Day in the period on which it is planned anew, as YYYY-MM-DD: what began before is as people were told. None
        is before the period.
    """
    cells: dict[str, Any] = pools.tables(facilitators, meetings, organisations, seed, period=period, national=national)
    rng = np.random.default_rng([seed, 1])
    first_session = team_meetings.series(rng, cells)
    team_meetings.seats(rng, cells)
    return completed(rng, cells, first_session, date.fromisoformat(f"{period}-01"), today)


def completed(
    rng: np.random.Generator,
    cells: dict[str, Any],
    first_session: dict[str, int],
    opens: date,
    today: str | None,
) -> dict[str, Rows]:
    """Return a pool whose meetings have seats with all else that a pool with teams has.

    Parameters
    ----------
    rng
        Of all that is drawn.
    cells
        The pool; seats are in it, and who is there as in `benchmarks.cases.pools.tables`.
    first_session
        The first session in the period of each series; 2 where one was before it.
    opens
        First day of the period.
    today
        As of `tables`.
    """
    team_people.people(rng, cells)
    team_meetings.meetings(rng, cells, opens)
    team_people.ties(rng, cells, opens)
    team_people.among_people(rng, cells)
    team_meetings.duties(rng, cells)
    cells["ledger"] = [
        {"organisation": row["organisation"], **_drawn_hours(rng)}
        for row in cells["organisations"]
        if rng.random() < 0.6
    ]
    possible = team_past.possible(cells)
    team_past.past_sessions(rng, cells, first_session, possible, opens)
    told = team_past.last_week(rng, cells, possible)
    cells["published"] = list(team_past.published(rng, cells, told))
    ill = team_past.illnesses(rng, cells, opens)
    cells["pins"] = team_past.pins(cells, told, ill, opens)
    if today is not None:
        cells["period"][0]["today"] = today
    return {name: even(rows) for name, rows in cells.items()}


def pool(
    facilitators: int,
    meetings: int,
    organisations: int,
    seed: int,
    *,
    period: str = "2026-03",
    national: bool = False,
    today: str | None = None,
) -> Problem:
    """Return a pool with teams as a problem; see `tables`."""
    size = facilitators, meetings, organisations
    return Problem.model_validate(tables(*size, seed, period=period, national=national, today=today))


def _drawn_hours(rng: np.random.Generator) -> Row:
    given, received = (rng.integers(0, 81, 2) / 2).tolist()
    return {"hours_given": given, "hours_received": received}


if __name__ == "__main__":
    pools.main(make=tables, module="teams")
