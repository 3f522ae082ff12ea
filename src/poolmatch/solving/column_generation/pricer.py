"""The best schedule of each person at given prices, by dynamic programming.

A linear program takes half a meeting here and half a meeting there to stay within the rows of a person. A schedule
takes whole ones, so that prices prove more when each person answers with a schedule (Geoffrion, "Lagrangean relaxation
for integer programming", Mathematical Programming Study 2, 1974, says by how much).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from poolmatch.arrays import Floats, Ints
from poolmatch.solving.column_generation.labelling import Labelling, LabellingParams, LayeredGraph
from poolmatch.solving.column_generation.personal_rows import PersonalRows
from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.fixed_point import IMPOSSIBLE
from poolmatch.solving.running.stopping import Stop


class Pricer:
    """Finds the best schedules of all people at prices.

    Parameters
    ----------
    rows
        The candidates, and the rows that schedules keep.
    duals
        Of the kept rows, in units, to see what leads nowhere: any numbers are right, but those of a linear program
        spare most work; shape ``(kept rows,)``.
    stop
        Asked at every stage; None is never.
    params
        What tunes it; None is as usual.
    """

    def __init__(
        self, rows: PersonalRows, duals: Floats, stop: Stop | None = None, params: LabellingParams | None = None
    ) -> None:
        self._rows, self._duals, self._stop, self._params = rows, duals, stop, params or LabellingParams()

    def price(self, prices: Prices, known: Ints | None = None, slack: Ints | None = None) -> Priced:
        """Return the best schedules at prices, and what schedules with each candidate cost at least.

        Parameters
        ----------
        prices
            The prices.
        known
            What some schedule of each person costs, in fixed point; shape ``(people,)``. None is that of the empty one.
        slack
            By person, how much dearer than that a schedule may be to be of interest, in fixed point. None is not at
            all.

        Raises
        ------
        TooManyStates
            There are too many ways to what is of interest, or it was stopped.
        """
        rows, net = self._rows, prices.net
        known = np.zeros(rows.people, np.int64) if known is None else np.minimum(known, 0)
        known[rows.busy] = IMPOSSIBLE  # it is not known here whether that is a schedule of theirs
        most = known if slack is None else np.where(known < IMPOSSIBLE, known + slack, IMPOSSIBLE)
        multiplier, excess = rows.multipliers(self._duals, prices.bits)
        reduced = net + rows.matrix.T @ multiplier
        least = np.zeros(rows.people, np.int64)
        np.subtract.at(least, rows.owner, excess)
        np.add.at(least, rows.person, np.where(rows.forced, reduced, np.where(rows.open, np.minimum(reduced, 0), 0)))
        # Without a candidate a schedule is one still, and its own rows cost no more.
        floor = least[rows.person] + np.maximum(0, np.maximum(net, reduced))
        wanted = (floor <= most[rows.person]) & ((net < 0) | (slack is not None))
        chosen = wanted & rows.open | rows.forced
        used = rows.order[chosen[rows.order]]
        # What goes with a candidate that leads nowhere costs more than was of interest, and no more is known of it.
        beside = np.full(rows.people, IMPOSSIBLE)
        nowhere = rows.person[rows.open & (floor > most[rows.person])]
        beside[nowhere] = most[nowhere] + 1
        labelling = Labelling(rows, used, prices, self._stop, self._params)
        relaxed, too_much = labelling.relax(multiplier[rows.load_costs.row], excess[rows.load_costs.row])
        found = labelling.cost_of_best(relaxed)  # is a schedule too
        if slack is None:
            graph, most = labelling.deepen(relaxed, too_much, np.minimum(most, found))
        else:
            most = np.where(found < IMPOSSIBLE, np.minimum(most, found + slack), most)
            graph = labelling.refine(relaxed, most + too_much)
        mine, count = rows.person[used], len(used)
        through = np.minimum(graph.through(count), np.minimum(most, IMPOSSIBLE - 1)[mine] + 1)
        through = np.maximum(through, relaxed.through(count) - too_much[mine])
        floor[used] = np.minimum(through, beside[mine])
        return Priced(graph, used, net, floor, rows)


@dataclass(frozen=True)
class Priced:
    """The schedules of all people at some prices; made by `Pricer.price`.

    Attributes
    ----------
    graph, used
        Their ways through the candidates, and which these are.
    net
        What each candidate costs, prices included.
    floor
        What schedules with each candidate cost at least.
    rows
        The candidates, and the rows that schedules keep.
    """

    graph: LayeredGraph
    used: Ints
    net: Ints
    floor: Ints
    rows: PersonalRows

    @cached_property
    def least(self) -> Ints:
        """What the best schedule of each person costs, in fixed point; shape ``(people,)``."""
        least = np.zeros(self.rows.people, np.int64)
        for stage in self.graph.stages[:1]:
            least[self.rows.person[self.used[stage.at]]] = self.graph.least
        return least

    @property
    def reduced_cost(self) -> Ints:
        """What a schedule with each candidate costs more than the best of its person at least, in fixed point."""
        # Without a candidate that does not have to be taken, a schedule is one still.
        alone = np.where(self.rows.forced, 0, np.maximum(self.net, 0))
        return np.asarray(np.maximum(alone, self.floor - self.least[self.rows.person]))

    def best(self) -> Schedules:
        """Return one of the best schedules of each person, but for empty ones."""
        first, at = self.graph.best()
        states, schedule = np.unique(first, return_inverse=True)
        stages = self.graph.stages
        people = self.rows.person[self.used[stages[0].at[states]]] if stages else states
        found = Schedules.of(people, schedule, self.used[at])
        return found.take(np.flatnonzero(self.least[people] < IMPOSSIBLE))

    def within(self, slack: Ints, most: int = IMPOSSIBLE) -> Schedules | None:
        """Return all schedules but empty ones that are at most so much dearer than the best of their person.

        Parameters
        ----------
        slack
            By person, in fixed point; no more than what they were priced with.
        most
            So many at most; None is returned when there are more.
        """
        limit = self.least + slack
        stages = self.graph.stages
        first = self.used[stages[0].at] if stages else np.zeros(0, np.int64)
        person, state = self.rows.person[first], np.arange(len(first))
        cost, link = np.zeros(len(first), np.int64), np.full(len(first), -1)
        chosen: list[Ints] = [np.zeros(0, np.int64)]
        earlier: list[Ints] = [np.zeros(0, np.int64)]  # of each choice, the one before it in its schedule
        ended: list[tuple[Ints, Ints]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        count, choices = 0, 0
        for place, (stage, after) in enumerate(zip(stages, self.graph.completion[1:], strict=True)):
            going = len(stages[place + 1].at) if place + 1 < len(stages) else 0
            total = cost + stage.added[state]
            stayed, taken = stage.stayed[state], stage.taken[state]
            stays = np.flatnonzero((stayed >= 0) & (cost + after[stayed] <= limit[person]))
            takes = np.flatnonzero((taken >= 0) & (total + after[taken] <= limit[person]))
            chosen.append(self.used[stage.at[state[takes]]])
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
        return _traced(ended, np.concatenate(chosen), np.concatenate(earlier))


def _traced(ended: list[tuple[Ints, Ints]], candidate: Ints, before: Ints) -> Schedules:
    """Return the schedules that ended somewhere, each traced back from its last choice, but for empty ones.

    Parameters
    ----------
    ended
        Person and last choice of schedules, -1 of those without any.
    candidate, before
        Of each choice, what was taken, and the choice before it in its schedule, -1 of the first.
    """
    person, link = (np.concatenate(parts) for parts in zip(*ended, strict=True))
    person, link = person[link >= 0], link[link >= 0]
    pairs: list[tuple[Ints, Ints]] = []
    schedule = np.arange(len(link))
    while len(schedule):
        pairs.append((schedule, candidate[link]))
        link = before[link]
        schedule, link = schedule[link >= 0], link[link >= 0]
    where, member = (np.concatenate(parts) for parts in zip(*pairs[::-1], strict=True)) if pairs else (schedule, link)
    return Schedules.of(person, where, member)
