"""The command line as a user meets it: exit codes, files, what is shown and where."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from poolmatch import Roster, check, read, read_roster, write, write_roster
from poolmatch.cli import main

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "westerkwartier-2026-03"


FILES = ["certificate.json", "certificate.txt", "report.json", "roster.csv", "roster.xlsx", "run.json"]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert main(["solve", str(SAMPLE), "--out", str(folder), "--seed", "1"]) == 0
    return folder


def test_solve_writes_six_files(solved: Path) -> None:
    assert sorted(path.name for path in solved.iterdir()) == FILES
    problem = read(SAMPLE)
    rosters = [read_roster(solved / name, problem) for name in ("roster.csv", "roster.xlsx")]
    assert rosters[0] == rosters[1]
    run = json.loads((solved / "run.json").read_text("utf-8"))
    assert run["status"] == "OPTIMAL"
    assert run["seed"] == 1
    assert run["seats"] == {"required": 40, "filled": 35}
    report = json.loads((solved / "report.json").read_text("utf-8"))
    assert report["legal"]
    assert report["tiers"] == [{key: tier[key] for key in ("tier", "value", "scale")} for tier in run["tiers"]]
    assert {seat["meeting"] for seat in report["empty_seats"]} == {"M12", "M18", "M22", "M25", "M30"}
    assert report["outsiders"] == []  # the sample has no externals
    explained = {name: report[name] for name in ("empty_seats", "outsiders", "ledger", "fairness", "warnings")}
    assert report == json.loads(check(problem, rosters[0]).to_json()) | explained
    assert run["weighted"] is None
    assert run["externals"] == {"assignments": 0, "hours": 0, "share": 0}


def test_the_report_tells_who_gave_and_received_what(solved: Path) -> None:
    problem = read(SAMPLE)
    report = json.loads((solved / "report.json").read_text("utf-8"))
    hours = defaultdict[str, float](float)
    employer = {person.facilitator: person.organisation for person in problem.facilitators}
    for row in read_roster(solved / "roster.csv", problem).rows:
        meeting = problem.meeting(row.meeting)
        if row.facilitator and meeting.start and meeting.end:
            around = timedelta(minutes=meeting.setup_minutes + meeting.wrapup_minutes)
            length = (meeting.end - meeting.start + around) / timedelta(hours=1) + meeting.preparation_hours
            hours[row.facilitator] += length
            hours[str(employer[row.facilitator])] += length
    ledger = {row["organisation"]: row for row in report["ledger"]}
    assert list(ledger) == [row.organisation for row in problem.organisations]
    for name, row in ledger.items():
        assert row["given"] == pytest.approx(hours[name])
        assert row["balance"] == pytest.approx(row["given"] - row["received"])
        assert (row["external"], row["amount"]) == (0, None)  # nobody without an employer, and no rate
    assert sum(row["balance"] for row in ledger.values()) == pytest.approx(0)
    people = {row["name"]: row for row in report["fairness"]["people"]}
    assert list(people) == [person.facilitator for person in problem.facilitators]
    assert {name: row["hours"] for name, row in people.items()} == pytest.approx({name: hours[name] for name in people})
    assert {row["name"] for row in report["fairness"]["organisations"]} == set(employer.values())


def test_the_certificate_answers_for_every_assignment(solved: Path) -> None:
    problem = read(SAMPLE)
    filled = [row for row in read_roster(solved / "roster.csv", problem).rows if row.facilitator]
    data = json.loads((solved / "certificate.json").read_text("utf-8"))
    assert data["policy"]["name"] == "strict"
    assert {(item["meeting"], item["facilitator"]) for item in data["assignments"]} == {
        (row.meeting, row.facilitator) for row in filled
    }
    text = (solved / "certificate.txt").read_text("utf-8")
    assert "Judged by policy strict, version 1" in text
    assert text.count("Parties looked at: ") == len(filled)


def test_solve_shows_seats_reasons_load_and_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(SAMPLE), "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "35 of 40 required seats filled" in shown
    assert "proven: no legal roster is better" in shown
    assert "M12  lead  6 at neutral, 5 at skilled" in shown
    assert "Facilitator 07" in shown
    assert re.search(r"^  1 coverage +52 +52  0\.00%  52 of it no roster could avoid$", shown, re.MULTILINE)
    assert re.search(r"^  4 continuity and growth +0 +0  0\.00%$", shown, re.MULTILINE)
    # Before the roster: Facilitator 04 worked 25 of the 68.25 hours of history, for 16 of 78 contract hours, so that 14
    # would have been fair; Facilitator 01 worked 2, where 7 would have been.
    assert re.search(r"^  Facilitator 04 .* \+11\.0 +[+-]\d+\.\d$", shown, re.MULTILINE)
    assert re.search(r"^  Gini 0\.38 before, 0\.\d\d after; largest difference 16\.0 h before, ", shown, re.MULTILINE)
    # Gemeente Noordenveld employs Facilitator 03, commissions nothing, and decides nowhere.
    assert re.search(r"^  Gemeente Noordenveld +\+0\.0 +(\d+\.\d) +0\.0 +0\.0 +\+\1$", shown, re.MULTILINE)
    assert str(tmp_path / "roster.csv") in shown


def test_dutch_for_coordinators(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(SAMPLE), "--out", str(tmp_path), "--language", "nl"]) == 0
    shown = capsys.readouterr().out
    assert "35 van 40 verplichte plaatsen bezet" in shown
    assert "M12  lead  6 bij neutral, 5 bij skilled" in shown
    assert "zo 01-03 10:00" in shown
    assert "Grootboek tussen organisaties, uren" in shown


def test_check_finds_the_solved_roster_legal(solved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SAMPLE), str(solved / "roster.csv")]) == 0
    assert "The roster is legal." in capsys.readouterr().out


def test_check_finds_an_edited_roster_illegal(solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = read(SAMPLE)
    edited: Roster = read_roster(solved / "roster.csv", problem).with_holder("M12", "lead", "F02")
    write_roster(edited, tmp_path / "edited.csv", problem)
    assert main(["check", str(SAMPLE), str(tmp_path / "edited.csv")]) == 1
    shown = capsys.readouterr().out
    assert "illegal" in shown
    assert "F02 is not neutral" in shown


def test_bad_input_is_listed_on_stderr_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = tmp_path / "problem"
    write(read(SAMPLE), problem)
    facilitators = problem / "facilitators.csv"
    text = facilitators.read_text("utf-8").replace("GEM-WK,", "GEM-KW,", 1)
    facilitators.write_text(text, "utf-8")
    out = tmp_path / "out"
    assert main(["solve", str(problem), "--out", str(out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "facilitators, row 1, column organisation: is not in organisations" in captured.err
    assert 'did you mean "GEM-WK"?' in captured.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["solve", "nowhere"], "nowhere"),
        (["solve", str(SAMPLE), "--time-limit", "-1"], "time_limit"),
        (["solve", str(SAMPLE), "--seed", "-1"], "seed"),
        (["solve", str(SAMPLE), "--rules", "nowhere.toml"], "nowhere.toml"),
        (["check", str(SAMPLE), "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_bad_arguments(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert not list(tmp_path.iterdir())


def test_rules_from_a_file(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('name = "no travel"\nwithout = ["short-travel"]\n[rules.rest]\nhours = 8\n', "utf-8")
    assert main(["solve", str(SAMPLE), "--rules", str(rules), "--out", str(tmp_path / "out")]) == 0
    run = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert run["tiers"][-1]["value"] < 0  # wishes alone


def test_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", str(tmp_path / "template.xlsx")]) == 0
    assert "template.xlsx" in capsys.readouterr().out
    assert main(["solve", str(tmp_path / "template.xlsx"), "--out", str(tmp_path / "out")]) == 2
    assert "period" in capsys.readouterr().err


def test_as_a_module(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "poolmatch", "solve", str(SAMPLE), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
