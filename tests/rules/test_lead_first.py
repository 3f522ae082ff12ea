"""Rule `lead-first`: nobody sits in a meeting that no one leads, and a trainee learns from a lead or co who can."""

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster

from poolmatch import STANDARD_RULES, Problem, Roster, RuleSet, Status, check, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.rules.lead_first import LeadFirstRule
from poolmatch.testing import check_rule

RULE = "lead-first"
ALL_ROLES = "lead;co;trainee;observer;scribe;mentor"


def team(
    *roles: str,
    asks: Sequence[Cells] = (),
    skills: Sequence[Cells] = (),
    start: str = "2026-03-05 19:30",
    end: str = "2026-03-05 21:30",
    **tables: Any,
) -> Problem:
    """Return F1, F2 and F3, each of another employer, and a meeting with a seat s1, s2 … for each role."""
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": role} for n, role in enumerate(roles, 1)]
    people = [facilitator(f"F{n}", organisation=f"O{n}", roles=ALL_ROLES) for n in (1, 2, 3)]
    requirements = [{"meeting": "M1", **row} for row in asks]
    return problem([meeting("M1", start, end)], people, seats=seats, requirements=requirements, skills=skills, **tables)


def wrong(case: Problem, *names: str | None, rules: RuleSet = STANDARD_RULES) -> bool:
    """Tell whether it is illegal that these people hold s1, s2 … in this order."""
    return breaks(RULE, case, {("M1", f"s{n}"): name for n, name in enumerate(names, 1)}, rules)


# --- somebody leads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["co", "trainee", "observer", "scribe", "mentor"])
def test_no_other_seat_is_filled_while_nobody_leads(role: str) -> None:
    case = team("lead", role)
    assert wrong(case, None, "F2")
    assert not wrong(case, "F1", "F2")
    assert not wrong(case, "F1", None)
    assert not wrong(case, None, None)


def test_the_order_of_the_seats_is_nothing() -> None:
    case = team("scribe", "lead")
    assert wrong(case, "F2", None)
    assert not wrong(case, "F2", "F1")


def test_one_of_two_lead_seats_is_enough() -> None:
    case = team("lead", "lead", "scribe")
    assert not wrong(case, "F1", None, "F2")
    assert not wrong(case, None, "F1", "F2")
    assert not wrong(case, None, "F1", None)
    assert wrong(case, None, None, "F2")


@pytest.mark.parametrize("required", ["yes", "no"])
def test_an_optional_lead_seat_is_a_lead_seat(required: str) -> None:
    seats = [
        {"meeting": "M1", "seat": "s1", "role": "lead", "required": required},
        {"meeting": "M1", "seat": "s2", "role": "scribe"},
    ]
    case = problem([meeting()], ["F1", "F2"], seats=seats)
    assert wrong(case, None, "F2")
    assert not wrong(case, "F1", "F2")


@pytest.mark.parametrize("role", ["co", "trainee", "observer", "scribe", "mentor"])
def test_a_meeting_without_lead_seats_needs_no_lead(role: str) -> None:
    assert not wrong(team(role, "scribe"), "F1", None)
    assert not wrong(team(role, "scribe"), None, "F1")


def test_a_co_does_not_lead() -> None:
    case = team("lead", "co", "scribe")
    assert wrong(case, None, "F1", "F2")


def test_the_lead_of_another_meeting_does_not_lead_here() -> None:
    seats = [{"meeting": f"M{n}", "seat": role, "role": role} for n in (1, 2) for role in ("lead", "scribe")]
    case = problem([meeting("M1"), meeting("M2")], ["F1", "F2"], seats=seats)
    assert breaks(RULE, case, {("M1", "lead"): "F1", ("M2", "scribe"): "F2"})
    assert not breaks(RULE, case, {("M1", "lead"): "F1", ("M1", "scribe"): "F2"})


# --- trainees ------------------------------------------------------------------------------------------------

TEAM_SKILL: dict[str, Any] = {"skill": "dialogue", "level": 1}


def knows(name: str, level: int, skill: str = "dialogue", **days: str) -> Cells:
    return {"facilitator": name, "skill": skill, "level": level, **days}


