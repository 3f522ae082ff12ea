"""Who is possible for which seat: the candidates, and where the others fell away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints, second
from poolmatch.rule import EligibilityRule
from poolmatch.ruleset import RuleSet


@dataclass(frozen=True)
class Eligibility:
    """Result of all eligibility rules.

    Attributes
    ----------
    candidates
        The eligible pairs of person and occasion.
    fell
        How many of the pool fell away at each rule, each person at the first rule that says so; shape
        ``(occasions, rules)``.
    rules
        Ids of the rules, in the order of the columns of ``fell``.
    """

    candidates: Candidates
    fell: Ints
    rules: tuple[str, ...]


def possible(world: Arrays, rules: RuleSet, facilitator: str, meeting: str, seat: str) -> bool:
    """Tell whether a facilitator could take a seat in any slot of its meeting. Parameters as of `objections`."""
    there = world.occasions.take(world.rows_of(world.seat_positions[meeting, seat]))
    person = world.person(world.positions[facilitator])
    out = np.zeros(len(there), np.bool_)
    for rule in rules.eligibility:
        out |= rule.out(person, there)
    return not out.all()


def eligibility(world: Arrays, rules: RuleSet) -> Eligibility:
    """Return who is eligible for which occasion.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules; only the eligibility rules are asked.
    """
    occasions, tests = world.occasions, rules.eligibility
    fell = np.zeros((len(occasions), len(tests)), np.int64)
    eligible: list[Ints] = []
    for position in range(len(world.people)):
        person = world.person(position)
        left = np.ones(len(occasions), np.bool_)
        for column, rule in enumerate(tests):
            out = rule.out(person, occasions)
            fell[:, column] += left & out
            left &= ~out
        eligible.append(np.flatnonzero(left))
    counts = [len(rows) for rows in eligible]
    person_of = np.repeat(np.arange(len(eligible)), counts)
    occasion = np.concatenate(eligible) if eligible else np.zeros(0, np.int64)
    return Eligibility(Candidates(world, person_of, occasion), fell, tuple(rule.id for rule in tests))


def objections(
    world: Arrays, rules: RuleSet, facilitator: str, meeting: str, seat: str, start: datetime | None = None
) -> Iterator[EligibilityRule]:
    """Yield each eligibility rule that puts a facilitator out for a seat.

    The rules are asked about the rows of that seat alone: the same door as for all occasions.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules.
    facilitator, meeting, seat
        Ids.
    start
        Start of the slot; None looks at all slots of the meeting, and a rule objects that puts them out in each.
    """
    rows = world.rows_of(world.seat_positions[meeting, seat])
    if start is not None:
        rows = rows[world.occasions.start[rows] == second(start)]
    there = world.occasions.take(rows)
    person = world.person(world.positions[facilitator])
    for rule in rules.eligibility:
        if rule.out(person, there).all():
            yield rule
