"""The second roster with fewer people: when there is one, what it finds, and that it keeps every row and group."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from benchmarks.cases.smptsp import WEIGHTED, Instance, problem
from tests.builders import meeting
from tests.builders import problem as built
from tests.rings import seeds
from tests.solving.systems import keeps

from poolmatch import STANDARD_RULES, Problem, Status, check, solve
from poolmatch.arrays import Arrays, Ints
from poolmatch.eligibility import eligibility
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving import lexicographic as run
from poolmatch.solving.backends.cpsat import Settings
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search import neighbourhood_search as improve
from poolmatch.solving.search.fewer_people import PATIENCE, FewerPeople, usage_columns
from poolmatch.solving.search.neighbourhood_search import Improver, searched
from poolmatch.solving.search.root import at_the_peak, only_people_count, solve_root
from poolmatch.solving.start.greedy import quick_start

FEW = STANDARD_RULES.plus(FewPeopleRule())


class Case:
    """A problem as the engine sees it."""

    def __init__(self, case: Problem, rules: RuleSet = WEIGHTED) -> None:
        self.problem, self.rules = case, rules
        self.blocks = Blocks.of(eligibility(Arrays(case), rules).candidates, rules)
        self.candidates, self.system = self.blocks.candidates, self.blocks.system
        self.goal = self.blocks.objectives(rules)[0]
        self.features = CandidateFeatures.of(self.candidates, self.blocks.tiers(rules)[0])
        self.improver = Improver(self.features, self.system, Settings(1, 0, False), Stop(None))

    def fewer_people(self, seed: int = 0) -> FewerPeople:
        found = FewerPeople.of(self.features, self.system, self.improver.sub_models, self.goal, self.goal, seed)
        assert found is not None
        return found

    def complete(self, taken: Ints) -> Ints | None:
        return self.improver.complete(taken, self.goal)

    def found(self, taken: Ints) -> Found:
        values = self.complete(taken)
        assert values is not None
        return Found(values, self.goal.value(values), self.goal.value(values), -(2**62))

    def held(self, holders: Sequence[int]) -> Ints:
        """Return the candidates of an instance's roster: the worker of each task, -1 for none."""
        world = self.candidates.world
        people = [int(row.facilitator[1:]) for row in world.people]
        taken = np.zeros(len(self.candidates), np.int64)
        for place, (person, seat) in enumerate(zip(self.candidates.person, self.candidates.seat, strict=True)):
            taken[place] = holders[int(world.seats[seat].meeting[1:])] == people[person]
        return taken

    def people(self, values: Ints) -> int:
        return len(np.unique(self.candidates.person[values[: len(self.candidates)] == 1]))

    def filled(self, values: Ints) -> int:
        return int(values[: len(self.candidates)].sum())


def looks(case: Case, found: Found, count: int, seed: int = 0) -> Iterator[Ints]:
    """Yield the second roster after each look that changed it; a better one becomes the best."""
    fewer_people = case.fewer_people(seed)
    for _ in range(count):
        part = fewer_people.look(found, case.complete)
        if part is None:
            continue
        answer = searched(part, 0.5, seed)
        values, ended = (None, False) if answer is None else answer
        changed = fewer_people.learn(part, values, ended)
        if changed is None:
            continue
        yield changed
        if case.goal.value(changed) < found.guided:
            found.values = changed
            found.value = found.guided = case.goal.value(changed)


def planted(seed: int, workers: int, tasks: int, spare: int = 6, chance: float = 0.3) -> Instance:
    """Return days of some workers without a break, cut into tasks; so many are needed at each moment, and no more."""
    rng = random.Random(seed)
    spans: list[tuple[int, int]] = []
    own: list[range] = []
    for _ in range(workers):
        cuts = [0, *sorted(rng.sample(range(1, 60), tasks - 1)), 60]
        own.append(range(len(spans), len(spans) + tasks))
        spans += [(10 * begin, 10 * end) for begin, end in pairwise(cuts)]
    qualified = [
        [task for task in range(len(spans)) if task in mine or rng.random() < chance]
        for mine in [*own, *[range(0)] * spare]
    ]
    return Instance(spans, qualified)


# --- when there is one ---------------------------------------------------------------------------------------


def people_charged(rules: RuleSet, case: Problem) -> list[int | None]:
    """Return of each goal how many people are charged."""
    blocks = Blocks.of(eligibility(Arrays(case), rules).candidates, rules)
    features = CandidateFeatures.of(blocks.candidates)
    found = [usage_columns(features, blocks.system, goal) for goal in blocks.objectives(rules)]
    return [None if one is None else len(one) for one in found]


