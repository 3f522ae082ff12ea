"""A result as a workbook for the coordinator: a roster to hang up and to edit, and all there is to say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

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
    """Write the workbook.

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
    report, view = result.report, View(result.report.plan)
    with new_workbook(path, LETTERS) as book:
        source = f"='{SHEETS['lists'].say(language)}'!$A$1:$A${max(1, len(result.problem.facilitators))}"
        add_roster_sheet(book, result.problem, occasions_of(report, view), language, source)
        add_month_sheets(book, months_of(report, view), language)
        sheets = Sheets(book, language)
        for name, sections in _told(result, view, verified):
            told = [section for section in sections if section.rows]
            if told:
                sheets.add(told, name=SHEETS[name], apart=name in APART)
        _add_lists(book, result.problem, language)


def _told(result: Result, view: View, verified: Iterable[Remedies]) -> Iterator[tuple[str, Sequence[Section]]]:
    """Yield what stands on each sheet, by what the sheet is for."""
    report, problem = result.report, result.problem
    yield "per person", person_sections(report, view)
    yield "per meeting", meeting_sections(report, view)
    yield "openings", opening_sections(report, view, verified)
    yield "disclosures", [telling_section(report, view)]
    yield "changes", [changes_section(report, view)]
    yield "notices", [notices_section(report, view)]
    yield "load", [load_section(report, view)]
    yield "settlement", [ledger_section(report, view), settlement_section(problem, ledger_of(report), view)]
    yield "worth", [worth_section(result, view)]
    yield "costs", [named_section(problem, costs_section(report))]
    found = violations_section(report), short_section(report), notes_section(report)
    doubts = doubts_section((*problem.warnings, *report.warnings))
    yield "findings", [named_section(problem, section) for section in (*found, doubts)]


def _add_lists(book: Any, problem: Problem, language: Language) -> None:
    """Add the sheet from which people are chosen; it is out of sight."""
    sheet = book.add_worksheet(SHEETS["lists"].say(language))
    plain = book.add_format()
    for line, choice in enumerate(choices_of(problem)):
        write_text(sheet, line, 0, choice, plain)
    sheet.hide()
