"""Better prices, by column generation: what each person answers to some prices says where better ones lie.

The prices of the rows that people share, such as those of seats, are found by a linear program of the schedules that
are known so far. Each person's best schedule at its prices proves a bound (`pricing`), and where it is not known yet it
comes into the program. Prices stay in a box around the best so far, which grows while the program promises what comes
true and shrinks when it does not (Marsten, Hogan and Blankenship, "The boxstep method for large-scale optimization",
Operations Research 23, 1975); without it they swing from one end to the other.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, hstack, identity, vstack

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.bounds.relaxation import Relaxation, total
from poolmatch.solving.column_generation.labelling import NONE, TooManyStates
from poolmatch.solving.column_generation.pricer import DEAREST, Priced, Schedules, Sets
from poolmatch.solving.column_generation.subset_row_cuts import Charges, Cuts
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import UNBOUNDED, Objective
from poolmatch.solving.running.stopping import Stop

HEADROOM = 2**10
"""So many candidates of one person, and their rows, are added up exactly at least."""
GROWS, SHRINKS = 1.5, 0.5
"""The box, when more than half of what was promised has come true, and when it got worse by more than"""
MUCH = 3.0
"""so many times what was promised: a little worse than promised is how schedules become known."""
LATELY, LITTLE, ROUGHLY, NEAR = 10, 0.02, 0.1, 0.2
"""Prices are the best as far as it matters when so many steps gained no more than this part of the gap, with cuts this
one, and not much of it is promised, no more than this part;"""
SMALL = 1e-4
"""or when the box has become this part of what it was."""
CUTS, OF_GROUP = 100, 5
"""So many cuts come in at once at most, and of one group;"""
WORTH, AGAIN = 0.02, 0.5
"""cuts that promise, or have brought, less than this part of the gap are the last until it is this part of what it was.
"""


class Generation:
    """The best prices of shared rows, with the schedules that people answered.

    Parameters
    ----------
    relaxation, features
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
        features: CandidateFeatures,
        objective: Objective,
        duals: Floats,
        values: Ints,
        stop: Stop | None = None,
    ) -> None:
        self.relaxation, self.objective, self._stop = relaxation, objective, stop
        self.schedules = Schedules(relaxation, features, objective)
        self._count = len(features)
        self.headroom = max(HEADROOM, int(np.bincount(features.person).max(initial=0)))
        """So many numbers of what is left of weights can be added up exactly: the candidates of any one person."""
        self.outside = np.flatnonzero(~self.schedules.inside)
        """Columns that schedules do not decide."""
        shared = ~self.schedules.kept & (np.diff(relaxation.by_row.indptr) > 0)
        self.rows = np.flatnonzero(shared)
        """Rows and groups that have prices."""
        self.matrix = relaxation.matrix.tocsr()[self.rows].tocsc()
        """These rows, by column."""
        self.sets = Sets.of(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
        """Schedules that are known."""
        self.costs = np.zeros(0, np.int64)
        """What each costs."""
        self._met: set[tuple[int, bytes]] = set()
        # Duals at which no alternative gains anything prove at least what they do without schedules.
        duals = duals + relaxation.first_duals(relaxation.cost(objective) - relaxation.matrix.T @ duals)
        low, high = relaxation.sides
        duals = np.where((low <= -UNBOUNDED) & (duals > 0) | (high >= UNBOUNDED) & (duals < 0), 0.0, duals)
        self.duals = np.where(shared, duals, 0.0)
        """The best ones of all rows and groups."""
        self._own_duals = duals[self.schedules.kept]
        self.cuts = Cuts.none(self._count)
        """Cuts that have prices too."""
        self.tolls = np.zeros(0)
        """What each of them costs, at most 0."""
        self._box = self._first_box = 0.0
        self._gains: list[float] = []
        self._promised = np.inf
        self._before_cuts, self._cut_below = -UNBOUNDED, np.inf
        self.add(self.of_roster(values))
        self._best = self._answers(self.duals, self.tolls)
        self._values = values.astype(float)
        self.add(self._best.priced.best())

    @property
    def bound(self) -> int:
        """Proven lower bound of the objective, constant included."""
        return self.objective.constant + self.objective.unit * -(-self._best.least >> self._best.bits)

    def relaxed(self) -> Relaxed:
        """Return what the best prices prove."""
        best = self._best
        reduced_cost = np.zeros(len(best.left), np.int64)
        reduced_cost[: self._count] = best.priced.reduced_cost
        reduced_cost[self.outside] = best.left[self.outside] - best.outside
        return Relaxed(self._values, self.objective, best.least, reduced_cost, best.bits, True, self.duals)

    def ended(self, value: int) -> bool:
        """Tell whether prices are as good as the best, as far as that matters for a roster of this value."""
        gap = self._gap(value)
        little = (ROUGHLY if len(self.cuts) else LITTLE) * gap
        lately = len(self._gains) >= LATELY and sum(self._gains[-LATELY:]) <= little
        return gap <= 0 or (lately and self._promised <= NEAR * gap) or 0 < self._box < SMALL * self._first_box

    def add(self, sets: Sets) -> int:
        """Add schedules; return how many were not known."""
        new = [place for place, item in enumerate(sets) if item not in self._met]
        fresh = sets.take(np.array(new, np.int64))
        self._met.update(fresh)
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
        slack = np.where(True if people is None else people, min(max(0, room), NONE), -1)
        slack = np.broadcast_to(slack, self.schedules.people)
        try:
            return self._answers(self.duals, self.tolls, slack).priced.within(slack, most)
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
            self._box = self._first_box = max(self._gap(value), 1.0) / len(self.rows) / 2
        answer = self._solved(self.cuts, limit, self._box)
        if answer is None:
            return False
        found, reached, taken = answer
        self._promised = reached - least
        duals, tolls = self.prices_of(found.duals)
        try:
            answers = self._answers(duals, tolls)
        except TooManyStates:  # so far from where they were, nothing is known of what leads nowhere
            self._box *= SHRINKS**2
            return True
        self.add(answers.priced.best())
        gained = answers.least / 2.0**answers.bits - least
        self._gains.append(max(0.0, gained))
        if gained > 0:
            self._best, self.duals, self.tolls = answers, duals, tolls
            self._values = np.zeros(len(self.schedules.inside))
            self._values[: self._count] = taken @ found.values[: taken.shape[1]]
        if gained > self._promised / 2:
            self._box *= GROWS
        elif gained <= -MUCH * self._promised:
            self._box *= SHRINKS
        return True

    def cut(self, value: int, limit: float) -> bool:
        """Look for cuts once; tell whether they promise enough to look for prices again, for a roster of this value.

        Parameters
        ----------
        value
            That of the best roster, whose schedules should be known.
        limit
            Seconds.
        """
        gap, until = self._gap(value), time.monotonic() + limit
        if self.bound - self._before_cuts < WORTH * gap * self.objective.unit:  # the last ones were of little use
            self._before_cuts, self._cut_below = -UNBOUNDED, AGAIN * gap
        if gap > self._cut_below:
            return False
        self._cut_below = AGAIN * gap
        answer = self._solved(self.cuts, limit)
        if answer is None:
            return False
        found, _, taken = answer
        groups = self.relaxation.whole.tocsr()[self.rows[self.relaxation.is_group[self.rows]], : self._count]
        fresh = Cuts.violated(groups, taken, found.values[: taken.shape[1]], CUTS, OF_GROUP)
        if not len(fresh):
            return False
        cuts = self.cuts.joined(fresh)
        answer = self._solved(cuts, until - time.monotonic())
        if answer is None or answer[1] - self._best.least / 2.0**self._best.bits < WORTH * gap:
            return False
        self.cuts, self.tolls = cuts, np.append(self.tolls, np.zeros(len(fresh)))
        self._gains.clear()
        self._box, self._before_cuts, self._cut_below = self._first_box, self.bound, np.inf
        return True

    def _gap(self, value: int) -> float:
        """Return how far the bound is from a value, in units."""
        return (value - self.bound) / self.objective.unit

    def program(
        self,
        sets: Sets,
        costs: Ints,
        shared: csc_matrix,
        cuts: csr_matrix | csc_matrix,
        most: Ints,
        box: float | None = None,
    ) -> Program:
        """Return the program of some schedules, then the columns outside of them.

        Parameters
        ----------
        sets, costs, shared
            The schedules, what each costs, and what each takes of the rows that have prices.
        cuts, most
            What schedules count in each cut, and what that adds up to at most.
        box
            How far prices may be from the best ones; None is as far as they like.
        """
        outside = self.matrix[:, self.outside]
        low, high = (side[self.rows].astype(float) for side in self.relaxation.sides)
        low[low <= -UNBOUNDED], high[high >= UNBOUNDED] = -np.inf, np.inf
        low, high = np.append(low, np.full(len(most), -np.inf)), np.append(high, most)
        rows = vstack([hstack([shared, outside]), hstack([cuts, csr_matrix((len(most), outside.shape[1]))])])
        people = csr_matrix(
            (np.ones(len(sets)), (sets.person, np.arange(len(sets)))), shape=(self.schedules.people, rows.shape[1])
        )
        cost = np.append(costs, self.weight[self.outside]).astype(float)
        least, largest = (
            np.append(np.full(len(sets), none), side[self.outside])
            for none, side in zip((0.0, np.inf), self.relaxation.bounds, strict=True)
        )
        if box is not None:  # a price beyond it would cost less than going beyond the row
            center = np.append(self.duals[self.rows], self.tolls)
            dearest = np.where(np.isinf(low), np.minimum(center + box, 0.0), center + box)
            cheapest = np.where(np.isinf(high), np.maximum(center - box, 0.0), center - box)
            unit = identity(len(low))
            rows, people = hstack([rows, unit, -unit]), hstack([people, csr_matrix((people.shape[0], 2 * len(low)))])
            cost = np.concatenate([cost, dearest, -cheapest])
            least, largest = np.append(least, np.zeros(2 * len(low))), np.append(largest, np.full(2 * len(low), np.inf))
        return Program(
            cost,
            least,
            largest,
            csr_matrix(vstack([rows, people])),
            np.append(low, np.where(self.schedules.busy, 1.0, -np.inf)),
            np.append(high, np.ones(self.schedules.people)),
        )

    def prices_of(self, duals: Floats) -> tuple[Floats, Floats]:
        """Return of duals of a program those of all rows and groups, and those of the cuts, as far as they are any."""
        whole = np.zeros_like(self.duals)
        whole[self.rows] = duals[: len(self.rows)]
        return whole, np.minimum(duals[len(self.rows) : len(duals) - self.schedules.people], 0.0)

    def _solved(self, cuts: Cuts, limit: float, box: float | None = None) -> tuple[Solution, float, csc_matrix] | None:
        """Solve the program of the known schedules under cuts; None when there was no time.

        Return its solution, what that costs, and which candidates each schedule has.
        """
        taken = self.sets.taken(self._count)
        most = np.ones(len(cuts), np.int64)
        shared = self.matrix[:, : self._count] @ taken
        program = self.program(self.sets, self.costs, shared, cuts.factors(taken), most, box)
        found = solve_lp(program, limit, self._stop)
        return (found, float(program.cost @ found.values), taken) if found is not None and found.ended else None

    def outside_least(self, left: Ints) -> Ints:
        """Return what each column outside of schedules costs at least, in parts, given what is left of all weights."""
        low, high = (side[self.outside] for side in self.relaxation.bounds)
        return np.asarray(np.minimum(left[self.outside] * low, left[self.outside] * high))

    def _answers(self, duals: Floats, tolls: Floats, slack: Ints | None = None) -> _Answers:
        """Return what people answer to duals of shared rows; with slack, dearer schedules are of interest too."""
        left, base, bits = self.relaxation.reduced(self.objective, duals, self.headroom)
        net = left[: self._count]
        charges = Charges(self.cuts, charged(tolls, bits))
        known = self._least_known(net, bits, charges)
        priced = self.schedules.priced(net, bits, self._own_duals, known, slack, self._stop, charges)
        outside = self.outside_least(left)
        return _Answers(left, outside, priced, base + total(outside) + total(priced.least) - total(charges.each), bits)

    def _least_known(self, net: Ints, bits: int, charges: Charges) -> Ints:
        """Return what the best known schedule of each person costs at prices, in parts."""
        known = np.zeros(self.schedules.people, np.int64)
        cost = self.schedules.costs(self.sets, net, bits) + charges.cost(self.sets.taken(self._count))
        np.minimum.at(known, self.sets.person, cost)
        return known

    @property
    def weight(self) -> Ints:
        """What each column costs, in units."""
        weight = np.zeros(len(self.schedules.inside), np.int64)
        weight[self.objective.column] = self.objective.weight
        return weight


def charged(tolls: Floats, bits: int) -> Ints:
    """Return what cuts of these prices cost, in parts.

    Whatever is charged is right, so that nothing needs to be so large that sums were not exact.
    """
    return np.rint(np.minimum(np.nan_to_num(-tolls) * 2.0**bits, DEAREST)).astype(np.int64)


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
