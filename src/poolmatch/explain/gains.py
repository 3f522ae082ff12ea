"""What would help most: one more facilitator of a kind, a member more, or somebody who learns; tried, not guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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


def kinds_wanted(supply: Supply, full: Filled) -> list[OneMore]:
    """Return the kinds of facilitators that the seats ask for which a roster leaves empty, each once."""
    held = np.unique(supply.prepared.candidates.seat[np.flatnonzero(full.taken)])
    kinds: dict[OneMore, None] = {}
    for place in np.setdiff1d(supply.seats, held).tolist():
        asks = supply.asks[place]
        kinds[OneMore(None, asks.role or "lead", tuple(sorted(asks.skills.items())), asks.region)] = None
    return list(kinds)


class Gains:
    """Tries who would help.

    One problem has them all: people who are not there yet, and everybody with every skill; of these a roster makes use
    of one at a time. Whatever is found so is judged on the problem with that one alone.

    Parameters
    ----------
    supply
        The pool and the seats.
    full
        What can be filled without.
    people
        Who may join.
    """

    def __init__(self, supply: Supply, full: Filled, people: Sequence[OneMore]) -> None:
        self._supply, self._full, self._people = supply, full, people
        problem = supply.problem
        joined = Joined.of(problem, people)
        self._names, rules = joined.names, supply.rules
        self._levels = highest(problem)
        self._pool = [row.facilitator for row in problem.facilitators if not row.external]
        everything = taught(joined.problem, self._pool, self._levels) if self._levels else joined.problem
        self._prepared = Prepared.of(everything, rules)
        candidates, world = self._prepared.candidates, self._prepared.world
        keys = _keys(candidates)
        known = np.isin(keys, _keys(eligibility(Arrays(joined.problem), rules).candidates))
        groups, self._of_group = list[Ints](), list[int | tuple[str, str]]()
        for number, name in enumerate(self._names):
            groups.append(np.flatnonzero(candidates.person == world.positions[name]))
            self._of_group.append(number)
        closed = from_outside(self._prepared) | ~known
        for skill, level in self._levels.items():
            learned = taught(joined.problem, self._pool, {skill: level})
            fresh = np.isin(keys, _keys(eligibility(Arrays(learned), rules).candidates)) & closed & ~known
            closed &= ~fresh
            for person in np.unique(candidates.person[fresh]).tolist():
                groups.append(np.flatnonzero(fresh & (candidates.person == person)))
                self._of_group.append((world.people[person].facilitator, skill))
        closed |= from_outside(self._prepared)
        used = [number for number, group in enumerate(groups) if len(group)]
        self._of_group = [self._of_group[number] for number in used]
        self._coverage = Coverage(self._prepared, closed, [groups[number] for number in used], supply.workers)
        self._seats = demanded(self._prepared)

    def of_people(self, numbers: Sequence[int], budget: Budget, most: int | None = None) -> tuple[OneMore, ...]:
        """Return what some of those would add who may join, the best first; none who would add nothing.

        Parameters
        ----------
        numbers
            Which of them.
        budget
            How long.
        most
            So many at most; None is all.
        """
        groups = [place for place, of in enumerate(self._of_group) if of in numbers]
        result = list[OneMore]()
        for found in self._found(groups, budget):
            person = self._people[self._number(found)]
            gain = self._judged(person.joining(self._supply.problem, self._names[self._number(found)]), found)
            if gain > 0:
                result.append(replace(person, gain=gain, settled=self._settled(found, gain)))
            if len(result) == most:
                break
        return tuple(result)

    def of_training(self, budget: Budget, most: int) -> tuple[Training, ...]:
        """Return what those of the pool would add who learn something, the best first; none who would add nothing.

        Parameters
        ----------
        budget
            How long.
        most
            So many at most.
        """
        groups = [place for place, of in enumerate(self._of_group) if isinstance(of, tuple)]
        result = list[Training]()
        for found in self._found(groups, budget):
            of = self._of_group[found.group or 0]
            assert isinstance(of, tuple)
            training = Training(*of, self._level(found, of[1]))
            gain = self._judged(training.learned(self._supply.problem), found)
            if gain > 0:
                result.append(replace(training, gain=gain, settled=self._settled(found, gain)))
            if len(result) == most:
                break
        return tuple(result)

    def _found(self, groups: Sequence[int], budget: Budget) -> Iterator[Filled]:
        return self._coverage.gains(self._seats, self._full, budget, groups)

    def _number(self, found: Filled) -> int:
        of = self._of_group[found.group or 0]
        assert isinstance(of, int)
        return of

    def _settled(self, found: Filled, gain: int) -> bool:
        return self._full.settled and found.settled and gain == found.count - self._full.count

    def _level(self, found: Filled, skill: str) -> int:
        """Return the level of a skill that somebody needs for the seats that they take for having it."""
        group = self._coverage.groups[found.group or 0]
        world = self._prepared.world
        seats = [world.seats[place] for place in self._prepared.candidates.seat[group[found.taken[group] > 0]].tolist()]
        asked = (row for seat in seats for row in self._supply.problem.requirements_of(seat.meeting, seat.seat))
        return max(row.level for row in asked if row.skill == skill and row.kind == "required")

    def _judged(self, problem: Problem, found: Filled) -> int:
        """Return how many seats more a roster fills, which is judged on the problem it is for; 0 if it is illegal."""
        roster = roster_of(problem, self._prepared.candidates, found.taken)
        report = judge(problem, roster, self._supply.rules)
        if not report.legal:
            return 0
        world = self._prepared.world
        wanted = {(world.seats[place].meeting, world.seats[place].seat) for place in self._seats.tolist()}
        return len(wanted & report.plan.filled) - self._full.count


def _keys(candidates: Candidates) -> Ints:
    """Return a number for each candidate, the same in all problems that differ in what people can alone."""
    return np.asarray(candidates.person * max(1, len(candidates.world.occasions)) + candidates.occasion)
