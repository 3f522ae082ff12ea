"""Who could step in for a seat or for a day: worked examples, in both languages, and bad input."""

import json
from datetime import date
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.rules.half_over import TODAY

from poolmatch import STANDARD_RULES, Report, Roster, UnknownId, check, substitutes, substitutes_for
from poolmatch.explain import Substitutes

FIFTH = date(2026, 3, 5)


def on(name: str, day: int, clock: int = 19, **cells: Any) -> Cells:
    """Return a meeting of two hours on a day of March."""
    return meeting(name, f"2026-03-{day:02} {clock}:00", f"2026-03-{day:02} {clock + 2}:00", **cells)


def two_at_once(people: list[str | Cells] | None = None) -> Report:
    """Return M1 and M2 at one hour of the 5th, led by F1 and F2, and M3 a week later, led by F3."""
    case = problem([on("M1", 5), on("M2", 5), on("M3", 12)], people or ["F1", "F2", "F3"])
    return check(case, roster({"M1": "F1", "M2": "F2", "M3": "F3"}))


def names(answer: Substitutes) -> list[str]:
    return [item.facilitator for item in answer.ranked]


def test_who_can_come_while_nobody_moves_goes_before_those_for_whom_others_must() -> None:
    answer = substitutes(two_at_once(), "M1", "lead", time_limit=20)
    assert (answer.holder, names(answer)) == ("F1", ["F3", "F2"])
    first, second = answer.ranked
    assert (first.movers, second.movers) == ((), ("F2", "F3"))
    assert [(item.meeting, item.before, item.after) for item in second.changes.seats] == [
        ("M1", "F1", "F2"),
        ("M2", "F2", "F3"),
    ]
    assert first.settled
    assert second.settled


def test_the_price_is_that_of_the_judge_in_every_tier() -> None:
    given = two_at_once()
    (first, *_) = substitutes(given, "M1", "lead", time_limit=20).ranked
    after = check(given.problem, given.roster.with_holder("M1", "lead", "F3"))
    assert [(item.before, item.after) for item in first.changes.tiers] == [
        (old.points, new.points) for old, new in zip(given.tiers, after.tiers, strict=True)
    ]


def test_of_equally_many_the_cheaper_goes_first() -> None:
    wish = {"facilitator": "F3", "meeting": "M1", "score": -10}
    case = problem([on("M1", 5)], ["F1", "F2", "F3"], preferences=[wish])
    answer = substitutes(check(case, roster({"M1": "F1"})), "M1", "lead")
    assert names(answer) == ["F2", "F3"]
    assert "points instead of" in answer.words[-1].en


def test_it_is_said_in_both_languages() -> None:
    words = substitutes(two_at_once(), "M1", "lead", time_limit=20).words
    assert words[0].en == "F3 can take seat lead of M1; nobody has to move."
    assert words[0].nl == "F3 kan plaats lead van M1 overnemen; niemand hoeft te schuiven."
    assert any(item.en == "F2 can take seat lead of M1 if these move: F2, F3." for item in words)


def test_an_empty_seat_can_be_taken_too() -> None:
    case = problem([on("M1", 5)], ["F1", "F2"])
    answer = substitutes(check(case, roster({})), "M1", "lead")
    assert (answer.holder, names(answer)) == (None, ["F1", "F2"])
    assert [item.changes.tiers[0].after for item in answer.ranked] == [0, 0]


def test_a_flexible_meeting_stays_at_its_slot() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 19:00", "end": f"2026-03-{day} 21:00"} for day in (10, 11)]
    busy = [{"facilitator": "F2", "start": "2026-03-10", "end": "2026-03-10", "kind": "unavailable"}]
    case = problem([{"meeting": "M1"}], ["F1", "F2", "F3"], slots=slots, availability=busy)
    told = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": case.slots[0].start})
    assert names(substitutes(check(case, told), "M1", "lead")) == ["F3"]


def test_who_is_eligible_and_in_no_legal_roster_is_told_apart() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]
    case = problem([on("M1", 5)], ["F1", "F2"], pins=pins)
    answer = substitutes(check(case, roster({"M1": "F1"})), "M1", "lead", time_limit=20)
    assert (answer.ranked, answer.impossible, answer.unknown) == ((), ("F2",), ())
    told = "Niemand kan plaats lead van M1 overnemen zolang die is vastgezet op F1."
    assert [item.nl for item in answer.words] == [told]
    free = problem([on("M1", 5)], ["F1"])
    answer = substitutes(check(free, roster({"M1": "F1"})), "M1", "lead", time_limit=20)
    assert [item.nl for item in answer.words] == ["Niemand kan plaats lead van M1 overnemen."]


