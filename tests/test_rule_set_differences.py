"""What differs between rule sets: a fingerprint of all of it, and differences in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.rule_sets import standing

from poolmatch import STANDARD_RULES, RuleSet
from poolmatch.domain.travel import Travel
from poolmatch.neutrality.policy import INTERNAL, STRICT
from poolmatch.rules.cost import CostRule
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.rules.fair_load import FairLoadRule
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.rules.reciprocity import ReciprocityRule
from poolmatch.rules.rest import RestRule
from poolmatch.rules.worst_served import WorstServedRule

# --- fingerprint -------------------------------------------------------------------------------------------

CHANGES: dict[str, RuleSet] = {
    "as it comes": STANDARD_RULES,
    "another name": replace(STANDARD_RULES, name="ours"),
    "another version": replace(STANDARD_RULES, version=2),
    "weighted": STANDARD_RULES.weighted(),
    "other weights": replace(STANDARD_RULES, weights=(1000, 100, 50, 20, 2)),
    "other weights, weighted": STANDARD_RULES.weighted([1000, 100, 50, 20, 2]),
    "weights the other way round": replace(STANDARD_RULES, weights=(1, 2, 20, 50, 100, 1000)),
    "a share of tier 5 for those below": STANDARD_RULES.keeping({5: "1 %"}),
    "a point of it": STANDARD_RULES.keeping({5: 1}),
    "a point of tier 4": STANDARD_RULES.keeping({4: 1}),
    "cost in tier 5": standing(cost=5),
    "cost in tier 4": standing(cost=4),
    "wishes in tier 5": standing(wishes=5),
    "both in tier 5": standing(cost=5, wishes=5),
    "one rule more": STANDARD_RULES.plus(FewPeopleRule()),
    "another rule more": STANDARD_RULES.plus(WorstServedRule()),
    "one rule less": STANDARD_RULES.without("reciprocity"),
    "another rule less": STANDARD_RULES.without("fair-load"),
    "another parameter": STANDARD_RULES.plus(ReciprocityRule(split="parties")),
    "slower": STANDARD_RULES.with_travel(Travel(speed_kmh=50)),
    "another policy": STANDARD_RULES.with_policy(INTERNAL),
}


def test_whatever_differs_has_another_fingerprint() -> None:
    assert len({rules.fingerprint for rules in CHANGES.values()}) == len(CHANGES) == 21


def test_equal_rule_sets_have_one_fingerprint() -> None:
    toml = RuleSet.from_toml(
        'name = "standard"\nmode = "weighted"\nweights = [5, 4]\nwithout = ["rest"]\n'
        "[tiers]\nwishes = 4\ncost = 5\n[rules.pinned]\nforce = true\n[travel]\nspeed_kmh = 50"
    )
    code = STANDARD_RULES.plus(PinnedRule(force=True)).without("rest").with_travel(Travel(speed_kmh=50))
    code = replace(code.weighted([5, 4]), tiers_of=(("cost", 5), ("wishes", 4)))
    other = replace(code, tiers_of=(("wishes", 4), ("cost", 5)))
    assert toml == code
    assert toml.fingerprint == code.fingerprint == other.fingerprint
    assert toml.fingerprint != STANDARD_RULES.fingerprint
    assert not toml.diff(other)
    assert len(toml.fingerprint) == 64


def test_the_fingerprint_of_a_changed_copy_is_its_own() -> None:
    before = STANDARD_RULES.fingerprint
    rules = STANDARD_RULES.weighted()
    assert rules.fingerprint != before
    assert replace(rules, mode="tiers").fingerprint == before
    assert standing().fingerprint == before


# --- differences in words ----------------------------------------------------------------------------------


def words(before: RuleSet, after: RuleSet) -> list[tuple[str, str]]:
    return [(item.en, item.nl) for item in before.diff(after)]


@pytest.mark.parametrize("name", CHANGES)
def test_a_rule_set_differs_from_the_others_and_not_from_itself(name: str) -> None:
    rules = CHANGES[name]
    assert rules.diff(replace(rules)) == ()
    for other, changed in CHANGES.items():
        assert bool(rules.diff(changed)) == (other != name)
        assert all(item.en and item.nl for item in rules.diff(changed))


def test_name_and_version() -> None:
    after = replace(STANDARD_RULES, name="ours", version=3)
    assert words(STANDARD_RULES, after) == [
        ("name is ours; before it was standard.", "naam is ours; eerder standard."),
        ("version is 3; before it was 1.", "versie is 3; eerder 1."),
    ]
    assert words(after, STANDARD_RULES)[0] == (
        "name is standard; before it was ours.",
        "naam is standard; eerder ours.",
    )


def test_mode_and_weights() -> None:
    assert words(STANDARD_RULES, STANDARD_RULES.weighted([3, 2])) == [
        ("mode is weighted; before it was tiers.", "werkwijze is weighted; eerder tiers."),
        (
            "weights is 3, 2; before it was 1000, 100, 50, 20, 2, 1.",
            "gewichten is 3, 2; eerder 1000, 100, 50, 20, 2, 1.",
        ),
    ]


def test_tiers() -> None:
    assert words(standing(cost=5, wishes=4), standing(cost=5.5, wishes=4)) == [
        ("cost stands in tier 5.5; before it stood in tier 5.", "cost staat op niveau 5,5; eerder op niveau 5.")
    ]
    (moved,) = words(STANDARD_RULES, standing(cost=5))
    assert moved[0].startswith("cost stands in tier 5; before it stood in tier ")
    assert moved[1].startswith("cost staat op niveau 5; eerder op niveau ")
    (back,) = words(standing(cost=5), STANDARD_RULES)
    assert back[0].endswith("before it stood in tier 5.")
    several = words(STANDARD_RULES, standing(wishes=5, cost=5))
    assert [sentence[0].split()[0] for sentence in several] == ["cost", "wishes"]


def test_tolerances() -> None:
    assert words(STANDARD_RULES.keeping({4: 1, 5: "1%"}), STANDARD_RULES.keeping({2: 0.5, 5: "2.50 %"})) == [
        (
            "the tolerance of tier 2 is 0.5 points; before it was 0 points.",
            "de tolerantie van niveau 2 is 0,5 punten; eerder 0 punten.",
        ),
        (
            "the tolerance of tier 4 is 0 points; before it was 1 points.",
            "de tolerantie van niveau 4 is 0 punten; eerder 1 punten.",
        ),
        (
            "the tolerance of tier 5 is 2.5 %; before it was 1 %.",
            "de tolerantie van niveau 5 is 2.5 %; eerder 1 %.",
        ),
    ]


def test_a_tolerance_written_otherwise_or_of_nothing_is_no_difference() -> None:
    one, other = STANDARD_RULES.keeping({5: "1 %", 4: 2, 3: 0}), STANDARD_RULES.keeping({4: 2.0, 5.0: " 1.0%"})
    assert one.fingerprint == other.fingerprint != STANDARD_RULES.fingerprint
    assert one.diff(other) == ()
    assert STANDARD_RULES.keeping({1: 0, 2: "0 %"}).fingerprint == STANDARD_RULES.fingerprint
    toml = RuleSet.from_toml('name = "standard"\n[keep]\n5 = "1 %"\n4 = 2')
    assert toml.fingerprint == one.fingerprint


def test_rules_that_hold_now_or_no_longer() -> None:
    after = STANDARD_RULES.without("rest", "cost").plus(FewPeopleRule())
    assert words(STANDARD_RULES, after) == [
        ("The rule rest no longer holds.", "De regel rest geldt niet meer."),
        ("The rule cost no longer holds.", "De regel cost geldt niet meer."),
        ("The rule few-people holds now.", "De regel few-people geldt nu."),
    ]
    assert words(after, STANDARD_RULES) == [
        ("The rule few-people no longer holds.", "De regel few-people geldt niet meer."),
        ("The rule rest holds now.", "De regel rest geldt nu."),
        ("The rule cost holds now.", "De regel cost geldt nu."),
    ]


def test_the_order_of_rules_is_no_difference() -> None:
    other = STANDARD_RULES.without("cost").plus(CostRule())
    assert other.rules != STANDARD_RULES.rules
    assert other.fingerprint == STANDARD_RULES.fingerprint
    assert STANDARD_RULES.diff(other) == ()


def test_a_tier_written_as_a_fraction_or_as_its_own_is_no_difference() -> None:
    sets = [RuleSet.from_toml(f'name = "a"\n[tiers]\ncost = {tier}') for tier in ("6", "6.0")]
    plain = RuleSet.from_toml('name = "a"')
    assert {item.fingerprint for item in sets} == {plain.fingerprint}
    assert plain.diff(sets[0]) == ()


def test_parameters() -> None:
    after = STANDARD_RULES.plus(RestRule(hours=12), FairLoadRule(tolerance=5), ReciprocityRule(split="parties"))
    assert words(STANDARD_RULES, after) == [
        ("hours of rest is 12.0; before it was 11.0.", "hours van rest is 12.0; eerder 11.0."),
        ("tolerance of fair-load is 5; before it was 10.", "tolerance van fair-load is 5; eerder 10."),
        (
            "split of reciprocity is parties; before it was commissioner.",
            "split van reciprocity is parties; eerder commissioner.",
        ),
    ]


def test_a_parameter_that_is_unset() -> None:
    capped = STANDARD_RULES.plus(ExposureCapRule(cap=3, window_days=90))
    assert words(STANDARD_RULES, capped) == [
        ("cap of exposure-cap is 3; before it was –.", "cap van exposure-cap is 3; eerder –."),
        ("window_days of exposure-cap is 90; before it was –.", "window_days van exposure-cap is 90; eerder –."),
    ]
    assert words(capped, STANDARD_RULES)[0][0] == "cap of exposure-cap is –; before it was 3."


def test_travel() -> None:
    after = STANDARD_RULES.with_travel(Travel(speed_kmh=50, fixed_minutes=5))
    assert words(STANDARD_RULES, after) == [
        ("travel fixed_minutes is 5.0; before it was 10.0.", "reizen fixed_minutes is 5.0; eerder 10.0."),
        ("travel speed_kmh is 50.0; before it was 60.0.", "reizen speed_kmh is 50.0; eerder 60.0."),
    ]
    engine = STANDARD_RULES.with_travel(Travel(minutes=lambda _a, _b: 10))
    assert words(STANDARD_RULES, engine) == [
        (
            "travel minutes is replaced by the caller; before it was –.",
            "reizen minutes is replaced by the caller; eerder –.",
        )
    ]


def test_a_row_of_the_policy_less_and_more_and_regraded() -> None:
    def policed(**changes: object) -> RuleSet:
        return STANDARD_RULES.with_policy(STRICT.model_copy(update=changes))

    rows = STRICT.rows
    fewer = policed(rows=rows[1:])
    name = rows[0].rule
    assert words(STANDARD_RULES, fewer) == [
        (f"The policy no longer has the row {name}.", f"Het beleid heeft de rij {name} niet meer.")
    ]
    assert words(fewer, STANDARD_RULES) == [
        (f"The policy has the row {name} now.", f"Het beleid heeft nu de rij {name}.")
    ]
    *before, position, unknown = rows
    longer = position.model_copy(update={"observer": position.observer, "look_back": 5})
    milder = policed(rows=(*before, longer, unknown))
    assert words(STANDARD_RULES, milder) == [
        (
            "look_back of policy row public-position is 5; before it was 3.",
            "look_back van beleidsrij public-position is 5; eerder 3.",
        )
    ]
    assert words(STANDARD_RULES, policed(name="ours", version=STRICT.version + 1, kinds=("volunteer", "donor"))) == [
        ("name of the policy is ours; before it was strict.", "naam van het beleid is ours; eerder strict."),
        (
            f"version of the policy is {STRICT.version + 1}; before it was {STRICT.version}.",
            f"versie van het beleid is {STRICT.version + 1}; eerder {STRICT.version}.",
        ),
        (
            "kinds of the policy is volunteer, donor; before it was –.",
            "soorten van het beleid is volunteer, donor; eerder –.",
        ),
    ]


def test_the_other_policy_says_what_it_regrades() -> None:
    found = [sentence for sentence, _ in words(STANDARD_RULES, STANDARD_RULES.with_policy(INTERNAL))]
    assert found[0] == "name of the policy is internal; before it was strict."
    assert any(sentence.startswith("mixed_teams of the policy is ") for sentence in found)
    # Two rows are waivable for every grade but observer; in-group contributors already were.
    regraded = [sentence for sentence in found if " of policy row " in sentence]
    assert len(regraded) == 7
    assert all(sentence.endswith(" is waivable; before it was blocked.") for sentence in regraded)


def test_the_order_of_policy_rows_is_a_difference() -> None:
    turned = STRICT.model_copy(update={"rows": STRICT.rows[::-1]})
    (words,) = STANDARD_RULES.diff(STANDARD_RULES.with_policy(turned))
    assert (words.en, words.nl) == (
        "The policy has its rows in another order.",
        "Het beleid heeft de rijen in een andere volgorde.",
    )


def test_the_example_of_the_documentation_in_words() -> None:
    rules = RuleSet.from_file(Path(__file__).parent.parent / "docs" / "rules.toml")
    sentences = [sentence for sentence, _ in words(STANDARD_RULES, rules)]
    assert "name is our-cooperative; before it was standard." in sentences
    assert "The rule short-travel no longer holds." in sentences
    assert "hours of rest is 12.0; before it was 11.0." in sentences
