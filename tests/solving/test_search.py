"""One search: what it claims when it had no time to find anything."""

from __future__ import annotations

import itertools
import threading

import pytest
from benchmarks.cases.pools import pool

from poolmatch import solve
from poolmatch.arrays import Ints
from poolmatch.solving.backends.cpsat import Listener, Search, Settings
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.stopping import Stop


@pytest.mark.parametrize("deterministic", [False, True])
@pytest.mark.parametrize("limit", [-0.5, 0.0, 1e-5])
def test_a_search_without_time_claims_nothing(limit: float, deterministic: bool) -> None:
    """CP-SAT answers 0 for a bound it never worked out: above every value of an objective that is all gains.

    Less than nothing is left where building the model took longer than there was time.
    """
    prepared = Prepared.of(pool(30, 120, 10, 1))
    first = prepared.objectives[0]
    assert (first.weight < 0).all()
    answer = Search(prepared.system, Settings(2, 0, deterministic)).minimise(first, limit, Stop(None))
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
    prepared = Prepared.of(pool(12, 40, 6, 1))
    goal = prepared.objectives[4]
    rosters, bounds = list[Ints](), list[int]()
    search = Search(prepared.system, Settings(workers=1, seed=0, deterministic=False))
    search.keep(prepared.objectives[0], 56)
    answer = search.minimise(goal, 20.0, Stop(None), Listener(bounds.append, rosters.append))
    assert answer.values is not None
    values = [goal.value(roster) for roster in rosters]
    assert len(values) > 1
    assert all(later < earlier for earlier, later in itertools.pairwise(values))
    assert rosters[-1].tolist() == answer.values.tolist()
    assert bounds
    assert max(bounds) <= values[-1]


@pytest.mark.parametrize("limit", [1e-4, 0.01, 0.1, 0.3])
def test_little_time_gives_a_roster_and_honest_bounds(limit: float) -> None:
    for seed in range(3):
        result = solve(pool(30, 120, 10, seed), time_limit=limit)
        assert result.report.legal
        assert all(tier.bound <= tier.value for tier in result.tiers)
