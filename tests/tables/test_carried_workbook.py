"""A workbook that a person keeps: what is made from it is a copy in which only what is otherwise is changed."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from tests.office import converted, needs_office
from tests.rings import scaled
from tests.tables.kept_workbooks import (
    YELLOW,
    edited,
    example_in,
    marks,
    month_after,
    same,
    told,
    with_days,
    written_anew,
)

from poolmatch import read, read_roster
from poolmatch.domain.told import as_published
from poolmatch.figures.ahead import series_ahead
from poolmatch.tables import write, write_to_finish

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
TO_BE_WORKED_OUT = ("begin hier", "notities", "lijsten", "gepubliceerd rooster", "begeleiders")
"""Sheets that change when people are told: the last but one by its rows, the others by what their formulas come to."""


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """The example, with marks in its grid and a group of meetings that goes on."""
    return example_in(tmp_path)


# --- exactly the problem, and no other -------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), [*((name, "nl") for name in NAMES[: scaled(1)]), (NAMES[0], "en")])
def test_samples_told_and_closed(name: str, language: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    problem = read(SAMPLES / name)
    first, second, third = (tmp_path / f"{number}.xlsx" for number in range(3))
    write(problem, first, language=language)
    roster = read_roster(SAMPLES / f"{name}.hand-made.csv", problem)
    write(as_published(problem, roster), second, language=language, source=first)
    assert same(read(second), as_published(problem, roster))
    closed = month_after(problem)
    write(closed, third, language=language, source=second)
    assert same(read(third), closed)
    assert not written_anew(caplog)


# --- what a person has added -----------------------------------------------------------------------------


def at_home(book: openpyxl.Workbook) -> None:
    """What a coordinator makes of the example in a year."""
    people, meetings, grid = book["begeleiders"], book["bijeenkomsten"], book["wie kan wanneer"]
    place = people.max_column + 1
    for line, value in enumerate(["telefoon", "06-1", "06-2", "=LEN(B4)"], 1):
        people.cell(line, place).value = value
    people["B3"].fill, people["B3"].font = YELLOW, Font(bold=True, size=15)
    people["B4"].comment = Comment("belt liever niet", "coördinator")
    people.column_dimensions["B"].width = 41
    people.row_dimensions[5].hidden = True
    people.auto_filter.ref = "A1:Q9"
    people.auto_filter.add_filter_column(2, ["GEM"])
    meetings["B2"].fill = YELLOW
    grid["A7"].comment = Comment("altijd thuis", "coördinator")
    book.create_sheet("notities", 2)["B2"] = "koffie bestellen"
    book["notities"]["B3"] = "=COUNTA('gepubliceerd rooster'!A2:A99)"
    book.move_sheet("uitleg", -5)


def own(path: Path) -> list[object]:
    """What of it is there."""
    book = openpyxl.load_workbook(path)
    people, grid = book["begeleiders"], book["wie kan wanneer"]
    *_, phones = people.iter_cols(max_row=5, values_only=True)
    return [
        book.sheetnames,
        phones,
        (people["B3"].fill.fgColor.rgb, people["B3"].font.b, people["B3"].font.sz),
        people["B4"].comment and people["B4"].comment.text,
        people.column_dimensions["B"].width,
        [number for number, line in people.row_dimensions.items() if line.hidden],
        [column.colId for column in people.auto_filter.filterColumn],
        grid["A7"].comment and grid["A7"].comment.text,
        [book["notities"][cell].value for cell in ("B2", "B3")],
    ]


@pytest.fixture
def kept(pool: Path) -> Path:
    """The example after a year with a coordinator."""
    return with_days(edited(pool, at_home))


def test_what_was_told_changes_one_sheet(kept: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    out = tmp_path / "out.xlsx"
    problem = told(read(kept))
    write(problem, out, language="nl", source=kept)
    assert not written_anew(caplog)
    assert read(out) == problem
    assert own(out) == own(kept)
    assert marks(out) == marks(kept) != {}
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(out) as new:
        changed = {name for name in new.namelist() if new.read(name) != old.read(name)}
    titles = openpyxl.load_workbook(kept).sheetnames
    parts = {f"xl/worksheets/sheet{1 + titles.index(title)}.xml" for title in TO_BE_WORKED_OUT}
    assert changed <= {"xl/workbook.xml", "xl/styles.xml", *parts}


def test_a_closed_month_leaves_what_is_of_people(kept: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    out = tmp_path / "out.xlsx"
    closed = month_after(read(kept))
    write_to_finish(closed, {}, out, "nl", force=False, source=kept)
    assert not written_anew(caplog)
    assert same(read(out), closed)
    assert own(out) == own(kept)
    book = openpyxl.load_workbook(out, data_only=True)
    assert book["bijeenkomsten"]["B2"].fill.fgColor.rgb != YELLOW.fgColor.rgb, "it was said of a meeting that is over"
    assert marks(out) == {}, "they would be of other days"
    days = [cell.value for cell in book["wie kan wanneer"][5] if isinstance(cell.value, datetime)]
    assert (days[0], days[-1], len(days)) == (datetime(2026, 10, 1), datetime(2026, 10, 31), 31)  # noqa: DTZ001
    edited(out, lambda book: book["wie kan wanneer"].__setitem__("C8", "x"))
    (fresh,) = Counter(read(with_days(out)).availability) - Counter(closed.availability)
    assert (fresh.facilitator, str(fresh.start)[:16]) == ("F02", "2026-10-01 10:30")


def test_what_is_to_do_is_said_once(kept: Path, tmp_path: Path) -> None:
    """On the first sheet, and month after month in the same place."""
    series = read(kept)
    series = series.replace(meetings=[row.model_copy(update={"series": "REEKS"}) for row in series.meetings])
    paths = [kept, *(tmp_path / f"{month}.xlsx" for month in (1, 2))]
    texts = []
    for before, path in pairwise(paths):
        ahead = series_ahead(series)
        write_to_finish(month_after(series), ahead, path, "nl", force=False, source=before)
        book = openpyxl.load_workbook(path)
        sheet = book["begin hier"]
        texts.append([sheet.cell(line, 3).value for line in range(5, 8)])
        assert [sheet.cell(line, 2).value for line in (4, 5, 9, 10)] == [
            "Nog in te vullen",
            "bijeenkomsten",
            "Vul deze bladen in, in deze volgorde",
            "periode",
        ]
        links = {cell.coordinate: cell.hyperlink.location for line in sheet for cell in line if cell.hyperlink}
        assert [links[cell] for cell in ("B5", "B10")] == ["'bijeenkomsten'!A1", "'periode'!A1"]
        assert [str(block) for block in sheet.merged_cells.ranges if block.min_row == 9] == ["B9:C9"]
        for line in range(8):
            blank = book["bijeenkomsten"].cell(2 + line, 3).value
            assert blank is None
        blank_times = [
            rule.formula[0] for block in book["bijeenkomsten"].conditional_formatting for rule in block.rules
        ]
        assert blank_times == ['AND($A2<>"",C2="")', 'AND($A2<>"",D2="")']
        finish(path)
        series = read(path)
    assert texts[0] == texts[1]
    assert "staan er 6 bijeenkomsten klaar" in str(texts[0][0])


def finish(path: Path) -> None:
    """Fill in the times that are blank."""

    def fill(book: openpyxl.Workbook) -> None:
        start, sheet = book["periode"]["B2"].value, book["bijeenkomsten"]
        for line in range(2, 8):
            sheet.cell(line, 3).value = start + timedelta(line, hours=19)
            sheet.cell(line, 4).value = start + timedelta(line, hours=21)

    with_days(edited(path, fill))


# --- the grid --------------------------------------------------------------------------------------------


def test_a_grid_of_days_that_were_typed_keeps_what_still_counts(pool: Path, tmp_path: Path) -> None:
    """Such as one for the whole year: it does not follow the period."""

    def type_days(book: openpyxl.Workbook) -> None:
        grid = book["wie kan wanneer"]
        for number in range(31):
            day = datetime(2026, 9, 16) + timedelta(number)  # noqa: DTZ001
            grid.cell(5, 2 + 3 * number).value = day
        for cell in [cell for line in grid.iter_rows(min_row=7, min_col=2) for cell in line]:
            cell.value = None
        grid["C8"], grid["BD8"], grid["BE9"] = "x", "x", "g"  # 16 September, 4 October

    problem = read(edited(pool, type_days))
    out = tmp_path / "out.xlsx"
    closed = month_after(problem)
    write_to_finish(closed, {}, out, "nl", force=False, source=pool)
    assert same(read(out), closed)
    assert marks(out) == {"BD8": "x", "BE9": "g"}


def test_busy_times_stand_beside_the_marks(kept: Path, tmp_path: Path) -> None:
    problem = read(kept)
    more = [
        *problem.availability,
        {"facilitator": "F01", "start": "2026-09-07", "end": "2026-09-08", "kind": "unavailable"},
    ]
    out = tmp_path / "out.xlsx"
    changed = problem.replace(availability=more)
    write(changed, out, language="nl", source=kept)
    assert same(read(out), changed)
    assert marks(out) == marks(kept)


# --- through LibreOffice ---------------------------------------------------------------------------------


@needs_office
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_through_libre_office(pool: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Saved by it before and after: what is read is the same, and what formulas come to is worked out anew."""
    folders = [tmp_path / str(number) for number in range(3)]
    for folder in folders:
        folder.mkdir()
    before = converted(edited(pool, at_home), folders[0])
    problem = read(before)
    assert marks(before)
    out = tmp_path / "told.xlsx"
    write(told(problem), out, language="nl", source=before)
    after = converted(out, folders[1])
    assert read(after) == told(problem)
    assert marks(after) == marks(before)
    assert own(after)[:-1] == own(before)[:-1]
    notes = openpyxl.load_workbook(after, data_only=True)["notities"]
    assert notes["B3"].value == len(told(problem).published)
    closed = month_after(told(problem))
    write_to_finish(closed, {}, tmp_path / "closed.xlsx", "nl", force=False, source=after)
    last = converted(tmp_path / "closed.xlsx", folders[2])
    assert same(read(last), closed)
    assert own(last)[:-1] == own(before)[:-1]
    assert openpyxl.load_workbook(last, data_only=True)["notities"]["B3"].value == 0
    assert not written_anew(caplog)
