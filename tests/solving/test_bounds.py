"""Bounds that need no search: what nobody can change is proven as it is."""

from __future__ import annotations

import random
import threading

import numpy as np
import pytest
from tests.builders import PARTY, facilitator, meeting, problem
from tests.rings import seeds
from tests.solving.systems import system_of

from poolmatch import STANDARD_RULES, Problem, Result, Status, solve
from poolmatch.rules.pinned import PinnedRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.decomposition.components import decided
from poolmatch.solving.model.system import UNBOUNDED
from poolmatch.testing import random_problem


def stopped(case: Problem, rules: RuleSet = STANDARD_RULES) -> Result:
    """Return what comes of a search that is stopped before it begins."""
    stop = threading.Event()
    stop.set()
    return solve(case, rules, stop=stop)


LEDGER = [{"organisation": PARTY, "hours_given": 10, "hours_received": 0}]
"""8 + 2 x 2 points of reciprocity."""


def nobody() -> Problem:
    """Return a meeting that its only facilitator may not lead, who was told so and is to get one meeting."""
    person = facilitator("F1", roles="scribe", min_meetings=1)
    told = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]
    return problem([meeting("M1")], [person], published=told, ledger=LEDGER)


# An empty seat is 4 points; F1 no longer leads what F1 was told, and is one meeting short.
@pytest.mark.parametrize("mode", ["tiers", "weighted"])
@pytest.mark.parametrize("limit", [0, 10])
def test_without_candidates_every_bound_is_its_value(mode: str, limit: float) -> None:
    rules = RuleSet.from_toml(f'mode = "{mode}"')
    for result in (solve(nobody(), rules, time_limit=limit), stopped(nobody(), rules)):
        assert result.status is Status.OPTIMAL
        assert result.tiers[0].points == 4
        assert result.tiers[2].points > 0
        assert result.tiers[3].points == 1
        assert result.tiers[4].points == 12
        assert all(tier.proven for tier in (*result.tiers, *result.goals))
        assert result.gap == 0


def test_without_people_or_meetings_every_bound_is_its_value() -> None:
    alone = problem([], ["F1"], ledger=LEDGER)
    empty = problem([meeting("M1")], [], ledger=LEDGER)
    for case in (alone, empty):
        for result in (solve(case), solve(case, time_limit=0), stopped(case)):
            assert result.status is Status.OPTIMAL
            assert result.tiers[4].points == 12
            assert all(tier.proven for tier in result.tiers)


def test_candidates_that_are_all_pinned_change_nothing() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}, {"meeting": "M2", "seat": "lead"}]
    case = problem(rows, ["F1", "F2"], pins=pins, ledger=LEDGER)
    for rules in (STANDARD_RULES, STANDARD_RULES.plus(PinnedRule(force=True))):
        for result in (solve(case, rules), solve(case, rules, time_limit=0)):
            assert result.roster.holder("M1", "lead") == "F1"
            assert result.status is Status.OPTIMAL
            assert all(tier.proven for tier in result.tiers)


def test_what_one_free_candidate_reaches_is_left_to_the_search() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]
    case = problem(rows, ["F1", "F2"], pins=pins, ledger=LEDGER)
    quick, best = solve(case, time_limit=0), solve(case)
    assert quick.status is Status.FEASIBLE
    assert not quick.tiers[4].proven
    assert best.status is Status.OPTIMAL
    # But nobody was told anything, so that tier 3 is the same for everyone.
    assert quick.tiers[2].proven


@pytest.mark.parametrize("seed", seeds(40))
def test_what_is_proven_without_a_search_is_what_a_search_proves(seed: int) -> None:
    rng = random.Random(seed)
    case = random_problem(rng, 4, 5, 2, pins=False, teams=True, programme=seed % 2 == 1)
    # Of some people nobody can be chosen: they are away all the time.
    away = [
        {"facilitator": row.facilitator, "start": case.period.start, "end": case.period.end, "kind": "unavailable"}
        for row in case.facilitators[seed % 3 :]
    ]
    for problem_ in (case, case.replace(availability=away)):
        quick, whole = solve(problem_, time_limit=0, workers=1), solve(problem_, workers=1)
        assert whole.status is Status.OPTIMAL
        assert quick.tiers[0].bound <= whole.tiers[0].value
        for one, other in zip(quick.tiers, whole.tiers, strict=True):
            if one.proven and all(tier.proven for tier in quick.tiers[: quick.tiers.index(one)]):
                assert one.value == other.value


def test_columns_that_free_candidates_reach_are_open() -> None:
    # Candidates 0 (fixed) and 1 (free); columns 2 with 0 in a row, 3 with 1, 4 with 3 in a group, 5 and 6 with nobody.
    system = system_of(
        [1, 0, 0, 0, 0, 0, 2],
        [1, 1, 9, 9, 1, 3, 2],
        [(0, 0, 1), (0, 2, -1), (1, 1, 1), (1, 3, -1)],
        [0, 0],
        [UNBOUNDED, UNBOUNDED],
        [(0, 3), (0, 4)],
    )
    assert decided(system, 2).tolist() == [True, False, True, False, False, True, True]
    assert decided(system, 1).all()
    assert decided(system, 0).dtype == np.bool_
