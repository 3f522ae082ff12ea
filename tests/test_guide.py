"""The Dutch page for coordinators: what it says is done from top to bottom, and what it shows is what happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from tests.english_words import english, left_below
from tests.guide import LEFT_OUT, PAGE, POOL, Called, Done, Typed, follow, steps
from tests.office import needs_office

from poolmatch.cli import BAD_INPUT, COMMANDS, DONE, main

TEXT = PAGE.read_text("utf-8")
REFUSED = "De invoer is zo niet te gebruiken; er is geen uitkomst."
PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]+)\)")
LARGEST = 150_000
"""Bytes of a picture."""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return follow(tmp_path_factory.mktemp("guide"))


def missing(shown: list[str], text: str) -> list[str]:
    """The lines that are shown and were not said in that order; between two of them is nothing but what is left out."""
    said = iter([*text.splitlines(), ""])
    lacking, skipping = [], False
    for line in shown:
        if line == LEFT_OUT:
            skipping = True
            continue
        begin = line.removesuffix(LEFT_OUT)
        for other in said:
            if other == line or (begin != line and other.startswith(begin)):
                break
            if not skipping:
                lacking.append(f"{line!r} is {other!r}")
                break
        else:
            lacking.append(line)
        skipping = False
    return lacking


def test_what_is_not_said_is_missed() -> None:
    said = "een\ntwee\ndrie vier\n"
    assert missing(["een", "twee", "drie vier"], said) == []
    assert missing(["een", "…", "drie …"], said) == []
    assert missing(["…", "drie vier"], said) == []
    assert missing(["een", "drie vier"], said) == ["'drie vier' is 'twee'"]
    assert missing(["…", "twee", "een"], said) == ["'een' is 'drie vier'"]
    assert missing(["…", "vijf"], said) == ["vijf"]


def wrong(answers: list[tuple[Called, int, str]]) -> Iterator[str]:
    """Say of each command what it did otherwise than the page tells."""
    for step, code, text in answers:
        if code != (BAD_INPUT if step.shown[:1] == [REFUSED] else DONE):
            yield f"{step.words}: {code}, {text}"
        yield from (f"{step.words}: {line}" for line in missing(step.shown, text))


def test_the_page_does_what_it_says(done: Done) -> None:
    assert list(wrong(done.answers)) == []
    assert sum(bool(step.shown) for step, _, _ in done.answers) >= 6
    for step, _, _ in done.answers:
        if "--out" in step.words:
            assert (done.folder / step.words[step.words.index("--out") + 1]).exists()


@pytest.mark.slow
@needs_office
def test_it_does_so_where_libre_office_saves_the_workbooks(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "office").mkdir()
    assert list(wrong(follow(tmp_path / "here", tmp_path / "office").answers)) == []


def test_it_goes_from_the_empty_workbook_to_the_next_month_by_hand_and_by_command() -> None:
    plan = list(steps(TEXT))
    called = [step.words[0] for step in plan if isinstance(step, Called)]
    first = {word: called.index(word) for word in ("template", "check", "solve", "publish", "replan", "next-month")}
    assert sorted(first, key=lambda word: first[word]) == list(first)
    assert set(called) <= set(COMMANDS)
    filled = [step.sheet for step in plan if isinstance(step, Typed) and step.sheet]
    assert filled == ["periode", "organisaties", "begeleiders", "bijeenkomsten", "belangen", "beschikbaarheid"]
    assert {step.workbook for step in plan if isinstance(step, Typed) and not step.sheet} == {
        POOL,
        "rooster/roster.xlsx",
    }


def test_what_is_quoted_from_the_workbooks_stands_in_them(done: Done) -> None:
    """A word in italics that follows *blad* is a sheet, also where several are named."""
    sheets = {name for path in done.folder.rglob("*.xlsx") for name in openpyxl.load_workbook(path).sheetnames}
    named = set(re.findall(r"\bblad \*([^*]+)\*", TEXT))
    assert len(named) >= 5
    assert named - sheets == {"lege plaatsen"}  # which is there when a place is empty


def test_the_message_that_is_quoted_is_sent(done: Done) -> None:
    quoted = [line.removeprefix("> ") for line in TEXT.splitlines() if line.startswith("> ")]
    assert len(quoted) >= 4
    assert set(quoted) <= set((done.folder / "verteld" / "berichten 2" / "F04.txt").read_text("utf-8").splitlines())
    overview = (done.folder / "verteld" / "berichten 2" / "overzicht.txt").read_text("utf-8")
    assert " 2 te berichten, " in overview


def test_its_pictures_are_there_small_and_described() -> None:
    shown = PICTURE.findall(TEXT)
    files = {file for _, file in shown}
    assert files == {f"pictures/{path.name}" for path in (PAGE.parent / "pictures").iterdir()}
    assert 5 <= len(files) <= 12
    for words, file in shown:
        assert len(words.split()) >= 4
        assert (PAGE.parent / file).stat().st_size < LARGEST


def test_what_is_installed_has_all_that_the_page_needs() -> None:
    extras = set(re.findall(r'"\./poolmatch\[([a-z,]+)\]"', TEXT))
    assert extras == {"excel,report,calendar"}


def test_every_flag_of_the_page_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    for code in re.findall(r"`poolmatch ([a-z-]+)[^`]*`", TEXT):
        assert main([code, "--help"]) == DONE
        assert capsys.readouterr().out
    assert main(["--help"]) == DONE


def test_what_it_leads_to_is_dutch(done: Done) -> None:
    """Among it the templates, a marked copy, what is published, a roster made anew, and the next month."""
    assert left_below(done.folder) == {}


def test_what_its_commands_answer_is_dutch(done: Done) -> None:
    assert {" ".join(step.words): found for step, _, text in done.answers if (found := english(text))} == {}
