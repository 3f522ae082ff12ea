"""Rule `one-slot`: a flexible meeting is held once, and the sessions of a series in order and well apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import combinations, pairwise
from typing import ClassVar, NamedTuple

import numpy as np

from poolmatch.arrays import Candidates, Ints, bools
from poolmatch.domain.grouping import grouped
from poolmatch.domain.meetings import Meeting, Spacing
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.issues import Issue, Message
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import let_follow
from poolmatch.vocabulary import counts

Moment = tuple[date, datetime]
"""Local day and start."""


class Pair(NamedTuple):
    """Two meetings of a series, and what holds between them when someone is assigned to both."""

    earlier: Meeting
    later: Meeting
    ordered: bool
    """The later does not start before the earlier."""
    spacing: Spacing | None
    """So many local days lie between them."""

    def fits(self, first: Moment, second: Moment) -> bool:
        """Tell whether the earlier at the first moment and the later at the second keep what holds between them."""
        return not self.too_early(first, second) and not self.too_late(first, second)

    def too_early(self, first: Moment, second: Moment) -> bool:
        """Tell whether the later meeting comes too early after the earlier."""
        days = (second[0] - first[0]).days
        return (self.ordered and second[1] < first[1]) or (self.spacing is not None and days < self.spacing.min_days)

    def too_late(self, first: Moment, second: Moment) -> bool:
        """Tell whether the later meeting comes too late after the earlier."""
        most = None if self.spacing is None else self.spacing.max_days
        return most is not None and (second[0] - first[0]).days > most


@kept
def pairs_of(problem: Problem) -> tuple[Pair, ...]:
    """Return the pairs of meetings of a series between which something holds; at least one of them is flexible.

    Neighbours keep the spacing of their series. Of meetings with session numbers no later one lies before an earlier.
    """
    spacing = {row.series: row for row in problem.spacing}
    pairs = []
    for name, members in problem.series.items():
        for (place, earlier), (other, later) in combinations(enumerate(members), 2):
            between = spacing.get(name) if other == place + 1 else None
            ordered = earlier.session is not None
            if (earlier.start is None or later.start is None) and (ordered or between is not None):
                pairs.append(Pair(earlier, later, ordered, between))
    return tuple(pairs)


@kept
def _begun(problem: Problem) -> Mapping[str, tuple[int, ...]]:
    """Return by meeting which of the pairs begin with it."""
    pairs = enumerate(pairs_of(problem))
    by_meeting = grouped(pairs, lambda item: item[1].earlier.meeting)
    return {name: tuple(number for number, _ in found) for name, found in by_meeting.items()}


class OneSlotRule(ConstraintRule):
    """All seats of a flexible meeting are held in one slot, and its series keeps its spacing.

    The spacing of a series binds neighbouring sessions where someone is assigned to both and at least one of the two is
    flexible; no chosen slot lies before an earlier session. Where no slots keep a spacing, seats stay empty.

    Example: the lead at 10:00 and the co at 14:00; session 2 five days after session 1, where seven is the least.
    """

    id: ClassVar[str] = "one-slot"
    sentence: ClassVar[Words] = Words(
        "A flexible meeting is held once, and the sessions of a series lie in order and as far apart as they must.",
        "Een flexibele bijeenkomst is er één keer, en sessies van een reeks liggen op volgorde en ver genoeg uiteen.",
    )
    looks_wide: ClassVar[bool] = False

    def issues(self, problem: Problem) -> Iterable[Issue]:
        """Yield session numbers that no slots keep, as errors; and spacings that no slots keep, as warnings."""
        yield from _disordered(problem)
        rows = {row.series: number for number, row in enumerate(problem.spacing, 1)}
        for row in problem.spacing:
            yield from _unspaced(problem, row, rows[row.series])

    gives_way_last: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """Let a column say which slot is chosen; of slots that exclude one another at most one is."""
        world = candidates.world
        pairs = pairs_of(world.problem)
        joined = {row.meeting for pair in pairs for row in (pair.earlier, pair.later)}
        chosen: dict[str, tuple[list[Moment], Ints]] = {}
        for meeting, places in zip(world.meetings, world.seats_at, strict=True):
            several = len(world.problem.times(meeting)) > 1
            column = candidates.of_seats(places)
            if meeting.meeting in joined and world.left_behind[list(places)].any():
                chosen[meeting.meeting] = _moments(world.problem, meeting), model.columns([1], [1])  # as it was
            elif len(column) and (several or meeting.meeting in joined):
                chosen[meeting.meeting] = self._choose(candidates, model, column, meeting)
        for pair in pairs:
            past = world.problem.all_past((pair.earlier.meeting, pair.later.meeting))
            if pair.earlier.meeting in chosen and pair.later.meeting in chosen and not past:
                _exclude(model, pair, chosen[pair.earlier.meeting], chosen[pair.later.meeting])

    def _choose(
        self, candidates: Candidates, model: Model, column: Ints, meeting: Meeting
    ) -> tuple[list[Moment], Ints]:
        """Add a column per slot that someone could sit in; return their moments in order, and the columns."""
        problem = candidates.world.problem
        starts, place = np.unique(candidates.column("start")[column], return_inverse=True)
        slot = model.columns(np.zeros(len(starts), np.int64), np.ones(len(starts), np.int64))
        let_follow(candidates, model, column, slot[place])
        model.at_most_one(np.zeros(len(slot), np.int64), slot)
        times = {int(start.timestamp()): start for start, _ in problem.times(meeting)}
        return [(problem.period.local_day(times[start]), times[start]) for start in starts.tolist()], slot

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each meeting in several slots, and each two sessions out of order, too close or too far apart."""
        gone = {item.meeting.meeting: (plan.problem.period.local_day(item.start), item.start) for item in plan.departed}

        def held(meeting: str) -> set[Moment]:
            found = {(item.day, item.start) for item in plan.of_meeting.get(meeting, ())}
            return found | {gone[meeting]} if meeting in gone else found

        for meeting, placements in plan.of_meeting.items():
            times = len(held(meeting)) if len(placements) > 1 else 1
            if times > 1:
                people = tuple(dict.fromkeys(item.facilitator.facilitator for item in placements))
                words = Words(
                    "{meeting} is held at {times} times; all its seats must be at one.",
                    "{meeting} is er op {times} tijden; alle plaatsen moeten op één tijd zijn.",
                    meeting=meeting,
                    times=times,
                )
                yield Finding(self.id, "violation", words, people, (meeting,))
        pairs, begun = pairs_of(plan.problem), _begun(plan.problem)
        for pair in (pairs[n] for n in sorted({n for name in (*plan.of_meeting, *gone) for n in begun.get(name, ())})):
            meetings = before, after = pair.earlier.meeting, pair.later.meeting
            for first in sorted(held(before)):
                for second in sorted(held(after)):
                    if pair.ordered and second[1] < first[1]:
                        words = Words(
                            "{after} starts before {before}, which is an earlier session.",
                            "{after} begint vóór {before}, dat een eerdere sessie is.",
                            after=after,
                            before=before,
                        )
                        yield Finding(self.id, "violation", words, (), meetings, day=second[0])
                    elif not pair.fits(first, second):
                        words = _apart(before, after, (second[0] - first[0]).days, pair.spacing)
                        yield Finding(self.id, "violation", words, (), meetings, day=second[0])


