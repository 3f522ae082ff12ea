"""The copy of a workbook in which mistakes are marked: colours, comments, the list, and all else as it was."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from tests.messages.pseudo import left_in_english
from tests.office import converted, needs_office
from tests.tables.dutch_workbooks import Spoil, dutch_workbook
from tests.tables.workbook_parts import rewritten
from tests.tables.workbooks import put, spoilt

from poolmatch.domain.problem import Problem
from poolmatch.errors import NotWritten, ProblemError
from poolmatch.issues import Issue
from poolmatch.tables import marked_copy, read, reading_of

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
MARKS = Issue("facilitators", (1,), "name", "is odd", "look at it", cells=("facilitators!B2",))


def refusal(path: Path) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        read(path)
    return caught.value


def marked(path: Path) -> Path:
    """The copy, made as the command line makes it."""
    error = refusal(path)
    assert error.workbook == path
    return marked_copy(path, error.issues, language=error.language or "en")


def colours(book: openpyxl.Workbook) -> dict[str, str]:
    """The colour of each range that is marked."""
    return {
        f"{sheet.title}!{cells}": rule.dxf.fill.bgColor.rgb
        for sheet in book
        for block in sheet.conditional_formatting
        for cells in str(block.sqref).split()
        for rule in block.rules
    }


def comments(book: openpyxl.Workbook) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def listed(book: openpyxl.Workbook) -> list[tuple[object, ...]]:
    """The lines of the list, each with what it links to."""
    sheet = book.worksheets[0]
    return [
        (*(cell.value for cell in row), row[3].hyperlink.location if row[3].hyperlink else None)
        for row in sheet.iter_rows(min_row=5, max_col=5)
    ]


def unknown_everywhere(book: openpyxl.Workbook) -> None:
    """One party that nobody knows, in three tables; two other mistakes; something that is no mistake."""
    book["begeleiders"]["C2"] = book["begeleiders"]["C3"] = book["belangen"]["B3"] = "ZZZZ"
    book["begeleiders"]["C3"].comment = Comment("vraag Bram", "Coördinator")
    book["begeleiders"]["L3"] = "veel"
    book["plaatsen"].delete_cols(2)
    book["belangen"]["F2"] = "navragen"


UNKNOWN = "Staat niet in organisaties (ZZZZ)."
CORRECT = "Verbeter het, of voeg het toe aan organisaties."
NUMBER = "Schrijf cijfers met een komma, zoals 1,5, zonder tekens voor duizendtallen."
BESIDE = "Niets te doen als het een opmerking is: het telt niet mee."


def test_cells_are_coloured_and_commented_in_the_language_of_the_workbook(problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "pool.xlsx", unknown_everywhere)
    copy = marked(path)
    assert copy == tmp_path / "pool.fouten.xlsx"
    book = openpyxl.load_workbook(copy)
    assert colours(book) == {
        "begeleiders!C2": RED,
        "begeleiders!C3": RED,
        "begeleiders!L3": RED,
        "belangen!B3": RED,
        "belangen!F2": YELLOW,
        "plaatsen!A1": RED,
    }
    said = comments(book)
    assert said["begeleiders!C2"] == f"{UNKNOWN}\n{CORRECT}"
    assert said["begeleiders!C3"] == f"vraag Bram\n\n[poolmatch] {UNKNOWN}\n{CORRECT}"
    assert said["begeleiders!L3"] == f"Is geen getal (veel).\n{NUMBER}"
    assert set(said) == set(colours(book))
    assert left_in_english("\n".join(said.values()).replace("poolmatch", "")) == set()


def test_the_list_is_grouped_by_cause_and_links_to_the_cells(problem: Problem, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(marked(dutch_workbook(problem, tmp_path / "pool.xlsx", unknown_everywhere)))
    assert book.sheetnames[:2] == ["fouten", "begin hier"]
    assert book.active is book.worksheets[0]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["fouten"]
    assert listed(book) == [
        ("fout", "Is verplicht en ontbreekt.", "Voeg de kolom toe.", "plaatsen A1", "plaats", "'plaatsen'!A1"),
        ("fout", UNKNOWN, CORRECT, "begeleiders C2", "werkgever", "'begeleiders'!C2"),
        (None, None, None, "begeleiders C3", "werkgever", "'begeleiders'!C3"),
        (None, None, None, "belangen B3", "partij", "'belangen'!B3"),
        ("fout", "Is geen getal (veel).", NUMBER, "begeleiders L3", "hoogste aantal uren", "'begeleiders'!L3"),
        ("let op", "Heeft iets naast de tabel staan.", BESIDE, "belangen F2", None, "'belangen'!F2"),
    ]
    texts = [str(cell.value) for row in book["fouten"] for cell in row if cell.value]
    assert left_in_english("\n".join(texts)) == set()


def test_an_english_workbook_is_marked_in_english(problem: Problem, tmp_path: Path) -> None:
    copy = marked(spoilt(problem, tmp_path / "pool.xlsx", put("stakes", "B2", "NOBODY")))
    assert copy.name == "pool.mistakes.xlsx"
    book = openpyxl.load_workbook(copy)
    assert colours(book) == {"stakes!B2": RED}
    assert listed(book) == [
        (
            "mistake",
            "Is not in organisations (NOBODY).",
            "Correct it, or add it to organisations.",
            "stakes B2",
            "organisation",
            "'stakes'!B2",
        )
    ]


def test_a_table_that_is_missing_is_listed_without_a_link(problem: Problem, tmp_path: Path) -> None:
    def drop(book: openpyxl.Workbook) -> None:
        del book["begeleiders"]

    lines = listed(openpyxl.load_workbook(marked(dutch_workbook(problem, tmp_path / "pool.xlsx", drop))))
    assert (
        "fout",
        "Is verplicht en ontbreekt.",
        "Voeg de tabel toe; zij mag leeg zijn.",
        "begeleiders",
        None,
        None,
    ) in lines


def test_of_many_rows_every_cell_is_marked(problem: Problem, tmp_path: Path) -> None:
    def many(book: openpyxl.Workbook) -> None:
        for number in range(300):
            book["belangen"].append([f"M{number % 2 + 1}", f"X{number:03}", "beslisser"])
        for row in range(4, 304, 2):
            book["belangen"].cell(row, 2).value = "WAT"
            book["belangen"].cell(row, 3).value = "zomaar"

    book = openpyxl.load_workbook(marked(dutch_workbook(problem, tmp_path / "pool.xlsx", many)))
    assert {cell for cell in colours(book) if "!C" in cell} == {f"belangen!C{row}" for row in range(4, 304, 2)}
    assert {cell for cell in colours(book) if "!B" in cell} == {f"belangen!B{row}" for row in range(5, 304, 2)}
    lines = [line for line in listed(book) if "!C" in str(line[5]) or line[5] is None]
    assert [line[5] for line in lines] == [f"'belangen'!C{row}" for row in range(4, 204, 2)] + [None]
    assert lines[-1][3] == "en nog 50"


# --- everything else is as it was ------------------------------------------------------------------------

EXTRA = (
    '<dataValidations count="1"><dataValidation type="list" prompt="Kies&#10;iemand" sqref="A2">'
    '<formula1>"a,b"</formula1></dataValidation></dataValidations>'
)
EXTENSION = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:of xmlns:x14="urn:x14" a="1"/></ext></extLst>'
)


def test_nothing_else_changes(problem: Problem, tmp_path: Path) -> None:
    def calculate(book: openpyxl.Workbook) -> None:
        book["begeleiders"]["L2"], book["begeleiders"]["L3"] = "=1+2", "veel"

    path = dutch_workbook(problem, tmp_path / "pool.xlsx", calculate)
    cells = '<c r="L2"><f>1+2</f><v>3</v></c>'

    def change(xml: str) -> str:
        xml = re.sub(r'<c r="L2"[^>]*?(/>|>.*?</c>)', cells, xml)
        return re.sub(r"(<pageMargins)", rf"{EXTRA}\1", xml).replace("</worksheet>", f"{EXTENSION}</worksheet>")

    rewritten(path, "xl/worksheets/sheet4.xml", change)
    assert cells in zipfile.ZipFile(path).read("xl/worksheets/sheet4.xml").decode()
    before = path.read_bytes()
    copy = marked(path)
    assert path.read_bytes() == before
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy) as new:
        sheet = new.read("xl/worksheets/sheet4.xml").decode()
        for kept in (cells, EXTRA.replace('"a,b"', "&quot;a,b&quot;"), EXTENSION):
            assert kept in sheet
        marked_parts = {"xl/worksheets/sheet4.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"}
        for name in set(old.namelist()) - marked_parts - {"xl/_rels/workbook.xml.rels"}:
            assert new.read(name) == old.read(name).replace(b'tabSelected="1"', b'tabSelected="0"')


def copied(path: Path, change: Spoil) -> Path:
    """The copy, corrected by a person."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def test_names_of_sheets_keep_their_ranges(problem: Problem, tmp_path: Path) -> None:
    def areas(book: openpyxl.Workbook) -> None:
        book["begeleiders"].print_area = "A1:C9"
        book["begeleiders"]["L3"] = "veel"

    book = openpyxl.load_workbook(marked(dutch_workbook(problem, tmp_path / "pool.xlsx", areas)))
    assert book["begeleiders"].print_area == "'begeleiders'!$A$1:$C$9"
    assert not book["organisaties"].print_area


