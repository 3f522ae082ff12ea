"""What may happen to a roster, and what is left of it then: one mishap, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from poolmatch.explain.answer import Answer
from poolmatch.explain.comparison import Comparison, TierChange
from poolmatch.explain.explanation import Explanation
from poolmatch.vocabulary.outcomes import tier_within
from poolmatch.words import Words, first_few, in_a_row, pattern

WITHOUT = Words("Without {who}", "Zonder {who}")
LATE = Words("With {organisation} as a party to {meeting}", "Met {organisation} als partij bij {meeting}")
HOLDS_NOTHING = Words("{what} nothing changes.", "{what} verandert er niets.")
AS_GOOD = Words(
    "{what} nothing is lost in {tier}; seats that change: {seats}; others who move: {others}.",
    "{what} gaat er in {tier} niets verloren; plaatsen die veranderen: {seats}; anderen die verschuiven: {others}.",
)
WORSE = Words(
    "{what}, {tier} becomes {after:g} points instead of {before:g}, and no roster does better; empty: {empty}.",
    "{what} wordt {tier} {after:g} punten in plaats van {before:g}, en geen rooster doet het beter; leeg: {empty}.",
)
PERHAPS = Words(
    "{what}, {tier} becomes {after:g} points instead of {before:g} in the best roster that was found; empty: {empty}.",
    "{what} wordt {tier} {after:g} punten in plaats van {before:g} in het beste gevonden rooster; leeg: {empty}.",
)
NOT_FOUND = Words("{what} no legal roster was found in time.", "{what} is in de tijd geen geldig rooster gevonden.")
PAIRS_AS_GOOD = Words(
    "Pairs without whom nothing is lost: {count}.", "Paren zonder wie er niets verloren gaat: {count}."
)
PAIRS_LEFT_OUT = Words(
    "Pairs that were not looked at: {count}; in those, less of what one does rests on the other.",
    "Paren die niet bekeken zijn: {count}; daarin rust minder van wat de een doet op de ander.",
)
UNTOUCHED = Words(
    "Late parties that nobody would have to leave a seat for: {count}.",
    "Late partijen waarvoor niemand een plaats zou moeten verlaten: {count}.",
)
STOPPED = Words(
    "It was stopped before the end; not looked at: {count}.", "Het is voor het einde gestopt; niet bekeken: {count}."
)
EMPTY_TOLD = 5
"""So many empty seats are named in a sentence."""


@dataclass(frozen=True)
class Mishap(Explanation):
    """Something that may happen to a roster, and the roster that could be made of it then.

    Attributes
    ----------
    facilitators
        Who falls out: they take no seat that is still to come. Of a late party, who can no longer sit in the meeting of
        those who do.
    organisation, meeting
        Of a late party: which organisation, and to which meeting.
    vacated
        Meeting and seat of what is to be filled anew.
    tier, before, after
        The tier that comes first (0 is the weighted sum), and its points before and after; None when no roster was
        found in time.
    settled
        Whether it is sure that no less is lost there: nothing is, or no legal roster is better.
    instead
        The roster that could be made, beside this one; None when none was found in time.
    """

    facilitators: tuple[str, ...]
    organisation: str | None
    meeting: str | None
    vacated: tuple[tuple[str, str], ...]
    tier: float
    before: float
    after: float | None
    settled: bool
    instead: Comparison | None

    @property
    def lost(self) -> float:
        """Points that are lost in the tier that comes first; 0 too when no roster was found."""
        return 0.0 if self.after is None else max(0.0, self.after - self.before)

    @property
    def tiers(self) -> tuple[TierChange, ...]:
        """What the roster is worth in every tier, before and after."""
        return () if self.instead is None else self.instead.tiers

    @property
    def changes(self) -> int:
        """How many seats have another holder, or none any more."""
        return 0 if self.instead is None else len(self.instead.seats)

    @property
    def others(self) -> tuple[str, ...]:
        """Whom something changes for besides those whom it is about."""
        if self.instead is None:
            return ()
        names = (item.facilitator for item in self.instead.people)
        return tuple(name for name in names if name not in self.facilitators)

    @property
    def emptied(self) -> tuple[tuple[str, str], ...]:
        """Meeting and seat of what was held and is empty then."""
        seats = () if self.instead is None else self.instead.seats
        return tuple((item.meeting, item.seat) for item in seats if item.after is None)

    @property
    def words(self) -> Words:
        """The mishap as a sentence."""
        if self.organisation is None:
            what = WITHOUT.fill(who=in_a_row(self.facilitators))
        else:
            what = LATE.fill(organisation=self.organisation, meeting=self.meeting)
        if self.instead is None:
            return NOT_FOUND.fill(what=what)
        if not self.vacated:
            return HOLDS_NOTHING.fill(what=what)
        tier = tier_within(self.tier)
        if not self.lost:
            return AS_GOOD.fill(what=what, tier=tier, seats=self.changes, others=len(self.others))
        seats = [pattern("{meeting}/{seat}", meeting=meeting, seat=seat) for meeting, seat in self.emptied]
        empty = first_few(seats, EMPTY_TOLD) if seats else "–"
        points = {"before": self.before, "after": self.after, "empty": empty}
        return (WORSE if self.settled else PERHAPS).fill(what=what, tier=tier, **points)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "facilitators": list(self.facilitators),
            "organisation": self.organisation,
            "meeting": self.meeting,
            "vacated": [list(item) for item in self.vacated],
            "tier": self.tier,
            "before": self.before,
            "after": self.after,
            "settled": self.settled,
            "instead": None if self.instead is None else self.instead.to_dict(),
        }


@dataclass(frozen=True)
class Resilience(Answer):
    """How a roster bears up. For the coordinator: it tells of people's ties what late parties bring to light.

    Attributes
    ----------
    facilitators
        Each of them falling out, in the order of the problem.
    pairs
        Two of them falling out at once; first those of whom most of what one does rests on the other.
    parties
        Organisations becoming a party late, in the order of the problem; those that somebody has to leave a seat for.
    pairs_left_out
        How many further pairs there are, of whom one could take a seat of the other.
    untouched
        How many late parties were looked at that nobody has to leave a seat for.
    left_out
        How many people, pairs and parties were not looked at, because it was stopped.
    """

    facilitators: tuple[Mishap, ...]
    pairs: tuple[Mishap, ...]
    parties: tuple[Mishap, ...]
    pairs_left_out: int = 0
    untouched: int = 0
    left_out: int = 0

    @property
    def whole(self) -> bool:
        """Whether it was not stopped before the end."""
        return not self.left_out

    @property
    def mishaps(self) -> tuple[Mishap, ...]:
        """All of them."""
        return (*self.facilitators, *self.pairs, *self.parties)

    @property
    def single_points(self) -> tuple[Mishap, ...]:
        """Single points of failure: one person or party, and something is lost for sure; the dearest first."""
        single = (item for item in (*self.facilitators, *self.parties) if item.settled and item.lost)
        return tuple(sorted(single, key=lambda item: -item.lost))

    @property
    def words(self) -> tuple[Words, ...]:
        """All of it in sentences: what loses most first; pairs that lose nothing are only counted."""
        as_good = [item for item in self.pairs if item.instead is not None and not item.lost]
        telling = [item for item in self.mishaps if item not in as_good]
        told = [item.words for item in sorted(telling, key=lambda item: -item.lost)]
        if as_good:
            told.append(PAIRS_AS_GOOD.fill(count=len(as_good)))
        if self.pairs_left_out:
            told.append(PAIRS_LEFT_OUT.fill(count=self.pairs_left_out))
        if self.untouched:
            told.append(UNTOUCHED.fill(count=self.untouched))
        if self.left_out:
            told.append(STOPPED.fill(count=self.left_out))
        return tuple(told)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        parts = {
            name: [item.to_dict() for item in getattr(self, name)] for name in ("facilitators", "pairs", "parties")
        }
        counted = {name: getattr(self, name) for name in ("pairs_left_out", "untouched", "left_out")}
        return {**parts, **counted}
