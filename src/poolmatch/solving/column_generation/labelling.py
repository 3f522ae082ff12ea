"""Going through the candidates of all people at once, one of each at a time, in the order of time.

What has been taken so far matters only by what it leaves of each row that still lies ahead: states that leave the same
are one, the cheapest. Rows whose load only costs something would tell nearly all states apart. So these are gone
through twice: first each unit of load costs the same, and then, minding what it really costs, only where that could
still end well (state-space relaxation; Christofides, Mingozzi and Toth, "State-space relaxation procedures for the
computation of bounds to routing problems", Networks 11, 1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_matrix

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.column_generation.subset_row_cuts import Charges
from poolmatch.solving.running.stopping import Stop

if TYPE_CHECKING:
    from poolmatch.solving.column_generation.pricer import Schedules

WORD = 62
"""Bits of a machine word that hold what is left of rows."""
NONE = 2**62
"""What is never reached costs so much."""
DEEPER = 8
"""How much dearer schedules may be than before when none was found."""
CELLS = 40_000_000
"""So many numbers are written down at most, those of a layer and of its states."""
OF_LAYER = 8
"""Numbers that each state takes in a layer and in what is worked out from it."""


class TooManyStates(Exception):
    """There is more to go through than memory and time allow."""


@dataclass(frozen=True)
class Layer:
    """One step: for all people at once, one candidate each.

    Attributes
    ----------
    at
        Of each state, which candidate is next, as a position among those that are used.
    stayed, taken
        What each state becomes without and with the candidate, as a position in the next layer, beyond whose end are
        those of people who have come to theirs; -1 where that cannot be.
    added
        What taking the candidate costs, in parts.
    """

    at: Ints
    stayed: Ints
    taken: Ints
    added: Ints


@dataclass(frozen=True)
class Graph:
    """All steps."""

    layers: list[Layer]

    @property
    def least(self) -> Ints:
        """What the best way from each state of the first layer costs."""
        return self.ahead[0]

    @cached_property
    def ahead(self) -> list[Ints]:
        """What each state costs at least from there on: those of the first layer, then those that each leads to."""
        found: list[Ints] = []
        here = np.zeros(0, np.int64)
        for layer in reversed(self.layers):
            after = np.zeros(1 + int(max(layer.stayed.max(initial=0), layer.taken.max(initial=0))), np.int64)
            after[: len(here)] = here
            found.append(after)
            here = np.full(len(layer.at), NONE)
            stays, takes = np.flatnonzero(layer.stayed >= 0), np.flatnonzero(layer.taken >= 0)
            here[stays] = after[layer.stayed[stays]]
            here[takes] = np.minimum(here[takes], layer.added[takes] + after[layer.taken[takes]])
        return [*found, here][::-1]

    def best(self) -> tuple[Ints, Ints]:
        """Return what one of the best ways from each state of the first layer takes: that state, and the candidate."""
        taking = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        first = state = np.arange(len(self.ahead[0]))
        for place, (layer, ahead) in enumerate(zip(self.layers, self.ahead[1:], strict=True)):
            stayed, taken = layer.stayed[state], layer.taken[state]
            without = np.where(stayed >= 0, ahead[stayed], NONE)
            takes = (taken >= 0) & (layer.added[state] + ahead[taken] < without)
            taking.append((first[takes], layer.at[state[takes]]))
            state = np.where(takes, taken, stayed)
            going = (state >= 0) & (state < (len(self.layers[place + 1].at) if place + 1 < len(self.layers) else 0))
            first, state = first[going], state[going]
        first, at = (np.concatenate(parts) for parts in zip(*taking, strict=True))
        return first, at

    def through(self, count: int) -> Ints:
        """Return what ways that take each of so many candidates cost at least; `NONE` where there are none."""
        through = np.full(count, NONE)
        here = np.zeros(len(self.layers[0].at) if self.layers else 0, np.int64)
        for place, (layer, ahead) in enumerate(zip(self.layers, self.ahead[1:], strict=True)):
            there = np.full(len(ahead), NONE)
            stays, takes = np.flatnonzero(layer.stayed >= 0), np.flatnonzero(layer.taken >= 0)
            with_ = here[takes] + layer.added[takes]
            np.minimum.at(through, layer.at[takes], with_ + ahead[layer.taken[takes]])
            np.minimum.at(there, layer.stayed[stays], here[stays])
            np.minimum.at(there, layer.taken[takes], with_)
            here = there[: len(self.layers[place + 1].at)] if place + 1 < len(self.layers) else there
        return through


class Walk:
    """Ways through the candidates of all people.

    Parameters
    ----------
    schedules
        Whose candidates these are.
    used
        Those that are gone through, by person and then in the order of time.
    net
        What each of them costs, prices included, in parts.
    bits
        A unit of the objective has 2 to this power parts.
    stop
        Asked at every step; None is never.
    """

    def __init__(
        self, schedules: Schedules, used: Ints, net: Ints, bits: int, charges: Charges, stop: Stop | None
    ) -> None:
        self.plan = Plan(schedules, used)
        """How states are written."""
        self._odd, self._charges = Odd(charges, schedules.person, used), charges
        self._forced, self._person = schedules.forced[used], schedules.person[used]
        self._people, self._owner = schedules.people, schedules.owner[schedules.steps.row]
        self._net, self._bits, self._stop = net, bits, stop

    def rough(self, toll: Ints, excess: Ints) -> tuple[Graph, Ints]:
        """Return all ways where each unit of load costs the same, and what these cost too much at most, by person.

        Parameters
        ----------
        toll, excess
            By row with steps, a line that is never above what loads cost: `Steps.linear`.
        """
        climb, at, factor = self.plan.climbs
        cost = self._net.copy()
        np.add.at(cost, at, toll[climb] * factor)
        too_much = np.zeros(self._people, np.int64)
        loaded = np.unique(climb)
        np.add.at(too_much, self._owner[loaded], excess[loaded])
        return self._all(cost), too_much

    def _all(self, cost: Ints) -> Graph:
        """Go through candidates one by one, minding what is too much."""
        plan, budget, layers = self.plan, _Budget(self._stop), list[Layer]()
        rank = np.arange(plan.active(0))
        state, spent = np.zeros((len(rank), plan.words), np.int64), np.zeros(len(rank), np.int64)
        for step in range(plan.steps):
            budget.spend(len(rank), OF_LAYER + plan.words)
            at = plan.first[rank] + step
            before = state | plan.born[at]
            after = before - plan.less[at]
            fits = ((after & plan.guard[at]) == plan.guard[at]).all(axis=1)
            takes, stays = np.flatnonzero(fits), np.flatnonzero(~self._forced[at])
            state = np.concatenate([before[stays] & plan.left[at[stays]], after[takes] & plan.left[at[takes]]])
            total = np.concatenate([spent[stays], spent[takes] + cost[at[takes]]])
            who = np.concatenate([rank[stays], rank[takes]])
            layer, order, new = _merged(at, cost[at], stays, takes, total, (*state.T, who))
            layers.append(layer)
            rank, state, spent = who[order][new], state[order][new], total[order][new]
            going = rank < plan.active(step + 1)  # the busiest come first, so that who ends is at the end
            rank, state, spent = rank[going], state[going], spent[going]
        return Graph(layers)

    def refined(self, rough: Graph, limit: Ints) -> Graph:
        """Return the ways of a rough graph with what loads really cost, but for those that end beyond a limit there.

        Parameters
        ----------
        rough
            All ways, with what they roughly cost.
        limit
            By person, in parts.
        """
        plan, odd, budget, layers = self.plan, self._odd, _Budget(self._stop), list[Layer]()
        node = np.arange(plan.active(0))
        load = np.zeros((len(node), plan.most_climbs), np.int64)
        half = np.zeros((len(node), odd.words), np.int64)
        spent, roughly = np.zeros((2, len(node)), np.int64)
        for step, (layer, ahead) in enumerate(zip(rough.layers, rough.ahead[1:], strict=True)):
            budget.spend(len(node), OF_LAYER + plan.most_climbs + odd.words)
            at, stayed, taken = layer.at[node], layer.stayed[node], layer.taken[node]
            most, with_ = limit[self._person[at]], roughly + layer.added[node]
            stays = np.flatnonzero((stayed >= 0) & (roughly + ahead[stayed] <= most))
            takes = np.flatnonzero((taken >= 0) & (with_ + ahead[taken] <= most))
            after = load[takes] + plan.load[at[takes]]
            added = np.zeros(len(at), np.int64)
            added[takes] = self._net[at[takes]] + plan.dearer(at[takes], load[takes], after, self._bits)
            added[takes] += odd.paid(at[takes], half[takes])
            half = np.concatenate([half[stays], half[takes] ^ odd.flips[at[takes]]])
            half &= odd.left[np.concatenate([at[stays], at[takes]])]
            load = np.concatenate([load[stays], after])
            total = np.concatenate([spent[stays], spent[takes] + added[takes]])
            roughly = np.concatenate([roughly[stays], with_[takes]])
            where = np.concatenate([stayed[stays], taken[takes]])
            found, order, new = _merged(at, added, stays, takes, total, (*load.T, *half.T, where))
            layers.append(found)
            node, load, half, spent, roughly = (column[order][new] for column in (where, load, half, total, roughly))
            going = node < (len(rough.layers[step + 1].at) if step + 1 < plan.steps else 0)
            node, load, half, spent, roughly = (column[going] for column in (node, load, half, spent, roughly))
        return Graph(layers)

    def deepened(self, rough: Graph, too_much: Ints, most: Ints) -> tuple[Graph, Ints]:
        """Look for the best ways between what they cost at least and at most, near the least at first.

        There are far fewer ways to those that cost little.

        Parameters
        ----------
        rough, too_much
            All ways, with what they roughly cost, and by how much that may be too much.
        most
            What some way of each person costs, in parts; shape ``(people,)``.

        Returns
        -------
        tuple
            A graph with the best way of each person, and up to which cost it has all.
        """
        people, most = self.plan.people, most.copy()
        least = most.copy()
        least[people] = rough.least - too_much[people]
        limit = np.minimum(most, least + (most - least) // DEEPER)
        while True:
            graph = self.refined(rough, limit + too_much)
            most[people] = np.minimum(most[people], graph.least)
            if (limit >= most)[people].all():
                return graph, limit
            limit = np.where(limit >= most, most, np.minimum(most, least + DEEPER * np.maximum(1, limit - least)))

    def best(self, rough: Graph) -> Ints:
        """Return what the way of each person that is the best of a rough graph really costs; `NONE` without any."""
        plan = self.plan
        first, at = rough.best()
        cost, load = np.zeros(len(plan.people), np.int64), np.zeros((len(plan.people), plan.most_climbs), np.int64)
        np.add.at(cost, first, self._net[at])
        np.add.at(load, first, plan.load[at])
        found = np.full(self._people, NONE)
        cost += plan.dearer(plan.first, np.zeros_like(load), load, self._bits)
        shape = self._charges.cuts.member.shape[1], len(cost)
        cost += self._charges.cost(csc_matrix((np.ones(len(at), np.int64), (plan.used[at], first)), shape=shape))
        found[plan.people] = np.where(rough.least < NONE, cost, NONE)
        return found


class Plan:
    """How states are written: what is left of each row that lies ahead, side by side in machine words.

    Parameters
    ----------
    schedules
        Whose candidates these are.
    used
        Those that are gone through, by person and then in the order of time.

    Attributes
    ----------
    first
        Where the candidates of each person begin, the person with most of them first.
    people
        These people.
    born, less, guard, left
        Of each candidate: the rows that begin with it, what it takes of each, the bits that say whether there was
        enough, and those of the rows that go on after it; shape ``(used, words)``.
    climbs
        Entries of rows whose load costs something: their steps, the candidate as a position, and the load.
    load, step_of
        The same for each candidate, as columns: the load, and the steps of each such row of the person, -1 where there
        are no more; shape ``(used, most_climbs)``.
    """

    def __init__(self, schedules: Schedules, used: Ints) -> None:
        self.used = used
        _, starts, counts = np.unique(schedules.person[used], return_index=True, return_counts=True)
        ranked = np.argsort(-counts, kind="stable")
        self.first, self._counts = starts[ranked], counts[ranked]
        self.people = schedules.person[used[self.first]]
        self.steps = int(counts.max(initial=0))
        """How many candidates those have who have most."""
        entries = schedules.matrix[:, used].tocsr()
        row, at = np.repeat(np.arange(entries.shape[0]), np.diff(entries.indptr)), entries.indices.astype(np.int64)
        factor = entries.data
        total = np.asarray(entries.sum(axis=1)).ravel()
        binds = total > schedules.most
        self._write(row[binds[row]], at[binds[row]], factor[binds[row]], schedules)
        climbs = ((schedules.steps.of >= 0) & (total > schedules.room))[row]
        self._steps = schedules.steps
        row, at, factor = row[climbs], at[climbs], factor[climbs]
        order = np.argsort(at, kind="stable")
        self.climbs = schedules.steps.of[row[order]], at[order], factor[order]
        # All candidates of a person stand in the same order of rows, so that loads add up by column.
        numbers = np.zeros(len(schedules.owner), np.int64)
        rows = np.unique(row)
        rows = rows[np.argsort(schedules.owner[rows], kind="stable")]
        numbers[rows] = np.arange(len(rows)) - np.searchsorted(schedules.owner[rows], schedules.owner[rows])
        self.most_climbs = int(numbers[rows].max(initial=-1)) + 1
        self.load = np.zeros((len(used), self.most_climbs), np.int64)
        self.load[at, numbers[row]] = factor
        step_of = np.full((schedules.people, self.most_climbs), -1)
        step_of[schedules.owner[rows], numbers[rows]] = schedules.steps.of[rows]
        self.step_of = step_of[schedules.person[used]]

    def _write(self, row: Ints, at: Ints, factor: Ints, schedules: Schedules) -> None:
        """Find a place for what is left of each row in the words of states."""
        height, count = len(schedules.owner), len(self.used)
        first, last = np.full(height, count), np.full(height, -1)
        np.minimum.at(first, row, at)
        np.maximum.at(last, row, at)
        rows = np.unique(row)
        rows = rows[np.argsort(first[rows], kind="stable")]
        word, shift, width = np.zeros((3, height), np.int64)
        width[rows] = [int(size).bit_length() for size in schedules.most[rows]]
        self.words = _laid_out(rows, first, last, width + 1, schedules.owner, word, shift)
        self.born, self.less, self.guard, gone = np.zeros((4, count, self.words), np.int64)
        bit = np.left_shift(1, width)
        np.add.at(self.born, (first[rows], word[rows]), (schedules.most + bit)[rows] << shift[rows])
        np.add.at(gone, (last[rows], word[rows]), (2 * bit - 1)[rows] << shift[rows])
        np.add.at(self.less, (at, word[row]), factor << shift[row])
        np.add.at(self.guard, (at, word[row]), bit[row] << shift[row])
        self.left = ~gone

    def active(self, step: int) -> int:
        """Return how many people have more than so many candidates."""
        return int(np.searchsorted(-self._counts, -step, "left"))

    def dearer(self, at: Ints, before: Ints, after: Ints, bits: int) -> Ints:
        """Return what loads cost more after candidates were taken than before, in parts."""
        dearer = np.zeros(len(at), np.int64)
        for number in range(self.most_climbs):
            of = self.step_of[at, number]
            places = np.flatnonzero(of >= 0)
            of = of[places]
            new, old = after[places, number], before[places, number]
            dearer[places] += self._steps.cost(of, new, bits) - self._steps.cost(of, old, bits)
        return dearer


class Odd:
    """How states are written of which a schedule has an odd number: of the groups of each cut.

    Parameters
    ----------
    charges
        What schedules pay for cuts.
    person
        Of each candidate.
    used
        The candidates that are gone through, by person and then in the order of time.

    Attributes
    ----------
    words
        Machine words of a state.
    flips, left
        Of each candidate, the bits that it turns, and those of the cuts that go on after it; shape ``(used, words)``.
    """

    def __init__(self, charges: Charges, person: Ints, used: Ints) -> None:
        entries = charges.cuts.member[charges.each > 0][:, used].tocoo()
        fee = charges.each[charges.each > 0]
        who = person[used[entries.col]]
        row, cut, at = who * len(fee) + entries.row, entries.row, entries.col.astype(np.int64)
        rows, row, counts = np.unique(row, return_inverse=True, return_counts=True)
        pays = (counts > 1)[row]
        row, cut, at = row[pays], cut[pays], at[pays]
        height, count = len(rows), len(used)
        first, last = np.full(height, count), np.full(height, -1)
        np.minimum.at(first, row, at)
        np.maximum.at(last, row, at)
        owner, word, shift = rows // max(1, len(fee)), *np.zeros((2, height), np.int64)
        live = np.unique(row)
        live = live[np.argsort(first[live], kind="stable")]
        self.words = 0
        self.flips, gone = np.zeros((2, count, 0), np.int64)
        if len(live):
            self.words = _laid_out(live, first, last, np.ones(height, np.int64), owner, word, shift)
            self.flips, gone = np.zeros((2, count, self.words), np.int64)
            np.add.at(self.flips, (at, word[row]), np.left_shift(1, shift[row]))
            np.add.at(gone, (last[live], word[live]), np.left_shift(1, shift[live]))
        self.left = ~gone
        order = np.argsort(at, kind="stable")
        row, cut, at = row[order], cut[order], at[order]
        number = np.arange(len(at)) - np.searchsorted(at, at)
        self._word, self._shift, self._fee = np.zeros((3, int(number.max(initial=-1)) + 1, count), np.int64)
        self._word[number, at], self._shift[number, at], self._fee[number, at] = word[row], shift[row], fee[cut]

    def paid(self, at: Ints, half: Ints) -> Ints:
        """Return what taking candidates costs more for those cuts of which there is one already."""
        paid, row = np.zeros(len(at), np.int64), np.arange(len(at))
        for word, shift, fee in zip(self._word, self._shift, self._fee, strict=True):
            paid += fee[at] * (half[row, word[at]] >> shift[at] & 1)
        return paid


def _laid_out(rows: Ints, first: Ints, last: Ints, width: Ints, owner: Ints, word: Ints, shift: Ints) -> int:
    """Give each row a place in a machine word while it lies ahead, into ``word`` and ``shift``; return how many words.

    Rows come in the order in which they begin; those of one person that lie ahead together have different places.
    """
    live: list[tuple[int, int, int]] = []  # bit, width, last
    words, of = 1, -1
    for row in rows.tolist():
        if owner[row] != of:
            live, of = [], int(owner[row])
        begins, size = int(first[row]), int(width[row])
        live = [item for item in live if item[2] >= begins]
        bit = 0
        for start, length, _ in live:
            bit = _in_one_word(bit, size)
            if start - bit >= size:
                break
            bit = max(bit, start + length)
        bit = _in_one_word(bit, size)
        live = sorted([*live, (bit, size, int(last[row]))])
        word[row], shift[row] = divmod(bit, WORD)
        words = max(words, bit // WORD + 1)
    return words


def _in_one_word(bit: int, size: int) -> int:
    """Return the first bit from this one on at which so many lie in one word."""
    return bit if bit % WORD + size <= WORD else (bit // WORD + 1) * WORD


class _Budget:
    """What memory and time allow.

    Parameters
    ----------
    stop
        Asked at every step; None is never.
    """

    def __init__(self, stop: Stop | None) -> None:
        self._stop, self._left = stop, CELLS

    def spend(self, states: int, width: int) -> None:
        """Take so many states of so many numbers off; raise TooManyStates when there is too little, or no time."""
        self._left -= states * width
        if self._left < 0 or (self._stop is not None and self._stop.asked()):
            raise TooManyStates


def _merged(
    at: Ints, added: Ints, stays: Ints, takes: Ints, total: Ints, keys: tuple[Ints, ...]
) -> tuple[Layer, Ints, Bools]:
    """Make one of states that are the same, the cheapest; return the layer, the order of states, and the first of each.

    Parameters
    ----------
    at, added
        Of each state before: the candidate that is next, as a position, and what taking it costs.
    stays, takes
        Which states go on without it, and which with it.
    total, keys
        What states cost that go on without it and then with it, and what tells them apart, the last first.
    """
    packed = _packed(keys)
    order = np.lexsort((total, *packed))
    new = np.zeros(len(order), np.bool_)
    new[:1] = True
    for key in packed:
        inorder = key[order]
        new[1:] |= inorder[1:] != inorder[:-1]
    child = np.empty(len(order), np.int64)
    child[order] = np.cumsum(new) - 1
    stayed, taken = np.full((2, len(at)), -1)
    stayed[stays], taken[takes] = child[: len(stays)], child[len(stays) :]
    return Layer(at, stayed, taken, added), order, new


def _packed(keys: tuple[Ints, ...]) -> list[Ints]:
    """Put numbers that are at least 0 side by side in few machine words, to sort by the last first, as before."""
    found, room = list[Ints](), 0
    for key in keys:
        width = int(key.max(initial=0)).bit_length()
        if width > room:
            found.append(key)
            room = WORD - width
        elif width:
            found[-1] = found[-1] | key << WORD - room
            room -= width
    return found
