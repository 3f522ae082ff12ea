"""Made-up cities of Pleinen: large meetings with teams and many deciders, the intakes before them, and what is around.

``python -m benchmarks.cases.pleinen 40 120 24 --seed 1 --out FOLDER`` writes one as a folder of CSV files. One city, of
whose neighbourhoods each is a region, with people from the municipalities around it too. A process has an intake and
one to three Pleinen, led by one person throughout; the larger a Plein, the larger is its team, and its methods are
asked of the team as a whole. Meetings of the management and masterclasses stand among them. All else is as in
`benchmarks.cases.teams`. The same arguments give the same city.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarks.cases import pleinen_meetings, pleinen_places, pool_meetings, pool_people, pools, teams
from benchmarks.cases.pool_rows import SKILLS, Rows
from poolmatch.domain.problem import Problem


def tables(
    facilitators: int,
    meetings: int,
    organisations: int,
    seed: int,
    *,
    period: str = "2026-05",
    today: str | None = None,
) -> dict[str, Rows]:
    """Return the cells of a city of Pleinen, by table.

    Parameters
    ----------
    facilitators, meetings, organisations, seed, period, today
        As of `benchmarks.cases.teams.tables`.
    """
    if min(facilitators, meetings, organisations) < 1:
        raise ValueError("a city needs at least one facilitator, one meeting and one organisation")
    rng = np.random.default_rng([seed, 2])
    opens = date.fromisoformat(f"{period}-01")
    closes = (opens + timedelta(days=31)).replace(day=1)
    places, neighbourhoods, names = pleinen_places.places(rng, organisations)
    org_place, org_rows, links = pleinen_places.organisations(rng, places, neighbourhoods, names, organisations)
    days = pool_meetings.working_days(opens, closes)
    agenda = pleinen_meetings.agenda(rng, places, neighbourhoods, meetings, days)
    people = pool_people.facilitators(rng, places, org_place, facilitators, agenda.hours, (closes - opens).days / 7)
    skills = (*SKILLS, pleinen_meetings.LARGE_GROUPS)
    cells: dict[str, Any] = {
        "period": pools.period_row(period, opens, closes),
        "organisations": org_rows,
        "links": links,
        "facilitators": people,
        "serves": pool_people.serves(rng, places, [str(row["region"]) for row in people], national=False),
        "skills": pool_people.skills(rng, facilitators, opens, closes, skills),
        "ties": pool_people.ties(rng, organisations, people),
        "availability": pool_people.availability(rng, facilitators, opens, closes),
        "meetings": agenda.meetings,
        "stakes": pleinen_meetings.stakes(rng, agenda.meetings, organisations),
        "preferences": pool_people.preferences(rng, places, organisations, facilitators),
        "history": pool_meetings.history(
            rng, org_place, facilitators, meetings // 2, pool_meetings.working_days(opens - timedelta(days=59), opens)
        ),
    }
    pleinen_meetings.seats(rng, cells)
    return teams.completed(rng, cells, agenda.first_session, opens, today)


def city(
    facilitators: int,
    meetings: int,
    organisations: int,
    seed: int,
    *,
    period: str = "2026-05",
    today: str | None = None,
) -> Problem:
    """Return a city of Pleinen as a problem; see `tables`."""
    return Problem.model_validate(tables(facilitators, meetings, organisations, seed, period=period, today=today))


if __name__ == "__main__":
    pools.main(make=tables, module="pleinen", period="2026-05")
