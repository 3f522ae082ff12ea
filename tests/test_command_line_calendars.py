"""Calendars on the command line: what people are given, and what is taken over from theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import facilitator, meeting, problem

from poolmatch import read, write
from poolmatch.cli import main

CASE = problem(
    [meeting("M1"), meeting("M2", "2026-03-26 10:00", "2026-03-26 12:00")],
    ["F1", "F2"],
    duties=[{"duty": "D1", "kind": "coaching", "hours": 4}],
)
ANNA = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
SUMMARY:secret
DTSTART:20260302T090000Z
DTEND:20260302T100000Z
RRULE:FREQ=WEEKLY;COUNT=2
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POOLMATCH_LANGUAGE", raising=False)
    write(CASE, tmp_path / "pool.json")
    (tmp_path / "roster.csv").write_text("meeting,seat,facilitator\nM1,lead,F1\nM2,lead,F1\nD1,coaching,F2\n", "utf-8")
    (tmp_path / "new.csv").write_text("meeting,seat,facilitator\nM1,lead,F1\nM2,lead,F2\nD1,coaching,F2\n", "utf-8")
    (tmp_path / "anna.ics").write_text(ANNA, "utf-8")
    return tmp_path


def test_whose_times_they_are_is_told_by_name(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(CASE.replace(facilitators=[{**facilitator("F1"), "name": "Anna"}, facilitator("F2")]), pool / "named.json")
    assert main(["busy", "named.json", "F1=anna.ics", "--school-holidays", "noord:F2", "--out", "busy.json"]) == 0
    assert capsys.readouterr().out.splitlines()[:1] == ["Anna (F1): 2 rows more"]


def test_busy_times_go_into_the_problem_once(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["busy", "pool.json", "F1=anna.ics", "--public-holidays", "--school-holidays", "noord:F2"]
    assert main([*told, "--out", "busy.json"]) == 0
    assert capsys.readouterr().out.splitlines() == ["F1: 2 rows more", "F2: 1 row more", "busy.json"]
    rows = read(pool / "busy.json").availability
    assert [(row.facilitator, f"{row.start:%d-%m}", f"{row.end:%d-%m}") for row in rows] == [
        ("F1", "02-03", "02-03"),
        ("F1", "09-03", "09-03"),
        ("F2", "21-02", "01-03"),  # the spring holiday of the north, whose last day is the first of the period
    ]
    assert "secret" not in (pool / "busy.json").read_text("utf-8")
    told[1] = "busy.json"
    assert main([*told, "--out", "again.json"]) == 0
    assert capsys.readouterr().out.splitlines() == ["F1: 0 rows more", "again.json"]
    assert read(pool / "again.json").availability == rows


def test_calendars_are_written_and_updated_in_their_place(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["pool.ics", "begeleider-F1.ics", "partij-Town.ics"]
    assert main(["calendar", "pool.json", "roster.csv", "--out", "out", "--language", "nl"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        *(str(Path("out") / name) for name in names),
        "Zonder tijd, en er dus niet in: D1",
    ]
    before = (pool / "out" / "partij-Town.ics").read_bytes()
    assert main(["calendar", "pool.json", "new.csv", "--out", "out", "--language", "nl"]) == 0
    after = (pool / "out" / "partij-Town.ics").read_bytes()
    assert before.count(b"SEQUENCE:0") == 2
    assert (after.count(b"SEQUENCE:0"), after.count(b"SEQUENCE:1")) == (1, 1)
    assert b"STATUS:CANCELLED" in (pool / "out" / "begeleider-F1.ics").read_bytes()
    assert (pool / "out" / "begeleider-F2.ics").is_file()


def test_one_reader_has_one_file(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_f2 = ["calendar", "pool.json", "roster.csv", "--audience", "facilitator:F2"]
    assert main([*of_f2, "--out", "out"]) == 2
    assert "out does not end in .ics" in capsys.readouterr().err
    assert main([*of_f2, "--out", "f2.ics"]) == 0
    assert capsys.readouterr().out.splitlines() == ["f2.ics", "Without a time, so not in it: D1"]
    assert main(["calendar", "pool.json", "roster.csv", "--out", "f2.ics"]) == 2  # it is not that of the pool
    assert not (pool / "out").exists()
