"""What reads the words of a command says everything in Dutch too, and its examples can be typed."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import shlex
import subprocess
import sys

import pytest

from poolmatch.cli import COMMANDS, main, parser
from poolmatch.cli.parser import OF_ARGPARSE, saying

FOR_PROGRAMMERS = {
    "%r is not callable",
    "'required' is an invalid argument for positionals",
    ".__call__() not defined",
    " (default: %(default)s)",
    "%(prog)s: warning: %(message)s\n",
    'argument "-" with mode %r',
    "argument '%(argument_name)s' is deprecated",
    "can't open '%(filename)s': %(error)s",
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "command '%(parser_name)s' is deprecated",
    "conflicting option string: %s",
    "conflicting option strings: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
    "option '%(option)s' is deprecated",
    "show program's version number and exit",
    "subcommands",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
}
"""What argparse says only of parsers that are declared wrongly, or of what none here has."""


def test_everything_that_argparse_says_to_users_has_a_dutch_text() -> None:
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call)]
    asked = [node for node in calls if getattr(node.func, "id", "") in ("_", "ngettext")]
    texts = {item.value for node in asked for item in node.args if isinstance(item, ast.Constant)}
    assert len(texts) > 30
    assert texts - FOR_PROGRAMMERS == {text for text in OF_ARGPARSE if text in texts}
    same = {text for text, words in OF_ARGPARSE.items() if words.nl == text}
    assert same <= {"%(heading)s:", "argument %(argument_name)s: %(message)s"}
    for text, words in OF_ARGPARSE.items():
        filled, there = (re.findall(r"%(?:\(\w+\))?\w", said) for said in (words.nl, text))
        assert set(filled) <= set(there)
        assert [item for item in filled if len(item) == 2] == [item for item in there if len(item) == 2]


def test_argparse_says_its_texts_as_before_afterwards() -> None:
    names = vars(argparse)
    before = names["_"], names["ngettext"]
    with saying("nl"):
        assert names["_"]("options") == "opties"
        assert names["ngettext"]("expected %s argument", "expected %s arguments", 2) == "hier horen %s waarden achter"
        assert names["_"]("of somebody else") == "of somebody else"
    assert (names["_"], names["ngettext"]) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_can_be_typed_so(name: str) -> None:
    assert COMMANDS[name].examples
    for line in COMMANDS[name].examples:
        for language in ("en", "nl"):
            assert parser(language).parse_args(shlex.split(line.say(language))).command == name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_in_dutch_have_names_and_days_that_dutch_people_write(name: str) -> None:
    files = r"\b(calendars|changes|empty|example|new|next|other|roster(?=/)|told)\b"
    for line in COMMANDS[name].examples:
        told = re.sub(r"^\S+|--\S+", "", line.nl)  # commands and flags are as they are
        assert not re.search(rf"{files}|\d{{4}}-\d\d-\d\d|\.csv|/lead|facilitator:", told)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("language", "heading"), [("en", "example"), ("nl", "voorbeeld")])
def test_help_shows_an_example(
    name: str, language: str, heading: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POOLMATCH_LANGUAGE", raising=False)
    assert main([name, "--help", "--language", language] if language != "en" else [name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert re.search(rf"^{heading}(s|en)?:\n  poolmatch {name} ", shown, re.MULTILINE)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "deze argumenten ontbreken: OPDRACHT"),
        (["solv"], "argument OPDRACHT: 'solv' is geen keuze (kies uit "),
        (["compare", "p", "r"], "deze argumenten ontbreken: TWEEDE"),
        (["solve", "p", "--time-limit", "kort"], "argument --time-limit: kort is geen getal"),
        (["solve", "p", "--seed", "1.5"], "argument --seed: 1.5 is geen geheel getal"),
        (["solve", "p", "--locale", "fr"], "argument --locale: 'fr' is geen keuze (kies uit 'nl')"),
        (["solve", "p", "--out"], "argument --out: hier hoort een waarde achter"),
        (["solve", "p", "--force=ja"], "argument --force: hier hoort geen waarde bij: 'ja'"),
        (["solve", "p", "--haast"], "onbekende argumenten: --haast"),
        (["solve", "p", "--time", "5"], "onbekende argumenten: --time 5"),
        (["explain", "p", "r", "--seat", "M14"], "argument --seat: M14 is geen plaats; schrijf BIJEENKOMST/PLAATS"),
        (
            ["replan", "p", "r", "--today", "5 maart"],
            "argument --today: 5 maart is geen dag; schrijf die als 5-3-2026",
        ),
    ],
)
def test_wrong_arguments_are_told_in_dutch_wherever_the_language_is_asked_for(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POOLMATCH_LANGUAGE", raising=False)
    for words in ([*typed, "--language", "nl"], ["--language=nl", *typed]):
        assert main(words) == 2
        assert said in capsys.readouterr().err
    monkeypatch.setenv("POOLMATCH_LANGUAGE", "nl")
    assert main(typed) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert shown.startswith("gebruik: poolmatch")
    assert "fout: " in shown
    assert main([*typed[:1], "--language", "en", *typed[1:]]) == 2
    assert said not in capsys.readouterr().err


def test_a_language_that_there_is_not_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["solve", "p", "--language", "de"]) == 2
    assert "argument --language: invalid choice: 'de' (choose from 'en', 'nl')" in capsys.readouterr().err
    monkeypatch.setenv("POOLMATCH_LANGUAGE", "de")
    assert main(["solve", "p"]) == 2
    assert capsys.readouterr().err == (
        "POOLMATCH_LANGUAGE of the environment is de, which is no language; languages: en, nl\n"
    )
    monkeypatch.setenv("POOLMATCH_LANGUAGE", "")
    assert main(["solve"]) == 2
    assert "the following arguments are required: PROBLEM" in capsys.readouterr().err


def test_help_loads_nothing_heavy() -> None:
    heavy = ("pandas", "ortools", "scipy", "openpyxl", "xlsxwriter", "poolmatch.solving", "poolmatch.explain")
    for words in (["--help"], ["solve", "--help"]):
        run = f"import sys; from poolmatch.cli import main; main({words})"
        code = f"{run}; print([name for name in {heavy} if name in sys.modules])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(("text", "seconds"), [("2,5", 2.5), ("2.5", 2.5), ("30", 30)])
def test_a_number_may_have_a_comma(text: str, seconds: float) -> None:
    assert parser("nl").parse_args(["solve", "pool.xlsx", "--time-limit", text]).time_limit == seconds


def test_what_is_no_number_is_refused_with_its_commas(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser("nl").parse_args(["solve", "pool.xlsx", "--time-limit", "1,000.5"])
    assert "1,000.5" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", ["next-month pool.xlsx roster.csv --out {}", "busy pool.xlsx --public-holidays --out {}"]
)
def test_a_problem_does_not_go_to_a_folder_that_is_called_like_a_file(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in ("april.xls", "april.ods", "april.csv"):
        with pytest.raises(SystemExit):
            parser("nl").parse_args(line.format(place).split())
        assert f"{place} is geen plek voor een probleem" in capsys.readouterr().err
    for place in ("april.xlsx", "april.JSON", "april", "april.2026"):
        assert parser("nl").parse_args(line.format(place).split()).out.name == place
