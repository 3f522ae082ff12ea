"""A rule set is data: rules in tiers, a mode, and weights.

What it says of neutrality policies is in tests/neutrality/test_policy_of_rules.py; what a weighted sum is worth in
tests/solving.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.rule_sets import ids, of, standing

from poolmatch import STANDARD_RULES, RuleSet
from poolmatch.domain.travel import Travel
from poolmatch.neutrality.policy import INTERNAL
from poolmatch.rules.rest import RestRule
from poolmatch.rules.worst_served import WorstServedRule

# --- tiers -------------------------------------------------------------------------------------------------


def test_preferences_stand_in_their_own_tier() -> None:
    assert STANDARD_RULES.mode == "tiers"
    assert STANDARD_RULES.tiers == (1, 2, 3, 4, 5, 6)
    assert ids(STANDARD_RULES.in_tier(1)) == ["fill-seats", "team-skills"]
    assert ids(STANDARD_RULES.in_tier(5)) == ["fair-load", "reciprocity"]
    assert ids(STANDARD_RULES.in_tier(6)) == ["short-travel", "cost", "wishes"]
    assert ids(STANDARD_RULES.in_tier(5.5)) == []
    assert {rule.id: STANDARD_RULES.tier_of(rule) for rule in STANDARD_RULES.preferences} == {
        rule.id: rule.tier for rule in STANDARD_RULES.preferences
    }


def test_a_preference_in_another_tier() -> None:
    rules = standing(cost=5, reciprocity=4.5, wishes=7)
    assert rules.tiers == (1, 2, 3, 4, 4.5, 5, 6, 7)
    assert ids(rules.in_tier(4.5)) == ["reciprocity"]
    assert ids(rules.in_tier(5)) == ["fair-load", "cost"]
    assert ids(rules.in_tier(6)) == ["short-travel"]
    assert ids(rules.in_tier(7)) == ["wishes"]
    assert rules.tier_of(of("cost")) == 5
    assert rules.tier_of(of("short-travel")) == 6
    assert STANDARD_RULES.tiers == (1, 2, 3, 4, 5, 6)  # as it was


def test_a_tier_that_everyone_leaves_is_none() -> None:
    rules = standing(fair_load=4, reciprocity=6)
    assert rules.tiers == (1, 2, 3, 4, 6)
    assert ids(rules.in_tier(4)) == ["continuity", "practice", "optional-seats", "fair-load"]
    assert ids(rules.in_tier(6)) == ["reciprocity", "short-travel", "cost", "wishes"]


def test_changed_copies_keep_mode_weights_and_tiers() -> None:
    rules = replace(standing(cost=5), mode="weighted", weights=(9, 8))
    copies: list[Callable[[], RuleSet]] = [
        lambda: rules.plus(WorstServedRule()),
        lambda: rules.without("rest"),
        lambda: rules.with_travel(Travel(speed_kmh=50)),
        lambda: rules.with_policy(INTERNAL),
    ]
    for copy in copies:
        assert (copy().mode, copy().weights, copy().tiers_of) == ("weighted", (9, 8), (("cost", 5),))


# --- weights -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "weight"),
    [(1, 1000), (2, 100), (3, 50), (4, 20), (5, 2), (6, 1), (4.5, 20), (5.5, 2), (7, 1), (9, 1), (6.5, 1)],
)
def test_a_point_of_a_tier_counts_its_weight(tier: float, weight: int) -> None:
    # A tier between two takes the weight of the one above it; beyond the last weight, the last.
    assert STANDARD_RULES.weight_of(tier) == weight


def test_fewer_weights_than_tiers_and_more() -> None:
    assert [STANDARD_RULES.weighted([7, 3]).weight_of(tier) for tier in (1, 1.5, 2, 6)] == [7, 7, 3, 3]
    assert [STANDARD_RULES.weighted(range(8, 0, -1)).weight_of(tier) for tier in (1, 6, 8)] == [8, 3, 1]


def test_weighted_changes_mode_and_weights_and_nothing_else() -> None:
    rules = STANDARD_RULES.weighted()
    assert (rules.mode, rules.weights) == ("weighted", (1000, 100, 50, 20, 2, 1))
    assert STANDARD_RULES.weighted([5, 4, 3]).weights == (5, 4, 3)
    assert STANDARD_RULES.weighted([5, 4, 3]).weighted().weights == (5, 4, 3)
    assert replace(rules, mode="tiers") == STANDARD_RULES
    assert STANDARD_RULES.mode == "tiers"


@pytest.mark.parametrize("weights", [(1,), (10**6,), (1, 10**6, 1)])
def test_weights_at_the_edge_are_accepted(weights: tuple[int, ...]) -> None:
    assert STANDARD_RULES.weighted(weights).weights == weights


@pytest.mark.parametrize("weights", [(), (0,), (3, 0), (-1,), (10**6 + 1,), (True,)])
def test_weights_beyond_the_edge_are_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"^weights are whole numbers from 1 to 1,000,000, one for each tier$"):
        replace(STANDARD_RULES, weights=weights)


def test_another_mode_is_refused() -> None:
    for mode in ("weighed", "Tiers", ""):
        with pytest.raises(ValueError, match=f"^mode is '{mode}'; write one of: tiers, weighted$"):
            replace(STANDARD_RULES, mode=mode)  # type: ignore[arg-type]


def test_two_rules_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^rules with one id: rest$"):
        RuleSet("two", 1, (RestRule(), RestRule(hours=12)))


def test_leaving_out_what_is_not_there_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"""^no rule 'short-travl' in this rule set; did you mean "short-travel"[?]"""
    ):
        STANDARD_RULES.without("short-travl")


def test_what_a_rule_set_refuses() -> None:
    for changes in (
        {"weights": (1.5,)},
        {"weights": ()},
        {"tiers_of": (("rest", 3),)},
        {"tiers_of": (("worst-served", 4),)},
        {"tiers_of": (("cost", float("nan")),)},
        {"tiers_of": (("cost", 5), ("cost", 6))},
    ):
        with pytest.raises(ValueError, match=r"weights are whole|no preference of this|is nan|two tiers"):
            replace(STANDARD_RULES, **changes)
    with pytest.raises(ValueError, match="weights are whole"):
        STANDARD_RULES.weighted([])
