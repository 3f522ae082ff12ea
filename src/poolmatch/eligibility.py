"""Who is possible for which seat: the candidates, and where the others fell away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from poolmatch.arrays import Arrays, Bools, Candidates, Ints, bounds, second
from poolmatch.domain.assignments import Assignment, SeatAt
from poolmatch.domain.people import Facilitator
from poolmatch.rule import EligibilityRule
from poolmatch.ruleset import RuleSet

LARGE = 5000
"""A table of so many occasions is cut down to those that are left, once they are fewer than a quarter: to take a row
out costs about as much as the rules that follow take for four."""


@dataclass(frozen=True)
class Eligibility:
    """Result of all eligibility rules.

    Attributes
    ----------
    candidates
        The eligible pairs of person and occasion, and who held the seats of the past, eligible or not.
    fell
        How many of the pool fell away at each rule, each person at the first rule that says so; shape
        ``(occasions, rules)``.
    rules
        Ids of the rules, in the order of the columns of ``fell``.
    """

    candidates: Candidates
    fell: Ints
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How people stand to one seat.

    Attributes
    ----------
    fell
        How many fall away at each eligibility rule, in the order of the rules, each person at the first that puts them
        out; rules at which nobody fell are left out. Of a flexible meeting the slot counts in which they get farthest,
        of those that can still be chosen.
    eligible
        Ids of those who are possible in any slot, in the order of the problem.
    """

    fell: Mapping[str, int]
    eligible: tuple[str, ...]


def standings(
    world: Arrays, rules: RuleSet, seats: Iterable[SeatAt], people: Sequence[Facilitator] | None = None
) -> Mapping[SeatAt, Standing]:
    """Return how people stand to some seats, by meeting, seat and start.

    The rules are asked once per person, about all these seats together.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules; only the eligibility rules are asked.
    seats
        Meeting, seat and start of each; without a start at whichever of the times that can be chosen someone gets
        farthest.
    people
        Who is asked; None is everyone.
    """
    keys, tests = list(dict.fromkeys(seats)), rules.eligibility
    asked = world.problem.facilitators if people is None else people
    rows = [_rows_of(world, key) for key in keys]
    there = world.occasions.take(np.concatenate([np.zeros(0, np.int64), *rows]))
    begins = bounds(np.repeat(np.arange(len(keys)), [len(part) for part in rows]), len(keys))[:-1]
    fell = np.zeros((len(keys), len(tests) + 1), np.int64)
    every, eligible = np.arange(len(keys)), list[Ints]()
    for row in asked if keys else ():
        person = world.person(world.positions[row.facilitator])
        first = np.full(len(there), len(tests))
        for number, rule in reversed(list(enumerate(tests))):
            first[rule.out(person, there)] = number
        farthest = np.maximum.reduceat(first, begins)  # a seat has one row at least
        fell[every, farthest] += 1
        eligible.append(np.flatnonzero(farthest == len(tests)))
    names: list[list[str]] = [[] for _ in keys]
    for row, places in zip(asked, eligible, strict=False):
        for place in places.tolist():
            names[place].append(row.facilitator)
    ids = [rule.id for rule in tests]
    return {
        key: Standing({rule: count for rule, count in zip(ids, counts, strict=False) if count}, tuple(who))
        for key, counts, who in zip(keys, fell.tolist(), names, strict=True)
    }


def possible_at(world: Arrays, rules: RuleSet, seats: Collection[SeatAt]) -> Mapping[SeatAt, Collection[str]]:
    """Return who is possible at some seats, by meeting, seat and start: what a `Plan` asks for; as of `standings`.

    What one roster has asked is known to others of the same problem.
    """
    known: dict[SeatAt, Collection[str]] = world.memo(("possible", rules.eligibility), dict)
    if fresh := [seat for seat in seats if seat not in known]:
        found = standings(world, rules, fresh)
        known.update((seat, standing.eligible) for seat, standing in found.items())
    return {seat: known[seat] for seat in seats}


def _rows_of(world: Arrays, key: SeatAt) -> Ints:
    """Return the occasions of a seat that can be, or the one at a time."""
    meeting, seat, start = key
    rows = world.rows_of(world.seat_positions[meeting, seat])
    found: Ints = rows[~world.early[rows] if start is None else world.occasions.start[rows] == second(start)]
    return found if len(found) or start is not None else rows  # of the past: as it was


def eligibility(world: Arrays, rules: RuleSet, *, large: int = LARGE) -> Eligibility:
    """Return who is eligible for which occasion.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules; only the eligibility rules are asked.
    large
        From more occasions than this on, a table is cut down; it changes the time, and nothing of the answer.
    """
    occasions, tests = world.occasions, rules.eligibility
    fell = np.zeros((len(tests), len(occasions)), np.int64)
    every, eligible = np.arange(len(occasions)), list[Ints]()
    for position in range(len(world.people)):
        person, there, left = world.person(position), occasions, np.ones(len(occasions), np.bool_)
        rows: slice | Ints = slice(None)  # of which rows that table and the answers are
        for column, rule in enumerate(tests):
            falls = left & rule.out(person, there)
            if not falls.any():
                continue
            fell[column, rows] += falls
            left &= ~falls
            if len(left) > large and 4 * np.count_nonzero(left) < len(left) and column + 1 < len(tests):
                kept = np.flatnonzero(left)
                there, rows, left = there.take(kept), every[rows][kept], left[kept]
        eligible.append(every[rows][left])
    return Eligibility(candidates_of(world, eligible), fell.T, tuple(rule.id for rule in tests))


