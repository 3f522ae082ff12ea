"""`frontier`: what a little more of one objective costs in terms of another, by proven points."""

from __future__ import annotations

import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import enough, seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES, Problem, ProblemError, check, frontier, read
from poolmatch.checking import Report
from poolmatch.results import Axis, Frontier
from poolmatch.rule import PreferenceRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Answer, Search

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "westerkwartier-2026-03"
Pair = tuple[Fraction, Fraction]


# --- against enumeration -------------------------------------------------------------------------------------


def legal(case: Problem, rules: RuleSet) -> list[Report]:
    """Judge every roster, without the solver."""
    reports = judged_rosters(case, rules)
    return [report for report in reports if report.legal]


def members(rules: RuleSet, axis: Axis) -> list[PreferenceRule]:
    return [rule for rule in rules.preferences if axis in (rule.id, rules.tier_of(rule))]


def value(report: Report, axis: Axis) -> Fraction:
    rules = members(report.rules, axis)
    return sum((Fraction(report.penalty(rule.id), rule.scale) for rule in rules), Fraction(0))


def beaten(pair: Pair, pairs: Iterable[Pair]) -> bool:
    return any(other != pair and other[0] <= pair[0] and other[1] <= pair[1] for other in pairs)


@cache
def reports_of(seed: int) -> list[Report]:
    return legal(varied(seed), STANDARD_RULES)


def expected_front(reports: Sequence[Report], first: Axis, second: Axis) -> list[tuple[float, float]]:
    """Return the Pareto front of the legal rosters that keep the tiers above both objectives at their best."""
    rules = reports[0].rules
    top = min(rules.tier_of(rule) for axis in (first, second) for rule in members(rules, axis))
    above = [tuple(tier.value for tier in report.tiers if tier.tier < top) for report in reports]
    kept = [report for report, values in zip(reports, above, strict=True) if values == min(above)]
    pairs = {(value(report, first), value(report, second)) for report in kept}
    return [(float(pair[0]), float(pair[1])) for pair in sorted(pairs) if not beaten(pair, pairs)]


def varied(seed: int) -> Problem:
    """Return four people and three meetings with an optional seat: much is possible, and everyone has other merits."""
    rng = random.Random(seed)
    place = [{"lat": 53.25, "lon": 6.40}, {"lat": 53.16, "lon": 6.38}, {"lat": 53.05, "lon": 6.76}, {}]
    hours = rng.choices([4, 8, 16], k=4) if seed % 2 else [8] * 4  # of equals any may go as far as fairness cares
    people = [
        facilitator(f"F{n}", organisation=f"E{n}", contract_hours=hours[n], **rng.choice(place)) for n in range(4)
    ]
    days, ends = [f"2026-03-0{n + 2}" for n in range(3)], rng.choices([11, 12, 14], k=3)
    rows = [meeting(f"M{n}", f"{days[n]} 10:00", f"{days[n]} {ends[n]}:00", **rng.choice(place)) for n in range(3)]
    liked = [
        {"facilitator": f"F{who}", "meeting": f"M{where}", "score": rng.choice(scores)}
        for who in range(4)
        for where, scores in enumerate([(-4, -2, 3), (-4, 2, 3, 5), (-3, -1)])  # the last is liked by nobody
    ]
    seats = [{"meeting": "M0", "seat": name, "role": name, "required": name == "lead"} for name in ("lead", "co")]
    return problem(rows, people, seats=seats, preferences=liked)


AXES: tuple[tuple[Axis, Axis], ...] = (
    (5, 6),
    (6, 5),
    (1, 6),
    ("fair-load", "wishes"),
    ("fill-seats", "fair-load"),
    (5, "wishes"),
    ("optional-seats", 6),
    ("short-travel", "wishes"),
)
"""Tiers, rules, and one of each; side by side, apart, and the lower one first."""


@pytest.mark.parametrize(("first", "second"), AXES)
def test_the_front_is_that_of_all_rosters(first: Axis, second: Axis) -> None:
    sizes: Counter[int] = Counter()
    for seed in seeds(4):
        case = varied(seed)
        front = frontier(case, STANDARD_RULES, first, second, points=20_001, seed=seed, workers=1)
        expected = expected_front(reports_of(seed), first, second)
        assert [(item.first, item.second) for item in front.points] == expected, seed
        assert all(item.proven for item in front.points)
        assert front.complete
        for item in front.points:
            report = check(case, item.roster)
            assert report.legal
            assert (float(value(report, first)), float(value(report, second))) == (item.first, item.second)
        sizes[len(expected)] += 1
    assert max(sizes) >= enough(2), sizes  # some have a choice to offer


def test_the_front_of_a_programme_is_that_of_all_rosters() -> None:
    for seed in seeds(8):
        case = programme(seed, 2, *((3, 1) if seed % 2 else (2, 2)))
        front = frontier(case, STANDARD_RULES, 4, 6, points=20_001, seed=seed, workers=1)
        expected = expected_front(legal(case, STANDARD_RULES), 4, 6)
        assert [(item.first, item.second) for item in front.points] == expected, seed
        assert all(item.proven for item in front.points)


