"""The template: a workbook in Dutch or English that explains itself, and reads back once it is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from tests.tables.files import GOOD, folder_of

from poolmatch import check, solve
from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.rules import ALL_RULES
from poolmatch.tables import read, write, write_template
from poolmatch.tables.form import in_order
from poolmatch.tables.naming import heading_of, title_of
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.vocabulary import words_of_column
from poolmatch.vocabulary.explanations import EXPLANATIONS
from poolmatch.vocabulary.form import FIRST, GROUPS, PURPOSES, RULES
from poolmatch.vocabulary.sheets import SHEETS

Template = tuple[str, Path, openpyxl.Workbook]
COLUMNS = [(name, column) for name, kind in TABLES.items() for column in columns_of(kind)]


@pytest.fixture(scope="module", params=["en", "nl"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Language, path and content of an empty template."""
    path = tmp_path_factory.mktemp(request.param) / "template.xlsx"
    write_template(path, language=request.param)
    return request.param, path, openpyxl.load_workbook(path)


def columns_in(template: Template) -> Iterator[tuple[Column, str, Cell]]:
    """Yield each column of each table, the sheet it stands on, and its heading."""
    language, _, book = template
    for name, kind in TABLES.items():
        title = title_of(name, language)
        for column, cell in zip(columns_of(kind), book[title][1], strict=True):
            assert isinstance(cell, Cell), "no heading is merged with others"
            yield column, title, cell


