"""A workbook to fill in, empty or with an example: sheets in the order in which they are filled in, and explained."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row
from poolmatch.messages.writing import NOT_XLSX
from poolmatch.tables.atomic import replacing
from poolmatch.tables.extras import need
from poolmatch.vocabulary import form as said
from poolmatch.vocabulary.tables import TABLES as CALLED
from poolmatch.words import Language, Words, check_language


def write_template(
    path: str | os.PathLike[str], *, language: Language = "en", example: bool = False, force: bool = False
) -> None:
    """Write a workbook that ``read`` takes once it is filled in.

    It begins with what to fill in, in which order. The six sheets that everyone needs come first, with a grid of
    half-days beside the availability; the others stand behind them, in groups. Required columns are dark, underlined
    and have a note; ids with their names, closed words and yes or no have lists to choose from; ids are text, so that
    they keep their zeros.

    Parameters
    ----------
    path
        The file, which ends in ``.xlsx``.
    language
        Language of sheets, headings, words and explanations; in English the names are those of the tables in files.
    example
        Whether a month of made-up people and meetings stands in it.
    force
        Whether to replace what stands there. It is kept beside it, with ``.bak`` behind its name.

    Raises
    ------
    MissingExtra
        The package xlsxwriter is not installed.
    ValueError
        The name has another ending, is a symbolic link, or a name that Windows keeps for devices; or there is no such
        language.
    WouldOverwrite
        Something else than such a template stands there.
    NotWritten
        It cannot be written; what stood there before is still there.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(NOT_XLSX.fill(file=path.name))
    check_language(language)
    need("excel", "xlsxwriter")
    from poolmatch.tables.example_month import example_month
    from poolmatch.tables.form import Content
    from poolmatch.tables.form_writing import write_form

    with replacing(path, force=force) as temporary:
        write_form(temporary, language, example_month(language) if example else Content())


def write_to_finish(
    problem: Problem,
    rows: Mapping[str, Sequence[Row]],
    path: str | os.PathLike[str],
    language: Language,
    force: bool,
    source: str | os.PathLike[str] | None = None,
) -> None:
    """Write the workbook of a next period: what is known of it, and on the first sheet what is still to be filled in.

    Parameters
    ----------
    problem
        What is known.
    rows
        More rows by table, such as meetings without a time.
    path, language, force
        As for `write_template`.
    source
        What the problem was made from, as for ``write``.

    Raises
    ------
    MissingExtra, ValueError, WouldOverwrite, NotWritten
        As for `write_template`.
    ProblemError
        A list is too long for a cell of a workbook.
    """
    path = Path(path)
    check_language(language)
    need("excel", "xlsxwriter")
    from poolmatch.tables.form import Content
    from poolmatch.tables.writers import write_for_people

    tables: dict[str, Sequence[Row]] = {"period": (problem.period,)}
    tables |= {name: (*getattr(problem, name), *rows.get(name, ())) for name in TABLES if name != "period"}
    to_do = _to_do(problem, len(rows.get("meetings", ())))
    with replacing(path, force=force) as temporary:
        content = Content(tables, problem.period.zone, to_do=to_do)
        unfinished = {name: len(more) for name, more in rows.items()}
        write_for_people(temporary, language, content, source, unfinished)


def _to_do(problem: Problem, ready: int) -> Mapping[str, Words]:
    """Return what is to be filled in, by sheet, where so many meetings stand ready without a time."""
    count = said.STANDS_READY if ready == 1 else said.STAND_READY.fill(count=ready)
    fresh = said.NEW_MEETINGS.fill(period=problem.period.name, stakes=CALLED["stakes"])
    return {
        "meetings": said.SERIES_AHEAD.fill(count=count) if ready else fresh,
        "facilitators": said.NEW_PEOPLE,
        "availability": said.NEW_TIMES,
    }
