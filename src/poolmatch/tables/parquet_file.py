"""One table as a Parquet file with typed columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from poolmatch.domain.row import Row
from poolmatch.issues import Message
from poolmatch.messages import files
from poolmatch.tables.grid import excess_of
from poolmatch.tables.limits import Limits
from poolmatch.tables.reading import Reading
from poolmatch.tables.schema import Column, Kind, columns_of
from poolmatch.tables.typed_columns import take_columns, values_of
from poolmatch.words import grouped


def read_parquet(path: Path, kind: type[Row], reading: Reading) -> None:
    """Read a Parquet file into a table.

    Parameters
    ----------
    path
        The file.
    kind
        The kind of row the table has.
    reading
        Takes the cells and the issues.
    """
    if path.stat().st_size > reading.limits.file_bytes:
        reading.cut_off(kind.table, files.TOO_LARGE.fill(most=grouped(reading.limits.file_bytes)))
        return
    try:
        with pq.ParquetFile(path) as file:
            refusal = _refusal(file.metadata, reading.limits)
            if refusal:
                reading.cut_off(kind.table, refusal)
                return
            data = file.read()
    except (pa.ArrowException, OSError):
        reading.cut_off(kind.table, files.NOT_PARQUET)
        return
    columns = zip(data.column_names, data.columns, strict=True)
    take_columns(
        reading, kind, ((name, values.to_pylist(), pa.types.is_floating(values.type)) for name, values in columns)
    )


def _refusal(metadata: Any, limits: Limits) -> Message | None:
    unpacked = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    if unpacked > limits.unpacked_bytes:
        return files.UNPACKS_TOO_LARGE.fill(most=grouped(limits.unpacked_bytes))
    return excess_of(metadata.num_rows, metadata.num_columns, limits)


def write_parquet(path: Path, kind: type[Row], rows: Sequence[Row], zone: ZoneInfo) -> None:
    """Write a table as a Parquet file.

    Parameters
    ----------
    path
        The file.
    kind
        The kind of row the table has.
    rows
        The rows.
    zone
        Time zone in which instants are shown.
    """
    columns = columns_of(kind)
    schema = pa.schema([pa.field(column.name, _type_of(column, zone)) for column in columns])
    arrays = [
        pa.array(values_of(rows, column, zone), type=field.type) for column, field in zip(columns, schema, strict=True)
    ]
    pq.write_table(pa.table(arrays, schema=schema), path)


def _type_of(column: Column, zone: ZoneInfo) -> Any:
    match column.kind:
        case Kind.WHOLE:
            return pa.int64()
        case Kind.NUMBER:
            return pa.float64()
        case Kind.YES_NO:
            return pa.bool_()
        case Kind.DAY:
            return pa.date32()
        case Kind.INSTANT:
            return pa.timestamp("us", tz=zone.key)
        case _:
            return pa.string()
