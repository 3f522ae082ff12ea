"""What is known of one person, as columns: when they can work, and what they have learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from poolmatch.arrays.columns import Bools, Columns, Ints, ints, second
from poolmatch.arrays.occasions import Demands
from poolmatch.domain.calendar import Span

FIRST_DAY, LAST_DAY = 0, 10**7
"""Day numbers that stand for an open start and an open end."""
FIRST_SECOND, LAST_SECOND = -(2**60), 2**60


@dataclass(frozen=True)
class Spans(Columns):
    """Sorted, disjoint, half-open spans of time."""

    opens: Ints
    closes: Ints

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Self:
        """Return spans of instants as columns."""
        return cls(ints(second(a) for a, _ in spans), ints(second(b) for _, b in spans))

    def cover(self, opens: Ints, closes: Ints) -> Bools:
        """Tell of each span whether it lies wholly inside one of these."""
        if not len(self.opens):
            return np.zeros(len(opens), np.bool_)
        before = np.searchsorted(self.opens, opens, "right") - 1
        return np.asarray((before >= 0) & (self.closes[before] >= closes))

    def touch(self, opens: Ints, closes: Ints) -> Bools:
        """Tell of each span whether any part of it lies in one of these."""
        after = np.searchsorted(self.closes, opens, "right")
        inside = after < len(self.opens)
        return np.asarray(inside & (np.append(self.opens, LAST_SECOND)[after] < closes))


@dataclass(frozen=True)
class Learned(Columns):
    """Skills of one person: number, level, first and last day."""

    skill: Ints
    level: Ints
    first: Ints
    last: Ints

    def meet(self, demands: Demands, days: Ints) -> Bools:
        """Tell which demands the person meets; ``days`` holds the day of each row of the demands."""
        met = np.zeros(len(demands.skill), np.bool_)
        on = days[demands.owner]
        for skill, level, first, last in zip(self.skill, self.level, self.first, self.last, strict=True):
            met |= (demands.skill == skill) & (demands.level <= level) & (first <= on) & (on <= last)
        return met
