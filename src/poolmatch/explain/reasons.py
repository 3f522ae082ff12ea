"""The rules that together keep a seat empty in every legal roster: as few as are found, and none of them idle."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from math import inf
from typing import Any, Protocol

import numpy as np

from poolmatch.arrays import Bools
from poolmatch.checking import Report, broken_rules, pins_alone
from poolmatch.domain.meetings import Seat
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import Roster
from poolmatch.explain.answer import is_their_own
from poolmatch.explain.explanation import Explanation
from poolmatch.explain.funnel import starts_of
from poolmatch.explain.trials import Trials
from poolmatch.rule import ConstraintRule, Finding, told
from poolmatch.solving.backends.hitting_set import smallest_hitting_set
from poolmatch.solving.filling import Filled, Filling, only
from poolmatch.solving.running.budget import Budget
from poolmatch.words import Words

MOST_ALIKE = 40
"""So many people at most are tried of those whom the same rules put out."""
LARGEST = 150_000
"""Where one of many seats is explained, so many candidates at most are searched: a second or so."""
ENOUGH = 60.0
"""Seconds for what needs no search."""


@dataclass(frozen=True)
class Reason(Explanation):
    """One of the rules that together keep a seat empty.

    Attributes
    ----------
    rule
        Its id.
    roster
        What shows that it is needed: a roster that fills the seat and is legal by the others, but for those that
        presume this one or lean on it.
    """

    rule: str
    roster: Roster

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        rows = [
            {
                "meeting": row.meeting,
                "seat": row.seat,
                "facilitator": row.facilitator,
                "start": row.start.isoformat() if row.start else None,
            }
            for row in self.roster.rows
        ]
        return {"rule": self.rule, "roster": rows}


@dataclass(frozen=True)
class Evidence(Explanation):
    """What one of the rules has against somebody in the seat.

    Attributes
    ----------
    facilitator, rule
        Ids.
    start
        Of the slot that it is about; None where it is about each.
    words
        What it says.
    own
        Whether they may read it: it holds nothing of anybody else.
    """

    facilitator: str
    rule: str
    start: datetime | None
    words: Words
    own: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "facilitator": self.facilitator,
            "rule": self.rule,
            "start": self.start.isoformat() if self.start else None,
            "en": self.words.en,
            "nl": self.words.nl,
        }


@dataclass(frozen=True)
class Verdict:
    """Whether a seat is filled in any legal roster.

    Attributes
    ----------
    fillable
        Whether it is; None where time was up before that was known.
    reasons
        Where it is in none: rules that together see to that, none of which can be missed. Nothing where time was up
        before they were known.
    roster
        Where it is in some: a small one of these.
    """

    fillable: bool | None
    reasons: tuple[Reason, ...] = ()
    roster: Roster | None = None


class Alone:
    """Somebody in a seat, with the past and the pins and nobody else: what the rules have against that.

    Parameters
    ----------
    report
        What the rules say of a roster in which the seat is empty; nothing but its problem and rules is asked.
    seat
        The seat.
    out
        Which eligibility rules put whom out, as `poolmatch.eligibility.objecting` says.
    """

    def __init__(self, report: Report, seat: Seat, out: Bools) -> None:
        self._report, self._seat = report, seat
        self._past = seat.meeting in report.problem.frozen
        self._out = np.zeros_like(out) if self._past else out  # what is broken in the past alone is no violation
        self._starts = starts_of(report, seat)
        held = tuple(row for row in pins_alone(report.problem).rows if row.facilitator is not None)
        others = tuple(row for row in held if (row.meeting, row.seat) != (seat.meeting, seat.seat))

        def laid() -> tuple[Trials, frozenset[str]]:
            plan = Plan(report.problem, Roster(rows=others))
            rules = report.rules.constraints
            return Trials(plan, rules), frozenset(rule.id for rule in rules if any(_violations(rule, plan)))

        self._trials, self._always = report.memo("pins alone", laid) if others == held else laid()

    def findings(self, name: str, start: datetime | None) -> Iterator[Finding]:
        """Yield what constraints have against somebody in a slot."""
        bind = {rule.id for rule in self._report.rules.constraints if rule.binds_past}
        for item in self._trials.broken(name, self._seat, start):
            past = self._report.problem.all_past(item.meetings) and item.rule not in bind
            if item.severity == "violation" and not past:
                yield item

    def sets(self) -> list[frozenset[str]]:
        """Return sets of rules of each of which one at least must be kept for the seat to stay empty.

        They are what is broken when somebody sits in the seat alone. Sets that hold another are left out; so people
        are tried only until one breaks nothing but what puts them out. Of many who are alike not all are tried: sets
        may be missing.
        """
        ids = [rule.id for rule in self._report.rules.eligibility]
        people, slots, rules = self._out.shape
        kinds, of = np.unique(self._out.reshape(people * slots, rules), axis=0, return_inverse=True)
        found: list[frozenset[str]] = []
        for kind in np.argsort(kinds.sum(axis=1), kind="stable").tolist():
            out = frozenset(name for name, objects in zip(ids, kinds[kind], strict=True) if objects)
            if any(known <= out for known in found):
                continue
            for place in np.flatnonzero(of.ravel() == kind)[:MOST_ALIKE].tolist():
                position, slot = divmod(place, slots)
                name = self._report.world.people[position].facilitator
                broken = self._always.union(item.rule for item in self.findings(name, self._starts[slot]))
                found.append(out | broken)
                if broken <= out:
                    break
        return smallest(found)

    def evidence(self, kept: Collection[str]) -> Iterator[Evidence]:
        """Yield what some of the rules have against each person, in the order of the problem."""
        for row in self._report.problem.facilitators:
            said: dict[tuple[str, str], list[Evidence]] = {}
            for slot in range(len(self._starts)):
                for item in self._against(row.facilitator, slot, kept):
                    said.setdefault((item.rule, item.words.en), []).append(item)
            for items in said.values():
                everywhere = len(items) == len(self._starts)
                yield from [replace(items[0], start=None)] if everywhere else items

    def _against(self, name: str, slot: int, kept: Collection[str]) -> Iterator[Evidence]:
        """Yield each kept eligibility rule that puts somebody out; where there is none, what kept constraints say."""
        problem, seat, start = self._report.problem, self._seat, self._starts[slot]
        against = zip(self._report.rules.eligibility, self._out[self._report.world.positions[name], slot], strict=True)
        objecting = [rule for rule, objects in against if objects and rule.id in kept]
        for rule in objecting:
            person, meeting = problem.facilitator(name), problem.meeting(seat.meeting)
            yield Evidence(name, rule.id, start, rule.words_at(problem, person, meeting, seat, start), rule.discreet)
        for item in () if objecting else self.findings(name, start):
            if item.rule in kept:
                own = is_their_own(self._report.rules[item.rule], item.facilitators, name)
                yield Evidence(name, item.rule, start, item.words, own)


def _violations(rule: ConstraintRule, plan: Plan) -> Iterator[Finding]:
    """Yield what a rule says is illegal; what the past alone breaks is not, unless the rule binds it."""
    found = rule.judge(plan)
    return (item for item in (found if rule.binds_past else told(plan, found)) if item.severity == "violation")


def smallest(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return the sets that hold no other, small ones first."""
    found: list[frozenset[str]] = []
    for item in sorted(set(sets), key=lambda names: (len(names), sorted(names))):
        if not any(known <= item for known in found):
            found.append(item)
    return found


