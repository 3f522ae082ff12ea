"""What seats ask for: the kinds of seats that a pool has to fill, by role, skill, region, part of a day and party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from poolmatch.domain.meetings import Seat
from poolmatch.domain.problem import Problem
from poolmatch.explain.explanation import Explanation
from poolmatch.vocabulary import words_of_column
from poolmatch.words import Words, joined, pattern, untranslated

PARTS: tuple[tuple[int, Words], ...] = (
    (12, Words("{day} in the morning", "{day} 's ochtends")),
    (18, Words("{day} in the afternoon", "{day} 's middags")),
    (24, Words("{day} in the evening", "{day} 's avonds")),
)
"""Parts of a day: before which hour they begin, and what they are called."""
ALL_SEATS = Words("all seats", "alle plaatsen")
REGION = Words("in {region}", "in {region}")
PARTY = Words("decided by {party}", "waarover {party} beslist")
DECIDES = "decider"


@dataclass(frozen=True)
class Kind(Explanation):
    """A kind of seat; what is None is not asked.

    Attributes
    ----------
    role
        Role of the seat.
    skill, level
        A skill that is required of who sits there, at this level or a higher one.
    region
        Where the meeting is.
    day, part
        Local date on which it starts, and part of that day: 0 before noon, 1 before 18:00, 2 from then on. Meetings
        that can be held at several times have none.
    party
        An organisation that decides there.
    """

    role: str | None = None
    skill: str | None = None
    level: int | None = None
    region: str | None = None
    day: date | None = None
    part: int | None = None
    party: str | None = None

    @property
    def asked(self) -> int:
        """Of how many things it speaks."""
        return sum(item is not None for item in (self.role, self.skill, self.region, self.day, self.party))

    @property
    def words(self) -> Words:
        """The kind in words."""
        parts: list[Words] = []
        if self.role is not None:
            parts.append(words_of_column("seats", "role").get(self.role) or untranslated(self.role))
        if self.skill is not None:
            parts.append(pattern("{skill} {level}", skill=self.skill, level=self.level))
        if self.region is not None:
            parts.append(REGION.fill(region=self.region))
        if self.day is not None and self.part is not None:
            parts.append(PARTS[self.part][1].fill(day=self.day))
        if self.party is not None:
            parts.append(PARTY.fill(party=self.party))
        return joined(", ", parts) if parts else ALL_SEATS

    def to_dict(self) -> dict[str, Any]:
        """Return it as data for a JSON document, without what is not asked."""
        found = {name: value for name, value in super().to_dict().items() if value is not None}
        return found if self.day is None else {**found, "day": self.day.isoformat()}


@dataclass(frozen=True)
class Asks:
    """What one seat asks for."""

    role: str | None
    skills: Mapping[str, int]
    region: str | None
    when: tuple[date, int] | None
    parties: tuple[str, ...]

    @classmethod
    def of(cls, problem: Problem, seat: Seat) -> Asks:
        """Return what a seat asks for."""
        meeting, times = problem.meeting(seat.meeting), problem.times(problem.meeting(seat.meeting))
        when = None
        if len(times) == 1:
            moment = problem.period.local_time(times[0][0])
            when = moment.date(), next(place for place, (hour, _) in enumerate(PARTS) if moment.hour < hour)
        asked = (row for row in problem.requirements_of(seat.meeting, seat.seat) if row.kind == "required")
        skills = {row.skill: row.level for row in asked}
        deciders = tuple(row.organisation for row in problem.stakes_of(seat.meeting) if row.grade == DECIDES)
        return cls(seat.role or None, skills, meeting.region, when, deciders)

    def single(self) -> Iterator[Kind]:
        """Yield the kinds it belongs to that speak of one thing."""
        yield from (kind for kind in self.kinds() if kind.asked == 1)

    def kinds(self) -> Iterator[Kind]:
        """Yield every kind it belongs to; of those that speak of one thing, the skill first and the day last."""
        skills: list[tuple[str | None, int | None]] = [(None, None), *self.skills.items()]
        parties: tuple[str | None, ...] = (None, *self.parties)
        days: list[tuple[date | None, int | None]] = [(None, None)]
        if self.when is not None:
            days.append(self.when)
        roles, regions = dict.fromkeys((None, self.role)), dict.fromkeys((None, self.region))
        for (day, part), role, region, party, (skill, level) in product(days, roles, regions, parties, skills):
            yield Kind(role, skill, level, region, day, part, party)

    def is_a(self, kind: Kind) -> bool:
        """Tell whether it is of a kind."""
        return (
            kind.role in (None, self.role)
            and (kind.skill is None or self.skills.get(kind.skill, 0) >= (kind.level or 0))
            and kind.region in (None, self.region)
            and (kind.day is None or self.when == (kind.day, kind.part))
            and (kind.party is None or kind.party in self.parties)
        )
