"""The workbook of a result: ``python -m benchmarks.measuring.workbooks [--sizes 60x250x15 …] [--language nl]``.

In pools with teams, of the best roster that is known, else of what a minute finds: seconds that go by and seconds of
the processor from a result to the file, its size, how many seats are empty, and of how many the workbook tells what
could help. Promised are 10 seconds for 300 people and 1,500 meetings.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.measuring.replans import SIZES, told
from poolmatch.report.results_workbook import write_results
from poolmatch.report.sections.openings import openings_of
from poolmatch.results import Result, Status, Tier
from poolmatch.views import View


def measured(size: str, language: str) -> str:
    """Return a line of figures about one pool.

    Parameters
    ----------
    size
        Facilitators, meetings and organisations.
    language
        Of the workbook.
    """
    report = told(size)
    tiers = tuple(Tier(item.tier, item.value, item.value, item.scale) for item in report.tiers)
    result = Result(Status.FEASIBLE, report, tiers, 0.0, 0, {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        began, worked = time.perf_counter(), time.process_time()
        write_results(path, result, language)
        seconds = f"{time.perf_counter() - began:.1f} s ({time.process_time() - worked:.1f} s of the processor)"
        megabytes = path.stat().st_size / 1e6
    empty = openings_of(report, View(report.plan))
    helped = sum(bool(item.ways) for item in empty)
    return f"{size}: {seconds}, {megabytes:.2f} MB; {len(empty)} empty seats, of {helped} what could help"


def main() -> None:
    """Measure and print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring.workbooks", description=main.__doc__)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="facilitators x meetings x organisations")
    parser.add_argument("--language", default="nl")
    given = parser.parse_args()
    for size in given.sizes:
        print(measured(size, given.language), flush=True)


if __name__ == "__main__":
    main()
