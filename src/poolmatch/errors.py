"""What can go wrong, as a tree that is read at a glance.

::

    PoolmatchError
    ├── ProblemError     the input is wrong: carries every issue at once
    ├── UnknownId        a problem, roster or rule set has nothing of that id
    ├── MissingExtra     an optional package is needed: the message names the extra
    ├── TooLarge         penalties are larger than can be computed exactly
    ├── NotWritten       a file cannot be written: the message says why, and what to do
    │   └── WouldOverwrite   what stands there would be lost: nothing was written
    └── InternalError    poolmatch itself is wrong
        └── ModelMismatch    solver and judge disagree about a roster
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal, Self

__all__ = [
    "InternalError",
    "Issue",
    "MissingExtra",
    "ModelMismatch",
    "NotWritten",
    "PoolmatchError",
    "ProblemError",
    "TooLarge",
    "UnknownId",
    "WouldOverwrite",
    "nearest",
    "slip_of",
    "together",
]


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
        What is wrong, in a sentence part that follows the place.
    remedy
        What the user can do about it.
    severity
        ``"error"`` stops the work, ``"warning"`` does not.
    value
        The offending word, number or date; of several rows the first few. Never a name or title. Never part of
        ``str(issue)``, so that it stays out of logs.
    where
        Where that is in the file it was read from: cells of a worksheet (``meetings!C9``), or lines of a CSV file.
    """

    table: str
    rows: tuple[int, ...]
    column: str
    reason: str
    remedy: str
    severity: Literal["error", "warning"] = "error"
    value: str = field(default="", repr=False, compare=False)
    where: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """Table, row and column as one phrase, with the cell or line where that is known."""
        parts = [self.table]
        if self.rows:
            shown = ", ".join(str(row) for row in self.rows[:20])
            more = f" and {len(self.rows) - 20} more" if len(self.rows) > 20 else ""
            parts.append(f"row {shown}{more}" if len(self.rows) == 1 else f"rows {shown}{more}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts) + (f" ({self.where})" if self.where else "")

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}; {self.remedy}"

    @property
    def in_full(self) -> str:
        """The text with the offending value: for the screen of whoever owns the input, never for a log."""
        seen = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in self.value)
        return f"{self.place}: {self.reason}{f' ({seen})' if seen else ''}; {self.remedy}"


SHOWN_VALUES = 3
"""Values that an issue of several rows shows."""


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
    found = [_together(group) for group in alike.values()]
    tables = {name: n for n, name in enumerate(dict.fromkeys(issue.table for issue in found if issue.rows))}
    by_row = sorted((issue for issue in found if issue.rows), key=lambda issue: (tables[issue.table], issue))
    return (*(issue for issue in found if not issue.rows), *by_row)


def _together(issues: Sequence[Issue]) -> Issue:
    """Return one issue for several of a kind."""
    if len(issues) == 1:
        return issues[0]
    by_row = sorted(issues)
    values = list(dict.fromkeys(issue.value for issue in by_row if issue.value))
    value = ", ".join(values[:SHOWN_VALUES]) + (", …" if len(values) > SHOWN_VALUES else "")
    return replace(by_row[0], rows=tuple(issue.rows[0] for issue in by_row), value=value, where="")


NEAR_ENOUGH = 0.4
"""How alike an id must be to be named in the place of another: ids are short, M7 and M8 have half in common."""
SHOWN = 500
"""Problems that the text of an error lists; its attribute holds them all."""


class PoolmatchError(Exception):
    """Base of every error that poolmatch raises on purpose."""


class ProblemError(PoolmatchError):
    """The input is wrong. Lists *all* issues at once.

    Attributes
    ----------
    issues : tuple of Issue
        Every error, and the warnings found along with them; rows of one kind together, causes first.
    each : tuple of Issue
        The same, as they were found: row by row.
    """

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.each = tuple(dict.fromkeys(issues))
        self.issues = together(self.each)
        super().__init__(self.issues)

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop the work."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    def __str__(self) -> str:
        count = len(self.errors)
        head = "1 problem in the input" if count == 1 else f"{count} problems in the input"
        lines = [f"  {issue}" for issue in self.errors[:SHOWN]]
        if count > SHOWN:
            lines.append(f"  and {count - SHOWN} more: see the attribute issues")
        return "\n".join([head, *lines])


class UnknownId(PoolmatchError, KeyError):
    """A problem, roster or rule set has nothing of that id. The message names the nearest that it has."""

    def __str__(self) -> str:  # a KeyError shows its message in quotes
        return str(self.args[0])

    @classmethod
    def of(cls, what: str, name: object, known: Iterable[str], where: str = "in the problem") -> Self:
        """Return the error for an id.

        Parameters
        ----------
        what
            What was looked for, such as ``"meeting"``.
        name
            The id that was given.
        known
            The ids that there are.
        where
            Where it was looked for.
        """
        if not isinstance(name, str):
            return cls(f"{what} is no id but of type {type(name).__name__}; ids are text")
        return cls(f'{what} "{name}" is not {where}; {nearest(name, known, NEAR_ENOUGH) or "correct the id"}'.rstrip())


class MissingExtra(PoolmatchError, ImportError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(f"this needs the package {package}: pip install 'poolmatch[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return MissingExtra, (self.package, self.extra)  # by default it would be made anew from its message


class TooLarge(PoolmatchError, ValueError):
    """Penalties are larger than can be computed exactly."""


class NotWritten(PoolmatchError, OSError):
    """A file cannot be written. The message says which, why, and what to do; what stood there is still there."""


class WouldOverwrite(NotWritten, FileExistsError):
    """Files stand there that would be lost. Nothing was written; the message says how to write all the same."""


class InternalError(PoolmatchError, RuntimeError):
    """Poolmatch is wrong, not the input. Please report it."""


class ModelMismatch(InternalError):
    """Solver and judge disagree: the roster is illegal, or its value is outside what the solver proved."""


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str:
    """Return a remedy's opening words that name the closest known word, or "" when none is close.

    Parameters
    ----------
    word
        What was written.
    words
        What could have been meant.
    cutoff
        How alike the two must be, from 0 to 1.
    """
    known = {candidate.casefold(): candidate for candidate in words}
    found = get_close_matches(word.casefold(), known, n=1, cutoff=cutoff)
    return f'did you mean "{known[found[0]]}"? ' if found else ""


def slip_of(word: str, words: Iterable[str]) -> str:
    """Return the known word of which this is a slip of the pen, or "" when it is a word of its own.

    Capitals, spaces and ``_`` do not count. One sign may be wrong, missing, too many or swapped with the next; two in
    words of eight signs or more.

    Parameters
    ----------
    word
        What was written.
    words
        What could have been meant.
    """
    bare = _bare(word)
    for known in words:
        other = _bare(known)
        longest = max(len(bare), len(other))
        if bare == other or (longest >= 4 and _distance(bare, other) <= (1 if longest < 8 else 2)):
            return known
    return ""


def _bare(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())


def _distance(first: str, second: str) -> int:
    """Return how many signs must be put in, left out, changed or swapped with their neighbour."""
    if abs(len(first) - len(second)) > 2:
        return 3  # enough to know that it is more than two
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, sign in enumerate(first, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == second[j - 2] and first[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
