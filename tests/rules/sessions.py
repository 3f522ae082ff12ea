"""Sessions of a series, fixed and with slots, and what the rule `one-slot` says of the times they are held."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from tests.builders import Cells, problem

from poolmatch import Problem, Roster, check
from poolmatch.checking import Report
from poolmatch.domain.roster import RosterRow
from poolmatch.errors import Issue
from poolmatch.rules.one_slot import OneSlotRule
from poolmatch.testing import check_rule

RULE = "one-slot"
WEEK: Cells = {"min_days": 7}

Row = tuple[str, str, int]
"""Meeting, who leads it, and which of its slots, from 0."""


def ends(start: str) -> str:
    """Return ten minutes later."""
    return f"{start[:14]}{int(start[14:16]) + 10:02}"


def moment(when: int | str) -> str:
    """Return ten o'clock on so many March, or the moment that is given."""
    return f"2026-03-{when:02} 10:00" if isinstance(when, int) else f"2026-03-{when}"


def course(
    *sessions: Sequence[int | str],
    numbered: bool = True,
    spacing: Cells | None = None,
    people: Sequence[str | Cells] = ("F1",),
    backwards: bool = False,
    **tables: Any,
) -> Problem:
    """Return sessions S1, S2 … of one series, each with these times: one fixes it, several are slots.

    Parameters
    ----------
    sessions
        By session: days of March (at ten), or days with a clock such as ``"05 23:30"``. A session with one time in a
        list is flexible with one slot, in a tuple it is fixed.
    numbered
        Whether the sessions have numbers.
    spacing
        Spacing of the series.
    backwards
        Whether the tables list the last session first.
    """
    rows: list[Cells] = []
    slots = []
    for number, times in enumerate(sessions, 1):
        cells = {"meeting": f"S{number}", "series": "course", "session": number if numbered else None}
        starts = [moment(when) for when in times]
        if isinstance(times, tuple):
            cells |= {"start": starts[0], "end": ends(starts[0])}
        else:
            slots += [{"meeting": f"S{number}", "start": start, "end": ends(start)} for start in starts]
        rows.append(cells)
    row = [{"series": "course", **spacing}] if spacing else []
    order = -1 if backwards else 1
    return problem(rows[::order], people, slots=slots[::order], spacing=row, **tables)


@cache
def compared(case: Problem) -> int:
    """Hold the rule's doors against one another on all rosters, once for each problem."""
    return check_rule(OneSlotRule(), case)


def judged(case: Problem, *rows: Row) -> Report:
    """Return what `check` says of a roster; the rule's model must agree, on every roster."""
    compared(case)
    held = []
    for name, who, slot in rows:
        start, _ = case.times(case.meeting(name))[slot]
        held.append(RosterRow(meeting=name, seat="lead", facilitator=who, start=start))
    return check(case, Roster(rows=tuple(held)))


def wrong(case: Problem, *rows: Row) -> bool:
    return bool(judged(case, *rows).by_rule[RULE])


def apart(case: Problem, first: int = 0, second: int = 0) -> bool:
    """Tell whether it is illegal to hold S1 and S2 in these slots."""
    return wrong(case, ("S1", "F1", first), ("S2", "F1", second))


def found(case: Problem) -> list[Issue]:
    return list(OneSlotRule().issues(case))
