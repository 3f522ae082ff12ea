"""What each kind of bad input gets. The numbers are those of the list in the contract.

Every case spoils a few files of one good problem; what it expects is the whole text that a user sees.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read, read_frames, to_frames


@dataclass(frozen=True)
class Case:
    """Files that differ from the good problem, and what is said of them."""

    id: str
    files: Mapping[str, str | bytes | None]
    says: str
    options: Mapping[str, str] = field(default_factory=dict)


def plus(table: str, row: str) -> dict[str, str]:
    """The good table with one more row."""
    return {table: GOOD[table] + row + "\n"}


def instead(table: str, old: str, new: str) -> dict[str, str]:
    """The good table with something else in one place."""
    assert GOOD[table].count(old) >= 1
    return {table: GOOD[table].replace(old, new)}


def limits(hours: str, meetings: str) -> dict[str, str]:
    """The good facilitators, the first with these limits."""
    head, first, second, _ = GOOD["facilitators"].split("\n")
    return {"facilitators": f"{head},max_hours,max_meetings\n{first},{hours},{meetings}\n{second},,\n"}


NO_MEETINGS = {"meetings": "meeting\n", "stakes": "meeting,organisation,grade\n", "seats": "meeting,seat,role\n"}
NOT_A_NUMBER = "is not a number; write digits with a decimal point, such as 1.5, without thousands marks"
NOT_WHOLE = "is not a whole number; write digits only, such as 3"
NOT_AN_INSTANT = "is not a date with a time; write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30"
OUT_OF_YEARS = "lies outside the years 1900 to 2199; correct it, or leave it blank where no limit is meant"

ERRORS = [
    Case(
        "01-duplicate-facilitator",
        plus("facilitators", "F1,Cees,GEM,53.0,6.0"),
        """
        1 problem in the input
          facilitators, rows 1, 3, column facilitator (lines 2, 4): repeats facilitator; \
remove one of the rows or change its key
        """,
    ),
    Case(
        "02-duplicate-meeting",
        plus("meetings", "M2,Plein,2026-03-11 19:30,2026-03-11 21:30,53.2,6.4"),
        """
        1 problem in the input
          meetings, rows 2, 3, column meeting (lines 3, 4): repeats meeting; remove one of the rows or change its key
        """,
    ),
    Case(
        "03-duplicate-organisation-after-trimming-and-NFC",
        {"organisations": GOOD["organisations"] + "caf\u00e9,Een\n  cafe\u0301 ,Twee\n"},
        """
        1 problem in the input
          organisations, rows 3, 4, column organisation (lines 4, 5): repeats organisation; \
remove one of the rows or change its key
        """,
    ),
    Case(
        "04-duplicate-seat-but-for-capitals",
        plus("seats", "M1,Lead,co"),
        """
        1 problem in the input
          seats, rows 1, 3, column seat (lines 2, 4): has an id that differs from another only in capitals (meeting, \
seat); remove one of the rows or change its key
        """,
    ),
    Case(
        "05-unknown-organisation",
        plus("stakes", "M1,GEN,interest"),
        """
        1 problem in the input
          stakes, row 3, column organisation (line 4): is not in organisations; did you mean "GEM"? \
correct it, or add it to organisations
        """,
    ),
    Case(
        "06-unknown-employer",
        instead("facilitators", "Anna,GEM", "Anna,GEMM"),
        """
        1 problem in the input
          facilitators, row 1, column organisation (line 2): is not in organisations; did you mean "GEM"? \
correct it, or add it to organisations
        """,
    ),
    Case(
        "07-unknown-meeting-and-facilitator",
        {**plus("stakes", "M1X,GEM,interest"), "strikes": "organisation,facilitator\nGEM,X9\n"},
        """
        2 problems in the input
          stakes, row 3, column meeting (line 4): is not in meetings; \
