"""Showing mistakes where they are: the copy of a workbook that a command leaves beside it, and the line about it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.errors import Issue, NotWritten, ProblemError, words_of
from poolmatch.messages.commands import MARKED_NO_WORKBOOK
from poolmatch.vocabulary.mistakes import WRITTEN
from poolmatch.words import Language

if TYPE_CHECKING:
    from poolmatch.checking import Report
    from poolmatch.tables.reading import Reading


def marked(workbook: Path | None, issues: Iterable[Issue], language: Language) -> str | None:
    """Write a copy of a workbook with its mistakes; return what is to be said of it, or None where there is nothing.

    Parameters
    ----------
    workbook
        The workbook, if it is one.
    issues
        What is wrong in it.
    language
        Language of the copy and of what is said.
    """
    from poolmatch.tables import marked_copy

    if workbook is None:
        return None
    try:
        copy = marked_copy(workbook, issues, language=language)
    except ProblemError:  # a file that cannot be read has no cells; that it cannot is told already
        return None
    except (NotWritten, ValueError) as error:
        return words_of(error).say(language)
    return WRITTEN.fill(file=copy).say(language)


def marked_roster(report: Report, reading: Reading, language: Language) -> str | None:
    """Do the same for a roster that breaks rules.

    Parameters
    ----------
    report
        What the rules say of the roster.
    reading
        The file of the roster.
    language
        As of `marked`.
    """
    from poolmatch.tables.roster_marks import violations_at_seats

    return None if report.legal else marked(reading.workbook, violations_at_seats(report, reading), language)


def marked_doubts(reading: Reading, issues: Iterable[Issue], out: Path, language: Language) -> Path:
    """Write a copy of the workbook of a problem in which what is doubtful is marked; return the path of the copy.

    Parameters
    ----------
    reading
        The file of the problem.
    issues
        What is doubtful.
    out
        The copy.
    language
        As of `marked`.

    Raises
    ------
    ValueError
        The problem is no workbook.
    NotWritten
        The copy cannot be written, or another file stands there.
    """
    from poolmatch.tables import marked_copy

    if reading.workbook is None:
        raise ValueError(MARKED_NO_WORKBOOK)
    return marked_copy(reading.workbook, issues, out, language)
