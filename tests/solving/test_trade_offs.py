"""A higher tier is never traded for a lower one, however much the lower one would gain.

Each case is a small problem with two legal rosters: the best one, and a rival that is better in a lower tier. The
values of both are computed by hand, in points of tiers 1 to 6.

Fairness, tier 5: of T hours of target, load is free to 1.1 T, then 0.15 T cost 1 point per hour, 0.25 T cost 2, 0.5 T
cost 4, and what is above 2 T costs 8. So 2 T hours cost 0.15 T + 0.5 T + 2 T = 2.65 T. Of two people with equal
contracts and W hours between them, who does all of it has T = W / 2, and costs 1.325 W.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.builders import PARTY, Holders, meeting, problem
from tests.solving.trade_off import NORTH_ONLY, RULES, Case, course, f, late, outsider, person, seat, tied, told, worth

from poolmatch import Roster, Status, check, solve
from poolmatch.checking import Report
from poolmatch.results import Tier

# --- tier 1 above others -----------------------------------------------------------------------------------


def a_required_seat_before_what_was_told() -> Case:
    # F2 cannot go south, so F1 must leave M1, on 5 March, for a meeting of the least priority.
    rows = [meeting("M1", region="north"), meeting("M2", region="south", priority=1)]
    case = problem(rows, [person("F1"), person("F2")], serves=[NORTH_ONLY], published=[told("F1")])
    return Case(case, {"M1": "F2", "M2": "F1"}, (0, 0, 8, 0, 0, 0), {"M1": "F1"}, (1, 0, 0, 0, 0, 0))


def a_duty_before_what_was_told() -> Case:
    # F1 has two hours, and nobody else may coach.
    people = [person("F1", roles="lead;mentor", max_hours=2), person("F2")]
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2, "role": "mentor", "priority": 1}]
    case = problem(facilitators=people, duties=duties, published=[told("F1")])
    return Case(case, {"M1": "F2", ("D1", "coaching"): "F1"}, (0, 0, 8, 0, 0, 0), {"M1": "F1"}, (1, 0, 0, 0, 0, 0))


def a_required_seat_before_an_outsider() -> Case:
    # F1 cannot be at both. Two hours at 95 are 190.
    case = problem([meeting("M1"), meeting("M2", priority=1)], [person("F1"), outsider("X")])
    return Case(case, {"M1": "F1", "M2": "X"}, (0, 3, 0, 0, 0, 190), {"M1": "F1"}, (1, 0, 0, 0, 0, 0))


def a_skill_of_the_team_before_an_outsider_and_a_tie() -> Case:
    # X brings the skill, is external (3) and must disclose (4). F1 costs nothing and cannot do it.
    case = problem(
        [meeting(priority=1)],
        [person("F1"), outsider("X")],
        ties=[tied("X")],
        requirements=[{"meeting": "M1", "seat": None, "skill": "sensemaking", "level": 4}],
        skills=[{"facilitator": name, "skill": "sensemaking", "level": level} for name, level in (("F1", 3), ("X", 4))],
    )
    return Case(case, {"M1": "X"}, (0, 7, 0, 0, 0, 190), {"M1": "F1"}, (1, 0, 0, 0, 0, 0))


# --- tier 2 above others -----------------------------------------------------------------------------------


def neutrality_before_what_was_told() -> Case:
    # F1 is a resident of a contributor: to avoid, 2. The only meeting is on 5 March.
    case = problem(
        facilitators=[person("F1"), person("F2")],
        stakes={"M1": {PARTY: "contributor"}},
        ties=[tied("F1")],
        published=[told("F1")],
    )
    return Case(case, {"M1": "F2"}, (0, 0, 8, 0, f("2.65"), 0), {"M1": "F1"}, (0, 2, 0, 0, f("2.65"), 0))


def the_pool_before_what_an_outsider_was_told() -> Case:
    case = problem(facilitators=[person("F1"), outsider("X")], published=[told("X")])
    return Case(case, {"M1": "F1"}, (0, 0, 8, 0, 0, 0), {"M1": "X"}, (0, 3, 0, 0, 0, 190))


def an_outsider_at_any_price_before_disclosing() -> Case:
    case = problem(facilitators=[person("F1"), outsider("X", 1000)], ties=[tied("F1")])
    return Case(case, {"M1": "X"}, (0, 3, 0, 0, 0, 2000), {"M1": "F1"}, (0, 4, 0, 0, 0, 0))


def few_outsiders_before_cheap_ones() -> Case:
    # F1 has four hours: for the long meeting in the north, or for both short ones in the south, which are one outsider
    # fewer. X works in the north at 100 an hour, Y in the south at 10.
    rows = [
        meeting("M1", "2026-03-05 10:00", "2026-03-05 14:00", region="north"),
        meeting("M2", "2026-03-10 10:00", "2026-03-10 12:00", region="south"),
        meeting("M3", "2026-03-12 10:00", "2026-03-12 12:00", region="south"),
    ]
    serves = [{"facilitator": "X", "region": "north"}, {"facilitator": "Y", "region": "south"}]
    people = [person("F1", max_hours=4), outsider("X", 100), outsider("Y", 10)]
    case = problem(rows, people, serves=serves)
    best: Holders = {"M1": "X", "M2": "F1", "M3": "F1"}
    return Case(case, best, (0, 3, 0, 0, 0, 400), {"M1": "F1", "M2": "Y", "M3": "Y"}, (0, 6, 0, 0, 0, 40))


def a_neutral_outsider_before_a_cheap_one() -> Case:
    case = problem(facilitators=[outsider("X", 200), outsider("Y", 10)], ties=[tied("Y")])
    return Case(case, {"M1": "X"}, (0, 0, 0, 0, 0, 400), {"M1": "Y"}, (0, 4, 0, 0, 0, 20))


# --- tier 3 above others -----------------------------------------------------------------------------------


def what_was_told_before_few_faces() -> Case:
    # Four hours over two people.
    case = course("prefer", [person("F1"), person("F2")], published=[told("F1"), told("F2", "M2")])
    best: Holders = {"M1": "F1", "M2": "F2"}
    return Case(case, best, (0, 0, 0, 1, 0, 0), {"M1": "F1", "M2": "F1"}, (0, 0, 2, 0, f("5.3"), 0))


def what_was_told_before_other_faces() -> Case:
    case = course("rotate", [person("F1"), person("F2")], published=[told("F1"), told("F1", "M2")])
    best: Holders = {"M1": "F1", "M2": "F1"}
    return Case(case, best, (0, 0, 0, 1, f("5.3"), 0), {"M1": "F1", "M2": "F2"}, (0, 0, 2, 0, 0, 0))


def what_was_told_before_practice() -> Case:
    people = [person("F1"), person("F2", min_meetings=1)]
    case = problem([late()], people, published=[told("F1")])
    return Case(case, {"M1": "F1"}, (0, 0, 0, 1, f("2.65"), 0), {"M1": "F2"}, (0, 0, 2, 0, f("2.65"), 0))


def what_was_told_before_an_optional_seat() -> Case:
    # Only F1 could lead in the south, at the same time; that seat is optional, so two hours are asked for.
    rows = [late("M1", region="north"), late("M2", region="south")]
    seats = [seat("M1"), seat("M2", required=False)]
    case = problem(rows, [person("F1"), person("F2")], seats=seats, serves=[NORTH_ONLY], published=[told("F1")])
    best: Holders = {"M1": "F1"}
    return Case(case, best, (0, 0, 0, 1, f("2.65"), 0), {"M1": "F2", "M2": "F1"}, (0, 0, 2, 0, f("5.3"), 0))


def what_was_told_before_fairness() -> Case:
    rows = [late("M1"), late("M2", 31)]
    case = problem(rows, [person("F1"), person("F2")], published=[told("F1"), told("F1", "M2")])
    best: Holders = {"M1": "F1", "M2": "F1"}
    return Case(case, best, (0, 0, 0, 0, f("5.3"), 0), {"M1": "F1", "M2": "F2"}, (0, 0, 2, 0, 0, 0))


def what_was_told_before_cost() -> Case:
    case = problem(facilitators=[outsider("X", 200), outsider("Y", 10)], published=[told("X")])
    return Case(case, {"M1": "X"}, (0, 0, 0, 0, 0, 400), {"M1": "Y"}, (0, 0, 8, 0, 0, 20))


def the_time_that_was_told_before_the_cost_of_a_slot() -> Case:
    slots = [
        {"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00", "cost": cost}
        for day, cost in ((30, 0), (31, 100))
    ]
    case = problem([{"meeting": "M1"}], [person("F1")], slots=slots, published=[told("F1", start="2026-03-31 10:00")])
    return Case(
        case,
        {"M1": "F1"},
        (0, 0, 0, 0, 0, 100),
        {"M1": "F1"},
        (0, 0, 1, 0, 0, 0),
        starts={"M1": "2026-03-31 10:00"},
        rival_starts={"M1": "2026-03-30 10:00"},
    )


# --- tier 4 above others -----------------------------------------------------------------------------------


def few_faces_before_fairness() -> Case:
    case = course("prefer", [person("F1"), person("F2")])
    best: Holders = {"M1": "F1", "M2": "F1"}
    return Case(case, best, (0, 0, 0, 0, f("5.3"), 0), {"M1": "F1", "M2": "F2"}, (0, 0, 0, 1, 0, 0))


def other_faces_before_fairness() -> Case:
    # F2 has no hours in the contract: a target of 0, so two hours at 8 points.
    case = course("rotate", [person("F1", contract_hours=36), person("F2", contract_hours=0)])
    best: Holders = {"M1": "F1", "M2": "F2"}
    return Case(case, best, (0, 0, 0, 0, 16, 0), {"M1": "F1", "M2": "F1"}, (0, 0, 0, 1, 0, 0))


def practice_before_fairness() -> Case:
    people = [person("F1", contract_hours=36), person("F2", contract_hours=0, min_meetings=1)]
    case = problem(facilitators=people)
    return Case(case, {"M1": "F2"}, (0, 0, 0, 0, 16, 0), {"M1": "F1"}, (0, 0, 0, 1, 0, 0))


def an_optional_seat_before_fairness() -> Case:
    # Two hours are asked for, one for each; with the notes both have two.
    people = [person("F1", roles="lead"), person("F2", roles="scribe")]
    case = problem(facilitators=people, seats=[seat("M1"), seat("M1", "notes", "scribe", required=False)])
    best: Holders = {"M1": "F1", ("M1", "notes"): "F2"}
    return Case(case, best, (0, 0, 0, 0, f("5.3"), 0), {"M1": "F1"}, (0, 0, 0, 1, f("2.65"), 0))


def a_place_to_learn_before_wishes() -> Case:
    # Left out are the practice of F2 and the optional seat: 2 points.
    people = [person("F1"), person("F2", roles="trainee")]
    case = problem(
        facilitators=people,
        seats=[seat("M1"), seat("M1", "learner", "trainee", required=False)],
        preferences=[{"facilitator": "F2", "meeting": "M1", "score": -10}],
    )
    best: Holders = {"M1": "F1", ("M1", "learner"): "F2"}
    return Case(case, best, (0, 0, 0, 0, f("5.3"), 10), {"M1": "F1"}, (0, 0, 0, 2, f("2.65"), 0))


def few_faces_before_cost() -> Case:
    # Y, at 10 an hour, cannot come on the 31st; X, at 100, can do both. 2 × 2 × 100 against 20 + 200.
    away = {"facilitator": "Y", "start": "2026-03-31", "end": "2026-03-31", "kind": "unavailable"}
    case = course("prefer", [outsider("X", 100), outsider("Y", 10)], availability=[away])
    best: Holders = {"M1": "X", "M2": "X"}
    return Case(case, best, (0, 0, 0, 0, 0, 400), {"M1": "Y", "M2": "X"}, (0, 0, 0, 1, 0, 220))


def practice_before_cost() -> Case:
    case = problem(facilitators=[outsider("X", 100, min_meetings=1), outsider("Y", 10)])
    return Case(case, {"M1": "X"}, (0, 0, 0, 0, 0, 200), {"M1": "Y"}, (0, 0, 0, 1, 0, 20))


def an_optional_seat_before_cost() -> Case:
    people = [outsider("X", 10, roles="lead"), outsider("Y", 50, roles="scribe")]
    case = problem(facilitators=people, seats=[seat("M1"), seat("M1", "notes", "scribe", required=False)])
    best: Holders = {"M1": "X", ("M1", "notes"): "Y"}
    return Case(case, best, (0, 0, 0, 0, 0, 120), {"M1": "X"}, (0, 0, 0, 1, 0, 20))


# --- tier 5 above tier 6 -----------------------------------------------------------------------------------


def fairness_before_pairs() -> Case:
    # Eight hours over four people: two each. F1 and F2 like to be together, once, or twice at 200 % of the target.
    rows = [late("M1"), late("M2", 31)]
    seats = [seat(row["meeting"], role) for row in rows for role in ("lead", "co")]
    people = [person(f"F{n}") for n in (1, 2, 3, 4)]
    case = problem(rows, people, seats=seats, pairings=[{"first": "F1", "second": "F2", "kind": "prefer"}])
    once: Holders = {("M1", "lead"): "F1", ("M1", "co"): "F2", ("M2", "lead"): "F3", ("M2", "co"): "F4"}
    twice: Holders = {("M1", "lead"): "F1", ("M1", "co"): "F2", ("M2", "lead"): "F1", ("M2", "co"): "F2"}
    return Case(case, once, (0, 0, 0, 0, 0, -3), twice, (0, 0, 0, 0, f("10.6"), -6))


def fairness_before_the_cost_of_a_slot() -> Case:
    # On the 30th only F1 can, who has no hours in the contract; on the 31st only F2.
    slots = [
        {"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00", "cost": cost}
        for day, cost in ((30, 0), (31, 100))
    ]
    away = [
        {"facilitator": name, "start": f"2026-03-{day}", "end": f"2026-03-{day}", "kind": "unavailable"}
        for name, day in (("F1", 31), ("F2", 30))
    ]
    people = [person("F1", contract_hours=0), person("F2", contract_hours=36)]
    case = problem([{"meeting": "M1"}], people, slots=slots, availability=away)
    return Case(
        case,
        {"M1": "F2"},
        (0, 0, 0, 0, 0, 100),
        {"M1": "F1"},
        (0, 0, 0, 0, 16, 0),
        starts={"M1": "2026-03-31 10:00"},
        rival_starts={"M1": "2026-03-30 10:00"},
    )


def fairness_before_cost() -> Case:
    # Outsiders stand aside of fairness, so without `external-last` they are a way out. F2, who has all the contract
    # hours, cannot lead.
    people = [person("F1", contract_hours=0), person("F2", contract_hours=36, roles="scribe"), outsider("X")]
    case = problem(facilitators=people)
    rules = RULES.without("external-last")
    return Case(case, {"M1": "X"}, (0, 0, 0, 0, 0, 190), {"M1": "F1"}, (0, 0, 0, 0, 16, 0), rules)


# --- the tests ---------------------------------------------------------------------------------------------

CASES: tuple[Callable[[], Case], ...] = (
    a_required_seat_before_what_was_told,
    a_duty_before_what_was_told,
    a_required_seat_before_an_outsider,
    a_skill_of_the_team_before_an_outsider_and_a_tie,
    neutrality_before_what_was_told,
    the_pool_before_what_an_outsider_was_told,
    an_outsider_at_any_price_before_disclosing,
    few_outsiders_before_cheap_ones,
    a_neutral_outsider_before_a_cheap_one,
    what_was_told_before_few_faces,
    what_was_told_before_other_faces,
    what_was_told_before_practice,
    what_was_told_before_an_optional_seat,
    what_was_told_before_fairness,
    what_was_told_before_cost,
    the_time_that_was_told_before_the_cost_of_a_slot,
    few_faces_before_fairness,
    other_faces_before_fairness,
    practice_before_fairness,
    an_optional_seat_before_fairness,
    a_place_to_learn_before_wishes,
    few_faces_before_cost,
    practice_before_cost,
    an_optional_seat_before_cost,
    fairness_before_pairs,
    fairness_before_the_cost_of_a_slot,
    fairness_before_cost,
)


def judged(case: Case, holders: Holders, starts: Mapping[str, str]) -> Report:
    keys = {key if isinstance(key, tuple) else (key, "lead"): name for key, name in holders.items()}
    zone = ZoneInfo(case.problem.period.timezone)
    moments = {name: datetime.fromisoformat(text).replace(tzinfo=zone) for name, text in starts.items()}
    return check(case.problem, Roster.of(case.problem, keys, moments), case.rules)


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_a_higher_tier_wins(make: Callable[[], Case]) -> None:
    case = make()
    best, rival = judged(case, case.best, case.starts), judged(case, case.rival, case.rival_starts)
    assert best.legal
    assert rival.legal
    assert (worth(best.tiers), worth(rival.tiers)) == (case.worth, case.rival_worth)
    # It is a trade-off: the first tier that differs speaks for the best, a later one for the rival.
    differ = [(mine, theirs) for mine, theirs in zip(case.worth, case.rival_worth, strict=True) if mine != theirs]
    assert differ[0][0] < differ[0][1]
    assert any(mine > theirs for mine, theirs in differ[1:])
    for seed in (0, 1):
        result = solve(case.problem, case.rules, seed=seed, workers=1)
        assert (result.status, worth(result.tiers)) == (Status.OPTIMAL, case.worth)
        assert all(proven(tier) for tier in result.tiers)


def proven(tier: Tier) -> bool:
    return tier.bound == tier.value


def test_an_empty_seat_and_a_skill_that_is_missing_weigh_alike() -> None:
    # One person, two meetings at one time; the first asks for a skill that F1 brings. Whichever stays empty costs its
    # seat, the first also its skill: 4 against 4 + 4, and with the highest priority 16 against 4 + 4.
    for priority, chosen, points in ((3, "M1", 4), (4, None, 8), (5, "M2", 8)):
        case = problem(
            [meeting("M1"), meeting("M2", priority=priority)],
            [person("F1")],
            requirements=[{"meeting": "M1", "seat": None, "skill": "sensemaking", "level": 2}],
            skills=[{"facilitator": "F1", "skill": "sensemaking", "level": 2}],
        )
        result = solve(case, RULES, workers=1)
        assert (result.tiers[0].value, result.tiers[0].bound) == (points, points)
        assert chosen in (None, next(row.meeting for row in result.roster.rows if row.facilitator))


def test_one_tier_is_one_sum() -> None:
    # In tier 4 two meetings' practice make up for two faces: F2 needs both sessions (2), F1 one (1). Whoever takes
    # them: F1 twice 2, F2 twice 1, each once 1 (F2 lacks one) + 1 (a second face).
    case = course("prefer", [person("F1", min_meetings=1), person("F2", min_meetings=2)])
    values = {
        names: worth(judged(Case(case, {}, (), {}, ()), dict(zip(("M1", "M2"), names, strict=True)), {}).tiers)[3]
        for names in (("F1", "F1"), ("F2", "F2"), ("F1", "F2"))
    }
    assert values == {("F1", "F1"): 2, ("F2", "F2"): 1, ("F1", "F2"): 2}
    result = solve(case, RULES, workers=1)
    assert [row.facilitator for row in result.roster.rows] == ["F2", "F2"]
