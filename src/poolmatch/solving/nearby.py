"""Rosters near a given one: something is asked, and the best roster is sought that does it while the rest stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.checking import Report
from poolmatch.errors import ModelMismatch
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.asked import NOTHING as NOTHING
from poolmatch.solving.model.asked import Asked as Asked
from poolmatch.solving.model.disturbance import BROKEN as BROKEN
from poolmatch.solving.model.disturbance import CHANGES as CHANGES
from poolmatch.solving.model.disturbance import PEOPLE as PEOPLE
from poolmatch.solving.model.disturbance import Nearest as Nearest
from poolmatch.solving.model.disturbance import broken, changes, guided, keeping, minus, undisturbed
from poolmatch.solving.model.submodel import SubModels, restricted
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget

Goal = Objective | Nearest | float
A_SECOND = 40_000
"""About so many free candidates are made ready to be searched in a second."""
NO_GOAL = Objective(0, 1, NOTHING, NOTHING, 0)


@dataclass(frozen=True)
class Told:
    """What people were told: what `BROKEN`, `PEOPLE` and `CHANGES` are counted against.

    Attributes
    ----------
    taken
        Value of each candidate.
    sure
        People to whom something changes in any case: `PEOPLE` does not count them.
    """

    taken: Ints
    sure: Ints = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class Searched:
    """What a search among rosters came to, not judged.

    Attributes
    ----------
    values
        Value of each column of the system.
    settled
        Of how many goals, from the first on, it is proven that none of those that were looked at is better.
    """

    values: Ints
    settled: int


@dataclass(frozen=True)
class _Begin:
    """What a search begins with.

    Attributes
    ----------
    hint
        Value of each of its columns.
    most
        Goals that are kept, and what each may be worth at most.
    stays
        Whether the hint does all that is asked: then it stays as far as nothing better is found.
    """

    hint: Ints
    most: Sequence[tuple[Objective, int]] = ()
    stays: bool = False


@dataclass(frozen=True)
class Nearby:
    """The best roster that was found.

    Attributes
    ----------
    report
        What the judge says of it.
    values
        Value of each column of the system.
    whole
        Whether all rosters were looked at; else all that differ from the given one in the freed candidates only.
    proven
        Whether none of those that were looked at is better.
    settled
        Of how many goals, from the first on, that is proven.
    """

    report: Report
    values: Ints
    whole: bool
    proven: bool
    settled: int = 0


def is_late(free: Bools, budget: Budget, times: int = 1) -> bool:
    """Tell whether the time is over before a search has begun.

    Parameters
    ----------
    free
        Which candidates it frees.
    budget
        What is left.
    times
        How often it is made ready.
    """
    return budget.over or bool(budget.left < times * free.sum() / A_SECOND)


class NearbyRosters:
    """Rosters near one that is legal.

    Parameters
    ----------
    prepared
        The problem under its rules.
    taken
        Value of each candidate in the roster.
    told
        What people were told; None is this roster.
    seed
        Of searches.
    workers
        Threads of a search among all rosters; among others there is one.
    """

    def __init__(
        self, prepared: Prepared, taken: Ints, *, told: Told | None = None, seed: int = 0, workers: int = 1
    ) -> None:
        self._prepared, self._count = prepared, len(prepared.candidates)
        self._settings = Settings(1, seed, deterministic=False, brief=True)
        self._workers = workers
        self.taken = taken[: self._count]
        self._told = Told(self.taken) if told is None else told

    @cached_property
    def sub_models(self) -> SubModels:
        """Cuts parts out of the system."""
        return SubModels(self._prepared.system, self._count)

    @cached_property
    def values(self) -> Ints | None:
        """Value of each column in the given roster; None when it is not legal."""
        system = self._prepared.system
        values = np.concatenate([self.taken, np.zeros(len(system.bounds[0]) - self._count, np.int64)])
        part = self.sub_models.complete(self.taken, NO_GOAL)
        goals = self._local(self._prepared.objectives, part.columns, values)
        found = self._in_order(part.system, goals, _Begin(part.hint))
        completed = None if found is None else _with(values, part.columns, found.values)
        return completed if completed is not None and self.sub_models.feasible(completed) else None

    def beside(self, values: Ints) -> Self:
        """Return the rosters near another one that is legal; what people were told stays what changes are counted from.

        Parameters
        ----------
        values
            Value of each column in it.
        """
        other = copy(self)
        other.taken = values[: self._count]
        vars(other)["values"] = values  # as if it had been worked out
        return other

    def mended(self, budget: Budget) -> Self | None:
        """Return the rosters near the legal one that keeps as much of this one as can be kept; None when none is found.

        Nobody gets a seat in it who does not hold it here, but for those who must, such as who is pinned.

        Parameters
        ----------
        budget
            How long.
        """
        prepared, held = self._prepared, self.taken > 0
        low, _ = prepared.system.bounds
        must = low[: self._count] > 0
        pins = [pin for pin in prepared.problem.open_pins if pin.facilitator is not None]
        must[np.concatenate([NOTHING, *map(prepared.candidates.of_pin, pins)])] = True
        nobody = np.zeros(len(low), np.int64)
        for free in (held | must, np.ones(self._count, np.bool_)):
            part = self.sub_models.among(free, nobody, keeping(held, free))
            search = Search(part.system, self._settings)
            search.hint(held[part.columns[part.columns < self._count]].astype(np.int64))
            answer = None if part.system.contradictory else search.minimise(part.objective, budget.left, budget.stop)
            if answer is not None and answer.values is not None:
                return self._of(_with(nobody, part.columns, answer.values))
            if budget.over:
                break
        return None

    def _of(self, values: Ints) -> Self:
        """Return the rosters near another one, of which only the candidates are known."""
        other = self.beside(values)
        vars(other).pop("values")
        return other

    def counted(self, values: Ints) -> tuple[int, int, int]:
        """Return how many assignments that people were told are dropped, people disturbed, candidates changed."""
        told, taken = self._told.taken, values[: self._count]
        changed = np.flatnonzero(taken != told)
        people = np.setdiff1d(self._prepared.candidates.person[changed], self._told.sure)
        return int((told[changed] > 0).sum()), len(people), len(changed)

    def rings(self, asked: Asked) -> Iterator[Bools]:
        """Yield which candidates are freed, ever more: about what is asked, about who could step in there, all.

        The first ring frees the meetings of the seats that are named, and all seats of the people who must take one or
        sit there; the second also the seats, on the same days, of those who could take one of the seats of the first.
        """
        candidates = self._prepared.candidates
        seats = np.unique(candidates.seat[asked.named])
        near = np.isin(candidates.meeting, np.unique(candidates.meeting[asked.named]))
        alone = (part for part in asked.some if len(np.unique(candidates.person[part])) == 1)
        people = np.unique(candidates.person[np.concatenate([asked.taken, *alone])])
        holders = candidates.person[(self.taken > 0) & np.isin(candidates.seat, seats)]
        near |= self.at_seats_of(np.union1d(people, holders))
        yield near
        yield near | self.stepping_in(near)
        yield np.ones(self._count, np.bool_)

    def at_seats_of(self, people: Ints) -> Bools:
        """Tell which candidates are for seats that some people hold."""
        candidates = self._prepared.candidates
        held = np.unique(candidates.seat[(self.taken > 0) & np.isin(candidates.person, people)])
        return np.isin(candidates.seat, held)

    def stepping_in(self, free: Bools) -> Bools:
        """Tell which candidates are for seats, on the days of freed ones, of the people who are freed."""
        candidates = self._prepared.candidates
        day = candidates.column("day")
        return self.at_seats_of(np.unique(candidates.person[free])) & np.isin(day, np.unique(day[free]))

    def sought(self, asked: Asked, goals: Sequence[Goal], budget: Budget) -> tuple[Nearby | None, bool]:
        """Return the best roster that does what is asked, ring by ring, and whether that is settled.

        Each ring begins with what the one before came to, so that less time than it takes makes nothing worse. It is
        settled where all rosters were looked at, and none that does it is better, or there is none.
        Parameters as of `best`.
        """
        if not all(map(len, asked.some)):
            return None, True
        best, begun = None, self
        for free in self.rings(asked):
            if is_late(free, budget):
                break
            found = begun.best(asked, goals, free, budget)
            if found is not None:
                best, begun = found, self.beside(found.values)
            elif free.all() and best is None and not budget.over:
                return None, True
        return best, best is not None and best.whole and best.proven

    def best(self, asked: Asked, goals: Sequence[Goal], free: Bools, budget: Budget) -> Nearby | None:
        """Return the best roster that does what is asked and differs in freed candidates only; None if there is none.

        Parameters
        ----------
        asked
            What is asked; all its candidates are free.
        goals
            Objectives of the system, also as `Nearest`, `BROKEN`, `PEOPLE` or `CHANGES`, in the order in which they are
            minimised.
        free
            Which candidates may change; shape ``(candidates,)``.
        budget
            How long.

        Raises
        ------
        ModelMismatch
            The judge finds the roster illegal: a bug in poolmatch or in the solver.
        """
        found = self.searched(asked, goals, free, budget)
        if found is None:
            return None
        report = self.judged(found.values)
        return Nearby(report, found.values, bool(free.all()), found.settled == len(goals), found.settled)

    def judged(self, values: Ints) -> Report:
        """Return what the judge says of a legal roster; raise ModelMismatch where it finds it illegal."""
        report = self._prepared.judged(values)
        if not report.legal:
            raise ModelMismatch(f"a roster that is near is illegal: {report.violations[0].words}")
        return report

    def searched(self, asked: Asked, goals: Sequence[Goal], free: Bools, budget: Budget) -> Searched | None:
        """Return the best roster as columns, as `best`; it is not judged."""
        values = self.values
        assert values is not None
        part = self.sub_models.around(free, values, NO_GOAL)
        place = np.full(len(values), -1)
        place[part.columns] = np.arange(len(part.columns))
        system = part.system.fixing(place[asked.taken], 1).fixing(place[asked.barred], 0)
        for some in asked.some:
            system = system.requiring(place[some])
        mine = part.columns[part.columns < self._count]
        told, person = self._told.taken[mine], self._prepared.candidates.person[mine]
        system, columns, quiet = undisturbed(system, told, person, self._told.sure, part.hint)
        counts = {BROKEN: broken(told), PEOPLE: minus(PEOPLE, columns), CHANGES: changes(told)}

        def local(goal: Goal) -> Objective:
            if isinstance(goal, float):
                return counts[goal]
            if isinstance(goal, Nearest):
                return guided(restricted(goal.objective, part.columns, values), told, system.bounds)
            return restricted(goal, part.columns, values)

        kept = [(restricted(goal, part.columns, values), most) for goal, most in asked.most]
        begin = _Begin(np.append(part.hint, quiet), kept, stays=asked.done_by(values))
        ordered, whole = list(map(local, goals)), bool(free.all())
        found = None if system.contradictory else self._in_order(system, ordered, begin, budget, whole=whole)
        if found is None:
            return None
        return Searched(_with(values, part.columns, found.values[: len(part.columns)]), found.settled)

    def _local(self, goals: Sequence[Objective], columns: Ints, values: Ints) -> list[Objective]:
        return [restricted(goal, columns, values) for goal in goals]

    def _in_order(
        self,
        system: System,
        goals: Sequence[Objective],
        begin: _Begin,
        budget: Budget | None = None,
        *,
        whole: bool = False,
    ) -> Searched | None:
        """Return the best values, goal by goal, and of how many that was proven; None when there are none, or none yet.

        Where there are none yet, the budget is over.

        Parameters
        ----------
        system, goals, begin
            What is searched.
        budget
            How long; None is a minute.
        whole
            Whether all rosters are looked at, by all workers.
        """
        budget = budget or Budget(60.0)
        settings = replace(self._settings, workers=self._workers) if whole else self._settings
        search = Search(system, settings)
        for goal, most in begin.most:
            search.keep(goal, most)
        best, settled = begin.hint if begin.stays else None, 0
        for number, goal in enumerate(goals or [NO_GOAL]):
            search.hint(begin.hint if best is None else best)
            answer = search.minimise(goal, budget.left, budget.stop)
            if answer.values is None:
                if not answer.infeasible:  # so that nobody takes it for proof that there is none
                    budget.use_up()
                break
            value = goal.value(answer.values)
            if best is None or value < goal.value(best):
                best = answer.values
            value = goal.value(best)
            proven = answer.bound is not None and answer.bound // goal.ahead >= value // goal.ahead
            settled += proven and settled == number
            search.keep(goal, value)
        return None if best is None else Searched(best, settled)


def _with(values: Ints, columns: Ints, answer: Ints) -> Ints:
    changed = values.copy()
    changed[columns] = answer
    return changed
