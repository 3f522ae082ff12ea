"""Schedules as a table: who would do which candidates; the columns of column generation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix

from poolmatch.arrays import Ints, bounds


@dataclass(frozen=True)
class Schedules:
    """Schedules, each of one person.

    Attributes
    ----------
    person
        Who would do it; shape ``(schedules,)``.
    edges
        Where the candidates of each begin in `member`, and where the last ends; shape ``(schedules + 1,)``.
    member
        Candidates, of each schedule in the order of time.
    """

    person: Ints
    edges: Ints
    member: Ints

    def __len__(self) -> int:
        return len(self.person)

    @classmethod
    def of(cls, person: Ints, schedule: Ints, member: Ints) -> Schedules:
        """Return schedules of the person of each, and of pairs of schedule and candidate."""
        order = np.argsort(schedule, kind="stable")
        return cls(person, bounds(schedule[order], len(person)), member[order])

    @classmethod
    def none(cls) -> Schedules:
        """Return no schedules."""
        return cls.of(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))

    def taken(self, count: int) -> csc_matrix:
        """Return which of so many candidates each takes; shape ``(candidates, schedules)``."""
        return csc_matrix((np.ones(len(self.member), np.int64), self.member, self.edges), shape=(count, len(self)))

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield the person and the candidates of each, as something that can be looked up."""
        for place, person in enumerate(self.person.tolist()):
            yield person, self.member[self.edges[place] : self.edges[place + 1]].tobytes()

    def take(self, places: Ints) -> Schedules:
        """Return some of them."""
        sizes = np.diff(self.edges)[places]
        edges = np.append(0, np.cumsum(sizes))
        shift = np.repeat(self.edges[places] - edges[:-1], sizes)
        return Schedules(self.person[places], edges, self.member[np.arange(edges[-1]) + shift])

    def distinct(self) -> Schedules:
        """Return each of them once."""
        places: dict[tuple[int, bytes], int] = {}
        for place, item in enumerate(self):
            places.setdefault(item, place)
        return self.take(np.array(list(places.values()), np.int64))

    def joined(self, other: Schedules) -> Schedules:
        """Return them with others after them."""
        edges = np.append(self.edges, self.edges[-1] + other.edges[1:])
        return Schedules(np.append(self.person, other.person), edges, np.append(self.member, other.member))
