"""Rule `travel-share`: kilometres grow dearer in steps that are as long as somebody's share.

Counted here in tenths of a point: a kilometre of the second step costs 1, of the third 2, up to 10.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, penalty, problem, roster
from tests.rules.half_over import TODAY, told
from tests.rules.on_the_road import at, living

from poolmatch import STANDARD_RULES, Problem, Roster, RuleSet, Status, check, solve
from poolmatch.domain.travel import Travel
from poolmatch.rules.travel_share import TravelShareRule

RULE = "travel-share"
PAIR = (living(), living(name="F2"))
ALL: Holders = {"M1": "F1", "M2": "F1"}


def rules(step_km: int = 10, between: bool = False) -> RuleSet:
    return STANDARD_RULES.plus(TravelShareRule(step_km=step_km)).with_travel(Travel(between=between))


def days(people: Sequence[Cells] = PAIR, **tables: Any) -> Problem:
    """Return two meetings on different days, 14 km from who lives at 53°: 28 km each, home and back."""
    return problem([at(1, "M1"), at(1, "M2", "06 morning")], people, **tables)


def tenths(case: Problem, holders: Holders, step_km: int = 10, between: bool = False) -> int:
    return penalty(RULE, case, holders, rules(step_km, between))


# --- the steps ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step_km", "one", "all_"),
    [
        (56, 0, 0),
        (55, 0, 1),  # 56 km: one in the second step
        (28, 0, 28),
        (27, 1, 29 + 2),  # 27 free, 27 at 1, 2 at 2
        (10, 10 + 8 * 2, 10 * (1 + 2 + 3 + 4) + 6 * 5),
        (5, 5 * (1 + 2 + 3 + 4) + 3 * 5, 5 * 45 + 6 * 10),  # from 50 km on each costs a point
        (1, 45 + 18 * 10, 45 + 46 * 10),
    ],
)
def test_kilometres_grow_dearer_step_by_step(step_km: int, one: int, all_: int) -> None:
    assert tenths(days(), {"M1": "F1"}, step_km) == one
    assert tenths(days(), {"M1": "F1", "M2": "F2"}, step_km) == 2 * one
    assert tenths(days(), ALL, step_km) == all_


def test_steps_are_as_long_as_a_share() -> None:
    # Three parts of four are 15 km a step, one of four 5: 28 km cost 13 and 5 × (1 + 2 + 3 + 4) + 3 × 5.
    case = days([living(contract_hours=30), living(name="F2", contract_hours=10)])
    assert tenths(case, {"M1": "F1"}) == 13
    assert tenths(case, {"M1": "F2"}) == 65
    # A third of two steps of 10 km is 6.67, two thirds 13.33: 7 and 13 km.
    case = days([living(contract_hours=10), living(name="F2", contract_hours=20)])
    assert tenths(case, {"M1": "F1"}) == 7 * (1 + 2 + 3)
    assert tenths(case, {"M1": "F2"}) == 13 + 2 * 2


def test_who_was_there_half_the_month_has_half_a_step() -> None:
    # 31 days and 15 of them (from the 17th on): 31/46 × 20 = 13.48 and 6.52 km.
    case = problem([at(1, "M1", "20 morning")], [living(), living(name="F2", joined="2026-03-17")])
    assert tenths(case, {"M1": "F1"}) == 13 + 2 * 2
    assert tenths(case, {"M1": "F2"}) == 7 * (1 + 2 + 3)


def test_who_has_no_share_pays_from_the_first_kilometre() -> None:
    case = days([living(contract_hours=0), living(name="F2", contract_hours=8)])
    assert tenths(case, {"M1": "F1"}) == 280
    assert tenths(case, {"M1": "F2"}) == 8  # a step of 20 km


def test_externals_have_no_share_and_are_not_charged() -> None:
    case = days([living(), living(name="X", external=True)])
    assert tenths(case, {"M1": "X", "M2": "X"}) == 0
    assert tenths(case, {"M1": "F1"}) == 26  # F1 has all of it


def test_what_has_no_journey_is_free() -> None:
    away: dict[str, Any] = {"lat": None, "lon": None}
    rows = [at(1, "M1", online=True), at(1, "M2", "06 morning", **away), at(0, "M3", "07 morning")]
    case = problem(rows, PAIR, duties=[{"duty": "D1", "kind": "coaching", "hours": 2}])
    assert tenths(case, {"M1": "F1", "M2": "F1", "M3": "F1", ("D1", "coaching"): "F1"}, 1) == 0


def test_a_journey_along_both_is_shorter() -> None:
    # 57 km instead of 86, in steps of 10.
    case = problem([at(1, "M1"), at(2, "M2", "05 noon")], PAIR)
    assert tenths(case, ALL) == 10 * 28 + 6 * 8
    assert tenths(case, ALL, between=True) == 10 * 10 + 7 * 5


@pytest.mark.parametrize("between", [False, True])
def test_the_past_of_the_period_counts(between: bool) -> None:
    published = [told("F1"), told("F1", "M2")]
    rows = [at(1, "M1"), at(2, "M2", "05 noon"), at(1, "M3", "20 morning")]
    case = problem(rows, PAIR, published=published, period=TODAY)
    km = 57 if between else 86

    def cost(km: int) -> int:
        return sum(max(0, km - 10 * number) for number in range(1, 11))

    assert tenths(case, {}, between=between) == cost(km)
    assert tenths(case, {"M3": "F1"}, between=between) == cost(km + 28)
    assert tenths(case, {"M3": "F2"}, between=between) == cost(km) + 26


def test_the_words_name_kilometres_and_what_is_free() -> None:
    (finding,) = check(days(), roster(ALL), rules()).by_rule[RULE]
    assert (finding.facilitators, finding.penalty, finding.scale, finding.points) == (("F1",), 130, 10, 13)
    assert finding.words.en == "F1 travels 56 km in the period; 10 km are free."
    assert finding.words.nl == "F1 reist in de periode 56 km; 10 km is vrij."


# --- in solve ----------------------------------------------------------------------------------------------


def test_it_is_off_unless_it_is_asked_for_and_stands_in_tier_5() -> None:
    assert RULE not in {rule.id for rule in STANDARD_RULES.rules}
    assert RULE in {rule.id for rule in RuleSet.from_toml("[rules.travel-share]\nstep_km = 20").in_tier(5)}


@pytest.mark.parametrize("seed", [0, 1])
def test_journeys_are_shared_though_one_would_gladly_have_both(seed: int) -> None:
    wishes = [{"facilitator": "F1", "meeting": name, "score": 5} for name in ("M1", "M2")]
    case, unshared = days(preferences=wishes), STANDARD_RULES.without("fair-load", "reciprocity")
    for chosen, people, value in (
        (unshared, {"F1"}, None),
        (unshared.plus(TravelShareRule(step_km=10)), {"F1", "F2"}, 52),
    ):
        result = solve(case, chosen, workers=1, seed=seed)
        assert result.status is Status.OPTIMAL
        assert {row.facilitator for row in result.roster.rows} == people
        if value is not None:
            (tier,) = [tier for tier in result.tiers if tier.tier == 5]
            assert (tier.value, tier.bound, tier.scale) == (value, value, 10)


def test_nobody_is_sent_farther_for_the_sake_of_shares() -> None:
    # F1 has 56 km in any case; F2 could go to M3, 14 km away, which F3 has next door.
    people = [living(), living(name="F2"), living(1, name="F3", roles="co")]
    seats = [{"meeting": "M3", "seat": "co", "role": "co"}]
    pins = [{"meeting": name, "seat": "lead", "facilitator": "F1"} for name in ("M1", "M2")]
    case = problem([at(1, "M1"), at(1, "M2", "06 morning"), at(1, "M3", "07 morning")], people, seats=seats, pins=pins)
    unshared = STANDARD_RULES.without("fair-load", "reciprocity", "lead-first").plus(TravelShareRule(step_km=10))
    result = solve(case, unshared, workers=1)
    assert result.roster.holder("M3", "co") == "F3"
    assert check(case, Roster(rows=result.roster.rows), unshared).penalty(RULE) == 130
