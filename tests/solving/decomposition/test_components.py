"""What shares no row is solved apart, and adds up: by hand, by enumeration, and against the search of the whole."""

from __future__ import annotations

import random
import threading
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.builders import facilitator, meeting
from tests.builders import problem as built
from tests.rings import enough, seeds
from tests.solving.decomposition.disjoint import fenced, together
from tests.solving.optima import best_by_enumeration
from tests.solving.programmes import programme
from tests.solving.systems import random_objective, random_system, solutions, system_of

from poolmatch import STANDARD_RULES, Problem, Result, Status, solve
from poolmatch.arrays import Ints
from poolmatch.checking import input_issues
from poolmatch.results import Progress
from poolmatch.rules.pinned import PinnedRule
from poolmatch.solving import lexicographic as run
from poolmatch.solving.backends.cpsat import Answer, Search
from poolmatch.solving.decomposition import components as module
from poolmatch.solving.decomposition.components import Parts, components, keeping_apart
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.submodel import SubModels
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.model.task import Task
from poolmatch.solving.running.progress import ProgressReporter
from poolmatch.solving.search.neighbourhood_search import Improver
from poolmatch.testing import random_problem

UNSHARED = STANDARD_RULES.without("fair-load")
"""Without the one rule that looks at everybody: who has which part of the contract hours."""


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave each component by itself, however small."""
    monkeypatch.setattr(module, "PACK", 1)


@pytest.fixture
def divided(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """Count the goals that are solved in parts, by how many parts there are."""
    counted, of = Counter[int](), Parts.of

    def counting(*given: Any) -> Parts:
        parts = of(*given)
        counted[len(parts.tasks)] += 1
        return parts

    monkeypatch.setattr(Parts, "of", counting)
    return counted


# --- systems by hand -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("unpacked")
def test_rows_and_groups_join_and_what_is_fixed_does_not() -> None:
    """Candidates 0 to 4, of which 4 is fixed, and columns 5, in a row with 0, and 6, in a row of its own.

    A row joins 0 and 5, a group 1 and 2, a row 2 and 3; that 4 is in rows with 0 and 1 joins nothing.
    """
    entries = [(0, 0, 1), (0, 5, -1), (1, 2, 1), (1, 3, 1), (2, 0, 1), (2, 4, 1), (3, 1, 1), (3, 4, 1), (4, 6, 1)]
    system = system_of([0] * 4 + [1, 0, 0], [1] * 7, entries, [-UNBOUNDED] * 5, [0, 1, 2, 2, 1], [(0, 1), (0, 2)])
    assert components(system, 5).tolist() == [0, 1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("pack", "expected"),
    [(1, [0, 1, 2, 3, 4]), (2, [0, 0, 1, 2, 3]), (3, [0, 0, 0, 1, 2]), (6, [0, 0, 0, 0, 1]), (99, [0, 0, 0, 0, 0])],
)
def test_small_ones_are_packed(pack: int, expected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Components of 1, 1, 1, 3 and 10 candidates: they never add up to more than a pack, unless one does alone."""
    monkeypatch.setattr(module, "PACK", pack)
    sizes = [1, 1, 1, 3, 10]
    owner = [which for which, size in enumerate(sizes) for _ in range(size)]
    entries = [(which, column, 1) for column, which in enumerate(owner)]
    system = system_of([0] * 16, [1] * 16, entries, [-UNBOUNDED] * 5, [1] * 5, [])
    assert components(system, 16).tolist() == [expected[which] for which in owner]


@pytest.mark.usefixtures("unpacked")
def test_nothing_at_all_and_nothing_free() -> None:
    assert components(system_of([], [], [], [], [], []), 0).tolist() == []
    assert components(system_of([1, 0, 0], [1, 0, 1], [], [], [], []), 2).tolist() == [0, 0, 0]


# --- systems by enumeration ----------------------------------------------------------------------------------


