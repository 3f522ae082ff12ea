"""Calendars that are handed out: two readers that share no code see what was meant, and an update moves events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar
from tests.builders import facilitator, meeting, problem
from tests.calendar_readers import by_icalendar, read_twice

from poolmatch import Audience, Problem, Report, Roster, WouldOverwrite, check, write_calendar, write_calendars
from poolmatch.errors import UnknownId
from poolmatch.report import calendar_of
from poolmatch.tables.calendar_file import event_uid
from poolmatch.views import COORDINATOR, PUBLIC

F1, F2, TOWN, WATER = (
    Audience.facilitator("F1"),
    Audience.facilitator("F2"),
    Audience.party("Town"),
    Audience.party("Water"),
)
WHOLE = {("M1", "lead"): "F1", ("M1", "co"): "F2", ("M2", "lead"): "F1", ("M3", "lead"): "F2"}
TWO_SEATS = [{"meeting": "M1", "seat": "lead", "role": "lead"}, {"meeting": "M1", "seat": "co", "role": "co"}]
MEETINGS = {
    "M1": meeting("M1", "2026-03-28 19:30", "2026-03-28 21:30", title="Plein", region="Zuid", setup_minutes=30),
    "M2": meeting("M2", "2026-03-29 10:00", "2026-03-29 12:00", title="Intake", online=True),
    "M3": meeting("M3", "2026-03-30 10:00", "2026-03-30 12:00"),
}


def march(**changed: Mapping[str, object]) -> Problem:
    """Return a problem of three meetings, or of those that are left; M3 is of the water board alone."""
    kept = [{**row, **changed.get(name, {})} for name, row in MEETINGS.items() if changed.get(name) != {}]
    stakes = {"M1": {"Town": "decider", "Water": "interest"}, "M3": {"Water": "decider"}}
    return problem(
        kept, ["F1", "F2"], {name: row for name, row in stakes.items() if changed.get(name) != {}}, TWO_SEATS
    )


def told(case: Problem, holders: Mapping[tuple[str, str], str] = WHOLE) -> Report:
    there = {name: who for name, who in holders.items() if name[0] in {row.meeting for row in case.meetings}}
    return check(case, Roster.of(case, dict(there)))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def named(content: bytes, case: Problem) -> Mapping[str, tuple[str, str, int]]:
    """Return when each meeting begins, its status and its number, as both readers see it."""
    ids = {event_uid(case, name): name for name in MEETINGS}
    return {
        ids[uid]: (f"{event.start:%d %H:%M}", event.status, event.sequence)
        for uid, event in sorted(read_twice(content).items(), key=lambda item: item[1].start)
    }


def test_two_readers_see_what_was_meant_over_the_change_of_the_clock() -> None:
    """19:30 on Saturday 28 March is 18:30 in UTC; at 10:00 on Sunday the clock is two hours ahead."""
    case = march()
    events = read_twice(calendar_of(told(case), language="nl"))
    assert len(events) == 3
    plein, intake = (events[event_uid(case, name)] for name in ("M1", "M2"))
    assert plein[:2] == (utc("2026-03-28 18:30"), utc("2026-03-28 20:30"))
    assert plein.summary == "Plein (M1)"
    assert plein.description.split("\n") == ["leider: F1", "medebegeleider: F2", "Aanwezig van 19:00 tot 21:30"]
    assert (plein.location, plein.status, plein.sequence) == ("Zuid", "CONFIRMED", 0)
    assert intake[:2] == (utc("2026-03-29 08:00"), utc("2026-03-29 10:00"))
    assert intake.location == "online"


AUTUMN = [
    meeting("A", "2026-10-24 19:30", "2026-10-24 21:30"),
    meeting("B", "2026-10-25 00:30", "2026-10-25T02:30+02:00"),  # until the first 02:30 of that night
    meeting("C", "2026-10-25T02:30+01:00", "2026-10-25 05:00"),  # from the second on
    meeting("D", "2026-10-25 10:00", "2026-10-25 12:00"),
]
IN_AUTUMN = [
    (utc("2026-10-24 17:30"), utc("2026-10-24 19:30")),
    (utc("2026-10-24 22:30"), utc("2026-10-25 00:30")),
    (utc("2026-10-25 01:30"), utc("2026-10-25 04:00")),
    (utc("2026-10-25 09:00"), utc("2026-10-25 11:00")),
]
OCTOBER = {"name": "Oktober", "start": "2026-10-01", "end": "2026-10-31", "timezone": "Europe/Amsterdam"}


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Pool/Unknown"])
def test_two_readers_see_the_hour_that_comes_twice(zone: str) -> None:
    """Under a name that no reader knows, the zone is what the calendar itself says of it."""
    case = problem(AUTUMN, ["F1"], period=OCTOBER)
    content = calendar_of(told(case)).replace(b"Europe/Amsterdam", zone.encode())
    found = read_twice(content)
    assert [found[event_uid(case, name)][:2] for name in "ABCD"] == IN_AUTUMN


def test_the_zone_that_goes_along_is_that_of_march_too() -> None:
    case = march()
    content = calendar_of(told(case))
    own = content.replace(b"Europe/Amsterdam", b"Pool/Unknown2")
    assert read_twice(own) == read_twice(content)
    zone: Any = Calendar.from_ical(content).walk("VTIMEZONE")[0]
    changes = [
        (str(part.name), part["DTSTART"].dt.isoformat(), part["TZOFFSETTO"].td.seconds // 3600)
        for part in zone.subcomponents
        if part["DTSTART"].dt.year == 2026
    ]
    assert changes == [("DAYLIGHT", "2026-03-29T02:00:00", 2), ("STANDARD", "2026-10-25T03:00:00", 1)]


def test_signs_of_a_title_stay_text() -> None:
    title = "Plein; a, b\\c\nATTENDEE:mailto:x\nX-EVIL:1 " + "é" * 100
    case = problem([meeting("M1", title=title)], [{**facilitator("F1"), "name": "Anna\nX-EVIL:2"}])
    content = calendar_of(told(case, {("M1", "lead"): "F1"}), F1)
    (event,) = read_twice(content).values()
    assert event.summary == f"{title} – lead"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not [line for line in content.split(b"\r\n") if line.startswith((b"X-", b"ATTENDEE"))]
    whole = vobject.readOne(content.decode())
    (read,) = whole.contents["vevent"]
    assert set(read.contents) == {
        *("summary", "dtstart", "dtend", "dtstamp", "uid", "sequence", "description", "status"),
    }
    assert set(whole.contents) == {"version", "prodid", "calscale", "name", "uid", "vtimezone", "vevent"}


# --- who sees what -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "seen"),
    [(COORDINATOR, "M1 M2 M3"), (F1, "M1 M2"), (F2, "M1 M3"), (TOWN, "M1 M2"), (WATER, "M1 M3")],
)
def test_each_reader_has_their_own_meetings(reader: Audience, seen: str) -> None:
    case = march()
    assert " ".join(named(calendar_of(told(case), reader), case)) == seen


def test_the_calendar_of_one_person_holds_others_only_in_their_own_meetings() -> None:
    text = calendar_of(told(march()), F1, "nl").decode()
    assert "Intake – leider" in text
    assert text.count("F2") == 1
    assert "M3" not in text


def test_what_must_be_told_goes_to_who_may_see_it() -> None:
    """F1 works for the water board, which has an interest in M1; F2 may not read that, whoever else they sit with."""
    case = march().replace(
        facilitators=[
            {"facilitator": "F1", "name": "Anna", "organisation": "Water"},
            {"facilitator": "F2", "name": "Bas", "organisation": "Elsewhere"},
        ],
        stakes=[
            {"meeting": "M1", "organisation": "Town", "grade": "decider"},
            {"meeting": "M1", "organisation": "Water", "grade": "observer"},
            *({"meeting": name, "organisation": "Town", "grade": "decider"} for name in ("M2", "M3")),
        ],
    )
    report = told(case, {("M1", "lead"): "F1", ("M1", "co"): "F2"})
    assert read_twice(calendar_of(report))  # it can be written at all
    says = {
        reader: "To be told" in by_icalendar(calendar_of(report, reader))[event_uid(case, "M1")].description
        for reader in (COORDINATOR, F1, F2, TOWN)
    }
    assert says == {COORDINATOR: True, F1: True, F2: False, TOWN: True}


def test_the_public_and_strangers_get_none() -> None:
    report = told(march())
    with pytest.raises(ValueError, match="public"):
        calendar_of(report, PUBLIC)
    with pytest.raises(UnknownId):
        calendar_of(report, Audience.facilitator("F9"))
    with pytest.raises(TypeError, match=r"give result\.report"):
        calendar_of(march())  # type: ignore[arg-type]


def test_what_has_no_time_is_left_out() -> None:
    slots = [{"meeting": "M2", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in (10, 11)]
    case = problem(
        [meeting("M1"), {"meeting": "M2"}],
        ["F1"],
        slots=slots,
        duties=[{"duty": "D1", "kind": "coaching", "hours": 4}],
    )
    starts = [slot.start for slot in case.slots]
    chosen = check(case, Roster.of(case, {("M2", "lead"): "F1", ("D1", "coaching"): "F1"}, {"M2": starts[1]}))
    assert named(calendar_of(chosen), case) == {"M1": ("05 18:30", "TENTATIVE", 0), "M2": ("11 09:00", "CONFIRMED", 0)}
    open_ = check(case, Roster.of(case, {("D1", "coaching"): "F1"}))
    assert list(named(calendar_of(open_), case)) == ["M1"]
    empty = calendar_of(open_, F1)
    assert by_icalendar(empty) == {}
    assert b"BEGIN:VTIMEZONE" in empty  # a calendar must hold something


# --- updates -----------------------------------------------------------------------------------------------


def test_the_same_roster_gives_the_same_bytes_and_keeps_its_numbers() -> None:
    first = calendar_of(told(march()), F1)
    assert calendar_of(told(march()), F1) == first
    assert calendar_of(told(march()), F1, earlier=first) == first


def test_time_place_and_team_move_an_event_and_nothing_else_does() -> None:
    first = calendar_of(told(march()))
    moved = march(M2={"start": "2026-03-29 13:00", "end": "2026-03-29 15:00"})
    second = calendar_of(told(moved), earlier=first)
    assert named(second, moved) == {
        "M1": ("28 18:30", "CONFIRMED", 0),
        "M2": ("29 11:00", "CONFIRMED", 1),
        "M3": ("30 08:00", "CONFIRMED", 0),
    }
    elsewhere = march(M1={"region": "Noord"}, M2={"start": "2026-03-29 13:00", "end": "2026-03-29 15:00"})
    third = calendar_of(told(elsewhere), earlier=second)
    assert [number for *_, number in named(third, moved).values()] == [1, 1, 0]
    others = told(elsewhere, WHOLE | {("M2", "lead"): "F2"})
    fourth = calendar_of(others, earlier=third)
    assert [number for *_, number in named(fourth, moved).values()] == [1, 2, 0]
    stamps = [event.stamp for event in sorted(read_twice(fourth).values())]
    assert [f"{stamp:%d %H:%M}" for stamp in stamps] == ["01 00:01", "01 00:02", "01 00:00"]


def test_what_is_no_more_is_cancelled_once_and_may_come_back() -> None:
    case = march()
    first = calendar_of(told(case), F2)
    gone = {name: who for name, who in WHOLE.items() if name != ("M1", "co")}
    second = calendar_of(told(case, gone), F2, earlier=first)
    assert named(second, case)["M1"] == ("28 18:30", "CANCELLED", 1)
    assert b"F1" not in second.split(b"END:VTIMEZONE")[1]  # of who sits in it nothing is said
    third = calendar_of(told(case, gone), F2, earlier=second)
    assert third == second
    assert named(calendar_of(told(case), F2, earlier=third), case)["M1"] == ("28 18:30", "CONFIRMED", 2)


def test_a_meeting_that_is_taken_out_of_the_problem_is_cancelled_for_all() -> None:
    case, less = march(), march(M3={})
    for reader in (COORDINATOR, F2, WATER):
        second = calendar_of(told(less), reader, earlier=calendar_of(told(case), reader))
        assert named(second, case)["M3"] == ("30 08:00", "CANCELLED", 1)


@pytest.mark.parametrize(
    ("reader", "start", "pool"), [(F2, "2026-03-01", ""), (F1, "2026-03-02", ""), (F1, "2026-03-01", "West")]
)
def test_the_calendar_of_another_reader_month_or_pool_is_no_earlier_one(
    reader: Audience, start: str, pool: str
) -> None:
    """It would cancel whatever it holds, and tell of it."""
    case = march()
    other = case.replace(period={**case.period.model_dump(), "start": start})
    earlier = calendar_of(told(other), reader, pool=pool)
    with pytest.raises(ValueError, match="earlier calendar"):
        calendar_of(told(case), F1, earlier=earlier)
    assert calendar_of(told(other), reader, earlier=earlier, pool=pool) == earlier


def test_a_text_that_is_no_calendar_is_no_earlier_one() -> None:
    for text in (b"", b"no calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff\xfe\x00"):
        with pytest.raises(ValueError, match="earlier calendar"):
            calendar_of(told(march()), earlier=text)


def test_two_pools_have_two_meetings_of_one_id() -> None:
    case = march()
    first, second = (read_twice(calendar_of(told(case), pool=pool)) for pool in ("Oost", "West"))
    assert not first.keys() & second.keys()
    assert b"NAME:West: Pool\\, March 2026" in calendar_of(told(case), pool="West")


# --- files -------------------------------------------------------------------------------------------------


def test_a_folder_has_a_calendar_for_each_reader_and_goes_on_from_there(tmp_path: Path) -> None:
    case, folder = march(), tmp_path / "calendars"
    paths = write_calendars(told(case), folder, "nl")
    assert sorted(path.name for path in paths) == sorted(path.name for path in folder.iterdir())
    assert {path.name for path in paths} == {
        *("pool.ics", "begeleider-F1.ics", "begeleider-F2.ics", "partij-Town.ics", "partij-Water.ics")
    }
    assert (folder / "begeleider-F1.ics").read_bytes() == calendar_of(told(case), F1, "nl")
    alone = {name: "F1" for name in WHOLE if name != ("M1", "co")}
    write_calendars(told(case, alone), folder, "nl")
    was = named((folder / "begeleider-F2.ics").read_bytes(), case)
    assert was == {"M1": ("28 18:30", "CANCELLED", 1), "M3": ("30 08:00", "CANCELLED", 1)}
    assert not list(folder.glob("*.bak"))


def test_a_calendar_goes_on_where_it_was_begun_in_another_language(tmp_path: Path) -> None:
    case = march()
    paths = write_calendars(told(case), tmp_path)
    assert (tmp_path / "facilitator-F1.ics") in paths
    assert write_calendars(told(case), tmp_path, "nl") == paths
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_ids_stay_in_the_folder(tmp_path: Path) -> None:
    case = problem([meeting()], ["../F1"])
    paths = write_calendars(told(case, {("M1", "lead"): "../F1"}), tmp_path / "a")
    assert {path.parent for path in paths} == {tmp_path / "a"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_another_wrote_is_kept(tmp_path: Path) -> None:
    case, path = march(), tmp_path / "a.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:other\r\nEND:VCALENDAR\r\n")
    with pytest.raises(WouldOverwrite):
        write_calendar(told(case), path)
    write_calendar(told(case), path, force=True)
    assert path.with_name("a.ics.bak").read_bytes().endswith(b"other\r\nEND:VCALENDAR\r\n")
    with pytest.raises(WouldOverwrite):
        write_calendar(told(case), path, F1)  # the pool's stands there
    with pytest.raises(ValueError, match=r"does not end in \.ics"):
        write_calendar(told(case), tmp_path / "a.txt")
