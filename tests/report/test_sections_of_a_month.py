"""What there is to say of each person, meeting, empty seat and change, on an example that is worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from tests.report.worked_example import example, made

from poolmatch import remedies
from poolmatch.report.sections.changes import changes_section, notices_section
from poolmatch.report.sections.disclosing import telling_section
from poolmatch.report.sections.meetings import meeting_sections
from poolmatch.report.sections.months import months_of
from poolmatch.report.sections.names import named_words
from poolmatch.report.sections.openings import opening_sections
from poolmatch.report.sections.people import person_sections
from poolmatch.report.sections.section import Section
from poolmatch.report.sections.settlement import settlement_section
from poolmatch.report.sections.worth import worth_section
from poolmatch.results import Result, Status, Tier
from poolmatch.views import COORDINATOR, PUBLIC, Audience, View
from poolmatch.words import Words

SCHOOL = "werkt bij School (toehoorder): melden, regel ‘in dienst van een partij’"


def told(section: Section) -> list[list[object]]:
    return [[cell.nl if isinstance(cell, Words) else cell for cell in row] for row in section.rows]


def view(result: Result, audience: Audience = COORDINATOR) -> View:
    return View(result.report.plan, audience)


def test_each_person_gets_what_they_do_with_whom_and_what_is_told_of_them() -> None:
    result = made()
    anna, bram, carla = person_sections(result.report, view(result))
    assert (anna.id, anna.heading.nl) == ("person F1", "Anna (F1), March 2026")
    assert told(anna) == [
        [date(2026, 3, 5), "19:30–21:30", "Intake (M1)", "zuid", "leider", "Bram (medebegeleider)", None]
    ]
    assert told(bram)[0][-2:] == ["Anna (leider)", SCHOOL]
    assert told(carla)[0][-2:] == ["alleen", None]
    assert carla.foot is not None
    assert carla.foot.nl == "1 bijeenkomst, 3,0 uur met voorbereiding"


def test_each_meeting_is_told_with_all_its_seats_and_parties() -> None:
    result = made()
    first, second, third = meeting_sections(result.report, view(result))
    assert first.heading.nl == "Intake (M1) – do 5-3-2026 19:30–21:30 – zuid"
    assert second.heading.nl == "M2 – vr 6-3-2026 10:00–12:00 – online"
    assert told(first) == [["leider", "Anna", "neutraal", None], ["medebegeleider", "Bram", "melden", SCHOOL]]
    assert told(second) == [["leider", "nog niemand", None, None]]
    assert told(third)[1] == ["waarnemer, plaats extra", "niemand (hoeft niet)", None, None]
    assert first.foot is not None
    assert first.foot.nl == "Partijen: Town (beslisser), School (toehoorder)"


def test_an_empty_seat_is_told_with_who_fell_away_where_and_what_nobody_verified() -> None:
    result = made()
    (opening,) = opening_sections(result.report, view(result))
    rows = told(opening)
    assert rows[0] == ["valt af: beschikbaar", "Anna, Bram, Carla"]
    assert {what for what, _ in rows[1:]} == {"zou kunnen helpen (niet nagegaan)"}
    asked = "Vraag Anna (F1) beschikbaar te zijn van 6-3-2026 10:00 tot 6-3-2026 12:00. Anna (F1) neemt de plaats."
    assert asked in [how for _, how in rows[1:]]
    assert opening.foot is not None
    assert "gaat de opdracht explain na voor deze plaats: M2/leider" in opening.foot.nl


def test_what_was_verified_is_told_instead_and_what_there_was_no_time_for_is_not_told() -> None:
    result = made()
    found = remedies(result, "M2", "lead", most=1)
    (verified,) = opening_sections(result.report, view(result), [found])
    assert [row[0] for row in told(verified)] == ["valt af: beschikbaar", "helpt (nagegaan)"]
    assert verified.foot is None
    (hasty,) = opening_sections(result.report, view(result), most_seconds=0)
    assert [row[0] for row in told(hasty)] == ["valt af: beschikbaar"]
    assert hasty.foot is not None
    assert hasty.foot.nl.startswith("Wat zou kunnen helpen, zoekt de opdracht explain uit")


def test_changes_since_what_was_published_are_told_by_seat_and_by_person() -> None:
    result = made()
    assert [row[2:] for row in told(changes_section(result.report, view(result)))] == [
        ["medebegeleider", "niemand", "Bram"],
        ["leider", "Carla", "Anna"],
        ["leider", "niemand", "Carla"],
    ]
    notices = told(notices_section(result.report, view(result)))
    assert [who for who, _ in notices] == ["Anna", "Bram", "Carla"]
    assert notices[0][1] == "Anna (F1) komt op plaats leider van Intake (M1)."
    fresh = made(example(published=[]))
    assert not changes_section(fresh.report, view(fresh)).rows
    assert not notices_section(fresh.report, view(fresh)).rows


def test_what_organisations_settle_adds_up_to_nothing() -> None:
    result = made()
    section = settlement_section(result.problem, result.ledger, view(result), 50)
    assert told(section) == [
        ["Town", 0.0, 7.0, -7.0, 0.0, -350.0],
        ["Elsewhere", 5.0, 0.0, 5.0, 0.0, 250.0],
        ["School", 2.0, 0.0, 2.0, 0.0, 100.0],
    ]


def test_the_calendar_has_whole_weeks_and_each_meeting_on_its_day() -> None:
    result = made()
    (march,) = months_of(result.report, view(result))
    assert march.heading.nl == "maart 2026"
    assert [week.number for week in march.weeks] == [9, 10, 11, 12, 13, 14]
    days = [day for week in march.weeks for day in week.days]
    assert len(days) == 42
    assert [day.day.day for day in days if day.inside] == list(range(1, 32))
    held = {day.day: [item.id for item in day.occasions] for day in days if day.occasions}
    assert held == {date(2026, 3, 5): ["M1"], date(2026, 3, 6): ["M2"], date(2026, 3, 30): ["M3"]}


@pytest.mark.parametrize(
    ("value", "bound", "unavoidable", "said"),
    [
        (0, 0, 0, "niets meer te wensen"),
        (10, 10, 0, "1 strafpunt; bewezen dat het niet beter kan"),
        (12345, 12340, 0, "1.234,5 strafpunten; hooguit 0,5 beter is misschien mogelijk (bewezen: minstens 1.234)"),
        (50, 50, 20, "5 strafpunten; bewezen dat het niet beter kan; 2 ervan kon niemand vermijden"),
    ],
)
def test_how_good_it_is_is_said_in_words(value: int, bound: int, unavoidable: int, said: str) -> None:
    report = made().report
    result = Result(Status.FEASIBLE, report, (Tier(1, value, bound, 10, unavoidable),), 1.0, 0, {})
    assert told(worth_section(result, view(result))) == [
        ["verplichte plaatsen", "3 van de 4 zijn bezet"],
        ["1 bezetting", said],
        ["het zoeken", "een geldig rooster, niet bewezen het beste"],
    ]


# --- names and audiences -----------------------------------------------------------------------------------


def test_ids_get_names_wherever_they_are_values_and_only_there() -> None:
    case = example()
    words = Words("F1: {who} at {where}, with {others}", "F1: {who}", who="F1", where="M1", others="F2, F3")
    assert named_words(case, words).en == "F1: Anna (F1) at Intake (M1), with Bram (F2), Carla (F3)"
    nested = Words("{a}", "{a}", a=Words("{b} {c}", "{b} {c}", b="Town", c="lead"))
    assert named_words(case, nested).en == "Town lead"
    half = Words("{who}", "{who}", who="F1, nobody")
    assert named_words(case, half).en == "F1, nobody"


def all_said(result: Result, audience: Audience) -> str:
    seen, report = view(result, audience), result.report
    sections: Sequence[Section] = (
        *person_sections(report, seen),
        *meeting_sections(report, seen),
        *opening_sections(report, seen),
        telling_section(report, seen),
        changes_section(report, seen),
        notices_section(report, seen),
        settlement_section(result.problem, result.ledger, seen),
    )
    return "\n".join(str(told(section)) for section in sections)


def test_nobody_is_told_what_is_not_for_them() -> None:
    result = made()
    whole = all_said(result, COORDINATOR)
    assert "Bram" in whole
    assert SCHOOL in whole
    assert all_said(result, PUBLIC) == "\n".join(["[]"] * 4)
    anna = all_said(result, Audience.facilitator("F1"))
    assert "Bram (medebegeleider)" in anna, "who sits beside her she knows"
    assert SCHOOL not in anna, "and not what is on record of him"
    assert "Carla" not in anna
    assert SCHOOL in all_said(result, Audience.facilitator("F2"))
    assert "-7.0" in all_said(result, Audience.party("Town"))
    assert "5.0" not in all_said(result, Audience.party("Town"))
