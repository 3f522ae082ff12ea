"""What must be told to the parties of each meeting, by name and in order of time."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.report.sections.occasions import occasions_of
from poolmatch.report.sections.section import Column, Section
from poolmatch.views import View
from poolmatch.vocabulary.columns import column_name
from poolmatch.words import Words

COLUMNS = (
    Column(Words("when", "wanneer")),
    Column(column_name("roster", "meeting")),
    Column(column_name("roster", "facilitator")),
    Column(column_name("roster", "disclosure")),
)


def telling_section(report: Report, view: View) -> Section:
    """Return what must be told to the parties of the meetings of a view, a row for each tie.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see.
    """
    rows = tuple(
        (occasion.when, occasion.label, post.who, words)
        for occasion in occasions_of(report, view)
        for post in occasion.held
        for words in post.disclosures
    )
    heading = Words("To be told to the parties", "Te melden aan de partijen")
    return Section("telling", heading, COLUMNS, rows, "certificate.txt")