def test_the_colours_lie_above_those_of_the_person(problem: Problem, tmp_path: Path) -> None:
    def colour(book: openpyxl.Workbook) -> None:
        green = PatternFill(bgColor="FF00FF00")
        rule = FormulaRule(["TRUE"], fill=green)  # type: ignore[no-untyped-call]
        book["begeleiders"].conditional_formatting.add("L2:L9", rule)
        book["begeleiders"]["L3"] = "veel"

    book = openpyxl.load_workbook(marked(dutch_workbook(problem, tmp_path / "pool.xlsx", colour)))
    blocks = book["begeleiders"].conditional_formatting
    assert {str(block.sqref): [rule.priority for rule in block.rules] for block in blocks} == {"L2:L9": [2], "L3": [1]}


def test_a_workbook_whose_names_have_a_prefix_is_marked_too(problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "pool.xlsx", put("begeleiders", "L3", "veel"))

    def prefixed(xml: str) -> str:
        return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace(" xmlns=", " xmlns:x=", 1)

    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet4.xml"):
        rewritten(path, part, prefixed)
    book = openpyxl.load_workbook(marked(path))
    assert colours(book) == {"begeleiders!L3": RED}
    assert comments(book) == {"begeleiders!L3": f"Is geen getal (veel).\n{NUMBER}"}


