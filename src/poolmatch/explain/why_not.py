"""Why somebody does not sit in a seat: every rule that objects, or what would be worse if they did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.arguments import seconds
from poolmatch.domain.meetings import Seat
from poolmatch.eligibility import objections
from poolmatch.explain.answer import Answer, to_themselves
from poolmatch.explain.asking import beside, goals_of, nearby_of, prepared_of
from poolmatch.explain.comparison import Comparison
from poolmatch.explain.explanation import Explanation
from poolmatch.explain.trials import Trials
from poolmatch.rule import Finding
from poolmatch.solving.nearby import Asked, Nearby
from poolmatch.solving.running.budget import Budget
from poolmatch.views import View
from poolmatch.vocabulary.outcomes import tier_within
from poolmatch.words import Words

HOLDS = Words("{who} holds it.", "{who} zit er.")
IN_TIER = Words(
    "With {who} there, {tier} would be {after:g} points instead of {before:g}.",
    "Met {who} daar werd {tier} {after:g} punten in plaats van {before:g}.",
)
SO_FAR = Words(
    "In the best roster with {who} there that was found, {tier} is {after:g} points instead of {before:g}.",
    "In het beste gevonden rooster met {who} daar is {tier} {after:g} punten in plaats van {before:g}.",
)
BETTER = Words(
    "{who} sits there in a roster that is better than this one: in it {tier} is {after:g} points, not {before:g}.",
    "{who} zit daar in een rooster dat beter is dan dit: {tier} is daarin {after:g} punten in plaats van {before:g}.",
)
AS_GOOD = Words(
    "{who} could sit there as well; the roster would be as good.",
    "{who} kan er evengoed zitten; het rooster wordt er niet slechter van.",
)
NO_ROSTER = Words("No legal roster has {who} there.", "In geen enkel geldig rooster zit {who} daar.")
NOT_FOUND = Words(
    "No legal roster with {who} there was found in time.", "In de tijd is geen geldig rooster gevonden met {who} daar."
)


@dataclass(frozen=True)
class Objection(Explanation):
    """An eligibility rule that puts somebody out.

    Attributes
    ----------
    rule
        Its id.
    words
        The evidence.
    waivable
        Whether the parties can consent to it.
    """

    rule: str
    words: Words
    waivable: bool

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {"rule": self.rule, "en": self.words.en, "nl": self.words.nl, "waivable": self.waivable}


@dataclass(frozen=True)
class WhyNot(Answer):
    """Why somebody does not sit in a seat.

    Attributes
    ----------
    facilitator, meeting, seat
        Ids.
    start
        The slot that is looked at: the one that is chosen, else the one with the fewest objections.
    holds
        Whether they do sit there.
    objections
        Every eligibility rule that puts them out in that slot, with its evidence.
    conflicts
        What the rules that limit would say if they took the seat and all else stayed.
    instead
        Where nothing objects: the best roster in which they sit there, beside this one; None where there is none, or
        none was asked for or found in time.
    settled
        Whether that is sure: no legal roster with them there is better by the order of the tiers, or there is none.
        Where it is not, none is better that differs in the seats about this one only.
    theirs
        What the person themself may read of the objections and conflicts.
    """

    facilitator: str
    meeting: str
    seat: str
    start: datetime | None
    holds: bool
    objections: tuple[Objection, ...]
    conflicts: tuple[Finding, ...]
    instead: Comparison | None = None
    settled: bool = False
    theirs: tuple[Words, ...] = field(default=(), repr=False)

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences."""
        if self.holds:
            return (HOLDS.fill(who=self.facilitator),)
        objecting, breaking = (item.words for item in self.objections), (item.words for item in self.conflicts)
        return (*objecting, *breaking, *self._verdict)

    def _theirs(self, view: View) -> tuple[Words, ...]:
        if not view.facilitator(self.facilitator):
            return ()
        return self.words if self.holds else (*self.theirs, *self._verdict)

    @property
    def _verdict(self) -> tuple[Words, ...]:
        """What the roster would be with them; it names nobody else."""
        who = self.facilitator
        if self.objections:
            return ()
        if self.instead is None:
            return ((NO_ROSTER if self.settled else NOT_FOUND).fill(who=who),)
        other = next((item for item in self.instead.tiers if item.before != item.after), None)
        if other is None:
            return (AS_GOOD.fill(who=who),)
        words = BETTER if other.after < other.before else IN_TIER if self.settled else SO_FAR
        return (words.fill(who=who, tier=tier_within(other.tier), before=other.before, after=other.after),)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "facilitator": self.facilitator,
            "meeting": self.meeting,
            "seat": self.seat,
            "start": self.start.isoformat() if self.start else None,
            "holds": self.holds,
            "objections": [item.to_dict() for item in self.objections],
            "conflicts": [item.to_dict() for item in self.conflicts],
            "instead": None if self.instead is None else self.instead.to_dict(),
            "settled": self.settled,
        }


