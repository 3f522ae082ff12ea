"""Rule `team-skills`: a skill that the team of a meeting lacks costs as much as one of its empty seats."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, out, penalty, problem, roster

from poolmatch import STANDARD_RULES, Problem, Roster, Status, check, solve
from poolmatch.checking import judge
from poolmatch.testing import every_roster

RULE = "team-skills"
ROLES = "lead;co;trainee;observer;scribe;mentor"


def seat(name: str, role: str | None = None, where: str = "M1", **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role or name, **cells}


def asked(skill: str = "deep democracy", level: int = 3, where: str = "M1", **cells: Any) -> Cells:
    return {"meeting": where, "seat": None, "skill": skill, "level": level, **cells}


def has(who: str, level: int = 3, skill: str = "deep democracy", **dates: str) -> Cells:
    return {"facilitator": who, "skill": skill, "level": level, **dates}


def team(
    requirements: Sequence[Cells],
    skills: Iterable[Cells] = (),
    seats: Sequence[Cells] = (seat("lead"), seat("co")),
    people: int = 2,
    **cells: Any,
) -> Problem:
    """Return a meeting whose people may take any role, each with an employer of their own."""
    pool = [facilitator(f"F{n}", roles=ROLES, organisation=f"E{n}") for n in range(1, people + 1)]
    return problem([meeting(**cells)], pool, seats=seats, requirements=requirements, skills=list(skills))


BOTH: Holders = {("M1", "lead"): "F1", ("M1", "co"): "F2"}


def test_the_example_of_the_rule() -> None:
    # Level 4 is asked, lead and co have level 3; priority 4 weighs 8.
    case = team([asked(level=4)], [has("F1"), has("F2")], priority=4)
    assert penalty(RULE, case, BOTH) == 8
    case = team([asked(level=4)], [has("F1"), has("F2", 4)], priority=4)
    assert penalty(RULE, case, BOTH) == 0


@pytest.mark.parametrize(("priority", "points"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (None, 4)])
def test_a_skill_that_is_missing_costs_as_one_empty_seat(priority: int | None, points: int) -> None:
    case = team([asked()], [has("F2", 2)], priority=priority)
    assert penalty(RULE, case, BOTH) == points
    assert penalty(RULE, case, {}) == points
    empty, full = check(case, roster({})), check(case, roster(BOTH))
    # Empty: two seats and the skill. Full: the skill.
    assert (empty.tiers[0].tier, empty.tiers[0].value, full.tiers[0].value) == (1, 3 * points, points)


@pytest.mark.parametrize(("level", "points"), [(1, 4), (2, 4), (3, 0), (4, 0), (5, 0)])
def test_the_level_asked_for_is_enough(level: int, points: int) -> None:
    assert penalty(RULE, team([asked(level=3)], [has("F1", level)]), BOTH) == points
    assert penalty(RULE, team([asked(level=3)], [has("F2", level)]), BOTH) == points


def test_levels_of_two_people_do_not_add_up() -> None:
    assert penalty(RULE, team([asked(level=4)], [has("F1", 2), has("F2", 2)]), BOTH) == 4


@pytest.mark.parametrize(
    ("dates", "points"),
    [
        ({"valid_until": "2026-03-04"}, 4),
        ({"valid_until": "2026-03-05"}, 0),
        ({"valid_from": "2026-03-05"}, 0),
        ({"valid_from": "2026-03-06"}, 4),
        ({"valid_from": "2026-03-05", "valid_until": "2026-03-05"}, 0),
    ],
)
def test_a_skill_counts_on_its_days_only(dates: dict[str, Any], points: int) -> None:
    assert penalty(RULE, team([asked()], [has("F1", **dates)]), BOTH) == points


def test_a_skill_must_hold_on_the_day_at_the_level() -> None:
    # Level 3 until the 4th and level 2 from the 5th; and the other way about.
    falls = [has("F1", 3, valid_until="2026-03-04"), has("F1", 2, valid_from="2026-03-05")]
    rises = [has("F1", 2, valid_until="2026-03-04"), has("F1", 3, valid_from="2026-03-05")]
    for rows, points in ((falls, 4), (rises, 0)):
        assert penalty(RULE, team([asked()], rows), BOTH) == points
        assert penalty(RULE, team([asked()], rows[::-1]), BOTH) == points


def test_the_day_is_the_local_day_of_the_start() -> None:
    # 00:30 on the 6th is 23:30 on the 5th in UTC.
    for until, points in (("2026-03-05", 4), ("2026-03-06", 0)):
        night: dict[str, Any] = {"start": "2026-03-06 00:30", "end": "2026-03-06 02:00"}
        assert penalty(RULE, team([asked()], [has("F1", valid_until=until)], **night), BOTH) == points


@pytest.mark.parametrize(
    ("role", "points"), [("lead", 0), ("co", 0), ("mentor", 0), ("scribe", 0), ("trainee", 4), ("observer", 4)]
)
def test_who_brings_skills(role: str, points: int) -> None:
    case = team([asked()], [has("F1")], [seat("place", role)])
    assert penalty(RULE, case, {("M1", "place"): "F1"}) == points
    # Beside somebody who leads without the skill.
    case = team([asked()], [has("F1")], [seat("lead"), seat("place", role)])
    assert penalty(RULE, case, {("M1", "lead"): "F2", ("M1", "place"): "F1"}) == points


def test_what_someone_in_another_meeting_can_is_no_help() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    case = problem(rows, ["F1", "F2"], requirements=[asked()], skills=[has("F1")])
    assert penalty(RULE, case, {"M1": "F2", "M2": "F1"}) == 4
    assert penalty(RULE, case, {"M1": "F1", "M2": "F2"}) == 0


def test_a_team_covers_its_skills_together() -> None:
    wanted = [asked("listening", 2), asked("drawing", 3), asked("law", 1)]
    skills = [has("F1", 2, "listening"), has("F2", 4, "drawing"), has("F2", 1, "law"), has("F3", 5, "law")]
    case = team(wanted, skills, people=3)
    holders: list[tuple[Holders, int]] = [
        (BOTH, 0),
        ({("M1", "lead"): "F2", ("M1", "co"): "F1"}, 0),
        ({("M1", "lead"): "F1"}, 8),  # drawing and law
        ({("M1", "lead"): "F2"}, 4),  # listening
        ({("M1", "lead"): "F1", ("M1", "co"): "F3"}, 4),  # drawing
        ({("M1", "lead"): "F3"}, 8),
        ({}, 12),
    ]
    for held, points in holders:
        assert penalty(RULE, case, held) == points


# --- where it counts ---------------------------------------------------------------------------------------


def test_it_counts_where_nobody_sits_and_in_a_team_that_is_partly_filled() -> None:
    case = team([asked()], [has("F2")])
    holders: list[tuple[Holders, int]] = [
        ({}, 4),
        ({("M1", "lead"): "F1"}, 4),
        ({("M1", "lead"): "F2"}, 0),
        ({("M1", "co"): "F1"}, 4),
        ({("M1", "co"): "F2"}, 0),  # that nobody leads is for other rules to say
        (BOTH, 0),
    ]
    for held, points in holders:
        assert penalty(RULE, case, held) == points


def test_a_meeting_without_a_required_seat_asks_for_nothing() -> None:
    case = team([asked()], [has("F2")], [seat("lead", required=False), seat("co", required=False)])
    assert penalty(RULE, case, {}) == 0
    assert penalty(RULE, case, {("M1", "lead"): "F1"}) == 0


def test_one_required_seat_is_enough_whatever_its_role_and_optional_seats_help() -> None:
    seats = [seat("watch", "observer"), seat("co", required=False)]
    case = team([asked()], [has("F2")], seats)
    assert penalty(RULE, case, {}) == 4
    assert penalty(RULE, case, {("M1", "watch"): "F2"}) == 4
    assert penalty(RULE, case, {("M1", "watch"): "F1", ("M1", "co"): "F2"}) == 0


def test_what_one_seat_asks_is_not_asked_of_the_team() -> None:
    of_seat = {"meeting": "M1", "seat": "lead", "skill": "deep democracy", "level": 3}
    assert penalty(RULE, team([of_seat]), BOTH) == 0
    # And what the team must bring puts no one out.
    case = problem(requirements=[asked()])
    assert out(case) == set()


def test_a_preferred_skill_is_not_required() -> None:
    assert penalty(RULE, team([asked(kind="preferred")]), BOTH) == 0
    assert penalty(RULE, team([asked(kind="required")]), BOTH) == 4


def test_a_skill_asked_of_a_duty_binds_its_holder_and_no_team() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    people = [facilitator("F1"), facilitator("F2")]
    case = problem(facilitators=people, duties=duties, requirements=[asked(where="D1")], skills=[has("F2")])
    for holder, expected in (("F1", {"skilled"}), ("F2", set())):
        held: Holders = {("D1", "coaching"): holder}
        assert penalty(RULE, case, held) == 0
        assert out(case, holder, "D1", "coaching") == expected
    assert penalty(RULE, case, {}) == 0


def test_filling_a_seat_never_costs_in_this_tier() -> None:
    seats = [seat("lead"), seat("notes", "scribe"), seat("learner", "trainee", required=False)]
    case = team([asked(level=4), asked("law", 2)], [has("F1", 4), has("F2", 2, "law")], seats)

    def first_tier(held: Roster) -> int:
        return judge(case, held, STANDARD_RULES).tiers[0].value

    grown = 0
    for held in every_roster(case):
        there = {row.facilitator for row in held.rows}
        for row in held.rows:
            if row.facilitator is None:
                for name in {"F1", "F2"} - there:
                    fuller = held.with_holder(row.meeting, row.seat, name)
                    assert first_tier(fuller) <= first_tier(held)
                    grown += 1
    # Of the 13 rosters the empty one grows in 3 seats × 2 people, the 6 of one person each in 2 seats × 1 person.
    assert grown == 3 * 2 + 6 * 2


def test_a_flexible_meeting_is_judged_in_its_slot() -> None:
    slots = [
        {"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "12", "19")
    ]
    case = problem(
        [{"meeting": "M1"}],
        slots=slots,
        requirements=[asked()],
        skills=[has("F1", valid_from="2026-03-12", valid_until="2026-03-18")],
    )
    for slot, points in zip(case.slots, (4, 0, 4), strict=True):
        held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": slot.start})
        assert sum(item.penalty for item in check(case, held).by_rule[RULE]) == points
    assert penalty(RULE, case, {}) == 4
    result = solve(case, workers=1)
    assert (result.roster.rows[0].start, result.tiers[0].value) == (case.slots[1].start, 0)


# --- solving -----------------------------------------------------------------------------------------------


def test_solve_sends_who_brings_what_is_asked() -> None:
    case = team([asked("law", 2), asked(level=4)], [has("F2", 2, "law"), has("F3", 4)], people=3)
    for seed in range(4):
        result = solve(case, seed=seed, workers=1)
        assert {row.facilitator for row in result.roster.rows} == {"F2", "F3"}
        assert (result.tiers[0].value, result.tiers[0].bound) == (0, 0)


def test_what_nobody_can_do_is_unavoidable() -> None:
    result = solve(team([asked(level=5)], [has("F1", 4)], priority=5), workers=1)
    tier = result.tiers[0]
    assert (result.status, tier.value, tier.bound, tier.unavoidable, tier.gap) == (Status.OPTIMAL, 16, 16, 16, 0)
    assert result.roster.filled == 2


# --- words -------------------------------------------------------------------------------------------------


def test_findings_say_what_is_lacking() -> None:
    case = team([asked(level=4), asked("law", 1)], [has("F1", 1, "law")])
    (finding,) = check(case, roster(BOTH)).by_rule[RULE]
    assert finding.words.en == "The team of M1 lacks deep democracy at level 4."
    assert finding.words.nl == "Het team van M1 mist deep democracy op niveau 4."
    assert (finding.severity, finding.penalty, finding.scale, finding.meetings, finding.facilitators, finding.seat) == (
        "penalty",
        4,
        1,
        ("M1",),
        (),
        None,
    )
    assert [item.words.en for item in check(case, roster({})).by_rule[RULE]] == [
        "The team of M1 lacks deep democracy at level 4.",
        "The team of M1 lacks law at level 1.",
    ]
