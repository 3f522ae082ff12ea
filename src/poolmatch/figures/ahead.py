"""Meetings of series that go on in the next period: all that is known of them, but when they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from poolmatch.domain.meetings import Meeting
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.row import Row

_NUMBERED = re.compile(r"(.*?)([0-9]{0,9})", re.DOTALL)
"""An id, and the number in which it ends."""
_ABOUT_MEETINGS = ("stakes", "seats", "requirements")


def series_ahead(problem: Problem) -> dict[str, tuple[Row, ...]]:
    """Return a meeting for each one of a series in a period that is closed, with all that was said of it but its time.

    Whether and when it is held is not known: rows without a time are for people to fill in, and no problem yet. Ids
    and sessions go on where those of the period, and of the work before it, ended.

    Parameters
    ----------
    problem
        The problem of the period that is closed.

    Returns
    -------
    dict
        Rows by table: `meetings`, `stakes`, `seats`, `requirements`, and the `spacing` of their series.
    """
    must_be_problem(problem)
    used = {*problem.occasion_ids, *(row.meeting for row in problem.history)}
    last: defaultdict[str, int] = defaultdict(int)
    sessions = [(row.series, row.session) for row in problem.meetings]
    sessions += [(row.series, row.session) for row in problem.history]
    for series, session in sessions:
        if series is not None and session is not None:
            last[series] = max(last[series], session)
    fresh: dict[str, str] = {}
    meetings: list[Row] = []
    for meeting in sorted(problem.meetings, key=lambda row: (_first(problem, row), row.meeting)):
        if meeting.series is None:
            continue
        name = fresh[meeting.meeting] = _next_id(meeting.meeting, used)
        used.add(name)
        cells: dict[str, object] = {"meeting": name, "start": None, "end": None}
        if meeting.session is not None:
            last[meeting.series] += 1
            cells["session"] = last[meeting.series]
        meetings.append(meeting.model_copy(update=cells))
    going_on = {meeting.series for meeting in problem.meetings}
    return {
        "meetings": tuple(meetings),
        "spacing": tuple(row for row in problem.spacing if row.series in going_on),
        **{name: _renamed(getattr(problem, name), fresh) for name in _ABOUT_MEETINGS},
    }


def _first(problem: Problem, meeting: Meeting) -> float:
    """Return when a meeting was held, or may have been at the earliest, for the order."""
    starts = [meeting.start, *(slot.start for slot in problem.slots_of(meeting.meeting))]
    return min(start.timestamp() for start in starts if start is not None)


def _next_id(name: str, used: Collection[str]) -> str:
    """Return an id of the kind of another with the number after all that are used."""
    prefix, digits = _parts(name)
    if not digits:
        prefix = f"{name}-"
    numbers = (int(number) for stem, number in map(_parts, used) if stem == prefix and number)
    return f"{prefix}{max(numbers, default=1) + 1:0{len(digits)}}"


def _parts(name: str) -> Sequence[str]:
    found = _NUMBERED.fullmatch(name)
    assert found is not None  # whatever an id is, it matches
    return found.groups()


def _renamed(rows: Sequence[Row], fresh: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the rows about meetings that go on, each under its new id."""
    return tuple(
        row.model_copy(update={"meeting": fresh[name]})
        for row in rows
        if (name := getattr(row, "meeting", "")) in fresh
    )
