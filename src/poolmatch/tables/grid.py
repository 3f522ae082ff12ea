"""A grid is a header with lines of cells below it, as CSV files and worksheets hold: here it becomes a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Self

from poolmatch.domain.assembly import MAX_ROWS, unknown_names
from poolmatch.domain.row import NAMES, Row, is_blank
from poolmatch.domain.values import tidy
from poolmatch.hints import meant, nearest, slip_of
from poolmatch.issues import Message
from poolmatch.messages import files
from poolmatch.messages import tables as said
from poolmatch.messages.cells import UNKNOWN_WORD
from poolmatch.messages.notation import PERCENTAGE
from poolmatch.tables.cells import day_of, whole_of
from poolmatch.tables.dutch_recurrence import RECURRENCE
from poolmatch.tables.limits import Limits
from poolmatch.tables.naming import column_called, heading_of, is_for_people, word_called, words_in
from poolmatch.tables.notation import Notation
from poolmatch.tables.reading import Cells, Reading
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.tables.source import Source, some
from poolmatch.vocabulary.closed_words import words_of_column
from poolmatch.words import Words, grouped

_SETTLED = (Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.DAY, Kind.DAYS, Kind.INSTANT, Kind.MOMENT)
LINES_ABOVE = 10
"""Lines of a worksheet that may stand above the header."""
_TOTAL = re.compile(r"((sub|eind|grand )?(totals?|totaal|totalen)|sum|som)\s*:?")


class Padded(int):
    """A whole number that is shown with zeros before it."""

    shown: str

    def __new__(cls, shown: str) -> Self:
        """Return the number that is shown so."""
        made = super().__new__(cls, shown)
        made.shown = shown
        return made


def as_shown(value: object) -> object:
    """Return a whole number as the text that its cell shows: in a workbook people type ids of digits."""
    return value.shown if isinstance(value, Padded) else str(value) if type(value) is int else value


class Percentage(float):
    """A number that is shown as a percentage: 8 that is typed in such a cell becomes 0.08."""


@dataclass(frozen=True)
class Line:
    """A line of a grid.

    Attributes
    ----------
    number
        Its place in the file, counted from 1; 0 where no line is to be named.
    cells
        What stands in it.
    faults
        What the reader of the file says of a cell, by its place, or with None of the whole line.
    last
        Whether the rest of the file cannot be read, because of those faults.
    """

    number: int
    cells: Sequence[object] = ()
    faults: Sequence[tuple[int | None, Message]] = ()
    last: bool = False


def take_grid(reading: Reading, kind: type[Row], grid: Iterator[Line], notation: Notation, source: Source) -> None:
    """Read the lines of a grid into a table.

    Parameters
    ----------
    reading
        Takes the cells and the issues.
    kind
        The kind of row the table has.
    grid
        The header and the lines below it. They may differ in length.
    notation
        The declared way of writing numbers, dates and truth as text.
    source
        Is filled with the place of each row.
    """
    table = kind.table
    head, grid = _to_header(kind, grid, source)
    header = [_heading(cell) for cell in head.cells]
    while header and not header[-1]:
        header.pop()
    reading.sources[table] = source
    unknown: dict[int, str] = {}
    if reading.language:
        header, unknown = _columns(header, kind, reading, source)
    place = {name: n for n, name in reversed(list(enumerate(header))) if name}  # the first of two equal headings
    source.header, source.columns = head.number, place
    if head.last:
        _cut_off(reading, table, head, None)
        return
    if not _is_header(header, reading, table):
        return
    for spot, message in head.faults:
        reading.note(table, message, column=_name(header, spot))
    full = all(header)
    settling = _Settling(kind, notation, reading)
    settled = [column for column in columns_of(kind) if column.name in place and settling.settles(column)]
    lone = bool(source.sheet) and sum(column.required for column in columns_of(kind)) > 1
    filled: dict[str, None] = {}
    first = next(iter(kind.model_fields))
    identifier = place.get(first) if first not in NAMES else None
    rows: list[Cells] = []
    reading.tables[table] = rows
    own = {name for name in header if name and name not in kind.model_fields} if source.sheet else set()
    blank: list[int] = []
    skipped: list[int] = []
    beside: list[str | Words] = []
    for line in grid:
        number = len(rows) + 1
        if line.last:
            _cut_off(reading, table, line, number)
            return
        if source.sheet:
            line = _without_notes(line, len(header) + 1, source, beside)
        cells = line.cells
        if not line.faults and all(is_blank(cell) for cell in cells):
            blank.append(line.number)  # blank lines at the end are nothing
            if len(blank) > reading.limits.blank_rows:
                _expect_nothing(reading, table, grid)
                break
            continue
        excess = excess_of(number + len(skipped) + len(blank), len(header), reading.limits)
        if excess:
            rows.clear()
            reading.cut_off(table, excess)
            return
        apart = bool(blank)
        skipped += blank
        blank.clear()
        source.lines.append(line.number)
        filled |= {name: None for n, name in unknown.items() if n < len(cells) and not is_blank(cells[n])}
        if len(cells) != len(header) or not full:
            _check_shape(header, line, reading, table, number)
            if len(cells) > len(head.cells) and not source.sheet:
                reading.overlong.setdefault(table, set()).add(number)
        faults = list(line.faults)
        if identifier is not None and identifier < len(cells) and is_total(cells[identifier]):
            faults.append((None, files.TOTAL))
        elif lone and apart and not faults and sum(not is_blank(cell) for cell in cells) == 1:
            faults.append((None, files.LONE_CELL))
        if (None, files.TOTAL) in faults:
            faults = [(None, files.TOTAL)]  # whatever else is wrong with its cells
        for spot, message in dict.fromkeys(faults):
            if _name(header, spot) not in own:  # what stands there is not read
                reading.note(table, message, row=number, column=_name(header, spot))
        row: Cells = {
            name: cells[n] if n < len(cells) and cells[n] != "" else None
            for name, n in place.items()
            if n not in unknown
        }
        for column in settled:
            row[column.name] = settling.settled(row[column.name], column, number)
        rows.append(row)
    if not rows and kind.model_fields.keys().isdisjoint(place):  # the only row may stand where the header was
        reading.note(table, files.NO_HEADER, where=source.named([head.number]))
    if skipped:
        reading.note(table, files.BLANK_ROWS, where=source.named(skipped))
    if beside:
        reading.note(table, files.BESIDE, where=some(beside))
    if filled:
        _tell_unknown(filled, kind, reading, set(place))


def _without_notes(line: Line, width: int, source: Source, beside: list[str | Words]) -> Line:
    """Return a line of a worksheet without what stands beside the table: a column apart, so that no heading is lost.

    Parameters
    ----------
    line
        The line.
    width
        Columns of the table, and the one beside it.
    source
        Where the table stands.
    beside
        Takes the first cell that is left out, if there is one.
    """
    if len(line.cells) <= width:
        return line
    apart = next((n for n in range(width, len(line.cells)) if not is_blank(line.cells[n])), None)
    if apart is not None:
        beside.append(source.cell(line.number, apart))
    faults = [(spot, message) for spot, message in line.faults if spot is None or spot < width]
    return Line(line.number, line.cells[:width], faults, line.last)


def is_total(cell: object) -> bool:
    """Tell whether a cell says that its row is a total of others."""
    return isinstance(cell, str) and _TOTAL.fullmatch(tidy(cell).casefold()) is not None


def _expect_nothing(reading: Reading, table: str, grid: Iterator[Line]) -> None:
    """Note where something stands below so many blank lines that it got there by mistake."""
    for line in grid:
        if line.last:
            _cut_off(reading, table, line, None)
            return
        if line.faults or not all(is_blank(cell) for cell in line.cells):
            where = reading.sources[table].named([line.number])
            reading.cut_off(table, files.FAR_BELOW.fill(most=grouped(reading.limits.blank_rows)), where=where)
            return


def _cut_off(reading: Reading, table: str, line: Line, row: int | None) -> None:
    where = reading.sources[table].named([line.number] if line.number else [])
    for _, message in line.faults:
        reading.cut_off(table, message, row=row, where=where)


def _name(header: Sequence[str], spot: int | None) -> str:
    return header[spot] if spot is not None and spot < len(header) else ""


def excess_of(rows: int, columns: int, limits: Limits) -> Message | None:
    """Return in which way a table is too large, or None."""
    if columns > limits.columns:
        return files.TOO_MANY_COLUMNS.fill(most=limits.columns)
    if rows > MAX_ROWS:
        return files.TOO_MANY_ROWS.fill(most=grouped(MAX_ROWS))
    if rows * columns > limits.cells:
        return files.TOO_MANY_CELLS.fill(most=grouped(limits.cells))
    return None


def _heading(cell: object) -> str:
    return "" if cell is None else tidy(str(cell))


def _is_header(header: Sequence[str], reading: Reading, table: str) -> bool:
    if not any(header):
        reading.cut_off(table, files.NO_HEADER)
        return False
    if len(header) > reading.limits.columns:
        reading.cut_off(table, files.TOO_MANY_HEADINGS.fill(most=reading.limits.columns))
        return False
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            reading.note(table, files.HEADING_TWICE, column=name)
    return True


def _check_shape(header: Sequence[str], line: Line, reading: Reading, table: str, number: int) -> None:
    cells = line.cells
    if len(cells) < len(header):
        reading.note(table, files.TOO_FEW_CELLS, row=number)
    bare = [n for n, cell in enumerate(cells) if (n >= len(header) or not header[n]) and not is_blank(cell)]
    if not bare:
        return
    source = reading.sources[table]
    where = source.cell(line.number, bare[0])
    if not source.sheet:
        reading.note(table, files.NO_HEADING.fill(separator=source.separator), row=number, where=where)
    else:
        reading.note(table, files.BARE_CELL, row=number, where=where)


class _Settling:
    """Turns the cells of a table into what the domain takes.

    Parameters
    ----------
    kind
        The kind of row the table has.
    notation
        The declared way of writing.
    reading
        Takes the issues; says in which language the words are.
    """

    def __init__(self, kind: type[Row], notation: Notation, reading: Reading) -> None:
        self._table = kind.table
        self._notation = notation
        self._reading = reading
        self._by_people = reading.language is not None

    def settles(self, column: Column) -> bool:
        """Tell whether cells of a column may have to be changed."""
        return column.kind in _SETTLED or self._by_people

    def settled(self, value: object, column: Column, number: int) -> object:
        """Return a cell as the domain takes it; what is written in another way than declared is an error, told once."""
        if value is None:
            return None
        message: Message | None = None
        meant = value
        if not isinstance(value, str):
            meant = whole_of(day_of(value, column.kind), column.kind)
            if self._by_people and column.kind in (Kind.TEXT, Kind.ITEMS):
                meant = as_shown(value)
            elif isinstance(value, Percentage) and column.kind in (Kind.NUMBER, Kind.WHOLE):
                message = PERCENTAGE
            elif self._notation.by_file:
                message = self._notation.native(meant, column)
        elif column.kind in _SETTLED or column.name == RECURRENCE:
            meant, message = self._notation.settled(value, column)
        elif words_of_column(self._table, column.name):
            meant, message = self._word(value, column)
        if message:
            self._reading.note(self._table, message, row=number, column=column.name, value=value)
        return meant

    def _word(self, text: str, column: Column) -> tuple[str, Message | None]:
        """Return the words of the contract for those in a cell, and what is wrong with the first unknown one."""
        meant = []
        message = None
        for item in text.split(";") if column.kind is Kind.ITEMS else [text]:
            word = word_called(self._table, column.name, item)
            meant.append(word or item)
            if word is None and item.strip() and column.kind is not Kind.TEXT and self._reading.language == "nl":
                known = words_in(self._table, column.name, "nl")
                message = message or UNKNOWN_WORD.fill(hint=nearest(tidy(item), known), known=", ".join(known))
        return ";".join(meant), message


def _to_header(kind: type[Row], grid: Iterator[Line], source: Source) -> tuple[Line, Iterator[Line]]:
    """Return the header and what follows it: of a worksheet the first line that names columns.

    What stands above it, such as a title, is no part of the table. Where no line names columns it is the first one.
    """
    if not source.sheet:
        return next(grid, Line(1)), grid
    passed: list[Line] = []
    for line in islice(grid, LINES_ABOVE + 1):
        passed.append(line)
        named = {column_called(kind, _heading(cell)) for cell in line.cells} - {None}
        filled = sum(not is_blank(cell) for cell in line.cells)
        if line.last or len(named) >= min(2, filled) > 0:
            break
    else:
        return (passed[0] if passed else Line(1)), chain(passed[1:], grid)
    return line, grid


def _columns(header: list[str], kind: type[Row], reading: Reading, source: Source) -> tuple[list[str], dict[int, str]]:
    """Return a header as the contract has it, and where in it stands what is no column though people may mean one.

    A slip of the pen in a Dutch heading is an error; the cells below it are read all the same, so that what is wrong
    with them is told with it.
    """
    found = [column_called(kind, heading) or heading if heading else "" for heading in header]
    source.headings |= {name: heading for name, heading in zip(found, header, strict=True) if name != heading}
    if reading.language != "nl":
        return found, {}
    dutch = {heading_of(kind.table, name, "nl"): name for name in kind.model_fields}
    unknown: dict[int, str] = {}
    for n, name in enumerate(found):
        if name and name not in kind.model_fields and not is_for_people(kind, name):
            slip = slip_of(name, dutch)
            if slip and dutch[slip] not in found:
                found[n] = dutch[slip]
                source.headings[found[n]] = name
                source.columns[found[n]] = n
                reading.note(kind.table, said.COLUMN_SLIP.fill(hint=meant(slip)), column=found[n])
            else:
                unknown[n] = name
    return found, unknown


def _tell_unknown(filled: Iterable[str], kind: type[Row], reading: Reading, given: set[str]) -> None:
    """Note headings of a Dutch file that are those of no column, though cells below them are filled."""
    dutch = {heading_of(kind.table, name, "nl"): name for name in kind.model_fields}
    missing = {
        heading for heading, name in dutch.items() if kind.model_fields[name].is_required() and name not in given
    }
    messages = said.COLUMN_SLIP, said.COLUMN_MAYBE, said.COLUMN_UNUSED
    for name, message, hint in unknown_names(filled, dutch, missing, messages):
        reading.note(kind.table, message.fill(hint=hint), column=name)
