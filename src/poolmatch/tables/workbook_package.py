"""The parts of a workbook as they are stored, so that a copy differs in nothing but what is added to it.

openpyxl loses what it does not know when it saves a workbook: the results of formulas, drop-downs as Excel writes
them, pictures, conversations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from defusedxml import minidom

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = re.compile(rb"&#(?:x0*([9aAdD])|0*(9|10|13));")
"""Line breaks and tabs that are no white space between words: minidom would write them as they are."""
_SPACES = {"9": "\ue009", "a": "\ue00a", "10": "\ue00a", "d": "\ue00d", "13": "\ue00d"}
_KEPT = str.maketrans({"\ue009": "&#9;", "\ue00a": "&#10;", "\ue00d": "&#13;"})


class Package:
    """A workbook as parts.

    Parameters
    ----------
    archive
        The workbook, open for reading and safe to read.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = archive.namelist()
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        (self.book,) = (target for _, kind, target in self.relations("") if kind.endswith("/officeDocument"))

    def __contains__(self, name: str) -> bool:
        return name in self._changed or (name in self._names and name not in self._dropped)

    def read(self, name: str) -> bytes:
        """Return the content of a part."""
        return self._changed[name] if name in self._changed else self._archive.read(name)

    def write(self, name: str, content: bytes) -> None:
        """Change or add a part."""
        self._changed[name] = content

    def drop(self, name: str) -> None:
        """Leave a part out, and what it is related to by."""
        for gone in (name, _relations_of(name)):
            self._changed.pop(gone, None)
            self._dropped.add(gone)
        types = parsed(self.read(_TYPES))
        for node in named(types, "Override"):
            if node.getAttribute("PartName") == f"/{name}":
                node.parentNode.removeChild(node)
        self.write(_TYPES, written(types))

    def free(self, pattern: str) -> str:
        """Return a name that no part has; ``{}`` in the pattern becomes a number."""
        return next(name for name in map(pattern.format, range(1, 100_000)) if name not in self)

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return id, kind and target of what a part is related to within the file; "" is the file as a whole."""
        name = _relations_of(part)
        if name not in self:
            return []
        return [
            (node.getAttribute("Id"), node.getAttribute("Type"), _absolute(part, node.getAttribute("Target")))
            for node in named(parsed(self.read(name)), "Relationship")
            if node.getAttribute("TargetMode") != "External"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; return the id of that."""
        name = _relations_of(part)
        document = parsed(self.read(name) if name in self else _NO_RELATIONS)
        taken = {node.getAttribute("Id") for node in named(document, "Relationship")}
        fresh = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        place = relpath(target, dirname(part) or ".")
        add(document.documentElement, "Relationship", Id=fresh, Type=f"{RELATIONS}/{kind}", Target=place)
        self.write(name, written(document))
        return fresh

    def unrelate(self, part: str, relation: str) -> None:
        """Take a relation of a part away."""
        document = parsed(self.read(_relations_of(part)))
        for node in named(document, "Relationship"):
            if node.getAttribute("Id") == relation:
                node.parentNode.removeChild(node)
        self.write(_relations_of(part), written(document))

    def declare(self, name: str, kind: str) -> None:
        """Say what a new part holds; if it is no XML, that all parts of its ending do."""
        types = parsed(self.read(_TYPES))
        ending = name.rpartition(".")[2]
        if ending == "xml":
            add(types.documentElement, "Override", PartName=f"/{name}", ContentType=kind)
        elif ending not in [node.getAttribute("Extension").lower() for node in named(types, "Default")]:
            add(types.documentElement, "Default", Extension=ending, ContentType=kind)
        self.write(_TYPES, written(types))

    def parts(self) -> dict[str, bytes]:
        """Return the content of all parts by their name, in the order in which they are stored."""
        names = dict.fromkeys([*self._names, *self._changed])
        return {name: self.read(name) for name in names if name in self and not name.endswith("/")}


def save(parts: Mapping[str, bytes], path: Path) -> None:
    """Write parts as a workbook; equal parts give equal files."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".removeprefix("/")


def _absolute(part: str, target: str) -> str:
    return normpath(target.removeprefix("/") if target.startswith("/") else join(dirname(part), target))


# --- XML -------------------------------------------------------------------------------------------------


def parsed(content: bytes) -> Any:
    """Return XML as a document; entities are refused."""
    kept = _SPACE.sub(lambda found: _SPACES[(found[1] or found[2]).decode().lower()].encode(), content)
    return minidom.parseString(kept, forbid_dtd=True)


def written(document: Any) -> bytes:
    """Return a document as XML."""
    return _HEAD + text_of(document.documentElement).encode()


def text_of(node: Any) -> str:
    """Return an element as XML, with its line breaks as they were."""
    return str(node.toxml()).translate(_KEPT)


def named(node: Any, *names: str) -> list[Any]:
    """Return the elements within another that have one of these names, whatever their prefix."""
    return [found for name in names for found in node.getElementsByTagNameNS("*", name)]


def children(node: Any) -> Iterator[Any]:
    """Yield the elements right below another."""
    return (child for child in node.childNodes if child.nodeType == child.ELEMENT_NODE)


def make(near: Any, name: str, text: str = "", **attributes: object) -> Any:
    """Return a new element with the prefix that another has."""
    document = near.ownerDocument
    prefix, colon, _ = near.tagName.rpartition(":")
    node = document.createElement(f"{prefix}{colon}{name}")
    for key, value in attributes.items():
        node.setAttribute(key, str(value))
    if text:
        node.appendChild(document.createTextNode(text))
    return node


def add(parent: Any, name: str, text: str = "", **attributes: object) -> Any:
    """Add an element at the end of another, and return it."""
    return parent.appendChild(make(parent, name, text, **attributes))


def insert(parent: Any, node: Any, before: Sequence[str]) -> None:
    """Put an element before the first that has one of these names; else at the end.

    Parameters
    ----------
    parent
        Takes the element.
    node
        The element.
    before
        What the format has after it.
    """
    following = (child for child in children(parent) if (child.localName or child.nodeName) in before)
    parent.insertBefore(node, next(following, None))
