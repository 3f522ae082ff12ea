"""Rosters near a given one: something is asked, and the best roster is sought that does it while the rest stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.checking import Report
from poolmatch.errors import ModelMismatch
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.submodel import SubModels, restricted
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget

NOTHING = np.zeros(0, np.int64)
PEOPLE, CHANGES = -2.0, -1.0
"""What stands in the place of a tier where disturbed people, and changed assignments, are counted."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a roster.

    Attributes
    ----------
    taken, barred
        Candidates that it takes, and does not take.
    some
        Candidates of each set of which it takes one at least.
    """

    taken: Ints = field(default_factory=lambda: NOTHING)
    barred: Ints = field(default_factory=lambda: NOTHING)
    some: tuple[Ints, ...] = ()

    @property
    def named(self) -> Ints:
        """All candidates that are named."""
        return np.unique(np.concatenate([self.taken, self.barred, *self.some]))


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
    """

    report: Report
    values: Ints
    whole: bool
    proven: bool


class NearbyRosters:
    """Rosters near one that is legal.

    Parameters
    ----------
    prepared
        The problem under its rules.
    taken
        Value of each candidate in the roster.
    seed
        Of searches.
    workers
        Threads of each.
    """

    def __init__(self, prepared: Prepared, taken: Ints, *, seed: int = 0, workers: int = 1) -> None:
        self._prepared, self._count = prepared, len(prepared.candidates)
        self._settings = Settings(workers, seed, deterministic=False, brief=True)
        self.taken = taken[: self._count]

    @cached_property
    def _sub_models(self) -> SubModels:
        return SubModels(self._prepared.system, self._count)

    @cached_property
    def values(self) -> Ints | None:
        """Value of each column in the given roster; None when it is not legal."""
        system = self._prepared.system
        values = np.concatenate([self.taken, np.zeros(len(system.bounds[0]) - self._count, np.int64)])
        part = self._sub_models.complete(self.taken, self._prepared.objectives[-1])
        found = self._in_order(part.system, self._local(self._prepared.objectives, part.columns, values), part.hint)
        return None if found is None else _with(values, part.columns, found[0])

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
        near |= self._at_seats_of(np.union1d(people, holders))
        yield near
        days = np.unique(candidates.column("day")[near])
        others = self._at_seats_of(np.unique(candidates.person[near]))
        wider = near | (others & np.isin(candidates.column("day"), days))
        yield wider
        yield np.ones(self._count, np.bool_)

    def _at_seats_of(self, people: Ints) -> Bools:
        """Tell which candidates are for seats that some people hold."""
        candidates = self._prepared.candidates
        held = np.unique(candidates.seat[(self.taken > 0) & np.isin(candidates.person, people)])
        return np.isin(candidates.seat, held)

    def sought(self, asked: Asked, goals: Sequence[Objective | float], budget: Budget) -> tuple[Nearby | None, bool]:
        """Return the best roster that does what is asked, ring by ring, and whether that is settled.

        It is settled where all rosters were looked at, and none that does it is better, or there is none.
        Parameters as of `best`.
        """
        best: Nearby | None = None
        for free in self.rings(asked):
            if budget.over:
                break
            found = self.best(asked, goals, free, budget)
            if found is not None:
                best = found
            elif free.all() and best is None and not budget.over:
                return None, True
        return best, best is not None and best.whole and best.proven

    def best(self, asked: Asked, goals: Sequence[Objective | float], free: Bools, budget: Budget) -> Nearby | None:
        """Return the best roster that does what is asked and differs in freed candidates only; None if there is none.

        Parameters
        ----------
        asked
            What is asked; all its candidates are free.
        goals
            Objectives of the system, `PEOPLE` or `CHANGES`, in the order in which they are minimised.
        free
            Which candidates may change; shape ``(candidates,)``.
        budget
            How long.

        Raises
        ------
        ModelMismatch
            The judge finds the roster illegal: a bug in poolmatch or in the solver.
        """
        values = self.values
        assert values is not None
        whole = bool(free.all())
        part = self._sub_models.around(free, values, self._prepared.objectives[0])
        place = np.full(len(values), -1)
        place[part.columns] = np.arange(len(part.columns))
        system = part.system.fixing(place[asked.taken], 1).fixing(place[asked.barred], 0)
        for some in asked.some:
            system = system.requiring(place[some])
        mine = part.columns < self._count
        system, undisturbed = _undisturbed(system, part.hint, self._prepared.candidates.person, part.columns[mine])
        local = [
            {PEOPLE: _minus(PEOPLE, undisturbed), CHANGES: _changes(part.hint[mine])}[goal]
            if isinstance(goal, float)
            else restricted(goal, part.columns, values)
            for goal in goals
        ]
        hint = np.append(part.hint, np.zeros(len(undisturbed), np.int64))
        found = None if system.contradictory else self._in_order(system, local, hint, budget)
        if found is None:
            return None
        changed = _with(values, part.columns, found[0][: len(part.columns)])
        report = self._prepared.judged(changed)
        if not report.legal:
            raise ModelMismatch(f"a roster that is near is illegal: {report.violations[0].words}")
        return Nearby(report, changed, whole, found[1])

    def _local(self, goals: Sequence[Objective], columns: Ints, values: Ints) -> list[Objective]:
        return [restricted(goal, columns, values) for goal in goals]

    def _in_order(
        self, system: System, goals: Sequence[Objective], hint: Ints, budget: Budget | None = None
    ) -> tuple[Ints, bool] | None:
        """Return the best values, goal by goal, and whether each was proven; None when there are none, or none yet."""
        budget = budget or Budget(60.0)
        search = Search(system, self._settings)
        best, proven = None, True
        for goal in goals:
            search.hint(hint if best is None else best)
            answer = search.minimise(goal, budget.left, budget.stop)
            if answer.values is None:
                return None if best is None else (best, False)
            best = answer.values
            value = goal.value(best)
            proven &= answer.bound == value
            search.keep(goal, value)
        return None if best is None else (best, proven)


