"""What a hurried coordinator does to a workbook: it is read rightly, or told in one go, in Dutch and at the cell."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from tests.tables.dutch_workbooks import dutch_book, dutch_workbook

from poolmatch.cli import main
from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read
from poolmatch.tables.readers import reading_of


def told(path: Path) -> list[str]:
    """Everything that is said of a file, in Dutch."""
    try:
        issues = read(path).warnings
    except ProblemError as error:
        issues = error.issues
    return [issue.words.nl for issue in issues]


# --- sheets and headings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "begeleiders",
            "begleiders",
            [
                "begleiders: is geen tabel die poolmatch kent; "
                'bedoelt u "begeleiders"? geef het die naam, of haal het weg'
            ],
        ),
        (
            "begeleiders",
            "procesbegeleiders",
            [
                "procesbegeleiders: is geen tabel die poolmatch kent; "
                'bedoelt u "begeleiders"? geef het die naam, of haal het weg',
            ],
        ),
        (
            "plaatsen",
            "notities",
            ['notities: is geen tabel die poolmatch kent; bedoelt u "plaatsen"? geef het die naam, of haal het weg'],
        ),
        ("plaatsen", "lijsten", []),
        ("begin hier", "rooster", []),
    ],
)
def test_a_renamed_sheet(old: str, new: str, says: list[str], problem: Problem, tmp_path: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book[old].title = new

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", rename)) == says


def test_a_misspelt_sheet_and_what_is_wrong_in_it_are_told_in_one_go(problem: Problem, tmp_path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["begeleiders"]["L2"] = "veel"
        book["begeleiders"].title = "begleiders"

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", spoil))[1:] == [
        "begleiders, kolom hoogste aantal uren (begleiders!L2): is geen getal; "
        "schrijf cijfers met een komma, zoals 1,5, zonder tekens voor duizendtallen"
    ]


def test_two_sheets_of_one_table(problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "a.xlsx", lambda book: book.create_sheet("facilitators"))
    assert told(path) == ["begeleiders: staat op nog een blad, facilitators; houd een van de bladen"]


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        (
            "begeleidr",
            [
                "begeleiders, kolom begeleidr (begeleiders!A1): is geen kolom van deze tabel; "
                'bedoelt u "begeleider"? geef het die naam, of haal het weg'
            ],
        ),
        (
            "code",
            [
                "begeleiders, kolom code (begeleiders!A1): is geen kolom van deze tabel; "
                "geef het de juiste naam, als dit is wat ontbreekt; haal het anders weg",
                "begeleiders, kolom begeleider: is verplicht en ontbreekt; voeg de kolom toe",
            ],
        ),
    ],
)
def test_a_renamed_heading(heading: str, says: list[str], problem: Problem, tmp_path: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book["begeleiders"]["A1"] = heading

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", rename)) == says


def test_a_column_of_ones_own_is_a_warning(problem: Problem, tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book["organisaties"]["G1"], book["organisaties"]["G2"] = "telefoon", "0594"

    path = dutch_workbook(problem, tmp_path / "a.xlsx", add)
    assert read(path) == problem
    assert told(path) == [
        "organisaties, kolom telefoon (organisaties!G1): is geen kolom van deze tabel; de inhoud wordt niet gebruikt"
    ]


def test_a_title_above_the_table_is_no_part_of_it(problem: Problem, tmp_path: Path) -> None:
    def insert(book: openpyxl.Workbook) -> None:
        sheet = book["bijeenkomsten"]
        sheet.insert_rows(1, 3)
        sheet["A1"], sheet["A2"] = "Bijeenkomsten van het voorjaar", "Vul hieronder in"
        sheet["C5"] = "ooit"

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", insert)) == [
        "bijeenkomsten, kolom begin (bijeenkomsten!C5): is geen datum met een tijd; schrijf dat als 29-3-2026 19.30"
    ]


# --- notes, totals and blank rows ------------------------------------------------------------------------


def test_notes_beside_the_table_are_left_alone_with_a_warning(problem: Problem, tmp_path: Path) -> None:
    def note(book: openpyxl.Workbook) -> None:
        sheet = book["belangen"]
        sheet["E2"], sheet["F7"], sheet["E9"] = "navragen", "=1/0", "let op"

    path = dutch_workbook(problem, tmp_path / "a.xlsx", note)
    assert read(path) == problem
    assert told(path) == [
        "belangen (belangen!E2, belangen!E9): heeft iets naast de tabel staan; "
        "niets te doen als het een opmerking is: het telt niet mee"
    ]


def test_a_note_below_the_table_is_told_once(problem: Problem, tmp_path: Path) -> None:
    def note(book: openpyxl.Workbook) -> None:
        book["belangen"]["A6"] = "Navragen bij de gemeente"

    assert [line for line in told(dutch_workbook(problem, tmp_path / "a.xlsx", note)) if "lege rijen" not in line] == [
        "belangen (belangen!6:6): heeft maar één gevulde cel; "
        "vul de rest van de rij in, of zet de opmerking naast de tabel"
    ]


def test_a_total_row(problem: Problem, tmp_path: Path) -> None:
    def total(book: openpyxl.Workbook) -> None:
        book["begeleiders"]["A4"], book["begeleiders"]["L4"] = "Totaal", "=SUM(L2:L3)"

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", total)) == [
        "begeleiders (begeleiders!4:4): is een totaal van andere rijen; "
        "haal de rij weg, of geef waar zij voor staat een ander kenmerk"
    ]


def test_blank_rows_at_the_end_are_nothing(problem: Problem, tmp_path: Path) -> None:
    def blank(book: openpyxl.Workbook) -> None:
        for row in range(4, 60):
            book["begeleiders"].cell(row, 1).value = " "

    path = dutch_workbook(problem, tmp_path / "a.xlsx", blank)
    assert (read(path), told(path)) == (problem, [])


def test_merged_cells_hidden_rows_and_a_filter_are_told_with_the_dutch_sheet(problem: Problem, tmp_path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["begeleiders"].merge_cells("C2:C3")
        book["belangen"].row_dimensions[3].hidden = True
        book["organisaties"].auto_filter.ref = "A1:F3"
        book["organisaties"].auto_filter.add_filter_column(0, ["GEM", "WAT"])

    assert sorted(line.partition(";")[0] for line in told(dutch_workbook(problem, tmp_path / "a.xlsx", spoil))) == [
        "begeleiders (begeleiders!C2:C3): heeft samengevoegde cellen",
        "belangen (belangen!3:3): heeft rijen die verborgen of weggefilterd zijn",
        "organisaties: heeft een filter aan staan",
    ]


def test_a_sheet_of_two_words_stands_in_quotes(problem: Problem, tmp_path: Path) -> None:
    def pin(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("vastgezette plaatsen")
        sheet.append(["bijeenkomst", "plaats", "begeleider"])
        sheet.append(["M1", "lead", "Cor"])

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", pin)) == [
        "vastgezette plaatsen, kolom begeleider ('vastgezette plaatsen'!C2): staat niet in begeleiders; "
        "verbeter het, of voeg het toe aan begeleiders"
    ]


def test_a_workbook_of_which_half_is_filled_in(problem: Problem, tmp_path: Path) -> None:
    def empty(book: openpyxl.Workbook) -> None:
        book["bijeenkomsten"].delete_rows(2, 9)
        book["belangen"].delete_rows(2, 9)
        book["plaatsen"].delete_rows(2, 9)
        book["periode"].delete_rows(2, 9)

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", empty)) == [
        "periode: heeft 0 rijen; geef precies één rij",
        "bijeenkomsten: is leeg; voeg de bijeenkomsten van de periode toe",
    ]


# --- other forms of file ---------------------------------------------------------------------------------

SAVE_AS = "open die, kies Bestand > Opslaan als, en sla die op als Excel-werkmap (.xlsx)"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def ods(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<x/>")


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("a.ods", ods, f"is een werkmap in de vorm .ods; {SAVE_AS}"),
        (
            "a.xls",
            lambda path: path.write_bytes(COMPOUND + "Workbook".encode("utf-16-le")),
            f"is een werkmap in de vorm .xls; {SAVE_AS}",
        ),
        (
            "a.xlsx",
            lambda path: path.write_bytes(COMPOUND + "EncryptedPackage".encode("utf-16-le")),
            "is versleuteld; sla het op zonder wachtwoord",
        ),
        (
            "~$a.xlsx",
            lambda path: path.write_bytes(b"\x05Anna"),
            "is wat Excel naast een werkmap bewaart zolang die open is; geef de werkmap zelf: a.xlsx",
        ),
        (
            "a.xls",
            lambda path: path.write_bytes(b"<html><table></table></html>"),
            "is geen werkmap, of is beschadigd; sla het opnieuw op als .xlsx",
        ),
    ],
)
def test_another_form_of_file(name: str, make: Callable[[Path], Any], says: str, tmp_path: Path) -> None:
    make(tmp_path / name)
    assert told(tmp_path / name) == [f"{name}: {says}"]


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_workbook_that_is_open_is_read_as_it_was_saved(lock: str, problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "a.xlsx")
    (tmp_path / lock).write_bytes(b"")
    assert read(path) == problem
    assert told(path) == [
        "a.xlsx: is open in een ander programma; "
        "het is gelezen zoals het is opgeslagen: sla het eerst op als u iets veranderd hebt"
    ]


def test_a_workbook_that_excel_does_not_share(tmp_path: Path) -> None:
    with patch.object(Path, "open", side_effect=PermissionError):
        assert told(tmp_path / "a.xlsx") == [
            "a.xlsx: is niet te openen; sluit het in Excel of een ander programma; "
            "als het dicht is, kijk dan uw rechten na"
        ]


# --- a folder that was saved from a Dutch workbook -------------------------------------------------------


def exported(book: openpyxl.Workbook, folder: Path) -> Path:
    """Each sheet as a CSV file, the way a Dutch spreadsheet program saves it."""
    folder.mkdir()
    for sheet in book.worksheets:
        with (folder / f"{sheet.title}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            for row in sheet.iter_rows(values_only=True):
                writer.writerow(str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row)
    return folder


def test_csv_files_of_a_dutch_workbook_are_read_too(problem: Problem, tmp_path: Path) -> None:
    folder = exported(dutch_book(problem), tmp_path / "map")
    reading = reading_of(folder)
    assert (reading.language, reading.problem()) == ("nl", problem)
    (folder / "belangen.csv").write_text("bijeenkomst;partij;soort belang\nM1;Gemeente;belang\n", "utf-8")
    assert told(folder) == [
        "belangen, kolom soort belang (regel 2): is geen woord dat deze kolom kent; "
        'bedoelt u "belanghebbende"? schrijf een van: beslisser, opdrachtgever, belanghebbende, meedenker, toehoorder'
    ]
    shutil.copy(folder / "belangen.csv", folder / "belngen.csv")
    assert "belngen: is geen tabel die poolmatch kent" in told(folder)[0]


def test_csv_files_of_a_dutch_workbook_need_no_locale_and_none_is_named(problem: Problem, tmp_path: Path) -> None:
    """A program that is not Dutch wrote decimal points, and a thousand with one is still a doubt."""
    folder = exported(dutch_book(problem), tmp_path / "map")
    people = (folder / "begeleiders.csv").read_text("utf-8-sig")
    (folder / "begeleiders.csv").write_text(people.replace("53,2", "53.2"), "utf-8")
    assert "53.2" in (folder / "begeleiders.csv").read_text("utf-8")
    assert (read(folder), told(folder)) == (problem, [])
    (folder / "begeleiders.csv").write_text(people.replace("53,2", "53.200"), "utf-8")
    assert told(folder) == [
        "begeleiders, kolom breedtegraad (regel 2): heeft een punt die een komma kan zijn of duizendtallen kan "
        "scheiden; schrijf een komma, of laat de punt weg"
    ]


# --- on the command line ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "asked"),
    [([], "kolom partij"), (["--language", "nl"], "kolom partij"), (["--language", "en"], "column partij")],
)
def test_a_dutch_workbook_is_answered_in_dutch(
    flags: list[str], asked: str, problem: Problem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = dutch_workbook(problem, tmp_path / "a.xlsx", lambda book: book["belangen"].__setitem__("B2", "XYZ"))
    assert main(["solve", str(path), *flags]) == 2
    assert asked in capsys.readouterr().err


def test_what_rules_say_of_the_input_is_told_in_the_words_of_the_workbook(
    problem: Problem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def apart(book: openpyxl.Workbook) -> None:
        book["bijeenkomsten"]["K2"] = book["bijeenkomsten"]["K3"] = "R1"
        sheet = book.create_sheet("tussentijd")
        sheet.append(["reeks", "laagste aantal dagen ertussen"])
        sheet.append(["R1", 9])

    def bare(book: openpyxl.Workbook) -> None:
        book["belangen"].delete_rows(2)

    run = ["--time-limit", "0", "--out", str(tmp_path / "uit")]
    assert main(["solve", str(dutch_workbook(problem, tmp_path / "a.xlsx", apart)), *run]) == 0
    assert "tussentijd (tussentijd!2:2): wordt niet gehouden door Plein (M1) en Intake (M2)" in capsys.readouterr().out
    assert main(["solve", str(dutch_workbook(problem, tmp_path / "b.xlsx", bare)), *run]) == 2
    assert "bijeenkomsten (bijeenkomsten!2:2): heeft geen partijen; voeg de partijen toe aan belangen" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("year", [1900, 2026, 2100])
def test_a_year_in_a_cell_for_dates_is_no_date_of_long_ago(year: int, problem: Problem, tmp_path: Path) -> None:
    """It would end a tie in 1905, and who has that tie would be neutral."""

    def tie(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("banden")
        sheet.append(["begeleider", "soort", "organisatie", "einde"])
        sheet.append(["F1", "oud-werknemer", "WAT", year])
        sheet["D2"].number_format = "d-m-yyyy"

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", tie)) == [
        "banden, kolom einde (banden!D2): is een datum van 1905, zoals een los jaartal wordt in een cel voor "
        "datums; schrijf dag, maand en jaar"
    ]
