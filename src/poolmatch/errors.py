"""What can go wrong, as a tree that is read at a glance.

::

    PoolmatchError
    ├── ProblemError     the input is wrong: carries every issue at once
    ├── UnknownId        a problem, roster or rule set has nothing of that id
    ├── MissingExtra     an optional package is needed: the message names the extra
    ├── EditRefused      an edit of a problem cannot be made, or another contradicts it
    ├── TooLarge         penalties are larger than can be computed exactly
    ├── NotWritten       a file cannot be written: the message says why, and what to do
    │   └── WouldOverwrite   what stands there would be lost: nothing was written
    └── InternalError    poolmatch itself is wrong
        └── ModelMismatch    solver and judge disagree about a roster
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from poolmatch.hints import MEANT, nearest_word
from poolmatch.issues import Issue, together
from poolmatch.messages import ids
from poolmatch.words import Language, Words, joined, pattern, untranslated

__all__ = [
    "EditRefused",
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
    "words_of",
]

NEAR_ENOUGH = 0.4
"""How alike an id must be to be named in the place of another: ids are short, M7 and M8 have half in common."""
SHOWN = 500
"""Problems that the text of an error lists; its attribute holds them all."""


def words_of(error: BaseException) -> Words:
    """Return what an error says, in every language; in English where it was made of a text."""
    if isinstance(error, ProblemError):
        return error.words
    first = error.args[0] if error.args else None
    return first if isinstance(first, Words) else untranslated(str(error))


class PoolmatchError(Exception):
    """Base of every error that poolmatch raises on purpose. Its text is English; `words` say it in every language."""

    @property
    def words(self) -> Words:
        """What the error says, in every language."""
        return words_of(self)


ONE_PROBLEM = Words("1 problem in the input", "1 probleem in de invoer")
PROBLEMS = Words("{count} problems in the input", "{count} problemen in de invoer")
MORE_PROBLEMS = Words("  and {count} more: see the attribute issues", "  en nog {count}: zie het attribuut issues")


class ProblemError(PoolmatchError):
    """The input is wrong. Lists *all* issues at once.

    Attributes
    ----------
    issues : tuple of Issue
        Every error, and the warnings found along with them; rows of one kind together, causes first.
    each : tuple of Issue
        The same, as they were found: row by row.
    language : str or None
        Language of the file they are about, where it says so itself, as a Dutch workbook does.
    workbook : Path or None
        The workbook they are about, if it is one.
    """

    def __init__(self, issues: Iterable[Issue], language: Language | None = None, workbook: Path | None = None) -> None:
        self.language = language
        self.workbook = workbook
        self.each = tuple(dict.fromkeys(issues))
        self.issues = together(self.each)
        super().__init__(self.issues)

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop the work."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    @property
    def words(self) -> Words:
        """How many problems there are, and the first of them, in every language."""
        count = len(self.errors)
        lines = [ONE_PROBLEM if count == 1 else PROBLEMS.fill(count=count)]
        lines += [pattern("  {issue}", issue=issue.words) for issue in self.errors[:SHOWN]]
        if count > SHOWN:
            lines.append(MORE_PROBLEMS.fill(count=count - SHOWN))
        return joined("\n", lines)

    def __str__(self) -> str:
        return self.words.en


class UnknownId(PoolmatchError, KeyError):
    """A problem, roster or rule set has nothing of that id. The message names the nearest that it has."""

    def __str__(self) -> str:  # a KeyError shows its message in quotes
        return str(self.args[0])

    @classmethod
    def of(cls, what: Words, name: object, known: Iterable[str], lacks: Words = ids.NOT_IN_PROBLEM) -> Self:
        """Return the error for an id.

        Parameters
        ----------
        what
            What was looked for, such as a meeting.
        name
            The id that was given.
        known
            The ids that there are.
        lacks
            Where it is not.
        """
        if not isinstance(name, str):
            return cls(ids.NO_ID.fill(what=what, kind=type(name).__name__))
        near = nearest_word(name, known, NEAR_ENOUGH)
        remedy = ids.CORRECT_THE_ID if near is None else MEANT.fill(word=near)
        return cls(pattern('{what} "{name}" {lacks}; {remedy}', what=what, name=name, lacks=lacks, remedy=remedy))


NEEDS_PACKAGE = Words(
    "this needs the package {package}: pip install 'poolmatch[{extra}]'",
    "hiervoor is het pakket {package} nodig: pip install 'poolmatch[{extra}]'",
)


class MissingExtra(PoolmatchError, ImportError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(NEEDS_PACKAGE.fill(package=package, extra=extra))

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return MissingExtra, (self.package, self.extra)  # by default it would be made anew from its message


class EditRefused(PoolmatchError, ValueError):
    """An edit of a problem cannot be made, or another contradicts it. The message says why, and what to do."""


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
