"""What the rules speak of, as numbers: meetings, distances, fair targets and wishes, in plain loops.

Who is eligible, and how neutral, is asked of poolmatch.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from poolmatch import STANDARD_RULES, Problem
from poolmatch.domain.calendar import Span, merged
from poolmatch.domain.degree import Degree
from poolmatch.domain.meetings import Meeting
from poolmatch.domain.people import Facilitator
from poolmatch.domain.values import midnight
from poolmatch.neutrality import STRICT
from poolmatch.neutrality.table import degrees
from poolmatch.solving.prepared import Prepared

Pair = tuple[str, str]
"""A facilitator and a meeting whose seat is theirs to take."""

DEGREE_POINTS = {Degree.AVOID: 2, Degree.DISCLOSE: 4}
WAIVED_POINTS = 8
CARRY_OVER_DAYS = 91
DETOUR, KM_PER_HOUR, PARKING_SECONDS = 1.3, 60, 600
MISSING_SKILL = 2
SCORE_PARTS = 10_000
"""Scores have four decimals."""


@dataclass(frozen=True)
class Work:
    """A meeting as numbers: seconds since 1970, the local day, and the whole minutes it takes."""

    meeting: Meeting
    seat: str
    opens: int
    closes: int
    day: date
    minutes: int
    receivers: tuple[str, ...]

    @property
    def week(self) -> tuple[int, int]:
        return self.day.isocalendar()[:2]


def not_covered(problem: Problem) -> list[str]:
    """Return what a problem holds that this model knows nothing of."""
    found = [name for name in ("slots", "duties", "pairings", "pins", "published") if getattr(problem, name)]
    seats = Counter(seat.meeting for seat in problem.meeting_seats if seat.role == "lead" and seat.required)
    if len(seats) < len(problem.meetings) or seats.total() > len(seats) or len(problem.meeting_seats) > len(seats):
        found.append("meetings with other seats than one lead")
    if any(row.series is not None for row in problem.meetings):
        found.append("series")
    if any(row.seat is None for row in problem.requirements):
        found.append("skills of teams")
    if any(row.external or row.min_meetings or "trainee" in row.roles for row in problem.facilitators):
        found.append("externals, trainees or least numbers of meetings")
    if any(row.start and row.start.second for row in problem.meetings) or any(
        Fraction(str(row.preparation_hours)) * 60 % 1 for row in problem.meetings
    ):
        found.append("parts of minutes")
    return found


def works(problem: Problem) -> dict[str, Work]:
    """Return the meetings as numbers, by id."""
    seats = {seat.meeting: seat.seat for seat in problem.meeting_seats}
    found = {}
    for row in problem.meetings:
        assert row.start is not None  # meetings are fixed
        assert row.end is not None
        opens = int(row.start.timestamp()) - 60 * row.setup_minutes
        closes = int(row.end.timestamp()) + 60 * row.wrapup_minutes
        found[row.meeting] = Work(
            meeting=row,
            seat=seats[row.meeting],
            opens=opens,
            closes=closes,
            day=problem.period.local_day(row.start),
            minutes=(closes - opens) // 60 + int(Fraction(str(row.preparation_hours)) * 60),
            receivers=receivers(problem, row.meeting),
        )
    return found


def receivers(problem: Problem, meeting: str) -> tuple[str, ...]:
    """Return who receives the hours of a meeting: its commissioners, else its deciders, else all but observers."""
    by_grade: defaultdict[str, list[str]] = defaultdict(list)
    for stake in problem.stakes_of(meeting):
        by_grade[stake.grade].append(stake.organisation)
    everyone = [*by_grade["interest"], *by_grade["contributor"]]
    return tuple(by_grade["commissioner"] or by_grade["decider"] or everyone)


def eligible(problem: Problem, seed: int) -> dict[Pair, int]:
    """Return the pairs that eligibility leaves, each with its points of `neutral-choice`."""
    prepared = Prepared.of(problem, STANDARD_RULES, seed)
    world, candidates = prepared.world, prepared.candidates
    points: dict[Pair, int] = {}
    for position, person in enumerate(world.people):
        mine = candidates.occasion[candidates.of_person(position)].tolist()
        found = degrees(world.person(position), world.occasions, STRICT)
        for row in mine:
            meeting = world.meetings[world.occasions.meeting[row]].meeting
            degree = DEGREE_POINTS.get(Degree(int(found.degree[row])), 0)
            points[person.facilitator, meeting] = WAIVED_POINTS if found.waived[row] else degree
    return points


def half_up(number: Fraction) -> int:
    """Round to the nearest whole number; halves go up."""
    return math.floor(number + Fraction(1, 2))


def great_circle(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return kilometres between two points in degrees, by the haversine formula."""
    north_a, east_a, north_b, east_b = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    chord = (
        math.sin((north_b - north_a) / 2) ** 2
        + math.cos(north_a) * math.cos(north_b) * math.sin((east_b - east_a) / 2) ** 2
    )
    return round(2 * 6371 * math.asin(math.sqrt(min(1.0, chord))), 9)


def kilometres(person: Facilitator, meeting: Meeting) -> int:
    """Return whole kilometres of road from home to meeting; 0 online and where a point is unknown."""
    if meeting.online or meeting.lat is None or meeting.lon is None or person.lat is None or person.lon is None:
        return 0
    return math.floor(DETOUR * great_circle(person.lat, person.lon, meeting.lat, meeting.lon) + 0.5)


