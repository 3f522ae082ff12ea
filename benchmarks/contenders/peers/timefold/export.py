"""Turns a problem into the plain numbers that the Timefold peer plans with; it runs where poolmatch does.

Who is eligible, which meetings exclude one another and what an assignment costs is asked of the rules themselves;
limits, loads and balances are handed over as figures, and Timefold adds them up. Whatever the peer has no constraint
for is refused: meetings of several seats, slots, duties, preferences that bear on more than one assignment.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from poolmatch import STANDARD_RULES, Problem
from poolmatch.arrays import Arrays, Candidates, Ints
from poolmatch.domain.employers import employers
from poolmatch.domain.hours import ticks_limit
from poolmatch.domain.people import Facilitator
from poolmatch.domain.reciprocity import opening_minutes, part_minutes, receivers
from poolmatch.domain.shares import targets
from poolmatch.eligibility import eligibility
from poolmatch.rule import PreferenceRule
from poolmatch.rules import reciprocity
from poolmatch.rules.fair_load import FairLoadRule
from poolmatch.rules.max_per_week import past_meetings
from poolmatch.rules.reciprocity import ReciprocityRule
from poolmatch.ruleset import RuleSet
from poolmatch.sharing import segments

IN_STREAMS = frozenset(
    {
        "one-per-seat",
        "max-per-day",
        "max-per-week",
        "max-meetings",
        "max-hours",
        "fill-seats",
        "fair-load",
        "reciprocity",
    }
)
"""Rules that are constraint streams of their own in the peer. The others must come down to pairs and costs."""
MOST_OF_A_ROW = 12
"""Of a row with more entries it is not found out whether anyone could break it."""
Hinges = list[tuple[int, int]]
"""A convex charge: each ``(from, units)`` charges ``units`` for whatever lies above ``from``."""


class Unsupported(ValueError):
    """The problem or the rule set holds something that the peer has no constraint for."""


class PlainBlocks:
    """Takes what a rule writes, if it is about single candidates or about pairs that one person cannot hold.

    Rows are kept aside: with `settle` they must turn out to say no more than the pairs and a limit per day.

    Implements `poolmatch.rule.Model`.

    Parameters
    ----------
    candidates
        The candidates that the rules write about.

    Attributes
    ----------
    candidates
        The candidates.
    allowed
        Whether each candidate is still possible; shape ``(candidates,)``.
    costs
        Units that taking each candidate costs; shape ``(candidates,)``.
    apart
        Pairs of seats that one person cannot hold both, the lower position first.
    writing, factor
        Id of the rule that writes, and what one of its units counts in the weighted sum.
    """

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.allowed = np.ones(len(candidates), np.bool_)
        self.costs = np.zeros(len(candidates), np.int64)
        self.apart: set[tuple[int, int]] = set()
        self.writing = ""
        self.factor = 1
        self._rows: list[tuple[str, Ints, Ints, Ints, Ints]] = []

    def columns(self, lower: ArrayLike, upper: ArrayLike) -> Ints:  # noqa: ARG002 - as the protocol has it
        """Refuse variables."""
        if np.size(lower):
            raise Unsupported(f"{self.writing} bears on more than one assignment")
        return np.zeros(0, np.int64)

    def rows(
        self,
        row: ArrayLike,
        column: ArrayLike,
        coefficient: ArrayLike,
        *,
        lower: ArrayLike | None = None,
        upper: ArrayLike | None = None,
    ) -> None:
        """Keep rows with upper bounds for `settle`, and refuse others."""
        if not np.size(row):
            return
        if lower is not None or upper is None:
            raise Unsupported(f"{self.writing} bears on more than one assignment")
        numbers = np.asarray(row, np.int64)
        factors = np.broadcast_to(np.asarray(coefficient, np.int64), numbers.shape)
        self._rows.append((self.writing, numbers, np.asarray(column, np.int64), factors, np.asarray(upper, np.int64)))

    def settle(self, per_day: Sequence[int | None]) -> None:
        """Forget rows that nobody can break who keeps the pairs and the limit per day, and refuse others.

        Parameters
        ----------
        per_day
            By position of the person, how many meetings a day they have at most; None is no limit.
        """
        days, seats, people = self.candidates.column("day"), self.candidates.seat, self.candidates.person

        def possible(columns: Sequence[int]) -> bool:
            held = sorted(int(seats[column]) for column in columns)
            if not self.apart.isdisjoint(combinations(held, 2)):
                return False
            worked = Counter((int(people[column]), int(days[column])) for column in columns)
            return all((most := per_day[person]) is None or count <= most for (person, _), count in worked.items())

        for writing, row, column, factor, upper in self._rows:
            order = np.argsort(row, kind="stable")
            edges = np.searchsorted(row[order], np.arange(len(upper) + 1))
            for number, most in enumerate(upper.tolist()):
                mine = order[edges[number] : edges[number + 1]]
                entries = list(zip(column[mine].tolist(), factor[mine].tolist(), strict=True))
                sets = (chosen for size in range(len(entries) + 1) for chosen in combinations(entries, size))
                too_much = ([one for one, _ in chosen] for chosen in sets if sum(load for _, load in chosen) > most)
                if len(entries) > MOST_OF_A_ROW or any(possible(columns) for columns in too_much):
                    raise Unsupported(f"{writing} bears on more than two assignments")
        self._rows.clear()

    def at_most_one(self, group: ArrayLike, column: ArrayLike) -> None:
        """Note which seats exclude one another.

        That is a matter of their times and places, so a pair that excludes one person's candidates excludes anyone's.
        """
        group, column = np.asarray(group, np.int64), np.asarray(column, np.int64)
        if not len(group):
            return
        order = np.argsort(group, kind="stable")
        starts = np.flatnonzero(np.diff(group[order])) + 1
        person, seat = self.candidates.person[column[order]], self.candidates.seat[column[order]]
        for first, last in pairwise([0, *starts.tolist(), len(order)]):
            if (person[first:last] != person[first]).any():
                raise Unsupported(f"{self.writing} excludes candidates of several people")
            self.apart.update(combinations(sorted(seat[first:last].tolist()), 2))

    def fix(self, column: ArrayLike, value: int) -> None:
        """Leave candidates out."""
        if value and np.size(column):
            raise Unsupported(f"{self.writing} fixes an assignment")
        self.allowed[np.asarray(column, np.int64)] = False

    def cost(self, column: ArrayLike, weight: ArrayLike, constant: int = 0) -> None:
        """Add to the cost of candidates."""
        if constant:
            raise Unsupported(f"{self.writing} costs something without an assignment")
        np.add.at(self.costs, np.asarray(column, np.int64), np.asarray(weight, np.int64) * self.factor)


def export(problem: Problem, rules: RuleSet = STANDARD_RULES) -> dict[str, Any]:
    """Return a problem as plain numbers.

    Parameters
    ----------
    problem
        A problem of fixed meetings with one seat each.
    rules
        The rules; their weighted sum is minimised, whatever their mode.

    Returns
    -------
    dict
        ``scale``: units per point of the weighted sum. ``facilitators``: id, employer (position or None), limits
        (None: no limit), ``load``, the hinges over hundredths of a tick. ``organisations``: id, opening balance in
        minutes. ``balance``: the hinges over minutes of balance, either way. ``seats``: ids, start, day and week (from
        0), ticks, minutes given, ``receipts`` (organisation, minutes), ``empty`` (units of leaving it empty),
        ``eligible`` with ``costs``, ``apart`` (seats that one person cannot hold as well).

    Raises
    ------
    Unsupported
        Something that the peer has no constraint for.
    """
    world = Arrays(problem)
    if any(len(seats) > 1 for seats in world.seats_at) or len(world.occasions) > len(world.seats):
        raise Unsupported("a meeting has several seats or slots")
    if not world.occasions.timed.all():
        raise Unsupported("there are duties")
    days = [date.fromordinal(number) for number in np.unique(world.occasions.day).tolist()]
    if any(
        row.organisation is None and employers(problem, row.facilitator, day) for row in world.people for day in days
    ):
        raise Unsupported("an employer stands in ties, which may differ from day to day")
    candidates = eligibility(world, rules).candidates
    scale = lcm(*(rule.scale for rule in rules.preferences))
    blocks = _blocks(candidates, rules, scale)

    def factor(kind: type[PreferenceRule]) -> int:
        """Return what a unit of a rule counts in the weighted sum, 0 without the rule."""
        found = [rule for rule in rules.preferences if isinstance(rule, kind)]
        return _factor(rules, found[0], scale) if found else 0

    balance = factor(ReciprocityRule)
    return {
        "scale": scale,
        "facilitators": list(_facilitators(world, rules, factor(FairLoadRule))),
        "organisations": list(_organisations(problem)),
        "balance": _rising([(60 * hours, rate * balance) for hours, rate in reciprocity.STEPS]),
        "seats": list(_seats(blocks, rules, scale)),
    }


def _factor(rules: RuleSet, rule: PreferenceRule, scale: int) -> int:
    return rules.weight_of(rules.tier_of(rule)) * (scale // rule.scale)


def _blocks(candidates: Candidates, rules: RuleSet, scale: int) -> PlainBlocks:
    """Return what all rules write that are no constraint streams of their own."""
    blocks = PlainBlocks(candidates)
    for constraint in rules.constraints:
        if constraint.id not in IN_STREAMS:
            blocks.writing = constraint.id
            constraint.post(candidates, blocks)
    for preference in rules.preferences:
        if preference.id not in IN_STREAMS:
            blocks.writing, blocks.factor = preference.id, _factor(rules, preference, scale)
            preference.penalty(candidates, blocks)
    limited = any(rule.id == "max-per-day" for rule in rules.constraints)
    blocks.settle([person.max_per_day if limited else None for person in candidates.world.people])
    return blocks


def _rising(steps: Sequence[tuple[int, int]]) -> Hinges:
    """Return hinges for steps ``(from, units)`` that each hold up to the next, leaving out what adds nothing."""
    before = [0, *(units for _, units in steps)]
    return [(start, units - less) for (start, units), less in zip(steps, before, strict=False) if units != less]


def _load(rule: FairLoadRule, target: int, factor: int) -> Hinges:
    """Return the hinges of a target in minutes over hundredths of a tick."""
    return _rising([(start, rate * factor) for start, _, rate in segments(target, rule.tolerance)])


def _facilitators(world: Arrays, rules: RuleSet, factor: int) -> Iterator[dict[str, Any]]:
    problem, weeks = world.problem, np.unique(world.occasions.week).tolist()
    ids = {rule.id for rule in rules.rules}
    loads = [rule for rule in rules.preferences if isinstance(rule, FairLoadRule)]
    goals: Mapping[str, int] = targets(problem) if loads else {}
    past = past_meetings(problem)

    def limit(rule: str, given: int | None) -> int | None:
        return given if rule in ids else None

    def rooms(person: Facilitator) -> list[int] | None:
        """Return how many meetings are left of each week's limit after the past."""
        if person.max_per_week is None or "max-per-week" not in ids:
            return None
        return [max(0, person.max_per_week - past[person.facilitator, week]) for week in weeks]

    for person in world.people:
        name = person.facilitator
        most = None if person.max_hours is None else ticks_limit(person.max_hours)
        yield {
            "id": name,
            "organisation": None if person.organisation is None else world.organisations.get(person.organisation),
            "per_day": limit("max-per-day", person.max_per_day),
            "per_week": rooms(person),
            "meetings": limit("max-meetings", person.max_meetings),
            "ticks": limit("max-hours", most),
            "load": _load(loads[0], goals[name], factor) if name in goals else [],
        }


