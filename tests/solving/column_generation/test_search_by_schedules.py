"""What is ruled out near the bound is in no roster, and what is found there is one."""

from __future__ import annotations

import random
import time

import pytest
from tests.rings import seeds
from tests.solving.column_generation.drawn_systems import circle, random_case

from poolmatch.solving.column_generation import search as module
from poolmatch.solving.column_generation.search import ScheduleSearch
from poolmatch.solving.model.incumbent import Found


@pytest.mark.parametrize("chunk", seeds(2))
def test_the_bound_of_what_is_ruled_out_is_never_above_the_optimum(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From any roster and from prices that are not good yet; ended by the optimum where all is looked at.

    Also where only a part can be written down.
    """
    monkeypatch.setattr(module, "PATIENCE", 0)
    monkeypatch.setattr(module, "ENOUGH", 0)
    ruled_out = found_better = all_seen = partly = 0
    for seed in range(chunk * 30, (chunk + 1) * 30):
        rng = random.Random(seed)
        case = circle(rng) if seed % 2 else random_case(rng, people=3, each=4, others=2, forced=0.05)
        values, worth = case.rosters()
        if not len(values):
            continue
        start, optimum = rng.randrange(len(values)), int(worth.min())
        master = case.master(values[start])
        for _ in range(rng.randint(0, 4) if len(master.shared) else 0):
            assert master.step(int(worth[start]), 10.0)
        found = Found(values[start], int(worth[start]), int(worth[start]), master.bound)
        search = ScheduleSearch(case.features, case.system, case.objective, master.relaxed(), found)
        told = [search.bound]
        for few in (1, 2, 4, 8, 16):
            monkeypatch.setattr(module, "MANY", few)
            monkeypatch.setattr(module, "LISTED", rng.choice([few, 10**6]))
            search._few = few
            everything = search._rule_out(master, time.monotonic() + 20)
            told.append(search.bound)
            partly += search._enumeration is not None and search._enumeration.value < worth[start] - case.objective.unit
            if everything:
                all_seen += 1
                assert search.bound == optimum, seed
                break
        assert told == sorted(told), seed
        assert told[-1] <= optimum, seed
        ruled_out += told[-1] > told[0]
        for base, taken in search.news():
            assert (base == values[start][: case.count]).all(), seed
            same = (values[:, : case.count] == taken).all(axis=1)
            assert same.any(), seed
            assert worth[same].min() < worth[start], seed
            found_better += 1
    assert ruled_out > 3
    assert found_better > 3
    assert all_seen > 3
    assert partly > 3
