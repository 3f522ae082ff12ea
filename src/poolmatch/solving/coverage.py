"""How many seats could be filled at most: by the people there are, and by somebody more or somebody who learns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.rule import PreferenceRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.start.greedy import quick_start

NO_GROUPS: Sequence[Ints] = ()


def limits_alone(rules: RuleSet) -> RuleSet:
    """Return what a roster must keep, wishes and pins aside; a preference that is a limit is no wish."""
    kept = tuple(rule for rule in rules.without_pins.rules if not isinstance(rule, PreferenceRule) or rule.limits)
    return replace(rules, rules=kept, tiers_of=(), keep=())


@dataclass(frozen=True)
class Filled:
    """How many of some seats can be filled.

    Attributes
    ----------
    count
        How many are, in the best roster that was found.
    most
        No roster fills more; proven.
    taken
        Which candidates that roster takes, 0 or 1 for each.
    group
        The group of candidates that it makes use of, None for none.
    """

    count: int
    most: int
    taken: Ints
    group: int | None = None

    @property
    def settled(self) -> bool:
        """Whether no roster fills more."""
        return self.count == self.most


class Coverage:
    """Asks how many seats can be filled, again and again, of one model.

    Parameters
    ----------
    prepared
        The problem under `limits_alone`.
    closed
        Candidates that nobody takes, such as externals; shape ``(candidates,)``.
    groups
        Sets of candidates of which rosters make use of one set at most, and of none unless they are let: the
        candidates of somebody more, or those that somebody would be with a skill more. Disjoint.
    workers
        Threads.
    """

    def __init__(self, prepared: Prepared, closed: Bools, groups: Sequence[Ints] = NO_GROUPS, workers: int = 1) -> None:
        self._prepared, self.groups = prepared, groups
        self._settings = Settings(workers, prepared.seed, deterministic=False, brief=True)
        self._system = prepared.system.fixing(np.flatnonzero(closed & prepared.candidates.open), 0)
        self._seat = prepared.candidates.seat
        self._best: Ints | None = None

    @cached_property
    def _first(self) -> int:
        """The column of the first group: 1 where rosters make use of it."""
        return len(self._system.bounds[0])

    @cached_property
    def _search(self) -> Search:
        return Search(self._widened, self._settings)

    @cached_property
    def _widened(self) -> System:
        system, groups = self._system, self.groups
        columns = self._first + np.arange(len(groups))
        low, high = system.bounds
        bounds = np.append(low, np.zeros_like(columns)), np.append(high, np.ones_like(columns))
        system = replace(system, bounds=bounds)
        if not len(groups):
            return system
        sizes = np.array([len(group) for group in groups], np.int64)
        mine = np.concatenate([np.append(group, column) for group, column in zip(groups, columns, strict=True)])
        factors = np.concatenate([np.append(np.ones(size, np.int64), -size) for size in sizes])
        row = np.append(np.repeat(np.arange(len(groups)), sizes + 1), np.full(len(groups), len(groups)))
        entries = row, np.append(mine, columns), np.append(factors, np.ones_like(columns))
        most = np.append(np.zeros(len(groups), np.int64), 1)
        return system.with_rows(entries, np.full(len(most), -UNBOUNDED), most)

    def most(self, seats: Ints, budget: Budget, allowed: Sequence[int] = ()) -> Filled | None:
        """Return how many of some seats can be filled at once; None where no roster was found in time.

        Where it is not proven that no more can be, the budget is over.

        Other seats are filled or not, as it helps.

        Parameters
        ----------
        seats
            Positions.
        budget
            How long.
        allowed
            Groups of which a roster may make use of one.
        """
        candidates = np.flatnonzero(np.isin(self._seat, seats))
        wanted = Objective(0, 1, candidates, np.full(len(candidates), -1), len(seats))
        open_groups = np.zeros(len(self.groups), np.int64)
        open_groups[list(allowed)] = 1
        search = self._search
        search.bound(self._first + np.arange(len(self.groups)), open_groups)
        search.hint(self._begin(wanted))
        answer = search.minimise(wanted, max(0.0, budget.left), budget.stop)
        if answer.values is None or answer.bound is None:
            budget.use_up()  # there always is a roster: nobody has to work
            return None
        if answer.bound < wanted.value(answer.values):
            budget.use_up()
        self._best = answer.values
        count, used = len(seats) - wanted.value(answer.values), np.flatnonzero(answer.values[self._first :])
        taken = answer.values[: len(self._seat)]
        mine = next((int(group) for group in used if taken[self.groups[int(group)]].any()), None)
        return Filled(count, len(seats) - answer.bound, taken, mine)

    def _begin(self, wanted: Objective) -> Ints:
        """Return a roster to begin with: the last one, else one that is made in no time."""
        if self._best is not None:
            return self._best
        features = CandidateFeatures.of(self._prepared.candidates, wanted)
        closed = np.concatenate([np.zeros(0, np.int64), *self.groups])
        return quick_start(features, self._system.fixing(closed, 0))

    def gains(self, seats: Ints, base: Filled, budget: Budget, groups: Sequence[int]) -> Iterator[Filled]:
        """Yield what making use of one of some groups would fill, the best first, as long as one fills more.

        Parameters
        ----------
        seats
            Positions.
        base
            What can be filled without.
        budget
            How long.
        groups
            Which groups; those that are not yielded fill no more than those that are, and none more than the base when
            the iterator ends before time is up.
        """
        left = list(groups)
        while left and not budget.over:
            found = self.most(seats, budget, left)
            if found is None or found.group is None or found.count <= base.count:
                return
            yield found
            left.remove(found.group)

    def each(self, seats: Ints, base: Filled, budget: Budget) -> Iterator[Filled]:
        """Yield what use of each group by itself would fill, of those that fill more; parameters as of `gains`."""
        for group in range(len(self.groups)):
            found = None if budget.over else self.most(seats, budget, [group])
            if found is not None and found.group is not None and found.count > base.count:
                yield found

    def fewest(self, seats: Ints, count: int, budget: Budget) -> tuple[int, int, Ints] | None:
        """Return with how few people so many of some seats can be filled; None where that was not found in time.

        Parameters
        ----------
        seats
            Positions.
        count
            How many of them are filled.
        budget
            How long.

        Returns
        -------
        tuple
            How many people are needed at least, how many the best roster has, and which candidates it takes. Who works
            on other seats, or worked in the past, counts only for what is still to come.
        """
        candidates, system = self._prepared.candidates, self._system
        columns = np.flatnonzero(candidates.open)
        people, of = np.unique(candidates.person[columns], return_inverse=True)
        first, place = len(system.bounds[0]), np.arange(len(columns))
        used = first + np.arange(len(people))
        low, high = system.bounds
        wider = replace(system, bounds=(np.append(low, np.zeros_like(used)), np.append(high, np.ones_like(used))))
        entries = np.repeat(place, 2), np.stack([columns, used[of]], 1).ravel(), np.tile([1, -1], len(columns))
        wider = wider.limited(*entries, np.zeros(len(columns), np.int64))
        wanted = np.flatnonzero(np.isin(self._seat, seats))
        filled = np.zeros(len(wanted), np.int64), wanted, np.ones(len(wanted), np.int64)
        wider = wider.with_rows(filled, np.array([count]), np.array([UNBOUNDED]))
        search = Search(wider, self._settings)
        if self._best is not None:
            search.hint(self._best[:first])
        goal = Objective(0, 1, used, np.ones(len(used), np.int64), 0)
        answer = search.minimise(goal, max(0.0, budget.left), budget.stop)
        if answer.values is None or answer.bound is None:
            return None
        return answer.bound, goal.value(answer.values), answer.values[: len(self._seat)]