did you mean "M1"? correct it, or add it to meetings
          strikes, row 1, column facilitator (line 2): is not in facilitators; correct it, or add it to facilitators
        """,
    ),
    Case(
        "08-empty-id",
        plus("organisations", "  ,Naamloos"),
        """
        1 problem in the input
          organisations, row 3, column organisation (line 4): is required and blank; fill it in
        """,
    ),
    Case(
        "09-end-not-after-start",
        {
            **instead("meetings", "10 21:30", "10 19:30"),
            **instead("period", "2026-10-31", "2026-02-28"),
            "slots": "meeting,start,end\nM3,2026-03-10 19:30,2026-03-10 19:29\n",
            "ties": "facilitator,kind,organisation,start,end\nF1,family,WAT,2026-03-02,2026-03-01\n",
        },
        """
        4 problems in the input
          period, row 1, column end (line 2): lies before start; swap start and end; end is the last day
          ties, row 1, column end (line 2): lies before start; swap start and end, or leave one of them blank
          meetings, row 1, column end (line 2): is not after start; correct start or end
          slots, row 1, column end (line 2): is not after start; correct start or end
        """,
    ),
    Case(
        "09-negative-minutes-and-hours",
        {
            "meetings": "meeting,start,end,lat,lon,setup_minutes,preparation_hours\n"
            "M1,2026-03-10 19:30,2026-03-10 21:30,53.2,6.4,-5,-1.5\n"
            "M2,2026-03-12 14:00,2026-03-12 16:00,53.1,6.5,,\n"
        },
        """
        2 problems in the input
          meetings, row 1, column preparation_hours (line 2): input should be greater than or equal to 0; \
write a number of 0 or more
          meetings, row 1, column setup_minutes (line 2): input should be greater than or equal to 0; \
write a number of 0 or more
        """,
    ),
    Case(
        "12-clock-time-that-does-not-exist",
        instead("meetings", "2026-03-10 19:30", "2026-03-29 02:30"),
        """
        1 problem in the input
          meetings, row 1, column start (line 2): is a clock time that does not exist that day, because the clock is \
moved forward; correct the time
        """,
    ),
    Case(
        "13-clock-time-that-is-twice",
        instead("meetings", "2026-03-10 19:30", "2026-10-25 02:30"),
        """
        1 problem in the input
          meetings, row 1, column start (line 2): is a clock time that occurs twice that day; \
add the offset, such as +02:00
        """,
    ),
    *(
        Case(
            f"14-instant-{value}",
            instead("meetings", "2026-03-10 19:30", value),
            f"""
        1 problem in the input
          meetings, row 1, column start (line 2): {reason}
        """,
        )
        for value, reason in (
            ("2026-03-10", NOT_AN_INSTANT),
            ("1767225600", NOT_AN_INSTANT),
            (
                "10-03-2026 19:30",
                'is not a date with a time; write it as YYYY-MM-DD HH:MM, or read it with locale="nl"',
            ),
            ("0001-01-01 10:00", OUT_OF_YEARS),
            ("9999-12-31 23:59", OUT_OF_YEARS),
            ("2026-02-30 10:00", "is a moment that does not exist; look it up in the calendar"),
        )
    ),
    Case(
        "15-outside-the-period",
        instead("meetings", "2026-03-12", "2026-11-12"),
        """
        1 problem in the input
          meetings, row 2, column start (line 3): lies outside the period; correct the start, or the period
        """,
    ),
    *(
        Case(
            f"{number}-number-{value}",
            limits(value, value),
            f"""
        2 problems in the input
          facilitators, row 1, column max_hours (line 2): {hours}
          facilitators, row 1, column max_meetings (line 2): {meetings}
        """,
        )
        for number, value, hours, meetings in (
            ("16", "NaN", NOT_A_NUMBER, NOT_WHOLE),
            ("16", "inf", NOT_A_NUMBER, NOT_WHOLE),
            (
                "16",
                "-1",
                "input should be greater than or equal to 0; write a number of 0 or more",
                "input should be greater than or equal to 0; write a number of 0 or more",
            ),
            ("16", f"{10**30}", NOT_A_NUMBER, NOT_WHOLE),
            (
                "16",
                f"{2**53 + 1}",
                "input should be less than or equal to 100000; write a number of 100000 or less",
                "input should be less than or equal to 1000000000; write a number of 1000000000 or less",
            ),
            ("17", "True", NOT_A_NUMBER, NOT_WHOLE),
            ("18", "1_000", NOT_A_NUMBER, NOT_WHOLE),
            ("18", "1e3", NOT_A_NUMBER, NOT_WHOLE),
        )
    ),
    Case(
        "18-whole-number-5.0",
        limits("5.0", "5.0"),
        f"""
        1 problem in the input
          facilitators, row 1, column max_meetings (line 2): {NOT_WHOLE}
        """,
    ),
    Case(
        "30-misspelt-required-table",
        {"stakes": None, "stake": GOOD["stakes"]},
        """
        1 problem in the input
          stake: is not a table that poolmatch knows; did you mean "stakes"? rename it, or remove it
        """,
    ),
    Case(
        "30-misspelt-required-column",
        instead("facilitators", "facilitator,", "facilitatr,"),
        """
        1 problem in the input
          facilitators, column facilitatr: is not a column of this table; did you mean "facilitator"? \
