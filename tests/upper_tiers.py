"""The standard rules of tiers 1 to 4, where what is said of a sample must hold."""

from poolmatch import STANDARD_RULES

UPPER = STANDARD_RULES.without(*(rule.id for rule in STANDARD_RULES.preferences if STANDARD_RULES.tier_of(rule) > 4))
"""Without tiers 5 and 6, which take most of the time and change nothing in those above them."""
