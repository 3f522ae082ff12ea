"""Rule `one-per-seat`: one facilitator per seat, one seat per facilitator in a meeting."""

from collections.abc import Sequence

import pytest
from tests.builders import facilitator, meeting, problem

from poolmatch import Problem, Roster, check
from poolmatch.domain.roster import RosterRow
from poolmatch.rules.one_per_seat import OnePerSeatRule
from poolmatch.testing import check_rule


def pool(seats: Sequence[str] = ("s1", "s2")) -> Problem:
    """Return two facilitators and two meetings, six hours apart, each with the same scribe seats."""
    return problem(
        [
            meeting("M1", "2026-03-05 09:00", "2026-03-05 10:00"),
            meeting("M2", "2026-03-05 16:00", "2026-03-05 17:00"),
        ],
        [facilitator(name, roles="scribe") for name in ("F1", "F2")],
        seats=[{"meeting": name, "seat": seat, "role": "scribe"} for name in ("M1", "M2") for seat in seats],
    )


def found(case: Problem, *rows: tuple[str, str, str]) -> list[str]:
    check_rule(OnePerSeatRule(), case, crowded=True)
    roster = Roster(rows=tuple(RosterRow(meeting=m, seat=s, facilitator=f) for m, s, f in rows))
    return [item.words.en for item in check(case, roster).by_rule["one-per-seat"]]


def test_different_people_in_the_seats_of_a_meeting() -> None:
    assert found(pool(), ("M1", "s1", "F1"), ("M1", "s2", "F2")) == []


def test_one_person_in_two_meetings() -> None:
    assert found(pool(), ("M1", "s1", "F1"), ("M2", "s1", "F1"), ("M1", "s2", "F2"), ("M2", "s2", "F2")) == []


def test_two_people_in_one_seat() -> None:
    case = pool()
    assert found(case, ("M1", "s1", "F1"), ("M1", "s1", "F2")) == ["M1, seat s1 is filled 2 times: F1, F2."]
    assert found(case, ("M1", "s1", "F1"), ("M2", "s1", "F2")) == []


def test_one_person_twice_in_one_seat_is_one_too_many() -> None:
    assert found(pool(["s1"]), ("M1", "s1", "F1"), ("M1", "s1", "F1")) == ["M1, seat s1 is filled 2 times: F1."]


@pytest.mark.parametrize("seats", [("s1", "s2"), ("s2", "s1")])
def test_one_person_in_two_seats_of_a_meeting(seats: tuple[str, str]) -> None:
    rows = [("M1", seat, "F1") for seat in seats]
    assert found(pool(), *rows) == ["F1 holds 2 seats of M1: s1, s2."]


def test_each_person_with_two_seats_is_named() -> None:
    rows = [("M1", "s1", "F1"), ("M1", "s2", "F1"), ("M2", "s1", "F2"), ("M2", "s2", "F2")]
    assert found(pool(), *rows) == ["F1 holds 2 seats of M1: s1, s2.", "F2 holds 2 seats of M2: s1, s2."]
