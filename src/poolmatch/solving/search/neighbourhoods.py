"""Neighbourhoods that follow the domain: parts of a roster that are worth another look together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.model.features import CandidateFeatures

LARGEST = 0.9
CANDIDATES = 2000
"""About so many candidates are free at first."""


class Neighbourhoods:
    """Draws parts of a roster, by time, place, series, organisation, people, or around an empty seat.

    Sizes adapt: a kind whose parts are solved to the end grows, one whose parts are not shrinks.

    Parameters
    ----------
    features
        Where the candidates lie.
    seed
        Of all that is drawn.
    """

    def __init__(self, features: CandidateFeatures, seed: int) -> None:
        self._features = features
        self._random = np.random.default_rng(seed)
        _, first, self._meeting = np.unique(features.meeting, return_index=True, return_inverse=True)
        self._day, self._lat, self._lon = features.day[first], features.lat[first], features.lon[first]
        self._series = features.series[first]
        self._seats, self._seat = np.unique(features.seat, return_inverse=True)
        _, first, self._person = np.unique(features.person, return_index=True, return_inverse=True)
        self._employer = features.employer[first]
        self._kinds: Mapping[str, Callable[[float, Ints], Bools | None]] = {
            "week": self._week,
            "place": self._place,
            "people": self._people,
            "organisation": self._organisation,
            "series": self._of_series,
            "empty seat": self._empty,
            "random": self._anywhere,
        }
        self._size = dict.fromkeys(self._kinds, min(0.15, CANDIDATES / max(1, len(features))))
        self._credit = dict.fromkeys(self._kinds, 1.0)
        self.tally: dict[str, tuple[int, int]] = {}
        """How many neighbourhoods of each kind were looked at, and how many of them helped."""

    def draw(self, taken: Ints) -> tuple[str, Bools]:
        """Return a kind of neighbourhood and which candidates are free in it.

        Parameters
        ----------
        taken
            Which candidates the roster takes.
        """
        names = list(self._kinds)
        credit = np.array([self._credit[name] for name in names])
        while True:
            kind = names[int(self._random.choice(len(names), p=credit / credit.sum()))]
            free = self._kinds[kind](self._size[kind], taken)
            if free is not None and free.any():
                return kind, free

    def learn(self, kind: str, gain: float, solved: bool) -> None:
        """Learn from a neighbourhood: whether it was solved to the end, and what it gained."""
        tried, better = self.tally.get(kind, (0, 0))
        self.tally[kind] = tried + 1, better + (gain > 0)
        self._size[kind] = min(LARGEST, self._size[kind] * 1.05) if solved else max(0.01, self._size[kind] * 0.9)
        self._credit[kind] = max(0.15, 0.9 * self._credit[kind] + (0.4 if gain > 0 else 0.0))

    def _of_meetings(self, meetings: Ints) -> Bools:
        chosen = np.zeros(len(self._day), np.bool_)
        chosen[meetings] = True
        return np.asarray(chosen[self._meeting])

    def _count(self, size: float) -> int:
        return min(len(self._day), max(2, round(size * len(self._day))))

    def _nearest(self, distance: Floats, size: float) -> Bools:
        noise = self._random.random(len(distance)) * 1e-9
        return self._of_meetings(np.argsort(np.nan_to_num(distance, nan=1e9) + noise)[: self._count(size)])

    def _week(self, size: float, taken: Ints) -> Bools:  # noqa: ARG002
        middle = self._day[self._random.integers(len(self._day))]
        return self._nearest(np.abs(self._day - middle), size)

    def _place(self, size: float, taken: Ints) -> Bools:  # noqa: ARG002
        middle = self._random.integers(len(self._day))
        return self._nearest(np.hypot(self._lat - self._lat[middle], self._lon - self._lon[middle]), size)

    def _anywhere(self, size: float, taken: Ints) -> Bools:  # noqa: ARG002
        return self._of_meetings(self._random.choice(len(self._day), self._count(size), replace=False))

    def _of_series(self, size: float, taken: Ints) -> Bools | None:  # noqa: ARG002
        names = np.unique(self._series[self._series >= 0])
        if not len(names):
            return None
        few = self._random.choice(names, max(1, round(size * len(names))), replace=False)
        return self._of_meetings(np.flatnonzero(np.isin(self._series, few)))

    def _held_or_empty(self, people: Ints, taken: Ints) -> Bools:
        """Free some people at the meetings that they hold, and at those with an empty seat."""
        among = np.zeros(len(self._employer), np.bool_)
        among[people] = True
        theirs = among[self._person]
        seats = np.ones(len(self._seats), np.bool_)
        seats[self._seat[(taken == 1) & ~theirs]] = False
        return theirs & seats[self._seat]

    def _people(self, size: float, taken: Ints) -> Bools:
        everyone = len(self._employer)
        few = min(everyone, max(3, round(1.5 * size * everyone)))
        return self._held_or_empty(self._random.choice(everyone, few, replace=False), taken)

    def _organisation(self, size: float, taken: Ints) -> Bools | None:
        names = np.unique(self._employer[self._employer >= 0])
        if not len(names):
            return None
        few = self._random.choice(names, min(len(names), max(2, round(1.5 * size * len(names)))), replace=False)
        return self._held_or_empty(np.flatnonzero(np.isin(self._employer, few)), taken)

    def _empty(self, size: float, taken: Ints) -> Bools | None:
        held = np.zeros(len(self._seats), np.bool_)
        held[self._seat[taken == 1]] = True
        empty = np.flatnonzero(~held)
        if not len(empty):
            return None
        mine = self._seat == self._random.choice(empty)
        meeting = self._meeting[np.argmax(mine)]
        return np.asarray(self._nearest(np.abs(self._day - self._day[meeting]), size) | mine)
