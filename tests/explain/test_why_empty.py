"""Why nobody holds a seat: where the pool is left, which rules keep it empty, or what filling it would cost."""

import random
import threading
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pytest
from tests.builders import MARCH, Cells, facilitator, meeting, problem, roster

from poolmatch import (
    STANDARD_RULES,
    ConstraintRule,
    Finding,
    Roster,
    UnknownId,
    check,
    empty_seats,
    solve,
    why_empty,
    why_empty_all,
)
from poolmatch.arrays import Candidates
from poolmatch.checking import judge
from poolmatch.domain.plan import Plan
from poolmatch.explain import WhyEmpty
from poolmatch.explain.funnel import Fallen
from poolmatch.rule import Model, Words
from poolmatch.testing import random_problem

EVENING = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")
SAME_EVENING = meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00")
SCRIBE, TIED = facilitator("F1", roles="scribe"), facilitator("F2", organisation="Town")


def rules_of(answer: WhyEmpty) -> list[str]:
    return [item.rule for item in answer.reasons]


def said(answer: WhyEmpty) -> list[tuple[str, str]]:
    return [(item.facilitator, item.rule) for item in answer.evidence]


# --- who holds it, and where the pool is left ----------------------------------------------------------------


def test_who_sits_there_is_told_so() -> None:
    answer = why_empty(solve(problem()), "M1", "lead")
    assert [item.en for item in answer.words] == ["F1 holds it."]


def test_the_funnel_tells_who_falls_away_where() -> None:
    people: list[str | Cells] = ["F4", "F3", SCRIBE, TIED]
    answer = why_empty(check(problem([EVENING, SAME_EVENING], people), roster({"M2": "F3"})), "M1", "lead")
    assert answer.fell == (Fallen("neutral", ("F2",)), Fallen("role", ("F1",)))
    assert answer.kept_out == (Fallen("no-double-booking", ("F3",)),)
    assert answer.free == ("F4",)
    assert "kept out of this roster by" in answer.words[2].en


