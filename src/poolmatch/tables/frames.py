"""A problem as a pandas DataFrame per table, with nullable typed columns.

Dates are ``datetime.date`` objects, instants are zoned timestamps in the time zone of the period, lists are text
that separates the items with ``;``, and what may be a date or an instant is text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row
from poolmatch.messages import files
from poolmatch.tables.grid import excess_of
from poolmatch.tables.reading import Reading
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.tables.typed_columns import take_columns, values_of

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_DTYPES = {Kind.WHOLE: "Int64", Kind.NUMBER: "Float64", Kind.YES_NO: "boolean", Kind.DAY: "object"}


def read_frames(frames: Mapping[str, DataFrame]) -> Problem:
    """Return the problem that DataFrames describe. They are left as they are.

    Parameters
    ----------
    frames
        DataFrame by table. None, NaN, NaT and NA are blank; naive timestamps are local time of the period.

    Raises
    ------
    ProblemError
        With *all* issues, each with table, row, column, reason and remedy.
    """
    reading = Reading()
    for name, frame in frames.items():
        take_frame(reading, name, TABLES.get(name), frame)
    return reading.problem()


def take_frame(reading: Reading, table: str, kind: type[Row] | None, frame: DataFrame) -> None:
    """Read the rows of a DataFrame into a table.

    Parameters
    ----------
    reading
        Takes the cells and the issues.
    table
        Name of the table.
    kind
        The kind of row it has; None when the table is not known.
    frame
        The cells.
    """
    from pandas import DataFrame
    from pandas.api.types import is_float_dtype

    if not isinstance(frame, DataFrame):
        reading.cut_off(table, files.NOT_A_FRAME)
        return
    if kind is None:
        reading.tables[table] = []  # the domain warns of it and suggests a name
        return
    excess = excess_of(*frame.shape, reading.limits)
    if excess:
        reading.cut_off(table, excess)
        return
    columns = ((str(label), frame.iloc[:, place]) for place, label in enumerate(frame.columns))
    take_columns(reading, kind, ((name, _values(series), is_float_dtype(series.dtype)) for name, series in columns))


def _values(series: Series[Any]) -> list[object]:
    return [None if blank else value for value, blank in zip(series.tolist(), series.isna().tolist(), strict=True)]


def to_frames(problem: Problem) -> dict[str, DataFrame]:
    """Return every table of a problem as a DataFrame; empty ones have their typed columns all the same."""
    zone = problem.period.zone
    return {
        name: frame_of(kind, (problem.period,) if name == "period" else getattr(problem, name), zone)
        for name, kind in TABLES.items()
    }


def frame_of(kind: type[Row], rows: Sequence[Row], zone: ZoneInfo) -> DataFrame:
    """Return rows as a DataFrame.

    Parameters
    ----------
    kind
        The kind of row the table has.
    rows
        The rows.
    zone
        Time zone in which instants are shown.
    """
    from pandas import DataFrame

    return DataFrame({column.name: _series(column, rows, zone) for column in columns_of(kind)})


def _series(column: Column, rows: Sequence[Row], zone: ZoneInfo) -> Series[Any]:
    import pandas as pd

    values = values_of(rows, column, zone)
    if column.kind is Kind.INSTANT:
        return pd.Series(values, dtype=pd.DatetimeTZDtype("s", "UTC")).dt.tz_convert(zone)
    return pd.Series(values, dtype=_DTYPES.get(column.kind, "string"))
