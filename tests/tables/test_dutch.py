"""Files that Dutch programs write, declared by ``locale="nl"``, and what is said of them without it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rings import scaled
from tests.strategies import ROSTERS, problems
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.errors import ProblemError
from poolmatch.tables import read, read_roster, write, write_roster
from poolmatch.tables.schema import Column, Kind, columns_of

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def dutch_day(text: str, short: bool) -> str:
    def turn(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        return f"{int(day)}-{int(month)}-{year}" if short else f"{day}-{month}-{year}"

    return DAY.sub(turn, text)


def dutch(text: str, column: Column, short: bool) -> str:
    """A cell as a Dutch spreadsheet program saves it; a time with an offset it leaves alone, as text."""
    if column.kind is Kind.NUMBER:
        return text.replace(".", ",")
    if column.kind is Kind.YES_NO:
        return {"yes": "ja" if short else "WAAR", "no": "nee" if short else "ONWAAR", "": ""}[text]
    if column.kind in (Kind.DAY, Kind.DAYS):
        return dutch_day(text, short)
    if column.kind in (Kind.INSTANT, Kind.MOMENT) and not re.search(r"[Z+]|:\d\d-", text):
        text = dutch_day(text, short)
        return re.sub(r" 0(\d):", r" \1:", text) if short else text.replace(":", ".")
    return text


def saved(path: Path, columns: tuple[Column, ...], short: bool) -> None:
    """Save a CSV file of poolmatch as a Dutch spreadsheet program does."""
    head, *rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    kinds = {column.name: column for column in columns}
    with path.open("w", encoding="utf-16" if short else "utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(head)
        writer.writerows(
            [dutch(cell, kinds[name], short) for name, cell in zip(head, row, strict=True)] for row in rows
        )


often = settings(max_examples=scaled(25), deadline=None, suppress_health_check=list(HealthCheck))


@often
@given(problem=problems(), short=st.booleans())
def test_33_a_problem_goes_through_dutch_files_without_loss(problem: Problem, short: bool) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "problem"
        write(problem, folder)
        for file in folder.iterdir():
            saved(file, columns_of(TABLES[file.stem]), short)
        again = read(folder, locale="nl")
    assert again.to_json() == problem.to_json()
    assert again.warnings == problem.warnings


@often
@given(problem=problems(), roster=ROSTERS, short=st.booleans())
def test_33_a_roster_goes_through_dutch_files_without_loss(problem: Problem, roster: Roster, short: bool) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "roster.csv"
        write_roster(roster, path, problem)
        saved(path, columns_of(RosterRow), short)
        assert read_roster(path, problem, locale="nl").model_dump_json() == roster.model_dump_json()


@often
@given(problem=problems())
def test_what_poolmatch_writes_is_read_under_a_declared_locale_too(problem: Problem) -> None:
    """A roster saved in Dutch is checked against a problem that nobody touched."""
    with TemporaryDirectory() as name:
        write(problem, Path(name) / "problem")
        assert read(Path(name) / "problem", locale="nl").to_json() == problem.to_json()


# --- one value at a time ---------------------------------------------------------------------------------


def semicolons(text: str) -> str:
    return text.replace(",", ";").replace(".", ",")


def meetings(start: str, separator: str) -> dict[str, str]:
    """The good meetings, the first with this start; in Dutch with semicolons, but for that time."""
    text = GOOD["meetings"].replace("2026-03-10 19:30", "START")
    return {"meetings": (semicolons(text) if separator == ";" else text).replace("START", start)}


@pytest.mark.parametrize(
    "start",
    [
        "10-03-2026 19:30",
        "10-3-2026 19:30",
        "10-3-2026 19.30",
        "10-03-2026  19.30.00",
        "10-3-2026 19:30:00",
        "2026-03-10 19.30",
        "2026-03-10 19:30",
        "2026-03-10T19:30",
        "2026-03-10 19:30+01:00",
        "10-3-2026 19u30",
        "10-3-2026 19.30 uur",
        "di 10 maart 2026 om 19:30u",
    ],
)
@pytest.mark.parametrize("separator", [";", ","])
def test_33_instants(start: str, separator: str, tmp_path: Path) -> None:
    problem = read(folder_of(meetings(start, separator), tmp_path), locale="nl")
    assert str(problem.meetings[0].start) == "2026-03-10 18:30:00+00:00"
    assert problem.warnings == ()


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ("31-02-2026 19:30", "is a moment that does not exist; look it up in the calendar"),
        ("03-13-2026 19:30", "is a moment that does not exist; look it up in the calendar"),
        ("10-3-2026 24:30", "is a moment that does not exist; look it up in the calendar"),
        ("10-3-26 19:30", "has no year of four digits; write the year in full: 29-3-2026"),
        ("10/3/2026 19:30", "may be read in two ways; write the day first, with hyphens: 29-3-2026"),
        ("10-3-2026", None),
        ("19.30", "is a time without a date; write the date before it, as in 29-3-2026 19.30"),
        ("10-3-2026 19.30:00", None),
        ("10-3-2026 half acht", None),
        ("29-3-2026 2.30", "is a clock time that does not exist that day, because the clock is moved forward; "),
        ("25-10-2026 2.30", "is a clock time that occurs twice that day; add the offset, such as +02:00"),
    ],
)
def test_33_instants_that_are_none(start: str, says: str | None, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(folder_of(meetings(start, ";"), tmp_path), locale="nl")
    (issue,) = caught.value.errors
    expected = says or "is not a date with a time; write it as 29-3-2026 19.30"
    assert str(issue).startswith(f"meetings, column start (line 2): {expected}")


def test_the_value_is_shown_as_it_was_written(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(folder_of(meetings("31-02-2026 19.30", ";"), tmp_path), locale="nl")
    assert caught.value.errors[0].value == "31-02-2026 19.30"


@pytest.mark.parametrize(
    ("text", "decimal", "lat"),
    [
        ("organisation;name;lat;lon\nGEM;a;53,2;6\nWAT;b;;\n", None, 53.2),
        ('organisation,name,lat,lon\nGEM,a,"53,2",6\nWAT,b,,\n', None, 53.2),
        ("organisation,name,lat,lon\nGEM,a,53.2,6\nWAT,b,,\n", None, 53.2),
        ("organisation;name;lat;lon\nGEM;a;53.2;6\nWAT;b;;\n", ".", 53.2),
        ("organisation;name;lat;lon\nGEM;a;53.2;6\nWAT;b;;\n", None, None),
        ("organisation\tname\tlat\tlon\nGEM\ta\t53.2\t6\nWAT\tb\t\t\n", None, None),
        ('organisation,name,lat,lon\nGEM,a,"53.2",6\nWAT,b,,\n', ",", None),
        ("organisation;name;lat;lon\nGEM;a;53,2;6\nWAT;b;;\n", ".", None),
    ],
)
def test_33_decimal_signs(text: str, decimal: str | None, lat: float | None, tmp_path: Path) -> None:
    folder_of({"organisations": text}, tmp_path)
    (tmp_path / "facilitators.csv").write_text("facilitator,name,organisation\nF1,Anna,GEM\nF2,Bram,WAT\n")
    (tmp_path / "meetings.csv").write_text("meeting,start,end\nM1,2026-03-10 19:30,2026-03-10 21:30\n")
    for name in ("stakes", "seats"):
        (tmp_path / f"{name}.csv").unlink()
    (tmp_path / "stakes.csv").write_text("meeting,organisation,grade\nM1,GEM,interest\n")
    if lat is not None:
        assert read(tmp_path, locale="nl", decimal=decimal).organisations[0].lat == lat
        return
    with pytest.raises(ProblemError) as caught:
        read(tmp_path, locale="nl", decimal=decimal)
    (issue,) = caught.value.errors
    assert "although the decimal sign is a" in issue.reason


@pytest.mark.parametrize(
    ("word", "truth"),
    [
        ("ja", True),
        ("JA", True),
        ("nee", False),
        ("yes", True),
        ("WAAR", True),
        ("Onwaar", False),
        ("j", True),
        ("X", True),
        ("n", False),
    ],
)
def test_33_truth(word: str, truth: bool, tmp_path: Path) -> None:
    text = f"facilitator;name;organisation;external\nF1;Anna;GEM;{word}\nF2;Bram;WAT;\n"
    assert read(folder_of({"facilitators": text}, tmp_path), locale="nl").facilitators[0].external is truth


@pytest.mark.parametrize("word", ["oui", "1", "waarheid", "xx"])
def test_33_truth_that_is_none(word: str, tmp_path: Path) -> None:
    text = f"facilitator;name;organisation;external\nF1;Anna;GEM;{word}\nF2;Bram;WAT;\n"
    with pytest.raises(ProblemError, match="is neither yes nor no"):
        read(folder_of({"facilitators": text}, tmp_path), locale="nl")


EXCEPT = "facilitator;start;end;kind;rrule;except\nF1;2-3-2026 9.00;2-3-2026 17.00;unavailable;FREQ=WEEKLY;{}\n"


@pytest.mark.parametrize("days", ['"9-3-2026;16-03-2026"', '"2026-03-09; 16-3-2026"'])
def test_33_lists_of_days(days: str, tmp_path: Path) -> None:
    row = read(folder_of({"availability": EXCEPT.format(days)}, tmp_path), locale="nl").availability[0]
    assert row.excepted == (date(2026, 3, 9), date(2026, 3, 16))


def test_33_a_list_of_days_that_is_not_declared(tmp_path: Path) -> None:
    text = EXCEPT.format('"9-3-2026;16-3-2026"').replace("2-3-2026 9.00", "2026-03-02 09:00")
    text = text.replace("2-3-2026 17.00", "2026-03-02 17:00")
    with pytest.raises(ProblemError) as caught:
        read(folder_of({"availability": text}, tmp_path))
    assert [str(issue) for issue in caught.value.errors] == [
        'availability, column except (line 2): is not a date; write it as YYYY-MM-DD, or read it with locale="nl"'
    ]


# --- not declared ----------------------------------------------------------------------------------------


def test_33_thirty_dates_of_one_kind_are_one_line_that_names_the_argument(tmp_path: Path) -> None:
    head = "meeting,start,end\n"
    rows = "".join(f"M{n},{n}-03-2026 19.30,{n}-03-2026 21.30\n" for n in range(1, 31))
    with pytest.raises(ProblemError) as caught:
        read(folder_of({"meetings": head + rows}, tmp_path))
    end, start = caught.value.errors
    assert start.rows == end.rows == tuple(range(1, 31))
    assert str(start).endswith(
        "meetings, column start (lines 2 to 31): is not a date with a time; "
        'write it as YYYY-MM-DD HH:MM, or read it with locale="nl"'
    )
    assert start.value == "1-03-2026 19.30, 2-03-2026 19.30, 3-03-2026 19.30, …"


@pytest.mark.parametrize("word", ["ja", "Nee", "WAAR"])
def test_33_truth_that_is_not_declared(word: str, tmp_path: Path) -> None:
    text = f"facilitator,name,organisation,external\nF1,Anna,GEM,{word}\nF2,Bram,WAT,\n"
    with pytest.raises(ProblemError) as caught:
        read(folder_of({"facilitators": text}, tmp_path))
    assert [str(issue) for issue in caught.value.errors] == [
        'facilitators, column external (line 2): is neither yes nor no; write yes or no, or read it with locale="nl"'
    ]


def test_a_roster_edited_in_a_dutch_program_says_how_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    problem = read(folder_of({}, tmp_path / "good"))
    path = tmp_path / "roster.csv"
    write_roster(Roster.of(problem, {("M1", "lead"): "F1"}), path, problem)
    saved(path, columns_of(RosterRow), short=True)
    with pytest.raises(ProblemError) as caught:
        read_roster(path, problem)
    assert [(issue.rows, issue.remedy) for issue in caught.value.errors] == [
        ((1, 2), 'write it as YYYY-MM-DD HH:MM, or read it with locale="nl"')
    ] * 2
    assert read_roster(path, problem, locale="nl").holder("M1", "lead") == "F1"


@pytest.mark.parametrize("locale", ["de", "NL", ""])
def test_another_locale(locale: str, tmp_path: Path) -> None:
    problem = read(folder_of({}, tmp_path))
    with pytest.raises(ValueError, match='locale is "nl" or None'):
        read(tmp_path, locale=locale)
    with pytest.raises(ValueError, match='locale is "nl" or None'):
        read_roster(tmp_path / "seats.csv", problem, locale=locale)


# --- workbooks -------------------------------------------------------------------------------------------


def workbook(folder: Path, spoil: Callable[[openpyxl.Workbook], None]) -> Path:
    (folder / "good").mkdir()
    write(read(folder_of({}, folder / "good")), folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    spoil(book)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def column_of(sheet: str, name: str) -> int:
    return list(TABLES[sheet].model_fields).index(name) + 1


def test_33_text_cells_of_a_workbook(tmp_path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["meetings"].cell(2, column_of("meetings", "start")).value = "10-3-2026 19.30"
        book["meetings"].cell(2, column_of("meetings", "online")).value = "ja"
        book["facilitators"].cell(2, column_of("facilitators", "lat")).value = "53,2"

    path = workbook(tmp_path, spoil)
    problem = read(path, locale="nl")
    assert str(problem.meetings[0].start) == "2026-03-10 18:30:00+00:00"
    assert problem.meetings[0].online is True
    assert problem.facilitators[0].lat == 53.2
    with pytest.raises(ProblemError) as caught:
        read(path)
    assert [issue.where for issue in caught.value.errors] == ["facilitators!H2", "meetings!C2"]
    assert all('or read it with locale="nl"' in issue.remedy for issue in caught.value.errors)


def test_a_single_day_in_a_list_of_days_is_a_date_in_a_workbook(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("availability")
        sheet.append(["facilitator", "start", "end", "kind", "rrule", "except"])
        sheet.append(["F1", date(2026, 3, 2), date(2026, 3, 2), "unavailable", "FREQ=WEEKLY", date(2026, 3, 9)])

    assert read(workbook(tmp_path, fill)).availability[0].excepted == (date(2026, 3, 9),)


# --- other marks of spreadsheet programs -----------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le-mark", "utf-16-be-mark", "utf-32", "utf-8-sig"])
def test_33_byte_order_marks(encoding: str, tmp_path: Path) -> None:
    text = "organisation,name\nGEM,Súdwest\nWAT,€\n"
    mark = "\ufeff" if encoding.endswith("-mark") else ""
    data = (mark + text).encode(encoding.removesuffix("-mark"))
    problem = read(folder_of({"organisations": data}, tmp_path), encoding="cp1252")
    assert [row.name for row in problem.organisations] == ["Súdwest", "€"]
    assert problem.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_33_without_a_mark_the_encoding_must_be_named(encoding: str, tmp_path: Path) -> None:
    folder_of({"organisations": GOOD["organisations"].encode(encoding)}, tmp_path)
    with pytest.raises(ProblemError) as caught:
        read(tmp_path)
    assert str(caught.value) == (
        "1 problem in the input\n  organisations: is not UTF-8 text: it holds NUL characters; "
        'save it as UTF-8, or name its encoding, such as encoding="utf-16-le"'
    )


@pytest.mark.parametrize("first", ["sep=;\n", "sep=;\r\n", "SEP=;\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_8c_a_line_that_names_the_separator_is_skipped_and_told(first: str, tmp_path: Path) -> None:
    text = first + GOOD["organisations"].replace(",", ";")
    problem = read(folder_of({"organisations": text}, tmp_path))
    assert [row.organisation for row in problem.organisations] == ["GEM", "WAT"]
    assert [str(issue) for issue in problem.warnings] == [
        "organisations (line 1): begins with a line that names the separator, sep=;; "
        "nothing to do: that line is skipped"
    ]


@pytest.mark.parametrize("separator", ["\t", ",", "|", ";"])
def test_8c_any_separator_may_be_named(separator: str, tmp_path: Path) -> None:
    text = f"sep={separator}\n" + GOOD["organisations"].replace(",", separator)
    assert len(read(folder_of({"organisations": text}, tmp_path)).organisations) == 2


def test_8c_a_list_that_the_separator_tears_apart_is_told_as_such(tmp_path: Path) -> None:
    """The row is shifted by one cell, so that whatever is said of its cells would mislead."""
    text = "sep=;\nfacilitator;name;roles;max_meetings\nF1;Anna;lead;co;\nF2;Bram;lead;\n"
    with pytest.raises(ProblemError) as caught:
        read(folder_of({"facilitators": text}, tmp_path))
    assert [str(issue) for issue in caught.value.errors] == [
        "facilitators (line 3): has more cells than the header; "
        "put text that holds the separator, sep=;, in double quotes"
    ]
