"""Rule `one-trip`: points off for a meeting near an earlier one of the same person on the day."""

from typing import Any

import pytest
from tests.builders import Cells, Holders, penalty, problem, roster
from tests.rules.half_over import TODAY, told
from tests.rules.on_the_road import at, living

from poolmatch import STANDARD_RULES, Problem, RuleSet, Status, check, solve
from poolmatch.domain.travel import Travel
from poolmatch.rules.one_trip import OneTripRule
from poolmatch.testing import check_rule

RULE = "one-trip"
BOTH: Holders = {"M1": "F1", "M2": "F1"}
PAIR = (living(), living(name="F2"))


def points(case: Problem, holders: Holders = BOTH, **parameters: Any) -> int:
    """Return what a roster costs by the rule; the rule's model must agree, on every roster."""
    return penalty(RULE, case, holders, STANDARD_RULES.plus(OneTripRule(**parameters)))


def village(*second: Cells, **tables: Any) -> Problem:
    """Return M1 in the morning, 14 km from where F1 and F2 live, and others."""
    return problem([at(1, "M1"), *second], tables.pop("people", PAIR), **tables)


# --- near, on one day, by one person -----------------------------------------------------------------------


def test_the_journey_to_the_second_is_saved() -> None:
    case = village(at(1, "M2", "05 afternoon"))
    assert points(case) == -14
    assert points(case, {"M1": "F1", "M2": "F2"}) == 0
    assert points(case, {"M2": "F1"}) == 0
    assert points(case, {}) == 0


@pytest.mark.parametrize(
    ("tenths", "near_km", "saved"),
    [
        (1.069, 1.0, 15),  # 0.0069 degree of road: 0.997 km away, and 15.45 from home
        (1.070, 1.0, 0),  # 1.012 km
        (1.070, 1.02, 15),
        (1.0, 0.0, 14),
        (1.00001, 0.0, 0),
        (2.0, 14.0, 0),
        (2.0, 14.5, 29),  # the kilometres to the second are saved
        (0.5, 7.3, 7),
        (-1.0, 100.0, 14),
    ],
)
def test_near_is_so_many_kilometres_of_road(tenths: float, near_km: float, saved: int) -> None:
    assert points(village(at(tenths, "M2", "05 afternoon")), near_km=near_km) == -saved


def test_near_is_inclusive() -> None:
    case = village(at(1.05, "M2", "05 afternoon"))
    km = Travel().kilometres_between(case.meeting("M1"), case.meeting("M2"))
    assert km is not None
    assert points(case, near_km=km) == -15
    assert points(case, near_km=km - 1e-6) == 0


def test_a_day_is_a_local_day() -> None:
    def night(start: str) -> Problem:
        return village(at(1, "M2") | {"start": start, "end": f"{start[:-2]}59"})

    assert points(night("2026-03-05 23:30")) == -14
    assert points(night("2026-03-05 00:30")) == -14  # the day before in UTC
    assert points(night("2026-03-06 00:30")) == 0  # the same day in UTC


def test_a_whole_day_at_one_place_saves_all_journeys_but_one() -> None:
    case = village(at(1, "M2", "05 noon"), at(1, "M3", "05 afternoon"))
    assert points(case, {"M1": "F1", "M2": "F1", "M3": "F1"}) == -28
    assert points(case, {"M1": "F1", "M2": "F2", "M3": "F1"}) == -14


def test_what_lies_in_between_elsewhere_changes_nothing() -> None:
    case = village(at(3, "M2", "05 noon"), at(1, "M3", "05 afternoon"))
    assert points(case, {"M1": "F1", "M2": "F1", "M3": "F1"}) == -14


def test_what_starts_together_is_in_order_of_id() -> None:
    rows = [at(1, "M2"), at(1.05, "M1")]
    assert points(problem(rows, PAIR)) == -14  # M1 is first, M2 is 14.46 km from home


def test_what_is_not_known_is_near_to_nothing() -> None:
    away: Cells = {"lat": None, "lon": None, "region": "north"}
    assert points(village(at(1, "M2", "05 afternoon", online=True)), together=3) == 0
    assert points(village(at(1, "M2", "05 afternoon", **away)), together=3) == 0
    nowhere = [living(lat=None, lon=None), living(name="F2")]
    assert points(village(at(1, "M2", "05 afternoon"), people=nowhere)) == 0
    assert points(village(at(1, "M2", "05 afternoon"), people=nowhere), together=3) == -3


