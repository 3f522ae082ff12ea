"""Errors list everything, and say so when it is too much to print."""

from __future__ import annotations

import pickle
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolmatch import Issue, MissingExtra, NotWritten, PoolmatchError, ProblemError, UnknownId
from poolmatch.errors import words_of
from poolmatch.hints import slip_of
from poolmatch.issues import together
from poolmatch.messages import ids
from poolmatch.messages.between_rows import KEY_TWICE
from poolmatch.words import Words


def test_a_very_long_list_is_cut_in_the_text_and_kept_in_the_attribute() -> None:
    error = ProblemError(Issue("seats", (row,), "role", f"is blank, {row}", "fill it in") for row in range(1, 2001))
    assert len(error.issues) == len(error.errors) == 2000
    lines = str(error).splitlines()
    assert lines[0] == "2000 problems in the input"
    assert len(lines) == 502
    assert lines[-1] == "  and 1500 more: see the attribute issues"


def test_rows_are_listed_up_to_twenty() -> None:
    issue = Issue("seats", tuple(range(1, 31)), "", "is wrong", "mend it")
    assert str(issue).startswith("seats, rows 1, 2, 3,")
    assert "20 and 10 more: is wrong; mend it" in str(issue)


# --- issues together -------------------------------------------------------------------------------------


def wrong(table: str, row: int, value: str = "", column: str = "start") -> Issue:
    return Issue(table, (row,), column, "is wrong", "mend it", value=value)


def test_rows_of_one_kind_are_one_issue_with_the_first_values() -> None:
    error = ProblemError(wrong("slots", row, f"v{row}") for row in (4, 2, 3, 1, 5))
    (issue,) = error.issues
    assert issue.rows == (1, 2, 3, 4, 5)
    assert issue.value == "v1, v2, v3, …"
    assert [item.rows for item in error.each] == [(4,), (2,), (3,), (1,), (5,)]


def test_equal_values_are_shown_once() -> None:
    (issue,) = together(wrong("slots", row, "v") for row in (1, 2))
    assert issue.value == "v"


def test_what_is_said_of_two_rows_together_stays_as_it_is() -> None:
    pairs = [Issue("seats", rows, "seat", "repeats seat", "remove one") for rows in ((1, 3), (2, 4))]
    assert together(pairs) == tuple(pairs)


def test_other_reasons_columns_tables_and_severities_are_other_issues() -> None:
    one = wrong("slots", 1)
    others = [
        one,
        wrong("slots", 2, column="end"),
        wrong("seats", 3),
        Issue("slots", (4,), "start", "is odd", "mend it"),
        Issue("slots", (5,), "start", "is wrong", "look"),
        Issue("slots", (6,), "start", "is wrong", "mend it", "warning"),
    ]
    assert len(together(others)) == len(others)


def test_causes_come_first_and_tables_in_their_order() -> None:
    heading = Issue("seats", (), "rol", "is not a column", "rename it")
    sheet = Issue("seat", (), "", "is not a table", "rename it")
    found = together([wrong("stakes", 2), wrong("seats", 1), sheet, wrong("stakes", 1, column="end"), heading])
    assert [issue.table for issue in found] == ["seat", "seats", "stakes", "stakes", "seats"]
    assert [issue.rows for issue in found[2:]] == [(1,), (2,), (1,)]


@given(
    st.lists(
        st.builds(
            Issue,
            st.sampled_from(["a", "b"]),
            st.lists(st.integers(1, 4), max_size=2, unique=True).map(lambda rows: tuple(sorted(rows))),
            st.sampled_from(["", "x"]),
            st.sampled_from(["is odd", "is even"]),
            st.just("mend it"),
            st.sampled_from(["error", "warning"]),
            st.sampled_from(["", "1", "2"]),
        ),
        max_size=12,
    )
)
def test_nothing_is_lost_or_added_by_putting_together(issues: list[Issue]) -> None:
    def parts(found: Iterable[Issue]) -> set[tuple[object, ...]]:
        """What is said of each row by itself, and whole what is not said of one row."""
        return {
            (issue.table, issue.column, issue.reason, issue.severity, row)
            for issue in found
            for row in (issue.rows or ("all",))
        }

    found = together(issues)
    assert parts(found) == parts(issues)
    assert len(found) <= len(set(issues))
    assert together(found) == found
    first_row = next((n for n, issue in enumerate(found) if issue.rows), len(found))
    assert all(issue.rows for issue in found[first_row:])


