"""Asking for a degree through every door, and the cases that ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from tests.builders import PARTY, meeting, problem
from tests.neutrality.naive import POLICY, naive_assessment

from poolmatch import Problem
from poolmatch.arrays import Arrays
from poolmatch.neutrality import BUILT_IN, STRICT, Path, Policy, assess
from poolmatch.neutrality.table import degrees

GRADES = ("decider", "commissioner", "interest", "contributor", "observer")
DAY = date(2026, 3, 5)
"""The day of the meeting, unless a test says otherwise: a Thursday."""
WAIVED = "disclose, waived"


def degree(case: Problem, who: str = "F1", where: str = "M1", policy: Policy = STRICT, slot: int = 0) -> str:
    """Return the degree, and whether it is so by waiver; the assessment, the table and the page must say the same."""
    start = case.times(case.meeting(where))[slot][0]
    one = assess(case, who, where, start, policy=policy)
    world = Arrays(case)
    many = degrees(world.person(world.positions[who]), world.occasions, policy)
    here = world.occasions.meeting == world.meeting_positions[where]
    (row,) = np.flatnonzero(here & (world.occasions.start == start.timestamp()))
    assert (one.degree, one.waived) == (many.degree[row], many.waived[row])
    if policy in BUILT_IN.values():
        page = naive_assessment(case, who, where, slot, policy.name)
        assert (one.degree.word, one.waived) == (page.degree, page.waived)
        assert {path.rule for path in one.paths} <= {row[0] for row in POLICY[policy.name]} | {""}
    return one.degree.word + (", waived" if one.waived else "")


def paths(case: Problem, who: str = "F1", where: str = "M1", policy: Policy = STRICT) -> tuple[Path, ...]:
    """Return every path that was looked at."""
    return assess(case, who, where, policy=policy).paths


def tie(kind: str, organisation: str = PARTY, **cells: Any) -> dict[str, Any]:
    """Return a tie of F1 to an organisation, or with another cell to something else."""
    target = {} if {"theme", "meeting", "series"} & set(cells) else {"organisation": organisation}
    return {"facilitator": "F1", "kind": kind, **target, **cells}


def link(source: str, kind: str, target: str, **dates: Any) -> dict[str, Any]:
    """Return a link."""
    return {"source": source, "kind": kind, "target": target, **dates}


def on(day: date, ties: Any = (), *, zone: str = "Europe/Amsterdam", clock: str = "19:30", **tables: Any) -> Problem:
    """Return a problem with one meeting of two hours on a day, in a period around it."""
    period = {
        "name": "around",
        "start": day - timedelta(days=1),
        "end": day + timedelta(days=1),
        "timezone": zone,
    }
    hour, minute = clock.split(":")
    cells: Mapping[str, Any] = {"start": f"{day} {clock}", "end": f"{day} {int(hour) + 2:02}:{minute}"}
    rows = [meeting("M1", **cells, **tables.pop("about", {}))]
    return problem(rows, period=period, ties=list(ties), **tables)
