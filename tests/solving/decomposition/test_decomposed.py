"""Components are solved apart: time is shared, values add up, and the whole hears of each."""

from __future__ import annotations

import random
import re
import threading
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from benchmarks.cases.pools import pool
from tests.builders import facilitator, meeting
from tests.builders import problem as built
from tests.rings import enough, seeds
from tests.solving.candidate_features import features_of
from tests.solving.decomposition.disjoint import fenced, together
from tests.solving.optima import best_by_enumeration
from tests.solving.programmes import programme
from tests.solving.systems import solutions, system_of

from poolmatch import STANDARD_RULES, Problem, Result, Status, solve
from poolmatch.arrays import Ints
from poolmatch.checking import input_issues
from poolmatch.results import Progress
from poolmatch.rules.pinned import PinnedRule
from poolmatch.solving.backends.cpsat import Answer, Search
from poolmatch.solving.decomposition.components import Decomposed, components
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.params import ComponentParams, Params, PortfolioParams
from poolmatch.solving.relaxation_led import RelaxationLed
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.progress import ProgressReporter
from poolmatch.solving.search.pieces import Pieces
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task
from poolmatch.testing import random_problem

UNSHARED = STANDARD_RULES.without("fair-load")
"""Without the one rule that looks at everybody: who has which part of the contract hours."""


def unpacked(direct: int = 1500) -> Params:
    """Leave each component by itself, however small."""
    return Params(portfolio=PortfolioParams(direct=direct), components=ComponentParams(pack=1))


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "poolmatch")


def divided(caplog: pytest.LogCaptureFixture) -> Counter[int]:
    """Count the goals that were solved in parts, by how many parts there were."""
    said = (re.search(r": (\d+) components$", record.getMessage()) for record in caplog.records)
    return Counter(int(found[1]) for found in said if found)


# --- one component after the other -----------------------------------------------------------------------------


class Scripted:
    """A strategy that does what it is told with each component: at its first turn, and at its second.

    Parameters
    ----------
    clock
        Moves on while it works.
    needs
        Seconds that each component takes at each turn.
    proves
        Whether the best of each component is found and proven then; else nothing is.
    """

    def __init__(self, clock: list[float], needs: list[float], proves: list[bool]) -> None:
        self._clock, self._needs, self._proves = clock, needs, proves
        self.tasks = list[Task]()
        self.given = list[float]()

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        place = len(self.tasks)
        self.tasks.append(task)
        self.given.append(budget.left)
        self._clock[0] += self._needs[place]
        if not self._proves[place]:
            return Outcome.TIME_UP
        incumbent.offer(min(solutions(task.system), key=task.objective.value))
        incumbent.raise_bound(incumbent.value)
        return Outcome.EXHAUSTED


def three() -> Task:
    """Return a task of components of 1, 2 and 3 candidates, of which at most one is taken: −1, −2, −3 at best."""
    owner = np.array([0, 1, 1, 2, 2, 2])
    entries = [(int(which), column, 1) for column, which in enumerate(owner)]
    system = system_of([0] * 6, [1] * 6, entries, [-UNBOUNDED] * 3, [1] * 3, [])
    goal = Objective(1, 1, np.arange(6), -(owner + 1), 0)
    return Task(features_of(6), system, goal, goal, np.zeros(6, np.int64), part_of=components(system, 6, 1))


@pytest.mark.parametrize(
    ("needs", "proves", "given", "value"),
    [
        ([0, 0, 0], [True] * 3, [10, 24, 60], -6),  # what is not needed passes on
        ([10, 20, 30], [True] * 3, [10, 20, 30], -6),
        ([10, 20, 30], [False] * 3, [10, 20, 30], 0),  # and then there is none left
        (
            [0, 20, 0, 5, 25],
            [False, True, False, True, False],
            [10, 24, 40, 10, 35],
            -3,
        ),  # to those that are not proven
        ([60], [True], [10], -1),
    ],
)
def test_each_component_gets_its_share_of_the_time_and_what_others_leave(
    needs: list[float], proves: list[bool], given: list[float], value: int
) -> None:
    clock, task = [0.0], three()
    inner, incumbent = Scripted(clock, needs, proves), Incumbent(task.objective, task.guide)
    decomposed = Decomposed(inner, Resources(1), Params(components=ComponentParams(turns=2)))
    outcome = decomposed.run(task, incumbent, Budget(60, clock=lambda: clock[0]))
    assert inner.given == pytest.approx(given)
    assert all(part.part_of is None for part in inner.tasks)
    assert incumbent.value == value
    assert outcome is (Outcome.EXHAUSTED if incumbent.proven else Outcome.TIME_UP)
    assert incumbent.proven == (value == -6)


