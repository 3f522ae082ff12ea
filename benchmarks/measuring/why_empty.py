"""Explaining all empty seats: ``python -m benchmarks.measuring.why_empty [--sizes 60x250x15 …] [--solve 20]``.

Of pools with teams: how many required seats stay empty, in how many seconds all are explained, how many of them no
legal roster fills and of how many the rules that see to that are found, and for how many a roster that fills them is.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from benchmarks.cases import teams
from poolmatch import solve, why_empty_all

SIZES = ("60x250x15", "300x1500x60")


def line(size: str, seed: int, seconds: float, limit: float) -> str:
    """Return what explaining took, as a line.

    Parameters
    ----------
    size
        Facilitators, meetings and organisations.
    seed
        Of the pool.
    seconds
        For which it is solved first.
    limit
        Seconds that explaining may take.
    """
    facilitators, meetings, organisations = map(int, size.split("x"))
    result = solve(teams.pool(facilitators, meetings, organisations, seed), time_limit=seconds, seed=seed)
    began = time.perf_counter()
    found = why_empty_all(result, time_limit=limit)
    took = time.perf_counter() - began
    never = [answer for answer in found if answer.fillable is False]
    reasoned = sum(bool(answer.reasons) for answer in never)
    instead = sum(answer.instead is not None for answer in found)
    return f"{size:>14} {len(found):>6} {took:>8.1f} {len(never):>6} {reasoned:>9} {instead:>8}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring.why_empty", description=main.__doc__)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="facilitators x meetings x organisations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--solve", type=float, default=20, help="seconds for the roster")
    parser.add_argument("--limit", type=float, default=30, help="seconds for explaining")
    given = parser.parse_args(arguments)
    print(f"{'pool':>14} {'empty':>6} {'seconds':>8} {'never':>6} {'by rules':>9} {'instead':>8}")
    for size in given.sizes:
        print(line(size, given.seed, given.solve, given.limit), flush=True)


if __name__ == "__main__":
    main()
