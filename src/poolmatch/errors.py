"""What can go wrong, as a tree that is read at a glance.

::

    PoolmatchError
    ├── ProblemError     the input is wrong: carries every issue at once
    ├── MissingExtra     an optional package is needed: the message names the extra
    ├── TooLarge         penalties are larger than can be computed exactly
    └── InternalError    poolmatch itself is wrong
        └── ModelMismatch    solver and judge disagree about a roster
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

__all__ = [
    "InternalError",
    "Issue",
    "MissingExtra",
    "ModelMismatch",
    "PoolmatchError",
    "ProblemError",
    "TooLarge",
    "nearest",
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
        The offending value. Never part of the text, so that it stays out of logs.
    """

    table: str
    rows: tuple[int, ...]
    column: str
    reason: str
    remedy: str
    severity: Literal["error", "warning"] = "error"
    value: str = field(default="", repr=False, compare=False)

    @property
    def place(self) -> str:
        """Table, row and column as one phrase."""
        parts = [self.table]
        if self.rows:
            shown = ", ".join(str(row) for row in self.rows[:20])
            more = f" and {len(self.rows) - 20} more" if len(self.rows) > 20 else ""
            parts.append(f"row {shown}{more}" if len(self.rows) == 1 else f"rows {shown}{more}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}; {self.remedy}"


SHOWN = 500
"""Problems that the text of an error lists; its attribute holds them all."""


class PoolmatchError(Exception):
    """Base of every error that poolmatch raises on purpose."""


class ProblemError(PoolmatchError):
    """The input is wrong. Lists *all* issues at once.

    Attributes
    ----------
    issues : tuple of Issue
        Every error, and the warnings found along with them.
    """

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(sorted(set(issues)))
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


class InternalError(PoolmatchError, RuntimeError):
    """Poolmatch is wrong, not the input. Please report it."""


class ModelMismatch(InternalError):
    """Solver and judge disagree: the roster is illegal, or its value is outside what the solver proved."""


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a remedy's opening words that name the closest known word, or "" when none is close.

    Parameters
    ----------
    word
        What was written.
    words
        What could have been meant.
    """
    known = {candidate.casefold(): candidate for candidate in words}
    found = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return f'did you mean "{known[found[0]]}"? ' if found else ""
