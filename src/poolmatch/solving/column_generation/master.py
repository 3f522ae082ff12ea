"""The master problem: the best prices of the rows that people share, by column generation.

The prices of shared rows, such as those of seats, are found by a linear program of the schedules that are known so far,
its columns. Each person's best schedule at these prices proves a bound (`pricer`), and where it is not known yet it
comes into the program. Prices stay near the best so far (`stabilisation`). Where prices alone prove no more, cuts come
in (`subset_row_cuts`), which have prices too.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, hstack, vstack

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.column_generation import subset_row_cuts
from poolmatch.solving.column_generation.labelling import LabellingParams, TooManyStates
from poolmatch.solving.column_generation.personal_rows import PersonalRows
from poolmatch.solving.column_generation.pricer import Priced, Pricer
from poolmatch.solving.column_generation.prices import Prices
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.column_generation.stabilisation import Stabilisation, StabilisationParams
from poolmatch.solving.column_generation.subset_row_cuts import CutPrices, SubsetRowCuts, SubsetRowParams
from poolmatch.solving.model.fixed_point import IMPOSSIBLE, fixed_prices, floating, rounded_up, total
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import UNBOUNDED
from poolmatch.solving.running.stopping import Stop

HEADROOM = 2**10
"""So many candidates of one person, and their rows, are added up exactly at least."""


@dataclass(frozen=True)
class MasterParams:
    """What tunes column generation.

    Attributes
    ----------
    lately, little, roughly, near
        Prices are the best as far as it matters when so many steps, 1 or more, gained no more than this part of the
        gap, or with cuts this one, and the program promises no more than this part of it; from 0 to 1.
    worth, again
        Cuts that promise, or have brought, less than this part of the gap are the last until it is this part of what it
        was; from 0 to 1.
    stabilisation, labelling, subset_row_cuts
        Of what it uses.
    """

    lately: int = 10
    little: float = 0.02
    roughly: float = 0.1
    near: float = 0.2
    worth: float = 0.02
    again: float = 0.5
    stabilisation: StabilisationParams = field(default_factory=StabilisationParams)
    labelling: LabellingParams = field(default_factory=LabellingParams)
    subset_row_cuts: SubsetRowParams = field(default_factory=SubsetRowParams)

    def __post_init__(self) -> None:
        parts = self.little, self.roughly, self.near, self.worth, self.again
        if self.lately < 1 or not all(0 <= part <= 1 for part in parts):
            raise ValueError(f"out of range: {self}")


class MasterProblem:
    """The best prices of shared rows, with the schedules that people answered.

    Parameters
    ----------
    personal
        The problem, divided into rows that schedules keep and rows that have prices.
    duals
        Of all rows and groups, to begin with.
    values
        Of all columns, in a roster whose schedules are known from the start.
    stop
        Asked every few hundredths of a second; None is never.
    params
        What tunes it; None is as usual.

    Raises
    ------
    TooManyStates
        There are too many schedules to look through, or it was stopped.
    """

    def __init__(
        self,
        personal: PersonalRows,
        duals: Floats,
        values: Ints,
        stop: Stop | None = None,
        params: MasterParams | None = None,
    ) -> None:
        self.personal, self._stop, self._params = personal, stop, params or MasterParams()
        self.relaxation, self.objective = personal.relaxation, personal.objective
        relaxation = self.relaxation
        self._count = len(personal.person)
        self.headroom = max(HEADROOM, int(np.bincount(personal.person).max(initial=0)))
        """So many numbers of what is left of weights can be added up exactly: the candidates of any one person."""
        self.outside = np.flatnonzero(~personal.inside)
        """Columns that schedules do not decide."""
        shared = ~personal.kept & (np.diff(relaxation.by_row.indptr) > 0)
        self.shared = np.flatnonzero(shared)
        """Rows and groups that have prices."""
        self.matrix = relaxation.matrix.tocsr()[self.shared].tocsc()
        """These rows, by column."""
        self.schedules = Schedules.none()
        """Schedules that are known."""
        self.costs = np.zeros(0, np.int64)
        """What each costs."""
        self._met: set[tuple[int, bytes]] = set()
        # Duals at which no alternative gains anything prove at least what they do without schedules.
        duals = duals + relaxation.first_duals(relaxation.cost(self.objective) - relaxation.matrix.T @ duals)
        low, high = relaxation.sides
        duals = np.where((low <= -UNBOUNDED) & (duals > 0) | (high >= UNBOUNDED) & (duals < 0), 0.0, duals)
        self.duals = np.where(shared, duals, 0.0)
        """The best ones of all rows and groups."""
        self._pricer = Pricer(personal, duals[personal.kept], stop, self._params.labelling)
        self.cuts = SubsetRowCuts.none(self._count)
        """Cuts that have prices too."""
        self.cut_duals = np.zeros(0)
        """The best duals of these, at most 0."""
        self.stabilisation = Stabilisation(self._params.stabilisation)
        """How far prices may go in a step."""
        self._gains: list[float] = []
        self._promised = np.inf
        self._before_cuts, self._cut_below = -UNBOUNDED, np.inf
        self.add(self.of_roster(values))
        self._best = self._evaluate(self.duals, self.cut_duals)
        self._values = values.astype(float)
        self.add(self._best.priced.best())

    @property
    def bound(self) -> int:
        """Proven lower bound of the objective, constant included."""
        return self.objective.value_of(rounded_up(self._best.least, self._best.bits))

    def relaxed(self) -> Relaxed:
        """Return what the best prices prove."""
        best = self._best
        reduced_cost = np.zeros(len(best.left), np.int64)
        reduced_cost[: self._count] = best.priced.reduced_cost
        reduced_cost[self.outside] = best.left[self.outside] - best.outside
        return Relaxed(self._values, self.objective, best.least, reduced_cost, best.bits, True, self.duals)

    def ended(self, value: int) -> bool:
        """Tell whether prices are as good as the best, as far as that matters for a roster of this value."""
        gap, params = self._gap(value), self._params
        little = (params.roughly if len(self.cuts) else params.little) * gap
        lately = len(self._gains) >= params.lately and sum(self._gains[-params.lately :]) <= little
        return gap <= 0 or (lately and self._promised <= params.near * gap) or self.stabilisation.ended

    def add(self, schedules: Schedules) -> int:
        """Add schedules; return how many were not known."""
        new = [place for place, item in enumerate(schedules) if item not in self._met]
        fresh = schedules.take(np.array(new, np.int64))
        self._met.update(fresh)
        self.schedules = self.schedules.joined(fresh)
        self.costs = np.append(self.costs, self.personal.costs(fresh))
        return len(new)

    def of_roster(self, values: Ints) -> Schedules:
        """Return the schedules of a roster."""
        order = self.personal.order[values[self.personal.order] == 1]
        people, schedule = np.unique(self.personal.person[order], return_inverse=True)
        return Schedules.of(people, schedule, order)

    def within(self, value: int, most: int, people: Bools | None = None) -> Schedules | None:
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
        room = (self.objective.weight_within(value) << best.bits) - best.least
        slack = np.where(True if people is None else people, min(max(0, room), IMPOSSIBLE), -1)
        slack = np.broadcast_to(slack, self.personal.people)
        try:
            return self._evaluate(self.duals, self.cut_duals, slack).priced.within(slack, most)
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
        least = floating(self._best.least, self._best.bits)
        self.stabilisation.begin(self._gap(value), len(self.shared))
        answer = self._solve(self.cuts, limit, self.stabilisation)
        if answer is None:
            return False
        self._promised = answer.weight - least
        duals, cut_duals = self.split(answer.solution.duals)
        try:
            found = self._evaluate(duals, cut_duals)
        except TooManyStates:  # so far from where they were, nothing is known of what leads nowhere
            self.stabilisation.retreat()
            return True
        self.add(found.priced.best())
        gained = floating(found.least, found.bits) - least
        self._gains.append(max(0.0, gained))
        if gained > 0:
            self._best, self.duals, self.cut_duals = found, duals, cut_duals
            self._values = np.zeros(len(self.personal.inside))
            self._values[: self._count] = answer.taken @ answer.parts
        self.stabilisation.learn(gained, self._promised)
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
        gap, until, params = self._gap(value), time.monotonic() + limit, self._params
        if self.bound - self._before_cuts < params.worth * gap * self.objective.unit:  # the last were of little use
            self._before_cuts, self._cut_below = -UNBOUNDED, params.again * gap
        if gap > self._cut_below:
            return False
        self._cut_below = params.again * gap
        answer = self._solve(self.cuts, limit)
        if answer is None:
            return False
        groups = self.relaxation.whole.tocsr()[self.shared[self.relaxation.is_group[self.shared]], : self._count]
        fresh = subset_row_cuts.separate(groups, answer.taken, answer.parts, params.subset_row_cuts)
        if not len(fresh):
            return False
        cuts = self.cuts.joined(fresh)
        answer = self._solve(cuts, until - time.monotonic())
        if answer is None or answer.weight - floating(self._best.least, self._best.bits) < params.worth * gap:
            return False
        self.cuts, self.cut_duals = cuts, np.append(self.cut_duals, np.zeros(len(fresh)))
        self._gains.clear()
        self.stabilisation.restart()
        self._before_cuts, self._cut_below = self.bound, np.inf
        return True

    def _gap(self, value: int) -> float:
        """Return how far the bound is from a value, in units."""
        return (value - self.bound) / self.objective.unit

    def program(
        self, schedules: Schedules, costs: Ints, shared: csc_matrix, cuts: csr_matrix | csc_matrix, most: Ints
    ) -> Program:
        """Return the program of some schedules, then the columns outside of them.

        Its rows are the shared ones, then the cuts, and one for each person.

        Parameters
        ----------
        schedules, costs, shared
            The schedules, what each costs, and what each takes of the rows that have prices.
        cuts, most
            What schedules count in each cut, and what that adds up to at most.
        """
        outside = self.matrix[:, self.outside]
        low, high = (side[self.shared].astype(float) for side in self.relaxation.sides)
        low[low <= -UNBOUNDED], high[high >= UNBOUNDED] = -np.inf, np.inf
        rows = vstack([hstack([shared, outside]), hstack([cuts, csr_matrix((len(most), outside.shape[1]))])])
        entries = np.ones(len(schedules)), (schedules.person, np.arange(len(schedules)))
        people = csr_matrix(entries, shape=(self.personal.people, rows.shape[1]))
        least, largest = (
            np.append(np.full(len(schedules), none), side[self.outside])
            for none, side in zip((0.0, np.inf), self.relaxation.bounds, strict=True)
        )
        return Program(
            np.append(costs, self.weight[self.outside]).astype(float),
            least,
            largest,
            csr_matrix(vstack([rows, people])),
            np.concatenate([low, np.full(len(most), -np.inf), np.where(self.personal.busy, 1.0, -np.inf)]),
            np.concatenate([high, most, np.ones(self.personal.people)]),
        )

    def split(self, duals: Floats) -> tuple[Floats, Floats]:
        """Return of duals of a program those of all rows and groups, and those of the cuts, as far as they are any."""
        whole = np.zeros_like(self.duals)
        whole[self.shared] = duals[: len(self.shared)]
        return whole, np.minimum(duals[len(self.shared) : len(duals) - self.personal.people], 0.0)

    def _solve(self, cuts: SubsetRowCuts, limit: float, near: Stabilisation | None = None) -> _Solved | None:
        """Solve the program of the known schedules under cuts; None when there was no time to solve it to the end.

        Parameters
        ----------
        cuts
            The cuts.
        limit
            Seconds.
        near
            Keeps duals near the best ones, of cuts that have been there; None is not at all.
        """
        taken = self.schedules.taken(self._count)
        shared = self.matrix[:, : self._count] @ taken
        most = np.ones(len(cuts), np.int64)
        program = self.program(self.schedules, self.costs, shared, cuts.coefficients(taken), most)
        if near is not None:
            program = near.boxed(program, np.append(self.duals[self.shared], self.cut_duals))
        found = solve_lp(program, limit, self._stop)
        if found is None or not found.ended:
            return None
        return _Solved(found, float(program.cost @ found.values), taken)

    def outside_least(self, left: Ints) -> Ints:
        """Return what each column outside of schedules costs at least, given what is left of all weights."""
        low, high = (side[self.outside] for side in self.relaxation.bounds)
        return np.asarray(np.minimum(left[self.outside] * low, left[self.outside] * high))

    def _evaluate(self, duals: Floats, cut_duals: Floats, slack: Ints | None = None) -> _Lagrangian:
        """Return what duals prove, with what people answer; with slack, dearer schedules are of interest too."""
        left, base, bits = self.relaxation.reduced(self.objective, duals, self.headroom)
        prices = Prices(left[: self._count], bits, CutPrices(self.cuts, fixed_prices(-cut_duals, bits)))
        priced = self._pricer.price(prices, self._least_known(prices), slack)
        outside = self.outside_least(left)
        least = base + total(outside) + total(priced.least) - total(prices.cuts.each)
        return _Lagrangian(left, outside, priced, least, bits)

    def _least_known(self, prices: Prices) -> Ints:
        """Return what the best known schedule of each person costs at prices, in fixed point."""
        known = np.zeros(self.personal.people, np.int64)
        cost = self.personal.costs(self.schedules, prices.net, prices.bits)
        cost += prices.cuts.cost(self.schedules.taken(self._count))
        np.minimum.at(known, self.schedules.person, cost)
        return known

    @property
    def weight(self) -> Ints:
        """What each column costs, in units."""
        weight = np.zeros(len(self.personal.inside), np.int64)
        weight[self.objective.column] = self.objective.weight
        return weight


@dataclass(frozen=True)
class _Solved:
    """A program of schedules that was solved to its end.

    Attributes
    ----------
    solution
        Its values and duals.
    weight
        What that costs, in units.
    taken
        Which candidates each schedule takes; shape ``(candidates, schedules)``.
    """

    solution: Solution
    weight: float
    taken: csc_matrix

    @property
    def parts(self) -> Floats:
        """How much there is of each schedule."""
        return self.solution.values[: self.taken.shape[1]]


@dataclass(frozen=True)
class _Lagrangian:
    """The Lagrangian function at some duals.

    Attributes
    ----------
    left
        What is left of the weight of each column, in fixed point.
    outside
        What each column outside of schedules costs at least.
    priced
        The schedules.
    least
        Proven lower bound on the weights, in fixed point.
    bits
        Binary places.
    """

    left: Ints
    outside: Ints
    priced: Priced
    least: int
    bits: int
