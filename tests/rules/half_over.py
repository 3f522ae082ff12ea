"""Problems of a period that is half over: the 15th of March is today, M1 was on the 10th, M2 comes on the 20th."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.builders import MARCH, Cells, meeting, problem

from poolmatch import STANDARD_RULES, Problem, Roster, RuleSet, check
from poolmatch.rule import Finding

TODAY: Cells = {**MARCH, "today": "2026-03-15"}
"""A Sunday; ISO week 12 begins the day after."""
FIXED: Cells = {"deterministic": True, "workers": 1}


def on(name: str, day: int, clock: str = "19:30", **cells: Any) -> Cells:
    """Return a meeting of two hours on a day of March."""
    hour, minute = map(int, clock.split(":"))
    return meeting(name, f"2026-03-{day:02} {clock}", f"2026-03-{day:02} {hour + 2:02}:{minute:02}", **cells)


def did(who: str, what: str = "M1", day: int = 10, role: str = "lead", **cells: Any) -> Cells:
    """Return a row of history, of two hours in the evening."""
    times = {"start": f"2026-03-{day:02} 19:30", "end": f"2026-03-{day:02} 21:30"}
    return {"meeting": what, "facilitator": who, "role": role, **times, **cells}


def told(who: str | None, what: str = "M1", seat: str = "lead", start: str | None = None) -> Cells:
    return {"meeting": what, "seat": seat, "facilitator": who, "slot_start": start}


def seats(*names: str, of: str = "M1", **cells: Any) -> list[Cells]:
    """Return seats that are called after their roles; a digest after a dash makes them differ."""
    return [{"meeting": of, "seat": name, "role": name.split("-")[0], **cells} for name in names]


BOTH = (on("M1", 10), on("M2", 20))


def half(meetings: Sequence[Cells] = BOTH, people: Sequence[str | Cells] = ("F1", "F2"), **tables: Any) -> Problem:
    """Return a problem of which the 15th is today; M1 was on the 10th, M2 comes on the 20th."""
    return problem(meetings, people, **{"period": TODAY} | tables)


def flexible(days: Sequence[int], **tables: Any) -> Problem:
    """Return M1 with a slot of two hours on each of these days, as of the 15th."""
    slots = [{"meeting": "M1", "start": f"2026-03-{day:02} 19:30", "end": f"2026-03-{day:02} 21:30"} for day in days]
    return half([{"meeting": "M1"}], slots=slots, **tables)


def holders(case: Problem, name: str = "M1") -> dict[str, str | None]:
    return dict(case.frozen[name].holders)


def violated(case: Problem, held: Roster, rules: RuleSet = STANDARD_RULES) -> set[str]:
    return {item.rule for item in check(case, held, rules).violations}


def notes(case: Problem, held: Roster, rules: RuleSet = STANDARD_RULES) -> list[Finding]:
    return [item for item in check(case, held, rules).findings if item.severity == "note"]
