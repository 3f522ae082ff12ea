"""Parquet files: typed columns; what other programs write is understood, what is too large is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.tables.files import GOOD

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read, write
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.readers import reading_of


@pytest.fixture
def folder(problem: Problem, tmp_path: Path) -> Path:
    write(problem, tmp_path / "out", form="parquet")
    return tmp_path / "out"


def said(folder: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(ProblemError) as caught:
        reading_of(folder, limits=limits).problem()
    return str(caught.value).removeprefix("1 problem in the input\n  ")


def test_columns_are_typed_even_when_blank(folder: Path) -> None:
    schema = pq.read_schema(folder / "meetings.parquet")
    types = {name: str(schema.field(name).type) for name in schema.names}
    assert types["meeting"] == types["series"] == "string"
    assert types["start"] == "timestamp[us, tz=Europe/Amsterdam]"
    assert (types["session"], types["lat"], types["online"]) == ("int64", "double", "bool")
    assert str(pq.read_schema(folder / "period.parquet").field("start").type) == "date32[day]"


def test_what_pandas_writes_by_itself(problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "pandas").mkdir()
    for name in GOOD:
        frame = pd.read_csv(tmp_path / "good" / f"{name}.csv")
        for column in frame.columns.intersection(["start", "end"]):
            frame[column] = pd.to_datetime(frame[column])
        if name == "facilitators":
            frame["max_meetings"] = [3.0, None]
        frame.to_parquet(tmp_path / "pandas" / f"{name}.parquet")
    again = read(tmp_path / "pandas")
    assert again.replace(facilitators=problem.facilitators) == problem
    assert [row.max_meetings for row in again.facilitators] == [3, None]


def test_other_types_of_column(folder: Path) -> None:
    table = pa.table(
        {
            "facilitator": pa.array(["F1", "F2"]).dictionary_encode(),
            "name": pa.array(["Anna", "Bram"], pa.large_string()),
            "organisation": ["GEM", "WAT"],
            "roles": [["lead"], None],
            "max_hours": pa.array([1.5, None], pa.float32()),
            "hourly_cost": pa.array([None, 2], pa.decimal128(9, 2)),
        }
    )
    pq.write_table(table, folder / "facilitators.parquet")
    first, second = read(folder).facilitators
    assert (first.facilitator, first.roles, first.max_hours, second.hourly_cost) == ("F1", ("lead",), 1.5, 2.0)


def test_native_values_are_not_guessed(folder: Path) -> None:
    pq.write_table(pa.table({"organisation": [1, 2], "name": ["a", "b"]}), folder / "organisations.parquet")
    says = "must be text; write it as text; a number may have lost its leading zeros"
    assert f"organisations, rows 1, 2, column organisation: {says}" in said(folder)


def test_a_damaged_file(folder: Path) -> None:
    (folder / "seats.parquet").write_bytes(b"PAR1 no more")
    assert said(folder) == "seats: is not a Parquet file, or is damaged; write it again"


def test_a_column_that_stands_twice(folder: Path) -> None:
    columns = [pa.array(["GEM", "WAT"]), pa.array(["a", "b"]), pa.array(["a", "b"])]
    table = pa.Table.from_arrays(columns, names=["organisation", "name", "name"])
    pq.write_table(table, folder / "organisations.parquet")
    assert said(folder) == "organisations, column name: stands twice in the header; keep one of the columns"


def test_an_unknown_table_is_named(folder: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), folder / "serve.parquet")
    says = 'serve: is not a table that poolmatch knows; did you mean "serves"? rename it, or remove it'
    assert said(folder) == says
    (folder / "serve.parquet").rename(folder / "remarks.parquet")
    assert [str(issue) for issue in read(folder).warnings] == [
        "remarks: is not a table that poolmatch knows; its content is not used"
    ]


def test_35_too_many_rows_are_not_read(folder: Path) -> None:
    column = pa.array(["x"]).dictionary_encode().take(pa.array([0] * 1_000_001))
    pq.write_table(pa.table({"facilitator": column, "region": column}), folder / "serves.parquet")
    assert said(folder) == "serves: has more than 1,000,000 rows; split the problem"


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(file_bytes=10), "is a file of more than 10 bytes"),
        (Limits(unpacked_bytes=10), "unpacks to more than 10 bytes"),
        (Limits(cells=3), "has more than 3 cells"),
        (Limits(columns=1), "has more than 1 columns"),
    ],
)
def test_large_files_are_not_read(limits: Limits, says: str, folder: Path) -> None:
    assert f"seats: {says}; split the problem" in said(folder, limits)
