"""How many kilometres somebody travels on a day: home and back for each meeting, or one journey along all of them.

Each leg is a whole number of kilometres, rounded half up. A meeting is a *stop* where its place and the home of who
goes there are known points; online meetings and all others have no kilometres, and no journey leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from poolmatch.domain.assignments import Placement
from poolmatch.domain.grouping import grouped
from poolmatch.domain.meetings import Meeting
from poolmatch.domain.people import Facilitator
from poolmatch.domain.travel import Travel


def whole_kilometres(kilometres: float | None) -> int:
    """Return kilometres rounded half up to a whole number; 0 where they are unknown."""
    return int((kilometres or 0.0) + 0.5)


def saved(travel: Travel, person: Facilitator, first: Meeting, second: Meeting) -> int:
    """Return how many kilometres it spares to go from one stop to the next instead of home and back, at least 0.

    No way is longer than the way by home, but for the rounding of the legs, which nobody is charged.
    """
    home = sum(whole_kilometres(travel.home_kilometres(person, meeting)) for meeting in (first, second))
    return max(0, home - whole_kilometres(travel.kilometres_between(first, second)))


def in_order(placements: Iterable[Placement]) -> Sequence[Placement]:
    """Return each meeting once, in order of start, and of what starts together in order of id."""
    ordered = sorted(placements, key=lambda item: (item.start, item.meeting.meeting))
    once: dict[str, Placement] = {}
    for item in ordered:
        once.setdefault(item.meeting.meeting, item)
    return tuple(once.values())


def stops(placements: Iterable[Placement]) -> Mapping[date, Sequence[Placement]]:
    """Return the stops of one facilitator by local day, the stops of a day in order.

    Parameters
    ----------
    placements
        All of one facilitator.
    """
    known = (item for item in placements if None not in (item.facilitator.lat, item.meeting.lat))
    days = grouped((item for item in known if not item.meeting.online), lambda item: item.day)
    return {day: in_order(items) for day, items in days.items()}


def kilometres_of_day(travel: Travel, stops: Sequence[Placement]) -> int:
    """Return how many kilometres the stops of one facilitator on one day take.

    Parameters
    ----------
    travel
        Its setting `between` says whether people go from stop to stop, or home and back for each.
    stops
        In order.
    """
    out_and_back = (2 * whole_kilometres(travel.home_kilometres(item.facilitator, item.meeting)) for item in stops)
    onward = pairwise(stops) if travel.between else ()
    return sum(out_and_back) - sum(saved(travel, a.facilitator, a.meeting, b.meeting) for a, b in onward)