# --- read again ------------------------------------------------------------------------------------------


def mend(book: openpyxl.Workbook) -> None:
    book["begeleiders"]["C2"], book["begeleiders"]["C3"] = "GEM", "WAT"
    book["begeleiders"]["L3"] = None
    book["belangen"]["B3"] = "WAT"


def bad_cells(book: openpyxl.Workbook) -> None:
    book["begeleiders"]["C2"] = book["begeleiders"]["C3"] = book["belangen"]["B3"] = "ZZZZ"
    book["begeleiders"]["C3"].comment = Comment("vraag Bram", "Coördinator")
    book["begeleiders"]["L3"] = "veel"


def test_a_copy_that_is_mended_is_read_as_the_problem(problem: Problem, tmp_path: Path) -> None:
    copy = marked(dutch_workbook(problem, tmp_path / "pool.xlsx", bad_cells))
    again = read(copied(copy, mend))
    assert (again, again.warnings, reading_of(copy).language) == (problem, (), "nl")


def test_a_copy_of_a_copy_has_no_old_marks_and_is_another_file(problem: Problem, tmp_path: Path) -> None:
    copy = marked(dutch_workbook(problem, tmp_path / "pool.xlsx", bad_cells))

    def halfway(book: openpyxl.Workbook) -> None:
        mend(book)
        book["belangen"]["B3"] = "ZZZ"

    mended = copied(copy, halfway).read_bytes()
    second = marked(copy)
    assert (second.name, copy.read_bytes()) == ("pool.fouten-2.xlsx", mended)
    book = openpyxl.load_workbook(second)
    assert book.sheetnames.count("fouten") == 1
    assert colours(book) == {"belangen!B3": RED}
    assert comments(book) == {
        "begeleiders!C3": "vraag Bram",
        "belangen!B3": "Staat niet in organisaties (ZZZ).\nVerbeter het, of voeg het toe aan organisaties.",
    }
    assert len(listed(book)) == 1
    assert openpyxl.load_workbook(marked(second)).sheetnames == book.sheetnames