def test_without_time_only_those_are_told_for_whom_nobody_moves() -> None:
    answer = substitutes(two_at_once(), "M1", "lead", time_limit=0)
    assert (names(answer), answer.unknown) == (["F3"], ("F2",))
    assert answer.words[-1].en == "Of these it is not known, nothing was found near in time: F2."


@pytest.mark.parametrize("rules", [STANDARD_RULES.weighted(), STANDARD_RULES.without("fill-seats")])
def test_other_rules_do_as_well(rules: Any) -> None:
    given = two_at_once()
    answer = substitutes(check(given.problem, given.roster, rules), "M1", "lead", time_limit=20)
    assert names(answer) == ["F3", "F2"]


def test_all_of_it_is_data() -> None:
    data = json.loads(json.dumps(substitutes(two_at_once(), "M1", "lead", time_limit=20).to_dict()))
    assert data["ranked"][1]["movers"] == ["F2", "F3"]
    assert data["ranked"][0]["changes"]["tiers"][0] == {"tier": 1, "before": 0, "after": 0}
    data = json.loads(json.dumps(substitutes_for(two_at_once(), "F1", FIFTH).to_dict()))
    assert (data["day"], len(data["seats"])) == ("2026-03-05", 1)


# --- a person and a day ------------------------------------------------------------------------------------


def test_for_a_day_each_seat_has_its_list_and_all_of_them_an_answer_together() -> None:
    # F1 leads M4 in the morning of the 5th and M1 in the evening, which others may not: one meeting a day.
    people: list[str | Cells] = [
        facilitator("F1", max_per_day=2),
        *(facilitator(n, max_per_day=1) for n in ("F2", "F3")),
    ]
    case = problem([on("M1", 5), on("M4", 5, 10), on("M5", 6)], people)
    given = check(case, roster({"M1": "F1", "M4": "F1", "M5": "F1"}))
    answer = substitutes_for(given, "F1", FIFTH, time_limit=20)
    assert [item.meeting for item in answer.seats] == ["M4", "M1"]
    assert answer.together is not None
    left = {(item.meeting, item.after) for item in answer.together.seats if item.before == "F1"}
    assert {meeting for meeting, _ in left} == {"M1", "M4"}  # M5 is on the next day
    assert all(after in ("F2", "F3") for _, after in left)
    assert len({after for _, after in left}) == 2
    assert [item.en for item in answer.words]


def test_who_holds_nothing_on_a_day_is_missed_by_nobody() -> None:
    answer = substitutes_for(two_at_once(), "F1", date(2026, 3, 6))
    assert (answer.seats, answer.together) == ((), None)
    assert [item.en for item in answer.words] == ["F1 has no seat on 2026-03-06."]


# --- bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("where", "seat"), [("M9", "lead"), ("M1", "co")])
def test_a_seat_that_does_not_exist_is_refused(where: str, seat: str) -> None:
    with pytest.raises(UnknownId):
        substitutes(two_at_once(), where, seat)


def test_a_person_or_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownId):
        substitutes_for(two_at_once(), "F9", FIFTH)
    with pytest.raises(ValueError, match="day is 2026-04-01 and must lie in the period"):
        substitutes_for(two_at_once(), "F1", date(2026, 4, 1))
    with pytest.raises(TypeError, match="day is text where a date is meant"):
        substitutes_for(two_at_once(), "F1", "2026-03-05")  # type: ignore[arg-type]


def test_nobody_steps_in_where_it_is_past() -> None:
    case = problem([on("M1", 5)], ["F1", "F2"], period=TODAY)
    with pytest.raises(ValueError, match="M1 was before today"):
        substitutes(check(case, roster({})), "M1", "lead")


def test_a_roster_that_breaks_rules_is_mended_first() -> None:
    case = problem([on("M1", 5), on("M2", 5)], ["F1", "F2"])
    with pytest.raises(ValueError, match="mend it first"):
        substitutes(check(case, roster({"M1": "F1", "M2": "F1"})), "M1", "lead")
