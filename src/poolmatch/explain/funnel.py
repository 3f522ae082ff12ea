"""The funnel of a seat: the pool, who falls away at which rule, whom this roster keeps out, and who is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from poolmatch.arrays import Bools
from poolmatch.checking import Report
from poolmatch.domain.meetings import Seat
from poolmatch.explain.explanation import Explanation
from poolmatch.explain.trials import Trials
from poolmatch.rule import Rule


@dataclass(frozen=True)
class Fallen(Explanation):
    """Who falls away at a rule.

    Attributes
    ----------
    rule
        Its id.
    facilitators
        Ids, in the order of the problem.
    """

    rule: str
    facilitators: tuple[str, ...]


@dataclass(frozen=True)
class Funnel:
    """Where the pool is left.

    Attributes
    ----------
    fell
        Who falls away at each eligibility rule, in the order of the rules: each person at the first that puts them out,
        in the slot in which they get farthest.
    eligible
        Who is possible by themselves, with the starts of the slots in which they are.
    kept_out
        Whom of these each rule that limits keeps out of the roster as it is, in the order of the rules: each person by
        the first that it would break.
    free
        Whom of these the roster could take as it is.
    untried
        Whom of these nobody tried.
    """

    fell: tuple[Fallen, ...]
    eligible: Mapping[str, Sequence[datetime | None]]
    kept_out: tuple[Fallen, ...]
    free: tuple[str, ...]
    untried: tuple[str, ...]


def funnel(report: Report, seat: Seat, out: Bools, most_trials: int) -> Funnel:
    """Return where the pool is left on its way to a seat.

    Parameters
    ----------
    report
        What the rules say of the roster.
    seat
        The seat, which is empty.
    out
        Which eligibility rules put whom out, as `poolmatch.eligibility.objecting` says.
    most_trials
        So many people at most are tried in the seat.
    """
    problem, rules = report.problem, report.rules
    trials = Trials(report.plan, rules.limits)
    starts = starts_of(report, seat)
    first = np.where(out.any(axis=2), out.argmax(axis=2) if out.shape[2] else 0, out.shape[2])
    rows = report.world.rows_of(report.world.seat_positions[seat.meeting, seat.seat])
    if seat.meeting not in problem.frozen:
        first[:, report.world.early[rows]] = -1  # no roster may choose these slots any more
    farthest = first.max(axis=1)
    fell, kept_out = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    eligible, free, untried = dict[str, Sequence[datetime | None]](), list[str](), list[str]()
    for row in problem.facilitators:
        name = row.facilitator
        position = report.world.positions[name]
        if farthest[position] < len(rules.eligibility):
            fell[rules.eligibility[farthest[position]].id].append(name)
            continue
        slots = [start for start, rule in zip(starts, first[position], strict=True) if rule == len(rules.eligibility)]
        eligible[name] = slots
        if len(eligible) > most_trials:
            untried.append(name)
        elif (broken := _broken(trials, name, seat, slots)) is None:
            free.append(name)
        else:
            kept_out[broken].append(name)
    return Funnel(_told(fell, rules.eligibility), eligible, _told(kept_out, rules.limits), tuple(free), tuple(untried))


def starts_of(report: Report, seat: Seat) -> tuple[datetime | None, ...]:
    """Return the starts of the slots of a seat, in order of time; of a duty None alone."""
    problem = report.problem
    return tuple(start for start, _ in problem.times(problem.meeting(seat.meeting))) or (None,)


def _broken(trials: Trials, name: str, seat: Seat, slots: Sequence[datetime | None]) -> str | None:
    """Return the first constraint that somebody would break, None when there is a slot without any.

    The slot that is chosen comes first.
    """
    chosen = trials.starts(seat.meeting)
    first: str | None = None
    for start in sorted(slots, key=lambda item: item not in chosen):
        found = (item.rule for item in trials.broken(name, seat, start) if item.severity == "violation")
        rule = next(found, None)
        if rule is None:
            return None
        first = first or rule
    return first


def _told(fallen: Mapping[str, Sequence[str]], rules: Sequence[Rule]) -> tuple[Fallen, ...]:
    return tuple(Fallen(rule.id, tuple(fallen[rule.id])) for rule in rules if rule.id in fallen)
