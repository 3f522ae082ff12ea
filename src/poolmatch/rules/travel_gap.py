"""Rule `travel-gap`: time to travel between two meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import ClassVar, Self

import numpy as np

from poolmatch.arrays import Candidates, Ints, expand_ranges
from poolmatch.domain.assignments import Placement
from poolmatch.domain.calendar import merged
from poolmatch.domain.plan import Plan
from poolmatch.domain.travel import Travel
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.spans import close_pairs, covered, separated
from poolmatch.vocabulary import counts

DAY = 24 * 3600
"""Spans that lie so many seconds apart, or more, leave time for any journey."""
SHORT = Words(
    "{who} has {has} from {before} to {after}, the journey takes {takes}.",
    "{who} heeft {has} van {before} naar {after}, de reis duurt {takes}.",
)
SHORT_BETWEEN = Words(
    "{who} has {has} from {before} to {after} outside online meetings, the journey takes {takes}.",
    "{who} heeft {has} van {before} naar {after} buiten online bijeenkomsten, de reis duurt {takes}.",
)


class TravelGapRule(ConstraintRule):
    """Between two occupied spans less than 24 hours apart there are at least the travel minutes between the places.

    What online meetings in between occupy is no time to travel: that is counted in total, whatever pieces it comes in.
    They ask for no travel themselves, nor do meetings at one point, and the rule is silent where a point is unknown.
    Spans that overlap leave no time to travel either, unless there is none to travel: that is the business of
    `no-double-booking`.

    Example: 25 km apart takes 35 minutes; a gap of 34 minutes is too short, and so is one of 90 minutes of which an
    online meeting takes 60.
    """

    id: ClassVar[str] = "travel-gap"
    sentence: ClassVar[Words] = Words(
        "Between two meetings there is time to travel, online meetings in between aside.",
        "Tussen twee bijeenkomsten is er tijd om te reizen, los van online bijeenkomsten daartussen.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True
    leans_on: ClassVar[tuple[str, ...]] = ("no-double-booking",)

    travel: Travel = Travel()

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one of each pair of a person's candidates that lie too close; with both, few online in between."""
        online = candidates.column("online")
        lat, lon, timed = candidates.column("lat"), candidates.column("lon"), candidates.column("timed")
        stays = _Stays.of(candidates, np.flatnonzero(timed & ~online & ~np.isnan(lat)))
        calls = _Stays.of(candidates, np.flatnonzero(timed & online))
        # One line of time for all people, and on it what passes outside any online meeting that a person may have.
        owner = np.concatenate([stays.person, calls.person])
        times = (np.concatenate([getattr(stays, name), getattr(calls, name)]) for name in ("opens", "closes"))
        opens, closes = separated(owner, *times, margin=0)
        stays_opens, stays_closes = opens[: len(stays)], closes[: len(stays)]
        calls_opens, calls_closes = opens[len(stays) :], closes[len(stays) :]
        free_opens = stays_opens - covered(calls_opens, calls_closes, stays_opens)
        free_closes = stays_closes - covered(calls_opens, calls_closes, stays_closes)

        lat, lon = lat[stays.one], lon[stays.one]
        longest = np.minimum(self.travel.longest(stays.person, lat, lon), DAY)
        first, second = close_pairs(stays.person, free_opens, free_closes, gap=longest)
        near = stays_opens[second] - stays_closes[first] < DAY
        first, second = first[near], second[near]
        needed = self.travel.seconds(lat[first], lon[first], lat[second], lon[second])
        gap, free = stays_opens[second] - stays_closes[first], free_opens[second] - free_closes[first]

        apart = (gap < needed) & (needed > 0)
        pairs = np.stack(stays.both(first[apart], second[apart]), axis=1)
        model.at_most_one(np.repeat(np.arange(len(pairs)), 2), pairs.ravel())

        crowded = (free < needed) & (gap >= needed)
        first, second, gap, free, needed = (item[crowded] for item in (first, second, gap, free, needed))
        begin, end = (np.searchsorted(calls_opens, edge) for edge in (stays_closes[first], stays_opens[second]))
        row, call = expand_ranges(begin, end)
        inside = calls_closes[call] <= stays_opens[second][row]
        between = _Between(first, second, gap - needed, gap - free, row[inside], call[inside])
        between.post(stays, calls, model)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each pair of placements without the time to travel, with what is online in between if that takes it."""
        for name, placements in plan.of_facilitator.items():
            ordered = sorted(placements, key=lambda item: item.occupied)
            calls = [item for item in ordered if item.meeting.online]
            stays = [item for item in ordered if not item.meeting.online]
            for first, second, gap in _near(stays):
                needed = timedelta(seconds=self.travel.seconds_between(first.meeting, second.meeting))
                if not needed:
                    continue
                between: list[Placement] = []
                if gap >= needed:
                    opens, closes = first.occupied[1], second.occupied[0]
                    between = [item for item in calls if opens <= item.occupied[0] and item.occupied[1] <= closes]
                taken = merged([item.occupied for item in between])
                free = gap - sum((end - start for start, end in taken), timedelta())
                if free < needed:
                    yield self._finding(name, first, between, second, free, needed)

    def _finding(
        self,
        name: str,
        first: Placement,
        between: list[Placement],
        second: Placement,
        free: timedelta,
        needed: timedelta,
    ) -> Finding:
        before, after = first.meeting.meeting, second.meeting.meeting
        has, takes = free // timedelta(minutes=1), ceil(needed / timedelta(minutes=1))
        words = (SHORT if not between else SHORT_BETWEEN).fill(
            who=name, before=before, after=after, has=counts.minutes(has), takes=takes
        )
        meetings = (before, *(item.meeting.meeting for item in between), after)
        return Finding(self.id, "violation", words, (name,), meetings, day=first.day)


def _near(ordered: Sequence[Placement]) -> Iterator[tuple[Placement, Placement, timedelta]]:
    """Yield each two placements of one person less than 24 hours apart, in order of time, and what lies between."""
    for place, first in enumerate(ordered, 1):
        for second in ordered[place:]:
            gap = second.occupied[0] - first.occupied[1]
            if gap >= timedelta(seconds=DAY):
                break  # whatever comes later begins no sooner
            yield first, second, gap


@dataclass(frozen=True)
class _Stays:
    """Who may be where when: the candidates of a person for one slot, whatever their seats, in the order of time.

    Attributes
    ----------
    person, opens, closes
        Whose each is, and the occupied span; shape ``(stays,)``.
    member, edges
        Which candidates each holds: ``member[edges[k]:edges[k + 1]]``.
    """

    person: Ints
    opens: Ints
    closes: Ints
    member: Ints
    edges: Ints

    @classmethod
    def of(cls, candidates: Candidates, which: Ints) -> Self:
        person = candidates.person[which]
        slot, opens, closes = (candidates.column(name)[which] for name in ("slot", "opens", "closes"))
        order = np.lexsort((slot, closes, opens, person))
        person, slot = person[order], slot[order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (person[1:] != person[:-1]) | (slot[1:] != slot[:-1])
        starts = np.flatnonzero(new)
        first = order[starts]
        return cls(person[starts], opens[first], closes[first], which[order], np.append(starts, len(order)))

    def __len__(self) -> int:
        return len(self.person)

    @property
    def one(self) -> Ints:
        """A candidate of each."""
        return self.member[self.edges[:-1]]

    def held(self, stay: Ints) -> tuple[Ints, Ints]:
        """Return the candidates of some stays: which of them, and the candidate."""
        row, place = expand_ranges(self.edges[stay], self.edges[stay + 1])
        return row, self.member[place]

    def both(self, first: Ints, second: Ints) -> tuple[Ints, Ints]:
        """Return the pairs of a candidate of the first stay and one of the second, for pairs of stays."""
        row, one = self.held(first)
        again, other = self.held(second[row])
        return one[again], other


@dataclass(frozen=True)
class _Between:
    """Pairs of stays with time to travel between them, unless online meetings take it.

    Attributes
    ----------
    first, second
        The stays.
    spare
        Seconds that online meetings may take; 0 or more.
    most
        Seconds that they can take, if no two of them overlap.
    row, call
        The online meetings in between: for which of the pairs, sorted, and which stay.
    """

    first: Ints
    second: Ints
    spare: Ints
    most: Ints
    row: Ints
    call: Ints

    def post(self, stays: _Stays, calls: _Stays, model: Model) -> None:
        """Write that whoever holds both stays has few of the online meetings.

        Of one person's candidates ``Σ load · online + more · (first + second) ≤ spare + 2 · more``, where ``more`` is
        what all online meetings that they can hold at once take beyond what is to spare: with one stay the row says
        nothing. Times are in the largest unit that all of the row have in common, and no load is above what is too
        much by itself: so the numbers are small, and the row says most about fractions.
        """
        rows, start = np.unique(self.row, return_index=True)
        if not len(rows):
            return
        time = calls.closes[self.call] - calls.opens[self.call]
        unit = np.gcd.reduceat(time, start)
        spare, count = self.spare[rows] // unit, np.diff(np.append(start, len(time)))
        load = np.minimum(time // np.repeat(unit, count), np.repeat(spare, count) + 1)
        more = np.minimum(np.add.reduceat(load, start), self.most[rows] // unit) - spare
        binds = more > 0
        number, entry = np.cumsum(binds) - 1, np.flatnonzero(np.repeat(binds, count))
        of = np.repeat(number, count)[entry]
        parts = [(of, self.call[entry], load[entry], calls)]
        rows, more, spare = rows[binds], more[binds], spare[binds]
        parts += [(np.arange(len(rows)), stay[rows], more, stays) for stay in (self.first, self.second)]
        entries = []
        for row, stay, factor, table in parts:
            place, column = table.held(stay)
            entries.append((row[place], column, factor[place]))
        row, column, factor = (np.concatenate(part) for part in zip(*entries, strict=True))
        model.rows(row, column, factor, upper=spare + 2 * more)
