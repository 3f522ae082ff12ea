"""Each meeting by itself: when and where, who comes from the pool, which parties there are, what they must be told."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.report.sections.names import organisation_name
from poolmatch.report.sections.occasions import Occasion, Post, occasions_of
from poolmatch.report.sections.section import Cell, Column, Section
from poolmatch.views import View
from poolmatch.vocabulary.closed_words import DEGREES, GRADES
from poolmatch.vocabulary.columns import column_name
from poolmatch.words import Words, joined, pattern

PARTIES = Words("Parties: {parties}", "Partijen: {parties}")
COLUMNS = (
    Column(column_name("roster", "role")),
    Column(column_name("roster", "facilitator")),
    Column(column_name("roster", "degree")),
    Column(Words("to be told to the parties", "te melden aan de partijen")),
)


def meeting_sections(report: Report, view: View) -> tuple[Section, ...]:
    """Return each meeting and duty of a view with its seats, in order of time.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see.
    """
    return tuple(_section(report, occasion) for occasion in occasions_of(report, view))


def heading_of(occasion: Occasion) -> Words:
    """Return what a meeting is, when and where, in one line."""
    place = [occasion.place] if occasion.place else []
    return joined(" – ", [occasion.label, occasion.when, *place])


def _section(report: Report, occasion: Occasion) -> Section:
    parties = [
        pattern("{party} ({grade})", party=organisation_name(report.problem, row.organisation), grade=GRADES[row.grade])
        for row in report.problem.stakes_of(occasion.id)
    ]
    foot = PARTIES.fill(parties=joined(", ", parties)) if parties else None
    rows = tuple(_row(post) for post in occasion.posts)
    return Section(f"meeting {occasion.id}", heading_of(occasion), COLUMNS, rows, foot=foot)


def _row(post: Post) -> tuple[Cell, ...]:
    degree = DEGREES[post.degree] if post.degree is not None else None
    return post.role_name, post.holder, degree, joined("; ", post.disclosures) if post.disclosures else None
