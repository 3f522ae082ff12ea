"""A coordinator with a Dutch workbook and the command line: what they type into sheets, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl

from poolmatch.cli import main

Cells = Mapping[str, Any]
SEPARATOR = " · "
READ = frozenset(
    {
        "periode",
        "organisaties",
        "begeleiders",
        "bijeenkomsten",
        "belangen",
        "beschikbaarheid",
        "bezwaren",
        "toestemmingen",
        "gepubliceerd rooster",
        "eerder werk",
        "grootboek",
        "rooster",
    }
)
"""Sheets that are looked at; the others take the most time to read."""
SERIES = {"FIETS": "Werkgroep fietspad", "PLEIN": "Plein: het dorp van morgen"}
"""Series that begin in the second month, with what their meetings are called."""
WEEKLY: Sequence[tuple[str, int, int, Mapping[str, str]]] = (
    ("Intake", 14, 2, {"SCH": "beslisser", "WON": "belanghebbende"}),
    ("Keukentafelgesprek", 19, 2, {"WAT": "opdrachtgever", "DOR": "belanghebbende"}),
    ("Wandeling", 10, 3, {"NAT": "opdrachtgever", "GEM": "opdrachtgever"}),
    ("Buurtgesprek", 19, 2, {"WON": "meedenker", "GEM": "toehoorder"}),
)
"""Meetings that each month has once: what, from which hour, how many hours, and for whom."""
PARTIES: Mapping[str, Mapping[str, str]] = {
    "FIETS": {"GEM": "opdrachtgever", "DOR": "belanghebbende"},
    "PLEIN": {"DOR": "opdrachtgever", "GEM": "beslisser"},
}


def run(*words: object) -> None:
    """Type a command that must do what it says."""
    assert main([str(word) for word in words]) == 0


@lru_cache(maxsize=4)
def _sheets(path: Path, written: int) -> Mapping[str, Sequence[tuple[Any, ...]]]:
    """Return what stands in a workbook as it was written at a moment."""
    del written
    book = openpyxl.load_workbook(path, read_only=True)
    return {title: tuple(book[title].iter_rows(values_only=True)) for title in book.sheetnames if title in READ}


def rows_of(path: Path, title: str) -> Iterator[Cells]:
    """Yield the filled rows of a sheet by heading, ids without the names behind them."""
    sheet = _sheets(path, path.stat().st_mtime_ns)[title]
    headings = [str(value) for value in sheet[0]]
    for row in sheet[1:]:
        if any(value is not None for value in row):
            cells = (value.split(SEPARATOR)[0] if isinstance(value, str) else value for value in row)
            yield dict(zip(headings, cells, strict=True))


def typed(book: openpyxl.Workbook, rows: Mapping[str, Sequence[Cells]]) -> None:
    """Type rows below those of each sheet."""
    for title, lines in rows.items():
        sheet = book[title]
        places = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
        last = max(number for number in range(1, sheet.max_row + 1) if sheet.cell(number, 1).value is not None)
        for number, cells in enumerate(lines, last + 1):
            for heading, value in cells.items():
                sheet.cell(number, places[heading]).value = value


def at(start: date, day: int, hour: int) -> datetime:
    """Return a clock time of a month: on its first Monday and so many days later."""
    monday = start + timedelta(-start.weekday() % 7)
    return datetime(monday.year, monday.month, monday.day, hour) + timedelta(day)  # noqa: DTZ001 - a cell has no zone


def fill_in(book: openpyxl.Workbook) -> None:
    """Do what the first sheet of a next month asks: times for what stands ready, and the other meetings."""
    start = book["periode"]["B2"].value.date()
    sheet = book["bijeenkomsten"]
    ready = [number for number in range(2, sheet.max_row + 1) if sheet.cell(number, 1).value is not None]
    for place, number in enumerate(ready):
        assert (sheet.cell(number, 3).value, sheet.cell(number, 4).value) == (None, None)
        sheet.cell(number, 3).value = at(start, 2 + 7 * place, 19)
        sheet.cell(number, 4).value = at(start, 2 + 7 * place, 21 + place % 2)
    meetings: list[Cells] = []
    stakes: list[Cells] = []
    for place, (what, hour, hours, parties) in enumerate(WEEKLY):
        name = f"{what} {start:%m}"
        times = {"begin": at(start, 1 + 6 * place, hour), "einde": at(start, 1 + 6 * place, hour + hours)}
        meetings.append({"bijeenkomst": f"{what[0]}{start:%y%m}", "titel": name, **times})
        # parties by the name of the meeting, as people type it
        stakes += [{"bijeenkomst": name, "partij": party, "soort belang": grade} for party, grade in parties.items()]
    meetings[0] = {**meetings[0], "uren voorbereiding": 0.5}
    typed(book, {"bijeenkomsten": meetings, "belangen": stakes})


def begin_series(book: openpyxl.Workbook) -> None:
    """Add two series to the month: one numbered, one not."""
    start = book["periode"]["B2"].value.date()
    known: list[tuple[str, str, int | None]] = [("S01", "FIETS", 1), ("S02", "FIETS", 2), ("P1", "PLEIN", None)]
    meetings = [
        {
            "bijeenkomst": name,
            "titel": SERIES[series],
            "begin": at(start, 2 + 7 * place, 19),
            "einde": at(start, 2 + 7 * place, 21),
            "reeks": series,
            "sessie": session,
        }
        for place, (name, series, session) in enumerate(known)
    ]
    stakes = [
        {"bijeenkomst": name, "partij": party, "soort belang": grade}
        for name, series, _ in known
        for party, grade in PARTIES[series].items()
    ]
    typed(book, {"bijeenkomsten": meetings, "belangen": stakes})


# --- what is worked out besides, from the sheets alone -----------------------------------------------------


def assigned(roster: Path) -> list[Cells]:
    """Return the filled seats of the workbook of a roster."""
    return [row for row in rows_of(roster, "rooster") if row["begeleider"] is not None]


def parties_of(pool: Path) -> dict[str, dict[str, str]]:
    """Return the parties of each meeting with their grades; meetings may stand there by name."""
    names = {row["titel"]: row["bijeenkomst"] for row in rows_of(pool, "bijeenkomsten")}
    found: dict[str, dict[str, str]] = {}
    for row in rows_of(pool, "belangen"):
        meeting = str(names.get(row["bijeenkomst"], row["bijeenkomst"]))
        found.setdefault(meeting, {})[row["partij"]] = row["soort belang"]
    return found


def employers_of(pool: Path) -> dict[str, Any]:
    """Return the employer of each person, who may stand there by name."""
    names = {row["naam"]: row["organisatie"] for row in rows_of(pool, "organisaties")}
    rows = rows_of(pool, "begeleiders")
    return {row["begeleider"]: names.get(row["werkgever"], row["werkgever"]) for row in rows}


def hours_of(pool: Path, roster: Path) -> list[tuple[str, str, Fraction]]:
    """Return meeting, person and hours of each filled seat: from begin to end, and preparation."""
    prepared = {row["bijeenkomst"]: row["uren voorbereiding"] or 0 for row in rows_of(pool, "bijeenkomsten")}
    times = {row["bijeenkomst"]: (row["begin"], row["einde"]) for row in rows_of(pool, "bijeenkomsten")}
    found = []
    for row in assigned(roster):
        start, end = times[row["bijeenkomst"]]
        seconds = int((end - start).total_seconds())
        hours = Fraction(seconds, 3600) + Fraction(prepared[row["bijeenkomst"]])
        found.append((row["bijeenkomst"], row["begeleider"], hours))
    return found


def receivers(parties: Mapping[str, str]) -> list[str]:
    """Return who receives hours: the commissioners, else the deciders, else all but who only listens."""
    for wanted in ({"opdrachtgever"}, {"beslisser"}, {"belanghebbende", "meedenker"}):
        found = [party for party, grade in parties.items() if grade in wanted]
        if found:
            return found
    return []
