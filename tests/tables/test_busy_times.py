"""When people cannot, read from their own calendars: the rows against times that were worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.builders import meeting, problem

from poolmatch import Audience, Problem, ProblemError, Roster, check, read_busy
from poolmatch.domain.calendar import Availability
from poolmatch.errors import UnknownId
from poolmatch.report import calendar_of
from poolmatch.tables.limits import LIMITS, Limits

CASE = problem([meeting()], ["F1", "F2"])
AMSTERDAM = "TZID=Europe/Amsterdam:"


def event(*lines: str, uid: str = "a") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", "SUMMARY:secret", *lines, "END:VEVENT"])


def file(folder: Path, *parts: str, name: str = "anna.ics") -> Path:
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *parts, "END:VCALENDAR", ""])
    (folder / name).write_bytes(text.replace("\n", "\r\n").encode())
    return folder / name


def busy(folder: Path, *parts: str, case: Problem = CASE) -> list[str]:
    """Return the rows that a calendar gives: days, or hours in UTC."""
    return shown(read_busy(file(folder, *parts), "F1", case))


def shown(rows: tuple[Availability, ...]) -> list[str]:
    assert all((row.facilitator, row.kind, row.rrule) == ("F1", "unavailable", None) for row in rows)
    return [f"{moment(row.start)} – {moment(row.end)}" for row in rows]


def moment(value: date) -> str:
    return f"{value.astimezone(UTC):%d-%m %H:%M}" if isinstance(value, datetime) else f"{value:%d-%m}"


def lasting(start: str, end: str, *lines: str, uid: str = "a") -> str:
    return event(f"DTSTART;{AMSTERDAM}{start}", f"DTEND;{AMSTERDAM}{end}", *lines, uid=uid)


def test_an_appointment_and_its_zone(tmp_path: Path) -> None:
    """Nine o'clock in Amsterdam is eight in UTC; in New York it is 14 in UTC before its clock changes on 8 March."""
    assert busy(
        tmp_path,
        lasting("20260302T090000", "20260302T100000"),
        event("DTSTART:20260303T090000Z", "DTEND:20260303T100000Z", uid="e"),
        event("DTSTART;TZID=America/New_York:20260304T090000", "DURATION:PT90M", uid="b"),
        event("DTSTART;TZID=W. Europe Standard Time:20260305T090000", "DURATION:PT1H", uid="c"),  # as Outlook writes
        event("DTSTART:20260306T090000", "DTEND:20260306T100000", uid="d"),  # without a zone: that of the period
    ) == [
        "02-03 08:00 – 02-03 09:00",
        "03-03 09:00 – 03-03 10:00",
        "04-03 14:00 – 04-03 15:30",
        "05-03 08:00 – 05-03 09:00",
        "06-03 08:00 – 06-03 09:00",
    ]


def test_a_zone_that_the_calendar_explains_itself(tmp_path: Path) -> None:
    zone = "\n".join(
        [
            *("BEGIN:VTIMEZONE", "TZID:Ours", "BEGIN:STANDARD", "DTSTART:20200101T000000"),
            *("TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"),
        ]
    )
    times = ("DTSTART;TZID=Ours:20260302T090000", "DTEND;TZID=Ours:20260302T100000")
    assert busy(tmp_path, zone, event(*times)) == ["02-03 06:00 – 02-03 07:00"]


