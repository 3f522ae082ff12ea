"""A bound that needs no search: assignments are whole, and what must be filled somebody works."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.rule import PreferenceRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.system import Objective


def least_value(blocks: Blocks, rules: RuleSet, objective: Objective, kept: Mapping[float, int]) -> int:
    """Return a lower bound of a tier among rosters that keep what the tiers above have reached.

    Parameters
    ----------
    blocks, rules
        The problem.
    objective
        The tier.
    kept
        What the tiers above have reached, each in its own units.
    """
    candidates, mine = blocks.candidates, rules.in_tier(objective.tier)
    if all(rule.least(candidates, 0) is None for rule in mine):
        return blocks.floor(objective)  # no rule here asks for the work, which takes a look at every rule above
    work = max(
        (
            rule.least_work(candidates, _share(blocks, rules, rule, tier, value))
            for tier, value in kept.items()
            for rule in rules.in_tier(tier)
        ),
        default=0,
    )
    total = 0
    for rule in mine:
        floor, least = _floor(blocks, rule, objective.scale), rule.least(candidates, work)
        total += floor if least is None else max(floor, objective.scale // rule.scale * least)
    return max(blocks.floor(objective), total)


def _share(blocks: Blocks, rules: RuleSet, rule: PreferenceRule, tier: float, value: int) -> int:
    """Return what a rule charges at most, in its units, where its tier is worth that."""
    scale = blocks.objective({other.id: 1 for other in rules.in_tier(tier)}, tier).scale
    others = sum(_floor(blocks, other, scale) for other in rules.in_tier(tier) if other is not rule)
    return (value - others) // (scale // rule.scale)


def _floor(blocks: Blocks, rule: PreferenceRule, scale: int) -> int:
    """Return the least that a rule charges in any roster, in units of a scale."""
    alone = blocks.objective({rule.id: 1})
    return scale // alone.scale * blocks.floor(alone)