@pytest.mark.parametrize(("level", "expected"), [(1, True), (2, True), (3, False), (4, False), (5, False)])
@pytest.mark.parametrize("role", ["lead", "co"])
def test_a_trainee_sits_beside_a_lead_or_co_of_level_three(role: str, level: int, expected: bool) -> None:
    case = team(role, "trainee", asks=[TEAM_SKILL], skills=[knows("F1", level)])
    assert wrong(case, "F1", "F2") is expected
    assert wrong(case, "F3", "F2")
    assert not wrong(case, "F3", None)


@pytest.mark.parametrize("role", ["scribe", "mentor", "observer", "trainee"])
def test_nobody_else_teaches(role: str) -> None:
    case = team("lead", role, "trainee", asks=[TEAM_SKILL], skills=[knows("F2", 5)])
    assert wrong(case, "F1", "F2", "F3")
    assert not wrong(case, "F2", None, "F3")


def test_one_who_can_is_enough_whether_lead_or_co() -> None:
    case = team("lead", "co", "trainee", asks=[TEAM_SKILL], skills=[knows("F1", 3)])
    assert not wrong(case, "F1", "F2", "F3")
    assert not wrong(case, "F2", "F1", "F3")
    assert not wrong(case, "F1", None, "F2")
    assert wrong(case, "F2", None, "F1")  # the trainee's own skill does not count


def test_the_level_that_the_meeting_asks_for_is_another_matter() -> None:
    # A meeting may ask for level 5 and have a teacher of level 3; one that asks for level 1 has none at level 2.
    assert not wrong(team("lead", "trainee", asks=[TEAM_SKILL | {"level": 5}], skills=[knows("F1", 3)]), "F1", "F2")
    assert wrong(team("lead", "trainee", asks=[TEAM_SKILL], skills=[knows("F1", 2)]), "F1", "F2")


@pytest.mark.parametrize("seat", [None, "s1", "s2", "s3"])
def test_a_skill_that_any_seat_or_the_team_must_bring_counts(seat: str | None) -> None:
    case = team("lead", "trainee", "scribe", asks=[TEAM_SKILL | {"seat": seat}], skills=[knows("F1", 3)])
    assert not wrong(case, "F1", "F2", None)
    assert wrong(case, "F3", "F2", None)
    assert wrong(case, "F3", "F2", "F1")


def test_one_of_several_skills_is_enough() -> None:
    asks = [TEAM_SKILL, {"skill": "chairing", "level": 2, "seat": "s1"}]
    for skill in ("dialogue", "chairing"):
        assert not wrong(team("lead", "trainee", asks=asks, skills=[knows("F1", 3, skill)]), "F1", "F2")
    assert wrong(team("lead", "trainee", asks=asks, skills=[knows("F1", 5, "drawing")]), "F1", "F2")
    low = [knows("F1", 2), knows("F1", 2, "chairing")]
    assert wrong(team("lead", "trainee", asks=asks, skills=low), "F1", "F2")


def test_a_meeting_that_requires_no_skill_asks_nothing_of_who_teaches() -> None:
    assert not wrong(team("lead", "trainee"), "F1", "F2")
    assert not wrong(team("lead", "trainee", asks=[TEAM_SKILL | {"kind": "preferred"}]), "F1", "F2")
    # What is only preferred is no skill to teach beside one that is required.
    asks = [TEAM_SKILL, {"skill": "chairing", "level": 1, "kind": "preferred"}]
    assert wrong(team("lead", "trainee", asks=asks, skills=[knows("F1", 5, "chairing")]), "F1", "F2")


