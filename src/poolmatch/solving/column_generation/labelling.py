"""Labelling: all people's candidates are gone through at once, one of each at a stage, in the order of time.

What has been taken so far matters only by what it leaves of each row that still lies ahead: states that leave the same
are one, the cheapest. Rows whose load only costs something would tell nearly all states apart. So these are gone
through twice: first each unit of load costs the same, and then, minding what it really costs, only where that could
still end well (state-space relaxation; Christofides, Mingozzi and Toth, "State-space relaxation procedures for the
computation of bounds to routing problems", Networks 11, 1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_matrix

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.column_generation.personal_rows import WORD, PersonalRows
from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.column_generation.states import CutParity, StateLayout
from poolmatch.solving.model.fixed_point import IMPOSSIBLE
from poolmatch.solving.running.stopping import Stop

OF_STAGE = 8
"""Numbers that each state takes in a stage and in what is worked out from it."""


class TooManyStates(Exception):
    """There is more to go through than memory and time allow."""


@dataclass(frozen=True)
class LabellingParams:
    """What tunes labelling.

    Attributes
    ----------
    numbers
        So many are written down at most, those of stages and of their states, of 8 bytes each; 0 or more.
    deepening
        Schedules are looked for up to this part of the way from the least that they could cost to what one is known to
        cost, and so many times as far when none was found; 2 or more.
    """

    numbers: int = 40_000_000
    deepening: int = 8

    def __post_init__(self) -> None:
        if self.numbers < 0 or self.deepening < 2:
            raise ValueError(f"out of range: {self}")


@dataclass(frozen=True)
class Stage:
    """One candidate each, for all people at once.

    Attributes
    ----------
    at
        Of each state, which candidate is next, as a position among those that are used.
    stayed, taken
        What each state becomes without and with the candidate, as a position in the next stage, beyond whose end are
        those of people who have come to theirs; -1 where that cannot be.
    added
        What taking the candidate costs, in fixed point.
    """

    at: Ints
    stayed: Ints
    taken: Ints
    added: Ints


@dataclass(frozen=True)
class LayeredGraph:
    """All stages: a graph of states, whose ways are the schedules."""

    stages: list[Stage]

    @property
    def least(self) -> Ints:
        """What the best way from each state of the first stage costs."""
        return self.completion[0]

    @cached_property
    def completion(self) -> list[Ints]:
        """What each state costs at least from there on: those of the first stage, then those that each leads to."""
        found: list[Ints] = []
        here = np.zeros(0, np.int64)
        for stage in reversed(self.stages):
            after = np.zeros(1 + int(max(stage.stayed.max(initial=0), stage.taken.max(initial=0))), np.int64)
            after[: len(here)] = here
            found.append(after)
            here = np.full(len(stage.at), IMPOSSIBLE)
            stays, takes = np.flatnonzero(stage.stayed >= 0), np.flatnonzero(stage.taken >= 0)
            here[stays] = after[stage.stayed[stays]]
            here[takes] = np.minimum(here[takes], stage.added[takes] + after[stage.taken[takes]])
        return [*found, here][::-1]

    def best(self) -> tuple[Ints, Ints]:
        """Return what one of the best ways from each state of the first stage takes: that state, and the candidate."""
        taking = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        first = state = np.arange(len(self.completion[0]))
        for place, (stage, completion) in enumerate(zip(self.stages, self.completion[1:], strict=True)):
            stayed, taken = stage.stayed[state], stage.taken[state]
            without = np.where(stayed >= 0, completion[stayed], IMPOSSIBLE)
            takes = (taken >= 0) & (stage.added[state] + completion[taken] < without)
            taking.append((first[takes], stage.at[state[takes]]))
            state = np.where(takes, taken, stayed)
            going = (state >= 0) & (state < (len(self.stages[place + 1].at) if place + 1 < len(self.stages) else 0))
            first, state = first[going], state[going]
        first, at = (np.concatenate(parts) for parts in zip(*taking, strict=True))
        return first, at

    def through(self, count: int) -> Ints:
        """Return what ways that take each of so many candidates cost at least; `IMPOSSIBLE` where there are none."""
        through = np.full(count, IMPOSSIBLE)
        here = np.zeros(len(self.stages[0].at) if self.stages else 0, np.int64)
        for place, (stage, completion) in enumerate(zip(self.stages, self.completion[1:], strict=True)):
            there = np.full(len(completion), IMPOSSIBLE)
            stays, takes = np.flatnonzero(stage.stayed >= 0), np.flatnonzero(stage.taken >= 0)
            with_ = here[takes] + stage.added[takes]
            np.minimum.at(through, stage.at[takes], with_ + completion[stage.taken[takes]])
            np.minimum.at(there, stage.stayed[stays], here[stays])
            np.minimum.at(there, stage.taken[takes], with_)
            here = there[: len(self.stages[place + 1].at)] if place + 1 < len(self.stages) else there
        return through


class Labelling:
    """Goes through the candidates of all people, at prices.

    Parameters
    ----------
    rows
        The candidates, and the rows that schedules keep.
    used
        Candidates that are gone through, by person and then in the order of time.
    prices
        What they cost.
    stop
        Asked at every stage; None is never.
    params
        What tunes it.
    """

    def __init__(
        self, rows: PersonalRows, used: Ints, prices: Prices, stop: Stop | None, params: LabellingParams
    ) -> None:
        self._layout = StateLayout(rows, used)
        self._parity, self._cut_prices = CutParity(prices.cuts, rows.person, used), prices.cuts
        self._forced, self._person = rows.forced[used], rows.person[used]
        self._people, self._owner = rows.people, rows.owner[rows.load_costs.row]
        self._net, self._bits, self._stop, self._params = prices.net[used], prices.bits, stop, params

    def relax(self, multiplier: Ints, excess: Ints) -> tuple[LayeredGraph, Ints]:
        """Return all ways where each unit of load costs the same, and what these cost too much at most, by person.

        Parameters
        ----------
        multiplier, excess
            By row whose load costs something, a line that is nowhere above that: `LoadCosts.underestimator`.
        """
        row, at, factor = self._layout.loads
        cost = self._net.copy()
        np.add.at(cost, at, multiplier[row] * factor)
        too_much = np.zeros(self._people, np.int64)
        loaded = np.unique(row)
        np.add.at(too_much, self._owner[loaded], excess[loaded])
        return self._extend(cost), too_much

    def _extend(self, cost: Ints) -> LayeredGraph:
        """Go through candidates one by one, minding what is too much."""
        layout, budget, stages = self._layout, _Budget(self._params.numbers, self._stop), list[Stage]()
        rank = np.arange(layout.active(0))
        state, spent = np.zeros((len(rank), layout.words), np.int64), np.zeros(len(rank), np.int64)
        for number in range(layout.stages):
            budget.spend(len(rank), OF_STAGE + layout.words)
            at = layout.first[rank] + number
            before = state | layout.born[at]
            after = before - layout.less[at]
            fits = ((after & layout.guard[at]) == layout.guard[at]).all(axis=1)
            takes, stays = np.flatnonzero(fits), np.flatnonzero(~self._forced[at])
            state = np.concatenate([before[stays] & layout.left[at[stays]], after[takes] & layout.left[at[takes]]])
            total = np.concatenate([spent[stays], spent[takes] + cost[at[takes]]])
            who = np.concatenate([rank[stays], rank[takes]])
            stage, order, new = _merged(at, cost[at], stays, takes, total, (*state.T, who))
            stages.append(stage)
            rank, state, spent = who[order][new], state[order][new], total[order][new]
            going = rank < layout.active(number + 1)  # the busiest come first, so that who ends is at the end
            rank, state, spent = rank[going], state[going], spent[going]
        return LayeredGraph(stages)

    def refine(self, relaxed: LayeredGraph, limit: Ints) -> LayeredGraph:
        """Return the ways of a relaxed graph at what loads really cost, but for those that end beyond a limit there.

        Parameters
        ----------
        relaxed
            All ways, at what they cost at least.
        limit
            By person, in fixed point.
        """
        layout, parity, stages = self._layout, self._parity, list[Stage]()
        budget = _Budget(self._params.numbers, self._stop)
        node = np.arange(layout.active(0))
        load = np.zeros((len(node), layout.most_loads), np.int64)
        half = np.zeros((len(node), parity.words), np.int64)
        spent, at_least = np.zeros((2, len(node)), np.int64)
        for number, (stage, completion) in enumerate(zip(relaxed.stages, relaxed.completion[1:], strict=True)):
            budget.spend(len(node), OF_STAGE + layout.most_loads + parity.words)
            at, stayed, taken = stage.at[node], stage.stayed[node], stage.taken[node]
            most, with_ = limit[self._person[at]], at_least + stage.added[node]
            stays = np.flatnonzero((stayed >= 0) & (at_least + completion[stayed] <= most))
            takes = np.flatnonzero((taken >= 0) & (with_ + completion[taken] <= most))
            after = load[takes] + layout.load[at[takes]]
            added = np.zeros(len(at), np.int64)
            added[takes] = self._net[at[takes]] + layout.dearer(at[takes], load[takes], after, self._bits)
            added[takes] += parity.paid(at[takes], half[takes])
            half = np.concatenate([half[stays], half[takes] ^ parity.flips[at[takes]]])
            half &= parity.left[np.concatenate([at[stays], at[takes]])]
            load = np.concatenate([load[stays], after])
            total = np.concatenate([spent[stays], spent[takes] + added[takes]])
            at_least = np.concatenate([at_least[stays], with_[takes]])
            where = np.concatenate([stayed[stays], taken[takes]])
            found, order, new = _merged(at, added, stays, takes, total, (*load.T, *half.T, where))
            stages.append(found)
            node, load, half, spent, at_least = (column[order][new] for column in (where, load, half, total, at_least))
            going = node < (len(relaxed.stages[number + 1].at) if number + 1 < layout.stages else 0)
            node, load, half, spent, at_least = (column[going] for column in (node, load, half, spent, at_least))
        return LayeredGraph(stages)

    def deepen(self, relaxed: LayeredGraph, too_much: Ints, most: Ints) -> tuple[LayeredGraph, Ints]:
        """Look for the best ways between what they cost at least and at most, near the least at first.

        There are far fewer ways to those that cost little.

        Parameters
        ----------
        relaxed, too_much
            All ways, at what they cost at least, and by how much that may be too much.
        most
            What some way of each person costs, in fixed point; shape ``(people,)``.

        Returns
        -------
        tuple
            A graph with the best way of each person, and up to which cost it has all.
        """
        people, most, factor = self._layout.people, most.copy(), self._params.deepening
        least = most.copy()
        least[people] = relaxed.least - too_much[people]
        limit = np.minimum(most, least + (most - least) // factor)
        while True:
            graph = self.refine(relaxed, limit + too_much)
            most[people] = np.minimum(most[people], graph.least)
            if (limit >= most)[people].all():
                return graph, limit
            limit = np.where(limit >= most, most, np.minimum(most, least + factor * np.maximum(1, limit - least)))

    def cost_of_best(self, relaxed: LayeredGraph) -> Ints:
        """Return what each person's way that is the best of a relaxed graph really costs; `IMPOSSIBLE` without any."""
        layout = self._layout
        first, at = relaxed.best()
        cost = np.zeros(len(layout.people), np.int64)
        load = np.zeros((len(layout.people), layout.most_loads), np.int64)
        np.add.at(cost, first, self._net[at])
        np.add.at(load, first, layout.load[at])
        found = np.full(self._people, IMPOSSIBLE)
        cost += layout.dearer(layout.first, np.zeros_like(load), load, self._bits)
        shape = self._cut_prices.cuts.member.shape[1], len(cost)
        cost += self._cut_prices.cost(csc_matrix((np.ones(len(at), np.int64), (layout.used[at], first)), shape=shape))
        found[layout.people] = np.where(relaxed.least < IMPOSSIBLE, cost, IMPOSSIBLE)
        return found


class _Budget:
    """What memory and time allow.

    Parameters
    ----------
    numbers
        So many may be written down.
    stop
        Asked at every stage; None is never.
    """

    def __init__(self, numbers: int, stop: Stop | None) -> None:
        self._left, self._stop = numbers, stop

    def spend(self, states: int, width: int) -> None:
        """Take so many states of so many numbers off; raise TooManyStates when there is too little, or no time."""
        self._left -= states * width
        if self._left < 0 or (self._stop is not None and self._stop.asked()):
            raise TooManyStates


def _merged(
    at: Ints, added: Ints, stays: Ints, takes: Ints, total: Ints, keys: tuple[Ints, ...]
) -> tuple[Stage, Ints, Bools]:
    """Make one of states that are the same, the cheapest; return the stage, the order of states, and the first of each.

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
    return Stage(at, stayed, taken, added), order, new


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
