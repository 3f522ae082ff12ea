"""Who is possible for which seat: the candidates, and where the others fell away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints
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


def objections(world: Arrays, rules: RuleSet, facilitator: str, meeting: str, seat: str) -> Iterator[EligibilityRule]:
    """Yield each eligibility rule that puts a facilitator out for a seat, in every slot of the seat's meeting.

    The rules are asked about the rows of that seat alone: the same door as for all occasions.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules.
    facilitator, meeting, seat
        Ids.
    """
    rows = np.flatnonzero(world.occasions.seat == world.seat_positions[meeting, seat])
    there = world.occasions.take(rows)
    person = world.person(world.positions[facilitator])
    for rule in rules.eligibility:
        if rule.out(person, there).all():
            yield rule
