"""Rosters and their proof from whole schedules, beside the search in neighbourhoods.

Prices are made better (`master`), and each time they prove more. Of the schedules that people answered rosters are put
together (`restricted_master`), and of further ones that cost little more. All schedules that could be in a roster near
the bound are written down (`enumeration`), made fewer, and searched to the end: there is such a roster, or the bound is
better. Once they are all that could be in a better roster than the best, it is proven.
"""

from __future__ import annotations

import logging
import math
import time
from itertools import count

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.column_generation.enumeration import Enumeration
from poolmatch.solving.column_generation.labelling import TooManyStates
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.column_generation.params import ColumnGenerationParams
from poolmatch.solving.column_generation.personal_rows import PersonalRows
from poolmatch.solving.column_generation.restricted_master import RestrictedMaster
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.pieces import Pieces
from poolmatch.solving.strategy import Outcome, Resources
from poolmatch.solving.task import Task

logger = logging.getLogger("poolmatch")


class ColumnGeneration:
    """Rosters and their proof from whole schedules.

    Parameters
    ----------
    resources
        What it works with; one worker is enough.
    params
        How it searches.
    """

    def __init__(self, resources: Resources, params: ColumnGenerationParams) -> None:
        self._seed, self._params = resources.seed, params

    @staticmethod
    def suits(task: Task, incumbent: Incumbent) -> bool:
        """Tell whether it has something to begin with.

        It has not without a relaxation. Nor where people are charged for being used: what a schedule costs is in
        columns of its own then.
        """
        return incumbent.relaxed is not None and task.usage is None

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Search; see `poolmatch.solving.strategy.Strategy`. Exhausted where there are too many schedules."""
        try:
            _Search(task, incumbent, budget, self._params, self._seed).run()
        except TooManyStates:
            if not budget.stop.asked():
                logger.info("there are too many schedules to look at")
        return Outcome.TIME_UP if budget.over else Outcome.EXHAUSTED


class _Search:
    """One run on one task."""

    def __init__(
        self, task: Task, incumbent: Incumbent, budget: Budget, params: ColumnGenerationParams, seed: int
    ) -> None:
        self._task, self._incumbent, self._budget, self._params = task, incumbent, budget, params
        self._seed, self._random = seed, np.random.default_rng(task.width)
        self._pieces = Pieces(task, seed, budget.stop, params.pieces)
        self._share = min(1.0, params.people / len(np.unique(task.features.person)))
        self._some_more, self._idle = 0, 0.0
        self._clock, self._waited = budget.at_most(budget.left), 0.0
        self._few, self._patience, self._ruled_out = params.few, params.proving, False
        self._enumeration: Enumeration | None = None

    @property
    def _best(self) -> tuple[int, Ints]:
        best = self._incumbent.best
        return best.value, best.values

    def run(self) -> None:
        task, budget, relaxed = self._task, self._budget, self._incumbent.relaxed
        assert relaxed is not None
        values = self._best[1]
        personal = PersonalRows(task.relaxation, task.features, task.objective)
        master = MasterProblem(personal, relaxed.duals, values, budget.stop, self._params.master)
        if not len(master.shared):
            return
        self._prove(master)
        self._price(master)
        values = self._best[1]
        # Begin with what these prices like.
        self._offer(values, task.greedy(master.relaxed().values))
        soon = budget.at_most(self._params.approaching)
        while not soon.over and self._improve(master, soon):
            master.add(master.of_roster(self._best[1]))
        while not (budget.over or self._incumbent.proven):
            master.add(master.of_roster(self._best[1]))
            if self._enumeration is None:
                self._price(master)
                while master.cut(self._best[0], budget.left):
                    self._price(master)
            if self._rule_out(master) or not self._improve(master, budget):
                return

    def _rule_out(self, master: MasterProblem) -> bool:
        """Look at all rosters near the bound, as many as there is time for: one is found, or the bound is better.

        Return whether these were all that may be better than the best.
        """
        best = self._best
        goal = best[0] - self._task.objective.unit
        enumeration = self._enumeration = self._enumerate(master, goal)
        self._ruled_out = False
        if enumeration is None:
            return False
        covered = enumeration.value >= goal
        self._narrow(enumeration, self._budget if covered else self._budget.at_most(self._patience))
        everything = covered
        if self._incumbent.bound <= enumeration.value:
            everything = self._search_near(master, enumeration, best)
        if self._incumbent.bound > enumeration.value:
            self._enumeration, self._ruled_out = None, True  # there are no such rosters
        return everything

    def _search_near(self, master: MasterProblem, enumeration: Enumeration, best: tuple[int, Ints]) -> bool:
        """Search the enumerated rosters, or those near the bound; return whether all better ones were among them."""
        near, chosen = enumeration.value, enumeration.near(enumeration.value)
        for part in range(1, self._params.nearest + 1):
            if chosen.sum() <= self._few:
                break
            near = self._incumbent.bound + (enumeration.value - self._incumbent.bound) // 2**part
            chosen = enumeration.near(near)
        if chosen.sum() > self._few:
            return False
        everything, left = bool(near >= best[0] - self._task.objective.unit), self._budget.left
        schedules = enumeration.schedules.take(np.flatnonzero(chosen))
        _, ended = self._search_among(master, schedules, best, left if everything else min(left, self._patience), near)
        if ended:
            self._few, self._ruled_out = min(self._params.many, 2 * self._few), True
        else:
            self._few, self._patience = self._few // 2, 2 * self._patience
        return everything

    def _enumerate(self, master: MasterProblem, goal: int) -> Enumeration | None:
        """Return all schedules that may be in a roster of at most this value, or as far as there are not too many.

        None when there are too many however near to the bound.
        """
        if self._enumeration is not None:
            self._enumeration.aim(goal)
            return self._enumeration
        schedules, most, part = None, self._incumbent.bound, 2.0**-self._params.nearest
        low, high = 0.0, 2.0
        while 2.0**-self._params.nearest <= part <= 1 and high - low > low / 2**self._params.halvings:
            near = self._incumbent.bound + int(part * (goal - self._incumbent.bound))
            found = master.within(near, self._params.listed)
            if found is None:
                high = part
            else:
                schedules, most, low = found, near, part
            part = min(2 * part, (low + high) / 2)
        return (
            None
            if schedules is None
            else Enumeration(master, schedules, most, self._budget.stop, self._params.enumeration)
        )

    def _narrow(self, enumeration: Enumeration, budget: Budget) -> None:
        """Make the schedules of an enumeration fewer."""
        before = len(enumeration)
        for number in count():
            last = len(enumeration)
            went = enumeration.price(budget.left)
            self._incumbent.raise_bound(enumeration.bound)
            logger.info(
                "%d schedules may be in rosters from %d to %d", len(enumeration), enumeration.bound, enumeration.value
            )
            slow = number > 0 and len(enumeration) > self._params.slowly * last
            if not went or slow or len(enumeration) <= self._params.enough or not enumeration.cut(budget.left):
                break
        self._ruled_out |= len(enumeration) < self._params.slowly * before

    def _improve(self, master: MasterProblem, budget: Budget) -> bool:
        """Put a roster together from schedules of some people; return whether there are more to be looked at."""
        best, limit, begun = self._best, min(self._params.assembling, budget.left), time.monotonic()
        share, some = self._share, self._some(master, self._share)
        schedules = self._likely(
            master, best, self._some_more if share == 1 else max(self._params.few, self._some_more), some
        )
        better, ended = self._search_among(master, schedules, best, limit)
        quick = time.monotonic() < begun + self._params.quick * limit
        self._share = (
            min(1.0, share * (self._params.doubles if quick else self._params.grows))
            if ended
            else max(self._params.smallest, share * self._params.shrinks)
        )
        self._idle = 0.0 if better else self._idle + share
        if self._idle >= (1 if share == 1 else self._params.around):
            if self._some_more >= self._params.many and not self._ruled_out:
                return False
            self._some_more, self._idle = min(self._params.many, max(self._params.few, 2 * self._some_more)), 0.0
        return True

    def _price(self, master: MasterProblem) -> None:
        """Find the best prices, as far as they matter for the best roster."""
        while not (master.ended(self._best[0]) or self._budget.over):
            self._give_way(master)
            if not master.step(self._best[0], self._budget.left):
                return
            self._prove(master)

    def _give_way(self, master: MasterProblem) -> None:
        """Wait as long as others prove more, and go on to: half as long as this has worked, after the last time."""
        began, incumbent = time.monotonic(), self._incumbent
        patience = (self._clock.gone - self._waited) / 2

        def leads() -> bool:
            stalled = time.monotonic() - incumbent.raised > patience
            return master.bound >= incumbent.bound or incumbent.proven or stalled

        self._budget.wait(math.inf, leads)
        self._waited += time.monotonic() - began

    def _prove(self, master: MasterProblem) -> None:
        """Take over what prices prove."""
        known = self._incumbent.relaxed
        if known is None or master.bound > known.bound:
            self._incumbent.raise_bound(master.bound, master.relaxed())

    def _likely(self, master: MasterProblem, best: tuple[int, Ints], budget: int, people: Bools) -> Schedules:
        """Return the known schedules of some people, of all others of theirs about so many that cost least.

        And what everybody else does now.
        """
        known, now = master.schedules, master.of_roster(best[1])
        schedules = known.take(np.flatnonzero(people[known.person])).joined(now)
        if budget:
            found = schedules
            gap = best[0] - master.bound
            for part in range(self._params.nearest, 0, -1):  # the nearest are found in no time
                near = master.within(master.bound + gap // 2**part, budget, people)
                if near is None:
                    break
                found = near
            schedules = schedules.joined(found)
        return schedules.distinct()

    def _some(self, master: MasterProblem, share: float) -> Bools:
        """Return a part of all people who work near one another."""
        land = self._task.features
        people, place = np.unique(land.person, return_inverse=True)
        where = np.stack([np.nan_to_num(land.lat), np.nan_to_num(land.lon)])
        home = np.stack([np.bincount(place, side) for side in where]) / np.bincount(place)
        apart = np.hypot(*(home - home[:, self._random.integers(len(people)), None]))
        some = np.zeros(master.personal.people, np.bool_)
        some[people[np.argsort(apart, kind="stable")[: max(2, round(share * len(people)))]]] = True
        return some

    def _search_among(
        self,
        master: MasterProblem,
        schedules: Schedules,
        best: tuple[int, Ints],
        limit: float,
        all_up_to: int | None = None,
    ) -> tuple[bool, bool]:
        """Put a roster together, and tell whether it is better and whether the search came to its end.

        Parameters
        ----------
        master
            Prices.
        schedules
            The schedules.
        best
            The best roster and its value.
        limit
            Seconds.
        all_up_to
            The schedules are all that may be in a roster of at most this value: only such a roster is looked for, and
            when there is none, that is proven. None is nothing of that kind.
        """
        if limit <= 0 or self._budget.stop.asked():
            return False, False
        value, values = best
        most = value if all_up_to is None else min(value, all_up_to)
        restricted = RestrictedMaster.of(master, schedules, values)
        objective = restricted.objective
        beyond = objective.value_of(objective.weight_within(most) + 1)

        def learn(bound: int) -> None:
            self._incumbent.raise_bound(min(value, bound, beyond))

        answer = restricted.search(limit, self._seed, self._budget.stop, most, None if all_up_to is None else learn)
        found = None if answer.values is None else objective.value(answer.values)
        if all_up_to is not None and (answer.infeasible or answer.bound is not None):
            learn(beyond if answer.bound is None else answer.bound)
        logger.info("%d schedules: %s of %d", len(schedules), "none" if found is None else found, most)
        better = answer.values is not None and found is not None and found < value
        if answer.values is not None and better:
            self._offer(values, restricted.taken(answer.values))
        return better, answer.infeasible or (found is not None and answer.bound is not None and answer.bound >= found)

    def _offer(self, base: Ints, taken: Ints) -> None:
        """Offer a roster that was made out of another, and one with the same changes to what is the best by now."""
        best = self._incumbent.best.values[: len(taken)]
        both = np.where(taken != base[: len(taken)], taken, best)
        for roster in (both, taken) if (both != taken).any() else (taken,):
            self._pieces.offer(roster, self._incumbent)
