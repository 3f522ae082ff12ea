"""Small problems with every roster of theirs as it is judged, and the fewest rules that touch what rosters break."""

import itertools
import random
from collections.abc import Iterator, Sequence

from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Problem, Report, Roster, RuleSet
from poolmatch.arrays import Arrays
from poolmatch.checking import judge
from poolmatch.domain.roster import RosterRow
from poolmatch.testing import random_problem

Broken = tuple[Report, frozenset[str]]
"""A roster as it is judged, and the rules that it breaks."""


def judged(case: Problem, rules: RuleSet = STANDARD_RULES) -> list[Broken]:
    """Judge every roster in which a seat is held once, also those in which somebody holds two seats of a meeting."""
    world = Arrays(case)
    people = [row.facilitator for row in case.facilitators]

    def rows(meeting: str, seat: str) -> Iterator[RosterRow]:
        yield RosterRow(meeting=meeting, seat=seat)
        for start, _ in case.times(case.meeting(meeting)) or ((None, None),):
            for name in people:
                yield RosterRow(meeting=meeting, seat=seat, facilitator=name, start=start)

    choices = [list(rows(seat.meeting, seat.seat)) for seat in case.all_seats]
    reports = (judge(case, Roster(rows=held), rules, world) for held in itertools.product(*choices))
    return [(report, frozenset(item.rule for item in report.violations)) for report in reports]


def small(seed: int) -> Problem:
    """Return a problem whose rosters can all be gone through: with pins, with a past, with teams, or lively."""
    rng = random.Random(seed)
    if seed % 4 == 0:
        return lively(seed)
    if seed % 4 == 1:
        return random_problem(rng, people=3, meetings=3)
    if seed % 4 == 2:
        return random_problem(rng, people=2, meetings=2, seats=2, teams=True)
    return random_problem(rng, people=3, meetings=3, past=True)


def fewest(sets: Sequence[frozenset[str]]) -> int:
    """Return how few rules touch all of some sets."""
    ids = sorted(frozenset().union(*sets))
    sizes = (size for size in range(len(ids) + 1) for some in itertools.combinations(ids, size) if touches(some, sets))
    return next(sizes)


def touches(some: Sequence[str], sets: Sequence[frozenset[str]]) -> bool:
    return all(not item.isdisjoint(some) for item in sets)
