"""Rosters near a given one: the least of a tier and the fewest changes at once, and what is asked already."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from tests.builders import meeting, problem, roster
from tests.rings import seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Report, check, solve, substitutes, why_not
from poolmatch.explain.asking import nearby_of, prepared_of
from poolmatch.solving.model.disturbance import guided
from poolmatch.solving.model.system import Objective
from poolmatch.solving.nearby import Asked, NearbyRosters, Nearest, Searched
from poolmatch.solving.running.budget import Budget


def places(report: Report) -> set[tuple[object, ...]]:
    """Return who sits where, and when."""
    return {(row.meeting, row.seat, row.facilitator, row.start) for row in report.roster.rows if row.facilitator}


@pytest.mark.parametrize("seed", seeds(12))
def test_nearest_is_the_least_of_the_tier_with_the_fewest_changes(seed: int) -> None:
    case = lively(seed + 40, most=400)
    report = solve(case, seed=seed).report
    prepared, nearby = prepared_of(report), nearby_of(report)
    first, candidates = prepared.objectives[0], prepared.candidates
    held = np.flatnonzero((nearby.taken > 0) & candidates.open)
    if not len(held):
        return
    barred = held[:1]  # who holds it must leave it
    asked = Asked(barred=barred)
    found = nearby.searched(asked, [Nearest(first)], np.ones(len(candidates), np.bool_), Budget(20.0))
    assert found is not None
    assert found.settled == 1
    seat, person = prepared.world.seats[candidates.seat[barred[0]]], prepared.world.people[candidates.person[barred[0]]]
    mine = {item for item in places(report) if item[:3] == (seat.meeting, seat.seat, person.facilitator)}
    assert mine
    others = [item for item in judged_rosters(case, STANDARD_RULES) if item.legal and not mine & places(item)]
    least = min((item.tiers[0].value, len(places(report) ^ places(item))) for item in others)
    assert (first.value(found.values), nearby.counted(found.values)[2]) == least


def test_what_is_asked_already_is_known() -> None:
    case = problem([meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")], ["F1", "F2"])
    report = check(case, roster({"M1": "F1"}))
    nearby, objectives = nearby_of(report), prepared_of(report).objectives
    values = nearby.values
    assert values is not None
    held, free = np.flatnonzero(nearby.taken > 0), np.flatnonzero(nearby.taken == 0)
    assert Asked().done_by(values)
    assert Asked(taken=held, barred=free, some=(np.concatenate([held, free]),)).done_by(values)
    assert not Asked(taken=free).done_by(values)
    assert not Asked(barred=held).done_by(values)
    assert not Asked(some=(free,)).done_by(values)
    worth = objectives[0].value(values)
    assert Asked(most=((objectives[0], worth),)).done_by(values)
    assert not Asked(most=((objectives[0], worth - 1),)).done_by(values)


def test_no_roster_is_worse_than_it_may_be() -> None:
    case = problem([meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")])
    report = check(case, roster({"M1": "F1"}))
    nearby, first = nearby_of(report), prepared_of(report).objectives[0]
    free, values = np.ones(len(nearby.taken), np.bool_), nearby.values
    assert values is not None
    alone = np.flatnonzero(nearby.taken > 0)
    assert nearby.searched(Asked(barred=alone), [first], free, Budget(20.0)) is not None
    kept = Asked(barred=alone, most=((first, first.value(values)),))  # nobody else could
    assert nearby.searched(kept, [first], free, Budget(20.0)) is None


@pytest.mark.parametrize("seed", seeds(6))
def test_what_is_looked_at_next_begins_with_the_best_before(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = lively(seed + 40, most=400)
    report = solve(case, seed=seed).report
    begun = dict[bytes, list[tuple[bool, bool]]]()
    real = NearbyRosters.searched

    def searched(self: NearbyRosters, asked: Asked, *rest: Any) -> Searched | None:
        found, values = real(self, asked, *rest), self.values
        assert values is not None
        key = b" ".join(part.tobytes() for part in (asked.barred, *asked.some))
        begun.setdefault(key, []).append((asked.done_by(values), found is not None))
        return found

    monkeypatch.setattr(NearbyRosters, "searched", searched)
    for seat in case.all_seats:
        if seat.meeting not in case.frozen:
            for row in case.facilitators:
                why_not(report, seat.meeting, seat.seat, row.facilitator, time_limit=30)
                begun |= {b"why not " + key: begun.pop(key) for key in list(begun) if not key.startswith(b"why")}
            substitutes(report, seat.meeting, seat.seat, time_limit=30)
            begun |= {b"why " + key: begun.pop(key) for key in list(begun) if not key.startswith(b"why")}
    for calls in begun.values():
        for (_, before), (done, _) in pairwise(calls):
            assert done or not before


def test_changes_part_what_is_equal_and_nothing_else() -> None:
    told = np.array([1, 0, 1])
    bounds = np.zeros(4, np.int64), np.array([1, 1, 1, 5])
    goal = Objective(1, 10, np.array([1, 3]), np.array([2, -3]), 7, unit=5)
    both = guided(goal, told, bounds)
    for row in np.ndindex(2, 2, 2, 6):
        values = np.array(row)
        changed = int((values[:3] != told).sum())
        assert both.value(values) == 4 * goal.value(values) + changed
        assert both.value(values) // both.ahead == goal.value(values)


def test_what_would_not_be_exact_is_left_as_it_is() -> None:
    goal = Objective(1, 1, np.array([0]), np.array([2**53]), 0)
    assert guided(goal, np.array([1]), (np.array([0]), np.array([1]))) is goal