def test_few_points_are_on_the_front_and_hold_both_ends() -> None:
    fewer = 0
    for seed in seeds(6):
        expected = expected_front(reports_of(seed), 5, 6)
        for points in (2, 3):
            front = frontier(varied(seed), points=points, workers=1)
            found = [(item.first, item.second) for item in front.points]
            assert len(found) <= points
            assert set(found) <= set(expected), seed
            assert (found[0], found[-1]) == (expected[0], expected[-1]), seed
            fewer += len(found) < len(expected)
    assert fewer >= enough(1)


# --- worked by hand ------------------------------------------------------------------------------------------


def four_meetings(**tables: Any) -> Problem:
    """Return four meetings of two hours, a week apart, for F1 who likes each of them and F2 who does not care."""
    rows = [meeting(f"M{n}", f"2026-03-{7 * n - 4:02} 10:00", f"2026-03-{7 * n - 4:02} 12:00") for n in range(1, 5)]
    liked = [{"facilitator": "F1", "meeting": f"M{n}", "score": 5} for n in range(1, 5)]
    return problem(rows, ["F1", "F2"], preferences=liked, **tables)


# Each has a target of 4 hours: free to 4.4. With three meetings F1 has 6: 0.6 hours to 125 % cost 1 each, and 1 hour to
# 150 % costs 2, 2.6 together. With four 8: 0.6 + 2 + 2 hours to 200 % at 4, 10.6. Each meeting is worth 5 points to F1.
FAIR_OR_LIKED = [(0, -10), (2.6, -15), (10.6, -20)]


def test_fairness_has_its_price() -> None:
    front = frontier(four_meetings(), STANDARD_RULES, "fair-load", "wishes", workers=1)
    assert front.table() == [{"first": a, "second": b, "proven": True} for a, b in FAIR_OR_LIKED]
    assert (front.first, front.second, front.complete) == ("fair-load", "wishes", True)
    held = [sum(row.facilitator == "F1" for row in item.roster.rows) for item in front.points]
    assert held == [2, 3, 4]


def test_the_other_way_round_the_front_is_the_same() -> None:
    front = frontier(four_meetings(), STANDARD_RULES, "wishes", "fair-load", workers=1)
    assert [(item.second, item.first) for item in front.points] == FAIR_OR_LIKED[::-1]


def test_a_tier_is_the_sum_of_its_rules() -> None:
    # In tier 5 the organisations' balance is the same for all: 8 hours given by one and received by the other, 16.
    front = frontier(four_meetings(), STANDARD_RULES, workers=1)
    assert [(item.first, item.second) for item in front.points] == [(a + 16, b) for a, b in FAIR_OR_LIKED]
    assert (front.first, front.second) == (5, 6)


def test_higher_tiers_are_kept() -> None:
    # M1 was told to F2; that it stays so is tier 3, above both: F1 has three meetings at most.
    told = [{"meeting": "M1", "seat": "lead", "facilitator": "F2"}]
    front = frontier(four_meetings(published=told), STANDARD_RULES, "fair-load", "wishes", workers=1)
    assert [(item.first, item.second) for item in front.points] == FAIR_OR_LIKED[:2]
    assert all(item.roster.holder("M1", "lead") == "F2" for item in front.points)


def test_a_tier_between_the_two_counts_for_nothing() -> None:
    # Between tier 3 and tier 6 lie 4 and 5. M1 is on 3 March, within a week of the 1st: changing what was told costs 8.
    told = [{"meeting": "M1", "seat": "lead", "facilitator": "F2"}]
    front = frontier(four_meetings(published=told), STANDARD_RULES, 3, 6, workers=1)
    assert [(item.first, item.second) for item in front.points] == [(0, -15), (8, -20)]


def test_the_tiers_are_those_of_the_rule_set() -> None:
    # With wishes in tier 2 it is above fairness, and fairness has nothing left to choose.
    moved = RuleSet("moved", 1, STANDARD_RULES.rules, tiers_of=(("wishes", 2.5),))
    front = frontier(four_meetings(), moved, "fair-load", "short-travel", workers=1)
    assert [(item.first, item.second) for item in front.points] == [(10.6, 0)]
    assert frontier(four_meetings(), moved, 2.5, 5, workers=1).points[0].first == -20


def test_the_mode_of_the_rules_does_not_matter() -> None:
    front = frontier(four_meetings(), STANDARD_RULES.weighted(), "fair-load", "wishes", workers=1)
    assert [(item.first, item.second) for item in front.points] == FAIR_OR_LIKED


def test_without_a_choice_there_is_one_point() -> None:
    for case in (problem(), problem(facilitators=[]), problem([], ["F1"])):
        front = frontier(case, workers=1)
        assert len(front.points) == 1
        assert front.points[0].proven
        assert front.complete


