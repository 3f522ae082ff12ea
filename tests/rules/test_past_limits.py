"""What was worked before today: it counts for every limit, and breaks none by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pytest
from tests.builders import MARCH, PARTY, Cells, facilitator, meeting, roster
from tests.rules.half_over import FIXED, did, half, notes, on, told, violated

from poolmatch import STANDARD_RULES, Roster, Status, check, solve
from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.report.text import summary, verdict
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.testing import check_rule


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
    assert note.words.en == "In the past: F1 has 1 meeting in the period, the limit is 0."
    assert note.words.nl == "In het verleden: F1 heeft 1 bijeenkomst in de periode, de grens is 0."
    report = check(case, Roster())
    assert report.to_dict()["legal"]
    assert report.to_dict()["rules"]["max-meetings"]["violations"] == 0
    for language, head, line in (
        ("en", "The roster is legal.\n\nGood to know\n", f"most meetings: {note.words.en}"),
        ("nl", "Goed om te weten\n", f"hoogste aantal bijeenkomsten: {note.words.nl}"),
    ):
        text = verdict(report, language)
        assert head in text
        assert line in text
        assert line in summary(solve(case, **FIXED), language)


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
