"""A rule set is data: mode, weights and tiers from TOML, a fingerprint of all of it, and differences in words.

What it says of neutrality policies is in tests/neutrality/test_policy_data.py; what a weighted sum is worth in
tests/solving.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from poolmatch import STANDARD_RULES, PreferenceRule, ProblemError, RuleSet
from poolmatch.domain.travel import Travel
from poolmatch.neutrality.policy import INTERNAL, STRICT
from poolmatch.rule import Rule
from poolmatch.rules.cost import CostRule
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.rules.fair_load import FairLoadRule
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.rules.reciprocity import ReciprocityRule
from poolmatch.rules.rest import RestRule
from poolmatch.rules.worst_served import WorstServedRule

EVERY_KEY = "keys: name, version, without, travel, policy, mode, weights, tiers, rules"


def ids(rules: tuple[PreferenceRule, ...]) -> list[str]:
    return [rule.id for rule in rules]


def standing(**tiers: float) -> RuleSet:
    """Return the standard rules with preferences in other tiers than their own."""
    return replace(STANDARD_RULES, tiers_of=tuple((name.replace("_", "-"), tier) for name, tier in tiers.items()))


def of(name: str, rules: RuleSet = STANDARD_RULES) -> PreferenceRule:
    rule = rules[name]
    assert isinstance(rule, PreferenceRule)
    return rule


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


# --- from TOML ---------------------------------------------------------------------------------------------


def test_an_empty_text_is_the_standard_under_another_name() -> None:
    rules = RuleSet.from_toml("")
    assert (rules.name, rules.version) == ("custom", 1)
    assert replace(rules, name="standard") == STANDARD_RULES


def test_mode_weights_and_tiers_from_toml() -> None:
    text = 'mode = "weighted"\nweights = [500, 40, 3]\n[tiers]\nwishes = 5\nshort-travel = 6.5\n'
    rules = RuleSet.from_toml(text)
    assert (rules.mode, rules.weights) == ("weighted", (500, 40, 3))
    assert dict(rules.tiers_of) == {"short-travel": 6.5, "wishes": 5}
    assert rules.tiers == (1, 2, 3, 4, 5, 6, 6.5)
    assert rules.rules == STANDARD_RULES.rules


def test_weights_alone_leave_the_mode_as_it_is() -> None:
    assert RuleSet.from_toml("weights = [3, 2, 1]").mode == "tiers"
    assert RuleSet.from_toml('mode = "tiers"') == RuleSet.from_toml("")


@pytest.mark.parametrize(
    ("name", "tier", "rule"), [("few-people", 6, FewPeopleRule()), ("worst-served", 5.5, WorstServedRule())]
)
def test_a_table_switches_on_a_rule_that_is_not_standard(name: str, tier: float, rule: Rule) -> None:
    rules = RuleSet.from_toml(f"[rules.{name}]")
    assert {item.id for item in rules.rules} - {item.id for item in STANDARD_RULES.rules} == {name}
    assert rules[name] == rule
    assert rules.tier_of(of(name, rules)) == tier
    moved = RuleSet.from_toml(f"[rules.{name}]\n[tiers]\n{name} = 3")
    assert moved.tier_of(of(name, moved)) == 3
    assert name in ids(moved.in_tier(3))
    # The order in which rules are looked at is always the same.
    assert rules.fingerprint == replace(STANDARD_RULES.plus(rule), name="custom").fingerprint


def test_rules_stand_in_one_order_whatever_the_order_of_the_text() -> None:
    tables = ["[rules.worst-served]\n", "[rules.few-people]\n", "[rules.rest]\nhours = 12\n", "[tiers]\ncost = 5\n"]
    made = [RuleSet.from_toml("".join(order)) for order in itertools.permutations(tables)]
    assert len({rules.fingerprint for rules in made}) == 1
    assert all(rules == made[0] for rules in made)


def test_a_table_gives_parameters_and_without_leaves_rules_out() -> None:
    with_table = RuleSet.from_toml("[rules.rest]\nhours = 12")
    assert with_table["rest"] == RestRule(hours=12)
    without = RuleSet.from_toml('without = ["rest", "reciprocity"]')
    assert {item.id for item in STANDARD_RULES.rules} - {item.id for item in without.rules} == {"rest", "reciprocity"}


LOOK = "look at the example in docs/rules.md"
WRONG = [
    ('mode = "weihgted"', "rules", "", "mode is 'weihgted'; write one of: tiers, weighted", "correct it there"),
    ("mode = 1", "rules", "mode", "is not a word", LOOK),
    ("weights = 3", "rules", "weights", "is not a list of whole numbers", LOOK),
    ("weights = [3, 2.5]", "rules", "weights", "is not a list of whole numbers", LOOK),
    ("weights = [true]", "rules", "weights", "is not a list of whole numbers", LOOK),
    ('weights = ["3"]', "rules", "weights", "is not a list of whole numbers", LOOK),
    (
        "weights = [3, 0]",
        "rules",
        "",
        "weights are whole numbers from 1 to 1,000,000, one for each tier",
        "correct it there",
    ),
    (
        "weights = []",
        "rules",
        "",
        "weights are whole numbers from 1 to 1,000,000, one for each tier",
        "correct it there",
    ),
    ("wieghts = [3]", "rules", "wieghts", "is not a key of a rule set", f'did you mean "weights"? {EVERY_KEY}'),
    ("tier = 5", "rules", "tier", "is not a key of a rule set", f'did you mean "tiers"? {EVERY_KEY}'),
    ("tiers = 5", "rules", "tiers", "is not a table of rule ids and tiers", LOOK),
    (
        "[tiers]\nfil-seats = 2",
        "rules",
        "tiers.fil-seats",
        "is not a preference",
        'did you mean "fill-seats"? see docs/rules.md',
    ),
    ("[tiers]\nrest = 2", "rules", "tiers.rest", "is not a preference", "see docs/rules.md"),
    ("[tiers]\ncost = 0.9", "rules", "tiers.cost", "is not a tier", "write a number from 1 to 9"),
    ("[tiers]\ncost = 9.1", "rules", "tiers.cost", "is not a tier", "write a number from 1 to 9"),
    ("[tiers]\ncost = nan", "rules", "tiers.cost", "is not a tier", "write a number from 1 to 9"),
    ("[tiers]\ncost = true", "rules", "tiers.cost", "is not a tier", "write a number from 1 to 9"),
    ('[tiers]\ncost = "6"', "rules", "tiers.cost", "is not a tier", "write a number from 1 to 9"),
    ("[rules.few-poeple]", "rules", "few-poeple", "is not a rule", 'did you mean "few-people"? see docs/rules.md'),
    (
        'without = ["worst-servd"]',
        "rules",
        "worst-servd",
        "is not a rule",
        'did you mean "worst-served"? see docs/rules.md',
    ),
    ("[rules]\nrest = 12", "rules", "rest", "is not a table", "write its parameters under [rules.rest]"),
    (
        "[rules.few-people]\nmost = 3",
        "rules.few-people",
        "most",
        "extra inputs are not permitted",
        "parameters: none",
    ),
    (
        "[rules.rest]\nhour = 3",
        "rules.rest",
        "hour",
        "extra inputs are not permitted",
        'did you mean "hours"? parameters: hours',
    ),
    ("[rules.rest]\ntravel = 3", "rules.rest", "travel", "is no setting of one rule", "write it at the top"),
    ('version = "1"', "rules", "version", "is not a whole number", LOOK),
    ("version = true", "rules", "version", "is not a whole number", LOOK),
    ('without = "rest"', "rules", "without", "is not a list of rule ids", LOOK),
]


@pytest.mark.parametrize(("text", "table", "column", "reason", "remedy"), WRONG, ids=[case[0] for case in WRONG])
def test_a_text_that_is_wrong(text: str, table: str, column: str, reason: str, remedy: str) -> None:
    with pytest.raises(ProblemError) as caught:
        RuleSet.from_toml(text)
    assert [(i.table, i.column, i.reason, i.remedy, i.rows) for i in caught.value.errors] == [
        (table, column, reason, remedy, ())
    ]


@pytest.mark.parametrize("tier", ["1", "9", "1.0", "5.25"])
def test_tiers_at_the_edge_are_accepted(tier: str) -> None:
    rules = RuleSet.from_toml(f"[tiers]\ncost = {tier}")
    assert rules.tier_of(of("cost")) == float(tier)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ProblemError) as caught:
        RuleSet.from_toml("weights = [true]\nmode = 3\nwithuot = []\n[tiers]\nrest = 2\ncost = 0")
    columns = sorted(issue.column for issue in caught.value.errors)
    assert columns == ["mode", "tiers.cost", "tiers.rest", "weights", "withuot"]
    with pytest.raises(ProblemError) as caught:
        RuleSet.from_toml('without = ["rst"]\npolicy = "mild"\n[travel]\nspeed = 3\n[rules.rest]\nhours = -1')
    assert sorted(issue.table for issue in caught.value.errors) == ["policy", "rules", "rules.rest", "travel"]


def test_what_is_not_toml_and_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"rules: is not TOML: "):
        RuleSet.from_toml("mode = ")
    with pytest.raises(ProblemError, match=r"nowhere\.toml: cannot be read; give the path of a TOML file"):
        RuleSet.from_file(tmp_path / "nowhere.toml")
    path = tmp_path / "rules.toml"
    path.write_bytes('name = "café"'.encode("cp1252"))
    with pytest.raises(ProblemError, match=r"rules\.toml: is not UTF-8 text; give the path of a TOML file"):
        RuleSet.from_file(path)
    path.write_text('mode = "weighted"', "utf-8-sig")
    assert RuleSet.from_file(path) == RuleSet.from_toml('mode = "weighted"')


# --- fingerprint -------------------------------------------------------------------------------------------

CHANGES: dict[str, RuleSet] = {
    "as it comes": STANDARD_RULES,
    "another name": replace(STANDARD_RULES, name="ours"),
    "another version": replace(STANDARD_RULES, version=2),
    "weighted": STANDARD_RULES.weighted(),
    "other weights": replace(STANDARD_RULES, weights=(1000, 100, 50, 20, 2)),
    "other weights, weighted": STANDARD_RULES.weighted([1000, 100, 50, 20, 2]),
    "weights the other way round": replace(STANDARD_RULES, weights=(1, 2, 20, 50, 100, 1000)),
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
    assert len({rules.fingerprint for rules in CHANGES.values()}) == len(CHANGES) == 18


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
        ("cost stands in tier 5.5; before it stood in tier 5.", "cost staat op niveau 5.5; eerder op niveau 5.")
    ]
    (moved,) = words(STANDARD_RULES, standing(cost=5))
    assert moved[0].startswith("cost stands in tier 5; before it stood in tier ")
    assert moved[1].startswith("cost staat op niveau 5; eerder op niveau ")
    (back,) = words(standing(cost=5), STANDARD_RULES)
    assert back[0].endswith("before it stood in tier 5.")
    several = words(STANDARD_RULES, standing(wishes=5, cost=5))
    assert [sentence[0].split()[0] for sentence in several] == ["cost", "wishes"]


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


def test_the_example_of_the_documentation_in_words() -> None:
    rules = RuleSet.from_file(Path(__file__).parent.parent / "docs" / "rules.toml")
    sentences = [sentence for sentence, _ in words(STANDARD_RULES, rules)]
    assert "name is our-cooperative; before it was standard." in sentences
    assert "The rule short-travel no longer holds." in sentences
    assert "hours of rest is 12.0; before it was 11.0." in sentences


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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('without = [["rest"]]', "without"),
        ('without = ["rest"]\n[rules.rest]\nhours = 10', "rules.rest"),
        ("[tiers]\nworst-served = 4", ""),
    ],
)
def test_toml_that_says_two_things_or_nothing_is_refused(text: str, place: str) -> None:
    with pytest.raises(ProblemError) as error:
        RuleSet.from_toml(text)
    assert [issue.column for issue in error.value.errors] == [place]


def test_a_tier_written_as_a_fraction_or_as_its_own_is_no_difference() -> None:
    sets = [RuleSet.from_toml(f'name = "a"\n[tiers]\ncost = {tier}') for tier in ("6", "6.0")]
    plain = RuleSet.from_toml('name = "a"')
    assert {item.fingerprint for item in sets} == {plain.fingerprint}
    assert plain.diff(sets[0]) == ()


def test_the_order_of_policy_rows_is_a_difference() -> None:
    turned = STRICT.model_copy(update={"rows": STRICT.rows[::-1]})
    (words,) = STANDARD_RULES.diff(STANDARD_RULES.with_policy(turned))
    assert (words.en, words.nl) == (
        "The policy has its rows in another order.",
        "Het beleid heeft de rijen in een andere volgorde.",
    )
