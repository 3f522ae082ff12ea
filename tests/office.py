"""LibreOffice, where it is installed: what it makes of a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def converted(path: Path, folder: Path, suffix: str = "xlsx") -> Path:
    """Return the file that LibreOffice makes of a workbook, with all formulas worked out.

    Parameters
    ----------
    path
        The workbook.
    folder
        Where the file goes; another than the workbook's.
    suffix
        The form of the file.
    """
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    assert "Error" not in done.stdout + done.stderr
    return folder / f"{path.stem}.{suffix}"
