"""A roster as a workbook for the coordinator: a roster to hang up and to edit, and all there is to say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from poolmatch.checking import Report
from poolmatch.domain.problem import Problem
from poolmatch.explain import Remedies
from poolmatch.figures import ledger_of
from poolmatch.report.month_sheets import add_month_sheets
from poolmatch.report.page_layout import LETTERS
from poolmatch.report.roster_sheet import add_roster_sheet, choices_of
from poolmatch.report.sections.changes import changes_section, notices_section
from poolmatch.report.sections.disclosing import telling_section
from poolmatch.report.sections.findings import costs_section, doubts_section, notes_section, violations_section
from poolmatch.report.sections.meetings import meeting_sections
from poolmatch.report.sections.months import months_of
from poolmatch.report.sections.names import named_section
from poolmatch.report.sections.occasions import occasions_of
from poolmatch.report.sections.openings import opening_sections
from poolmatch.report.sections.people import person_sections
from poolmatch.report.sections.quality import short_section
from poolmatch.report.sections.section import Section
from poolmatch.report.sections.settlement import settlement_section
from poolmatch.report.sections.work import ledger_section, load_section
from poolmatch.report.sections.worth import worth_section
from poolmatch.report.workbook import Sheets
from poolmatch.results import Result
from poolmatch.tables.workbook_write import new_workbook, write_text
from poolmatch.views import View
from poolmatch.vocabulary.sheets import SHEETS
from poolmatch.words import Language

APART = frozenset({"per person"})
"""Sheets of which each section begins on a page of its own."""


def write_results(path: Path, result: Result, language: Language, verified: Iterable[Remedies] = ()) -> None:
    """Write the workbook of a result.

    Parameters
    ----------
    path
        The file; what stands there is replaced.
    result
        What ``solve`` returned.
    language
        In which it is written.
    verified
        What `poolmatch.remedies` found for empty seats; of others what could help is told, and that nobody verified it.
    """
    worth = worth_section(result, View(result.report.plan))
    with new_workbook(path, LETTERS) as book:
        _write(book, result.report, language, _told(result.report, verified, worth))


def write_judged(path: Path, report: Report, language: Language) -> None:
    """Write the workbook of a roster that was judged, wherever it comes from: all but how near to the best it is.

    Parameters
    ----------
    path
        The file; what stands there is replaced.
    report
        What the rules say of the roster.
    language
        In which it is written.
    """
    with new_workbook(path, LETTERS) as book:
        _write(book, report, language, _told(report))


def _write(book: Any, report: Report, language: Language, told: Iterable[tuple[str, Sequence[Section]]]) -> None:
    view = View(report.plan)
    source = f"='{SHEETS['lists'].say(language)}'!$A$1:$A${max(1, len(report.problem.facilitators))}"
    add_roster_sheet(book, report.problem, occasions_of(report, view), language, source)
    add_month_sheets(book, months_of(report, view), language)
    sheets = Sheets(book, language)
    for name, sections in told:
        filled = [section for section in sections if section.rows]
        if filled:
            sheets.add(filled, name=SHEETS[name], apart=name in APART)
    _add_lists(book, report.problem, language)


def _told(
    report: Report, verified: Iterable[Remedies] = (), *worth: Section
) -> Iterator[tuple[str, Sequence[Section]]]:
    """Yield what stands on each sheet, by what the sheet is for."""
    problem, view = report.problem, View(report.plan)
    yield "per person", person_sections(report, view)
    yield "per meeting", meeting_sections(report, view)
    yield "openings", opening_sections(report, view, verified)
    yield "disclosures", [telling_section(report, view)]
    yield "changes", [changes_section(report, view)]
    yield "notices", [notices_section(report, view)]
    yield "load", [load_section(report, view)]
    yield "settlement", [ledger_section(report, view), settlement_section(problem, ledger_of(report), view)]
    yield "worth", worth
    yield "costs", [named_section(problem, costs_section(report))]
    found = violations_section(report.violations), short_section(report), notes_section(report)
    doubts = doubts_section((*problem.warnings, *report.warnings))
    yield "findings", [named_section(problem, section) for section in (*found, doubts)]


def _add_lists(book: Any, problem: Problem, language: Language) -> None:
    """Add the sheet from which people are chosen; it is out of sight."""
    sheet = book.add_worksheet(SHEETS["lists"].say(language))
    plain = book.add_format()
    for line, choice in enumerate(choices_of(problem)):
        write_text(sheet, line, 0, choice, plain)
    sheet.hide()
