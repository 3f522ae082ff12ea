"""Writes an answer to a file: as a workbook, as text, or as data."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from poolmatch.messages import writing
from poolmatch.report.sections.section import Content
from poolmatch.report.text import told
from poolmatch.tables.atomic import replacing
from poolmatch.tables.extras import need
from poolmatch.tables.json_text import json_text
from poolmatch.words import Language


def write_answer(
    content: Content,
    path: str | os.PathLike[str],
    language: Language = "en",
    *,
    data: Mapping[str, Any] | None = None,
    force: bool = False,
) -> None:
    """Write an answer in the form that the name of the file asks for: ``.xlsx``, ``.txt`` or ``.json``.

    Parameters
    ----------
    content
        The answer.
    path
        The file.
    language
        Language of what people read.
    data
        The answer as data, for a JSON document; None is what is said, as text.
    force
        Whether to replace a file that says something else. It is kept beside it, with ``.bak`` behind its name.

    Raises
    ------
    MissingExtra
        A workbook is asked for, and the package xlsxwriter is not installed.
    ValueError
        The name has another ending, is a symbolic link, or a name that Windows keeps for devices.
    WouldOverwrite
        Something else stands there; nothing was written.
    NotWritten
        It cannot be written; what stood there before is still there.
    """
    path = Path(path)
    check_ending(path)
    with replacing(path, force=force) as temporary:
        FORMS[path.suffix.lower()](temporary, content, language, data)


def check_ending(path: Path) -> None:
    """Raise ValueError where the name of a file does not tell in which form an answer is to be written."""
    if path.suffix.lower() not in FORMS:
        raise ValueError(writing.ANSWER_ENDING.fill(file=path.name))


def _workbook(path: Path, content: Content, language: Language, _: object) -> None:
    need("excel", "xlsxwriter")
    from poolmatch.report.workbook import write_workbook

    write_workbook(path, content, language)


def _text(path: Path, content: Content, language: Language, _: object) -> None:
    path.write_text(told(content, language) + "\n", encoding="utf-8")


def _json(path: Path, content: Content, language: Language, data: Mapping[str, Any] | None) -> None:
    told_so = {"text": told(content, language).splitlines()} if data is None else data
    path.write_text(json_text(told_so), encoding="utf-8")


FORMS: Mapping[str, Callable[[Path, Content, Language, Mapping[str, Any] | None], None]] = {
    ".xlsx": _workbook,
    ".txt": _text,
    ".json": _json,
}
