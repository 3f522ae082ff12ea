"""No remedy asks for more than it takes: not an optional seat where others can move, nor an edit that does nothing."""

import random

import pytest
from tests.builders import facilitator, meeting, problem, roster
from tests.rings import seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, check, remedies, scenario
from poolmatch.edits import SlotAdded

EVENINGS = [
    meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00"),
    meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00"),
]


def test_nobody_gives_up_an_optional_seat_that_somebody_else_could_take() -> None:
    case = problem(
        EVENINGS,
        ["F1", "F2", facilitator("F3", roles="co")],
        seats=[{"meeting": "M2", "seat": "lead", "role": "lead", "required": False}],
        skills=[{"facilitator": "F1", "skill": "deep", "level": 3}],
        requirements=[{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 3}],
    )
    first = remedies(check(case, roster({"M2": "F1"})), "M1", "lead").remedies[0]
    assert (first.edits, first.price) == ((), 0)
    assert first.report is not None
    assert first.report.roster.holder("M2", "lead") == "F2"


@pytest.mark.parametrize("seed", seeds(20, first=300))
def test_what_others_can_do_by_moving_is_found_though_optional_seats_are_held(seed: int) -> None:
    case = lively(seed, most=300)
    legal = [item for item in judged_rosters(case, STANDARD_RULES) if item.legal]
    report = random.Random(seed).choice(legal)
    for seat in case.all_seats:
        key = seat.meeting, seat.seat
        if key in report.plan.filled or seat.meeting in case.frozen:
            continue
        moved = any(item.plan.filled >= {*report.plan.filled, key} for item in legal)
        answer = remedies(report, *key, most=1, time_limit=30)
        assert moved == any(not item.edits for item in answer.remedies)


def is_legal(case: Problem, after: Roster) -> bool:
    """Tell whether a roster is one of a problem, and legal."""
    try:
        return check(case, after).legal
    except ProblemError:
        return False


def test_another_time_that_the_roster_does_not_take_is_not_asked_for() -> None:
    # F1 could do both, M1 on the fifth. A time for M1 beside M2 is no use: it would go back to the fifth for M2.
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 13:00"} for day in ("05", "09")]
    case = problem([{"meeting": "M1"}, meeting("M2", "2026-03-06 11:00", "2026-03-06 13:00")], ["F1"], slots=slots)
    report = check(case, Roster())
    answer = remedies(report, "M1", "lead", also=[("M2", "lead")], most=9, time_limit=30)
    assert any(isinstance(edit, SlotAdded) for item in answer.remedies for edit in item.edits)
    for item in answer.remedies:
        assert item.report is not None
        for edit in item.edits:
            rest = scenario(case, *(other for other in item.edits if other != edit))
            assert not is_legal(rest, item.report.roster), item.edits
