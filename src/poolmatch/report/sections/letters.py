"""What to write to each person when a roster is told: their work, and what is otherwise than they were told before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from poolmatch.checking import Report
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.explain.comparison import Comparison, PersonChange, compare
from poolmatch.report.sections.names import person_name
from poolmatch.report.sections.occasions import Occasion, Post, occasions_of
from poolmatch.views import Audience, View
from poolmatch.vocabulary.counts import meetings
from poolmatch.vocabulary.days import DAYS
from poolmatch.words import Language, Words, decimal, joined, pattern, untranslated

DEAR = Words("Dear {who},", "Beste {who},")
FIRST = Words("This is your roster for {period}.", "Dit is uw rooster voor {period}.")
CHANGED = Words("Your roster for {period} has changed.", "Uw rooster voor {period} is veranderd.")
SAME = Words(
    "Nothing has changed in your roster for {period}.", "In uw rooster voor {period} is voor u niets veranderd."
)
WHAT_CHANGES = Words("What is otherwise than before", "Wat er anders is dan eerst")
YOUR_WORK = Words("Your meetings", "Uw bijeenkomsten")
NO_WORK = Words("You have no meetings.", "U hebt geen bijeenkomsten.")
NEW = Words("New for you: {what}", "Nieuw voor u: {what}")
NO_MORE = Words("No longer yours: {what}", "Niet meer voor u: {what}")
NOT_HELD = Words("Cancelled: {what}", "Gaat niet door: {what}")
OTHER_ROLE = Words("Another role: {what}", "Een andere rol: {what}")
OTHER_TIME = Words("Another time: {what} (was {was})", "Een andere tijd: {what} (was {was})")
OTHER_TEAM = Words("Other people beside you: {what}", "Andere mensen naast u: {what}")
AS = Words("as {role}", "als {role}")
WITH = Words("together with {others}", "samen met {others}")
TO_TELL = Words("Tell the parties: {what}", "Te melden aan de partijen: {what}")
IN_ALL = Words("In all {meetings}, {hours} hours with preparation.", "Samen {meetings}, {hours} uur met voorbereiding.")


@dataclass(frozen=True)
class Letter:
    """What to write to one person: nothing of anybody else but who sits beside them.

    Attributes
    ----------
    facilitator, name
        Id and name; of who has left the pool the id, and that they have.
    opening
        What it is about.
    changes
        What is otherwise than they were told before.
    work
        Each meeting and duty of theirs, with when, where, in which role, with whom, and what to tell the parties.
    total
        How much it is.
    """

    facilitator: str
    name: str | Words
    opening: Words
    changes: tuple[Words, ...]
    work: tuple[tuple[Words, ...], ...]
    total: Words

    def text(self, language: Language) -> str:
        """Return the letter in a language."""
        parts = [[DEAR.fill(who=self.name)], [self.opening]]
        if self.changes:
            parts.append([WHAT_CHANGES, *(pattern("- {line}", line=line) for line in self.changes)])
        if self.work:
            lines = [
                pattern("- {line}" if not place else "  {line}", line=line)
                for item in self.work
                for place, line in enumerate(item)
            ]
            parts.append([YOUR_WORK, *lines])
        parts.append([self.total])
        return "\n\n".join("\n".join(line.say(language) for line in part) for part in parts) + "\n"


def letters(report: Report) -> tuple[Letter, ...]:
    """Return a letter for everybody who works in a roster, or who was told before that they would; in order of id.

    Parameters
    ----------
    report
        What the rules say of the roster. What people were told before is the published roster of its problem.
    """
    problem = report.problem
    before = _before(problem)
    since = compare(before, report.roster)
    held = {row.facilitator for roster in (before, report.roster) for row in roster.rows if row.facilitator}
    known = problem.facilitator_ids
    return tuple(_letter(report, name, before, since) for name in sorted(held) if name in known)


def gone(report: Report) -> tuple[str, ...]:
    """Return the ids of those who were told of work and are no longer in the pool: nobody knows what to write them."""
    told = {row.facilitator for row in report.problem.published if row.facilitator}
    return tuple(sorted(told - set(report.problem.facilitator_ids)))


def _before(problem: Problem) -> Roster:
    """Return what people were told before, also of meetings that are not held any more."""
    rows = (
        RosterRow(meeting=row.meeting, seat=row.seat, facilitator=row.facilitator, start=row.slot_start)
        for row in problem.published
    )
    return Roster(rows=tuple(rows))


def _letter(report: Report, who: str, before: Roster, since: Comparison) -> Letter:
    problem, view = report.problem, View(report.plan, Audience.facilitator(who))
    work = [(item, next(post for post in item.held if post.facilitator == who)) for item in occasions_of(report, view)]
    change = next((item for item in since.people if item.facilitator == who), PersonChange(who, (), ()))
    told = tuple(_changes(problem, {item.id: (item, post) for item, post in work}, change, before))
    told = told if problem.published else ()
    opening = FIRST if not problem.published else CHANGED if told else SAME
    hours = sum(item.hours for item in report.plan.work_of.get(who, ()))
    total = IN_ALL.fill(meetings=meetings(len(work)), hours=decimal(hours, 1)) if work else NO_WORK
    lines = tuple(tuple(_lines(item, post)) for item, post in work)
    return Letter(who, person_name(problem, who), opening.fill(period=problem.period.name), told, lines, total)


def _lines(item: Occasion, post: Post) -> Iterator[Words]:
    """Yield what there is to know of one's own seat, in lines."""
    yield _when_and_what(item)
    others = [pattern("{who} ({role})", who=other.who, role=other.role_name) for other in item.held if other != post]
    about: list[object] = [item.place] if item.place else []
    about.append(AS.fill(role=post.role_name))
    if others:
        about.append(WITH.fill(others=joined(", ", others)))
    yield joined(", ", about)
    if post.disclosures:
        yield TO_TELL.fill(what=joined("; ", post.disclosures))