rename it, or remove it
        """,
    ),
    Case(
        "30-misspelt-optional-table",
        {"serve": "facilitator,region\nF1,noord\n"},
        """
        1 problem in the input
          serve: is not a table that poolmatch knows; did you mean "serves"? rename it, or remove it
        """,
    ),
    Case(
        "30-misspelt-optional-column",
        instead("meetings", "title", "titel"),
        """
        1 problem in the input
          meetings, column titel: is not a column of this table; did you mean "title"? rename it, or remove it
        """,
    ),
    Case(
        "30-unknown-column-where-a-required-one-is-missing",
        instead("organisations", "organisation,name", "organisation,heet"),
        """
        2 problems in the input
          organisations, column heet: is not a column of this table; rename it, if it is what is missing; \
otherwise remove it
          organisations, column name: is required and missing; add the column
        """,
    ),
    Case(
        "30-misspelt-table-is-told-and-not-what-follows-from-it",
        {"organisations": None, "organisation": GOOD["organisations"]},
        """
        1 problem in the input
          organisation: is not a table that poolmatch knows; did you mean "organisations"? rename it, or remove it
        """,
    ),
    Case(
        "30-misspelt-table-of-seats-is-told-and-not-what-follows-from-it",
        {
            "seats": None,
            "seat": GOOD["seats"] + "M1,co,co\n",
            "requirements": "meeting,seat,skill,level\nM1,co,listening,2\n",
        },
        """
        1 problem in the input
          seat: is not a table that poolmatch knows; did you mean "seats"? rename it, or remove it
        """,
    ),
    Case(
        "30-misspelt-id-column-is-told-and-not-what-follows-from-it",
        instead("organisations", "organisation,", "organisatie,"),
        """
        1 problem in the input
          organisations, column organisatie: is not a column of this table; did you mean "organisation"? \
rename it, or remove it
        """,
    ),
    Case(
        "30-misspelt-word",
        instead("stakes", "interest", "intrest"),
        """
        1 problem in the input
          stakes, row 1, column grade (line 2): is not a word this column knows; did you mean "interest"? \
write one of: decider, commissioner, interest, contributor, observer
        """,
    ),
    Case(
        "33-decimal-comma-not-declared",
        {"facilitators": GOOD["facilitators"].replace(",", ";").replace(".", ",")},
        """
        2 problems in the input
          facilitators, rows 1, 2, column lat (lines 2, 3): has a comma although the decimal sign is a point; \
write a decimal point, or read it with locale="nl" or decimal=","
          facilitators, rows 1, 2, column lon (lines 2, 3): has a comma although the decimal sign is a point; \
write a decimal point, or read it with locale="nl" or decimal=","
        """,
    ),
    Case(
        "33-decimal-point-where-a-comma-is-declared",
        {
            "facilitators": GOOD["facilitators"].replace(",", ";").replace(".", ","),
            "meetings": instead("meetings", "53.2,6.4", ",")["meetings"].replace("6.5", "6"),
        },
        """
        1 problem in the input
          meetings, row 2, column lat (line 3): has a point although the decimal sign is a comma; \
write a decimal comma, or read it without decimal=","
        """,
        {"decimal": ","},
    ),
    Case(
        "33-cp1252-not-declared",
        {
            "organisations": "organisation,name\nGEM,Gemeente\nWAT,Súdwest\n".encode("cp1252"),
            **plus("stakes", "M1,GEN,interest"),
        },
        """
        2 problems in the input
          organisations: is not UTF-8 text in line 3 of the file; save it as UTF-8, or name its encoding, \
such as encoding="cp1252"
          stakes, row 3, column organisation (line 4): is not in organisations; did you mean "GEM"? \