# --- errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("axes", "more", "says"),
    [
        ((5, 6), {"points": 1}, "points must be 2 or more"),
        ((5, 5), {}, "first and second are the same objective"),
        ((5, 5.0), {}, "first and second are the same objective"),
        (("cost", "cost"), {}, "first and second are the same objective"),
        (("costs", 5), {}, r"'costs' is not a preference of these rules; did you mean \"cost\"\?"),
        ((5, "fairload"), {}, r"did you mean \"fair-load\"\?"),
        (("zzz", 5), {}, "'zzz' is not a preference of these rules$"),
        ((5, "no-double-booking"), {}, "is not a preference"),  # a constraint has no price
        ((7, 5), {}, r"tier 7 has no rule; tiers: 1, 2, 3, 4, 5, 6$"),
        ((5, 5.5), {}, r"tier 5\.5 has no rule"),  # worst-served is off
        ((5, 6), {"time_limit": -1}, "time_limit must be"),
        ((5, 6), {"time_limit": float("nan")}, "time_limit must be"),
        ((5, 6), {"workers": 0}, "workers must be 1 or more"),
        ((5, 6), {"seed": -1}, "seed must be"),
    ],
)
def test_what_cannot_be_asked_is_refused(axes: tuple[Axis, Axis], more: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        frontier(problem(), STANDARD_RULES, *axes, **more)


def test_pins_that_no_roster_keeps_are_an_error_that_names_them() -> None:
    pins = [{"meeting": f"M{n}", "seat": "lead", "facilitator": "F1"} for n in (1, 2, 3)]
    rows = [meeting(f"M{n}", f"2026-03-0{n + 2} 10:00", f"2026-03-0{n + 2} 12:00") for n in (1, 2, 3)]
    case = problem(rows, [facilitator("F1", max_meetings=2)], pins=pins)
    for axes in ((5, 6), (1, 6)):
        with pytest.raises(ProblemError, match="rows 1, 2, 3, column facilitator: cannot be kept together"):
            frontier(case, STANDARD_RULES, *axes, workers=1)
    assert len(frontier(case.replace(pins=case.pins[:2]), workers=1).points) == 1


def test_pins_are_kept() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F2"}]
    front = frontier(four_meetings(pins=pins), STANDARD_RULES, "fair-load", "wishes", workers=1)
    assert [(item.first, item.second) for item in front.points] == FAIR_OR_LIKED[:2]


def test_forced_pins_are_refused_in_words() -> None:
    # By force pins may break rules, and what is legal then is for `solve` to say.
    with pytest.raises(ValueError, match="pins by force"):
        frontier(four_meetings(), STANDARD_RULES.plus(PinnedRule(force=True)), workers=1)


def test_when_time_is_up_before_any_roster_there_are_no_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "minimise", lambda *_, **__: Answer(None, None, False))
    for axes in ((5, 6), (1, 6)):
        assert frontier(problem(), STANDARD_RULES, *axes) == Frontier(*axes, (), False)


# --- stopping ------------------------------------------------------------------------------------------------


def stopping(monkeypatch: pytest.MonkeyPatch, after: int, ask: Callable[[], None]) -> list[int]:
    """Ask to stop after so many searches; those that come later find nothing. Return a list that counts all."""
    real, searches = Search.minimise, list[int]()

    def minimise(self: Search, *given: Any, **more: Any) -> Answer:
        searches.append(len(searches) + 1)
        if len(searches) > after:
            return Answer(None, None, False)
        answer = real(self, *given, **more)
        if len(searches) == after:
            ask()
        return answer

    monkeypatch.setattr(Search, "minimise", minimise)
    return searches


@pytest.mark.parametrize("how", ["event", "Ctrl-C"])
def test_a_stop_keeps_the_points_found_by_then(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four tiers are above, and each end takes two searches."""
    stop = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    searches = stopping(monkeypatch, 8, stop.set if how == "event" else lambda: signal.raise_signal(signal.SIGINT))
    front = frontier(four_meetings(), STANDARD_RULES, "fair-load", "wishes", workers=1, stop=stop)
    assert [(item.first, item.second, item.proven) for item in front.points] == [(0, -10, True), (10.6, -20, True)]
    assert front.complete
    assert len(searches) == 8
    assert signal.getsignal(signal.SIGINT) is before


def test_a_stop_amidst_a_point_keeps_its_roster_unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    stopping(monkeypatch, 5, stop.set)
    front = frontier(four_meetings(), STANDARD_RULES, "fair-load", "wishes", workers=1, stop=stop)
    assert [(item.first, item.proven) for item in front.points] == [(0, False)]
    assert not front.complete
    assert check(four_meetings(), front.points[0].roster).legal


# --- the sample ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_ten_points_of_the_sample_are_proven() -> None:
    """How long it takes is for the benchmarks to say: no clock here."""
    case = read(SAMPLE)
    front = frontier(case, points=10, time_limit=600)
    assert len(front.points) == 10
    assert all(item.proven for item in front.points)
    assert front.complete
    assert [item.first for item in front.points] == sorted(item.first for item in front.points)
    seconds = [item.second for item in front.points]
    assert seconds == sorted(seconds, reverse=True)
    tiers = {tuple(tier.value for tier in check(case, item.roster).tiers[:4]) for item in front.points}
    assert len(tiers) == 1  # all keep the tiers above
