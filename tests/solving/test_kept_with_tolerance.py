"""Tiers that are kept by a tolerance: what comes after may use that much, and no more. Held against all rosters."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import enough, seeds
from tests.solving.decomposition.disjoint import fenced, together
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES, Problem, Result, Status, frontier, solve
from poolmatch.checking import Report
from poolmatch.report.sections.quality import tiers_section
from poolmatch.ruleset import RuleSet
from poolmatch.solving.bounds.whole_assignments import least_value
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.params import ComponentParams, Params, PortfolioParams
from poolmatch.solving.prepared import Prepared

LED = Params(portfolio=PortfolioParams(direct=-1))
"""No problem is small enough for the whole model at once."""


def optima(reports: Iterable[Report], unavoidable: Sequence[int]) -> list[tuple[int, int]]:
    """Return the least value of each tier among rosters that keep those above, and the most that keeps it."""
    left = [report for report in reports if report.legal]
    rules = left[0].rules
    found = []
    for place, tier in enumerate(left[0].tiers):
        least = min(report.tiers[place].value for report in left)
        written = dict(rules.keep).get(tier.tier, 0) if tier.tier != rules.tiers[-1] else 0
        if isinstance(written, str):
            allowed = Fraction(written.removesuffix("%").strip()) / 100 * abs(least - unavoidable[place])
        else:
            allowed = Fraction(repr(written)) * tier.scale
        most = least + allowed.__floor__()
        left = [report for report in left if report.tiers[place].value <= most]
        found.append((least, most))
    return found


def holds(result: Result, case: Problem) -> int:
    """Assert that a result is what all rosters say; return how many tiers have used of their tolerance."""
    expected = optima(judged_rosters(case, result.rules), [tier.unavoidable for tier in result.tiers])
    assert [tier.bound for tier in result.tiers] == [least for least, _ in expected]
    assert all(least <= tier.value <= most for tier, (least, most) in zip(result.tiers, expected, strict=True))
    assert [tier.tolerance for tier in result.tiers] == [most - least for least, most in expected]
    assert result.tiers[-1].value == expected[-1][0]
    assert result.status is Status.OPTIMAL
    return sum(tier.value > tier.bound for tier in result.tiers)


def wanted(seed: int) -> Problem:
    """Return three people and three meetings; who is liked where works too much, lives far away, or is external."""
    rng = random.Random(seed)
    places = [{"lat": 53.25, "lon": 6.40}, {"lat": 53.16, "lon": 6.38}, {"lat": 53.05, "lon": 6.76}]
    people = [facilitator(f"F{n}", contract_hours=rng.choice([8, 24]), **places[n]) for n in range(2)]
    people.append(facilitator("X", external=True, hourly_cost=rng.choice([0, 10]), **places[2]))
    ends = rng.choices([11, 12, 14], k=3)
    days = [f"2026-03-0{n + 2}" for n in range(3)]
    rows = [
        meeting(f"M{n}", f"{days[n]} 10:00", f"{days[n]} {ends[n]}:00", priority=3 - 2 * (n == 1)) for n in range(3)
    ]
    liked = [
        {"facilitator": who, "meeting": f"M{where}", "score": rng.choice([-5, 0, 5])}
        for who in ("F0", "F1", "X")
        for where in range(3)
    ]
    return problem(rows, people, preferences=liked)


def two_at_once(hourly_cost: float = 95) -> Problem:
    """Return two meetings at one time, worth 4 and 1, for one of the pool and an external."""
    people = [facilitator("F1"), facilitator("X", external=True, hourly_cost=hourly_cost)]
    return problem([meeting("M1"), meeting("M2", priority=1)], people)


KEPT: list[dict[float, float | str]] = [
    {5: "40 %"},
    {5: 4},
    {1: 1, 2: 3},
    {1: "50 %", 2: "100 %", 5: "25 %"},
    {2: 2.5, 4: 1, 5: 2.7, 6: 5},
]


@pytest.mark.parametrize("params", [None, LED], ids=["whole", "led"])
@pytest.mark.parametrize("tolerances", KEPT, ids=str)
def test_tiers_are_kept_as_all_rosters_say(tolerances: dict[float, float | str], params: Params | None) -> None:
    rules, used = STANDARD_RULES.keeping(tolerances), Counter[int]()
    for seed in seeds(4):
        case = wanted(seed)
        used[holds(solve(case, rules, seed=seed, workers=2, params=params), case)] += 1
    assert used.total() - used[0] >= enough(1), used


def test_values_below_zero_are_kept_too() -> None:
    """Wishes come first here, and are worth less than nothing: a share of that is a share of what is gained."""
    base = RuleSet.from_toml("[tiers]\nwishes = 1.5\nshort-travel = 9")
    used = 0
    for seed in seeds(8):
        case = wanted(seed)
        for written in ("60 %", 4):
            result = solve(case, base.keeping({1.5: written}), seed=seed, workers=1)
            used += bool(holds(result, case) and result.tiers[1].bound < 0)
    assert used >= enough(2)


def test_programmes_are_kept_as_all_rosters_say() -> None:
    rules = STANDARD_RULES.keeping({1: "30 %", 3: 2, 4: 1, 5: "30 %"})
    used = 0
    for seed in seeds(8):
        case = programme(seed, 2, *((3, 1) if seed % 2 else (2, 2)))
        used += holds(solve(case, rules, seed=seed, workers=1), case) > 0
    assert used >= enough(1)


# The seat of M2 is worth 1 point, and filling it costs 3 points of tier 2, 4 of tier 5 and 190 of tier 6.
@pytest.mark.parametrize(
    ("tolerances", "worth"),
    [
        ({}, [0, 3, 0, 0, 8, 190]),
        ({1: 0.9}, [0, 3, 0, 0, 8, 190]),
        ({1: "100 %"}, [0, 3, 0, 0, 8, 190]),  # all of nothing
        ({1: 1}, [1, 0, 0, 0, 4, 0]),
        ({1: 5}, [5, 0, 0, 0, 0, 0]),
        ({2: 3}, [0, 3, 0, 0, 8, 190]),  # of tier 2 nothing is gained by others
    ],
    ids=str,
)
def test_what_a_tolerance_buys(tolerances: dict[float, float | str], worth: list[float]) -> None:
    result = solve(two_at_once(), STANDARD_RULES.keeping(tolerances), workers=1)
    assert [tier.points for tier in result.tiers] == worth
    assert result.status is Status.OPTIMAL
    assert result.tiers[0].bound == 0
    assert result.gap == (1 if worth[0] else 0)


def test_components_share_one_tolerance() -> None:
    """Villages have nothing in common but the point that may be given up: the one that gains most gets it."""
    case = together([fenced(two_at_once(cost), f"V{cost}-") for cost in (50, 95, 40)])
    result = solve(case, STANDARD_RULES.keeping({1: 1}), workers=1, params=Params(components=ComponentParams(pack=1)))
    assert [tier.points for tier in result.tiers] == [1, 6, 0, 0, 20, 180]
    assert [tier.bound / tier.scale for tier in result.tiers] == [0, 6, 0, 0, 20, 180]
    assert result.status is Status.OPTIMAL


def test_the_bound_of_fair_shares_knows_the_tolerance() -> None:
    """What must be worked follows from what may stay empty, tolerance included."""
    rows = [meeting(f"M{n}", f"2026-03-0{n + 2} 10:00", f"2026-03-0{n + 2} 12:00", priority=1) for n in range(5)]
    case = problem(rows, ["F1", "F2"])
    exact = STANDARD_RULES.without("reciprocity")
    values = []
    for rules in (exact, exact.keeping({1: 1})):
        prepared = Prepared.of(case, rules)
        goal = Goal.of(prepared.blocks, prepared.tiers[0], rules)
        values.append(least_value(prepared.blocks, rules, prepared.tiers[4], {1: goal.slack(0)}))
        holds(solve(case, rules, workers=1), case)
    assert values[0] > values[1] == 0


def test_a_front_is_of_rosters_that_keep_the_tiers_above_it_so() -> None:
    """What a point of tier 1 buys in tier 6, in terms of tier 5; without the tolerance there is less of a choice."""
    rules, wider = STANDARD_RULES.keeping({1: 1, 2: "100 %"}), 0
    for seed in seeds(6):
        case = wanted(seed)
        reports = [report for report in judged_rosters(case, rules) if report.legal]
        above = [most for _, most in optima(reports, [0] * 6)][:4]
        kept = [r.tiers for r in reports if all(tier.value <= most for tier, most in zip(r.tiers, above, strict=False))]
        pairs = {(tiers[4].points, tiers[5].points) for tiers in kept}
        best = [p for p in sorted(pairs) if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in pairs)]
        front = frontier(case, rules, points=20_001, seed=seed, workers=1)
        assert [(item.first, item.second) for item in front.points] == best, seed
        assert front.complete
        wider += len(best) > len(frontier(case, points=20_001, seed=seed, workers=1).points)
    assert wider >= enough(1)


def test_tiers_tell_their_tolerance() -> None:
    result = solve(two_at_once(), STANDARD_RULES.keeping({1: 1}), workers=1)
    first = result.tiers[0]
    assert (first.value, first.bound, first.tolerance, first.gap, first.proven) == (1, 0, 1, 1, True)
    assert result.run_dict()["tiers"][0]["tolerance"] == 1
    assert result.run_dict()["fingerprints"]["rules"] != STANDARD_RULES.fingerprint
    notes = [row[-1] for row in tiers_section(result).rows]
    assert [getattr(note, "en", note) for note in notes] == [
        "up to 1 above the bound is left to the tiers below",
        *[""] * 5,
    ]
