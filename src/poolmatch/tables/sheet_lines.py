"""The lines of a worksheet as they are stored, of which some are changed: all others stay to the letter.

A table is changed within its own columns alone. What stands beside it, such as a note, keeps its place; what belongs
to a row, such as its colours, its comments and columns of one's own, goes where the row goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, unescape

from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import column_index_from_string

from poolmatch.tables.marked_sheet import AFTER_FORMATS
from poolmatch.tables.source import letters

_CELLS = re.compile(r"<((?:\w+:)?)sheetData\b[^>]*?(?:/>|>(.*)</\1sheetData\s*>)", re.DOTALL)
_LINE = re.compile(r"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row\s*>)", re.DOTALL)
_CELL = re.compile(r"<((?:\w+:)?)c\b([^>]*?)(?:/>|>(.*?)</\1c\s*>)", re.DOTALL)
_FORMULA = re.compile(r"<((?:\w+:)?)f\b([^>]*?)(?:/>|>(.*?)</\1f\s*>)", re.DOTALL)
_RESULT = re.compile(r"<((?:\w+:)?)v\b[^>]*>.*?</\1v\s*>", re.DOTALL)
_COLUMN = re.compile(r"<(?:\w+:)?col\b([^>]*?)/?>")
_DIMENSION = re.compile(r"""(<(?:\w+:)?dimension\b[^>]*?ref\s*=\s*["'][A-Z]+\d+)(?::([A-Z]+)(\d+))?""")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}


class UnusualWorkbook(Exception):
    """A workbook is stored in a way in which its lines cannot be changed one by one."""


