"""The best schedule of each person at given prices, by dynamic programming.

A schedule is what one person does in all: candidates of that person that together keep the person's own rows, those
that only say how much is too much. Most rules are of that kind: meetings that overlap or lie too close, limits for a
day, a week, the period, hours that cost more beyond a share. A linear program takes half a meeting here and half a
meeting there to stay within them; a schedule takes whole ones, so that prices prove more when each person answers with
a schedule (Dantzig and Wolfe, "Decomposition principle for linear programs", Operations Research 8, 1960; Geoffrion
1974 says by how much).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_matrix

from poolmatch.arrays import Bools, Floats, Ints, bounds
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.labelling import NONE, WORD, Graph, Walk
from poolmatch.solving.column_generation.load_costs import Steps
from poolmatch.solving.column_generation.subset_row_cuts import Charges, Cuts
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.running.stopping import Stop

DEAREST = 2.0**48
"""What a row or a cut may be taken to cost as a whole is no more than this, in parts."""


class Schedules:
    """The candidates of each person, with the rows that schedules keep by themselves.

    Parameters
    ----------
    relaxation
        Rows, groups and bounds.
    features
        The candidates.
    objective
        What is minimised: a row may have steps, columns of its own that take up what is too much, if these cost.
    """

    def __init__(self, relaxation: Relaxation, features: CandidateFeatures, objective: Objective) -> None:
        count = len(features)
        low, high = relaxation.bounds
        weight = np.zeros(len(low), np.int64)
        weight[objective.column] = objective.weight
        rows = relaxation.whole.tocsr()
        row, column, factor = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)), rows.indices, rows.data
        mine = column < count
        step = ~mine & (np.bincount(column, minlength=len(low))[column] == 1)
        step &= (factor == -1) & (low[column] == 0) & (high[column] >= 0) & (weight[column] >= 0)
        person = np.where(mine, features.person[np.minimum(column, count - 1)], 0)
        owner = _of_all(row, mine, person, rows.shape[0])
        fits = np.where(mine, factor > 0, step)
        below, above = relaxation.sides
        kept = (owner >= 0) & (below <= -UNBOUNDED) & (above >= 0) & (above < 2 ** (WORD - 2))
        kept[row[~fits]] = False
        self.kept: Bools = kept
        """Which rows, and then groups, schedules keep; the others have prices."""
        self.inside: Bools = np.arange(len(low)) < count
        """Which columns schedules decide: candidates and steps."""
        self.inside[column[step & kept[row]]] = True
        self.people = int(features.person.max(initial=-1)) + 1
        """Number of people."""
        self.person = features.person
        """Of each candidate."""
        place = np.cumsum(kept) - 1
        entry = kept[row] & mine
        shape = int(kept.sum()), count
        self.matrix = csc_matrix((factor[entry], (place[row[entry]], column[entry])), shape=shape)
        self.owner = owner[kept]
        self.room = above[kept]
        stepped = column[step & kept[row]]
        self.steps = Steps.gathered(place[row[step & kept[row]]], high[stepped], weight[stepped], self.room)
        # What exceeds even the last step is too much.
        self.most = self.room.copy()
        self.most[self.steps.row] += self.steps.length.sum(axis=1)
        fit = np.ones(count, np.bool_)
        entries = self.matrix.tocoo()
        fit[entries.col[entries.data > self.most[entries.row]]] = False
        self._open = fit & (high[:count] > 0)
        self.forced = fit & (low[:count] > 0)
        """Which candidates have to be taken, as far as they can be."""
        self.busy = np.zeros(self.people, np.bool_)
        """Who cannot do nothing."""
        self.busy[self.person[self.forced]] = True
        self._weight = weight[:count]
        self.order = np.lexsort((np.arange(count), features.day, features.person))

    def costs(self, schedules: Sets, weight: Ints | None = None, bits: int = 0) -> Ints:
        """Return what schedules cost, what their loads cost included; shape ``(schedules,)``.

        Parameters
        ----------
        schedules
            The schedules.
        weight
            What each candidate costs, in parts; None is in the objective, in units.
        bits
            A unit has 2 to this power parts.
        """
        weight = self._weight if weight is None else weight
        taken = schedules.taken(len(self.person))
        load = (self.matrix[self.steps.row] @ taken).tocoo()
        cost: Ints = np.asarray(weight @ taken).ravel()
        np.add.at(cost, load.col, self.steps.cost(load.row.astype(np.int64), load.data, bits))
        return cost

    def priced(
        self,
        net: Ints,
        bits: int,
        duals: Floats,
        known: Ints | None = None,
        slack: Ints | None = None,
        stop: Stop | None = None,
        charges: Charges | None = None,
    ) -> Priced:
        """Return what schedules cost at prices.

        Parameters
        ----------
        net
            What each candidate costs, prices included, in parts; shape ``(candidates,)``.
        bits
            A unit of the objective has 2 to this power parts.
        duals
            Of the kept rows, in units, to see what leads nowhere: any numbers are right, but those of a linear program
            spare most work; shape ``(kept rows,)``.
        known
            What some schedule of each person costs, in parts; shape ``(people,)``. None is that of the empty one.
        slack
            By person, how much dearer than that a schedule may be to be of interest, in parts. None is not at all.
        stop
            Asked at every step; None is never.
        charges
            What is paid for cuts besides; None is nothing.

        Raises
        ------
        TooManyStates
            There are too many ways to what is of interest, or it was stopped.
        """
        known = np.zeros(self.people, np.int64) if known is None else np.minimum(known, 0)
        known[self.busy] = NONE  # it is not known here whether that is a schedule of theirs
        most = known if slack is None else np.where(known < NONE, known + slack, NONE)
        toll, excess = self._tolls(duals, bits)
        reduced = net + self.matrix.T @ toll
        least = np.zeros(self.people, np.int64)
        np.subtract.at(least, self.owner, excess)
        np.add.at(least, self.person, np.where(self.forced, reduced, np.where(self._open, np.minimum(reduced, 0), 0)))
        # Without a candidate a schedule is one still, and its own rows cost no more.
        floor = least[self.person] + np.maximum(0, np.maximum(net, reduced))
        wanted = (floor <= most[self.person]) & ((net < 0) | (slack is not None))
        chosen = wanted & self._open | self.forced
        used = self.order[chosen[self.order]]
        # What goes with a candidate that leads nowhere costs more than was of interest, and no more is known of it.
        beside = np.full(self.people, NONE)
        nowhere = self.person[self._open & (floor > most[self.person])]
        beside[nowhere] = most[nowhere] + 1
        charges = charges or Charges(Cuts.none(len(self.person)), np.zeros(0, np.int64))
        walk = Walk(self, used, net[used], bits, charges, stop)
        rough, too_much = walk.rough(toll[self.steps.row], excess[self.steps.row])
        found = walk.best(rough)  # is a schedule too
        if slack is None:
            graph, most = walk.deepened(rough, too_much, np.minimum(most, found))
        else:
            most = np.where(found < NONE, np.minimum(most, found + slack), most)
            graph = walk.refined(rough, most + too_much)
        mine, count = self.person[used], len(used)
        through = np.minimum(graph.through(count), np.minimum(most, NONE - 1)[mine] + 1)
        through = np.maximum(through, rough.through(count) - too_much[mine])
        floor[used] = np.minimum(through, beside[mine])
        return Priced(graph, used, net, floor, self)

    def _tolls(self, duals: Floats, bits: int) -> tuple[Ints, Ints]:
        """Return what each unit of a kept row may be taken to cost, and what that is too much by at most, in parts."""
        # Any toll is right, so that none needs to be so large that sums were not exact.
        largest = DEAREST / np.maximum(self.most, 1)
        finite = np.clip(np.nan_to_num(-duals), 0, DEAREST)
        toll = np.minimum(np.rint(finite * 2.0**bits), largest).astype(np.int64)
        excess = toll * self.most
        rows = self.steps.row
        toll[rows], excess[rows] = self.steps.linear(toll[rows], bits)
        return toll, excess


def _of_all(row: Ints, mine: Bools, person: Ints, count: int) -> Ints:
    """Return for so many rows whose candidates all of theirs are; -1 for those of several people or of none."""
    least, most = np.full(count, NONE), np.full(count, -1)
    np.minimum.at(least, row[mine], person[mine])
    np.maximum.at(most, row[mine], person[mine])
    return np.where(least == most, least, -1)


class Priced:
    """The schedules of all people at some prices; made by `Schedules.priced`."""

    def __init__(self, graph: Graph, used: Ints, net: Ints, floor: Ints, schedules: Schedules) -> None:
        self._graph, self._used, self._net, self._floor = graph, used, net, floor
        self._person, self._people, self._forced = schedules.person, schedules.people, schedules.forced

    @cached_property
    def least(self) -> Ints:
        """What the best schedule of each person costs, in parts; shape ``(people,)``."""
        least = np.zeros(self._people, np.int64)
        for layer in self._graph.layers[:1]:
            least[self._person[self._used[layer.at]]] = self._graph.least
        return least

    @property
    def reduced_cost(self) -> Ints:
        """What a schedule with each candidate costs more than the best of its person at least, in parts."""
        # Without a candidate that does not have to be taken, a schedule is one still.
        alone = np.where(self._forced, 0, np.maximum(self._net, 0))
        return np.asarray(np.maximum(alone, self._floor - self.least[self._person]))

    def best(self) -> Sets:
        """Return one of the best schedules of each person, but for empty ones."""
        first, at = self._graph.best()
        states, schedule = np.unique(first, return_inverse=True)
        layers = self._graph.layers
        people = self._person[self._used[layers[0].at[states]]] if layers else states
        found = Sets.of(people, schedule, self._used[at])
        return found.take(np.flatnonzero(self.least[people] < NONE))

    def within(self, slack: Ints, most: int = NONE) -> Sets | None:
        """Return all schedules but empty ones that are at most so much dearer than the best of their person.

        Parameters
        ----------
        slack
            By person, in parts; no more than what they were priced with.
        most
            So many at most; None is returned when there are more.
        """
        limit = self.least + slack
        layers = self._graph.layers
        first = self._used[layers[0].at] if layers else np.zeros(0, np.int64)
        person, state = self._person[first], np.arange(len(first))
        cost, link = np.zeros(len(first), np.int64), np.full(len(first), -1)
        chosen: list[Ints] = [np.zeros(0, np.int64)]
        earlier: list[Ints] = [np.zeros(0, np.int64)]  # of each choice, the one before it in its schedule
        ended: list[tuple[Ints, Ints]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        count, choices = 0, 0
        for place, (layer, after) in enumerate(zip(layers, self._graph.ahead[1:], strict=True)):
            going = len(layers[place + 1].at) if place + 1 < len(layers) else 0
            total = cost + layer.added[state]
            stayed, taken = layer.stayed[state], layer.taken[state]
            stays = np.flatnonzero((stayed >= 0) & (cost + after[stayed] <= limit[person]))
            takes = np.flatnonzero((taken >= 0) & (total + after[taken] <= limit[person]))
            chosen.append(self._used[layer.at[state[takes]]])
            earlier.append(link[takes])
            link = np.concatenate([link[stays], choices + np.arange(len(takes))])
            choices += len(takes)
            state, cost = np.concatenate([stayed[stays], taken[takes]]), np.concatenate([cost[stays], total[takes]])
            person = np.concatenate([person[stays], person[takes]])
            over = state >= going
            ended.append((person[over], link[over]))
            person, state, cost, link = (column[~over] for column in (person, state, cost, link))
            count += int((ended[-1][1] >= 0).sum())
            if count + int((link >= 0).sum()) > most:
                return None
        candidate, before = np.concatenate(chosen), np.concatenate(earlier)
        person, link = (np.concatenate(parts) for parts in zip(*ended, strict=True))
        person, link = person[link >= 0], link[link >= 0]
        pairs: list[tuple[Ints, Ints]] = []
        schedule = np.arange(len(link))
        while len(schedule):
            pairs.append((schedule, candidate[link]))
            link = before[link]
            schedule, link = schedule[link >= 0], link[link >= 0]
        where, member = (
            (np.concatenate(parts) for parts in zip(*pairs[::-1], strict=True)) if pairs else (schedule, link)
        )
        return Sets.of(person, where, member)


@dataclass(frozen=True)
class Sets:
    """Schedules.

    Attributes
    ----------
    person
        Who would do it; shape ``(schedules,)``.
    edges
        Where the candidates of each begin in `member`, and where the last ends; shape ``(schedules + 1,)``.
    member
        Candidates, of each schedule in the order of time.
    """

    person: Ints
    edges: Ints
    member: Ints

    def __len__(self) -> int:
        return len(self.person)

    @classmethod
    def of(cls, person: Ints, schedule: Ints, member: Ints) -> Sets:
        """Return schedules of the person of each, and of pairs of schedule and candidate."""
        order = np.argsort(schedule, kind="stable")
        return cls(person, bounds(schedule[order], len(person)), member[order])

    def taken(self, count: int) -> csc_matrix:
        """Return which of so many candidates each takes; shape ``(candidates, schedules)``."""
        return csc_matrix((np.ones(len(self.member), np.int64), self.member, self.edges), shape=(count, len(self)))

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield the person and the candidates of each, as something that can be looked up."""
        for place, person in enumerate(self.person.tolist()):
            yield person, self.member[self.edges[place] : self.edges[place + 1]].tobytes()

    def take(self, places: Ints) -> Sets:
        """Return some of them."""
        sizes = np.diff(self.edges)[places]
        edges = np.append(0, np.cumsum(sizes))
        shift = np.repeat(self.edges[places] - edges[:-1], sizes)
        return Sets(self.person[places], edges, self.member[np.arange(edges[-1]) + shift])

    def distinct(self) -> Sets:
        """Return each of them once."""
        places: dict[tuple[int, bytes], int] = {}
        for place, item in enumerate(self):
            places.setdefault(item, place)
        return self.take(np.array(list(places.values()), np.int64))

    def joined(self, other: Sets) -> Sets:
        """Return them with others after them."""
        edges = np.append(self.edges, self.edges[-1] + other.edges[1:])
        return Sets(np.append(self.person, other.person), edges, np.append(self.member, other.member))
