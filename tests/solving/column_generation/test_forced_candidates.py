"""What has to be taken is in every schedule, and who cannot do it troubles nobody else."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.rings import chunks, seeds_of
from tests.solving.column_generation.drawn_systems import Case, Draft, as_pairs, random_case
from tests.solving.column_generation.duals import some_duals, some_net
from tests.solving.column_generation.pricing import compared, priced, some_known

from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.model.fixed_point import IMPOSSIBLE


def test_what_has_to_be_taken_is_in_every_schedule() -> None:
    draft = Draft([0, 0, 0, 1])
    draft.low[1] = 1
    draft.own({1: 1, 2: 1}, 1)
    found = priced(draft.case(), [-2, 5, -9, -1], [20, 20])
    assert found.least.tolist() == [3, -1]
    everything = found.within(np.array([20, 20]))
    assert everything is not None
    assert sorted(as_pairs(everything)) == [(0, (0, 1)), (0, (1,)), (1, (3,))]


def blocked(kind: str) -> Case:
    """Return a case whose first person cannot take what has to be taken; the second has nothing to do with it."""
    draft = Draft([0, 0, 0, 1])
    match kind:
        case "too large":
            draft.low[1] = 1
            draft.own({0: 1, 1: 100}, 1)
        case "larger by one":
            draft.low[1] = 1
            draft.own({1: 2, 2: 1}, 1)
        case "too large in spite of steps":
            draft.low[1] = 1
            draft.own({0: 1, 1: 9}, 1, [(3, 1)])
        case "both":
            draft.low[:2] = [1, 1]
            draft.own({0: 1, 1: 1, 2: 1}, 1)
        case "all of a group":
            draft.low[:3] = [1, 1, 1]
            draft.group([0, 1, 2], own=True)
        case "may not":
            draft.low[1], draft.high[1] = 1, 0
        case _:  # alone
            draft.low[1] = 1
            draft.own({1: 1}, 0)
    return draft.case()


KINDS = ("too large", "larger by one", "too large in spite of steps", "both", "all of a group", "may not", "alone")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("net", [[-5, -3, -1, -4], [5, 3, 1, -4], [-5, 3, -1, -4]])
@pytest.mark.parametrize("slack", [None, [0, 0], [50, 50]])
def test_what_cannot_be_taken_spoils_nothing(kind: str, net: list[int], slack: list[int] | None) -> None:
    """Whatever the first does instead: the other's schedules are right."""
    case = blocked(kind)
    for duals in (0.0, -1.0, -1e9):
        known = np.array([0, -4])
        most = None if slack is None else np.array(slack)
        found = case.pricer(np.full(sum(case.kept), duals)).price(Prices.of(np.array(net), 0), known, most)
        assert found.least[1] == -4
        assert (1, (3,)) in as_pairs(found.best())
        everything = found.within(np.array(slack or [0, 0]))
        assert everything is not None
        assert [items for who, items in as_pairs(everything) if who == 1] == [(3,)]
        assert len(found.reduced_cost) == 4
        if kind in ("both", "all of a group"):  # who alone would fit
            assert found.least[0] > IMPOSSIBLE // 2
            assert [who for who, _ in as_pairs(found.best())] == [1]
            assert [who for who, _ in as_pairs(everything)] == [1]


@pytest.mark.parametrize("chunk", chunks(4))
def test_who_has_to_take_much(chunk: int) -> None:
    """Some of them cannot; the others are not troubled by that."""
    forced, impossible = 0, 0
    for seed in seeds_of(chunk, 30, first=1000):
        rng = random.Random(seed)
        case = random_case(rng, forced=0.2)
        net = some_net(rng, case, 2)
        slack = None if seed % 3 == 0 else np.array([rng.choice([0, 9, 200]) for _ in range(case.people)], np.int64)
        known = some_known(rng, case, net, 2)
        found = case.pricer(some_duals(rng, case)).price(Prices.of(net, 2), known, slack)
        impossible += compared(case, found, net, 2, slack, seed)["impossible"]
        forced += int(case.system.bounds[0][: case.count].sum())
    assert forced > 50
    assert impossible > 5
