"""On the command line people, meetings and seats may be called by name, and are called so in what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import EMPLOYER, facilitator, meeting, problem

from poolmatch import read, write
from poolmatch.cli import main

MEETINGS = [
    meeting("M1", "2026-03-05 19:30", "2026-03-05 21:30", title="Dorpsplein"),
    meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30", title="Plein"),
    meeting("M3", "2026-03-07 19:30", "2026-03-07 21:30", title="Plein"),
]
PEOPLE = [{**facilitator("F1"), "name": "Anna Vos"}, {**facilitator("F2"), "name": "Bram Kok"}]
POOL = problem(MEETINGS, PEOPLE)
BUSY = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
DTSTART:20260302T090000Z
DTEND:20260302T100000Z
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(POOL, tmp_path / "pool")
    (tmp_path / "roster.csv").write_text("meeting,seat,facilitator\nM1,lead,F1\nM2,lead,F2\nM3,lead,\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*words, "--language", "nl"]) == 0
    return capsys.readouterr().out


SUBSTITUTE, EXPLAIN = ["substitute", "pool", "roster.csv"], ["explain", "pool", "roster.csv"]


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize("seat", ["M1/lead", "dorpsplein/Leider", "Dorpsplein/lead"])
def test_a_seat_is_found_by_title_and_role_and_told_so(seat: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = told([*SUBSTITUTE, "--seat", seat], capsys)
    assert text.splitlines()[0] == "Wie plaats leider van Dorpsplein (M1) kan overnemen"
    assert "Bram Kok (F2) kan plaats leider van Dorpsplein (M1) overnemen" in text


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize("day", ["2026-03-05", "5-3-2026", "do 5 maart 2026"])
def test_a_person_and_a_day_are_as_people_write_them(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = told([*SUBSTITUTE, "--facilitator", "anna vos", "--day", day], capsys)
    assert text.splitlines()[0] == "Wie op 5-3-2026 voor Anna Vos (F1) kan invallen"


@pytest.mark.usefixtures("pool")
def test_who_falls_ill_is_called_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(["replan", "pool", "roster.csv", "--ill", "Anna Vos", "--today", "1-3-2026"], capsys)
    assert "Plaats leider van Dorpsplein (M1): Bram Kok (F2) in plaats van Anna Vos (F1)." in text
    assert "\nBram Kok (F2)\n  Bram Kok (F2) neemt plaats leider van Dorpsplein (M1), 5-3-2026 19:30." in text


def test_whose_calendar_and_holidays_they_are_is_told_by_name(pool: Path) -> None:
    (pool / "anna.ics").write_text(BUSY, "utf-8")
    words = ["busy", "pool", "Anna Vos=anna.ics", "--school-holidays", "noord:bram kok", "--out", "busy.json"]
    assert main(words) == 0
    assert [row.facilitator for row in read(pool / "busy.json").availability] == ["F1", "F2"]
    assert main([*words[:2], "Carla=anna.ics", *words[3:]]) == 2


@pytest.mark.usefixtures("pool")
def test_what_is_broken_is_told_with_the_meeting(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tied = problem(MEETINGS, PEOPLE, stakes={"M1": {EMPLOYER: "decider"}})
    write(tied, pool / "tied")
    assert main(["check", "tied", "roster.csv", "--language", "nl"]) == 1
    assert "\n  neutraal: Dorpsplein (M1): Anna Vos (F1) is niet neutraal: " in capsys.readouterr().out


@pytest.mark.usefixtures("pool")
def test_others_than_the_coordinator_are_told_ids(capsys: pytest.CaptureFixture[str]) -> None:
    text = told([*EXPLAIN, "--facilitator", "Anna Vos", "--audience", "begeleider:Anna Vos"], capsys)
    assert text.splitlines()[0] == "Wat F1 te doen heeft"


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seat", "Plein/lead"], '"Plein" is de naam van M2 en M3; schrijf het kenmerk dat u bedoelt\n'),
        (["--seat", "Dorpsplein/co"], 'plaats "co" is geen plaats van M1; verbeter het kenmerk\n'),
        (["--facilitator", "Carla"], 'begeleider "Carla" zit niet in de pool; verbeter het kenmerk\n'),
    ],
)
def test_what_nobody_or_several_are_called_is_an_error(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*EXPLAIN, *words, "--language", "nl"]) == 2
    assert capsys.readouterr().err == told


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize("day", ["5/3/2026", "30-2-2026", "vr 5-3-2026", "5-3-26", "morgen"])
def test_a_day_that_can_be_read_in_two_ways_or_is_none_is_an_error(
    day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SUBSTITUTE, "--facilitator", "F1", "--day", day, "--language", "nl"]) == 2
    assert f"{day} is geen dag; schrijf die als 5-3-2026" in capsys.readouterr().err
