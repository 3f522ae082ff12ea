"""Who could step in, held against all rosters of small problems: all who could, at the price named, and no other."""

from __future__ import annotations

import random
from functools import cache

import pytest
from tests.rings import enough, seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.optima import STRICTER
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Roster, substitutes
from poolmatch.checking import Report
from poolmatch.explain import Substitutes

Held = frozenset[tuple[str, str, str, object]]


def held(roster: Roster) -> Held:
    return frozenset(
        (row.meeting, row.seat, row.facilitator, row.start) for row in roster.rows if row.facilitator is not None
    )


def worth(report: Report) -> tuple[int, ...]:
    return tuple(tier.value for tier in report.tiers)


@cache
def case_of(seed: int) -> tuple[Report, tuple[tuple[Report, Held], ...]]:
    """Return a legal roster of a small problem, good or not, and all that are legal."""
    rules = STRICTER if seed % 3 else STANDARD_RULES
    legal = [report for report in judged_rosters(lively(seed), rules) if report.legal]
    best = min(legal, key=worth)
    given = random.Random(seed).choice([best, *legal])
    return given, tuple((report, held(report.roster)) for report in legal)


def check_seat(given: Report, legal: tuple[tuple[Report, Held], ...], meeting: str, seat: str) -> Substitutes:
    """Hold the answer for a seat against all legal rosters."""
    answer, before = substitutes(given, meeting, seat, time_limit=60), held(given.roster)
    mine = {item for item in before if item[:2] == (meeting, seat)}
    holder = next((item[2] for item in mine), None)
    starts = {item[3] for item in before if item[0] == meeting}
    theirs = {item for item in before if item[2] == holder} - mine
    ranked = {item.facilitator: item for item in answer.ranked}
    assert answer.holder == holder
    assert answer.unknown == ()
    for person in given.problem.facilitators:
        name = person.facilitator
        there = [
            (report, after)
            for report, after in legal
            if any(item[:3] == (meeting, seat, name) and (not starts or item[3] in starts) for item in after)
            and {item for item in after if item[2] == holder} == theirs
        ]
        if name == holder or not there:
            assert name not in ranked
            continue
        found, scales = ranked[name], [tier.scale for tier in given.tiers]
        price = tuple(round(item.after * scale) for item, scale in zip(found.changes.tiers, scales, strict=True))
        assert tuple(item.before for item in found.changes.tiers) == tuple(tier.points for tier in given.tiers)
        alone = [
            report
            for report, after in there
            if after - {item for item in after if item[:2] == (meeting, seat)} == before - mine
        ]
        if alone:
            assert found.movers == ()
            assert price == min(map(worth, alone))
        else:
            assert found.movers

            def order(report: Report, after: Held) -> tuple[object, ...]:
                first, *rest = worth(report)
                people = {item[2] for item in before ^ after}
                return first, len(people), *rest, len(before ^ after)

            best = min(there, key=lambda item: order(*item))
            assert price == worth(best[0])
            assert len(set(found.movers) | {holder, name}) - (holder is None) == len(
                {item[2] for item in before ^ best[1]}
            )
        assert found.settled
    return answer


@pytest.mark.parametrize("seed", seeds(15))
def test_it_agrees_with_all_rosters_of_small_problems(seed: int) -> None:
    given, legal = case_of(seed)
    answers = [
        check_seat(given, legal, row.meeting, row.seat)
        for row in given.roster.rows
        if row.meeting not in given.problem.frozen
    ]
    assert answers


def test_there_is_something_to_find() -> None:
    answers = []
    for seed in seeds(15):
        given, _ = case_of(seed)
        answers += [
            substitutes(given, row.meeting, row.seat, time_limit=60)
            for row in given.roster.rows
            if row.meeting not in given.problem.frozen
        ]
    assert sum(bool(item.ranked) for item in answers) >= enough(15)
    assert sum(any(found.movers for found in item.ranked) for item in answers) >= enough(4)
    assert sum(bool(item.impossible) for item in answers) >= enough(2)
