"""Replanning finds the best of all rosters of a small problem, goal by goal, and says that it is proven."""

from __future__ import annotations

import math
import random
from datetime import timedelta
from functools import cache

import pytest
from tests.explain.mishaps import drawn
from tests.rings import enough, seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.optima import STRICTER
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, EditRefused, Problem, ProblemError, Roster, RuleSet, UnknownId, compare, replan
from poolmatch.checking import Report
from poolmatch.domain.roster import RosterRow
from poolmatch.explain import Replan
from poolmatch.explain.promises import Promises
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.replanning import Replanning
from poolmatch.solving.running.budget import Budget

MOST = 1500
"""So many rosters at most are gone through."""
Held = frozenset[tuple[str, str, str, object]]


def held(roster: Roster, problem: Problem) -> Held:
    """Return who holds what of what is still to come, and when."""
    return frozenset(
        (row.meeting, row.seat, str(row.facilitator), row.start)
        for row in roster.rows
        if row.facilitator is not None and row.meeting not in problem.frozen
    )


def told_now(told: Roster, problem: Problem) -> Held:
    """Return what people were told, as it can be kept now: a fixed meeting that has moved at its new time."""
    rows = []
    for item in held(told, problem):
        if item[0] in problem.occasion_ids:
            times = [start for start, _ in problem.times(problem.meeting(item[0]))]
            if len(times) == 1:
                item = (*item[:3], times[0])
        rows.append(item)
    return frozenset(rows)


def ahead(roster: Roster, problem: Problem) -> Roster:
    """Return what is still to come."""
    return Roster(rows=tuple(row for row in roster.rows if not is_over(row, problem)))


def is_over(row: RosterRow, problem: Problem) -> bool:
    if row.meeting in problem.occasion_ids:
        return row.meeting in problem.frozen
    return row.start is not None and problem.period.is_past(row.start)


def worth(report: Report, told: Roster) -> tuple[object, ...]:
    """Return what a roster is worth by the order of the goals, whatever is lost in any case included."""
    problem, before, after = report.problem, told_now(told, report.problem), held(report.roster, report.problem)
    first, *others = (tier.value for tier in report.tiers)
    dropped = len(before - after)
    people = len(compare(ahead(told, problem), ahead(report.roster, problem)).people)
    return first, dropped, people, *others, len(before ^ after)


def rosters_of(case: Problem) -> int:
    """Return how many rosters there are, or a few more."""
    slots = [len(case.times(case.meeting(seat.meeting))) or 1 for seat in case.all_seats]
    return math.prod(1 + len(case.facilitators) * number for number in slots)


@cache
def case_of(seed: int) -> tuple[Replan, Roster, RuleSet]:
    """Return a small problem to which something has happened, replanned, and what people were told."""
    rng, rules = random.Random(seed), STRICTER if seed % 3 else STANDARD_RULES
    while True:
        case = lively(seed + rng.randrange(10**6) * 2)
        legal = [report for report in judged_rosters(case, rules) if report.legal]
        best = min(legal, key=lambda report: [tier.value for tier in report.tiers])
        told = rng.choice([best, best, rng.choice(legal)]).roster
        today = rng.choice([None, case.period.start + timedelta(days=rng.randrange(3))])
        edits = [drawn(rng, case) for _ in range(rng.choice([1, 1, 2]))]
        try:
            answer = replan(case, told, today, edits, rules, time_limit=30)
        except (ProblemError, EditRefused, UnknownId):  # what happens may contradict pins, or what happened before
            continue
        if rosters_of(answer.problem) <= MOST:
            return answer, told, rules


@pytest.mark.parametrize("seed", seeds(15))
def test_it_is_the_best_of_all_rosters_and_that_is_proven(seed: int) -> None:
    answer, told, rules = case_of(seed)
    best = min(worth(report, told) for report in judged_rosters(answer.problem, rules) if report.legal)
    assert answer.report.legal
    assert worth(answer.report, told) == best
    assert answer.proven


def test_something_happens_in_these_problems() -> None:
    answers = [case_of(seed)[0] for seed in seeds(15)]
    assert sum(bool(answer.notices) for answer in answers) >= enough(6)
    assert sum(bool(answer.given_up) for answer in answers) >= enough(2)
    assert sum(answer.problem.frozen != {} for answer in answers) >= enough(1)


def test_the_ways_of_large_problems_come_to_the_same_and_claim_no_more_than_they_know() -> None:
    known = set()
    for seed in seeds(8, least=4):
        answer, told, rules = case_of(seed)
        prepared = Prepared.of(answer.problem, rules)
        promises = Promises(prepared, told)
        ranks = [worth(report, told)[:3] for report in judged_rosters(answer.problem, rules) if report.legal]
        for largest in (10_000, 0):
            found = Replanning(prepared, promises.told, promises.vacated, largest=largest, small=0).best(Budget(30))
            assert found is not None
            assert found.report.legal
            rank = worth(found.report, told)[:3]
            if largest:
                assert (found.filled, found.fewest) == (True, True)
            if found.filled:
                assert rank[0] == min(ranks)[0]
            if found.fewest:
                assert rank == min(other for other in ranks if other[0] == rank[0])
            known.add((found.filled, found.fewest))
    assert {(True, True), (False, True)} <= known or not enough(1)


def told_at_random(seed: int) -> tuple[Problem, Roster]:
    """Return a small problem and what people were told of it by lot, mostly what is not legal."""
    case, rng = lively(seed + 700), random.Random(seed)
    people = [None, *(row.facilitator for row in case.facilitators)]
    times = {row.meeting: [start for start, _ in case.open_times(row)] for row in case.meetings}
    starts = {meeting: rng.choice(known) for meeting, known in times.items()}
    rows = [
        RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=rng.choice(people), start=starts.get(seat.meeting))
        for seat in case.all_seats
    ]
    return case, Roster(rows=tuple(rows))


def test_whatever_people_were_told_each_hears_what_they_cannot_keep_and_why() -> None:
    given_up = kept = 0
    for seed in seeds(10):
        case, told = told_at_random(seed)
        answer = replan(case, told, rules=STRICTER, time_limit=30)
        legal = [item for item in judged_rosters(answer.problem, STRICTER) if item.legal]
        possible = frozenset().union(*(held(item.roster, case) for item in legal))
        gone = {(item.meeting, item.seat, item.facilitator) for item in answer.given_up}
        assert gone <= {item[:3] for item in held(told, case) - possible}  # what only goes together is a conflict
        assert all(item.reasons for item in answer.given_up)
        assert answer.report.legal
        given_up, kept = given_up + len(gone), kept + len(held(told, case) & possible)
    assert given_up >= enough(5)
    assert kept >= enough(10)