def test_skills_of_another_meeting_are_not_asked_here() -> None:
    seats = [{"meeting": f"M{n}", "seat": role, "role": role} for n in (1, 2) for role in ("lead", "trainee")]
    case = problem(
        [meeting("M1"), meeting("M2")],
        ["F1", "F2"],
        seats=seats,
        requirements=[{"meeting": "M2", "skill": "dialogue", "level": 1}],
    )
    assert not breaks(RULE, case, {("M1", "lead"): "F1", ("M1", "trainee"): "F2"})
    assert breaks(RULE, case, {("M2", "lead"): "F1", ("M2", "trainee"): "F2"})


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"valid_until": "2026-03-05"}, False),
        ({"valid_until": "2026-03-04"}, True),
        ({"valid_from": "2026-03-05"}, False),
        ({"valid_from": "2026-03-06"}, True),
    ],
)
def test_the_skill_holds_on_the_day(days: dict[str, str], expected: bool) -> None:
    case = team("lead", "trainee", asks=[TEAM_SKILL], skills=[knows("F1", 3, **days)])
    assert wrong(case, "F1", "F2") is expected


def test_the_day_is_local() -> None:
    # 00:30 on 6 March in Amsterdam is still 5 March in UTC.
    for last, expected in (("2026-03-06", False), ("2026-03-05", True)):
        night = ("2026-03-06 00:30", "2026-03-06 01:30")
        skills = [knows("F1", 3, valid_until=last)]
        case = team("lead", "trainee", asks=[TEAM_SKILL], skills=skills, start=night[0], end=night[1])
        assert wrong(case, "F1", "F2") is expected


def test_of_a_skill_at_several_levels_the_one_that_holds_counts() -> None:
    old, new = knows("F1", 2), knows("F1", 3, valid_from="2026-03-06")
    assert wrong(team("lead", "trainee", asks=[TEAM_SKILL], skills=[old, new]), "F1", "F2")
    new = knows("F1", 3, valid_from="2026-03-05")
    for rows in ([old, new], [new, old]):
        assert not wrong(team("lead", "trainee", asks=[TEAM_SKILL], skills=rows), "F1", "F2")


def test_the_trainee_clause_holds_without_lead_seats_too() -> None:
    case = team("co", "trainee", "mentor", asks=[TEAM_SKILL], skills=[knows("F1", 3)])
    assert not wrong(case, "F1", "F2", None)
    assert wrong(case, None, "F2", None)
    assert wrong(case, "F3", "F2", None)
    assert wrong(case, None, "F2", "F1")
    assert not wrong(case, None, None, "F3")
    # Without a lead or co seat nobody can teach; without a skill that is asked nobody has to.
    assert wrong(team("trainee", asks=[TEAM_SKILL], skills=[knows("F1", 5)]), "F1")
    assert not wrong(team("trainee"), "F1")


def test_two_trainees_learn_from_one() -> None:
    case = team("lead", "trainee", "trainee", asks=[TEAM_SKILL], skills=[knows("F1", 3)])
    assert not wrong(case, "F1", "F2", "F3")
    assert not wrong(case, "F1", None, "F3")
    assert wrong(case, "F2", "F1", "F3")


def test_a_trainee_needs_a_lead_even_beside_a_co_who_can_teach() -> None:
    case = team("lead", "co", "trainee", asks=[TEAM_SKILL], skills=[knows("F1", 5)])
    assert wrong(case, None, "F1", "F2")
    assert not wrong(case, "F3", "F1", "F2")


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_level_is_a_parameter(level: int) -> None:
    rules = STANDARD_RULES.plus(LeadFirstRule(level=level))
    for own in (1, 2, 3, 4, 5):
        case = team("lead", "trainee", asks=[TEAM_SKILL], skills=[knows("F1", own)])
        assert wrong(case, "F1", "F2", rules=rules) is (own < level)


@pytest.mark.parametrize("level", [0, 6])
def test_there_are_no_other_levels(level: int) -> None:
    with pytest.raises(ValidationError):
        LeadFirstRule(level=level)


# --- slots, duties, pins -------------------------------------------------------------------------------------


def test_a_duty_is_no_meeting() -> None:
    # A duty for a trainee that asks for a skill; nobody leads a duty.
    case = problem(
        [meeting()],
        [facilitator("F1", roles=ALL_ROLES)],
        duties=[{"duty": "D1", "kind": "coaching", "hours": 2, "role": "trainee"}],
        requirements=[{"meeting": "D1", "skill": "dialogue", "level": 1}],
        skills=[knows("F1", 1)],
    )
    holders: dict[str | tuple[str, str], str | None] = {("D1", "coaching"): "F1"}
    assert not breaks(RULE, case, holders)
    assert check(case, roster(holders)).legal


