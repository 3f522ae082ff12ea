"""Rule `past`, and what all others make of a period that is half over."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np
import pytest
from tests.builders import EMPLOYER, MARCH, PARTY, Cells, Holders, facilitator, meeting, problem, roster
from tests.rings import seeds

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, RuleSet, Status, check, next_month, solve
from poolmatch.arrays import Candidates
from poolmatch.checking import input_issues
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.explain import empty_seats, waivers_that_help
from poolmatch.figures import fairness, ledger
from poolmatch.neutrality import certificate
from poolmatch.report.text import summary, verdict
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.rules.past import PastRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.testing import check_rule, random_problem
from poolmatch.views import Audience

RULE = "past"
TODAY: Cells = {**MARCH, "today": "2026-03-15"}
"""A Sunday; ISO week 12 begins the day after."""
FIXED: Cells = {"deterministic": True, "workers": 1}


def on(name: str, day: int, clock: str = "19:30", **cells: Any) -> Cells:
    """Return a meeting of two hours on a day of March."""
    hour, minute = map(int, clock.split(":"))
    return meeting(name, f"2026-03-{day:02} {clock}", f"2026-03-{day:02} {hour + 2:02}:{minute:02}", **cells)


def did(who: str, what: str = "M1", day: int = 10, role: str = "lead", **cells: Any) -> Cells:
    """Return a row of history, of two hours in the evening."""
    times = {"start": f"2026-03-{day:02} 19:30", "end": f"2026-03-{day:02} 21:30"}
    return {"meeting": what, "facilitator": who, "role": role, **times, **cells}


def told(who: str | None, what: str = "M1", seat: str = "lead", start: str | None = None) -> Cells:
    return {"meeting": what, "seat": seat, "facilitator": who, "slot_start": start}


def seats(*names: str, of: str = "M1", **cells: Any) -> list[Cells]:
    """Return seats that are called after their roles; a digest after a dash makes them differ."""
    return [{"meeting": of, "seat": name, "role": name.split("-")[0], **cells} for name in names]


BOTH = (on("M1", 10), on("M2", 20))


def half(meetings: Sequence[Cells] = BOTH, people: Sequence[str | Cells] = ("F1", "F2"), **tables: Any) -> Problem:
    """Return a problem of which the 15th is today; M1 was on the 10th, M2 comes on the 20th."""
    return problem(meetings, people, **{"period": TODAY} | tables)


def flexible(days: Sequence[int], **tables: Any) -> Problem:
    """Return M1 with a slot of two hours on each of these days, as of the 15th."""
    slots = [{"meeting": "M1", "start": f"2026-03-{day:02} 19:30", "end": f"2026-03-{day:02} 21:30"} for day in days]
    return half([{"meeting": "M1"}], slots=slots, **tables)


def holders(case: Problem, name: str = "M1") -> dict[str, str | None]:
    return dict(case.frozen[name].holders)


def violated(case: Problem, held: Roster, rules: RuleSet = STANDARD_RULES) -> set[str]:
    return {item.rule for item in check(case, held, rules).violations}


def notes(case: Problem, held: Roster, rules: RuleSet = STANDARD_RULES) -> list[Finding]:
    return [item for item in check(case, held, rules).findings if item.severity == "note"]


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


# --- what the past breaks, and what it leaves of limits -----------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "limit", "broken", "more"),
    [
        ("max-meetings", {"max_meetings": 1}, True, False),
        ("max-meetings", {"max_meetings": 2}, False, False),
        ("max-meetings", {"max_meetings": 3}, False, True),
        ("max-hours", {"max_hours": 3}, True, False),
        ("max-hours", {"max_hours": 4}, False, False),
        ("max-hours", {"max_hours": 6}, False, True),
    ],
)
def test_what_was_worked_counts_and_breaks_nothing_by_itself(rule: str, limit: Cells, broken: bool, more: bool) -> None:
    # F1 led two meetings of two hours before today; a third is to come.
    meetings = [on("M1", 10), on("M2", 12), on("M3", 20)]
    case = half(meetings, [facilitator("F1", **limit)], published=[told("F1"), told("F1", "M2")])
    assert check(case, Roster()).legal
    assert violated(case, roster({"M3": "F1"})) == (set() if more else {rule})
    assert [item.rule for item in notes(case, Roster())] == [rule] * broken
    check_rule(STANDARD_RULES[rule], case)
    result = solve(case, **FIXED)
    assert (result.roster.holder("M3", "lead") == "F1") == more
    assert result.status is Status.OPTIMAL


def test_a_duty_without_hours_takes_no_part_in_what_was_too_much() -> None:
    duties = [{"duty": name, "kind": name, "hours": hours} for name, hours in (("D1", 0), ("D2", 0.5))]
    case = half(people=[facilitator("F1", max_hours=1)], history=[did("F1")], duties=duties)
    assert check(case, roster({("D1", "D1"): "F1"})).legal
    assert violated(case, roster({("D2", "D2"): "F1"})) == {"max-hours"}
    check_rule(STANDARD_RULES["max-hours"], case)


class LeastMeetings(ConstraintRule):
    """At most one meeting each, written from below."""

    id: ClassVar[str] = "one-each"
    sentence: ClassVar[Words] = Words("One meeting each.", "Eén bijeenkomst per persoon.")

    def post(self, candidates: Candidates, model: Model) -> None:
        for position in range(len(candidates.world.people)):
            mine = candidates.of_person(position)
            column = np.arange(mine.start, mine.stop)
            model.rows(np.zeros(len(column), np.int64), column, -1, lower=[-1])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        for name, work in plan.of_facilitator.items():
            if len(work) > 1:
                meetings = tuple(item.meeting.meeting for item in work)
                yield Finding(self.id, "violation", Words("Too many.", "Te veel."), (name,), meetings)


def test_rules_of_ones_own_have_room_for_the_past_too() -> None:
    case = half([on("M1", 10), on("M2", 12), on("M3", 20)], ["F1"], published=[told("F1"), told("F1", "M2")])
    rules = STANDARD_RULES.plus(LeastMeetings())
    assert check_rule(LeastMeetings(), case) == 8
    assert [item.rule for item in notes(case, Roster(), rules)] == ["one-each"]
    assert violated(case, roster({"M3": "F1"}), rules) == {"one-each"}
    assert solve(case, rules, **FIXED).roster.holder("M3", "lead") is None


def test_what_was_broken_is_told_as_of_the_past() -> None:
    case = half(people=[facilitator("F1", max_meetings=0), "F2"], published=[told("F1")])
    (note,) = notes(case, Roster())
    assert (note.rule, note.meetings, note.points) == ("max-meetings", ("M1",), 0)
    assert note.words.en == "In the past: F1 has 1 meetings in the period, the limit is 0."
    assert note.words.nl == "In het verleden: F1 heeft 1 bijeenkomsten in de periode, de grens is 0."
    report = check(case, Roster())
    assert report.to_dict()["legal"]
    assert report.to_dict()["rules"]["max-meetings"]["violations"] == 0
    for language, head in zip(
        ("en", "nl"), ("The roster is legal.\n\nGood to know\n", "Goed om te weten\n"), strict=True
    ):
        text = verdict(report, language)
        assert head in text
        assert f"max-meetings: {getattr(note.words, language)}" in text
        assert f"max-meetings: {getattr(note.words, language)}" in summary(solve(case, **FIXED), language)


def test_the_week_of_today_counts_as_it_was() -> None:
    # Today is Wednesday the 18th; M1 was on Monday, M2 is on Friday of the same week, history was on the Tuesday.
    people = [facilitator("F1", max_per_week=2)]
    case = half([on("M1", 16), on("M2", 20)], people, published=[told("F1")], period={**MARCH, "today": "2026-03-18"})
    assert check(case, roster({"M2": "F1"})).legal
    busy = case.replace(history=[did("F1", "old", 17)])
    assert violated(busy, roster({"M2": "F1"})) == {"max-per-week"}
    assert check(busy, Roster()).legal
    check_rule(STANDARD_RULES["max-per-week"], busy)


def test_two_places_at_once_in_the_past_are_told_and_a_third_is_forbidden() -> None:
    # M1 and M2 overlap in the night to the 15th; M3 begins at 00:30 on the 15th, while M1 goes on.
    night = [
        meeting("M1", "2026-03-14 22:00", "2026-03-15 01:00"),
        meeting("M2", "2026-03-14 22:30", "2026-03-14 23:30"),
        meeting("M3", "2026-03-15 00:30", "2026-03-15 02:00"),
    ]
    case = half(night, ["F1"], published=[told("F1"), told("F1", "M2")])
    assert [item.rule for item in notes(case, Roster())] == ["no-double-booking"]
    assert "no-double-booking" in violated(case, roster({"M3": "F1"}))
    for rule in ("no-double-booking", "rest", "max-per-day"):
        check_rule(STANDARD_RULES[rule], case)
    assert solve(case, **FIXED).roster.holder("M3", "lead") is None


@pytest.mark.parametrize(("clock", "rested"), [("08:00", False), ("08:30", True)])
def test_there_is_rest_after_the_evening_before(clock: str, rested: bool) -> None:
    # M1 ended at 21:30 on the 14th; eleven hours later it is 8:30.
    case = half([on("M1", 14), on("M2", 15, clock)], ["F1"], history=[did("F1", day=14)])
    assert violated(case, roster({"M2": "F1"})) == (set() if rested else {"rest"})


def test_who_could_not_have_come_was_there_all_the_same() -> None:
    # F1 works for the party that decides, and was not available; no roster is illegal by that.
    people: list[str | Cells] = [facilitator("F1", organisation=PARTY), "F2"]
    away = {"facilitator": "F1", "start": "2026-03-10", "end": "2026-03-10", "kind": "unavailable"}
    case = half(people=people, history=[did("F1")], availability=[away])
    result = solve(case, **FIXED)
    assert result.status is Status.OPTIMAL
    assert result.roster.holder("M1", "lead") == "F1"
    assert {item.rule for item in result.report.findings if item.severity == "note"} == {"neutral", "available"}
    assert [row.degree for row in result.roster.rows] == ["blocked", "neutral"]


def test_an_exposure_of_the_past_counts_in_each_window() -> None:
    rule = ExposureCapRule(cap=1, window_days=9)
    rules = STANDARD_RULES.plus(rule)
    case = half([on("M1", 10), on("M2", 18), on("M3", 19)], ["F1"], history=[did("F1")])
    assert violated(case, roster({"M2": "F1"}), rules) == {"exposure-cap"}  # 10 to 18: nine days
    assert check(case, roster({"M3": "F1"}), rules).legal
    assert check_rule(rule, case) == 8  # left blank or as it was, M1 is the same
    # Two that were too close are told, and do not count against what lies far from them.
    case = half([on("M1", 10), on("M2", 12), on("M3", 28)], ["F1"], published=[told("F1"), told("F1", "M2")])
    assert check(case, roster({"M3": "F1"}), rules).legal
    assert [item.rule for item in notes(case, Roster(), rules)] == ["exposure-cap"]
    assert check_rule(rule, case) == 8


def test_a_hard_rule_on_externals_lets_the_past_be() -> None:
    rules = STANDARD_RULES.plus(ExternalLastRule(hard=True))
    case = half(people=["F1", facilitator("X", external=True)], history=[did("X")])
    result = solve(case, rules, **FIXED)
    assert [row.facilitator for row in result.roster.rows] == ["X", "F1"]
    # In the standard rules it costs what it always does: an outsider came though F1 was possible.
    report = check(case, roster({"M2": "F1"}))
    assert report.penalty("external-last") == 3
    tier = next(tier for tier in solve(case, **FIXED).tiers if tier.tier == 2)
    assert (tier.value, tier.bound, tier.unavoidable) == (3, 3, 3)


# --- series ------------------------------------------------------------------------------------------------


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


# --- who has left since ------------------------------------------------------------------------------------


def test_who_has_left_fills_the_seat_gives_no_hours_and_costs_nothing() -> None:
    places = [*seats("lead", "co"), *seats("observer", required=False)]
    rows = [told("gone"), told("F1", seat="co"), told("also gone", seat="observer")]
    case = half(seats=places, published=rows)
    report = check(case, roster({"M2": "F2"}))
    assert report.legal
    assert (report.penalty("fill-seats"), report.penalty("optional-seats")) == (0, 0)
    assert [row.facilitator for row in report.roster.rows] == ["gone", "F1", "also gone", "F2"]
    # Three times two hours received on the 10th, and two on the 20th; given are those of F1 and F2.
    books = ledger(case, report.roster)
    assert [books.of(PARTY).received, books.of(PARTY).external, books.of(EMPLOYER).given] == [4, 4, 4]
    assert sum(row.balance for row in books.accounts) == 0
    assert books.of(PARTY).closing == Fraction(-8)
    assert report.penalty("reciprocity") == 60 * (8 + 4)
    assert [row.hours for row in fairness(case, report.roster).people] == [2, 2]
    for rule in ("fill-seats", "optional-seats", "reciprocity", "fair-load", "few-people", "worst-served"):
        check_rule(RuleSet.from_toml(f"[rules.{rule}]")[rule], case)
    result = solve(case, **FIXED)
    assert result.seats == {"required": 3, "filled": 3}
    assert "gone, no longer in the pool" in summary(result)
    assert "gone, niet meer in de pool" in summary(result, "nl")


def test_a_certificate_names_whom_nobody_can_judge_any_more() -> None:
    case = half(seats=seats("lead", "co"), published=[told("gone"), told("F1", seat="co")])
    proof = certificate(case, Roster())
    assert [entry.facilitator for entry in proof.entries] == ["F1"]
    assert proof.to_dict()["unjudged"] == [{"meeting": "M1", "seat": "lead", "facilitator": "gone"}]
    assert "2026-03-10 M1\n  gone (lead): not judged: no longer in the pool" in proof.to_text()
    assert "gone (lead): niet beoordeeld: niet meer in de pool" in proof.to_text("nl")
    for reader, shown in (
        (Audience.party(PARTY), True),
        (Audience.party(EMPLOYER), False),
        (Audience.facilitator("F1"), False),
        (Audience.facilitator("gone"), True),
    ):
        assert bool(certificate(case, Roster(), audience=reader).unjudged) == shown


def test_no_consent_helps_a_meeting_that_was() -> None:
    # Nobody came to M1, and F1 could have come with the town's consent; to M2 they can.
    link = {"source": "Other", "target": PARTY, "kind": "affiliate"}
    case = half(people=[facilitator("F1", organisation="Other")], links=[link])
    both = {item.meeting for item in waivers_that_help(case.replace(period=MARCH), STANDARD_RULES)}
    assert both == {"M1", "M2"}
    assert {item.meeting for item in waivers_that_help(case, STANDARD_RULES)} == {"M2"}


def test_where_somebody_led_who_has_left_the_others_seats_count_as_filled() -> None:
    case = half([on("M1", 10)], seats=seats("lead", "co"), published=[told("gone"), told("F1", seat="co")])
    assert check(case, Roster()).penalty("fill-seats") == 0
    case = half([on("M1", 10)], seats=seats("lead", "co"), published=[told("gone", seat="co")])
    assert check(case, Roster()).penalty("fill-seats") == 2 * 4  # nobody led
    check_rule(STANDARD_RULES["fill-seats"], case)


# --- pins --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "start", "column"),
    [("F1", None, None), ("F2", None, "facilitator"), (None, None, "facilitator"), ("F1", 20, "slot_start")],
)
def test_pins_on_a_past_meeting_are_ignored_with_a_warning_where_they_differ(
    who: str | None, start: int | None, column: str | None
) -> None:
    when = None if start is None else f"2026-03-{start} 19:30"
    pin = {"meeting": "M1", "seat": "lead", "facilitator": who, "slot_start": when}
    case = flexible((10, 20), history=[did("F1")], pins=[pin])
    result = solve(case, **FIXED)
    assert (result.status, result.roster.holder("M1", "lead")) == (Status.OPTIMAL, "F1")
    assert [(item.table, item.rows, item.column) for item in result.report.warnings if item.table == "pins"] == (
        [] if column is None else [("pins", (1,), column)]
    )
    check_rule(PinnedRule(), case)


def test_a_pin_beside_the_past_breaks_a_rule_with_it() -> None:
    # F1 has had the one meeting that they may have; the pin asks for a second.
    pin = {"meeting": "M2", "seat": "lead", "facilitator": "F1"}
    case = half(people=[facilitator("F1", max_meetings=1), "F2"], history=[did("F1")], pins=[pin])
    (issue,) = [item for item in input_issues(case, STANDARD_RULES) if item.severity == "error"]
    assert (issue.rows, "max-meetings" in issue.reason) == ((1,), True)
    forced = solve(case, STANDARD_RULES.plus(PinnedRule(force=True)), **FIXED)
    assert [row.facilitator for row in forced.roster.rows] == ["F1", "F1"]
    assert {item.rule for item in forced.report.violations} == {"max-meetings"}


@pytest.mark.parametrize(("who", "severity"), [("F1", "error"), (None, "warning")])
def test_a_pin_to_a_slot_before_today_is_told(who: str | None, severity: str) -> None:
    pin = {"meeting": "M1", "seat": "lead", "facilitator": who, "slot_start": "2026-03-10 19:30"}
    found = input_issues(flexible((10, 20), pins=[pin]), STANDARD_RULES)
    assert [(item.table, item.severity) for item in found] == [("pins", severity)]


def test_the_roster_of_infeasible_is_the_past_alone() -> None:
    # Two pins that only together are one meeting too many in the week.
    rows = [on("M1", 10), on("M2", 17), on("M3", 19)]
    pins = [{"meeting": name, "seat": "lead", "facilitator": "F1"} for name in ("M2", "M3")]
    case = half(rows, [facilitator("F1", max_per_week=1), "F2"], history=[did("F2")], pins=pins)
    result = solve(case, **FIXED)
    assert result.status is Status.INFEASIBLE
    assert [row.facilitator for row in result.roster.rows] == ["F2", None, None]
    assert [pin.meeting for pin in result.clash] == ["M2", "M3"]


# --- solving -----------------------------------------------------------------------------------------------


def test_planning_on_from_a_day_in_the_middle() -> None:
    # F1 led M1 and may do one meeting in all; F2 falls ill on the 15th. M2 of the 20th has nobody, M1 stays as it was.
    ill = {"facilitator": "F2", "start": "2026-03-15", "end": "2026-03-31", "kind": "unavailable"}
    people: list[str | Cells] = [facilitator("F1", max_meetings=1), "F2"]
    rows = [told("F1"), told("F2", "M2")]
    for history in ([], [did("F1")]):
        case = half(people=people, availability=[ill], published=rows, history=history)
        result = solve(case, **FIXED)
        assert result.status is Status.OPTIMAL
        assert [row.facilitator for row in result.roster.rows] == ["F1", None]
        assert [tier.points for tier in result.tiers if tier.tier == 3] == [8]  # M2 alone, 5 days ahead
        assert all("ignored" not in item.remedy for item in case.warnings)


def test_once_all_is_past_nothing_is_left_to_decide() -> None:
    case = half(period={**MARCH, "today": "2026-04-01"}, published=[told("F1"), told(None, "M2")])
    for limit in (0, 10):
        result = solve(case, time_limit=limit, **FIXED)
        assert [row.facilitator for row in result.roster.rows] == ["F1", None]
        assert [(tier.value, tier.bound) for tier in result.tiers if tier.tier == 1] == [(4, 4)]


@pytest.mark.parametrize("seed", seeds(24))
def test_solve_keeps_the_past_and_its_values_are_those_of_check(seed: int) -> None:
    case = random_problem(random.Random(seed), 3, 4, 2, pins=False, teams=True, programme=seed % 2 > 0, past=True)
    rules = STANDARD_RULES.plus(ExposureCapRule(cap=1, window_days=3))
    if any(item.severity == "error" for item in input_issues(case, rules)):
        case = case.replace(spacing=())
    result = solve(case, rules, seed=seed, **FIXED)
    assert result.status is Status.OPTIMAL
    for row in result.roster.rows:
        if row.meeting in case.frozen:
            was = case.frozen[row.meeting]
            assert (row.facilitator, row.start) == (was.holders[row.seat], was.start)
    left_out = Roster(rows=tuple(row for row in result.roster.rows if row.meeting not in case.frozen))
    for held in (result.roster, left_out):
        assert [tier.value for tier in check(case, held, rules).tiers] == [tier.value for tier in result.tiers]


# --- what carries over -------------------------------------------------------------------------------------

APRIL: Cells = {"name": "April", "start": "2026-04-01", "end": "2026-04-30", "timezone": "Europe/Amsterdam"}
NEXT: Cells = {"period": APRIL, "meetings": (), "stakes": ()}


def test_the_past_goes_into_the_next_month_once_also_of_who_has_left() -> None:
    case = half(seats=seats("lead", "co"), history=[did("gone"), did("F1", role="co"), did("F2", "old", 1)])
    closed = solve(case, **FIXED).roster
    after = next_month(case, closed, NEXT)
    last = closed.holder("M2", "lead")
    assert {(row.meeting, row.seat, row.facilitator, row.hours) for row in after.history} == {
        ("old", None, "F2", None),
        ("M1", "lead", "gone", 2),
        ("M1", "co", "F1", 2),
        ("M2", "lead", last, 2),
    }
    assert len(after.history) == 4
    again = next_month(case, roster({"M2": last}), NEXT)  # the past may be left out
    assert sorted(map(repr, again.history)) == sorted(map(repr, after.history))
    closing = {row.organisation: row.closing for row in ledger(case, closed).accounts}
    assert {row.organisation: row.hours_given - row.hours_received for row in after.ledger} == {
        name: float(hours) for name, hours in closing.items() if hours
    }


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
