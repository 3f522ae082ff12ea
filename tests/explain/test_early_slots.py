"""Slots before today can no longer be chosen: whoever could only have come then is told why they cannot come now."""

from typing import Any

import pytest
from tests.builders import MARCH, problem

from poolmatch import (
    STANDARD_RULES,
    Problem,
    Report,
    Roster,
    check,
    empty_seats,
    why_empty,
    why_not,
    why_not_wish,
    wishes_of,
)
from poolmatch.explain import waivers_that_help
from poolmatch.explain.funnel import Fallen

EARLY, LATER = ({"start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("04", "20"))


def half_gone(**tables: Any) -> Problem:
    """Return a meeting on 4 or 20 March, seen from 10 March."""
    slots = [{"meeting": "M1", **EARLY}, {"meeting": "M1", **LATER}]
    return problem([{"meeting": "M1"}], ["F1"], slots=slots, period={**MARCH, "today": "2026-03-10"}, **tables)


@pytest.fixture(name="report")
def _report() -> Report:
    away = [{"facilitator": "F1", "start": "2026-03-20", "end": "2026-03-20", "kind": "unavailable"}]
    return check(half_gone(availability=away), Roster())


def test_the_objection_is_told_of_the_slot_that_can_be(report: Report) -> None:
    answer = why_not(report, "M1", "lead", "F1")
    assert [item.rule for item in answer.objections] == ["available"]
    assert answer.start is not None
    assert answer.start.day == 20
    assert not answer.conflicts


def test_they_fall_away_where_they_do_in_that_slot(report: Report) -> None:
    answer = why_empty(report, "M1", "lead")
    assert (answer.fell, answer.kept_out, answer.fillable) == ((Fallen("available", ("F1",)),), (), False)
    assert {item.rule for item in answer.reasons} == {"available", "past"}
    (seat,) = empty_seats(report.problem, report.roster, STANDARD_RULES)
    assert (dict(seat.fell), seat.eligible) == ({"available": 1}, 0)


def test_who_needed_no_consent_for_a_slot_that_is_gone_needs_it_now() -> None:
    tie = {"facilitator": "F1", "kind": "employee", "organisation": "Unit", "start": "2026-03-15"}
    link = {"source": "Unit", "target": "Town", "kind": "unit_of"}
    (helpful,) = waivers_that_help(half_gone(stakes={"M1": {"Town": "contributor"}}, ties=[tie], links=[link]))
    assert (helpful.facilitator, [row.party for row in helpful.waivers]) == ("F1", ["Town"])


def test_a_wish_for_a_slot_that_is_gone_is_about_nothing_that_is_to_come() -> None:
    gladly = [{"facilitator": "F1", "start": "2026-03-04", "end": "2026-03-04", "kind": "prefer"}]
    case = half_gone(availability=gladly)
    answer = why_not_wish(check(case, Roster()), "F1", wishes_of(case, "F1")[0])
    assert (answer.granted, answer.open) == (False, ())
    assert answer.words[0].en.startswith("No seat that is still to come")
