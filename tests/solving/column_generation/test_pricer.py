"""Schedules at prices are what enumeration says, whatever the numbers that only say what leads nowhere."""

from __future__ import annotations

import random
import threading
import tracemalloc
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.rings import enough, scaled, seeds
from tests.solving.candidate_features import land
from tests.solving.column_generation.duals import SIZES, some_duals, some_net
from tests.solving.column_generation.menus import Case, Draft, random_case, random_steps, sets_of
from tests.solving.systems import system_of

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation import labelling as walks
from poolmatch.solving.column_generation.labelling import NONE, WORD, Plan, TooManyStates
from poolmatch.solving.column_generation.load_costs import Steps
from poolmatch.solving.column_generation.pricer import Priced, Schedules, Sets
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.running.stopping import Stop


def some_known(rng: random.Random, case: Case, net: Ints, bits: int) -> Ints | None:
    """Return what some schedule of each person costs; that of the empty one where there is none."""
    if rng.random() < 0.3:
        return None
    return np.array([rng.choice(list(menu.values()) or [0]) for menu in case.menus(net, bits)], np.int64)


def compared(case: Case, priced: Priced, net: Ints, bits: int, slack: Ints | None, seed: object) -> Counter[str]:
    """Hold what was found against all schedules; return how often something worth a test was among them.

    Somebody who cannot do what has to be done may be told to do anything.
    """
    seen: Counter[str] = Counter()
    menus, least, reduced_cost = case.menus(net, bits), priced.least.tolist(), priced.reduced_cost.tolist()
    best = sets_of(priced.best())
    assert len(best) == len(dict(best)), seed
    room = [0] * case.people if slack is None else slack.tolist()
    found = priced.within(np.array(room))
    assert found is not None
    got = sets_of(found)
    assert len(got) == len(set(got)), seed
    for person, menu in enumerate(menus):
        if not menu:
            seen["impossible"] += 1
            continue
        assert least[person] == min(menu.values()), seed
        assert menu[dict(best).get(person, ())] == least[person], seed
        near = {items for items, cost in menu.items() if items and cost <= least[person] + room[person]}
        mine = {items for who, items in got if who == person}
        # What costs nothing is nothing to look for where nobody asks for what is as good.
        assert mine <= near if slack is None else mine == near, seed
        seen["empty"] += not mine
        seen["several"] += len(mine) > 1
    if all(menus):
        assert case.schedules.costs(found, net, bits).tolist() == [menus[who][items] for who, items in got], seed
        assert priced.within(np.array(room), len(got)) is not None, seed
        assert not got or priced.within(np.array(room), len(got) - 1) is None, seed
    for candidate, person in enumerate(case.features.person.tolist()):
        costs = [cost for items, cost in menus[person].items() if candidate in items]
        if costs:
            assert 0 <= reduced_cost[candidate] <= min(costs) - least[person], seed
            seen["adding"] += reduced_cost[candidate] > 0
        if costs and slack is not None and min(costs) <= least[person] + room[person]:
            assert reduced_cost[candidate] == min(costs) - least[person], seed
            seen["true costs"] += 1
    return seen


