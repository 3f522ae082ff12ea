"""Rule `past`: which meetings are past, who held them, and what a roster may say of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from tests.builders import MARCH, Cells, Holders, meeting, roster
from tests.rules.half_over import FIXED, did, flexible, half, holders, on, seats, told, violated

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, Status, check, solve
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.explain import empty_seats
from poolmatch.rules.past import PastRule
from poolmatch.testing import check_rule

RULE = "past"


# --- which meetings are past -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "past"),
    [
        (None, set()),
        ("2026-03-01", set()),
        ("2026-03-10", set()),  # it begins in the evening of today
        ("2026-03-11", {"M1"}),
        ("2026-03-20", {"M1"}),
        ("2026-03-21", {"M1", "M2"}),
        ("2026-05-01", {"M1", "M2"}),
    ],
)
def test_what_began_before_the_local_day_is_past(today: str | None, past: set[str]) -> None:
    case = half(period={**MARCH, "today": today}, duties=[{"duty": "D1", "kind": "report", "hours": 1}])
    assert case.frozen.keys() == past  # a duty never is


@pytest.mark.parametrize(("clock", "past"), [("23:30", True), ("00:00", False), ("00:30", False)])
def test_the_day_is_that_of_the_period(clock: str, past: bool) -> None:
    # 00:30 on the 15th is 23:30 on the 14th in UTC.
    start = f"2026-03-{14 if past else 15} {clock}"
    case = half([meeting("M1", start, "2026-03-15 02:00")])
    assert ("M1" in case.frozen) == past


@pytest.mark.parametrize(
    ("days", "tables", "held"),
    [
        ((10, 20), {}, None),
        ((10, 14), {}, 10),  # all its slots are past
        ((10, 15), {}, None),
        ((10, 12, 20), {"published": [told("F1", start="2026-03-12 19:30")]}, 12),
        ((10, 12, 20), {"published": [told("F1", start="2026-03-20 19:30")]}, None),
        ((10, 14), {"published": [told("F1", start="2026-03-14 19:30")]}, 14),
        ((10, 20), {"published": [told("F1")]}, None),
        # It was told at a time that is no slot any more: it has been moved.
        ((20, 22), {"published": [told("F1", start="2026-03-12 19:30")]}, None),
        # History counts before what was told, whichever of the two is earlier.
        ((10, 12, 20), {"history": [did("F1", day=12)], "published": [told("F1", start="2026-03-20 19:30")]}, 12),
        ((10, 12, 20), {"history": [did("F1", day=12)], "published": [told("F1", start="2026-03-10 19:30")]}, 12),
        ((20, 22), {"history": [did("F1", day=13)]}, 13),  # it was held at a time that is no slot
        ((10, 20), {"history": [did("F1", day=16)]}, None),  # what is to come cannot have been
        ((10, 20), {"history": [did("F1", day=20)], "published": [told("F1", start="2026-03-10 19:30")]}, 10),
    ],
)
def test_of_a_flexible_meeting_history_tells_when_it_was_else_what_was_told(
    days: Sequence[int], tables: Cells, held: int | None
) -> None:
    case = flexible(days, **tables)
    if held is None:
        assert case.frozen == {}
        assert [case.period.local_day(start).day for start, _ in case.times(case.meeting("M1"))] == list(days)
    else:
        start, end = (datetime(2026, 3, held, hour, 30, tzinfo=UTC) for hour in (18, 20))
        assert (case.frozen["M1"].start, case.frozen["M1"].end) == (start, end)
        assert case.times(case.meeting("M1")) == ((start, end),)


def test_a_fixed_meeting_goes_by_its_own_start_and_length() -> None:
    # History says that it was on the 20th, and lasted all day; what was told says the 20th too.
    row = {**did("F2"), "start": "2026-03-20 09:00", "end": "2026-03-20 19:00"}
    case = half([on("M1", 10)], history=[row], published=[told("F1", start="2026-03-20 19:30")])
    assert case.frozen["M1"].start == case.meetings[0].start
    assert holders(case) == {"lead": "F2"}
    assert Plan(case, Roster()).assignments[0].hours == 2
    late = half([on("M1", 20)], history=[did("F2")])
    assert late.frozen == {}


# --- who held them -----------------------------------------------------------------------------------------

TEAM = seats("lead", "co-a", "co-b")


@pytest.mark.parametrize(
    ("history", "published", "expected"),
    [
        ([], [], (None, None, None)),
        ([], [told("F1"), told("F2", seat="co-b"), told(None, seat="co-a")], ("F1", None, "F2")),
        ([], [told("gone"), told("F2", seat="host")], ("gone", None, None)),
        # History alone, if there is any.
        ([did("F2")], [told("F1"), told("F1", seat="co-a")], ("F2", None, None)),
        ([did("F2", seat="co-b", role="co")], [told("F1")], (None, None, "F2")),
        # Who names no seat had the first free one of the role.
        ([did("F2", role="co"), did("F1", role="co")], [], (None, "F1", "F2")),
        ([did("F2", role="co"), did("F1", seat="co-a", role="co")], [], (None, "F1", "F2")),
        ([did(name, role="co") for name in ("F3", "F2", "F1")], [], (None, "F1", "F2")),
        ([did("F1", role="scribe")], [told("F1")], (None, None, None)),
        ([did("F1", role="co"), did("F1", role="co")], [], (None, "F1", None)),  # a row that stands there twice
        ([did("F1", seat="lead"), did("F1", role="co")], [], ("F1", None, None)),
        # Of two for one seat the last by id.
        ([did("F1", seat="lead"), did("F2", seat="lead")], [], ("F2", None, None)),
        ([did("F1", seat="host"), did("F2", seat="lead")], [], ("F2", None, None)),
    ],
)
def test_history_says_who_held_a_seat_else_what_was_told(
    history: Sequence[Cells], published: Sequence[Cells], expected: Sequence[str | None]
) -> None:
    for order in (1, -1):
        case = half(seats=TEAM, people=["F1", "F2", "F3"], history=history[::order], published=published[::order])
        assert tuple(holders(case).values()) == expected
        check_rule(PastRule(), case)


def test_a_time_that_was_told_and_not_kept_says_who_came_all_the_same() -> None:
    case = half([on("M1", 10)], published=[told("F1", start="2026-03-09 08:00")])
    assert holders(case) == {"lead": "F1"}


# --- what rosters may say ----------------------------------------------------------------------------------

LED = half(history=[did("F1")])


def test_the_example_of_the_rule() -> None:
    assert violated(LED, roster({"M1": "F2"})) == {RULE}
    (finding,) = check(LED, roster({"M1": "F2"})).by_rule[RULE]
    assert finding.words.en == "M1, seat lead is past: F1 held it, not F2."
    assert finding.words.nl == "M1, plaats lead is geweest: F1 bezette haar, niet F2."
    assert (finding.facilitators, finding.meetings, finding.seat) == (("F1", "F2"), ("M1",), "lead")


@pytest.mark.parametrize(
    ("rows", "legal"),
    [
        ([], True),
        ([{"facilitator": None}], True),
        ([{"facilitator": "F1"}], True),
        ([{"facilitator": "F1", "start": "2026-03-10 19:30", "end": "2026-03-10 21:30"}], True),
        ([{"facilitator": None, "start": "2026-03-10 19:30"}], True),
        ([{"facilitator": "F2"}], False),
        ([{"facilitator": "F1", "start": "2026-03-10 19:00"}], False),
        ([{"facilitator": None, "start": "2026-03-11 19:30"}], False),
        ([{"facilitator": "F1", "end": "2026-03-10 22:00"}], False),
        ([{"facilitator": "F1"}, {"facilitator": "F2"}], False),
    ],
)
def test_a_row_is_as_it_was_or_left_out_or_blank(rows: Sequence[Cells], legal: bool) -> None:
    context = {"zone": LED.period.zone}
    made = [RosterRow.model_validate({"meeting": "M1", "seat": "lead", **row}, context=context) for row in rows]
    report = check(LED, Roster(rows=tuple(made)))
    assert report.legal == legal
    assert (RULE in {item.rule for item in report.violations}) != legal
    if legal:
        assert report.roster.holder("M1", "lead") == "F1"
        assert [row.start for row in report.roster.rows][:1] == [LED.meetings[0].start]


def test_a_seat_that_stood_empty_stays_so() -> None:
    case = half(seats=seats("lead", "co"), published=[told("F1")])
    assert violated(case, roster({("M1", "co"): "F2"})) == {RULE}
    assert check(case, roster({("M1", "co"): None})).roster.holder("M1", "co") is None
    (empty,) = [row for row in empty_seats(case, solve(case, **FIXED).roster, STANDARD_RULES) if row.meeting == "M1"]
    assert (empty.seat, empty.kept_out) == ("co", {RULE: 2})


def test_who_is_not_in_the_pool_may_be_named_only_where_they_were() -> None:
    case = half(history=[did("gone")])
    assert check(case, roster({"M1": "gone"})).legal
    wrong: tuple[Holders, ...] = ({"M2": "gone"}, {"M1": "other"})
    for elsewhere in wrong:
        with pytest.raises(ProblemError, match="is not in the pool"):
            check(case, roster(elsewhere))


def test_no_slot_before_today_is_chosen() -> None:
    case = flexible((10, 14, 15, 20))
    for slot, legal in enumerate((False, False, True, True)):
        held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": case.slots[slot].start})
        assert check(case, held).legal == legal
    assert check_rule(PastRule(), case) == 1 + 2 * 4
    result = solve(case, **FIXED)
    assert result.status is Status.OPTIMAL
    assert case.period.local_day(result.roster.rows[0].start or case.period.span[0]).day in (15, 20)
    # Without a start the first that can be chosen is meant.
    assert Roster.of(case, {("M1", "lead"): "F1"}).rows[0].start == case.slots[2].start


# --- warnings ----------------------------------------------------------------------------------------------


def doubts(case: Problem) -> list[tuple[str, tuple[int, ...]]]:
    return [(item.column, item.rows) for item in case.warnings if item.table == "history"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([did("F1")], []),
        ([did("F1", seat="lead")], []),
        ([did("F1", "M2", 20)], [("meeting", (1,))]),  # still to come: ignored
        ([did("F1", day=9)], [("start", (1,))]),
        ([did("F1", day=1)], [("start", (1,))]),  # perhaps a meeting of last month under the same id
        ([did("F1", seat="host")], [("seat", (1,))]),
        ([did("F1", role="co")], [("seat", (1,))]),
        ([did("F1"), did("F2")], [("seat", (2,))]),
        ([did("F2", seat="lead"), did("F1", seat="lead")], [("seat", (2,))]),
        ([did("gone")], [("facilitator", (1,))]),
    ],
)
def test_a_row_of_history_that_does_not_count_is_told(
    rows: Sequence[Cells], expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert doubts(half(history=rows)) == expected


def test_a_past_meeting_of_which_nothing_is_known_is_told() -> None:
    rows = [on(f"M{day}", day) for day in (9, 10, 11, 20)]
    case = half(rows, history=[did("F1", "M9", 9)], published=[told(None, "M11")])
    assert [(item.rows, item.severity) for item in case.warnings if "began before today" in item.reason] == [
        ((2,), "warning")
    ]
    assert holders(case, "M10") == {"lead": None}
    assert not any("began before today" in item.reason for item in case.replace(period=MARCH).warnings)


def test_without_today_history_of_a_planned_meeting_is_ignored_and_told() -> None:
    case = half(period=MARCH, history=[did("F1"), did("F2", "M2", 20)])
    assert doubts(case) == [("meeting", (1, 2))]
    assert (case.frozen, case.past) == ({}, ())
