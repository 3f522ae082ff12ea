"""The Dutch page for coordinators as steps: what is typed into sheets and cells, which commands follow, what they say.

The page itself is the script. A table below the heading of a sheet is typed into that sheet of the workbook; a table
whose first heading is *werkmap* is what somebody changes by hand; a line of code that begins with ``poolmatch`` is run,
and the text below it is what is shown.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
from tests.office import converted

from poolmatch.cli import main

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "van-lege-werkmap-naar-rooster.md"
POOL = "pool.xlsx"
"""The workbook that is filled in."""
LEFT_OUT = "…"
"""A line of what is shown that stands for others."""

_SHEET = re.compile(r"^### Blad (?P<title>.+)$")
_DATE = re.compile(r"^(\d\d?)-(\d\d?)-(\d{4})(?: (\d\d?):(\d\d))?$")
_TABLE = re.compile(r"^\|.*\|$")
_FENCE = re.compile(r"^```(?P<language>\w*)$")


@dataclass(frozen=True)
class Typed:
    """What somebody types into a workbook.

    Attributes
    ----------
    workbook
        The file.
    rows
        The cells of each row by heading, for a sheet that is filled in; else the *blad*, the *cel* and what is typed.
    sheet
        The sheet that is filled in; blank where single cells are changed.
    """

    workbook: str
    rows: Sequence[Mapping[str, str]]
    sheet: str = ""


@dataclass
class Called:
    """A command, and what the page shows of its answer.

    Attributes
    ----------
    words
        The words behind ``poolmatch``.
    shown
        Lines, in order; `LEFT_OUT` stands for any others.
    """

    words: Sequence[str]
    shown: list[str] = field(default_factory=list)


Step = Typed | Called


def steps(text: str) -> Iterator[Step]:
    """Yield what is done on a page, in order.

    Parameters
    ----------
    text
        The page, in Markdown.
    """
    sheet, language, last = "", None, None
    table: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if fence := _FENCE.match(line):
            language = None if language is not None else fence["language"]
        elif language == "sh" and line.startswith("poolmatch "):
            last = Called(shlex.split(line, comments=True)[1:])
            yield last
        elif language == "text" and last is not None:
            last.shown.append(line)
        elif language is None and line.startswith("#"):
            found = _SHEET.match(line)
            sheet = found["title"] if found else ""
        elif language is None and _TABLE.match(line):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table:
            heads, _, *cells = table
            rows = [dict(zip(heads, row, strict=True)) for row in cells]
            if heads[0] == "werkmap":
                yield from (Typed(row["werkmap"], [row]) for row in rows)
            elif sheet:
                yield Typed(POOL, rows, sheet)
            table = []


def kept(text: str) -> str | date:
    """Return what a Dutch program for spreadsheets makes of what is typed: a date of a date, of most else the text.

    Parameters
    ----------
    text
        What is typed.
    """
    found = _DATE.match(text)
    if not found:
        return text
    day, month, year, hour, minute = (int(part or 0) for part in found.groups())
    if found[4] is None:
        return date(year, month, day)
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - a local clock time


def typed(step: Typed, folder: Path) -> None:
    """Type into a workbook.

    Parameters
    ----------
    step
        What.
    folder
        Where the workbook stands.
    """
    path = folder / step.workbook
    book = openpyxl.load_workbook(path)
    if not step.sheet:
        for row in step.rows:
            book[row["blad"]][row["cel"]] = kept(row["u typt"])
    else:
        sheet = book[step.sheet]
        places = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
        for number, row in enumerate(step.rows, 2):
            for head, value in row.items():
                if value:
                    sheet.cell(number, places[head], kept(value))
    book.save(path)


def called(step: Called) -> tuple[int, str]:
    """Run a command here, and return its exit code and what it shows.

    Parameters
    ----------
    step
        The command.
    """
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(list(step.words))
    return code, said.getvalue()


def walk(folder: Path, after: Callable[[Called, tuple[int, str]], None], saved: Callable[[Path], object]) -> None:
    """Do all that the page says, in a folder.

    Parameters
    ----------
    folder
        Where; it becomes the folder of this process for as long as it takes.
    after
        Is told of each command that was called, with what it answered.
    saved
        What a program for spreadsheets does when a workbook is saved.
    """
    plan = list(steps(PAGE.read_text("utf-8")))
    changed: dict[str, None] = {}
    with contextlib.chdir(folder):
        for step in plan:
            if isinstance(step, Typed):
                typed(step, folder)
                changed[step.workbook] = None
                continue
            for name in changed:
                saved(folder / name)
            changed.clear()
            after(step, called(step))


class Done(NamedTuple):
    """What came of the page.

    Attributes
    ----------
    folder
        Where it was done.
    answers
        Each command, with its exit code and what it showed.
    """

    folder: Path
    answers: list[tuple[Called, int, str]]


def follow(folder: Path, office: Path | None = None) -> Done:
    """Do all that the page says.

    Parameters
    ----------
    folder
        Where.
    office
        Where LibreOffice works, which then saves every workbook that was changed; None where nothing does.
    """
    answers: list[tuple[Called, int, str]] = []

    def saved(path: Path) -> None:
        if office is not None:
            converted(path, office).replace(path)

    walk(folder, lambda step, said: answers.append((step, *said)), saved)
    return Done(folder, answers)
