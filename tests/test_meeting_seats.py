"""Meetings without a row in `seats`, and the last day of the period."""

import pytest
from tests.builders import MARCH, meeting, problem, roster

from poolmatch import Problem, ProblemError, check, solve
from poolmatch.domain.problem import Problem as Whole


def unseated(meetings: list[dict[str, object]], seats: list[dict[str, object]]) -> Problem:
    return problem(meetings).replace(seats=seats)


def test_a_meeting_without_seats_has_one_required_lead() -> None:
    case = unseated([dict(meeting("M1"))], [])
    assert [(seat.meeting, seat.seat, seat.role, seat.required) for seat in case.all_seats] == [
        ("M1", "lead", "lead", True)
    ]
    assert case.seats == ()
    assert case.warnings == problem().warnings
    assert solve(case, time_limit=1).roster.holder("M1", "lead") == "F1"
    assert check(case, roster({"M1": "F1"})).legal
    assert Whole.from_json(case.to_json()) == case


def test_a_meeting_with_one_row_has_no_other_seat() -> None:
    case = unseated([dict(meeting("M1"))], [{"meeting": "M1", "seat": "co", "role": "co"}])
    assert [seat.seat for seat in case.all_seats] == ["co"]


def test_pins_and_requirements_may_name_the_lead_that_no_row_names() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]
    asked = [{"meeting": "M1", "seat": "lead", "skill": "listening", "level": 2}]
    case = problem(pins=pins, requirements=asked).replace(seats=())
    assert case.requirements_of("M1", "lead")
    with pytest.raises(ProblemError, match="is not a seat of that meeting"):
        problem(pins=[pins[0] | {"seat": "co"}]).replace(seats=())


@pytest.mark.parametrize("word", ["same", "prefer", "rotate", "none"])
def test_it_has_the_continuity_of_the_leads_of_its_series(word: str) -> None:
    rows = [dict(meeting(f"M{n}", f"2026-03-0{n} 10:00", f"2026-03-0{n} 12:00", series="course")) for n in (3, 4)]
    rows.append(dict(meeting("M5", "2026-03-05 10:00", "2026-03-05 12:00")))
    case = unseated(rows, [{"meeting": "M3", "seat": "lead", "role": "lead", "continuity": word}])
    assert {seat.meeting: seat.continuity for seat in case.all_seats} == {"M3": word, "M4": word, "M5": "none"}


@pytest.mark.parametrize(("day", "inside"), [("2026-03-31", True), ("2026-04-01", False)])
def test_the_last_day_of_the_period_is_inside(day: str, inside: bool) -> None:
    rows = [meeting("M1", f"{day} 22:00", f"{day} 23:00")]
    if inside:
        assert problem(rows).meeting("M1").start is not None
    else:
        with pytest.raises(ProblemError, match="lies outside the period"):
            problem(rows)


def test_a_period_of_one_day() -> None:
    case = problem(period={**MARCH, "start": "2026-03-05", "end": "2026-03-05"})
    assert [moment.isoformat() for moment in case.period.span] == [
        "2026-03-04T23:00:00+00:00",
        "2026-03-05T23:00:00+00:00",
    ]
