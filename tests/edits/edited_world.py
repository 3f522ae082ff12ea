"""A problem in which an edit of every kind can be made, and such edits."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from tests.builders import facilitator, meeting, problem

from poolmatch import Problem
from poolmatch.edits import (
    Consent,
    ContinuityLoosened,
    Edit,
    ExternalAdded,
    FartherTravel,
    LimitRaised,
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    PartyAdded,
    PersonOut,
    PinReleased,
    RegionServed,
    RoleAdded,
    SeatGivenUp,
    SeatMadeOptional,
    SkillRaised,
    SlotAdded,
    TieAdded,
    TimeGiven,
)
from poolmatch.rows import Meeting, Requirement, Seat, Slot, Stake


def world() -> Problem:
    """Return a problem of three meetings, of which the second is flexible and the third stands in the table seats not.

    F1 is limited in every way; F2 in none.
    """
    return problem(
        [
            meeting("M1", region="north", series="course"),
            {"meeting": "M2"},
            meeting("M3", "2026-03-20 10:00", "2026-03-20 12:00"),
        ],
        [
            facilitator(
                "F1",
                organisation="Town",
                roles="co",
                max_meetings=1,
                max_hours=2.5,
                max_per_week=1,
                max_travel_km=10,
                lat=53.2,
                lon=6.5,
            ),
            "F2",
        ],
        stakes={"M1": {"Town": "decider", "School": "interest"}},
        seats=[
            {"meeting": "M1", "seat": "lead", "role": "lead"},
            {"meeting": "M1", "seat": "co", "role": "co", "required": False},
            {"meeting": "M1", "seat": "mentor", "role": "mentor", "required": False, "continuity": "same"},
            {"meeting": "M2", "seat": "lead", "role": "lead"},
        ],
        slots=[
            {"meeting": "M2", "start": "2026-03-10 19:00", "end": "2026-03-10 21:00"},
            {"meeting": "M2", "start": "2026-03-11 19:00", "end": "2026-03-11 21:00"},
        ],
        serves=[{"facilitator": "F1", "region": "South"}],
        skills=[{"facilitator": "F1", "skill": "Intake", "level": 2}],
        requirements=[{"meeting": "M1", "seat": "lead", "skill": "Intake", "level": 3}],
        availability=[{"facilitator": "F1", "start": "2026-03-01", "end": "2026-03-12", "kind": "unavailable"}],
        pins=[
            {"meeting": "M1", "seat": "co", "facilitator": "F2"},
            {"meeting": "M2", "seat": "lead", "facilitator": "F2", "slot_start": "2026-03-10 19:00"},
        ],
        ties=[{"facilitator": "F1", "kind": "dossier", "meeting": "M1"}],
        preferences=[{"facilitator": "F2", "meeting": "M1", "score": 3}],
        published=[{"meeting": "M1", "seat": "lead", "facilitator": "F2"}],
    )


def moment(day: int, hour: int) -> datetime:
    """Return an instant in March 2026, in UTC."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


NEW = Meeting(meeting="M4", start=moment(25, 9), end=moment(25, 11), region="north")
EDITS: Mapping[type[Edit], Sequence[Edit]] = {
    Consent: [Consent("F1", "Town", "M1", ("Town", "School"), date(2026, 3, 5))],
    SeatGivenUp: [SeatGivenUp("M1", "co")],
    TimeGiven: [
        TimeGiven("F1", moment(5, 18), moment(5, 21)),
        TimeGiven("F1", datetime(2026, 3, 5, 19), datetime(2026, 3, 5, 22)),  # noqa: DTZ001 - by the clock there
        TimeGiven("F2", moment(5, 18), moment(5, 21)),
    ],
    SlotAdded: [
        SlotAdded("M1", moment(6, 18), moment(6, 20)),
        SlotAdded("M2", moment(12, 18), moment(12, 20)),
        SlotAdded("M2", moment(10, 18), moment(10, 20)),
    ],
    PinReleased: [PinReleased("M1", "co"), PinReleased("M1", "lead")],
    LimitRaised: [
        LimitRaised("F1", "max_meetings", 3),
        LimitRaised("F1", "max_hours", 4),
        LimitRaised("F1", "max_per_day", 3),
        LimitRaised("F1", "max_per_week", 1),
        LimitRaised("F2", "max_hours", 4),
    ],
    FartherTravel: [FartherTravel("F1", 12.5), FartherTravel("F1", 3), FartherTravel("F2", 12)],
    RegionServed: [RegionServed("F1", "north"), RegionServed("F1", "SOUTH"), RegionServed("F2", "north")],
    ContinuityLoosened: [ContinuityLoosened("course", "mentor")],
    MeetingMoved: [MeetingMoved("M1", moment(6, 18), moment(6, 20)), MeetingMoved("M2", moment(6, 18), moment(6, 20))],
    SkillRaised: [SkillRaised("F1", "intake", 3, 2), SkillRaised("F2", "Intake", 1), SkillRaised("F1", "Intake", 2)],
    RoleAdded: [RoleAdded("F1", "lead"), RoleAdded("F1", "co")],
    ExternalAdded: [ExternalAdded("X1", ("lead", "co"), (("intake", 3),), 95.5), ExternalAdded("X1", ("lead",))],
    SeatMadeOptional: [SeatMadeOptional("M1", "lead"), SeatMadeOptional("M3", "lead"), SeatMadeOptional("M1", "co")],
    PersonOut: [PersonOut("F2"), PersonOut("F2", date(2026, 3, 5), date(2026, 3, 5)), PersonOut("F1")],
    TieAdded: [
        TieAdded("F2", "family", organisation="Town", end=date(2026, 3, 9)),
        TieAdded("F1", "dossier", meeting="M1"),
    ],
    PartyAdded: [PartyAdded("M1", "Elsewhere"), PartyAdded("M1", "School", "decider"), PartyAdded("M1", "School")],
    MeetingAdded: [
        MeetingAdded(
            NEW,
            (Stake(meeting="M4", organisation="Town", grade="decider"),),
            (Seat(meeting="M4", seat="lead", role="lead"),),
            (Requirement(meeting="M4", seat="lead", skill="Intake", level=2),),
        ),
        MeetingAdded(
            Meeting(meeting="M4"),
            (Stake(meeting="M4", organisation="Town", grade="decider"),),
            slots=(Slot(meeting="M4", start=moment(25, 9), end=moment(25, 11)),),
        ),
    ],
    MeetingCancelled: [MeetingCancelled("M1"), MeetingCancelled("M3")],
}
"""Of each kind some, which change the problem or have been made in it already."""
EVERY = [edit for edits in EDITS.values() for edit in edits]
