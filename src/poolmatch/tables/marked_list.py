"""The sheet before all others that lists the mistakes of a workbook, each with links to its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from poolmatch.tables.causes import Cause, Place
from poolmatch.tables.marked_sheet import COLOURS
from poolmatch.tables.naming import sheet_called
from poolmatch.tables.source import letters
from poolmatch.tables.workbook_package import Package, add, children, insert, make, named, parsed, written
from poolmatch.vocabulary import mistakes as said
from poolmatch.vocabulary.sheets import SHEETS
from poolmatch.words import Language

PART = "xl/worksheets/poolmatch.xml"
"""Where the list is stored: no other program calls a part so, nor keeps the name when it saves the workbook."""
MOST_PLACES, MOST_LINES = 100, 10_000
"""Links of one cause, and lines of the list."""
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WIDTHS = (18, 56, 56, 30, 26)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD_ROW, _LINE = 4, 15
"""Line of the headings, and points that a line of text is high."""
_LOOKS: Mapping[str, tuple[str, int, str]] = {
    "plain": ("", 0, ""),
    "head": ("b", 0, "FFDDEBF7"),
    "title": ("b", 4, ""),
    "link": ("u", 0, ""),
    **{severity: ("", 0, colour) for severity, colour in COLOURS.items()},
}
"""Formats of the list: a sign of its letters, how many points these are larger, and a tint."""
_LONGEST = 32_000
"""Signs in a cell, a little less than the format takes."""


def list_first(package: Package, causes: Sequence[Cause], file: str, language: Language) -> None:
    """Put the list before all sheets, or in the place of an older one.

    Parameters
    ----------
    package
        The workbook.
    causes
        What is wrong, in that order.
    file
        What the original is called.
    language
        Language of the list.
    """
    looks = _looks(package)
    book = parsed(package.read(package.book))
    (sheets,) = named(book, "sheets")
    listed = list(children(sheets))
    relations = {fresh: target for fresh, _, target in package.relations(package.book)}
    old = next((sheet for sheet in listed if sheet_called(sheet.getAttribute("name")) == "mistakes"), None)
    if old is not None:
        package.drop(relations[relation_of(old).value])
        package.unrelate(package.book, relation_of(old).value)
    relation = package.relate(package.book, "worksheet", PART)
    package.declare(PART, _KIND)
    package.write(PART, _sheet(causes, file, language, looks).encode())
    if old is None:
        old = make(sheets, "sheet", sheetId=1 + max(int(sheet.getAttribute("sheetId")) for sheet in listed))
        old.setAttribute(relation_of(listed[0]).name, relation)
        insert(sheets, old, ("sheet",))
        for name in named(book, "definedName"):
            if name.hasAttribute("localSheetId"):
                name.setAttribute("localSheetId", str(int(name.getAttribute("localSheetId")) + 1))
    old.setAttribute("name", SHEETS["mistakes"].say(language))
    relation_of(old).value = relation
    for view in named(book, "workbookView"):
        view.setAttribute("activeTab", str(list(children(sheets)).index(old)))
        view.setAttribute("firstSheet", "0")
    package.write(package.book, written(book))


def remove_list(package: Package) -> bool:
    """Take the list out of a workbook; return whether there was one."""
    book = parsed(package.read(package.book))
    listed = named(book, "sheet")
    place = next((n for n, sheet in enumerate(listed) if sheet_called(sheet.getAttribute("name")) == "mistakes"), None)
    if place is None or len(listed) == 1:
        return False
    sheet = listed[place]
    relation = relation_of(sheet).value
    package.drop(next(target for fresh, _, target in package.relations(package.book) if fresh == relation))
    package.unrelate(package.book, relation)
    sheet.parentNode.removeChild(sheet)
    for name in named(book, "definedName"):
        number = name.getAttribute("localSheetId")
        if number and int(number) >= place:
            name.setAttribute("localSheetId", str(max(int(number) - 1, 0)))
    for view in named(book, "workbookView"):
        view.setAttribute("activeTab", "0")
        view.setAttribute("firstSheet", "0")
    package.write(package.book, written(book))
    return True


def relation_of(sheet: Any) -> Any:
    """Return the attribute of a sheet that says which part it is."""
    relation, *_ = (item for item in sheet.attributes.values() if item.localName == "id")
    return relation


def _looks(package: Package) -> Mapping[str, int]:
    """Add formats to the styles of a workbook; return the number of each."""
    (part,) = (target for _, kind, target in package.relations(package.book) if kind.endswith("/styles"))
    document = parsed(package.read(part))
    fonts, fills, formats = (named(document, name)[0] for name in ("fonts", "fills", "cellXfs"))
    first, *_ = children(fonts)
    numbers = {}
    for name, (sign, larger, tint) in _LOOKS.items():
        font = add(fonts, "font")
        if sign:
            add(font, sign)
        for child in children(first):
            if child.localName in ("sz", "name", "family"):
                font.appendChild(child.cloneNode(True))
        for child in named(font, "sz"):
            child.setAttribute("val", str(float(child.getAttribute("val")) + larger))
            if name == "link":
                font.insertBefore(make(font, "color", rgb="FF0563C1"), child.nextSibling)
        if tint:
            add(add(add(fills, "fill"), "patternFill", patternType="solid"), "fgColor", rgb=tint)
        fill, look = (_count(fills) - 1 if tint else 0), add(formats, "xf", numFmtId=0, fontId=_count(fonts) - 1)
        for key, value in {"fillId": fill, "borderId": 0, "xfId": 0, "applyFont": 1, "applyFill": 1}.items():
            look.setAttribute(key, str(value))
        look.setAttribute("applyAlignment", "1")
        add(look, "alignment", vertical="top", wrapText=int(name not in ("title", "link")))
        numbers[name] = _count(formats) - 1
    for group in (fonts, fills, formats):
        group.setAttribute("count", str(_count(group)))
    package.write(part, written(document))
    return numbers


def _count(group: Any) -> int:
    return sum(1 for _ in children(group))


def _sheet(causes: Sequence[Cause], file: str, language: Language, looks: Mapping[str, int]) -> str:
    rows = [_row(1, [said.TITLE.say(language)], [looks["title"]], "22")]
    rows.append(_row(2, [said.ABOUT.fill(file=file).say(language)], [looks["plain"]], "34"))
    rows.append(_row(_HEAD_ROW, [words.say(language) for words in said.HEADINGS], [looks["head"]] * len(_WIDTHS)))
    links = []
    number = _HEAD_ROW
    for texts, place, severity in _lines(causes, language):
        number += 1
        linked = place is not None and bool(place.cells)
        names = [severity, "plain", "plain", "link" if linked else "plain", "plain"]
        high = max(-(-len(text) // width) for text, width in zip(texts, _WIDTHS, strict=True))
        rows.append(_row(number, texts, [looks[name] for name in names], str(_LINE * max(1, high) + 1)))
        if place is not None and linked:
            target = f"{_quoted(place.sheet)}!{place.cells}"
            links.append(f'<hyperlink ref="D{number}" location={quoteattr(target)} display={quoteattr(texts[3])}/>')
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="{_HEAD_ROW}" '
        f'topLeftCell="A{_HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<mergeCells count="1"><mergeCell ref="A2:E2"/></mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _lines(causes: Sequence[Cause], language: Language) -> Iterator[tuple[list[str], Place | None, str]]:
    """Yield the cells of each line, with the place that it links to, and the look of its first cell."""
    count = 0
    for done, cause in enumerate(causes):
        if count >= MOST_LINES:
            yield ["", said.MORE.fill(count=len(causes) - done).say(language), "", "", ""], None, "plain"
            return
        told = [said.KINDS[cause.severity].say(language), cause.what.say(language), cause.remedy.say(language)]
        for place in cause.places[:MOST_PLACES]:
            count += 1
            yield (
                [*told, f"{place.sheet} {place.cells}".strip(), place.heading],
                place,
                cause.severity if told[0] else "plain",
            )
            told = ["", "", ""]
        if len(cause.places) > MOST_PLACES:
            yield ["", "", "", said.MORE.fill(count=len(cause.places) - MOST_PLACES).say(language), ""], None, "plain"


def _row(number: int, texts: Sequence[str], styles: Sequence[int], height: str = "") -> str:
    cells = "".join(
        f'<c r="{letters(n)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_clean(text)}</t></is></c>'
        for n, (text, style) in enumerate(zip(texts, styles, strict=True))
        if text
    )
    size = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{size}>{cells}</row>'


def _clean(text: str) -> str:
    """Return text as XML can hold it."""
    shown = "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return escape(shown[:_LONGEST])


def _quoted(sheet: str) -> str:
    return "'{}'".format(sheet.replace("'", "''"))
