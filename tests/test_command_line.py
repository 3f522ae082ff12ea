"""The command line as a user meets it: exit codes, files, what is shown and where."""

from __future__ import annotations

import errno
import json
import re
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from poolmatch import Roster, check, read, read_roster, write, write_roster
from poolmatch.cli import main

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "westerkwartier-2026-03"
HAND_MADE = SAMPLE.with_name(f"{SAMPLE.name}.hand-made.csv")


FILES = ["certificate.json", "certificate.txt", "report.json", "roster.csv", "roster.xlsx", "run.json"]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert main(["solve", str(SAMPLE), "--out", str(folder), "--seed", "1"]) == 0
    return folder


@pytest.mark.slow
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


@pytest.mark.slow
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
    assert "Judged by policy strict, version 2" in text
    assert text.count("Parties looked at: ") == len(filled)


def test_solve_shows_seats_reasons_load_and_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(SAMPLE), "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "35 of 40 required seats filled" in shown
    assert "proven: no legal roster is better" in shown
    assert "blijft, wie verhuist? (M12)  lead  6 at neutral, 5 at skilled" in shown
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


@pytest.mark.slow
def test_dutch_for_coordinators(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(SAMPLE), "--out", str(tmp_path), "--language", "nl"]) == 0
    shown = capsys.readouterr().out
    assert "35 van 40 verplichte plaatsen bezet" in shown
    assert "(M12)  leider  6 bij neutraal, 5 bij vaardig" in shown
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
    assert "Facilitator 02 (F02) is not neutral" in shown


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
    assert "facilitators, column organisation (line 2): is not in organisations (GEM-KW); " in captured.err
    assert 'did you mean "GEM-WK"?' in captured.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["solve", "nowhere"], "nowhere"),
        (["solve", str(SAMPLE), "--time-limit", "-1"], "--time-limit"),
        (["solve", str(SAMPLE), "--seed", "-1"], "--seed"),
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_from_a_template_with_an_example_to_the_next_month_in_dutch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool, out, october = (str(tmp_path / name) for name in ("pool.xlsx", "rooster", "oktober.xlsx"))
    assert main(["template", pool, "--language", "nl", "--example"]) == 0
    assert main(["solve", pool, "--out", out, "--time-limit", "20"]) == 0
    assert "6 van 6 verplichte plaatsen" in capsys.readouterr().out
    assert main(["next-month", pool, f"{out}/roster.csv", "--out", october]) == 0
    book = openpyxl.load_workbook(october)
    assert book.sheetnames[:3] == ["begin hier", "periode", "organisaties"]
    assert [cell.value for cell in book["begeleiders"][2]][:3] == ["F01", "Anna Voorbeeld", "GEM · Gemeente Verzonnen"]
    assert book["eerder werk"].max_row == 1 + 6
    assert read(october).period.start == date(2026, 10, 1)