def test_a_skill_is_looked_up_on_the_day_of_the_slot() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{d} 10:00", "end": f"2026-03-{d} 12:00"} for d in ("05", "12")]
    case = problem(
        [{"meeting": "M1"}],
        [facilitator(f"F{n}", organisation=f"O{n}", roles=ALL_ROLES) for n in (1, 2)],
        seats=[{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "trainee")],
        slots=slots,
        requirements=[{"meeting": "M1", "skill": "dialogue", "level": 1}],
        skills=[knows("F1", 3, valid_from="2026-03-10")],
    )
    check_rule(LeadFirstRule(), case)
    verdicts = []
    for start, _ in case.times(case.meeting("M1")):
        pairs = (("lead", "F1"), ("trainee", "F2"))
        rows = tuple(RosterRow(meeting="M1", seat=seat, facilitator=name, start=start) for seat, name in pairs)
        verdicts.append(bool(check(case, Roster(rows=rows)).by_rule[RULE]))
    assert verdicts == [True, False]
    # So the trainee's seat moves the meeting to the second slot.
    found = solve(case, workers=1)
    assert found.roster.filled == 2
    assert {row.start for row in found.roster.rows} == {case.times(case.meeting("M1"))[1][0]}


def test_a_pin_that_waits_for_a_lead_is_no_error() -> None:
    pins = [{"meeting": "M1", "seat": "s2", "facilitator": "F2"}]
    case = team("lead", "scribe", pins=pins)
    assert not check(case, roster({("M1", "s1"): "F1", ("M1", "s2"): "F2"})).violations
    found = solve(case, workers=1)
    assert found.status is Status.OPTIMAL
    assert found.roster.holder("M1", "s1") in {"F1", "F3"}


def test_a_pin_that_waits_in_vain_is_named() -> None:
    pins = [
        {"meeting": "M1", "seat": "s1", "facilitator": None},
        {"meeting": "M1", "seat": "s2", "facilitator": "F2"},
    ]
    found = solve(team("lead", "scribe", pins=pins), workers=1)
    assert found.status is Status.INFEASIBLE
    assert [pin.seat for pin in found.clash] == ["s1", "s2"]


def test_where_nobody_leads_the_other_seats_stay_empty() -> None:
    pins = [{"meeting": "M1", "seat": "s1", "facilitator": None}]
    found = solve(team("lead", "co", "scribe", pins=pins), workers=1)
    assert found.status is Status.OPTIMAL
    assert found.roster.filled == 0


# --- words ---------------------------------------------------------------------------------------------------


def test_the_words_say_that_nobody_leads() -> None:
    (finding,) = check(team("lead", "scribe"), roster({("M1", "s2"): "F2"})).by_rule[RULE]
    assert finding.words.en == "F2 sits in M1, seat s2, but nobody leads."
    assert finding.words.nl == "F2 zit in M1, plaats s2, maar niemand leidt."
    assert (finding.facilitators, finding.meetings, finding.seat) == (("F2",), ("M1",), "s2")


def test_the_words_say_what_nobody_can_teach() -> None:
    asks = [TEAM_SKILL, TEAM_SKILL | {"seat": "s1"}, {"skill": "chairing", "level": 2, "seat": "s1"}]
    case = team("lead", "trainee", asks=asks)
    (finding,) = check(case, roster({("M1", "s1"): "F1", ("M1", "s2"): "F2"})).by_rule[RULE]
    assert finding.words.en == "F2 is a trainee in M1, but no lead or co has level 3 in dialogue, chairing."
    assert finding.words.nl == "F2 is leerling in M1, maar geen lead of co heeft niveau 3 in dialogue, chairing."
    assert (finding.facilitators, finding.meetings, finding.seat) == (("F2",), ("M1",), "s2")


def test_a_trainee_alone_is_told_of_both() -> None:
    case = team("lead", "trainee", asks=[TEAM_SKILL])
    assert len(check(case, roster({("M1", "s2"): "F2"})).by_rule[RULE]) == 2
