"""A peer: the model of a pool as one writes it by hand with CP-SAT, in plain loops.

``python -m benchmarks.contenders.peers.hand_written.peer FOLDER --limit 60 --seed 1 --workers 2 --out FOLDER``

It knows the standard rules in mode ``weighted``, as far as they bear on the pools of `benchmarks.cases.pools`: fixed
meetings with one lead seat each, no series, no externals. Who is eligible, and how neutral, it asks poolmatch; all
other rules are written out here. The solver runs as it comes, but for its seed and number of workers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contenders.clock import CURVE, ROSTER, Clock, arguments
from benchmarks.contenders.peers.hand_written.model import REPORTED, HandWritten

from poolmatch import Roster, read, write_roster


def run(folder: Path, limit: float, seed: int, workers: int, out: Path, began: float) -> str:
    """Build and solve the problem of a folder, write what happened when, and return the status.

    Parameters
    ----------
    folder
        The problem.
    limit
        Seconds for building and searching together.
    seed, workers
        As of `HandWritten.solve`.
    out
        Folder. ``curve.jsonl``: value and bound in units of `Report.weighted`, over the seconds since the process
        began; ``roster.csv``: who leads which meeting; ``times.json``: seconds of reading and of solving.
    began
        Moment at which the process began.
    """
    out.mkdir(parents=True, exist_ok=True)
    clock = Clock(began)
    problem = read(folder)
    clock.read = time.time()
    hand_written = HandWritten(problem, seed)
    with (out / CURVE).open("w", encoding="utf-8") as curve:

        def note(value: int | None, bound: int | None) -> None:
            point = {
                "seconds": round(time.time() - began, 3),
                "tier": 0,
                "value": None if value is None else REPORTED * value,
                "bound": None if bound is None else REPORTED * bound,
            }
            curve.write(json.dumps(point) + "\n")

        left = max(0.0, clock.read + limit - time.time())
        status, leads = hand_written.solve(left, seed, workers, note)
    clock.write(out)
    holders = {(name, work.seat): leads.get(name) for name, work in hand_written.work.items()}
    write_roster(Roster.of(problem, holders), out / ROSTER, problem, force=True)
    return status


def main(words: Sequence[str] | None = None) -> str:
    """Solve a problem with the hand-written model."""
    given = arguments().parse_args(words)
    return run(given.problem, given.limit, given.seed, given.workers, given.out, given.began)


if __name__ == "__main__":
    main()
