"""What a reader has found: cells by table and what is wrong with the files. The domain judges the cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import tables_of
from poolmatch.errors import Issue, ProblemError

Cells = dict[str, object]
_Note = tuple[str, str, str, str, Literal["error", "warning"]]


@dataclass
class Reading:
    """Collects cells and issues while files are read.

    Attributes
    ----------
    tables
        Rows of cells by table: text or native values, None for blank.
    cut
        Tables that could not be read to their end.
    """

    tables: dict[str, list[Cells]] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    _notes: dict[_Note, list[int]] = field(default_factory=lambda: defaultdict(list))

    def error(self, table: str, reason: str, remedy: str, *, row: int | None = None, column: str = "") -> None:
        """Note an error. The same error in several rows becomes one issue."""
        self._notes[table, column, reason, remedy, "error"] += [] if row is None else [row]

    def warning(self, table: str, reason: str, remedy: str) -> None:
        """Note something that does not stop the work."""
        self._notes[table, "", reason, remedy, "warning"] += []

    def cut_off(self, table: str, reason: str, remedy: str, *, row: int | None = None) -> None:
        """Note an error that keeps the rest of a table from being read."""
        self.error(table, reason, remedy, row=row)
        self.tables.setdefault(table, [])
        self.cut.add(table)

    @property
    def issues(self) -> list[Issue]:
        """All that was noted."""
        return [
            Issue(table, tuple(rows), column, reason, remedy, severity)
            for (table, column, reason, remedy, severity), rows in self._notes.items()
        ]

    @property
    def failed(self) -> bool:
        """Whether an error was noted."""
        return any(issue.severity == "error" for issue in self.issues)

    def problem(self) -> Problem:
        """Return the problem that the cells make.

        Raises
        ------
        ProblemError
            With the issues of the files and of the cells together.
        """
        try:
            problem = Problem.model_validate(self.tables)
        except ProblemError as error:
            raise ProblemError([*self.issues, *self.without_echoes(error.issues)]) from None
        if self.failed:
            raise ProblemError([*self.issues, *problem.warnings])
        return problem.with_warnings(self.issues)

    def without_echoes(self, issues: tuple[Issue, ...]) -> list[Issue]:
        """Return the issues of the domain that do not merely follow from what the reader has already said."""
        told = {(issue.table, row, issue.column) for issue in self.issues for row in issue.rows}
        return [
            issue
            for issue in issues
            if not any((issue.table, row, column) in told for row in issue.rows for column in (issue.column, ""))
            and not self._is_echo_of_cut(issue)
        ]

    def _is_echo_of_cut(self, issue: Issue) -> bool:
        """Tell whether rows may lack, or an id be unknown, only because a table could not be read to its end."""
        if issue.table in self.cut and not issue.rows:
            return True
        kind = TABLES.get(issue.table)
        column = kind.model_fields.get(issue.column) if kind else None
        return column is not None and not self.cut.isdisjoint(tables_of(column))
