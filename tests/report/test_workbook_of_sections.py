"""Sections as worksheets: typed cells, names that spreadsheet programs allow, and text that stays text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

from poolmatch.report.sections.section import Column, Content, Kind, Section
from poolmatch.report.workbook import Sheets, write_workbook
from poolmatch.tables.workbook_write import new_workbook
from poolmatch.words import Words, untranslated

WHO = Column(Words("who", "wie"))
COLUMNS = (
    WHO,
    Column(Words("start", "begin"), Kind.MOMENT),
    Column(Words("meetings", "bijeenkomsten"), Kind.WHOLE),
    Column(Words("hours", "uren"), Kind.HOURS),
    Column(Words("balance", "saldo"), Kind.BALANCE),
    Column(Words("gap", "verschil"), Kind.SHARE),
    Column(Words("load", "belasting"), Kind.LOAD),
)
START = datetime(2026, 3, 5, 19, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
ROWS = (
    ("F1", START, 3, 4.5, -1.0, 0.25, 1.2),
    ("=1+1", START.date(), 0, 0.0, 0.0, None, None),
    ("F2", Words("no date", "geen datum"), 1, 0.0, 0.0, 0.0, 0.0),
)
WORK = Section("work", Words("Work, per person", "Werk, per persoon"), COLUMNS, ROWS, foot=Words("Sum", "Som"))
SAID = Section("said", Words("Said", "Gezegd"), (WHO,), ((Words("One.", "Een."),), ("http://x",)))
MORE = Section("more", Words("More", "Meer"), (WHO,), (("@A",),))


def saved(path: Path) -> dict[str, list[list[Any]]]:
    """Return the cells of every sheet."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_cells_have_their_type_and_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, Content(Words("Month", "Maand"), Words("Good.", "Goed."), WORK, (SAID, MORE)), "nl")
    cells = saved(path)
    assert cells["Werk"] == [
        ["Maand", None, None, None, None, None, None],
        ["Goed.", None, None, None, None, None, None],
        [None] * 7,
        ["Werk, per persoon", None, None, None, None, None, None],
        ["wie", "begin", "bijeenkomsten", "uren", "saldo", "verschil", "belasting"],
        ["F1", START.replace(tzinfo=None), 3, 4.5, -1, 0.25, 1.2],
        ["=1+1", datetime(2026, 3, 5, tzinfo=None), 0, 0, 0, "–", "–"],  # noqa: DTZ001 - as a cell holds it
        ["F2", "geen datum", 1, 0, 0, 0, 0],
        ["Som", None, None, None, None, None, None],
    ]
    # what is said in the same columns stands on one sheet, one below the other
    assert cells["Gezegd"] == [["Gezegd"], ["Een."], ["http://x"], [None], ["Meer"], ["@A"]]
    assert list(cells) == ["Werk", "Gezegd"]
    book = openpyxl.load_workbook(path)
    assert all(cell.data_type != "f" and cell.hyperlink is None for sheet in book for row in sheet for cell in row)
    sheet = book["Werk"]
    assert [cell.number_format for cell in sheet[6]][1:] == [
        "[$-413]ddd dd-mm-yyyy hh:mm",
        "0",
        "0.0",
        "+0.0;-0.0;0.0",
        "0.00%",
        "0%",
    ]
    assert sheet["B7"].number_format == "[$-413]ddd dd-mm-yyyy"
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.auto_filter.ref == "A5:G8"
    for item in book:
        assert (item.page_setup.orientation, item.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    # what is fitted to a page heeds no page break, and of several sections none is to be torn apart
    assert book["Gezegd"].page_setup.fitToHeight is None
    assert book["Gezegd"].auto_filter.ref is None


def test_english_is_english(tmp_path: Path) -> None:
    write_workbook(tmp_path / "book.xlsx", Content(None, Words("Good.", "Goed."), SAID, ()), "en")
    assert saved(tmp_path / "book.xlsx") == {"Said": [["Good."], [None], ["Said"], ["One."], ["http://x"]]}


def test_names_of_sheets_are_allowed_and_differ(tmp_path: Path) -> None:
    asked = ["a/b: [c]", "A B", "a b", "'x'", "y" * 40, "y" * 40]
    with new_workbook(tmp_path / "book.xlsx") as book:
        sheets = Sheets(book, "en")
        for name in asked:
            sheets.add([SAID], name=untranslated(name))
    assert list(saved(tmp_path / "book.xlsx")) == ["a b   c", "A B", "a b 2", "x", "y" * 31, "y" * 29 + " 2"]


def test_nothing_to_say_is_a_sheet_with_the_verdict(tmp_path: Path) -> None:
    empty = Section("none", Words("Changes", "Veranderingen"), (WHO,), ())
    write_workbook(tmp_path / "book.xlsx", Content(None, Words("Same.", "Gelijk."), empty, (empty,)), "nl")
    assert saved(tmp_path / "book.xlsx") == {"Veranderingen": [["Gelijk."], [None], ["Veranderingen"]]}
