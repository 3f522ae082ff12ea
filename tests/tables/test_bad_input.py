"""What each kind of bad input gets. The numbers are those of the list in the contract.

Every case spoils a few files of one good problem; what it expects is the whole text that a user sees.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from tests.tables.files import GOOD, folder_of
from tests.tables.spoilt import NOT_A_NUMBER, NOT_AN_INSTANT, NOT_WHOLE, OUT_OF_YEARS, Case, instead, limits, plus

from poolmatch.errors import ProblemError
from poolmatch.tables import read

ERRORS = [
    Case(
        "01-duplicate-facilitator",
        plus("facilitators", "F1,Cees,GEM,53.0,6.0"),
        """
        1 problem in the input
          facilitators, column facilitator (lines 2, 4): repeats facilitator; \
remove one of the rows or change its key
        """,
    ),
    Case(
        "02-duplicate-meeting",
        plus("meetings", "M2,Plein,2026-03-11 19:30,2026-03-11 21:30,53.2,6.4"),
        """
        1 problem in the input
          meetings, column meeting (lines 3, 4): repeats meeting; remove one of the rows or change its key
        """,
    ),
    Case(
        "03-duplicate-organisation-after-trimming-and-NFC",
        {"organisations": GOOD["organisations"] + "caf\u00e9,Een\n  cafe\u0301 ,Twee\n"},
        """
        1 problem in the input
          organisations, column organisation (lines 4, 5): repeats organisation; \
remove one of the rows or change its key
        """,
    ),
    Case(
        "04-duplicate-seat-but-for-capitals",
        plus("seats", "M1,Lead,co"),
        """
        1 problem in the input
          seats, column seat (lines 2, 4): has an id that differs from another only in capitals (meeting, \
seat); remove one of the rows or change its key
        """,
    ),
    Case(
        "05-unknown-organisation",
        plus("stakes", "M1,GEN,interest"),
        """
        1 problem in the input
          stakes, column organisation (line 4): is not in organisations; did you mean "GEM"? \
correct it, or add it to organisations
        """,
    ),
    Case(
        "06-unknown-employer",
        instead("facilitators", "Anna,GEM", "Anna,GEMM"),
        """
        1 problem in the input
          facilitators, column organisation (line 2): is not in organisations; did you mean "GEM"? \
correct it, or add it to organisations
        """,
    ),
    Case(
        "07-unknown-meeting-and-facilitator",
        {**plus("stakes", "M1X,GEM,interest"), "strikes": "organisation,facilitator\nGEM,X9\n"},
        """
        2 problems in the input
          stakes, column meeting (line 4): is not in meetings; \
did you mean "M1"? correct it, or add it to meetings
          strikes, column facilitator (line 2): is not in facilitators; correct it, or add it to facilitators
        """,
    ),
    Case(
        "08-empty-id",
        plus("organisations", "  ,Naamloos"),
        """
        1 problem in the input
          organisations, column organisation (line 4): is required and blank; \
think of a short id that nothing else has, such as X12, and keep it every month
        """,
    ),
    Case(
        "09-end-not-after-start",
        {
            **instead("meetings", "10 21:30", "10 19:30"),
            **instead("period", "2026-10-31", "2026-02-28"),
            "slots": "meeting,start,end\nM1,2026-03-10 19:30,2026-03-10 19:29\n",
            "ties": "facilitator,kind,organisation,start,end\nF1,family,WAT,2026-03-02,2026-03-01\n",
        },
        """
        4 problems in the input
          period, column end (line 2): lies before start; swap start and end; the period ends with its last day
          ties, column end (line 2): lies before start; swap start and end, or leave one of them blank
          meetings, column end (line 2): is not after start; correct start or end
          slots, column end (line 2): is not after start; correct start or end
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
          meetings, column preparation_hours (line 2): input should be greater than or equal to 0; \
write a number of 0 or more
          meetings, column setup_minutes (line 2): input should be greater than or equal to 0; \
write a number of 0 or more
        """,
    ),
    Case(
        "12-clock-time-that-does-not-exist",
        instead("meetings", "2026-03-10 19:30", "2026-03-29 02:30"),
        """
        1 problem in the input
          meetings, column start (line 2): is a clock time that does not exist that day, because the clock is \
moved forward; correct the time
        """,
    ),
    Case(
        "13-clock-time-that-is-twice",
        instead("meetings", "2026-03-10 19:30", "2026-10-25 02:30"),
        """
        1 problem in the input
          meetings, column start (line 2): is a clock time that occurs twice that day; \
add the offset, such as +02:00
        """,
    ),
    *(
        Case(
            f"14-instant-{value}",
            instead("meetings", "2026-03-10 19:30", value),
            f"""
        1 problem in the input
          meetings, column start (line 2): {reason}
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
          meetings, column start (line 3): lies outside the period; correct the start, or the period
        """,
    ),
    *(
        Case(
            f"{number}-number-{value}",
            limits(value, value),
            f"""
        2 problems in the input
          facilitators, column max_hours (line 2): {hours}
          facilitators, column max_meetings (line 2): {meetings}
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
          facilitators, column max_meetings (line 2): {NOT_WHOLE}
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
          stakes, column grade (line 2): is not a word this column knows; did you mean "interest"? \
write one of: decider, commissioner, interest, contributor, observer
        """,
    ),
    Case(
        "33-decimal-comma-not-declared",
        {"facilitators": GOOD["facilitators"].replace(",", ";").replace(".", ",")},
        """
        2 problems in the input
          facilitators, column lat (lines 2, 3): has a comma although the decimal sign is a point; \
write a decimal point, or read it with locale="nl" or decimal=","
          facilitators, column lon (lines 2, 3): has a comma although the decimal sign is a point; \
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
          meetings, column lat (line 3): has a point although the decimal sign is a comma; \
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
          stakes, column organisation (line 4): is not in organisations; did you mean "GEM"? \
correct it, or add it to organisations
        """,
    ),
    Case(
        "34-serial-date",
        {**instead("meetings", "2026-03-10 19:30", "46091.8125"), **instead("period", "2026-03-01", "46082")},
        f"""
        2 problems in the input
          period, column start (line 2): is not a date; write it as YYYY-MM-DD, such as 2026-03-29
          meetings, column start (line 2): {NOT_AN_INSTANT}
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
          availability, column rrule (line 2): recurs more than 10,000 times in the period or 100,000 times \
since its start; use a coarser rule, or a later start
        """,
    ),
    Case(
        "43-characters-that-cannot-be-seen-in-an-id",
        plus("organisations", "SCH\u200b,School"),
        """
        1 problem in the input
          organisations, column organisation (line 4): holds a character that cannot be seen; type the id again
        """,
    ),
    Case(
        "47-text-of-10-MB",
        plus("organisations", "SCH," + "x" * 10_000_000),
        """
        1 problem in the input
          organisations (line 4): has a cell of more than 131,072 characters; shorten it
        """,
    ),
    Case(
        "47-text-of-2001-characters",
        plus("organisations", "SCH," + "x" * 2001),
        """
        1 problem in the input
          organisations, column name (line 4): is longer than 2000 characters; shorten it
        """,
    ),
]


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case.id)
def test_an_error_that_tells_all(case: Case, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(folder_of(case.files, tmp_path), **case.options)
    assert str(caught.value) == dedent(case.says).strip("\n")
