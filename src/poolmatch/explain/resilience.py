"""How a roster bears up: each facilitator falling out, pairs of them, and each party that comes late."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
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
from poolmatch.solving.running.stop_file import StopFile
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
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
    time_limit: float = 1.5,
    executor: Executor | None = None,
    on_progress: OnMishap | None = None,
    stop: threading.Event | None = None,
) -> Resilience:
    """Return what becomes of a roster when people fall out, or organisations become a party late.

    Of each mishap a roster is made as replanning would make it: the past stays, the tier that comes first loses as
    little as may be, and of the rosters that lose no more it is the nearest by. It is sought near the roster first, and
    anywhere as long as something is lost and it is not proven that it must be. Then, where seats change, the fewest
    other people are disturbed and the other tiers are as good as they can be.

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
        Seconds for each mishap at most, and as many again where a late party costs something.
    executor
        Where to try them, as of ``solve_many``; None is this thread.
    on_progress
        Called in this thread with how many are done, and of how many.
    stop
        Set it from another thread to stop; what was found by then is returned, and says that it is not whole. In other
        processes what has begun ends when it next looks.

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
    found = dict(_tried(_Trying(report, stresses, time_limit, Stop(stop)), executor, on_progress))
    first, last = len(alone), len(stresses) - len(late)
    parts = range(first), range(first, last), range(last, len(stresses))
    people, doubles, parties = (tuple(found[number] for number in part if number in found) for part in parts)
    left_out = len(stresses) - len(found)
    return Resilience(people, doubles, parties, max(0, len(together) - pairs), untouched, left_out)


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


@dataclass(frozen=True)
class _Trying:
    """What is tried, and how.

    Attributes
    ----------
    report
        What is said of the roster.
    stresses
        What may happen to it.
    time_limit
        Seconds for each.
    stop
        Whether somebody asks to stop.
    """

    report: Report
    stresses: Sequence[Stress]
    time_limit: float
    stop: Stop


def _tried(trying: _Trying, executor: Executor | None, on_progress: OnMishap | None) -> Iterator[tuple[int, Mishap]]:
    """Yield number and mishap of each, in any order; not of those that were not looked at before a stop."""
    total, done = len(trying.stresses), 0
    for found in _pieces(trying, executor):
        for number, mishap in found:
            done += 1
            if on_progress is not None:
                on_progress(done, total)
            yield number, mishap


def _pieces(trying: _Trying, executor: Executor | None) -> Iterator[Sequence[tuple[int, Mishap]]]:
    """Yield the mishaps piece by piece, each with its number."""
    report, limit, stop = trying.report, trying.time_limit, trying.stop
    stressing, numbered = Stressing(report, limit, stop), list(enumerate(trying.stresses))
    if executor is None:
        yield from (_piece_here(stressing, stop, [item]) for item in numbered)
        return
    with StopFile.made() as elsewhere, Work(executor) as work:
        pieces = min(len(numbered), PIECES * work.at_once)
        about = report.problem, report.roster, report.rules, limit, elsewhere
        call = partial(_piece_here, stressing, stop) if work.here else partial(_piece_elsewhere, about)
        for first in range(pieces):
            work.submit(call, numbered[first::pieces], tag=first)
        while work.pending:
            if stop.asked() and not elsewhere.is_set():
                elsewhere.set()
                work.cancel()
            for first, found in work.values(POLL_SECONDS):
                if found is not None:
                    yield found
                elif not stop.asked():  # no worker survived it
                    yield [(number, stressing.unknown(item)) for number, item in numbered[first::pieces]]


def _piece_here(stressing: Stressing, stop: Stop, stresses: Sequence[tuple[int, Stress]]) -> list[tuple[int, Mishap]]:
    """Return the mishaps of a piece, but for those that a stop leaves nothing to say of."""
    found = list[tuple[int, Mishap]]()
    for number, item in stresses:
        if stop.asked():
            break
        mishap = stressing.tried(item)
        if mishap.instead is not None or not stop.asked():
            found.append((number, mishap))
    return found


def _piece_elsewhere(
    about: tuple[Problem, Roster, RuleSet, float, threading.Event], stresses: Sequence[tuple[int, Stress]]
) -> list[tuple[int, Mishap]]:
    problem, roster, rules, time_limit, event = about
    stop = Stop(event)
    return _piece_here(Stressing(judge(problem, roster, rules), time_limit, stop), stop, stresses)
