"""What the domain does so that every form can be read back: JSON documents, numbers, names, instants, warnings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from poolmatch.domain.problem import Problem
from poolmatch.errors import Issue, ProblemError

EMPTY: dict[str, Any] = {name: [] for name in ("organisations", "facilitators", "meetings", "stakes")}
PERIOD = {"name": "x", "start": "1900-01-01", "end": "2199-12-30", "timezone": "Europe/Amsterdam"}


def problem(**tables: Any) -> Problem:
    return Problem.model_validate({"period": PERIOD} | EMPTY | tables)


def said(**tables: Any) -> str:
    with pytest.raises(ProblemError) as caught:
        problem(**tables)
    return str(caught.value).removeprefix("1 problem in the input\n  ")


def past(**cells: Any) -> list[dict[str, Any]]:
    return [{"meeting": "H", "facilitator": "F", "role": "lead", "hours": 1} | cells]


def test_required_tables_stay_in_the_document_when_they_are_empty() -> None:
    assert set(json.loads(problem().to_json())) == {"schema_version", "period", *EMPTY}
    assert Problem.from_json(problem().to_json()) == problem()


def test_a_missing_required_column_is_told_once_with_a_suggestion() -> None:
    rows = [{"organisatoin": f"O{n}", "name": "x"} for n in range(100)]
    assert said(organisations=rows) == (
        'organisations, column organisatoin: is not a column of this table; did you mean "organisation"? '
        "rename it, or remove it"
    )


def test_a_required_cell_that_only_some_rows_lack_is_told_by_row() -> None:
    rows = [{"organisation": "A", "name": "x"}, {"name": "y"}]
    assert said(organisations=rows) == (
        "organisations, row 2, column organisation: is required and blank; "
        "think of a short id that nothing else has, such as X12, and keep it every month"
    )


def test_a_name_of_nothing_visible_is_an_error() -> None:
    assert said(organisations=[{"organisation": "A", "name": "\u200b\u202e"}]) == (
        "organisations, row 1, column name: holds only characters that cannot be seen; "
        "type it again, or leave the cell blank"
    )


@pytest.mark.parametrize("text", ["5e-324", "1e-7"])
def test_the_smallest_numbers_can_be_written_as_text(text: str) -> None:
    digits = f"{float(text):.400f}"[:400]
    assert problem(history=past(hours=digits)).history[0].hours == pytest.approx(float(text), rel=1e-9, abs=0)


def test_minus_zero_is_zero() -> None:
    tables = [problem(history=past(hours=hours)) for hours in (0.0, -0.0, "-0", "-0.0")]
    assert len({table.fingerprint for table in tables}) == 1
    assert str(tables[1].history[0].hours) == "0.0"


OUT = "lies outside the years 1900 to 2199; correct it, or leave it blank where no limit is meant"


@pytest.mark.parametrize(
    "start", ["1900-01-01 00:10", "2199-12-31T23:30:00-05:00", "0001-01-01 00:00", "9999-12-31T23:59:00-05:00"]
)
def test_years_are_judged_in_utc_so_that_what_is_kept_reads_back(start: str) -> None:
    end = "9999-12-31T23:59Z"
    assert f"history, row 1, column start: {OUT}" in said(history=past(start=start, end=end))


def test_an_instant_is_in_range_whatever_its_offset() -> None:
    row = problem(history=past(start="1899-12-31T20:00-04:00", end="2200-01-01T00:30+01:00")).history[0]
    assert str(row.start) == "1900-01-01 00:00:00+00:00"
    assert str(row.end) == "2199-12-31 23:30:00+00:00"


def test_a_reader_says_which_warnings_a_problem_carries() -> None:
    first = problem()
    issue = Issue("links", (), "", "is separated by a tab", "nothing to do", "warning")
    second = first.with_warnings([issue, *first.warnings, issue])
    assert second == first
    assert issue not in first.warnings
    assert second.warnings == (issue, *first.warnings)


def test_a_limit_is_shown_as_it_is_written() -> None:
    rows = [{"facilitator": "F", "name": "x", "external": True, "max_meetings": 10**10}]
    assert said(facilitators=rows).endswith("write a number of 1000000000 or less")
