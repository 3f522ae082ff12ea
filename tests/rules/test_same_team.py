"""Rule `same-team`: seats of one name with continuity `same` are held by one person throughout a series."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, Status, check, empty_seats, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.rules.same_team import SameTeamRule
from poolmatch.testing import check_rule

RULE = "same-team"


def day(number: int, name: str | None = None, series: str | None = "course", **cells: Any) -> Cells:
    """Return a meeting on so many March, session of a course."""
    start, end = (f"2026-03-{number:02} {clock}" for clock in ("10:00", "12:00"))
    return meeting(name or f"M{number}", start, end, series=series, **cells)


def mentor(name: str, continuity: str = "same", seat: str = "mentor") -> Cells:
    return {"meeting": name, "seat": seat, "role": "lead", "continuity": continuity}


def course(
    *days: int, continuity: str = "same", people: Sequence[str | Cells] = ("F1", "F2"), **tables: Any
) -> Problem:
    """Return sessions M2, M9 … on these days, each with one mentor seat."""
    rows = [day(number, session=place) for place, number in enumerate(days, 1)]
    seats = [mentor(f"M{number}", continuity) for number in days]
    return problem(rows, people, seats=seats, **tables)


def wrong(case: Problem, *names: str | None) -> bool:
    """Tell whether it is illegal that these people are mentor in the sessions, in the order of the table."""
    return breaks(RULE, case, {(row.meeting, "mentor"): name for row, name in zip(case.meetings, names, strict=True)})


# --- one person ----------------------------------------------------------------------------------------------


def test_one_person_holds_the_seat_throughout() -> None:
    case = course(2, 9)
    assert wrong(case, "F1", "F2")
    assert wrong(case, "F2", "F1")
    for names in (("F1", "F1"), ("F2", "F2")):
        assert not wrong(case, *names)


def test_empty_seats_are_held_by_nobody() -> None:
    case = course(2, 9, 16)
    for names in ((None, None, None), ("F1", None, None), (None, "F2", None), ("F1", None, "F1")):
        assert not wrong(case, *names)
    assert wrong(case, "F1", None, "F2")  # also with an empty session between


@pytest.mark.parametrize("word", ["none", "prefer", "rotate"])
def test_other_words_bind_nobody(word: str) -> None:
    assert not wrong(course(2, 9, continuity=word), "F1", "F2")


def test_seats_of_other_names_and_other_series_are_free() -> None:
    rows = [day(2), day(9), day(3, series="other"), day(4, series=None)]
    seats = [mentor("M2"), mentor("M9"), mentor("M9", seat="guest"), mentor("M3")]
    seats.append({"meeting": "M4", "seat": "mentor", "role": "lead"})
    case = problem(rows, ["F1", "F2"], seats=seats)
    held: dict[str | tuple[str, str], str | None] = {("M2", "mentor"): "F1", ("M9", "mentor"): "F1"}
    assert not breaks(RULE, case, held | {("M9", "guest"): "F2", ("M3", "mentor"): "F2", ("M4", "mentor"): "F2"})
    assert breaks(RULE, case, held | {("M9", "mentor"): "F2"})


def test_two_seats_of_a_series_each_keep_their_own() -> None:
    seats = [mentor(name, seat=seat) for name in ("M2", "M9") for seat in ("a", "b")]
    case = problem([day(2), day(9)], ["F1", "F2"], seats=seats)
    both: dict[str | tuple[str, str], str | None] = {("M2", "a"): "F1", ("M2", "b"): "F2"}
    assert not breaks(RULE, case, both | {("M9", "a"): "F1", ("M9", "b"): "F2"})
    assert breaks(RULE, case, both | {("M9", "a"): "F2", ("M9", "b"): "F1"})
    assert breaks(RULE, case, both | {("M9", "b"): "F1"})
    assert not breaks(RULE, case, {("M2", "a"): "F1", ("M9", "b"): "F1"})


def test_a_session_without_that_seat_is_passed_over() -> None:
    rows = [day(2, session=1), day(9, session=2), day(16, session=3)]
    seats = [mentor("M2"), mentor("M9", seat="guest"), mentor("M16")]
    case = problem(rows, ["F1", "F2"], seats=seats)
    assert breaks(RULE, case, {("M2", "mentor"): "F1", ("M16", "mentor"): "F2"})
    assert not breaks(RULE, case, {("M2", "mentor"): "F1", ("M9", "guest"): "F2", ("M16", "mentor"): "F1"})


def test_sessions_need_no_numbers() -> None:
    case = problem([day(2), day(9)], ["F1", "F2"], seats=[mentor("M2"), mentor("M9")])
    assert breaks(RULE, case, {("M2", "mentor"): "F1", ("M9", "mentor"): "F2"})
    assert not breaks(RULE, case, {("M2", "mentor"): "F2", ("M9", "mentor"): "F2"})


def test_roles_may_differ_the_name_counts() -> None:
    seats = [mentor("M2"), {**mentor("M9"), "role": "co"}]
    case = problem([day(2), day(9)], ["F1", "F2"], seats=seats)
    assert breaks(RULE, case, {("M2", "mentor"): "F1", ("M9", "mentor"): "F2"})


# --- history -------------------------------------------------------------------------------------------------


def past(number: int, who: str, **cells: Any) -> Cells:
    """Return a session of the course in February, where the mentor seat was held."""
    times = {"start": f"2026-02-{number:02} 10:00", "end": f"2026-02-{number:02} 12:00"}
    told = {"series": "course", "seat": "mentor"} | cells
    return {"meeting": f"P{number}", "facilitator": who, "role": "lead", **times, **told}


def test_who_held_the_seat_before_holds_it_now() -> None:
    case = course(2, 9, history=[past(2, "F1")])
    assert not wrong(case, "F1", "F1")
    assert wrong(case, "F2", "F2")
    assert wrong(case, "F1", "F2")
    assert wrong(case, None, "F2")
    assert not wrong(case, None, None)


def test_history_binds_a_single_session_too() -> None:
    case = course(2, history=[past(2, "F1")])
    assert wrong(case, "F2")
    assert not wrong(case, "F1")
    assert not wrong(case, None)


def test_of_several_the_latest_counts_whatever_the_order_of_the_rows() -> None:
    rows = [past(2, "F1"), past(9, "F2"), past(3, "F1")]
    for history in (rows, rows[::-1], [rows[1], rows[0], rows[2]]):
        case = course(2, history=history)
        assert wrong(case, "F1")
        assert not wrong(case, "F2")


def test_the_latest_by_time_though_its_number_is_lower() -> None:
    case = course(2, history=[past(9, "F2", session=1), past(2, "F1", session=5)])
    assert not wrong(case, "F2")
    assert wrong(case, "F1")


def test_who_has_left_binds_nobody_and_the_one_before_counts() -> None:
    case = course(2, 9, history=[past(2, "F1"), past(9, "left")])
    assert not wrong(case, "F1", "F1")
    assert wrong(case, "F2", "F2")
    gone = course(2, 9, history=[past(2, "left too"), past(9, "left")])
    assert not wrong(gone, "F2", "F2")
    assert not wrong(gone, "F1", "F1")
    assert wrong(gone, "F1", "F2")


@pytest.mark.parametrize(
    "cells",
    [{"seat": "guest"}, {"seat": None}, {"series": "other"}, {"series": None}, {"meeting": "M9"}],
)
def test_other_history_binds_nobody(cells: dict[str, str | None]) -> None:
    # Another seat, a seat that is not named, another series, none; and a meeting that is planned here.
    case = course(2, 9, history=[past(2, "F1", **cells)])
    assert not wrong(case, "F2", "F2")
    assert wrong(case, "F1", "F2")


@pytest.mark.parametrize("word", ["none", "prefer", "rotate"])
def test_history_binds_no_other_word(word: str) -> None:
    assert not wrong(course(2, continuity=word, history=[past(2, "F1")]), "F2")


# --- slots, duties, pins, solving ----------------------------------------------------------------------------


def test_flexible_sessions_are_bound_in_every_slot() -> None:
    slots = [{"meeting": "M9", "start": f"2026-03-{d} 10:00", "end": f"2026-03-{d} 12:00"} for d in ("09", "10")]
    rows: list[Cells] = [day(2, session=1), {"meeting": "M9", "series": "course", "session": 2}]
    case = problem(rows, ["F1", "F2"], seats=[mentor("M2"), mentor("M9")], slots=slots)
    check_rule(SameTeamRule(), case)
    for start, _ in case.times(case.meeting("M9")):
        for name, expected in (("F1", False), ("F2", True)):
            first = RosterRow(meeting="M2", seat="mentor", facilitator="F1")
            second = RosterRow(meeting="M9", seat="mentor", facilitator=name, start=start)
            assert bool(check(case, Roster(rows=(first, second))).by_rule[RULE]) is expected


def test_duties_of_the_series_are_no_sessions() -> None:
    duties = [{"duty": f"D{n}", "kind": "mentor", "hours": 1, "series": "course"} for n in (1, 2)]
    case = course(2, duties=duties)
    assert not breaks(RULE, case, {("M2", "mentor"): "F1", ("D1", "mentor"): "F2", ("D2", "mentor"): "F1"})


def test_a_pin_to_another_than_history_names_is_an_error() -> None:
    pins = [{"meeting": "M9", "seat": "mentor", "facilitator": "F2"}]
    with pytest.raises(ProblemError, match="pins, row 1, column facilitator: breaks the rule same-team") as caught:
        solve(course(2, 9, history=[past(2, "F1")], pins=pins))
    assert len(caught.value.errors) == 1
    pins = [{"meeting": "M9", "seat": "mentor", "facilitator": "F1"}]
    assert solve(course(2, 9, history=[past(2, "F1")], pins=pins), workers=1).status is Status.OPTIMAL


def test_a_pin_draws_the_whole_series() -> None:
    found = solve(course(2, 9, 16, pins=[{"meeting": "M9", "seat": "mentor", "facilitator": "F2"}]), workers=1)
    assert {row.facilitator for row in found.roster.rows} == {"F2"}


def test_pins_to_two_people_clash() -> None:
    pins = [{"meeting": f"M{n}", "seat": "mentor", "facilitator": who} for n, who in ((2, "F1"), (16, "F2"))]
    found = solve(course(2, 9, 16, pins=pins), workers=1)
    assert found.status is Status.INFEASIBLE
    assert [pin.meeting for pin in found.clash] == ["M2", "M16"]


def away(name: str, *days: int) -> list[Cells]:
    return [
        {"facilitator": name, "start": f"2026-03-{n:02}", "end": f"2026-03-{n:02}", "kind": "unavailable"} for n in days
    ]


def test_where_no_one_can_hold_all_as_many_as_can_be_are_held() -> None:
    # F1 cannot on the 9th, F2 on the 2nd and the 16th: F1 holds two, and the session between stays empty.
    found = solve(course(2, 9, 16, availability=away("F1", 9) + away("F2", 2, 16)), workers=1)
    assert found.status is Status.OPTIMAL
    assert [found.roster.holder(f"M{n}", "mentor") for n in (2, 9, 16)] == ["F1", None, "F1"]


def test_who_is_bound_but_cannot_come_is_not_replaced() -> None:
    found = solve(course(2, 9, history=[past(2, "F1")], availability=away("F1", 2)), workers=1)
    assert [found.roster.holder(f"M{n}", "mentor") for n in (2, 9)] == [None, "F1"]
    left = solve(course(2, 9, people=["F2"], history=[past(2, "F1")]), workers=1)
    assert {row.facilitator for row in left.roster.rows} == {"F2"}


def test_who_leaves_in_mid_period_goes_on_binding_and_the_empty_seat_says_why() -> None:
    # F1 led before and leaves on the 10th. F2 could lead the 16th, but the seat is F1's.
    people = [facilitator("F1", left="2026-03-10"), facilitator("F2")]
    case = course(2, 9, 16, people=people, history=[past(2, "F1")])
    found = solve(case, workers=1)
    assert [found.roster.holder(f"M{n}", "mentor") for n in (2, 9, 16)] == ["F1", "F1", None]
    (empty,) = empty_seats(case, found.roster, STANDARD_RULES)
    assert (empty.meeting, empty.seat) == ("M16", "mentor")
    assert (dict(empty.fell), empty.eligible, dict(empty.kept_out)) == ({"available": 1}, 1, {RULE: 1})


# --- words, input --------------------------------------------------------------------------------------------


def test_the_words_name_the_seat_the_series_and_the_people() -> None:
    (finding,) = check(course(2, 9), roster({("M2", "mentor"): "F2", ("M9", "mentor"): "F1"})).by_rule[RULE]
    assert finding.words.en == "seat mentor of series course is held by F2, F1; one person must hold it throughout."
    assert (
        finding.words.nl
        == "plaats mentor van reeks course is bezet door F2, F1; één persoon moet haar steeds bezetten."
    )
    assert (finding.facilitators, finding.meetings, finding.seat) == (("F2", "F1"), ("M2", "M9"), "mentor")


def test_the_words_name_who_held_it_before() -> None:
    case = course(2, history=[past(2, "F1")])
    (finding,) = check(case, roster({("M2", "mentor"): "F2"})).by_rule[RULE]
    assert (
        finding.words.en
        == "seat mentor of series course is held by F2; one person must hold it throughout, F1 as before."
    )
    assert (
        finding.words.nl
        == "plaats mentor van reeks course is bezet door F2; één persoon moet haar steeds bezetten, F1 zoals eerder."
    )


def test_continuity_without_a_series_is_an_error() -> None:
    with pytest.raises(ProblemError, match="seats, row 1, column continuity: is asked for a meeting without a series"):
        problem([day(2, series=None)], seats=[mentor("M2")])


def test_two_words_for_one_seat_of_a_series_are_an_error_with_both_rows() -> None:
    with pytest.raises(ProblemError, match="seats, rows 1, 3, column continuity: differs within the series"):
        problem([day(2), day(9)], seats=[mentor("M2"), mentor("M2", "none", "guest"), mentor("M9", "prefer")])


def test_the_same_name_in_two_series_may_have_two_words() -> None:
    rows = [day(2), day(9), day(3, series="other"), day(4, series="other")]
    seats = [mentor("M2"), mentor("M9"), mentor("M3", "rotate"), mentor("M4", "rotate")]
    case = problem(rows, [facilitator("F1"), facilitator("F2")], seats=seats)
    assert not breaks(RULE, case, {("M3", "mentor"): "F1", ("M4", "mentor"): "F2"})
    assert breaks(RULE, case, {("M2", "mentor"): "F1", ("M9", "mentor"): "F2"})
