"""Scenarios side by side: solved, compared with the problem as it is, and what is wrong costs one row."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from tests.builders import facilitator, meeting, problem
from tests.edits.edited_world import moment

from poolmatch import EditRefused, UnknownId, what_if_table
from poolmatch.edits import Edit, ExternalAdded, MeetingCancelled, MeetingMoved, PersonOut, RoleAdded

CASE = problem(
    [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")], ["F1", facilitator("F2", roles="co")]
)


def test_each_scenario_is_a_row_after_the_problem_as_it_is() -> None:
    rows = what_if_table(
        CASE,
        {
            "F1 is ill": [PersonOut("F1", date(2026, 3, 5), date(2026, 3, 5))],
            "and F2 leads": [PersonOut("F1", date(2026, 3, 5), date(2026, 3, 5)), RoleAdded("F2", "lead")],
            "no M1": [MeetingCancelled("M1")],
        },
        workers=1,
    )
    assert [row.name for row in rows] == ["as it is", "F1 is ill", "and F2 leads", "no M1"]
    table = [row.to_dict() for row in rows]
    assert [row["value_1"] for row in table] == [0, 4, 0, 0]
    assert [row["filled"] for row in table] == [2, 1, 2, 1]
    assert [row["changed"] for row in table][:3] == [0, 1, 1]
    assert table[2]["edits"] == "F1 is out from 2026-03-05 to 2026-03-05. Let F2 take the role lead."
    assert rows[1].effect is not None
    assert [(item.meeting, item.before, item.after) for item in rows[1].effect.seats] == [("M1", "F1", None)]


def test_what_contradicts_itself_costs_its_own_row() -> None:
    twice: list[Edit] = [
        MeetingMoved("M1", moment(6, 9), moment(6, 11)),
        MeetingMoved("M1", moment(7, 9), moment(7, 11)),
    ]
    with ThreadPoolExecutor(2) as pool:
        table: dict[str, list[Edit]] = {
            "twice": twice,
            "nobody": [PersonOut("F9")],
            "fine": [ExternalAdded("X1", ("lead",))],
        }
        rows = what_if_table(CASE, table, executor=pool, time_limit=10)
    assert [type(row.solved.error) for row in rows] == [type(None), EditRefused, UnknownId, type(None)]
    assert rows[1].effect is None
    assert rows[1].to_dict()["status"] == "ERROR"
    assert rows[3].effect is not None


def test_a_scenario_has_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match='"as it is" is the row without edits'):
        what_if_table(CASE, {"as it is": []})