@pytest.mark.slow
def test_as_a_module(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "poolmatch", "solve", str(SAMPLE), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


# --- files as spreadsheet programs leave them ------------------------------------------------------------


def in_dutch(path: Path) -> None:
    """Save a roster as a Dutch spreadsheet program does."""
    text = re.sub(r"(\d{4})-0?(\d+)-0?(\d+) 0?(\d+):", r"\3-\2-\1 \4:", path.read_text("utf-8"))
    path.write_text(text.replace(",", ";"), "utf-8")


def test_a_roster_edited_in_a_dutch_program_is_checked_under_the_flag_the_message_names(
    solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = tmp_path / "roster.csv"
    edited.write_bytes((solved / "roster.csv").read_bytes())
    in_dutch(edited)
    assert main(["check", str(SAMPLE), str(edited)]) == 2
    lines = capsys.readouterr().err.strip().split("\n")
    assert len(lines) == 3  # a head, and one line for all starts and one for all ends
    assert all("; write it as YYYY-MM-DD HH:MM, or read it with --locale nl" in line for line in lines[1:])
    assert "(1-3-2026 10:00, " in lines[2]
    assert main(["check", str(SAMPLE), str(edited), "--locale", "nl"]) == 0


def test_messages_speak_of_flags(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = tmp_path / "problem"
    write(read(SAMPLE), problem)
    for name, encoding in (("organisations", "cp1252"), ("facilitators", "utf-8")):
        file = problem / f"{name}.csv"
        file.write_bytes(re.sub(r"(5\d)\.(\d+)", r'"\1,\2"', file.read_text("utf-8") + "X,é\n").encode(encoding))
    assert main(["solve", str(problem)]) == 2
    shown = capsys.readouterr().err
    assert "or name its encoding, such as --encoding cp1252" in shown
    assert "write a decimal point, or read it with --locale nl or --decimal ," in shown
    assert '="' not in shown
    assert main(["solve", str(problem), "--locale", "de"]) == 2


def test_words_and_dates_are_shown_and_names_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = tmp_path / "problem"
    write(read(SAMPLE), problem)
    text = (problem / "organisations.csv").read_text("utf-8")
    (problem / "organisations.csv").write_text(text + f"X1,{'Jansen ' * 300},,,,\n", "utf-8")
    text = (problem / "stakes.csv").read_text("utf-8")
    (problem / "stakes.csv").write_text(text.replace("decider", "beslisser"), "utf-8")
    assert main(["solve", str(problem)]) == 2
    shown = capsys.readouterr().err
    assert "Jansen" not in shown
    assert "column name (line " in shown
    assert "is not a word this column knows (beslisser)" in shown


# --- nothing overwritten ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_8e_solving_again_works_until_the_roster_is_edited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again = ["solve", str(SAMPLE), "--out", str(tmp_path), "--time-limit", "2"]
    assert main(again) == 0
    assert main(again) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    edited = (tmp_path / "roster.csv").read_text("utf-8").replace("F07", "F02")
    (tmp_path / "roster.csv").write_text(edited, "utf-8")
    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr("poolmatch.solving.solve.solve", refuse_to_search)
        assert main(again) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"{tmp_path / 'roster.csv'} is not as poolmatch wrote it: nothing was written; "
        "choose another place, or use --force, which keeps what is replaced as .bak\n"
    )
    assert (tmp_path / "roster.csv").read_text("utf-8") == edited
    assert main([*again, "--force"]) == 0
    assert (tmp_path / "roster.csv.bak").read_text("utf-8") == edited
    assert main(again) == 0


def refuse_to_search(*_: object, **__: object) -> object:
    raise AssertionError("it was known before that nothing can be written")


@pytest.mark.parametrize("out", ["file", "file/out", "/proc/x"])
def test_a_place_where_nothing_can_be_written_is_told_before_the_search(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("poolmatch.solving.solve.solve", refuse_to_search)
    assert main(["solve", str(SAMPLE), "--out", out]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{out} cannot be written: ")
    assert captured.err.endswith("; choose another place\n")
    assert "Errno" not in captured.err
    assert (tmp_path / "file").read_text() == "x"


def test_what_is_edited_during_the_search_is_kept_and_the_roster_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from poolmatch.solving.solve import solve

    def solve_while_someone_writes(*arguments: Any, **options: Any) -> Any:
        (tmp_path / "roster.csv").write_text("mine")
        return solve(*arguments, **options)

    monkeypatch.setattr("poolmatch.solving.solve.solve", solve_while_someone_writes)
    assert main(["solve", str(SAMPLE), "--out", str(tmp_path), "--time-limit", "1"]) == 0
    assert (tmp_path / "roster.csv.bak").read_text() == "mine"
    assert read_roster(tmp_path / "roster.csv", read(SAMPLE)).rows


def test_a_disk_that_is_full_afterwards_does_not_hide_the_roster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("poolmatch.report.faces.roster_csv.write_csv", full)
    assert main(["solve", str(SAMPLE), "--out", str(tmp_path), "--time-limit", "1"]) == 2
    captured = capsys.readouterr()
    assert "required seats filled" in captured.out
    says = f"{tmp_path / 'roster.csv'} cannot be written: the disk is full; make room, or choose another place\n"
    assert captured.err == says
    assert not list(tmp_path.iterdir())


def test_8e_a_filled_template_is_refused_until_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "march.xlsx"
    write(read(SAMPLE), path)
    filled = path.read_bytes()
    assert main(["template", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"{path} is there already: nothing was written; "
        "choose another place, or use --force, which keeps what is replaced as .bak\n"
    )
    assert path.read_bytes() == filled
    assert main(["template", str(path), "--force"]) == 0
    assert (tmp_path / "march.xlsx.bak").read_bytes() == filled


def test_34_what_rules_say_of_the_input_names_the_line_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = tmp_path / "problem"
    write(read(SAMPLE), problem)
    stakes = (problem / "stakes.csv").read_text("utf-8").splitlines()
    (problem / "stakes.csv").write_text("\n".join(line for line in stakes if not line.startswith("M03,")), "utf-8")
    for command in (["solve", str(problem), "--out", str(tmp_path / "out")], ["check", str(problem), str(HAND_MADE)]):
        assert main(command) == 2
        assert "meetings (line 4): has no parties" in capsys.readouterr().err
    (tmp_path / "roster.csv").write_text("sep=,\nmeeting,seat,facilitator\n\nM99,lead,F01\n", "utf-8")
    assert main(["check", str(SAMPLE), str(tmp_path / "roster.csv")]) == 2
    assert "roster, column meeting (line 4): " in capsys.readouterr().err


def test_a_problem_is_checked_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pool = tmp_path / "pool.xlsx"
    write(read(SAMPLE), pool)
    assert main(["check", str(pool)]) == 0
    sound = capsys.readouterr().out
    assert sound.startswith("The input has no errors.")
    assert "legal" not in sound
    book = openpyxl.load_workbook(pool)
    sheet = book["facilitators"]
    columns = [cell.value for cell in sheet[1]]
    sheet.cell(2, columns.index("organisation") + 1).value = "NOWHERE"
    book.save(pool)
    assert main(["check", str(pool)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "is not in organisations" in shown.err
    assert (tmp_path / "pool.mistakes.xlsx").exists()
