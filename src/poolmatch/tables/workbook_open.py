"""Opens a workbook with openpyxl, read-only, with text read as the format defines it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from poolmatch.tables.workbook_guard import check_package, refused

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Reader(ExcelReader):
    """Decodes ``_xHHHH_`` in shared text: openpyxl only strikes out ``x005F_``, wherever it stands."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is None:
            return
        with self.archive.open(part.PartName.lstrip("/")) as source:
            for _, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    text = cast(Text, Text.from_tree(node))
                    runs = [text.plain, *(run.t for run in text.formatted)]
                    self.shared_strings.append("".join(_decoded(run) for run in runs if run))
                    node.clear()


def _decoded(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


@contextmanager
def opened(path: Path, *, results: bool) -> Iterator[Workbook]:
    """Open a workbook for reading.

    Parameters
    ----------
    path
        The file.
    results
        Whether cells with a formula give its stored result, rather than the formula.

    Raises
    ------
    ProblemError
        The file is refused, or is no workbook that can be read.
    """
    check_package(path)
    if not openpyxl.DEFUSEDXML:
        raise refused(path, "cannot be read safely", "unset the environment variable OPENPYXL_DEFUSEDXML")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # on looks, not on cells
        with path.open("rb") as file:
            with _telling_damage(path):
                reader = _Reader(file, read_only=True, data_only=results, keep_links=False)
                reader.read()
            yield reader.wb


def rows_of(sheet: Any, path: Path) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a worksheet as cells, whatever size the file says it has.

    Raises
    ------
    ProblemError
        The worksheet is damaged.
    """
    sheet.reset_dimensions()
    with _telling_damage(path):  # what the reader of the rows raises does not pass through here
        for row in sheet.iter_rows():
            yield tuple(row)


@contextmanager
def _telling_damage(path: Path) -> Iterator[None]:
    """Tell that a file is damaged: openpyxl raises whatever the first damaged part happens to cause."""
    try:
        yield
    except (BadZipFile, ParseError, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError) as error:
        has_entities = any(isinstance(cause, DefusedXmlException) for cause in (error, error.__cause__))
        reason = "holds XML entities, which no workbook needs" if has_entities else "is not a workbook, or is damaged"
        raise refused(path, reason, "save it as .xlsx again") from error
