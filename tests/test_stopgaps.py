"""What is written for want of anything to write is no word, no series and no organisation: a warning says so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.joined_world import WORLD, told, with_cell

from poolmatch.domain.stopgaps import is_error_text, is_stopgap

CODES = ("word-is-a-stopgap", "organisation-is-a-stopgap", "word-close-to-another")


def doubts(table: str, row: int, **cells: str) -> Sequence[tuple[str, str, str]]:
    """What is said of stopgaps in the world with other cells in one row."""
    issues = told(with_cell(table, row, **cells))
    return [(issue.table, issue.column, issue.code) for issue in issues if issue.code in CODES]


@pytest.mark.parametrize(
    "text", ["?", "-", "\u2026", "n.v.t.", "NVT", "n/a", "Onbekend", "(onbekend)", "geen", "Unknown?"]
)
def test_a_stopgap(text: str) -> None:
    assert is_stopgap(text)


@pytest.mark.parametrize("text", ["C#", "1", "Na", "geen afval", "\u20ac", "Onbekende Soldaat", "wonen"])
def test_a_word(text: str) -> None:
    assert not is_stopgap(text)


def test_a_good_problem_has_none() -> None:
    assert not [issue for issue in told(WORLD) if issue.code in CODES]


def test_a_series_that_is_none_would_be_one_without_dossiers() -> None:
    assert doubts("meetings", 0, series="?") == [("meetings", "series", "word-is-a-stopgap")]
    assert doubts("meetings", 0, theme="n.v.t.") == [("meetings", "theme", "word-is-a-stopgap")]


@pytest.mark.parametrize("series", ["wijkplan ?", "Wijkplan"])
def test_a_series_with_a_sign_more_is_close_to_the_other(series: str) -> None:
    assert doubts("meetings", 0, series=series) == [("meetings", "series", "word-close-to-another")]


def test_an_unknown_employer_by_name_would_be_neutral() -> None:
    assert doubts("organisations", 2, name="onbekend") == [("organisations", "name", "organisation-is-a-stopgap")]


@pytest.mark.parametrize("text", ["#N/A", "#N/B", "#verw!", "###", "Err:502"])
def test_what_shows_an_error_is_no_word(text: str) -> None:
    assert is_error_text(text)
    assert doubts("meetings", 0, series=text) == [("meetings", "series", "word-is-a-stopgap")]
    assert doubts("organisations", 0, name=text) == [("organisations", "name", "organisation-is-a-stopgap")]


@pytest.mark.parametrize("text", ["#1", "#", "#metoo", "E", "F01", "Err"])
def test_what_only_looks_like_an_error_is_a_word(text: str) -> None:
    assert not is_error_text(text)
