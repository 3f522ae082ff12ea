"""One search: what it claims when it had no time to find anything."""

from __future__ import annotations

import itertools
import threading

import pytest
from benchmarks.cases.pools import pool

from poolmatch import STANDARD_RULES, solve
from poolmatch.arrays import Arrays, Ints
from poolmatch.eligibility import eligibility
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.running.stopping import Stop


@pytest.mark.parametrize("limit", [0.0, 1e-5])
def test_a_search_without_time_claims_nothing(limit: float) -> None:
    """CP-SAT answers 0 for a bound it never worked out: above every value of an objective that is all gains."""
    blocks = Blocks.of(eligibility(Arrays(pool(30, 120, 10, 1)), STANDARD_RULES).candidates, STANDARD_RULES)
    first = blocks.objectives(STANDARD_RULES)[0]
    assert (first.weight < 0).all()
    answer = Search(blocks.system, Settings(workers=2, seed=0, deterministic=False)).minimise(first, limit, Stop(None))
    assert answer.values is None
    assert answer.bound is None
    assert not answer.infeasible


def test_an_error_of_who_is_told_ends_the_search() -> None:
    def fails(news: object) -> None:
        raise ZeroDivisionError(news)

    with pytest.raises(ZeroDivisionError):
        solve(pool(12, 40, 6, 1), time_limit=60, on_progress=fails)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith(("cp-sat", "glop"))]


def test_each_better_roster_is_told() -> None:
    blocks = Blocks.of(eligibility(Arrays(pool(12, 40, 6, 1)), STANDARD_RULES).candidates, STANDARD_RULES)
    goal = blocks.objectives(STANDARD_RULES)[4]
    rosters: list[Ints] = []
    search = Search(blocks.system, Settings(workers=1, seed=0, deterministic=False))
    search.keep(blocks.objectives(STANDARD_RULES)[0], 56)
    answer = search.minimise(goal, 20.0, Stop(None), on_roster=rosters.append)
    assert answer.values is not None
    values = [goal.value(roster) for roster in rosters]
    assert len(values) > 1
    assert all(later < earlier for earlier, later in itertools.pairwise(values))
    assert rosters[-1].tolist() == answer.values.tolist()


@pytest.mark.parametrize("limit", [1e-4, 0.01, 0.1, 0.3])
def test_little_time_gives_a_roster_and_honest_bounds(limit: float) -> None:
    for seed in range(3):
        result = solve(pool(30, 120, 10, seed), time_limit=limit)
        assert result.report.legal
        assert all(tier.bound <= tier.value for tier in result.tiers)
