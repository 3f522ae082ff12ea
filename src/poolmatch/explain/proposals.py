"""What might fill a seat of a roster, the least first: people with what would be asked of them, edits for whoever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import heappop, heappush
from itertools import chain, compress, count, islice, product

from poolmatch.arrays import Bools
from poolmatch.checking import Report
from poolmatch.domain.meetings import Seat
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.edits import ALL_EDITS, Edit, scenario
from poolmatch.eligibility import objecting
from poolmatch.errors import EditRefused, ProblemError, UnknownId
from poolmatch.explain.funnel import starts_of
from poolmatch.explain.trials import Trials
from poolmatch.rule import Cure, Finding
from poolmatch.ruleset import RuleSet

UNTRIED, DIRECT, MOVING = range(3)
"""How far a proposal is: constraints have not been asked; all else stays as it is; others have to move."""
MOST_WAYS = 16
"""So many ways to take away all that is against somebody are looked at."""


@dataclass(frozen=True)
class Proposal:
    """Something that might fill a seat; it is still to be verified.

    Attributes
    ----------
    edits
        What would change.
    facilitator
        Who would take the seat; None is whoever can then.
    start
        Start of the slot, where somebody is named; None for a duty.
    stage
        `UNTRIED`, `DIRECT` or `MOVING`.
    """

    edits: tuple[Edit, ...]
    facilitator: str | None
    start: datetime | None
    stage: int = UNTRIED

    @property
    def price(self) -> float:
        """What the edits ask of people."""
        return sum(edit.price for edit in self.edits)


def proposals(report: Report, seat: Seat, out: Bools | None = None) -> Iterator[Proposal]:
    """Yield what might fill an empty seat: by price, then by the number of edits, then whatever leaves all else.

    Nothing is proposed for a seat that is past. Somebody without objections and conflicts is proposed without edits;
    somebody who could take it only if others moved, without edits, is not: that is one question about all of them.

    Parameters
    ----------
    report
        What the rules say of the roster.
    seat
        The seat.
    out
        Which eligibility rules put whom out of it, as `poolmatch.eligibility.objecting` says; None asks them.
    """
    if seat.meeting in report.problem.frozen:
        return
    if out is None:
        key = seat.meeting, seat.seat
        out = objecting(report.world, report.rules, [key])[key]
    trials = Trials(report.plan, report.rules.limits)
    heap: list[tuple[float, int, int, int, int, Proposal]] = []
    pushed = count()

    def push(item: Proposal, order: int) -> None:
        heappush(heap, (item.price, len(item.edits), item.stage, order, next(pushed), item))

    for order, item in enumerate((*_of_people(report, seat, trials, out), *_for_whoever(report, seat))):
        push(item, order)
    while heap:
        *_, order, _, item = heappop(heap)
        if item.stage == UNTRIED:
            for further in _tried(report, seat, trials, item):  # none costs less: what was yielded stays the least
                push(further, order)
        else:
            yield item


def _of_people(report: Report, seat: Seat, trials: Trials, out: Bools) -> Iterator[Proposal]:
    """Yield each person in each slot, with what would take away every objection of the eligibility rules."""
    problem, meeting = report.problem, report.problem.meeting(seat.meeting)
    starts = [start for start in trials.starts(seat.meeting) if start is None or not problem.period.is_past(start)]
    slots = {start: number for number, start in enumerate(starts_of(report, seat))}
    for person, objects in zip(report.world.people, out, strict=True):  # in drawn order: nobody comes first by their id
        for start in starts:
            against = compress(report.rules.eligibility, objects[slots[start]])
            for edits in ways(rule.cures(problem, person, meeting, seat, start) for rule in against):
                yield Proposal(edits, person.facilitator, start)


def _for_whoever(report: Report, seat: Seat) -> Iterator[Proposal]:
    for kind in ALL_EDITS:
        for edit in kind.proposed(report.problem, seat.meeting, seat.seat):
            yield Proposal((edit,), None, None, DIRECT)


def edited_or_none(problem: Problem, edits: Sequence[Edit]) -> Problem | None:
    """Return a problem after edits, None where they cannot be made."""
    try:
        return scenario(problem, *edits)
    except (EditRefused, ProblemError, UnknownId):
        return None


def _tried(report: Report, seat: Seat, trials: Trials, item: Proposal) -> Iterator[Proposal]:
    """Yield a proposal with what would take away what the constraints have against it; and with others moving."""
    broken, cures = conflicts(trials, report.rules, item.facilitator or "", seat, item.start)
    for edits in cures:
        yield replace(item, edits=once((*item.edits, *edits)), stage=DIRECT)
    if broken and item.edits:
        yield replace(item, stage=MOVING)


def conflicts(
    trials: Trials, rules: RuleSet, name: str, seat: Seat, start: datetime | None, *, in_place: bool = False
) -> tuple[bool, Iterator[tuple[Edit, ...]]]:
    """Return whether limits keep somebody out of a seat, and ways to take away all that they have against it."""
    found = trials.broken(name, seat, start, in_place=in_place)
    broken = [item for item in found if item.severity == "violation"]
    return bool(broken), cured(rules, trials.after(name, seat, start, in_place=in_place), broken)


def cured(rules: RuleSet, plan: Plan, broken: Iterable[Finding]) -> Iterator[tuple[Edit, ...]]:
    """Yield ways to take away violations of limits without changing the roster, or the part of it, that they are of."""
    of = {rule.id: rule for rule in rules.limits}
    return ways(of[item.rule].cures(plan, item) for item in broken)


def ways(cures: Iterable[Iterable[Cure]]) -> Iterator[tuple[Edit, ...]]:
    """Yield ways to take away several things, one after the other; one without edits where there is nothing."""
    for way in islice(product(*(tuple(some) for some in cures)), MOST_WAYS):
        yield once(chain.from_iterable(way))


def once(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in their order, equal ones once."""
    return tuple(dict.fromkeys(edits))
