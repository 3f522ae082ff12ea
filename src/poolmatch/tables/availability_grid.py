"""The grid of half-days of a workbook becomes rows of the table of availability.

A mark says of one person and half-day whether they can; a blank says nothing. Half-days on end with one mark become
one row, and whole days a row of dates, so that a week that is crossed out is a leave. Whoever has a mark "can" anywhere
can only where a mark says so; otherwise marks of wishes add wishes alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from poolmatch.domain.half_days import HALF_DAYS
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import is_blank
from poolmatch.domain.values import tidy
from poolmatch.issues import Issue
from poolmatch.messages import half_days as said
from poolmatch.tables.grid import Line, as_shown
from poolmatch.tables.notation import Notation
from poolmatch.tables.reading import Reading
from poolmatch.tables.source import letters
from poolmatch.vocabulary.half_days import MARKS, SPELLINGS
from poolmatch.words import in_a_row

TABLE = "availability"
_IN_A_DAY = len(HALF_DAYS)
_MOST_COLUMNS = 1_000
_CAN = ("available", "prefer", "avoid")


@dataclass(frozen=True)
class Piece:
    """Half-days on end of which one thing is said.

    Attributes
    ----------
    kind
        What is said of them, a kind of availability.
    first, last
        Half-days, counted from the first of the calendar; both included.
    """

    kind: str
    first: int
    last: int

    @property
    def cells(self) -> Mapping[str, object]:
        """Start, end and kind as the table has them: dates where whole days are meant, else local times."""
        if self.first % _IN_A_DAY == 0 and self.last % _IN_A_DAY == _IN_A_DAY - 1:
            start, end = _day(self.first).isoformat(), _day(self.last).isoformat()
        else:
            start, end = _begin(self.first), _begin(self.last + 1)
        return {"start": start, "end": end, "kind": self.kind}


def half_day(day: date, half: str) -> int:
    """Return the number of a half-day, counted from the first of the calendar."""
    return day.toordinal() * _IN_A_DAY + list(HALF_DAYS).index(half)


def _day(number: int) -> date:
    return date.fromordinal(number // _IN_A_DAY)


def _begin(number: int) -> str:
    clock = list(HALF_DAYS.values())[number % _IN_A_DAY]
    return datetime.combine(_day(number), clock).isoformat(" ", "minutes")


def pieces_of(marks: Mapping[int, str]) -> Iterator[Piece]:
    """Yield what the marks of one person say, in as few pieces as will do.

    Parameters
    ----------
    marks
        Kind of availability by number of half-day.
    """
    said = dict.fromkeys(kind for kind in MARKS if kind in marks.values())
    if "available" in said:
        yield from _runs("available", sorted(number for number, kind in marks.items() if kind in _CAN))
    for kind in said:
        if kind != "available":
            yield from _runs(kind, sorted(number for number, other in marks.items() if other == kind))


def _runs(kind: str, numbers: list[int]) -> Iterator[Piece]:
    """Yield the runs of half-days, with whole days in them by themselves."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    for first, last in runs:
        whole, after = -(-first // _IN_A_DAY) * _IN_A_DAY, (last + 1) // _IN_A_DAY * _IN_A_DAY
        if whole >= after:
            yield Piece(kind, first, last)
            continue
        parts = (first, whole - 1), (whole, after - 1), (after, last)
        yield from (Piece(kind, start, end) for start, end in parts if start <= end)


def take_availability_grid(reading: Reading, lines: Iterator[Line], _: Notation, title: str) -> None:
    """Read the grid into the table of availability.

    Parameters
    ----------
    reading
        Takes the rows and the issues.
    lines
        The lines of the worksheet: somewhere in them days, below those the half-days, below those people.
    title
        Name of the worksheet.
    """
    rows_before = len(reading.tables.get(TABLE, ()))
    days: dict[int, date] | None = None
    above: list[Line] = []
    for line in lines:
        found = _days_of(line)
        if found:
            days = found
            break
        above.append(line)
    if days is None:  # the period is blank, or no program has worked out the formulas: marks have no day
        lines, days = (line for line in above if line.number >= _FIRST_LINE or _marked(line)), {}
    elif not _evenly(days):
        where = f"{title}!{letters(min(days))}:{letters(max(days))}"
        reading.note(TABLE, said.GRID_CHANGED.fill(count=_IN_A_DAY), where=where)
        return
    else:
        next(lines, None)  # the names of the half-days
    for line in lines:
        if line.last or line.number > _LAST_LINE:
            break
        _take_person(reading, line, days, title)
    if len(reading.tables.get(TABLE, ())) > rows_before > 0:
        reading.doubts.append(partial(contradictions, first=rows_before + 1))


_FIRST_LINE, _LAST_LINE = 7, 20_000
"""Lines between which people stand in a grid that shows no days, unless lines above them were removed."""


def _marked(line: Line) -> bool:
    """Tell whether a line has a mark that is known."""
    return any(_kind_of(cell) for cell in line.cells[1:_MOST_COLUMNS] if not is_blank(cell))


def _kind_of(cell: object) -> str | None:
    """Return the kind of availability that a mark stands for; None where it is none."""
    return SPELLINGS.get(tidy(str(cell)).casefold())


def _days_of(line: Line) -> dict[int, date]:
    """Return the days in a line, by column."""
    cells = list(line.cells[:_MOST_COLUMNS])
    days = {place: cell for place, cell in enumerate(cells) if isinstance(cell, date) and place > 0}
    return {place: day.date() if isinstance(day, datetime) else day for place, day in days.items()}


def _evenly(days: Mapping[int, date]) -> bool:
    return all((place - min(days)) % _IN_A_DAY == 0 for place in days)


def _take_person(reading: Reading, line: Line, days: Mapping[int, date], title: str) -> None:
    """Read the marks of one line."""
    marks: dict[int, str] = {}
    places: dict[int, int] = {}
    for spot, message in line.faults:  # a mark that cannot be read would be no mark
        if spot:
            reading.note(TABLE, message, where=f"{title}!{letters(spot)}{line.number}")
    for place, cell in enumerate(line.cells[:_MOST_COLUMNS]):
        if place == 0 or is_blank(cell):
            continue
        where = f"{title}!{letters(place)}{line.number}"
        kind = _kind_of(cell)
        start = place - (place - min(days)) % _IN_A_DAY if days else -1
        if kind is None:
            marks_known = in_a_row(MARKS.values())
            reading.note(TABLE, said.UNKNOWN_MARK.fill(marks=marks_known), value=cell, where=where)
        elif start not in days:
            reading.note(TABLE, said.WITHOUT_DAY, where=where)
        else:
            number = days[start].toordinal() * _IN_A_DAY + place - start
            if "unavailable" in {kind, marks.get(number, kind)} != {kind}:  # one day twice in the header
                reading.note(TABLE, said.AGAINST, where=where)
                kind = "unavailable"
            marks[number], places[number] = kind, place
    who = as_shown(line.cells[0]) if line.cells else None
    if not marks:
        return
    if is_blank(who):
        reading.note(TABLE, said.WITHOUT_PERSON, where=f"{title}!{line.number}:{line.number}")
        return
    for piece in pieces_of(marks):
        first, last = letters(places[piece.first]), letters(places[piece.last])
        span = f"{first}{line.number}" + (f":{last}{line.number}" if last != first else "")
        reading.add(TABLE, {"facilitator": who, **piece.cells}, where=f"{title}!{span}")


def contradictions(problem: Problem, first: int) -> Iterator[Issue]:
    """Yield what the grid says against the table.

    Parameters
    ----------
    problem
        The problem.
    first
        The first row of the table of availability that comes from the grid, counted from 1.
    """
    period = problem.period
    numbered = list(enumerate(problem.availability, 1))
    by_person: dict[str, list[tuple[int, bool, bool, list[tuple[datetime, datetime]]]]] = {}
    for number, row in numbered[: first - 1]:
        cannot = row.kind == "unavailable"
        by_person.setdefault(row.facilitator, []).append((number, cannot, row.rrule is None, list(row.spans(period))))
    for number, row in numbered[first - 1 :]:
        ((start, end),) = row.spans(period)
        for other, cannot, once, spans in by_person.get(row.facilitator, ()):
            if cannot == (row.kind == "unavailable"):
                continue
            overlap = any(begin < end and start < finish for begin, finish in spans)
            inside = once and all(start <= begin and finish <= end for begin, finish in spans)
            if overlap and (cannot or inside):
                yield said.AGAINST.at(TABLE, (other, number), "kind")