correct it, or add it to organisations
        """,
    ),
    Case(
        "34-serial-date",
        {**instead("meetings", "2026-03-10 19:30", "46091.8125"), **instead("period", "2026-03-01", "46082")},
        f"""
        2 problems in the input
          period, row 1, column start (line 2): is not a date; write it as YYYY-MM-DD, such as 2026-03-29
          meetings, row 1, column start (line 2): {NOT_AN_INSTANT}
        """,
    ),
    Case(
        "42-recurs-every-second",
        {
            "availability": "facilitator,start,end,kind,rrule\n"
            "F1,2026-03-02 00:00,2026-03-02 00:01,avoid,FREQ=SECONDLY\n"
        },
        """
        1 problem in the input
          availability, row 1, column rrule (line 2): recurs more than 10,000 times in the period or 100,000 times \
since its start; use a coarser rule, or a later start
        """,
    ),
    Case(
        "43-characters-that-cannot-be-seen-in-an-id",
        plus("organisations", "SCH\u200b,School"),
        """
        1 problem in the input
          organisations, row 3, column organisation (line 4): holds a character that cannot be seen; type the id again
        """,
    ),
    Case(
        "47-text-of-10-MB",
        plus("organisations", "SCH," + "x" * 10_000_000),
        """
        1 problem in the input
          organisations, row 3 (line 4): has a cell of more than 131,072 characters; shorten it
        """,
    ),
    Case(
        "47-text-of-2001-characters",
        plus("organisations", "SCH," + "x" * 2001),
        """
        1 problem in the input
          organisations, row 3, column name (line 4): is longer than 2000 characters; shorten it
        """,
    ),
]

WARNINGS = [
    Case(
        "15-meeting-over-24-hours",
        instead("meetings", "2026-03-10 21:30", "2026-03-11 19:31"),
        """
        meetings, row 1, column end (line 2): is more than 24 hours after start; check the dates
        """,
    ),
    Case(
        "19-empty-pool",
        {"facilitators": "facilitator,name\n"},
        """
        facilitators: is empty; add the members of the pool
        """,
    ),
    Case(
        "20-no-meetings",
        NO_MEETINGS,
        """
        meetings: is empty; add the meetings of the period
        """,
    ),
    Case(
        "21-a-period-of-one-day",
        NO_MEETINGS | instead("period", "2026-10-31", "2026-03-01"),
        """
        meetings: is empty; add the meetings of the period
        """,
    ),
    Case(
        "24-cycle-of-organisations",
        {"links": "source,target,kind\nGEM,WAT,controls\nWAT,GEM,controls\n"},
        """
        links, rows 1, 2 (lines 2, 3): form a ring of organisations; check the direction of the links; a ring is allowed
        """,
    ),
    Case(
        "25-no-employer",
        {"facilitators": "facilitator,name,organisation,lat,lon,external\nF1,Anna,,53.2,6.4,\nF2,Bram,,53.1,6.5,yes\n"},
        """
        facilitators, row 1, column organisation (line 2): is blank for someone of the pool; \
fill in the employer, or write yes under independent: unknown is not neutral (rule unknown-employer)
        """,
    ),
    Case(
        "30-other-table",
        {"remarks": "facilitator,note\nF1,likes tea\n"},
        """
        remarks: is not a table that poolmatch knows; its content is not used
        """,
    ),
    Case(
        "30-other-column",
        instead("meetings", "title", "projectleider"),
        """
        meetings, column projectleider: is not a column of this table; its content is not used
        """,
    ),
    Case(
        "33-semicolon",
        {"organisations": GOOD["organisations"].replace(",", ";")},
        """
        organisations: is separated by a semicolon; nothing to do
        """,
    ),
    Case(
        "33-tab",
        {"organisations": GOOD["organisations"].replace(",", "\t")},
        """
        organisations: is separated by a tab; nothing to do
        """,
    ),
    Case(
        "43-characters-that-cannot-be-seen-in-a-name",
        instead("organisations", "Waterschap", "Water\u202eschap\u200b"),
        """
        organisations, row 2, column name (line 3): holds characters that cannot be seen; they are taken out
        """,
    ),
]


# --- words, names and points that match nothing, or too much ---------------------------------------------

IN_REGIONS = (
    GOOD["meetings"]
    .replace("lon\n", "lon,region,theme,series\n")
    .replace("53.2,6.4\n", "53.2,6.4,westerkwartier,wonen,buurt\n")
    .replace("53.1,6.5\n", "53.1,6.5,Westerkwartier,wonen,buurt\n")
)
"""The good meetings, each in the one region, on the one theme, and in one series."""
KEPT = "correct it; nothing to do if it is kept for another period"

WARNINGS += [
    Case(
        "05-word-in-another-spelling",
        {"meetings": IN_REGIONS, "serves": "facilitator,region\nF1,westerkwartier\nF2,WESTERKWARTIER\n"},
        """
        serves, row 2, column region (line 3): is a word in another spelling; nothing to do: it is shown as \
