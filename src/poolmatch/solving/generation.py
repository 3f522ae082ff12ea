"""Better prices, by column generation: what each person answers to some prices says where better ones lie.

The prices of the rows that people share, such as those of seats, are found by a linear program of the schedules that
are known so far. Each person's best schedule at its prices proves a bound (`poolmatch.solving.schedules`), and where it
is not known yet it comes into the program. Prices stay in a box around the best so far, which grows while the program
promises what comes true and shrinks when it does not (Marsten, Hogan and Blankenship, "The boxstep method for
large-scale optimization", Operations Research 23, 1975); without it they swing from one end to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, hstack, identity, vstack

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.blocks import UNBOUNDED, Objective
from poolmatch.solving.landscape import Landscape
from poolmatch.solving.programs import Program, solved
from poolmatch.solving.relaxation import Relaxation, Relaxed, total
from poolmatch.solving.schedules import Priced, Schedules, Sets
from poolmatch.solving.stopping import Stop
from poolmatch.solving.walks import TooManyStates

HEADROOM = 2**10
"""So many candidates of one person, and their rows, are added up exactly."""
GROWS, SHRINKS = 1.5, 0.6
"""The box, when more than half of what was promised has come true, and when nothing has."""
NEAR = 0.01
"""Prices are the best as far as it matters when they promise no more than this part of the gap,"""
PRESSED = 0.005
"""and no more than this part of the rows would go beyond the box;"""
SMALL = 1e-4
"""or when the box has become this part of what it was."""


class Generation:
    """The best prices of shared rows, with the schedules that people answered.

    Parameters
    ----------
    relaxation, landscape
        Rows, groups and bounds, and the candidates.
    objective
        What is minimised.
    duals
        Of all rows and groups, to begin with.
    values
        Of all columns, in a roster whose schedules are known from the start.
    stop
        Asked every few hundredths of a second; None is never.

    Raises
    ------
    TooManyStates
        There are too many schedules to look through, or it was stopped.
    """

    def __init__(
        self,
        relaxation: Relaxation,
        landscape: Landscape,
        objective: Objective,
        duals: Floats,
        values: Ints,
        stop: Stop | None = None,
    ) -> None:
        self.relaxation, self.objective, self._stop = relaxation, objective, stop
        self.schedules = Schedules(relaxation, landscape, objective)
        self._count = len(landscape)
        self.outside = np.flatnonzero(~self.schedules.inside)
        """Columns that schedules do not decide."""
        shared = ~self.schedules.kept & (np.diff(relaxation.by_row.indptr) > 0)
        self.rows = np.flatnonzero(shared)
        """Rows and groups that have prices."""
        self._matrix = relaxation.matrix.tocsr()[self.rows].tocsc()
        self.sets = Sets.of(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
        """Schedules that are known."""
        self.costs = np.zeros(0, np.int64)
        """What each costs."""
        self._known: set[tuple[int, bytes]] = set()
        # Duals at which no alternative gains anything prove at least what they do without schedules.
        duals = duals + relaxation.first_duals(relaxation.cost(objective) - relaxation.matrix.T @ duals)
        low, high = relaxation.sides
        duals = np.where((low <= -UNBOUNDED) & (duals > 0) | (high >= UNBOUNDED) & (duals < 0), 0.0, duals)
        self._duals = np.where(shared, duals, 0.0)
        self._own_duals = duals[self.schedules.kept]
        self._box = self._first_box = 0.0
        self._pressed = np.inf
        self._promised = np.inf
        self.add(self.of_roster(values))
        self._best = self._answers(self._duals)
        self._values = np.zeros(len(relaxation.bounds[0]))
        self.add(self._best.priced.best())

    @property
    def bound(self) -> int:
        """Proven lower bound of the objective, constant included."""
        return self.objective.constant + self.objective.unit * -(-self._best.least >> self._best.bits)

    def relaxed(self) -> Relaxed:
        """Return what the best prices prove."""
        best = self._best
        rise = np.zeros(len(best.left), np.int64)
        rise[: self._count] = best.priced.rise
        rise[self.outside] = best.left[self.outside] - best.outside
        return Relaxed(self._values, self.objective, best.least, rise, best.bits, True, self._duals)

    def ended(self, value: int) -> bool:
        """Tell whether prices promise so little that they are as good as the best, for a roster of this value."""
        near = self._promised <= NEAR * max(0, value - self.bound) / self.objective.unit
        return (near and self._pressed <= PRESSED * len(self.rows)) or 0 < self._box < SMALL * self._first_box

    def add(self, sets: Sets) -> int:
        """Add schedules; return how many were not known."""
        new = [place for place, item in enumerate(sets) if item not in self._known]
        fresh = sets.take(np.array(new, np.int64))
        self._known.update(fresh)
        self.sets = self.sets.joined(fresh)
        self.costs = np.append(self.costs, self.schedules.costs(fresh))
        return len(new)

    def of_roster(self, values: Ints) -> Sets:
        """Return the schedules of a roster."""
        order = self.schedules.order[values[self.schedules.order] == 1]
        people, schedule = np.unique(self.schedules.person[order], return_inverse=True)
        return Sets.of(people, schedule, order)

    def within(self, value: int, most: int, people: Bools | None = None) -> Sets | None:
        """Return all schedules that may be in a roster of at most this value.

        Parameters
        ----------
        value
            The value, constant included.
        most
            None is returned when there are more.
        people
            Whose schedules; shape ``(people,)``. None is everybody's.
        """
        best = self._best
        room = (((value - self.objective.constant) // self.objective.unit) << best.bits) - best.least
        slack = np.where(True if people is None else people, max(0, room), -1)
        slack = np.broadcast_to(slack, self.schedules.people)
        try:
            return self._answers(self._duals, slack).priced.within(slack, most)
        except TooManyStates:
            return None

    def step(self, value: int, limit: float) -> bool:
        """Look for better prices once; tell whether there was time to.

        Parameters
        ----------
        value
            That of the best roster, whose schedules should be known.
        limit
            Seconds.
        """
        least = self._best.least / 2.0**self._best.bits
        if not self._box:  # about as far as prices have to move on average
            gap = (value - self.objective.constant) / self.objective.unit - least
            self._box = self._first_box = max(gap, 1.0) / len(self.rows) / 2
        program, schedules = self._program(self._duals[self.rows])
        found = solved(program, limit, self._stop)
        if found is None or not found.ended:
            return False
        self._promised = float(program.cost @ found.values) - least
        self._pressed = float(found.values[-2 * len(self.rows) :].sum())
        duals = np.zeros_like(self._duals)
        duals[self.rows] = found.duals[: len(self.rows)]
        try:
            answers = self._answers(duals)
        except TooManyStates:  # so far from where they were, nothing is known of what leads nowhere
            self._box *= SHRINKS**2
            return True
        self.add(answers.priced.best())
        gained = answers.least / 2.0**answers.bits - least
        if gained > 0:
            self._best, self._duals = answers, duals
            self._values = np.zeros(len(self.schedules.inside))
            self._values[: self._count] = schedules @ found.values[: schedules.shape[1]]
        if gained > self._promised / 2:
            self._box *= GROWS
        elif gained <= 0:
            self._box *= SHRINKS
        return True

    def _program(self, center: Floats) -> tuple[Program, csc_matrix]:
        """Return the program of the known schedules with prices in the box, and which candidates each of them has."""
        shape = self._count, len(self.sets)
        member = csc_matrix((np.ones(len(self.sets.member)), self.sets.member, self.sets.edges), shape=shape)
        low, high = (side[self.rows].astype(float) for side in self.relaxation.sides)
        low[low <= -UNBOUNDED], high[high >= UNBOUNDED] = -np.inf, np.inf
        most = np.where(np.isinf(low), 0.0, np.inf)
        least = np.where(np.isinf(high), 0.0, -np.inf)
        dearest, cheapest = np.minimum(center + self._box, most), np.maximum(center - self._box, least)
        unit = identity(len(self.rows))
        outside = self._matrix[:, self.outside]
        of_person = csr_matrix(
            (np.ones(len(self.sets)), (self.sets.person, np.arange(len(self.sets)))),
            shape=(self.schedules.people, len(self.sets)),
        )
        none = csr_matrix((self.schedules.people, outside.shape[1] + 2 * len(self.rows)))
        matrix = vstack(
            [hstack([self._matrix[:, : self._count] @ member, outside, unit, -unit]), hstack([of_person, none])]
        )
        bounds = [side[self.outside].astype(float) for side in self.relaxation.bounds]
        others = len(self.sets), 2 * len(self.rows)
        return Program(
            np.concatenate([self.costs, self.weight[self.outside], dearest, -cheapest]).astype(float),
            np.concatenate([np.zeros(others[0]), bounds[0], np.zeros(others[1])]),
            np.concatenate([np.full(others[0], np.inf), bounds[1], np.full(others[1], np.inf)]),
            csr_matrix(matrix),
            np.append(low, np.where(self.schedules.busy, 1.0, -np.inf)),
            np.append(high, np.ones(self.schedules.people)),
        ), member

    def _answers(self, duals: Floats, slack: Ints | None = None) -> _Answers:
        """Return what people answer to duals of shared rows; with slack, dearer schedules are of interest too."""
        left, base, bits = self.relaxation.reduced(self.objective, duals, HEADROOM)
        net = left[: self._count]
        priced = self.schedules.priced(net, bits, self._own_duals, self._least_known(net, bits), slack, self._stop)
        low, high = (side[self.outside] for side in self.relaxation.bounds)
        outside = np.minimum(left[self.outside] * low, left[self.outside] * high)
        return _Answers(left, outside, priced, base + total(outside) + total(priced.least), bits)

    def _least_known(self, net: Ints, bits: int) -> Ints:
        """Return what the best known schedule of each person costs at prices, in parts."""
        known = np.zeros(self.schedules.people, np.int64)
        np.minimum.at(known, self.sets.person, self.schedules.costs(self.sets, net, bits))
        return known

    @property
    def weight(self) -> Ints:
        """What each column costs, in units."""
        weight = np.zeros(len(self.schedules.inside), np.int64)
        weight[self.objective.column] = self.objective.weight
        return weight


@dataclass(frozen=True)
class _Answers:
    """What prices come to.

    Attributes
    ----------
    left
        What is left of the weight of each column, in parts.
    outside
        What each column outside of schedules costs at least.
    priced
        The schedules.
    least
        Proven lower bound on the weights, in parts.
    bits
        A weight has 2 to this power parts.
    """

    left: Ints
    outside: Ints
    priced: Priced
    least: int
    bits: int
