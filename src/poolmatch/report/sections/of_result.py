"""What there is to say of a result."""

from __future__ import annotations

from collections.abc import Iterator

from poolmatch.report.sections.findings import doubts_section, notes_section
from poolmatch.report.sections.quality import disclosures_section, short_section, tiers_section
from poolmatch.report.sections.seats import empty_section, outside_section, roster_section
from poolmatch.report.sections.section import Column, Content, Section
from poolmatch.report.sections.work import ledger_section, load_section
from poolmatch.results import Result, Status
from poolmatch.views import COORDINATOR, Audience, View
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.outcomes import STATUSES, UNSETTLED
from poolmatch.words import Words

TITLE = Words(
    "{period} – {filled} of {required} required seats filled",
    "{period} – {filled} van {required} verplichte plaatsen bezet",
)
STATUS = Words("Result: {outcome}, {runtime:.1f} s, seed {seed}", "Uitkomst: {outcome}, {runtime:.1f} s, loting {seed}")


def content_of_result(result: Result, audience: Audience = COORDINATOR) -> Content:
    """Return what there is to say of a result: seats, roster, empty seats, load, tiers with gaps.

    Sections without anything to say are left out.

    Parameters
    ----------
    result
        What ``solve`` returned.
    audience
        Who reads: they get what they may see.
    """
    view = View(result.report.plan, audience)
    unsettled = result.status is Status.CANCELLED and not result.report.legal and not result.roster.filled
    outcome = UNSETTLED if unsettled else STATUSES[result.status.value]
    title = TITLE.fill(period=result.problem.period.name, **result.seats)
    verdict = STATUS.fill(outcome=outcome, runtime=result.runtime, seed=result.seed)
    sections = tuple(section for section in _sections(result, view) if section.rows or section.foot)
    return Content(title, verdict, clash_section(result, view), sections)


def clash_section(result: Result, view: View) -> Section:
    """Return the pins that no roster can keep together."""
    columns = tuple(Column(column_name("pins", name)) for name in ("meeting", "seat", "facilitator"))
    rows = tuple((pin.meeting, pin.seat, pin.facilitator) for pin in result.clash if view.whole)
    return Section("clash", Words("Pins", "Vastgezette plaatsen"), columns, rows)


def _sections(result: Result, view: View) -> Iterator[Section]:
    if result.status is not Status.INFEASIBLE:
        yield roster_section(result, view)
        if view.whole:
            yield empty_section(result)
            yield outside_section(result.report)
            yield short_section(result.report)
        yield load_section(result.report, view)
        yield ledger_section(result.report, view)
    yield tiers_section(result)
    yield disclosures_section(result.report, view)
    if view.whole:
        yield notes_section(result.report, "report.json")
        yield doubts_section((*result.problem.warnings, *result.report.warnings))
