"""What the roster has otherwise than the one that people were told last."""

from __future__ import annotations

from datetime import datetime

from poolmatch.checking import Report
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.explain.comparison import Comparison, compare
from poolmatch.report.sections.names import named_words, person_name
from poolmatch.report.sections.occasions import Occasion, occasions_of
from poolmatch.report.sections.section import Cell, Column, Section
from poolmatch.views import View
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.days import DAYS
from poolmatch.words import Words, joined, pattern, untranslated

WAS, IS = Column(Words("was", "was")), Column(Words("is now", "is nu"))
WHAT = Column(Words("what changes", "wat verandert"))
NOBODY = Words("nobody", "niemand")
TIME = Words("time", "tijd")
NO_TIME = untranslated("–")
COLUMNS = (
    Column(column_name("roster", "meeting")),
    Column(Words("when", "wanneer")),
    Column(column_name("roster", "seat")),
    WAS,
    IS,
)


def since_published(report: Report) -> Comparison:
    """Return what a roster has otherwise than the one that was published, of the meetings that both have."""
    return report.plan.memo("since published", lambda: compare(published_roster(report.problem), report.plan.roster))


def published_roster(problem: Problem) -> Roster:
    """Return what people were told, of what is still planned."""
    rows = tuple(
        RosterRow(meeting=row.meeting, seat=row.seat, facilitator=row.facilitator, start=row.slot_start)
        for row in problem.published
        if row.meeting in problem.occasion_ids
    )
    return Roster(rows=rows)


def changes_section(report: Report, view: View) -> Section:
    """Return each seat and time that changes since the published roster; nothing where none was published.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see; only who sees everything is told.
    """
    rows: list[tuple[Cell, ...]] = []
    if view.whole and report.problem.published:
        found, known = since_published(report), {item.id: item for item in occasions_of(report, view)}
        for seat in found.seats:
            occasion, sides = known[seat.meeting], (seat.before, seat.after)
            was, now = (NOBODY if who is None else person_name(report.problem, who) for who in sides)
            rows.append((occasion.label, occasion.when, _role(occasion, seat.seat), was, now))
        for time in found.times:
            was, now = (_moment(report.problem, moment) for moment in (time.before, time.after))
            rows.append((known[time.meeting].label, known[time.meeting].when, TIME, was, now))
    heading = Words("Changes since the published roster", "Veranderd sinds het gepubliceerde rooster")
    return Section("changes since", heading, COLUMNS, tuple(rows))


def _moment(problem: Problem, moment: datetime | None) -> Words:
    if moment is None:
        return NO_TIME
    local = problem.period.local_time(moment)
    return pattern("{day} {when}", day=DAYS[local.weekday()], when=local)


def _role(occasion: Occasion, seat: str) -> Words:
    return next((post.role_name for post in occasion.posts if post.seat == seat), untranslated(seat))


def notices_section(report: Report, view: View) -> Section:
    """Return what to tell each person of what changes since the published roster.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see: somebody of the pool only what is about themselves.
    """
    people = since_published(report).people if report.problem.published else ()
    rows = tuple(
        (
            person_name(report.problem, item.facilitator),
            joined(" ", [named_words(report.problem, words) for words in item.words]),
        )
        for item in people
        if view.facilitator(item.facilitator)
    )
    heading = Words("What to tell whom", "Wie wat te vertellen")
    return Section("notices", heading, (Column(column_name("roster", "facilitator")), WHAT), rows)
