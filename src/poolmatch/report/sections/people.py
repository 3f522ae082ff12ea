"""What each person does, when and where, with whom: a section each, to be handed out."""

from __future__ import annotations

from collections.abc import Iterator

from poolmatch.checking import Report
from poolmatch.domain.grouping import grouped
from poolmatch.report.sections.occasions import Occasion, Post, occasions_of
from poolmatch.report.sections.section import Cell, Column, Kind, Section
from poolmatch.views import View
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.counts import meetings
from poolmatch.words import Words, decimal, joined, pattern

COLUMNS = (
    Column(Words("day", "dag"), Kind.DAY),
    Column(Words("time", "tijd")),
    Column(column_name("roster", "meeting")),
    Column(Words("where", "waar")),
    Column(column_name("roster", "role")),
    Column(Words("together with", "samen met")),
    Column(Words("to be told to the parties", "te melden aan de partijen")),
)
HEADING = Words("{who} ({id}), {period}", "{who} ({id}), {period}")
FOOT = Words("{meetings}, {hours} hours with preparation", "{meetings}, {hours} uur met voorbereiding")
ALONE = Words("alone", "alleen")


def person_sections(report: Report, view: View) -> tuple[Section, ...]:
    """Return what each person of a view does, in order of time; who does nothing has no section.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see.
    """
    work = grouped(_work(report, view), lambda item: item[1].facilitator or "")
    return tuple(
        _section(report, person.facilitator, person.name, work[person.facilitator])
        for person in report.problem.facilitators
        if person.facilitator in work
    )


def _work(report: Report, view: View) -> Iterator[tuple[Occasion, Post]]:
    for occasion in occasions_of(report, view):
        for post in occasion.held:
            if view.facilitator(post.facilitator or ""):
                yield occasion, post


def _section(report: Report, facilitator: str, name: str, work: tuple[tuple[Occasion, Post], ...]) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for occasion, post in work:
        others = [
            pattern("{who} ({role})", who=item.who, role=item.role_name)
            for item in occasion.held
            if item.facilitator != facilitator
        ]
        rows.append(
            (
                occasion.day or occasion.hours,
                occasion.hours if occasion.day else None,
                occasion.label,
                occasion.place,
                post.role_name,
                joined(", ", others) if others else ALONE,
                joined("; ", post.disclosures) if post.disclosures else None,
            )
        )
    hours = sum(item.hours for item in report.plan.work_of.get(facilitator, ()))
    foot = FOOT.fill(meetings=meetings(len({occasion.id for occasion, _ in work})), hours=decimal(hours, 1))
    heading = HEADING.fill(who=name, id=facilitator, period=report.problem.period.name)
    return Section(f"person {facilitator}", heading, COLUMNS, tuple(rows), foot=foot)
