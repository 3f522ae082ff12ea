"""Made-up programmes: series of flexible meetings with teams, whose dates are chosen together with the people.

``python -m benchmarks.cases.programmes 40 120 15 --seed 1 --out FOLDER`` writes one as a folder of CSV files.
The same arguments give the same problem.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from benchmarks.cases import pools
from benchmarks.cases.pool_rows import Cell, Rows
from poolmatch.domain.problem import Problem

SESSIONS = 6
SLOTS = 4
CLOCKS = ("09:00", "13:00", "16:00", "19:30")


def tables(
    facilitators: int, meetings: int, organisations: int, seed: int, *, period: str = "2026-03"
) -> dict[str, Rows]:
    """Return the cells of a programme, by table.

    It is a pool whose meetings are sessions of series, six each, with four candidate slots, a lead and a co. The lead
    seat asks for one person throughout (`same`) in a third of the series and prefers it in the others; the co seat
    rotates in every second series. Sessions lie two to nine days apart.

    Parameters
    ----------
    facilitators, meetings, organisations, seed, period
        As of `benchmarks.cases.pools.tables`.
    """
    cells = pools.tables(facilitators, meetings, organisations, seed, period=period)
    rng = np.random.default_rng(seed)
    start = date.fromisoformat(f"{period}-01")
    slots: Rows = []
    seats: Rows = []
    spacing: Rows = []
    of_series: dict[int, dict[str, Cell]] = {}
    for number, row in enumerate(cells["meetings"]):
        series, session = divmod(number, SESSIONS)
        first = of_series.setdefault(series, row)
        row |= {name: first[name] for name in ("region", "lat", "lon", "online")}
        row |= {"series": f"S{series + 1:03d}", "session": session + 1, "start": None, "end": None}
        begins = start + timedelta(days=1 + series % 3 + 4 * session)
        for place in range(SLOTS):
            day = begins + timedelta(days=int(rng.integers(3)))
            clock = CLOCKS[place]
            opens = f"{day}T{clock}"
            hour, minute = map(int, clock.split(":"))
            slots.append({"meeting": row["meeting"], "start": opens, "end": f"{day}T{hour + 2:02d}:{minute:02d}"})
        lead = "same" if series % 3 == 0 else "prefer"
        co = "rotate" if series % 2 else "none"
        seats += [
            {"meeting": row["meeting"], "seat": "co", "role": "co", "continuity": co},
            {"meeting": row["meeting"], "seat": "lead", "role": "lead", "continuity": lead},
        ]
    for series in of_series:
        spacing.append({"series": f"S{series + 1:03d}", "min_days": 2, "max_days": 9})
    for person in cells["facilitators"]:
        person["max_meetings"] = person["max_per_week"] = None
    cells |= {"slots": slots, "seats": seats, "spacing": spacing}
    return cells


def programme(facilitators: int, meetings: int, organisations: int, seed: int, *, period: str = "2026-03") -> Problem:
    """Return a programme as a problem; see `tables`."""
    return Problem.model_validate(tables(facilitators, meetings, organisations, seed, period=period))


if __name__ == "__main__":
    pools.main(make=tables, module="programmes")
