"""Meetings and duties with who sits in them: what the roster, the calendar and the sheets of people have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from poolmatch.checking import Report
from poolmatch.domain.grouping import grouped
from poolmatch.domain.meetings import LEAD, Meeting
from poolmatch.domain.roster import RosterRow, span_of
from poolmatch.neutrality.evidence import disclosures_of
from poolmatch.report.sections.names import person_name
from poolmatch.views import Record, View
from poolmatch.vocabulary.closed_words import ROLES, seat_name
from poolmatch.vocabulary.days import DAYS
from poolmatch.words import Words, pattern

ONLINE = Words("online", "online")
EMPTY = Words("nobody yet", "nog niemand")
OPTIONAL = Words("nobody (optional)", "niemand (hoeft niet)")
DUTY, OPEN = Words("duty, no fixed time", "taak, zonder vaste tijd"), Words("no date yet", "nog geen datum")


@dataclass(frozen=True)
class Post:
    """A seat of an occasion, and who takes it.

    Attributes
    ----------
    seat, role
        Id of the seat, and the role it asks for; "" for any.
    required
        Whether it must be filled if at all possible.
    facilitator, who
        Id and name of who takes it; None where it is empty.
    degree
        How ties of theirs bear on the occasion, as files have it; None where it is not known, or not for the reader.
    disclosures
        What the parties must be told of them.
    pinned
        Whether the coordinator has fixed who takes it, or that nobody does.
    """

    seat: str
    role: str
    required: bool
    facilitator: str | None
    who: str | Words | None
    degree: str | None
    disclosures: tuple[Words, ...]
    pinned: bool

    @property
    def role_name(self) -> Words:
        """What is done in it: the role, with the seat where that is called otherwise."""
        return seat_name(self.seat, self.role)

    @property
    def holder(self) -> str | Words:
        """Who takes it, in words where nobody does."""
        return self.who or (EMPTY if self.required else OPTIONAL)


@dataclass(frozen=True)
class Occasion:
    """A meeting or duty as people know it.

    Attributes
    ----------
    meeting
        The meeting; a duty as one without a time.
    duty
        Whether it is a duty.
    start, end
        By the clock of the period; None where there is no time, or none yet.
    posts
        Its seats.
    """

    meeting: Meeting
    duty: bool
    start: datetime | None
    end: datetime | None
    posts: tuple[Post, ...]

    @property
    def id(self) -> str:
        """Id of the meeting or duty."""
        return self.meeting.meeting

    @property
    def title(self) -> str:
        """What it is called; its id where it has no title."""
        return self.meeting.title or self.id

    @property
    def label(self) -> str:
        """Title and id."""
        return f"{self.title} ({self.id})" if self.meeting.title else self.id

    @property
    def day(self) -> date | None:
        """Local date of the start."""
        return None if self.start is None else self.start.date()

    @property
    def hours(self) -> str | Words:
        """From when until when, by the clock; why there is no time where there is none."""
        if self.start is None or self.end is None:
            return DUTY if self.duty else OPEN
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    @property
    def when(self) -> Words:
        """Weekday, date and times."""
        if self.start is None:
            return DUTY if self.duty else OPEN
        day = DAYS[self.start.weekday()]
        return pattern("{day} {date} {hours}", day=day, date=self.day, hours=self.hours)

    @property
    def place(self) -> str | Words:
        """Where it is held: online, the region, or nothing."""
        return ONLINE if self.meeting.online else self.meeting.region or ""

    def seat_of(self, post: Post) -> str | Words:
        """Return a seat as people type it and commands read it: that of the only lead by its role, others by the id.

        The id of the seat of a meeting that names none was made up, and is in English.
        """
        word = ROLES[LEAD]
        taken = {name.casefold() for name in word.templates}
        others = [item for item in self.posts if item.seat != post.seat]
        doubtful = any(item.role == LEAD or item.seat.casefold() in taken for item in others)
        return word if post.seat == LEAD == post.role and not doubtful else post.seat

    @cached_property
    def held(self) -> tuple[Post, ...]:
        """The seats that somebody takes."""
        return tuple(post for post in self.posts if post.facilitator is not None)


def occasions_of(report: Report, view: View) -> tuple[Occasion, ...]:
    """Return the meetings and duties that a view shows, in order of time; what has no time comes last.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see.
    """
    return view.plan.memo(("occasions", view.audience), lambda: _occasions(report, view))


def _occasions(report: Report, view: View) -> tuple[Occasion, ...]:
    problem, never = report.problem, report.problem.period.span[1]
    rows = grouped(report.roster.rows, lambda row: (row.meeting, row.seat))
    told = {(item.meeting, item.facilitator): item.words for item in disclosures_of(view, report.rules.policy)}
    pinned = {(pin.meeting, pin.seat) for pin in problem.pins}
    found = []
    for meeting in problem.all_meetings:
        name = meeting.meeting
        if not view.meeting(name):
            continue
        posts = []
        for seat in problem.seats_of(name):
            for row in rows.get((name, seat.seat)) or [RosterRow(meeting=name, seat=seat.seat)]:
                who = row.facilitator
                post = Post(
                    seat=seat.seat,
                    role=seat.role,
                    required=seat.required,
                    facilitator=who,
                    who=None if who is None else person_name(problem, who),
                    degree=_degree(view, row),
                    disclosures=told.get((name, who), ()) if who is not None else (),
                    pinned=(name, seat.seat) in pinned,
                )
                posts.append(post)
        start, end = _span(view, rows, meeting)
        found.append(Occasion(meeting, problem.is_duty(name), start, end, tuple(posts)))
    return tuple(sorted(found, key=lambda item: (item.start is None, item.start or never, item.id)))


def _degree(view: View, row: RosterRow) -> str | None:
    if row.facilitator is None or view.record(row.meeting, row.facilitator) is not Record.ALL:
        return None
    return row.degree


def _span(
    view: View, rows: Mapping[tuple[str, str], tuple[RosterRow, ...]], meeting: Meeting
) -> tuple[datetime | None, datetime | None]:
    """Return when a meeting is held by the local clock: as who sits in it, else as a row says, else its only time."""
    problem, name = view.plan.problem, meeting.meeting
    placed = view.plan.of_meeting.get(name)
    if placed:
        span: tuple[datetime | None, datetime | None] = placed[0].start, placed[0].end
    else:
        seats = problem.seats_of(name)
        told = (row.start for seat in seats for row in rows.get((name, seat.seat), ()) if row.start is not None)
        span = span_of(problem, name, next(told, None))
    start, end = (None if moment is None else problem.period.local_time(moment) for moment in span)
    return start, end
