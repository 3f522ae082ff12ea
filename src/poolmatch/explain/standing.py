"""Who could take a seat at all, and at which rule the others fall away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Arrays
from poolmatch.domain.people import Facilitator
from poolmatch.ruleset import RuleSet


@dataclass(frozen=True)
class Standing:
    """How people stand to one seat.

    Attributes
    ----------
    fell
        How many fall away at each eligibility rule, in the order of the rules, each person at the first that puts them
        out; rules at which nobody fell are left out. Of a flexible meeting the slot counts in which they get farthest.
    eligible
        Ids of those who are possible, in the order of the problem.
    """

    fell: Mapping[str, int]
    eligible: tuple[str, ...]


def standings(
    world: Arrays, rules: RuleSet, seats: Iterable[tuple[str, str]], people: Sequence[Facilitator] | None = None
) -> Mapping[tuple[str, str], Standing]:
    """Return how people stand to some seats, by meeting and seat.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules; only the eligibility rules are asked.
    seats
        Meeting and seat of each, or duty and kind.
    people
        Who is asked; None is everyone.
    """
    keys = list(dict.fromkeys(seats))
    rows = [world.rows_of(world.seat_positions[key]) for key in keys]
    there = world.occasions.take(np.concatenate([np.zeros(0, np.int64), *rows]))
    owner = np.repeat(np.arange(len(keys)), [len(part) for part in rows])
    tests = rules.eligibility
    fell: list[Counter[int]] = [Counter() for _ in keys]
    eligible: list[list[str]] = [[] for _ in keys]
    for row in world.problem.facilitators if people is None else people:
        person = world.person(world.positions[row.facilitator])
        first = np.full(len(there), len(tests))
        for number, rule in reversed(list(enumerate(tests))):
            first[rule.out(person, there)] = number
        farthest = np.full(len(keys), -1)
        np.maximum.at(farthest, owner, first)
        for place, number in enumerate(farthest.tolist()):
            if number == len(tests):
                eligible[place].append(row.facilitator)
            else:
                fell[place][number] += 1
    return {
        key: Standing({rule.id: count[number] for number, rule in enumerate(tests) if count[number]}, tuple(names))
        for key, count, names in zip(keys, fell, eligible, strict=True)
    }
