"""Writes a problem or a roster in the form asked for. What stood there before stays until the new file is whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.domain.row import Row
from poolmatch.messages import writing
from poolmatch.tables.atomic import replacing, replacing_all, telling
from poolmatch.tables.csv_file import write_csv
from poolmatch.tables.extras import need
from poolmatch.words import Language, check_language

if TYPE_CHECKING:
    from poolmatch.tables.form import Content

Form = Literal["csv", "parquet", "xlsx", "json"]
_FORM_OF: Mapping[str, Form] = {".xlsx": "xlsx", ".json": "json", ".parquet": "parquet", ".csv": "csv"}
_Writer = Callable[[Path, type[Row], Sequence[Row], ZoneInfo], None]


def write(
    problem: Problem,
    path: str | os.PathLike[str],
    *,
    form: Form | None = None,
    language: Language | None = None,
    force: bool = False,
    source: str | os.PathLike[str] | None = None,
) -> None:
    """Write a problem such that ``read`` gives it back without loss.

    Empty tables that are not required are left out; in a folder, a file of such a table that is there from before
    is emptied. A workbook for people has all tables, and lists, notes and explanations as the one of
    ``write_template``.

    Parameters
    ----------
    problem
        The problem.
    path
        A name that ends in ``.xlsx`` or ``.json`` is a file; any other is a folder, made if need be.
    form
        ``csv``, ``parquet``, ``xlsx`` or ``json``. By default the ending of the name tells; a folder without a
        telling name is one of CSV files.
    language
        Of a workbook for people: ``nl`` or ``en``. None, the default, for tables alone, with the names that they have
        in files.
    force
        Whether to replace files that say something else. They are kept beside the new ones, with ``.bak`` behind
        their names.
    source
        What the problem was made from. Where that is a workbook in the language, a workbook for people is a copy of it
        in which only what is otherwise is changed: marks of the grid, colours, comments, and columns and sheets of
        one's own stay. Where that cannot be it is written anew, and a warning is logged.

    Raises
    ------
    MissingExtra
        A package that the form needs is not installed.
    ProblemError
        A list is too long for a cell of a workbook.
    ValueError
        The path is a symbolic link, a name that Windows keeps for devices, or a folder of files of another form; there
        is no such language, or one is given for something else than a workbook.
    WouldOverwrite
        Files stand there that say something else; nothing was written.
    NotWritten
        It cannot be written; what stood there before is still there.
    """
    path = Path(path)
    form = form or _FORM_OF.get(path.suffix.lower(), "csv")
    tables: dict[str, Sequence[Row]] = {name: getattr(problem, name) for name in TABLES if name != "period"}
    tables = {"period": (problem.period,), **tables}
    zone = problem.period.zone
    if language is not None:
        check_language(language)
        if form != "xlsx":
            raise ValueError(writing.LANGUAGE_OF_WORKBOOK)
    if form == "json":
        with replacing(path, force=force) as temporary:
            temporary.write_text(problem.to_json(indent=1) + "\n", encoding="utf-8")
    elif language is not None:
        _write_form(path, language, tables, zone, force, source)
    elif form == "xlsx":
        kept = {TABLES[name]: rows for name, rows in tables.items() if rows or TABLES[name].required_table}
        _write_workbook(path, kept, zone, force)
    else:
        _write_folder(path, tables, zone, form, force)


def write_roster(roster: Roster, path: str | os.PathLike[str], problem: Problem, *, force: bool = False) -> None:
    """Write a roster such that ``read_roster`` gives it back without loss.

    Parameters
    ----------
    roster
        The roster.
    path
        A file that ends in ``.csv``, ``.xlsx`` or ``.parquet``.
    problem
        The problem it is a roster of: times are written as local time of its period.
    force
        Whether to replace a file that says something else. It is kept beside it, with ``.bak`` behind its name.

    Raises
    ------
    MissingExtra
        A package that the form needs is not installed.
    ValueError
        The name has another ending, is a symbolic link, or a name that Windows keeps for devices.
    WouldOverwrite
        Files stand there that say something else; nothing was written.
    NotWritten
        It cannot be written; what stood there before is still there.
    """
    path = Path(path)
    zone = problem.period.zone
    match path.suffix.lower():
        case ".xlsx":
            _write_workbook(path, {RosterRow: roster.rows}, zone, force)
        case ".csv" | ".parquet" as suffix:
            writer = _writer(_FORM_OF[suffix])
            with replacing(path, force=force) as temporary:
                writer(temporary, RosterRow, roster.rows, zone)
        case _:
            raise ValueError(writing.OTHER_ENDING.fill(file=path.name))


def _write_workbook(path: Path, tables: Mapping[type[Row], Sequence[Row]], zone: ZoneInfo, force: bool) -> None:
    need("excel", "xlsxwriter")
    from poolmatch.tables.workbook_write import write_sheets

    with replacing(path, force=force) as temporary:
        write_sheets(temporary, tables, zone)


def _write_form(
    path: Path,
    language: Language,
    tables: Mapping[str, Sequence[Row]],
    zone: ZoneInfo,
    force: bool,
    source: str | os.PathLike[str] | None,
) -> None:
    need("excel", "xlsxwriter")
    from poolmatch.tables.form import Content

    with replacing(path, force=force) as temporary:
        write_for_people(temporary, language, Content(tables, zone), source, {})


def write_for_people(
    path: Path,
    language: Language,
    content: Content,
    source: str | os.PathLike[str] | None,
    unfinished: Mapping[str, int],
) -> None:
    """Write a workbook that people fill in; where what is in it was made from one, as that one with other tables.

    Parameters
    ----------
    path, language, content
        As of `write_form`.
    source
        What the tables were made from; None for nothing.
    unfinished
        How many rows at the end of a table are still to be finished.

    Raises
    ------
    MissingExtra
        A package is not installed.
    ProblemError
        A list is too long for a cell of a workbook.
    """
    if source is not None and Path(source).suffix.lower() == ".xlsx" and Path(source).is_file():
        need("excel", "openpyxl", "defusedxml")
        from poolmatch.tables.carrying import write_carried

        write_carried(path, Path(source), language, content, unfinished)
    else:
        from poolmatch.tables.form_writing import write_form

        write_form(path, language, content)


def _write_folder(folder: Path, tables: Mapping[str, Sequence[Row]], zone: ZoneInfo, form: Form, force: bool) -> None:
    writer = _writer(form)
    with telling(lambda: folder):
        folder.mkdir(parents=True, exist_ok=True)
    other = "csv" if form == "parquet" else "parquet"
    if any((folder / f"{name}.{other}").exists() for name in TABLES):
        raise ValueError(writing.OTHER_FORM.fill(folder=folder.name, form=other))
    with replacing_all(force=force) as fresh:
        for name, rows in tables.items():
            file = folder / f"{name}.{form}"
            if rows or TABLES[name].required_table or file.exists():
                writer(fresh(file), TABLES[name], rows, zone)


def _writer(form: Form) -> _Writer:
    if form == "csv":
        return write_csv
    need("parquet", "pyarrow")
    from poolmatch.tables.parquet_file import write_parquet

    return write_parquet
