"""What is wrong with the rows of a roster's file: seats that break a rule, and seats that it pins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from poolmatch.checking import Report
from poolmatch.domain.meetings import Pin
from poolmatch.domain.problem import Problem
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


def at_marks(issues: Iterable[Issue], problem: Problem, given: Problem, reading: Reading) -> Iterator[Issue]:
    """Yield issues of a problem that got pins from a roster, with those of pins at the rows in which people set them.

    Parameters
    ----------
    issues
        Issues of ``problem``.
    problem
        The problem with the pins of the roster, as `pinned` returns it.
    given
        The problem as it was read.
    reading
        The file of the roster.
    """
    table = RosterRow.table
    rows = {tuple(map(cells.get, Pin.key)): at for at, cells in enumerate(reading.tables[table], 1)}
    own = {pin.key_of(): at for at, pin in enumerate(given.pins, 1)}
    for issue in issues:
        if issue.table != Pin.table or not issue.rows:
            yield issue
            continue
        about = [problem.pins[row - 1] for row in issue.rows]
        known = tuple(own[pin.key_of()] for pin in about if pin in given.pins)
        if len(known) == len(about):
            yield replace(issue, rows=known)
        else:  # where pins clash, the one that was set last is the one to look at
            set_here = tuple(rows[pin.key_of()] for pin in about if pin not in given.pins)
            column = "start" if issue.column == "slot_start" else issue.column
            yield reading.located(replace(issue, table=table, rows=set_here, column=column))


def _is_about(finding: Finding, cells: Cells) -> bool:
    if cells.get("meeting") not in finding.meetings:
        return False
    if finding.seat is not None:
        return cells.get("seat") == finding.seat
    return not finding.facilitators or cells.get("facilitator") in finding.facilitators
