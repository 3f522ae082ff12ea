"""`solve` gives duties, which have no time, to people one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import EMPLOYER, PARTY, facilitator, meeting, problem
from tests.solving.flexible import holders, proven

from poolmatch import Problem, solve


def coached(count: int, *people: str, kinds: Sequence[str] = ("coaching",), **tables: Any) -> Problem:
    duties = [
        {"duty": f"{kind[0].upper()}{n}", "kind": kind, "hours": 2} for kind in kinds for n in range(1, count + 1)
    ]
    return problem(tables.pop("meetings", ()), people, duties=duties, **tables)


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_duties_go_one_to_each_and_have_no_time(time_limit: float) -> None:
    found = solve(coached(3, "F1", "F2", "F3"), workers=1, time_limit=time_limit)
    assert {row.facilitator for row in found.roster.rows} == {"F1", "F2", "F3"}
    for row in found.roster.rows:
        assert (row.seat, row.role, row.start, row.end) == ("coaching", None, None, None)
        assert row.degree == "neutral"


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_more_duties_than_people_stay_undone(time_limit: float) -> None:
    found = solve(coached(3, "F1", "F2"), workers=1, time_limit=time_limit)
    assert Counter(row.facilitator for row in found.roster.rows) == {"F1": 1, "F2": 1, None: 1}
    assert found.tiers[0].value == 4  # one empty seat of priority 3


def test_one_person_may_have_a_duty_of_each_kind_besides_meetings() -> None:
    found = proven(coached(2, "F1", kinds=("coaching", "report"), meetings=[meeting("M1")]))
    kinds = Counter(row.seat for row in found.roster.rows if row.facilitator)
    assert kinds == {"lead": 1, "coaching": 1, "report": 1}
    assert [row.meeting for row in found.roster.rows] == ["M1", "C1", "C2", "R1", "R2"]


def test_the_more_important_duty_is_done() -> None:
    duties = [{"duty": f"D{n}", "kind": "coaching", "hours": 2, "priority": n} for n in (1, 2, 3, 4, 5)]
    found = proven(problem((), ["F1"], duties=duties))
    assert [row.meeting for row in found.roster.rows if row.facilitator] == ["D5"]
    assert found.tiers[0].value == 1 + 2 + 4 + 8


def test_duties_are_matched_so_that_all_are_done() -> None:
    # F1 can only do the first (F1 works for the party of the second), F2 has the skill for the first too.
    duties = [
        {"duty": "D1", "kind": "coaching", "hours": 2},
        {"duty": "D2", "kind": "coaching", "hours": 2, "organisation": PARTY},
    ]
    people = [facilitator("F1", organisation=PARTY), facilitator("F2", organisation=EMPLOYER)]
    for seed in range(3):
        found = proven(problem((), people, duties=duties), seed=seed)
        assert holders(found) == {("D1", "coaching"): "F1", ("D2", "coaching"): "F2"}


def test_the_hours_of_a_duty_are_hours() -> None:
    # Two hours of meeting and two of coaching: one of them, with room for three.
    case = coached(1, "F1", meetings=[meeting("M1")])
    for most, filled in ((4, 2), (3.99, 1)):
        limited = case.replace(facilitators=[facilitator("F1", max_hours=most)])
        assert proven(limited).roster.filled == filled
