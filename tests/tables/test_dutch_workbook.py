"""A Dutch workbook is read as it is, and what is wrong with it is told in its own words, at the cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.messages.in_tables import BETWEEN, CELLS, GRIDS, JOINS, ROWS
from tests.messages.in_tables import TABLES as OF_TABLES
from tests.tables.dutch_workbooks import dutch_workbook
from tests.tables.files import GOOD

from poolmatch.domain.assembly import TABLES as KINDS
from poolmatch.domain.problem import Problem
from poolmatch.errors import Issue, ProblemError
from poolmatch.tables import marked_copy, read
from poolmatch.tables.naming import column_called, language_of, table_called
from poolmatch.tables.readers import reading_of
from poolmatch.vocabulary.closed_words import words_of_column
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.tables import TABLES

SAMPLES = sorted(path for path in (Path(__file__).parents[2] / "data" / "samples").iterdir() if path.is_dir())


def cell(sheet: str, place: str, value: Any) -> Any:
    """A workbook with something else in a cell."""

    def spoil(book: openpyxl.Workbook) -> None:
        book[sheet][place] = value

    return spoil


def issues_of(path: Path) -> Sequence[Issue]:
    """Everything that is said of a workbook, whether it is refused or not."""
    try:
        return read(path).warnings
    except ProblemError as error:
        return error.issues


def told(path: Path) -> list[str]:
    """The same in Dutch."""
    return [issue.words.nl for issue in issues_of(path)]


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_the_samples_go_through_a_dutch_workbook(folder: Path, tmp_path: Path) -> None:
    problem = read(folder)
    reading = reading_of(dutch_workbook(problem, tmp_path / "a.xlsx"))
    assert reading.language == "nl"
    again = reading.problem()
    assert again.to_json() == problem.to_json()
    assert [issue.code for issue in again.warnings] == [issue.code for issue in problem.warnings]


def test_names_of_either_language_are_taken_whatever_their_capitals(problem: Problem, tmp_path: Path) -> None:
    def mix(book: openpyxl.Workbook) -> None:
        book["begeleiders"].title = " Facilitators"
        book["belangen"].title = "BELANGEN "
        book["bijeenkomsten"]["A1"] = " Meeting "
        book["bijeenkomsten"]["C1"] = "start"
        book["BELANGEN "]["C1"] = "GRADE"
        book["BELANGEN "]["C2"] = " Interest"
        book["BELANGEN "]["C3"] = "BESLISSER"
        book["plaatsen"]["D2"] = "Yes"

    reading = reading_of(dutch_workbook(problem, tmp_path / "a.xlsx", mix))
    assert reading.language == "nl"
    assert reading.problem() == problem


def test_an_english_workbook_takes_dutch_names_too_and_says_what_it_is(problem: Problem, tmp_path: Path) -> None:
    def english(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            name = table_called(sheet.title)
            if name and name != "seats":
                sheet.title = name

    reading = reading_of(dutch_workbook(problem, tmp_path / "a.xlsx", english))
    assert reading.language == "en"
    assert reading.problem().stakes == problem.stakes


@pytest.mark.parametrize(
    ("titles", "language"),
    [
        (["periode", "Begeleiders"], "nl"),
        (["period", "facilitators", "belangen"], "en"),
        (["regions served"], "en"),
        (["UITLEG", "Blad1"], "nl"),
        (["Blad1"], None),
        ([], None),
    ],
)
def test_the_titles_of_the_sheets_tell_the_language(titles: list[str], language: str | None) -> None:
    assert language_of(titles) == language


def test_no_name_stands_for_two_things_whatever_its_language() -> None:
    for name, words in TABLES.items():
        assert {table_called(title) for title in (name, words.en, words.nl, words.nl.upper())} == {name}
    for table, kind in KINDS.items():
        for column in kind.model_fields:
            said = column_name(table, column)
            assert {column_called(kind, heading) for heading in (column, said.en, f" {said.nl.title()} ")} == {column}


def test_what_a_dutch_person_types_is_read(problem: Problem, tmp_path: Path) -> None:
    def typed(book: openpyxl.Workbook) -> None:
        sheet = book["bijeenkomsten"]
        sheet["C2"], sheet["D2"] = "di 10 maart 2026, 19.30 uur", "10-3-2026 21u30"
        sheet["C3"], sheet["D3"] = "12-03-2026 14:00u", "2026-03-12 16:00"
        book["begeleiders"]["H2"], book["begeleiders"]["I2"] = "53,2", "6.4"
        book["periode"]["B2"], book["periode"]["C2"] = "1 mrt 2026", "zaterdag 31 oktober 2026"
        book["plaatsen"]["D2"], book["plaatsen"]["D3"] = "x", "j"

    reading = reading_of(dutch_workbook(problem, tmp_path / "a.xlsx", typed))
    assert reading.problem() == problem
    assert told(tmp_path / "a.xlsx") == []


@pytest.mark.parametrize(
    ("sheet", "place", "value", "says"),
    [
        (
            "bijeenkomsten",
            "C2",
            "zo 10-3-2026 19.30",
            "kolom begin (bijeenkomsten!C2): valt op een andere dag van de week; verbeter de datum, "
            "of de dag van de week",
        ),
        (
            "bijeenkomsten",
            "C2",
            "4/3/2026 19.30",
            "kolom begin (bijeenkomsten!C2): is op twee manieren te lezen; "
            "schrijf eerst de dag, met streepjes: 29-3-2026",
        ),
        (
            "bijeenkomsten",
            "C2",
            "10-3-26 19.30",
            "kolom begin (bijeenkomsten!C2): heeft geen jaar van vier cijfers; schrijf het jaar voluit: 29-3-2026",
        ),
        (
            "bijeenkomsten",
            "C2",
            "10 maart 19.30",
            "kolom begin (bijeenkomsten!C2): heeft geen jaar van vier cijfers; schrijf het jaar voluit: 29-3-2026",
        ),
        (
            "bijeenkomsten",
            "C2",
            "di 10 maart 2026",
            "kolom begin (bijeenkomsten!C2): is geen datum met een tijd; schrijf dat als 29-3-2026 19.30",
        ),
        (
            "bijeenkomsten",
            "C2",
            time(19, 30),
            "kolom begin (bijeenkomsten!C2): is een tijd zonder datum; schrijf de datum ervoor, zoals 29-3-2026 19.30",
        ),
        (
            "bijeenkomsten",
            "Q2",
            datetime(2026, 5, 1),  # noqa: DTZ001 - a cell has no zone
            "kolom deelnemers (bijeenkomsten!Q2): is een datum en geen getal; geef de cel de opmaak Getal, "
            "en typ het getal opnieuw",
        ),
        (
            "periode",
            "E2",
            46091,
            "kolom vandaag (periode!E2): is een getal en geen datum; geef de cel de opmaak Datum, "
            "of typ de datum opnieuw, zoals 29-3-2026",
        ),
        (
            "begeleiders",
            "L2",
            datetime(2026, 5, 1),  # noqa: DTZ001 - a cell has no zone
            "kolom hoogste aantal uren (begeleiders!L2): is een datum en geen getal; geef de cel de opmaak Getal, "
            "en typ het getal opnieuw",
        ),
        (
            "begeleiders",
            "L2",
            "1.500",
            "kolom hoogste aantal uren (begeleiders!L2): heeft een punt die een komma kan zijn of duizendtallen "
            "kan scheiden; schrijf een komma, of laat de punt weg",
        ),
        (
            "begeleiders",
            "D2",
            "soms",
            "kolom zelfstandig (begeleiders!D2): is geen ja en geen nee; schrijf ja of nee",
        ),
        (
            "begeleiders",
            "J2",
            "leider; medebegleider",
            "kolom rollen (begeleiders!J2): is geen woord dat deze kolom kent; "
            'bedoelt u "medebegeleider"? schrijf een van: leider, medebegeleider, leerling, waarnemer, '
            "verslaglegger, mentor",
        ),
        (
            "belangen",
            "C2",
            "belanghebend",
            'kolom soort belang (belangen!C2): is geen woord dat deze kolom kent; bedoelt u "belanghebbende"? '
            "schrijf een van: beslisser, opdrachtgever, belanghebbende, meedenker, toehoorder",
        ),
        (
            "bijeenkomsten",
            "D2",
            "10-3-2026 19.00",
            "kolom einde (bijeenkomsten!D2): ligt niet na begin; verbeter begin of einde",
        ),
        (
            "organisaties",
            "B2",
            "#N/A",
            "kolom naam (organisaties!B2): bevat de fout #N/B; open de werkmap, laat die rekenen en sla die op, "
            "of schrijf de waarde zelf",
        ),
        (
            "organisaties",
            "B2",
            "=A2",
            "kolom naam (organisaties!B2): bevat een formule waarvan de uitkomst niet bewaard is; open de werkmap, "
            "laat die rekenen en sla die op, of schrijf de waarde zelf",
        ),
        (
            "begeleiders",
            "A2",
            None,
            "kolom begeleider (begeleiders!A2): is verplicht en leeg; bedenk een kort kenmerk dat verder niets heeft, "
            "zoals X12, en houd dat elke maand",
        ),
        (
            "organisaties",
            "G2",
            "nieuw!",
            "(organisaties!G2): heeft een cel zonder kop; geef de kolom een kop; "
            "een opmerking kan een kolom verderop staan",
        ),
    ],
    ids=lambda value: str(value)[:25] if not isinstance(value, str) or value[:1] not in "k(" else "",
)
def test_a_mistake_is_told_at_its_cell(
    sheet: str, place: str, value: object, says: str, problem: Problem, tmp_path: Path
) -> None:
    lines = told(dutch_workbook(problem, tmp_path / "a.xlsx", cell(sheet, place, value)))
    assert lines == [f"{sheet}, {says}".replace(", (", " (")]


# --- everything that is said of a Dutch workbook is Dutch ----------------------------------------------------------

CASES = {**CELLS, **ROWS, **BETWEEN, **JOINS, **OF_TABLES, **GRIDS}
RIGHT_HERE = {"word-unknown", "comma-though-decimal-point", "cell-without-heading", "table-misspelt"}
"""What is right in a Dutch workbook, or told of a title that stands there."""
IN_WORKBOOK = {
    code: tables
    for code, tables in CASES.items()
    if not code.startswith(("csv-", "dutch-", "point-though")) and code not in RIGHT_HERE
}
"""What can be wrong with tables, in whatever file they stand."""


def foreign() -> frozenset[str]:
    """Names of the contract that a Dutch file has otherwise, and that are no Dutch words in what is said."""
    names = {name for name, words in TABLES.items() if words.nl != name}
    for table, kind in KINDS.items():
        names |= {column for column in kind.model_fields if column_name(table, column).nl != column}
        for column in kind.model_fields:
            names |= {word for word, said in words_of_column(table, column).items() if said.nl != word}
    dutch = " ".join(column_name(table, column).nl for table, kind in KINDS.items() for column in kind.model_fields)
    dutch += " ".join(words.nl for words in TABLES.values())
    return frozenset(names - set(dutch.split()) | {"yes", "no", "locale"})


FOREIGN = foreign()


def as_dutch(tables: Mapping[str, str | None], path: Path) -> Path:
    """CSV tables as a Dutch workbook, as far as their headings and words are known."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "uitleg"
    for name, text in {**GOOD, **tables}.items():
        if not text:
            continue
        sheet = book.create_sheet(TABLES[name].nl if name in TABLES else name)
        head, *rows = list(csv.reader(text.splitlines()))
        kind = KINDS.get(name)
        known = [kind is not None and column in kind.model_fields for column in head]
        sheet.append(
            [column_name(name, column).nl if good else column for column, good in zip(head, known, strict=True)]
        )
        for row in rows:
            words = [words_of_column(name, column) for column in head]
            sheet.append(
                [
                    (said[value].nl if value in said else {"yes": "ja", "no": "nee"}.get(value, value)) or None
                    for said, value in zip(words, row, strict=False)
                ]
            )
    book.save(path)
    return path


