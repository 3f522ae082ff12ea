"""A small file, document or frame for each kind of message about them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pandas as pd
from tests.tables.dutch_workbooks import dutch_workbook
from tests.tables.files import GOOD, folder_of
from tests.tables.workbook_parts import rewritten

from poolmatch import Problem, RunRecord, read, read_busy, read_roster, write
from poolmatch.domain.assembly import TABLES
from poolmatch.tables import workbook_open
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.readers import reading_of

DOCUMENT: Mapping[str, Any] = {
    name: [dict(zip(text.split("\n")[0].split(","), line.split(","), strict=True)) for line in text.split("\n")[1:-1]]
    for name, text in GOOD.items()
}
"""The good problem as data."""


def document(**tables: Any) -> Problem:
    """The good problem with other tables, from data."""
    return Problem.model_validate({**DOCUMENT, **tables})


def good(folder: Path) -> Problem:
    return read(folder_of({}, folder))


def csv(text: bytes | str, **options: Any) -> Callable[[Path], object]:
    """Read the good problem with another table of organisations."""
    return lambda folder: read(folder_of({"organisations": text}, folder), **options)


def text(name: str, content: bytes) -> Callable[[Path], object]:
    """Read a file of that name."""

    def call(folder: Path) -> object:
        (folder / name).write_bytes(content)
        return read(folder / name)

    return call


def saved_sheets(folder: Path, *books: str) -> object:
    """Read the good tables as sheets that were saved of workbooks, in turn."""
    for number, file in enumerate(sorted(folder_of({}, folder).glob("*.csv"))):
        file.rename(folder / f"{books[number % len(books)]}-{file.name}")
    return read(folder)


def book(spoil: Callable[[openpyxl.Workbook], object]) -> Callable[[Path], object]:
    """Read the good problem from a workbook that was spoilt."""

    def call(folder: Path) -> object:
        (folder / "csv").mkdir()
        write(good(folder / "csv"), folder / "a.xlsx")
        opened = openpyxl.load_workbook(folder / "a.xlsx")
        spoil(opened)
        opened.save(folder / "a.xlsx")
        return read(folder / "a.xlsx")

    return call


def past_by_name(opened: openpyxl.Workbook) -> None:
    """Somebody's name stands where somebody who has left may be meant."""
    sheet = opened.create_sheet("history")
    sheet.append(["meeting", "facilitator", "role", "hours"])
    sheet.append(["M0", "Anna", "lead", 2])


def percentage(opened: openpyxl.Workbook) -> None:
    """A number of hours in a cell of percentages."""
    sheet = opened["facilitators"]
    place = [cell.value for cell in sheet[1]].index("max_hours") + 1
    sheet.cell(2, place).value = 0.08
    sheet.cell(2, place).number_format = "0%"


def package(change: Callable[[Path], object]) -> Callable[[Path], object]:
    """Read the good problem from a workbook whose file was changed."""

    def call(folder: Path) -> object:
        (folder / "csv").mkdir()
        write(good(folder / "csv"), folder / "a.xlsx")
        change(folder / "a.xlsx")
        return read(folder / "a.xlsx")

    return call


def limited(limits: Limits, suffix: str = ".csv") -> Callable[[Path], object]:
    """Read the good problem where files may be no larger than that."""

    def call(folder: Path) -> object:
        (folder / "csv").mkdir()
        place = folder / ("a.xlsx" if suffix == ".xlsx" else "tables")
        write(good(folder / "csv"), place, form="parquet" if suffix == ".parquet" else None)
        return reading_of(place, limits=limits).problem()

    return call


def frames(folder: Path, **tables: pd.DataFrame) -> Problem:
    return Problem.from_frames({**good(folder).to_frames(), **tables})