APART = Words(
    "{before} and {after} lie {days} apart, in this order; at least {least} are needed.",
    "{before} en {after} liggen {days} uiteen, in deze volgorde; het moeten er minstens {least} zijn.",
)
APART_AT_MOST = Words(
    "{before} and {after} lie {days} apart, in this order; at least {least} and at most {most} are needed.",
    "{before} en {after} liggen {days} uiteen, in deze volgorde; het moeten er minstens {least} en hoogstens "
    "{most} zijn.",
)


def _apart(before: str, after: str, days: int, spacing: Spacing | None) -> Words:
    least = 0 if spacing is None else spacing.min_days
    most = None if spacing is None else spacing.max_days
    words = APART if most is None else APART_AT_MOST
    return words.fill(before=before, after=after, days=counts.days(days), least=least, most=most)


def _exclude(model: Model, pair: Pair, earlier: tuple[list[Moment], Ints], later: tuple[list[Moment], Ints]) -> None:
    """Write groups of slots of two meetings that exclude one another.

    A slot of the later meeting that comes too early after one of the earlier does so after each that starts later
    still; so it excludes all of these at once. Likewise for what comes too late.
    """
    (firsts, first_columns), (seconds, second_columns) = earlier, later
    for place, moment in enumerate(firsts):
        early = bools(pair.too_early(moment, second) for second in seconds)
        late = bools(pair.too_late(moment, second) for second in seconds)
        for excluded, mine in ((early, first_columns[place:]), (late, first_columns[: place + 1])):
            if excluded.any():
                group = np.concatenate([mine, second_columns[excluded]])
                model.at_most_one(np.zeros(len(group), np.int64), group)