def test_together_counts_besides_the_kilometres() -> None:
    assert points(village(at(1, "M2", "05 afternoon")), together=3) == -17
    next_door = [living(1), living(name="F2")]
    assert points(village(at(1, "M2", "05 afternoon"), people=next_door)) == 0
    assert points(village(at(1, "M2", "05 afternoon"), people=next_door), together=3) == -3


def test_teams_slots_duties_and_the_past() -> None:
    seats = [{"meeting": name, "seat": role, "role": role} for name in ("M1", "M2") for role in ("lead", "co")]
    case = village(at(1, "M2", "05 afternoon"), seats=seats)
    assert points(case, {"M1": "F1", ("M2", "co"): "F1"}) == -14
    assert points(case, {"M1": "F1", ("M1", "co"): "F2", "M2": "F2", ("M2", "co"): "F1"}) == -28
    duty = {"duty": "D1", "kind": "coaching", "hours": 2}
    assert points(village(duties=[duty]), {"M1": "F1", ("D1", "coaching"): "F1"}, together=3) == 0
    slots = [{"meeting": "M2", "start": f"2026-03-{day} 12:00", "end": f"2026-03-{day} 13:00"} for day in ("05", "06")]
    loose = village({"meeting": "M2", "lat": 53.1, "lon": 6.0}, slots=slots)
    assert check_rule(OneTripRule(), loose) == 3 * 5
    past = village(
        at(1, "M2", "05 noon"), at(1, "M3", "20 noon"), published=[told("F1"), told("F1", "M2")], period=TODAY
    )
    assert points(past, {"M3": "F1"}) == -14


def test_the_words_name_both_meetings_the_day_and_the_journey() -> None:
    rules = STANDARD_RULES.plus(OneTripRule(together=3))
    (finding,) = check(village(at(1, "M2", "05 afternoon")), roster(BOTH), rules).by_rule[RULE]
    assert (finding.facilitators, finding.meetings, finding.points) == (("F1",), ("M1", "M2"), -17)
    assert str(finding.day) == "2026-03-05"
    assert finding.words.en == "F1 has M1 and M2 near one another on 2026-03-05, which saves a journey of 14 km."
    assert finding.words.nl == "F1 heeft M1 en M2 op 5-3-2026 vlak bij elkaar, dat scheelt een reis van 14 km."


# --- in solve ----------------------------------------------------------------------------------------------

UNSHARED = STANDARD_RULES.without("fair-load", "reciprocity")
"""Without the rules of tier 5, which would share the work."""


def test_it_is_off_unless_it_is_asked_for_and_stands_in_tier_6() -> None:
    assert RULE not in {rule.id for rule in STANDARD_RULES.rules}
    assert RULE in {rule.id for rule in RuleSet.from_toml("[rules.one-trip]\nnear_km = 2").in_tier(6)}


@pytest.mark.parametrize(
    ("rules", "holder", "value"),
    [
        (UNSHARED, "F2", 14 + 11),
        (UNSHARED.plus(OneTripRule()), "F1", 14 + 15 - 15),
        (UNSHARED.plus(OneTripRule(near_km=0.5)), "F2", 14 + 11),
    ],
)
def test_who_is_there_already_stays(rules: RuleSet, holder: str, value: int) -> None:
    # F2 cannot come in the morning. M2 is 0.72 km from M1: 15.18 km from F1, 10.84 from F2, so 15 and 11.
    away = {"facilitator": "F2", "start": "2026-03-05 08:00", "end": "2026-03-05 11:00", "kind": "unavailable"}
    people = [living(), living(0.3, name="F2")]
    case = problem([at(1, "M1"), at(1.05, "M2", "05 afternoon")], people, availability=[away])
    result = solve(case, rules, workers=1)
    assert result.status is Status.OPTIMAL
    assert [result.roster.holder(name, "lead") for name in ("M1", "M2")] == ["F1", holder]
    (tier,) = [tier for tier in result.tiers if tier.tier == 6]
    assert (tier.points, tier.bound) == (value, tier.value)


def test_a_tier_below_nothing_is_proven() -> None:
    # Nothing but points off: −14 and −14, with a bound and no gap.
    case = village(at(1, "M2", "05 noon"), at(1, "M3", "05 afternoon"), people=[living(max_per_day=3)])
    rules = UNSHARED.without("short-travel", "cost", "wishes").plus(OneTripRule())
    (tier,) = [tier for tier in solve(case, rules, workers=1).tiers if tier.tier == 6]
    assert (tier.value, tier.bound) == (-28, -28)
