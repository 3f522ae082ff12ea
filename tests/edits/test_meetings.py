"""Edits of meetings and seats, and several edits together."""

from datetime import date

import pytest
from tests.builders import MARCH, facilitator, meeting, problem
from tests.edits.edited_world import EDITS, moment, world

from poolmatch import EditRefused, ProblemError, UnknownId, solve
from poolmatch.domain.assembly import TABLES
from poolmatch.edits import (
    ContinuityLoosened,
    ExternalAdded,
    LimitRaised,
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    PartyAdded,
    PersonOut,
    PinReleased,
    SeatGivenUp,
    SeatMadeOptional,
    SkillRaised,
    SlotAdded,
    scenario,
)


def test_a_fixed_meeting_becomes_flexible() -> None:
    edited = SlotAdded("M1", moment(6, 18), moment(6, 20)).apply(world())
    assert edited.meeting("M1").start is None
    assert edited.times(edited.meeting("M1")) == (
        (moment(5, 18).replace(minute=30), moment(5, 20).replace(minute=30)),
        (moment(6, 18), moment(6, 20)),
    )


def test_a_slot_with_another_end_is_refused() -> None:
    with pytest.raises(EditRefused, match="ends otherwise; move the meeting instead"):
        SlotAdded("M2", moment(10, 18), moment(10, 22)).apply(world())


def test_other_times_are_near_in_the_period_and_by_the_clock() -> None:
    case = problem([meeting("M1", "2026-03-28 10:00", "2026-03-28 12:00")])
    found = [edit.start for edit in SlotAdded.proposed(case, "M1", "lead") if isinstance(edit, SlotAdded)]
    assert [f"{start:%d %H:%M}" for start in found[:5]] == ["28 14:00", "29 10:00", "27 10:00", "30 10:00", "26 10:00"]
    assert found[1] == moment(29, 8)  # the clock has gone forward: ten there is eight in UTC
    assert max(start.day for start in found) == 31
    today = problem([meeting("M1", "2026-03-28 10:00", "2026-03-28 12:00")], period={**MARCH, "today": "2026-03-28"})
    assert min(edit.start.day for edit in SlotAdded.proposed(today, "M1", "lead") if isinstance(edit, SlotAdded)) == 28


def test_a_meeting_that_is_moved_has_one_time() -> None:
    edited = MeetingMoved("M2", moment(6, 18), moment(6, 20)).apply(world())
    assert edited.times(edited.meeting("M2")) == ((moment(6, 18), moment(6, 20)),)
    assert (edited.slots, edited.pins[1].slot_start, edited.pins[1].facilitator) == ((), None, "F2")
    with pytest.raises(ProblemError, match="period"):
        MeetingMoved("M1", moment(6, 18).replace(month=5), moment(6, 20).replace(month=5)).apply(world())


def test_seats_are_given_up_by_pinning_them_to_nobody() -> None:
    edited = SeatGivenUp("M1", "co").apply(world())
    assert edited.pins[0].facilitator is None
    assert solve(edited).roster.holder("M1", "co") is None
    with pytest.raises(EditRefused, match="seat lead of M1 is required; make it optional first"):
        SeatGivenUp("M1", "lead").apply(world())
    both = scenario(world(), SeatMadeOptional("M3", "lead"), SeatGivenUp("M3", "lead"))
    assert not both.seat("M3", "lead").required
    assert [pin.meeting for pin in both.pins] == ["M1", "M2", "M3"]


def test_what_is_past_and_what_is_a_duty_stays() -> None:
    case = problem(
        [meeting("M1")],
        period={**MARCH, "today": "2026-03-09"},
        duties=[{"duty": "D1", "kind": "coaching", "hours": 2}],
        seats=[{"meeting": "M1", "seat": "lead", "role": "lead", "required": False}],
    )
    for edit in (
        SlotAdded("M1", moment(10, 9), moment(10, 11)),
        MeetingMoved("M1", moment(10, 9), moment(10, 11)),
        SeatGivenUp("M1", "lead"),
        PartyAdded("M1", "Town"),
        MeetingCancelled("M1"),
    ):
        with pytest.raises(EditRefused, match="M1 is past; what was, cannot be changed"):
            edit.apply(case)
    for other in (MeetingCancelled("D1"), SeatMadeOptional("D1", "coaching")):
        with pytest.raises(EditRefused, match="D1 is a duty"):
            other.apply(case)
    assert list(SlotAdded.proposed(case, "M1", "lead")) == list(SlotAdded.proposed(case, "D1", "coaching")) == []


def test_a_meeting_that_is_cancelled_leaves_nothing_but_what_was_told() -> None:
    case = world()
    edited = MeetingCancelled("M1").apply(case)
    named = [name for name in TABLES if "M1" in str(getattr(edited, name))]
    assert named == ["published"]
    assert {item.severity for item in edited.warnings} <= {"warning"}


def test_a_meeting_that_is_added_is_rostered() -> None:
    edited = scenario(problem(), EDITS[MeetingAdded][1])
    assert solve(edited).roster.holder("M4", "lead") == "F1"
    with pytest.raises(EditRefused, match='the id "M4" is that of another'):
        EDITS[MeetingAdded][0].apply(edited)


def test_an_external_brings_what_the_seat_requires() -> None:
    (edit,) = ExternalAdded.proposed(world(), "M1", "lead")
    assert edit == ExternalAdded("extern-1", ("lead",), (("Intake", 3),))
    (second,) = ExternalAdded.proposed(edit.apply(world()), "M1", "co")
    assert second == ExternalAdded("extern-2", ("co",))


def test_a_seat_of_a_series_may_change_hands() -> None:
    past = {"meeting": "P1", "facilitator": "F2", "role": "lead", "series": "S", "seat": "lead"}
    past |= {"start": "2026-02-05 09:00", "end": "2026-02-05 10:00"}
    case = problem(
        [meeting("M1", series="S")],
        [facilitator("F1"), facilitator("F2", max_meetings=0)],
        seats=[{"meeting": "M1", "seat": "lead", "role": "lead", "continuity": "same"}],
        history=[past],
    )
    assert solve(case).roster.holder("M1", "lead") is None
    assert solve(ContinuityLoosened("S", "lead").apply(case)).roster.holder("M1", "lead") == "F1"
    for series, seat in (("S", "co"), ("T", "lead")):
        with pytest.raises(EditRefused, match=f"series {series} has no seat {seat}"):
            ContinuityLoosened(series, seat).apply(case)


# --- several together --------------------------------------------------------------------------------------


def test_a_scenario_is_its_edits_one_after_the_other() -> None:
    case = world()
    assert scenario(case) is case
    edits = (LimitRaised("F1", "max_hours", 4), SkillRaised("F1", "Intake", 4), PinReleased("M1", "co"))
    edited = scenario(case, *edits)
    assert edited == edits[2].apply(edits[1].apply(edits[0].apply(case)))
    assert all(edit.holds(edited) for edit in edits)
    assert scenario(edited, *edits) == edited


def test_a_scenario_is_of_edits_about_what_is_there() -> None:
    with pytest.raises(UnknownId, match="M9"):
        scenario(world(), MeetingCancelled("M9"))
    with pytest.raises(TypeError, match="each edit is text where an Edit is meant"):
        scenario(world(), "F1")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="problem"):
        scenario("world", PersonOut("F1", date(2026, 3, 5)))  # type: ignore[arg-type]
