"""The workbook of a result: what stands on each sheet, how it prints, and that nothing in it becomes a formula."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.builders import facilitator, meeting, problem, roster
from tests.report.worked_example import PEOPLE, example, made

from poolmatch import Problem, check, read_roster
from poolmatch.report import write_judged
from poolmatch.report.page_layout import LINE, MORE, Pages, height_of, squeezed
from poolmatch.report.results_workbook import write_results

SHEETS = {
    "nl": [
        "rooster",
        "maart 2026",
        "per begeleider",
        "per bijeenkomst",
        "lege plaatsen",
        "te melden aan partijen",
        "veranderingen",
        "wie wat te vertellen",
        "belasting",
        "uren van organisaties",
        "hoe goed het is",
        "strafpunten",
        "bevindingen",
        "lijsten",
    ],
    "en": [
        "roster",
        "March 2026",
        "per facilitator",
        "per meeting",
        "empty seats",
        "to be told to parties",
        "changes",
        "whom to tell what",
        "load",
        "hours of organisations",
        "how good it is",
        "penalties",
        "findings",
        "lists",
    ],
}


def written(folder: Path, language: str, case: Problem | None = None) -> Any:
    write_results(folder / "roster.xlsx", made(case), language)
    return openpyxl.load_workbook(folder / "roster.xlsx")


def cells(sheet: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(tmp_path_factory.mktemp("dutch"), "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_sheet_is_there_by_its_name(language: str, tmp_path: Path) -> None:
    assert written(tmp_path, language).sheetnames == SHEETS[language]


@pytest.mark.parametrize(("name", "lines"), [("n" * 12, 1), ("nnnnnnnnnnnn" + " nnnnnnnnnnnn", 2)])
def test_a_line_is_high_enough_for_who_stands_there_in_bold(name: str, lines: int, tmp_path: Path) -> None:
    case = problem([meeting()], [{**facilitator("F1"), "name": name}])
    write_judged(check(case, roster({"M1": "F1"})), tmp_path / "roster.xlsx", "nl")
    sheet = openpyxl.load_workbook(tmp_path / "roster.xlsx")["rooster"]
    assert (sheet.row_dimensions[2].height or LINE) == LINE + (lines - 1) * MORE


# --- the roster --------------------------------------------------------------------------------------------


def test_the_roster_says_who_sits_where_in_order_of_time(dutch: Any) -> None:
    head, *rows = cells(dutch["rooster"])
    assert head == [
        "begin", "einde", "titel", "waar", "rol", "begeleider", "samen met", "vast", "graad", "te melden",
        "bijeenkomst", "plaats",
    ]  # fmt: skip
    start, end = datetime(2026, 3, 5, 19, 30), datetime(2026, 3, 5, 21, 30)  # noqa: DTZ001 - as cells have them
    school = "werkt bij School (toehoorder): melden, regel ‘in dienst van een partij’"
    assert rows[0] == [
        start, end, "Intake", "zuid", "leider", "F1 · Anna", "Bram", None, "neutraal", None, "M1", "leider"
    ]  # fmt: skip
    assert rows[1][4:] == ["medebegeleider", "F2 · Bram", "Anna", None, "melden", school, "M1", "co"]
    assert rows[2][2:] == [None, "online", "leider", None, None, None, None, None, "M2", "leider"]
    assert rows[3][4:9] == ["leider", "F3 · Carla", None, "ja", "neutraal"]
    assert rows[4][4:6] == ["waarnemer", None]
    assert len(rows) == 5
    assert dutch["rooster"]["A2"].number_format == "[$-413]ddd dd-mm-yyyy hh:mm"


def test_people_are_chosen_from_a_list_and_a_required_seat_that_is_empty_is_seen(dutch: Any) -> None:
    sheet = dutch["rooster"]
    people, pins = sheet.data_validations.dataValidation
    assert (str(people.sqref), people.formula1) == ("F2:F6", "'lijsten'!$A$1:$A$3")
    assert (str(pins.sqref), pins.formula1) == ("H2:H6", '"ja,nee"')
    assert not people.showErrorMessage, "an id or a name may be typed as well"
    assert cells(dutch["lijsten"]) == [["F1 · Anna"], ["F2 · Bram"], ["F3 · Carla"]]
    assert dutch["lijsten"].sheet_state == "hidden"
    tinted = [str(item.sqref) for item in sheet.conditional_formatting]
    assert tinted == ["F2:F5"], "the optional seat in line 6 is not"


def test_what_has_no_time_says_so_and_comes_last(tmp_path: Path) -> None:
    case = example(duties=[{"duty": "K1", "kind": "coaching", "hours": 2}])
    last = cells(written(tmp_path, "nl", case)["rooster"])[-1]
    assert last[:3] == [None, None, "taak, zonder vaste tijd"]
    assert last[-2:] == ["K1", "coaching"]
    assert read_roster(tmp_path / "roster.xlsx", case).holder("K1", "coaching") is None


def test_a_month_has_each_meeting_on_its_day(dutch: Any) -> None:
    sheet = dutch["maart 2026"]
    lines = cells(sheet)
    assert lines[0][0] == "Maart 2026"
    assert lines[1] == ["week", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    assert lines[2] == [9, None, None, None, None, None, None, 1]
    assert lines[4] == [10, 2, 3, 4, 5, 6, 7, 8]
    assert lines[5][4:6] == ["19:30–21:30 Intake (M1), zuid\nAnna, Bram", "10:00–12:00 M2, online\nleider: nog niemand"]
    assert lines[12][:3] == [14, 30, 31]
    assert lines[13][1] == "19:00–22:00 Plein (M3)\nCarla"


# --- on paper ----------------------------------------------------------------------------------------------


def test_all_sheets_print_on_their_side_as_wide_as_a_page_with_headings_repeated(dutch: Any) -> None:
    for sheet in dutch.worksheets[:-1]:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.oddFooter.right.text == "&P / &N" or "&P" in str(sheet.oddFooter.right.text), sheet.title
        fitted = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
        assert fitted == (sheet.title not in STACKED), sheet.title
        if not fitted:
            # the digits of DejaVu, which stands for Arial where there is none, are 6.36 points wide
            wide = sum(6.36 * sheet.column_dimensions[letter].width for letter in sheet.column_dimensions)
            assert wide * (sheet.page_setup.scale or 100) / 100 < 780, f"{sheet.title} is wider than a page"
    assert dutch["rooster"].print_title_rows == "$1:$1"
    assert dutch["maart 2026"].print_title_rows == "$1:$2"


STACKED = {"per begeleider", "per bijeenkomst", "uren van organisaties", "bevindingen"}


def test_each_person_begins_a_page(dutch: Any) -> None:
    sheet = dutch["per begeleider"]
    begins = [line for line, row in enumerate(cells(sheet), 1) if "March 2026" in str(row[0])]
    assert len(begins) == 3
    assert [item.id for item in sheet.row_breaks.brk] == [line - 1 for line in begins[1:]]


class Kept:
    """A worksheet that only remembers."""

    def __init__(self) -> None:
        self.breaks: list[int] = []
        self.scale = 0

    def set_row(self, line: int, height: float) -> None: ...
    def set_h_pagebreaks(self, breaks: list[int]) -> None:
        self.breaks = breaks

    def set_print_scale(self, scale: int) -> None:
        self.scale = scale


def filled(blocks: list[int], *, apart: bool = False) -> Kept:
    sheet = Kept()
    pages = Pages(sheet, [100], apart=apart)
    for lines in blocks:
        pages.begin()
        for _ in range(lines):
            pages.add()
    pages.finish()
    return sheet


def test_no_block_is_torn_apart_that_fits_on_a_page() -> None:
    assert filled([10, 10, 10, 10]).breaks == [30], "460 points hold thirty lines"
    assert filled([10, 10, 10, 10], apart=True).breaks == [10, 20, 30]
    assert filled([5, 40, 5]).breaks == [5], "a block that no page holds begins a page, and goes on over the next"
    assert filled([10]).scale == 100


def test_heights_follow_the_text_and_wide_columns_give_way() -> None:
    assert height_of([("short", 10)]) == LINE
    assert height_of([("aaaa bbbb cccc", 5), ("x", 5)]) == LINE + 2 * MORE, "six signs a line"
    assert height_of([("one\ntwo", 50)]) == LINE + MORE
    assert height_of([("abcdefghijklm", 5)]) == LINE + 2 * MORE, "a word that is too long is cut"
    assert squeezed([10, 60, 40], most=80, least=20) == [10, 35, 35]
    assert squeezed([30, 30], most=10, least=26) == [26, 26]


# --- formulas ----------------------------------------------------------------------------------------------

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "<r>bold</r>", "_x0041__x0042_", "{=1}")


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula(text: str, tmp_path: Path) -> None:
    case = example(
        meetings=[
            meeting("M1", title=text, region=text),
            meeting("M2", "2026-03-06 10:00", "2026-03-06 12:00", title=text),
            meeting("M3", "2026-03-30 19:00", "2026-03-30 22:00", title=text),
        ],
        facilitators=[{**facilitator("F1"), "name": text}, *PEOPLE[1:]],
        serves=[{"facilitator": row["facilitator"], "region": text} for row in PEOPLE],
        period={"name": text, "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
    )
    book = written(tmp_path, "nl", case)
    assert cells(book["rooster"])[1][2:4] == [text, text]
    assert cells(book["lijsten"])[0] == [f"F1 · {text}"]
    assert book["per begeleider"]["A1"].value == f"{text} (F1), {text}"
    assert cells(book["maart 2026"])[5][4] == f"19:30–21:30 {text} (M1), {text}\n{text}, Bram"
    assert not formulas(tmp_path / "roster.xlsx")


@pytest.mark.parametrize("start", ["\t=1+1", "\r=1+1", "\n=1+1"])
def test_white_space_before_a_formula_makes_none(start: str, tmp_path: Path) -> None:
    case = example(facilitators=[{**facilitator("F1"), "name": start}, *PEOPLE[1:]])
    book = written(tmp_path, "en", case)
    assert str(cells(book["lists"])[0][0]).split() == ["F1", "·", "=1+1"]
    assert not formulas(tmp_path / "roster.xlsx")


def formulas(path: Path) -> list[str]:
    """Return what stands in cells as a formula; those of formats and lists to choose from stand elsewhere."""
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 8
        return [found for name in sheets for found in re.findall(r"<f[ >].*?</f>", parts.read(name).decode())]