@pytest.mark.parametrize("chunk", seeds(8))
def test_enumeration_finds_the_same_schedules(chunk: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(chunk * 40, (chunk + 1) * 40):
        rng = random.Random(seed)
        case = random_case(rng)
        bits = rng.choice([0, 0, 1, 5, 20])
        net = some_net(rng, case, bits)
        schedules, known = case.schedules, some_known(rng, case, net, bits)
        assert schedules.kept.tolist() == case.kept, seed
        assert schedules.inside.tolist() == case.inside, seed
        slack = None
        if rng.random() < 0.6:
            slack = np.array([rng.choice([0, 1, 4, 20, 1000]) << bits for _ in range(case.people)], np.int64)
        priced = schedules.priced(net, bits, some_duals(rng, case), known, slack)
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
        priced = case.schedules.priced(net, 3, duals, None, slack)
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
        found = case.schedules.priced(net, 0, duals, known, slack)
        left_out += 8 - len(found._used)
        compared(case, found, net, 0, slack, seed)
    assert left_out >= enough(51)


def test_with_much_slack_every_schedule_there_is() -> None:
    for seed in seeds(40):
        rng = random.Random(seed)
        case = random_case(rng, forced=0)
        net, slack = some_net(rng, case, 0), np.full(case.people, 10**6)
        priced = case.schedules.priced(net, 0, some_duals(rng, case), None, slack)
        found = priced.within(slack)
        assert found is not None
        everything = [(person, one) for person, menu in enumerate(case.menus(net)) for one in menu if one]
        assert sorted(sets_of(found)) == sorted(everything), seed


def test_slack_of_one_person_is_not_that_of_another() -> None:
    for seed in seeds(40):
        rng = random.Random(seed)
        case = random_case(rng, forced=0)
        net = some_net(rng, case, 0)
        slack = np.array([rng.choice([0, 50]) for _ in range(case.people)], np.int64)
        compared(case, case.schedules.priced(net, 0, some_duals(rng, case), None, slack), net, 0, slack, seed)


# --- by hand -----------------------------------------------------------------------------------------------


def priced(case: Case, net: list[int], slack: list[int] | None = None) -> Priced:
    duals = np.zeros(sum(case.kept))
    return case.schedules.priced(np.array(net), 0, duals, None, None if slack is None else np.array(slack))


def test_the_best_of_two_meetings_that_do_not_fit_together() -> None:
    """Room for 3, two meetings of 2 and one of 1: the first and the last gain 7, the two dear ones would gain 9."""
    draft = Draft([0, 0, 0])
    draft.own({0: 2, 1: 2, 2: 1}, 3)
    found = priced(draft.case(), [-5, -4, -2])
    assert found.least.tolist() == [-7]
    assert sets_of(found.best()) == [(0, (0, 2))]
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
    found = draft.case().schedules.priced(np.array([-9, -6, -2]), 0, duals, np.array([-9]), most)
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
    assert sorted(sets_of(schedules)) == [(0, (0,)), (0, (0, 1)), (0, (0, 1, 2)), (0, (0, 2)), (0, (1,)), (0, (1, 2))]
    everything = found.within(np.array([20]))
    assert everything is not None
    assert (0, (0, 1, 3)) not in sets_of(everything)
    assert (0, (0, 2, 3)) in sets_of(everything)
    assert found.reduced_cost.tolist() == [
        0,
        0,
        0,
        14,
    ]  # beside another of 2 the last costs 9 + 4, and that one gains 5


def test_members_come_in_the_order_of_time() -> None:
    """The second candidate is the earliest; of two on one day the first in number comes first."""
    case = Draft([0, 0, 0, 0], [3.5, 1.0, 2.0, 1.0]).case()
    assert sets_of(priced(case, [-1, -1, -1, -1]).best()) == [(0, (1, 3, 2, 0))]


def test_somebody_without_candidates_does_nothing() -> None:
    """Of three people the second has none, and nothing gains anything for the third."""
    case = Draft([0, 2]).case()
    found = priced(case, [-1, 4])
    assert found.least.tolist() == [-1, 0, 0]
    assert sets_of(found.best()) == [(0, (0,))]
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
    assert sets_of(everything) == [(0, (2,))]


def test_which_rows_are_kept_and_which_columns_are_inside() -> None:
    """Candidates 0 to 2 of one person, 3 and 4 of another; then columns of all kinds."""
    no, steps = -UNBOUNDED, list[int]()
    low, high, weight = [0] * 5, [1] * 5, [-1] * 5
    entries: list[tuple[int, int, int]] = []
    sides: list[tuple[int, int]] = []
    kept: list[bool] = []
    inside = [True] * 5

    def column(bottom: int, top: int, cost: int, is_inside: bool) -> int:
        low.append(bottom)
        high.append(top)
        weight.append(cost)
        inside.append(is_inside)
        return len(low) - 1

    def row(factors: dict[int, int], bottom: int, top: int, is_kept: bool) -> None:
        entries.extend((len(sides), one, factor) for one, factor in factors.items())
        sides.append((bottom, top))
        kept.append(is_kept)

    row({0: 1, 1: 2}, no, 2, True)
    row({3: 1}, no, 0, True)
    row({0: 1, 3: 1}, no, 1, False)  # of two people
    row({0: 1, 1: 1}, 0, 2, False)  # at least so much
    row({0: 1, 1: 1}, no, UNBOUNDED, False)  # no limit
    row({0: 1, 1: 1}, no, -1, False)  # never kept by who does nothing
    row({0: 1, 1: -1}, no, 1, False)  # one gives room for another
    steps += [column(0, 2, 3, True), column(0, 9, 0, True)]
    row({0: 1, 2: 1, steps[0]: -1, steps[1]: -1}, no, 1, True)  # two steps, one that costs nothing
    row({0: 1, column(0, 2, -3, False): -1}, no, 1, False)  # gains
    row({0: 1, column(1, 2, 3, False): -1}, no, 1, False)  # costs at any rate
    row({0: 1, column(0, 2, 3, False): -2}, no, 1, False)  # takes up two at once
    row({0: 1, column(0, 2, 3, False): 1}, no, 1, False)  # takes room
    both = column(0, 2, 3, False)
    row({0: 1, both: -1}, no, 1, False)  # of two rows
    row({1: 1, both: -1}, no, 1, False)
    row({column(0, 2, 3, False): -1}, no, 1, False)  # nobody's
    row({0: 1, 3: 1, column(0, 2, 3, False): -1}, no, 1, False)  # a step of two people
    row({0: 1, 1: 1}, no, 2 ** (WORD - 2) - 1, True)
    row({0: 1, 1: 1}, no, 2 ** (WORD - 2), False)  # more than a word holds
    groups = [(0, 0), (0, 1), (1, 0), (1, 3), (2, 1), (2, column(0, 1, 0, False))]
    kept += [True, False, False]
    used = np.flatnonzero(weight)
    objective = Objective(1, 1, used, np.array(weight)[used], 0)
    bottoms, tops = ([side[place] for side in sides] for place in (0, 1))
    system = system_of(low, high, entries, bottoms, tops, groups)
    features = land([0, 0, 0, 1, 1], [(52, 5)] * 5)
    schedules = Schedules(Relaxation.of(features, system), features, objective)
    assert schedules.kept.tolist() == kept
    assert schedules.inside.tolist() == inside
    assert schedules.owner.tolist() == [0, 1, 0, 0, 0]
    assert schedules.most.tolist() == [2, 0, 12, 2 ** (WORD - 2) - 1, 1]


def test_what_has_no_weight_in_the_objective_is_a_step_all_the_same() -> None:
    """A column that the objective does not name costs nothing, so that its length is as good as room."""
    draft = Draft([0, 0])
    draft.own({0: 1, 1: 1}, 0, [(1, 0)])
    found = priced(draft.case(), [-1, -2], [5])
    assert found.least.tolist() == [-2]
    everything = found.within(np.array([5]))
    assert everything is not None
    assert sorted(sets_of(everything)) == [(0, (0,)), (0, (1,))]


def test_lines_lie_below_what_loads_cost() -> None:
    """By enumeration of loads, for slopes of any kind; they touch where the slope is that of a step."""
    touched = 0
    for seed in seeds(60):
        rng = random.Random(seed)
        rows = [random_steps(rng) for _ in range(3)]
        room = np.array([rng.randint(0, 9) for _ in range(4)])
        row = np.array([place for place, steps in enumerate(rows) for _ in steps])
        length, rate = np.array([step for steps in rows for step in steps]).T
        steps = Steps.gathered(row, length, rate, room)
        assert steps.of.tolist() == [0, 1, 2, -1]
        slope, excess = steps.linear(np.array([rng.choice([0, 1, 5, 40, 10**6]) for _ in rows]), 2)
        for place in range(3):
            load = np.arange(room[place] + steps.length[place].sum() + 1)
            units = sorted(rate for length, rate in rows[place] for _ in range(length))
            cost = np.append(np.zeros(room[place] + 1), np.cumsum(units)).astype(np.int64) << 2
            assert steps.cost(np.full(len(load), place), load, 2).tolist() == cost.tolist(), seed
            above = cost - (slope[place] * load - excess[place])
            assert above.min() >= 0, seed
            touched += int(above.min() == 0)
    assert touched == 3 * scaled(60)


# --- how states are written --------------------------------------------------------------------------------


def walked(case: Case) -> Plan:
    """Return how states are written when everything is gone through."""
    schedules = case.schedules
    return Plan(schedules, schedules.order)


@pytest.mark.parametrize("seed", seeds(12))
def test_rows_that_need_several_words(seed: int) -> None:
    """Many at a time, with so much room that each takes many bits: never more than what is left of a word."""
    rng = random.Random(seed)
    draft = Draft([0] * 9 + [1] * 3)
    for size in rng.choices([2, 10, 20, 40, 55], k=14):
        takes = {one: rng.randint(1, 2**size) for one in range(9) if rng.random() < 0.8 or one in (0, 8)}
        draft.own(takes, max(max(takes.values()), int(sum(takes.values()) * rng.uniform(0.4, 0.9))))
    draft.own({9: 1, 10: 1, 11: 1}, 2)
    case = draft.case()
    assert walked(case).words >= 3
    net = some_net(rng, case, 0)
    slack = np.full(2, 40)
    duals = some_duals(rng, case)
    compared(case, case.schedules.priced(net, 0, duals, None, slack), net, 0, slack, seed)
    compared(case, case.schedules.priced(net, 0, duals), net, 0, None, seed)


@pytest.mark.parametrize("seed", seeds(12))
def test_rows_that_begin_where_others_have_ended(seed: int) -> None:
    """Two or three at a time of 11 bits, of which one word holds five; all together would take three words."""
    rng = random.Random(seed)
    draft = Draft([0] * 12)
    for first in range(11):
        takes = {one: rng.randint(300, 900) for one in range(first, min(12, first + rng.choice([2, 3])))}
        draft.own(takes, rng.randint(900, 1023), [] if rng.random() < 0.5 else [(1, 2), (rng.randint(1, 400), 1)])
    case = draft.case()
    assert walked(case).words == 1
    net = some_net(rng, case, 0)
    slack = np.array([25])
    duals = some_duals(rng, case)
    compared(case, case.schedules.priced(net, 0, duals, None, slack), net, 0, slack, seed)
    compared(case, case.schedules.priced(net, 0, duals), net, 0, None, seed)


@pytest.mark.parametrize("room", [1, 3, 4, 7, 8, 2**31, 2**59, 2**60 - 1])
def test_rows_are_filled_to_the_last_unit(room: int) -> None:
    """Half and the other half fit, half and one more than that do not; nor does anything beside it in its word."""
    half = room // 2
    draft = Draft([0] * 5)
    draft.own({0: half, 1: room - half, 2: room - half + 1} if half else {1: room, 2: room + 1}, room)
    draft.own({0: 1, 3: 1, 4: 1}, 2)
    everything = priced(draft.case(), [-1] * 5, [9]).within(np.array([9]))
    assert everything is not None
    found = {items for _, items in sets_of(everything)}
    assert (0, 1) in found
    assert (0, 2) not in found
    assert (1, 2) not in found
    assert (0, 3) in found
    assert (0, 3, 4) not in found


# --- what has to be taken ----------------------------------------------------------------------------------


def test_what_has_to_be_taken_is_in_every_schedule() -> None:
    draft = Draft([0, 0, 0, 1])
    draft.low[1] = 1
    draft.own({1: 1, 2: 1}, 1)
    found = priced(draft.case(), [-2, 5, -9, -1], [20, 20])
    assert found.least.tolist() == [3, -1]
    everything = found.within(np.array([20, 20]))
    assert everything is not None
    assert sorted(sets_of(everything)) == [(0, (0, 1)), (0, (1,)), (1, (3,))]


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
        found = case.schedules.priced(np.array(net), 0, np.full(sum(case.kept), duals), known, most)
        assert found.least[1] == -4
        assert (1, (3,)) in sets_of(found.best())
        everything = found.within(np.array(slack or [0, 0]))
        assert everything is not None
        assert [items for who, items in sets_of(everything) if who == 1] == [(3,)]
        assert len(found.reduced_cost) == 4
        if kind in ("both", "all of a group"):  # who alone would fit
            assert found.least[0] > NONE // 2
            assert [who for who, _ in sets_of(found.best())] == [1]
            assert [who for who, _ in sets_of(everything)] == [1]


@pytest.mark.parametrize("chunk", seeds(4))
def test_who_has_to_take_much(chunk: int) -> None:
    """Some of them cannot; the others are not troubled by that."""
    forced, impossible = 0, 0
    for seed in range(1000 + chunk * 30, 1000 + (chunk + 1) * 30):
        rng = random.Random(seed)
        case = random_case(rng, forced=0.2)
        net = some_net(rng, case, 2)
        slack = None if seed % 3 == 0 else np.array([rng.choice([0, 9, 200]) for _ in range(case.people)], np.int64)
        known = some_known(rng, case, net, 2)
        found = case.schedules.priced(net, 2, some_duals(rng, case), known, slack)
        impossible += compared(case, found, net, 2, slack, seed)["impossible"]
        forced += int(case.system.bounds[0][: case.count].sum())
    assert forced > 50
    assert impossible > 5


# --- limits ------------------------------------------------------------------------------------------------


def tied(count: int) -> Case:
    """Return a person who may take half of so many."""
    draft = Draft([0] * count)
    draft.own(dict.fromkeys(range(count), 1), count // 2)
    return draft.case()


def test_the_best_is_found_without_all_that_are_as_good() -> None:
    """Of 20 meetings 10: there are 184,756 ways, and they take many times the memory."""
    tracemalloc.start()
    try:
        found = sets_of(priced(tied(20), [-1] * 20).best())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [len(items) for _, items in found] == [10]
    assert peak < 2_000_000


def test_schedules_that_are_too_many_are_not_written_down() -> None:
    """Of 40 meetings 20: they could not be. None comes at once."""
    slack = np.array([0])
    found = tied(40).schedules.priced(np.full(40, -1), 0, np.zeros(1), None, slack)
    assert found.least.tolist() == [-20]
    assert found.within(slack, 1000) is None


def test_too_many_states_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    case = tied(12)
    monkeypatch.setattr(walks, "CELLS", 300)
    with pytest.raises(TooManyStates):
        priced(case, [-1] * 12)
    monkeypatch.undo()
    assert priced(case, [-1] * 12).least.tolist() == [-6]


def test_loads_that_cost_may_be_too_many_states_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing binds, so that there is one state at a time at first; minding loads, there are thousands."""
    draft = Draft([0] * 12)
    draft.own({one: 2**one for one in range(12)}, 0, [(4096, 1)])
    case, slack = draft.case(), np.array([10**6])
    monkeypatch.setattr(walks, "CELLS", 2000)
    with pytest.raises(TooManyStates):
        case.schedules.priced(np.full(12, -2), 0, np.zeros(1), None, slack)
    monkeypatch.undo()
    assert case.schedules.priced(np.full(12, -2), 0, np.zeros(1), None, slack).least.tolist() == [-1]


def test_a_stop_ends_it() -> None:
    event = threading.Event()
    event.set()
    with pytest.raises(TooManyStates):
        tied(12).schedules.priced(np.full(12, -1), 0, np.zeros(1), stop=Stop(event))


# --- schedules as a table ----------------------------------------------------------------------------------


def table() -> Sets:
    """Return schedules of people 0, 1 and 0: pairs come in any order of schedules."""
    return Sets.of(np.array([0, 1, 0]), np.array([2, 0, 1, 0, 2]), np.array([7, 3, 5, 2, 6]))


def test_schedules_of_pairs() -> None:
    """Those of a schedule keep their order."""
    assert sets_of(table()) == [(0, (3, 2)), (1, (5,)), (0, (7, 6))]
    assert len(table()) == 3


def test_some_schedules() -> None:
    assert sets_of(table().take(np.array([2, 0]))) == [(0, (7, 6)), (0, (3, 2))]
    assert sets_of(table().take(np.zeros(0, np.int64))) == []


def test_joined_and_each_once() -> None:
    """What another person does is another schedule, and so is another order."""
    others = Sets.of(np.array([1, 0, 0, 0]), np.array([0, 1, 2, 2, 3, 3]), np.array([5, 5, 3, 2, 2, 3]))
    both = table().joined(others)
    assert sets_of(both) == [*sets_of(table()), (1, (5,)), (0, (5,)), (0, (3, 2)), (0, (2, 3))]
    assert sets_of(both.distinct()) == [*sets_of(table()), (0, (5,)), (0, (2, 3))]
    none = Sets.of(*(np.zeros(0, np.int64),) * 3)
    assert sets_of(none.joined(table())) == sets_of(table().joined(none)) == sets_of(table())
    assert sets_of(none.distinct()) == []


def test_what_schedules_cost_in_the_objective_and_at_prices() -> None:
    """Room for 1; beyond it one at 2 and then at 3 each. Weights are −4 and −6, prices −10 and −20 in half units."""
    draft = Draft([0, 0, 1])
    draft.weight[:] = [-4, -6, 1]
    draft.own({0: 2, 1: 3}, 1, [(1, 2), (9, 3)])
    schedules = draft.case().schedules
    sets = Sets.of(np.array([0, 1, 0]), np.array([0, 0, 1, 2]), np.array([0, 1, 2, 1]))
    assert schedules.costs(sets).tolist() == [-10 + 2 + 3 * 3, 1, -6 + 2 + 3]
    assert schedules.costs(sets, np.array([-10, -20, 3]), 1).tolist() == [-30 + 22, 3, -20 + 10]
    assert schedules.costs(sets.take(np.zeros(0, np.int64))).tolist() == []


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
    assert sets_of(found.best()) == [(0, (1,))]


def test_as_many_schedules_as_there_may_be_are_no_more_than_that() -> None:
    found = priced(Draft([0]).case(), [0], [0]).within(np.array([0]), 1)
    assert found is not None
    assert sets_of(found) == [(0, (0,))]


def test_duals_that_are_infinite() -> None:
    draft = Draft([0, 0])
    draft.own({0: 1, 1: 1}, 1)
    found = draft.case().schedules.priced(np.array([-2, -3]), 1, np.array([-np.inf]))
    assert found.least.tolist() == [-3]
