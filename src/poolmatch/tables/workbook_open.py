"""Opens a workbook with openpyxl, read-only, with text read as the format defines it."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from poolmatch.messages import files
from poolmatch.tables.limits import Limits
from poolmatch.tables.workbook_guard import check_package, refused
from poolmatch.tables.workbook_layout import Layout

_DAMAGE = (
    *(BadZipFile, ParseError, ExpatError, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError),
    *(zlib.error, NotImplementedError),
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Reader(ExcelReader):
    """Decodes ``_xHHHH_`` in text: openpyxl only strikes out ``x005F_``, wherever it stands."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is None:
            return
        with self.archive.open(part.PartName.lstrip("/")) as source:
            for _, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    self.shared_strings.append(_text(node))
                    node.clear()


class _Parser(WorkSheetParser):
    """Reads rows one by one as openpyxl does, and of the rest of a worksheet only its layout.

    openpyxl's own loop keeps an object for each row with a height and for each rule of format or validation.
    """

    def __init__(self, source: Any, sheet: Any, layout: Layout) -> None:
        book = sheet.parent
        super().__init__(
            source,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.layout = layout

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        held = element.find(f"{{{SHEET_MAIN_NS}}}is")
        if held is not None and cell["data_type"] == "s":
            cell["value"] = _text(held)
        return cell

    def parse(self) -> Generator[tuple[int, list[dict[str, Any]]], None, None]:
        beyond = False  # the rows, which come whole: their parts are kept until the row ends
        for _, node in iterparse(self.source):
            name = node.tag.rpartition("}")[2]
            beyond = beyond or name == "sheetData"
            if name == "row":
                number, cells = self.parse_row(node)
                self.row_dimensions.clear()
                if _is_set(node, "hidden") and any(cell["value"] is not None for cell in cells):
                    self.layout.hidden_rows.append(number)
                yield number, cells
            elif name == "col" and _is_set(node, "hidden"):
                self.layout.hide_columns(int(node.get("min")), int(node.get("max")))
            elif name == "mergeCell":
                self.layout.merge(node.get("ref"))
            elif name == "filterColumn":
                self.layout.filtered = True
            if beyond or name in ("row", "col"):
                node.clear()


def _is_set(node: Any, name: str) -> bool:
    return node.get(name) in ("1", "true")


def _text(node: Any) -> str:
    """Return the text that an element holds, whose parts may look differently."""
    text = cast(Text, Text.from_tree(node))
    runs = [text.plain, *(run.t for run in text.formatted)]
    return "".join(_decoded(run) for run in runs if run)


def _decoded(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


@contextmanager
def opened(path: Path, limits: Limits, *, results: bool, protected: bool = openpyxl.DEFUSEDXML) -> Iterator[Workbook]:
    """Open a workbook for reading.

    Parameters
    ----------
    path
        The file.
    limits
        How large it may be.
    results
        Whether cells with a formula give its stored result, rather than the formula.
    protected
        Whether openpyxl parses XML so that no entity in it can take all memory.

    Raises
    ------
    ProblemError
        The file is refused, or is no workbook that can be read.
    """
    check_package(path, limits)
    if not protected:
        raise refused(path, files.UNSAFE)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # on looks, not on cells
        with path.open("rb") as file:
            with telling_damage(path):
                reader = _Reader(file, read_only=True, data_only=results, keep_links=False)
                reader.read()
            yield reader.wb


def rows_of(sheet: Any, path: Path, layout: Layout) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a worksheet as cells, whatever size the file says it has.

    Parameters
    ----------
    sheet
        The worksheet.
    path
        The file it stands in.
    layout
        Is filled with what the worksheet does with its cells.

    Raises
    ------
    ProblemError
        The worksheet is damaged.
    """
    with telling_damage(path), sheet._get_source() as source:  # what the reader of the rows raises passes not here
        reached = 0
        for number, cells in _Parser(source, sheet, layout).parse():
            for _ in range(reached + 1, number):  # rows that the file leaves out
                yield ()
            if number > reached:
                reached = number
                yield sheet._get_row(cells)


@contextmanager
def telling_damage(path: Path) -> Iterator[None]:
    """Tell that a file is damaged: openpyxl raises whatever the first damaged part happens to cause."""
    try:
        yield
    except _DAMAGE as error:
        has_entities = any(isinstance(cause, DefusedXmlException) for cause in (error, error.__cause__))
        raise refused(path, files.ENTITIES if has_entities else files.NOT_A_WORKBOOK) from error
