"""The reasons that together keep a wish from being granted: as few as there are, and none of them idle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from poolmatch.checking import Report, broken_rules, judge
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import Roster
from poolmatch.explain.comparison import Comparison, TierChange
from poolmatch.explain.explanation import Explanation
from poolmatch.explain.reasons import Verdict, decided
from poolmatch.explain.trials import Trials
from poolmatch.explain.wishing import Wanted
from poolmatch.rule import EligibilityRule, Finding
from poolmatch.ruleset import RuleSet
from poolmatch.solving.filling import only
from poolmatch.solving.granting import ByRules, ByTiers, Granting
from poolmatch.solving.running.budget import Budget
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.outcomes import tier_within
from poolmatch.words import Words

TOLD = 3
"""So many findings of a reason are told in sentences."""
LOST = Words("No more: {finding}", "Niet meer: {finding}")
KEPT = Words("{tier} no worse than {points:g} points", "{tier} niet slechter dan {points:g} punten")


@dataclass(frozen=True)
class WishReason(Explanation):
    """One of the reasons that together keep a wish from being granted.

    Attributes
    ----------
    rule
        Id of a rule that must not be broken; of one that says who is possible, by who wishes. None where it is a tier.
    tier
        Level of the objective that must not become worse; 0 is the weighted sum. None where it is a rule.
    before, after
        Of a tier: what the roster is worth, and the best one in which the wish is granted.
    evidence
        What the rule has against what is wished for; of a tier, what its rules charge in that roster and not now.
    lost
        Of a tier, what it is worth now that would be lost, such as wishes of others.
    """

    rule: str | None
    tier: float | None
    before: float | None
    after: float | None
    evidence: tuple[Finding, ...]
    lost: tuple[Finding, ...] = ()

    @property
    def name(self) -> Words:
        """What it is called."""
        if self.rule is not None:
            return rule_name(self.rule)
        return KEPT.fill(tier=tier_within(self.tier or 0), points=self.before)

    @property
    def words(self) -> tuple[Words, ...]:
        """The evidence in sentences, the first few and each once."""
        lost = (LOST.fill(finding=item.words) for item in self.lost)
        return tuple(dict.fromkeys((*(item.words for item in self.evidence), *lost)))[:TOLD]

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        own = {name: getattr(self, name) for name in ("rule", "tier", "before", "after")}
        return own | {name: [item.to_dict() for item in getattr(self, name)] for name in ("evidence", "lost")}


def by_rules(report: Report, wanted: Wanted, granting: Granting, budget: Budget) -> tuple[WishReason, ...]:
    """Return why no legal roster grants a wish; nothing where that was not found in time.

    What others may not do is no reason by itself: it is taken as it is.

    Parameters
    ----------
    report
        What is said of a roster that does not grant it.
    wanted, granting
        The wish.
    budget
        How long.
    """
    rules = report.rules
    ids = [rule.id for rule in (*rules.eligibility, *rules.limits)]
    harder = only(rules, ids)

    def broken(roster: Roster) -> frozenset[str]:
        return broken_rules(report.problem, roster, harder, report.world)

    verdict = decided(ByRules(granting), (), broken, budget)
    return tuple(
        WishReason(item.rule, None, None, None, tuple(_against(report, wanted, granting, item.rule)))
        for item in verdict.reasons
        if verdict.fillable is False
    )


def by_tiers(
    report: Report, wanted: Wanted, granting: Granting, instead: Comparison, budget: Budget
) -> tuple[WishReason, ...]:
    """Return why no legal roster that grants a wish is as good; nothing where that was not found in time.

    Of the tiers those count up to the first that becomes worse: those below it have no say.

    Parameters
    ----------
    report, wanted, granting, budget
        As of `by_rules`.
    instead
        A good roster that grants it, beside the given one; its first tier that is otherwise is worse.
    """
    values = [report.weighted] if report.rules.mode == "weighted" else report.tiers
    worth = {_name(item.tier): item.value for item in values}
    changes = {_name(item.tier): item for item in instead.tiers}
    first = next(name for name in worth if changes[name].before != changes[name].after)
    counted = list(worth)[: list(worth).index(first) + 1]
    finder = ByTiers(granting, worth, counted)

    def broken(roster: Roster) -> frozenset[str]:
        after = judge(report.problem, roster, report.rules, report.world)
        now = [after.weighted] if report.rules.mode == "weighted" else after.tiers
        worse = {_name(item.tier) for item in now if item.value > worth[_name(item.tier)]}
        return frozenset(worse | {item.rule for item in after.violations}) & frozenset(finder.names)

    verdict: Verdict = decided(finder, [frozenset({first})], broken, budget)
    if verdict.fillable is not False:
        return ()
    return tuple(
        _of_tier(report.rules, changes[item.rule], instead)
        if item.rule in changes
        else WishReason(item.rule, None, None, None, tuple(_against(report, wanted, granting, item.rule)))
        for item in verdict.reasons
    )


def _name(tier: float) -> str:
    """Return what a tier is called among ids of rules, which hold no blank."""
    return f"tier {tier:g}"


def _of_tier(rules: RuleSet, change: TierChange, instead: Comparison) -> WishReason:
    mine = rules.preferences if change.tier == 0 else rules.in_tier(change.tier)
    ids = {rule.id for rule in mine}
    dearer = [item for item in instead.rules if item.rule in ids and item.after > item.before]
    evidence = tuple(finding for item in dearer for finding in item.fresh if finding.penalty > 0)
    lost = tuple(finding for item in dearer for finding in item.gone if finding.penalty < 0)
    return WishReason(None, change.tier, change.before, change.after, evidence, lost)


def _against(report: Report, wanted: Wanted, granting: Granting, rule: str) -> Iterator[Finding]:
    """Yield what a rule has against what is wished for, in this roster."""
    problem, name = report.problem, wanted.wish.facilitator
    decides = report.rules[rule]
    if isinstance(decides, EligibilityRule):
        place = [item.id for item in report.rules.eligibility].index(rule)
        out = dict(zip(wanted.rows.tolist(), granting.out[:, place].tolist(), strict=True))
        for row, (meeting, seat, start) in wanted.places:
            if out[row]:
                about = problem.facilitator(name), problem.meeting(meeting), problem.seat(meeting, seat)
                words = decides.words_at(problem, *about, start)
                yield Finding(rule, "violation", words, (name,), (meeting,), seat)
        return
    limits = [item for item in report.rules.limits if item.id == rule]
    if not wanted.work:
        left = _without(report, wanted)
        yield from (item for limit in limits for item in limit.judge(left) if item.severity == "violation")
        return
    trials = Trials(report.plan, limits)
    for row, (meeting, seat, start) in wanted.places:
        if not granting.out[np.searchsorted(wanted.rows, row)].any():
            found = trials.broken(name, problem.seat(meeting, seat), start, in_place=True)
            yield from (item for item in found if item.severity == "violation")


def _without(report: Report, wanted: Wanted) -> Plan:
    """Return the roster without the work that a wish is about."""
    return Plan(report.problem, left_out(report, wanted), report.plan.eligible)


def left_out(report: Report, wanted: Wanted) -> Roster:
    """Return the roster without the work that a wish is about and that is still to come."""
    frozen = report.problem.frozen
    held = {
        (item.meeting.meeting, item.seat.seat) for item in wanted.held(report) if item.meeting.meeting not in frozen
    }
    rows: Sequence[Any] = [row for row in report.roster.rows if (row.meeting, row.seat) not in held]
    return Roster(rows=tuple(rows))
