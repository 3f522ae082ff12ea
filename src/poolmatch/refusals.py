"""What problems may hold that no rule judges yet: refused by name and row, rather than ignored.

A line here goes away by itself once the rule it waits for is registered.
"""

from __future__ import annotations

from collections.abc import Iterator

from poolmatch.domain.problem import Problem
from poolmatch.errors import Issue
from poolmatch.rules import ALL_RULES

BUILT = frozenset(rule.id for rule in ALL_RULES)


def refusals(problem: Problem) -> Iterator[Issue]:
    """Yield an error for each part of a problem that no rule judges yet, with its rows."""
    if problem.ledger and "reciprocity" not in BUILT:
        rows = tuple(range(1, len(problem.ledger) + 1))
        reason = "asks for the rule reciprocity, which this version of poolmatch does not have yet"
        yield Issue("ledger", rows, "", reason, "remove it, so that nobody counts on it")
