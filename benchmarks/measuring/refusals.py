"""Why somebody does not sit in a seat: ``python -m benchmarks.measuring.refusals [--sizes 60x250x15 …] [--cases 5]``.

In pools with teams `poolmatch.why_not` is asked about people drawn by lot in seats drawn by lot: seconds of the slowest
and on average where a rule objects, and where the best roster with them is sought. The problem is not made ready
before, so that the first search does that too.
"""

from __future__ import annotations

import random
from functools import partial

from benchmarks.measuring.replans import print_lines, timed, told
from poolmatch import why_not


def measured(size: str, cases: int, limit: float) -> str:
    """Return a line of figures about one pool.

    Parameters
    ----------
    size
        Facilitators, meetings and organisations.
    cases
        So many searches; four times as many seats are drawn, and twelve people for each.
    limit
        Seconds for each search.
    """
    report, draw = told(size), random.Random(1)
    people = [row.facilitator for row in report.problem.facilitators]
    refused, sought = list[float](), list[float]()
    for row in draw.sample(report.roster.rows, 4 * cases):
        for name in draw.sample(people, 12):
            left = limit if len(sought) < cases else 0.0
            took, answer = timed(partial(why_not, report, row.meeting, row.seat, name, time_limit=left))
            if answer.objections or answer.holds:
                refused.append(took)
            elif left:
                sought.append(took)
    figures = [f"{max(found):.3f} s, {sum(found) / len(found):.3f} s on average" for found in (refused, sought)]
    return f"{size}: why_not without a search {figures[0]} ({len(refused)}); with one {figures[1]} ({len(sought)})"


if __name__ == "__main__":
    print_lines("Why somebody does not sit in a seat", measured, limit=1.4)