def broken_by(report: Report) -> Callable[[Roster], frozenset[str]]:
    """Return a function that tells which rules a roster breaks; preferences are asked where it breaks no others."""
    rules = report.rules
    harder = only(rules, {rule.id for rule in (*rules.eligibility, *rules.constraints)})

    def broken(roster: Roster) -> frozenset[str]:
        found = (broken_rules(report.problem, roster, part, report.world) for part in (harder, rules))
        return next((item for item in found if item), frozenset())

    return broken


class Finder(Protocol):
    """Finds rosters that do what is asked by some of the rules, or of whatever else may be kept or not."""

    @property
    def names(self) -> Sequence[str]:
        """What may be kept, in the order in which it is told."""
        ...

    def closed(self, kept: Collection[str]) -> frozenset[str]:
        """Return what is kept together with what it needs."""
        ...

    def without(self, kept: Collection[str], name: str) -> frozenset[str]:
        """Return what is kept without one of it, and without what needs that."""
        ...

    def find(self, kept: Collection[str], budget: Budget) -> Filled:
        """Return a roster that does what is asked by what is kept."""
        ...

    def beyond(self, kept: Collection[str]) -> Iterable[Roster]:
        """Return rosters that do what is asked and that models may take for illegal though no judge does."""
        ...


def decided(
    finder: Finder, sets: Iterable[frozenset[str]], broken: Callable[[Roster], frozenset[str]], budget: Budget
) -> Verdict:
    """Return whether what is asked is done in any legal roster, and where not the rules that see to that.

    Rules are guessed: as few as touch all that rosters are known to break which do it, such as fill a seat. While such
    a roster is legal by the guess, what it breaks is known too. The first guess by which none is legal is the answer,
    but for rules that came with others and are idle (Ignatiev, Previti, Liffiton and Marques-Silva, "Smallest MUS
    extraction with minimal hitting set dualization", CP 2015).

    What is impossible by some rules is so by all, unless one of them says less where there are more, as a preference
    may that is made a limit and asks who else could have come.

    Parameters
    ----------
    finder
        Finds rosters that do what is asked.
    sets
        Sets of rules of each of which one at least must be kept, as far as is known.
    broken
        Tells which of all rules a roster breaks.
    budget
        How long.
    """
    known = smallest(item for item in sets if item)
    while not budget.over:
        guess = finder.closed(_touching(known, finder.names))
        found = finder.find(guess, budget)
        if found.roster is None:
            if not found.certain:
                return Verdict(None)
            further = [item for item in map(broken, finder.beyond(guess)) if not item & guess]
            if not further:
                return Verdict(False, _needed(finder, guess, broken, budget))
            known = smallest([*known, *further])
            continue
        all_broken = broken(found.roster)
        if not all_broken:
            return Verdict(True, roster=found.roster)
        if all_broken <= guess:  # a rule that means something else when others are missing
            return Verdict(None)
        known = smallest([*known, all_broken - guess])
    return Verdict(None)


