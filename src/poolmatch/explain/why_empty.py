"""Why nobody holds a seat: the funnel, the rules that keep it empty, or what the roster would be if it were filled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from poolmatch.arrays import Bools
from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.arguments import seconds
from poolmatch.domain.meetings import Seat
from poolmatch.eligibility import objecting
from poolmatch.explain.answer import Answer
from poolmatch.explain.asking import (
    about,
    best_in,
    better,
    goals_of,
    in_exchange,
    modelled_in,
    nearby_of,
    nearest_in,
    prepared_of,
)
from poolmatch.explain.comparison import Comparison
from poolmatch.explain.emptiness import MOST_TRIALS
from poolmatch.explain.funnel import Fallen, funnel
from poolmatch.explain.reasons import Evidence, Proof, Reason, possible
from poolmatch.solving.nearby import Asked, is_late
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.views import View
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.outcomes import tier_within
from poolmatch.words import Words, first_few, joined

OnExplained = Callable[[int, int], object]
"""Told how many seats are explained, and how many there are."""
NAMED = 5
"""So many people are named in a sentence."""
SHARES = 4
"""A seat may take so many times its share of the time that is left: most take less."""

HOLDS = Words("{who} holds it.", "{who} zit er.")
TAKEN = Words("Somebody holds it.", "Er zit iemand.")
EMPTY = Words("Nobody holds it; ask the coordinator why.", "Er zit niemand; vraag de coördinator waarom.")
FELL = Words("Not possible, by {rule}: {who}.", "Niet mogelijk, door {rule}: {who}.")
KEPT_OUT = Words(
    "Possible, but kept out of this roster by {rule}: {who}.",
    "Mogelijk, maar in dit rooster tegengehouden door {rule}: {who}.",
)
FREE = Words("Possible in this roster as it is: {who}.", "Mogelijk in dit rooster zoals het is: {who}.")
UNTRIED = Words(
    "Possible, but not tried in this roster: {who}.", "Mogelijk, maar niet geprobeerd in dit rooster: {who}."
)
ONE_REASON = Words(
    "In every legal roster it is empty, by this rule alone: {rules}.",
    "In elk geldig rooster is ze leeg, al door deze ene regel: {rules}.",
)
REASONS = Words(
    "In every legal roster it is empty, by these rules together: {rules}. Without any one of them the others would "
    "let it be filled.",
    "In elk geldig rooster is ze leeg, door deze regels samen: {rules}. Zonder één ervan lieten de andere toe dat er "
    "iemand zit.",
)
NO_ROSTER = Words("In every legal roster it is empty.", "In elk geldig rooster is ze leeg.")
NOT_KNOWN = Words(
    "Whether it is filled in any legal roster was not found out.",
    "Of ze in enig geldig rooster bezet is, is niet uitgezocht.",
)
WORSE = Words(
    "It could be filled, but then {tier} would be {after:g} points instead of {before:g}.",
    "Er kan iemand zitten, maar dan werd {tier} {after:g} punten in plaats van {before:g}.",
)
SO_FAR = Words(
    "It could be filled; in the best roster that was found, {tier} is then {after:g} points instead of {before:g}.",
    "Er kan iemand zitten; in het beste gevonden rooster is {tier} dan {after:g} punten in plaats van {before:g}.",
)
BETTER = Words(
    "It could be filled, and then {tier} would be {after:g} points instead of {before:g}.",
    "Er kan iemand zitten, en dan werd {tier} {after:g} punten in plaats van {before:g}.",
)
AS_GOOD = Words(
    "It could be filled; the roster would be as good.", "Er kan iemand zitten; het rooster wordt er niet slechter van."
)
FILLABLE = Words("It could be filled.", "Er kan iemand zitten.")


@dataclass(frozen=True)
class WhyEmpty(Answer):
    """Why nobody holds a seat.

    Attributes
    ----------
    meeting, seat
        Ids; of a duty the duty and its kind.
    holder
        Who holds it, None when nobody does. Where it is held, all that follows says nothing.
    fell
        Who falls away at each eligibility rule, in the order of the rules: each person at the first that puts them out,
        in the slot in which they get farthest.
    kept_out
        Whom of those who are left each rule that limits keeps out of this roster, each person by the first that it
        would break.
    free
        Whom of them the roster could take as it is.
    untried
        Whom of them nobody tried.
    fillable
        Whether the seat is filled in any legal roster at all; None where that was not found out.
    reasons
        Where it is in none: rules that together see to that, and without any one of which the others do not; each with
        a roster that shows it. Nothing where they were not found in time.
    evidence
        What these rules have against each person; where it takes several people to break one, nothing.
    instead
        Where it is in some: the best that was found, beside this one.
    settled
        Whether that is sure: no legal roster in which it is filled is better by the order of the tiers, or there is
        none. Where it is not, none is better that differs in the seats about this one only.
    """

    meeting: str
    seat: str
    holder: str | None = None
    fell: tuple[Fallen, ...] = ()
    kept_out: tuple[Fallen, ...] = ()
    free: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    fillable: bool | None = None
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    instead: Comparison | None = None
    settled: bool = False

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences."""
        if self.holder is not None:
            return (HOLDS.fill(who=self.holder),)
        return (*self._funnel(lambda names: names), self._reasons or self._verdict)

    def _theirs(self, view: View) -> tuple[Words, ...]:
        seen = view.meeting(self.meeting)
        if view.audience.kind == "facilitator":
            if self.holder is not None:
                return (HOLDS.fill(who=self.holder) if seen else TAKEN,)
            evidence = (item.words for item in self.evidence if item.own and view.facilitator(item.facilitator))
            return (*self._funnel(lambda names: tuple(filter(view.facilitator, names))), *evidence, self._verdict)
        return (EMPTY if self.holder is None else HOLDS.fill(who=self.holder),) if seen else ()

    def _funnel(self, of: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Iterator[Words]:
        """Yield where the pool is left, of some of the people."""
        for words, fallen in ((FELL, self.fell), (KEPT_OUT, self.kept_out)):
            for item in fallen:
                if names := of(item.facilitators):
                    yield words.fill(rule=rule_name(item.rule), who=first_few(names, NAMED))
        for words, people in ((FREE, self.free), (UNTRIED, self.untried)):
            if names := of(people):
                yield words.fill(who=first_few(names, NAMED))

    @property
    def _reasons(self) -> Words | None:
        if not self.reasons:
            return None
        rules = joined(", ", [rule_name(item.rule) for item in self.reasons])
        return (ONE_REASON if len(self.reasons) == 1 else REASONS).fill(rules=rules)

    @property
    def _verdict(self) -> Words:
        """Whether it could be filled, and what the roster would be then; it names nobody, and no rule."""
        if self.fillable is None:
            return NOT_KNOWN
        if not self.fillable:
            return NO_ROSTER
        if self.instead is None:
            return FILLABLE
        other = next((item for item in self.instead.tiers if item.before != item.after), None)
        if other is None:
            return AS_GOOD
        words = BETTER if other.after < other.before else WORSE if self.settled else SO_FAR
        return words.fill(tier=tier_within(other.tier), before=other.before, after=other.after)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "meeting": self.meeting,
            "seat": self.seat,
            "holder": self.holder,
            "fell": {item.rule: list(item.facilitators) for item in self.fell},
            "kept_out": {item.rule: list(item.facilitators) for item in self.kept_out},
            "free": list(self.free),
            "untried": list(self.untried),
            "fillable": self.fillable,
            "reasons": [item.to_dict() for item in self.reasons],
            "evidence": [item.to_dict() for item in self.evidence],
            "instead": None if self.instead is None else self.instead.to_dict(),
            "settled": self.settled,
        }


