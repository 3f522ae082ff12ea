"""What happens to a month that is planned: an illness, a late tie, a meeting that is moved, added or cancelled."""

from __future__ import annotations

import random
from datetime import date, timedelta

from poolmatch import Problem
from poolmatch.edits import Edit, MeetingAdded, MeetingCancelled, MeetingMoved, PersonOut, TieAdded


def tied(who: str, organisation: str) -> Edit:
    """Somebody turns out to be on the board of an organisation."""
    return TieAdded(who, "director", organisation=organisation)


def moved(problem: Problem, meeting: str, by: timedelta) -> Edit:
    """A meeting is held some time later."""
    start, end = problem.times(problem.meeting(meeting))[0]
    return MeetingMoved(meeting, start + by, end + by)


def added(problem: Problem, meeting: str, like: str, by: timedelta) -> Edit:
    """A meeting is held besides that is like another, some time later."""
    start, end = problem.times(problem.meeting(like))[0]
    times = {"start": start + by, "end": end + by, "series": None, "session": None}
    return MeetingAdded(
        problem.meeting(like).model_copy(update={"meeting": meeting, **times}),
        tuple(row.model_copy(update={"meeting": meeting}) for row in problem.stakes_of(like)),
        tuple(row.model_copy(update={"meeting": meeting, "continuity": "none"}) for row in problem.seats_of(like)),
    )


def drawn(rng: random.Random, problem: Problem) -> Edit:
    """Return something that happens in a small problem."""
    who = rng.choice(problem.facilitators).facilitator
    meeting = rng.choice(problem.meetings).meeting
    day = problem.period.start + timedelta(days=rng.randrange(4))
    last = day + timedelta(days=rng.choice([0, 0, 5]))
    kinds: list[Edit] = [
        PersonOut(who, day, min(last, problem.period.end)),
        tied(who, rng.choice(problem.stakes_of(meeting)).organisation),
        MeetingCancelled(meeting),
    ]
    fixed = [row.meeting for row in problem.meetings if row.start is not None]
    if fixed:
        kinds += 2 * [moved(problem, rng.choice(fixed), timedelta(hours=rng.choice([-3, 2, 24])))]
        kinds.append(added(problem, "new", rng.choice(fixed), timedelta(hours=rng.choice([1, 24]))))
    return rng.choice(kinds)


def ill(who: str, first: date, last: date) -> Edit:
    """Somebody cannot work from the first to the last of some days."""
    return PersonOut(who, first, last)
