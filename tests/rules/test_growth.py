"""Rule `growth`: a role is held by those who held it before, or did what its step needs."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, breaks, facilitator, meeting, problem, roster
from tests.rules.growing import OBSERVED_ONCE, TWO_STEPS, on, seats, was
from tests.rules.half_over import did, half, notes, violated
from tests.rules.half_over import on as evening

from poolmatch import STANDARD_RULES, Problem, Roster, RuleSet, Status, check, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.steps import LADDER, Step
from poolmatch.rules.growth import GrowthRule
from poolmatch.testing import check_rule

RULE = "growth"
ROLES = "lead;co;trainee;observer;scribe;mentor"
ANYBODY = facilitator("F1", roles=ROLES)


def growing(steps: tuple[Step, ...] = OBSERVED_ONCE) -> RuleSet:
    return STANDARD_RULES.plus(GrowthRule(steps=steps))


def observe_then_co(
    observing: Cells, leading: Cells, history: Sequence[Cells] = (), people: Sequence[Cells] = (ANYBODY,), **tables: Any
) -> Problem:
    """Return M1 with a seat to observe, and M2 with one for a co."""
    rows = [*seats("observer"), *seats("co", of="M2")]
    return problem([observing, leading], people, seats=rows, history=history, **tables)


def unearned(case: Problem, holders: Holders, steps: tuple[Step, ...] = OBSERVED_ONCE) -> bool:
    return breaks(RULE, case, holders, growing(steps))


CO: Holders = {("M2", "co"): "F1"}
BOTH: Holders = {("M1", "observer"): "F1", **CO}


def test_who_observes_on_the_3rd_may_be_co_on_the_20th() -> None:
    case = observe_then_co(on("M1", 3), on("M2", 20))
    assert unearned(case, CO)
    assert not unearned(case, BOTH)
    assert not unearned(case, {})
    # What somebody else observed is no help.
    case = observe_then_co(on("M1", 3), on("M2", 20), people=[ANYBODY, facilitator("F2", roles=ROLES)])
    assert unearned(case, {("M1", "observer"): "F2", **CO})


def test_a_day_counts_from_the_next_day_on() -> None:
    assert unearned(observe_then_co(on("M1", 20, 9), on("M2", 20, 19)), BOTH)
    assert not unearned(observe_then_co(on("M1", 19, 9), on("M2", 20, 9)), BOTH)
    assert unearned(observe_then_co(on("M1", 21), on("M2", 20)), BOTH)


def test_days_are_local() -> None:
    # 00:30 on the 6th is 23:30 on the 5th in UTC: the same day as the evening of the 6th.
    night = meeting("M1", "2026-03-06 00:30", "2026-03-06 01:30")
    assert unearned(observe_then_co(night, on("M2", 6)), BOTH)
    assert not unearned(observe_then_co(night, on("M2", 7)), BOTH)


@pytest.mark.parametrize(("day", "broken"), [(14, False), (15, True)])
def test_the_days_before_are_counted_inclusively(day: int, broken: bool) -> None:
    steps = (Step(role="co", needs="observer", times=1, within_days=10),)
    assert unearned(observe_then_co(on("M1", 4), on("M2", day)), BOTH, steps) == broken
    # So they are over the change of the clock on the 29th.
    late = (Step(role="co", needs="observer", times=1, within_days=1),)
    assert not unearned(observe_then_co(on("M1", 28), on("M2", 29)), BOTH, late)
    assert unearned(observe_then_co(on("M1", 28), on("M2", 30)), BOTH, late)


@pytest.mark.parametrize(
    ("days", "broken"),
    [
        ([], True),
        (["2025-03-19"], True),  # 366 days before the 20th
        (["2025-03-20"], False),  # 365 days before
        (["2026-02-10"], False),
    ],
)
def test_the_step_as_it_comes_counts_history_and_the_period_together(days: list[str], broken: bool) -> None:
    case = observe_then_co(on("M1", 3), on("M2", 20), [was("F1", "observer", day) for day in days])
    assert unearned(case, BOTH, LADDER) == broken
    assert unearned(case, CO, LADDER)


def test_two_rows_of_one_meeting_count_once_and_other_roles_do_not() -> None:
    once = [was("F1", "observer", "2026-02-10", seat=seat) for seat in ("observer", "observer 2")]
    assert unearned(observe_then_co(on("M1", 3), on("M2", 20), once), CO, LADDER)
    twice = [was("F1", "observer", f"2026-02-{day}") for day in (10, 11)]
    assert not unearned(observe_then_co(on("M1", 3), on("M2", 20), twice), CO, LADDER)
    others = [was("F1", "scribe", "2026-02-10"), was("F2", "observer", "2026-02-11")]
    assert unearned(observe_then_co(on("M1", 3), on("M2", 20), others), CO)


def test_who_held_the_role_before_has_earned_it() -> None:
    long_ago = [was("F1", "co", "2009-02-10")]
    assert not unearned(observe_then_co(on("M1", 3), on("M2", 20), long_ago), CO)
    later = [was("F1", "co", "2026-03-20")]  # on the day itself
    assert unearned(observe_then_co(on("M1", 3), on("M2", 20), later), CO)


def test_who_held_it_earlier_in_the_period_has_earned_it() -> None:
    steps = (Step(role="co", needs="observer", times=1, within_days=5),)
    rows = [*seats("co"), *seats("co", of="M2")]
    case = problem([on("M1", 3), on("M2", 20)], [ANYBODY], seats=rows, history=[was("F1", "observer", "2026-02-27")])
    assert not unearned(case, {("M1", "co"): "F1"}, steps)
    assert unearned(case, CO, steps)
    assert not unearned(case, {("M1", "co"): "F1", **CO}, steps)


def test_who_held_it_once_in_the_period_needs_no_more_steps() -> None:
    # Two are asked within five days; the first seat as co was earned by history, and the next needs none.
    steps = (Step(role="co", needs="observer", times=2, within_days=5),)
    rows = [*seats("co"), *seats("observer", "co", of="M2")]
    history = [was("F1", "observer", f"2026-02-{day}") for day in (26, 27)]
    case = problem([on("M1", 3), on("M2", 20)], [ANYBODY], seats=rows, history=history)
    assert not unearned(case, {("M1", "co"): "F1", **CO}, steps)
    assert unearned(case, CO, steps)


def test_a_ladder_may_be_climbed_within_a_period() -> None:
    rows = [*seats("observer"), *seats("co", of="M2"), *seats("lead", of="M3")]
    case = problem([on("M1", 3), on("M2", 10), on("M3", 20)], [ANYBODY], seats=rows)
    whole: Holders = {**BOTH, ("M3", "lead"): "F1"}
    assert not unearned(case, whole, TWO_STEPS)
    assert unearned(case, {**CO, ("M3", "lead"): "F1"}, TWO_STEPS)
    report = check(case, roster({**CO, ("M3", "lead"): "F1"}), growing(TWO_STEPS))
    assert [item.meetings for item in report.by_rule[RULE]] == [("M2",)]  # the lead has been co, though too soon
    assert unearned(case, {("M1", "observer"): "F1", ("M3", "lead"): "F1"}, TWO_STEPS)


def test_all_seats_of_a_day_are_earned_or_none() -> None:
    steps = (Step(role="co", needs="observer", times=2),)
    rows = [row for name in ("M1", "M2") for row in seats("observer", of=name)]
    rows += [row for name in ("M3", "M4") for row in seats("co", of=name)]
    case = problem([on("M1", 3), on("M2", 4), on("M3", 20, 9), on("M4", 20, 19)], [ANYBODY], seats=rows)
    both: Holders = {("M3", "co"): "F1", ("M4", "co"): "F1"}
    earned: Holders = {("M1", "observer"): "F1", ("M2", "observer"): "F1"}
    assert not unearned(case, {**earned, **both}, steps)
    assert unearned(case, {("M1", "observer"): "F1", **both}, steps)
    assert len(check(case, roster(both), growing(steps)).by_rule[RULE]) == 2


def test_a_slot_counts_by_its_own_day() -> None:
    slots = [{"meeting": "M2", "start": f"2026-03-{day:02} 19:30", "end": f"2026-03-{day:02} 21:30"} for day in (3, 20)]
    case = observe_then_co(on("M1", 5), {"meeting": "M2"}, slots=slots)
    check_rule(GrowthRule(steps=OBSERVED_ONCE), case)
    for slot, broken in zip(case.times(case.meeting("M2")), (True, False), strict=True):
        rows = (
            RosterRow(meeting="M1", seat="observer", facilitator="F1"),
            RosterRow(meeting="M2", seat="co", facilitator="F1", start=slot[0]),
        )
        assert bool(check(case, Roster(rows=rows), growing()).by_rule[RULE]) == broken


# --- whom and what it leaves out ---------------------------------------------------------------------------


def test_externals_and_other_roles_are_free() -> None:
    external = facilitator("F1", roles=ROLES, external=True)
    assert not unearned(observe_then_co(on("M1", 3), on("M2", 20), people=[external]), CO)
    case = problem([on("M1", 3)], [ANYBODY], seats=seats("scribe", "lead"))
    assert not unearned(case, {("M1", "scribe"): "F1"})
    assert not unearned(case, {("M1", "lead"): "F1"})  # no step of these leads there
    assert unearned(case, {("M1", "lead"): "F1"}, TWO_STEPS)


def test_duties_neither_need_nor_give_steps() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2, "role": "co"}]
    case = observe_then_co(on("M1", 3), on("M2", 20), duties=duties)
    assert not unearned(case, {("D1", "coaching"): "F1"})
    did_one = {"meeting": "P1", "facilitator": "F1", "role": "co", "hours": 2}
    assert unearned(observe_then_co(on("M1", 3), on("M2", 20), [did_one], duties=duties), CO)
    assert unearned(observe_then_co(on("M1", 3), on("M2", 20), duties=duties), {("D1", "coaching"): "F1", **CO})


# --- the past ----------------------------------------------------------------------------------------------


def test_the_past_of_the_period_counts_and_makes_nothing_illegal() -> None:
    rows = [*seats("observer", "co"), *seats("co", of="M2")]
    people = [facilitator(name, roles=ROLES, organisation=name) for name in ("F1", "F2")]
    case = half([evening("M1", 10), evening("M2", 20)], people, seats=rows, history=[did("F1", role="observer")])
    assert check_rule(GrowthRule(steps=OBSERVED_ONCE), case) > 0
    assert violated(case, roster(CO), growing()) == set()
    assert violated(case, roster({("M2", "co"): "F2"}), growing()) == {RULE}
    # F2 was co before it was earned: that is a note, and F2 has been co now.
    case = half([evening("M1", 10), evening("M2", 20)], people, seats=rows, history=[did("F2", role="co")])
    assert check_rule(GrowthRule(steps=OBSERVED_ONCE), case) > 0
    assert [item.facilitators for item in notes(case, roster({}), growing()) if item.rule == RULE] == [("F2",)]
    assert violated(case, roster({("M2", "co"): "F2"}), growing()) == set()


def test_history_of_a_meeting_that_is_planned_counts_for_nothing() -> None:
    planned = [was("F1", "observer", "2026-02-10", "M1")]
    assert unearned(observe_then_co(on("M1", 3), on("M2", 20), planned), CO)


# --- solving -----------------------------------------------------------------------------------------------


def wanting(**tables: Any) -> Problem:
    """Return M1 to observe, where F1 would rather not be, and M2 for a co."""
    wishes = [{"facilitator": "F1", "meeting": "M1", "score": -10}]
    people = [facilitator("F1", roles="co;observer"), facilitator("L", roles="lead", organisation="L")]
    rows = [*seats("lead"), *seats("observer", required=False), *seats("lead", "co", of="M2")]
    history = [was("L", "lead", "2026-01-10")]
    return problem([on("M1", 3), on("M2", 20)], people, seats=rows, history=history, preferences=wishes, **tables)


def holders(case: Problem, rules: RuleSet) -> Holders:
    found = solve(case, rules, time_limit=10)
    assert found.status is Status.OPTIMAL
    return {(row.meeting, row.seat): row.facilitator for row in found.roster.rows if row.facilitator == "F1"}


def test_somebody_observes_in_order_to_be_co() -> None:
    rules = growing(TWO_STEPS).without("optional-seats")
    assert holders(wanting(), rules.without(RULE)) == CO
    assert holders(wanting(), rules) == BOTH


def test_a_pin_that_is_not_earned_yet_is_no_mistake() -> None:
    rules = growing(TWO_STEPS).without("optional-seats")
    pins = [{"meeting": "M2", "seat": "co", "facilitator": "F1"}]
    assert holders(wanting(pins=pins), rules) == BOTH
    late = wanting(pins=[*pins, {"meeting": "M1", "seat": "observer", "facilitator": None}])
    assert solve(late, rules, time_limit=10).status is Status.INFEASIBLE


# --- words, and doubts -------------------------------------------------------------------------------------


def test_words() -> None:
    case = observe_then_co(on("M1", 3), on("M2", 20))
    (finding,) = check(case, roster(BOTH), growing(LADDER)).by_rule[RULE]
    assert (finding.facilitators, finding.meetings, finding.seat) == (("F1",), ("M2",), "co")
    assert finding.words.en == (
        "F1 is co in M2, but was observer 1 of the 2 times that are needed in the 365 days before."
    )
    assert finding.words.nl == (
        "F1 is medebegeleider in M2, maar was in de 365 dagen ervoor 1 van de 2 keer die nodig zijn waarnemer."
    )
    (finding,) = check(case, roster(CO), growing()).by_rule[RULE]
    assert finding.words.en == "F1 is co in M2, but was observer 0 of the 1 times that are needed before."


def doubts(case: Problem, steps: tuple[Step, ...] = LADDER) -> list[tuple[str, str]]:
    return [(issue.code, issue.reason) for issue in GrowthRule(steps=steps).issues(case)]


def test_a_role_that_is_nowhere_is_told() -> None:
    led = [was("F1", "lead", "2024-01-10")]
    case = observe_then_co(on("M1", 3), on("M2", 20), led)
    assert doubts(case) == [("step-without-role", "has the role lead nowhere, which the steps name")]
    assert doubts(case, OBSERVED_ONCE) == []
    mentored = (Step(role="co", needs="mentor", times=1),)
    assert doubts(case, mentored) == [
        ("step-without-role", "has the role mentor nowhere, which the steps name"),
    ]
    assert doubts(case.replace(history=[*case.history, was("F2", "mentor", "2024-01-10")]), mentored) == []


def test_history_that_begins_too_late_is_told_where_it_may_matter() -> None:
    def told(*rows: Cells, steps: tuple[Step, ...] = LADDER[:1], roles: str = ROLES) -> list[tuple[str, str]]:
        people = [facilitator("F1", roles=roles)]
        return doubts(observe_then_co(on("M1", 3), on("M2", 20), rows, people), steps)

    late = "begins on 2025-03-02, while the steps count from 2025-03-01 on; what F1 did towards a role may be missing"
    assert told(was("F1", "scribe", "2025-03-02")) == [("history-shorter-than-steps", late)]
    assert told(was("F1", "scribe", "2025-03-01")) == []
    assert told(was("F1", "co", "2025-03-02")) == []  # nothing hangs on it
    assert told(was("F1", "scribe", "2025-03-02"), roles="observer") == []
    empty = "is empty, while the steps count from 2025-03-01 on; what F1 did towards a role may be missing"
    assert told() == [("history-shorter-than-steps", empty)]
    # A step that looks back without end asks for some history.
    assert told(was("F1", "scribe", "2026-02-28"), steps=OBSERVED_ONCE) == []
    assert len(told(steps=OBSERVED_ONCE)) == 1
