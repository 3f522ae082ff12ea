"""From a solved roster to its files: ``python -m benchmarks.measuring.files [--sizes 60x250x15 …] [--seed 1]``.

At four sizes of pools with teams: seconds of the processor for reading, checking, explaining empty seats, writing the
files, the summary and the page, and how large these are. The roster is the first one that `poolmatch.solve` finds, so
that seats are empty and externals sit in some. The last column is the growth of the seconds of all that comes after
reading, as a power of the growth in seats: 1 is linear.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import TypeVar

from benchmarks.cases import pools, teams
from poolmatch import check, read, report_page, solve
from poolmatch.explain import empty_seats
from poolmatch.report import summary, write_result

SIZES = ("60x250x15", "150x750x30", "300x1500x60", "1000x6000x150")
NATION = 300
"""From so many organisations on a pool is a national one."""
T = TypeVar("T")


@dataclass(frozen=True)
class Figures:
    """What one pool took: seconds of the processor, counts and bytes."""

    size: str
    seats: int
    empty: int
    candidates_tried: int
    read: float
    check: float
    empty_seats: float
    write: float
    summary: float
    page: float
    bytes_of_report: int
    bytes_of_page: int
    lines: int

    @property
    def after_reading(self) -> float:
        """Seconds of all but reading; explaining is part of writing already."""
        return self.check + self.write + self.summary + self.page


def measured(size: str, seed: int, folder: Path) -> Figures:
    """Return the figures of a pool with teams.

    Parameters
    ----------
    size
        Facilitators, meetings and organisations, as ``60x250x15``.
    seed
        Of the pool.
    folder
        Where its files go.
    """
    facilitators, meetings, organisations = map(int, size.split("x"))
    national = organisations >= NATION
    pools.write(teams.tables(facilitators, meetings, organisations, seed, national=national), folder / "pool")
    seconds = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        found = work()
        seconds[name] = time.process_time() - began
        return found

    problem = timed("read", lambda: read(folder / "pool"))
    result = solve(problem, time_limit=0, seed=seed)
    timed("check", lambda: check(problem, result.roster, result.rules))
    empty = timed("empty_seats", lambda: empty_seats(problem, result.roster, result.rules))
    timed("write", lambda: write_result(result, folder / "roster"))
    text = timed("summary", lambda: summary(result))
    page = timed("page", lambda: report_page(result))
    report = (folder / "roster" / "report.json").stat().st_size
    tried = sum(seat.eligible - seat.untried for seat in empty)
    counts = size, len(problem.all_seats), len(empty), tried
    sizes = {"bytes_of_report": report, "bytes_of_page": len(page.encode()), "lines": text.count("\n") + 1}
    return Figures(*counts, **seconds | sizes)  # type: ignore[arg-type]


HEAD = f"{'pool':>16} {'seats':>6} {'empty':>5} {'tried':>6} {'read':>6} {'check':>6} {'empty':>6} {'write':>6}" + (
    f" {'summary':>7} {'page':>6} {'MB':>6} {'lines':>5} {'page-MB':>7} {'power':>5}"
)


def row(figures: Figures, before: Figures | None) -> str:
    """Return figures as a line under `HEAD`; the power is that of the growth since a smaller pool."""
    power = ""
    if before is not None and before.seats < figures.seats:
        power = f"{log(figures.after_reading / before.after_reading) / log(figures.seats / before.seats):.2f}"
    counts = f"{figures.size:>16} {figures.seats:>6} {figures.empty:>5} {figures.candidates_tried:>6}"
    parts = (figures.read, figures.check, figures.empty_seats, figures.write)
    times = " ".join(f"{seconds:>6.2f}" for seconds in parts)
    return (
        f"{counts} {times} {figures.summary:>7.2f} {figures.page:>6.2f} {figures.bytes_of_report / 1e6:>6.2f} "
        f"{figures.lines:>5} {figures.bytes_of_page / 1e6:>7.2f} {power:>5}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring.files", description=main.__doc__)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="facilitators x meetings x organisations")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    before: Figures | None = None
    print(HEAD)
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            figures = measured(size, given.seed, Path(folder))
        print(row(figures, before), flush=True)
        before = figures


if __name__ == "__main__":
    main()