def encrypted(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def macros(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/vbaProject.bin", b"")


def of_form(part: str, content: str = "") -> Callable[[Path], object]:
    def change(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as file:
            file.writestr(part, content)

    return package(change)


def dutch(sheet: str, cell: str, value: Any, *others: str) -> Callable[[Path], object]:
    """Read the good problem from a Dutch workbook with something else in a cell, and in that of other sheets."""

    def call(folder: Path) -> object:
        (folder / "csv").mkdir()

        def spoil(opened: openpyxl.Workbook) -> None:
            for name in (sheet, *others):
                opened[name][cell] = value
                opened[name][cell].number_format = "d-m-yyyy" if isinstance(value, date) else "General"

        return read(dutch_workbook(good(folder / "csv"), folder / "a.xlsx", spoil))

    return call


def locked(path: Path) -> None:
    path.with_name("~$a.xlsx").write_bytes(b"")


def in_use(folder: Path) -> object:
    with patch.object(Path, "open", side_effect=PermissionError):
        return read(folder / "a.xlsx")


def twice(opened: openpyxl.Workbook) -> None:
    opened.create_sheet("begeleiders")


def note_below(opened: openpyxl.Workbook) -> None:
    opened["organisations"]["A9"] = "Let op"


def below(path: Path) -> None:
    rewritten(path, "xl/worksheets/sheet2.xml", lambda xml: xml.replace('<row r="3"', '<row r="1048577"', 1))


def entities(path: Path) -> None:
    rewritten(path, "xl/workbook.xml", lambda xml: xml.replace("?>", '?><!DOCTYPE x [<!ENTITY a "a">]>', 1))


def unsafe(folder: Path) -> object:
    write(good(folder), folder / "a.xlsx")
    with workbook_open.opened(folder / "a.xlsx", LIMITS, results=False, protected=False) as workbook:
        return workbook


def put(sheet: str, cell: str, value: str | date) -> Callable[[Path], object]:
    def spoil(opened: openpyxl.Workbook) -> None:
        opened[sheet][cell] = value

    return book(spoil)


def hide_row(opened: openpyxl.Workbook) -> None:
    opened["organisations"].row_dimensions[2].hidden = True


def hide_column(opened: openpyxl.Workbook) -> None:
    opened["organisations"].column_dimensions["B"].hidden = True


def hide_sheet(opened: openpyxl.Workbook) -> None:
    opened["organisations"].sheet_state = "hidden"


def set_filter(opened: openpyxl.Workbook) -> None:
    opened["organisations"].auto_filter.add_filter_column(0, ["GEM", "WAT"])


def grid(*marks: str | None, who: str | None = "F1", width: int = 3) -> Callable[[Path], object]:
    """A grid of half-days of two days, beside a table of availability."""

    def spoil(opened: openpyxl.Workbook) -> None:
        table, sheet = opened.create_sheet("availability"), opened.create_sheet("who can when")
        table.append(["facilitator", "start", "end", "kind"])
        table.append(["F1", "2026-03-06", "2026-03-06", "unavailable"])
        days = [date(2026, 3, 6), *[None] * (width - 1), date(2026, 3, 7), None, None]
        for line in ([None, *days], ["facilitators", *"maemae"], [who, *marks]):
            sheet.append(line)

    return book(spoil)


def point_in_dutch(folder: Path) -> object:
    people = GOOD["facilitators"].replace(",", ";")
    return read(folder_of({"facilitators": people}, folder), locale="nl")


def two_forms(folder: Path) -> object:
    folder_of({}, folder)
    (folder / "ties.parquet").write_bytes(b"")
    return read(folder)


def damaged_parquet(folder: Path) -> object:
    (folder / "ties.parquet").write_bytes(b"PAR1 no more")
    return read(folder)


def roster_file(name: str, content: bytes) -> Callable[[Path], object]:
    def call(folder: Path) -> object:
        (folder / name).write_bytes(content)
        return read_roster(folder / name, good(folder))

    return call


def roster_book(folder: Path) -> object:
    openpyxl.Workbook().save(folder / "a.xlsx")
    return read_roster(folder / "a.xlsx", good(folder))


def long_list(folder: Path) -> object:
    past = {"meeting": "OUD", "facilitator": "F1", "role": "lead", "hours": 1}
    many = [f"ORG{n:05}" for n in range(4000)]
    write(document(history=[{**past, "organisations": many}]), folder / "a.xlsx")
    return []


def calendar(content: str, limits: Limits = LIMITS) -> Callable[[Path], object]:
    """Read a calendar of one appointment with these lines, for the good problem."""
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", *content.split(), "END:VEVENT", "END:VCALENDAR", ""]

    def call(folder: Path) -> object:
        (folder / "a.ics").write_text("\r\n".join(lines), "utf-8")
        return read_busy(folder / "a.ics", "F1", document(), limits=limits)

    return call


OPEN: Mapping[str, Callable[[Path], object]] = {
    "record-unreadable": lambda folder: RunRecord.from_file(folder / "run.json"),
    "file-missing": lambda folder: read(folder / "nowhere.xlsx"),
    "file-cannot-be-opened": lambda folder: read(folder_of({}, folder) / "period.csv" / "a.xlsx"),
    "file-too-large": limited(Limits(file_bytes=10)),
    "file-unpacks-too-large": limited(Limits(unpacked_bytes=10), ".parquet"),
    "file-is-one-table": text("ties.csv", b"x"),
    "file-form-unknown": text("a.txt", b"x"),
    "folder-of-two-forms": two_forms,
    "sheets-of-a-workbook": lambda folder: saved_sheets(folder, "pool", "pool"),
    "sheets-of-several-workbooks": lambda folder: saved_sheets(folder, "pool", "old"),
    "folder-without-tables": lambda folder: read(folder),
    "roster-form-unknown": roster_file("a.txt", b"x"),
    "roster-is-a-folder": lambda folder: read_roster(folder, good(folder)),
    "roster-sheet-missing": roster_book,
    "grid-too-many-columns": lambda folder: frames(folder, ties=pd.DataFrame({f"c{n}": [""] for n in range(101)})),
    "grid-too-many-rows": lambda folder: frames(folder, ties=pd.DataFrame({"kind": ["x"] * 1_000_001})),
    "grid-too-many-cells": limited(Limits(cells=3)),
    "csv-not-in-its-encoding": csv("organisation,name\nGEM,Café\nWAT,Waterschap\n".encode("cp1252")),
    "csv-holds-nul": csv("organisation,name\nGEM,Gemeente\n".encode("utf-16-le")),
    "point-though-decimal-comma": lambda folder: read(folder_of({}, folder), decimal=","),
    "point-though-dutch": point_in_dutch,
    "workbook-encrypted-or-old": text("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000)),
    "workbook-of-other-form": of_form("xl/workbook.bin"),
    "workbook-open-elsewhere": package(locked),
    "file-of-a-lock": text("~$a.xlsx", b""),
    "file-in-use": in_use,
    "table-on-two-sheets": book(twice),
    "cell-beside-the-table": put("organisations", "H2", "nieuw"),
    "sheet-cell-without-heading": put("organisations", "G2", "nieuw"),
    "row-of-one-cell": book(note_below),
    "not-a-number-in-dutch": dutch("begeleiders", "L2", "veel"),
    "point-may-be-thousands": dutch("begeleiders", "L2", "1.500"),
    "date-in-place-of-number": dutch("begeleiders", "L2", date(2026, 5, 1)),
    "number-in-place-of-date": dutch("periode", "E2", 46091),
    "not-a-date-in-dutch": dutch("periode", "E2", "gisteren"),
    "not-a-date-with-time-in-dutch": dutch("bijeenkomsten", "C2", "overdag"),
    "time-without-date": dutch("bijeenkomsten", "C2", "19.30"),
    "date-with-strokes": dutch("periode", "E2", "3/4/2026"),
    "year-not-in-full": dutch("periode", "E2", "3-4-26"),
    "weekday-differs": dutch("periode", "E2", "ma 29-3-2026"),
    "name-of-several": dutch("organisaties", "B2", "Waterschap", "belangen"),
    "name-and-id": dutch("organisaties", "B2", "wat", "belangen"),
    "name-of-another-id": dutch("belangen", "B2", "WAT · Gemeente"),
    "id-with-a-name-behind-it": dutch("organisaties", "A3", "GEM · Gemeente"),
    "number-in-cell-of-dates": put("meetings", "C2", date(1900, 1, 31)),
    "name-or-id-of-the-past": book(past_by_name),
    "percentage-in-place-of-number": book(percentage),
    "name-beside-id-differs": dutch("belangen", "B2", "GEM · Stad"),
    "workbook-encrypted": package(encrypted),
    "workbook-damaged": text("a.xlsx", b"PK\x03\x04"),
    "workbook-holds-entities": package(entities),
    "workbook-unpacks-too-large": limited(Limits(parts=1), ".xlsx"),
    "workbook-holds-macros": package(macros),
    "workbook-reader-unsafe": unsafe,
    "sheet-cell-below-last-row": package(below),
    "cell-holds-error": put("organisations", "B2", "#REF!"),
    "formula-without-result": put("organisations", "B2", "=1+1"),
    "year-in-cell-of-dates": put("meetings", "C2", date(1905, 7, 18)),
    "sheet-hidden": book(hide_sheet),
    "cells-merged": book(lambda opened: opened["organisations"].merge_cells("B2:B3")),
    "rows-hidden": book(hide_row),
    "filter-set": book(set_filter),
    "columns-hidden": book(hide_column),
    "list-too-long-for-workbook": long_list,
    "mark-unknown": grid("?"),
    "mark-without-day": grid(*[None] * 6, "x"),
    "mark-without-person": grid("x", who=None),
    "grid-of-half-days-changed": grid("x", width=2),
    "availability-against-itself": grid("v"),
    "parquet-damaged": damaged_parquet,
    "calendar-unreadable": calendar("END:VCALENDAR END:VCALENDAR END:VEVENT"),
    "calendar-too-large": calendar("", Limits(calendar_bytes=10)),
    "calendar-too-many-appointments": calendar("", Limits(appointments=1)),
    "calendar-recurs-too-often": calendar("DTSTART:20260302T090000Z RRULE:FREQ=SECONDLY"),
    "calendar-appointment-unreadable": calendar("DTSTART:rubbish"),
    "calendar-zone-unknown": calendar("DTSTART;TZID=Nowhere/Special:20260302T090000"),
    "not-a-data-frame": lambda folder: frames(folder, ties=3),  # type: ignore[arg-type]
}
"""Of files: what raises, or returns a problem with warnings."""

DATA: Mapping[str, Callable[[Path], object]] = {
    "problem-not-tables": lambda *_: Problem.model_validate("x"),
    "table-not-rows": lambda *_: document(ties="x"),
    "table-too-many-rows": lambda *_: document(ties=[{}] * 1_000_001),
    "row-not-an-object": lambda *_: document(ties=["x"]),
    "schema-version-unknown": lambda *_: document(schema_version=9),
    "not-text": lambda *_: document(organisations=[{"organisation": 7, "name": "x"}]),
    "not-a-list": lambda *_: document(
        history=[{"meeting": "OUD", "facilitator": "F1", "role": "lead", "organisations": 3}]
    ),
    "not-a-number-value": lambda *_: document(facilitators=[{"facilitator": "F1", "name": "x", "lat": True, "lon": 4}]),
    "truth-not-yes-or-no": lambda *_: document(facilitators=[{"facilitator": "F1", "name": "x", "external": 3}]),
    "number-not-finite": lambda *_: document(
        facilitators=[{"facilitator": "F1", "name": "x", "max_hours": float("nan")}]
    ),
    "time-zone-not-text": lambda *_: document(period=[{**DOCUMENT["period"][0], "timezone": 3}]),
    "not-at-a-whole-second": lambda *_: document(
        slots=[{"meeting": "M1", "start": pd.Timestamp("2026-03-10 19:30:00.5"), "end": "2026-03-10 21:30"}]
    ),
    "document-key-twice": lambda *_: Problem.from_json('{"ties": [], "ties": []}'),
    "document-constant": lambda *_: Problem.from_json('{"ties": NaN}'),
    "document-not-json": lambda *_: Problem.from_json("{"),
    "document-not-an-object": lambda *_: Problem.from_json("[]"),
    "document-number-too-long": lambda *_: Problem.from_json("1" * 5000),
    "document-too-deep": lambda *_: Problem.from_json("[" * 100_000),
    "document-not-utf-8": text("a.json", b"\xff{"),
}
"""Of data and documents."""
assert set(DOCUMENT) <= set(TABLES)
assert json.dumps(DOCUMENT)
