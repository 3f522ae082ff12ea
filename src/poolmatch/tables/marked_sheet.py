"""Cells of a worksheet that are coloured and carry a comment, with all else in it as it is.

The colour is a conditional format whose condition always holds: so no format of the person is changed, and it can be
taken away again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from poolmatch.issues import Severity
from poolmatch.tables.workbook_package import (
    RELATIONS,
    Package,
    add,
    children,
    insert,
    make,
    named,
    parsed,
    text_of,
    written,
)

AUTHOR = "poolmatch"
MOST_COMMENTS = 2_000
"""Comments of one worksheet; what is marked beyond is coloured alone."""
COLOURS: Mapping[Severity, str] = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
_CONDITION = '"poolmatch"<>""'
"""Always true, and known again."""
_APART = "\n\n[poolmatch] "
"""What stands between the comment of a person and what is added to it."""
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_COMMENTS = (
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>'
)
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
_CELLS_START = re.compile(rb"<(?:\w+:)?sheetData\b")
_SELECTED = re.compile(rb"""tabSelected\s*=\s*(["'])(?:1|true)\1""")
_ROOT = re.compile(rb"<(?:\w+:)?worksheet\b[^>]*>")
_AFTER_DRAWING = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "AlternateContent", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
AFTER_FORMATS = (
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
    *("colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *_AFTER_DRAWING,
)
_SHAPE = re.compile(
    r"<(\w+):shape\b(?:(?!</\1:shape>).)*?<(\w+):Row>\s*(?P<row>\d+)\s*</\2:Row>\s*"
    r"<\2:Column>\s*(?P<column>\d+)\s*</\2:Column>.*?</\1:shape>",
    re.DOTALL,
)
_SHAPE_ID = re.compile(r"_x0000_s(\d+)")
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
"""Said at each shape, for the drawing of another program may call them otherwise."""
_SHAPES_HEAD = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(frozen=True)
class Mark:
    """What is said at a cell, or at the first of a range.

    Attributes
    ----------
    cells
        A cell or a range, such as ``C9`` or ``A6:F6``.
    severity
        Which colour it has.
    text
        What the comment says.
    """

    cells: str
    severity: Severity
    text: str


def colours_of(package: Package, styles: str) -> dict[Severity, int]:
    """Add the colours to the styles of a workbook; return the number of each.

    Parameters
    ----------
    package
        The workbook.
    styles
        Name of the part with its styles.
    """
    document = parsed(package.read(styles))
    root = document.documentElement
    formats = next((node for node in children(root) if node.localName == "dxfs"), None)
    if formats is None:
        formats = make(root, "dxfs")
        insert(root, formats, ("tableStyles", "colors", "extLst"))
    numbers: dict[Severity, int] = {}
    for severity, colour in COLOURS.items():
        numbers[severity] = len(list(children(formats)))
        fill = add(add(add(formats, "dxf"), "fill"), "patternFill", patternType="solid")
        add(fill, "fgColor", rgb=colour)
        add(fill, "bgColor", rgb=colour)
    formats.setAttribute("count", str(len(list(children(formats)))))
    package.write(styles, written(document))
    return numbers


def mark_sheet(
    package: Package, part: str, marks: Sequence[Mark], colours: Mapping[Severity, int], *, again: bool
) -> None:
    """Colour cells of a worksheet and comment on them.

    Parameters
    ----------
    package
        The workbook.
    part
        Name of the part with the worksheet.
    marks
        What to mark, the gravest first.
    colours
        What `colours_of` returns.
    again
        Whether the workbook was marked before: that is taken away first.
    """
    content = package.read(part)
    *_, end = _CELLS_END.finditer(content)
    opening, start = _ROOT.search(content), _CELLS_START.search(content)
    if opening is None or start is None:
        raise ValueError  # whoever reads the workbook tells that it is damaged
    head = _SELECTED.sub(b'tabSelected="0"', content[: start.start()])  # else what is typed goes to two sheets
    if not marks and not again:
        package.write(part, head + content[start.start() :])
        return
    document = parsed(content[: opening.end()] + content[end.end() :])  # the cells may be many, and stay as they are
    root = document.documentElement
    _without_colours(root)
    for severity, number in reversed(list(colours.items())):
        chosen = " ".join(dict.fromkeys(mark.cells for mark in marks if mark.severity == severity))
        if chosen:
            _colour(root, chosen, number)
    _comment(package, part, root, _texts_of(marks))
    tail = "".join(text_of(node) for node in root.childNodes)
    package.write(part, head + content[start.start() : end.end()] + f"{tail}</{root.tagName}>".encode())


def _texts_of(marks: Iterable[Mark]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for mark in marks:
        first = mark.cells.partition(":")[0]
        if first in texts or len(texts) < MOST_COMMENTS:
            texts.setdefault(first, []).append(mark.text)
    return {cell: "\n\n".join(dict.fromkeys(said)) for cell, said in texts.items()}


def _without_colours(root: Any) -> None:
    for block in named(root, "conditionalFormatting"):
        for rule in named(block, "cfRule"):
            if any(_CONDITION in "".join(part.data for part in node.childNodes) for node in named(rule, "formula")):
                block.removeChild(rule)
        if not named(block, "cfRule"):
            block.parentNode.removeChild(block)


def _colour(root: Any, cells: str, number: int) -> None:
    """Colour cells, whatever other conditional formats say of them."""
    for rule in named(root, "cfRule"):
        if rule.getAttribute("priority").isdecimal():
            rule.setAttribute("priority", str(int(rule.getAttribute("priority")) + 1))
    block = make(root, "conditionalFormatting", sqref=cells)
    add(add(block, "cfRule", type="expression", dxfId=number, priority=1), "formula", _CONDITION)
    insert(root, block, AFTER_FORMATS)


# --- comments --------------------------------------------------------------------------------------------


def _comment(package: Package, part: str, root: Any, texts: Mapping[str, str]) -> None:
    related = {kind.rpartition("/")[2]: target for _, kind, target in package.relations(part)}
    comments = related.get("comments")
    if comments is None and not texts:
        return
    if comments is None:
        comments = package.free("xl/poolmatchComments{}.xml")
        package.write(comments, _NO_COMMENTS)
        package.relate(part, "comments", comments)
        package.declare(comments, _COMMENTS)
    document = parsed(package.read(comments))
    listed = named(document, "commentList")[0]
    authors = named(document, "authors")[0]
    gone = _without_texts(listed, [_content(node) for node in children(authors)])
    known = {node.getAttribute("ref"): node for node in children(listed)}
    author = len(list(children(authors)))
    if texts:
        add(authors, "author", AUTHOR)
    for cell, text in texts.items():
        if cell in known:
            _append(named(known[cell], "text")[0], _APART + text)
        else:
            _append(add(add(listed, "comment", ref=cell, authorId=author), "text"), text)
    package.write(comments, written(document))
    drawing = next(iter(named(root, "legacyDrawing")), None)
    shapes = related.get("vmlDrawing") if drawing is not None else None
    if shapes is None:
        shapes = package.free("xl/drawings/poolmatch{}.vml")
        package.write(shapes, _SHAPES_HEAD.encode())
        package.declare(shapes, _DRAWING)
        drawing = make(root, "legacyDrawing", **{"xmlns:pm": RELATIONS})
        drawing.setAttribute("pm:id", package.relate(part, "vmlDrawing", shapes))
        insert(root, drawing, _AFTER_DRAWING)
    drawn = package.read(shapes).decode()
    package.write(shapes, _drawn(drawn, texts, gone - set(texts)).encode())


def _content(node: Any) -> str:
    return "".join(child.data for child in node.childNodes)


def _without_texts(listed: Any, authors: Sequence[str]) -> set[str]:
    """Take what was marked before out of the comments; return the cells that have none any more."""
    gone = set()
    for comment in list(children(listed)):
        author = comment.getAttribute("authorId")
        if author.isdecimal() and int(author) < len(authors) and authors[int(author)] == AUTHOR:
            gone.add(comment.getAttribute("ref"))
            listed.removeChild(comment)
            continue
        texts = named(comment, "t")
        said = [_content(node) for node in texts]
        kept = "".join(said).find(_APART)
        if kept >= 0:
            for node, text in zip(texts, said, strict=True):
                while node.firstChild is not None:
                    node.removeChild(node.firstChild)
                node.appendChild(node.ownerDocument.createTextNode(text[: max(kept, 0)]))
                kept -= len(text)
    return gone


def _append(text: Any, more: str) -> None:
    """Add to the text of a comment, the parts of which keep their looks."""
    for plain in [node for node in children(text) if node.localName == "t"]:
        run = make(text, "r")
        text.replaceChild(run, plain)
        run.appendChild(plain)
    run = add(text, "r")
    add(run, "t", more).setAttribute("xml:space", "preserve")


def _drawn(drawn: str, texts: Mapping[str, str], gone: set[str]) -> str:
    """Return the drawing of comments with a box for each of ours, and without those of comments that are gone."""
    places = set(map(_place, gone))
    there = set()

    def kept(found: re.Match[str]) -> str:
        place = int(found["row"]), int(found["column"])
        if place in places:
            return ""
        there.add(place)
        return found[0]

    drawn = _SHAPE.sub(kept, drawn)
    number = max(map(int, _SHAPE_ID.findall(drawn)), default=1024)
    boxes = [] if 'id="_x0000_t202"' in drawn else [_SHAPE_TYPE]
    for cell, text in texts.items():
        if _place(cell) not in there:
            number += 1
            boxes.append(_box(number, *_place(cell), text))
    before, _, after = drawn.rpartition("</xml>")
    return f"{before}{''.join(boxes)}</xml>{after}"


def _place(cell: str) -> tuple[int, int]:
    column, row = coordinate_from_string(cell)
    return row - 1, column_index_from_string(column) - 1


_LINE, _HEIGHT = 44, 14
"""Signs in a line of a comment, and points that a line is high."""


def _box(number: int, row: int, column: int, text: str) -> str:
    lines = sum(1 + len(line) // _LINE for line in text.split("\n")) + 1
    size = f"width:230pt;height:{min(lines, 30) * _HEIGHT}pt"
    looks = f"position:absolute;margin-left:60pt;margin-top:2pt;{size};z-index:{number % 1000};visibility:hidden"
    anchor = f"{column + 1}, 15, {row}, 4, {column + 4}, 15, {row + min(lines, 30)}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" style="{looks}" fillcolor="#ffffe1">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
