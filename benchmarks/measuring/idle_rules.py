"""Which rules have something to say on a problem: ``python -m benchmarks.measuring.idle_rules FAMILY 16 24 15``.

A rule is at work on a problem when what is best with it is not best without it, and else it is *idle*.

- Without an eligibility rule or a constraint more is possible: it is at work when the best roster is worth less, judged
  without the rule, than the best one that there is without it.
- Without a preference nothing else is possible, but something else may be best. Of the rosters that are best without
  it, the one that it minds least is found by putting it into a tier below all others; it is at work when this roster
  is worth less, under all rules, than the best.

Both are told by problems that are solved to proof. A few rules are looked at beside others than the standard
rules (`beside`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace

from benchmarks.cases.all_rules import POLICIES, RULES, TIERS
from benchmarks.cases.families import FAMILIES
from poolmatch import STANDARD_RULES, Problem, Result, Status, check, solve
from poolmatch.rule import PreferenceRule
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.ruleset import RuleSet

LAST = 9.0
"""A tier below all others."""
LIMIT = 30.0
"""Seconds in which a problem must be proven."""


def beside(rule: str) -> RuleSet:
    """Return the rules beside which a rule is looked at: the standard rules, but for those that stand in for it.

    Without ``no-double-booking`` there is still no time to travel between meetings at one time. Without
    ``one-per-seat`` a roster still has one row for each seat, and who sits twice in a meeting is booked twice.
    ``exposure-cap`` is off unless a rule set gives it a number; what is not standard is added as the family
    ``all rules`` has it.
    """
    if rule == "no-double-booking":
        return STANDARD_RULES.without("travel-gap")
    if rule == "one-per-seat":
        return STANDARD_RULES.without("no-double-booking")
    if rule == "exposure-cap":
        return STANDARD_RULES.plus(ExposureCapRule(cap=2, window_days=60))
    rules = STANDARD_RULES.plus(RULES[rule]) if rule in RULES else STANDARD_RULES
    if rule in TIERS:
        rules = replace(rules, tiers_of=((rule, TIERS[rule]),))
    return rules.with_policy(POLICIES[rule]) if rule in POLICIES else rules


def without(rules: RuleSet, rule: str) -> RuleSet:
    """Return the rules without one; a policy that needs it then bends nothing either."""
    if rule in POLICIES:
        rules = rules.with_policy(rules.policy.model_copy(update={"balanced_teams": False}))
    return rules.without(rule)


def best(problem: Problem, rules: RuleSet, limit: float = LIMIT) -> Result:
    """Return the best roster, proven within so many seconds.

    Raises
    ------
    ValueError
        It is not proven in time.
    """
    found = solve(problem, rules, time_limit=limit, seed=1, workers=1)
    if found.status is not Status.OPTIMAL:
        raise ValueError(f"not proven in {limit:g} s: {found.status}")
    return found


def values(result: Result, rules: RuleSet) -> list[int]:
    """Return what a roster is worth under rules, tier by tier, the highest first; in units."""
    return [tier.value for tier in check(result.problem, result.roster, rules).tiers]


def at_work(problem: Problem, names: Iterable[str]) -> list[str]:
    """Return which of some rules are at work on a problem: what is best with them is not best without them.

    Raises
    ------
    ValueError
        As of `best`.
    """
    with_all: dict[str, Result] = {}
    found: list[str] = []
    for name in names:
        rules = beside(name)
        if rules.fingerprint not in with_all:
            with_all[rules.fingerprint] = best(problem, rules)
        if isinstance(rules[name], PreferenceRule):
            judge, others = rules, replace(rules, tiers_of=((name, LAST),))
        else:
            judge = others = without(rules, name)
        if values(with_all[rules.fingerprint], judge) != values(best(problem, others), judge):
            found.append(name)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print for each standard rule the first seed in which it is at work."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring.idle_rules", description=main.__doc__)
    parser.add_argument("family", choices=[*FAMILIES])
    for name in ("facilitators", "meetings", "organisations"):
        parser.add_argument(name, type=int)
    parser.add_argument("--seeds", nargs="+", type=int, default=range(1, 11))
    parser.add_argument("--rules", nargs="+", default=[rule.id for rule in STANDARD_RULES.rules])
    parser.add_argument("--today", help="day on which it is planned anew, where the family has one")
    given = parser.parse_args(arguments)
    more = {} if given.today is None else {"today": given.today}
    size = given.facilitators, given.meetings, given.organisations
    idle = list(given.rules)
    for seed in given.seeds:
        problem = FAMILIES[given.family](*size, seed, **more)
        found = at_work(problem, idle)
        idle = [rule for rule in idle if rule not in found]
        print(f"seed {seed}:", ", ".join(found) or "none besides", flush=True)
    print("idle in all of them:", ", ".join(idle) or "none")


if __name__ == "__main__":
    main()
