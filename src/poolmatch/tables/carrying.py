"""A workbook that a person keeps, with another problem in it: only what is otherwise is changed.

The problem is written anew into a workbook beside it, as it is where there is none to go on from; what is otherwise is
taken from there, cell by cell. What comes out is read again, and is thrown away unless it holds exactly the problem.
"""

from __future__ import annotations

import logging
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape
from zipfile import ZipFile

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row
from poolmatch.messages.writing import NOT_CARRIED
from poolmatch.tables.carried_grid import change_grid
from poolmatch.tables.carried_sheet import Fresh, Sheets, change_rows
from poolmatch.tables.carried_start import change_start
from poolmatch.tables.form import Content, sheet_title
from poolmatch.tables.form_writing import write_form
from poolmatch.tables.marking import unmark
from poolmatch.tables.naming import sheet_called
from poolmatch.tables.readers import reading_of
from poolmatch.tables.reading import Reading
from poolmatch.tables.schema import columns_of
from poolmatch.tables.sheet_lines import Change, Stored, UnusualWorkbook
from poolmatch.tables.source import letters
from poolmatch.tables.workbook_package import Package, children, insert, make, named, parsed, save, written
from poolmatch.words import Language

_log = logging.getLogger(__name__)
_KEYS: Mapping[str, tuple[str, ...]] = {"period": (), "published": ("meeting", "seat")}
"""What tells the rows of a table apart, where it is not the first column: a row of the same key is the same row."""
_GRID = "availability"
_RULE = re.compile(r'<cfRule type="expression" dxfId="(\d+)"')
_COLOURED = 10_000
"""Last line in which times that are still to be filled in have a colour."""
_AFTER_CALCULATION = (
    *("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"),
    *("fileRecoveryPr", "webPublishObjects", "extLst"),
)


def write_carried(
    path: Path, source: Path, language: Language, content: Content, unfinished: Mapping[str, int]
) -> None:
    """Write a workbook for people as another one with other tables; where that cannot be, anew, and tell so.

    Parameters
    ----------
    path
        The new workbook.
    source
        The workbook that the tables were made from.
    language
        Of the new workbook.
    content
        What stands in it.
    unfinished
        How many rows at the end of a table are not finished.

    Raises
    ------
    ProblemError
        A list is too long for a cell of a workbook.
    """
    with TemporaryDirectory() as folder:
        fresh, carried = Path(folder) / "fresh.xlsx", Path(folder) / "carried.xlsx"
        write_form(fresh, language, content)
        try:
            done = _carry(source, fresh, carried, language, content) and _holds(carried, content, unfinished)
        except Exception:  # it was read with other options, or is stored in a way of its own: that is told, not lost
            _log.debug("not carried over", exc_info=True)
            done = False
        if not done:
            _log.warning("%s", NOT_CARRIED.fill(source=source.name))
        shutil.copyfile(carried if done else fresh, path)


def _carry(source: Path, fresh: Path, out: Path, language: Language, content: Content) -> bool:
    """Write what comes out; return whether it can be done."""
    reading = reading_of(source)
    old = reading.problem()
    if reading.language != language:
        return False
    with ZipFile(source) as archive, ZipFile(fresh) as written_anew:
        package = Package(archive)
        unmark(package)
        _Carrying(Sheets(package), Fresh(Package(written_anew)), reading, language).carry(old, content)
        save(package.parts(), out)
    return True


def _holds(path: Path, content: Content, unfinished: Mapping[str, int]) -> bool:
    """Tell whether a workbook is read as exactly these tables, but for the rows that are not finished."""
    reading = reading_of(path)
    for name, count in unfinished.items():
        if count:
            del reading.tables[name][-count:]
    problem = reading.problem()
    for name in TABLES:
        rows = list(content.tables.get(name, ()))
        rows = rows[: len(rows) - unfinished.get(name, 0)]
        found = [problem.period] if name == "period" else list(getattr(problem, name))
        if found != rows and not (name == _GRID and Counter(found) == Counter(rows)):  # the grid comes last
            return False
    return True