def _when_and_what(item: Occasion) -> Words:
    return pattern("{when}: {what}", when=item.when, what=item.label)


def _changes(
    problem: Problem, work: Mapping[str, tuple[Occasion, Post]], change: PersonChange, before: Roster
) -> Iterator[Words]:
    """Yield what is otherwise for somebody, given their work: what they leave first."""
    comes, leaves = {meeting for meeting, _ in change.comes}, {meeting for meeting, _ in change.leaves}
    starts = {row.meeting: row.start for row in before.rows if row.start is not None}
    for meeting in sorted(leaves - comes):
        held = meeting in problem.occasion_ids
        when = _moment(problem, starts.get(meeting))
        what = pattern("{when}: {what}", when=when, what=_title(problem, meeting)) if when else _title(problem, meeting)
        yield (NO_MORE if held else NOT_HELD).fill(what=what)
    for name, (item, post) in work.items():
        what = _when_and_what(item)
        if name in comes:
            yield (OTHER_ROLE if name in leaves else NEW).fill(
                what=pattern("{what}, {role}", what=what, role=AS.fill(role=post.role_name))
            )
    for moved in change.elsewhen:
        was = _moment(problem, moved.before)
        yield OTHER_TIME.fill(what=_when_and_what(work[moved.meeting][0]), was=was)
    for name, (item, post) in work.items():
        was_there = {row.facilitator for row in before.rows if row.meeting == name} - {None, post.facilitator}
        if name not in comes and was_there != {other.facilitator for other in item.held} - {post.facilitator}:
            yield OTHER_TEAM.fill(what=_when_and_what(item))


def _title(problem: Problem, meeting: str) -> Words:
    known = next((row for row in problem.meetings if row.meeting == meeting), None)
    return untranslated(meeting if known is None or not known.title else f"{known.title} ({meeting})")


def _moment(problem: Problem, moment: datetime | None) -> Words | None:
    if moment is None:
        return None
    local = problem.period.local_time(moment)
    return pattern("{day} {when}", day=DAYS[local.weekday()], when=local)
