"""What one roster has otherwise than another: seat by seat, person by person, rule by rule, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.roster import Roster, RosterRow, must_be_roster
from poolmatch.explain.answer import Answer
from poolmatch.explain.explanation import Explanation
from poolmatch.rule import Finding
from poolmatch.views import View
from poolmatch.vocabulary import counts, rule_name
from poolmatch.words import Words

Compared = Roster | Report | HasReport
"""A roster, or what ``solve`` or ``check`` said of one."""
NOW = Words("{who} comes into seat {seat} of {meeting}.", "{who} komt op plaats {seat} van {meeting}.")
NO_MORE = Words("{who} leaves seat {seat} of {meeting}.", "{who} gaat van plaats {seat} van {meeting} af.")
INSTEAD = Words(
    "Seat {seat} of {meeting}: {after} instead of {before}.",
    "Plaats {seat} van {meeting}: {after} in plaats van {before}.",
)
FILLED = Words(
    "Seat {seat} of {meeting}: {after}; it was empty.", "Plaats {seat} van {meeting}: {after}; die was leeg."
)
EMPTIED = Words(
    "Seat {seat} of {meeting} is empty; {before} held it.", "Plaats {seat} van {meeting} is leeg; {before} zat er."
)
NOBODY_NOW = Words("Seat {seat} of {meeting} is empty.", "Plaats {seat} van {meeting} is leeg.")
NOTHING_CHANGES = Words(
    "Nothing changes in the meetings of {who} that go on.",
    "In de bijeenkomsten van {who} die doorgaan, verandert niets.",
)
ELSEWHEN = Words("{meeting} is at {after} instead of {before}.", "{meeting} is om {after} in plaats van {before}.")
CHOSEN = Words("{meeting} is at {after}; it had no time yet.", "{meeting} is om {after}; er was nog geen tijd gekozen.")
OPEN_AGAIN = Words(
    "{meeting} has no time any more; it was at {before}.", "{meeting} heeft geen tijd meer; het was om {before}."
)
COSTS = Words(
    "{rule} costs {after:g} points instead of {before:g}.", "{rule} kost {after:g} punten in plaats van {before:g}."
)
BREAKS = Words(
    "{rule} is broken {after} instead of {before}.", "{rule} wordt {after} overtreden in plaats van {before}."
)


@dataclass(frozen=True)
class SeatChange(Explanation):
    """A seat that somebody else holds, or nobody any more.

    Attributes
    ----------
    meeting, seat
        Ids.
    before, after
        Who held it and who does; None is nobody. A seat that one of the rosters does not have counts as empty there.
    """

    meeting: str
    seat: str
    before: str | None
    after: str | None

    @property
    def words(self) -> Words:
        """The change as a sentence."""
        where = {"seat": self.seat, "meeting": self.meeting}
        if self.before is None:
            return FILLED.fill(after=self.after, **where)
        if self.after is None:
            return EMPTIED.fill(before=self.before, **where)
        return INSTEAD.fill(before=self.before, after=self.after, **where)

    @property
    def now(self) -> Words:
        """Who sits there now as a sentence, and not who did: whoever reads it may not have been there before."""
        where = {"seat": self.seat, "meeting": self.meeting}
        return NOBODY_NOW.fill(**where) if self.after is None else NOW.fill(who=self.after, **where)


@dataclass(frozen=True)
class TimeChange(Explanation):
    """A meeting that is held at another time.

    Attributes
    ----------
    meeting
        Id.
    before, after
        Its starts; None where it can be held at several times and nobody is assigned, so that none is chosen.
    """

    meeting: str
    before: datetime | None
    after: datetime | None

    @property
    def words(self) -> Words:
        """The change as a sentence."""
        words = CHOSEN if self.before is None else OPEN_AGAIN if self.after is None else ELSEWHEN
        return words.fill(meeting=self.meeting, before=self.before, after=self.after)


@dataclass(frozen=True)
class PersonChange(Explanation):
    """What changes for one person: what to tell them.

    Attributes
    ----------
    facilitator
        Id.
    comes, leaves
        Meeting and seat of what they hold now and did not, and the other way round.
    elsewhen
        Meetings that they are in as before, at another time.
    """

    facilitator: str
    comes: tuple[tuple[str, str], ...]
    leaves: tuple[tuple[str, str], ...]
    elsewhen: tuple[TimeChange, ...] = ()

    @property
    def words(self) -> tuple[Words, ...]:
        """The changes as sentences, what they leave first."""
        who = self.facilitator
        leaves = (NO_MORE.fill(who=who, seat=seat, meeting=meeting) for meeting, seat in self.leaves)
        comes = (NOW.fill(who=who, seat=seat, meeting=meeting) for meeting, seat in self.comes)
        return (*leaves, *comes, *(item.words for item in self.elsewhen))


@dataclass(frozen=True)
class RuleChange(Explanation):
    """What a rule says otherwise.

    Attributes
    ----------
    rule
        Id.
    before, after
        Points that it charges; of a constraint, how many times it is broken.
    gone, fresh
        Findings of the one that the other does not have.
    """

    rule: str
    before: float
    after: float
    gone: tuple[Finding, ...]
    fresh: tuple[Finding, ...]

    @property
    def words(self) -> Words:
        """The change in points, or in how often a limit is broken, as a sentence."""
        if self.breaks:
            before, after = (counts.times(round(number)) for number in (self.before, self.after))
            return BREAKS.fill(rule=rule_name(self.rule), before=before, after=after)
        return COSTS.fill(rule=rule_name(self.rule), before=self.before, after=self.after)

    @property
    def breaks(self) -> bool:
        """Whether it is a limit that one of the two breaks and the other does not."""
        return any(item.severity == "violation" for item in (*self.gone, *self.fresh))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        found = {name: [item.to_dict() for item in getattr(self, name)] for name in ("gone", "fresh")}
        return {"rule": self.rule, "before": self.before, "after": self.after, **found}


@dataclass(frozen=True)
class TierChange(Explanation):
    """What a roster is worth in a tier, in points, beside the other.

    Attributes
    ----------
    tier
        Level of the objective.
    before, after
        Points; less is better.
    """

    tier: float
    before: float
    after: float


@dataclass(frozen=True)
class Comparison(Answer):
    """What the second of two rosters has otherwise than the first; all in order of meeting, seat and id.

    Attributes
    ----------
    seats, times, people
        Who sits elsewhere, what is at another time, and what that means for each person it concerns.
    rules, tiers
        What rules say otherwise, and the worth in each tier, changed or not; nothing where rosters alone were compared.
    """

    seats: tuple[SeatChange, ...]
    times: tuple[TimeChange, ...]
    people: tuple[PersonChange, ...]
    rules: tuple[RuleChange, ...] = ()
    tiers: tuple[TierChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.seats or self.times or self.rules)

    @property
    def words(self) -> tuple[Words, ...]:
        """All of it in sentences: seats, times, rules that cost more or less, and what makes the second illegal."""
        rules = [item for item in self.rules if item.before != item.after]
        parts = (self.seats, self.times, rules, self.broken)
        return tuple(item.words for part in parts for item in part)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """What the second breaks and the first does not."""
        return tuple(found for item in self.rules for found in item.fresh if found.severity == "violation")

    @property
    def mended(self) -> tuple[Finding, ...]:
        """What the first breaks and the second does not."""
        return tuple(found for item in self.rules for found in item.gone if found.severity == "violation")

    def _theirs(self, view: View) -> tuple[Words, ...]:
        if view.audience.kind == "public":
            return ()
        told = (*self.of_a_person(view), *self.of_meetings(view))
        return told or (NOTHING_CHANGES.fill(who=view.audience.id),)

    def of_a_person(self, view: View) -> Iterator[Words]:
        """Yield what changes for the facilitator who reads."""
        for item in self.people:
            if view.facilitator(item.facilitator):
                yield from item.words

    def of_meetings(self, view: View) -> Iterator[Words]:
        """Yield what is otherwise in the meetings that a view shows: who else sits there now; for a party also when."""
        for seat in self.seats:
            if view.meeting(seat.meeting) and not (seat.after and view.facilitator(seat.after)):
                yield seat.now
        for time in self.times:
            if view.audience.kind == "party" and view.meeting(time.meeting):
                yield time.words

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        parts = ("seats", "times", "people", "rules", "tiers")
        return {name: [item.to_dict() for item in getattr(self, name)] for name in parts}


def compare(first: Compared, second: Compared) -> Comparison:
    """Return what the second of two rosters has otherwise than the first.

    They may be of two problems, such as that of last week and that of today: meetings and people go by id.

    Parameters
    ----------
    first, second
        Rosters, or what ``solve`` or ``check`` returned. What rules say is compared where both sides have it.

    Raises
    ------
    TypeError
        One of them is neither.
    """
    one, other = roster_in(first), roster_in(second)
    seats, times = tuple(_seats(one, other)), tuple(_times(one, other))
    people = tuple(_people(seats, times, other))
    if isinstance(first, Roster) or isinstance(second, Roster):
        return Comparison(seats, times, people)
    before, after = report_of(first), report_of(second)
    return Comparison(seats, times, people, tuple(_rules(before, after)), tuple(_tiers(before, after)))


def roster_in(side: Compared) -> Roster:
    """Return the roster that is meant; raise TypeError where none is."""
    if isinstance(side, Roster):
        return side
    report = report_of(side) if isinstance(side, Report) or hasattr(side, "report") else None
    must_be_roster(side if report is None else report.roster)
    assert report is not None
    return report.roster


def _holders(roster: Roster) -> Mapping[tuple[str, str], RosterRow]:
    """Return who holds each seat, of those that are held."""
    return {(row.meeting, row.seat): row for row in roster.rows if row.facilitator is not None}


def _seats(first: Roster, second: Roster) -> Iterator[SeatChange]:
    one, other = _holders(first), _holders(second)
    for meeting, seat in sorted({*one, *other}):
        before, after = (side[meeting, seat].facilitator if (meeting, seat) in side else None for side in (one, other))
        if before != after:
            yield SeatChange(meeting, seat, before, after)


def _starts(roster: Roster) -> Mapping[str, datetime | None]:
    """Return when each meeting is that is held; of one for which no time is chosen, None."""
    held = (row for row in roster.rows if row.facilitator is not None and row.start is not None)
    return dict.fromkeys(roster.timeless) | {row.meeting: row.start for row in held}


def _times(first: Roster, second: Roster) -> Iterator[TimeChange]:
    one, other = _starts(first), _starts(second)
    for meeting in sorted(one.keys() & other.keys()):
        if one[meeting] != other[meeting]:
            yield TimeChange(meeting, one[meeting], other[meeting])


def _people(seats: Iterable[SeatChange], times: Iterable[TimeChange], second: Roster) -> Iterator[PersonChange]:
    comes, leaves = defaultdict[str, list[tuple[str, str]]](list), defaultdict[str, list[tuple[str, str]]](list)
    for item in seats:
        if item.after is not None:
            comes[item.after].append((item.meeting, item.seat))
        if item.before is not None:
            leaves[item.before].append((item.meeting, item.seat))
    moved = {item.meeting: item for item in times}
    elsewhen = defaultdict[str, list[TimeChange]](list)
    for (meeting, seat), row in sorted(_holders(second).items()):
        if meeting in moved and (meeting, seat) not in comes[str(row.facilitator)]:
            elsewhen[str(row.facilitator)].append(moved[meeting])
    for name in sorted({*comes, *leaves, *elsewhen}):
        if comes[name] or leaves[name] or elsewhen[name]:
            yield PersonChange(name, tuple(comes[name]), tuple(leaves[name]), tuple(elsewhen[name]))


def _rules(before: Report, after: Report) -> Iterator[RuleChange]:
    names = dict.fromkeys([*before.by_rule, *after.by_rule])
    for name in names:
        old, new = (Counter(report.by_rule.get(name, ())) for report in (before, after))
        gone, fresh = tuple((old - new).elements()), tuple((new - old).elements())
        if gone or fresh:
            yield RuleChange(name, _charge(old), _charge(new), gone, fresh)


def _charge(findings: Counter[Finding]) -> float:
    """Return the points of findings; of violations, how many there are."""
    return sum(
        times * (1 if item.severity == "violation" else item.points if item.severity == "penalty" else 0)
        for item, times in findings.items()
    )


def _tiers(before: Report, after: Report) -> Iterator[TierChange]:
    old, new = ({item.tier: item.points for item in report.tiers} for report in (before, after))
    for tier in sorted(old.keys() & new.keys()):
        yield TierChange(tier, old[tier], new[tier])
