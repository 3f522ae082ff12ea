"""What is wrong or doubtful in the input: kinds of message, declared once, and what is said with them of a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from poolmatch.vocabulary.terms import in_dutch_file, with_terms
from poolmatch.words import Words, first_few, joined, pattern, untranslated

Severity = Literal["error", "warning"]

SHOWN_ROWS = 20
"""Rows that an issue names."""
SHOWN_VALUES = 3
"""Values that an issue of several rows shows."""


@dataclass(frozen=True, order=True)
class Issue:
    """One thing that is wrong or doubtful in the input, with the place and the remedy.

    Attributes
    ----------
    table
        Name of the table, or of the file where no table could be read.
    rows
        Data rows, counted from 1; empty when the table as a whole is meant.
    column
        Column, or "" when the row as a whole is meant.
    reason
        What is wrong, in a sentence part that follows the place; in English.
    remedy
        What the user can do about it; in English.
    severity
        ``"error"`` stops the work, ``"warning"`` does not.
    value
        The offending word, number or date; of several rows the first few. Never a name or title. Never part of
        ``str(issue)``, so that it stays out of logs.
    where
        Where that is in the file it was read from: cells of a worksheet (``meetings!C9``), or lines of a CSV file.
    code
        Code of the kind of message; "" for an issue that was made of texts.
    said
        Reason and remedy in every language; None for an issue that was made of texts.
    called
        What table and column are called in the file, where that is otherwise than in the contract.
    seen
        The offending value of each row, where rows of a kind are together; else nothing.
    cells
        Its cells in the workbook it was read from (``meetings!C9``): of the rows one each, of very many the first;
        else that of the heading.
    """

    table: str
    rows: tuple[int, ...]
    column: str
    reason: str
    remedy: str
    severity: Severity = "error"
    value: str | Words = field(default="", repr=False, compare=False)
    where: str | Words = field(default="", compare=False)
    code: str = field(default="", compare=False)
    said: tuple[Words, Words] | None = field(default=None, repr=False, compare=False)
    called: tuple[str, str] | None = field(default=None, repr=False, compare=False)
    seen: tuple[str | Words, ...] = field(default=(), repr=False, compare=False)
    cells: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def values(self) -> Mapping[str, Any]:
        """What was filled in in reason and remedy, by name."""
        reason, remedy = self._said
        return dict(reason.values) | dict(remedy.values)

    @property
    def reason_words(self) -> Words:
        """What is wrong, in every language."""
        return self._said[0]

    @property
    def remedy_words(self) -> Words:
        """The remedy, in every language."""
        return self._said[1]

    def with_remedy(self, remedy: Words) -> Issue:
        """Return the issue with another remedy."""
        return replace(self, remedy=remedy.en, said=(self._said[0], remedy))

    def in_dutch_file(self, table: str, column: str) -> Issue:
        """Return the issue with all names of the contract as a Dutch file has them.

        Parameters
        ----------
        table, column
            What these are called there.
        """
        reason, remedy = map(in_dutch_file, self._said)
        return replace(self, reason=reason.en, remedy=remedy.en, said=(reason, remedy), called=(table, column))

    @property
    def words(self) -> Words:
        """The issue as a whole, in every language."""
        reason, remedy = self._said
        return pattern("{place}: {reason}; {remedy}", place=self.place_words, reason=reason, remedy=remedy)

    @property
    def words_in_full(self) -> Words:
        """The same with the offending value: for the screen of whoever owns the input, never for a log."""
        reason, remedy = self._said
        if self.value:
            reason = pattern("{reason} ({seen})", reason=reason, seen=_visible(self.value))
        return pattern("{place}: {reason}; {remedy}", place=self.place_words, reason=reason, remedy=remedy)

    @property
    def place_words(self) -> Words:
        """Table, row and column as one phrase; where the cell or line is known, that instead of the row.

        A data row has another number than the row of a worksheet, which counts the headings too.
        """
        table, column = self.called or (self.table, self.column)
        parts: list[object] = [table]
        if self.rows and not self.where:
            parts.append((ROW if len(self.rows) == 1 else ROWS).fill(rows=first_few(self.rows, SHOWN_ROWS)))
        if column:
            parts.append(COLUMN.fill(column=column))
        place = joined(", ", parts)
        return pattern("{place} ({where})", place=place, where=self.where) if self.where else place

    @property
    def place(self) -> str:
        """The same in English."""
        return self.place_words.en

    def __str__(self) -> str:
        return self.words.en

    @property
    def in_full(self) -> str:
        """The text with the offending value, in English: for the screen of whoever owns the input, never for a log."""
        return self.words_in_full.en

    @property
    def _said(self) -> tuple[Words, Words]:
        return self.said or (untranslated(self.reason), untranslated(self.remedy))


ROW = Words("row {rows}", "rij {rows}")
ROWS = Words("rows {rows}", "rijen {rows}")
COLUMN = Words("column {column}", "kolom {column}")


def _visible(value: str | Words) -> str | Words:
    if isinstance(value, Words):  # its parts are text that was shown before
        return value
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value)


@dataclass(frozen=True)
class Message:
    """A kind of issue: what is wrong and what to do about it, written down once.

    Attributes
    ----------
    code
        Name of the kind; a contract.
    reason, remedy
        Templates of both. A remedy that may begin with the nearest known word has the value ``hint`` for it. Names of
        the contract are written as `poolmatch.vocabulary.terms` says.
    severity
        Whether it stops the work.
    """

    code: str
    reason: Words
    remedy: Words
    severity: Severity = "error"

    def fill(self, **values: object) -> Message:
        """Return this with values filled in; None for a hint that there is not."""
        given = {name: "" if item is None else item for name, item in values.items()}
        return replace(self, reason=self.reason.fill(**given), remedy=self.remedy.fill(**given))

    def at(
        self,
        table: str,
        rows: Iterable[int] = (),
        column: str = "",
        *,
        value: str | Words = "",
        where: str | Words = "",
        **values: object,
    ) -> Issue:
        """Return the issue that this is at a place.

        Parameters
        ----------
        table, rows, column, value, where
            As of `Issue`.
        values
            As of `fill`.
        """
        filled = self.fill(**values) if values else self
        said = with_terms(filled.reason, table), with_terms(filled.remedy, table)
        reason, remedy = (words.en for words in said)
        return Issue(table, tuple(rows), column, reason, remedy, self.severity, value, where, self.code, said)


def together(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return issues with one for all rows of a kind, and causes before what may follow from them.

    What is said of a single row is put together where table, column, reason and remedy are the same. What is said of
    several rows at once, such as two with one key, stays as it is. Issues about files, tables and headings come
    first, in the order in which they are given; those about rows follow, by row and column, table by table in the
    order in which tables are first given.

    Parameters
    ----------
    issues
        The issues; of equal ones the first is kept.
    """
    alike: dict[object, list[Issue]] = {}
    for number, issue in enumerate(dict.fromkeys(issues)):
        kind = (issue.table, issue.column, issue.reason, issue.remedy, issue.severity)
        alike.setdefault(kind if len(issue.rows) == 1 else number, []).append(issue)
    found = list(dict.fromkeys(_together(group) for group in alike.values()))
    tables = {name: n for n, name in enumerate(dict.fromkeys(issue.table for issue in found if issue.rows))}
    by_row = sorted((issue for issue in found if issue.rows), key=lambda issue: (tables[issue.table], issue))
    return (*(issue for issue in found if not issue.rows), *by_row)


def _together(issues: Sequence[Issue]) -> Issue:
    """Return one issue for several of a kind."""
    if len(issues) == 1:
        return issues[0]
    by_row = sorted(issues)
    values = list(dict.fromkeys(str(issue.value) for issue in by_row if issue.value))
    value = ", ".join(values[:SHOWN_VALUES]) + (", …" if len(values) > SHOWN_VALUES else "")
    rows, seen = tuple(issue.rows[0] for issue in by_row), tuple(issue.value for issue in by_row)
    return replace(by_row[0], rows=rows, value=value, where="", seen=seen, cells=())
