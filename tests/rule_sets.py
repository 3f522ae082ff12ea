"""Rule sets with preferences in other tiers, and the preferences of rule sets."""

from dataclasses import replace

from poolmatch import STANDARD_RULES, PreferenceRule, RuleSet


def ids(rules: tuple[PreferenceRule, ...]) -> list[str]:
    return [rule.id for rule in rules]


def standing(**tiers: float) -> RuleSet:
    """Return the standard rules with preferences in other tiers than their own."""
    return replace(STANDARD_RULES, tiers_of=tuple((name.replace("_", "-"), tier) for name, tier in tiers.items()))


def of(name: str, rules: RuleSet = STANDARD_RULES) -> PreferenceRule:
    rule = rules[name]
    assert isinstance(rule, PreferenceRule)
    return rule
