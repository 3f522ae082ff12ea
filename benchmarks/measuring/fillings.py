"""What it takes to find remedies: ``python -m benchmarks.measuring.fillings [--sizes 60x250x15 …] [--cases 5]``.

In pools with teams somebody falls ill for a week in the middle of the month, and `poolmatch.remedies` says what would
fill the seats that stay empty. Seconds that go by, of the slowest and on average, and how many remedies were found.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import timedelta

from benchmarks.measuring.replans import ahead, print_lines, told
from poolmatch import Report, check, remedies, scenario
from poolmatch.edits import PersonOut


def emptied(report: Report, cases: int) -> Iterator[tuple[Report, tuple[str, str]]]:
    """Yield rosters without somebody who is ill, each with a seat that is empty by it."""
    today = report.problem.period.start + timedelta(days=14)
    for row in random.Random(1).sample(ahead(report, today), cases):
        who, last = str(row.facilitator), today + timedelta(days=6)
        gone = {(item.meeting, item.seat) for item in ahead(report, today) if item.facilitator == who}
        left = report.roster
        for meeting, seat in sorted(gone):
            left = left.with_holder(meeting, seat, None)
        yield check(scenario(report.problem, PersonOut(who, today, last)), left), (row.meeting, row.seat)


def measured(size: str, cases: int, limit: float) -> str:
    """Return a line of figures about one pool.

    Parameters
    ----------
    size
        Facilitators, meetings and organisations.
    cases
        So many seats.
    limit
        Seconds for each.
    """
    taken, found, whole = list[float](), 0, 0
    for report, seat in emptied(told(size), cases):
        began = time.perf_counter()
        answer = remedies(report, *seat, time_limit=limit)
        taken.append(time.perf_counter() - began)
        found, whole = found + len(answer.remedies), whole + answer.whole
    figures = f"{max(taken):.2f} s, {sum(taken) / cases:.2f} s on average"
    return f"{size}: remedies {figures} ({found / cases:.1f} found; nothing left out {whole} of {cases})"


if __name__ == "__main__":
    print_lines("What it takes to find remedies", measured, limit=4.0)
