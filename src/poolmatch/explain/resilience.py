"""How a roster bears up: each facilitator falling out, pairs of them, and each party that comes late."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

import numpy as np

from poolmatch.checking import Report, check, judge
from poolmatch.domain.arguments import seconds, whole_number
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.explain.asking import nearby_of, prepared_of
from poolmatch.explain.late_parties import put_out
from poolmatch.explain.mishaps import Mishap, Resilience
from poolmatch.explain.stress import Stress, Stressing
from poolmatch.ruleset import STANDARD_RULES, RuleSet
from poolmatch.solving.arguments import must_be_executor
from poolmatch.solving.running.stopping import POLL_SECONDS
from poolmatch.solving.running.work import Work
from poolmatch.words import Words

PIECES = 4
"""So many pieces of work for each that is under way at a time: the problem is made ready anew for each."""
ILLEGAL = Words(
    "the roster is not legal, so that nothing can be said of what would become of it: {finding}",
    "het rooster is niet geldig, zodat er niets te zeggen is over wat ervan zou worden: {finding}",
)
OnMishap = Callable[[int, int], object]
"""Called with how many mishaps are done, of how many."""


def resilience(
    problem: Problem,
    roster: Roster,
    rules: RuleSet = STANDARD_RULES,
    *,
    pairs: int = 100,
    time_limit: float = 1.0,
    executor: Executor | None = None,
    on_progress: OnMishap | None = None,
    stop: threading.Event | None = None,
) -> Resilience:
    """Return what becomes of a roster when people fall out, or organisations become a party late.

    Of each mishap a roster is made as replanning would make it: the past stays, the tier that comes first loses as
    little as may be, then the fewest other people are disturbed, then the other tiers are as good as they can be. It is
    sought near the roster first, and anywhere as long as something is lost and it is not proven that it must be.

    Who falls out is pinned nowhere any more, and stays in the pool otherwise: fair shares are what they were. A late
    party has an interest; looked at are meetings that share a series, or region and theme, with one of its own.

    Parameters
    ----------
    problem, roster, rules
        As for ``check``; the roster is legal.
    pairs
        So many pairs of facilitators are looked at, of whom one could take a seat of the other: first those where most
        of what one does rests on the other, because few besides could.
    time_limit
        Seconds that each search takes at most: two for each mishap, one for what must be lost and one for the rest, and
        two more where a late party costs something.
    executor
        Where to try them, as of ``solve_many``; None is this thread.
    on_progress
        Called in this thread with how many are done, and of how many.
    stop
        Set it from another thread to stop; of what was not tried by then nothing is known.

    Raises
    ------
    ProblemError
        As for ``check``.
    ValueError
        The roster is illegal, or an argument is out of range.
    """
    pairs, time_limit = whole_number(pairs, "pairs", 0), seconds(time_limit, "time_limit")
    if executor is not None:
        must_be_executor(executor)
    report = check(problem, roster, rules)
    if not report.legal:
        raise ValueError(ILLEGAL.fill(finding=report.violations[0].words))
    alone = [Stress((row.facilitator,)) for row in problem.facilitators]
    together = pairs_by_weight(report)
    late, untouched = list[Stress](), 0
    for row in problem.organisations:
        for meeting, names in put_out(report, row.organisation).items():
            if names:
                late.append(Stress(names, row.organisation, meeting))
            else:
                untouched += 1
    stresses = [*alone, *map(Stress, together[:pairs]), *late]
    pieces = _pieces(report, stresses, time_limit, executor, stop or threading.Event())
    mishaps = [item for _, item in sorted(_told(pieces, len(stresses), on_progress))]
    first, last = len(alone), len(stresses) - len(late)
    people, doubles, parties = (tuple(part) for part in (mishaps[:first], mishaps[first:last], mishaps[last:]))
    return Resilience(people, doubles, parties, max(0, len(together) - pairs), untouched)


def pairs_by_weight(report: Report) -> list[tuple[str, str]]:
    """Return the pairs of facilitators of whom one could take a seat of the other that is still to come.

    Of each required seat its weight counts for who holds it together with each of those who could take it, in equal
    parts: the fewer there are, the more rests on each. The heaviest pairs come first.

    Parameters
    ----------
    report
        What is said of a roster.
    """
    prepared, taken = prepared_of(report), nearby_of(report).taken
    candidates, world = prepared.candidates, prepared.world
    weight = defaultdict[tuple[str, str], float](float)
    for candidate in np.flatnonzero(candidates.open & (taken > 0)).tolist():
        seat = world.seats[candidates.seat[candidate]]
        holder = world.people[candidates.person[candidate]].facilitator
        others = np.unique(candidates.person[candidates.of_seat(int(candidates.seat[candidate]))])
        able = {world.people[person].facilitator for person in others.tolist()}
        points = report.problem.meeting(seat.meeting).weight if seat.required else 0
        for other in able - {holder}:
            weight[min(holder, other), max(holder, other)] += points / (len(able) - 1)
    return sorted(weight, key=lambda pair: (-weight[pair], pair))


def _told(
    pieces: Iterable[Sequence[tuple[int, Mishap]]], total: int, on_progress: OnMishap | None
) -> Iterator[tuple[int, Mishap]]:
    """Yield number and mishap of each, in any order, and tell how many are done."""
    done = 0
    for found in pieces:
        for number, mishap in found:
            done += 1
            if on_progress is not None:
                on_progress(done, total)
            yield number, mishap


def _pieces(
    report: Report, stresses: Sequence[Stress], time_limit: float, executor: Executor | None, stop: threading.Event
) -> Iterator[Sequence[tuple[int, Mishap]]]:
    """Yield the mishaps piece by piece, each with its number."""
    stressing = Stressing(report, time_limit)
    numbered = [*enumerate(stresses)]
    if executor is None:
        for number, item in numbered:
            yield [(number, stressing.unknown(item) if stop.is_set() else stressing.tried(item))]
        return
    with Work(executor) as work:
        pieces = min(len(stresses), PIECES * work.at_once)
        about = report.problem, report.roster, report.rules, time_limit
        call = partial(_piece_here, stressing) if work.here else partial(_piece_elsewhere, *about)
        left = {first: numbered[first::pieces] for first in range(pieces)}
        for first, piece in left.items():
            work.submit(call, piece, tag=first)
        while work.pending and not stop.is_set():
            for first, found in work.values(POLL_SECONDS):
                if found is not None:
                    del left[first]
                    yield found
        for piece in left.values():
            yield [(number, stressing.unknown(item)) for number, item in piece]


def _piece_here(stressing: Stressing, stresses: Sequence[tuple[int, Stress]]) -> list[tuple[int, Mishap]]:
    return [(number, stressing.tried(item)) for number, item in stresses]


def _piece_elsewhere(
    problem: Problem, roster: Roster, rules: RuleSet, time_limit: float, stresses: Sequence[tuple[int, Stress]]
) -> list[tuple[int, Mishap]]:
    return _piece_here(Stressing(judge(problem, roster, rules), time_limit), stresses)
