"""The seats of a roster that break a rule, as what is wrong with the rows of its file."""

from __future__ import annotations

from collections.abc import Iterator

from poolmatch.checking import Report
from poolmatch.domain.roster import RosterRow
from poolmatch.finding import Finding
from poolmatch.issues import Issue
from poolmatch.tables.reading import Cells, Reading
from poolmatch.vocabulary.mistakes import SEAT


def violations_at_seats(report: Report, reading: Reading) -> Iterator[Issue]:
    """Yield an issue for each violation, at the cells that name who holds the seats it is about.

    Parameters
    ----------
    report
        What the rules say of the roster.
    reading
        The file of the roster.
    """
    table = RosterRow.table
    rows = list(enumerate(reading.tables.get(table, ()), 1))
    for finding in report.violations:
        at = tuple(number for number, cells in rows if _is_about(finding, cells))
        remedy = SEAT.fill(rule=report.rules[finding.rule].sentence)
        issue = Issue(
            table,
            at,
            "facilitator",
            finding.words.en,
            remedy.en,
            code=finding.rule,
            said=(finding.words, remedy),
        )
        yield reading.located(issue)


def _is_about(finding: Finding, cells: Cells) -> bool:
    if cells.get("meeting") not in finding.meetings:
        return False
    if finding.seat is not None:
        return cells.get("seat") == finding.seat
    return not finding.facilitators or cells.get("facilitator") in finding.facilitators
