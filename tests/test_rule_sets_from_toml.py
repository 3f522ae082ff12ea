"""Rule sets from TOML: mode, weights, tiers, rules and their parameters, and what is wrong with a text."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from tests.rule_sets import ids, of

from poolmatch import STANDARD_RULES, ProblemError, RuleSet
from poolmatch.rule import Rule
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.rules.rest import RestRule
from poolmatch.rules.worst_served import WorstServedRule

EVERY_KEY = "keys: name, version, without, travel, policy, steps, mode, weights, tiers, keep, rules"


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


POINTS_OR_SHARE = (
    'write points from 0 on, such as 0.5, or a share, such as "1 %"; a tier between two stands in quotes: "5.5"'
)
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
    ("keep = 5", "rules", "keep", "is not a table of tiers and tolerances", LOOK),
    ("[keep]\n5 = -1", "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ("[keep]\n5 = 1000000.5", "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ("[keep]\n5 = nan", "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ("[keep]\n5 = true", "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ('[keep]\n5 = "1"', "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ('[keep]\n5 = "-1 %"', "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ('[keep]\n5 = "100.5 %"', "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ("[keep]\n5.5 = 1", "rules", "keep.5", "is not a tolerance", POINTS_OR_SHARE),
    ("[keep]\nfive = 1", "rules", "keep.five", "is not a tier", "write a number from 1 to 9"),
    ("[keep]\n0 = 1", "rules", "keep.0", "is not a tier", "write a number from 1 to 9"),
    ('[keep]\n"9.5" = 1', "rules", "keep.9.5", "is not a tier", "write a number from 1 to 9"),
    (
        "[keep]\n7 = 1",
        "rules",
        "",
        "tier 7 has a tolerance but no rule; tiers: 1, 2, 3, 4, 5, 6",
        "correct it there",
    ),
    (
        '[keep]\n5 = 1\n"5.0" = 2',
        "rules",
        "",
        "a tier has two tolerances; keep one",
        "correct it there",
    ),
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
