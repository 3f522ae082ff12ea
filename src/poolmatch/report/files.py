"""Writes what solving gave: the roster to work with, and what the rules and the solver say of it."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from pathlib import Path

from poolmatch.checking import Report
from poolmatch.errors import MissingExtra, words_of
from poolmatch.messages import writing
from poolmatch.report.faces import FACES
from poolmatch.report.faces.face import Told
from poolmatch.results import Result
from poolmatch.tables.atomic import (
    check_folder,
    check_name,
    digest,
    replacing,
    replacing_all,
    telling,
    would_overwrite,
)
from poolmatch.tables.extras import need
from poolmatch.tables.json_text import json_text
from poolmatch.tables.writers import write_roster
from poolmatch.words import Language

_log = logging.getLogger(__name__)


RUN = "run.json"
"""The last of the files of a result: it tells what the others were when they were written."""


def check_target(folder: str | os.PathLike[str], *, force: bool = False) -> None:
    """Make sure that a result can be written in a folder, before the work for it is done.

    Parameters
    ----------
    folder
        Where the files are to go; it need not be there.
    force
        Whether files may be replaced that poolmatch did not write, or that were changed since.

    Raises
    ------
    ValueError
        The folder or a file has a name that Windows keeps for devices, or a file is a symbolic link.
    WouldOverwrite
        Such files are there.
    NotWritten
        Nothing can be written there.
    """
    folder, names = Path(folder), (*FACES, RUN)
    check_folder(folder)
    for name in names:
        check_name(folder / name)
    written = _written(folder)
    with telling(lambda: folder):
        foreign = [
            folder / name for name in names if (folder / name).exists() and digest(folder / name) != written.get(name)
        ]
    if foreign and not force:
        raise would_overwrite(foreign, writing.CHANGED)


def _written(folder: Path) -> dict[str, str]:
    """Return the digest of each file of a result as it was written; nothing where none is there, or a changed one.

    ``run.json`` holds them, and one of its other content for itself.
    """
    path = folder / RUN
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        files = {str(name): str(value) for name, value in run.pop("files").items()}
        return files | {RUN: digest(path) if files.get(RUN) == _seal(run) else ""}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}  # not there, or not written by poolmatch


def _seal(run: object) -> str:
    return hashlib.sha256(json.dumps(run, sort_keys=True).encode()).hexdigest()


def write_result(
    result: Result, folder: str | os.PathLike[str], language: Language = "en", *, force: bool = False
) -> tuple[Path, ...]:
    """Write the roster as CSV and workbook, report and run as JSON, and the certificate as JSON and text.

    All files are whole before the first takes its place. The files of an earlier result are replaced, unless they
    were changed since. Without the extra ``excel`` there is no workbook, and the log says so.

    Parameters
    ----------
    result
        What ``solve`` returned.
    folder
        Where the files go; made if need be.
    language
        Language of the certificate that is to be read.
    force
        Whether to replace files that poolmatch did not write, or that were changed since. They are kept beside the
        new ones, with ``.bak`` behind their names.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    ValueError
        A file is a symbolic link.
    WouldOverwrite
        Files stand there that would be lost; nothing was written.
    NotWritten
        A file cannot be written; what stood there before is still there.
    """
    folder = Path(folder)
    check_target(folder, force=force)
    told = Told(result, language)
    places: dict[str, Path] = {}
    with telling(lambda: folder):
        folder.mkdir(parents=True, exist_ok=True)
    with replacing_all(force=force, written=_written(folder)) as place:
        for name, face in FACES.items():
            try:
                need(face.extra, *face.packages)
            except MissingExtra as missing:
                _log.warning("%s", writing.LEFT_OUT.fill(file=name, reason=words_of(missing)))
                continue
            places[name] = place(folder / name)
            face.write(told, places[name])
        run = json.loads(json.dumps(result.run_dict()))
        files = _written(folder) | {name: digest(file) for name, file in places.items()} | {RUN: _seal(run)}
        places[RUN] = place(folder / RUN)
        places[RUN].write_text(json_text(run | {"files": files}), encoding="utf-8")
    return tuple(folder / name for name in places)


def write_judged(report: Report, path: Path, language: Language = "en", *, force: bool = False) -> None:
    """Write a roster that was judged: as a workbook to hang up and to edit, or as a table.

    Parameters
    ----------
    report
        What the rules say of the roster.
    path
        A file that ends in ``.xlsx``, ``.csv`` or ``.parquet``.
    language
        Language of the workbook.
    force
        As for `write_roster`.

    Raises
    ------
    MissingExtra, ValueError, WouldOverwrite, NotWritten
        As for `write_roster`.
    """
    if path.suffix.lower() != ".xlsx":
        write_roster(report.roster, path, report.problem, force=force)
        return
    need("excel", "xlsxwriter")
    from poolmatch.report import results_workbook  # here, because its package may be missing

    with replacing(path, force=force) as temporary:
        results_workbook.write_judged(temporary, report, language)
