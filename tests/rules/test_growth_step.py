"""Rule `growth-step`: who is on the way to a role and comes no nearer costs 1 point."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, penalty, problem, roster
from tests.rules.growing import on, seats, was
from tests.rules.half_over import did, half
from tests.rules.half_over import on as evening

from poolmatch import STANDARD_RULES, Problem, RuleSet, Status, check, solve
from poolmatch.domain.steps import LADDER, Step, next_steps
from poolmatch.rules.growth_step import GrowthStepRule

RULE = "growth-step"
LEARNER = facilitator("F1", roles="lead;co;observer")


def stepping(steps: tuple[Step, ...] = LADDER) -> RuleSet:
    return STANDARD_RULES.plus(GrowthStepRule(steps=steps))


def month(history: Sequence[Cells] = (), people: Sequence[Cells] = (LEARNER,), **tables: Any) -> Problem:
    """Return M1 with a lead and an observer, and M2 with a lead and a co."""
    rows = [*seats("lead", "observer"), *seats("lead", "co", of="M2")]
    return problem([on("M1", 3), on("M2", 20)], people, seats=rows, history=history, **tables)


def charged(case: Problem, holders: Holders, steps: tuple[Step, ...] = LADDER) -> int:
    return penalty(RULE, case, holders, stepping(steps))


OBSERVES: Holders = {("M1", "observer"): "F1"}
CO: Holders = {("M2", "co"): "F1"}
OBSERVED_TWICE = [was("F1", "observer", f"2026-02-{day}") for day in (10, 11)]


@pytest.mark.parametrize(
    ("history", "idle", "observing", "co"),
    [
        ([], 1, 0, 1),  # at the first step
        ([was("F1", "observer", "2026-02-10")], 1, 0, 1),
        (OBSERVED_TWICE, 1, 1, 0),  # may be co now, and is at the step to lead
        ([was("F1", "co", "2020-02-10")], 1, 1, 0),
        ([was("F1", "co", f"2026-02-{day}") for day in (10, 11)], 0, 0, 0),  # may lead
        ([was("F1", "lead", "2020-02-10")], 0, 0, 0),  # has led, and need not observe any more
    ],
)
def test_the_step_that_somebody_is_at(history: list[Cells], idle: int, observing: int, co: int) -> None:
    case = month(history)
    assert [charged(case, held) for held in ({}, OBSERVES, CO)] == [idle, observing, co]
    assert charged(case, {("M1", "lead"): "F1"}) == idle


@pytest.mark.parametrize(("day", "points"), [("2025-02-28", 0), ("2025-03-01", 1)])
def test_days_are_counted_back_from_the_first_of_the_period(day: str, points: int) -> None:
    # Observed twice within 365 days: the step is to lead, and to observe once more brings nobody nearer to that.
    case = month([was("F1", "observer", day), was("F1", "observer", "2026-02-28")])
    assert charged(case, OBSERVES) == points


def test_only_roles_that_are_theirs() -> None:
    for roles, points in [("observer", 0), ("lead", 1), ("co", 1), ("scribe;co", 1), ("scribe", 0)]:
        assert charged(month(people=[facilitator("F1", roles=roles)]), {}) == points
    # Who has only the role lead is at the step to lead: the seat of a co would bring them nearer.
    case = month(people=[facilitator("F1", roles="lead")])
    assert next_steps(case, LADDER) == {"F1": LADDER[1]}


def test_who_is_no_member_of_the_pool_is_left_out() -> None:
    assert charged(month(people=[{**LEARNER, "external": True}]), {}) == 0
    for cells, points in [
        ({"joined": "2026-04-01"}, 0),
        ({"joined": "2026-03-31"}, 1),
        ({"left": "2026-02-28"}, 0),
        ({"left": "2026-03-01"}, 1),
    ]:
        assert charged(month(people=[{**LEARNER, **cells}]), {}) == points


def test_each_counts_once() -> None:
    people = [LEARNER, {**LEARNER, "facilitator": "F2", "name": "F2"}]
    case = month(people=people)
    assert charged(case, {}) == 2
    assert charged(case, OBSERVES) == 1
    twice = (Step(role="co", needs="observer", times=5), Step(role="lead", needs="co", times=5))
    assert charged(case, OBSERVES, twice) == 1  # one step a period, however many are asked


def test_duties_do_not_count() -> None:
    steps = (Step(role="lead", needs="co", times=1),)
    case = month(duties=[{"duty": "D1", "kind": "coaching", "hours": 2, "role": "co"}])
    assert charged(case, {("D1", "coaching"): "F1"}, steps) == 1


def test_a_step_that_nothing_here_brings_nearer_costs_all_the_same() -> None:
    case = problem([on("M1", 3)], [LEARNER], seats=seats("lead"))
    assert charged(case, {}) == charged(case, {"M1": "F1"}) == 1


def test_a_step_taken_before_today_is_taken() -> None:
    rows = [*seats("observer"), *seats("co", of="M2")]
    for history, points in [([did("F1", role="observer")], 0), ([], 1)]:
        case = half([evening("M1", 10), evening("M2", 20)], [LEARNER], seats=rows, history=history)
        assert charged(case, {}) == points
    # So it is at a meeting that is not planned here.
    assert charged(month([was("F1", "observer", "2026-03-10")]), {}) == 0


def test_the_finding_says_what_is_wanting() -> None:
    report = check(month(), roster({}), stepping())
    (finding,) = report.by_rule[RULE]
    assert (finding.facilitators, finding.points) == (("F1",), 1)
    assert finding.words.en == "F1 is on the way to co, and is not observer in any meeting."
    assert finding.words.nl == "F1 is op weg naar medebegeleider, en is in geen bijeenkomst waarnemer."


def test_whoever_is_on_the_way_observes() -> None:
    """F2 likes to observe, and has been co before: F1 goes, who has not."""
    wishes = [{"facilitator": "F2", "meeting": "M1", "score": 10}]
    people = [{**LEARNER, "roles": "co;observer"}, facilitator("F2", roles="co;observer", organisation="E2")]
    case = problem(
        [on("M1", 3)], people, seats=seats("observer"), history=[was("F2", "co", "2020-02-10")], preferences=wishes
    )
    for rules, who in [(STANDARD_RULES, "F2"), (stepping(), "F1")]:
        found = solve(case, rules, time_limit=10)
        assert found.status is Status.OPTIMAL
        assert [row.facilitator for row in found.roster.rows] == [who]