def test_recurrence_keeps_the_clock_over_its_changes(tmp_path: Path) -> None:
    """Mondays at nine: 8:00 in UTC until the clock changes on 29 March, 7:00 from 30 March on."""
    weekly = lasting("20260105T090000", "20260105T100000", "RRULE:FREQ=WEEKLY;UNTIL=20260330T220000Z")
    found = busy(tmp_path, weekly)
    assert found[-2:] == ["23-03 08:00 – 23-03 09:00", "30-03 07:00 – 30-03 08:00"]
    autumn = problem((), ["F1"], period={**CASE.period.model_dump(), "start": "2026-10-19", "end": "2026-10-31"})
    weekly = lasting("20261019T090000", "20261019T100000", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert busy(tmp_path, weekly, case=autumn) == ["19-10 07:00 – 19-10 08:00", "26-10 08:00 – 26-10 09:00"]


def test_exceptions_and_moved_occurrences(tmp_path: Path) -> None:
    """Five Mondays from 2 March: the 9th is left out, the 16th moved to the afternoon, the 23rd cancelled."""
    assert busy(
        tmp_path,
        lasting(
            "20260302T090000", "20260302T100000", "RRULE:FREQ=WEEKLY;COUNT=5", f"EXDATE;{AMSTERDAM}20260309T090000"
        ),
        lasting("20260316T140000", "20260316T150000", f"RECURRENCE-ID;{AMSTERDAM}20260316T090000"),
        lasting("20260323T090000", "20260323T100000", f"RECURRENCE-ID;{AMSTERDAM}20260323T090000", "STATUS:CANCELLED"),
    ) == ["02-03 08:00 – 02-03 09:00", "16-03 13:00 – 16-03 14:00", "30-03 07:00 – 30-03 08:00"]


def test_whole_days_stay_whole_days_and_hours_within_them_say_nothing_more(tmp_path: Path) -> None:
    assert busy(
        tmp_path,
        event("DTSTART;VALUE=DATE:20260309", "DTEND;VALUE=DATE:20260314"),  # the last day is not included
        event("DTSTART;VALUE=DATE:20260314", uid="b"),
        event("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330", uid="c"),  # the clock changes in it
        lasting("20260310T090000", "20260310T100000", uid="d"),
    ) == ["09-03 – 14-03", "28-03 – 29-03"]


def test_what_is_free_or_cancelled_or_takes_no_time_is_no_hindrance(tmp_path: Path) -> None:
    free = ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "TRANSP:transparent"]
    parts = [lasting("20260302T090000", "20260302T100000", line, uid=line) for line in free]
    assert busy(tmp_path, *parts, event("DTSTART:20260302T090000Z")) == []
    taken = [lasting("20260302T090000", "20260302T100000", line) for line in ("TRANSP:OPAQUE", "STATUS:TENTATIVE")]
    assert busy(tmp_path, taken[0]) == busy(tmp_path, taken[1]) == ["02-03 08:00 – 02-03 09:00"]


def test_what_overlaps_or_touches_is_one(tmp_path: Path) -> None:
    spans = [("090000", "110000"), ("100000", "120000"), ("120000", "130000"), ("140000", "150000")]
    parts = [lasting(f"20260302T{start}", f"20260302T{end}", uid=start) for start, end in spans]
    assert busy(tmp_path, *parts) == ["02-03 08:00 – 02-03 12:00", "02-03 13:00 – 02-03 14:00"]


def test_only_the_period_and_two_weeks_around_it_are_read(tmp_path: Path) -> None:
    """March 2026 begins at 23:00 in UTC on 28 February, and ends at 22:00 on the 31st."""
    days = ["20260213", "20260214", "20260215", "20260414", "20260415"]
    parts = [event(f"DTSTART;VALUE=DATE:{day}", uid=day) for day in days]
    assert busy(tmp_path, *parts) == ["15-02 – 15-02", "14-04 – 14-04"]


def test_free_and_busy_without_appointments(tmp_path: Path) -> None:
    lines = [
        *("BEGIN:VFREEBUSY", "UID:a", "DTSTAMP:20260101T000000Z"),
        "FREEBUSY;FBTYPE=BUSY:20260310T100000Z/PT1H,20260311T100000Z/20260311T120000Z",
        *("FREEBUSY;FBTYPE=FREE:20260312T100000Z/PT1H", "END:VFREEBUSY"),
    ]
    assert busy(tmp_path, "\n".join(lines)) == ["10-03 10:00 – 10-03 11:00", "11-03 10:00 – 11-03 12:00"]


def test_appointments_without_an_id_are_each_one(tmp_path: Path) -> None:
    parts = [lasting(f"2026030{day}T090000", f"2026030{day}T100000").replace("UID:a\n", "") for day in (2, 3)]
    assert busy(tmp_path, *parts) == ["02-03 08:00 – 02-03 09:00", "03-03 08:00 – 03-03 09:00"]


def test_birthdays_since_long_ago(tmp_path: Path) -> None:
    assert busy(tmp_path, event("DTSTART;VALUE=DATE:16010305", "RRULE:FREQ=YEARLY")) == ["05-03 – 05-03"]


def test_several_files_of_one_person(tmp_path: Path) -> None:
    work = file(tmp_path, lasting("20260302T090000", "20260302T100000"))
    home = file(tmp_path, lasting("20260302T093000", "20260302T110000"), name="home.ics")
    assert shown(read_busy([work, str(home)], "F1", CASE)) == ["02-03 08:00 – 02-03 10:00"]


def test_titles_are_not_kept(tmp_path: Path) -> None:
    rows = read_busy(file(tmp_path, lasting("20260302T090000", "20260302T100000", "LOCATION:secret")), "F1", CASE)
    assert "secret" not in CASE.replace(availability=rows).to_json()