# --- what no slot satisfies ------------------------------------------------------------------------------

DISORDERED = Message(
    "sessions-out-of-order-in-all-slots",
    Words(
        "falls while time rises, whatever slots are chosen",
        "daalt terwijl de tijd oploopt, welke tijdstippen ook gekozen worden",
    ),
    Words(
        "number the sessions in order of time, or give other slots",
        "nummer de sessies op volgorde van tijd, of geef andere tijdstippen",
    ),
)
FIXED_APART = Message(
    "spacing-of-fixed-sessions",
    Words(
        "is not kept by {first} and {second}, whose dates are fixed",
        "wordt niet gehouden door {first} en {second}, waarvan de datums vaststaan",
    ),
    Words(
        "nothing to do if that is meant: the spacing binds only where a date can be chosen",
        "niets te doen als dat de bedoeling is: de tussentijd bindt alleen waar een datum te kiezen is",
    ),
    "warning",
)
_OTHER_SLOTS = Words("give other slots, or another spacing", "geef andere tijdstippen, of een andere tussentijd")
UNSPACED = Message(
    "spacing-kept-by-no-slots",
    Words(
        "is kept by no slots of {first} and {last}, so that one of them stays empty",
        "wordt door geen tijdstippen van {first} en {last} gehouden, zodat een van beide leeg blijft",
    ),
    _OTHER_SLOTS,
    "warning",
)
UNSPACED_TOGETHER = Message(
    "spacing-kept-by-no-slots-together",
    Words(
        "is kept by no slots of {first} and {last} together, so that one of them stays empty",
        "wordt door geen tijdstippen van {first} en {last} samen gehouden, zodat een ervan leeg blijft",
    ),
    _OTHER_SLOTS,
    "warning",
)


def _moments(problem: Problem, meeting: Meeting) -> list[Moment]:
    return [(problem.period.local_day(start), start) for start, _ in problem.open_times(meeting)]


def _disordered(problem: Problem) -> Iterator[Issue]:
    """Yield sessions of which the later lies before the earlier, whatever slots are chosen."""
    for pair in pairs_of(problem):
        if problem.all_past((pair.earlier.meeting, pair.later.meeting)):
            continue
        if pair.ordered and problem.times(pair.later)[-1][0] < problem.times(pair.earlier)[0][0]:
            numbers = (problem.row_number(pair.earlier), problem.row_number(pair.later))
            yield DISORDERED.at("meetings", numbers, "session")


def _unspaced(problem: Problem, row: Spacing, number: int) -> Iterator[Issue]:
    """Yield a warning for sessions that cannot all be held if a spacing is kept, and for fixed ones that break it."""
    members = problem.series.get(row.series, ())
    chain: list[Meeting] = []
    reached: list[Moment] = []
    for later in members:
        moments = _moments(problem, later)
        fitting = _fitting(chain[-1], reached, later, moments, row) if chain else moments
        if fitting:
            chain, reached = [*chain, later], fitting
            continue
        if chain[-1].start is not None and later.start is not None:
            yield FIXED_APART.at("spacing", (number,), first=chain[-1].meeting, second=later.meeting)
        else:
            *names, last = (meeting.meeting for meeting in _shortest_clash(problem, [*chain, later], row))
            message = UNSPACED if len(names) == 1 else UNSPACED_TOGETHER
            yield message.at("spacing", (number,), first=", ".join(names), last=last)
        chain, reached = [later], moments


def _fitting(
    earlier: Meeting, reached: list[Moment], later: Meeting, moments: list[Moment], row: Spacing
) -> list[Moment]:
    """Return the moments of a session that fit one that the session before it can be held at."""
    pair = Pair(earlier, later, earlier.session is not None, row)
    return [second for second in moments if any(pair.fits(first, second) for first in reached)]


def _shortest_clash(problem: Problem, chain: list[Meeting], row: Spacing) -> list[Meeting]:
    """Return the fewest sessions at the end of a chain that cannot all be held."""
    for place in range(len(chain) - 2, 0, -1):
        reached = _moments(problem, chain[place])
        for earlier, later in pairwise(chain[place:]):
            reached = _fitting(earlier, reached, later, _moments(problem, later), row)
        if not reached:
            return chain[place:]
    return chain
