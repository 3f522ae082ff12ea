"""Why somebody's wish was not granted: the reasons that together see to that, and what would have granted it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.arguments import seconds, whole_number
from poolmatch.explain.answer import Answer, to_themselves
from poolmatch.explain.asking import beside, goals_of, nearby_of, prepared_of
from poolmatch.explain.comparison import Comparison
from poolmatch.explain.granted_by import GrantedBy, granted_by
from poolmatch.explain.wish_reasons import TOLD, WishReason, by_rules, by_tiers
from poolmatch.explain.wishing import Wanted, Wish, must_be_wish, words_of
from poolmatch.solving.granting import Granting
from poolmatch.solving.nearby import Nearby
from poolmatch.solving.running.budget import Budget
from poolmatch.views import View
from poolmatch.vocabulary.outcomes import tier_within
from poolmatch.words import Words, first_few, joined, pattern

SEATS_TOLD = 5
"""So many seats are named in a sentence."""
BEST, REASONS = 0.4, 0.5
"""Parts of the time that is left then, from 0 to 1: for the best roster that grants the wish, and for the reasons."""

BY_WORK = Words("The wish of {who} ({wish}) is granted: {seats}.", "De wens van {who} ({wish}) is vervuld: {seats}.")
BY_NONE = Words(
    "The wish of {who} ({wish}) is granted: they have no such work.",
    "De wens van {who} ({wish}) is vervuld: dat werk is er niet bij.",
)
NO_SEAT = Words(
    "No seat that is still to come is what {who} wishes for ({wish}).",
    "Er komt geen plaats meer waar de wens van {who} over gaat ({wish}).",
)
ONE_RULE = Words(
    "In no legal roster is the wish of {who} granted ({wish}), by this rule alone: {reasons}.",
    "In geen enkel geldig rooster is de wens van {who} vervuld ({wish}), al door deze ene regel: {reasons}.",
)
RULES = Words(
    "In no legal roster is the wish of {who} granted ({wish}), by these rules together: {reasons}.",
    "In geen enkel geldig rooster is de wens van {who} vervuld ({wish}), door deze regels samen: {reasons}.",
)
NEVER = Words(
    "In no legal roster is the wish of {who} granted ({wish}).",
    "In geen enkel geldig rooster is de wens van {who} vervuld ({wish}).",
)
NOT_KNOWN = Words(
    "Whether the wish of {who} ({wish}) can be granted was not found out in time.",
    "Of de wens van {who} ({wish}) vervuld kan worden, is niet op tijd uitgezocht.",
)
WORSE = Words(
    "If the wish of {who} ({wish}) is granted, {tier} becomes {after:g} points instead of {before:g}.",
    "Wordt de wens van {who} ({wish}) vervuld, dan wordt {tier} {after:g} punten in plaats van {before:g}.",
)
SO_FAR = Words(
    "If the wish of {who} ({wish}) is granted, {tier} becomes {after:g} points instead of {before:g} in the best "
    "roster that was found.",
    "Wordt de wens van {who} ({wish}) vervuld, dan wordt {tier} {after:g} punten in plaats van {before:g} in het beste "
    "rooster dat gevonden is.",
)
BETTER = Words(
    "The wish of {who} ({wish}) is granted in a roster that is better than this one: in it {tier} is {after:g} points, "
    "not {before:g}.",
    "De wens van {who} ({wish}) is vervuld in een rooster dat beter is dan dit: {tier} is daarin {after:g} punten in "
    "plaats van {before:g}.",
)
AS_GOOD = Words(
    "The wish of {who} ({wish}) could be granted as well; the roster would be as good.",
    "De wens van {who} ({wish}) kan evengoed vervuld worden; het rooster wordt er niet slechter van.",
)
TOGETHER = Words(
    "No legal roster grants it that keeps all of this: {reasons}.",
    "Geen geldig rooster vervult de wens en houdt dit alles: {reasons}.",
)
BY_DATA = Words("It would have been granted with this: {edits}.", "Hiermee was de wens wel vervuld: {edits}.")


def _with_data(change: GrantedBy) -> Words:
    return BY_DATA.fill(edits=joined("; ", [words.clause for words in change.words]))


@dataclass(frozen=True)
class WhyNotWish(Answer):
    """Why a wish was not granted.

    Attributes
    ----------
    facilitator, wish
        Who wishes what: a row of `preferences`, or one of `availability`.
    granted
        Whether it is granted. A score above 0 or a preferred time is, where they have one seat at least that it is
        about; a score below 0 or a time to avoid where they have none. Where it is, all that follows says nothing.
    held
        Meeting and seat of the work that it is about and that they have.
    open
        Meeting and seat of all that it is about and that is still to come.
    called
        The wish in words, with its times by the clock of the period.
    grantable
        Whether any legal roster grants it; None where that was not found out.
    reasons
        What together keeps it from being granted: as few reasons as there are, and none can be missed. Where no legal
        roster grants it, they are rules; else rules that put them out of what they wish for, and tiers that would
        become worse. Nothing where they were not found in time.
    instead
        The best roster that was found that grants it, beside this one.
    settled
        Whether that is sure: no legal roster that grants it is better by the order of the tiers, or there is none.
    changes
        What would have granted it, the cheapest first; each was solved.
    whole
        Whether of what is known to let it be granted nothing was left out for want of time.
    theirs
        What the person themself may read of what rules have against it.
    """

    facilitator: str
    wish: Wish
    granted: bool
    held: tuple[tuple[str, str], ...]
    open: tuple[tuple[str, str], ...]
    called: Words = field(repr=False)
    grantable: bool | None = None
    reasons: tuple[WishReason, ...] = ()
    instead: Comparison | None = None
    settled: bool = False
    changes: tuple[GrantedBy, ...] = ()
    whole: bool = False
    theirs: tuple[Words, ...] = field(default=(), repr=False)

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences: the verdict, the reasons with their evidence, and what would have granted it."""
        evidence = dict.fromkeys(words for item in self.reasons for words in item.words)
        return (*self._said, *evidence, *map(_with_data, self.changes))

    @property
    def _said(self) -> tuple[Words, ...]:
        """The verdict and the reasons; it names nobody else."""
        words, values = self._verdict
        verdict = words.fill(who=self.facilitator, wish=self.called, **values)
        together = self.grantable and len(self.reasons) > 1
        return (verdict, TOGETHER.fill(reasons=self._named)) if together else (verdict,)

    @property
    def _named(self) -> object:
        return joined(", ", [item.name for item in self.reasons])

    @property
    def _verdict(self) -> tuple[Words, dict[str, object]]:
        """What is said first, and what it says besides who wishes what."""
        if self.granted:
            seats = [pattern("{meeting}/{seat}", meeting=meeting, seat=seat) for meeting, seat in self.held]
            return (BY_WORK, {"seats": first_few(seats, SEATS_TOLD)}) if self.held else (BY_NONE, {})
        if self.grantable is None:
            return NOT_KNOWN, {}
        if not self.grantable:
            if not (self.open or self.held):
                return NO_SEAT, {}
            words = (NEVER, ONE_RULE, RULES)[min(len(self.reasons), 2)]
            return words, {"reasons": self._named} if self.reasons else {}
        tiers = () if self.instead is None else self.instead.tiers
        other = next((item for item in tiers if item.before != item.after), None)
        if other is None:
            return AS_GOOD, {}
        return BETTER if other.after < other.before else WORSE if self.settled else SO_FAR, {
            "tier": tier_within(other.tier),
            "before": other.before,
            "after": other.after,
        }

    def _theirs(self, view: View) -> tuple[Words, ...]:
        if not view.facilitator(self.facilitator):
            return ()
        mine = (item for item in self.changes if all(set(edit.about) == {self.facilitator} for edit in item.edits))
        return (*self._said, *self.theirs, *map(_with_data, mine))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "facilitator": self.facilitator,
            "wish": self.wish.model_dump(mode="json", exclude_none=True),
            "granted": self.granted,
            "held": [list(key) for key in self.held],
            "open": [list(key) for key in self.open],
            "grantable": self.grantable,
            "reasons": [item.to_dict() for item in self.reasons],
            "instead": None if self.instead is None else self.instead.to_dict(),
            "settled": self.settled,
            "changes": [item.to_dict() for item in self.changes],
            "whole": self.whole,
        }


