"""A roster as a table, and back."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from poolmatch.domain.assembly import heading_issues
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import EditedRow, Roster, RosterRow
from poolmatch.domain.roster_issues import issues_of_row
from poolmatch.domain.row import issues_of
from poolmatch.errors import ProblemError
from poolmatch.hints import nearest
from poolmatch.issues import Issue, together
from poolmatch.messages.files import NO_SHEET
from poolmatch.tables.naming import is_for_people, title_of
from poolmatch.tables.reading import Cells, Reading
from poolmatch.tables.references import resolve_roster
from poolmatch.tables.seat_names import resolve_seats_of_roster

if TYPE_CHECKING:
    from pandas import DataFrame

_log = logging.getLogger(__name__)

_TIMES = {"start", "end"}
_UNREADABLE = "?"
"""What stands in the place of an id that cannot be read; nothing is said of it."""


def roster_to_frame(roster: Roster, problem: Problem | None = None) -> DataFrame:
    """Return a roster as a DataFrame, one row per seat.

    Parameters
    ----------
    roster
        The roster.
    problem
        The problem it is a roster of: times are shown in the time zone of its period; without it, in UTC.
    """
    from poolmatch.tables.frames import frame_of  # here, because rosters in files need no frames

    return frame_of(RosterRow, roster.rows, problem.period.zone if problem else ZoneInfo("UTC"))


def roster_from_frame(frame: DataFrame, problem: Problem | None = None) -> Roster:
    """Return the roster that a DataFrame describes. It is left as it is.

    Parameters
    ----------
    frame
        The columns of a roster; None, NaN, NaT and NA are blank.
    problem
        The problem it is a roster of: naive timestamps are local time of its period; without it they are an error.

    Raises
    ------
    ProblemError
        With *all* issues, each with row, column, reason and remedy.
    """
    from poolmatch.tables.frames import take_frame

    reading = Reading()
    take_frame(reading, RosterRow.table, RosterRow, frame)
    return roster_of(reading, problem)


def roster_of(reading: Reading, problem: Problem | None) -> Roster:
    """Return the roster that the cells make.

    What is doubtful goes to the log, for a roster has no place to keep it.

    Raises
    ------
    ProblemError
        With the issues of the file and of the cells together.
    """
    table = RosterRow.table
    if table not in reading.tables:
        title = title_of(table, reading.language)
        without = NO_SHEET.at(table, hint=nearest(title, reading.tables), sheet=title)
        raise ProblemError([reading.located(without)], reading.language, reading.workbook)
    if problem is not None:
        resolve_roster(reading, problem)
        if reading.language is not None:
            resolve_seats_of_roster(reading, problem)
    raw = [_without_what_is_for_people(cells) for cells in reading.tables[table]]
    kind = EditedRow if any("pin" in cells for cells in raw) else RosterRow
    issues, missing = heading_issues(kind, raw)
    rows: list[RosterRow] = []
    context = {"zone": problem.period.zone if problem else None}
    unfit: list[Iterable[Issue]] = []  # each looks for what does not fit only when it is asked
    for number, cells in enumerate(raw, 1):
        known: Cells = {name: value for name, value in cells.items() if name in kind.model_fields}
        try:
            rows.append(kind.model_validate(known, context=context))
            unfit += [issues_of_row(problem, rows[-1], number)] if problem else []
        except ValidationError as error:
            issues += (issue for issue in issues_of(error, kind, number, known) if issue.column not in missing)
            unfit += [_unfit_in_rest(problem, kind, known, number, error)] if problem else []
    if reading.failed or any(issue.severity == "error" for issue in issues):
        # Who mends the cells need not come back for the rest.
        raise reading.refusal([*issues, *chain.from_iterable(unfit)])
    for doubt in together([*reading.issues, *issues]):
        _log.warning("%s", reading.located(doubt))
    roster = Roster(rows=tuple(map(_plain, rows))).marked(
        {(row.meeting, row.seat): row.pin for row in rows if isinstance(row, EditedRow) and row.pin is not None}
    )
    return roster if problem is None else roster.told_in(problem)


def _unfit_in_rest(
    problem: Problem, kind: type[RosterRow], cells: Cells, number: int, error: ValidationError
) -> Iterator[Issue]:
    """Yield what does not fit the problem in the cells of a row that can be read, where others cannot.

    Parameters
    ----------
    problem
        The problem.
    kind, cells, number
        The row.
    error
        What is wrong with its cells.
    """
    wrong = {str(detail["loc"][0]) for detail in error.errors(include_url=False) if detail["loc"]}
    if not wrong.isdisjoint(_TIMES):
        wrong |= _TIMES  # neither can be looked up without the other
    required = {name: _UNREADABLE for name, field in kind.model_fields.items() if field.is_required()}
    rest = {name: cell for name, cell in cells.items() if name not in wrong}
    try:
        row = kind.model_validate(required | rest, context={"zone": problem.period.zone})
    except ValidationError:  # the cells contradict one another, which is told
        return
    yield from (issue for issue in issues_of_row(problem, row, number) if issue.column not in wrong)


def _without_what_is_for_people(cells: Cells) -> Cells:
    """Return a row without the columns that a workbook of results has besides those of a roster."""
    return {name: value for name, value in cells.items() if not is_for_people(EditedRow, name)}


def _plain(row: RosterRow) -> RosterRow:
    """Return a row as every roster has it."""
    if type(row) is RosterRow:
        return row
    return RosterRow.model_construct(**{name: getattr(row, name) for name in RosterRow.model_fields})
