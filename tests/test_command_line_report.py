"""The command that writes a page: from a roster or without one, for whom, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from poolmatch import read, solve, write_result
from poolmatch.cli import main

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "extern-2026-06"
HAND_MADE = SAMPLE.with_name(f"{SAMPLE.name}.hand-made.csv")


def test_a_page_of_a_roster_goes_where_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "page.html"
    words = ["report", str(SAMPLE), "--roster", str(HAND_MADE), "--out", str(place), "--language", "nl"]
    assert main([*words, "--time-limit", "0"]) == 0
    assert capsys.readouterr().out == f"{place}\n"
    first = place.read_text("utf-8")
    assert '<html lang="nl">' in first
    assert "Rooster voor de coördinator" in first
    assert "Hier is niets bewezen" in first
    assert main([*words, "--audience", "begeleider:F03", "--time-limit", "0"]) == 2
    assert "page.html" in capsys.readouterr().err
    assert place.read_text("utf-8") == first
    assert main([*words, "--audience", "Begeleider:F03", "--force"]) == 0
    assert "Uw kalender" in place.read_text("utf-8")


def test_without_a_roster_one_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(SAMPLE), "--time-limit", "2"]) == 0
    text = (tmp_path / "report.html").read_text("utf-8")
    assert "no legal roster is better" in text
    assert "What fills it (each made and checked)" in text


def test_what_a_run_proved_of_its_roster_is_told(tmp_path: Path) -> None:
    write_result(solve(read(SAMPLE), time_limit=10, seed=1), tmp_path)
    place, roster = tmp_path / "page.html", tmp_path / "roster.csv"
    words = ["report", str(SAMPLE), "--roster", str(roster), "--out", str(place), "--time-limit", "0", "--force"]
    assert main(words) == 0
    assert "it is proven that it cannot be better" in place.read_text("utf-8")
    lines = roster.read_text("utf-8").splitlines()
    roster.write_text("\n".join(lines[:1]), "utf-8")  # nobody sits anywhere: that is another roster
    assert main(words) == 0
    assert "Nothing is proven of it here" in place.read_text("utf-8")


@pytest.mark.parametrize("audience", ["somebody", "facilitator", "public:F01", "coordinator:", "facilitator:F99"])
def test_nobody_is_no_reader(audience: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "page.html"
    words = ["report", str(SAMPLE), "--roster", str(HAND_MADE), "--out", str(place), "--audience", audience]
    assert main(words) == 2
    assert not place.exists()
    assert audience.split(":")[-1] in capsys.readouterr().err
