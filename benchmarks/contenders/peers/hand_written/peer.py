"""A peer: the model of a pool as one writes it by hand with CP-SAT, in plain loops.

``python -m benchmarks.contenders.peers.hand_written.peer PROBLEM.json --limit 60 --seed 1 --workers 2 --out FOLDER``

It knows the standard rules in mode ``weighted``, as far as they bear on the pools of `benchmarks.cases.pools`: fixed
meetings with one lead seat each, no series, no externals. Who is eligible, and how neutral, it asks poolmatch; all
other rules are written out here. The solver runs as it comes, but for its seed and number of workers.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contenders.peers.hand_written.model import REPORTED, HandWritten

from poolmatch import Problem


def run(path: Path, limit: float, seed: int, workers: int, out: Path) -> None:
    """Build and solve the problem of a JSON document, and write what happened when.

    Parameters
    ----------
    path
        The document.
    limit
        Seconds for building and searching together.
    seed, workers
        As of `HandWritten.solve`.
    out
        Folder. ``curve.jsonl``: value and bound in units of `Report.weighted`, over the seconds since building began;
        ``roster.json``: who leads which meeting; ``times.json``: seconds of reading, building and solving, and status.
    """
    out.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    problem = Problem.from_json(path.read_bytes())
    read = time.perf_counter()
    hand_written = HandWritten(problem, seed)
    built = time.perf_counter()
    with (out / "curve.jsonl").open("w", encoding="utf-8") as curve:

        def note(value: int | None, bound: int | None) -> None:
            point = {
                "seconds": time.perf_counter() - read,
                "value": None if value is None else REPORTED * value,
                "bound": None if bound is None else REPORTED * bound,
            }
            curve.write(json.dumps(point) + "\n")

        left = max(0.0, limit - (built - read))
        status, leads = hand_written.solve(left, seed, workers, note)
    solved = time.perf_counter()
    roster = [
        {
            "meeting": name,
            "seat": work.seat,
            "facilitator": leads.get(name),
            "start": None if work.meeting.start is None else work.meeting.start.isoformat(),
        }
        for name, work in hand_written.work.items()
    ]
    (out / "roster.json").write_text(json.dumps(roster, indent=1) + "\n", encoding="utf-8")
    times = {"read": read - began, "build": built - read, "solve": solved - built, "status": status}
    (out / "times.json").write_text(json.dumps(times) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Solve a problem with the hand-written model."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.contenders.peers.hand_written.peer", description=main.__doc__
    )
    parser.add_argument("problem", type=Path, help="JSON document of a problem")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for building and searching")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args(arguments)
    run(given.problem, given.limit, given.seed, given.workers, given.out)


if __name__ == "__main__":
    main()
