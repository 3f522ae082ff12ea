"""Edits of what people can and may: time, skills, limits, consents, ties, absence, externals."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, out, problem
from tests.edits.edited_world import moment, world

from poolmatch import EditRefused, ProblemError, check, solve
from poolmatch.domain.presence import leaves
from poolmatch.domain.roster import Roster
from poolmatch.edits import (
    Consent,
    ExternalAdded,
    FartherTravel,
    LimitRaised,
    PersonOut,
    RegionServed,
    RoleAdded,
    SkillRaised,
    TieAdded,
    TimeGiven,
)

EVENING = TimeGiven("F1", moment(5, 18), moment(5, 21))
"""From 19:00 to 22:00 on Thursday 5 March, about a meeting from 19:30 to 21:30."""


def away(*rows: Cells) -> Any:
    return problem(availability=[{"facilitator": "F1", "kind": "unavailable", **row} for row in rows])


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        # A leave of twelve days is cut in two: whole days stay whole days.
        (
            [{"start": "2026-03-01", "end": "2026-03-12"}],
            [
                ("2026-03-01", "2026-03-04"),
                ("2026-03-05 00:00", "2026-03-05 19:00"),
                ("2026-03-05 22:00", "2026-03-06 00:00"),
                ("2026-03-06", "2026-03-12"),
            ],
        ),
        # Of one day there are two parts left; of hours one, or none.
        (
            [{"start": "2026-03-05", "end": "2026-03-05"}],
            [("2026-03-05 00:00", "2026-03-05 19:00"), ("2026-03-05 22:00", "2026-03-06 00:00")],
        ),
        ([{"start": "2026-03-05 20:00", "end": "2026-03-05 23:00"}], [("2026-03-05 22:00", "2026-03-05 23:00")]),
        ([{"start": "2026-03-05 19:00", "end": "2026-03-05 22:00"}], []),
        # What only touches the hours stays.
        ([{"start": "2026-03-05 22:00", "end": "2026-03-05 23:00"}], [("2026-03-05 22:00", "2026-03-05 23:00")]),
    ],
)
def test_time_that_is_given_is_taken_out_of_absence(rows: list[Cells], left: list[tuple[str, str]]) -> None:
    edited = EVENING.apply(away(*rows))

    def read(text: str) -> object:
        zone = edited.period.zone
        return datetime.fromisoformat(text).replace(tzinfo=zone) if " " in text else date.fromisoformat(text)

    found = [(row.start, row.end) for row in edited.availability]
    assert found == [(read(first), read(last)) for first, last in left]
    assert "available" not in out(edited)


def test_a_leave_that_is_cut_counts_by_what_is_left_of_it() -> None:
    edited = EVENING.apply(away({"start": "2026-03-01", "end": "2026-03-12"}))
    assert leaves(edited.availability, edited.period) == ((date(2026, 3, 6), date(2026, 3, 12)),)


def test_of_a_recurring_absence_one_time_is_given() -> None:
    case = away({"start": "2026-03-05 18:00", "end": "2026-03-05 23:00", "rrule": "FREQ=WEEKLY;COUNT=3"})
    edited = EVENING.apply(case)
    rule, *rest = edited.availability
    assert rule.excepted == (date(2026, 3, 5),)
    assert [(row.start, row.end) for row in rest] == [
        (moment(5, 17), moment(5, 18)),
        (moment(5, 21), moment(5, 22)),
    ]
    spans = [span for row in edited.availability for span in row.spans(edited.period)]
    assert (moment(12, 17), moment(12, 22)) in spans
    assert "available" not in out(edited)


def test_who_is_available_at_times_only_is_so_at_one_more() -> None:
    rows = [{"facilitator": "F1", "start": "2026-03-20", "end": "2026-03-21", "kind": "available"}]
    case = problem(availability=rows)
    assert "available" in out(case)
    edited = EVENING.apply(case)
    assert "available" not in out(edited)
    assert len(edited.availability) == 2
    assert EVENING.holds(edited)


def test_time_costs_by_half_days_and_has_a_direction() -> None:
    assert [TimeGiven("F1", moment(5, 8), moment(5, hour)).price for hour in (9, 12, 13, 20)] == [2, 2, 4, 6]
    with pytest.raises(EditRefused, match="end before they begin"):
        TimeGiven("F1", moment(5, 9), moment(5, 9)).apply(world())


def test_a_skill_is_had_on_every_day_whatever_the_rows_say() -> None:
    rows = [
        {"facilitator": "F1", "skill": "intake", "level": 2},
        {"facilitator": "F1", "skill": "intake", "level": 4, "valid_from": "2026-03-08", "valid_until": "2026-03-10"},
    ]
    case = problem(skills=rows, requirements=[{"meeting": "M1", "seat": "lead", "skill": "intake", "level": 3}])
    assert "skilled" in out(case)
    edited = SkillRaised("F1", "Intake", 3).apply(case)
    assert "skilled" not in out(edited)
    assert [(row.level, row.valid_from, row.valid_until) for row in edited.skills] == [
        (4, date(2026, 3, 8), date(2026, 3, 10)),
        (3, None, date(2026, 3, 7)),
        (3, date(2026, 3, 11), None),
    ]
    assert SkillRaised("F1", "intake", 3).holds(edited)
    assert not SkillRaised("F1", "intake", 4).holds(edited)


def test_a_level_costs_four() -> None:
    assert [SkillRaised("F1", "intake", 3, before).price for before in (0, 1, 2, 3)] == [12, 8, 4, 4]


def test_a_level_that_there_is_not_is_told_as_in_any_table() -> None:
    with pytest.raises(ProblemError, match="skills, row 1, column level"):
        SkillRaised("F1", "intake", 6).apply(problem())


@pytest.mark.parametrize(
    ("edit", "rule", "person", "about"),
    [
        (RegionServed("F1", "north"), "region", {}, {"serves": [{"facilitator": "F1", "region": "south"}]}),
        (RoleAdded("F1", "lead"), "role", {"roles": "co"}, {}),
        (FartherTravel("F1", 30), "travel-limit", {"max_travel_km": 5, "lat": 53.0, "lon": 6.5}, {}),
        (
            Consent("F1", "Town", "M1", ("Town", "School"), date(2026, 3, 5)),
            "neutral",
            {},
            {"ties": [{"facilitator": "F1", "kind": "former_employee", "organisation": "Town", "end": "2025-06-30"}]},
        ),
    ],
)
def test_what_a_rule_objects_to_is_gone(edit: Any, rule: str, person: Cells, about: dict[str, Any]) -> None:
    case = problem(
        [meeting("M1", region="north", lat=53.2, lon=6.5)],
        [facilitator("F1", **person)],
        stakes={"M1": {"Town": "decider", "School": "interest"}},
        **about,
    )
    assert out(case) == {rule}
    assert out(edit.apply(case)) == set()


def test_a_consent_that_came_too_late_is_given_anew() -> None:
    row = {"facilitator": "F1", "organisation": "Town", "meeting": "M1", "party": "Town", "consented_on": "2026-03-06"}
    edited = Consent("F1", "Town", "M1", ("Town",), date(2026, 3, 5)).apply(problem(waivers=[row]))
    assert [item.consented_on for item in edited.waivers] == [date(2026, 3, 5)]
    assert Consent("F1", "Town", "M1", ("A", "B"), date(2026, 3, 5)).price == 2


def test_limits_only_rise() -> None:
    case = world()
    edited = LimitRaised("F1", "max_hours", 4).apply(case)
    assert (case.facilitator("F1").max_hours, edited.facilitator("F1").max_hours) == (2.5, 4)
    assert LimitRaised("F1", "max_hours", 2).apply(case) is case
    assert LimitRaised("F2", "max_hours", 2).apply(case) is case  # who has no limit keeps none


def test_who_is_out_is_away_on_whole_days_and_not_pinned() -> None:
    case = world()
    edited = PersonOut("F2", date(2026, 3, 5), date(2026, 3, 9)).apply(case)
    assert [(pin.meeting, pin.seat) for pin in edited.pins] == [("M2", "lead")]
    assert "available" in {item.rule for item in check(edited, Roster.of(edited, {("M1", "co"): "F2"})).violations}
    assert PersonOut("F2").apply(case).pins == ()
    later = problem(period={**case.period.model_dump(), "today": "2026-03-10"})
    assert [row.start for row in PersonOut("F1").apply(later).availability] == [date(2026, 3, 10)]


def test_a_tie_that_comes_to_light_puts_somebody_out() -> None:
    case = problem()
    assert solve(case).roster.holder("M1", "lead") == "F1"
    edited = TieAdded("F1", "family", organisation="Town").apply(case)
    assert solve(edited).roster.holder("M1", "lead") is None
    ended = TieAdded("F1", "family", organisation="Town", end=date(2026, 3, 1)).apply(edited)
    assert [row.end for row in ended.ties] == [date(2026, 3, 1)]


def test_an_external_is_somebody_new() -> None:
    case = problem(facilitators=[facilitator("F1", roles="co")])
    edit = ExternalAdded("X1", ("lead",), (("intake", 3),))
    edited = edit.apply(case)
    assert solve(edited).roster.holder("M1", "lead") == "X1"
    assert ExternalAdded("X1", ("lead",), (("INTAKE", 2),)).holds(edited)
    with pytest.raises(EditRefused, match='the id "F1" is that of somebody else'):
        ExternalAdded("F1", ("lead",)).apply(case)
    with pytest.raises(EditRefused, match="somebody else"):
        ExternalAdded("X1", ("lead", "co")).apply(edited)


def test_moments_without_an_offset_are_by_the_clock_of_the_period() -> None:
    hours = [datetime(2026, 3, 30, hour) for hour in (9, 12)]  # noqa: DTZ001 - by the clock there, in summer
    rows = [{"facilitator": "F1", "start": "2026-03-30", "end": "2026-03-30", "kind": "unavailable"}]
    edited = TimeGiven("F1", *hours).apply(problem(availability=rows))
    assert edited.availability[0].end == datetime(2026, 3, 30, 7, tzinfo=UTC)