def why_empty(result: Report | HasReport, meeting: str, seat: str, *, time_limit: float = 5.0) -> WhyEmpty:
    """Return why nobody holds a seat of a roster.

    Every rule is asked about every person. Where some are possible by themselves, the best legal roster in which the
    seat is filled is sought, near this one first and then among all. Where there is none, the rules that see to that.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned. Of a roster that is illegal only the rules are asked.
    meeting, seat
        Ids; of a duty the duty and its kind. An optional seat is explained as a required one.
    time_limit
        Seconds for the search; 0 is none.

    Raises
    ------
    UnknownId
        The problem has no such seat; a KeyError.
    """
    report, limit = report_of(result), seconds(time_limit, "time_limit")
    place = report.problem.seat(meeting, seat)
    key = place.meeting, place.seat
    holder = report.roster.holder(*key)
    if holder is not None:
        return WhyEmpty(*key, holder)
    out = objecting(report.world, report.rules, [key])[key]
    return _Explaining(report, place, out, _Means(Budget(limit), MOST_TRIALS)).answer()


def why_empty_all(
    result: Report | HasReport,
    *,
    time_limit: float = 30.0,
    on_progress: OnExplained | None = None,
    stop: threading.Event | None = None,
    most_trials: int = MOST_TRIALS,
) -> tuple[WhyEmpty, ...]:
    """Return why nobody holds the required seats that a roster leaves empty, in the order of the problem, duties last.

    As `why_empty`, but one roster near this one in which a seat is filled is enough, and what would take long is not
    found out. Whether a seat could be filled at all is found out of every seat first.

    Parameters
    ----------
    result
        As of `why_empty`.
    time_limit
        Seconds for all searches together; each seat gets its share, and what it leaves over passes on.
    on_progress
        Called after each seat with how many are explained, and how many there are; each counts half when it is known
        whether it could be filled, and half when it was sought what would be better then.
    stop
        Set it from another thread to stop; of the seats that were begun by then, what is known is returned.
    most_trials
        How many times at most somebody is tried in an empty seat, in all; at least 0.
    """
    report, limit = report_of(result), seconds(time_limit, "time_limit")
    budget = Budget(limit, Stop(stop))
    empty = [
        seat
        for seat in report.problem.all_seats
        if seat.required and report.roster.holder(seat.meeting, seat.seat) is None
    ]
    out = objecting(report.world, report.rules, ((seat.meeting, seat.seat) for seat in empty))
    if limit and report.legal and report.rules.preferences and any(possible(item) for item in out.values()):
        nearby_of(report).values  # noqa: B018 - made before the time of any seat begins
    begun, found = list[_Explaining](), dict[int, WhyEmpty]()

    def tell() -> None:
        if on_progress is not None and (len(begun) + len(found)) % 2 == 0:
            on_progress((len(begun) + len(found)) // 2, len(empty))

    for number, seat in enumerate(empty):  # first of each whether it could be filled at all, then what would be better
        if budget.stop.asked():
            break
        means = _Means(_share(budget, len(empty) - number), most_trials // (len(empty) - number), soon=True)
        begun.append(_Explaining(report, seat, out[seat.meeting, seat.seat], means))
        most_trials -= begun[-1].tried
        tell()
    for number in sorted(range(len(begun)), key=lambda number: not begun[number].nobody):  # they take no search
        found[number] = begun[number].answer(_share(budget, len(begun) - len(found)))
        tell()
    return tuple(found[number] for number in range(len(begun)))


def _share(budget: Budget, seats: int) -> Budget:
    """Return what one of so many seats may take of the time that is left."""
    return budget.at_most(max(0.0, SHARES * budget.left / seats))


@dataclass(frozen=True)
class _Means:
    """What an answer may take.

    Attributes
    ----------
    budget
        How long.
    most_trials
        How many people are tried in the seat.
    soon
        Whether a roster near this one is enough.
    """

    budget: Budget
    most_trials: int
    soon: bool = False


class _Explaining:
    """A seat that is being explained: who is left of the pool, and whether a small roster fills it.

    Parameters
    ----------
    report, seat
        The roster, and the seat that is empty in it.
    out
        Which eligibility rules put whom out of the seat.
    means
        What it may take.
    """

    def __init__(self, report: Report, seat: Seat, out: Bools, means: _Means) -> None:
        self._report, self._means = report, means
        left = funnel(report, seat, out, means.most_trials)
        told = WhyEmpty(seat.meeting, seat.seat, None, left.fell, left.kept_out, left.free, left.untried)
        self._proof = Proof(report, seat, out, means.budget, soon=means.soon)
        self.nobody = not left.eligible or seat.meeting in report.problem.frozen
        """Whether nobody is possible there, whatever the roster."""
        self._searched = report.legal and bool(report.rules.preferences)
        small = means.soon and self._searched and not self.nobody and self._proof.small is not None
        self._told = replace(told, fillable=True) if small else told

    @property
    def tried(self) -> int:
        """How many people were tried in the seat."""
        return sum(map(len, (self._told.free, *(item.facilitators for item in self._told.kept_out))))

    def answer(self, budget: Budget | None = None) -> WhyEmpty:
        """Return why nobody holds it.

        Parameters
        ----------
        budget
            How long that may take; None is what is left of the means.
        """
        proof, means = self._proof, self._means if budget is None else replace(self._means, budget=budget)
        proof.budget = means.budget
        if self.nobody:
            return _never(self._told, proof)
        if means.budget.over or not self._report.legal:
            return self._told
        if self._searched:
            told = _instead(self._report, self._told, means, proof)
        else:  # no roster is better than another
            told = replace(self._told, fillable=proof.verdict.fillable)
        return _never(told, proof) if told.fillable is False else told


def _instead(report: Report, told: WhyEmpty, means: _Means, proof: Proof) -> WhyEmpty:
    """Return the answer with the best roster in which the seat is filled, if there is one."""
    prepared = prepared_of(report)
    mine = prepared.candidates.of_seat(prepared.world.seat_positions[told.meeting, told.seat])
    if not prepared.system.bounds[1][mine].any():
        return replace(told, fillable=False)
    asked, search = Asked(some=(mine,)), modelled_in if means.soon else best_in
    close, wider, whole = nearby_of(report).rings(asked)
    best: tuple[Comparison, bool] | None = None
    goals = len(goals_of(report))
    if means.soon and proof.small is not None:
        best = nearest_in(report, asked, in_exchange(report, asked, proof.small), means.budget)
    for free in (wider,) if means.soon else (close, wider):
        if not is_late(free, means.budget, goals if means.soon else 1):
            best = better(search(report, asked, free, means.budget), best)
    if best is None and not means.budget.over:
        known = proof.verdict
        if known.fillable is False and proof.holds:
            return replace(told, fillable=False)
        told = replace(told, fillable=told.fillable or known.fillable or None)
        if known.roster is not None and not means.budget.over:
            best = search(report, asked, wider | about(report, asked, known.roster), means.budget)
    sure = False
    if not is_late(whole, means.budget) and not (means.soon and (best is not None or told.fillable)):
        found = search(report, asked, whole, means.budget)
        if found is None and best is None and not means.budget.over:
            return replace(told, fillable=False)
        best, sure = better(found, best), found is not None and found[1]
    if best is None:
        return told
    return replace(told, fillable=True, instead=best[0], settled=sure or (best[1] and bool(wider.all())))


def _never(told: WhyEmpty, proof: Proof) -> WhyEmpty:
    """Return the answer with the rules that keep the seat empty in every legal roster."""
    return replace(told, fillable=False, settled=True, reasons=proof.verdict.reasons, evidence=proof.evidence)