class _Carrying:
    """Changes a workbook that a person keeps into one that holds other tables.

    Parameters
    ----------
    sheets
        The workbook.
    fresh
        One with the other tables.
    reading
        What was read from the workbook.
    language
        Of both.
    """

    def __init__(self, sheets: Sheets, fresh: Fresh, reading: Reading, language: Language) -> None:
        self._sheets = sheets
        self._fresh = fresh
        self._reading = reading
        self._language = language

    def carry(self, old: Problem, content: Content) -> None:
        """Change what is otherwise.

        Parameters
        ----------
        old
            The problem that the workbook holds.
        content
            What it is to hold.
        """
        tables = {name: list(content.tables.get(name, ())) for name in TABLES}
        before = {name: [old.period] if name == "period" else list(getattr(old, name)) for name in TABLES}
        grid = next((title for title in self._sheets.titles if sheet_called(title) == "grid"), None)
        numbers = list(range(len(tables[_GRID])))
        if grid is not None:
            source = self._reading.sources.get(_GRID)
            there = len(source.lines) if source is not None else 0
            where = source.elsewhere if source is not None else []
            marks = list(zip(before[_GRID][there:], where, strict=True))
            title = sheet_title("grid", self._language)
            same = before["period"] == tables["period"]
            numbers = change_grid(self._sheets, grid, marks, tables[_GRID], None if same else (self._fresh, title))
            before[_GRID] = before[_GRID][:there]
        for name in TABLES:
            places = numbers if name == _GRID else list(range(len(tables[name])))
            self._change(name, before[name], [tables[name][place] for place in places], places)
        start = next((title for title in self._sheets.titles if sheet_called(title) == "start"), None)
        if start is not None and content.to_do:
            change_start(self._sheets, start, self._fresh, self._language, len(content.to_do))
        if content.to_do:
            self._show_blank_times()
        self._sheets.save()
        self._calculate_anew()

    def _change(self, name: str, before: Sequence[Row], after: Sequence[Row], places: Sequence[int]) -> None:
        """Change a table.

        Parameters
        ----------
        name
            The table.
        before, after
            Its rows, as they are and as they are to be.
        places
            Where each of the latter stands among those of the fresh workbook.
        """
        if before == after:
            return
        source = self._reading.sources.get(name)
        title = sheet_title(name, self._language)
        if source is None or not source.columns:
            self._fresh.take_sheet(title, self._sheets)
            return
        columns = columns_of(TABLES[name])
        change = Change(max(source.columns.values()) + 1)
        lines = list(source.lines)
        last = lines[-1] if lines else source.header
        targets = [*lines, *range(last + 1, last + 1 + len(after) - len(lines))]
        matched = _matched(name, before, after)
        styles = self._sheets.lines(source.sheet)
        for row, place, target, kept in zip(after, places, targets, matched, strict=False):
            if kept is not None and lines[kept] != target:
                change.moves[target] = lines[kept]
                change.gone.add(lines[kept])
            elif kept is None and target <= last:
                change.gone.add(target)
            changed = [
                column.name
                for column in columns
                if getattr(row, column.name) != (None if kept is None else getattr(before[kept], column.name))
            ]
            if not changed:
                continue
            cells = self._fresh.cells(title, place + 2, self._sheets, source.sheet)
            change.fresh[target] = fresh = {}
            if kept is not None and target not in change.moves:
                change.moves[target] = target
            there = {} if kept is None else styles.cells(lines[kept])
            for number, column in enumerate(columns):
                cell = cells.get(number, Stored())
                if column.name not in changed and (kept is not None or not cell.content):
                    continue
                if column.name not in source.columns:
                    if cell.content:
                        raise UnusualWorkbook
                    continue
                at = source.columns[column.name]
                style = there[at].style if at in there else styles.styles.get(at, 0)
                cell = self._dressed(cell, style)
                if cell.content or at in there:
                    fresh[at] = cell
        kept_at = {kept for kept in matched if kept is not None}
        change.gone |= {line for number, line in enumerate(lines) if number not in kept_at or number >= len(after)}
        change.gone |= set(change.moves.values()) - {line for line in change.moves if change.moves[line] == line}
        change_rows(self._sheets, source.sheet, change, source.header, last, max([last, *targets[: len(after)]]))

    def _dressed(self, cell: Stored, style: int) -> Stored:
        """Return a fresh cell in the format of its place, if what it holds is read the same by it."""
        if not cell.content:
            return Stored(style)
        styles = self._sheets.styles
        if cell.kind == "inlineStr" or styles.kind(style) == styles.kind(cell.style):
            return Stored(style, cell.kind, cell.content)
        return cell

    def _show_blank_times(self) -> None:
        """Colour the times of meetings that are still to be filled in, if there are any."""
        rule = _RULE.search(self._fresh.sheets.lines(sheet_title("meetings", self._language)).tail)
        source = self._reading.sources["meetings"]
        if rule is None:
            return
        lines, top = self._sheets.lines(source.sheet), source.header + 1
        for name in ("start", "end"):
            if name in source.columns:
                key, time = letters(source.columns["meeting"]), letters(source.columns[name])
                condition = f'AND(${key}{top}<>"",{time}{top}="")'
                if escape(condition) not in lines.tail:
                    colour = self._sheets.styles.take_colour(self._fresh.sheets.styles, int(rule[1]))
                    lines.colour(f"{time}{top}:{time}{_COLOURED}", condition, colour)

    def _calculate_anew(self) -> None:
        """Let all formulas be worked out when the workbook is opened: those of sheets that are not read at once."""
        package, sheets = self._sheets.package, self._sheets
        read = {source.sheet for source in self._reading.sources.values()}
        for title in sheets.parts:
            if title not in read and sheet_called(title) != "grid":
                sheets.lines(title).without_results()
        for name, source in self._reading.sources.items():
            own = set(source.columns.values()) - {
                source.columns.get(column.name) for column in columns_of(TABLES[name])
            }
            if own and source.sheet in sheets.parts:
                sheets.lines(source.sheet).without_results(own.__contains__)
        sheets.save()
        for relation, kind, target in package.relations(package.book):
            if kind.endswith("/calcChain"):
                package.drop(target)
                package.unrelate(package.book, relation)
        book = parsed(package.read(package.book))
        root = book.documentElement
        calculation = next((node for node in children(root) if node.localName == "calcPr"), None)
        if calculation is None:
            calculation = make(root, "calcPr")
            insert(root, calculation, _AFTER_CALCULATION)
        calculation.setAttribute("fullCalcOnLoad", "1")
        if any(view.getAttribute("date1904") in ("1", "true") for view in named(book, "workbookPr")):
            raise UnusualWorkbook
        package.write(package.book, written(book))


def _matched(name: str, before: Sequence[Row], after: Sequence[Row]) -> list[int | None]:
    """Return which row each one was: an equal one, else the only one of the same key; None where it is new."""
    left: defaultdict[Row, list[int]] = defaultdict(list)
    for number, row in reversed(list(enumerate(before))):
        left[row].append(number)
    found: list[int | None] = [left[row].pop() if left[row] else None for row in after]
    taken = set(found)
    keys = _KEYS.get(name, (next(iter(TABLES[name].model_fields)),))
    old, new = (Counter(_key(row, keys) for row in rows) for rows in (before, after))
    by_key = {_key(row, keys): number for number, row in enumerate(before) if number not in taken}
    for number, row in enumerate(after):
        key = _key(row, keys)
        if found[number] is None and old[key] == new[key] == 1:
            found[number] = by_key.get(key)
    return found


def _key(row: Row, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)
