"""CSV files: exact row numbers, nothing guessed, text that no spreadsheet program takes for a formula."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.files import GOOD, folder_of

from poolmatch.errors import ProblemError
from poolmatch.tables import read, write
from poolmatch.tables.csv_file import guarded
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.readers import reading_of


def said(folder: Path, organisations: str | bytes, limits: Limits = LIMITS) -> str:
    """What is said of a table of organisations."""
    with pytest.raises(ProblemError) as caught:
        reading_of(folder_of({"organisations": organisations}, folder), limits=limits).problem()
    head, *lines = str(caught.value).split("\n")
    assert head.startswith(f"{len(lines)} problem")
    return "\n".join(line.strip() for line in lines)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "organisations: has no header; write the names of the columns in the first line"),
        ("\nGEM,Gemeente\n", "organisations: has no header; write the names of the columns in the first line"),
        (
            "organisation,name,name\nGEM,a,b\nWAT,c,d\n",
            "organisations, column name: stands twice in the header; keep one of the columns",
        ),
        (
            "organisation,name,region\nGEM,a\nWAT,c,d\n",
            "organisations (line 2): has fewer cells than the header; add the missing cells; blank ones count too",
        ),
        (
            "organisation,name\nGEM,a\nWAT,Water, en schap\n",
            "organisations (line 3): has a cell without a heading; give the column a heading; "
            "in CSV, put text that holds the separator in double quotes",
        ),
        (
            'organisation,name\nGEM,a\nWAT,"c\n',
            "organisations (line 3): has a double quote that is not closed or not doubled; correct the quotes",
        ),
        (
            'organisation,name\nGEM,a\nWAT,"c"d\n',
            "organisations (line 3): has a double quote that is not closed or not doubled; correct the quotes",
        ),
        (
            "organisation,name\nGEM,a\n" + "\n" * 1001 + "WAT,c\n",
            "organisations (line 1004): has something below more than 1,000 blank rows; "
            "remove what stands there, or the blank rows",
        ),
        (
            ",".join(["organisation", "name", *(f"c{n}" for n in range(99))]) + "\n",
            "organisations: has more than 100 columns; remove what does not belong to the table",
        ),
        pytest.param(
            "organisation,name\n" + "GEM,a\n" * 1_000_001,
            "organisations: has more than 1,000,000 rows; split the problem",
            marks=pytest.mark.slow,
        ),
    ],
    ids=[
        "empty file",
        "blank first line",
        "heading twice",
        "short row",
        "long row",
        "quote not closed",
        "quote not doubled",
        "far row",
        "too many columns",
        "too many rows",
    ],
)
def test_what_is_wrong_with_a_file(text: str, says: str, tmp_path: Path) -> None:
    assert said(tmp_path, text) == says


def test_issues_of_file_and_rows_come_together(tmp_path: Path) -> None:
    text = "organisation,name,name,lat\nGEM,a,b,95\nWAT,c,d,x,y\n"
    assert said(tmp_path, text).split("\n") == [
        "organisations, column name: stands twice in the header; keep one of the columns",
        "organisations, column lat (line 2): input should be less than or equal to 90; write a number of 90 or less",
        "organisations (line 3): has a cell without a heading; give the column a heading; "
        "in CSV, put text that holds the separator in double quotes",
    ]


def test_8b_blank_rows_within_a_table_are_skipped_with_a_note(tmp_path: Path) -> None:
    problem = read(folder_of({"organisations": "organisation,name\nGEM,a\n,\n\nWAT,c\n\n"}, tmp_path))
    assert [row.organisation for row in problem.organisations] == ["GEM", "WAT"]
    assert [str(issue) for issue in problem.warnings] == [
        "organisations (lines 3, 4): has blank rows between others; they are skipped"
    ]


def test_blank_rows_within_a_table_are_lines_and_no_rows(tmp_path: Path) -> None:
    assert said(tmp_path, "organisation,name\nGEM,a\n\n\nWAT,\n").split("\n") == [
        "organisations, column name (line 5): is required and blank; fill it in",
    ]


def test_rows_of_two_lines_count_once(tmp_path: Path) -> None:
    says = said(tmp_path, 'organisation,name\nGEM,"two\nlines"\nWAT,\n')
    assert says == "organisations, column name (line 4): is required and blank; fill it in"


def test_blank_rows_and_cells_at_the_end_are_nothing(tmp_path: Path) -> None:
    folder_of({"organisations": "organisation,name,,\nGEM,a,,\nWAT,b,,,,\n,,\n\n   \n"}, tmp_path)
    problem = read(tmp_path)
    assert [row.name for row in problem.organisations] == ["a", "b"]
    assert problem.warnings == ()


def test_columns_stand_in_any_order(tmp_path: Path) -> None:
    folder_of({"organisations": " name , organisation\nGemeente,GEM\nWaterschap,WAT\n"}, tmp_path)
    assert read(tmp_path).organisations[0].organisation == "GEM"


def test_a_comma_in_a_quoted_heading_does_not_make_a_separator(tmp_path: Path) -> None:
    folder_of({"organisations": 'organisation;name;"a,b,c,d"\nGEM;x,y;\nWAT;z;\n'}, tmp_path)
    assert read(tmp_path).organisations[0].name == "x,y"


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    says = said(tmp_path, GOOD["organisations"] + "X,x\n" * 20, Limits(file_bytes=100))
    assert says == "\n".join(
        f"{table}: is a file of more than 100 bytes; split the problem" for table in ("organisations", "meetings")
    )


def test_a_table_of_too_many_cells_is_not_read_on(tmp_path: Path) -> None:
    assert said(tmp_path, GOOD["organisations"] + "X,x\n" * 10, Limits(cells=20)) == (
        "organisations: has more than 20 cells; split the problem"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+31 6", "'+31 6"),
        ("-", "'-"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("''-1", "'''-1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("''s", "''s"),
        ("'", "'"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_text_like_a_formula_is_guarded(text: str, written: str) -> None:
    assert guarded(text) == written


def test_39_to_41_text_is_guarded_and_numbers_are_not(tmp_path: Path) -> None:
    table = 'organisation,name,lat,lon\n=X,"=cmd|\' /C calc\'!A0",-3.5,-0.5\nGEM,"<script>\ntwo",,\nWAT,\'s,,\n'
    problem = read(folder_of({"organisations": table}, tmp_path))
    write(problem, tmp_path / "out")
    written = (tmp_path / "out" / "organisations.csv").read_bytes()
    assert written == (
        b"organisation,name,kind,region,lat,lon\r\n"
        b"'=X,'=cmd|' /C calc'!A0,,,-3.5,-0.5\r\n"
        b'GEM,"<script>\ntwo",,,,\r\n'
        b"WAT,'s,,,,\r\n"
    )
    assert read(tmp_path / "out") == problem


def test_a_guarded_number_is_a_number(tmp_path: Path) -> None:
    folder_of({"organisations": "organisation,name,lat,lon\nGEM,a,'-3.5,'+4\nWAT,b,,\n"}, tmp_path)
    assert read(tmp_path).organisations[0].lat == -3.5
