"""Every table, column, closed word, rule and outcome has a Dutch name of its own, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

import pytest

from poolmatch.domain.assembly import TABLES as ROWS
from poolmatch.domain.degree import Degree
from poolmatch.domain.roster import EditedRow
from poolmatch.errors import Issue
from poolmatch.neutrality.policy import INTERNAL, STRICT
from poolmatch.results.status import Status
from poolmatch.rule import PreferenceRule, Severity
from poolmatch.rules import ALL_RULES
from poolmatch.ruleset import Mode
from poolmatch.tables.schema import Kind, columns_of
from poolmatch.views import Audience
from poolmatch.vocabulary import TABLES, column_name, counts, rule_name, words_of_column
from poolmatch.vocabulary.closed_words import (
    AUDIENCES,
    DEGREES,
    MODES,
    SPREADSHEET_TRUTH,
    TIE_KINDS,
    TRUTH,
    VALUE_KINDS,
    seat_name,
)
from poolmatch.vocabulary.columns import COLUMNS, OF_TABLE
from poolmatch.vocabulary.outcomes import SEVERITIES, STATUSES, TIERS, tier_name, tier_within
from poolmatch.vocabulary.rules import RULES
from poolmatch.vocabulary.sheets import SHEETS
from poolmatch.words import LANGUAGES, Words

KINDS = {**ROWS, EditedRow.table: EditedRow}
ALIKE = {"online", "score", "mentor", "dossier"}
"""Words that are Dutch as well as English."""
CLOSED = {
    (name, column.name): column.words for name, kind in KINDS.items() for column in columns_of(kind) if column.words
}


def all_names() -> Mapping[str, Mapping[Any, Words]]:
    """What is called something, by where it can stand: names in one place must be told apart."""
    columns = {
        f"columns of {name}": {item.name: column_name(name, item.name) for item in columns_of(kind)}
        for name, kind in KINDS.items()
    }
    words = {f"words of {table}.{column}": words_of_column(table, column) for table, column in CLOSED}
    return {
        **columns,
        **words,
        "tables and other sheets": {**TABLES, **SHEETS},
        "kinds of tie": TIE_KINDS,
        "truth": {**TRUTH, "as true": SPREADSHEET_TRUTH[True], "as false": SPREADSHEET_TRUTH[False]},
        "rules": RULES,
        "tiers": TIERS,
        "statuses": STATUSES,
        "severities": SEVERITIES,
        "modes": MODES,
        "kinds of value": VALUE_KINDS,
        "audiences": AUDIENCES,
    }


@pytest.mark.parametrize("place", all_names())
def test_names_that_can_stand_in_one_place_differ_in_every_language(place: str) -> None:
    names = all_names()[place]
    for language in LANGUAGES:
        said = [words.say(language) for words in names.values()]
        assert len({text.casefold() for text in said}) == len(said)
        assert all(text.strip() == text != "" for text in said)


@pytest.mark.parametrize("place", all_names())
def test_dutch_names_are_dutch(place: str) -> None:
    same = {words.nl for words in all_names()[place].values() if words.nl == words.en}
    assert same <= ALIKE
    assert not any("_" in words.nl or "_" in words.en for words in all_names()[place].values())


def test_every_table_and_other_sheet_has_a_name_that_a_sheet_may_have() -> None:
    assert set(TABLES) == set(KINDS)
    assert not {words.en for words in SHEETS.values()} & set(TABLES), "sheets of an English workbook have these names"
    for words in (*TABLES.values(), *SHEETS.values()):
        assert all(len(words.say(language)) <= 31 for language in LANGUAGES)


def test_no_column_is_left_out_and_no_name_is_for_nothing() -> None:
    there = {(name, column.name) for name, kind in KINDS.items() for column in columns_of(kind)}
    assert {column for _, column in there - OF_TABLE.keys()} == set(COLUMNS)
    assert OF_TABLE.keys() <= there


@pytest.mark.parametrize(("table", "column"), CLOSED)
def test_every_closed_word_of_a_column_has_a_name(table: str, column: str) -> None:
    assert list(words_of_column(table, column)) == list(CLOSED[table, column])


def test_a_column_in_which_anything_may_stand_has_no_words() -> None:
    assert words_of_column("meetings", "title") == words_of_column("duties", "kind") == {}


def test_what_is_closed_in_code_has_names() -> None:
    assert list(DEGREES) == [degree.word for degree in Degree]
    assert set(STATUSES) == {status.value for status in Status}
    assert set(VALUE_KINDS) == {kind.value for kind in Kind}
    assert set(MODES) == set(get_args(Mode))
    assert set(AUDIENCES) == set(get_args(get_type_hints(Audience)["kind"]))
    assert set(SEVERITIES) == {*get_args(Severity), *get_args(get_type_hints(Issue)["severity"])}


def test_the_kinds_of_tie_are_those_of_the_policies() -> None:
    assert words_of_column("ties", "kind") == TIE_KINDS
    known = {kind for policy in (STRICT, INTERNAL) for kind in policy.all_kinds}
    assert known == set(TIE_KINDS)


def test_every_rule_and_its_tier_have_names() -> None:
    assert list(RULES) == [rule.id for rule in ALL_RULES]
    assert {rule.tier for rule in ALL_RULES if issubclass(rule, PreferenceRule)} == set(TIERS)
    assert rule_name("somebody-s-own").nl == "somebody-s-own"


def test_tiers_are_called_by_number_and_name() -> None:
    assert [tier_name(5.5).say(language) for language in ("en", "nl")] == ["5.5 worst served", "5,5 minst bedeeld"]
    assert [tier_name(0).say(language) for language in ("en", "nl")] == ["all, weighted", "alles, gewogen"]
    assert [tier_name(2.5).say(language) for language in ("en", "nl")] == ["2.5", "2,5"]
    assert tier_name(1).nl == "1 bezetting"
    assert (tier_within(1).en, tier_within(5.5).nl) == ("tier 1 (coverage)", "niveau 5,5 (minst bedeeld)")
    assert (tier_within(2.5).nl, tier_within(0).nl) == ("niveau 2,5", "de gewogen som")


@pytest.mark.parametrize(
    ("words", "english", "dutch"),
    [
        (counts.meetings(0), "0 meetings", "0 bijeenkomsten"),
        (counts.meetings(1), "1 meeting", "1 bijeenkomst"),
        (counts.days(1), "1 day", "1 dag"),
        (counts.days(2), "2 days", "2 dagen"),
        (counts.evening_meetings(1), "1 evening meeting", "1 avondbijeenkomst"),
        (counts.evening_meetings(2), "2 evening meetings", "2 avondbijeenkomsten"),
        (counts.weekends(1), "1 weekend", "1 weekend"),
        (counts.weekends(3), "3 weekends", "3 weekenden"),
        (counts.minutes(1), "1 minute", "1 minuut"),
        (counts.minutes(3), "3 minutes", "3 minuten"),
        (counts.times(1), "once", "één keer"),
        (counts.times(2), "twice", "twee keer"),
        (counts.times(3), "3 times", "3 keer"),
    ],
)
def test_one_and_several(words: Words, english: str, dutch: str) -> None:
    assert (words.en, words.nl) == (english, dutch)


@pytest.mark.parametrize(
    ("seat", "role", "en", "nl"),
    [
        ("lead", "lead", "lead", "leider"),
        ("Leider", "lead", "lead", "leider"),
        ("leider 2", "lead", "lead, seat leider 2", "leider, plaats leider 2"),
        ("lead", "co", "co, seat lead", "medebegeleider, plaats lead"),
        ("anybody", "", "anybody", "anybody"),
    ],
)
def test_a_seat_that_is_called_as_its_role_is_not_said_twice(seat: str, role: str, en: str, nl: str) -> None:
    words = seat_name(seat, role)
    assert (words.en, words.nl) == (en, nl)