def test_without_a_roster_nothing_is_taken_apart() -> None:
    """One of them is to be taken, which nobody is in the hint."""
    task = three()
    needing = replace(task, system=task.system.requiring(np.arange(6)))
    inner, incumbent = Scripted([0.0], [0], [False]), Incumbent(task.objective, task.guide)
    assert Decomposed(inner, Resources(1), Params()).run(needing, incumbent, Budget(60)) is Outcome.TIME_UP
    assert [(part.count, part.apart) for part in inner.tasks] == [(6, False)]
    assert not incumbent.found


# --- problems ------------------------------------------------------------------------------------------------


def village(mark: str) -> Problem:
    """Return two meetings at one time, worth 4 and 1, for one of the pool and an external who costs 95 an hour."""
    rows = [meeting("M1"), meeting("M2", priority=1)]
    return fenced(built(rows, [facilitator("F1"), facilitator("X", external=True, hourly_cost=95)]), mark)


def values_of(result: Result) -> tuple[int, ...]:
    return tuple(tier.value for tier in result.tiers)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_village_costs_what_it_costs_alone(number: int, caplog: pytest.LogCaptureFixture) -> None:
    """In each an external fills the second seat: 3 points, 190 for two hours; and 4 hours given and received, 8."""
    case = together([village(f"V{place}-") for place in range(number)])
    result = solve(case, workers=1, params=unpacked())
    assert [tier.points for tier in result.tiers] == [0, 3 * number, 0, 0, 8 * number, 190 * number]
    assert result.status is Status.OPTIMAL
    assert set(divided(caplog)) == ({number} if number > 1 else set())
    weighted = solve(case, STANDARD_RULES.weighted(), workers=1, params=unpacked())
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


@pytest.mark.parametrize("direct", [1500, -1])
def test_tiers_of_the_whole_are_those_of_its_parts_added_up(direct: int, caplog: pytest.LogCaptureFixture) -> None:
    for seed in seeds(8):
        parts = members(seed, 2, 3)
        expected = [best_by_enumeration(part, UNSHARED) for part in parts]
        result = solve(together(parts), UNSHARED, seed=seed, workers=1 + seed % 2, params=unpacked(direct))
        assert values_of(result) == tuple(map(sum, zip(*(item or () for item in expected), strict=True))), seed
        assert result.status is Status.OPTIMAL
    assert divided(caplog).total() >= enough(11)


@pytest.mark.parametrize("direct", [1500, -1])
def test_weighted_sums_add_up_too(direct: int, caplog: pytest.LogCaptureFixture) -> None:
    rules = UNSHARED.weighted((7, 500, 1, 3, 90, 11))
    for seed in seeds(8):
        parts = members(seed, 4, 5)
        alone = [solve(part, rules, deterministic=True) for part in parts]
        result = solve(together(parts), rules, seed=seed, workers=1 + seed % 2, params=unpacked(direct))
        assert sum(item.objective[0] for item in alone) == pytest.approx(result.objective[0]), seed
        assert result.status is Status.OPTIMAL
    assert divided(caplog).total() >= enough(6)


@pytest.mark.parametrize("direct", [1500, -1])
def test_apart_agrees_with_the_search_of_the_whole(direct: int, caplog: pytest.LogCaptureFixture) -> None:
    """In deterministic mode nothing is solved apart. All rules are there, and fair shares look at everybody."""
    several = 0
    for seed in seeds(8):
        case = together(members(100 + seed, 4, 5))
        told: list[Progress] = []
        caplog.clear()
        apart = solve(case, seed=seed, workers=1 + seed % 2, on_progress=told.append, params=unpacked(direct))
        goals = divided(caplog).total()
        whole = solve(case, deterministic=True, params=unpacked(direct))
        assert divided(caplog).total() == goals
        assert apart.tiers == whole.tiers, seed
        # What is kept of a proven tier joins nothing; where one part alone has candidates, there are no parts.
        assert goals in {0, len({news.tier for news in told})}
        several += goals > 0
        assert apart.status is whole.status is Status.OPTIMAL
    assert several >= enough(6)