def _organisations(problem: Problem) -> Iterator[dict[str, Any]]:
    opening = {row.organisation: opening_minutes(row) for row in problem.ledger}
    for row in problem.organisations:
        yield {"id": row.organisation, "opening": opening.get(row.organisation, 0)}


def _seats(blocks: PlainBlocks, rules: RuleSet, scale: int) -> Iterator[dict[str, Any]]:
    candidates = blocks.candidates
    world = candidates.world
    fills = [_factor(rules, rule, scale) for rule in rules.preferences if rule.id == "fill-seats"]
    splits = [rule.split for rule in rules.preferences if isinstance(rule, ReciprocityRule)]
    # Numbered from 0, in order: those without a meeting are left out.
    times = world.occasions.day, world.occasions.week
    days, weeks = (np.unique(column, return_inverse=True)[1].tolist() for column in times)
    apart: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in sorted(blocks.apart):
        apart[one].append(other)
        apart[other].append(one)
    order = np.lexsort((candidates.person, candidates.seat))
    order = order[blocks.allowed[order]]
    edges = np.searchsorted(candidates.seat[order], np.arange(len(world.seats) + 1))
    # Each seat has one occasion, and both stand in one order.
    for place, seat in enumerate(world.seats):
        meeting = world.problem.meeting(seat.meeting)
        ((start, _),) = world.problem.times(meeting)
        ticks = int(world.occasions.ticks[place])
        parties = receivers(world.problem, seat.meeting, splits[0]) if splits else ()
        mine = order[edges[place] : edges[place + 1]]
        yield {
            "meeting": seat.meeting,
            "seat": seat.seat,
            "start": start.isoformat(),
            "day": days[place],
            "week": weeks[place],
            "ticks": ticks,
            "minutes": part_minutes(ticks, 1),
            "receipts": [[world.organisations.get(name), part_minutes(ticks, len(parties))] for name in parties],
            "empty": meeting.weight * fills[0] if fills and seat.required else 0,
            "eligible": candidates.person[mine].tolist(),
            "costs": blocks.costs[mine].tolist(),
            "apart": apart[place],
        }
