"""What would have granted a wish: changes of data after which every best roster does, each made and solved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any

from poolmatch.arrays import Arrays
from poolmatch.checking import Report, input_issues, judge
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.edits import Edit
from poolmatch.eligibility import objections
from poolmatch.explain.asking import beside
from poolmatch.explain.comparison import Comparison
from poolmatch.explain.explanation import Explanation
from poolmatch.explain.filling import is_least
from poolmatch.explain.proposals import conflicts, cured, edited_or_none, once, ways
from poolmatch.explain.remedies import remedies
from poolmatch.explain.trials import Trials
from poolmatch.explain.wish_reasons import left_out
from poolmatch.explain.wishing import Wanted
from poolmatch.solving.nearby import CHANGES, PEOPLE, NearbyRosters
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.words import Words

SHARE = 0.5
"""Part of the time that is left which looking for edits that fill what would be empty may take."""
MOST_PLACES = 50
"""In so many of the seats that a wish is about it is looked at what would let them sit there."""


@dataclass(frozen=True)
class GrantedBy(Explanation):
    """Edits by which a wish would have been granted: all of them, and no fewer of these.

    Attributes
    ----------
    edits
        What would change in the problem.
    effect
        The best roster after them, beside the given one.
    """

    edits: tuple[Edit, ...]
    effect: Comparison

    @property
    def price(self) -> float:
        """What the edits ask of people, added up."""
        return sum(edit.price for edit in self.edits)

    @property
    def words(self) -> tuple[Words, ...]:
        """The edits in sentences."""
        return tuple(edit.words for edit in self.edits)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {
            "edits": [edit.to_dict() | {"en": edit.words.en, "nl": edit.words.nl} for edit in self.edits],
            "price": self.price,
            "effect": self.effect.to_dict(),
        }


def granted_by(
    report: Report, wanted: Wanted, instead: Report | None, most: int, budget: Budget
) -> tuple[tuple[GrantedBy, ...], bool]:
    """Return what would have granted a wish, the cheapest first, and whether nothing was left out for want of time.

    After the edits every best roster grants it, by the order of the tiers, tolerances aside: the best that does is
    better than the best that does not, and both are proven.

    Parameters
    ----------
    report
        What is said of a roster that does not grant it.
    wanted
        The wish.
    instead
        The best roster that grants it, if there is one.
    most
        So many are looked for.
    budget
        How long.
    """
    order, seen = count(), set[frozenset[Edit]]()
    heap: list[tuple[float, int, int, tuple[Edit, ...]]] = []
    for edits in _proposed(report, wanted, instead, most, budget):
        if edits and frozenset(edits) not in seen:
            seen.add(frozenset(edits))
            heappush(heap, (sum(edit.price for edit in edits), len(edits), next(order), edits))
    found: dict[frozenset[Edit], GrantedBy] = {}
    while heap and len(found) < most:
        if budget.over:
            break
        edits = heappop(heap)[-1]
        if not is_least(frozenset(edits), found):
            continue
        effect = _granting(report, wanted, edits, budget)
        if effect is None:
            continue
        for edit in edits if len(edits) > 1 else ():
            rest = tuple(item for item in edits if item != edit)
            less = _granting(report, wanted, rest, budget) if rest else None
            if less is not None:
                edits, effect = rest, less
        if is_least(frozenset(edits), found):
            found.setdefault(frozenset(edits), GrantedBy(edits, effect))
    whole = not budget.over and (not heap or len(found) >= most)
    return tuple(sorted(found.values(), key=lambda item: (item.price, len(item.edits)))), whole


def _proposed(
    report: Report, wanted: Wanted, instead: Report | None, most: int, budget: Budget
) -> Iterator[tuple[Edit, ...]]:
    """Yield edits that might grant a wish: what the rules say would let it be, and what fills seats it would empty."""
    yield from _to_sit(report, wanted) if wanted.work else _to_leave(report, wanted)
    if instead is None or budget.over:
        return
    gone = sorted(report.plan.filled - instead.plan.filled)
    required = [key for key in gone if report.problem.seat(*key).required]
    if required:
        limit = max(0.0, SHARE * budget.left)
        for item in remedies(instead, *required[0], also=required[1:], most=most, time_limit=limit).remedies:
            yield item.edits


def _to_sit(report: Report, wanted: Wanted) -> Iterator[tuple[Edit, ...]]:
    """Yield what would take away all that is against somebody in each seat that they wish for."""
    problem, name, world, rules = report.problem, wanted.wish.facilitator, report.world, report.rules
    person, trials = problem.facilitator(name), Trials(report.plan, rules.limits)
    for _, (where, place, start) in wanted.places[:MOST_PLACES]:
        meeting, seat = problem.meeting(where), problem.seat(where, place)
        against = objections(world, rules, name, where, place, start)
        for edits in ways(rule.cures(problem, person, meeting, seat, start) for rule in against):
            yield edits
            _, more = conflicts(trials, rules, name, seat, start, in_place=True)
            yield from (once((*edits, *others)) for others in more)


def _to_leave(report: Report, wanted: Wanted) -> Iterator[tuple[Edit, ...]]:
    """Yield what would take away all that is against somebody leaving what they wish not to do."""
    plan = Plan(report.problem, left_out(report, wanted), report.plan.eligible)
    broken = [item for rule in report.rules.limits for item in rule.judge(plan) if item.severity == "violation"]
    yield from cured(report.rules, plan, broken)


def _granting(report: Report, wanted: Wanted, edits: Sequence[Edit], budget: Budget) -> Comparison | None:
    """Return what the best roster after some edits has otherwise, None where not every best one grants the wish."""
    edited = edited_or_none(report.problem, edits)
    if edited is None or any(issue.severity == "error" for issue in input_issues(edited, report.rules)):
        return None
    prepared = Prepared.of(edited, report.rules)
    nearby = _begun(prepared, edited, report, budget)
    if nearby is None or nearby.values is None:
        return None
    there = Wanted(wanted.wish, prepared.world)
    goals = prepared.objectives
    found, settled = nearby.sought(there.asked(prepared.candidates), [*goals, PEOPLE, CHANGES], budget)
    if found is None or not (settled or (found.whole and found.settled >= len(goals))):
        return None
    other, sure = nearby.sought(there.asked(prepared.candidates, granted=False), goals, budget)
    if not sure or (other is not None and _worth(found.report) >= _worth(other.report)):
        return None
    return beside(report, found.report)


def _begun(prepared: Prepared, edited: Problem, report: Report, budget: Budget) -> NearbyRosters | None:
    """Return the rosters near a legal one of an edited problem, as near to the given one as can be."""
    kept = [row for row in report.roster.rows if (row.meeting, row.seat) in edited.seat_keys]
    roster = report.roster.model_copy(update={"rows": tuple(kept)})
    nearby = NearbyRosters(prepared, prepared.columns_of(roster))
    if judge(edited, roster, report.rules, Arrays(edited)).legal:
        return nearby
    return nearby.mended(budget)


def _worth(report: Report) -> tuple[int, ...]:
    if report.rules.mode == "weighted":
        return (report.weighted.value,)
    return tuple(item.value for item in report.tiers)