# --- what the screen shows -------------------------------------------------------------------------------


def test_the_value_is_on_the_screen_alone() -> None:
    issue = Issue("stakes", (3,), "organisation", "is unknown", "correct it", value="GEN", where="stakes!B4")
    assert str(issue) == "stakes, column organisation (stakes!B4): is unknown; correct it"
    assert issue.in_full == "stakes, column organisation (stakes!B4): is unknown (GEN); correct it"
    assert "GEN" not in repr(issue)
    assert "GEN" not in str(ProblemError([issue]))


def test_what_would_move_the_cursor_is_not_shown() -> None:
    assert "\x1b" not in Issue("stakes", (3,), "", "is unknown", "correct it", value="\x1b[2J\n").in_full


# --- slips of the pen ------------------------------------------------------------------------------------

COLUMNS = ["title", "start", "lat", "lon", "organisation", "max_hours", "role", "name"]


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("titel", "title"),
        ("Start", "start"),
        ("max hours", "max_hours"),
        ("maxhours", "max_hours"),
        ("rol", "role"),
        ("long", "lon"),
        ("organisatie", "organisation"),
        ("orgnisatoin", "organisation"),
        ("organiser", ""),
        ("status", ""),
        ("state", ""),
        ("lng", ""),
        ("note", ""),
        ("end", ""),
        ("x" * 10_000, ""),
        ("", ""),
    ],
)
def test_slips(word: str, known: str) -> None:
    assert slip_of(word, COLUMNS) == known


@pytest.mark.parametrize(
    ("error", "dutch"),
    [
        (UnknownId.of(ids.MEETING, "M9", ["M8"]), 'bijeenkomst "M9" staat niet in het probleem; bedoelt u "M8"?'),
        (
            UnknownId.of(ids.RULE, 9, [], ids.NOT_IN_RULES),
            "regel is geen kenmerk maar van type int; een kenmerk is tekst",
        ),
        (
            UnknownId.of(ids.SEAT, "x", [], ids.NO_SEAT.fill(meeting="M1")),
            'plaats "x" is geen plaats van M1; verbeter het kenmerk',
        ),
        (MissingExtra("tqdm", "progress"), "hiervoor is het pakket tqdm nodig: pip install 'poolmatch[progress]'"),
        (NotWritten(Words("no", "nee")), "nee"),
        (ValueError(Words("no", "nee")), "nee"),
        (ValueError("plain {x}"), "plain {x}"),
        (ValueError(), ""),
        (
            ProblemError([Issue("seats", (1, 2), "role", "is wrong", "mend it"), KEY_TWICE.at("links", key="source")]),
            "2 problemen in de invoer\n"
            "  links: herhaalt source; haal een van de rijen weg, of verander wat er dubbel staat\n"
            "  seats, rijen 1, 2, kolom role: is wrong; mend it",
        ),
    ],
    ids=str,
)
def test_errors_are_said_in_every_language(error: Exception, dutch: str) -> None:
    sent = pickle.loads(pickle.dumps(error))
    for each in (error, sent):
        assert words_of(each).nl == dutch
        assert words_of(each).en == str(error)
    if isinstance(error, PoolmatchError):
        assert error.words == words_of(error)


def test_an_issue_of_texts_has_no_code_and_says_the_same_in_every_language() -> None:
    issue = Issue("seats", (1,), "", "is {wrong}", "mend it")
    assert (issue.code, issue.values) == ("", {})
    assert issue.words.nl == "seats, rij 1: is {wrong}; mend it"
    assert issue.with_remedy(Words("look", "kijk")).words.nl == "seats, rij 1: is {wrong}; kijk"


def test_an_issue_has_the_values_of_its_message() -> None:
    issue = KEY_TWICE.at("seats", (1, 3), "seat", value="lead", where="seats!B2", key="meeting, seat")
    assert (issue.code, issue.values, issue.severity) == ("key-twice", {"key": "meeting, seat"}, "error")
    assert issue.reason == "repeats meeting, seat"
    assert issue.words_in_full.nl == (
        "seats, kolom seat (seats!B2): herhaalt meeting, seat (lead); "
        "haal een van de rijen weg, of verander wat er dubbel staat"
    )
