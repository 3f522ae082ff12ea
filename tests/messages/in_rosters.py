"""A roster, pins or a next period for each kind of message about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from tests.builders import MARCH, facilitator, meeting, problem

from poolmatch import STANDARD_RULES, Roster, RunRecord, check, frontier, next_month, solve
from poolmatch.checking import input_issues
from poolmatch.domain.roster import RosterRow
from poolmatch.rules.known_faces import KnownFacesRule
from poolmatch.rules.role import RoleRule
from poolmatch.tables.roster import roster_from_frame

DUTY = {"duty": "D1", "kind": "coaching", "hours": 2}
TWO_SLOTS = [{"meeting": "M2", "start": f"2026-03-{day} 19:30", "end": f"2026-03-{day} 21:30"} for day in ("05", "06")]
CASE = problem([meeting(), {"meeting": "M2"}], ["F1", "F2"], slots=TWO_SLOTS, duties=[DUTY])


class OwnRule(RoleRule):
    """A rule that poolmatch does not have."""

    id = "own"


def judged(**cells: Any) -> object:
    """Check a roster of one row."""
    known = {"meeting": "M1", "seat": "lead", "facilitator": "F1"}
    rows = (RosterRow.model_validate({**known, **cells}, context={"zone": CASE.period.zone}),)
    return check(CASE, Roster(rows=rows))


def unkept_pins() -> object:
    """Ask for a front where pins ask for more meetings than one person may have."""
    pins = [{"meeting": name, "seat": "lead", "facilitator": "F1"} for name in ("M1", "M3")]
    rows = [meeting(), meeting("M3", "2026-03-09 19:30", "2026-03-09 21:30")]
    case = problem(rows, [facilitator("F1", max_meetings=1)], pins=pins)
    return frontier(case, STANDARD_RULES, "fair-load", "wishes", workers=1)


ROSTERS: Mapping[str, Callable[[], object]] = {
    "roster-meeting-unknown": lambda: judged(meeting="M9"),
    "roster-seat-unknown": lambda: judged(seat="co"),
    "roster-facilitator-unknown": lambda: judged(facilitator="F9"),
    "roster-role-differs": lambda: judged(role="co"),
    "roster-role-of-seat-without": lambda: judged(meeting="D1", seat="coaching", role="co"),
    "roster-duty-with-time": lambda: judged(meeting="D1", seat="coaching", start="2026-03-05 19:30"),
    "roster-slot-blank": lambda: judged(meeting="M2"),
    "roster-start-differs": lambda: judged(start="2026-03-05 19:00"),
    "roster-end-differs": lambda: judged(end="2026-03-05 22:00"),
    "pins-clash": unkept_pins,
    "no-offset": lambda: roster_from_frame(
        pd.DataFrame({"meeting": ["M1"], "seat": ["lead"], "start": [pd.Timestamp("2026-03-10 19:30")]})
    ),
    "record-incomplete": lambda: RunRecord.from_dict({}),
    "record-own-rules": lambda: RunRecord.of(solve(CASE, STANDARD_RULES.plus(OwnRule()), workers=1)).rules(),
    "strikes-too-many": lambda: check(
        problem(
            [meeting()],
            ["F1", "F2"],
            strikes=[{"organisation": "Town", "facilitator": name} for name in ("F1", "F2")],
        ),
        Roster(rows=()),
        STANDARD_RULES.plus(STANDARD_RULES["struck"].model_copy(update={"most": 1})),
    ),
    "history-without-parties": lambda: input_issues(CASE, STANDARD_RULES.plus(KnownFacesRule())),
    "series-without-lead": lambda: input_issues(CASE, STANDARD_RULES.plus(KnownFacesRule())),
    "next-period-table-missing": lambda: next_month(CASE, Roster(rows=()), {}),
    "next-period-too-early": lambda: next_month(
        CASE, Roster(rows=()), {"period": [MARCH], "meetings": [], "stakes": []}
    ),
}
"""What raises, or is told of the input."""
