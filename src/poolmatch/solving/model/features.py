"""Where candidates lie, as columns: all that a search in parts needs to know of the world, small enough to travel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from poolmatch.arrays import Candidates, Columns, Floats, Ints
from poolmatch.domain.hours import TICKS
from poolmatch.solving.model.system import Objective


@dataclass(frozen=True)
class CandidateFeatures(Columns):
    """One row per candidate; shape of every column ``(candidates,)``.

    Numbers of people, seats and meetings are those of the whole problem, also where only some candidates are left.
    """

    person: Ints
    seat: Ints
    meeting: Ints
    series: Ints
    """-1 for none."""
    employer: Ints
    """Organisation that the person works for; -1 for none."""
    ticks: Ints
    """What the seat takes, travel aside."""
    day: Floats
    """Days since 1970, with a fraction."""
    lat: Floats
    lon: Floats
    """Where the meeting is, NaN where unknown."""
    worth: Ints
    """What taking the candidate gains in the highest tier."""

    def __len__(self) -> int:
        return len(self.person)

    def times(self) -> tuple[Ints, Ints]:
        """Return from when to about when each candidate works: the start, and all that it takes; seconds since 1970."""
        begins = np.rint(self.day * 86_400).astype(np.int64)
        return begins, begins + self.ticks * 60 // TICKS

    @classmethod
    def of(cls, candidates: Candidates, first: Objective | None = None) -> Self:
        """Return the features of candidates.

        Parameters
        ----------
        candidates
            The candidates.
        first
            Objective of the highest tier; without one nothing is worth more than anything else.
        """
        world, count = candidates.world, len(candidates)
        worth = np.zeros(count, np.int64)
        if first is not None:
            mine = first.column < count
            worth[first.column[mine]] = -first.weight[mine]
        employer = np.array([world.organisations.get(row.organisation) for row in world.people], np.int64)
        return cls(
            person=candidates.person,
            seat=candidates.seat,
            meeting=candidates.meeting,
            series=candidates.column("series"),
            employer=np.maximum(employer[candidates.person], -1) if count else np.zeros(0, np.int64),
            ticks=candidates.column("ticks"),
            day=candidates.column("start") / 86_400,
            lat=candidates.column("lat"),
            lon=candidates.column("lon"),
            worth=worth,
        )