@pytest.mark.parametrize("code", IN_WORKBOOK)
def test_what_is_said_of_a_dutch_workbook_has_no_english_names(code: str, tmp_path: Path) -> None:
    issues = issues_of(as_dutch(IN_WORKBOOK[code], tmp_path / "a.xlsx"))
    assert issues
    for issue in issues:
        text = re.sub(r'"[^"]*"', "", issue.words.nl)
        assert {word for word in re.findall(r"[a-z_]+", text) if word in FOREIGN} == set(), issue.words.nl


@pytest.mark.parametrize("code", IN_WORKBOOK)
def test_all_that_is_said_of_a_workbook_is_marked_in_its_copy(code: str, tmp_path: Path) -> None:
    path = as_dutch(IN_WORKBOOK[code], tmp_path / "a.xlsx")
    issues = issues_of(path)
    book = openpyxl.load_workbook(marked_copy(path, issues, language="nl"))
    first, *others = book.worksheets
    lines = list(first.iter_rows(min_row=5, max_col=4))
    assert sum(line[0].value is not None for line in lines) >= len({issue.reason for issue in issues})
    coloured = {
        f"'{sheet.title}'!{cells}"
        for sheet in others
        for block in sheet.conditional_formatting
        for cells in str(block.sqref).split()
    }
    assert {line[3].hyperlink.location for line in lines if line[3].hyperlink} == coloured
    assert coloured or not any(table_called(title) in {issue.table for issue in issues} for title in book.sheetnames)
    said = re.sub(r'"[^"]*"|\([^)]*\)', "", " ".join(str(cell.value) for line in lines for cell in line[1:3]))
    assert {word for word in re.findall(r"[a-z_]+", said) if word in FOREIGN} == set()
