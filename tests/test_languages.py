"""Words: one way of saying a thing, in English, Dutch and any language that has a file of its own."""

from __future__ import annotations

import ast
import copy
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter

import pytest

import poolmatch
from poolmatch.words import (
    LANGUAGES,
    OR,
    Words,
    first_few,
    grouped,
    in_a_row,
    joined,
    translations,
    untranslated,
)

LACKS = Words("{who} lacks {skill}.", "{who} mist {skill}.", who="F1", skill="mediation")


def test_values_are_filled_in_in_both_languages() -> None:
    assert (LACKS.en, LACKS.nl) == ("F1 lacks mediation.", "F1 mist mediation.")
    assert (LACKS.say("en"), LACKS.say("nl"), str(LACKS)) == (LACKS.en, LACKS.nl, LACKS.en)


def test_numbers_and_dates_are_said_in_the_language() -> None:
    about = {"h": 2.25, "day": date(2026, 3, 5), "at": datetime(2026, 3, 9, 9, 30, tzinfo=UTC), "year": 2026}
    said = Words("{h:.1f} or {h} on {day}, {at}, {year}", "{h:.1f} of {h} op {day}, {at}, {year}", **about)
    assert said.en == "2.2 or 2.25 on 2026-03-05, 2026-03-09 09:30, 2026"
    assert said.nl == "2,2 of 2,25 op 5-3-2026, 9-3-2026 09:30, 2026"
    assert Words("{h:.1f} hours", "{h:.1f} uur", h=0).nl == "0,0 uur"
    thousands = Words(
        "{points:,.1f} points, {share:.0%}", "{points:,.1f} punten, {share:.0%}", points=1234.5, share=0.5
    )
    assert (thousands.en, thousands.nl) == ("1,234.5 points, 50%", "1.234,5 punten, 50%")


def test_a_date_keeps_the_format_that_is_asked_for() -> None:
    assert Words("{day:%Y}", "{day:%Y}", day=date(2026, 3, 5)).nl == "2026"


def test_without_values_the_text_is_literal() -> None:
    assert Words("{who} is {0", "} is {{who}}").en == "{who} is {0"
    assert Words("{who} is {0", "} is {{who}}").nl == "} is {{who}}"


def test_what_is_filled_in_is_not_formatted_again() -> None:
    assert Words("{who} is out", "{who} doet niet mee", who="{self}{0}").nl == "{self}{0} doet niet mee"


def test_words_within_words_are_said_in_one_language() -> None:
    degree = Words("blocked", "geblokkeerd")
    assert Words("{who}: {degree}.", "{who}: {degree}.", who="F1", degree=degree).nl == "F1: geblokkeerd."
    assert joined(", ", [degree, LACKS, "{x}"]).nl == "geblokkeerd, F1 mist mediation., {x}"
    assert (joined(", ", []).en, joined(" → ", ["a"]).nl) == ("", "a")


def test_a_value_may_be_called_as_an_argument_is() -> None:
    assert Words("{self} {en} {nl}", "{nl}", self=1, en=2, nl=3).en == "1 2 3"


def test_equal_words_are_equal_whatever_the_order_of_their_values() -> None:
    same = Words("{who} lacks {skill}.", "{who} mist {skill}.", skill="mediation", who="F1")
    assert same == LACKS
    assert hash(same) == hash(LACKS)
    assert Words("{who} lacks {skill}.", "{who} mist {skill}.", who="F2", skill="mediation") != LACKS
    assert Words("{who} lacks {skill}.", "{who} heeft geen {skill}.", who="F1", skill="mediation") != LACKS


@pytest.mark.parametrize("words", [LACKS, Words("a", "b"), joined(", ", [LACKS, "c"])])
def test_words_can_be_copied_and_sent(words: Words) -> None:
    assert pickle.loads(pickle.dumps(words)) == copy.deepcopy(words) == copy.copy(words) == words
    with pytest.raises(AttributeError):
        words.templates = ("x", "y")  # type: ignore[misc]


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match='code "de"; languages: en, nl'):
        LACKS.say("de")


def test_a_language_is_one_file_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        '"{who} lacks {skill}." = "{who} mist de feardigens {skill}."',
        '"observer" = "waarnimmer"',
        '"observer / toehoorder" = "taharker"',
    ]
    (tmp_path / "fy.toml").write_text("\n".join(lines), "utf-8")
    monkeypatch.setitem(LANGUAGES, "fy", translations("fy", tmp_path))
    assert LACKS.say("fy") == "F1 mist de feardigens mediation."
    assert Words("{n} more", "nog {n}", n=2).say("fy") == "2 more"  # not in the file
    assert Words("observer", "waarnemer").say("fy") == "waarnimmer"
    assert Words("observer", "toehoorder").say("fy") == "taharker"  # two senses of one English word
    assert Words("In the past: {what}", "In het verleden: {what}", what=LACKS).say("fy") == (
        "In the past: F1 mist de feardigens mediation."
    )


def test_things_in_a_row() -> None:
    assert first_few(["a", "b"], 2) == "a, b"
    assert first_few([], 2) == ""
    assert str(first_few("abc", 2)) == "a, b and 1 more"
    few = first_few([Words("one", "een"), "b", "c"], 1)
    assert isinstance(few, Words)
    assert few.nl == "een en nog 2"
    assert in_a_row(["a"]) == "a"
    assert str(in_a_row("abc")) == "a and b and c"
    assert getattr(in_a_row("ab", OR), "nl", "") == "a of b"


def test_a_sentence_within_another_has_no_full_stop() -> None:
    broken = Words("breaks {rule}: {finding}", "overtreedt {rule}: {finding}", rule="rest", finding=LACKS.clause)
    assert (broken.en, broken.nl) == ("breaks rest: F1 lacks mediation", "overtreedt rest: F1 mist mediation")
    assert copy.deepcopy(LACKS.clause).nl == "F1 mist mediation"
    assert (grouped(1234567).en, grouped(1234567).nl) == ("1,234,567", "1.234.567")
    assert untranslated("{x}").nl == "{x}"


# --- every template of the package -----------------------------------------------------------------------

SOURCE = Path(poolmatch.__file__).parent


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield each place in the package where words are made, and the call."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


SIGNS = ("words.py", "messages/faults.py", "vocabulary/outcomes.py")
"""Where words are made of signs, numbers, or what a parser says."""
MADE = {where: call for where, call in calls() if not where.startswith(SIGNS)}


def texts(call: ast.Call) -> tuple[str, str]:
    english, dutch = (ast.literal_eval(argument) for argument in call.args)
    return english, dutch


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_words_are_made_in_many_places() -> None:
    assert len(MADE) > 150


@pytest.mark.parametrize("where", MADE)
def test_a_template_is_written_out_in_both_languages(where: str) -> None:
    """An f-string in a template would put values where a third language looks up its text."""
    call = MADE[where]
    english, dutch = texts(call)
    assert english.strip()
    assert dutch.strip()
    assert placeholders(english) == placeholders(dutch)
    given = {keyword.arg for keyword in call.keywords}
    assert given in (set(), placeholders(english))


def test_a_further_language_fills_in_what_english_does() -> None:
    for translated in LANGUAGES.values():
        for english, text in translated.items():
            assert placeholders(text) == placeholders(english.partition(" / ")[0])
