"""The neutrality certificate as JSON."""

from __future__ import annotations

from pathlib import Path

from poolmatch.report.faces.face import Told
from poolmatch.tables.json_text import json_text


def write(told: Told, path: Path) -> None:
    """Write why each assigned facilitator is neutral, in both languages."""
    path.write_text(json_text(told.certificate.to_dict()), encoding="utf-8")
