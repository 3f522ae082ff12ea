"""Sheets of a workbook that a person keeps, changed as those of one that was written anew have it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from xml.sax.saxutils import unescape

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from poolmatch.tables.marked_list import relation_of
from poolmatch.tables.sheet_lines import Change, SheetLines, Stored
from poolmatch.tables.sheet_styles import Styles
from poolmatch.tables.source import letters
from poolmatch.tables.workbook_package import Package, add, named, parsed, written

_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TEXT = re.compile(r"<((?:\w+:)?)si\b[^>]*?(?:/>|>(.*?)</\1si\s*>)", re.DOTALL)
_SPOKEN = re.compile(r"<((?:\w+:)?)t\b[^>]*?>(.*?)</\1t\s*>", re.DOTALL)
_LEFT_OUT = ("legacyDrawing", "dataValidations", "conditionalFormatting", "autoFilter")
"""What a sheet that is taken over does without: it speaks of other parts of the workbook that it comes from."""
_AREAS = ("_xlnm._FilterDatabase", "_xlnm.Print_Area")


class Sheets:
    """The worksheets of a workbook by their titles.

    Parameters
    ----------
    package
        The workbook.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package)
        self._lines: dict[str, SheetLines] = {}
        parts = {fresh: (kind, target) for fresh, kind, target in package.relations(package.book)}
        found = [
            (sheet.getAttribute("name"), *parts[relation_of(sheet).value])
            for sheet in named(parsed(package.read(package.book)), "sheet")
        ]
        self.titles = [title for title, _, _ in found]
        self.parts = {title: part for title, kind, part in found if kind.endswith("/worksheet")}

    def lines(self, title: str) -> SheetLines:
        """Return the lines of a worksheet, to be changed."""
        if title not in self._lines:
            self._lines[title] = SheetLines(self.package.read(self.parts[title]))
        return self._lines[title]

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells share, as they are stored."""
        found = (
            target for _, kind, target in self.package.relations(self.package.book) if kind.endswith("/sharedStrings")
        )
        return [text[2] or "" for part in found for text in _TEXT.finditer(self.package.read(part).decode())]

    def text_of(self, cell: Stored) -> str:
        """Return the text of a cell, without its looks."""
        stored = self.texts[int(cell.result)] if cell.kind == "s" else cell.content if cell.kind == "inlineStr" else ""
        return unescape("".join(run[2] for run in _SPOKEN.finditer(stored)))

    def save(self) -> None:
        """Put what was changed into the workbook."""
        for title, lines in self._lines.items():
            self.package.write(self.parts[title], lines.stored())
        self.styles.save()

    def add(self, title: str, content: bytes) -> None:
        """Add a worksheet behind all others."""
        part = self.package.free("xl/worksheets/poolmatchTable{}.xml")
        self.package.write(part, content)
        self.package.declare(part, _WORKSHEET)
        relation = self.package.relate(self.package.book, "worksheet", part)
        book = parsed(self.package.read(self.package.book))
        listed = named(book, "sheet")
        number = 1 + max(int(sheet.getAttribute("sheetId")) for sheet in listed)
        made = add(listed[0].parentNode, "sheet", sheetId=number)
        made.setAttribute("name", title)
        made.setAttribute(relation_of(listed[0]).name, relation)
        self.package.write(self.package.book, written(book))
        self.titles.append(title)
        self.parts[title] = part


class Fresh:
    """A workbook that was written anew, from which cells and sheets are taken into one that a person keeps.

    Parameters
    ----------
    package
        The workbook, as xlsxwriter stores it.
    """

    def __init__(self, package: Package) -> None:
        self.sheets = Sheets(package)

    def cells(self, title: str, line: int, into: Sheets, there: str) -> dict[int, Stored]:
        """Return the cells of a line as another workbook stores them.

        Parameters
        ----------
        title, line
            The worksheet, and its line.
        into, there
            The other workbook, and the worksheet in it.
        """
        prefix = into.lines(there).prefix
        return {place: self._taken(cell, into, prefix) for place, cell in self.sheets.lines(title).cells(line).items()}

    def _taken(self, cell: Stored, into: Sheets, prefix: str = "") -> Stored:
        kind, content = cell.kind, cell.content
        if kind == "s":
            kind, content = "inlineStr", f"<is>{self.sheets.texts[int(cell.result)]}</is>"
        if prefix:
            content = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", content)
        return Stored(into.styles.take(self.sheets.styles, cell.style), kind, content)

    def take_sheet(self, title: str, into: Sheets) -> None:
        """Take a whole worksheet into a workbook."""
        lines = SheetLines(self.sheets.package.read(self.sheets.parts[title]))
        for number in lines.numbers():
            lines.replace(number, lambda _, cell: self._taken(cell, into))
        for name in _LEFT_OUT:
            lines.tail = re.sub(rf"<{name}\b[^>]*?(?:/>|>.*?</{name}>)", "", lines.tail, flags=re.DOTALL)
        lines.head = re.sub(
            r'(<col [^>]*style=")(\d+)',
            lambda found: f"{found[1]}{into.styles.take(self.sheets.styles, int(found[2]))}",
            lines.head,
        ).replace(' tabSelected="1"', "")
        into.add(title, lines.stored())


def change_rows(sheets: Sheets, title: str, change: Change, header: int, before: int, after: int) -> None:
    """Change the rows of a table, with all that hangs on them.

    Parameters
    ----------
    sheets, title
        The workbook, and the worksheet.
    change
        What becomes of the rows.
    header
        Line of the headings.
    before, after
        Last line of the table, before and after.
    """
    lines = sheets.lines(title)
    lines.apply(change)
    if change.gone:
        _move_beside(sheets.package, sheets.parts[title], lines, change)
    if after > before:
        _extend(sheets, title, lines, header, after)


def _move_beside(package: Package, part: str, lines: SheetLines, change: Change) -> None:
    """Let links and comments go where their rows go."""
    goes = change.place_of()

    def place_of(cell: str) -> str | None:
        column, line = coordinate_from_string(cell.partition(":")[0])
        there = goes(line, column_index_from_string(column) - 1)
        return None if there is None else f"{letters(there[1])}{there[0]}"

    def linked(found: re.Match[str]) -> str:
        there = place_of(found[2])
        return "" if there is None else f"{found[1]}{there}{found[3]}"

    link = r"""(<(?:\w+:)?hyperlink\b[^>]*?(?<![\w:])ref\s*=\s*["'])([^"']*)(["'][^>]*?/>)"""
    lines.tail = re.sub(link, linked, lines.tail)
    lines.tail = re.sub(r"<((?:\w+:)?hyperlinks)\b[^>]*>\s*</\1>", "", lines.tail)
    for _, kind, target in package.relations(part):
        if kind.endswith(("/comments", "/threadedComment")):
            document = parsed(package.read(target))
            for comment in named(document, "comment", "threadedComment"):
                there = place_of(comment.getAttribute("ref"))
                if there is None:
                    comment.parentNode.removeChild(comment)
                else:
                    comment.setAttribute("ref", there)
            package.write(target, written(document))
        elif kind.endswith("/vmlDrawing"):
            package.write(target, _boxes(package.read(target).decode(), goes).encode())


_SHAPE = re.compile(r"<((?:\w+:)?)shape\b(?:(?!</\1shape>).)*?</\1shape>", re.DOTALL)
_ROW, _PLACE = (re.compile(rf"(<(?:\w+:)?{name}>\s*)(\d+)(\s*</)") for name in ("Row", "Column"))


def _boxes(drawn: str, goes: Callable[[int, int], tuple[int, int] | None]) -> str:
    """Return the drawing of comments with each box where its comment is."""

    def box(found: re.Match[str]) -> str:
        row, place = _ROW.search(found[0]), _PLACE.search(found[0])
        if row is None or place is None:
            return found[0]
        there = goes(int(row[2]) + 1, int(place[2]))
        return "" if there is None else _ROW.sub(rf"\g<1>{there[0] - 1}\g<3>", found[0])

    return _SHAPE.sub(box, drawn)


def _extend(sheets: Sheets, title: str, lines: SheetLines, header: int, last: int) -> None:
    """Let the filter, the printed area and a table of the spreadsheet program hold rows that were added."""

    def extended(area: str) -> str:
        found = re.fullmatch(r"(.*?\$?[A-Z]{1,3}\$?)(\d+)(:\$?[A-Z]{1,3}\$?)(\d+)", area)
        if found is None or not int(found[2]) <= header < last or int(found[4]) >= last:
            return area
        return f"{found[1]}{found[2]}{found[3]}{last}"

    package = sheets.package
    lines.tail = re.sub(
        r"""(<(?:\w+:)?autoFilter\b[^>]*?(?<![\w:])ref\s*=\s*")([^"]*)""",
        lambda found: found[1] + extended(found[2]),
        lines.tail,
    )
    book = parsed(package.read(package.book))
    for name in named(book, "definedName"):
        if name.getAttribute("name") in _AREAS and name.getAttribute("localSheetId") == str(sheets.titles.index(title)):
            name.firstChild.data = extended(name.firstChild.data)
    package.write(package.book, written(book))
    for _, kind, target in package.relations(sheets.parts[title]):
        if kind.endswith("/table"):
            document = parsed(package.read(target))
            for node in [document.documentElement, *named(document, "autoFilter")]:
                node.setAttribute("ref", extended(node.getAttribute("ref")))
            package.write(target, written(document))
