"""Who sits where, why seats are empty, and why externals sit in them."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.checking import Report
from poolmatch.domain.problem import Problem
from poolmatch.explain.emptiness import EmptySeat, empty_seats_of
from poolmatch.explain.outsiders import Outsider, outsiders_of
from poolmatch.figures import externals_of
from poolmatch.report.sections.section import Cell, Column, Kind, Section
from poolmatch.results import Result
from poolmatch.views import View
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.columns import column_name
from poolmatch.words import Words, joined, pattern

DUTY, OPEN = Words("duty", "taak"), Words("no date", "geen datum")
GONE = Words("{who}, no longer in the pool", "{who}, niet meer in de pool")
ID = pattern("{id}")
"""A meeting or a seat, so that who is told names gets its name."""
REASONS = Column(Words("why", "waarom"))
FELL = Words("{count} at {rule}", "{count} bij {rule}")
KEPT_OUT = Words("{count} kept out by {rule}", "{count} afgehouden door {rule}")
COULD = Words("possible at no gain: {count}", "mogelijk zonder winst: {count}")
UNTRIED = Words("not tried: {count}", "niet geprobeerd: {count}")
TIED = Words("not neutral: {count}", "niet neutraal: {count}")
NEUTRAL = Words(
    "neutral, but needed elsewhere or at a limit: {count}", "neutraal, maar elders nodig of aan een grens: {count}"
)


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(column_name("roster", name)) for name in names)


def roster_section(result: Result, view: View) -> Section:
    """Return every seat that a view shows with who takes it, in order of time; what has no time last."""
    problem, zone = result.problem, result.problem.period.zone
    never = problem.period.span[1]
    rows: list[tuple[Cell, ...]] = []
    seen = (row for row in result.roster.rows if view.meeting(row.meeting))
    for row in sorted(seen, key=lambda row: (row.start or never, row.meeting, row.seat)):
        untimed = DUTY if problem.is_duty(row.meeting) else OPEN
        start = row.start.astimezone(zone) if row.start else untimed
        meeting = problem.meeting(row.meeting)
        title = meeting.title or meeting.region or ""
        rows.append((start, row.meeting, ID.fill(id=row.seat), _who(problem, row.facilitator), title))
    start_column = Column(column_name("roster", "start"), Kind.MOMENT)
    title_column = Column(column_name("meetings", "title"), Kind.TITLE)
    columns = start_column, *_columns("meeting", "seat", "facilitator"), title_column
    return Section("roster", Words("Roster", "Rooster"), columns, tuple(rows), "roster.csv")


def _who(problem: Problem, facilitator: str | None) -> Cell:
    if facilitator is None:
        return None
    if facilitator not in problem.facilitator_ids:
        return GONE.fill(who=facilitator)
    return problem.facilitator(facilitator).name


def empty_section(result: Result) -> Section:
    """Return each required seat that is empty, and at which rules the pool fell away."""
    heading = Words(
        "Empty seats, and where the {pool} of the pool fell away",
        "Lege plaatsen, en waar de {pool} van de pool afvielen",
        pool=len(result.problem.facilitators),
    )
    rows = tuple((ID.fill(id=seat.meeting), ID.fill(id=seat.seat), _why_empty(seat)) for seat in empty_seats_of(result))
    return Section("empty seats", heading, (*_columns("meeting", "seat"), REASONS), rows, "report.json")


def _why_empty(seat: EmptySeat) -> Words:
    kept_out = (KEPT_OUT.fill(count=count, rule=rule_name(rule)) for rule, count in seat.kept_out.items())
    counts = (COULD, seat.addable), (UNTRIED, seat.untried)
    return joined(", ", [*_fell(seat.fell), *kept_out, *_counted(*counts)])


def outside_section(report: Report) -> Section:
    """Return each external in a seat, and why nobody of the pool sits there."""
    heading = Words(
        "Externals, {share:.0%} of the hours, and where the pool fell away",
        "Externen, {share:.0%} van de uren, en waar de pool afviel",
        share=externals_of(report)["share"],
    )
    name = report.problem.facilitator
    rows = tuple(
        (item.meeting, item.seat, name(item.facilitator).name, _why_outside(item)) for item in outsiders_of(report)
    )
    columns = *_columns("meeting", "seat", "facilitator"), REASONS
    return Section("externals", heading, columns, rows, "report.json")


def _why_outside(item: Outsider) -> Words:
    counts = (TIED, len(item.tied)), (NEUTRAL, len(item.eligible) - len(item.tied))
    return joined(", ", [*_fell(item.fell), *_counted(*counts)])


def _fell(fell: Mapping[str, int]) -> list[Words]:
    return [FELL.fill(count=count, rule=rule_name(rule)) for rule, count in fell.items()]


def _counted(*counts: tuple[Words, int]) -> list[Words]:
    return [words.fill(count=count) for words, count in counts if count]
