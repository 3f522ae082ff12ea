"""What would help most: one more facilitator of a kind, a member more, or somebody who learns; tried, not guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeVar

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints
from poolmatch.checking import judge
from poolmatch.domain.problem import Problem
from poolmatch.eligibility import eligibility
from poolmatch.explain.newcomers import Joined, OneMore, Training, highest, taught
from poolmatch.explain.supply import Supply, demanded, from_outside
from poolmatch.solving.coverage import Coverage, Filled
from poolmatch.solving.model.decoding import roster_of
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget

G = TypeVar("G", OneMore, Training)
MOST_KINDS = 20
"""So many kinds of facilitators are tried."""


def kinds_wanted(supply: Supply, full: Filled) -> list[OneMore]:
    """Return the kinds of facilitators that the seats ask for which a roster leaves empty, each once.

    Those come first who could take most of these seats by role, skills and region; of so many kinds that it would take
    long to try all, only they do.
    """
    held = np.unique(supply.prepared.candidates.seat[np.flatnonzero(full.taken)])
    empty = [supply.asks[place] for place in np.setdiff1d(supply.seats, held).tolist()]
    kinds = dict.fromkeys(
        OneMore(None, asks.role or "lead", tuple(sorted(asks.skills.items())), asks.region) for asks in empty
    )

    def fits(kind: OneMore) -> int:
        known = dict(kind.skills)
        return -sum(
            asks.role in (None, kind.role)
            and asks.region in (None, kind.region)
            and all(known.get(skill, 0) >= level for skill, level in asks.skills.items())
            for asks in empty
        )

    return sorted(kinds, key=fits)[:MOST_KINDS]


@dataclass(frozen=True)
class _Tried:
    """A problem in which all are there who may help, and how many seats are filled making use of one of them."""

    prepared: Prepared
    coverage: Coverage


class Gains:
    """Tries who would help.

    One problem has all people who are not there yet, and another everybody with every skill; of these a roster makes
    use of one at a time. Whatever is found so is judged on the problem with that one alone, and where the others made a
    difference, as teachers do, that one is solved.

    Parameters
    ----------
    supply
        The pool and the seats.
    full
        What can be filled without.
    """

    def __init__(self, supply: Supply, full: Filled) -> None:
        self._supply, self._full = supply, full

    def of_people(self, people: Sequence[OneMore], budget: Budget, most: int | None = None) -> tuple[OneMore, ...]:
        """Return what some people would add, the best first; none who would add nothing.

        Parameters
        ----------
        people
            Who may join.
        budget
            How long.
        most
            So many at most; None is all.
        """
        joined = Joined.of(self._supply.problem, people)
        prepared = Prepared.of(joined.problem, self._supply.rules)
        candidates, world = prepared.candidates, prepared.world
        groups = [np.flatnonzero(candidates.person == world.positions[name]) for name in joined.names]
        tried = _Tried(prepared, Coverage(prepared, from_outside(prepared), groups, self._supply.workers))

        def added(found: Filled) -> tuple[OneMore, Problem]:
            person = people[found.group or 0]
            return person, person.joining(self._supply.problem, joined.names[found.group or 0])

        return self._best(tried, added, budget, most)

    def of_training(self, budget: Budget, most: int) -> tuple[Training, ...]:
        """Return what those of the pool would add who learn something, the best first; none who would add nothing.

        Parameters
        ----------
        budget
            How long.
        most
            So many at most.
        """
        problem, rules = self._supply.problem, self._supply.rules
        levels = highest(problem)
        if not levels:
            return ()
        pool = [row.facilitator for row in problem.facilitators if not row.external]
        prepared = Prepared.of(taught(problem, pool, levels), rules)
        candidates, world = prepared.candidates, prepared.world
        keys, outside = _keys(candidates), from_outside(prepared)
        closed = ~np.isin(keys, _keys(self._supply.prepared.candidates))
        nobody_new = Coverage(prepared, closed | outside, workers=self._supply.workers)
        loosened = nobody_new.most(demanded(prepared), budget.at_most(budget.left / 4))
        if loosened is not None and loosened.count > self._full.count:  # by limits, as trainees need who can teach them
            return tuple(sorted(self._one_by_one(pool, budget), key=lambda item: -item.gain)[:most])
        groups, names = list[Ints](), list[tuple[str, str]]()
        for skill, level in levels.items():
            learned = Arrays(taught(problem, pool, {skill: level}))
            fresh = np.isin(keys, _keys(eligibility(learned, rules).candidates)) & closed & ~outside
            closed &= ~fresh
            for person in np.unique(candidates.person[fresh]).tolist():
                groups.append(np.flatnonzero(fresh & (candidates.person == person)))
                names.append((world.people[person].facilitator, skill))
        tried = _Tried(prepared, Coverage(prepared, closed | outside, groups, self._supply.workers))

        def added(found: Filled) -> tuple[Training, Problem]:
            name, skill = names[found.group or 0]
            group = groups[found.group or 0]
            seats = [world.seats[place] for place in candidates.seat[group[found.taken[group] > 0]].tolist()]
            asked = (row for seat in seats for row in problem.requirements_of(seat.meeting, seat.seat))
            level = max(row.level for row in asked if row.skill == skill and row.kind == "required")
            training = Training(name, skill, level)
            return training, training.learned(problem)

        return self._best(tried, added, budget, most)

    def _one_by_one(self, names: Iterable[str], budget: Budget) -> Iterator[Training]:
        """Yield what each would add who learned something, to the lowest level that is asked and adds as much."""
        levels: dict[str, set[int]] = {}
        for row in self._supply.problem.requirements:
            if row.kind == "required":
                levels.setdefault(row.skill, set()).add(row.level)
        for name, (skill, asked) in product(names, levels.items()):
            *lower, highest_one = sorted(asked)
            best = self._alone(Training(name, skill, highest_one), budget)
            if best.gain > 0:
                tried = (self._alone(Training(name, skill, level), budget) for level in lower)
                yield next((item for item in tried if (item.gain, item.settled) == (best.gain, best.settled)), best)

    def _alone(self, training: Training, budget: Budget) -> Training:
        """Return a training with what it adds by itself."""
        problem = training.learned(self._supply.problem)
        found = None if budget.over else Supply(problem, self._supply.rules, self._supply.workers).most(budget)
        if found is None:
            return training
        settled = self._full.settled and found.settled
        return replace(training, gain=found.count - self._full.count, settled=settled)

    def _best(
        self, tried: _Tried, added: Callable[[Filled], tuple[G, Problem]], budget: Budget, most: int | None
    ) -> tuple[G, ...]:
        """Return who would help, the best first.

        Parameters
        ----------
        tried
            All of them.
        added
            Returns of what was found who it is, and the problem with that one alone.
        budget, most
            How long, and how many.
        """
        result = list[G]()
        seats = demanded(tried.prepared)
        coverage = tried.coverage
        every = coverage.each(seats, self._full, budget)
        groups = range(len(coverage.groups))
        for found in every if most is None else coverage.gains(seats, self._full, budget, groups):
            enough = most is not None and len(result) >= most
            if enough and sorted(item.gain for item in result)[-(most or 0)] >= found.count - self._full.count:
                break
            helper, problem = added(found)
            gain = self._judged(tried.prepared, problem, found)
            settled = self._full.settled and found.settled
            if gain is None:
                alone = Supply(problem, self._supply.rules, self._supply.workers).most(budget)
                gain = 0 if alone is None else alone.count - self._full.count
                settled &= alone is not None and alone.settled
            if gain > 0:
                result.append(replace(helper, gain=gain, settled=settled))
        return tuple(sorted(result, key=lambda item: -item.gain)[:most])

    def _judged(self, prepared: Prepared, problem: Problem, found: Filled) -> int | None:
        """Return how many seats more a roster fills, judged on the problem it is for; None if it is illegal."""
        report = judge(problem, roster_of(problem, prepared.candidates, found.taken), self._supply.rules)
        if not report.legal:
            return None
        seats = prepared.world.seats
        wanted = {(seats[place].meeting, seats[place].seat) for place in demanded(prepared).tolist()}
        return len(wanted & report.plan.filled) - self._full.count


def _keys(candidates: Candidates) -> Ints:
    """Return a number for each candidate, the same in all problems that differ in what people can alone."""
    return np.asarray(candidates.person * max(1, len(candidates.world.occasions)) + candidates.occasion)