def candidates_of(world: Arrays, eligible: Sequence[Ints]) -> Candidates:
    """Return the candidates together with who held the seats of the past.

    Parameters
    ----------
    world
        The problem as numbers.
    eligible
        Positions of the occasions for which each person is possible, in order.
    """
    person_of = np.repeat(np.arange(len(eligible)), [len(rows) for rows in eligible])
    occasion = np.concatenate([np.zeros(0, np.int64), *eligible])
    held = world.held[world.occasions.seat]
    was = np.flatnonzero(held >= 0)
    return together(Candidates(world, person_of, occasion), held[was], was)


def together(candidates: Candidates, person: Ints, occasion: Ints) -> Candidates:
    """Return candidates together with pairs of person and occasion who need not be eligible.

    Parameters
    ----------
    candidates
        The candidates.
    person, occasion
        Positions of the pairs, in any order; those that are candidates already change nothing.
    """
    world = candidates.world
    if not len(person):
        return candidates
    width = max(1, len(world.occasions))
    known = candidates.person * width + candidates.occasion
    fresh = np.setdiff1d(person * width + occasion, known)
    if not len(fresh):
        return candidates
    keys = np.concatenate([known, fresh])
    order = np.argsort(keys, kind="stable")
    eligible = np.concatenate([candidates.eligible, np.zeros(len(fresh), np.bool_)])
    return Candidates(world, keys[order] // width, keys[order] % width, eligible[order])


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
    there = world.occasions.take(_rows_of(world, (meeting, seat, start)))
    person = world.person(world.positions[facilitator])
    for rule in rules.eligibility:
        if rule.out(person, there).all():
            yield rule


def objecting(world: Arrays, rules: RuleSet, seats: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Bools]:
    """Return which eligibility rules put whom out of some seats, by meeting and seat.

    The rules are asked once per person, about all these seats together.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules; only the eligibility rules are asked.
    seats
        Meeting and seat of each.

    Returns
    -------
    mapping to ndarray of bool, shape ``(people, slots, rules)``
        People in the order of ``world.people``, slots in order of time; a duty has one.
    """
    keys = list(dict.fromkeys(seats))
    rows = [world.rows_of(world.seat_positions[key]) for key in keys]
    out = objecting_at(world, rules, np.concatenate([np.zeros(0, np.int64), *rows]))
    ends = np.cumsum([len(part) for part in rows])
    return {key: out[:, end - len(part) : end] for key, part, end in zip(keys, rows, ends, strict=True)}


def objecting_at(world: Arrays, rules: RuleSet, rows: Ints) -> Bools:
    """Return which eligibility rules put whom out of some occasions; shape ``(people, occasions, rules)``.

    Parameters
    ----------
    world, rules
        As of `objecting`.
    rows
        Positions of the occasions.
    """
    there, tests = world.occasions.take(rows), rules.eligibility
    out = np.zeros((len(world.people), len(rows), len(tests)), np.bool_)
    for position in range(len(world.people)) if len(rows) else ():
        person = world.person(position)
        for column, rule in enumerate(tests):
            out[position, :, column] = rule.out(person, there)
    return out


def objected(world: Arrays, rules: RuleSet, assignments: Sequence[Assignment]) -> Bools:
    """Tell which eligibility rules put out who is assigned: as `objections`, but a rule is asked once per person.

    Whoever judges many rosters of one problem meets the same assignments again: of those the answer is known.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules.
    assignments
        Who sits where.

    Returns
    -------
    ndarray of bool, shape ``(assignments, rules)``
    """
    tests = rules.eligibility
    known: dict[tuple[str, SeatAt], Bools] = world.memo(("objected", tests), dict)
    keys = [(item.facilitator.facilitator, item.seat_at) for item in assignments]
    fresh: defaultdict[str, list[SeatAt]] = defaultdict(list)
    for name, seat in keys:
        if (name, seat) not in known:
            fresh[name].append(seat)
    for name, seats in fresh.items():
        rows = [_rows_of(world, seat) for seat in seats]  # one each
        person, there = world.person(world.positions[name]), world.occasions.take(np.concatenate(rows))
        out = np.zeros((len(seats), len(tests)), np.bool_)
        for column, rule in enumerate(tests):
            out[:, column] = rule.out(person, there)
        known |= {(name, seat): answers for seat, answers in zip(seats, out, strict=True)}
    return np.array([known[key] for key in keys], np.bool_).reshape(len(keys), len(tests))
