"""A language that is a file and a line: all that a coordinator reads is said in it, and nothing is left in English."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.messages.pseudo import Pseudo, left_in_english, strange

from poolmatch import STANDARD_RULES, Problem, Result, certificate, check, read, solve
from poolmatch.cli import main
from poolmatch.neutrality import INTERNAL
from poolmatch.report.text import summary, verdict
from poolmatch.rules.rest import RestRule
from poolmatch.words import LANGUAGES

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, "xx", Pseudo())


@pytest.fixture(scope="module", params=["westerkwartier-2026-03", "train-de-trainer-2026-09"])
def problem(request: pytest.FixtureRequest) -> Problem:
    return read(SAMPLES / request.param)


@pytest.fixture(scope="module")
def result(problem: Problem) -> Result:
    return solve(problem, time_limit=5, workers=1, seed=1)


def test_the_summary(result: Result) -> None:
    assert left_in_english(summary(result, "nl")) == set()
    assert left_in_english(summary(result, "xx")) == set()
    assert strange("Roster") in summary(result, "xx")


def test_a_verdict_that_finds_faults(problem: Problem, result: Result) -> None:
    strict = STANDARD_RULES.plus(RestRule(hours=24.0))
    holders = [row.facilitator for row in result.roster.rows if row.facilitator]
    worse = result.roster.model_copy(
        update={
            "rows": tuple(
                row.model_copy(update={"facilitator": holders[-1 - place % len(holders)]})
                for place, row in enumerate(result.roster.rows)
            )
        }
    )
    report = check(problem, worse, strict)
    assert len({item.rule for item in report.violations}) > 4
    for language in ("nl", "xx"):
        assert left_in_english(verdict(report, language)) == set()
    for item in report.findings:
        assert left_in_english(item.words.say("xx")) == set()


def test_the_certificate(problem: Problem, result: Result) -> None:
    text = certificate(problem, result.roster, INTERNAL).to_text("xx")
    assert left_in_english(text) == set()
    assert left_in_english(certificate(problem, result.roster).to_text("nl")) == set()


def test_what_rules_say_of_themselves_and_one_another() -> None:
    for rule in STANDARD_RULES.rules:
        assert left_in_english(rule.sentence.say("xx")) == set()
    changed = STANDARD_RULES.without("rest").with_policy(INTERNAL).weighted([9, 8, 7, 6, 5, 4])
    told = [words.say("xx") for words in STANDARD_RULES.diff(changed)]
    assert len(told) > 5
    assert [left_in_english(text) for text in told] == [set()] * len(told)


def test_bad_input_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SAMPLES / "westerkwartier-2026-03"), str(tmp_path), "--language", "xx"]) == 2
    assert main(["solve", str(tmp_path), "--language", "nl"]) == 2
    assert main(["template", str(tmp_path / "a.csv"), "--language", "nl"]) == 2
    assert main(["solve", str(SAMPLES / "westerkwartier-2026-03"), "--time-limit", "-1", "--language", "nl"]) == 2
    shown = capsys.readouterr().err
    assert "--time-limit moet een aantal seconden zijn, 0 of meer" in shown
    assert left_in_english(shown) == set()