"westerkwartier", as it is written most often
        meetings, row 2, column region (line 3): is a word in another spelling; nothing to do: it is shown as \
"westerkwartier", as it is written most often
        """,
    ),
    Case(
        "06-region-close-to-another-however-often-it-stands",
        {
            "meetings": IN_REGIONS.replace("Wes", "wes"),
            "facilitators": GOOD["facilitators"]
            .replace("lon\n", "lon,region\n")
            .replace("6.4\n", "6.4,westerkwartir\n")
            .replace("6.5\n", "6.5,westerkwartir\n"),
        },
        """
        facilitators, rows 1, 2, column region (lines 2, 3): stands twice and is close to another region; did you mean \
"westerkwartier", which stands twice? write one of the two throughout, or do nothing if they differ
        """,
    ),
    Case(
        "07-series-close-to-another",
        {"meetings": IN_REGIONS.replace("Wes", "wes").replace("buurt", "buurtt", 1)},
        """
        meetings, row 1, column series (line 2): stands once and is close to another series; \
did you mean "buurt", which \
stands once? write one of the two throughout, or do nothing if they differ
        """,
    ),
    Case(
        "08-tie-to-a-theme-that-no-meeting-has",
        {
            "meetings": IN_REGIONS.replace("Wes", "wes"),
            "ties": "facilitator,kind,theme\nF1,position,wone\nF1,position,energie\nF2,position,energie\n",
        },
        f"""
        ties, row 1, column theme (line 2): is the theme of no meeting here; \
did you mean "wonen"? the tie has no effect: {KEPT}
        ties, rows 2, 3, column theme (lines 3, 4): is the theme of no meeting here; the tie has no effect: {KEPT}
        """,
    ),
    Case(
        "08-words-that-never-stand-on-the-other-side",
        {
            "meetings": IN_REGIONS.replace("Wes", "wes"),
            "serves": "facilitator,region\nF1,drenthe\nF2,drenthe\nF2,groningen\n",
            "skills": "facilitator,skill,level\nF1,intake,3\nF2,intake,3\nF2,mediation,3\n",
            "requirements": "meeting,skill,level\nM1,listening,3\n",
            "preferences": "facilitator,theme,score\nF1,energie,3\nF2,zorg,3\n",
        },
        f"""
        serves, rows 1, 2, 3, column region (lines 2, 3, 4): is the region of no meeting here; {KEPT}
        skills, rows 1, 2, 3, column skill (lines 2, 3, 4): is a skill that nothing here asks for; {KEPT}
        meetings, rows 1, 2, column region (lines 2, 3): is a region that nobody serves; correct it, or add it to serves
        requirements, row 1, column skill (line 2): is a skill that nobody has; correct it, or add it to skills
        preferences, rows 1, 2, column theme (lines 2, 3): is the theme of no meeting here; {KEPT}
        """,
    ),
    Case(
        "08-strike-and-consent-without-a-meeting",
        {
            "strikes": "organisation,facilitator,meeting\nGEM,F1,M2\n",
            "waivers": "facilitator,organisation,series,party,consented_on\nF1,GEM,buurt,WAT,2026-03-01\n",
        },
        """
        waivers, row 1, column series (line 2): is not the series of any meeting here; \
nothing to do if it has no session in \
this period
        strikes, row 1, column organisation (line 2): has no stake there; \