def _with(values: Ints, columns: Ints, answer: Ints) -> Ints:
    changed = values.copy()
    changed[columns] = answer
    return changed


def _minus(name: float, columns: Ints) -> Objective:
    """Return the number of columns that are 0."""
    return Objective(name, 1, columns, np.full(len(columns), -1), len(columns))


def _changes(hint: Ints) -> Objective:
    """Return in how many of the first columns values differ from what they were, 0 or 1."""
    return Objective(CHANGES, 1, np.arange(len(hint)), np.where(hint > 0, -1, 1), int(hint.sum()))


def _undisturbed(system: System, hint: Ints, person: Ints, candidates: Ints) -> tuple[System, Ints]:
    """Return the system with a 0/1 column for each person that is 1 only where nothing changes for them; and these.

    Parameters
    ----------
    system, hint
        A part, whose first columns are candidates, and its values as they were.
    person
        Person of each candidate of the whole.
    candidates
        Which candidates the first columns are.
    """
    people, of = np.unique(person[candidates], return_inverse=True)
    first = len(system.bounds[0])
    columns = first + np.arange(len(people))
    low, high = system.bounds
    bounds = np.append(low, np.zeros_like(columns)), np.append(high, np.ones_like(columns))
    widened = System(bounds, system.matrix, system.row_bounds, system.groups, system.hard_rows)
    # Undisturbed and held before: still held. Undisturbed and not held before: still not held.
    place = np.arange(len(candidates))
    held = hint[place] > 0
    row = np.repeat(place, 2)
    column = np.stack([columns[of], place], axis=1).ravel()
    factor = np.stack([np.ones_like(place), np.where(held, -1, 1)], axis=1).ravel()
    most = np.where(held, 0, 1)
    return widened.with_rows((row, column, factor), np.full(len(place), -UNBOUNDED), most), columns
