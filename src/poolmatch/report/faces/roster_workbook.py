"""The roster as a workbook, with all there is to say of it."""

from __future__ import annotations

from pathlib import Path

from poolmatch.report.faces.face import Told


def write(told: Told, path: Path) -> None:
    """Write the workbook: to hang on the wall, to hand out, and to edit and read back."""
    from poolmatch.report.results_workbook import write_results  # here, because its package may be missing

    write_results(path, told.result, told.language)
