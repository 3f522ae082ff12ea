"""Meetings with slots, alone and in series, people who can come on some days, and what `solve` made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.builders import Cells, facilitator, meeting, problem

from poolmatch import Problem, Result, Status, check, solve

TEAM = ("lead", "co")


def moment(day: int, clock: str = "10:00") -> str:
    return f"2026-03-{day:02} {clock}"


def slots(name: str, *days: int, **cells: Any) -> list[Cells]:
    """Return slots from ten to twelve on these days of March."""
    return [{"meeting": name, "start": moment(day), "end": moment(day, "12:00"), **cells} for day in days]


def seats(name: str, roles: Sequence[str] = TEAM) -> list[Cells]:
    return [{"meeting": name, "seat": role, "role": role} for role in roles]


def away(name: str, *days: int) -> list[Cells]:
    return [
        {"facilitator": name, "start": f"2026-03-{day:02}", "end": f"2026-03-{day:02}", "kind": "unavailable"}
        for day in days
    ]


def pool(*names: str, **cells: Any) -> list[Cells]:
    """Return people of as many employers, who take any role."""
    roles = "lead;co;trainee;observer;scribe;mentor"
    return [facilitator(name, **{"organisation": f"of {name}", "roles": roles, **cells}) for name in names]


def single(*days: int, **tables: Any) -> Problem:
    """Return one flexible meeting with lead and co on one of these days."""
    people = tables.pop("facilitators", pool("F1", "F2"))
    rows = {"seats": seats("M1"), "slots": slots("M1", *days)} | tables
    return problem([{"meeting": "M1"}], people, **rows)


def days_of(found: Result) -> dict[str, set[int | None]]:
    """Return the local days of March on which each meeting is held."""
    result: dict[str, set[int | None]] = {}
    for row in found.roster.rows:
        start = None if row.start is None else found.problem.period.local_day(row.start).day
        result.setdefault(row.meeting, set()).add(start)
    return result


def holders(found: Result) -> dict[tuple[str, str], str | None]:
    return {(row.meeting, row.seat): row.facilitator for row in found.roster.rows}


def proven(case: Problem, **settings: Any) -> Result:
    """Return a roster that is proven to be best, and legal by itself."""
    found = solve(case, workers=1, **settings)
    assert found.status is Status.OPTIMAL
    assert check(case, found.roster).legal
    return found


def course(sessions: Mapping[str, Sequence[int]], numbered: bool = True, **tables: Any) -> Problem:
    """Return flexible sessions with a single lead seat, on one of these days each."""
    rows = [
        {"meeting": name, "series": "course", "session": number if numbered else None}
        for number, name in enumerate(sessions, 1)
    ]
    found = [row for name, days in sessions.items() for row in slots(name, *days)]
    return problem(rows, tables.pop("facilitators", ["F1"]), slots=found, **tables)


def around_the_clock_change() -> Problem:
    """Return a meeting on 28 or 29 March, one on the 30th, and a duty; on the 28th nobody can."""
    return problem(
        [{"meeting": "M1"}, meeting("M2", moment(30), moment(30, "12:00"))],
        pool("F1", "F2"),
        seats=seats("M1") + seats("M2", ["lead"]),
        slots=slots("M1", 28, 29),
        availability=away("F1", 28) + away("F2", 28),
        duties=[{"duty": "D1", "kind": "coaching", "hours": 2}],
    )
