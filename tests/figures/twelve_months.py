"""A year of the sample month: the same meetings in each month, at the same hour of the same day of the week.

Ids get the month as a suffix, for the past of a meeting that is planned again would not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from poolmatch import Problem, Roster, RuleSet, fairness, next_month, read, solve
from poolmatch.figures import Fairness, Ledger, ledger

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "westerkwartier-2026-03"
FOUR_WEEKS = timedelta(weeks=4)


def sample() -> Problem:
    """Return the first month, without the pin: it was a promise for that month only."""
    return read(SAMPLE).replace(pins=())


def tables_of(first: Problem, number: int) -> dict[str, Any]:
    """Return the tables of the month that comes so many months after the first."""
    zone, year, month = first.period.zone, first.period.start.year, first.period.start.month - 1 + number
    opens, closes = (date(year + count // 12, count % 12 + 1, 1) for count in (month, month + 1))
    weekday = timedelta(days=(first.period.start.weekday() - opens.weekday()) % 7)
    shift = opens + weekday - first.period.start

    def moved(moment: datetime) -> datetime:
        """Keep the local hour; what would fall after the month is held four weeks earlier."""
        local = moment.astimezone(zone).replace(tzinfo=None) + shift
        return (local - FOUR_WEEKS if local.date() >= closes else local).replace(tzinfo=zone)

    def named(row: Any, **cells: Any) -> dict[str, Any]:
        return dict(row) | {"meeting": f"{row.meeting}/{opens:%Y-%m}"} | cells

    meetings = []
    members: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in first.meetings:
        assert row.start is not None
        assert row.end is not None
        start = moved(row.start)
        cells = named(row, start=start, end=start + (row.end - row.start))
        if row.series is not None:
            cells["series"] = f"{row.series}/{opens:%Y-%m}"
            members[cells["series"]].append(cells)
        meetings.append(cells)
    for rows in members.values():  # a session that was moved back may come before those it followed
        for session, cells in enumerate(sorted(rows, key=lambda row: row["start"]), 1):
            cells["session"] = session
    return {
        "period": {
            "name": f"{opens:%Y-%m}",
            "start": opens,
            "end": closes - timedelta(days=1),
            "timezone": first.period.timezone,
        },
        "meetings": meetings,
        "stakes": [named(row) for row in first.stakes],
        "seats": [named(row) for row in first.seats],
        "requirements": [named(row) for row in first.requirements],
    }


@dataclass(frozen=True)
class Month:
    """A month that is closed."""

    problem: Problem
    roster: Roster

    @property
    def fairness(self) -> Fairness:
        return fairness(self.problem, self.roster)

    @property
    def ledger(self) -> Ledger:
        return ledger(self.problem, self.roster)


def year(rules: RuleSet, *, remembering: bool = True, months: int = 12, effort: float = 2.0) -> Iterator[Month]:
    """Yield each month of a year, solved with so many deterministic seconds.

    Not ``remembering``, each month is solved as if only what was before the first had happened; it is measured with all
    that was done all the same.
    """
    problem = first = sample()
    for number in range(1, months + 1):
        known = problem if remembering else problem.replace(history=first.history, ledger=first.ledger)
        result = solve(known, rules, time_limit=effort, workers=2, seed=1, deterministic=True)
        yield Month(problem, result.roster)
        problem = next_month(problem, result.roster, tables_of(first, number))
