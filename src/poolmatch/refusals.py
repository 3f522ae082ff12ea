"""What problems may hold that no rule judges yet: refused by name and row, rather than ignored.

A line here goes away by itself once the rule it waits for is registered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from poolmatch.domain.problem import Problem
from poolmatch.errors import Issue
from poolmatch.neutrality.assess import GROUP_KINDS
from poolmatch.neutrality.policy import STRICT
from poolmatch.rules import ALL_RULES

TEAM_ROLES = frozenset({"lead", "co", "mentor"})
BUILT = frozenset(rule.id for rule in ALL_RULES)
LOOK_BACK_KINDS = frozenset({"employee", "director"})


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
        ("complete waiver", "waivers"),
    ):
        yield rule, table, "", list(range(1, len(getattr(problem, table)) + 1))

    people = list(enumerate(problem.facilitators, 1))
    yield "practice", "facilitators", "min_meetings", [n for n, row in people if row.min_meetings is not None]
    yield "practice", "facilitators", "roles", [n for n, row in people if "trainee" in row.roles]
    yield "external-last", "facilitators", "external", [n for n, row in people if row.external]
    yield "cost", "facilitators", "hourly_cost", [n for n, row in people if row.hourly_cost is not None]

    last_day = problem.period.end - timedelta(days=1)  # no meeting starts after it
    ended = [
        n
        for n, tie in enumerate(problem.ties, 1)
        if tie.kind in LOOK_BACK_KINDS and tie.end is not None and tie.end < last_day
    ]
    yield "recently-employed", "ties", "end", ended
    kinds = {
        "former_employee": "formerly-employed",
        "family": "family-at-party",
        "adviser": "adviser-to-party",
        "resident": "resident",
        "dossier": "worked-on-dossier",
        "position": "public-position",
    }
    for kind, rule in kinds.items():
        if kind not in STRICT.kinds:
            yield rule, "ties", "kind", [n for n, tie in enumerate(problem.ties, 1) if tie.kind == kind]
    links = [n for n, link in enumerate(problem.links, 1) if link.kind not in GROUP_KINDS]
    yield "employed-by-affiliate", "links", "kind", links
    high = [n for n, meeting in enumerate(problem.meetings, 1) if meeting.contention == "high"]
    yield "contention", "meetings", "contention", high

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
