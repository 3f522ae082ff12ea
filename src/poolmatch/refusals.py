"""What problems may hold that no rule judges yet: refused by name and row, rather than ignored.

A line here goes away by itself once the rule it waits for is registered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from poolmatch.domain.problem import Problem
from poolmatch.errors import Issue
from poolmatch.rules import ALL_RULES

TEAM_ROLES = frozenset({"lead", "co", "mentor"})
BUILT = frozenset(rule.id for rule in ALL_RULES)


def refusals(problem: Problem) -> Iterator[Issue]:
    """Yield an error for each part of a problem that no rule judges yet, with its rows."""
    for rule, table, column, rows in _uses(problem):
        if rows and rule not in BUILT:
            reason = f"asks for the rule {rule}, which this version of poolmatch does not have yet"
            yield Issue(table, tuple(rows), column, reason, "remove it, so that nobody counts on it")


def _uses(problem: Problem) -> Iterator[tuple[str, str, str, list[int]]]:
    """Yield rule, table, column and rows of each feature."""
    for rule, table in (
        ("one-slot", "slots"),
        ("spacing", "spacing"),
        ("one-duty", "duties"),
        ("pairing", "pairings"),
        ("keep-published", "published"),
        ("reciprocity", "ledger"),
    ):
        yield rule, table, "", list(range(1, len(getattr(problem, table)) + 1))

    people = list(enumerate(problem.facilitators, 1))
    yield "practice", "facilitators", "min_meetings", [n for n, row in people if row.min_meetings is not None]
    yield "practice", "facilitators", "roles", [n for n, row in people if "trainee" in row.roles]
    yield "external-last", "facilitators", "external", [n for n, row in people if row.external]
    yield "cost", "facilitators", "hourly_cost", [n for n, row in people if row.hourly_cost is not None]

    team = [n for n, row in enumerate(problem.requirements, 1) if row.seat is None]
    yield "team-skills", "requirements", "seat", team
    yield from _seats(problem)


def _seats(problem: Problem) -> Iterator[tuple[str, str, str, list[int]]]:
    seats = list(enumerate(problem.seats, 1))
    yield "continuity", "seats", "continuity", [n for n, seat in seats if seat.continuity != "none"]
    yield "optional-seats", "seats", "required", [n for n, seat in seats if not seat.required]
    yield "lead-first", "seats", "role", [n for n, seat in seats if seat.role == "trainee"]
    rows: defaultdict[str, list[int]] = defaultdict(list)
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for number, seat in seats:
        rows[seat.meeting].append(number)
        roles[seat.meeting].append(seat.role)
    mixed = [meeting for meeting, there in roles.items() if sum(role in TEAM_ROLES for role in there) > 1]
    yield "team-mix", "seats", "role", [number for meeting in mixed for number in rows[meeting]]
    led = [meeting for meeting, there in roles.items() if "lead" in there and len(set(there)) > 1]
    yield "lead-first", "seats", "role", [number for meeting in led for number in rows[meeting]]
