"""Formats of cells, taken from one workbook into another."""

from __future__ import annotations

from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from poolmatch.tables.workbook_package import Package, add, children, insert, make, parsed, written
from poolmatch.tables.workbook_read import is_day

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OWN_FORMATS = 164
"""Number formats of a workbook have numbers from here on."""
_SHARED = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


class Styles:
    """The formats of a workbook, to which those of another can be added.

    Parameters
    ----------
    package
        The workbook.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        (self._part,) = (target for _, kind, target in package.relations(package.book) if kind.endswith("/styles"))
        self._document = parsed(package.read(self._part))
        self._taken: dict[int, int] = {}
        self._kinds: dict[int, str] = {}
        self._grown: set[str] = set()

    def _group(self, name: str) -> Any:
        return next((node for node in children(self._document.documentElement) if node.localName == name), None)

    def _items(self, name: str) -> list[Any]:
        group = self._group(name)
        return [] if group is None else list(children(group))

    def number_format(self, style: int) -> str:
        """Return how a format shows numbers."""
        number = int(self._items("cellXfs")[style].getAttribute("numFmtId") or 0)
        own = (item for item in self._items("numFmts") if int(item.getAttribute("numFmtId")) == number)
        return next((item.getAttribute("formatCode") for item in own), BUILTIN_FORMATS.get(number, "General"))

    def kind(self, style: int) -> str:
        """Return what numbers become by a format, when they are read: days, instants, or as they are."""
        if style not in self._kinds:
            shown = self.number_format(style)
            found = "day" if is_day(shown) else "instant"
            plain = "plain" if shown in ("General", "@") else shown
            self._kinds[style] = found if is_date_format(shown) else plain
        return self._kinds[style]

    def take(self, other: Styles, style: int) -> int:
        """Return the number that a format of another workbook has here; it is added when it is first asked for.

        Parameters
        ----------
        other
            The formats of the other workbook; always the same one.
        style
            Its number there.
        """
        if style not in self._taken:
            look = other._items("cellXfs")[style]
            made = self._add("cellXfs", look)
            for attribute, group in _SHARED.items():
                shared = other._items(group)[int(look.getAttribute(attribute) or 0)]
                self._add(group, shared)
                made.setAttribute(attribute, str(len(self._items(group)) - 1))
            made.setAttribute("xfId", "0")
            made.setAttribute("numFmtId", str(self._number_of(other.number_format(style))))
            self._taken[style] = len(self._items("cellXfs")) - 1
        return self._taken[style]

    def _number_of(self, shown: str) -> int:
        if shown == "General":
            return 0
        known = {item.getAttribute("formatCode"): int(item.getAttribute("numFmtId")) for item in self._items("numFmts")}
        if shown not in known:
            known[shown] = max([_OWN_FORMATS - 1, *known.values()]) + 1
            root = self._document.documentElement
            group = self._group("numFmts")
            if group is None:  # it comes before all others
                group = root.insertBefore(make(root, "numFmts"), root.firstChild)
            add(group, "numFmt", numFmtId=known[shown]).setAttribute("formatCode", shown)
            self._grown.add("numFmts")
        return known[shown]

    def _add(self, group: str, node: Any) -> Any:
        """Add a copy of an element at the end of a group."""
        copy = self._document.importNode(node, deep=True)
        copy.setAttribute("xmlns", _MAIN)  # whatever this workbook has before its names
        self._grown.add(group)
        return self._group(group).appendChild(copy)

    def take_colour(self, other: Styles, style: int) -> int:
        """Return the number that a conditional format of another workbook has here; it is added."""
        if self._group("dxfs") is None:
            root = self._document.documentElement
            insert(root, make(root, "dxfs"), ("tableStyles", "colors", "extLst"))
        self._add("dxfs", other._items("dxfs")[style])
        return len(self._items("dxfs")) - 1

    def save(self) -> None:
        """Put what was added into the workbook."""
        if self._grown:
            for name in self._grown:
                self._group(name).setAttribute("count", str(len(self._items(name))))
            self._package.write(self._part, written(self._document))
