"""Every command in both languages, on a small problem: exit codes, files, and no word of English in what is Dutch."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from tests.builders import meeting, problem
from tests.messages.pseudo import left_in_english
from tests.tables.dutch_workbooks import dutch_workbook

from poolmatch import read, write
from poolmatch.cli import COMMANDS, STOPPED, main

POOL = problem(
    [
        meeting("M1", "2026-03-05 19:30", "2026-03-05 21:30"),
        meeting("M2", "2026-03-10 10:00", "2026-03-10 12:00"),
        meeting("M3", "2026-03-12 10:00", "2026-03-12 12:00"),
    ],
    ["F1", "F2"],
    requirements=[{"meeting": "M3", "seat": "lead", "skill": "intake", "level": 3}],
    skills=[{"facilitator": "F1", "skill": "intake", "level": 2}],
    preferences=[{"facilitator": "F1", "meeting": "M2", "score": 5}],
)
"""Two people and three meetings, the last of which nobody can lead."""
APPOINTMENT = [
    *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "DTSTART:20260302T090000Z", "DTEND:20260302T100000Z"),
    *("END:VEVENT", "END:VCALENDAR", ""),
]
OTHERS = ["party:Town", "facilitator:F1", "public"]


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pool")
    write(POOL, folder / "pool")
    rows = ["meeting,seat,facilitator", "M1,lead,F1", "M2,lead,F2", "M3,lead,"]
    (folder / "roster.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "other.csv").write_text("\n".join(rows).replace("M2,lead,F2", "M2,lead,F1") + "\n", "utf-8")
    (folder / "wrong.csv").write_text("\n".join(rows).replace("M3,lead,", "M3,lead,F1") + "\n", "utf-8")
    (folder / "anna.ics").write_text("\n".join(APPOINTMENT), "utf-8")
    return folder


CALLS: Sequence[tuple[str, int]] = [
    ("template {out}.xlsx", 0),
    ("solve pool --out {out} --time-limit 2", 0),
    ("check pool", 0),
    ("check pool roster.csv", 0),
    ("check pool wrong.csv", 1),
    ("compare pool roster.csv other.csv", 0),
    ("compare pool roster.csv roster.csv --out {out}.xlsx", 0),
    ("explain pool roster.csv --time-limit 4 --out {out}.xlsx", 0),
    ("explain pool roster.csv --seat M3/lead --time-limit 4", 0),
    ("explain pool roster.csv --seat M1/lead --facilitator F2 --out {out}.txt", 0),
    ("explain pool roster.csv --facilitator F1 --out {out}.json", 0),
    ("explain pool roster.csv --facilitator F1 --wish --time-limit 4", 0),
    ("explain pool roster.csv --facilitator F2 --wish", 0),
    ("explain pool roster.csv --wish", 2),
    ("substitute pool roster.csv --seat M1/lead --out {out}.xlsx", 0),
    ("substitute pool roster.csv --seat M1/lead --take F2 --out {out}.csv", 0),
    ("substitute pool roster.csv --facilitator F1 --day 2026-03-05", 0),
    ("replan pool roster.csv --ill F1 --out {out}.csv --changes {out}.xlsx", 0),
    ("publish pool roster.csv --out {out}", 0),
    ("next-month pool roster.csv --out {out}.xlsx", 0),
    ("next-month pool roster.csv --no-series --out {out}.xlsx --force", 0),
    ("next-month pool roster.csv --out {out}", 0),
    ("report pool --roster roster.csv --time-limit 1 --out {out}.html", 0),
    ("calendar pool roster.csv --out {out}", 0),
    ("calendar pool roster.csv --audience facilitator:F1 --pool West --out {out}.ics", 0),
    ("busy pool F1=anna.ics --public-holidays --out {out}.xlsx", 0),
    ("busy pool --school-holidays noord:F1 --school-holidays Zuid --out {out}", 0),
    ("resilience pool roster.csv --time-limit 0.5 --out {out}.xlsx", 0),
    ("bottlenecks pool --time-limit 5 --out {out}.json", 0),
    ("solve nowhere", 2),
    ("solve pool --time-limit -1", 2),
    ("solve pool --out {out} --seed -1", 2),
    ("check nowhere", 2),
    ("check pool nowhere.csv", 2),
    ("compare pool roster.csv nowhere.csv", 2),
    ("explain pool roster.csv --seat M9/lead", 2),
    ("explain pool roster.csv --facilitator F9", 2),
    ("explain pool roster.csv --out {out}.doc", 2),
    ("explain pool roster.csv --audience party:Nobody", 2),
    ("substitute pool roster.csv", 2),
    ("substitute pool wrong.csv --seat M1/lead", 2),
    ("substitute pool roster.csv --facilitator F1 --day 2027-03-05", 2),
    ("replan pool roster.csv --today 2027-03-05", 2),
    ("replan pool roster.csv --ill F9", 2),
    ("replan pool roster.csv --ill F1 --from 2026-03-05 --until 2026-03-04", 2),
    ("publish pool roster.csv", 2),
    ("next-month pool roster.csv", 2),
    ("next-month pool roster.csv --out {out} --with pool", 2),
    ("report pool --roster nowhere.csv --out {out}.html", 2),
    ("calendar pool roster.csv", 2),
    ("calendar pool roster.csv --audience public --out {out}.ics", 2),
    ("calendar pool roster.csv --audience party:Town --out {out}", 2),
    ("busy pool --out {out}.xlsx", 2),
    ("busy pool anna.ics --out {out}.xlsx", 2),
    ("busy pool F9=anna.ics --out {out}.xlsx", 2),
    ("busy pool F1=roster.csv --out {out}.xlsx", 2),
    ("busy pool F1=nowhere.ics --out {out}.xlsx", 2),
    ("busy pool --school-holidays oost --out {out}.xlsx", 2),
    ("resilience pool wrong.csv", 2),
    ("resilience pool roster.csv --pairs -1", 2),
    ("template {out}.doc", 2),
    ("nothing", 2),
]


def test_every_command_is_called() -> None:
    assert {line.split()[0] for line, code in CALLS if code == 0} == set(COMMANDS)
    assert {line.split()[0] for line, code in CALLS if code == 2} >= set(COMMANDS) - {"bottlenecks"}


@pytest.mark.parametrize(("line", "code"), CALLS)
def test_a_command_is_dutch_throughout_and_english_is_english(
    line: str, code: int, pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)
    monkeypatch.delenv("POOLMATCH_LANGUAGE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    place = f"o{CALLS.index((line, code))}"
    said = dict[str, str]()
    for language in ("nl", "en"):
        words = line.format(out=f"{place}{language}").split()
        assert main([*words, "--language", language]) == code
        shown = capsys.readouterr()
        assert bool(shown.err) == (code == 2)
        assert bool(shown.out) == (code < 2)
        said[language] = shown.out + shown.err
    assert left_in_english(plain(said["nl"])) == set()
    if code or not line.startswith(("template", "next-month", "report")):  # which show the file alone
        assert said["nl"] != said["en"]
    for file in pool.glob(f"{place}nl*.xlsx"):
        if line.split()[0] in ("compare", "explain", "substitute", "resilience", "replan"):
            cells = [str(cell.value) for sheet in openpyxl.load_workbook(file) for row in sheet for cell in row]
            assert len(cells) > 1
            assert left_in_english("\n".join(cells)) == set()
    if code == 2:
        assert not list(pool.glob(f"{place}*"))


def plain(text: str) -> str:
    """Return a text without names of files, of commands and flags, and of what is typed after them."""
    return " ".join(
        word for word in text.split() if not word.startswith(("-", "[-", "o")) or word in ("of", "op", "om", "ook")
    ).replace("next-month", "")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_dutch_throughout(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([name] if name else []), "--help", "--language", "nl"]) == 0
    shown = capsys.readouterr().out
    before, _, _ = shown.partition("voorbeeld")
    assert left_in_english(plain(before)) == set()


def test_english_would_be_found(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert main([name, "--help", "--language", "en"]) == 0
        assert len(left_in_english(plain(capsys.readouterr().out))) > 3


def test_a_dutch_environment_speaks_dutch(
    pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)
    monkeypatch.setenv("POOLMATCH_LANGUAGE", "nl")
    assert main(["check", "pool", "roster.csv"]) == 0
    assert capsys.readouterr().out.startswith("Het rooster is geldig.")
    assert main(["check", "pool", "roster.csv", "--language", "en"]) == 0
    assert capsys.readouterr().out.startswith("The roster is legal.")


def test_a_dutch_workbook_is_answered_in_dutch_unless_another_language_is_asked_for(
    pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)
    monkeypatch.delenv("POOLMATCH_LANGUAGE", raising=False)
    dutch_workbook(POOL, pool / "pool.xlsx")
    calls = {  # what is shown, and errors, those of arguments too
        "check pool.xlsx roster.csv": ("Het rooster is geldig.", "The roster is legal."),
        "explain pool.xlsx roster.csv --facilitator F9": ("zit niet in de pool", "is not in the pool"),
        "check pool.xlsx nowhere.csv": ("nowhere.csv: ontbreekt; ", "nowhere.csv: is missing; "),
        "explain pool.xlsx roster.csv --wish": ("samen met --facilitator WIE", "together with --facilitator ID"),
        "solve pool.xlsx --time-limit veel": ("is geen getal", "is no number"),
        "compare pool.xlsx roster.csv": ("ontbreken: TWEEDE", "required: SECOND"),
        "replan pool.xlsx roster.csv --today 2027-01-01": (
            "en moet in de periode liggen",
            "and must lie in the period",
        ),
    }
    for line, (dutch, english) in calls.items():
        said = []
        for language in (None, "nl", "en"):
            main([*line.split(), *(["--language", language] if language else [])])
            said.append("".join(capsys.readouterr()))
        assert said[0] == said[1]
        assert dutch in said[0]
        assert english in said[2]
    monkeypatch.setenv("POOLMATCH_LANGUAGE", "en")
    assert main(["check", "pool.xlsx", "roster.csv"]) == 0
    assert capsys.readouterr().out.startswith("The roster is legal.")


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize(
    "line",
    [
        "compare pool roster.csv other.csv",
        "explain pool roster.csv --time-limit 2",
        "explain pool roster.csv --facilitator F2",
        "explain pool roster.csv --facilitator F1 --wish --time-limit 2",
        "substitute pool roster.csv --seat M2/lead",
        "replan pool roster.csv --ill F2",
    ],
)
def test_others_are_told_no_more_than_they_may_see(
    line: str, audience: str, pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)
    file = "--changes" if line.startswith("replan") else "--out"
    for language, coordinator in (("nl", "coördinator"), ("en", "coordinator")):
        words = [*line.split(), "--audience", audience, file, "told.json", "--force", "--language", language]
        assert main(words) == 0
        shown = capsys.readouterr().out
        data = json.loads((pool / "told.json").read_text("utf-8"))
        assert shown.startswith("\n".join(data["text"]))
        if language == "nl":
            assert not re.search(r"\blead\b", shown), "a seat that is called as its role has the name of that"
        if audience == "public":
            assert coordinator in shown
            assert "F2 " not in "\n".join(data["text"][1:])


def test_answers_as_data_text_and_workbook_say_the_same(
    pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)
    call = ["compare", "pool", "roster.csv", "other.csv", "--language", "nl", "--out"]
    assert main([*call, "c.txt"]) == main([*call, "c.json"]) == main([*call, "c.xlsx"]) == 0
    shown = capsys.readouterr().out
    text = (pool / "c.txt").read_text("utf-8")
    assert shown.startswith(text)
    assert json.loads((pool / "c.json").read_text("utf-8"))["seats"] == [
        {"meeting": "M2", "seat": "lead", "before": "F2", "after": "F1"}
    ]
    book = openpyxl.load_workbook(pool / "c.xlsx")
    first = [row[0].value for row in book.worksheets[0]]
    assert first[0] == text.splitlines()[0] == "Er verandert 1 plaats of bijeenkomst, voor 2 mensen."
    assert "Plaats leider van M2: F1 in plaats van F2." in first
    (pool / "c.txt").write_text("mine", "utf-8")
    assert main([*call, "c.txt"]) == 2
    refused = capsys.readouterr()
    assert refused.out == text  # what was found is told all the same
    assert "--force" in refused.err
    assert main([*call, "c.txt", "--force"]) == 0
    assert (pool / "c.txt.bak").read_text("utf-8") == "mine"


def test_the_next_month_is_read_again(pool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pool)
    for out in ("april.xlsx", "april"):
        assert main(["next-month", "pool", "roster.csv", "--out", out, "--language", "nl"]) == 0
        made = read(out)
        assert (made.period.name, str(made.period.start), str(made.period.end)) == (
            "april 2026",
            "2026-04-01",
            "2026-04-30",
        )
        assert [(row.meeting, row.facilitator) for row in made.history] == [("M1", "F1"), ("M2", "F2")]
        assert made.meetings == ()
        assert made.facilitators == POOL.facilitators
    own = POOL.replace(
        period={**POOL.period.model_dump(), "name": "April", "start": "2026-04-01", "end": "2026-04-30"},
        meetings=[meeting("A1", "2026-04-07 10:00", "2026-04-07 12:00")],
        stakes=[{"meeting": "A1", "organisation": "Town", "grade": "decider"}],
        seats=(),
        requirements=(),
        facilitators=(),
        skills=(),
        preferences=(),
    )
    write(own, "own")
    assert main(["next-month", "pool", "roster.csv", "--with", "own", "--out", "with"]) == 0
    made = read("with")
    assert [row.meeting for row in made.meetings] == ["A1"]
    assert made.facilitators == POOL.facilitators  # a blank table says nothing
    assert made.period.name == "April"


def test_a_file_is_written_though_nobody_reads_the_screen(pool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pool)

    def closed(*_: object) -> None:
        raise BrokenPipeError

    screen = sys.stdout
    monkeypatch.setattr(screen, "write", closed)
    calls = {"compare pool roster.csv other.csv --out": ["z.xlsx"], "replan pool roster.csv --out": ["z.csv"]}
    for line, files in calls.items():
        monkeypatch.setattr("sys.stdout", screen)
        assert main([*line.split(), *files]) == 0
        assert all((pool / name).exists() for name in files)


# --- progress, and Ctrl-C ----------------------------------------------------------------------------------


def test_progress_is_shown_when_asked_and_not_in_a_pipe(
    pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)
    calls = {
        "solve pool --out p --time-limit 2": " punten, ten minste ",
        "explain pool roster.csv --time-limit 2": "1 van 1",
        "resilience pool roster.csv --time-limit 0.2": " van ",
    }
    for line, said in calls.items():
        assert main([*line.split(), "--language", "nl"]) == 0
        assert capsys.readouterr().err == ""
        assert main([*line.split(), "--language", "nl", "--progress"]) == 0
        shown = capsys.readouterr().err
        assert said in shown
        assert shown.endswith("\r")
        assert shown.split("\r")[-2].strip() == ""  # the line is wiped
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        assert main([*line.split(), "--language", "nl"]) == 0
        assert said in capsys.readouterr().err
        assert main([*line.split(), "--language", "nl", "--no-progress"]) == 0
        assert capsys.readouterr().err == ""
        monkeypatch.undo()
        monkeypatch.chdir(pool)


def test_ctrl_c_ends_a_search_with_what_there_is(
    pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)

    def pressed(*_: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return lambda *_: None

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("poolmatch.cli.progress.counted", pressed)
    assert main(["explain", "pool", "roster.csv"]) == 0
    assert capsys.readouterr().out == "Required seats that are empty: 1\n  Explained before the search was ended: 0\n"
    assert main(["resilience", "pool", "roster.csv"]) == 0
    shown = capsys.readouterr().out
    assert "not looked at: 3" in shown  # F1, F2, and both
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_before_anything_is_there_ends_quietly(
    pool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pool)

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("poolmatch.tables.reading_of", stopped)
    assert main(["solve", "pool", "--language", "nl"]) == STOPPED
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "Gestopt voordat er iets te vertellen was.\n")