def why_not_wish(
    result: Report | HasReport, facilitator: str, wish: Wish, *, most: int = 3, time_limit: float = 10.0
) -> WhyNotWish:
    """Return why a wish of somebody was not granted in a roster, and what would have granted it.

    The best legal roster that grants it is sought, near this one first and then among all. Where there is none, the
    smallest set of rules that see to that is told; where it is worse, the smallest set of tiers that no roster keeps
    which grants it, together with the rules that put them out of what they wish for. Each set is proven, and each of
    its members shown to be needed, by solves of their own. Then the data are changed, as rules say what would take away
    their objections, and the problem is solved anew: told is what makes every best roster grant the wish.

    That a wish is explained by the best of the sets of reasons that conflict with it is from Pozanco, Mosca, Zehtabi,
    Magazzeni and Kraus, "Explaining Preference-Driven Schedules: The EXPRES Framework", ICAPS 2022. That an answer
    names the change of the input by which a solver would have done what was asked is from Lerouge, Gicquel, Mousseau
    and Ouerdane, "Counterfactual Explanations for Workforce Scheduling and Routing Problems", ICORES 2023.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned; its roster is legal.
    facilitator
        Id of who wishes.
    wish
        A row of theirs: one of ``poolmatch.wishes_of(problem, facilitator)``.
    most
        So many changes are looked for; 0 is none.
    time_limit
        Seconds in all; 0 is no search: then only whether it is granted is told.

    Raises
    ------
    UnknownId
        The problem has no such facilitator; a KeyError.
    ValueError, TypeError
        It is no wish of theirs, or an argument is out of range, or of the wrong kind.
    """
    report, limit, most = report_of(result), seconds(time_limit, "time_limit"), whole_number(most, "most", 0)
    wanted = Wanted(must_be_wish(report.problem, facilitator, wish), report.world)
    held = tuple((item.meeting.meeting, item.seat.seat) for item in wanted.held(report))
    still = tuple(dict.fromkeys((meeting, seat) for _, (meeting, seat, _) in wanted.places))
    called = words_of(wanted.wish, report.problem.period)
    answer = WhyNotWish(facilitator, wanted.wish, wanted.granted(report), held, still, called)
    if answer.granted or not limit or not report.legal or nearby_of(report).values is None:
        return answer
    budget = Budget(limit)
    asked = wanted.asked(prepared_of(report).candidates)
    found, settled = nearby_of(report).sought(asked, goals_of(report), budget.at_most(BEST * budget.left))
    if found is None and not settled:
        return answer
    answer = replace(_explained(answer, report, wanted, found, budget), settled=settled)
    answer = replace(answer, theirs=_theirs(report, answer))
    if not most:
        return answer
    changes, whole = granted_by(report, wanted, None if found is None else found.report, most, budget)
    return replace(answer, changes=changes, whole=whole)


def _explained(answer: WhyNotWish, report: Report, wanted: Wanted, found: Nearby | None, budget: Budget) -> WhyNotWish:
    """Return the answer with its reasons, given the best roster that grants the wish."""
    granting = Granting(prepared_of(report), wanted.wished)
    part = budget.at_most(REASONS * budget.left)
    if found is None:
        return replace(answer, grantable=False, reasons=by_rules(report, wanted, granting, part))
    instead = beside(report, found.report)
    other = next((item for item in instead.tiers if item.before != item.after), None)
    worse = other is not None and other.after > other.before
    reasons = by_tiers(report, wanted, granting, instead, part) if worse else ()
    return replace(answer, grantable=True, instead=instead, reasons=reasons)


def _theirs(report: Report, answer: WhyNotWish) -> tuple[Words, ...]:
    """Return what the person themself may read of what rules have against what they wish for; of tiers nothing."""
    found = [item for reason in answer.reasons if reason.rule is not None for item in reason.evidence]
    who = answer.facilitator
    told = (to_themselves(report.rules[item.rule], item.words, item.facilitators, who) for item in found)
    return tuple(dict.fromkeys(told))[:TOLD]