def _touching(sets: Sequence[frozenset[str]], order: Sequence[str]) -> frozenset[str]:
    """Return as few rules as touch all of some sets."""
    places = {name: place for place, name in enumerate(order)}
    chosen = smallest_hitting_set([{places[name] for name in item} for item in sets], len(order))
    return frozenset(order[place] for place in chosen)


def _needed(
    finder: Finder, kept: frozenset[str], broken: Callable[[Roster], frozenset[str]], budget: Budget
) -> tuple[Reason, ...]:
    """Return which of some rules by which no legal roster does what is asked are needed, with what shows it."""
    shown = list[Reason]()
    for name in (name for name in finder.names if name in kept):
        left = finder.without(kept, name)
        found = finder.find(left, budget)
        roster = found.roster
        if roster is None:
            roster = next((item for item in finder.beyond(left) if not broken(item) & left), None)
        if roster is None:
            return _needed(finder, left, broken, budget) if found.certain else ()
        shown.append(Reason(name, roster))
    return tuple(shown)


def possible(out: Bools) -> bool:
    """Tell whether somebody is put out by no rule, in some slot; the argument is as of `Alone`."""
    return not out.any(axis=2).all()


class Proof:
    """What is known of the rules that keep a seat empty in every legal roster, worked out when it is asked for.

    Parameters
    ----------
    report, seat
        The roster, and the seat that is empty in it.
    out
        Which eligibility rules put whom out of the seat.
    budget
        How long.
    soon
        Whether nothing is searched that would take long, whatever the budget.
    """

    def __init__(self, report: Report, seat: Seat, out: Bools, budget: Budget, *, soon: bool = False) -> None:
        self._report, self.budget = report, budget
        self._alone = Alone(report, seat, out)
        self._filling = Filling(report.world, report.rules, seat, out, LARGEST if soon else inf)
        self._nobody = not possible(out) and seat.meeting not in report.problem.frozen

    @cached_property
    def small(self) -> Roster | None:
        """A small legal roster in which the seat is filled; None where none was found, which takes little time."""
        if self._nobody or self.budget.over:
            return None
        rules = self._report.rules
        eligible = {rule.id for rule in rules.eligibility}
        constraints = {rule.id for rule in rules.constraints}
        roster = self._filling.find(eligible | constraints, self.budget, near=True).roster  # which these have judged
        others = only(rules, eligible | ({rule.id for rule in rules.limits} - constraints))
        if roster is None or (
            others.preferences and broken_rules(self._report.problem, roster, others, self._report.world)
        ):
            return None
        return roster

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the seat is filled in any legal roster, and why not."""
        if self.small is not None:
            return Verdict(True, roster=self.small)
        broken = broken_by(self._report)
        sets = self._alone.sets()
        found = Verdict(None) if self.budget.over else decided(self._filling, sets, broken, self.budget)
        if found.reasons or not self._nobody:
            return found
        by_themselves = {rule.id for rule in self._report.rules.eligibility}  # of these no search is needed
        return decided(self._filling, (item & by_themselves for item in sets), broken, Budget(ENOUGH))

    @property
    def holds(self) -> bool:
        """Whether what is impossible by the rules that were found is so by all."""
        limits = {rule.id for rule in self._report.rules.preferences}
        return bool(self.verdict.reasons) and not limits & {item.rule for item in self.verdict.reasons}

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the rules that were found have against each person."""
        return tuple(self._alone.evidence({item.rule for item in self.verdict.reasons}))
