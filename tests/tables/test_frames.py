"""DataFrames: typed columns out; whatever pandas makes of blanks and dates in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read, read_frames, to_frames

Frames = dict[str, pd.DataFrame]


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    return read(folder_of({}, tmp_path))


@pytest.fixture
def frames(tmp_path: Path) -> Frames:
    """The good problem as pandas reads its files by itself."""
    folder_of({}, tmp_path)
    return {name: pd.read_csv(tmp_path / f"{name}.csv") for name in GOOD}


def said(frames: Frames) -> str:
    with pytest.raises(ProblemError) as caught:
        read_frames(frames)
    return str(caught.value).removeprefix("1 problem in the input\n  ")


def test_every_table_and_column_has_its_type(problem: Problem) -> None:
    frames = to_frames(problem)
    assert list(frames) == list(TABLES)
    assert {name: list(frame.columns) for name, frame in frames.items()} == {
        name: list(kind.model_fields) for name, kind in TABLES.items()
    }
    meetings = frames["meetings"].dtypes.astype(str).to_dict()
    assert meetings["meeting"] == meetings["title"] == meetings["contention"] == "string"
    assert meetings["start"] == "datetime64[s, Europe/Amsterdam]"
    assert (meetings["lat"], meetings["session"], meetings["online"]) == ("Float64", "Int64", "boolean")
    assert frames["slots"].dtypes.astype(str).to_dict() == {
        "meeting": "string",
        "start": "datetime64[s, Europe/Amsterdam]",
        "end": "datetime64[s, Europe/Amsterdam]",
        "cost": "Float64",
    }
    assert frames["period"].loc[0, "start"] == date(2026, 3, 1)
    assert str(frames["meetings"].loc[0, "start"]) == "2026-03-10 19:30:00+01:00"


def test_an_empty_optional_column_survives(problem: Problem) -> None:
    series = to_frames(problem)["meetings"]["series"]
    assert series.isna().all()
    assert str(series.dtype) == "string"


def test_what_pandas_reads_by_itself(frames: Frames, problem: Problem) -> None:
    assert read_frames(frames) == problem


def test_blanks_of_every_kind(frames: Frames, problem: Problem) -> None:
    blanks: list[object] = [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  "]
    for blank in blanks:
        frames["organisations"]["region"] = pd.Series([blank, None], dtype="object")
        frames["organisations"]["lat"] = pd.Series([blank, None], dtype="object")
        frames["organisations"]["lon"] = pd.Series([blank, None], dtype="object")
        frames["meetings"]["series"] = pd.Series([blank, None], dtype="object")
        assert read_frames(frames) == problem


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("max_meetings", [3.0, np.nan], 3),
        ("max_meetings", np.array([3, 4], dtype=np.int8), 3),
        ("max_meetings", pd.array([3, None], dtype="Int64"), 3),
        ("max_meetings", pd.array([3.0, None], dtype="Float64"), 3),
        ("max_meetings", pd.Series([np.int64(3), None], dtype="object"), 3),
        ("max_meetings", pd.Series(["3", None], dtype="object"), 3),
        ("max_hours", np.array([1.5, np.nan], dtype=np.float32), 1.5),
        ("max_hours", pd.Series([Decimal("1.5"), None], dtype="object"), 1.5),
        ("max_hours", [2, 2], 2.0),
        ("external", np.array([True, False]), True),
        ("external", pd.Series([np.bool_(True), None], dtype="object"), True),
        ("external", pd.array([True, None], dtype="boolean"), True),
        ("external", ["yes", "no"], True),
        ("roles", pd.Series([["lead"], None], dtype="object"), ("lead",)),
        ("roles", ["lead;co", None], ("lead", "co")),
        ("region", pd.Series(["a", "b"], dtype="category"), "a"),
    ],
)
def test_the_same_value_in_many_guises(column: str, values: Any, expected: object, frames: Frames) -> None:
    frames["facilitators"][column] = values
    assert getattr(read_frames(frames).facilitators[0], column) == expected


@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2026-03-10 19:30"),
        pd.Timestamp("2026-03-10 18:30", tz="UTC"),
        datetime(2026, 3, 10, 18, 30, tzinfo=UTC),
        datetime(2026, 3, 10, 19, 30),  # noqa: DTZ001 - a local clock time
        "2026-03-10 19:30",
    ],
    ids=str,
)
def test_naive_timestamps_are_local(value: Any, frames: Frames, problem: Problem) -> None:
    frames["meetings"] = frames["meetings"].astype({"start": "object"})
    frames["meetings"].loc[0, "start"] = value
    assert read_frames(frames) == problem


def test_a_column_of_naive_timestamps(frames: Frames, problem: Problem) -> None:
    frames["meetings"]["start"] = pd.to_datetime(frames["meetings"]["start"])
    frames["period"]["start"] = pd.to_datetime(frames["period"]["start"])
    assert read_frames(frames) == problem


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        (
            "meetings",
            "start",
            pd.Timestamp("2026-03-29 02:30"),
            "is a clock time that does not exist that day, because the clock is moved forward; correct the time",
        ),
        (
            "meetings",
            "start",
            pd.Timestamp("2026-03-10 19:30:00.000000001"),
            "is not a date with a time; write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30",
        ),
        (
            "meetings",
            "start",
            pd.Timestamp("2026-03-10 19:30:00.5"),
            "is not at a whole second; write it as YYYY-MM-DD HH:MM[:SS]",
        ),
        (
            "period",
            "start",
            pd.Timestamp("2026-03-01 12:00"),
            "is not a date; write it as YYYY-MM-DD, such as 2026-03-29",
        ),
    ],
)
def test_what_is_wrong_with_a_time(table: str, column: str, value: Any, says: str, frames: Frames) -> None:
    frames[table] = frames[table].astype({column: "object"})
    frames[table].loc[0, column] = value
    assert said(frames) == f"{table}, row 1, column {column}: {says}"


def test_whole_numbers_that_are_not(frames: Frames) -> None:
    frames["facilitators"]["max_meetings"] = [2.5, np.inf]
    assert said(frames) == (
        "facilitators, rows 1, 2, column max_meetings: is not a whole number; write digits only, such as 3"
    )


def test_a_column_that_stands_twice(frames: Frames) -> None:
    frames["organisations"] = frames["organisations"].set_axis(["organisation", "organisation"], axis=1)
    assert said(frames) == (
        "2 problems in the input\n"
        "  organisations, column organisation: stands twice in the header; keep one of the columns\n"
        "  organisations, column name: is required and missing; add the column"
    )


def test_something_else_than_a_frame(frames: Frames) -> None:
    frames["seats"] = [{"meeting": "M1"}]  # type: ignore[assignment]
    assert said(frames) == "seats: is not a DataFrame; give a pandas DataFrame"


def test_an_unknown_table_is_named(frames: Frames) -> None:
    frames["serve"] = pd.DataFrame({"a": [1]})
    says = 'serve: is not a table that poolmatch knows; did you mean "serves"? rename it, or remove it'
    assert said(frames) == says
    frames["remarks"] = frames.pop("serve")
    assert [str(issue) for issue in read_frames(frames).warnings] == [
        "remarks: is not a table that poolmatch knows; its content is not used"
    ]


def test_a_frame_of_too_many_columns(frames: Frames) -> None:
    frames["seats"] = pd.DataFrame({f"c{n}": ["x"] for n in range(101)})
    assert said(frames) == "seats: has more than 100 columns; split the problem"


def test_the_index_means_nothing(frames: Frames, problem: Problem) -> None:
    frames["meetings"].index = pd.Index([7, 7])
    assert read_frames(frames) == problem


def test_49_the_frames_are_left_as_they_are(frames: Frames) -> None:
    before = {name: frame.copy(deep=True) for name, frame in frames.items()}
    problem = read_frames(frames)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[name])
    frames["organisations"].loc[0, "name"] = "changed"
    assert problem.organisations[0].name == "Gemeente"
