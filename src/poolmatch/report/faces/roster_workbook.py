"""The roster as a workbook."""

from __future__ import annotations

from pathlib import Path

from poolmatch.domain.roster import RosterRow
from poolmatch.report.faces.face import Told


def write(told: Told, path: Path) -> None:
    """Write the roster as a workbook of one sheet."""
    from poolmatch.tables.workbook_write import write_sheets  # here, because its package may be missing

    write_sheets(path, {RosterRow: told.result.roster.rows}, told.result.problem.period.zone)
