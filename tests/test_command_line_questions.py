"""Questions about a roster on the command line: what differs, why, who can step in, and what to do now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from poolmatch import read, read_roster, write_roster
from poolmatch.cli import main

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "westerkwartier-2026-03"


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert main(["solve", str(SAMPLE), "--out", str(folder), "--seed", "1"]) == 0
    return folder


@pytest.mark.slow
def test_two_rosters_are_compared(solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = read(SAMPLE)
    roster = read_roster(solved / "roster.csv", problem)
    who = roster.holder("M14", "lead")
    write_roster(roster.with_holder("M14", "lead", None), tmp_path / "other.csv", problem)
    files = [str(SAMPLE), str(solved / "roster.csv"), str(tmp_path / "other.csv")]
    assert main(["compare", *files, "--language", "nl"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        f"Er verandert 1 plaats of bijeenkomst, voor 1 persoon.\n  Plaats lead van M14 is leeg; {who} zat er.\n"
    )
    assert f"  {who} gaat van plaats lead van M14 af." in told
    assert re.search(r"^  1 bezetting +52 +\d+$", told, re.MULTILINE)
    assert main(["compare", *files[:2], files[1]]) == 0
    assert capsys.readouterr().out.startswith("The rosters are the same.\n")


@pytest.mark.slow
def test_empty_seats_are_explained_with_what_would_help(solved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(SAMPLE), str(solved / "roster.csv")]
    assert main(["explain", *files, "--language", "nl"]) == 0
    told = capsys.readouterr().out
    assert re.findall(r"^(M\d+)/lead$", told, re.MULTILINE) == ["M12", "M18", "M22", "M25", "M30"]
    assert "In elk geldig rooster is ze leeg" in told
    assert main(["explain", *files, "--seat", "M30/lead", "--facilitator", "F02"]) == 0
    assert "F02 is not neutral" in capsys.readouterr().out
    assert main(["explain", *files, "--facilitator", "F04"]) == 0
    assert capsys.readouterr().out.startswith("  F04 works ")


@pytest.mark.slow
def test_who_can_step_in_is_told_for_a_seat_and_for_a_day(solved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = read(SAMPLE)
    row = next(row for row in read_roster(solved / "roster.csv", problem).rows if row.facilitator == "F04")
    files = [str(SAMPLE), str(solved / "roster.csv")]
    assert main(["substitute", *files, "--seat", f"{row.meeting}/{row.seat}"]) == 0
    one = capsys.readouterr().out
    assert one.strip()
    assert main(["substitute", *files, "--facilitator", "F04", "--day", f"{row.start:%Y-%m-%d}"]) == 0
    assert capsys.readouterr().out.strip()
    for wrong in ([], ["--seat", "M14"], ["--facilitator", "F04"], ["--facilitator", "F04", "--day", "5 maart"]):
        assert main(["substitute", *files, *wrong]) == 2
    assert "is no day; write it as 2026-03-05" in capsys.readouterr().err


@pytest.mark.slow
def test_an_illness_is_replanned_and_each_person_told(
    solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = read(SAMPLE)
    files = [str(SAMPLE), str(solved / "roster.csv"), "--out", str(tmp_path / "new.csv")]
    assert main(["replan", *files, "--ill", "F04"]) == 0
    told = capsys.readouterr().out
    assert "F04 cannot keep seat lead of M14: F04 is not available throughout." in told
    assert re.search(r"^F04\n(  F04 .*\n)+", told, re.MULTILINE)
    before, after = (read_roster(path, problem) for path in (solved / "roster.csv", tmp_path / "new.csv"))
    assert "F04" not in {row.facilitator for row in after.rows}
    kept = [row for row in before.rows if row.facilitator not in ("F04", None)]
    assert all(after.holder(row.meeting, row.seat) == row.facilitator for row in kept)
    assert main(["replan", *files[:2], "--ill", "F99"]) == 2
