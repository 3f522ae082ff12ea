"""What a roster bears: ``python -m benchmarks.measuring.mishaps [--sizes 60x250x15 …] [--workers 2]``.

In pools with teams `poolmatch.resilience` tries each facilitator falling out, a hundred pairs, and parties that come
late, on processes: seconds that go by, how many mishaps there are, of how many it is sure that less cannot be lost, and
how many others move on average.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from benchmarks.measuring.replans import timed, told
from poolmatch import resilience


def measured(size: str, workers: int) -> str:
    """Return a line of figures about one pool.

    Parameters
    ----------
    size
        Facilitators, meetings and organisations.
    workers
        Processes that search at once.
    """
    report = told(size)
    with ProcessPoolExecutor(workers, get_context("spawn")) as executor:
        took, answer = timed(partial(resilience, report.problem, report.roster, executor=executor))
    found = answer.mishaps
    moved = sum(len(item.others) for item in found) / max(1, len(found))
    settled = sum(item.settled for item in found)
    return f"{size}: {took:.0f} s; {len(found)} mishaps, {settled} settled; {moved:.1f} others move on average"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring.mishaps", description=main.__doc__)
    parser.add_argument("--sizes", nargs="+", default=("60x250x15",), help="facilitators x meetings x organisations")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    for size in given.sizes:
        print(measured(size, given.workers), flush=True)


if __name__ == "__main__":
    main()
