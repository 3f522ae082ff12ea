"""Where people go on a day and how far, as columns: what the rules on kilometres have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from poolmatch.arrays import Bools, Candidates, Floats, Ints, expand_ranges, floats
from poolmatch.domain.travel import Travel
from poolmatch.rule import Model

Entries = tuple[Ints, Ints, Ints]
"""Person, column and kilometres of each entry; all of shape ``(entries,)``."""


def whole(kilometres: Floats) -> Ints:
    """Return kilometres rounded half up; 0 where they are unknown."""
    return np.floor(np.nan_to_num(kilometres) + 0.5).astype(np.int64)


def from_home(candidates: Candidates, travel: Travel) -> Floats:
    """Return the kilometres from home to meeting of each candidate, one way; NaN online and where a point is unknown.

    A duty, which has no place, is unknown.
    """
    people = candidates.world.people
    lat, lon = floats(row.lat for row in people), floats(row.lon for row in people)
    home = lat[candidates.person], lon[candidates.person]
    km = travel.kilometres(*home, candidates.column("lat"), candidates.column("lon"))
    return np.where(candidates.column("online"), np.nan, km)


@dataclass(frozen=True)
class Stays:
    """Where somebody may be: the candidates of a person for one slot, whatever their seats.

    In order of person, day and start; what starts together in order of the id of the meeting.

    Attributes
    ----------
    person, day, meeting
        Whose, when and which each is; shape ``(stays,)``.
    lat, lon
        Where, in degrees; shape ``(stays,)``.
    member, edges
        Which candidates each holds: ``member[edges[k]:edges[k + 1]]``.
    """

    person: Ints
    day: Ints
    meeting: Ints
    lat: Floats
    lon: Floats
    member: Ints
    edges: Ints

    @classmethod
    def of(cls, candidates: Candidates, which: Ints) -> Self:
        """Return the stays of some candidates for meetings."""
        meetings = candidates.world.meetings
        rank = np.empty(len(meetings), np.int64)
        rank[sorted(range(len(meetings)), key=lambda place: meetings[place].meeting)] = np.arange(len(meetings))
        person, meeting = candidates.person[which], candidates.meeting[which]
        slot, start, day = (candidates.column(name)[which] for name in ("slot", "start", "day"))
        order = np.lexsort((slot, rank[meeting], start, day, person))
        new = np.ones(len(order), np.bool_)
        new[1:] = (np.diff(person[order]) != 0) | (np.diff(slot[order]) != 0)
        starts = np.flatnonzero(new)
        first = order[starts]
        lat, lon = (candidates.column(name)[which][first] for name in ("lat", "lon"))
        edges = np.append(starts, len(order))
        return cls(person[first], day[first], meeting[first], lat, lon, which[order], edges)

    def __len__(self) -> int:
        return len(self.person)

    @property
    def one(self) -> Ints:
        """A candidate of each."""
        return self.member[self.edges[:-1]]

    def candidates_of(self, stays: Ints) -> tuple[Ints, Ints]:
        """Return the candidates of some stays: which of them, from 0, and the candidate."""
        row, place = expand_ranges(self.edges[stays], self.edges[stays + 1])
        return row, self.member[place]

    def pairs(self) -> tuple[Ints, Ints]:
        """Return each two stays of one person on one day at different meetings, the earlier first."""
        count = len(self)
        begins = np.ones(count, np.bool_)
        begins[1:] = (np.diff(self.person) != 0) | (np.diff(self.day) != 0)
        edges = np.append(np.flatnonzero(begins), count)
        end = np.repeat(edges[1:], np.diff(edges))
        first, second = expand_ranges(np.arange(count) + 1, end)
        apart = self.meeting[first] != self.meeting[second]
        return first[apart], second[apart]

    def kilometres(self, travel: Travel, first: Ints, second: Ints) -> Floats:
        """Return the kilometres from some stays to others, NaN where a point is unknown."""
        return travel.kilometres(self.lat[first], self.lon[first], self.lat[second], self.lon[second])


class Journeys:
    """What people travel in the period, to all meetings of which the place is known.

    Parameters
    ----------
    candidates
        The candidates.
    travel
        How far it is; its setting `between` says whether people go from meeting to meeting or home and back for each.
    """

    def __init__(self, candidates: Candidates, travel: Travel) -> None:
        self._candidates, self._travel = candidates, travel
        km = from_home(candidates, travel)
        self._known: Bools = ~np.isnan(km)
        self._home = whole(km)

    @cached_property
    def past(self) -> Ints:
        """Kilometres of each person before today, which no roster changes; shape ``(people,)``."""
        past = self._candidates.past
        stays = Stays.of(self._candidates, past[self._known[past]])
        found = np.zeros(len(self._candidates.world.people), np.int64)
        np.add.at(found, stays.person, 2 * self._home[stays.one])
        if self._travel.between:
            first = np.arange(max(0, len(stays) - 1))
            first = first[(np.diff(stays.person) == 0) & (np.diff(stays.day) == 0)]
            np.subtract.at(found, stays.person[first], self._saved(stays, first, first + 1))
        return found

    @cached_property
    def most(self) -> Ints:
        """What all that each person could take from today on comes to, home and back for each; ``(people,)``."""
        found = np.zeros(len(self._candidates.world.people), np.int64)
        ahead = self._ahead
        np.add.at(found, self._candidates.person[ahead], 2 * self._home[ahead])
        return found

    @cached_property
    def _ahead(self) -> Ints:
        """The candidates from today on for whom it is known how far it is."""
        return np.flatnonzero(self._candidates.open & self._known)

    def entries(self, model: Model, people: Bools) -> Entries:
        """Return what adds up to the kilometres of some people from today on, as entries of a row for each.

        With `between` a column for each two stays of a day says that somebody goes from the one to the other; it takes
        off what that saves, which is never less than 0. It can be 1 only for who takes both and nothing in between: so
        the least that a row can be is what the journeys take, and no choice of these columns makes it less.

        Parameters
        ----------
        model
            Where columns and rows go.
        people
            For whom; shape ``(people,)``.
        """
        person = self._candidates.person
        ahead = self._ahead[people[person[self._ahead]]]
        far = ahead[self._home[ahead] > 0]
        found = person[far], far, 2 * self._home[far]
        if not self._travel.between:
            return found
        stays = Stays.of(self._candidates, ahead)  # those next to home too: they lie between others
        first, second = stays.pairs()
        spared = self._saved(stays, first, second)
        worth = spared > 0
        first, second, spared = first[worth], second[worth], spared[worth]
        onward = model.columns(np.zeros(len(first), np.int64), np.ones(len(first), np.int64))
        _follow(stays, model, first, second, onward)
        saving = stays.person[first], onward, -spared
        person, column, km = (np.concatenate(parts) for parts in zip(found, saving, strict=True))
        return person, column, km

    def _saved(self, stays: Stays, first: Ints, second: Ints) -> Ints:
        home, onward = self._home[stays.one], whole(stays.kilometres(self._travel, first, second))
        return np.asarray(np.maximum(0, home[first] + home[second] - onward))


def _follow(stays: Stays, model: Model, first: Ints, second: Ints, onward: Ints) -> None:
    """Write that a column is 1 only where both stays of its pair are taken and none in between."""
    for end in (first, second):  # one journey at most leads on from a stay, and one there
        at, row = np.unique(end, return_inverse=True)
        place, column = stays.candidates_of(at)
        signs = np.repeat([1, -1], [len(row), len(place)])
        entries = np.concatenate([onward, column])
        model.rows(np.concatenate([row, place]), entries, signs, upper=np.zeros(len(at), np.int64))
    # Journeys of a day follow one another: over a stay one at most leads, and none if it is taken.
    pair, between = expand_ranges(first + 1, second)
    at, row = np.unique(between, return_inverse=True)
    place, column = stays.candidates_of(at)
    entries = np.concatenate([onward[pair], column])
    model.rows(np.concatenate([row, place]), entries, 1, upper=np.ones(len(at), np.int64))
