"""What the tables of a made-up pool are made of: cells, ids, and the words that occur in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Cell = str | int | float | None
Rows = list[dict[str, Cell]]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SKILLS = ("deep-democracy", "appreciative-inquiry", "intake", "collective-sensemaking")
THEMES = ("wonen", "landschap", "water", "jeugd", "zorg", "energie", "mobiliteit")


def organisation_id(k: int) -> str:
    return f"O{k + 1:03d}"


def facilitator_id(k: int) -> str:
    return f"F{k + 1:04d}"


def meeting_id(k: int) -> str:
    return f"M{k + 1:05d}"
