"""Replanning: a roster that people were told, after something has happened, with as few of them disturbed as can be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from poolmatch.checking import Report, input_issues
from poolmatch.domain.arguments import seconds, what_is
from poolmatch.domain.calendar import day_in
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.domain.roster_issues import roster_issues
from poolmatch.domain.told import as_published
from poolmatch.edits import Edit, scenario
from poolmatch.errors import InternalError, ProblemError
from poolmatch.explain.answer import Answer
from poolmatch.explain.comparison import NOTHING_CHANGES as NOTHING_OF_THEIRS
from poolmatch.explain.comparison import Compared, Comparison, PersonChange, compare, roster_in
from poolmatch.explain.promises import GivenUp, Promises
from poolmatch.messages.rosters import PINS_CLASH
from poolmatch.rule import Finding
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules
from poolmatch.solving.backends.cpsat import Settings
from poolmatch.solving.pins.clash import smallest_clash
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.replanning import Replanning
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.views import View
from poolmatch.words import Words

Happened = Edit | Callable[[Problem], Problem]
"""What has happened: makes of the problem as it was the problem as it is."""

TAKES = Words("{who} takes seat {seat} of {meeting}, {when}.", "{who} neemt plaats {seat} van {meeting}, {when}.")
LEAVES = Words(
    "{who} no longer has seat {seat} of {meeting}, {when}.",
    "{who} heeft plaats {seat} van {meeting}, {when}, niet meer.",
)
TAKES_DUTY = Words("{who} takes {meeting} ({seat}).", "{who} neemt {meeting} ({seat}).")
LEAVES_DUTY = Words("{who} no longer has {meeting} ({seat}).", "{who} heeft {meeting} ({seat}) niet meer.")
NOTHING_CHANGES = Words("Nothing changes.", "Er verandert niets.")
ONE_TOLD = Words("1 person is told of a change.", "1 persoon hoort van een wijziging.")
ARE_TOLD = Words("{count} people are told of a change.", "{count} mensen horen van een wijziging.")
PROVEN = Words(
    "No legal roster fills more; of those that fill as much none takes fewer people from a seat that they could keep, "
    "and of these none disturbs fewer people. That is proven.",
    "Geen geldig rooster vult meer; van die evenveel vullen haalt geen enkel minder mensen van een plaats die zij "
    "konden houden, en daarvan raakt geen enkel minder mensen. Dat is bewezen.",
)
FEWEST = Words(
    "Of the legal rosters that fill as much none takes fewer people from a seat that they could keep, and of these "
    "none disturbs fewer people: that is proven. That another roster fills more is not ruled out.",
    "Van de geldige roosters die evenveel vullen haalt geen enkel minder mensen van een plaats die zij konden houden, "
    "en daarvan raakt geen enkel minder mensen: dat is bewezen. Dat een ander rooster meer vult, is niet uitgesloten.",
)
FILLED = Words(
    "No legal roster fills more: that is proven. That fewer people could be disturbed is not ruled out.",
    "Geen geldig rooster vult meer: dat is bewezen. Dat minder mensen geraakt konden worden, is niet uitgesloten.",
)
NEAR = Words(
    "It is the best that was found near the roster that people were told; a better one farther away is not ruled out.",
    "Het is het beste dat gevonden is dicht bij het rooster dat mensen is verteld; een beter, verder weg, is niet "
    "uitgesloten.",
)


@dataclass(frozen=True)
class Notice:
    """What one person is to be told: what changes for them, and nothing of anybody else.

    Attributes
    ----------
    facilitator
        Id.
    words
        Sentences, what they leave first; none where nothing changes.
    """

    facilitator: str
    words: tuple[Words, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {"facilitator": self.facilitator, "words": [{"en": item.en, "nl": item.nl} for item in self.words]}


@dataclass(frozen=True)
class Replan(Answer):
    """A roster after something has happened.

    Attributes
    ----------
    report
        What the rules say of the roster; the problem is as it is now, with what people were told as `published`.
    changes
        What is otherwise than people were told, of all that is still to come. Rules and tiers are compared where what
        they were told came with a report.
    notices
        What each person is to be told for whom something changes, in order of id.
    given_up
        What somebody was told and cannot keep, whatever else the roster holds, with the reasons.
    conflicts
        What rules say against the rest of what people were told, because it cannot be kept together any more.
    filled
        Whether it is proven that no legal roster is better in the highest tier, such as coverage.
    fewest
        Whether it is proven that of those exactly as good in it none takes fewer people from a seat that they could
        keep, and that of these none disturbs fewer people.
    """

    report: Report
    changes: Comparison
    notices: tuple[Notice, ...]
    given_up: tuple[GivenUp, ...]
    conflicts: tuple[Finding, ...]
    filled: bool
    fewest: bool

    @property
    def problem(self) -> Problem:
        """The problem as it is now."""
        return self.report.problem

    @property
    def roster(self) -> Roster:
        """The roster: every seat of every meeting, the past as it was."""
        return self.report.roster

    @property
    def proven(self) -> bool:
        """Whether both are proven for all rosters; else the best is told that was found near what people were told."""
        return self.filled and self.fewest

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """All of it in sentences, for the coordinator: what cannot be kept and why, what changes, what is proven."""
        told = (*(item.words for item in self.given_up), *(item.words for item in self.conflicts))
        changes = (*(item.words for item in self.changes.seats), *(item.words for item in self.changes.times))
        count = len(self.notices)
        people = NOTHING_CHANGES if not count else ONE_TOLD if count == 1 else ARE_TOLD.fill(count=count)
        proof = PROVEN if self.proven else FILLED if self.filled else FEWEST if self.fewest else NEAR
        return (*told, *changes, people, proof)

    def _theirs(self, view: View) -> tuple[Words, ...]:
        if view.audience.kind == "public":
            return ()
        own = (words for item in self.notices if view.facilitator(item.facilitator) for words in item.words)
        told = (*own, *self.changes.of_meetings(view))
        return told or (NOTHING_OF_THEIRS.fill(who=view.audience.id),)

    def notice(self, facilitator: str) -> Notice:
        """Return what somebody is to be told.

        Raises
        ------
        UnknownId
            There is no such facilitator, and was none; a KeyError.
        """
        found = next((item for item in self.notices if item.facilitator == facilitator), None)
        return found or Notice(self.problem.facilitator(facilitator).facilitator, ())

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "changes": self.changes.to_dict(),
            "notices": [item.to_dict() for item in self.notices],
            "given_up": [item.to_dict() for item in self.given_up],
            "conflicts": [item.to_dict() for item in self.conflicts],
            "filled": self.filled,
            "fewest": self.fewest,
            "report": self.report.to_dict(),
        }


def replan(
    problem: Problem,
    published: Compared,
    today: date | None = None,
    edits: Iterable[Happened] = (),
    rules: RuleSet | None = None,
    time_limit: float = 10.0,
) -> Replan:
    """Return the roster that keeps best to what people were told, after something has happened.

    Somebody falls out, a tie comes to light, a meeting is moved, added or cancelled: ``problem`` is as it is now, or as
    it was and ``edits`` say what has happened. What began before today is as it was. Of all legal rosters

    1. those are sought that are best in the highest tier, coverage as a rule;
    2. of these those that take the fewest people from a seat that they could keep: an illness touches the seats of who
       is ill and no other, unless that fills one more;
    3. of these those that disturb the fewest people: whoever takes over a seat counts;
    4. of these the best in the other tiers, one after the other (to drop somebody soon costs most: `keep-published`);
    5. of these those with the fewest changes.

    Why in this order: docs/decisions/0017.

    Parameters
    ----------
    problem
        The problem.
    published
        What people were told: a roster, or what ``solve``, ``check`` or ``replan`` returned. Without ``edits`` it may
        name what there is no more; that is told, and given up.
    today
        Day on which it is planned; None is that of the problem, without which nothing is past.
    edits
        What has happened, one after the other: edits of `poolmatch.edits`, such as that a person is out or a meeting is
        moved, or functions from a problem to a problem.
    rules
        The rules; None is those of ``published`` where it came with some, else the standard ones.
    time_limit
        Seconds, from the call on.

    Returns
    -------
    Replan

    Raises
    ------
    ProblemError
        The problem breaks what a rule asks of the input, the roster does not fit its problem, or no roster
        keeps the pins.
    ValueError
        Today lies outside the period; an argument is out of range; or the rules keep pins by force.
    UnknownId, EditRefused
        An edit names what there is not, or cannot be made.
    TypeError
        An argument is of the wrong kind.
    """
    must_be_problem(problem)
    roster, limit = roster_in(published), seconds(time_limit, "time_limit")
    rules = _rules_of(published) if rules is None else rules
    must_be_rules(rules)
    if rules.forces_pins:
        raise ValueError("rosters are kept legal; these rules keep pins by force: leave the parameter force out")
    budget = Budget(limit, Stop(None))
    with budget.stop.listening():
        now = _edited(_as_of(problem, roster, today), roster, tuple(edits))
        issues = input_issues(now, rules)
        if any(issue.severity == "error" for issue in issues):
            raise ProblemError(issues)
        prepared = Prepared.of(now, rules)
        promises = Promises(prepared, roster)
        replanning = Replanning(prepared, promises.told, promises.vacated, workers=os.cpu_count() or 1)
        conflicts = () if replanning.legal else _conflicts(prepared, promises)
        found = replanning.best(budget)
        if found is None:
            raise _impossible(prepared)
    report = found.report.with_warnings(issues)
    changes = _changes(report, promises, published)
    notices = tuple(_notices(changes, report, promises))
    return Replan(report, changes, notices, promises.given_up, conflicts, found.filled, found.fewest)


def _rules_of(published: Compared) -> RuleSet:
    if isinstance(published, Roster):
        return STANDARD_RULES
    return published.rules if isinstance(published, Report) else published.report.rules


# --- the problem as it is now ------------------------------------------------------------------------------


def _edited(problem: Problem, roster: Roster, edits: Sequence[Happened]) -> Problem:
    """Return the problem after what has happened; before that the roster fits it."""
    issues = list(roster_issues(problem, roster)) if edits else []
    if issues:
        raise ProblemError(issues)
    known = [edit for edit in edits if isinstance(edit, Edit)]
    if len(known) == len(edits):
        return scenario(problem, *known)  # which sees to it that none undoes another
    for edit in edits:
        if not callable(edit):
            raise TypeError(
                f"an edit is {what_is(edit)} where a function is meant that takes a problem and returns one"
            )
        problem = edit(problem)
        must_be_problem(problem)
    return problem


def _as_of(problem: Problem, roster: Roster, today: date | None) -> Problem:
    """Return the problem as of a day, with a roster as what people were told."""
    period = problem.period
    if today is not None:
        period = period.model_copy(update={"today": day_in(period, today, "today")})
    return as_published(problem.replace(period=period), roster)


def _impossible(prepared: Prepared) -> ProblemError | InternalError:
    """Return the error that names the pins that clash; without pins there always is a roster."""
    problem = prepared.problem
    pins = problem.open_pins
    if not pins or not prepared.rules.keeps_pins:
        return InternalError("no roster was found, though there always is one")
    clash = smallest_clash(prepared, Settings(1, 0, deterministic=False), Budget(5.0))
    named = clash or pins  # all of them clash in any case
    numbers = tuple(number for number, pin in enumerate(problem.pins, 1) if pin in named)
    return ProblemError([PINS_CLASH.at("pins", numbers, "facilitator")])


# --- what is otherwise -------------------------------------------------------------------------------------


def _conflicts(prepared: Prepared, promises: Promises) -> tuple[Finding, ...]:
    """Return what rules say against all that people were told and can keep, each by themselves.

    What filling more seats cures, such as a team without a lead, is left to the search.
    """
    curable = {rule.id for rule in prepared.rules.constraints if rule.curable}
    found = prepared.judged(promises.told.taken).violations
    return tuple(item for item in found if item.rule not in curable)


def _changes(report: Report, promises: Promises, published: Compared) -> Comparison:
    """Return what is otherwise than people were told, of all that is still to come."""
    problem = report.problem
    before = Roster(rows=tuple(promises.rows.values())).told_in(problem)
    after = Roster(rows=tuple(row for row in report.roster.rows if row.meeting not in problem.frozen))
    found = compare(before, after)
    if isinstance(published, Roster):
        return found
    whole = compare(published, report)
    return replace(found, rules=whole.rules, tiers=whole.tiers)


def _notices(changes: Comparison, report: Report, promises: Promises) -> Iterator[Notice]:
    """Yield what each person is to be told for whom something changes."""
    local = report.problem.period.local_time
    was = {key: None if row.start is None else local(row.start) for key, row in promises.rows.items()}
    rows: Sequence[RosterRow] = report.roster.rows
    will_be = {(row.meeting, row.seat): row.start for row in rows}
    for item in changes.people:
        yield Notice(item.facilitator, tuple(_told(item, was, will_be)))


Starts = dict[tuple[str, str], datetime | None]


def _told(item: PersonChange, was: Starts, will_be: Starts) -> Iterator[Words]:
    """Yield what somebody is to be told, given when seats were and will be."""
    for timed, untimed, seats, starts in (
        (LEAVES, LEAVES_DUTY, item.leaves, was),
        (TAKES, TAKES_DUTY, item.comes, will_be),
    ):
        for meeting, seat in seats:
            start = starts.get((meeting, seat))
            about = {"who": item.facilitator, "meeting": meeting, "seat": seat}
            yield untimed.fill(**about) if start is None else timed.fill(when=start, **about)
    yield from (change.words for change in item.elsewhen)
