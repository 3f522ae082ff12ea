"""What the tables of a made-up pool with teams are made of besides: rows, rosters, and draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.cases.pool_rows import Rows

Row = dict[str, Any]
Holders = dict[tuple[str, str], str]
"""Facilitator by meeting and seat."""


def draw(rng: np.random.Generator, choices: Sequence[tuple[float, Any]]) -> Any:
    return choices[rng.choice(len(choices), p=[part for part, _ in choices])][1]


def even(rows: Rows) -> Rows:
    """Return rows that all have the same columns."""
    columns = dict.fromkeys(name for row in rows for name in row)
    return [dict.fromkeys(columns) | row for row in rows]
