"""Errors list everything, and say so when it is too much to print."""

from __future__ import annotations

from poolmatch import Issue, ProblemError


def test_a_very_long_list_is_cut_in_the_text_and_kept_in_the_attribute() -> None:
    error = ProblemError(Issue("seats", (row,), "role", "is blank", "fill it in") for row in range(1, 2001))
    assert len(error.issues) == len(error.errors) == 2000
    lines = str(error).splitlines()
    assert lines[0] == "2000 problems in the input"
    assert len(lines) == 502
    assert lines[-1] == "  and 1500 more: see the attribute issues"


def test_rows_are_listed_up_to_twenty() -> None:
    issue = Issue("seats", tuple(range(1, 31)), "", "is wrong", "mend it")
    assert str(issue).startswith("seats, rows 1, 2, 3,")
    assert "20 and 10 more: is wrong; mend it" in str(issue)