def test_only_sums_in_which_people_cost_less_than_seats_have_one() -> None:
    case = pool(12, 40, 6, 1)
    people = len(np.unique(eligibility(Arrays(case), FEW).candidates.person))
    assert people_charged(FEW.weighted(), case) == [people]
    assert people_charged(WEIGHTED, problem(Instance([(0, 60), (0, 60)], [[0], [0, 1], []]))) == [2]
    # A tier by itself: coverage knows no people, and where people count seats do not.
    assert people_charged(FEW, case) == [None] * len(FEW.tiers)
    assert people_charged(STANDARD_RULES.weighted(), case) == [None]
    assert people_charged(STANDARD_RULES, case) == [None] * len(STANDARD_RULES.tiers)


@pytest.mark.parametrize(("weight", "expected"), [(1, [2]), (10**6, [None])])
def test_where_a_person_costs_more_than_a_seat_it_is_left_empty(weight: int, expected: list[int | None]) -> None:
    weights = [4000] * (len(FEW.tiers) - 1) + [weight]
    assert people_charged(FEW.weighted(tuple(weights)), built([meeting()], ["F1", "F2"])) == expected


# --- what it finds -------------------------------------------------------------------------------------------


def test_one_who_is_not_needed_is_left_out() -> None:
    """At one moment two tasks, done by w0 and w1; a third after it by w2, though w1 can do it."""
    case = Case(problem(Instance([(0, 60), (0, 60), (60, 90)], [[0], [1, 2], [2]])))
    found = case.found(case.held([0, 1, 2]))
    assert case.people(found.values) == 3
    assert [*looks(case, found, 200)]
    assert case.people(found.values) == 2
    assert case.filled(found.values) == 3


@pytest.mark.parametrize("length", [2, 3, 6])
def test_a_chain_of_people_moves_up(length: int) -> None:
    """On the first day worker k does task k and could do task k + 1; w0 has all other days too, and all are needed.

    Nobody can be spared but the last: and only when each of the others moves up, for the last has the last task.
    """
    first = [(0, 60)] * length
    later = [(100 * day, 100 * day + 60) for day in range(1, length + 1)]
    tasks = [*first, *later]
    # w[length] can do task 0 and the work of all later days; so the chain is 0 → 1 → … and the last one is free.
    able = [[k, k + 1] if k + 1 < length else [k] for k in range(length)]
    case = Case(problem(Instance(tasks, [*able, [0, *range(length, 2 * length)]])))
    found = case.found(case.held([*range(length), *[length] * length]))
    assert case.people(found.values) == length + 1
    for _ in looks(case, found, 60):
        pass
    assert case.people(found.values) == length
    assert case.filled(found.values) == 2 * length


@pytest.mark.parametrize("seed", seeds(3))
def test_it_comes_down_to_the_planted_number(seed: int) -> None:
    case = Case(problem(planted(seed, 10, 4, chance=0.5)))
    found = case.found(quick_start(case.features, case.system))
    before = case.people(found.values)
    assert before > 10
    for _ in looks(case, found, 300, seed):
        if case.filled(found.values) == 40 and case.people(found.values) == 10:
            break
    assert (case.filled(found.values), case.people(found.values)) == (40, 10)


@pytest.mark.parametrize("seed", seeds(2))
def test_whatever_it_holds_keeps_rows_and_groups_and_costs_no_more_people(seed: int) -> None:
    """With all other rules beside it: teams, travel, pairs, fair shares, and seats that nobody can fill."""
    case = Case(pool(12, 40, 6, seed), FEW.weighted())
    found = case.found(quick_start(case.features, case.system))
    value, seen = found.guided, 0
    for values in looks(case, found, 40, seed):
        assert keeps(case.system, values)
        assert found.guided <= value
        value, seen = found.guided, seen + 1
    assert seen > 10


def test_it_begins_anew_after_looks_in_vain() -> None:
    """Two are needed, whoever is left out: the second roster has an empty seat for ever."""
    case = Case(problem(Instance([(0, 60), (0, 60), (70, 90)], [[0, 2], [1]])))
    found = case.found(case.held([0, 1, 0]))
    fewer_people, begun_ = case.fewer_people(), 0

    def complete(taken: Ints) -> Ints | None:
        nonlocal begun_
        begun_ += 1
        return case.complete(taken)

    for count in range(1, 3 * (PATIENCE + 2)):
        part = fewer_people.look(found, complete)
        assert part is not None
        assert fewer_people.under_way
        answer = searched(part, 10.0, 0)
        assert answer is not None
        fewer_people.learn(part, *answer)
        assert not fewer_people.under_way
        assert begun_ == 1 + (count - 1) // (PATIENCE + 1)
    assert case.people(found.values) == 2