def test_an_empty_template_lacks_the_period(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx")
    with pytest.raises(ProblemError) as caught:
        read(tmp_path / "a.xlsx")
    assert str(caught.value) == "1 problem in the input\n  period: has 0 rows; give exactly one row"


def test_an_empty_dutch_template_knows_the_time_zone_alone(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", language="nl")
    with pytest.raises(ProblemError) as caught:
        read(tmp_path / "a.xlsx")
    assert {(issue.table, issue.column) for issue in caught.value.each} == {
        ("period", "name"),
        ("period", "start"),
        ("period", "end"),
        ("facilitators", ""),
        ("meetings", ""),
    }


def test_sheets_stand_in_the_order_in_which_they_are_filled_in(template: Template) -> None:
    language, _, book = template
    tables = [title_of(name, language) for name in in_order()]
    start, grid, explanation, lists = (SHEETS[name].say(language) for name in ("start", "grid", "explanation", "lists"))
    assert book.sheetnames == [start, *tables[:6], grid, *tables[6:], explanation, lists]
    assert book[lists].sheet_state == "hidden"
    assert set(in_order()) == set(TABLES) == set(PURPOSES)
    assert len(in_order()) == len(TABLES)


def test_the_names_of_a_dutch_template_are_dutch(template: Template) -> None:
    language, _, book = template
    assert ("begeleiders" in book.sheetnames) == (language == "nl")
    for name, kind in TABLES.items():
        headings = [cell.value for cell in book[title_of(name, language)][1]]
        assert headings == [heading_of(name, column, language) for column in kind.model_fields]
    assert book[title_of("stakes", language)]["C1"].value == ("soort belang" if language == "nl" else "grade")


def test_the_start_sheet_leads_to_every_other_one(template: Template) -> None:
    language, _, book = template
    sheet = book[SHEETS["start"].say(language)]
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    aims = [re.fullmatch(r"'(.+)'!A1", str(cell.hyperlink.location)) for cell in links if cell.hyperlink]
    assert [aim[1] for aim in aims if aim] == [cell.value for cell in links]
    shown = {cell.value for cell in links}
    assert shown == set(book.sheetnames) - {SHEETS["start"].say(language), SHEETS["lists"].say(language)}
    steps = [(sheet[f"A{cell.row}"].value, cell.value) for cell in links if sheet[f"A{cell.row}"].value]
    assert steps == [(number, title_of(name, language)) for number, name in enumerate(FIRST, 1)]
    groups = [words.say(language) for words in GROUPS]
    assert [cell.value for cell in sheet["B"] if cell.value in groups] == groups


def test_required_columns_are_marked_and_every_column_has_a_note(template: Template) -> None:
    language = template[0]
    for column, _, cell in columns_in(template):
        assert (cell.border.bottom.style == "thick") is column.required
        assert cell.comment is not None
        required = {"en": "Required. ", "nl": "Verplicht. "}[language]
        assert cell.comment.text.startswith(required) is column.required
        assert cell.comment.text.removeprefix(required) == EXPLANATIONS[column.explanation].say(language)


def test_every_column_is_explained_in_every_language_and_nothing_besides() -> None:
    from poolmatch.domain.roster import RosterRow

    said = {column.explanation for _, column in COLUMNS} | {column.explanation for column in columns_of(RosterRow)}
    assert set(EXPLANATIONS) == said
    assert all(words.nl != words.en for words in EXPLANATIONS.values())


def test_a_sheet_explains_every_column_and_names_every_rule(template: Template) -> None:
    language, _, book = template
    sheet = book[SHEETS["explanation"].say(language)]
    _, *rows = [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]
    columns, rules = rows[: len(COLUMNS)], rows[-len(ALL_RULES) :]
    assert [row[:2] for row in columns] == [
        (title_of(name, language), heading_of(name, column.name, language))
        for name in in_order()
        for column in columns_of(TABLES[name])
    ]
    assert all(row[5] for row in rows)
    assert {row[0] for row in rules} == {RULES.say(language)}
    assert [row[5] for row in rules] == [rule.sentence.say(language) for rule in ALL_RULES]
    expected = {
        "en": [
            ("meetings", "start", "no", "date and time", ""),
            ("stakes", "organisation", "yes", "id in organisations", ""),
            ("pairings", "kind", "yes", "one of the words", "require, prefer, avoid, forbid"),
            ("pins", "meeting", "yes", "id in meetings or duties", ""),
        ],
        "nl": [
            ("bijeenkomsten", "begin", "nee", "datum en tijd", ""),
            ("belangen", "partij", "ja", "uit organisaties", ""),
            ("koppels", "soort", "ja", "een van de woorden", "samen, graag samen, liever niet samen, niet samen"),
            ("vastgezette plaatsen", "bijeenkomst", "ja", "uit bijeenkomsten of taken", ""),
        ],
    }[language]
    assert [row for row in expected if row not in [row[:5] for row in columns]] == []
    grid = [row for row in rows if row[0] == SHEETS["grid"].say(language)]
    assert ("12:30" in grid[4][5], "18:00" in grid[5][5], len(grid)) == (True, True, 7)


def test_what_is_chosen_from_lists(template: Template) -> None:
    """Closed words are refused in another spelling; ids are asked about; where several may stand nothing is said."""
    language, _, book = template
    lists = book[SHEETS["lists"].say(language)]
    offered = {
        (sheet.title, str(item.sqref).split(":")[0][:-1]): item
        for sheet in book.worksheets
        for item in sheet.data_validations.dataValidation
    }
    there = 0
    for column, title, cell in columns_in(template):
        item = offered.get((title, cell.column_letter))
        name = next(name for name in TABLES if title_of(name, language) == title)
        words = words_of_column(name, column.name)
        if column.tables:
            letter = "ABC"[("facilitators", "organisations", "meetings").index(column.tables[0])]
            assert item is not None
            assert item.formula1 == f"OFFSET('{lists.title}'!${letter}$3,0,0,'{lists.title}'!${letter}$2,1)"
            assert (item.errorStyle, item.showErrorMessage) == ("warning", True)
        elif words or column.kind is Kind.YES_NO:
            assert item is not None
            place = re.fullmatch(r"'.*'!\$([A-Z]+)\$3:\$\1\$(\d+)", item.formula1)
            assert place is not None
            shown = [lists[f"{place[1]}{row}"].value for row in range(3, int(place[2]) + 1)]
            named = [said.nl if language == "nl" else word for word, said in words.items()]
            assert shown == (named or {"en": ["yes", "no"], "nl": ["ja", "nee"]}[language])
            assert item.showErrorMessage is (column.kind in (Kind.WORD, Kind.YES_NO))
            assert item.errorStyle in (None, "stop")
        else:
            assert item is None
        there += item is not None
    assert there == len(offered) - 2  # and the grid of half-days
    whom = offered[SHEETS["grid"].say(language), "A"]
    assert (str(whom.sqref), whom.errorStyle) == ("A7:A66", "warning")
    assert whom.formula1 == f"OFFSET('{lists.title}'!$A$3,0,0,'{lists.title}'!$A$2,1)"
    assert str(offered[SHEETS["grid"].say(language), "B"].sqref) == "B7:CP66"


def test_formats_keep_ids_text_and_dates_dates(template: Template) -> None:
    language, _, book = template

    def number_format(name: str, letter: str) -> str:
        return str(book[title_of(name, language)].column_dimensions[letter].number_format)

    assert number_format("facilitators", "A") == "@"
    assert number_format("period", "B") == {"en": "yyyy-mm-dd", "nl": "d-m-yyyy"}[language]
    instant = {"en": "yyyy-mm-dd hh:mm", "nl": "[$-413]ddd d-m-yyyy hh:mm"}[language]
    assert number_format("meetings", "C") == instant
    assert number_format("availability", "B") == "General"
    assert number_format("meetings", "I") == "General"


def test_sheets_are_printed_across_one_page_wide_with_their_headings(template: Template) -> None:
    language, _, book = template
    for sheet in book.worksheets:
        if sheet.title == SHEETS["lists"].say(language):
            continue
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        assert properties.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
    for name in TABLES:
        sheet = book[title_of(name, language)]
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
        last = re.fullmatch(r"'.*'!\$A\$1:\$([A-Z]+)\$26", str(sheet.print_area))
        assert last is not None
    area = str(book[title_of("meetings", language)].print_area)
    assert area.endswith("!$A$1:$F$26"), "an empty sheet shows what is mostly filled in, so that it can be read"


def fill(book: openpyxl.Workbook, language: str) -> None:
    """Type the good problem into a template, in English or as a Dutch program keeps it."""
    for name, text in GOOD.items():
        head, *rows = [line.split(",") for line in text.strip().split("\n")]
        sheet = book[title_of(name, language)]
        letters = {cell.value: cell.coordinate.rstrip("1") for cell in sheet[1]}
        for number, row in enumerate(rows, 2):
            for column, value in zip(head, row, strict=True):
                cell: str | float | date = value
                words = words_of_column(name, column)
                if column in ("start", "end"):
                    cell = datetime.fromisoformat(value) if " " in value else date.fromisoformat(value)
                elif column in ("lat", "lon"):
                    cell = float(value)
                elif words and language == "nl":
                    cell = words[value].nl
                sheet[f"{letters[heading_of(name, column, language)]}{number}"] = cell


def test_a_filled_template_is_a_problem(template: Template, tmp_path: Path) -> None:
    language, path, _ = template
    book = openpyxl.load_workbook(path)
    fill(book, language)
    book.save(tmp_path / "filled.xlsx")
    (tmp_path / "csv").mkdir()
    found = read(tmp_path / "filled.xlsx")
    assert found == read(folder_of({}, tmp_path / "csv"))
    assert found.warnings == ()


def test_equal_templates_are_equal_files(template: Template, tmp_path: Path) -> None:
    language, path, _ = template
    write_template(tmp_path / "again.xlsx", language=language)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    write_template(tmp_path / "again.xlsx", language=language)  # nothing is lost by it
    write_template(tmp_path / "example.xlsx", language=language, example=True)
    assert (tmp_path / "example.xlsx").read_bytes() != path.read_bytes()


def test_there_must_be_such_a_language(tmp_path: Path, problem: Problem) -> None:
    with pytest.raises(ValueError, match='no language has the code "de"; languages: en, nl'):
        write_template(tmp_path / "a.xlsx", language="de")
    with pytest.raises(ValueError, match='no language has the code "de"'):
        write(problem, tmp_path / "a.xlsx", language="de")
    with pytest.raises(ValueError, match="language is for workbooks alone"):
        write(problem, tmp_path / "a.json", language="nl")
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_example_is_solved_at_once_and_legal(language: str, tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", language=language, example=True)
    example = read(tmp_path / "a.xlsx")
    assert [issue.code for issue in example.warnings] == ["home-without-point", "place-without-point"]
    assert (len(example.organisations), len(example.facilitators), len(example.meetings)) == (6, 8, 6)
    result = solve(example, time_limit=20, workers=1, seed=1)
    assert result.status.value == "OPTIMAL"
    assert all(row.facilitator for row in result.roster.rows)
    assert check(example, result.roster).legal
    names = {row.name.split()[-1] for row in example.facilitators}
    assert names == {"Example" if language == "en" else "Voorbeeld"}


@pytest.mark.parametrize(
    ("sample", "language"),
    [("westerkwartier-2026-03", "nl"), ("samenspel-2026-10", "en"), ("train-de-trainer-2026-09", "nl")],
)
def test_a_workbook_for_people_reads_back_without_loss(sample: str, language: str, tmp_path: Path) -> None:
    problem = read(Path(__file__).parents[2] / "data" / "samples" / sample)
    write(problem, tmp_path / "a.xlsx", language=language)
    again = read(tmp_path / "a.xlsx")
    assert again == problem
    assert [issue.code for issue in again.warnings] == [issue.code for issue in problem.warnings]
    first = (tmp_path / "a.xlsx").read_bytes()
    write(again, tmp_path / "a.xlsx", language=language)
    assert (tmp_path / "a.xlsx").read_bytes() == first


def test_a_dutch_workbook_says_everything_in_dutch(problem: Problem, tmp_path: Path) -> None:
    case = problem.replace(
        facilitators=[
            *problem.facilitators,
            {"facilitator": "F3", "name": "Cato", "external": "yes", "roles": "scribe;trainee", "hourly_cost": 12.5},
            {"facilitator": "F · 4", "name": "Dora", "organisation": "GEM"},
        ],
        availability=[
            {
                "facilitator": "F3",
                "start": "2026-03-06 09:00",
                "end": "2026-03-06 12:30",
                "kind": "unavailable",
                "rrule": "FREQ=WEEKLY",
                "except": "2026-03-13;2026-04-03",
            },
            {"facilitator": "F · 4", "start": "2026-03-06", "end": "2026-03-07", "kind": "avoid"},
        ],
        links=[{"source": "GEM", "target": "WAT", "kind": "joint_venture"}],
    )
    write(case, tmp_path / "a.xlsx", language="nl")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    def row(title: str, number: int) -> list[object]:
        return [cell.value for cell in book[title][number]]

    people = book["begeleiders"]
    assert row("begeleiders", 2)[:4] == ["F1", "Anna", "GEM · Gemeente", None]
    assert [people["D4"].value, people["J4"].value, people["T4"].value, people["U4"].value] == [
        None,
        "verslaglegger;leerling",
        "ja",
        12.5,
    ]
    assert row("belangen", 2) == ["M1 · Plein", "GEM · Gemeente", "belanghebbende"]
    assert row("verbindingen", 2)[:3] == ["GEM · Gemeente", "WAT · Waterschap", "in een samenwerkingsverband met"]
    assert row("beschikbaarheid", 2) == [
        "F3 · Cato",
        datetime(2026, 3, 6, 9),  # noqa: DTZ001 - a local clock time
        datetime(2026, 3, 6, 12, 30),  # noqa: DTZ001 - a local clock time
        "niet beschikbaar",
        "elke week",
        "13-3-2026;3-4-2026",
    ]
    assert row("beschikbaarheid", 3)[0] == "F · 4", "a name behind it could not be told from the id"
    assert book["beschikbaarheid"]["B3"].number_format == "d-m-yyyy"
    assert book["bijeenkomsten"]["C2"].number_format == "[$-413]ddd d-m-yyyy hh:mm"
    assert read(tmp_path / "a.xlsx") == case
