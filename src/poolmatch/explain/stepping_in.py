"""Somebody who could step in: what is said of them, and of all who could for a seat or for a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.explain.answer import Answer
from poolmatch.explain.comparison import Comparison
from poolmatch.views import View
from poolmatch.vocabulary.outcomes import tier_name
from poolmatch.words import Words

AS_IT_IS = Words(
    "{who} can take seat {seat} of {meeting}; nobody has to move.",
    "{who} kan plaats {seat} van {meeting} overnemen; niemand hoeft te schuiven.",
)
IF_MOVED = Words(
    "{who} can take seat {seat} of {meeting} if these move: {movers}.",
    "{who} kan plaats {seat} van {meeting} overnemen als deze schuiven: {movers}.",
)
IF_OTHERS_MOVE = Words(
    "{who} can take seat {seat} of {meeting}; people who would have to move for it: {count}.",
    "{who} kan plaats {seat} van {meeting} overnemen; mensen die daarvoor moeten schuiven: {count}.",
)
CANNOT = Words("{who} cannot take seat {seat} of {meeting}.", "{who} kan plaats {seat} van {meeting} niet overnemen.")
HOW_MANY = Words(
    "People who can take seat {seat} of {meeting}: {count}.",
    "Mensen die plaats {seat} van {meeting} kunnen overnemen: {count}.",
)
PRICE = Words("{tier}: {after:g} points instead of {before:g}.", "{tier}: {after:g} punten in plaats van {before:g}.")
NOBODY = Words("Nobody can take seat {seat} of {meeting}.", "Niemand kan plaats {seat} van {meeting} overnemen.")
PINNED = Words(
    "Nobody can take seat {seat} of {meeting} as long as it is pinned to {holder}.",
    "Niemand kan plaats {seat} van {meeting} overnemen zolang die is vastgezet op {holder}.",
)
NO_SEAT = Words("{who} has no seat on {day}.", "{who} heeft geen plaats op {day}.")
UNKNOWN = Words(
    "Of these it is not known, nothing was found near in time: {people}.",
    "Van deze is het niet bekend, dichtbij is in de tijd niets gevonden: {people}.",
)


@dataclass(frozen=True)
class Substitute:
    """Somebody who could take a seat.

    Attributes
    ----------
    facilitator, meeting, seat
        Ids.
    changes
        What would be otherwise: the seat and whatever else has to change, and the worth in each tier before and after.
        What rules say is not compared.
    movers
        Ids of those who would leave another seat or get one for it; maybe the substitute too, never who leaves this.
    settled
        Whether it is sure that nothing less will do: nobody has to move; or no legal roster with them there is better
        in the highest tier, disturbs fewer people, or is better in the other tiers.
    rows
        Seats that are otherwise, as a roster has them: who, and when.
    """

    facilitator: str
    meeting: str
    seat: str
    changes: Comparison
    movers: tuple[str, ...] = ()
    settled: bool = True
    rows: tuple[RosterRow, ...] = field(default=(), repr=False)

    def stepped_in(self, roster: Roster) -> Roster:
        """Return the roster that was asked about, with the substitute in the seat and all others who move moved."""
        for item in self.changes.seats:
            roster = roster.with_holder(item.meeting, item.seat, None)
        for row in self.rows:
            roster = roster.with_holder(row.meeting, row.seat, row.facilitator, row.start)
        return roster

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences: who has to move, then what it costs in the tiers that change."""
        where = {"who": self.facilitator, "meeting": self.meeting, "seat": self.seat}
        how = IF_MOVED.fill(movers=", ".join(self.movers), **where) if self.movers else AS_IT_IS.fill(**where)
        return (how, *self._price)

    @property
    def theirs(self) -> tuple[Words, ...]:
        """The answer as the substitute may read it: of others only how many would have to move."""
        where = {"who": self.facilitator, "meeting": self.meeting, "seat": self.seat}
        return (
            IF_OTHERS_MOVE.fill(count=len(self.movers), **where) if self.movers else AS_IT_IS.fill(**where),
            *self._price,
        )

    @property
    def _price(self) -> Iterator[Words]:
        for item in self.changes.tiers:
            if item.before != item.after:
                yield PRICE.fill(tier=tier_name(item.tier), before=item.before, after=item.after)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        where = {"facilitator": self.facilitator, "meeting": self.meeting, "seat": self.seat}
        return where | {
            "movers": list(self.movers),
            "settled": self.settled,
            "changes": self.changes.to_dict(),
        }


@dataclass(frozen=True)
class Substitutes(Answer):
    """Everybody who could take a seat.

    Attributes
    ----------
    meeting, seat
        Ids.
    holder
        Who holds it now; None is nobody.
    ranked
        Who could take it, while who leaves it keeps all other seats: first those for whom nobody has to move, then by
        how many have to; of as many by the worth of the roster, tier by tier, and then by id.
    impossible
        Ids of those who are eligible, but no legal roster has them there.
    unknown
        Ids of those who are eligible, and for whom nothing legal was found near in time.
    pinned
        Whether the seat is pinned to who holds it, so that no legal roster has anybody else there.
    """

    meeting: str
    seat: str
    holder: str | None
    ranked: tuple[Substitute, ...]
    impossible: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    pinned: bool = False

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences, the best first."""
        told = [words for item in self.ranked for words in item.words]
        if self.pinned:
            told.append(PINNED.fill(seat=self.seat, meeting=self.meeting, holder=self.holder))
        elif not told and not self.unknown:
            told.append(NOBODY.fill(seat=self.seat, meeting=self.meeting))
        if self.unknown:
            told.append(UNKNOWN.fill(people=", ".join(self.unknown)))
        return tuple(told)

    def _theirs(self, view: View) -> tuple[Words, ...]:
        if view.audience.kind != "facilitator":
            return ()
        where = {"meeting": self.meeting, "seat": self.seat}
        if self.holder is not None and view.facilitator(self.holder):
            return (HOW_MANY.fill(count=len(self.ranked), **where),)
        who = view.audience.id
        if who in self.unknown:
            return (UNKNOWN.fill(people=who),)
        own = next((item.theirs for item in self.ranked if item.facilitator == who), None)
        return own or (CANNOT.fill(who=who, **where),)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "meeting": self.meeting,
            "seat": self.seat,
            "holder": self.holder,
            "ranked": [item.to_dict() for item in self.ranked],
            "impossible": list(self.impossible),
            "unknown": list(self.unknown),
            "pinned": self.pinned,
        }


@dataclass(frozen=True)
class Absence(Answer):
    """Somebody falls out for a day.

    Attributes
    ----------
    facilitator, day
        Who and when.
    seats
        Who could take each of their seats of that day, in order of time, as if it were the only one.
    together
        What the best roster that was found near has otherwise in which they have none of them: the best in the highest
        tier, then with the fewest people disturbed; None where they hold nothing that day, or time was up.
    """

    facilitator: str
    day: date
    seats: tuple[Substitutes, ...]
    together: Comparison | None

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences, seat by seat."""
        told = tuple(words for item in self.seats for words in item.words)
        return told or (NO_SEAT.fill(who=self.facilitator, day=self.day),)

    def _theirs(self, view: View) -> tuple[Words, ...]:
        if not view.facilitator(self.facilitator):
            return ()
        return tuple(words for item in self.seats for words in item.said_to(view)) or self.words

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "facilitator": self.facilitator,
            "day": self.day.isoformat(),
            "seats": [item.to_dict() for item in self.seats],
            "together": None if self.together is None else self.together.to_dict(),
        }
