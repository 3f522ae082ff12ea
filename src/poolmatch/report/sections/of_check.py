"""What there is to say of a roster that was checked."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.report.sections.findings import costs_section, doubts_section, notes_section, violations_section
from poolmatch.report.sections.section import Content
from poolmatch.words import Words

LEGAL = Words("The roster is legal.", "Het rooster is geldig.")
ONE = Words("The roster is illegal: 1 violation.", "Het rooster is ongeldig: 1 overtreding.")
ILLEGAL = Words("The roster is illegal: {count} violations.", "Het rooster is ongeldig: {count} overtredingen.")

SOUND = Words("The input has no errors.", "De invoer heeft geen fouten.")
DOUBTFUL = Words("{sound} Worth a look: {count}.", "{sound} Het bekijken waard: {count}.")


def content_of_check(report: Report) -> Content:
    """Return whether a checked roster is legal, what it breaks, what it costs, and what is as well to know."""
    notes = [notes_section(report)] if report.notes else []
    return Content(None, verdict_of(report), violations_section(report.violations), (*notes, costs_section(report)))


def content_of_input(report: Report) -> Content:
    """Return that the problem of a report has no errors, and what in it is worth a look."""
    doubts = doubts_section((*report.problem.warnings, *report.warnings))
    verdict = DOUBTFUL.fill(sound=SOUND, count=len(doubts.rows)) if doubts.rows else SOUND
    return Content(None, verdict, doubts, ())


def verdict_of(report: Report) -> Words:
    """Return whether a roster is legal."""
    count = len(report.violations)
    return LEGAL if report.legal else ONE if count == 1 else ILLEGAL.fill(count=count)
