"""Reads a problem or a roster from whatever form it has."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.document import parse_document
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import EditedRow, Roster
from poolmatch.domain.row import Row
from poolmatch.errors import ProblemError
from poolmatch.messages import files
from poolmatch.tables.csv_file import read_csv, read_grid
from poolmatch.tables.extras import need
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.naming import language_of, sheet_called
from poolmatch.tables.notation import Notation
from poolmatch.tables.reading import Reading
from poolmatch.tables.references import resolve
from poolmatch.tables.roster import roster_of
from poolmatch.tables.saved_sheets import by_sheet
from poolmatch.tables.seat_names import resolve_seats
from poolmatch.tables.titles import tables_by_title
from poolmatch.tables.workbook_guard import COMPOUND_FILE, refused
from poolmatch.words import grouped

_LOCK = "~$"
"""How the name of the file begins that Excel keeps beside a workbook while it is open."""


def read(
    path: str | os.PathLike[str],
    *,
    decimal: str | None = None,
    encoding: str = "utf-8",
    locale: str | None = None,
) -> Problem:
    """Read a problem from a folder of CSV or Parquet files, a workbook or a JSON document.

    The form is recognised by what the path is. A workbook may be in Dutch, and is then read as Dutch people write; in
    any workbook a person, organisation or meeting may be written by its name where that is unique. What is doubtful
    is found in ``warnings`` of the result. A file may have 200 MiB, unpacked 256 MiB, and a table a million rows and
    a hundred columns; larger ones are refused.

    Parameters
    ----------
    path
        The folder or file.
    decimal
        Decimal sign of numbers in CSV files and of numbers that a workbook holds as text: "." or ",". By default that
        of the locale.
    encoding
        Encoding of CSV files, such as "cp1252". A byte order mark counts before it.
    locale
        "nl" for files of Dutch programs: decimal comma, dates as 29-3-2026, times as 19.30 or 19:30, ja and nee.
        Dates as poolmatch writes them are read too, and a decimal point in files that commas separate. None, the
        default, for what poolmatch writes alone. What is written in another way is never guessed.

    Raises
    ------
    ProblemError
        With *all* issues, each with table, row, column, reason and remedy.
    MissingExtra
        A workbook or Parquet file needs a package that is not installed.
    ValueError
        The decimal sign is neither "." nor ",", or the encoding or locale is not known.
    """
    return reading_of(path, decimal=decimal, encoding=encoding, locale=locale).problem()


def reading_of(
    path: str | os.PathLike[str],
    *,
    decimal: str | None = None,
    encoding: str = "utf-8",
    locale: str | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Return what the files of a problem hold, before it is judged; parameters and errors as of ``read``.

    The limits are how large the files may be.
    """
    notation = Notation(decimal, locale)
    _check_encoding(encoding)
    path = Path(path)
    reading = Reading(limits=limits)
    if path.is_dir():
        _read_folder(path, reading, notation=notation, encoding=encoding)
    elif _is_workbook(path):
        _read_workbook(path, TABLES, reading, notation=notation)
        resolve(reading)
        resolve_seats(reading)
    elif path.suffix.lower() == ".json":
        reading.tables = dict(parse_document(_json_of(path, limits)))
    elif path.suffix.lower() in (".csv", ".parquet"):
        raise refused(path, files.ONE_TABLE)
    else:
        raise refused(path, files.NO_FORM)
    return reading


def read_roster(
    path: str | os.PathLike[str],
    problem: Problem,
    *,
    decimal: str | None = None,
    encoding: str = "utf-8",
    locale: str | None = None,
) -> Roster:
    """Read a roster from a CSV file, a Parquet file, or the sheet ``roster`` of a workbook.

    Rows are judged by themselves; whether they agree with the problem is for ``check`` to say.

    Parameters
    ----------
    path
        The file.
    problem
        The problem it is a roster of: times without an offset are local time of its period.
    decimal, encoding, locale
        As for ``read``.

    Raises
    ------
    ProblemError
        With *all* issues, each with row, column, reason and remedy.
    MissingExtra
        A workbook or Parquet file needs a package that is not installed.
    ValueError
        The decimal sign is neither "." nor ",", or the encoding or locale is not known.
    """
    reading = roster_reading_of(path, decimal=decimal, encoding=encoding, locale=locale)
    return roster_of(reading, problem)


