"""What a coordinator edits in the workbook of a result is read back: by the library, by check and solve --from."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from tests.report.worked_example import example, made

from poolmatch import Problem, ProblemError, Roster, check, pinned, read_roster, solve, write
from poolmatch.cli import BAD_INPUT, DONE, ILLEGAL, main
from poolmatch.errors import Issue
from poolmatch.report.results_workbook import write_results
from poolmatch.tables import roster_of, roster_reading_of
from poolmatch.tables.roster_marks import at_marks

LANGUAGES = {
    "nl": {"facilitator": "begeleider", "pin": "vast", "yes": "ja", "no": "nee"},
    "en": {"facilitator": "facilitator", "pin": "pinned", "yes": "yes", "no": "no"},
}


def edited(
    folder: Path, language: str, edits: Mapping[tuple[int, str], str | None], case: Problem | None = None
) -> Path:
    """Write the workbook of the example and change cells of the roster, by line and column."""
    path = folder / "roster.xlsx"
    write_results(path, made(case), language)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    places = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
    for (line, column), value in edits.items():
        sheet.cell(line, places[LANGUAGES[language][column]]).value = LANGUAGES[language].get(value or "", value)
    book.save(path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_read_back_and_nothing_is_said_of_it(
    language: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    result = made()
    write_results(tmp_path / "roster.xlsx", result, language)
    with caplog.at_level(logging.WARNING):
        back = read_roster(tmp_path / "roster.xlsx", result.problem)
    assert not caplog.text
    assert not back.diff(result.roster)
    assert [row.role for row in back.rows] == ["lead", "co", "lead", "lead", "observer"]
    assert [row.degree for row in back.rows] == ["neutral", "disclose", None, "neutral", None]
    assert back.marks == {("M3", "lead"): True}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["F3 · Carla", "F3", "Carla", "carla"])
def test_somebody_else_takes_a_seat(language: str, typed: str, tmp_path: Path) -> None:
    case = example()
    back = read_roster(edited(tmp_path, language, {(2, "facilitator"): typed, (3, "facilitator"): None}), case)
    assert (back.holder("M1", "lead"), back.holder("M1", "co")) == ("F3", None)
    assert check(case, back).legal


def test_who_two_people_may_be_is_asked(tmp_path: Path) -> None:
    people = [
        {"facilitator": f"F{n}", "name": name} for n, name in ((1, "Anna"), (2, "Bram"), (3, "Carla"), (4, "Bram"))
    ]
    case = example(facilitators=people, availability=[])
    with pytest.raises(ProblemError) as caught:
        read_roster(edited(tmp_path, "nl", {(2, "facilitator"): "Bram"}, case), case)
    assert "rooster!F2" in str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pins_are_set_and_released(language: str, tmp_path: Path) -> None:
    case = example()
    back = read_roster(edited(tmp_path, language, {(2, "pin"): "yes", (4, "pin"): "yes", (5, "pin"): "no"}), case)
    assert back.marks == {("M1", "lead"): True, ("M2", "lead"): True, ("M3", "lead"): False}
    pins = {(pin.meeting, pin.seat): pin.facilitator for pin in pinned(case, back).pins}
    assert pins == {("M1", "lead"): "F1", ("M2", "lead"): None}
    assert [pin.facilitator for pin in pinned(case, Roster(rows=back.rows)).pins] == ["F3"], "without marks as it was"


def test_what_is_pinned_stays_though_another_roster_would_be_better(tmp_path: Path) -> None:
    case = example(pins=[], published=[])
    back = read_roster(edited(tmp_path, "nl", {(3, "facilitator"): None, (3, "pin"): "yes"}, case), case)
    assert solve(case, time_limit=5).roster.holder("M1", "co") is not None
    kept = solve(pinned(case, back), time_limit=5, initial_roster=back)
    assert kept.roster.holder("M1", "co") is None
    assert kept.settings["started"]


def test_a_pin_of_a_flexible_meeting_keeps_its_time() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-0{day} 19:30", "end": f"2026-03-0{day} 21:30"} for day in (4, 5)]
    meetings = [
        {"meeting": "M1"},
        *({"meeting": row.meeting, "start": row.start, "end": row.end} for row in example().meetings[1:]),
    ]
    case = example(meetings=meetings, slots=slots)
    held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": case.slots_of("M1")[1].start})
    (pin,) = [pin for pin in pinned(case, held.marked({("M1", "lead"): True})).pins if pin.meeting == "M1"]
    assert pin.slot_start == case.slots_of("M1")[1].start


def test_the_command_line_checks_and_solves_what_was_edited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, pool = example(), tmp_path / "pool.xlsx"
    write(case, pool)
    path = edited(tmp_path, "nl", {(2, "facilitator"): "Carla", (2, "pin"): "yes"})
    assert main(["check", str(pool), str(path)]) == DONE
    assert main(["solve", str(pool), "--from", str(path), "--out", str(tmp_path / "next"), "--time-limit", "5"]) == DONE
    assert read_roster(tmp_path / "next" / "roster.csv", case).holder("M1", "lead") == "F3"
    sick = edited(tmp_path, "nl", {(4, "facilitator"): "F1 · Anna"})
    capsys.readouterr()
    assert main(["check", str(pool), str(sick), "--language", "nl"]) == ILLEGAL
    assert "F1" in capsys.readouterr().out


def test_a_pin_that_breaks_a_rule_is_told_where_it_was_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pool, out = tmp_path / "pool.xlsx", str(tmp_path / "next")
    write(example(), pool)
    away = edited(tmp_path, "nl", {(4, "facilitator"): "Anna", (4, "pin"): "yes"})
    assert main(["solve", str(pool), "--from", str(away), "--out", out, "--language", "nl"]) == BAD_INPUT
    told = capsys.readouterr().err
    assert "rooster, kolom begeleider (rooster!F4): overtreedt de regel beschikbaar: F1 is niet" in told
    assert str(tmp_path / "roster.fouten.xlsx") in told


def test_a_pin_of_the_problem_keeps_its_row_where_the_roster_releases_another(tmp_path: Path) -> None:
    rows = [("M3", "F3"), ("M2", "F1")]
    case = example(pins=[{"meeting": meeting, "seat": "lead", "facilitator": who} for meeting, who in rows])
    reading = roster_reading_of(edited(tmp_path, "nl", {(5, "pin"): "no", (2, "pin"): "yes"}, example()))
    roster = roster_of(reading, case)
    after = pinned(case, roster)
    assert [pin.meeting for pin in after.pins] == ["M2", "M1"]
    found = list(at_marks([Issue("pins", (row,), "facilitator", "a", "b") for row in (1, 2)], after, case, reading))
    assert [(issue.table, issue.rows, issue.where) for issue in found] == [
        ("pins", (2,), ""),
        ("roster", (1,), "rooster!F2"),
    ]
    whole, clash = (Issue("pins", at, "slot_start", "a", "b") for at in ((), (1, 2)))
    assert list(at_marks([whole], after, case, reading)) == [whole]
    (found_clash,) = at_marks([clash], after, case, reading)
    assert (found_clash.table, found_clash.rows, found_clash.column) == ("roster", (1,), "start")
