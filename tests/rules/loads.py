"""Work to share, and what an unfair share of it costs.

Counted here in units of 1/6000 point: a minute above the free margin costs 100 units at 1 point per hour. The rule
counts in 1500ths of that, so that seconds and ten-thousandths of an hour are exact.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.builders import Cells, Holders, facilitator, meeting, problem
from tests.builders import penalty as exact_penalty

from poolmatch import Problem
from poolmatch.domain.hours import TICKS
from poolmatch.ruleset import STANDARD_RULES, RuleSet

RULE = "fair-load"
ALONE_IN_ITS_TIER = STANDARD_RULES.without("reciprocity")


def penalty(rule: str, case: Problem, holders: Holders, rules: RuleSet = STANDARD_RULES) -> int:
    """Return the penalty in units of 1/6000 point, which all whole minutes make whole."""
    units, rest = divmod(exact_penalty(rule, case, holders, rules), TICKS)
    assert rest == 0
    return units


def working(lengths: Sequence[int], people: Sequence[Cells | str] = ("F1", "F2", "F3"), **tables: Any) -> Problem:
    """Return meetings M1, M2 … of so many minutes, three days apart."""
    meetings = []
    for n, minutes in enumerate(lengths):
        start = datetime(2026, 3, 3 + 3 * n, 0, 0)  # noqa: DTZ001 - local
        meetings.append(
            meeting(f"M{n + 1}", f"{start:%Y-%m-%d %H:%M}", f"{start + timedelta(minutes=minutes):%Y-%m-%d %H:%M}")
        )
    return problem(meetings, people, **tables)


def contracts(*hours: float | None) -> list[Cells]:
    return [facilitator(f"F{n}", contract_hours=item) for n, item in enumerate(hours, 1)]


def past(who: str, minutes: int, start: str = "2026-02-10 09:00", name: str = "P1", **cells: Any) -> Cells:
    begin = datetime.fromisoformat(start)
    end = f"{begin + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"
    return {"meeting": name, "facilitator": who, "role": "lead", "start": start, "end": end, **cells}