def attribute(text: str, name: str) -> str | None:
    """Return an attribute of an element, from the text of all of them."""
    found = re.search(rf"""(?<![\w:]){name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", text)
    return None if found is None else found[1] if found[1] is not None else found[2]


@dataclass(frozen=True)
class Stored:
    """A cell as it is stored.

    Attributes
    ----------
    style
        Number of its format.
    kind
        What its content is, as the format calls it; "" for a number.
    content
        The elements within it.
    """

    style: int = 0
    kind: str = ""
    content: str = ""

    @property
    def is_formula(self) -> bool:
        """Whether a formula stands in it."""
        return _FORMULA.search(self.content) is not None

    @property
    def number(self) -> float | None:
        """The number that it holds, or that its formula has come to."""
        return float(self.result) if self.kind in ("", "n") and self.result else None

    @property
    def result(self) -> str:
        """What is stored as its value, as text."""
        found = _RESULT.search(self.content)
        return re.sub("<[^>]*>", "", found[0]) if found else ""

    def with_result(self, number: float | None) -> Stored:
        """Return the formula with another result; None for the empty text."""
        prefix = (_FORMULA.search(self.content) or [""] * 2)[1]
        formula = _RESULT.sub("", self.content)
        text = "" if number is None else f"{number:g}"
        return Stored(self.style, "str" if number is None else "", f"{formula}<{prefix}v>{text}</{prefix}v>")

    def moved(self, before: str, after: str) -> Stored:
        """Return the cell in another place: a formula is still about the cells beside it."""
        found = _FORMULA.search(self.content)
        if found is None:
            return self
        if attribute(found[2], "t") is not None or not found[3]:  # of several cells together: what it has come to
            return Stored(self.style, self.kind, _FORMULA.sub("", self.content))
        there = Translator(f"={unescape(found[3], _ENTITIES)}", origin=before).translate_formula(after)
        plain = f"<{found[1]}f>{escape(there[1:])}</{found[1]}f>"
        return Stored(self.style, self.kind, self.content.replace(found[0], plain))


@dataclass
class Change:
    """What becomes of the rows of a table.

    Attributes
    ----------
    width
        Columns of the table.
    moves
        Lines of rows that stay, by the line to which they go.
    fresh
        New cells by their line and place: those of new rows, and of rows that stay but for these.
    gone
        Lines of rows that do not stay where they are.
    """

    width: int
    moves: dict[int, int] = field(default_factory=dict)
    fresh: dict[int, Mapping[int, Stored]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def place_of(self) -> Callable[[int, int], tuple[int, int] | None]:
        """Return what tells where that goes which belongs to a cell, by line and place; None where it goes out."""
        after = {before: number for number, before in self.moves.items()}

        def there(line: int, place: int) -> tuple[int, int] | None:
            if place >= self.width or line not in self.gone:
                return line, place
            return (after[line], place) if line in after else None

        return there


class SheetLines:
    """The lines of a worksheet.

    Parameters
    ----------
    content
        The worksheet as it is stored.

    Raises
    ------
    UnusualWorkbook
        Lines or cells do not say where they stand.
    """

    def __init__(self, content: bytes) -> None:
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise UnusualWorkbook from None
        found = _CELLS.search(text)
        if found is None:
            raise UnusualWorkbook
        self.head, self.tail, self.prefix = text[: found.start()], text[found.end() :], found[1]
        self._lines: dict[int, str] = {}
        self._right = 0
        for line in _LINE.finditer(found[2] or ""):
            number = attribute(line[2], "r")
            if number is None:
                raise UnusualWorkbook
            self._lines[int(number)] = line[0]
        self.styles: dict[int, int] = {}
        for column in _COLUMN.finditer(self.head):
            first, last, style = (int(attribute(column[1], name) or 0) for name in ("min", "max", "style"))
            self.styles |= dict.fromkeys(range(first - 1, min(last, 1_000)), style)

    def numbers(self) -> list[int]:
        """Return the numbers of the lines that are stored."""
        return sorted(self._lines)

    def cells(self, number: int) -> dict[int, Stored]:
        """Return the cells of a line by their place, counted from 0."""
        return self._parsed(number)[1]

    def looks(self, number: int) -> str:
        """Return the attributes of a line."""
        return self._parsed(number)[0]

    def _parsed(self, number: int) -> tuple[str, dict[int, Stored]]:
        found = _LINE.search(self._lines.get(number, ""))
        if found is None:
            return "", {}
        cells = {}
        for cell in _CELL.finditer(found[3] or ""):
            at = re.fullmatch(r"([A-Z]+)\d+", attribute(cell[2], "r") or "")
            if at is None:
                raise UnusualWorkbook
            style = int(attribute(cell[2], "s") or 0)
            cells[column_index_from_string(at[1]) - 1] = Stored(style, attribute(cell[2], "t") or "", cell[3] or "")
        return found[2], cells

    def put(self, number: int, cells: Mapping[int, Stored], looks: str = "") -> None:
        """Let a line hold these cells.

        Parameters
        ----------
        number
            The line.
        cells
            The cells by their place.
        looks
            The attributes of a line that looks the same.
        """
        if not cells:
            self._lines.pop(number, None)
            return
        self._right = max(self._right, *cells)
        looks = re.sub(r"""\s*(?<![\w:])(?:r|spans)\s*=\s*(?:"[^"]*"|'[^']*')""", "", looks)
        held = "".join(self._cell(number, place, cells[place]) for place in sorted(cells))
        self._lines[number] = f'<{self.prefix}row r="{number}"{looks}>{held}</{self.prefix}row>'

    def _cell(self, number: int, place: int, cell: Stored) -> str:
        kind = f' t="{cell.kind}"' if cell.kind and cell.content else ""
        start = f'<{self.prefix}c r="{letters(place)}{number}" s="{cell.style}"{kind}'
        return f"{start}>{cell.content}</{self.prefix}c>" if cell.content else f"{start}/>"

    def replace(self, number: int, change: Callable[[int, Stored], Stored]) -> None:
        """Change cells of a line one by one."""
        looks, cells = self._parsed(number)
        changed = {place: change(place, cell) for place, cell in cells.items()}
        if changed != cells:
            self.put(number, changed, looks)

    def apply(self, change: Change) -> None:
        """Change the rows of a table."""
        touched = change.gone | change.fresh.keys() | change.moves.keys()
        if touched:
            self._share_nothing()
        before = {number: self._parsed(number) for number in touched | set(change.moves.values())}
        for number in touched:
            beside = {place: cell for place, cell in before[number][1].items() if place >= change.width}
            looks, cells = before[change.moves[number]] if number in change.moves else ("", {})
            row = {
                place: cell.moved(f"{letters(place)}{change.moves[number]}", f"{letters(place)}{number}")
                for place, cell in cells.items()
                if place < change.width
            }
            self.put(number, row | dict(change.fresh.get(number, {})) | beside, looks)

    def _share_nothing(self) -> None:
        """Let each formula stand by itself: one that several cells share goes with the first of them."""
        shared: dict[str, tuple[str, str]] = {}
        if not any('t="shared"' in line or "t='shared'" in line for line in self._lines.values()):
            return
        for number in self.numbers():

            def alone(place: int, cell: Stored, number: int = number) -> Stored:
                found = _FORMULA.search(cell.content)
                if found is None or attribute(found[2], "t") != "shared":
                    return cell
                at, key = f"{letters(place)}{number}", attribute(found[2], "si") or ""
                if found[3]:
                    shared[key] = at, found[3]
                if key not in shared:
                    raise UnusualWorkbook
                origin, text = shared[key]
                plain = f"<{found[1]}f>{text}</{found[1]}f>"
                made = Stored(cell.style, cell.kind, cell.content.replace(found[0], plain))
                return made.moved(origin, at)

            self.replace(number, alone)

    def without_results(self, places: Callable[[int], bool] = lambda _: True) -> None:
        """Let formulas be worked out anew by whatever opens the workbook.

        Parameters
        ----------
        places
            Tells of a place whether its formulas are meant.
        """
        for number in self.numbers():
            if _FORMULA.search(self._lines[number]):
                self.replace(
                    number,
                    lambda place, cell: (
                        Stored(cell.style, "", _RESULT.sub("", cell.content))
                        if cell.is_formula and places(place)
                        else cell
                    ),
                )

    def colour(self, cells: str, condition: str, colour: int) -> None:
        """Add a conditional format.

        Parameters
        ----------
        cells, condition
            Where it counts, and when, as a formula of the first of these cells.
        colour
            Its number in the workbook.
        """
        text = escape(condition)
        priority = 1 + max(map(int, re.findall(r'priority\s*=\s*"(\d+)"', self.tail)), default=0)
        rule = (
            f'<{self.prefix}conditionalFormatting sqref="{cells}"><{self.prefix}cfRule type="expression" '
            f'dxfId="{colour}" priority="{priority}"><{self.prefix}formula>{text}</{self.prefix}formula>'
            f"</{self.prefix}cfRule></{self.prefix}conditionalFormatting>"
        )
        after = re.search(rf"<(?:\w+:)?(?:{'|'.join(AFTER_FORMATS)})\b|</(?:\w+:)?worksheet\s*>", self.tail)
        at = len(self.tail) if after is None else after.start()
        self.tail = self.tail[:at] + rule + self.tail[at:]

    def insert(self, at: int, count: int) -> None:
        """Put blank lines before a line; formulas on the sheet stay as they are."""
        for number in sorted((number for number in self._lines if number >= at), reverse=True):
            looks, cells = self._parsed(number)
            del self._lines[number]
            self.put(number + count, cells, looks)

        def below(found: re.Match[str]) -> str:
            return found[1] + str(int(found[2]) + count) if int(found[2]) >= at else found[0]

        self.tail = re.sub(
            r"""(?<![\w:])(?:s?q?ref)\s*=\s*"[^"]*\"""",
            lambda found: re.sub(r"(\b[A-Z]{1,3})(\d+)", below, found[0]),
            self.tail,
        )

    def stored(self) -> bytes:
        """Return the worksheet as it is stored."""
        lines = "".join(self._lines[number] for number in self.numbers())
        head = _DIMENSION.sub(self._reaching, self.head)
        return f"{head}<{self.prefix}sheetData>{lines}</{self.prefix}sheetData>{self.tail}".encode()

    def _reaching(self, found: re.Match[str]) -> str:
        """Return the size of the worksheet as it says of itself, no smaller than it is."""
        right = max(column_index_from_string(found[2] or "A") - 1, self._right)
        below = max([int(found[3] or 1), *self._lines])
        return f"{found[1]}:{letters(right)}{below}"
