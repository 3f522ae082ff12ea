"""In a pool of thirty people with teams, each substitute is legal at the price named, as the judge says."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from benchmarks.cases import teams
from tests.rings import scaled

from poolmatch import Report, Roster, check, read_roster, substitutes
from poolmatch.explain import Comparison

BEST_KNOWN = Path(__file__).parents[2] / "benchmarks" / "library" / "best_known" / "teams-30x120x10-1.csv"


@cache
def given() -> Report:
    problem = teams.pool(30, 120, 10, 1)
    return check(problem, read_roster(BEST_KNOWN, problem))


def applied(roster: Roster, changes: Comparison) -> Roster:
    """Return a roster after changes."""
    starts = {item.meeting: item.after for item in changes.times}
    for item in changes.seats:
        roster = roster.with_holder(item.meeting, item.seat, item.after, starts.get(item.meeting))
    moved = [row.model_copy(update={"start": starts.get(row.meeting, row.start), "end": None}) for row in roster.rows]
    return Roster(rows=tuple(moved)) if starts else roster


@pytest.mark.slow
def test_each_is_legal_at_the_price_named() -> None:
    report = given()
    held = [
        row for row in report.roster.rows if row.facilitator is not None and row.meeting not in report.problem.frozen
    ]
    rows = random.Random(1).sample(held, scaled(6))
    alone = others = 0
    for row in rows:
        answer = substitutes(report, row.meeting, row.seat, time_limit=1)
        for item in answer.ranked:
            after = check(report.problem, applied(report.roster, item.changes))
            assert after.legal
            assert after.roster.holder(row.meeting, row.seat) == item.facilitator
            assert [tier.points for tier in after.tiers] == [tier.after for tier in item.changes.tiers]
            alone += not item.movers
            others += bool(item.movers)
    assert alone
    assert others
