"""The roster as a CSV file."""

from __future__ import annotations

from pathlib import Path

from poolmatch.domain.roster import RosterRow
from poolmatch.report.faces.face import Told
from poolmatch.tables.csv_file import write_csv


def write(told: Told, path: Path) -> None:
    """Write the roster, to work with and to check again."""
    write_csv(path, RosterRow, told.result.roster.rows, told.result.problem.period.zone)
