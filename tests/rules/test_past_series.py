"""Series of which some sessions are past: who goes on with them, and when the next one may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import MARCH, Cells, Holders, facilitator, roster
from tests.rules.half_over import FIXED, did, half, notes, on, seats, told, violated

from poolmatch import STANDARD_RULES, Problem, Roster, Status, check, solve
from poolmatch.checking import input_issues
from poolmatch.testing import check_rule


def course(
    *days: int, continuity: str = "same", people: Sequence[str | Cells] = ("F1", "F2", "F3"), **tables: Any
) -> Problem:
    """Return sessions M1, M2 … of a course with one lead seat."""
    rows = [on(f"M{n}", day, series="course", session=n) for n, day in enumerate(days, 1)]
    places = [{"meeting": row["meeting"], "seat": "lead", "role": "lead", "continuity": continuity} for row in rows]
    return half(rows, people, seats=places, **tables)


@pytest.mark.parametrize(
    ("past", "history", "bound"),
    [
        ([did("F1")], [], "F1"),
        ([did("F1"), did("F2", "M2", 12)], [], "F2"),  # the latest
        ([did("F2"), did("gone", "M2", 12)], [], "F2"),  # who is still in the pool
        ([did("F1")], [did("F3", "old", 14)], "F1"),  # before history, even if that was later
        ([did("gone")], [did("F3", "old", 1)], "F3"),
        ([], [did("F3", "old", 1)], "F3"),
        ([did("gone"), did("gone", "M2", 12)], [], None),
    ],
)
def test_same_binds_to_the_latest_of_the_past(
    past: Sequence[Cells], history: Sequence[Cells], bound: str | None
) -> None:
    before = [{**row, "series": "course", "seat": "lead"} for row in history]
    case = course(10, 12, 20, history=[*past, *before])
    check_rule(STANDARD_RULES["same-team"], case)
    for name in ("F1", "F2", "F3"):
        assert check(case, roster({"M3": name})).legal == (bound in (None, name))
    if bound is not None:
        assert solve(case, **FIXED).roster.holder("M3", "lead") == bound


@pytest.mark.parametrize(("first", "second"), [("A", "B"), ("B", "A")])
def test_at_one_moment_the_last_by_id_was_the_latest_whatever_the_order_of_rows(first: str, second: str) -> None:
    held = {"A": did("F2", "A", 1), "B": did("F1", "B", 1)}
    rows = [{**held[name], "series": "course", "seat": "lead"} for name in (first, second)]
    case = course(20, history=rows)
    assert check(case, roster({"M1": "F1"})).legal
    assert violated(case, roster({"M1": "F2"})) == {"same-team"}
    turns = course(20, continuity="rotate", history=rows)
    assert [check(turns, roster({"M1": name})).penalty("continuity") for name in ("F1", "F2")] == [1, 0]
    # Two who held one seat of one meeting: by id of the person.
    pair = [did(name, "A", 1, series="course", seat="lead") for name in ("F2", "F3")]
    for order in (1, -1):
        assert check(course(20, history=pair[::order]), roster({"M1": "F3"})).legal
        assert not check(course(20, history=pair[::order]), roster({"M1": "F2"})).legal


@pytest.mark.parametrize(("second", "session"), [("B", 9), ("B", 1)])
def test_the_session_does_not_decide_between_meetings_at_one_moment(second: str, session: int) -> None:
    rows = [
        did("F2", "A", 1, series="course", seat="lead", session=5),
        did("F1", second, 1, series="course", seat="lead", session=session),
    ]
    assert violated(course(20, history=rows), roster({"M1": "F2"})) == {"same-team"}


@pytest.mark.parametrize(("left", "waits"), [("2026-03-19", True), ("2026-03-20", False)])
def test_same_goes_on_binding_to_who_leaves_and_a_note_says_why_the_seat_is_empty(left: str, waits: bool) -> None:
    case = course(10, 20, history=[did("F1")], people=[facilitator("F1", left=left), "F2"])
    assert violated(case, roster({"M2": "F2"})) == {"same-team"}
    found = [item for item in check(case, Roster()).by_rule["same-team"] if item.severity == "note"]
    assert [item.meetings for item in found] == ([("M2",)] if waits else [])
    assert check(case, Roster()).legal


@pytest.mark.parametrize(("left", "bound"), [("2026-02-28", "F2"), ("2026-03-01", "F1"), (None, "F1")])
def test_who_left_before_the_period_is_no_longer_in_the_pool(left: str | None, bound: str) -> None:
    before = [did("F2", "A", 1), did("F1", "B", 2)]
    history = [{**row, "series": "course", "seat": "lead"} for row in before]
    case = course(20, people=[facilitator("F1", left=left), "F2"], history=history)
    assert {name for name in ("F1", "F2") if check(case, roster({"M1": name})).by_rule["same-team"] == ()} == {bound}


def test_sessions_without_numbers_stand_in_order_of_their_first_slots_whenever_they_were_held() -> None:
    # M1 could be on the 5th or the 14th, and was on the 14th; M2 was on the 10th, M3 is on the 20th.
    later = (on(name, day, series="course") for name, day in (("M2", 10), ("M3", 20)))
    rows = [{"meeting": "M1", "series": "course"}, *later]
    slots = [{"meeting": "M1", "start": f"2026-03-{d:02} 19:30", "end": f"2026-03-{d:02} 21:30"} for d in (5, 14)]
    places = [place for name in ("M1", "M2", "M3") for place in seats("lead", of=name, continuity="rotate")]
    history = [did("F1", "M1", 14), did("F2", "M2")]
    case = half(rows, slots=slots, seats=places, history=history)
    assert [row.meeting for row in case.series["course"]] == ["M1", "M2", "M3"]
    assert [check(case, roster({"M3": name})).penalty("continuity") for name in ("F1", "F2")] == [0, 1]


def test_a_seat_that_changed_hands_is_told_and_the_rest_goes_on_with_the_last() -> None:
    case = course(10, 12, 20, history=[did("F1"), did("F2", "M2", 12)])
    assert [item.rule for item in notes(case, Roster())] == ["same-team"]
    assert check(case, roster({"M3": "F2"})).legal
    assert violated(case, roster({"M3": "F1"})) == {"same-team"}


def test_turns_are_taken_after_who_held_the_last_session() -> None:
    case = course(10, 20, continuity="rotate", history=[did("F1")])
    assert [check(case, roster({"M2": name})).penalty("continuity") for name in ("F1", "F2")] == [1, 0]
    check_rule(STANDARD_RULES["continuity"], case)


def test_somebody_who_has_left_is_one_of_the_faces() -> None:
    case = course(10, 20, 21, continuity="prefer", history=[did("gone")])
    points = {"": 0, "F1": 1, "F1 F1": 1, "F1 F2": 2}
    for names, expected in points.items():
        held: Holders = dict(zip(("M2", "M3"), names.split(), strict=False))
        assert check(case, roster(held)).penalty("continuity") == expected
    check_rule(STANDARD_RULES["continuity"], case)


def test_a_session_to_come_keeps_its_distance_from_one_that_was() -> None:
    # M1 was on the 14th, held by somebody who has left or by nobody; M2 may be on the 15th or the 20th.
    rows = [on("M1", 14, series="course", session=1), {"meeting": "M2", "series": "course", "session": 2}]
    slots = [{"meeting": "M2", "start": f"2026-03-{d} 19:30", "end": f"2026-03-{d} 21:30"} for d in (15, 20)]
    for who, binds in (("gone", True), ("F2", True), (None, False)):
        spacing = [{"series": "course", "min_days": 3}]
        case = half(rows, slots=slots, spacing=spacing, published=[told(who)])
        held = [Roster.of(case, {("M2", "lead"): "F1"}, {"M2": slot.start}) for slot in case.slots]
        assert [check(case, item).legal for item in held] == [not binds, True]
        check_rule(STANDARD_RULES["one-slot"], case)


def test_sessions_that_were_out_of_order_do_not_refuse_the_month() -> None:
    rows = [on("M1", 12, series="course", session=1), {"meeting": "M2", "series": "course", "session": 2}]
    slots = [{"meeting": "M2", "start": "2026-03-10 19:30", "end": "2026-03-10 21:30"}]
    case = half([*rows, on("M3", 20)], slots=slots, published=[told("F1"), told("F2", "M2")])
    result = solve(case, **FIXED)
    assert result.status is Status.OPTIMAL
    assert [item.rule for item in notes(case, Roster())] == ["one-slot"]


def test_a_spacing_that_only_a_slot_before_today_keeps_is_told() -> None:
    # M2 may be on the 14th, which is past by now, or on the 28th; M1 is on the 16th, at most three days apart.
    rows = [on("M1", 16, series="course"), {"meeting": "M2", "series": "course"}]
    slots = [{"meeting": "M2", "start": f"2026-03-{d} 19:30", "end": f"2026-03-{d} 21:30"} for d in (14, 28)]
    case = half(rows, slots=slots, spacing=[{"series": "course", "max_days": 3}])
    assert [item.table for item in input_issues(case, STANDARD_RULES)] == ["spacing"]
    assert input_issues(case.replace(period=MARCH), STANDARD_RULES) == []