def test_a_copy_is_replaced_unless_somebody_saved_it(problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "pool.xlsx", bad_cells)
    first = marked(path)
    dutch_workbook(problem, path, put("begeleiders", "L3", "weinig"))
    assert marked(path) == first
    assert list(colours(openpyxl.load_workbook(first))) == ["begeleiders!L3"]
    assert {file.name for file in tmp_path.glob("pool*")} == {"pool.xlsx", "pool.fouten.xlsx"}
    saved = copied(first, mend).read_bytes()
    assert marked(path).name == "pool.fouten-2.xlsx"
    assert first.read_bytes() == saved


def test_what_stands_at_a_named_place_is_kept(problem: Problem, tmp_path: Path) -> None:
    path = dutch_workbook(problem, tmp_path / "pool.xlsx", bad_cells)
    before = path.read_bytes()
    for place in (path, tmp_path / "other.xlsx"):
        (tmp_path / "other.xlsx").write_bytes(b"mine")
        with pytest.raises(NotWritten):
            marked_copy(path, refusal(path).issues, place)
    assert (path.read_bytes(), (tmp_path / "other.xlsx").read_bytes()) == (before, b"mine")
    assert marked_copy(path, refusal(path).issues, tmp_path / "new.xlsx") == tmp_path / "new.xlsx"


# --- damage ----------------------------------------------------------------------------------------------

DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "gone": lambda _: None,
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) // 2],
    "bare": lambda content: re.sub(rb"(<\w+)[^>]*>", rb"\1>", content),
    "entity": lambda content: re.sub(rb"(<\w)", rb'<!DOCTYPE x [<!ENTITY a "a">]>\1', content, count=1),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_workbook_is_told_and_never_a_crash(damage: str, problem: Problem, tmp_path: Path) -> None:
    whole = dutch_workbook(problem, tmp_path / "pool.xlsx", bad_cells)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = made = 0
    for name, content in parts.items():
        spoilt_parts = parts | {name: DAMAGES[damage](content)}
        path = tmp_path / "damaged.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for part, kept in spoilt_parts.items():
                if kept is not None:
                    archive.writestr(part, kept)
        copy = tmp_path / "copy.xlsx"
        copy.unlink(missing_ok=True)
        try:
            marked_copy(path, [MARKS], copy)
            made += copy.exists()
        except ProblemError as error:
            told += "damaged.xlsx" in str(error) and not copy.exists()
        assert not list(tmp_path.glob(".*"))
    assert told >= 3
    assert told + made == len(parts)


def test_what_is_no_workbook_has_no_copy(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(ProblemError, match=r"a\.xlsx: is not a workbook"):
        marked_copy(tmp_path / "a.xlsx", [MARKS])
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]


# --- LibreOffice -----------------------------------------------------------------------------------------


@pytest.mark.slow
@needs_office
def test_another_program_opens_it_and_what_it_saves_is_read(problem: Problem, tmp_path: Path) -> None:
    copy = marked(dutch_workbook(problem, tmp_path / "pool.xlsx", bad_cells))
    (tmp_path / "kept").mkdir()
    kept = converted(copy, tmp_path / "kept")
    book = openpyxl.load_workbook(kept)
    assert colours(book) == colours(openpyxl.load_workbook(copy))
    assert set(comments(book)) == set(comments(openpyxl.load_workbook(copy)))
    assert [line[5] for line in listed(book)] == [
        "'begeleiders'!C2",
        "'begeleiders'!C3",
        "'belangen'!B3",
        "'begeleiders'!L3",
    ]
    assert [str(issue) for issue in refusal(kept).issues] == [str(issue) for issue in refusal(copy).issues]
    second = openpyxl.load_workbook(marked(copied(kept, put("begeleiders", "L3", None))))
    assert set(colours(second)) == {"begeleiders!C2", "begeleiders!C3", "belangen!B3"}
    assert comments(second)["begeleiders!C3"].count("[poolmatch]") == 1
    assert read(copied(kept, mend)) == problem