def travel_seconds(first: Meeting, second: Meeting) -> int:
    """Return the seconds of travel between two meetings; 0 online, on one spot, and where a point is unknown."""
    if first.online or second.online or (first.lat, first.lon) == (second.lat, second.lon):
        return 0
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return 0
    km = DETOUR * great_circle(first.lat, first.lon, second.lat, second.lon)
    return math.ceil(km / KM_PER_HOUR * 3600 + PARKING_SECONDS - 1e-6)


def days_of(problem: Problem, person: Facilitator, first: int, last: int) -> list[date]:
    """Return the days on which someone is in the pool and not on leave, counted from the period's start.

    On leave is who is away for seven whole days on end or more.
    """
    period = problem.period
    wide = period.model_copy(update={"start": period.start - timedelta(days=CARRY_OVER_DAYS)})
    spans = [
        span
        for row in problem.about(person.facilitator, "availability")
        if row.kind == "unavailable" and type(row.start) is date and type(row.end) is date
        for span in row.spans(wide)
    ]
    # A run shows itself within a week of the days that are asked for.
    around = [period.start + timedelta(days=number) for number in range(first - 7, last + 8)]
    away, leave = set(), set()
    for opens, closes in merged(spans):
        away |= {
            day
            for day in around
            if opens <= midnight(day, period.zone) and midnight(day + timedelta(days=1), period.zone) <= closes
        }
    for day in away:
        week = {day + timedelta(days=number) for number in range(7)}
        if week <= away:
            leave |= week
    return [day for day in around[7:-7] if day not in leave and (person.joined or day) <= day <= (person.left or day)]


def weights(problem: Problem, first: int, last: int) -> dict[str, Fraction]:
    """Return everyone's contract hours times the days they are there, of those so long after the period's start."""
    given = {row.facilitator: row.contract_hours for row in problem.facilitators}
    known = [Fraction(str(hours)) for hours in given.values() if hours is not None]
    mean = sum(known, Fraction(0)) / len(known) if known else Fraction(1)
    found = {
        row.facilitator: (mean if row.contract_hours is None else Fraction(str(row.contract_hours)))
        * len(days_of(problem, row, first, last))
        for row in problem.facilitators
    }
    return found if any(found.values()) else dict.fromkeys(found, Fraction(1))


def targets(problem: Problem, work: Mapping[str, Work]) -> dict[str, int]:
    """Return everyone's fair number of minutes: a share of the work, less a surplus of the past."""
    now = weights(problem, 0, (problem.period.end - problem.period.start).days)
    before = weights(problem, -CARRY_OVER_DAYS, -1)
    past = dict.fromkeys(now, Fraction(0))
    for row in problem.past:
        days = None if row.start is None else (problem.period.start - problem.period.local_day(row.start)).days
        if row.facilitator in past and (days is None or 0 < days <= CARRY_OVER_DAYS):
            past[row.facilitator] += past_minutes(row.hours, row.start, row.end)
    asked, done = sum(item.minutes for item in work.values()), sum(past.values())
    found = {}
    for name, mine in now.items():
        surplus = half_up(past[name]) - half_up(before[name] / sum(before.values()) * done)
        found[name] = max(0, half_up(mine / sum(now.values()) * asked) - max(0, surplus))
    return found


def employers_of(problem: Problem, person: Facilitator, day: date) -> set[str]:
    """Return whom someone works for on a day: the employer on record, else those in ties."""
    if person.organisation is not None:
        return {person.organisation}
    return {
        tie.organisation
        for tie in problem.ties
        if tie.facilitator == person.facilitator
        and tie.kind in ("employee", "former_employee")
        and (tie.start or day) <= day <= (tie.end or day)
        and tie.organisation is not None
    }


def past_minutes(hours: float | None, start: datetime | None, end: datetime | None) -> Fraction:
    """Return the minutes that past work took."""
    if hours is not None:
        return Fraction(str(hours)) * 60
    assert start is not None  # work without hours has times
    assert end is not None
    return Fraction(int((end - start).total_seconds()), 60)


def wish(problem: Problem, person: Facilitator, work: Work) -> int:
    """Return what the wishes on a pair cost, in parts of a point: scores, times, preferred skills."""
    name, meeting = person.facilitator, work.meeting
    parties = {stake.organisation for stake in problem.stakes_of(meeting.meeting)}
    cost = 0
    for row in problem.about(name, "preferences"):
        if (
            (row.meeting is not None and row.meeting == meeting.meeting)
            or (row.theme is not None and row.theme == meeting.theme)
            or (row.region is not None and row.region == meeting.region)
            or row.organisation in parties
        ):
            cost -= int(Fraction(str(row.score)) * SCORE_PARTS)
    for row in problem.requirements_of(meeting.meeting, work.seat):
        if row.kind == "preferred" and not problem.masters(name, row.skill, row.level, work.day):
            cost += MISSING_SKILL * SCORE_PARTS
    return cost


def wished_times(problem: Problem, kind: str) -> dict[str, list[tuple[float, float]]]:
    """Return when people would like to work, or would rather not: disjoint spans in seconds."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for row in problem.availability:
        if row.kind == kind:
            spans[row.facilitator] += row.spans(problem.period)
    return {name: [(a.timestamp(), b.timestamp()) for a, b in merged(found)] for name, found in spans.items()}
