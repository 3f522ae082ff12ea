"""Schedules at prices are what enumeration says, whatever the numbers that only say what leads nowhere."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.rings import chunks, enough, seeds, seeds_of
from tests.solving.column_generation.drawn_systems import Case, Draft, as_pairs, random_case, random_steps
from tests.solving.column_generation.duals import SIZES, some_duals, some_net
from tests.solving.column_generation.pricing import compared, priced, some_known

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.model.system import Objective


@pytest.mark.parametrize("chunk", chunks(8))
def test_enumeration_finds_the_same_schedules(chunk: int) -> None:
    seen: Counter[str] = Counter()
    for seed in seeds_of(chunk, 40):
        rng = random.Random(seed)
        case = random_case(rng)
        bits = rng.choice([0, 0, 1, 5, 20])
        net = some_net(rng, case, bits)
        rows, known = case.personal_rows, some_known(rng, case, net, bits)
        assert rows.kept.tolist() == case.kept, seed
        assert rows.inside.tolist() == case.inside, seed
        slack = None
        if rng.random() < 0.6:
            slack = np.array([rng.choice([0, 1, 4, 20, 1000]) << bits for _ in range(case.people)], np.int64)
        priced = case.pricer(some_duals(rng, case)).price(Prices.of(net, bits), known, slack)
        seen += compared(case, priced, net, bits, slack, seed)
    assert min(seen[what] for what in ("empty", "several", "adding", "true costs")) > 5, seen


@pytest.mark.parametrize("size", [*SIZES, np.nan])
@pytest.mark.parametrize("sign", [-1, 1])
def test_what_leads_nowhere_never_changes_the_answer(sign: int, size: float) -> None:
    for seed in seeds(25):
        rng = random.Random(seed)
        case = random_case(rng, forced=0)
        net = some_net(rng, case, 3)
        duals = np.array([sign * size * rng.choice([1.0, 0.6]) for _ in range(sum(case.kept))])
        slack = None if seed % 2 else np.full(case.people, 30)
        priced = case.pricer(duals).price(Prices.of(net, 3), slack=slack)
        compared(case, priced, net, 3, slack, (seed, sign, size))


def good_duals(case: Case, net: Ints) -> Floats:
    """Return the duals of kept rows in a linear program of nothing else."""
    system = case.system
    steps = np.array(case.inside)
    steps[: case.count] = False
    weight = np.where(steps, case.weight, 0)
    weight[: case.count] = net
    used = np.flatnonzero(weight)
    row, column, factor = system.matrix
    group, member = system.groups
    own = np.array(case.kept, np.bool_)
    height = len(system.row_bounds[0])
    mine, ours = own[:height][row], own[height:][group]
    alone = replace(system, matrix=(row[mine], column[mine], factor[mine]), groups=(group[ours], member[ours]))
    found = Relaxation(alone, np.full(len(steps), -1)).solve(Objective(1, 1, used, weight[used], 0), 10.0)
    assert found is not None
    duals = np.zeros(len(own))
    duals[: len(found.duals)] = found.duals
    return duals[own]


def clashing(rng: random.Random) -> Case:
    """Return eight meetings of one person, of which some clash and not too many may be taken."""
    draft = Draft([0] * 8)
    for _ in range(rng.randint(3, 7)):
        draft.own(dict.fromkeys(rng.sample(range(8), 2), 1), 1)
    if rng.random() < 0.5:
        draft.own(dict.fromkeys(range(8), 1), rng.randint(2, 4), random_steps(rng) if rng.random() < 0.5 else ())
    return draft.case()


def test_what_leads_nowhere_may_lead_somewhere_with_what_is_dearer() -> None:
    """With good duals and the best known, little is gone through; what the rest could do beside it counts all the same.

    Duals are those of a linear program or near, where they leave out most.
    """
    left_out = 0
    for seed in seeds(120):
        rng = random.Random(seed)
        case = clashing(rng)
        net = np.array([-rng.randint(1, 9) for _ in range(8)])
        duals = good_duals(case, net) - np.array([rng.choice([0, 0, seed % 2]) for _ in range(sum(case.kept))])
        known = np.array([min(case.menu(0, net).values()) + rng.choice([0, 0, 1])])
        slack = None if rng.random() < 0.6 else np.array([rng.choice([0, 1, 3])], np.int64)
        found = case.pricer(duals).price(Prices.of(net, 0), known, slack)
        left_out += 8 - len(found.used)
        compared(case, found, net, 0, slack, seed)
    assert left_out >= enough(51)


def test_with_much_slack_every_schedule_there_is() -> None:
    for seed in seeds(40):
        rng = random.Random(seed)
        case = random_case(rng, forced=0)
        net, slack = some_net(rng, case, 0), np.full(case.people, 10**6)
        priced = case.pricer(some_duals(rng, case)).price(Prices.of(net, 0), slack=slack)
        found = priced.within(slack)
        assert found is not None
        everything = [(person, one) for person, menu in enumerate(case.menus(net)) for one in menu if one]
        assert sorted(as_pairs(found)) == sorted(everything), seed


def test_slack_of_one_person_is_not_that_of_another() -> None:
    for seed in seeds(40):
        rng = random.Random(seed)
        case = random_case(rng, forced=0)
        net = some_net(rng, case, 0)
        slack = np.array([rng.choice([0, 50]) for _ in range(case.people)], np.int64)
        compared(case, case.pricer(some_duals(rng, case)).price(Prices.of(net, 0), slack=slack), net, 0, slack, seed)


# --- by hand -----------------------------------------------------------------------------------------------


def test_the_best_of_two_meetings_that_do_not_fit_together() -> None:
    """Room for 3, two meetings of 2 and one of 1: the first and the last gain 7, the two dear ones would gain 9."""
    draft = Draft([0, 0, 0])
    draft.own({0: 2, 1: 2, 2: 1}, 3)
    found = priced(draft.case(), [-5, -4, -2])
    assert found.least.tolist() == [-7]
    assert as_pairs(found.best()) == [(0, (0, 2))]
    # Without slack a schedule with the second is only known to cost more than the best.
    assert found.reduced_cost.tolist() == [0, 1, 0]
    draft = Draft([0, 0, 0])
    draft.own({0: 1, 1: 1}, 1)
    # What costs something adds that to the best, even though the others looked as if they could gain 9.
    assert priced(draft.case(), [-5, -4, 3]).reduced_cost.tolist() == [0, 1, 3]
    assert priced(draft.case(), [-5, -4, -2], [9]).reduced_cost.tolist() == [0, 1, 0]


@pytest.mark.parametrize("slack", [None, 0, 1, 9])
def test_what_was_left_out_may_go_with_what_was_not(slack: int | None) -> None:
    """The first alone gains 9, the others together 8, so that each adds 1; at these duals the last is left out."""
    draft = Draft([0, 0, 0])
    draft.own({0: 1, 1: 1}, 1)
    draft.own({0: 1, 2: 1}, 1)
    most = None if slack is None else np.array([slack])
    duals = np.array([-6.0, -3.0])
    found = draft.case().pricer(duals).price(Prices.of(np.array([-9, -6, -2]), 0), np.array([-9]), most)
    assert found.least.tolist() == [-9]
    assert found.reduced_cost.tolist() == [0, 1, 1]


def test_steps_cost_what_exceeds_the_room() -> None:
    """Room for 2, then 1 at a cost of 1 and 2 at a cost of 3 each; meetings of 2 that gain 5 each, and one of 1.

    One long meeting: −5. Two take 4, which costs 1 + 3: −6. One with the short one takes 3, which costs 1: −6. All
    three take 5, which costs 7: −5. There is no room for 6.
    """
    draft = Draft([0, 0, 0, 0])
    draft.own({0: 2, 1: 2, 2: 1, 3: 2}, 2, [(2, 3), (1, 1)])
    case = draft.case()
    found = priced(case, [-5, -5, -2, 9], [20])
    assert found.least.tolist() == [-6]
    schedules = found.within(np.array([1]))
    assert schedules is not None
    assert sorted(as_pairs(schedules)) == [(0, (0,)), (0, (0, 1)), (0, (0, 1, 2)), (0, (0, 2)), (0, (1,)), (0, (1, 2))]
    everything = found.within(np.array([20]))
    assert everything is not None
    assert (0, (0, 1, 3)) not in as_pairs(everything)
    assert (0, (0, 2, 3)) in as_pairs(everything)
    assert found.reduced_cost.tolist() == [
        0,
        0,
        0,
        14,
    ]  # beside another of 2 the last costs 9 + 4, and that one gains 5


def test_members_come_in_the_order_of_time() -> None:
    """The second candidate is the earliest; of two on one day the first in number comes first."""
    case = Draft([0, 0, 0, 0], [3.5, 1.0, 2.0, 1.0]).case()
    assert as_pairs(priced(case, [-1, -1, -1, -1]).best()) == [(0, (1, 3, 2, 0))]


def test_somebody_without_candidates_does_nothing() -> None:
    """Of three people the second has none, and nothing gains anything for the third."""
    case = Draft([0, 2]).case()
    found = priced(case, [-1, 4])
    assert found.least.tolist() == [-1, 0, 0]
    assert as_pairs(found.best()) == [(0, (0,))]
    assert found.reduced_cost.tolist() == [0, 4]


def test_nothing_is_worth_anything() -> None:
    case = Draft([0, 0, 1]).case()
    found = priced(case, [1, 0, 2])
    assert found.least.tolist() == [0, 0]
    assert len(found.best()) == 0
    assert found.reduced_cost.tolist() == [1, 0, 2]


def test_who_is_shut_out_is_in_no_schedule() -> None:
    """Nor is who takes more than there is room for, steps included."""
    draft = Draft([0, 0, 0])
    draft.high[0] = 0
    draft.own({1: 4, 2: 3}, 1, [(2, 0)])
    found = priced(draft.case(), [-9, -8, -1], [100])
    everything = found.within(np.array([100]))
    assert everything is not None
    assert as_pairs(everything) == [(0, (2,))]


def test_what_has_no_weight_in_the_objective_is_a_step_all_the_same() -> None:
    """A column that the objective does not name costs nothing, so that its length is as good as room."""
    draft = Draft([0, 0])
    draft.own({0: 1, 1: 1}, 0, [(1, 0)])
    found = priced(draft.case(), [-1, -2], [5])
    assert found.least.tolist() == [-2]
    everything = found.within(np.array([5]))
    assert everything is not None
    assert sorted(as_pairs(everything)) == [(0, (0,)), (0, (1,))]


# --- what once went wrong ----------------------------------------------------------------------------------


def test_what_has_to_be_taken_adds_nothing() -> None:
    draft = Draft([0])
    draft.low[0] = 1
    found = priced(draft.case(), [5])
    assert found.least.tolist() == [5]
    assert found.reduced_cost.tolist() == [0]


def test_what_has_to_be_taken_goes_before_what_comes_earlier() -> None:
    draft = Draft([0, 0])
    draft.low[1] = 1
    draft.own({0: 1, 1: 1}, 1)
    found = priced(draft.case(), [-5, 1])
    assert found.least.tolist() == [1]
    assert as_pairs(found.best()) == [(0, (1,))]


def test_as_many_schedules_as_there_may_be_are_no_more_than_that() -> None:
    found = priced(Draft([0]).case(), [0], [0]).within(np.array([0]), 1)
    assert found is not None
    assert as_pairs(found) == [(0, (0,))]


def test_duals_that_are_infinite() -> None:
    draft = Draft([0, 0])
    draft.own({0: 1, 1: 1}, 1)
    found = draft.case().pricer(np.array([-np.inf])).price(Prices.of(np.array([-2, -3]), 1))
    assert found.least.tolist() == [-3]
