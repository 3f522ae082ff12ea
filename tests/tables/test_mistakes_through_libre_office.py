"""The usual mistakes in a Dutch workbook, kept by LibreOffice: all are told in one go, each at its cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.office import converted, needs_office
from tests.tables.dutch_workbooks import dutch_book, dutch_workbook
from tests.tables.files import folder_of

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read

pytestmark = [pytest.mark.slow, needs_office]

MISTAKES: dict[str, tuple[Any, str]] = {
    "periode!C2": ("31/10/2026", "is op twee manieren te lezen"),
    "periode!E2": (46091, "is een getal en geen datum"),
    "organisaties!E2": ("53.2x", "is geen getal"),
    "organisaties!F3": (date(2026, 5, 6), "is een datum en geen getal"),
    "begeleiders!B2": ("=NA()", "bevat de fout #N/B"),
    "begeleiders!C3": ("Waterschp", "staat niet in organisaties"),
    "begeleiders!D3": ("soms", "is geen ja en geen nee"),
    "begeleiders!J2": ("leider; begeleidster", "is geen woord dat deze kolom kent"),
    "begeleiders!L2": ("1.500", "heeft een punt die een komma kan zijn of duizendtallen kan scheiden"),
    "begeleiders!L3": ("veel", "is geen getal"),
    "bijeenkomsten!C2": ("19.30 uur", "is een tijd zonder datum"),
    "bijeenkomsten!D2": ("ma 10-3-2026 21u30", "valt op een andere dag van de week"),
    "bijeenkomsten!C3": ("12-3-26 14.00", "heeft geen jaar van vier cijfers"),
    "bijeenkomsten!D3": ("12 maart na de lunch", "heeft geen jaar van vier cijfers"),
    "bijeenkomsten!Q3": (2.5, "is geen geheel getal"),
    "belangen!A3": (2, "staat niet in bijeenkomsten"),
    "belangen!B2": ("WAT · Gemeente", "noemt het kenmerk WAT met de naam van GEM"),
    "belangen!C2": ("belang", "is geen woord dat deze kolom kent"),
    "plaatsen!D2": ("misschien", "is geen ja en geen nee"),
    "plaatsen!C3": ("=1/0", "bevat de fout #DEEL/0!"),
}
"""What is written in a cell, and what is said of it."""


def spoil(book: openpyxl.Workbook) -> None:
    for place, (value, _) in MISTAKES.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
        book[sheet][cell].number_format = "d-m-yyyy" if isinstance(value, date) else "General"
    book["belangen"]["F2"] = "navragen"
    book["plaatsen"].row_dimensions[3].hidden = True
    book["organisaties"]["A9"] = "nog aanvullen"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    return read(folder_of({}, tmp_path_factory.mktemp("good")))


def test_twenty_mistakes_are_told_in_one_go_each_at_its_cell(good: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(good, tmp_path / "a.xlsx", spoil)
    (tmp_path / "kept").mkdir()
    with pytest.raises(ProblemError) as caught:
        read(converted(path, tmp_path / "kept"))
    said = {str(issue.where): issue.words.nl for issue in caught.value.issues}
    assert len(MISTAKES) == 20
    for place, (_, reason) in MISTAKES.items():
        assert f"({place}): {reason}" in said.pop(place)
    assert sorted(said) == ["belangen!F2", "organisaties!4:8", "organisaties!9:9", "plaatsen!3:3"]
    assert "heeft maar één gevulde cel" in said["organisaties!9:9"]


def test_a_good_workbook_is_kept_and_its_other_forms_are_told(good: Problem, tmp_path: Path) -> None:
    book = dutch_book(good)
    book["bijeenkomsten"]["A2"] = "M1"
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "kept").mkdir()
    assert read(converted(tmp_path / "a.xlsx", tmp_path / "kept")) == good
    for suffix in ("ods", "xls"):
        with pytest.raises(ProblemError) as caught:
            read(converted(tmp_path / "a.xlsx", tmp_path / "kept", suffix))
        assert caught.value.words.nl.endswith(
            f"a.{suffix}: is een werkmap in de vorm .{suffix}; "
            "open die, kies Bestand > Opslaan als, en sla die op als Excel-werkmap (.xlsx)"
        )


def test_what_is_done_to_sheets_is_told_in_one_go_too(good: Problem, tmp_path: Path) -> None:
    """Cells merged, a total, a filter, a sheet and a heading misspelt, a column of one's own, a number for an id."""

    def spoil(book: openpyxl.Workbook) -> None:
        book["begeleiders"].merge_cells("C2:C3")
        book["begeleiders"]["A4"], book["begeleiders"]["L4"] = "Totaal", "=SUM(L2:L3)"
        book["organisaties"]["B1"] = "namn"
        book["organisaties"]["G1"], book["organisaties"]["G2"] = "telefoon", "0594"
        book["belangen"].auto_filter.ref = "A1:C3"
        book["belangen"].auto_filter.add_filter_column(0, ["M1"])
        book["plaatsen"]["A2"] = 7
        book["bijeenkomsten"].title = "bijenkomsten"

    path = dutch_workbook(good, tmp_path / "a.xlsx", spoil)
    (tmp_path / "kept").mkdir()
    with pytest.raises(ProblemError) as caught:
        read(converted(path, tmp_path / "kept"))
    said = [issue.words.nl.partition(";")[0] for issue in caught.value.issues]
    assert sorted(said) == [
        "begeleiders (begeleiders!4:4): is een totaal van andere rijen",
        "begeleiders (begeleiders!C2:C3): heeft samengevoegde cellen",
        "belangen: heeft een filter aan staan",
        "bijenkomsten: is geen tabel die poolmatch kent",
        "organisaties, kolom naam: is verplicht en ontbreekt",
        "organisaties, kolom namn (organisaties!B1): is geen kolom van deze tabel",
        "organisaties, kolom telefoon (organisaties!G1): is geen kolom van deze tabel",
        "plaatsen, kolom bijeenkomst (plaatsen!A2): staat niet in bijeenkomsten",
    ]


def test_what_people_type_is_read_rightly(good: Problem, tmp_path: Path) -> None:
    """Names for ids, and days and times as people write them."""

    def write(book: openpyxl.Workbook) -> None:
        book["bijeenkomsten"]["C2"], book["bijeenkomsten"]["D2"] = "di 10 maart 2026, 19.30 uur", "10-3-2026 21u30"
        for row in (2, 3):
            key, name = (book["organisaties"][f"{letter}{row}"].value for letter in "AB")
            for cell in (*book["begeleiders"]["C"], *book["belangen"]["B"]):
                cell.value = name if cell.value == key else cell.value

    path = dutch_workbook(good, tmp_path / "a.xlsx", write)
    (tmp_path / "kept").mkdir()
    assert read(converted(path, tmp_path / "kept")) == good
