"""Every kind of message is produced by a small input, and then says in any language what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from tests.messages import in_files, in_rosters, in_rule_sets, in_tables, of_rules
from tests.messages.pseudo import Pseudo, left_in_english
from tests.messages.walk import every_message
from tests.tables.files import folder_of

from poolmatch import STANDARD_RULES, Policy, Problem, ProblemError, RuleSet
from poolmatch.checking import input_issues
from poolmatch.domain.row import Row, issues_of
from poolmatch.issues import Issue
from poolmatch.tables import read
from poolmatch.words import LANGUAGES, Words

Produce = Callable[[Path], object]


class Odd(Row):
    """A row with a column that takes a whole number as such, as none of the tables has."""

    table = "odd"
    number: int


def odd() -> Sequence[Issue]:
    with pytest.raises(ValidationError) as caught:
        Odd.model_validate({"number": "x"})
    return list(issues_of(caught.value, Odd, 1, {"number": "x"}))


def read_tables(tables: in_tables.Tables, folder: Path) -> object:
    return read(folder_of({name: text or None for name, text in tables.items()}, folder))


def without_context(call: Callable[..., object], *given: Any) -> Produce:
    return lambda *_: call(*given)


TABLES: Mapping[str, in_tables.Tables] = {
    **in_tables.CELLS,
    **in_tables.ROWS,
    **in_tables.BETWEEN,
    **in_tables.JOINS,
    **in_tables.RULES,
    **in_tables.TABLES,
    **in_tables.GRIDS,
}
PRODUCED: Mapping[str, Produce] = {
    **{code: partial(read_tables, tables) for code, tables in TABLES.items()},
    **in_files.OPEN,
    **in_files.DATA,
    **{code: without_context(RuleSet.from_toml, text) for code, text in in_rule_sets.RULE_SETS.items()},
    **{code: without_context(Policy.from_data, data) for code, data in in_rule_sets.POLICIES.items()},
    **in_rule_sets.CALLS,
    **{code: without_context(call) for code, call in in_rosters.ROSTERS.items()},
    **{code: without_context(call) for code, call in of_rules.RULES.items()},
    "value-not-taken": without_context(odd),
}


def said_by(produce: Produce, folder: Path) -> Iterable[Issue]:
    """Everything that is said of an input, whether it is refused or not."""
    try:
        made = produce(folder)
        if not isinstance(made, Problem):
            assert isinstance(made, list)
            return made
        return [*made.warnings, *input_issues(made, STANDARD_RULES)]
    except ProblemError as error:
        return error.issues


def own_words(issue: Issue, language: str) -> str:
    """What is said of a table, without what is filled in: ids, words and numbers of the input."""
    bare = replace(
        issue, table="T", column="K" if issue.column else "", value="" if isinstance(issue.value, str) else issue.value
    )
    text = bare.words_in_full.say(language)
    for item in sorted(filled_in(bare.words_in_full), key=len, reverse=True):
        text = text.replace(item, "…")
    return text


def filled_in(words: Words) -> Iterator[str]:
    """Everything that is filled in and is no words."""
    for _, value in words.values:
        if isinstance(value, Words):
            yield from filled_in(value)
        elif len(str(value)) > 2:
            yield str(value)


@pytest.mark.parametrize("code", PRODUCED)
def test_it_is_produced_and_said_in_every_language(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issues = [issue for issue in said_by(PRODUCED[code], tmp_path) if issue.code == code]
    monkeypatch.setitem(LANGUAGES, "xx", Pseudo())
    for issue in issues:
        assert str(issue) == issue.words.en
        assert issue.in_full == issue.words_in_full.en
        assert f"{issue.place}: {issue.reason}; {issue.remedy}" == str(issue)
        assert left_in_english(own_words(issue, "nl")) == set()
        assert left_in_english(own_words(issue, "xx")) == set()
    assert issues


def test_every_kind_of_message_is_produced() -> None:
    assert sorted(PRODUCED) == sorted(message.code for message in every_message())
