"""A roster to start from comes first, also where pins make the greedy one illegal."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import facilitator, meeting, problem

from poolmatch import Problem, Result, Status, solve
from poolmatch.solving.backends.cpsat import Answer, Search
from poolmatch.solving.model.system import Objective
from poolmatch.solving.params import Params, PortfolioParams

LED = Params(portfolio=PortfolioParams(direct=-1))
"""No problem is so small that the whole model is searched at once."""


def hard_to_start() -> Problem:
    """F1 alone can lead, once. The dear M1 comes first; but the scribe pinned to M2 needs someone who leads.

    The scribe has no contract hours, so that each hour is too much in tier 5, where the empty roster costs nothing; and
    likes M2, so that tier 6 is worth a search.
    """
    seats = [
        {"meeting": "M1", "seat": "lead", "role": "lead"},
        {"meeting": "M2", "seat": "lead", "role": "lead"},
        {"meeting": "M2", "seat": "scribe", "role": "scribe"},
    ]
    rows = [
        meeting("M1", "2026-03-03 10:00", "2026-03-03 12:00", priority=5),
        meeting("M2", "2026-03-05 10:00", "2026-03-05 12:00", priority=1),
    ]
    people = [
        facilitator("F1", roles="lead", max_meetings=1, contract_hours=8),
        facilitator("F2", roles="scribe", contract_hours=0),
    ]
    pins = [{"meeting": "M2", "seat": "scribe", "facilitator": "F2"}]
    likes = [{"facilitator": "F2", "meeting": "M2", "score": 10}]
    return problem(rows, people, seats=seats, pins=pins, preferences=likes)


def kept(result: Result) -> bool:
    return result.report.legal and result.roster.holder("M2", "lead") == "F1"


def test_no_time_still_keeps_the_pins() -> None:
    result = solve(hard_to_start(), time_limit=0, params=LED)
    assert kept(result)
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE)


@pytest.mark.parametrize("failures", [1, 2, 3, 4])
def test_searches_that_find_nothing_prove_nothing(failures: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the illegal start is worth is no limit for the rosters that keep the pins."""
    left = [failures]
    real = Search.minimise

    def minimise(self: Search, objective: Objective | None, *arguments: Any, **named: Any) -> Answer:
        if objective is not None and left[0]:
            left[0] -= 1
            return Answer(None, None, False)
        return real(self, objective, *arguments, **named)

    monkeypatch.setattr(Search, "minimise", minimise)
    result = solve(hard_to_start(), workers=1, time_limit=20, params=LED)
    assert kept(result)
    assert all(tier.bound <= tier.value for tier in result.tiers)
