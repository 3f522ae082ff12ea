"""A copy of a workbook in which what is wrong is shown where it is: colours, comments, and a list with links."""

from __future__ import annotations

import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.issues import Issue
from poolmatch.tables.atomic import digest, replacing_all
from poolmatch.tables.causes import Cause, causes_of
from poolmatch.tables.extras import need
from poolmatch.tables.limits import LIMITS
from poolmatch.vocabulary import mistakes as said
from poolmatch.words import Language

if TYPE_CHECKING:
    from poolmatch.tables.workbook_package import Package

_COPY = re.compile(r"\.(?:{})(?:-\d+)?$".format("|".join({said.SUFFIX.en, said.SUFFIX.nl})))


def marked_copy(
    path: str | os.PathLike[str],
    issues: Iterable[Issue],
    out: str | os.PathLike[str] | None = None,
    language: Language = "en",
) -> Path:
    """Write a copy of a workbook with what is wrong in it where it is; return the path of the copy.

    The cells are coloured, mistakes in red and what is worth a look in yellow, and have a comment that says what is
    wrong and what to do; what a person wrote in a comment stays. The first sheet lists it all by cause, with links to
    the cells. Everything else is as it was. When the copy is corrected and read, that sheet is left alone.

    Parameters
    ----------
    path
        The workbook. It is not changed.
    issues
        What is wrong in it, such as the issues of the `ProblemError` that reading it raised.
    out
        The copy; by default ``pool.mistakes.xlsx`` beside ``pool.xlsx``, or ``pool.fouten.xlsx`` in Dutch. A copy that
        stands there is replaced if nobody has saved it since; else the name gets a number.
    language
        Language of the comments and of the list.

    Raises
    ------
    ProblemError
        The file is no workbook that can be read.
    NotWritten
        The copy cannot be written, or another file stands at ``out``.
    MissingExtra
        A package is not installed.
    """
    need("excel", "openpyxl", "defusedxml")
    from poolmatch.tables.workbook_guard import check_package
    from poolmatch.tables.workbook_open import telling_damage
    from poolmatch.tables.workbook_package import save

    path = Path(path)
    target = _target(path, language) if out is None else Path(out)
    check_package(path, LIMITS)
    ours = {target.name: digest(target)} if target != path and is_copy(target) else None
    with replacing_all(written=ours) as fresh:
        with telling_damage(path), zipfile.ZipFile(path) as archive:
            parts = _parts(archive, list(issues), path.name, language)
        save(parts, fresh(target))
    return target


def is_copy(path: Path) -> bool:
    """Tell whether a file is a copy as `marked_copy` wrote it, which nobody has saved since."""
    from poolmatch.tables.marked_list import PART

    try:
        with zipfile.ZipFile(path) as archive:
            return PART in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _target(path: Path, language: Language) -> Path:
    """Return where the copy goes: what a person has saved stays."""
    stem = f"{_COPY.sub('', path.stem)}.{said.SUFFIX.say(language)}"
    names = (path.with_name(f"{stem}{f'-{n}' if n > 1 else ''}{path.suffix}") for n in range(1, 100))
    return next((name for name in names if name != path and (not name.exists() or is_copy(name))), path)


def _parts(archive: zipfile.ZipFile, issues: list[Issue], file: str, language: Language) -> dict[str, bytes]:
    """Return the parts of the copy."""
    from poolmatch.tables.marked_list import list_first, relation_of
    from poolmatch.tables.marked_sheet import Mark, colours_of, mark_sheet
    from poolmatch.tables.naming import sheet_called
    from poolmatch.tables.workbook_package import Package, named, parsed

    package = Package(archive)
    parts = {fresh: (kind, target) for fresh, kind, target in package.relations(package.book)}
    sheets = {
        sheet.getAttribute("name"): parts[relation_of(sheet).value]
        for sheet in named(parsed(package.read(package.book)), "sheet")
    }
    causes = causes_of(issues, list(sheets))
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for sheet, cells, cause in _cells(causes):
        text = f"{cause.what.say(language)}\n{cause.remedy.say(language)}"
        marks[sheet].append(Mark(cells, cause.severity, text))
    (styles,) = (target for kind, target in parts.values() if kind.endswith("/styles"))
    colours = colours_of(package, styles)
    again = any(sheet_called(title) == "mistakes" for title in sheets)
    for title, (kind, part) in sheets.items():
        if kind.endswith("/worksheet") and sheet_called(title) != "mistakes":
            mark_sheet(package, part, marks[title], colours, again=again)
    list_first(package, causes, file, language)
    return package.parts()


def unmark(package: Package) -> None:
    """Take the marks and the list of a copy out of a workbook, if it is one.

    Parameters
    ----------
    package
        The workbook.
    """
    from poolmatch.tables.marked_list import remove_list
    from poolmatch.tables.marked_sheet import mark_sheet

    if remove_list(package):
        for _, kind, part in package.relations(package.book):
            if kind.endswith("/worksheet"):
                mark_sheet(package, part, (), {}, again=True)


def _cells(causes: Iterable[Cause]) -> Iterator[tuple[str, str, Cause]]:
    for cause in causes:
        for place in cause.places:
            if place.cells:
                yield place.sheet, place.cells, cause
