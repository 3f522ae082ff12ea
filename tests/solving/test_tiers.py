"""Tiers in order: what a higher one has reached is kept while lower ones improve, and unused time passes on."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from benchmarks.cases.pools import pool
from tests.builders import PARTY, facilitator, meeting, problem
from tests.rings import seeds
from tests.solving.optima import best_by_enumeration
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES, Problem, Status, solve
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Answer, Search
from poolmatch.solving.lexicographic import share
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.params import Params, PortfolioParams
from poolmatch.solving.portfolio import Portfolio
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.progress import ProgressReporter
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.solver import Solver
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task
from poolmatch.testing import random_problem

# --- moved tiers ---------------------------------------------------------------------------------------------


def two_at_once() -> Problem:
    """Return two meetings at one time, worth 4 and 1, for one of the pool and an external who costs 95 an hour."""
    rows = [meeting("M1"), meeting("M2", priority=1)]
    return problem(rows, [facilitator("F1"), facilitator("X", external=True, hourly_cost=95)])


def moved(**tiers: float) -> RuleSet:
    """Return the standard rules with preferences in other tiers, `fill_seats` for `fill-seats`."""
    lines = [f"{name.replace('_', '-')} = {tier}" for name, tier in tiers.items()]
    return RuleSet.from_toml("\n".join(["[tiers]", *lines]))


# Everyone works for Elsewhere, so each two hours of work cost 4 points of reciprocity: 2 given, 2 received. X costs 190
# and is an external, 3.
@pytest.mark.parametrize(
    ("tier", "worth"),
    [
        (1, {1: 0, 2: 3, 3: 0, 4: 0, 5: 8, 6: 190}),  # both seats are filled
        (1.5, {1.5: 0, 2: 3, 3: 0, 4: 0, 5: 8, 6: 190}),  # team-skills, alone in tier 1, has nothing to say
        (2.5, {2: 0, 2.5: 1, 3: 0, 4: 0, 5: 4, 6: 0}),  # rather than by an external, M2 stays empty
        (5, {2: 0, 3: 0, 4: 0, 5: 5, 6: 0}),  # one sum: 5 with both empty, 4 + 1 with M1 filled, 0 + 8 with both
        (5.5, {2: 0, 3: 0, 4: 0, 5: 0, 5.5: 5, 6: 0}),  # rather than an open account, all stays empty
        (9, {2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 9: 5}),
    ],
)
def test_where_a_rule_stands_decides_what_wins(tier: float, worth: dict[float, float]) -> None:
    result = solve(two_at_once(), moved(fill_seats=tier), workers=1)
    found = {item.tier: item.points for item in result.tiers}
    if tier != 1:
        assert found.pop(1, 0) == 0  # team-skills
    assert found == worth
    assert result.status is Status.OPTIMAL


def four_meetings() -> Problem:
    """Return four meetings of two hours, a week apart, for F1 who likes each of them and F2 who does not care."""
    rows = [meeting(f"M{n}", f"2026-03-{7 * n - 4:02} 10:00", f"2026-03-{7 * n - 4:02} 12:00") for n in range(1, 5)]
    liked = [{"facilitator": "F1", "meeting": f"M{n}", "score": 5} for n in range(1, 5)]
    return problem(rows, ["F1", "F2"], preferences=liked)


# Each has a target of 4 hours, free to 4.4. With 6 F1 has 0.6 hours at 1 and 1 at 2: 2.6. With 8: 0.6 + 2 + 2 at 4,
# 10.6. Each meeting of F1 is worth 5 in wishes; the balance of the two organisations costs 16 whoever goes.
@pytest.mark.parametrize(
    ("tier", "meetings", "points"),
    [(6, 2, {5: 16, 6: -10}), (5, 3, {5: 16 + 2.6 - 15, 6: 0}), (4.5, 4, {4.5: -20, 5: 16 + 10.6, 6: 0})],
)
def test_below_beside_or_above(tier: float, meetings: int, points: dict[float, float]) -> None:
    result = solve(four_meetings(), moved(wishes=tier), workers=1)
    assert sum(row.facilitator == "F1" for row in result.roster.rows) == meetings
    found = {item.tier: item.points for item in result.tiers if item.tier > 4}
    assert found == pytest.approx(points)


def test_two_ways_to_move_a_rule_are_one() -> None:
    by_hand = replace(STANDARD_RULES, tiers_of=(("wishes", 4.5),))
    by_text = moved(wishes=4.5)
    assert by_hand.tiers == by_text.tiers == (1, 2, 3, 4, 4.5, 5, 6)
    assert [rule.id for rule in by_hand.in_tier(4.5)] == ["wishes"]
    assert by_hand.fingerprint != STANDARD_RULES.fingerprint
    assert solve(four_meetings(), by_hand, workers=1).tiers == solve(four_meetings(), by_text, workers=1).tiers


def test_a_moved_rule_agrees_with_enumeration() -> None:
    rules = moved(wishes=1.5, fair_load=2, keep_published=6)
    for seed in seeds(24):
        case = programme(seed, 2, *((3, 1) if seed % 2 else (2, 2)))
        result = solve(case, rules, seed=seed, workers=1)
        assert tuple(tier.value for tier in result.tiers) == best_by_enumeration(case, rules), seed


# --- kept exactly --------------------------------------------------------------------------------------------


def upto(tier: float) -> RuleSet:
    """Return the standard rules without what stands below a tier."""
    return STANDARD_RULES.without(*(rule.id for rule in STANDARD_RULES.preferences if rule.tier > tier))


@pytest.mark.parametrize("seed", seeds(10))
def test_a_tier_reaches_what_it_reaches_without_those_below(seed: int) -> None:
    if seed % 2:
        case = random_problem(random.Random(3000 + seed), people=6, meetings=8, pins=False)
    else:
        case = programme(seed, people=4, meetings=5, seats=2)
    whole = solve(case, workers=1).tiers
    for tier in range(1, 6):
        part = solve(case, upto(tier), seed=seed, workers=1)
        assert part.tiers == whole[:tier]
        assert part.status is Status.OPTIMAL


def test_lower_tiers_do_improve() -> None:
    """Without tier 6 nobody asks who likes to go: by lot it is not always who likes it most."""
    rows = [meeting(f"M{n}", f"2026-03-0{n + 2} 10:00", f"2026-03-0{n + 2} 12:00") for n in (1, 2)]
    liked = [{"facilitator": f"F{n}", "meeting": f"M{n}", "score": 5} for n in (1, 2)]
    case = problem(rows, ["F1", "F2"], preferences=liked)
    drawn = {solve(case, upto(5), seed=seed, workers=1).roster.holder("M1", "lead") for seed in range(12)}
    wished = {solve(case, seed=seed, workers=1).roster.holder("M1", "lead") for seed in range(12)}
    assert (drawn, wished) == ({"F1", "F2"}, {"F1"})


def test_led_searches_keep_tiers_too() -> None:
    cases = [programme(seed, 4, 4, 2) for seed in range(8)]
    whole = [solve(case, workers=1).tiers for case in cases]
    led = Params(portfolio=PortfolioParams(direct=-1))
    for case, expected in zip(cases, whole, strict=True):
        result = solve(case, workers=2, params=led)
        assert result.tiers == expected
        assert result.status is Status.OPTIMAL


# --- time ----------------------------------------------------------------------------------------------------


def spent(total: float, tiers: int, needs: float) -> list[float]:
    """Return what each tier is given of some time, when each uses that part of what it is given."""
    given, left = [], total
    for place in range(tiers):
        given.append(left * share(place, tiers))
        left -= given[-1] * needs
    return given


def test_the_first_tier_gets_half_and_the_others_equal_parts_of_the_rest() -> None:
    assert spent(60, 6, needs=1) == pytest.approx([30, 6, 6, 6, 6, 6])
    assert spent(60, 2, needs=1) == pytest.approx([30, 30])


def test_time_that_is_not_used_passes_on() -> None:
    assert spent(60, 6, needs=0) == pytest.approx([30, 12, 15, 20, 30, 60])
    # Half used: 30 of 60, then of 45 a fifth, of 40.5 a quarter.
    assert spent(60, 6, needs=0.5)[:3] == pytest.approx([30, 9, 10.125])


def test_a_goal_that_is_alone_gets_it_all() -> None:
    assert share(0, 1) == 1
    assert [share(tiers - 1, tiers) for tiers in range(2, 8)] == [1] * 6


def wanting() -> Problem:
    """Return a problem in which no tier can have all: one person for two meetings, who may do one.

    A seat is empty (4 points of tier 1), F1 lives there (4 of tier 2), the later of two meetings that were told is
    dropped (2 of tier 3), practice asks for a second meeting (1 of tier 4), two hours are given and received (4 of
    tier 5), and only one of two meetings that are liked is had (-5 of tier 6).
    """
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    seats = [("M1", "lead"), ("M2", "lead")]
    return problem(
        rows,
        [facilitator("F1", max_meetings=1, min_meetings=2)],
        ties=[{"facilitator": "F1", "kind": "resident", "organisation": PARTY}],
        published=[{"meeting": name, "seat": seat, "facilitator": "F1"} for name, seat in seats],
        preferences=[{"facilitator": "F1", "meeting": name, "score": 5} for name, _ in seats],
    )


@pytest.mark.parametrize(
    ("slow", "expected"),
    [(False, [3000, 1200, 1500, 2000, 3000, 6000]), (True, [3000, 600, 600, 600, 600, 600])],
    ids=["quick", "slow"],
)
def test_each_search_is_given_its_share(monkeypatch: pytest.MonkeyPatch, slow: bool, expected: list[float]) -> None:
    given: dict[float, float] = {}
    now = 0.0
    whole = Search.minimise

    def minimise(search: Search, objective: Any, limit: float, *more: Any, **named: Any) -> Answer:
        nonlocal now
        given[objective.tier] = limit
        now += limit if slow else 0  # as if it had taken all it was given
        return whole(search, objective, 60, *more, **named)

    monkeypatch.setattr(Search, "minimise", minimise)
    solver = Solver(
        Prepared.of(wanting()), Resources(1), Budget(6000, clock=lambda: now), ProgressReporter(None, None), Params()
    )
    assert [tier.points for tier in solver.result(None).tiers] == [4, 4, 4, 1, 4, -5]
    assert list(given) == [1, 2, 3, 4, 5, 6]
    assert list(given.values()) == pytest.approx(expected)


def test_a_goal_that_was_cut_short_is_returned_to_until_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tier 5 takes whatever it is given and gains nothing; the others take no time."""
    now, ends = 0.0, list[float]()
    run = Portfolio.run

    def endless(portfolio: Portfolio, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        nonlocal now
        if task.objective.tier != 5:
            return run(portfolio, task, incumbent, Budget(60))
        Pieces(task, 0, budget.stop, PieceParams()).offer_hint(incumbent)
        now += budget.left
        ends.append(now)
        return Outcome.TIME_UP

    monkeypatch.setattr(Portfolio, "run", endless)
    budget = Budget(6000, clock=lambda: now)
    solver = Solver(Prepared.of(wanting()), Resources(1), budget, ProgressReporter(None, None), Params())
    assert [tier.proven for tier in solver.result(None).tiers] == [True, True, True, True, False, True]
    assert ends[:3] == pytest.approx([3000, 4500, 5250])
    assert ends[-1] > 5998


def test_what_a_tier_gains_by_chance_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found for tiers 2 to 4; the roster found for tier 5 is better in tier 2 too: 8 points, not 20."""
    case = pool(12, 40, 6, 6)
    best = solve(case, workers=1, time_limit=20)
    assert best.status is Status.OPTIMAL
    assert (solve(case, workers=1, time_limit=0).tiers[1].value, best.tiers[1].value) == (20, 8)
    taken = Prepared.of(case).columns_of(best.roster)
    tasks: dict[float, Task] = {}

    def found(_: Portfolio, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        tasks.setdefault(task.objective.tier, task)
        if task.objective.tier == 5:
            values = Pieces(task, 0, budget.stop, PieceParams()).complete(taken, task.objective)
            assert values is not None
            incumbent.offer(values)
        return Outcome.TIME_UP

    monkeypatch.setattr(Portfolio, "run", found)
    result = solve(case, workers=1, time_limit=20)
    assert [tier.value for tier in result.tiers[:5]] == [tier.value for tier in best.tiers[:5]]
    rows = [len(tasks[tier].system.row_bounds[0]) for tier in (5, 6)]
    assert rows[1] == rows[0] + 2  # one for tier 5 and one for what tier 2 has reached by now
    second = tasks[2].objective
    high = tasks[6].system.row_bounds[1]
    assert (8 - second.constant) // second.unit in high[-2:].tolist()
