"""What contenders in the environment of poolmatch share: the arguments, and what they say of their time."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

ROSTER, CURVE, TIMES = "roster.csv", "curve.jsonl", "times.json"
"""What a contender writes: its roster, how it came there, and its seconds of reading and of solving."""


def arguments() -> argparse.ArgumentParser:
    """Return the arguments that every contender takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("problem", type=Path, help="folder of CSV files")
    parser.add_argument("--rules", type=Path, help="TOML file; without it the standard rules hold")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds of building and solving")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--began", type=float, default=time.time(), help="moment from which seconds count")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    return parser


@dataclass
class Clock:
    """Tells reading, solving and writing apart.

    Attributes
    ----------
    began
        Moment at which the process was started.
    read
        Moment at which the problem was there.
    """

    began: float
    read: float = 0.0

    def write(self, out: Path) -> None:
        """Write ``times.json``: solving ends now."""
        solving = time.time() - self.read
        times = {"reading": round(self.read - self.began, 3), "solving": round(solving, 3)}
        (out / TIMES).write_text(json.dumps(times) + "\n", "utf-8")
