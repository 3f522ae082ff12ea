"""A problem as numbers: positions, whole seconds, read-only columns.

Three column tables carry the work: people, *occasions* (a seat at a slot: where and when someone could sit) and
*candidates* (a facilitator who is eligible for an occasion: the unit of decision). Nothing here has the shape
facilitators × meetings: people are looked at one by one, candidates are sparse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from poolmatch.domain.calendar import Availability, Span, merged, without
from poolmatch.domain.hours import ticks_of_meeting
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import ROLES, Facilitator, Skill
from poolmatch.domain.presence import outside_pool
from poolmatch.domain.problem import Problem
from poolmatch.domain.travel import number_or_nan

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
T = TypeVar("T")

OPEN, NOBODY = -2, -1
"""Of a seat: it is still to be filled; it is past, and nobody of the pool held it."""
GRADES: tuple[str, ...] = ("decider", "commissioner", "interest", "contributor", "observer")
FIRST_DAY, LAST_DAY = 0, 10**7
"""Day numbers that stand for an open start and an open end."""
FIRST_SECOND, LAST_SECOND = -(2**60), 2**60


def ints(values: Iterable[int]) -> Ints:
    """Return whole numbers as a column."""
    return np.fromiter(values, np.int64)


def floats(values: Iterable[float | None]) -> Floats:
    """Return numbers as a column, NaN for blanks."""
    return np.fromiter((number_or_nan(value) for value in values), np.float64)


def bools(values: Iterable[bool]) -> Bools:
    """Return truth values as a column."""
    return np.fromiter(values, np.bool_)


def second(moment: datetime) -> int:
    """Return the whole second of an instant since 1970 (UTC)."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


def bounds(positions: Ints, groups: int) -> Ints:
    """Return where each group starts in positions that are sorted: shape ``(groups + 1,)``."""
    return np.searchsorted(positions, np.arange(groups + 1))


def distinct(first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the distinct pairs of two columns in order, and which of them stands in each row.

    Parameters
    ----------
    first, second
        Positions or days: small enough for the product of their ranges to be a number; both of shape ``(rows,)``.

    Returns
    -------
    first, second, pair
        The pairs, both of shape ``(pairs,)``, and the position of a pair for each row, of shape ``(rows,)``.
    """
    if not len(first):
        return first, second, first
    low, width = second.min(), int(second.max() - second.min()) + 1
    keys, pair = np.unique(first * width + (second - low), return_inverse=True)
    return keys // width, keys % width + low, pair


def spread(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of a row and each number from its first up to its end, row by row.

    Parameters
    ----------
    first, end
        The numbers of each row, the end not among them; both of shape ``(rows,)``.
    """
    counts = np.maximum(end - first, 0)
    row = np.repeat(np.arange(len(counts)), counts)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts) + first[row]


class Codes:
    """Small numbers for words: the same word has the same number, a blank is -1."""

    def __init__(self, words: Iterable[str | None] = ()) -> None:
        self.of: dict[str, int] = {}
        for word in words:
            self.add(word)

    def __len__(self) -> int:
        return len(self.of)

    def add(self, word: str | None) -> int:
        """Return the number of a word, given now if it is new."""
        return -1 if word is None else self.of.setdefault(word, len(self.of))

    def get(self, word: str | None) -> int:
        """Return the number of a word, -2 if it has none: equal to no other."""
        return -1 if word is None else self.of.get(word, -2)