def beside(systems: list[tuple[System, int]]) -> tuple[System, int]:
    """Return systems side by side as one: all candidates first, then all other columns."""
    count = sum(mine for _, mine in systems)
    lower, upper = ([0] * sum(len(system.bounds[0]) for system, _ in systems) for _ in range(2))
    entries: list[tuple[int, int, int]] = []
    groups: list[tuple[int, int]] = []
    low: list[int] = []
    high: list[int] = []
    candidates, others, group_count = 0, count, 0
    for system, mine in systems:
        width = len(system.bounds[0])
        place = [*range(candidates, candidates + mine), *range(others, others + width - mine)]
        for column, (least, most) in enumerate(zip(*(side.tolist() for side in system.bounds), strict=True)):
            lower[place[column]], upper[place[column]] = least, most
        rows, columns, factors = (part.tolist() for part in system.matrix)
        entries += [(row + len(low), place[c], f) for row, c, f in zip(rows, columns, factors, strict=True)]
        groups += [(g + group_count, place[c]) for g, c in zip(*(part.tolist() for part in system.groups), strict=True)]
        low += system.row_bounds[0].tolist()
        high += system.row_bounds[1].tolist()
        candidates, others, group_count = candidates + mine, others + width - mine, group_count + 2
    return system_of(lower, upper, entries, low, high, groups), count


def merged_by_hand(system: System) -> list[set[int]]:
    """Return the free columns that rows and groups join, by merging sets until nothing changes."""
    lower, upper = system.bounds
    free = [column for column in range(len(lower)) if lower[column] < upper[column]]
    sets = [{column} for column in free]
    lines: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for row, column in zip(*(part.tolist() for part in system.matrix[:2]), strict=True):
        lines["row", row].add(column)
    for group, column in zip(*(part.tolist() for part in system.groups), strict=True):
        lines["group", group].add(column)
    for line in lines.values():
        touched = [item for item in sets if item & line]
        sets = [item for item in sets if not item & line] + ([set().union(*touched)] if touched else [])
    return sets


def landscape_of(count: int) -> CandidateFeatures:
    """Return candidates each with a person and a seat of their own."""
    each, none, nowhere = np.arange(count), np.zeros(count, np.int64), np.zeros(count)
    return CandidateFeatures(each, each, each, none - 1, none - 1, none, nowhere, nowhere, nowhere, none)


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("chunk", seeds(4))
def test_the_best_of_the_parts_adds_up_to_the_best_of_the_whole(chunk: int) -> None:
    several = tighter = 0
    for seed in range(chunk * 20, (chunk + 1) * 20):
        rng = random.Random(seed)
        system, count = beside([random_system(rng, 3, 1) for _ in range(rng.randint(2, 3))])
        goal, guide = (random_objective(rng, len(system.bounds[0])) for _ in range(2))
        allowed = solutions(system)
        part_of = components(system, count)

        sets = merged_by_hand(system)
        with_candidates = [item for item in sets if min(item) < count]
        assert len(with_candidates) == part_of.max(initial=0) + 1 or not with_candidates
        assert all(len({part_of[column] for column in item}) == 1 for item in sets)
        several += part_of.max(initial=0) > 0

        hint = rng.choice(allowed)
        parts = Parts.of(
            Task(landscape_of(count), system, Goal(goal, 0, -99), guide, hint), SubModels(system, count), part_of
        )
        assert parts.values.tolist() == hint.tolist()
        worst = goal.value(hint)
        assert parts.whole.value == worst
        for place, task in enumerate(parts.tasks):
            best = min(solutions(task.system), key=task.goal.objective.value)
            assert task.goal.bound <= task.goal.objective.value(best)
            lacking = parts.of_others(place)
            assert lacking[0] + task.value == goal.value(parts.values)
            assert lacking[1] + task.goal.bound == parts.bound
            parts.tasks[place] = task.improved(best)
            parts.tasks[place].goal.bound = parts.tasks[place].value
        optimum = min(map(goal.value, allowed))
        assert parts.bound == goal.value(parts.values) == optimum

        kept = solutions(keeping_apart(system, goal, parts.values, part_of))
        assert {*map(bytes, kept)} == {bytes(item) for item in solutions(system.keeping(goal, optimum))}
        assert components(keeping_apart(system, goal, parts.values, part_of), count).tolist() == part_of.tolist()
        # From a roster that is not the best, keeping each part allows less than keeping their sum.
        tighter += len(solutions(keeping_apart(system, goal, hint, part_of))) < len(
            solutions(system.keeping(goal, worst))
        )
    assert several > 10
    assert tighter > 2


