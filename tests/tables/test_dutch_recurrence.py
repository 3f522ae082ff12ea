"""How a time recurs may be written in Dutch, and a Dutch workbook says it so; what has two meanings is not read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.builders import problem

from poolmatch import ProblemError, read, write
from poolmatch.tables.dutch_recurrence import rule_of, told

FRIDAY = {"facilitator": "F1", "start": "2026-03-06", "end": "2026-03-06", "kind": "unavailable"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("elke vrijdag", "FREQ=WEEKLY;BYDAY=FR"),
        (" Iedere  Vrijdag ", "FREQ=WEEKLY;BYDAY=FR"),
        ("op vrijdagen", "FREQ=WEEKLY;BYDAY=FR"),
        ("do, ma. en wo", "FREQ=WEEKLY;BYDAY=MO,WE,TH"),
        ("elke werkdag", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("wekelijks", "FREQ=WEEKLY"),
        ("elke week op dinsdag", "FREQ=WEEKLY;BYDAY=TU"),
        ("om de week", "FREQ=WEEKLY;INTERVAL=2"),
        ("om de twee weken op di", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("elke 3 weken op ma en di", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU"),
        ("dagelijks", "FREQ=DAILY"),
        ("elke maand", "FREQ=MONTHLY"),
        ("elk jaar", "FREQ=YEARLY"),
        ("elke eerste dinsdag van de maand", "FREQ=MONTHLY;BYDAY=1TU"),
        ("elke laatste vrijdag van de maand", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("elke vrijdag t/m 30 juni 2026", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20260630"),
        ("elke vrijdag, 4 keer", "FREQ=WEEKLY;BYDAY=FR;COUNT=4"),
    ],
)
def test_what_is_written_in_dutch_is_a_rule_and_is_said_again_in_dutch(text: str, rule: str) -> None:
    assert rule_of(text) == rule
    assert rule_of(told(rule)) == rule
    assert "=" not in told(rule)


@pytest.mark.parametrize(
    "text",
    [
        "soms",
        "om de vrijdag",
        "tweewekelijks",
        "elke dag op vrijdag",
        "elke vrijdag tot 30-6-2026",
        "elke 1-2-2026",
        "",
    ],
)
def test_what_may_mean_two_things_is_none(text: str) -> None:
    assert rule_of(text) is None


@pytest.mark.parametrize("end", ["30-6", "31-2-2026", "3/4/2026"])
def test_an_end_that_is_no_day_is_none(end: str) -> None:
    assert rule_of(f"elke vrijdag tot en met {end}") is None


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;WKST=SU", "RRULE:FREQ=DAILY", "FREQ=WEEKLY;UNTIL=20260630T120000Z", "FREQ=HOURLY", "soms"]
)
def test_a_rule_that_dutch_has_no_words_for_stays_as_it_is(rule: str) -> None:
    assert told(rule) == rule


def test_a_dutch_workbook_says_it_in_dutch_and_is_read_so(tmp_path: Path) -> None:
    path, rules = tmp_path / "pool.xlsx", ("FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY;BYDAY=1TU", "FREQ=DAILY;WKST=SU")
    case = problem(availability=[{**FRIDAY, "rrule": rule} for rule in rules])
    write(case, path, language="nl")
    book = openpyxl.load_workbook(path)
    sheet = book["beschikbaarheid"]
    assert [sheet[f"E{line}"].value for line in (2, 3, 4)] == [
        "elke vrijdag",
        "elke eerste dinsdag van de maand",
        rules[2],
    ]
    assert read(path) == case
    sheet["E2"], sheet["E3"] = "iedere vr", "om de week"
    book.save(path)
    found = tuple(row.rrule for row in read(path).availability)
    assert found == ("FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;INTERVAL=2", rules[2])


def test_what_cannot_be_read_is_told_with_examples_in_dutch(tmp_path: Path) -> None:
    path = tmp_path / "pool.xlsx"
    write(problem(availability=[{**FRIDAY, "rrule": "FREQ=DAILY"}]), path, language="nl")
    book = openpyxl.load_workbook(path)
    book["beschikbaarheid"]["E2"] = "soms"
    book.save(path)
    with pytest.raises(ProblemError) as refused:
        read(path)
    (issue,) = {item for item in refused.value.issues if item.severity == "error"}
    assert (issue.value, issue.remedy_words.nl.split(",")[0]) == ("soms", "schrijf bijvoorbeeld elke vrijdag")
