"""The neutrality certificate to read."""

from __future__ import annotations

from pathlib import Path

from poolmatch.report.faces.face import Told


def write(told: Told, path: Path) -> None:
    """Write why each assigned facilitator is neutral, with names."""
    path.write_text(told.certificate.to_text(told.language), encoding="utf-8")
