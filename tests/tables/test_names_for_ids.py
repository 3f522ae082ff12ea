"""In a workbook a person, organisation or meeting may be written by name; what is in doubt is told, by ids alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.tables.dutch_workbooks import dutch_workbook
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.errors import ProblemError
from poolmatch.tables import read, read_roster, write, write_roster
from poolmatch.tables.references import SEPARATOR


def put(**cells: Any) -> Callable[[openpyxl.Workbook], None]:
    """Fill cells, such as ``belangen_B2``."""

    def spoil(book: openpyxl.Workbook) -> None:
        for name, value in cells.items():
            sheet, _, place = name.rpartition("_")
            book[sheet][place] = value

    return spoil


def told(path: Path) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        read(path)
    return [issue.words.nl for issue in caught.value.issues]


@pytest.mark.parametrize(
    "written",
    ["Waterschap", " waterschap ", "WATERSCHAP", "WAT", f"WAT{SEPARATOR}Waterschap", "WAT· waterschap"],
)
def test_a_unique_name_stands_for_its_id(written: str, problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "a.xlsx", put(begeleiders_C3=written, belangen_B3=written))
    assert read(path) == problem
    assert read(path).warnings == ()


def test_meetings_go_by_their_title_and_lists_hold_names_too(problem: Problem, tmp_path: Path) -> None:
    def more(book: openpyxl.Workbook) -> None:
        put(belangen_A2="Plein", plaatsen_A3="M2 · Intake")(book)
        sheet = book.create_sheet("eerder werk")
        sheet.append(["bijeenkomst", "begeleider", "rol", "uren", "partijen"])
        sheet.append(["Plein", "anna", "leider", 2, "Gemeente; WAT · Waterschap"])

    again = read(dutch_workbook(problem, tmp_path / "a.xlsx", more))
    assert (again.stakes, again.seats) == (problem.stakes, problem.seats)
    (past,) = again.history
    assert (past.meeting, past.facilitator, past.organisations) == ("Plein", "F1", ("GEM", "WAT"))


def test_a_doubt_about_a_cell_hides_no_error_in_it(problem: Problem, tmp_path: Path) -> None:
    """The list names the water board twice, once with a name that it had before."""

    def twice(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("eerder werk")
        sheet.append(["bijeenkomst", "begeleider", "rol", "uren", "partijen"])
        sheet.append(["M0", "F1", "leider", 2, "Waterschap; WAT · Oud waterschap"])

    first, doubt, second = told(dutch_workbook(problem, tmp_path / "a.xlsx", twice))
    assert "een andere naam" in first
    assert "is gelezen als WAT" in doubt
    assert "eerder werk, kolom partijen" in second


def test_an_english_workbook_takes_names_and_a_folder_does_not(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["stakes"]["B3"] = "Waterschap"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx") == problem
    with pytest.raises(ProblemError) as caught:
        read(folder_of({"stakes": GOOD["stakes"].replace("WAT", "Waterschap")}, tmp_path))
    assert [issue.code for issue in caught.value.errors] == ["id-unknown"]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (
            {"organisaties_B3": "Gemeente", "belangen_B2": "gemeente"},
            "belangen, kolom partij (belangen!B2): is de naam van GEM en WAT; schrijf het kenmerk dat u bedoelt",
        ),
        (
            {"belangen_B2": "Waterschp"},
            "belangen, kolom partij (belangen!B2): staat niet in organisaties; "
            'bedoelt u "WAT · Waterschap"? verbeter het, of voeg het toe aan organisaties',
        ),
        (
            {"belangen_B2": "Provincie"},
            "belangen, kolom partij (belangen!B2): staat niet in organisaties; "
            "verbeter het, of voeg het toe aan organisaties",
        ),
        (
            {"begeleiders_C2": "WAT · Gemeente"},
            "begeleiders, kolom werkgever (begeleiders!C2): noemt het kenmerk WAT met de naam van GEM; "
            "kies opnieuw, of schrijf alleen het kenmerk",
        ),
        (
            {"organisaties_B2": "WAT", "belangen_B2": "wat"},
            "belangen, kolom partij (belangen!B2): is het kenmerk van de een en de naam van een ander: GEM en WAT; "
            "schrijf het kenmerk met de naam erachter, of verander die naam",
        ),
        (
            {"organisaties_B2": "WAT", "begeleiders_C3": "Waterschap"},
            "belangen, kolom partij (belangen!B3): is het kenmerk van de een en de naam van een ander: GEM en WAT; "
            "schrijf het kenmerk met de naam erachter, of verander die naam",
        ),
        (
            {"organisaties_B2": "WAT · Waterschap", "belangen_B2": "GEM", "begeleiders_C3": "WAT · Waterschap"},
            "begeleiders, kolom werkgever (begeleiders!C3): is het kenmerk van de een en de naam van een ander: "
            "GEM en WAT; schrijf het kenmerk met de naam erachter, of verander die naam",
        ),
    ],
    ids=["several", "near", "none", "two in one", "like an id", "an id like a name", "a name like both"],
)
def test_what_is_in_doubt_is_told_and_never_guessed(
    cells: dict[str, str], says: str, problem: Problem, tmp_path: Path
) -> None:
    lines = told(dutch_workbook(problem, tmp_path / "a.xlsx", put(**cells)))
    assert [line for line in lines if "hetzelfde bij" not in line] == [says]


def test_an_id_wins_over_a_name_where_ids_alone_are_written(problem: Problem, tmp_path: Path) -> None:
    again = read(dutch_workbook(problem, tmp_path / "a.xlsx", put(organisaties_B2="WAT")))
    assert again.stakes == problem.stakes


def test_an_id_whose_name_has_changed_counts_with_a_warning(problem: Problem, tmp_path: Path) -> None:
    again = read(dutch_workbook(problem, tmp_path / "a.xlsx", put(belangen_B3="WAT · Waterschap Noord")))
    assert again.stakes == problem.stakes
    assert [issue.words.nl for issue in again.warnings] == [
        "belangen, kolom partij (belangen!B3): heeft achter het kenmerk een andere naam dan in organisaties staat; "
        "het kenmerk telt: kies opnieuw als een ander bedoeld is"
    ]


def test_a_name_whose_id_is_blank_is_told_at_the_id_alone(problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(
        problem, tmp_path / "a.xlsx", put(organisaties_A3=None, begeleiders_C3="Waterschap", belangen_B3="Waterschap")
    )
    assert told(path) == [
        "organisaties, kolom organisatie (organisaties!A3): is verplicht en leeg; "
        "bedenk een kort kenmerk dat verder niets heeft, zoals X12, en houd dat elke maand"
    ]


def test_no_name_is_told(problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "a.xlsx", put(begeleiders_B3="Anna", plaatsen_A2="Anna"))
    with pytest.raises(ProblemError) as caught:
        read(path)
    assert "Anna" not in str(caught.value)


# --- numbers ---------------------------------------------------------------------------------------------


def numbered(problem: Problem, path: Path, shown: str, reference: Any) -> Path:
    """The organisation WAT is number 7, in this format, and is referred to as that."""

    def spoil(book: openpyxl.Workbook) -> None:
        book["organisaties"]["A3"] = 7
        book["organisaties"]["A3"].number_format = shown
        book["begeleiders"]["C3"] = book["belangen"]["B3"] = reference

    return dutch_workbook(problem, path, spoil)


@pytest.mark.parametrize(
    ("shown", "reference", "known"), [("General", 7, "7"), ("General", "7", "7"), ("000", "007", "007")]
)
def test_a_number_is_the_id_that_is_shown(
    shown: str, reference: object, known: str, problem: Problem, tmp_path: Path
) -> None:
    again = read(numbered(problem, tmp_path / "a.xlsx", shown, reference))
    assert [row.organisation for row in again.organisations] == ["GEM", known]
    assert again.facilitators[1].organisation == known


@pytest.mark.parametrize(("shown", "reference", "known"), [("000", 7, "007"), ("General", "007", "7")])
def test_a_number_with_other_zeros_is_a_doubt(
    shown: str, reference: object, known: str, problem: Problem, tmp_path: Path
) -> None:
    lines = told(numbered(problem, tmp_path / "a.xlsx", shown, reference))
    assert lines == [
        "begeleiders, kolom werkgever (begeleiders!C3): staat niet in organisaties; "
        f'bedoelt u "{known} · Waterschap"? verbeter het, of voeg het toe aan organisaties',
        "belangen, kolom partij (belangen!B3): staat niet in organisaties; "
        f'bedoelt u "{known} · Waterschap"? verbeter het, of voeg het toe aan organisaties',
    ]


# --- rosters ---------------------------------------------------------------------------------------------


def test_a_roster_may_name_people(problem: Problem, tmp_path: Path) -> None:
    roster = Roster.of(problem, {("M1", "lead"): "F1", ("M2", "lead"): "F2"})
    path = tmp_path / "roster.xlsx"
    write_roster(roster, path, problem)
    book = openpyxl.load_workbook(path)
    sheet = book["roster"]
    sheet.title = "Rooster"
    place = [cell.value for cell in sheet[1]].index("facilitator") + 1
    sheet.cell(1, place).value = "Begeleider"
    sheet.cell(2, place).value, sheet.cell(3, place).value = "anna", f"F2{SEPARATOR}Bram"
    book.save(path)
    again = read_roster(path, problem)
    assert (again.holder("M1", "lead"), again.holder("M2", "lead")) == ("F1", "F2")
    sheet.cell(3, place).value = "Brams"
    book.save(path)
    assert read_roster(path, problem).holder("M2", "lead") == "Brams"  # whether that fits is for `check` to say
