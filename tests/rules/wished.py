"""Problems in which somebody wishes for something, and what the rule `wishes` is called."""

from typing import Any

from tests.builders import facilitator, meeting, problem

from poolmatch import Problem

RULE = "wishes"
POINT = 10_000
ALL: dict[str | tuple[str, str], str | None] = {"M1": "F1"}


def timed(*rows: tuple[str, str, str], **of_meeting: Any) -> Problem:
    """Return a meeting on 5 March from 14:00 to 16:00, and rows of kind, start and end of its facilitator."""
    cells = {"start": "2026-03-05 14:00", "end": "2026-03-05 16:00"} | of_meeting
    availability = [{"facilitator": "F1", "kind": kind, "start": a, "end": b} for kind, a, b in rows]
    return problem([meeting(**cells)], ["F1", "F2"], availability=availability)


def day(clock: str) -> str:
    return f"2026-03-05 {clock}"


def paired(*pairs: tuple[str, str, str], meetings: int = 1, **tables: Any) -> Problem:
    """Return meetings with a lead and a co seat, three people, and pairs of first, second and kind."""
    rows = [meeting(f"M{n}", f"2026-03-{5 * n:02} 19:30", f"2026-03-{5 * n:02} 21:30") for n in range(1, meetings + 1)]
    seats = [{"meeting": row["meeting"], "seat": name, "role": name} for row in rows for name in ("lead", "co")]
    people = [facilitator(f"F{n}", organisation=f"E{n}") for n in (1, 2, 3)]
    pairings = [{"first": first, "second": second, "kind": kind} for first, second, kind in pairs]
    return problem(rows, people, seats=seats, pairings=pairings, **tables)


def team(lead: str | None, co: str | None, where: str = "M1") -> dict[str | tuple[str, str], str | None]:
    return {(where, "lead"): lead, (where, "co"): co}