class Columns:
    """Base of a table of equally long columns that can be cut down to some of its rows."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    def take(self, rows: Ints) -> Self:
        """Return the table of these rows only, in this order."""
        parts: dict[str, Any] = {}
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            parts[field.name] = (
                value[rows]
                if isinstance(value, np.ndarray)
                else value.take(rows)
                if isinstance(value, Ragged)
                else value
            )
        return type(self)(**parts)


@dataclass(frozen=True)
class Ragged:
    """Several entries for each row of a table: entry ``k`` of row ``i`` stands at ``offsets[i] + k``.

    Attributes
    ----------
    offsets
        Where each row's entries begin; shape ``(rows + 1,)``.
    """

    offsets: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[tuple[int, ...]]], width: int) -> Self:
        """Return the entries of each row, one column per place of the tuples."""
        counts = ints(len(row) for row in rows)
        flat = np.array([entry for row in rows for entry in row], np.int64).reshape(-1, width)
        return cls(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), *flat.T)

    @cached_property
    def owner(self) -> Ints:
        """Row of each entry."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def any(self, true: Bools) -> Bools:
        """Tell for each row whether any of its entries is true."""
        total = np.concatenate([[0], np.cumsum(true)])
        return np.asarray(total[self.offsets[1:]] > total[self.offsets[:-1]])

    def max(self, values: Ints) -> Ints:
        """Return for each row the greatest of its entries, 0 where it has none."""
        result = np.zeros(len(self.offsets) - 1, np.int64)
        filled = self.offsets[1:] > self.offsets[:-1]
        if filled.any():
            result[filled] = np.maximum.reduceat(values, self.offsets[:-1][filled])
        return result

    def sum(self, values: Ints) -> Ints:
        """Return for each row the sum of its entries."""
        total = np.concatenate([[0], np.cumsum(values)])
        return np.asarray(total[self.offsets[1:]] - total[self.offsets[:-1]], np.int64)

    def take(self, rows: Ints) -> Self:
        """Return the entries of these rows only."""
        counts = self.offsets[rows + 1] - self.offsets[rows]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        index = np.repeat(self.offsets[rows] - offsets[:-1], counts) + np.arange(offsets[-1])
        parts = {field.name: getattr(self, field.name)[index] for field in fields(self) if field.name != "offsets"}
        return type(self)(offsets, **parts)


@dataclass(frozen=True)
class Stakes(Ragged):
    """Parties of each occasion: number of the organisation and position of the grade in ``GRADES``."""

    organisation: Ints
    grade: Ints


@dataclass(frozen=True)
class Demands(Ragged):
    """Skills each seat asks for: number of the skill, least level, and whether it is required (1) or preferred (0)."""

    skill: Ints
    level: Ints
    required: Ints


@dataclass(frozen=True)
class Occasions(Columns):
    """One row for each seat at each slot it can be held in, and for each duty; shape of every column ``(occasions,)``.

    Times are whole seconds since 1970 (UTC), days are ordinals of local dates, weeks count from Monday. A duty has no
    time (``timed`` is false): its day is the first of the period, its times mean nothing.
    """

    seat: Ints
    meeting: Ints
    slot: Ints
    """Which meeting at which time: the seats of a meeting share it, and nothing else does."""
    timed: Bools
    role: Ints
    """Position in ``ROLES``, -1 for any."""
    start: Ints
    opens: Ints
    """Start of the setup."""
    closes: Ints
    """End of the wrap-up."""
    day: Ints
    week: Ints
    ticks: Ints
    """What an assignment takes, travel aside, in ticks of `poolmatch.domain.hours`."""
    online: Bools
    region: Ints
    theme: Ints
    series: Ints
    contention: Ints
    """-1 for low, 0 for normal, 1 for high."""
    lat: Floats
    lon: Floats
    stakes: Stakes
    demands: Demands
    meeting_rows: tuple[Meeting, ...]
    """All meetings and duties; ``meeting`` holds positions in it."""
    seat_rows: tuple[Seat, ...]
    """All seats; ``seat`` holds positions in it."""

    def __len__(self) -> int:
        return len(self.seat)

    def where(self, test: Callable[[Meeting, Seat], bool]) -> Bools:
        """Return for each occasion what a test says of its meeting and seat: slow, simple, for rules of one's own."""
        pairs = zip(self.meeting.tolist(), self.seat.tolist(), strict=True)
        return bools(test(self.meeting_rows[meeting], self.seat_rows[seat]) for meeting, seat in pairs)


@dataclass(frozen=True)
class Spans(Columns):
    """Sorted, disjoint, half-open spans of time."""

    opens: Ints
    closes: Ints

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Self:
        """Return spans of instants as columns."""
        return cls(ints(second(a) for a, _ in spans), ints(second(b) for _, b in spans))

    def cover(self, opens: Ints, closes: Ints) -> Bools:
        """Tell of each span whether it lies wholly inside one of these."""
        if not len(self.opens):
            return np.zeros(len(opens), np.bool_)
        before = np.searchsorted(self.opens, opens, "right") - 1
        return np.asarray((before >= 0) & (self.closes[before] >= closes))

    def touch(self, opens: Ints, closes: Ints) -> Bools:
        """Tell of each span whether any part of it lies in one of these."""
        after = np.searchsorted(self.closes, opens, "right")
        inside = after < len(self.opens)
        return np.asarray(inside & (np.append(self.opens, LAST_SECOND)[after] < closes))


