"""Mode "weighted": one sum of all tiers, proven like a tier, and as exact."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import chunks, seeds_of
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES, Problem, Result, Status, check, solve
from poolmatch.checking import Report, input_issues
from poolmatch.errors import TooLarge
from poolmatch.report.text import summary
from poolmatch.rule import PreferenceRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.params import Params, PortfolioParams
from poolmatch.testing import random_problem

WEIGHTED = STANDARD_RULES.weighted()
OWN = STANDARD_RULES.weighted((7, 500, 1, 3, 90, 11))
"""Weights that turn the tiers upside down."""


def summed(report: Report, weights: Iterable[int]) -> Fraction:
    """Return the sum of weights times points, from the points of each rule rather than of each tier."""
    factor = dict(enumerate(weights, 1))
    rules = report.rules.preferences
    return sum((factor[int(rule.tier)] * Fraction(report.penalty(rule.id), rule.scale) for rule in rules), Fraction(0))


def worth(result: Result) -> Fraction:
    assert result.weighted is not None
    return Fraction(result.weighted.value, result.weighted.scale)


# --- worked by hand ------------------------------------------------------------------------------------------


def two_at_once() -> Problem:
    """Return two meetings at one time, for one of the pool and an external who costs 95 an hour."""
    rows = [meeting("M1"), meeting("M2", priority=1)]
    return problem(rows, [facilitator("F1"), facilitator("X", external=True, hourly_cost=95)])


# Who hires X for M2 fills both seats: 3 points of tier 2, and of tier 6 two hours at 95, 190. Both people work for
# Elsewhere, which gives 4 hours that Town gets: 8 points of tier 5 (up to 8 hours each costs 1). F1 has all contract
# hours and thus a target of 4 hours: no load is above it. Who leaves M2 empty pays 1 point of tier 1, and 4 of tier 5.
HIRED = {1: 0, 2: 3, 3: 0, 4: 0, 5: 8, 6: 190}
EMPTY = {1: 1, 2: 0, 3: 0, 4: 0, 5: 4, 6: 0}


def test_the_sum_is_weights_times_points() -> None:
    result = solve(two_at_once(), WEIGHTED, workers=1)
    assert {int(tier.tier): tier.points for tier in result.tiers} == HIRED
    assert worth(result) == 100 * 3 + 2 * 8 + 190  # less than the 1,008 of an empty seat
    assert result.report.weighted.points == 506
    assert result.objective == (506,)
    assert result.bound == (506,)
    assert result.status is Status.OPTIMAL


@pytest.mark.parametrize(("first", "points"), [(497, EMPTY), (499, HIRED)])
def test_a_seat_stays_empty_where_it_costs_less_than_the_external(first: int, points: dict[int, int]) -> None:
    # 506 with X against the first weight + 8 without: they are equal at 498.
    result = solve(two_at_once(), STANDARD_RULES.weighted((first, 100, 50, 20, 2, 1)), workers=1)
    assert {int(tier.tier): tier.points for tier in result.tiers} == points
    assert worth(result) == (506 if points is HIRED else first + 8)


def test_tiers_never_trade_what_weights_do() -> None:
    cheap = (2, 1, 1, 1, 1, 1)  # 2 + 4 without X, 3 + 8 + 190 with, and 2 × 5 when M1, worth 4, is empty too
    values = {
        rules.mode: [tier.points for tier in solve(two_at_once(), rules, workers=1).tiers]
        for rules in (STANDARD_RULES.weighted(cheap), replace(STANDARD_RULES, weights=cheap))
    }
    assert values == {"weighted": [1, 0, 0, 0, 4, 0], "tiers": [0, 3, 0, 0, 8, 190]}


def test_a_bound_of_a_tier_is_for_that_tier_by_itself() -> None:
    # With these weights M2 stays empty: value 1 in tier 1, where 0 could be had.
    result = solve(two_at_once(), STANDARD_RULES.weighted((2, 1, 1, 1, 1, 1)), workers=1)
    first = result.tiers[0]
    assert (first.value, first.bound, first.gap) == (1, 0, 1.0)
    assert result.status is Status.OPTIMAL  # of what was asked: the sum
    assert result.gap == 0


def test_a_tier_between_two_takes_the_weight_of_the_one_above() -> None:
    # What X costs stands between 5 and 6 and takes the weight of 5.
    rules = STANDARD_RULES.weighted((1000, 100, 50, 20, 3, 1))
    assert replace(rules, tiers_of=(("cost", 5.5),)).weight_of(5.5) == 3
    moved = solve(two_at_once(), replace(rules, tiers_of=(("cost", 5.5),)), workers=1)
    assert worth(moved) == 100 * 3 + 3 * 8 + 3 * 190
    assert [tier.tier for tier in moved.tiers] == [1, 2, 3, 4, 5, 5.5, 6]


# --- against enumeration -------------------------------------------------------------------------------------


class Least(NamedTuple):
    """Least worth of the legal rosters of a problem: of their sum, and of each tier by itself."""

    weighted: Fraction
    tiers: tuple[int, ...]


def least(case: Problem, rules: RuleSet) -> Least:
    """Judge every roster, without the solver."""
    reports = list(judged_rosters(case, rules))
    legal = [report for report in reports if report.legal]
    columns = zip(*([tier.value for tier in report.tiers] for report in legal), strict=True)
    return Least(min(summed(report, rules.weights) for report in legal), tuple(min(column) for column in columns))


def tiny(seed: int) -> Problem:
    if seed % 2:
        return programme(seed, 2, *((3, 1) if seed % 4 == 1 else (2, 2)))
    case = random_problem(random.Random(seed), people=3, meetings=3, pins=False)
    assert not any(issue.severity == "error" for issue in input_issues(case, STANDARD_RULES))
    return case


@pytest.mark.parametrize("chunk", chunks(10))
def test_enumeration_finds_no_better_sum(chunk: int) -> None:
    strict = 0
    for seed in seeds_of(chunk, 12):
        rules = (WEIGHTED, OWN, STANDARD_RULES.weighted((1, 1, 1, 1, 1, 1)))[seed % 3]
        case = tiny(seed)
        result = solve(case, rules, seed=seed, workers=1)
        expected = least(case, rules)
        assert result.status is Status.OPTIMAL, seed
        assert result.weighted is not None
        assert worth(result) == expected.weighted == summed(result.report, rules.weights), seed
        assert result.weighted.bound == result.weighted.value
        assert check(case, result.roster, rules).weighted == result.report.weighted
        for tier, lowest in zip(result.tiers, expected.tiers, strict=True):
            assert tier.bound <= lowest <= tier.value, (seed, tier)
            assert tier.unavoidable <= max(0, lowest), (seed, tier)
            strict += tier.bound == lowest
    assert strict > 12  # bounds that are there for the taking are not all left at nothing


def test_led_searches_find_no_less_than_whole_ones() -> None:
    cases = [programme(seed, 4, 4, 2) for seed in range(8)]
    whole = [worth(solve(case, WEIGHTED, workers=1)) for case in cases]
    led = Params(portfolio=PortfolioParams(direct=-1))
    results = [solve(case, WEIGHTED, workers=2, params=led) for case in cases]
    assert [worth(result) for result in results] == whole
    assert all(result.status is Status.OPTIMAL for result in results)


# --- too large -----------------------------------------------------------------------------------------------

KEPT = ("fill-seats", "cost")
COSTLY = RuleSet(
    "costly", 1, tuple(rule for rule in STANDARD_RULES.rules if not isinstance(rule, PreferenceRule) or rule.id in KEPT)
)


def costly(meetings: int) -> Problem:
    """Return meetings of the highest priority, of 2.0001 hours each, for a pool member and an external at 95.0001."""
    rows = [
        meeting(f"M{n}", f"2026-03-{n + 1:02} 10:00", f"2026-03-{n + 1:02} 12:00", preparation_hours=0.0001, priority=5)
        for n in range(1, meetings + 1)
    ]
    return problem(rows, [facilitator("F1"), facilitator("X", external=True, hourly_cost=95.0001)])


# A point is 60 × 1,500 ticks × 10,000 = 9 · 10^8 units. An empty seat is 16 points, by a weight of 10^6 that is
# 1.44 · 10^16 units. X costs 950,001 × 180,009 units there, which has 9 in common with it and no more: 180,009 is
# 9 · 20,001, 950,001 is 3 · 316,667, neither is even or ends in 5, and 1.44 · 10^16 is 9 times twos and fives. So a
# seat counts 1.6 · 10^15. Five are 8 · 10^15, six 9.6 · 10^15; 2^53 is 9.007 · 10^15.


def test_sums_up_to_what_is_exact_are_solved() -> None:
    result = solve(costly(5), COSTLY.weighted((10**6, 1, 1, 1, 1, 1)), workers=1)
    assert worth(result) == 0
    assert result.status is Status.OPTIMAL


@pytest.mark.parametrize("time_limit", [0, 60])
def test_sums_that_would_not_be_exact_are_refused(time_limit: float) -> None:
    rules = COSTLY.weighted((10**6, 1, 1, 1, 1, 1))
    with pytest.raises(TooLarge, match=r"penalties of the weighted sum add up to 9\.6e\+15 units, more than 9e\+15"):
        solve(costly(6), rules, workers=1, time_limit=time_limit)
    smaller = solve(costly(6), COSTLY.weighted((10**5, 1, 1, 1, 1, 1)), workers=1)
    assert smaller.status is Status.OPTIMAL
    tiers = solve(costly(6), replace(rules, mode="tiers"), workers=1)  # without a sum nothing is too large
    assert tiers.status is Status.OPTIMAL


def test_sums_that_would_wrap_around_are_refused() -> None:
    # At 10^5 an hour X costs 200,010 points, by 10^6 that is 1.8 · 10^20 units: more than 2^63, 9.2 · 10^18.
    case = costly(1)
    dear = [row.model_copy(update={"hourly_cost": 10**5}) if row.external else row for row in case.facilitators]
    with pytest.raises(TooLarge, match="weights of the weighted sum add up to"):
        solve(case.replace(facilitators=dear), COSTLY.weighted((10**6,) * 6), workers=1)


@pytest.mark.parametrize("weights", [(0, 1), (-1,), (10**6 + 1,), (True,)])
def test_weights_out_of_range_are_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="weights are whole numbers from 1 to 1,000,000"):
        STANDARD_RULES.weighted(weights)


# --- what the result says ------------------------------------------------------------------------------------


def test_the_result_tells_of_the_sum() -> None:
    result = solve(two_at_once(), WEIGHTED, workers=1)
    data = json.loads(result.to_json())
    scale = result.report.weighted.scale
    assert data["weighted"] == {
        "tier": 0,
        "value": 506 * scale,
        "bound": 506 * scale,
        "scale": scale,
        "unavoidable": data["weighted"]["unavoidable"],
        "tolerance": 0,
        "gap": 0.0,
        "absolute_gap": 0.0,
    }
    assert [row["tier"] for row in data["tiers"]] == [1, 2, 3, 4, 5, 6]
    assert data == result.to_dict()
    assert repr(result) == "<Result OPTIMAL: 2 of 2 required seats, gap 0.00%>"
    assert result.goals == (result.weighted,)
    tiers = solve(two_at_once(), workers=1)
    assert tiers.weighted is None
    assert tiers.to_dict()["weighted"] is None
    assert tiers.goals == tiers.tiers


def test_the_gap_is_that_of_the_sum() -> None:
    # Nobody searches: the quick start has the seats, and what is proven is that each seat costs at least nothing.
    result = solve(two_at_once(), WEIGHTED, workers=1, time_limit=0)
    assert result.weighted is not None
    assert result.weighted.bound < result.weighted.value
    assert result.status is Status.FEASIBLE
    gap = Fraction(result.weighted.value - result.weighted.bound, result.weighted.scale)
    avoidable = Fraction(result.weighted.value - result.weighted.unavoidable, result.weighted.scale)
    assert result.gap == pytest.approx(float(gap / max(Fraction(1), avoidable)))
    assert f"gap {result.gap:.2%}" in repr(result)


@pytest.mark.parametrize(
    ("language", "name", "gap", "first"),
    [("en", "all, weighted", "0.00%", "1 coverage"), ("nl", "alles, gewogen", "0,00%", "1 bezetting")],
)
def test_the_summary_has_a_row_for_the_sum(language: str, name: str, gap: str, first: str) -> None:
    text = summary(solve(two_at_once(), WEIGHTED, workers=1), language)
    rows = [line.split("  ") for line in text.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert [name, "506", "506", gap] in [row[:4] for row in cells]
    assert any(row[:1] == [first] for row in cells)
    assert name not in summary(solve(two_at_once(), workers=1), language)