def test_a_task_takes_what_is_better_and_among_equals_what_the_guide_likes() -> None:
    system = system_of([0, 0], [1, 1], [], [], [], [])
    goal = Goal(Objective(1, 1, np.array([0]), np.array([-2]), 5), 0, 0)
    guide = Objective(0, 1, np.array([0, 1]), np.array([-2, -1]), 0)
    task = Task(landscape_of(2), system, goal, guide, np.array([0, 0]))

    def hint(*values: int) -> Ints:
        return task.improved(np.array(values)).hint

    assert task.value == 5
    assert hint(1, 0).tolist() == [1, 0]
    assert hint(0, 1).tolist() == [0, 1]
    assert task.improved(np.array([1, 1])).improved(np.array([1, 0])).hint.tolist() == [1, 1]


# --- problems ------------------------------------------------------------------------------------------------


def village(mark: str) -> Problem:
    """Return two meetings at one time, worth 4 and 1, for one of the pool and an external who costs 95 an hour."""
    rows = [meeting("M1"), meeting("M2", priority=1)]
    return fenced(built(rows, [facilitator("F1"), facilitator("X", external=True, hourly_cost=95)]), mark)


def values_of(result: Result) -> tuple[int, ...]:
    return tuple(tier.value for tier in result.tiers)


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_village_costs_what_it_costs_alone(number: int, caplog: pytest.LogCaptureFixture) -> None:
    """In each an external fills the second seat: 3 points, 190 for two hours; and 4 hours given and received, 8."""
    caplog.set_level("INFO", "poolmatch")
    case = together([village(f"V{place}-") for place in range(number)])
    result = solve(case, workers=1)
    assert [tier.points for tier in result.tiers] == [0, 3 * number, 0, 0, 8 * number, 190 * number]
    assert result.status is Status.OPTIMAL
    assert (f": {number} parts" in caplog.text) == (number > 1)
    weighted = solve(case, STANDARD_RULES.weighted(), workers=1)
    assert weighted.objective == weighted.bound == (506 * number,)  # 100 * 3 + 2 * 8 + 190


def members(seed: int, people: int, meetings: int) -> list[Problem]:
    """Return two or three small problems with nothing in common."""
    made = []
    for place in range(2 + seed % 2):
        number = 50 * seed + place
        if number % 2:
            case = random_problem(random.Random(number), people, meetings, pins=False)
        else:
            case = programme(number, people, meetings, 1)
        made.append(fenced(case, f"P{place}-"))
    return made


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("direct", [1500, -1])
def test_tiers_of_the_whole_are_those_of_its_parts_added_up(
    direct: int, monkeypatch: pytest.MonkeyPatch, divided: Counter[int]
) -> None:
    monkeypatch.setattr(run, "DIRECT", direct)
    for seed in seeds(8):
        parts = members(seed, 2, 3)
        expected = [best_by_enumeration(part, UNSHARED) for part in parts]
        result = solve(together(parts), UNSHARED, seed=seed, workers=1 + seed % 2)
        assert values_of(result) == tuple(map(sum, zip(*(item or () for item in expected), strict=True))), seed
        assert result.status is Status.OPTIMAL
    assert divided.total() >= enough(11)


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("direct", [1500, -1])
def test_weighted_sums_add_up_too(direct: int, monkeypatch: pytest.MonkeyPatch, divided: Counter[int]) -> None:
    monkeypatch.setattr(run, "DIRECT", direct)
    rules = UNSHARED.weighted((7, 500, 1, 3, 90, 11))
    for seed in seeds(8):
        parts = members(seed, 4, 5)
        alone = [solve(part, rules, deterministic=True) for part in parts]
        result = solve(together(parts), rules, seed=seed, workers=1 + seed % 2)
        assert sum(item.objective[0] for item in alone) == pytest.approx(result.objective[0]), seed
        assert result.status is Status.OPTIMAL
    assert divided.total() >= enough(6)


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("direct", [1500, -1])
def test_apart_agrees_with_the_search_of_the_whole(
    direct: int, monkeypatch: pytest.MonkeyPatch, divided: Counter[int]
) -> None:
    """In deterministic mode nothing is solved apart. All rules are there, and fair shares look at everybody."""
    monkeypatch.setattr(run, "DIRECT", direct)
    several = 0
    for seed in seeds(8):
        case = together(members(100 + seed, 4, 5))
        told: list[Progress] = []
        divided.clear()
        apart = solve(case, seed=seed, workers=1 + seed % 2, on_progress=told.append)
        whole = solve(case, deterministic=True)
        assert apart.tiers == whole.tiers, seed
        # What is kept of a proven tier joins nothing; where one part alone has candidates, there are no parts.
        assert divided.total() in {0, len({news.tier for news in told})}
        several += divided.total() > 0
        assert apart.status is whole.status is Status.OPTIMAL
    assert several >= enough(6)


