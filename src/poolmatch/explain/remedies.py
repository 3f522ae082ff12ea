"""What would fill an empty seat: the smallest sets of edits, each verified, with its effect on the whole roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, product
from typing import Any

from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.arguments import seconds, whole_number
from poolmatch.domain.meetings import Seat
from poolmatch.edits import Edit, SeatGivenUp
from poolmatch.explain.answer import Answer
from poolmatch.explain.comparison import Comparison, compare
from poolmatch.explain.explanation import Explanation
from poolmatch.explain.filling import Filling, is_least
from poolmatch.explain.proposals import edited_or_none
from poolmatch.explain.trials import Trials
from poolmatch.explain.trying import accepted, emptied
from poolmatch.solving.running.budget import Budget
from poolmatch.views import View
from poolmatch.vocabulary.outcomes import tier_name
from poolmatch.words import Words

TAKES = Words("{who} takes seat {seat} of {meeting}.", "{who} neemt plaats {seat} van {meeting}.")
TIER = Words("{tier}: {after:g} points instead of {before:g}.", "{tier}: {after:g} punten in plaats van {before:g}.")
FILLED = Words("Nothing needs to be done: it is filled.", "Er hoeft niets te gebeuren: de plaats is bezet.")
NONE = Words("Nothing that is known fills it.", "Niets van wat bekend is, vult de plaats.")
NONE_OF_THEIRS = Words(
    "Nothing is known that {who} alone could do about it.", "Er is niets bekend wat {who} alleen eraan kan doen."
)
NONE_YET = Words("Nothing that fills it was found in time.", "In de tijd is niets gevonden dat de plaats vult.")
Key = tuple[str, str]


@dataclass(frozen=True)
class Remedy(Explanation):
    """Edits that fill seats. Without any of them they stay empty, or others have to move.

    Attributes
    ----------
    edits
        What would change in the problem; nothing where moving others is enough.
    holders
        Meeting, seat and facilitator of what is filled.
    effect
        The roster after it beside the one before: seats, times, people, rules and all tiers.
    report
        What the rules say of the roster after it, with the edited problem and the roster; None for whom it is not.
    """

    edits: tuple[Edit, ...]
    holders: tuple[tuple[str, str, str], ...]
    effect: Comparison
    report: Report | None = None

    @property
    def price(self) -> float:
        """What the edits ask of people, added up."""
        return sum(edit.price for edit in self.edits)

    @property
    def words(self) -> tuple[Words, ...]:
        """The remedy in sentences: the edits, who takes the seats, what else moves, and each tier that changes."""
        filled = {(meeting, seat) for meeting, seat, _ in self.holders}
        others = [item.words for item in self.effect.seats if (item.meeting, item.seat) not in filled]
        times = [item.words for item in self.effect.times]
        return (*self._asked, *others, *times, *self._worth)

    def theirs(self, view: View) -> tuple[Words, ...]:
        """Return the remedy as somebody may read it of whom alone it asks anything; nothing where it asks others."""
        own = all(view.facilitator(who) for *_, who in self.holders)
        own &= all(edit.discreet and len(edit.about) == 1 and view.facilitator(*edit.about) for edit in self.edits)
        return (*self._asked, *self._worth) if own else ()

    @property
    def _asked(self) -> Iterator[Words]:
        yield from (edit.words for edit in self.edits)
        yield from (TAKES.fill(who=who, seat=seat, meeting=meeting) for meeting, seat, who in self.holders)

    @property
    def _worth(self) -> Iterator[Words]:
        for item in self.effect.tiers:
            if item.before != item.after:
                yield TIER.fill(tier=tier_name(item.tier), before=item.before, after=item.after)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document, without the whole report."""
        return {
            "edits": [edit.to_dict() | {"en": edit.words.en, "nl": edit.words.nl} for edit in self.edits],
            "price": self.price,
            "holders": [{"meeting": m, "seat": s, "facilitator": who} for m, s, who in self.holders],
            "effect": self.effect.to_dict(),
        }


@dataclass(frozen=True)
class Remedies(Answer):
    """What would fill some seats.

    Attributes
    ----------
    seats
        Meeting and seat of what was empty and is to be filled.
    remedies
        The remedies, the cheapest first.
    whole
        Whether nothing was left out for want of time that is known and could ask less, or make up the number.
    """

    seats: tuple[Key, ...]
    remedies: tuple[Remedy, ...]
    whole: bool

    @property
    def words(self) -> tuple[Words, ...]:
        """All remedies in sentences; or that there is none."""
        if self.remedies:
            return tuple(words for item in self.remedies for words in item.words)
        return (FILLED if not self.seats else NONE if self.whole else NONE_YET,)

    def _theirs(self, view: View) -> tuple[Words, ...]:
        who = view.audience
        if who.kind != "facilitator" or not self.seats:
            return self.words if who.kind == "facilitator" else ()
        told = tuple(words for item in self.remedies for words in item.theirs(view))
        return told or (NONE_OF_THEIRS.fill(who=who.id),)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        seats = [{"meeting": meeting, "seat": seat} for meeting, seat in self.seats]
        return {"seats": seats, "remedies": [item.to_dict() for item in self.remedies], "whole": self.whole}


