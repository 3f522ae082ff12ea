"""How neutral a roster is: how many assignments there are of each degree."""

from __future__ import annotations

from collections import Counter

from poolmatch.checking import Report
from poolmatch.report.sections.occasions import occasions_of
from poolmatch.report.sections.section import Column, Kind, Section
from poolmatch.views import View
from poolmatch.vocabulary.closed_words import DEGREES
from poolmatch.vocabulary.columns import column_name
from poolmatch.words import Words

COLUMNS = Column(column_name("roster", "degree")), Column(Words("seats", "plaatsen"), Kind.WHOLE)


def degrees_section(report: Report, view: View) -> Section:
    """Return how many seats are held in each degree, of those whose degree a view shows; the most neutral first.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see.
    """
    counts = Counter(post.degree for item in occasions_of(report, view) for post in item.held)
    rows = tuple((words, counts[degree]) for degree, words in DEGREES.items() if counts[degree])
    return Section("degrees", Words("How neutral the roster is", "Hoe neutraal het rooster is"), COLUMNS, rows)