@pytest.mark.usefixtures("unpacked")
def test_pins_are_kept_apart_too(divided: Counter[int]) -> None:
    seen = Counter[Status]()
    for seed in seeds(20):
        case = together(
            [fenced(random_problem(random.Random(60 * seed + place), 3, 4), f"P{place}-") for place in range(2)]
        )
        forced = STANDARD_RULES.plus(PinnedRule(force=True))
        rules = (
            forced if any(item.severity == "error" for item in input_issues(case, STANDARD_RULES)) else STANDARD_RULES
        )
        apart, whole = solve(case, rules, seed=seed, workers=1), solve(case, rules, deterministic=True)
        assert (apart.status, apart.tiers) == (whole.status, whole.tiers), seed
        assert apart.report.by_rule["pinned"] == whole.report.by_rule["pinned"]
        seen[apart.status] += bool(case.pins)
    assert seen[Status.OPTIMAL] >= enough(6)
    assert divided.total() >= enough(11)


def pools(number: int) -> Problem:
    """Return pools with 57 to 107 candidates each."""
    return together([fenced(pool(12, 40, 6, seed), f"P{seed}-") for seed in range(1, number + 1)])


def test_more_than_can_be_searched_at_once_is_proven_in_parts(
    monkeypatch: pytest.MonkeyPatch, divided: Counter[int]
) -> None:
    """Four pools, where more than 100 candidates are not searched at once; what is kept of tiers does not join them."""

    def unneeded(*_: Any) -> None:
        raise AssertionError("each part is small enough to be searched as it is")

    monkeypatch.setattr(run, "DIRECT", 100)
    monkeypatch.setattr(Improver, "improve", unneeded)
    case, goals = pools(4), set[float]()
    for rules in (STANDARD_RULES, STANDARD_RULES.weighted()):
        result = solve(case, rules, workers=2, time_limit=120, on_progress=lambda news: goals.add(news.tier))
        assert result.status is Status.OPTIMAL
    assert divided == {4: len(goals)}
    alone = solve(case, STANDARD_RULES.weighted(), deterministic=True, time_limit=120)
    assert result.objective == alone.objective