def remedies(
    result: Report | HasReport,
    meeting: str,
    seat: str,
    *,
    also: Iterable[Key] = (),
    most: int = 5,
    time_limit: float = 4.0,
) -> Remedies:
    """Return the smallest sets of edits that fill an empty seat, the cheapest first; `poolmatch.edits` has the prices.

    Each was made: with the edits, the roster that is returned with it fills the seat, is legal, and leaves no required
    seat empty that was filled. What nobody has to be asked for comes first: others who move. Where a seat has to wait
    for another of its meeting, such as for one that leads, the two are filled together.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned.
    meeting, seat
        Ids; of a duty the duty and its kind.
    also
        Meeting and seat of others that are to be filled as well, by the same remedy.
    most
        So many are looked for.
    time_limit
        Seconds after which no further one is begun.

    Raises
    ------
    UnknownId
        The problem has no such seat; a KeyError.
    ValueError, TypeError
        An argument is out of range, or of the wrong kind.
    """
    report, most = report_of(result), whole_number(most, "most", 1)
    budget = Budget(seconds(time_limit, "time_limit"))
    asked = [report.problem.seat(*key) for key in dict.fromkeys([(meeting, seat), *also])]
    empty = [place for place in asked if (place.meeting, place.seat) not in report.plan.filled]
    found, whole = _together(report, empty, most, budget) if empty else ({}, True)
    for first in _awaited(report, empty) if len(found) < most else ():
        if not budget.over:
            more, all_of_them = _together(report, [first, *empty], most - len(found), budget)
            least = {key: item for key, item in more.items() if is_least(key, found)}
            found, whole = {**found, **least}, whole and all_of_them
    by_price = sorted(found.values(), key=lambda item: (item.price, len(item.edits)))
    return Remedies(tuple((place.meeting, place.seat) for place in empty), tuple(by_price), whole)


def _awaited(report: Report, seats: Sequence[Seat]) -> Iterator[Seat]:
    """Yield other empty seats of the meetings of some, where filling these may be what those wait for."""
    trials = Trials(report.plan, [rule for rule in report.rules.constraints if rule.curable])
    for meeting in dict.fromkeys(seat.meeting for seat in seats):
        mine = [seat for seat in seats if seat.meeting == meeting]
        if any(_is_kept_out(report, trials, seat) for seat in mine):
            others = (seat for seat in report.problem.seats_of(meeting) if seat not in mine)
            yield from (seat for seat in others if (seat.meeting, seat.seat) not in report.plan.filled)


def _is_kept_out(report: Report, trials: Trials, seat: Seat) -> bool:
    """Tell whether something that is asked speaks against anybody in a seat."""
    asked = product(report.world.people, trials.starts(seat.meeting))
    return any(next(trials.broken(who.facilitator, seat, start), None) is not None for who, start in asked)


Found = dict[frozenset[Edit], Remedy]
"""Remedies by their edits."""


def _together(report: Report, seats: Sequence[Seat], most: int, budget: Budget) -> tuple[Found, bool]:
    """Return remedies for all of some seats, and whether nothing was left out for want of time.

    One seat after another is filled, always going on with what asks least.
    """
    order = count()
    heap: list[tuple[float, int, int, tuple[Edit, ...], Report]] = [(0.0, 0, next(order), (), report)]
    found: Found = {}
    whole = True
    while heap and len(found) < most:
        *_, edits, now = heappop(heap)
        place = next((item for item in seats if (item.meeting, item.seat) not in now.plan.filled), None)
        if place is None:
            remedy = _remedy(report, now, edits, seats) if is_least(frozenset(edits), found) else None
            if remedy is not None and is_least(frozenset(remedy.edits), found):
                found.setdefault(frozenset(remedy.edits), remedy)
            continue
        filling = Filling(now, place, budget)
        for more, after in filling.steps(most):
            both = (*edits, *more)
            heappush(heap, (sum(edit.price for edit in both), len(both), next(order), both, after))
        whole &= filling.whole(most)
    return found, whole


def _remedy(before: Report, now: Report, edits: tuple[Edit, ...], seats: Sequence[Seat]) -> Remedy | None:
    """Return a remedy without the edits that the roster can do without, and with the optional seats it gives up."""
    kept = list(edits)
    for edit in edits if len(edits) > 1 or len(seats) > 1 else ():  # what fills one seat does so for all of it
        rest = [item for item in kept if item != edit]
        edited = edited_or_none(before.problem, rest)
        if edited is not None and accepted(before, edited, now.roster) is not None:
            kept = rest
    every = (*kept, *(SeatGivenUp(*key) for key in emptied(before, now) if not before.problem.seat(*key).required))
    if every != edits:
        edited = edited_or_none(before.problem, every)
        fits = None if edited is None else accepted(before, edited, now.roster)
        if fits is None:
            return None
        now = fits
    held = {(row.meeting, row.seat): str(row.facilitator) for row in now.roster.rows}
    holders = tuple((item.meeting, item.seat, held[item.meeting, item.seat]) for item in seats)
    return Remedy(every, holders, compare(before, now), now)
