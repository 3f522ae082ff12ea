"""Small systems of which it is known what each person may do: drawn at random, and every schedule gone through."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tests.solving.candidate_features import land
from tests.solving.systems import system_of

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.labelling import LabellingParams
from poolmatch.solving.column_generation.master import MasterParams, MasterProblem
from poolmatch.solving.column_generation.personal_rows import PersonalRows
from poolmatch.solving.column_generation.pricer import Pricer
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.running.stopping import Stop

Steps = Sequence[tuple[int, int]]
"""Length and weight of each."""


@dataclass(frozen=True)
class Own:
    """A row of one person that schedules keep by themselves.

    Attributes
    ----------
    takes
        By candidate.
    room
        What costs nothing.
    over
        What each unit beyond it costs, the cheapest first; there can be no more of them.
    """

    takes: Mapping[int, int]
    room: int
    over: Sequence[int]


@dataclass(frozen=True)
class Case:
    """A system, and what schedules should make of it.

    Attributes
    ----------
    own
        The rows and groups that schedules keep.
    kept
        Which rows, and then groups, these are.
    inside
        Which columns schedules decide.
    """

    features: CandidateFeatures
    system: System
    objective: Objective
    own: list[Own]
    kept: list[bool]
    inside: list[bool]

    @property
    def count(self) -> int:
        return len(self.features)

    @property
    def people(self) -> int:
        return int(self.features.person.max()) + 1

    @property
    def relaxation(self) -> Relaxation:
        return Relaxation.of(self.features, self.system)

    @property
    def personal_rows(self) -> PersonalRows:
        return PersonalRows(self.relaxation, self.features, self.objective)

    def pricer(self, duals: Floats, stop: Stop | None = None, params: LabellingParams | None = None) -> Pricer:
        """Return who prices schedules, with duals of the kept rows."""
        return Pricer(self.personal_rows, duals, stop, params)

    def master(
        self, values: Ints, duals: Floats | None = None, stop: Stop | None = None, params: MasterParams | None = None
    ) -> MasterProblem:
        """Return the master problem, with the schedules of a roster; its duals are 0 unless they are given."""
        duals = np.zeros(len(self.kept)) if duals is None else duals
        return MasterProblem(self.personal_rows, duals, values, stop, params)

    def mine(self, person: int) -> Ints:
        """Return the candidates of a person in the order of time."""
        days, people = self.features.day.tolist(), self.features.person.tolist()
        one = (candidate for candidate in range(self.count) if people[candidate] == person)
        return np.array(sorted(one, key=lambda candidate: (days[candidate], candidate)), np.int64)

    def menu(self, person: int, net: Ints, bits: int = 0) -> dict[tuple[int, ...], int]:
        """Return what each schedule of a person costs, by its candidates; the empty one is among them if it may be."""
        mine = self.mine(person)
        low, high = (side[mine] for side in self.system.bounds)
        taken = np.array(list(itertools.product((0, 1), repeat=len(mine))), np.int64).reshape(2 ** len(mine), len(mine))
        keeps: Bools = np.asarray(((taken >= low) & (taken <= high)).all(axis=1))
        cost = taken @ net[mine]
        for row in self.own:
            over = np.maximum(
                0, taken @ np.array([row.takes.get(one, 0) for one in mine.tolist()], np.int64) - row.room
            )
            keeps &= over <= len(row.over)
            dear = np.append(0, np.cumsum(np.array(row.over, np.int64)))
            cost += dear[np.minimum(over, len(row.over))] << bits
        return {tuple(mine[row == 1].tolist()): int(cost[place]) for place, row in enumerate(taken) if keeps[place]}

    def menus(self, net: Ints, bits: int = 0) -> list[dict[tuple[int, ...], int]]:
        """Return the menu of each person."""
        return [self.menu(person, net, bits) for person in range(self.people)]

    @property
    def weight(self) -> Ints:
        """What each column costs, in units."""
        weight = np.zeros(len(self.inside), np.int64)
        weight[self.objective.column] = self.objective.weight
        return weight

    def rosters(self, menus: Sequence[Mapping[tuple[int, ...], int]] | None = None) -> tuple[Ints, Ints]:
        """Return all rosters: the values of all columns, those of steps aside, and what each is worth.

        Parameters
        ----------
        menus
            What schedules each person has one of, with what they cost in units; None is all there are.
        """
        inside = np.array(self.inside)
        outside = np.flatnonzero(~inside)
        menus = self.menus(self.weight[: self.count]) if menus is None else menus
        chosen = list(itertools.product(*(menu.items() for menu in menus)))
        taken = np.zeros((len(chosen), len(inside)), np.int64)
        for place, choice in enumerate(chosen):
            taken[place, [one for items, _ in choice for one in items]] = 1
        cost = np.array([sum(cost for _, cost in choice) for choice in chosen], np.int64)
        ranges = [range(self.system.bounds[0][one], self.system.bounds[1][one] + 1) for one in outside]
        points = list(itertools.product(*ranges))
        others = np.array(points, np.int64).reshape(len(points), len(outside))
        values = np.repeat(taken, len(others), axis=0)
        values[:, outside] = np.tile(others, (len(taken), 1))
        keeps = np.ones(len(values), np.bool_)
        matrix, (low, high) = self.relaxation.whole.toarray(), self.relaxation.sides
        for row in np.flatnonzero(~np.array(self.kept, np.bool_)).tolist():
            activity = values @ matrix[row]
            keeps &= (activity >= low[row]) & (activity <= high[row])
        cost = np.repeat(cost, len(others)) + values[:, outside] @ self.weight[outside]
        return values[keeps], self.objective.constant + self.objective.unit * cost[keeps]


class Draft:
    """Writes a case row by row.

    Parameters
    ----------
    person
        Of each candidate.
    day
        When it is; None is in the order of their numbers.
    seat
        Of each candidate; None is one of its own.
    """

    def __init__(self, person: Sequence[int], day: Sequence[float] | None = None, seat: Sequence[int] = ()) -> None:
        count = len(person)
        when = np.arange(count, dtype=float) if day is None else np.array(day, float)
        self.features = replace(land(person, [(52.0, 5.0)] * count, seat), day=when)
        self.low, self.high, self.weight = [0] * count, [1] * count, [0] * count
        self._inside = [True] * count
        self._entries: list[tuple[int, int, int]] = []
        self._sides: list[tuple[int, int]] = []
        self._members: list[tuple[int, int]] = []
        self._own: list[Own] = []
        self._kept: tuple[list[bool], list[bool]] = [], []

    def column(self, low: int = 0, high: int = 1, weight: int = 0, inside: bool = False) -> int:
        """Add a column; return which one it is."""
        self.low.append(low)
        self.high.append(high)
        self.weight.append(weight)
        self._inside.append(inside)
        return len(self.low) - 1

    def own(self, takes: Mapping[int, int], room: int, steps: Steps = ()) -> None:
        """Add a row that schedules keep, with a column for each step."""
        factors = dict(takes) | {self.column(0, length, weight, True): -1 for length, weight in steps}
        self.row(factors, -UNBOUNDED, room)
        self._kept[0][-1] = True
        self._own.append(Own(takes, room, sorted(weight for length, weight in steps for _ in range(length))))

    def row(self, factors: Mapping[int, int], low: int, high: int) -> None:
        """Add a row that has a price."""
        self._entries += [(len(self._sides), column, factor) for column, factor in factors.items()]
        self._sides.append((low, high))
        self._kept[0].append(False)

    def group(self, members: Sequence[int], own: bool = False) -> None:
        """Add a group, that schedules keep or that has a price."""
        self._members += [(len(self._kept[1]), column) for column in members]
        self._kept[1].append(own)
        if own:
            self._own.append(Own(dict.fromkeys(members, 1), 1, ()))

    def case(self, constant: int = 0, unit: int = 1) -> Case:
        low, high = ([side[place] for side in self._sides] for place in (0, 1))
        system = system_of(self.low, self.high, self._entries, low, high, self._members)
        used = np.flatnonzero(self.weight)
        objective = Objective(1, 1, used, np.array(self.weight, np.int64)[used], constant, unit)
        return Case(self.features, system, objective, self._own, [*self._kept[0], *self._kept[1]], self._inside)


def random_case(
    rng: random.Random, people: int = 4, each: int = 8, others: int = 3, forced: float = 0.04, long: int = 40
) -> Case:
    """Return a case with so many people, candidates of each, and columns and rows of other kinds at most.

    Parameters
    ----------
    rng
        Draws it.
    people, each, others
        How much there is at most.
    forced
        The chance that a candidate has to be taken.
    long
        Of a step that is long enough for nearly every load.
    """
    counts = [rng.randint(1, each) for _ in range(rng.randint(1, people))]
    person = [one for one, number in enumerate(counts) for _ in range(number)]
    rng.shuffle(person)
    seat = [rng.randrange(len(person)) for _ in person] if rng.random() < 0.5 else range(len(person))
    draft = Draft(person, [rng.randint(0, len(person)) / 2 for _ in person], seat)
    for one in set(seat):
        members = [candidate for candidate in range(len(person)) if seat[candidate] == one]
        if len(members) > 1:  # a seat has one of its candidates at most
            draft.group(members, own=len({person[candidate] for candidate in members}) == 1)
    for one in range(len(person)):
        draft.low[one] = int(rng.random() < forced)
        draft.high[one] = int(draft.low[one] or rng.random() < 0.9)
        draft.weight[one] = rng.choice([-9, -6, -4, -3, -2, -1, 0, 1, 3])
    time = sorted(range(len(person)), key=lambda one: (draft.features.day[one], one))
    for one in range(len(counts)):
        mine = [candidate for candidate in time if person[candidate] == one]
        for _ in range(rng.randint(0, 4)):
            first, last = sorted((rng.randrange(len(mine)), rng.randrange(len(mine))))
            part = mine[first : last + 1] if rng.random() < 0.6 else rng.sample(mine, rng.randint(1, len(mine)))
            if rng.random() < 0.3 and len(part) > 1:
                draft.group(part, own=True)
            else:
                takes = {candidate: rng.randint(1, 5) for candidate in part}
                draft.own(
                    takes, rng.choice([0, 1, 2, 3, 5, 8, 13]), random_steps(rng, long) if rng.random() < 0.5 else ()
                )
    for _ in range(rng.randint(0, others)):
        _foreign(rng, draft, person, time)
    return draft.case(rng.randint(-9, 9), rng.choice([1, 1, 4]))


def random_steps(rng: random.Random, long: int = 40) -> list[tuple[int, int]]:
    """Return steps: mostly dearer and dearer, not always, and not always long enough for every load."""
    steps = [(rng.choice([0, 1, 2, 3]), rng.randint(0, 4)) for _ in range(rng.randint(1, 3))]
    steps = sorted(steps, key=lambda step: step[1]) if rng.random() < 0.6 else steps
    return [*steps, (long, 5)] if rng.random() < 0.5 else steps


def _foreign(rng: random.Random, draft: Draft, person: list[int], time: list[int]) -> None:
    """Write a row or group that schedules do not keep, for one of many reasons; all zeros keep most."""
    some = rng.sample(time, rng.randint(1, min(4, len(time))))
    one = [candidate for candidate in some if person[candidate] == person[some[0]]]
    takes = {candidate: rng.randint(1, 3) for candidate in one}
    shared = {candidate: rng.randint(1, 3) for candidate in some}
    match rng.randrange(10):
        case 0 | 1 if len(one) < len(some):  # several people
            draft.row(shared, -UNBOUNDED, rng.randint(1, 5))
        case 2 if len(one) < len(some):
            draft.group(some)
        case 0 | 3:  # a lower bound
            draft.row(takes, rng.choice([-1, 0]), rng.randint(1, 4))
        case 4:  # what gives room
            draft.row(takes | {one[0]: -2}, -UNBOUNDED, rng.randint(0, 3))
        case 1 | 5:  # a column that costs less the more it takes up, or that need not be 0
            low, high, weight = rng.choice([(0, 3, -1), (-1, 2, 1), (1, 3, 2)])
            draft.row(takes | {draft.column(low, high, weight): -1}, -UNBOUNDED, rng.randint(0, 3))
        case 6:  # a column of two rows
            column = draft.column(0, 3, 1)
            draft.row(takes | {column: -1}, -UNBOUNDED, 1)
            draft.row(shared | {column: -1}, -UNBOUNDED, 2)
        case 7:  # what takes up two at once
            draft.row(takes | {draft.column(0, 3, 2): -2}, -UNBOUNDED, rng.randint(0, 3))
        case 8:  # nobody's
            draft.row({draft.column(0, 2, -1): 1}, -UNBOUNDED, 1)
        case _:  # with something else in a group
            draft.group([*one, draft.column(0, 1, rng.choice([-2, 1]))])


def as_pairs(schedules: Schedules) -> list[tuple[int, tuple[int, ...]]]:
    """Return the person and the candidates of each schedule."""
    edges = schedules.edges.tolist()
    members = [tuple(schedules.member[first:last].tolist()) for first, last in itertools.pairwise(edges)]
    return list(zip(schedules.person.tolist(), members, strict=True))


def circle(rng: random.Random, spread: int = 3) -> Case:
    """Return three people who each want two of three seats, or one meeting of their own that takes as long as both.

    Half of all that fills the seats and half of the other meetings is better than any roster, mostly.
    """
    draft = Draft([0, 0, 0, 1, 1, 1, 2, 2, 2], seat=[0, 1, 3, 1, 2, 4, 0, 2, 5])
    for members in ([0, 6], [1, 3], [4, 7]):
        draft.group(members)
    for person in range(3):
        draft.own({3 * person: 1, 3 * person + 1: 1, 3 * person + 2: 2}, 2)
        for place, gain in enumerate((20, 20, 30)):
            draft.weight[3 * person + place] = -gain - rng.randint(-spread, spread)
    return draft.case()


def two_people(alike: bool = True) -> Case:
    """Return a case of three seats that gain 6, 5 and 4, and two people who have room for one of them each.

    In a linear program they do all three, one and a half each, for 15; they can do two, for 11. Where those for a seat
    are not alike, it is not known that they are for one seat: only that they are in a group.
    """
    draft = Draft([0, 0, 0, 1, 1, 1], None, [0, 1, 2, 0, 1, 2] if alike else ())
    draft.weight[:] = [-6, -5, -4] * 2
    draft.own({0: 2, 1: 2, 2: 2}, 3)
    draft.own({3: 2, 4: 2, 5: 2}, 3)
    for seat in range(3):
        draft.group([seat, seat + 3])
    return draft.case(unit=2)