def test_who_is_pinned_stays() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]
    rows = [meeting(f"M{n}", f"2026-03-0{n + 3} 10:00", f"2026-03-0{n + 3} 12:00") for n in (1, 2)]
    case = Case(built(rows, ["F1", "F2"], pins=pins), FEW.weighted())
    found = case.found(quick_start(case.features, case.system))
    assert case.system.bounds[0].sum() == 1
    assert all(keeps(case.system, values) for values in looks(case, found, 20))


# --- in the engine -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_solve_comes_down_to_what_is_needed_at_once(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "DIRECT", -1)
    case = problem(planted(1, 8, 4))
    told: list[float] = []
    result = solve(case, WEIGHTED, workers=workers, time_limit=60, on_progress=lambda news: told.append(news.value))
    assert len({row.facilitator for row in result.roster.rows}) == 8
    assert result.status is Status.OPTIMAL
    assert check(case, result.roster, WEIGHTED).legal
    assert told == sorted(told, reverse=True)


@pytest.mark.slow
def test_a_pool_without_the_rule_is_searched_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second roster is solve_root, and no start is swept."""

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(FewerPeople, "look", never)
    monkeypatch.setattr("poolmatch.solving.search.root.chronological_start", never)
    monkeypatch.setattr(Relaxation, "solve_part", never)
    assert solve(pool(60, 100, 15, 1), workers=2, time_limit=3).report.legal


def test_a_stop_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as it begins; what is running ends too."""
    monkeypatch.setattr(run, "DIRECT", -1)
    monkeypatch.setattr(improve, "PROVABLE", -1)
    stop, looked = threading.Event(), threading.Event()
    real = FewerPeople.look

    def look(self: FewerPeople, *arguments: Any) -> Any:
        looked.set()
        stop.set()
        return real(self, *arguments)

    monkeypatch.setattr(FewerPeople, "look", look)
    began = time.monotonic()
    result = solve(problem(planted(3, 20, 6, spare=3, chance=0.1)), WEIGHTED, workers=2, time_limit=600, stop=stop)
    assert looked.is_set()
    assert time.monotonic() - began < 120
    assert result.status in (Status.CANCELLED, Status.OPTIMAL)
    assert result.report.legal


# --- how many are needed at once -----------------------------------------------------------------------------


def peak_bound(case: Case) -> tuple[int, int]:
    """Return the bound of the busiest moment, and how many columns its program has."""
    part = at_the_peak(case.features, len(case.system.bounds[0]))
    found = Relaxation.of(case.features, case.system).solve_part(case.goal, part, 10.0)
    assert found is not None
    return found.bound, int(part.sum())


def test_the_bound_of_the_busiest_moment_by_hand() -> None:
    """Three at once at 100, one before and two after; w3 can do any task, w4 none of the three.

    Columns: eight candidates for the three tasks and one for each of five people.
    """
    tasks = [(0, 90), (90, 150), (95, 130), (100, 140), (150, 200), (160, 190)]
    qualified = [[0, 1, 2], [2, 3], [1, 3], [0, 1, 2, 3, 4, 5], [0, 4, 5]]
    case = Case(problem(Instance(tasks, qualified)))
    assert peak_bound(case) == (3, 9 + 5)


def test_a_task_that_is_not_done_for_want_of_people_counts() -> None:
    """Three at once, and two people: one task is not done, and costs what it costs."""
    case = Case(problem(Instance([(0, 60)] * 3 + [(70, 80)], [[0, 1, 2, 3], [0, 1, 2]])))
    bound, _ = peak_bound(case)
    assert bound == 2 + case.goal.value(np.zeros(len(case.system.bounds[0]), np.int64)) // 4


def test_whether_only_people_count() -> None:
    pure = Case(problem(planted(0, 3, 2)))
    columns = usage_columns(pure.features, pure.system, pure.goal)
    assert columns is not None
    assert only_people_count(pure.features, pure.goal, columns)
    assert not only_people_count(pure.features, pure.goal, columns[1:])
    dear = pure.goal.weight.copy()
    dear[0] -= 1  # one candidate is better than others for the same task
    first = pure.goal
    assert first.column[0] < len(pure.features)
    wish = Objective(first.tier, first.scale, first.column, dear, first.constant, first.unit)
    assert not only_people_count(pure.features, wish, columns)


def test_a_goal_begins_with_few_people_and_the_bound() -> None:
    case = Case(problem(planted(2, 12, 4)))
    hint = quick_start(case.features, case.system)
    start = solve_root(case.improver, case.features, case.system, case.goal, case.goal, hint, 10.0, Stop(None))
    assert start is not None
    found, relaxed = start
    assert relaxed is not None
    assert found.bound == 12
    assert found.value < case.found(hint).value
    assert case.improver.sub_models.feasible(found.values)