def test_pins_are_kept_apart_too(caplog: pytest.LogCaptureFixture) -> None:
    seen = Counter[Status]()
    for seed in seeds(20):
        case = together(
            [fenced(random_problem(random.Random(60 * seed + place), 3, 4), f"P{place}-") for place in range(2)]
        )
        forced = STANDARD_RULES.plus(PinnedRule(force=True))
        rules = (
            forced if any(item.severity == "error" for item in input_issues(case, STANDARD_RULES)) else STANDARD_RULES
        )
        apart = solve(case, rules, seed=seed, workers=1, params=unpacked())
        whole = solve(case, rules, deterministic=True)
        assert (apart.status, apart.tiers) == (whole.status, whole.tiers), seed
        assert apart.report.by_rule["pinned"] == whole.report.by_rule["pinned"]
        seen[apart.status] += bool(case.pins)
    assert seen[Status.OPTIMAL] >= enough(6)
    assert divided(caplog).total() >= enough(11)


def pools(number: int) -> Problem:
    """Return pools with 57 to 107 candidates each."""
    return together([fenced(pool(12, 40, 6, seed), f"P{seed}-") for seed in range(1, number + 1)])


def test_more_than_can_be_searched_at_once_is_proven_in_parts(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Four pools, where more than 100 candidates are not searched at once; what is kept of tiers does not join them."""

    def unneeded(*_: Any) -> None:
        raise AssertionError("each part is small enough to be searched as it is")

    def tell(news: Progress) -> None:
        goals.add(news.tier)

    monkeypatch.setattr(RelaxationLed, "run", unneeded)
    case, goals, params = pools(4), set[float](), Params(portfolio=PortfolioParams(direct=100))
    for rules in (STANDARD_RULES, STANDARD_RULES.weighted()):
        result = solve(case, rules, workers=2, time_limit=120, on_progress=tell, params=params)
        assert result.status is Status.OPTIMAL
    assert divided(caplog) == {4: len(goals)}
    alone = solve(case, STANDARD_RULES.weighted(), deterministic=True, time_limit=120)
    assert result.objective == alone.objective


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
    result = solve(case, workers=1, params=unpacked())
    assert (result.tiers[0].points, result.tiers[0].proven) == (2, False)
    # The other tiers cost nothing, which their floors say; so there is time to look at the first once more.
    assert searches == {1: 2 * 2 * ComponentParams().turns, 5: 1}


@pytest.mark.parametrize("empty", [False, True])
def test_a_roster_that_is_not_completed_or_badly_costs_no_proof(
    empty: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is completed, or the empty roster instead: what is kept is then said of the whole."""
    complete = Pieces.complete

    def failing(self: Pieces, taken: Ints, objective: Objective | None = None) -> Ints | None:
        return complete(self, np.zeros_like(taken), objective) if empty else None

    monkeypatch.setattr(Pieces, "complete", failing)
    result = solve(together([village("V1-"), village("V2-")]), workers=1, params=unpacked())
    assert [tier.points for tier in result.tiers] == [0, 6, 0, 0, 16, 380]
    assert result.status is Status.OPTIMAL
    assert not divided(caplog)  # the first tier has all it could have from the start, and its row joins the villages


# --- telling and stopping ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("direct", "number"), [(1500, 3), (-1, 2)])
def test_what_is_told_is_of_the_whole_and_never_goes_back(direct: int, number: int) -> None:
    told: defaultdict[float, list[Progress]] = defaultdict(list)

    def tell(news: Progress) -> None:
        told[news.tier].append(news)

    params = Params(portfolio=PortfolioParams(direct=direct))
    result = solve(pools(number), workers=2, time_limit=120, on_progress=tell, params=params)
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


def test_parts_are_searched_on_an_executor() -> None:
    case, rules, params = pools(2), STANDARD_RULES.weighted(), Params(portfolio=PortfolioParams(direct=-1))
    with ThreadPoolExecutor(2) as executor:
        result = solve(case, rules, executor=executor, workers=2, time_limit=120, params=params)
    assert result.status is Status.OPTIMAL
    assert result.objective == solve(case, rules, deterministic=True, time_limit=120).objective