@pytest.mark.usefixtures("unpacked")
def test_what_is_not_proven_is_kept_as_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person for two meetings at once: an empty seat in each village, which the floor does not know."""
    searches = Counter[float]()
    minimise = Search.minimise

    def blind(self: Search, objective: Objective, *args: Any, **more: Any) -> Answer:
        searches[objective.tier] += 1
        if objective.tier == 1:
            return Answer(None, None, infeasible=False)
        return minimise(self, objective, *args, **more)

    rows = [meeting("M1"), meeting("M2", priority=1)]
    case = together([fenced(built(rows, ["F1"]), f"V{place}-") for place in range(2)])
    monkeypatch.setattr(Search, "minimise", blind)
    result = solve(case, workers=1)
    assert (result.tiers[0].points, result.tiers[0].proven) == (2, False)
    assert searches == {1: 2 * run.TURNS, 5: 1}  # the other tiers cost nothing, which their floors say


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("empty", [False, True])
def test_a_roster_that_is_not_completed_or_badly_costs_no_proof(
    empty: bool, monkeypatch: pytest.MonkeyPatch, divided: Counter[int]
) -> None:
    """Nothing is completed, or the empty roster instead: what is kept is then said of the whole."""
    complete = Improver.complete

    def failing(self: Improver, taken: Ints, objective: Objective) -> Ints | None:
        return complete(self, np.zeros_like(taken), objective) if empty else None

    monkeypatch.setattr(Improver, "complete", failing)
    result = solve(together([village("V1-"), village("V2-")]), workers=1)
    assert [tier.points for tier in result.tiers] == [0, 6, 0, 0, 16, 380]
    assert result.status is Status.OPTIMAL
    assert divided.total() == 0  # the first tier has all it could have from the start, and its row joins the villages


# --- telling and stopping ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("direct", "number"), [(1500, 3), (-1, 2)])
def test_what_is_told_is_of_the_whole_and_never_goes_back(
    direct: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "DIRECT", direct)
    told: defaultdict[float, list[Progress]] = defaultdict(list)
    result = solve(pools(number), workers=2, time_limit=120, on_progress=lambda news: told[news.tier].append(news))
    assert result.status is Status.OPTIMAL
    for tier in result.tiers:
        values, bounds = ([getattr(news, name) for news in told[tier.tier]] for name in ("value", "bound"))
        assert values == sorted(values, reverse=True)
        assert bounds == sorted(bounds)
        assert all(bound <= value for value, bound in zip(values, bounds, strict=True))
        assert not values or (min(values) >= tier.points >= max(bounds))
    assert told[5][-1].value == told[5][-1].bound == result.tiers[4].points


def test_worse_news_is_no_news() -> None:
    told: list[tuple[float, float]] = []
    teller = ProgressReporter(lambda news: told.append((news.value, news.bound)), None)
    one, two = (Objective(tier, 1, np.zeros(0, np.int64), np.zeros(0, np.int64), 0) for tier in (1, 2))
    teller.tier(one)
    for news in [(9, 1), (10, 1), (9, 3), (8, 2), (8, 3)]:
        teller.improvement(*news)
    assert told == [(9, 1), (9, 3), (8, 3)]
    teller.tier(two)
    teller.improvement(20, 0)
    assert told[-1] == (20, 0)


def test_a_stop_midway_keeps_what_the_parts_have() -> None:
    stop, case = threading.Event(), pools(4)
    first = solve(case, time_limit=0)
    result = solve(case, workers=1, stop=stop, on_progress=lambda news: stop.set() if news.tier == 5 else None)
    assert result.status is Status.CANCELLED
    assert result.report.legal
    assert values_of(result) < values_of(first)
    assert [tier.proven for tier in result.tiers[:4]] == [True] * 4


@pytest.mark.parametrize("limit", [1e-4, 0.05, 0.3])
def test_little_time_gives_a_roster_and_honest_bounds(limit: float) -> None:
    case = pools(4)
    best = solve(case, STANDARD_RULES.weighted(), workers=2)
    result = solve(case, STANDARD_RULES.weighted(), time_limit=limit, workers=2)
    assert result.report.legal
    assert result.bound[0] <= best.objective[0] <= result.objective[0]


def test_parts_are_searched_on_an_executor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "DIRECT", -1)
    case, rules = pools(2), STANDARD_RULES.weighted()
    with ThreadPoolExecutor(2) as executor:
        result = solve(case, rules, executor=executor, workers=2, time_limit=120)
    assert result.status is Status.OPTIMAL
    assert result.objective == solve(case, rules, deterministic=True, time_limit=120).objective