def why_not(
    result: Report | HasReport, meeting: str, seat: str, facilitator: str, *, time_limit: float = 1.4
) -> WhyNot:
    """Return why somebody does not sit in a seat of a roster.

    Every eligibility rule is asked, then every other rule that limits. Where no eligibility rule objects, the best
    legal roster in which they do sit there is sought, near this one first and then among all.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned; its roster is legal.
    meeting, seat, facilitator
        Ids; of a duty the duty and its kind.
    time_limit
        Seconds, with what it takes to make the problem ready once for a result; 0 is no search.

    Raises
    ------
    UnknownId
        The problem has no such seat or facilitator; a KeyError.
    ValueError, TypeError
        The time is no number of seconds, 0 or more.
    """
    report, limit = report_of(result), seconds(time_limit, "time_limit")
    problem, budget = report.problem, Budget(limit)
    place = problem.seat(meeting, seat)
    problem.facilitator(facilitator)
    trials = Trials(report.plan, report.rules.limits)
    against = {start: tuple(_objections(report, facilitator, place, start)) for start in trials.starts(meeting)}
    start = min(against, key=lambda item: len(against[item]))
    holds = any(item.facilitator.facilitator == facilitator for item in report.plan.of_seat.get((meeting, seat), ()))
    answer = WhyNot(facilitator, meeting, seat, start, holds, () if holds else against[start], ())
    if not holds and not answer.objections:
        found = trials.broken(facilitator, place, start, in_place=True)
        answer = replace(answer, conflicts=tuple(item for item in found if item.severity == "violation"))
    answer = replace(answer, theirs=_theirs(report, answer))
    if holds or answer.objections:
        return answer
    if not limit or not report.legal:
        return answer
    best, settled = _with_them(report, answer, budget)
    instead = None if best is None else beside(report, best.report)
    return replace(answer, instead=instead, settled=settled)


def _objections(report: Report, name: str, seat: Seat, start: datetime | None) -> Iterator[Objection]:
    problem = report.problem
    person, meeting = problem.facilitator(name), problem.meeting(seat.meeting)
    for rule in objections(report.world, report.rules, name, seat.meeting, seat.seat, start):
        yield Objection(rule.id, rule.words_at(problem, person, meeting, seat, start), rule.waivable)


def _theirs(report: Report, answer: WhyNot) -> tuple[Words, ...]:
    """Return what the person themself may read of what is said against them."""
    who, rules = answer.facilitator, report.rules
    objecting = (to_themselves(rules[item.rule], item.words, (who,), who) for item in answer.objections)
    breaking = (to_themselves(rules[item.rule], item.words, item.facilitators, who) for item in answer.conflicts)
    return tuple(dict.fromkeys([*objecting, *breaking]))


def _with_them(report: Report, answer: WhyNot, budget: Budget) -> tuple[Nearby | None, bool]:
    """Return the best roster with somebody in a seat, and whether that is settled."""
    prepared, nearby = prepared_of(report), nearby_of(report)
    world, candidates = prepared.world, prepared.candidates
    seat = world.seat_positions[answer.meeting, answer.seat]
    theirs = candidates.find(world.positions[answer.facilitator], seat)
    asked = Asked(some=(theirs,))
    return nearby.sought(asked, goals_of(report), budget)