def test_meetings_of_this_problem_are_no_hindrance_to_themselves(tmp_path: Path) -> None:
    report = check(CASE, Roster.of(CASE, {("M1", "lead"): "F1"}))
    for pool in ("", "West"):
        path = tmp_path / "own.ics"
        path.write_bytes(calendar_of(report, Audience.facilitator("F1"), pool=pool))
        assert read_busy(path, "F1", CASE, pool=pool) == ()
        assert shown(read_busy(path, "F1", CASE, pool="Oost")) == ["05-03 18:30 – 05-03 20:30"]


def test_rows_go_into_a_problem_and_rule_people_out(tmp_path: Path) -> None:
    rows = read_busy(file(tmp_path, lasting("20260305T200000", "20260305T210000")), "F1", CASE)
    with_them = CASE.replace(availability=rows)
    found = {who: check(with_them, Roster.of(CASE, {("M1", "lead"): who})).violations for who in ("F1", "F2")}
    assert [item.rule for item in found["F1"]] == ["available"]
    assert not found["F2"]


# --- what cannot be read -----------------------------------------------------------------------------------


def refusal(folder: Path, *parts: str, limits: Limits = LIMITS) -> tuple[str, str]:
    path = file(folder, *parts)
    with pytest.raises(ProblemError) as caught:
        read_busy(path, "F1", CASE, limits=limits)
    (issue,) = caught.value.issues
    assert issue.table == "anna.ics"
    assert "secret" not in str(caught.value) + caught.value.words.nl
    return issue.code, str(issue.values.get("number", ""))


GOOD = lasting("20260302T090000", "20260302T100000", uid="good")


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:rubbish",),
        (),
        ("DTSTART:20260302T090000Z", "DTEND:never"),
        ("DTSTART:20260302T090000Z", "RRULE:FREQ=NEVER"),
        ("DTSTART:20260302T090000Z", "RRULE:rubbish"),
        ("DTSTART:20260302T090000Z", "DURATION:long"),
        ("DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY", "EXDATE:never"),
    ],
)
def test_an_appointment_whose_times_cannot_be_read_is_named_by_its_number(
    lines: tuple[str, ...], tmp_path: Path
) -> None:
    assert refusal(tmp_path, GOOD, event(*lines)) == ("calendar-appointment-unreadable", "2")


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;TZID=Nowhere/Special:20260302T090000",),
        ("DTSTART:20260302T090000Z", "DTEND;TZID=Nowhere/Special:20260302T100000"),
        ("DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY", "EXDATE;TZID=Nowhere/Special:20260303T090000"),
    ],
)
def test_a_zone_that_is_not_known_is_not_taken_for_that_of_the_period(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert refusal(tmp_path, GOOD, event(*lines)) == ("calendar-zone-unknown", "2")


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=2", "FREQ=SECONDLY;COUNT=20000"])
def test_what_recurs_too_often_is_refused(rule: str, tmp_path: Path) -> None:
    parts = event("DTSTART:20260302T090000Z", "DTEND:20260302T090001Z", f"RRULE:{rule}")
    assert refusal(tmp_path, parts)[0] == "calendar-recurs-too-often"


def test_many_that_recur_are_counted_together(tmp_path: Path) -> None:
    """Every hour of March and two weeks before is more than 1,000 times."""
    hourly = [lasting("20260201T090000", "20260201T090100", "RRULE:FREQ=HOURLY", uid=str(n)) for n in range(10)]
    assert refusal(tmp_path, *hourly)[0] == "calendar-recurs-too-often"


def test_large_calendars_are_refused_before_they_are_read(tmp_path: Path) -> None:
    assert refusal(tmp_path, GOOD, limits=Limits(calendar_bytes=100))[0] == "calendar-too-large"
    assert refusal(tmp_path, GOOD, limits=Limits(appointments=1))[0] == "calendar-too-many-appointments"
    assert busy(tmp_path, GOOD)


@pytest.mark.parametrize("content", [b"", b"no calendar", b"PK\x03\x04", bytes(100), b"BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_what_is_no_calendar_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(content)
    with pytest.raises(ProblemError, match="is no calendar"):
        read_busy(tmp_path / "a.ics", "F1", CASE)


def test_a_calendar_of_nobody_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="is missing"):
        read_busy(tmp_path / "a.ics", "F1", CASE)
    with pytest.raises(UnknownId):
        read_busy(file(tmp_path, GOOD), "F9", CASE)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_encodings_do_not_matter_to_times(encoding: str, tmp_path: Path) -> None:
    path = file(tmp_path, lasting("20260302T090000", "20260302T100000").replace("secret", "café"))
    path.write_bytes(path.read_bytes().decode().encode(encoding))
    assert shown(read_busy(path, "F1", CASE)) == ["02-03 08:00 – 02-03 09:00"]