def test_who_is_possible_in_another_slot_than_the_chosen_is_kept_out_by_what_says_so() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-0{d} 19:00", "end": f"2026-03-0{d} 21:00"} for d in (5, 6)]
    seats = [{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]
    away = [{"facilitator": "F2", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}]
    people: list[str | Cells] = ["F1", facilitator("F2", organisation="Other")]
    case = problem([{"meeting": "M1"}], people, seats=seats, slots=slots, availability=away)
    first = case.times(case.meeting("M1"))[0][0]
    held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": first})
    answer = why_empty(check(case, held), "M1", "co")
    assert answer.fell == ()
    assert answer.kept_out == (Fallen("one-per-seat", ("F1",)), Fallen("one-slot", ("F2",)))
    assert answer.fillable
    assert answer.instead is not None
    assert [item.meeting for item in answer.instead.times] == ["M1"]


# --- which rules keep it empty -------------------------------------------------------------------------------


def test_one_rule_alone_is_the_reason_with_its_evidence() -> None:
    case = problem(facilitators=[SCRIBE, facilitator("F3", roles="scribe", organisation="Town")])
    answer = why_empty(solve(case), "M1", "lead")
    assert (answer.fillable, answer.settled, rules_of(answer)) == (False, True, ["role"])
    assert said(answer) == [("F1", "role"), ("F3", "role")]
    assert answer.words[-1].en == "In every legal roster it is empty, by this rule alone: role."
    assert "rol" in answer.words[-1].nl


def test_rules_that_are_reasons_together_are_each_shown_to_be_needed() -> None:
    answer = why_empty(solve(problem(facilitators=[SCRIBE, TIED])), "M1", "lead")
    assert rules_of(answer) == ["neutral", "role"]
    assert said(answer) == [("F1", "role"), ("F2", "neutral")]
    held = {item.rule: item.roster.holder("M1", "lead") for item in answer.reasons}
    assert held == {"neutral": "F2", "role": "F1"}


def test_a_pin_that_leaves_it_empty_is_the_reason() -> None:
    case = problem(facilitators=["F3", TIED], pins=[{"meeting": "M1", "seat": "lead"}])
    answer = why_empty(solve(case), "M1", "lead")
    assert (answer.fillable, rules_of(answer)) == (False, ["pinned"])
    assert ("F3", "pinned") in said(answer)


def test_where_somebody_must_be_elsewhere_pin_and_constraint_are_reasons_together() -> None:
    case = problem([EVENING, SAME_EVENING], ["F3"], pins=[{"meeting": "M2", "seat": "lead", "facilitator": "F3"}])
    answer = why_empty(solve(case), "M1", "lead")
    assert rules_of(answer) == ["no-double-booking", "pinned"]
    for item in answer.reasons:
        broken = {finding.rule for finding in judge(case, item.roster, STANDARD_RULES).violations}
        assert broken == {item.rule}


def test_a_rule_that_leans_on_another_brings_it_along() -> None:
    north, south = {"lat": 53.2, "lon": 6.6}, {"lat": 50.85, "lon": 5.7}
    before = meeting("M2", "2026-03-05 16:00", "2026-03-05 18:00", **south)
    pins = [{"meeting": "M2", "seat": "lead", "facilitator": "F3"}]
    answer = why_empty(solve(problem([{**EVENING, **north}, before], ["F3"], pins=pins)), "M1", "lead")
    assert rules_of(answer) == ["no-double-booking", "travel-gap", "pinned"]
    assert said(answer) == [("F3", "travel-gap")]


@pytest.mark.parametrize("rule", ["team-mix", "pairing"])
def test_one_person_in_both_seats_is_ruled_out_by_a_reason_of_its_own(rule: str) -> None:
    # Two who may not be together are no team; that one of them does not do both is a rule too.
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")]
    pairings = [{"first": "F1", "second": "F2", "kind": "forbid"}] if rule == "pairing" else []
    people = [facilitator("F1"), facilitator("F2", **({"organisation": "Another"} if pairings else {}))]
    case = problem(facilitators=people, seats=seats, pairings=pairings)
    answer = why_empty(solve(case).report, "M1", "co")
    twice = {"one-per-seat", "no-double-booking"}
    assert {*rules_of(answer)} - twice == {rule, "lead-first"}
    assert len({*rules_of(answer)} & twice) == 1
    both = roster({("M1", "lead"): "F1", ("M1", "co"): "F1"})
    assert not {item.rule for item in judge(case, both, STANDARD_RULES).violations} & {rule, "lead-first"}


def test_a_seat_of_the_past_is_empty_because_it_was() -> None:
    case = problem(
        [EVENING, meeting("M2", "2026-03-20 19:00", "2026-03-20 21:00")], period={**MARCH, "today": "2026-03-09"}
    )
    answer = why_empty(solve(case), "M1", "lead")
    assert (answer.fillable, rules_of(answer), said(answer)) == (False, ["past"], [("F1", "past")])


def test_a_slot_has_evidence_of_its_own() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-0{d} 19:00", "end": f"2026-03-0{d} 21:00"} for d in (5, 6)]
    away = [{"facilitator": "F1", "start": "2026-03-01", "end": "2026-03-31", "kind": "unavailable"}]
    case = problem([{"meeting": "M1"}], ["F1", TIED], slots=slots, availability=away)
    answer = why_empty(solve(case), "M1", "lead")
    assert rules_of(answer) == ["neutral", "available"]
    assert all(item.start is None for item in answer.evidence if item.facilitator == "F2")


def test_a_duty_is_explained_like_a_seat() -> None:
    duties = [{"duty": name, "kind": "coaching", "hours": 2.0} for name in ("D1", "D2")]
    pins = [{"meeting": "D1", "seat": "coaching", "facilitator": "F1"}]
    answer = why_empty(solve(problem([], ["F1"], duties=duties, pins=pins)), "D2", "coaching")
    assert rules_of(answer) == ["one-duty", "pinned"]


class ClosedRule(ConstraintRule):
    """Nobody sits in the first meeting."""

    id: ClassVar[str] = "closed"
    sentence: ClassVar[Words] = Words("The first meeting is closed.", "De eerste bijeenkomst is gesloten.")

    def post(self, candidates: Candidates, model: Model) -> None:
        """Leave its seats empty."""
        place = candidates.world.meeting_positions["M1"]
        model.fix(np.flatnonzero(candidates.meeting == place), 0)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield who sits there."""
        for item in plan.of_meeting.get("M1", ()):
            name = item.facilitator.facilitator
            yield Finding(self.id, "violation", Words("{who} is in.", "{who} is binnen.", who=name), (name,), ("M1",))


def test_a_rule_of_ones_own_is_a_reason_like_any_other() -> None:
    result = solve(problem(facilitators=["F1", TIED]), STANDARD_RULES.plus(ClosedRule()))
    answer = why_empty(result, "M1", "lead")
    assert rules_of(answer) == ["closed"]
    assert [(item.facilitator, item.words.nl) for item in answer.evidence] == [
        ("F1", "F1 is binnen."),
        ("F2", "F2 is binnen."),
    ]


# --- or what filling it would cost ---------------------------------------------------------------------------


@pytest.mark.parametrize("weighted", [False, True])
def test_what_filling_it_would_cost_is_told(weighted: bool) -> None:
    dear, cheap = {**EVENING, "priority": 5}, {**SAME_EVENING, "priority": 1}
    rules = STANDARD_RULES.weighted() if weighted else STANDARD_RULES
    answer = why_empty(solve(problem([dear, cheap], ["F1"]), rules), "M2", "lead")
    assert (answer.fillable, answer.settled, answer.reasons) == (True, True, ())
    assert answer.instead is not None
    (first,) = [item for item in answer.instead.tiers if item.tier == 1]
    assert (first.before, first.after) == (1, 16)
    assert answer.instead.tiers[0].tier == (0 if weighted else 1)
    assert answer.words[-1].en.startswith("It could be filled, but then ")
    assert {(item.meeting, item.before, item.after) for item in answer.instead.seats} == {
        ("M1", "F1", None),
        ("M2", None, "F1"),
    }


def test_a_roster_that_should_have_filled_it_is_told_to_be_worse() -> None:
    answer = why_empty(check(problem(), roster({})), "M1", "lead")
    assert (answer.free, answer.fillable, answer.settled) == (("F1",), True, True)
    assert answer.words[-1].en == "It could be filled, and then tier 1 (coverage) would be 0 points instead of 4."


def test_without_time_rules_are_asked_and_nothing_is_sought() -> None:
    answer = why_empty(check(problem(), roster({})), "M1", "lead", time_limit=0)
    assert (answer.free, answer.fillable, answer.instead) == (("F1",), None, None)
    assert answer.words[-1].en == "Whether it is filled in any legal roster was not found out."
    answer = why_empty(solve(problem(facilitators=[SCRIBE, TIED])), "M1", "lead", time_limit=0)
    assert (answer.fillable, rules_of(answer)) == (False, ["neutral", "role"])


def test_of_an_illegal_roster_only_the_rules_are_asked() -> None:
    case = problem([EVENING, SAME_EVENING], [SCRIBE, "F3"])
    answer = why_empty(check(case, roster({"M2": "F1"})), "M1", "lead")
    assert (answer.free, answer.fillable) == (("F3",), None)


def test_without_preferences_it_is_only_told_whether_it_can_be_filled() -> None:
    rules = STANDARD_RULES.without(*(rule.id for rule in STANDARD_RULES.preferences))
    answer = why_empty(check(problem(), roster({}), rules), "M1", "lead")
    assert (answer.fillable, answer.words[-1].en) == (True, "It could be filled.")


# --- bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("meeting_", "seat"), [("M9", "lead"), ("M1", "co")])
def test_what_does_not_exist_is_refused(meeting_: str, seat: str) -> None:
    with pytest.raises(UnknownId):
        why_empty(solve(problem()), meeting_, seat)


def test_a_time_limit_is_seconds() -> None:
    result = solve(problem())
    for ask in (lambda: why_empty(result, "M1", "lead", time_limit=-1), lambda: why_empty_all(result, time_limit=-1)):
        with pytest.raises(ValueError, match="seconds"):
            ask()


# --- all of them ---------------------------------------------------------------------------------------------


def test_all_empty_required_seats_are_explained_with_progress_until_it_is_stopped() -> None:
    rows = [meeting(f"M{n}", f"2026-03-{n:02d} 19:00", f"2026-03-{n:02d} 21:00") for n in (5, 9, 12)]
    result = solve(problem(rows, [SCRIBE, TIED]))
    told: list[tuple[int, int]] = []
    found = why_empty_all(result, on_progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert found == tuple(why_empty(result, name, "lead") for name in ("M5", "M9", "M12"))
    stop = threading.Event()
    assert why_empty_all(result, on_progress=lambda *_: stop.set(), stop=stop) == found[:2]  # two were begun


@pytest.mark.parametrize("seed", range(3))
def test_they_are_those_that_are_counted_by_empty_seats(seed: int) -> None:
    case = random_problem(random.Random(seed), people=4, meetings=5, seats=2, pins=False, teams=True)
    result = solve(case, seed=seed)
    for answer, counted in zip(why_empty_all(result), empty_seats(case, result.roster, result.rules), strict=True):
        assert (answer.meeting, answer.seat) == (counted.meeting, counted.seat)
        assert {item.rule: len(item.facilitators) for item in answer.fell} == counted.fell
        assert {item.rule: len(item.facilitators) for item in answer.kept_out} == counted.kept_out
        assert len(answer.free) == counted.addable


def test_an_answer_is_data() -> None:
    data = why_empty(solve(problem(facilitators=[SCRIBE, TIED])), "M1", "lead").to_dict()
    assert data["fell"] == {"neutral": ["F2"], "role": ["F1"]}
    assert [item["rule"] for item in data["reasons"]] == ["neutral", "role"]
    assert data["evidence"][0]["nl"]