def roster_reading_of(
    path: str | os.PathLike[str],
    *,
    decimal: str | None = None,
    encoding: str = "utf-8",
    locale: str | None = None,
) -> Reading:
    """Return what the file of a roster holds, before it is judged; parameters and errors as of ``read_roster``."""
    notation = Notation(decimal, locale)
    _check_encoding(encoding)
    path = Path(path)
    reading = Reading()
    if path.is_dir():
        raise refused(path, files.ROSTER_IS_FOLDER)
    if _is_workbook(path):
        _read_workbook(path, {EditedRow.table: EditedRow}, reading, notation=notation)
    elif path.suffix.lower() == ".parquet":
        _read_parquet(path, EditedRow, reading)
    elif path.suffix.lower() == ".csv":
        read_csv(path, EditedRow, reading, notation=notation, encoding=encoding)
    else:
        raise refused(path, files.NO_FORM_OF_ROSTER)
    return reading


def _check_encoding(encoding: str) -> None:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise ValueError(files.NO_ENCODING) from None


def _is_workbook(path: Path) -> bool:
    """Tell whether a file is meant as a workbook: by its name, or by how it begins.

    Raises
    ------
    ProblemError
        There is no such file.
    """
    if path.name.startswith(_LOCK):
        raise refused(path, files.LOCK_FILE.fill(file=path.name.removeprefix(_LOCK)))
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except PermissionError:
        raise refused(path, files.IN_USE) from None
    except OSError as error:
        raise refused(path, files.MISSING if isinstance(error, FileNotFoundError) else files.CLOSED) from None
    suffixes = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")
    return path.suffix.lower() in suffixes or start.startswith((b"PK\x03\x04", COMPOUND_FILE))


def _read_folder(folder: Path, reading: Reading, *, notation: Notation, encoding: str) -> None:
    found = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith((".", _LOCK)))
    csv_files = [file for file in found if file.suffix.lower() == ".csv"]
    parquet_files = [file for file in found if file.suffix.lower() == ".parquet"]
    if csv_files and parquet_files:
        raise refused(folder, files.TWO_FORMS)
    if not csv_files and not parquet_files:
        raise refused(folder, files.NO_FILES)
    if parquet_files:
        for file in parquet_files:
            kind = TABLES.get(file.stem)
            if kind is None:
                reading.tables[file.stem] = []  # the domain warns of it and suggests a name
            else:
                _read_parquet(file, kind, reading)
    else:
        _read_csv_files(by_sheet(folder, csv_files, reading), reading, notation=notation, encoding=encoding)


def _read_csv_files(found: Mapping[str, Path], reading: Reading, *, notation: Notation, encoding: str) -> None:
    """Read CSV files, by the titles of the sheets that they were or could be."""
    saved = any(title != file.stem for title, file in found.items())
    language = language_of(found)
    tables = {title: title for title in found if title in TABLES}
    if saved or language == "nl":  # it was a workbook, in which people call things as they do
        reading.language = language
        notation = notation.of_dutch_file() if language == "nl" else replace(notation, spoken=True)
        tables = tables_by_title(found, TABLES, reading)
    else:
        unknown = (title for title in found if title not in TABLES and sheet_called(title) is None)
        reading.tables |= {title: [] for title in unknown}  # the domain warns of it and suggests a name
    for title, file in found.items():
        if title in tables:
            read_csv(file, TABLES[tables[title]], reading, notation=notation, encoding=encoding)
    for title, file in found.items():  # after the tables, to which it adds rows
        if sheet_called(title) == "grid":
            read_grid(file, title, reading, notation=notation, encoding=encoding)
    if reading.language is not None:
        resolve(reading)
        resolve_seats(reading)


def _read_parquet(path: Path, kind: type[Row], reading: Reading) -> None:
    need("parquet", "pyarrow")
    from poolmatch.tables.parquet_file import read_parquet

    read_parquet(path, kind, reading)


def _read_workbook(path: Path, kinds: Mapping[str, type[Row]], reading: Reading, *, notation: Notation) -> None:
    need("excel", "openpyxl", "defusedxml")
    from poolmatch.tables.workbook_read import read_sheets

    reading.workbook = path
    if any(path.with_name(name).exists() for name in (f"{_LOCK}{path.name}", f".~lock.{path.name}#")):
        reading.note(path.name, files.OPEN_ELSEWHERE)
    try:
        read_sheets(path, kinds, reading, notation=notation)
    except ProblemError as error:  # damage may show only after some sheets have been read
        raise reading.refusal(error.each) from None


def _json_of(path: Path, limits: Limits) -> bytes:
    if path.stat().st_size > limits.file_bytes:
        raise refused(path, files.TOO_LARGE.fill(most=grouped(limits.file_bytes)))
    return path.read_bytes()
