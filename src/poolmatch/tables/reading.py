"""What a reader has found: cells by table and what is wrong with the files. The domain judges the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from poolmatch.domain.assembly import TABLES, in_order
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.row import Row, tables_of, told_value
from poolmatch.errors import ProblemError
from poolmatch.issues import Issue, Message
from poolmatch.messages import files
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.naming import heading_of, shown_in_dutch, title_of
from poolmatch.tables.source import PLACES, Source
from poolmatch.words import Language, Words

Cells = dict[str, object]
_KINDS: Mapping[str, type[Row]] = {**TABLES, RosterRow.table: RosterRow}


@dataclass
class Reading:
    """Collects cells and issues while files are read.

    Attributes
    ----------
    tables
        Rows of cells by table: text or native values, None for blank.
    cut
        Tables that could not be read to their end.
    sources
        Where the rows of a table stand in its file; nothing for tables that come from memory.
    overlong
        Rows of CSV files, by table, that go on with blank cells where the header has ended: nothing is wrong with
        that, unless something in the row is.
    issues
        All that was noted, in that order.
    language
        Language of the file, where it says so itself: "nl" or "en". Its sheets, headings and words may be called as
        people call them, and what is said of it calls them so.
    workbook
        The workbook that is read, if it is one.
    limits
        How large what is read may be.
    doubts
        What is asked of the problem once it is there: each yields what is doubtful in it.
    """

    tables: dict[str, list[Cells]] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)
    overlong: dict[str, set[int]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    language: Language | None = None
    workbook: Path | None = None
    limits: Limits = LIMITS
    doubts: list[Callable[[Problem], Iterable[Issue]]] = field(default_factory=list)
    _emptied: list[tuple[str, int, int, frozenset[str]]] = field(default_factory=list)

    def note(
        self,
        table: str,
        message: Message,
        *,
        row: int | None = None,
        column: str = "",
        value: object = None,
        where: str | Words = "",
    ) -> None:
        """Note what is wrong or doubtful."""
        rows = () if row is None else (row,)
        self.issues.append(message.at(table, rows, column, value=told_value(column, value), where=where))

    def add(self, table: str, cells: Cells, where: str) -> None:
        """Add a row that comes from another sheet than the table's own, to be called when that has been read.

        Parameters
        ----------
        table
            The table.
        cells
            The row.
        where
            Where it stands, such as ``wie kan wanneer!C5``.
        """
        self.tables.setdefault(table, []).append(cells)
        self.sources.setdefault(table, Source(title_of(table, self.language))).elsewhere.append(where)

    def cut_off(self, table: str, message: Message, *, row: int | None = None, where: str | Words = "") -> None:
        """Note an error that keeps the rest of a table from being read."""
        self.note(table, message, row=row, where=where)
        self.tables.setdefault(table, [])
        self.cut.add(table)

    def emptied(self, table: str, first: int, last: int, columns: Iterable[str]) -> None:
        """Remember rows in which columns are blank for a reason that is told: what follows from it is not."""
        self._emptied.append((table, first, last, frozenset(columns)))

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
            raise self.refusal(error.each) from None
        if self.failed:
            raise self.refusal(problem.warnings)
        doubts = (issue for ask in self.doubts for issue in ask(problem))
        return problem.with_warnings(in_order(map(self.located, [*self.issues, *problem.warnings, *doubts])))

    def refusal(self, issues: Iterable[Issue]) -> ProblemError:
        """Return the error that tells of the files and of the cells, with where that is.

        Parameters
        ----------
        issues
            What is wrong with the cells.
        """
        found = self._without_echoes(issues)
        for table, rows in self.overlong.items():
            shifted = {
                row for issue in found if issue.table == table and issue.severity == "error" for row in issue.rows
            }
            for row in sorted(rows & shifted):
                separator = self.sources[table].separator
                self.note(table, files.TOO_MANY_CELLS_IN_ROW.fill(separator=separator), row=row)
        error = ProblemError(in_order([*self.issues, *self._without_echoes(found)]))
        return ProblemError(map(self.located, error.issues), self.language, self.workbook)

    def located(self, issue: Issue) -> Issue:
        """Return an issue with the cells or lines it is about, and names as the file has them."""
        source = self.sources.get(issue.table)
        if source is not None and not issue.where:
            cells = source.places(issue.rows, issue.column)
            issue = replace(issue, where=source.where(issue.rows, issue.column), cells=cells)
        if self.language != "nl" or issue.called:
            return issue
        title = source.sheet if source is not None and source.sheet else title_of(issue.table, "nl")
        heading = heading_of(issue.table, issue.column, "nl")
        if source is not None:
            heading = source.headings.get(issue.column, heading)
        kind = _KINDS.get(issue.table)
        if kind is not None and isinstance(issue.value, str):
            value, *seen = (
                shown_in_dutch(kind, issue.column, item) if isinstance(item, str) else item
                for item in (issue.value, *issue.seen[:PLACES])
            )
            issue = replace(issue, value=value, seen=tuple(seen))
        return issue.in_dutch_file(title, heading)

    @contextmanager
    def placing(self) -> Iterator[None]:
        """Say of errors that are found later in which cells or lines they are."""
        try:
            yield
        except ProblemError as error:
            mine = any(issue.table in self.sources for issue in error.issues)
            workbook = error.workbook or (self.workbook if mine else None)
            raise ProblemError(map(self.located, error.issues), self.language, workbook) from None

    def _without_echoes(self, issues: Iterable[Issue]) -> list[Issue]:
        """Return the issues of the domain that do not merely follow from what the reader has already said.

        Nothing follows from a doubt: a cell of which the reader has one may be wrong for another reason.
        """
        errors = [issue for issue in self.issues if issue.severity == "error"]
        told = {(issue.table, row, issue.column) for issue in errors for row in issue.rows}
        return [
            issue
            for issue in issues
            if not any((issue.table, row, column) in told for row in issue.rows for column in (issue.column, ""))
            and not self._is_echo_of_cut(issue)
            and not self._is_emptied(issue)
        ]

    def _is_echo_of_cut(self, issue: Issue) -> bool:
        """Tell whether rows may lack, or an id be unknown, only because a table could not be read to its end."""
        if issue.table in self.cut and not issue.rows:
            return True
        kind = TABLES.get(issue.table)
        column = kind.model_fields.get(issue.column) if kind else None
        return column is not None and not self.cut.isdisjoint(tables_of(column))

    def _is_emptied(self, issue: Issue) -> bool:
        return any(
            issue.table == table and issue.column in columns and any(first <= row <= last for row in issue.rows)
            for table, first, last, columns in self._emptied
        )