@dataclass(frozen=True)
class Learned(Columns):
    """Skills of one person: number, level, first and last day."""

    skill: Ints
    level: Ints
    first: Ints
    last: Ints

    def meet(self, demands: Demands, days: Ints) -> Bools:
        """Tell which demands the person meets; ``days`` holds the day of each row of the demands."""
        met = np.zeros(len(demands.skill), np.bool_)
        on = days[demands.owner]
        for skill, level, first, last in zip(self.skill, self.level, self.first, self.last, strict=True):
            met |= (demands.skill == skill) & (demands.level <= level) & (first <= on) & (on <= last)
        return met


@dataclass(frozen=True)
class Person:
    """One facilitator as numbers.

    Attributes
    ----------
    world
        The arrays this person belongs to.
    position
        Position among the people.
    row
        The facilitator.
    roles
        Which roles they take; shape ``(roles,)``.
    skills
        Their skills.
    regions
        Numbers of the regions they serve, None for every region.
    free
        When they are in the pool and can work; None when nothing limits it.
    likes, dislikes
        When they would like, or would rather not, work.
    struck
        Pairs of party and meeting (-1 for every meeting of the party) that object to them; shape ``(strikes, 2)``.
    """

    world: Arrays
    position: int
    row: Facilitator
    roles: Bools
    skills: Learned
    regions: Ints | None
    free: Spans | None
    likes: Spans
    dislikes: Spans
    struck: Ints

    @cached_property
    def region(self) -> int:
        """Number of the region of their home, -1 when blank."""
        return self.world.regions.get(self.row.region)


def _days(row: Skill) -> tuple[int, int]:
    """Return the first and the last day on which a skill holds."""
    first = row.valid_from.toordinal() if row.valid_from else FIRST_DAY
    return first, row.valid_until.toordinal() if row.valid_until else LAST_DAY


def _spans(rows: Iterable[Availability], kind: str, problem: Problem) -> list[Span]:
    return merged([span for row in rows if row.kind == kind for span in row.spans(problem.period)])


