"""Meetings, their parties and seats, what seats ask for, and untimed duties."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self, cast

from pydantic import Field, model_validator

from poolmatch.domain.organisations import check_point
from poolmatch.domain.people import ANY_ROLE, Level, Role
from poolmatch.domain.row import Row
from poolmatch.domain.values import (
    Amount,
    Closed,
    Count,
    DutyKind,
    FacilitatorId,
    Hours,
    Id,
    Instant,
    Latitude,
    Longitude,
    MeetingId,
    Minutes,
    OccasionId,
    OrganisationId,
    Region,
    SeatId,
    SeriesId,
    SkillWord,
    Text,
    Theme,
    Whole,
    YesNo,
    wrong,
)
from poolmatch.messages import rows

Priority = Annotated[Whole, Field(ge=1, le=5)]
LEAD = "lead"
"""Name of the one seat of a meeting that has no row in the table `seats`."""
Grade = Annotated[Literal["decider", "commissioner", "interest", "contributor", "observer"], Closed]
GRADES: tuple[str, ...] = ("decider", "commissioner", "interest", "contributor", "observer")


def check_times(start: object, end: object) -> None:
    """Raise when a timed thing ends at or before its start."""
    if start is not None and end is not None and end <= start:  # type: ignore[operator]
        raise wrong(rows.END_BEFORE_START, "end")


class Meeting(Row):
    """An occasion with parties, a place and seats to fill."""

    table: ClassVar[str] = "meetings"
    key: ClassVar[tuple[str, ...]] = ("meeting",)
    required_table: ClassVar[bool] = True

    meeting: Annotated[Id, Field(description="Id of the meeting.")]
    title: Annotated[Text | None, Field(description="What it is called.")] = None
    start: Annotated[Instant | None, Field(description="Start; blank when the table slots has rows for it.")] = None
    end: Annotated[Instant | None, Field(description="End; blank when the table slots has rows for it.")] = None
    region: Annotated[Region | None, Field(description="Region it is held in; blank binds no one.")] = None
    lat: Annotated[Latitude | None, Field(description="Latitude of the place in degrees (WGS84).")] = None
    lon: Annotated[Longitude | None, Field(description="Longitude of the place in degrees (WGS84).")] = None
    online: Annotated[YesNo, Field(description="Held online: no travel. Default no.")] = False
    priority: Annotated[Priority, Field(description="1 to 5, 5 = most important. Default 3.")] = 3
    theme: Annotated[Theme | None, Field(description="What it is about.")] = None
    series: Annotated[SeriesId | None, Field(description="Series it belongs to.")] = None
    session: Annotated[Count | None, Field(description="Place in the series; rises with time.")] = None
    contention: Annotated[
        Literal["low", "normal", "high"], Closed, Field(description="How contested it is. Default normal.")
    ] = "normal"
    setup_minutes: Annotated[Minutes, Field(description="Minutes needed on the spot before the start. Default 0.")] = 0
    wrapup_minutes: Annotated[Minutes, Field(description="Minutes needed on the spot after the end. Default 0.")] = 0
    preparation_hours: Annotated[Hours, Field(description="Hours of preparation per facilitator. Default 0.")] = 0.0
    participants: Annotated[Count | None, Field(description="Number of people expected.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check_point(self.lat, self.lon)
        if (self.start is None) != (self.end is None):
            raise wrong(rows.ONE_TIME_BLANK, "start" if self.start is None else "end")
        check_times(self.start, self.end)
        if self.session is not None and self.series is None:
            raise wrong(rows.SESSION_WITHOUT_SERIES, "session")
        return self

    @property
    def weight(self) -> int:
        """Points that an empty required seat costs: 1, 2, 4, 8, 16 for priority 1 to 5."""
        return 1 << (self.priority - 1)


class Slot(Row):
    """A time at which a flexible meeting may be held."""

    table: ClassVar[str] = "slots"
    key: ClassVar[tuple[str, ...]] = ("meeting", "start")

    meeting: Annotated[MeetingId, Field(description="Flexible meeting.")]
    start: Annotated[Instant, Field(description="Start of the slot.")]
    end: Annotated[Instant, Field(description="End of the slot.")]
    cost: Annotated[Amount, Field(description="Penalty points when this slot is chosen. Default 0.")] = 0.0

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_times(self.start, self.end)
        return self


class Spacing(Row):
    """How far apart consecutive sessions of a series lie, in local days."""

    table: ClassVar[str] = "spacing"
    key: ClassVar[tuple[str, ...]] = ("series",)

    series: Annotated[SeriesId, Field(description="Series.")]
    min_days: Annotated[Count, Field(description="Fewest days between two sessions. Default 0.")] = 0
    max_days: Annotated[Count | None, Field(description="Most days between two sessions; blank = no limit.")] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max_days is not None and self.max_days < self.min_days:
            raise wrong(rows.MAX_BELOW_MIN, "max_days")
        return self


class Duty(Row):
    """Untimed work in the period, such as coaching one participant of a course."""

    table: ClassVar[str] = "duties"
    key: ClassVar[tuple[str, ...]] = ("duty",)

    duty: Annotated[Id, Field(description="Id of the duty; differs from every meeting id.")]
    kind: Annotated[DutyKind, Field(description="Kind; a facilitator has at most one duty of a kind.")]
    hours: Annotated[Hours, Field(description="Hours it takes.")]
    role: Annotated[Role | None, Field(description="Role it asks for; blank = any.")] = None
    organisation: Annotated[OrganisationId | None, Field(description="Party at stake, if any.")] = None
    series: Annotated[SeriesId | None, Field(description="Series it belongs to.")] = None
    priority: Annotated[Priority, Field(description="1 to 5, 5 = most important. Default 3.")] = 3

    @property
    def as_meeting(self) -> Meeting:
        """The duty as a meeting without a time or a place; its hours are all preparation."""
        return Meeting(meeting=self.duty, series=self.series, priority=self.priority, preparation_hours=self.hours)

    @property
    def as_seat(self) -> Seat:
        """The one seat of the duty: its name is the kind."""
        role = cast(Role, ANY_ROLE) if self.role is None else self.role
        return Seat.model_construct(meeting=self.duty, seat=self.kind, role=role)

    @property
    def stakes(self) -> tuple[Stake, ...]:
        """The party at stake, if any: of grade interest."""
        if self.organisation is None:
            return ()
        return (Stake(meeting=self.duty, organisation=self.organisation, grade="interest"),)


class Stake(Row):
    """A party of a meeting, with the grade of its interest."""

    table: ClassVar[str] = "stakes"
    key: ClassVar[tuple[str, ...]] = ("meeting", "organisation")
    required_table: ClassVar[bool] = True

    meeting: Annotated[MeetingId, Field(description="Meeting.")]
    organisation: Annotated[OrganisationId, Field(description="Party.")]
    grade: Annotated[Grade, Field(description="What the party's interest is.")]


class Seat(Row):
    """One place for one facilitator in one meeting."""

    table: ClassVar[str] = "seats"
    key: ClassVar[tuple[str, ...]] = ("meeting", "seat")

    meeting: Annotated[MeetingId, Field(description="Meeting.")]
    seat: Annotated[SeatId, Field(description="Id of the seat, unique in its meeting.")]
    role: Annotated[Role, Field(description="Role of who takes the seat.")]
    required: Annotated[YesNo, Field(description="Must be filled if at all possible. Default yes.")] = True
    continuity: Annotated[
        Literal["none", "prefer", "same", "rotate"],
        Closed,
        Field(
            description="One person in all seats of this name in the series: prefer or same; or rotate. Default none."
        ),
    ] = "none"


class Requirement(Row):
    """A skill that a seat or the team as a whole must or should bring, or that only so many of the team may have."""

    table: ClassVar[str] = "requirements"
    key: ClassVar[tuple[str, ...]] = ("meeting", "seat", "skill")

    meeting: Annotated[OccasionId, Field(description="Meeting or duty.")]
    seat: Annotated[SeatId | None, Field(description="Seat; blank = the team as a whole.")] = None
    skill: Annotated[SkillWord, Field(description="Skill asked for.")]
    level: Annotated[Level, Field(description="Least level, 1 to 5.")]
    kind: Annotated[
        Literal["required", "preferred", "at_most"],
        Closed,
        Field(description="Must it, or should it; or may at most a number of the team have it? Default required."),
    ] = "required"
    number: Annotated[Count | None, Field(description="Of at_most: how many of the team may have the skill.")] = None

    @model_validator(mode="after")
    def _limited(self) -> Self:
        if self.kind != "at_most" and self.number is not None:
            raise wrong(rows.NUMBER_WITHOUT_LIMIT, "number")
        if self.kind == "at_most" and self.seat is not None:
            raise wrong(rows.LIMIT_OF_SEAT, "seat")
        if self.kind == "at_most" and self.number is None:
            raise wrong(rows.LIMIT_WITHOUT_NUMBER, "number")
        return self

    def key_of(self) -> tuple[object, ...]:
        """Return the key; a limit may stand beside what is asked of the same skill, as in "exactly one"."""
        return (*super().key_of(), self.kind == "at_most")


class Pin(Row):
    """A seat whose holder is fixed by the coordinator."""

    table: ClassVar[str] = "pins"
    key: ClassVar[tuple[str, ...]] = ("meeting", "seat")

    meeting: Annotated[OccasionId, Field(description="Meeting or duty.")]
    seat: Annotated[SeatId, Field(description="Seat.")]
    facilitator: Annotated[FacilitatorId | None, Field(description="Who must take it; blank = must stay empty.")] = None
    slot_start: Annotated[Instant | None, Field(description="Start of the slot, for a flexible meeting.")] = None
