"""A small problem as CSV text, to be spoilt by tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

GOOD: Mapping[str, str] = {
    "period": "name,start,end,timezone\nVoorjaar,2026-03-01,2026-10-31,Europe/Amsterdam\n",
    "organisations": "organisation,name\nGEM,Gemeente\nWAT,Waterschap\n",
    "facilitators": "facilitator,name,organisation,lat,lon\nF1,Anna,GEM,53.2,6.4\nF2,Bram,WAT,53.1,6.5\n",
    "meetings": (
        "meeting,title,start,end,lat,lon\n"
        "M1,Plein,2026-03-10 19:30,2026-03-10 21:30,53.2,6.4\n"
        "M2,Intake,2026-03-12 14:00,2026-03-12 16:00,53.1,6.5\n"
    ),
    "stakes": "meeting,organisation,grade\nM1,GEM,interest\nM2,WAT,decider\n",
    "seats": "meeting,seat,role\nM1,lead,lead\nM2,lead,lead\n",
}
"""A problem without a doubt."""


def folder_of(tables: Mapping[str, str | bytes | None], folder: Path) -> Path:
    """Write the good tables with these in their place; None leaves a table out."""
    for name, text in {**GOOD, **tables}.items():
        if isinstance(text, str):
            text = text.encode()
        if text is not None:
            (folder / f"{name}.csv").write_bytes(text)
    return folder