class Arrays:
    """A problem as numbers.

    Parameters
    ----------
    problem
        The problem.
    seed
        Rows are sorted by id and then shuffled by this seed, so that nobody gains by the order of the rows.
    """

    def __init__(self, problem: Problem, seed: int = 0) -> None:
        self.problem = problem
        shuffle = np.random.default_rng(seed)

        def drawn(rows: Sequence[T], key: Callable[[T], Any]) -> tuple[T, ...]:
            ordered = sorted(rows, key=key)
            return tuple(ordered[place] for place in shuffle.permutation(len(ordered)))

        self.people = drawn(problem.facilitators, lambda row: row.facilitator)
        self.meetings = drawn(problem.all_meetings, lambda row: row.meeting)
        self.regions = Codes([row.region for row in problem.meetings] + [row.region for row in problem.facilitators])
        self.themes = Codes(row.theme for row in problem.meetings)
        self.series = Codes(row.series for row in problem.all_meetings)
        self.skills = Codes(row.skill for row in problem.requirements)
        self.organisations = Codes(row.organisation for row in problem.organisations)
        self.positions = {row.facilitator: place for place, row in enumerate(self.people)}
        self.meeting_positions = {row.meeting: place for place, row in enumerate(self.meetings)}
        order = self.meeting_positions
        self.seats = tuple(sorted(problem.all_seats, key=lambda seat: (order[seat.meeting], seat.seat)))
        self.seat_positions = {(seat.meeting, seat.seat): place for place, seat in enumerate(self.seats)}
        self.seats_at: tuple[tuple[int, ...], ...] = tuple(
            tuple(self.seat_positions[seat.meeting, seat.seat] for seat in problem.seats_of(row.meeting))
            for row in self.meetings
        )
        """Positions of the seats of each meeting."""
        self._memo: dict[Hashable, Any] = {}

    def memo(self, key: Hashable, build: Callable[[], T]) -> T:
        """Return what a rule worked out for this problem before, or work it out now."""
        if key not in self._memo:
            self._memo[key] = build()
        value: T = self._memo[key]
        return value

    def masters_of(self, skill: str, level: int) -> Mapping[int, tuple[tuple[int, int], ...]]:
        """Return the first and last days on which people have a skill at a level, by position of the person."""

        def build() -> Mapping[int, tuple[tuple[int, int], ...]]:
            found: defaultdict[int, tuple[tuple[int, int], ...]] = defaultdict(tuple)
            for row in self.problem.skills:
                if row.skill == skill and row.level >= level:
                    found[self.positions[row.facilitator]] += (_days(row),)
            return found

        return self.memo(("masters", skill, level), build)

    @cached_property
    def occasions(self) -> Occasions:
        """Every seat at every slot, in the order of ``seats``."""
        problem, opening = self.problem, self.problem.period.span[0]
        rows: list[tuple[int, ...]] = []
        places: list[int] = []
        slots: dict[tuple[int, datetime | None], int] = {}
        for place, seat in enumerate(self.seats):
            meeting_place = self.meeting_positions[seat.meeting]
            meeting = self.meetings[meeting_place]
            role = ROLES.index(seat.role) if seat.role else -1
            for start, end in problem.times(meeting) or ((None, None),):
                slot = slots.setdefault((meeting_place, start), len(slots))
                day = problem.day(meeting.meeting, start).toordinal()
                begin, finish = second(start or opening), second(end or opening)
                opens, closes = begin - 60 * meeting.setup_minutes, finish + 60 * meeting.wrapup_minutes
                ticks = ticks_of_meeting(meeting, start, end)
                times = (begin, opens, closes, day, (day - 1) // 7, ticks)
                rows.append((place, meeting_place, slot, int(start is not None), role, *times))
                places.append(meeting_place)
        numbers = np.array(rows, np.int64).reshape(-1, 11)
        meetings = [self.meetings[place] for place in places]
        stakes = {
            row.meeting: [
                (self.organisations.get(stake.organisation), GRADES.index(stake.grade))
                for stake in problem.stakes_of(row.meeting)
            ]
            for row in self.meetings
        }
        demands = [
            [
                (self.skills.get(row.skill), row.level, int(row.kind == "required"))
                for row in problem.requirements_of(self.seats[place].meeting, self.seats[place].seat)
            ]
            for place in numbers[:, 0]
        ]
        seat_column, meeting_column, slot_column, timed, role_column, *times_columns = np.ascontiguousarray(numbers.T)
        starts, opens_column, closes_column, days, weeks, lengths = times_columns
        return Occasions(
            seat=seat_column,
            meeting=meeting_column,
            slot=slot_column,
            timed=timed == 1,
            role=role_column,
            start=starts,
            opens=opens_column,
            closes=closes_column,
            day=days,
            week=weeks,
            ticks=lengths,
            online=bools(row.online for row in meetings),
            region=ints(self.regions.get(row.region) for row in meetings),
            theme=ints(self.themes.get(row.theme) for row in meetings),
            series=ints(self.series.get(row.series) for row in meetings),
            contention=ints(("low", "normal", "high").index(row.contention) - 1 for row in meetings),
            lat=floats(row.lat for row in meetings),
            lon=floats(row.lon for row in meetings),
            stakes=Stakes.of([stakes[row.meeting] for row in meetings], 2),
            demands=Demands.of(demands, 3),
            meeting_rows=self.meetings,
            seat_rows=self.seats,
        )

    @cached_property
    def held(self) -> Ints:
        """Position of the person who held each seat of the past, or ``NOBODY``; ``OPEN`` for what is to come."""
        frozen = self.problem.frozen
        return ints(
            self.positions.get(frozen[seat.meeting].holders[seat.seat] or "", NOBODY)
            if seat.meeting in frozen
            else OPEN
            for seat in self.seats
        )

    @cached_property
    def left_behind(self) -> Bools:
        """Which seats of the past were held by someone who is no longer in the pool: filled, by no person here."""
        gone = {(item.meeting.meeting, item.seat.seat) for item in self.problem.departed}
        return bools((seat.meeting, seat.seat) in gone for seat in self.seats)

    def rows_of(self, seat: int) -> Ints:
        """Return the occasions of a seat: one per slot, in order of time."""
        edges = self.memo("seat edges", lambda: bounds(self.occasions.seat, len(self.seats)))
        return np.arange(edges[seat], edges[seat + 1])

    def person(self, position: int) -> Person:
        """Return one facilitator as numbers."""
        return self.memo(("person", position), lambda: self._person(position))

    def _person(self, position: int) -> Person:
        row = self.people[position]
        problem = self.problem
        times, serves = problem.about(row.facilitator, "availability"), problem.about(row.facilitator, "serves")
        windows = _spans(times, "available", problem) if any(item.kind == "available" for item in times) else None
        absent = merged([*_spans(times, "unavailable", problem), *outside_pool(row, problem.period)])
        free: Spans | None = None
        if windows is not None:
            free = Spans.of(without(windows, absent))
        elif absent:
            holes = Spans.of(absent)
            free = Spans(np.append(FIRST_SECOND, holes.closes), np.append(holes.opens, LAST_SECOND))
        learned = [
            (self.skills.get(skill.skill), skill.level, *_days(skill))
            for skill in problem.about(row.facilitator, "skills")
        ]
        struck = [
            (self.organisations.get(strike.organisation), self.meeting_positions.get(strike.meeting, -1))
            for strike in problem.about(row.facilitator, "strikes")
        ]
        return Person(
            world=self,
            position=position,
            row=row,
            roles=bools(role in row.roles for role in ROLES),
            skills=Learned(*np.array(learned, np.int64).reshape(-1, 4).T),
            regions=ints(self.regions.get(item.region) for item in serves) if serves else None,
            free=free,
            likes=Spans.of(_spans(times, "prefer", problem)),
            dislikes=Spans.of(_spans(times, "avoid", problem)),
            struck=np.array(struck, np.int64).reshape(-1, 2),
        )


class Candidates:
    """The eligible pairs of person and occasion; candidate ``k`` is decision variable ``k``.

    Parameters
    ----------
    world
        The arrays.
    person, occasion
        Positions; shape ``(candidates,)``, sorted by person, then occasion.
    eligible
        Whether each is eligible: false only for who is pinned by force, or held a seat of the past; None is all.
        Shape ``(candidates,)``.
    """

    def __init__(self, world: Arrays, person: Ints, occasion: Ints, eligible: Bools | None = None) -> None:
        self.world = world
        self.person = person
        self.occasion = occasion
        self.eligible = np.ones(len(person), np.bool_) if eligible is None else eligible
        for column in (self.person, self.occasion, self.eligible):
            column.flags.writeable = False

    def __len__(self) -> int:
        return len(self.person)

    def column(self, name: str) -> Any:
        """Return a column of the occasions, such as ``"day"``, for each candidate."""
        return getattr(self.world.occasions, name)[self.occasion]

    @cached_property
    def seat(self) -> Ints:
        """Position of each candidate's seat."""
        return np.asarray(self.column("seat"))

    @cached_property
    def meeting(self) -> Ints:
        """Position of each candidate's meeting."""
        return np.asarray(self.column("meeting"))

    @cached_property
    def open(self) -> Bools:
        """Which candidates are for seats that are still to be filled: those of the past are decided."""
        return np.asarray(self.world.held[self.seat] == OPEN)

    @cached_property
    def past(self) -> Ints:
        """The candidates who held a seat of the past: every roster takes them, and nobody else for these seats."""
        return np.flatnonzero(self.person == self.world.held[self.seat])

    @cached_property
    def timed(self) -> Ints:
        """The candidates for meetings, which have a time; not those for duties."""
        return np.flatnonzero(self.column("timed"))

    @cached_property
    def _by_seat(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.seat, kind="stable")
        return order, bounds(self.seat[order], len(self.world.seats))

    def of_seat(self, position: int) -> Ints:
        """Return which candidates are for a seat, at any of its slots."""
        order, edges = self._by_seat
        return order[edges[position] : edges[position + 1]]

    def of_seats(self, positions: Sequence[int]) -> Ints:
        """Return which candidates are for any of some seats."""
        return np.concatenate([np.zeros(0, np.int64), *map(self.of_seat, positions)])

    def masters(self, columns: Ints, wanted: Sequence[tuple[str, int]]) -> Bools:
        """Tell of each of some candidates whether the person has any of the skills at its level on the day."""
        of_skill = [self.world.masters_of(skill, level) for skill, level in wanted]
        people, days = self.person[columns].tolist(), self.column("day")[columns].tolist()
        return bools(
            any(first <= day <= last for found in of_skill for first, last in found.get(person, ()))
            for person, day in zip(people, days, strict=True)
        )

    def of_person(self, position: int) -> slice:
        """Return which candidates belong to a person."""
        first, last = np.searchsorted(self.person, [position, position + 1])
        return slice(int(first), int(last))

    def find(self, person: int, seat: int) -> Ints:
        """Return the candidates of a person for a seat, one per slot."""
        mine = self.of_person(person)
        return np.asarray(np.flatnonzero(self.seat[mine] == seat) + mine.start)


__all__ = [
    "GRADES",
    "NOBODY",
    "OPEN",
    "ROLES",
    "Arrays",
    "Bools",
    "Candidates",
    "Codes",
    "Columns",
    "Demands",
    "Floats",
    "Ints",
    "Occasions",
    "Person",
    "Ragged",
    "Spans",
    "Stakes",
    "bools",
    "bounds",
    "distinct",
    "ints",
    "second",
    "spread",
]