the row has no effect: correct it, or remove it
        """,
    ),
    Case(
        "08a-one-name-under-two-ids",
        {
            "organisations": GOOD["organisations"] + "WAT2,Stichting Wat\u00e9rschap\n",
            "facilitators": GOOD["facilitators"] + "F3,Annna,GEM,53.2,6.4\n",
        },
        """
        organisations, rows 2, 3, column name (lines 3, 4): is the same for WAT and WAT2; \
if they are one organisation, add a \
link of kind same_as between them, or use one id
        facilitators, rows 1, 3, column name (lines 2, 4): is nearly the same for F1 and F3; \
if they are one person, use one id
        """,
    ),
    Case(
        "08d-lat-and-lon-swapped",
        instead("facilitators", "53.1,6.5", "6.5,53.1"),
        """
        facilitators, row 2, column lat (line 3): looks swapped with lon: only the other way round it is near the \
others; \
swap lat and lon
        """,
    ),
    Case(
        "08d-a-thousand-kilometres-from-all-others",
        instead("facilitators", "53.1,6.5", "33.1,6.5"),
        """
        facilitators, row 2, column lat (line 3): is 1,000 km or more from all others; \
correct lat and lon, or do nothing if \
that is so
        """,
    ),
]


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case.id)
def test_an_error_that_tells_all(case: Case, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(folder_of(case.files, tmp_path), **case.options)
    assert str(caught.value) == dedent(case.says).strip("\n")


@pytest.mark.parametrize("case", WARNINGS, ids=lambda case: case.id)
def test_a_warning_that_names_the_place(case: Case, tmp_path: Path) -> None:
    problem = read(folder_of(case.files, tmp_path), **case.options)
    assert "\n".join(str(issue) for issue in problem.warnings) == dedent(case.says).strip("\n")


def test_the_good_problem_is_beyond_doubt(tmp_path: Path) -> None:
    assert read(folder_of({}, tmp_path)).warnings == ()


# --- what is understood without a word -------------------------------------------------------------------


def good(folder: Path, files: Mapping[str, str | bytes | None], **options: str) -> Problem:
    problem = read(folder_of(files, folder), **options)
    assert problem.warnings == ()
    return problem


def test_10_text_without_an_offset_is_local_time(tmp_path: Path) -> None:
    start = good(tmp_path, {}).meetings[0].start
    assert start == datetime(2026, 3, 10, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-03-10T19:30", "2026-03-10 19:30:00", "2026-03-10T18:30Z", "2026-03-10 23:30+05:00"]
)
def test_11_mixed_offsets_become_utc(text: str, tmp_path: Path) -> None:
    meeting = good(tmp_path, instead("meetings", "2026-03-10 19:30", text)).meetings[0]
    assert meeting.start == datetime(2026, 3, 10, 18, 30, tzinfo=UTC)
    assert meeting.start.tzinfo is UTC


def test_13_an_offset_tells_which_of_two_hours_is_meant(tmp_path: Path) -> None:
    files = instead("meetings", "2026-03-10 19:30,2026-03-10 21:30", "2026-10-25 02:30+02:00,2026-10-25 02:30+01:00")
    meeting = good(tmp_path, files).meetings[0]
    assert meeting.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert meeting.end == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_33_byte_order_mark(tmp_path: Path) -> None:
    files = {"organisations": b"\xef\xbb\xbf" + GOOD["organisations"].encode()}
    assert good(tmp_path, files).organisations[0].organisation == "GEM"


def test_33_byte_order_mark_counts_before_the_declared_encoding(tmp_path: Path) -> None:
    files = {"organisations": b"\xef\xbb\xbf" + "organisation,name\nGEM,é\nWAT,W\n".encode()}
    assert good(tmp_path, files, encoding="cp1252").organisations[0].name == "é"


def test_33_declared_encoding(tmp_path: Path) -> None:
    files = {"organisations": "organisation,name\nGEM,Súdwest €\nWAT,W\n".encode("cp1252")}
    assert good(tmp_path, files, encoding="cp1252").organisations[0].name == "Súdwest €"


def test_33_declared_decimal_comma(tmp_path: Path) -> None:
    files = {name: GOOD[name].replace(",", ";").replace(".", ",") for name in ("facilitators", "meetings")}
    problem = read(folder_of(files, tmp_path), decimal=",")
    assert problem.facilitators[0].lat == 53.2
    assert {str(issue).split(";")[0] for issue in problem.warnings} == {
        "facilitators: is separated by a semicolon",
        "meetings: is separated by a semicolon",
    }


@pytest.mark.parametrize("name", ["007", "1e5", "NA", "null", "nan", "True", "1.0", "2026-03-01", "-"])
def test_34_ids_stay_text(name: str, tmp_path: Path) -> None:
    files = {"organisations": GOOD["organisations"] + f"{name},{name}\n"}
    assert good(tmp_path, files).organisations[2].organisation == name


# --- native values ---------------------------------------------------------------------------------------


def spoilt_json(folder: Path, column: str, text: str) -> Path:
    """The good problem as JSON, with JSON text in one column of the first facilitator."""
    (folder / "good").mkdir()
    document = json.loads(read(folder_of({}, folder / "good")).to_json())
    document["facilitators"][0][column] = "HERE"
    path = folder / "problem.json"
    path.write_text(json.dumps(document).replace('"HERE"', text), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("max_hours", "1e999", "input should be a finite number; write a number, or leave the cell blank"),
        ("max_hours", "true", "is not a number; write digits with a decimal point, such as 1.5"),
        ("max_meetings", "true", NOT_WHOLE),
        ("max_meetings", "5.0", NOT_WHOLE),
        (
            "max_meetings",
            "1" + "0" * 30,
            "input should be less than or equal to 1000000000; write a number of 1000000000 or less",
        ),
        ("facilitator", "7", "must be text; write it as text; a number may have lost its leading zeros"),
        ("external", "1", "input should be a valid boolean; write yes or no"),
    ],
)
def test_16_to_18_native_values_in_json(column: str, text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(spoilt_json(tmp_path, column, text))
    assert str(caught.value) == f"1 problem in the input\n  facilitators, row 1, column {column}: {says}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"period": {}, "period": {}}', "has the key 'period' twice in one object; keep one of them"),
        ('{"period": NaN}', "holds NaN, which JSON does not know; write a number or null"),
        ('{"period": -Infinity}', "holds -Infinity, which JSON does not know; write a number or null"),
        (
            "[" * 100_000 + "]" * 100_000,
            "is nested too deep; a problem is an object of tables, each a list of flat rows",
        ),
        ('{"a": 1,}', None),
        ('"a"', "is not an object; give an object with a table per name"),
        ("1" * 5000, "holds a number that is too long; correct the number"),
    ],
    ids=["31-key-twice", "31-NaN", "31-infinity", "32-deep", "32-not-json", "32-no-object", "32-long-number"],
)
def test_31_and_32_documents(text: str, says: str | None, tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as caught:
        read(path)
    if says is None:  # the rest of the sentence is the json module's own
        assert str(caught.value).startswith("1 problem in the input\n  document: is not JSON: ")
    else:
        assert str(caught.value) == f"1 problem in the input\n  document: {says}"


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("max_hours", float("inf"), "input should be a finite number; write a number, or leave the cell blank"),
        ("max_meetings", True, NOT_WHOLE),
        ("max_meetings", "5.0", NOT_WHOLE),
        ("max_meetings", 5.0, NOT_WHOLE),
        ("max_meetings", 5.5, NOT_WHOLE),
        ("facilitator", 7, "must be text; write it as text; a number may have lost its leading zeros"),
    ],
)
def test_16_to_18_native_values_in_frames(column: str, value: Any, says: str, tmp_path: Path) -> None:
    frames = to_frames(read(folder_of({}, tmp_path)))
    frames["facilitators"] = frames["facilitators"].astype({column: "object"})
    frames["facilitators"].loc[0, column] = value
    with pytest.raises(ProblemError) as caught:
        read_frames(frames)
    assert str(caught.value) == f"1 problem in the input\n  facilitators, row 1, column {column}: {says}"


def test_14_a_date_is_not_an_instant_in_frames(tmp_path: Path) -> None:
    frames = to_frames(read(folder_of({}, tmp_path)))
    frames["meetings"] = frames["meetings"].astype({"start": "object"})
    frames["meetings"].loc[0, "start"] = date(2026, 3, 10)
    with pytest.raises(ProblemError) as caught:
        read_frames(frames)
    assert str(caught.value) == f"1 problem in the input\n  meetings, row 1, column start: {NOT_AN_INSTANT}"
